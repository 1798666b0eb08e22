/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Judging in context: what later success, a short trace, a second hop or a hundred thousand messages make of a verdict. */

#include "config.h"

#include "diagnose-fixture.h"
#include "rungs-diagnoser.h"

#define ASK       "0.0 c>s REGISTER 1\n"
#define OFFER     "0.1 s>c 401 1 $ntlm | $date\n"
#define EMPTY     "0.2 c>s REGISTER 2 $empty\n"
#define CHALLENGE "0.3 s>c 401 2 $challenge | $date\n"
#define PROOF     "0.4 c>s REGISTER 3 $proof\n"
#define LOGIN     ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 200 3 $info | $stored\n"
#define LATER     "60.0 c>s OPTIONS 9 Call-ID: other\n60.1 s>c 200 9/OPTIONS Call-ID: other\n"

static RungsSeverity
severity_of (RungsTrace *trace, const char *id)
{
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, id, &diagnosis);

  return finding != NULL ? finding->severity : RUNGS_SEVERITY_NONE;
}

static void
a_login_in_six_messages_is_good (void)
{
  g_autoptr (RungsTrace) trace = script_trace (LOGIN);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);

  g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_GOOD);
  g_assert_cmpstr (rungs_diagnosis_get_title (diagnosis), ==, "Registered with NTLM");
  g_assert_cmpstr (rungs_diagnosis_get_summary_finding (diagnosis)->rule->id, ==, "SUM-NTLM-REMOTE");
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (rungs_diagnosis_get_statement (diagnosis, i)->severity, ==, RUNGS_SEVERITY_EXPECTED);
}

static void
a_refusal_that_a_later_success_makes_good_is_a_note (void)
{
  g_autoptr (RungsTrace) trace = script_trace (
    ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $ntlm | $date\n"
                                    "1.0 c>s REGISTER 4 $empty\n1.1 s>c 401 4 $challenge | $date\n"
                                    "1.2 c>s REGISTER 5 $proof-two\n1.3 s>c 200 5 $info | $stored\n");
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, "NTLM-401-AFTER-AUTH", &diagnosis);

  g_assert_cmpint (finding->severity, ==, RUNGS_SEVERITY_INFO);
  g_assert_cmpstr (finding->explanation, ==, finding->rule->made_good);
  g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_GOOD);
}

static void
a_login_under_another_call_id_makes_it_good_too (void)
{
  g_autoptr (RungsTrace) trace = script_trace (
    ASK OFFER
    "5.0 c>s REGISTER 1 $proof | Call-ID: call-2\n5.1 s>c 200 1 $info | $stored | Call-ID: call-2\n" LATER);

  g_assert_cmpint (severity_of (trace, "GAVE-UP"), ==, RUNGS_SEVERITY_INFO);
}

static void
the_end_of_the_trace_is_not_the_end_of_the_story (void)
{
  g_autoptr (RungsTrace) challenge = script_trace (ASK OFFER);
  g_autoptr (RungsTrace) silence = script_trace ("0.0 c>s OPTIONS 1\n");
  g_autoptr (RungsTrace) one_way = script_trace ("0.0 c>s OPTIONS 1\n60.0 c>s OPTIONS 2\n");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (challenge, 0);

  g_assert_cmpint (severity_of (challenge, "GAVE-UP"), ==, RUNGS_SEVERITY_INFO);
  g_assert_cmpint (severity_of (silence, "NO-ANSWER"), ==, RUNGS_SEVERITY_INFO);
  g_assert_cmpint (severity_of (one_way, "NO-ANSWER"), ==, RUNGS_SEVERITY_INFO);
  g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_INFO);
}

static void
a_ringing_call_without_an_answer_is_no_fault (void)
{
  g_autoptr (RungsTrace) trace = script_trace ("0.0 c>s INVITE 1\n0.1 s>c 180 1/INVITE\n" LATER);

  g_assert_cmpint (severity_of (trace, "NO-ANSWER"), ==, RUNGS_SEVERITY_NONE);
}

static void
a_busy_call_is_a_result_and_no_fault (void)
{
  g_autoptr (RungsTrace) trace = script_trace ("0.0 c>s INVITE 1\n0.1 s>c 486 1/INVITE\n0.2 c>s ACK 1\n");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);

  g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_NONE);
  g_assert_cmpstr (rungs_diagnosis_get_title (diagnosis), ==, "Call, busy");
}

/* client → edge → pool and back: four messages a round, one finding. */
static void
a_relayed_pair_is_one_finding_with_two_pieces_of_evidence (void)
{
  g_autoptr (RungsTrace) trace =
    script_trace ("0.00 c>e REGISTER 1\n0.01 i>s REGISTER 1 $relayed\n"
                  "0.02 s>i 401 1 $ntlm | $date | $relayed\n0.03 e>c 401 1 $ntlm | $remote | $date\n");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);

      if (!g_str_equal (finding->rule->id, "RED-401-FIRST"))
        continue;
      n++;
      g_assert_cmpuint (finding->message, ==, 3);
      g_assert_cmpuint (finding->n_evidence, ==, 2);
      g_assert_cmpuint (finding->evidence[0], ==, 0);
      g_assert_cmpuint (finding->evidence[1], ==, 2);
    }
  g_assert_cmpuint (n, ==, 1);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (rungs_diagnosis_get_statement (diagnosis, i)->severity, ==, RUNGS_SEVERITY_EXPECTED);
  g_assert_cmpstr (rungs_diagnosis_get_statement (diagnosis, 1)->caption,
                   ==,
                   "The REGISTER goes one hop further, to 10.0.0.2:5061.");
}

static void
a_plain_flow_is_judged_by_the_rfcs_alone (void)
{
  g_autoptr (RungsTrace) trace =
    script_trace ("0.0 c>u REGISTER 1 $plain\n0.1 u>c 401 1 $plain | $digest\n"
                  "0.2 c>u REGISTER 2 $plain | $answer\n0.3 u>c 200 2 $plain | $stored\n");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

  g_assert_cmpuint (findings->len, >, 3);
  for (guint i = 0; i < findings->len; i++)
    g_assert_false (((const RungsFinding *) g_ptr_array_index (findings, i))->rule->microsoft);
  g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_GOOD);
  g_assert_cmpstr (rungs_diagnosis_get_title (diagnosis), ==, "Registered with Digest");
}

static void
marks_tell_what_the_diagnosis_says (void)
{
  g_autoptr (RungsTrace) trace =
    script_trace (ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $ntlm | $date\n" LATER);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);

  rungs_diagnose_trace (trace, NULL);
  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_get (diagnoser, flow);
      guint n;
      const guint32 *messages = rungs_trace_get_flow_messages (trace, flow, &n);

      g_assert_cmpint (rungs_mark_get_severity (rungs_trace_get_flow (trace, flow)->mark),
                       ==,
                       rungs_diagnosis_get_severity (diagnosis));
      for (guint i = 0; i < n; i++)
        {
          const RungsStatement *statement = rungs_diagnosis_get_statement (diagnosis, messages[i]);
          RungsMark mark = rungs_trace_get_message (trace, messages[i])->mark;

          g_assert_cmpint (rungs_mark_get_severity (mark), ==, statement->severity);
          g_assert_true (rungs_rule_get (rungs_mark_get_rule (mark)) ==
                         (statement->finding != NULL ? statement->finding->rule : NULL));
        }
    }
}

static void
hostile_values_come_out_as_text (void)
{
  g_autoptr (RungsTrace) trace =
    script_trace ("0.0 c>s INVITE 1 From: <sip:\033[31m\xe2\x80\xae{to}@contoso.example>;tag=f1\n");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  const char *caption = rungs_diagnosis_get_statement (diagnosis, 0)->caption;

  g_assert_null (strchr (caption, '\033'));
  g_assert_null (strstr (caption, "\xe2\x80\xae"));
  g_assert_true (g_utf8_validate (caption, -1, NULL));
}

static void
a_caption_stays_short_whatever_the_names (void)
{
  g_autofree char *name = g_strnfill (3000, 'x');
  g_autofree char *script =
    g_strdup_printf ("log\n0.0 c>s INVITE 1 From: <sip:%s@a.example>;tag=f1 | To: <sip:%s@b.example>\n",
                     name,
                     name);
  g_autoptr (RungsTrace) trace = script_trace (script);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);

  g_assert_cmpint (g_utf8_strlen (rungs_diagnosis_get_statement (diagnosis, 0)->caption, -1), <, 110);
}

/* One Call-ID for everything, as a load generator or an attacker would have it. */
static void
a_flow_of_many_messages_is_judged_and_told (void)
{
  GString *log = g_string_new (NULL);
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  guint n;

  for (guint i = 1; i <= 20000; i++)
    g_string_append_printf (log,
                            "REGISTER sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%u\r\n"
                            "From: <sip:a@a.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: one\r\nCSeq: "
                            "%u REGISTER\r\n"
                            "Contact: <sip:10.0.0.1>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
                            i,
                            i);
  trace = fixture_log (log->str);
  g_string_free (log, TRUE);
  g_assert_cmpuint (rungs_trace_get_n_flows (trace), ==, 1);
  diagnosis = rungs_diagnosis_new (trace, 0);
  rungs_trace_get_flow_messages (trace, 0, &n);
  g_assert_cmpuint (n, ==, 20000);
  g_assert_nonnull (rungs_diagnosis_get_statement (diagnosis, n - 1)->caption);
  g_assert_cmpuint (rungs_diagnosis_get_findings (diagnosis)->len, >, 1000);
}

/* The samples: what their README says about them. */
static void
check_sample (const char *path, guint n_problems, const char *rule, guint message)
{
  g_autofree char *sample = rungs_test_sample (path);
  g_autoptr (RungsTrace) trace = NULL;
  guint found = 0;

  if (sample == NULL)
    return;
  trace = fixture_file (sample);
  rungs_diagnose_trace (trace, NULL);
  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    {
      RungsMark mark = rungs_trace_get_message (trace, i)->mark;

      if (rungs_mark_get_severity (mark) != RUNGS_SEVERITY_ERROR)
        continue;
      found++;
      g_assert_cmpstr (rungs_rule_get (rungs_mark_get_rule (mark))->id, ==, rule);
      g_assert_cmpuint (i + 1, ==, message);
    }
  g_assert_cmpuint (found, ==, n_problems);
  g_assert_cmpint (rungs_mark_get_severity (rungs_trace_get_flow (trace, 0)->mark),
                   ==,
                   n_problems > 0 ? RUNGS_SEVERITY_ERROR : RUNGS_SEVERITY_GOOD);
}

static void
a_trace_without_times_tells_no_durations (void)
{
  g_autoptr (RungsTrace) trace = fixture_log (
    "INVITE sip:bob@contoso.example SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\nMax-Forwards: 70\n"
    "From: <sip:ann@contoso.example>;tag=f1\nTo: <sip:bob@contoso.example>\nCall-ID: c1\nCSeq: 1 INVITE\n\n"
    "SIP/2.0 180 Ringing\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\nFrom: <sip:ann@contoso.example>;tag=f1\n"
    "To: <sip:bob@contoso.example>;tag=t1\nCall-ID: c1\nCSeq: 1 INVITE\n\n"
    "SIP/2.0 480 Not here\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\nFrom: "
    "<sip:ann@contoso.example>;tag=f1\n"
    "To: <sip:bob@contoso.example>;tag=t1\nCall-ID: c1\nCSeq: 1 INVITE\n\n");
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, "CALL-NO-PICKUP", &diagnosis);

  g_assert_cmpstr (finding->explanation,
                   ==,
                   "It rang, and nobody picked up (480 Not here). A result, no fault.");
}

static void
an_internal_ntlm_login_is_good (void)
{
  check_sample ("samples/clients/3-internal-ntlm/capture.pcap", 0, NULL, 0);
  check_sample ("samples/clients/3-internal-ntlm/client-debug.log", 0, NULL, 0);
}

static void
a_wrong_password_is_found_where_it_is_refused (void)
{
  check_sample ("samples/clients/4-wrong-password-ntlm/capture.pcap", 1, "NTLM-401-AFTER-AUTH", 6);
  check_sample ("samples/clients/4-wrong-password-ntlm/client-debug.log", 1, "NTLM-401-AFTER-AUTH", 6);
}

static void
a_kerberos_login_is_good (void)
{
  check_sample ("samples/clients/2n-internal-kerberos-netns/capture.pcap", 0, NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnosis/a-login-in-six-messages-is-good", a_login_in_six_messages_is_good);
  g_test_add_func ("/diagnosis/a-refusal-that-a-later-success-makes-good-is-a-note",
                   a_refusal_that_a_later_success_makes_good_is_a_note);
  g_test_add_func ("/diagnosis/a-login-under-another-call-id-makes-it-good-too",
                   a_login_under_another_call_id_makes_it_good_too);
  g_test_add_func ("/diagnosis/the-end-of-the-trace-is-not-the-end-of-the-story",
                   the_end_of_the_trace_is_not_the_end_of_the_story);
  g_test_add_func ("/diagnosis/a-ringing-call-without-an-answer-is-no-fault",
                   a_ringing_call_without_an_answer_is_no_fault);
  g_test_add_func ("/diagnosis/a-busy-call-is-a-result-and-no-fault", a_busy_call_is_a_result_and_no_fault);
  g_test_add_func ("/diagnosis/a-relayed-pair-is-one-finding-with-two-pieces-of-evidence",
                   a_relayed_pair_is_one_finding_with_two_pieces_of_evidence);
  g_test_add_func ("/diagnosis/a-plain-flow-is-judged-by-the-rfcs-alone",
                   a_plain_flow_is_judged_by_the_rfcs_alone);
  g_test_add_func ("/diagnosis/marks-tell-what-the-diagnosis-says", marks_tell_what_the_diagnosis_says);
  g_test_add_func ("/diagnosis/hostile-values-come-out-as-text", hostile_values_come_out_as_text);
  g_test_add_func ("/diagnosis/a-caption-stays-short-whatever-the-names",
                   a_caption_stays_short_whatever_the_names);
  g_test_add_func ("/diagnosis/a-flow-of-many-messages-is-judged-and-told",
                   a_flow_of_many_messages_is_judged_and_told);
  g_test_add_func ("/diagnosis/a-trace-without-times-tells-no-durations",
                   a_trace_without_times_tells_no_durations);
  g_test_add_func ("/diagnosis/an-internal-ntlm-login-is-good", an_internal_ntlm_login_is_good);
  g_test_add_func ("/diagnosis/a-wrong-password-is-found-where-it-is-refused",
                   a_wrong_password_is_found_where_it_is_refused);
  g_test_add_func ("/diagnosis/a-kerberos-login-is-good", a_kerberos_login_is_good);
  return g_test_run ();
}

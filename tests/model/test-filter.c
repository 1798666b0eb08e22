/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The words that people know find what they mean, and an error points at the character. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-error.h"
#include "rungs-filter.h"

#define C "192.0.2.7:50000"
#define S "10.1.0.20:5061"

/* Messages 1 to 5, as bits of the masks below. */
static const FixtureMessage messages[] = {
  { 0,
    C,
    S,
    "REGISTER sip:contoso.example SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7:50000;branch=z9hG4bKa;rport\n"
    "From: \"Izabela K\" <sip:izabela@contoso.example>;tag=1\nTo: <sip:izabela@contoso.example>\nCall-ID: "
    "reg\n"
    "CSeq: 1 REGISTER\nContact: <sip:izabela@192.0.2.7:50000>\nUser-Agent: UCCAPI/3.5 OC/3.5\nX-Own: "
    "Value\nExpires: 600\n"
    "Content-Length: 0\n\n" },
  { 1,
    S,
    C,
    "SIP/2.0 401 Unauthorized\nVia: SIP/2.0/UDP 192.0.2.7:50000;branch=z9hG4bKa\n"
    "From: \"Izabela K\" <sip:izabela@contoso.example>;tag=1\nTo: "
    "<sip:izabela@contoso.example>;tag=2\nCall-ID: reg\n"
    "CSeq: 1 REGISTER\nWWW-Authenticate: NTLM realm=\"SIP Communications Service\", targetname=\"pool01\"\n"
    "Content-Length: 0\n\n" },
  { 2,
    C,
    S,
    "INVITE sip:marino@contoso.example:5061 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7:50000;branch=z9hG4bKb\n"
    "From: <sip:izabela@contoso.example>;tag=3\nt: <sip:marino@contoso.example>\nCall-ID: call\nCSeq: 2 "
    "INVITE\n"
    "Content-Type: application/sdp\nContent-Length: 12\n\nv=0\ns=Hello\n" },
  { 3,
    S,
    C,
    "SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP 192.0.2.7:50000;branch=z9hG4bKb\n"
    "From: <sip:izabela@contoso.example>;tag=3\nTo: <sip:marino@contoso.example>;tag=4\nCall-ID: call\nCSeq: "
    "2 INVITE\n"
    "Content-Length: 0\n\n" },
  { 4,
    C,
    S,
    "FOO sip:x SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7:50000;branch=z9hG4bKc\nFrom: <sip:a@b>;tag=9\nTo: "
    "<sip:c@d>\n"
    "Call-ID: foo\nCSeq: 3 FOO\nContent-Length: 0\n\n" },
};

static const struct
{
  const char *text;
  guint mask;
} cases[] = {
  { "", 31 },
  { "   ", 31 },
  { "sip", 31 },
  { "sip.Method == \"REGISTER\"", 3 },
  { "sip.method==REGISTER", 3 },
  { "sip.Method == \"register\"", 0 },
  { "sip.Method != \"REGISTER\"", 4 | 8 | 16 },
  { "sip.Method == \"FOO\"", 16 },
  { "sip.Status-Code >= 400", 2 | 8 },
  { "sip.Status-Code==401 or sip.Status-Code eq 486", 2 | 8 },
  { "sip.Method == \"REGISTER\" && sip.Status-Code >= 400", 2 },
  { "sip.CSeq.method == \"REGISTER\" && sip.Status-Code >= 400", 2 },
  { "sip.CSeq.seq > 1", 4 | 8 | 16 },
  { "sip.Call-ID == \"call\"", 4 | 8 },
  { "sip.Call-ID contains \"al\"", 4 | 8 },
  { "sip.Call-ID contains \"AL\"", 0 },
  { "sip.Call-ID matches \"^[RC]\"", 3 | 12 },
  { "sip.from.user == \"izabela\"", 15 },
  { "sip.from.host == contoso.example", 15 },
  { "sip.from.tag == 3", 12 },
  { "sip.from.display contains \"Izabela\"", 3 },
  { "sip.to.user == marino", 12 },
  { "sip.to.host != contoso.example", 16 },
  { "sip.contact.uri contains \"192.0.2.7\"", 1 },
  { "sip.contact", 1 },
  { "!sip.contact", 30 },
  { "not sip.contact and not sip.x-own", 30 },
  { "sip.X-Own == \"Value\"", 1 },
  { "sip.expires < 3600", 1 },
  { "sip.expires < 599", 0 },
  { "sip.r-uri.user == \"marino\"", 4 },
  { "sip.r-uri.port == 5061", 4 },
  { "sip.r-uri contains \"contoso\"", 5 },
  { "sip.Via.branch == \"z9hG4bKb\"", 12 },
  { "sip.Via.sent-by.address == \"192.0.2.7\"", 31 },
  { "sip.auth.scheme == \"NTLM\"", 2 },
  { "sip.auth.realm contains \"Service\"", 2 },
  { "sip.msg_body contains \"Hello\"", 4 },
  { "sip.msg_hdr contains \"Hello\"", 0 },
  { "sip.Request-Line contains \"INVITE\"", 4 },
  { "sip.Status-Line contains \"Busy\"", 8 },
  { "sdp", 4 },
  { "udp", 31 },
  { "tcp", 0 },
  { "ip.addr == 10.1.0.20", 31 },
  { "ip.src == 10.1.0.20", 2 | 8 },
  { "ip.dst == 10.0.0.0/8", 1 | 4 | 16 },
  { "ip.src != 10.1.0.20", 1 | 4 | 16 },
  { "ip.addr != 10.1.0.20", 0 },
  { "udp.port == 5061", 31 },
  { "udp.srcport == 5061", 2 | 8 },
  { "frame.number <= 2", 3 },
  { "frame.time_relative >= 3", 8 | 16 },
  { "frame.number in {1, 3 5}", 1 | 4 | 16 },
  { "sip.Method in {\"INVITE\", \"FOO\"}", 4 | 8 | 16 },
  { "from:izabela", 15 },
  { "From:IZABELA direction:none", 15 },
  { "from:\"Izabela K\"", 3 },
  { "to:marino status:4xx", 8 },
  { "status:486", 8 },
  { "status:40x", 2 },
  { "status:>=486", 8 },
  { "method:register", 3 },
  { "method:foo", 16 },
  { "kind:registration", 3 },
  { "kind:call", 12 },
  { "call-id:reg", 3 },
  { "ip:10.1", 31 },
  { "port:50000", 31 },
  { "transport:udp", 31 },
  { "transport:tls", 0 },
  { "user-agent:uccapi", 1 },
  { "ua:oc/3.5", 1 },
  { "body:hello", 4 },
  { "direction:in", 0 },
  { "verdict:error", 2 },
  { "verdict:Problem", 2 },
  { "verdict:expected", 1 },
  { "verdict:good", 12 },
  { "verdict:none", 4 | 8 | 16 },
  { "HELLO", 4 },
  { "sip:marino@contoso.example;tag=4", 0 },
  { "marino@contoso.example", 12 },
  { "izabela busy", 8 },
  { "busy || hello", 12 },
  { "busy or hello and nothing", 8 },
  { "(busy or hello) and nothing", 0 },
  { "!(busy or hello)", 19 },
  { "! busy hello", 4 },
  { "\"Busy Here\"", 8 },
  { "sip.Call-ID matches \"(a+)+$\"", 0 },
};

static RungsTrace *
make_trace (void)
{
  RungsTrace *trace = fixture_trace (messages, G_N_ELEMENTS (messages));

  g_assert_cmpuint (rungs_trace_get_n_messages (trace), ==, G_N_ELEMENTS (messages));
  rungs_trace_set_message_mark (trace, 0, rungs_mark (RUNGS_SEVERITY_EXPECTED, 1));
  rungs_trace_set_message_mark (trace, 1, rungs_mark (RUNGS_SEVERITY_ERROR, 2));
  rungs_trace_set_flow_mark (trace, 1, rungs_mark (RUNGS_SEVERITY_GOOD, 0));
  return trace;
}

static void
each_filter_matches_what_it_says (void)
{
  g_autoptr (RungsTrace) trace = make_trace ();
  g_auto (RungsSipMessage) scratch = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsFilter) filter = rungs_filter_parse (cases[i].text, NULL, &error);
      guint mask = 0;

      g_assert_no_error (error);
      for (guint m = 0; m < G_N_ELEMENTS (messages); m++)
        mask |= (guint) rungs_filter_matches (filter, trace, m, &scratch) << m;
      if (mask != cases[i].mask)
        {
          g_test_message ("%s: %u, not %u", cases[i].text, mask, cases[i].mask);
          g_test_fail ();
        }
    }
}

static void
an_error_points_at_the_character (void)
{
  static const struct
  {
    const char *text;
    gsize offset;
    const char *words;
  } errors[] = {
    { "sip.Method ==", 13, "A value is missing" },
    { "sip.Method == )", 14, "A value is missing" },
    { "nosuch.field == 1", 0, "There is no field “nosuch.field”" },
    { "äö nosuch == 1", 3, "There is no field" },
    { "sip.Status-Code > abc", 18, "“abc” is no number" },
    { "ip.addr == 1.2.3.4/99", 11, "is no address" },
    { "(busy", 0, "not closed" },
    { "busy)", 4, "does not belong here" },
    { "ä \"open", 2, "not closed" },
    { "busy &&", 7, "term is missing" },
    { "busy and", 8, "term is missing" },
    { "|| busy", 0, "A term is missing before “||”" },
    { "== 3", 0, "A term is missing" },
    { "verdict:wrong", 8, "A verdict is" },
    { "kind:wrong", 5, "A kind is" },
    { "direction:up", 10, "A direction is" },
    { "from:", 5, "A value is missing" },
    { "status:abc", 7, "is no number" },
    { "sip.Call-ID matches \"(\"", 20, "regular expression" },
    { "frame.number in 3", 16, "braces" },
    { "frame.number in {3", 18, "not closed" },
    { "frame.number in {}", 17, "empty" },
    { "bad \xff", 4, "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize offset = 999;
      g_autoptr (RungsFilter) filter = rungs_filter_parse (errors[i].text, &offset, &error);

      g_test_message ("error %u", i);
      g_assert_null (filter);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_SYNTAX);
      g_assert_cmpuint (offset, ==, errors[i].offset);
      g_assert_nonnull (strstr (error->message, errors[i].words));
    }
}

static void
nesting_and_length_have_limits (void)
{
  g_autofree char *deep = g_strnfill (100, '(');
  g_autofree char *long_word = g_strnfill (100000, 'a');
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < 3000; i++)
    g_string_append (many, "a ");
  g_assert_null (rungs_filter_parse (deep, NULL, NULL));
  g_assert_null (rungs_filter_parse (long_word, NULL, NULL));
  g_assert_null (rungs_filter_parse (many->str, NULL, NULL));
}

static void
a_malicious_pattern_ends (void)
{
  g_autofree char *trap = g_strnfill (20000, 'a');
  g_autofree char *text =
    g_strdup_printf ("OPTIONS sip:b SIP/2.0\nCall-ID: 1\nCSeq: 1 OPTIONS\nX: %s!\n\n", trap);
  g_autoptr (RungsTrace) trace = fixture_log (text);
  g_autoptr (RungsFilter) filter = rungs_filter_parse ("sip.X matches \"^(a+)+$\"", NULL, NULL);
  g_auto (RungsSipMessage) scratch = { 0 };

  g_assert_nonnull (filter);
  g_assert_false (rungs_filter_matches (filter, trace, 0, &scratch));
}

static void
a_flow_matches_when_one_of_its_messages_does (void)
{
  g_autoptr (RungsTrace) trace = make_trace ();
  g_autoptr (RungsFilter) filter = rungs_filter_parse ("status:4xx", NULL, NULL);
  g_auto (RungsSipMessage) scratch = { 0 };

  g_assert_true (rungs_filter_matches_flow (filter, trace, 0, &scratch));
  g_assert_true (rungs_filter_matches_flow (filter, trace, 1, &scratch));
  g_assert_false (rungs_filter_matches_flow (filter, trace, 2, &scratch));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/filter/" name, function)
  ADD ("each-filter-matches-what-it-says", each_filter_matches_what_it_says);
  ADD ("an-error-points-at-the-character", an_error_points_at_the_character);
  ADD ("nesting-and-length-have-limits", nesting_and_length_have_limits);
  ADD ("a-malicious-pattern-ends", a_malicious_pattern_ends);
  ADD ("a-flow-matches-when-one-of-its-messages-does", a_flow_matches_when_one_of_its_messages_does);
  return g_test_run ();
}

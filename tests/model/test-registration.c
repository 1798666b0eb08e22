/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The REGISTERs of a flow become rounds, and a result. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-registration.h"

#define C "192.0.2.7:50000"
#define S "10.1.0.20:5060"

#define REGISTER(cseq, more)                                                                                 \
  "REGISTER sip:contoso.example SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.7:50000\n"                                 \
  "From: <sip:iza@contoso.example>;tag=1\nTo: <sip:iza@contoso.example>\nCall-ID: r\nCSeq: " cseq            \
  " REGISTER\n" more "Content-Length: 0\n\n"
#define ANSWER(status, cseq, more)                                                                           \
  "SIP/2.0 " status "\nVia: SIP/2.0/TLS 192.0.2.7:50000\nFrom: <sip:iza@contoso.example>;tag=1\n"            \
  "To: <sip:iza@contoso.example>;tag=2\nCall-ID: r\nCSeq: " cseq " REGISTER\n" more "Content-Length: 0\n\n"
#define DIGEST                                                                                               \
  "Authorization: Digest username=\"iza\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"00\"\n"

static RungsRegistration *
get_registration (const FixtureMessage *messages, guint n, RungsTrace **trace)
{
  *trace = fixture_trace (messages, n);
  return rungs_registration_new (*trace, 0);
}

static const RungsRound *
get_round (RungsRegistration *registration, guint index)
{
  g_assert_cmpuint (index, <, registration->rounds->len);
  return &g_array_index (registration->rounds, RungsRound, index);
}

static void
the_remote_example_is_three_rounds_of_ntlm (void)
{
  g_autoptr (RungsTrace) trace = fixture_example ("remote-ntlm.uccapilog");
  g_autoptr (RungsRegistration) self = rungs_registration_new (trace, 0);

  g_assert_cmpstr (self->aor, ==, "izabela@contoso.example");
  g_assert_cmpstr (self->epid, ==, "3f0a17c2d9");
  g_assert_nonnull (strstr (self->instance, "1C763AAD-3247-58BE-A6E3-0CE948CD18F9"));
  g_assert_cmpint (self->scheme, ==, RUNGS_SIP_SCHEME_NTLM);
  g_assert_true (self->remote);
  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_DONE);
  g_assert_cmpint (self->lifetime, ==, 7200);
  g_assert_cmpuint (self->rounds->len, ==, 3);
  g_assert_cmpint (get_round (self, 0)->scheme, ==, RUNGS_SIP_SCHEME_NONE);
  g_assert_cmpint (get_round (self, 1)->token, ==, RUNGS_TOKEN_EMPTY);
  g_assert_cmpint (get_round (self, 1)->answer_token, ==, RUNGS_TOKEN_NTLM_CHALLENGE);
  g_assert_false (get_round (self, 1)->complete);
  g_assert_cmpint (get_round (self, 2)->token, ==, RUNGS_TOKEN_NTLM_AUTHENTICATE);
  g_assert_true (get_round (self, 2)->complete);
  g_assert_cmpuint (get_round (self, 2)->status, ==, 200);
}

static void
the_internal_example_is_two_rounds_of_kerberos (void)
{
  g_autoptr (RungsTrace) trace = fixture_example ("internal-kerberos.uccapilog");
  g_autoptr (RungsRegistration) self = rungs_registration_new (trace, 0);

  g_assert_cmpint (self->scheme, ==, RUNGS_SIP_SCHEME_KERBEROS);
  g_assert_false (self->remote);
  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_DONE);
  g_assert_cmpuint (self->rounds->len, ==, 2);
  g_assert_cmpint (get_round (self, 1)->token, ==, RUNGS_TOKEN_KRB_AP_REQ);
}

static void
refresh_and_removal_follow_a_login (void)
{
  static const FixtureMessage messages[] = {
    { 0, C, S, REGISTER ("1", "") },
    { 1, S, C, ANSWER ("401 Unauthorized", "1", "") },
    { 2, C, S, REGISTER ("2", DIGEST) },
    { 3, S, C, ANSWER ("200 OK", "2", "Expires: 600\n") },
    { 4, C, S, REGISTER ("3", DIGEST) },
    { 5, S, C, ANSWER ("200 OK", "3", "Expires: 300\n") },
    { 6, C, S, REGISTER ("4", "Expires: 0\n") },
    { 7, S, C, ANSWER ("401 Unauthorized", "4", "") },
    { 8, C, S, REGISTER ("5", DIGEST "Expires: 0\n") },
    { 9, S, C, ANSWER ("200 OK", "5", "") },
  };
  const RungsRoundKind kinds[] = {
    RUNGS_ROUND_LOGIN, RUNGS_ROUND_LOGIN, RUNGS_ROUND_REFRESH, RUNGS_ROUND_REMOVAL, RUNGS_ROUND_REMOVAL
  };
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsRegistration) self = get_registration (messages, G_N_ELEMENTS (messages), &trace);

  g_assert_cmpuint (self->rounds->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (get_round (self, i)->kind, ==, kinds[i]);
  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_REMOVED);
  g_assert_cmpint (self->lifetime, ==, 300);
  g_assert_cmpuint (self->n_refreshes, ==, 1);
  g_assert_cmpint (self->scheme, ==, RUNGS_SIP_SCHEME_DIGEST);
}

static void
a_401_to_a_proof_is_a_refusal (void)
{
  static const FixtureMessage messages[] = {
    { 0, C, S, REGISTER ("1", "") },
    { 1, S, C, ANSWER ("401 Unauthorized", "1", "") },
    { 2, C, S, REGISTER ("2", DIGEST) },
    { 3, S, C, ANSWER ("401 Unauthorized", "2", "") },
  };
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsRegistration) self = get_registration (messages, 4, &trace);

  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_REFUSED);
}

static void
a_401_to_nothing_leaves_it_open (void)
{
  static const FixtureMessage messages[] = {
    { 0, C, S, REGISTER ("1", "") },
    { 1, S, C, ANSWER ("401 Unauthorized", "1", "") },
  };
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsRegistration) self = get_registration (messages, 2, &trace);

  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_OPEN);
  g_assert_cmpint (self->lifetime, ==, -1);
}

static void
a_301_is_a_redirection (void)
{
  static const FixtureMessage messages[] = {
    { 0, C, S, REGISTER ("1", "") },
    { 1, S, C, ANSWER ("301 Moved", "1", "") },
  };
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsRegistration) self = get_registration (messages, 2, &trace);

  g_assert_cmpint (self->result, ==, RUNGS_REGISTRATION_REDIRECTED);
}

static void
copies_are_no_rounds (void)
{
  static const FixtureMessage messages[] = {
    { 0.0, C, S, REGISTER ("1", "") },
    { 0.5, C, S, REGISTER ("1", "") },
    { 0.6,
      "10.9.9.9:5060",
      "10.9.9.8:5060",
      "REGISTER sip:contoso.example SIP/2.0\nVia: SIP/2.0/TLS 10.9.9.9;branch=z9hG4bKq\n"
      "Via: SIP/2.0/TLS 192.0.2.7:50000\nFrom: <sip:iza@contoso.example>;tag=1\nTo: "
      "<sip:iza@contoso.example>\n"
      "Call-ID: r\nCSeq: 1 REGISTER\nContent-Length: 0\n\n" },
    { 0.7, S, C, ANSWER ("200 OK", "1", "Contact: <sip:a>;expires=60\n") },
  };
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (RungsRegistration) self = get_registration (messages, 4, &trace);

  g_assert_cmpuint (self->rounds->len, ==, 1);
  g_assert_cmpuint (get_round (self, 0)->response, ==, 3);
  g_assert_cmpint (self->lifetime, ==, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/registration/" name, function)
  ADD ("the-remote-example-is-three-rounds-of-ntlm", the_remote_example_is_three_rounds_of_ntlm);
  ADD ("the-internal-example-is-two-rounds-of-kerberos", the_internal_example_is_two_rounds_of_kerberos);
  ADD ("refresh-and-removal-follow-a-login", refresh_and_removal_follow_a_login);
  ADD ("a-401-to-a-proof-is-a-refusal", a_401_to_a_proof_is_a_refusal);
  ADD ("a-401-to-nothing-leaves-it-open", a_401_to_nothing_leaves_it_open);
  ADD ("a-301-is-a-redirection", a_301_is_a_redirection);
  ADD ("copies-are-no-rounds", copies_are_no_rounds);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Signatures of messages: the text that is signed, and whole logins with the right and the wrong password. */

#include "config.h"

#include "rungs-error.h"
#include "rungs-signature.h"
#include "rungs-test.h"
#include "rungs-verifier.h"

#define REQUEST                                                                                              \
  "INVITE sip:b@contoso.example SIP/2.0\r\n"                                                                 \
  "From: \"A\" <sip:a@contoso.example>;tag=1;epid=2\r\n"                                                     \
  "To: <sip:b@contoso.example>\r\n"                                                                          \
  "Call-ID: call\r\n"                                                                                        \
  "CSeq: 07 INVITE\r\n"                                                                                      \
  "P-Preferred-Identity: <sip:a@contoso.example>, <tel:+4930>\r\n"                                           \
  "Expires: 60\r\n"                                                                                          \
  "Proxy-Authorization: NTLM qop=\"auth\", realm=\"R\", opaque=\"O\", targetname=\"T\", crand=\"c\", "       \
  "cnum=\"9\", response=\"01\"\r\n"                                                                          \
  "\r\n"
#define RESPONSE                                                                                             \
  "SIP/2.0 200 OK\r\n"                                                                                       \
  "From: sip:a@contoso.example;tag=1\r\n"                                                                    \
  "To: <sip:b@contoso.example>;tag=3\r\n"                                                                    \
  "Call-ID: call\r\n"                                                                                        \
  "CSeq: 7 INVITE\r\n"                                                                                       \
  "P-Asserted-Identity: \"B\"<SIP:b@contoso.example>\r\n"                                                    \
  "Authentication-Info: Kerberos rspauth=\"0404\", srand=\"s\", snum=\"1\", realm=\"R\", "                   \
  "targetname=\"sip/T\"\r\n"                                                                                 \
  "\r\n"

static void
assert_text (const char *bytes, guint version, const char *expected)
{
  g_auto (RungsSipMessage) sip;
  RungsSignature signature;
  GString *text;

  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip, rungs_slice_from_string (bytes), RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_true (rungs_signature_find (&signature, &sip));
  text = rungs_signature_dup_text (&signature, &sip, version);
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
a_request_signs_its_fields_in_order (void)
{
  assert_text (REQUEST,
               4,
               "<NTLM><c><9><R><T><call><07><INVITE><sip:a@contoso.example><1><sip:b@contoso.example><>"
               "<sip:a@contoso.example><tel:+4930><60>");
  assert_text (REQUEST, 2, "<NTLM><c><9><R><T><call><07><INVITE><sip:a@contoso.example><1><><60>");
}

static void
a_response_signs_its_status_too (void)
{
  assert_text (RESPONSE,
               3,
               "<Kerberos><s><1><R><sip/T><call><7><INVITE><sip:a@contoso.example><1>"
               "<sip:b@contoso.example><3><SIP:b@contoso.example><><><200>");
}

static void
the_form_of_a_signature_tells_its_mechanism (void)
{
  g_autoptr (RungsField) ntlm =
    rungs_signature_to_field (RUNGS_SLICE_LITERAL ("\1\0\0\0\x29\x61\x8e\x96\x51\xb6\x5a\x77\x64\0\0\0"));
  g_autoptr (RungsField) aes = rungs_signature_to_field (
    RUNGS_SLICE_LITERAL ("\4\4\0\xff\xff\xff\xff\xff\0\0\0\0\x34\xf6\x34\1abcdefghijkl"));

  g_assert_cmpstr (rungs_field_find (ntlm, "SeqNum")->value, ==, "64 00 00 00");
  g_assert_cmpuint (rungs_field_find (ntlm, "SeqNum")->offset, ==, 12);
  g_assert_cmpstr (rungs_field_find (aes, "SND_SEQ")->value, ==, "00 00 00 00 34 f6 34 01");
  g_assert_cmpuint (rungs_field_find (aes, "SGN_CKSUM")->length, ==, 12);
}

/* How many signatures of the log are of each state. */
typedef struct
{
  guint states[4];
  RungsSignatureReason last;
} Count;

/* Goes through the messages of a log; @learn: the first round. */
static Count
read_log (const GString *log, RungsVerifier *verifier, gboolean learn)
{
  const char *rest = log->str;
  g_auto (RungsSipMessage) sip;
  Count count = { { 0 } };

  rungs_sip_message_init (&sip);
  for (guint position = 0; (rest = strstr (rest, " bytes:\n")) != NULL; position++)
    {
      const char *start = strstr (rest, " INFO  :: ") + strlen (" INFO  :: ");
      const char *end = strstr (start, "\n\n") + 2;
      RungsSignatureCheck check = { 0 };

      rungs_sip_message_parse (&sip, rungs_slice (start, end - start), RUNGS_SIP_PARSE_DATAGRAM);
      if (learn)
        rungs_verifier_learn (verifier, position, &sip);
      else
        check = rungs_verifier_check (verifier, position, &sip);
      count.states[check.state]++;
      count.last = check.reason;
      rest = end;
    }
  return count;
}

static Count
check_log (const char *path, const RungsSecrets *secrets)
{
  g_autoptr (RungsVerifier) verifier = rungs_verifier_new (secrets);
  gsize length;
  g_autofree char *bytes = rungs_test_load (path, &length);
  g_autoptr (GString) log = g_string_new_len (bytes, length);

  g_string_replace (log, "\r\n", "\n", 0);
  read_log (log, verifier, TRUE);
  return read_log (log, verifier, FALSE);
}

static void
assert_login (const char *passwords, guint right, guint wrong, guint unchecked, RungsSignatureReason reason)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", "remote-ntlm.uccapilog", NULL);
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  RungsSecret *file = rungs_secret_new (strlen (passwords));
  Count count;

  memcpy (file->data, passwords, strlen (passwords));
  rungs_secrets_take_passwords (secrets, file);
  count = check_log (path, secrets);

  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_NONE], ==, 4);
  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_RIGHT], ==, right);
  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_WRONG], ==, wrong);
  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_UNCHECKED], ==, unchecked);
  g_assert_cmpint (count.last, ==, reason);
}

static void
the_right_password_verifies_both_sides (void)
{
  assert_login ("Blue-Ladder-42", 2, 0, 0, RUNGS_SIGNATURE_REASON_RIGHT);
  assert_login ("Blue-Ladder-42\r\n", 2, 0, 0, RUNGS_SIGNATURE_REASON_RIGHT);
  assert_login ("marino:x\nIZABELA@contoso.example:Blue-Ladder-42\n", 2, 0, 0, RUNGS_SIGNATURE_REASON_RIGHT);
  assert_login ("izabela:old\nizabela:Blue-Ladder-42\n", 2, 0, 0, RUNGS_SIGNATURE_REASON_RIGHT);
}

static void
another_password_is_told_by_the_proof (void)
{
  assert_login ("Blue-Ladder-43", 0, 2, 0, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
  assert_login ("izabela:blue-ladder-42", 0, 2, 0, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
}

static void
a_user_who_is_not_named_is_not_checked (void)
{
  assert_login ("marino:Blue-Ladder-42", 0, 0, 2, RUNGS_SIGNATURE_REASON_NO_PASSWORD);
  assert_login ("izabela@fabrikam.example:Blue-Ladder-42", 0, 0, 2, RUNGS_SIGNATURE_REASON_NO_PASSWORD);
  assert_login ("", 0, 0, 2, RUNGS_SIGNATURE_REASON_NO_PASSWORD);
}

static void
a_keytab_verifies_both_sides (void)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", "internal-kerberos.uccapilog", NULL);
  g_autofree char *keytab = rungs_test_fixture ("..", "data", "examples", "internal-kerberos.keytab", NULL);
  g_autoptr (RungsSecrets) secrets = rungs_secrets_new ();
  g_autoptr (GError) error = NULL;
  Count count = check_log (path, secrets);

  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_UNCHECKED], ==, 2);
  g_assert_cmpint (count.last, ==, RUNGS_SIGNATURE_REASON_NO_KEYTAB);
  rungs_secrets_take_keytab (secrets, rungs_keytab_open (keytab, &error));
  g_assert_no_error (error);
  count = check_log (path, secrets);
  g_assert_cmpuint (count.states[RUNGS_SIGNATURE_RIGHT], ==, 2);
}

static GBytes *
load (const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = rungs_test_fixture ("auth", "kerberos", file, NULL);
  gsize length;
  char *bytes = rungs_test_load (path, &length);

  return g_bytes_new_take (bytes, length);
}

static RungsSlice
slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A login of a real KDC; what both sides signed is the word “Rungs”. */
static void
check_login (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strconcat (name, ".keytab", NULL);
  g_autofree char *path = rungs_test_fixture ("auth", "kerberos", file, NULL);
  g_autoptr (GBytes) request = load (name, "-request");
  g_autoptr (GBytes) reply = load (name, "-reply");
  g_autoptr (GBytes) client = load (name, "-client");
  g_autoptr (GBytes) server = load (name, "-server");
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsKeytab) keytab = rungs_keytab_open (path, &error);
  g_autoptr (RungsField) opened = NULL;
  RungsSlice text = RUNGS_SLICE_LITERAL ("Rungs");
  RungsKerberosKeys keys;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_keytab_open_request (keytab, slice (request), &keys, &opened),
                   ==,
                   RUNGS_KEYTAB_OPENED);
  g_assert_cmpint (keys.acceptor.type, ==, 0);
  rungs_keytab_open_reply (keytab, slice (reply), &keys, opened);
  g_assert_cmpint (keys.acceptor.type, ==, keys.session.type);
  g_assert_true (rungs_keytab_verify (keytab, &keys, FALSE, text, slice (client)));
  g_assert_true (rungs_keytab_verify (keytab, &keys, TRUE, text, slice (server)));
  g_assert_false (rungs_keytab_verify (keytab, &keys, TRUE, RUNGS_SLICE_LITERAL ("rungs"), slice (server)));
  for (gsize length = 0; length < slice (client).length; length++)
    g_assert_false (
      rungs_keytab_verify (keytab, &keys, FALSE, text, rungs_slice_sub (slice (client), 0, length)));
}

static void
a_file_that_is_no_keytab_is_an_error (void)
{
  g_autofree char *path = rungs_test_fixture ("meson.build", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_keytab_open (path, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_UNREADABLE);
}

static void
every_reason_has_an_id (void)
{
  for (guint reason = 0; reason < RUNGS_N_SIGNATURE_REASONS; reason++)
    g_assert_nonnull (rungs_signature_reason_get_id (reason));
  g_assert_null (rungs_signature_state_get_id (RUNGS_SIGNATURE_NONE));
  g_assert_cmpstr (rungs_signature_state_get_id (RUNGS_SIGNATURE_WRONG), ==, "wrong");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/verifier", a_request_signs_its_fields_in_order);
  rungs_test_add ("/auth/verifier", a_response_signs_its_status_too);
  rungs_test_add ("/auth/verifier", the_form_of_a_signature_tells_its_mechanism);
  rungs_test_add ("/auth/verifier", the_right_password_verifies_both_sides);
  rungs_test_add ("/auth/verifier", another_password_is_told_by_the_proof);
  rungs_test_add ("/auth/verifier", a_user_who_is_not_named_is_not_checked);
  rungs_test_add ("/auth/verifier", a_keytab_verifies_both_sides);
  g_test_add_data_func ("/auth/verifier/kerberos-rc4", "rc4", check_login);
  g_test_add_data_func ("/auth/verifier/kerberos-aes128", "aes128", check_login);
  g_test_add_data_func ("/auth/verifier/kerberos-aes256-sha384", "aes256-sha384", check_login);
  rungs_test_add ("/auth/verifier", a_file_that_is_no_keytab_is_an_error);
  rungs_test_add ("/auth/verifier", every_reason_has_an_id);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Tokens → trees of fields. The NTLM messages are those of the example that comes with Rungs. */

#include "config.h"

#include "rungs-certificate.h"
#include "rungs-ntlm.h"
#include "rungs-sip-fields.h"
#include "rungs-test.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"
#include "rungs-token-fields.h"

/* (transfer full): the @index-th gssapi-data of an example that is not empty. */
static GBytes *
load_token (const char *example, guint index)
{
  g_autofree char *path = rungs_test_fixture ("..", "data", "examples", example, NULL);
  g_autofree char *text = NULL;
  gsize length;
  const char *rest;

  text = rungs_test_load (path, &length);
  rest = text;
  while ((rest = strstr (rest, "gssapi-data=\"")) != NULL)
    {
      rest += strlen ("gssapi-data=\"");
      if (*rest != '"' && index-- == 0)
        return rungs_token_from_text (rungs_slice (rest, strchr (rest, '"') - rest), NULL);
    }
  g_assert_not_reached ();
}

/* (transfer full): a token of the fuzz corpus. */
static GBytes *
load_corpus (const char *name)
{
  g_autofree char *path = rungs_test_fixture ("fuzz", "corpus", "token-decode", name, NULL);
  gsize length;
  char *bytes = rungs_test_load (path, &length);

  return g_bytes_new_take (bytes, length);
}

static RungsSlice
slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The field at @path ("NtChallengeResponse/TimeStamp"). */
static const RungsField *
find (const RungsField *field, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      field = rungs_field_find (field, names[i]);
      if (field == NULL)
        g_error ("there is no field “%s” in “%s”", names[i], path);
    }
  return field;
}

#define assert_value(root, path, expected) g_assert_cmpstr (find (root, path)->value, ==, expected)

static void
a_challenge_names_the_server_and_its_flags (void)
{
  g_autoptr (GBytes) token = load_token ("remote-ntlm.uccapilog", 0);
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));

  g_assert_cmpstr (root->name, ==, "NTLM");
  g_assert_cmpstr (root->value, ==, "CHALLENGE_MESSAGE");
  g_assert_cmpint (root->remark, ==, RUNGS_REMARK_NONE);
  assert_value (root, "NegotiateFlags/NTLMSSP_NEGOTIATE_DATAGRAM", "0x00000040");
  assert_value (root, "TargetInfo/MsvAvNbDomainName", "CONTOSO");
  g_assert_cmpuint (find (root, "ServerChallenge")->offset, ==, 24);
  g_assert_cmpuint (find (root, "ServerChallenge")->length, ==, 8);
}

static void
an_authenticate_names_the_user_and_the_kind_of_response (void)
{
  g_autoptr (GBytes) token = load_token ("remote-ntlm.uccapilog", 1);
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));
  const RungsField *user = find (root, "UserName");

  g_assert_cmpstr (root->value, ==, "AUTHENTICATE_MESSAGE");
  assert_value (root, "UserName", "izabela");
  assert_value (root, "DomainName", "CONTOSO");
  assert_value (root, "NtChallengeResponse", "NTLMv2");
  g_assert_cmpstr (user->topic, ==, "token-field:UserName");
  g_assert_cmpuint (user->length, ==, 2 * strlen ("izabela"));
  g_assert_cmpint (slice (token).data[user->offset], ==, 'i');
}

static void
an_ap_req_names_the_service_and_its_keys (void)
{
  g_autoptr (GBytes) token = load_token ("internal-kerberos.uccapilog", 0);
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));
  const RungsField *realm = find (root, "Kerberos/ticket/realm");

  assert_value (root, "thisMech", "1.2.840.113554.1.2.2 (Kerberos V5)");
  assert_value (root, "TOK_ID", "0100 (AP-REQ)");
  assert_value (root, "Kerberos/ticket/sname", "sip/pool01.contoso.example");
  assert_value (root, "Kerberos/ticket/enc-part/etype", "18 (aes256-cts-hmac-sha1-96)");
  assert_value (root, "Kerberos/ticket/enc-part/kvno", "2");
  assert_value (root, "Kerberos/ap-options", "00 00 00 00");
  g_assert_null (rungs_field_find (find (root, "Kerberos/authenticator"), "kvno"));
  g_assert_cmpstr (find (root, "Kerberos/authenticator/etype")->topic, ==, "enctype:18");
  g_assert_nonnull (memmem (slice (token).data + realm->offset, realm->length, "CONTOSO.EXAMPLE", 15));
}

static void
a_kerberos_error_tells_its_code_and_both_clocks (void)
{
  g_autoptr (GBytes) token = load_corpus ("kerberos-error");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));

  assert_value (root, "Kerberos", "KRB-ERROR");
  assert_value (root, "Kerberos/error-code", "37 (KRB_AP_ERR_SKEW)");
  g_assert_cmpstr (find (root, "Kerberos/error-code")->topic, ==, "kerberos-error:37");
  assert_value (root, "Kerberos/ctime", "2024-01-15 09:10:00 UTC");
  assert_value (root, "Kerberos/stime", "2024-01-15 09:20:01 UTC");
  assert_value (root, "Kerberos/susec", "123456");
  assert_value (root, "Kerberos/e-text", "Clock skew\342\220\233[31m");
  g_assert_null (rungs_field_find (find (root, "Kerberos"), "cname"));
}

static void
a_negotiation_is_opened (void)
{
  g_autoptr (GBytes) token = load_corpus ("spnego-ap-rep");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));
  g_autoptr (GBytes) answer = load_corpus ("spnego-response-ntlm");
  g_autoptr (RungsField) answer_root = rungs_token_to_field (slice (answer));

  assert_value (root, "SPNEGO", "NegTokenInit");
  g_assert_cmpuint (rungs_field_get_n_children (find (root, "SPNEGO/mechTypes")), ==, 2);
  assert_value (root, "SPNEGO/mechToken/GSS-API/Kerberos", "AP-REP");
  assert_value (root, "SPNEGO/mechToken/GSS-API/Kerberos/enc-part/etype", "23 (rc4-hmac (arcfour-hmac-md5))");
  assert_value (answer_root, "negState", "accept-incomplete");
  assert_value (answer_root, "supportedMech", "1.3.6.1.4.1.311.2.2.10 (NTLMSSP)");
  assert_value (answer_root, "responseToken/NTLM", "CHALLENGE_MESSAGE");
  g_assert_cmpuint (find (answer_root, "responseToken/NTLM/ServerChallenge")->offset,
                    ==,
                    slice (answer).length - 24);
}

static void
frames_in_frames_are_opened_to_a_limit (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (RungsField) root = NULL;
  const RungsField *field;
  guint depth = 0;

  for (guint i = 0; i < 5000; i++)
    g_byte_array_append (bytes, (const guint8 *) "\x60\x82\xff\xff\x06\x01\x2a", 7);
  root = rungs_token_to_field (rungs_slice ((const char *) bytes->data, bytes->len));
  for (field = root; rungs_field_get_n_children (field) == 2; field = rungs_field_get_child (field, 1))
    depth++;
  g_assert_cmpuint (depth, >, 2);
  g_assert_cmpuint (depth, <, 20);
}

static void
a_kerberos_message_that_is_cut_short_keeps_its_names (void)
{
  g_autoptr (GBytes) token = load_token ("internal-kerberos.uccapilog", 0);
  g_autoptr (RungsField) root = rungs_token_to_field (rungs_slice_sub (slice (token), 0, 130));

  g_assert_cmpint (root->remark, ==, RUNGS_REMARK_TRUNCATED);
  g_assert_cmpint (find (root, "Kerberos")->remark, ==, RUNGS_REMARK_TRUNCATED);
  assert_value (root, "Kerberos/ticket/realm", "CONTOSO.EXAMPLE");
  assert_value (root, "Kerberos/ticket/sname", "sip/pool01.contoso.example");
  g_assert_cmpint (find (root, "Kerberos/ticket")->remark, ==, RUNGS_REMARK_TRUNCATED);
}

static void
a_tls_hello_names_its_suites_and_the_server (void)
{
  g_autoptr (GBytes) token = load_corpus ("tls-client-hello");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));
  const RungsField *hello = find (root, "record/handshake");
  const RungsField *suites = find (hello, "cipher_suites");

  g_assert_cmpstr (root->value, ==, "ClientHello");
  g_assert_cmpstr (hello->value, ==, "ClientHello");
  assert_value (hello, "protocol-version", "3.1 (TLS 1.0)");
  g_assert_cmpuint (rungs_field_get_n_children (suites), ==, 3);
  assert_value (suites, "cipher_suite", "0x002f (TLS_RSA_WITH_AES_128_CBC_SHA)");
  g_assert_cmpstr (rungs_field_get_child (suites, 2)->value, ==, "0x0a0a");
  assert_value (hello, "extension/server_name", "pool01.contoso.example");
  g_assert_cmpint (hello->remark, ==, RUNGS_REMARK_NONE);
}

static void
a_certificate_is_opened_in_one_record_or_two (void)
{
  g_autoptr (GBytes) whole = load_corpus ("tls-server-flight");
  g_autoptr (GBytes) cut = load_corpus ("tls-server-flight-cut");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (whole));
  g_autoptr (RungsField) cut_root = rungs_token_to_field (slice (cut));
  g_autoptr (GPtrArray) list = rungs_certificate_list (slice (cut));
  const RungsField *certificate = find (rungs_field_get_child (find (root, "record"), 2), "certificate");
  const RungsField *fragment = find (rungs_field_get_child (cut_root, 1), "fragment");
  const RungsCertificate *summary;

  assert_value (certificate, "subject", "CN=pool01.contoso.example,O=Contoso");
  assert_value (certificate, "subjectAltName", "pool01.contoso.example");
  assert_value (certificate, "subjectPublicKey", "RSA, 2048");
  assert_value (certificate, "signatureAlgorithm", "RSA-SHA256");
  assert_value (fragment, "subject", "CN=pool01.contoso.example,O=Contoso");
  g_assert_cmpint (rungs_field_get_child (find (cut_root, "record"), 2)->remark, ==, RUNGS_REMARK_NONE);
  g_assert_cmpuint (list->len, ==, 1);
  summary = g_ptr_array_index (list, 0);
  g_assert_cmpstr (summary->names[1], ==, "sip.contoso.example");
  g_assert_true (summary->is_self_signed);
  g_assert_false (summary->is_weak);
  g_assert_cmpint (summary->not_before, <, summary->not_after);
}

static void
a_signature_without_a_message_is_named (void)
{
  g_autoptr (RungsField) mic = rungs_token_to_field (
    RUNGS_SLICE_LITERAL ("\4\4\0\xff\xff\xff\xff\xff\0\0\0\0\x34\xf6\x34\1abcdefghijkl"));
  g_autoptr (RungsField) old = rungs_token_to_field (
    RUNGS_SLICE_LITERAL ("\x60\x23\6\x09\x2a\x86\x48\x86\xf7\x12\1\2\2\1\1\x11\0\xff\xff\xff\xff"
                         "12345678abcdefgh"));

  g_assert_cmpstr (mic->topic, ==, "token:MIC");
  assert_value (mic, "SND_SEQ", "00 00 00 00 34 f6 34 01");
  assert_value (old, "SGN_ALG", "11 00");
  g_assert_cmpuint (find (old, "SGN_CKSUM")->offset, ==, 29);
}

static void
tls_after_change_cipher_spec_is_encrypted (void)
{
  g_autoptr (GBytes) token = load_corpus ("tls-finished");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));

  g_assert_cmpuint (rungs_field_get_n_children (root), ==, 3);
  assert_value (rungs_field_get_child (root, 0), "handshake", "Certificate");
  g_assert_cmpstr (rungs_field_get_child (root, 1)->value, ==, "ChangeCipherSpec");
  assert_value (rungs_field_get_child (root, 2), "encrypted", "40 bytes");
}

static void
a_tls_alert_says_why (void)
{
  g_autoptr (GBytes) token = load_corpus ("tls-alert");
  g_autoptr (RungsField) root = rungs_token_to_field (slice (token));

  assert_value (root, "record/alert-level", "2 (fatal)");
  assert_value (root, "record/alert-description", "48 (unknown_ca)");
  g_assert_cmpstr (find (root, "record/alert-description")->topic, ==, "tls-alert:48");
}

static void
assert_inside (const RungsField *field, gsize length)
{
  g_assert_cmpuint (field->offset, <=, length);
  g_assert_cmpuint (field->length, <=, length - field->offset);
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    assert_inside (rungs_field_get_child (field, i), length);
}

static void
check_prefixes (const char *example, guint index)
{
  g_autoptr (GBytes) token = load_token (example, index);

  for (gsize length = 0; length <= slice (token).length; length++)
    {
      /* A copy, so that a look behind the end is found out. */
      g_autofree char *copy = g_memdup2 (slice (token).data, length);
      g_autoptr (RungsField) root = rungs_token_to_field (rungs_slice (copy, length));

      assert_inside (root, length);
    }
}

static void
every_beginning_of_a_token_decodes_as_far_as_it_goes (void)
{
  check_prefixes ("remote-ntlm.uccapilog", 0);
  check_prefixes ("remote-ntlm.uccapilog", 1);
  check_prefixes ("internal-kerberos.uccapilog", 0);
}

static void
a_token_that_is_cut_short_says_so (void)
{
  g_autoptr (GBytes) token = load_token ("remote-ntlm.uccapilog", 1);
  g_autoptr (RungsField) root = rungs_token_to_field (rungs_slice_sub (slice (token), 0, 100));

  g_assert_cmpint (root->remark, ==, RUNGS_REMARK_TRUNCATED);
  assert_value (root, "NegotiateFlags/NTLMSSP_NEGOTIATE_UNICODE", "0x00000001");
}

static void
a_list_of_pairs_without_end_is_left_at_its_end (void)
{
  static const char pairs[] = "\2\0\4\0A\0B\0\1\0\377\377C";

  g_assert_slice (rungs_ntlm_find_pair (rungs_slice (pairs, sizeof pairs - 1), 1), "C");
  g_assert_null (rungs_ntlm_find_pair (rungs_slice (pairs, sizeof pairs - 1), 7).data);
}

static void
a_file_time_is_a_time_of_unix (void)
{
  /* 2024-01-15 09:20:03 UTC */
  static const char time[] = "\x80\x23\x45\x05\x94\x47\xda\x01";

  g_assert_cmpint (rungs_ntlm_filetime_to_unix (rungs_slice (time, 8)),
                   ==,
                   G_GINT64_CONSTANT (1705310403) * G_USEC_PER_SEC);
  g_assert_cmpint (rungs_ntlm_filetime_to_unix (rungs_slice (time, 7)), ==, 0);
  g_assert_cmpint (rungs_ntlm_filetime_to_unix (rungs_slice ("\0\0\0\0\0\0\0\0", 8)), ==, 0);
}

static void
a_message_shows_its_token_and_signature_where_they_stand (void)
{
  static const char text[] =
    "SIP/2.0 401 Unauthorized\r\n"
    "WWW-Authenticate: NTLM gssapi-data=\"TlRMTVNTUAACAAAAAAAAAA==\", realm=\"r\"\r\n"
    "Authentication-Info: NTLM rspauth=\"01000000AABBCCDDEEFF001164000000\"\r\n"
    "Authorization: Digest response=\"0123456789abcdef0123456789abcdef\"\r\n"
    "\r\n";
  g_auto (RungsSipMessage) sip;
  g_autoptr (RungsField) root = NULL;
  const RungsField *token, *checksum;

  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip, rungs_slice (text, sizeof text - 1), RUNGS_SIP_PARSE_DATAGRAM);
  root = rungs_sip_fields_new (&sip);
  rungs_token_fields_add (root, sip.bytes);
  token = find (root, "WWW-Authenticate/gssapi-data/NTLM");
  g_assert_cmpstr (token->value, ==, "CHALLENGE_MESSAGE");
  g_assert_cmpuint (token->length, ==, 24);
  g_assert_true (g_str_has_prefix (text + token->offset, "TlRMTVNTUAAC"));
  checksum = find (root, "Authentication-Info/rspauth/signature/Checksum");
  g_assert_true (g_str_has_prefix (text + checksum->offset, "AABBCCDD"));
  g_assert_cmpuint (checksum->length, ==, 16);
  g_assert_cmpuint (rungs_field_get_n_children (find (root, "Authorization/response")), ==, 0);
}

static void
assert_text (const char *text, const char *expected)
{
  g_autoptr (GBytes) bytes = rungs_token_from_text (rungs_slice_from_string (text), NULL);

  g_assert_nonnull (bytes);
  g_assert_slice (slice (bytes), expected);
}

static void
a_token_is_found_in_the_text_around_it (void)
{
  assert_text ("UnVuZ3M=", "Rungs");
  assert_text ("UnVuZ3M", "Rungs");
  assert_text ("  UnVu\r\n Z3M\n", "Rungs");
  assert_text ("Negotiate UnVuZ3M=", "Rungs");
  assert_text ("NTLM realm=\"r\", gssapi-data=\"UnVuZ3M=\", version=4", "Rungs");
  assert_text ("Proxy-Authorization: NTLM realm=\"r\", GSSAPI-DATA=\"UnVuZ3M=\", version=4\r\n", "Rungs");
  assert_text ("WWW-Authenticate:Negotiate UnVuZ3M=", "Rungs");
  assert_text ("AUTH NTLM UnVuZ3M=\r\n", "Rungs");
  assert_text ("334 UnVuZ3M=", "Rungs");
  assert_text ("+ UnVuZ3M=", "Rungs");
  assert_text ("-_-_", "\xfb\xff\xbf");
  assert_text ("gssapi-data=\"\"", "");
  assert_text ("", "");
}

static void
hexadecimal_digits_are_read_however_they_are_written (void)
{
  assert_text ("52756e6773", "Rungs");
  assert_text ("0x52 75:6E 67 73", "Rungs");
  assert_text ("0x52, 0x75, 0x6e, 0x67, 0x73", "Rungs");
  assert_text ("\\x52\\x75\\x6e\\x67\\x73", "Rungs");
  assert_text ("52-75-6E-67-73", "Rungs");
  assert_text ("00000000: 5275 6e67 7320 5275 6e67 7320 5275 6e67  Rungs Rungs Rung\n"
               "00000010: 7320 6162                                s ab\n",
               "Rungs Rungs Rungs ab");
  assert_text ("00000000  52 75 6e 67 73 20 52 75  6e 67 73 20 52 75 6e 67  |Rungs Rungs Rung|\n"
               "00000010  73 20 61 62                                       |s ab|\n"
               "00000014\n",
               "Rungs Rungs Rungs ab");
  assert_text ("0000   52 75 6e 67 73 20 52 75 6e 67 73 20 52 75 6e 67   Rungs Rungs Rung\r\n"
               "0010   73 20 61 62                                       s ab\r\n",
               "Rungs Rungs Rungs ab");
}

static void
assert_place (const char *text, gsize expected)
{
  gsize place = G_MAXSIZE;

  g_assert_null (rungs_token_from_text (rungs_slice_from_string (text), &place));
  g_assert_cmpuint (place, ==, expected);
}

static void
what_is_no_token_tells_where (void)
{
  assert_place ("no token!", 8);
  assert_place ("NTLM UnVu*Z3M=", 9);
  assert_place ("UnVuZ3M=x", 8);
  assert_place ("0x5", 3);
  assert_place ("0x52 7g", 6);
  assert_place ("U", 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/token-decode", a_challenge_names_the_server_and_its_flags);
  rungs_test_add ("/auth/token-decode", an_authenticate_names_the_user_and_the_kind_of_response);
  rungs_test_add ("/auth/token-decode", an_ap_req_names_the_service_and_its_keys);
  rungs_test_add ("/auth/token-decode", a_kerberos_error_tells_its_code_and_both_clocks);
  rungs_test_add ("/auth/token-decode", a_negotiation_is_opened);
  rungs_test_add ("/auth/token-decode", frames_in_frames_are_opened_to_a_limit);
  rungs_test_add ("/auth/token-decode", a_kerberos_message_that_is_cut_short_keeps_its_names);
  rungs_test_add ("/auth/token-decode", a_tls_hello_names_its_suites_and_the_server);
  rungs_test_add ("/auth/token-decode", a_certificate_is_opened_in_one_record_or_two);
  rungs_test_add ("/auth/token-decode", a_signature_without_a_message_is_named);
  rungs_test_add ("/auth/token-decode", tls_after_change_cipher_spec_is_encrypted);
  rungs_test_add ("/auth/token-decode", a_tls_alert_says_why);
  rungs_test_add ("/auth/token-decode", every_beginning_of_a_token_decodes_as_far_as_it_goes);
  rungs_test_add ("/auth/token-decode", a_token_that_is_cut_short_says_so);
  rungs_test_add ("/auth/token-decode", a_list_of_pairs_without_end_is_left_at_its_end);
  rungs_test_add ("/auth/token-decode", a_file_time_is_a_time_of_unix);
  rungs_test_add ("/auth/token-decode", a_message_shows_its_token_and_signature_where_they_stand);
  rungs_test_add ("/auth/token-decode", a_token_is_found_in_the_text_around_it);
  rungs_test_add ("/auth/token-decode", hexadecimal_digits_are_read_however_they_are_written);
  rungs_test_add ("/auth/token-decode", what_is_no_token_tells_where);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a gssapi-data value is, by its first bytes. The tokens are made here. */

#include "config.h"

#include "rungs-sip-auth.h"
#include "rungs-sip-message.h"
#include "rungs-test.h"
#include "rungs-token.h"

#define KERBEROS_OID    "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"
#define MS_KERBEROS_OID "\x06\x09\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"
#define SPNEGO_OID      "\x06\x06\x2b\x06\x01\x05\x05\x02"
#define NTLM_OID        "\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"
#define NTLM(type)      "NTLMSSP\0" type "\0\0\0"

/* Wraps @content into a DER element. (transfer full) */
static GByteArray *
element (guint8 tag, const char *content, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 header[4] = { tag, 0x82, length >> 8, length & 0xff };

  if (length < 128)
    header[1] = length;
  g_byte_array_append (bytes, header, length < 128 ? 2 : 4);
  g_byte_array_append (bytes, (const guint8 *) content, length);
  return bytes;
}

static RungsTokenKind
identify (const char *bytes, gsize length)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) bytes, length);

  return rungs_token_identify (rungs_slice_from_string (base64));
}

#define IDENTIFY(literal) identify (literal, sizeof (literal) - 1)

static void
a_missing_token_is_not_an_empty_one (void)
{
  g_assert_cmpint (rungs_token_identify (RUNGS_SLICE_EMPTY), ==, RUNGS_TOKEN_NONE);
  g_assert_cmpint (rungs_token_identify (RUNGS_SLICE_LITERAL ("")), ==, RUNGS_TOKEN_EMPTY);
  g_assert_cmpint (rungs_token_identify (RUNGS_SLICE_LITERAL (" \r\n ")), ==, RUNGS_TOKEN_EMPTY);
}

static void
ntlm_messages_are_told_by_their_type (void)
{
  g_assert_cmpint (IDENTIFY (NTLM ("\1")), ==, RUNGS_TOKEN_NTLM_NEGOTIATE);
  g_assert_cmpint (IDENTIFY (NTLM ("\2") "and a long payload behind it"), ==, RUNGS_TOKEN_NTLM_CHALLENGE);
  g_assert_cmpint (IDENTIFY (NTLM ("\3")), ==, RUNGS_TOKEN_NTLM_AUTHENTICATE);
  g_assert_cmpint (IDENTIFY (NTLM ("\4")), ==, RUNGS_TOKEN_UNKNOWN);
  g_assert_cmpint (IDENTIFY ("NTLMSSP\0"), ==, RUNGS_TOKEN_UNKNOWN);
}

static void
kerberos_messages_are_told_by_their_frame (void)
{
  g_assert_cmpint (IDENTIFY ("\x60\x0e" KERBEROS_OID "\1\0\x6e"), ==, RUNGS_TOKEN_KRB_AP_REQ);
  g_assert_cmpint (IDENTIFY ("\x60\x0e" KERBEROS_OID "\2\0\x6f"), ==, RUNGS_TOKEN_KRB_AP_REP);
  g_assert_cmpint (IDENTIFY ("\x60\x0e" KERBEROS_OID "\3\0\x7e"), ==, RUNGS_TOKEN_KRB_ERROR);
  g_assert_cmpint (IDENTIFY ("\x60\x82\x06\x19" MS_KERBEROS_OID "\1\0\x6e\x82\x06\x08"),
                   ==,
                   RUNGS_TOKEN_KRB_AP_REQ);
  g_assert_cmpint (IDENTIFY ("\x60\x0e" KERBEROS_OID "\4\4\x6e"), ==, RUNGS_TOKEN_UNKNOWN);
}

static void
bare_kerberos_messages_are_told_by_their_tag_around_a_sequence (void)
{
  g_assert_cmpint (IDENTIFY ("\x6e\x82\x01\x00\x30\x81"), ==, RUNGS_TOKEN_KRB_AP_REQ);
  g_assert_cmpint (IDENTIFY ("\x6f\x10\x30\x0e"), ==, RUNGS_TOKEN_KRB_AP_REP);
  g_assert_cmpint (IDENTIFY ("\x7e\x10\x30\x0e"), ==, RUNGS_TOKEN_KRB_ERROR);
  g_assert_cmpint (IDENTIFY ("\x7e\x10\xd1\x0e"), ==, RUNGS_TOKEN_UNKNOWN);
}

/* @mech_types and @token inside a NegTokenInit, inside its GSS-API frame. */
static RungsTokenKind
identify_in_neg_token_init (const char *mech_types,
                            gsize mech_types_length,
                            const char *token,
                            gsize token_length)
{
  g_autoptr (GByteArray) types = element (0x30, mech_types, mech_types_length);
  g_autoptr (GByteArray) field_0 = element (0xa0, (const char *) types->data, types->len);
  g_autoptr (GByteArray) octets = element (0x04, token, token_length);
  g_autoptr (GByteArray) field_2 = element (0xa2, (const char *) octets->data, octets->len);
  g_autoptr (GByteArray) sequence = NULL;
  g_autoptr (GByteArray) init = NULL;
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GByteArray) frame = NULL;

  g_byte_array_append (field_0, field_2->data, field_2->len);
  sequence = element (0x30, (const char *) field_0->data, field_0->len);
  init = element (0xa0, (const char *) sequence->data, sequence->len);
  content = g_byte_array_new ();
  g_byte_array_append (content, (const guint8 *) SPNEGO_OID, sizeof SPNEGO_OID - 1);
  g_byte_array_append (content, init->data, init->len);
  frame = element (0x60, (const char *) content->data, content->len);
  return identify ((const char *) frame->data, frame->len);
}

static void
a_token_inside_spnego_is_found (void)
{
  static const char mechanisms[] = MS_KERBEROS_OID KERBEROS_OID NTLM_OID;
  static const char ntlm[] = NTLM ("\1");
  g_autofree char *kerberos = g_malloc0 (2000);

  g_assert_cmpint (identify_in_neg_token_init (mechanisms, sizeof mechanisms - 1, ntlm, sizeof ntlm - 1),
                   ==,
                   RUNGS_TOKEN_NTLM_NEGOTIATE);
  memcpy (kerberos, "\x60\x82\x07\xcc" KERBEROS_OID "\1\0\x6e", 18);
  g_assert_cmpint (identify_in_neg_token_init (mechanisms, sizeof mechanisms - 1, kerberos, 2000),
                   ==,
                   RUNGS_TOKEN_KRB_AP_REQ);
}

static void
a_token_inside_a_neg_token_resp_is_found (void)
{
  g_assert_cmpint (IDENTIFY ("\xa1\x17\x30\x15\xa0\x03\x0a\x01\x01\xa2\x0e\x04\x0c" NTLM ("\2")),
                   ==,
                   RUNGS_TOKEN_NTLM_CHALLENGE);
  g_assert_cmpint (IDENTIFY ("\xa1\x07\x30\x05\xa0\x03\x0a\x01\x00"), ==, RUNGS_TOKEN_UNKNOWN);
}

static void
nested_frames_end (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; i < 10000; i++)
    g_string_append_len (bytes, "\xa1\x7f\x30\x7d\xa2\x7b\x04\x79", 8);
  g_assert_cmpint (identify (bytes->str, bytes->len), ==, RUNGS_TOKEN_UNKNOWN);
}

static void
tls_records_are_told_by_their_first_message (void)
{
  g_assert_cmpint (IDENTIFY ("\x16\x03\x01\x00\x40\x01\x00\x00\x3c"), ==, RUNGS_TOKEN_TLS_CLIENT_HELLO);
  g_assert_cmpint (IDENTIFY ("\x16\x03\x03\x00\x40\x02\x00\x00\x3c"), ==, RUNGS_TOKEN_TLS_SERVER_HELLO);
  g_assert_cmpint (IDENTIFY ("\x16\x03\x01\x00\x40\x0b\x00\x00\x3c"), ==, RUNGS_TOKEN_TLS_RECORDS);
  g_assert_cmpint (IDENTIFY ("\x14\x03\x01\x00\x01\x01"), ==, RUNGS_TOKEN_TLS_RECORDS);
  g_assert_cmpint (IDENTIFY ("\x15\x03\x01\x00\x02\x02\x28"), ==, RUNGS_TOKEN_TLS_ALERT);
}

static void
what_is_no_base64_is_said_so (void)
{
  static const char *const texts[] = { "not?base64", "AAAA=AAA", "A", "AAAAA", "AA=", "===", "TlRM\1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpint (rungs_token_identify (rungs_slice_from_string (texts[i])), ==, RUNGS_TOKEN_NOT_BASE64);
      g_assert_null (rungs_token_decode_base64 (rungs_slice_from_string (texts[i])));
    }
}

static void
base64_is_decoded_with_blanks_and_without_padding (void)
{
  static const char *const texts[] = { "Zm9vYmE=", "Zm9vYmE", " Zm9v\r\n  YmE=\t", "Zm 9v Ym E =" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = rungs_token_decode_base64 (rungs_slice_from_string (texts[i]));
      gsize length;
      const char *data;

      g_assert_nonnull (bytes);
      data = g_bytes_get_data (bytes, &length);
      g_assert_slice (rungs_slice (data, length), "fooba");
    }
}

/* The messages of a sample that other programs wrote, if it is there. */
static void
real_tokens_are_known (void)
{
  static const struct
  {
    const char *path;
    RungsSipHeaderId header;
    RungsTokenKind kind;
  } samples[] = {
    { "samples/raw-sip-ms/sipe-ntlmv2-moc2007r2-ocs2007r2-REGISTER-type3.sip",
      RUNGS_SIP_HEADER_PROXY_AUTHORIZATION,
      RUNGS_TOKEN_NTLM_AUTHENTICATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = rungs_test_sample (samples[i].path);
      g_autofree char *bytes = NULL;
      g_auto (RungsSipMessage) message = { 0 };
      RungsSipAuth auth;
      gsize length;

      if (path == NULL)
        return;
      bytes = rungs_test_load (path, &length);
      rungs_sip_message_parse (&message, rungs_slice (bytes, length), RUNGS_SIP_PARSE_LOG);
      rungs_sip_auth_parse (&auth, rungs_sip_message_get (&message, samples[i].header));
      g_assert_cmpint (rungs_token_identify (rungs_sip_auth_get (&auth, "gssapi-data")), ==, samples[i].kind);
    }
}

static void
each_kind_has_a_name_and_a_badge (void)
{
  for (guint kind = RUNGS_TOKEN_EMPTY; kind <= RUNGS_TOKEN_UNKNOWN; kind++)
    {
      g_assert_cmpstr (rungs_token_kind_get_name (kind), !=, "");
      g_assert_cmpstr (rungs_token_kind_get_badge (kind), !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/token", a_missing_token_is_not_an_empty_one);
  rungs_test_add ("/token", ntlm_messages_are_told_by_their_type);
  rungs_test_add ("/token", kerberos_messages_are_told_by_their_frame);
  rungs_test_add ("/token", bare_kerberos_messages_are_told_by_their_tag_around_a_sequence);
  rungs_test_add ("/token", a_token_inside_spnego_is_found);
  rungs_test_add ("/token", a_token_inside_a_neg_token_resp_is_found);
  rungs_test_add ("/token", nested_frames_end);
  rungs_test_add ("/token", tls_records_are_told_by_their_first_message);
  rungs_test_add ("/token", what_is_no_base64_is_said_so);
  rungs_test_add ("/token", base64_is_decoded_with_blanks_and_without_padding);
  rungs_test_add ("/token", real_tokens_are_known);
  rungs_test_add ("/token", each_kind_has_a_name_and_a_badge);
  return g_test_run ();
}

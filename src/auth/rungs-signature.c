/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signature of a SIP message.  See rungs-signature.h. */

#include "config.h"

#include "rungs-der.h"
#include "rungs-scan.h"
#include "rungs-signature.h"
#include "rungs-sip-address.h"
#include "rungs-text.h"
#include "rungs-token-tree.h"

#define MAX_HEADERS 16

static gboolean
take_header (RungsSignature *self, RungsSlice value)
{
  if (!rungs_sip_auth_parse (&self->auth, value))
    return FALSE;
  if (self->auth.scheme != RUNGS_SIP_SCHEME_NTLM && self->auth.scheme != RUNGS_SIP_SCHEME_KERBEROS &&
      self->auth.scheme != RUNGS_SIP_SCHEME_TLS_DSK)
    return FALSE;
  self->value = rungs_sip_auth_get (&self->auth, "rspauth");
  self->from_server = self->value.data != NULL;
  if (self->value.data == NULL)
    self->value = rungs_sip_auth_get (&self->auth, "response");
  return self->value.length > 0;
}

gboolean
rungs_signature_find (RungsSignature *self, const RungsSipMessage *message)
{
  static const char *const names[] = {
    "Authorization", "Proxy-Authorization", "Authentication-Info", "Proxy-Authentication-Info"
  };

  g_return_val_if_fail (self != NULL && message != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const RungsSipHeader *header = rungs_sip_message_find (message, names[i]);

      for (guint n = 0; header != NULL && n < MAX_HEADERS; n++)
        {
          if (take_header (self, header->value))
            return TRUE;
          header = header->id != 0 ? rungs_sip_message_next (message, header) : NULL;
        }
    }
  return FALSE;
}

GBytes *
rungs_signature_dup_bytes (const RungsSignature *self)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (self->value.length % 2 != 0)
    return NULL;
  for (gsize i = 0; i < self->value.length; i += 2)
    {
      int high = g_ascii_xdigit_value (self->value.data[i]);
      int low = g_ascii_xdigit_value (self->value.data[i + 1]);
      guint8 byte;

      if (high < 0 || low < 0)
        return NULL;
      byte = high << 4 | low;
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* One value of the text that is signed. */
typedef struct
{
  const char *name; /* as the message has it, never translated */
  RungsSlice value; /* data %NULL where it is missing */
} Value;

#define MAX_VALUES 16

/* The SIP and the tel URI of P-Asserted-Identity, or of what the client asks for (RFC 3325, 9). */
static void
get_identities (const RungsSipMessage *message, RungsSlice *sip, RungsSlice *tel)
{
  const RungsSipHeader *header = rungs_sip_message_first (message, RUNGS_SIP_HEADER_P_ASSERTED_IDENTITY);

  if (header == NULL)
    header = rungs_sip_message_first (message, RUNGS_SIP_HEADER_P_PREFERRED_IDENTITY);
  for (guint n = 0; header != NULL && n < MAX_HEADERS; n++, header = rungs_sip_message_next (message, header))
    {
      RungsSlice rest = header->value, item;

      for (guint i = 0; i < MAX_HEADERS && rungs_scan_item (&rest, ',', &item); i++)
        {
          RungsSipAddress address;
          RungsSlice *place = sip;

          rungs_sip_address_parse (&address, item);
          if (rungs_slice_case_equal_string (address.uri.scheme, "tel"))
            place = tel;
          if (place->data == NULL)
            *place = address.uri.all;
        }
    }
}

/* The values that @version signs, in order. Returns: how many */
static guint
collect (const RungsSignature *self, const RungsSipMessage *message, guint version, Value *values)
{
  const RungsSipAuth *auth = &self->auth;
  const char *random = self->from_server ? "srand" : "crand";
  const char *number = self->from_server ? "snum" : "cnum";
  RungsSlice cseq = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CSEQ);
  RungsSlice sip = RUNGS_SLICE_EMPTY, tel = RUNGS_SLICE_EMPTY;
  RungsSipAddress from, to;
  gsize digits = 0;
  guint n = 0;

  while (digits < cseq.length && g_ascii_isdigit (cseq.data[digits]))
    digits++;
  rungs_sip_address_parse (&from, rungs_sip_message_get (message, RUNGS_SIP_HEADER_FROM));
  rungs_sip_address_parse (&to, rungs_sip_message_get (message, RUNGS_SIP_HEADER_TO));
  get_identities (message, &sip, &tel);
  values[n++] = (Value){ "scheme", auth->scheme_name };
  values[n++] = (Value){ random, rungs_sip_auth_get (auth, random) };
  values[n++] = (Value){ number, rungs_sip_auth_get (auth, number) };
  values[n++] = (Value){ "realm", rungs_sip_auth_get (auth, "realm") };
  values[n++] = (Value){ "targetname", rungs_sip_auth_get (auth, "targetname") };
  values[n++] = (Value){ "Call-ID", rungs_sip_message_get (message, RUNGS_SIP_HEADER_CALL_ID) };
  values[n++] = (Value){ "CSeq number", rungs_slice_sub (cseq, 0, digits) };
  values[n++] = (Value){ "CSeq method", rungs_slice_trim (rungs_slice_skip (cseq, digits)) };
  values[n++] = (Value){ "From URI", from.uri.all };
  values[n++] = (Value){ "From tag", from.tag };
  if (version >= 3)
    values[n++] = (Value){ "To URI", to.uri.all };
  values[n++] = (Value){ "To tag", to.tag };
  if (version >= 3)
    {
      values[n++] = (Value){ "asserted SIP URI", sip };
      values[n++] = (Value){ "asserted tel URI", tel };
    }
  values[n++] = (Value){ "Expires", rungs_sip_message_get (message, RUNGS_SIP_HEADER_EXPIRES) };
  if (message->kind == RUNGS_SIP_KIND_RESPONSE)
    values[n++] = (Value){ "status code", RUNGS_SLICE_EMPTY };
  g_assert (n <= MAX_VALUES);
  return n;
}

/* The value as it is signed; the status code is a number of the parser. @digits: room for it */
static RungsSlice
get_text (const Value *value, const RungsSipMessage *message, char digits[16])
{
  if (!g_str_equal (value->name, "status code"))
    return value->value;
  g_snprintf (digits, 16, "%u", message->status);
  return rungs_slice_from_string (digits);
}

GString *
rungs_signature_dup_text (const RungsSignature *self, const RungsSipMessage *message, guint version)
{
  GString *text = g_string_new (NULL);
  Value values[MAX_VALUES];
  guint n_values;

  g_return_val_if_fail (self != NULL && message != NULL, text);

  n_values = collect (self, message, version, values);
  for (guint i = 0; i < n_values; i++)
    {
      char digits[16];
      RungsSlice value = get_text (&values[i], message, digits);

      g_string_append_c (text, '<');
      g_string_append_len (text, value.data != NULL ? value.data : "", value.length);
      g_string_append_c (text, '>');
    }
  return text;
}

RungsField *
rungs_signature_to_signed_field (const RungsSignature *self, const RungsSipMessage *message, guint version)
{
  GString *text = rungs_signature_dup_text (self, message, version);
  g_autofree char *whole = rungs_text_display (rungs_slice (text->str, text->len));
  RungsField *root = rungs_field_new ("signed", whole, 0, 0);
  Value values[MAX_VALUES];
  guint n_values = collect (self, message, version, values);

  rungs_field_set_topic (root, version >= 3 ? "token-field:signed-4" : "token-field:signed-2");
  for (guint i = 0; i < n_values; i++)
    {
      char digits[16];
      RungsSlice value = get_text (&values[i], message, digits);
      g_autofree char *display = rungs_text_display (value);
      gboolean is_there = value.data != NULL && value.data != digits;

      rungs_field_add (root,
                       rungs_field_new (values[i].name,
                                        display,
                                        is_there ? rungs_slice_offset_in (value, message->bytes) : 0,
                                        is_there ? value.length : 0));
    }
  g_string_free (text, TRUE);
  return root;
}

/* A part of a signature, one after another. */
typedef struct
{
  const char *name;
  gsize length;
} Part;

#define REST 65536 /* whatever there is */

static void
add_parts (RungsField *root, RungsSlice token, RungsSlice bytes, const Part *parts, gsize n_parts)
{
  for (gsize i = 0; i < n_parts && bytes.length > 0; i++)
    {
      RungsSlice part = rungs_slice_sub (bytes, 0, parts[i].length);

      if (parts[i].length == REST && part.length > 64)
        rungs_token_tree_add_size (root, token, parts[i].name, part);
      else
        rungs_token_tree_add_hex (root, token, parts[i].name, part);
      bytes = rungs_slice_skip (bytes, part.length);
    }
}

void
rungs_signature_add_message_token (RungsField *parent, RungsSlice token, RungsSlice bytes)
{
  static const Part mic[] = {
    { "TOK_ID", 2 }, { "Flags", 1 }, { "filler", 5 }, { "SND_SEQ", 8 }, { "SGN_CKSUM", REST }
  };
  static const Part wrap[] = { { "TOK_ID", 2 }, { "Flags", 1 },   { "filler", 1 }, { "EC", 2 },
                               { "RRC", 2 },    { "SND_SEQ", 8 }, { "Data", REST } };
  static const Part old_mic[] = {
    { "TOK_ID", 2 }, { "SGN_ALG", 2 }, { "filler", 4 }, { "SND_SEQ", 8 }, { "SGN_CKSUM", REST }
  };
  static const Part old_wrap[] = { { "TOK_ID", 2 },  { "SGN_ALG", 2 },   { "SEAL_ALG", 2 }, { "filler", 2 },
                                   { "SND_SEQ", 8 }, { "SGN_CKSUM", 8 }, { "Data", REST } };

  g_return_if_fail (parent != NULL);

  switch (bytes.length > 0 ? bytes.data[0] : 0)
    {
    case 4:
      add_parts (parent, token, bytes, mic, G_N_ELEMENTS (mic));
      break;
    case 5:
      add_parts (parent, token, bytes, wrap, G_N_ELEMENTS (wrap));
      break;
    case 2:
      add_parts (parent, token, bytes, old_wrap, G_N_ELEMENTS (old_wrap));
      break;
    default:
      add_parts (parent, token, bytes, old_mic, G_N_ELEMENTS (old_mic));
      break;
    }
}

void
rungs_signature_add_parts (RungsField *parent, RungsSlice token, RungsSlice bytes)
{
  static const Part ntlm[] = { { "Version", 4 }, { "Checksum", 8 }, { "SeqNum", 4 } };
  static const Part ntlm_plain[] = { { "Version", 4 }, { "RandomPad", 4 }, { "Checksum", 8 } };
  RungsSlice rest = bytes;

  g_return_if_fail (parent != NULL);

  if (bytes.length == 16 && rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\1\0\0\0\0\0\0\0")))
    add_parts (parent, token, bytes, ntlm_plain, G_N_ELEMENTS (ntlm_plain));
  else if (bytes.length == 16 && rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\1\0\0\0")))
    add_parts (parent, token, bytes, ntlm, G_N_ELEMENTS (ntlm));
  else if (rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\4\4")))
    rungs_signature_add_message_token (parent, token, bytes);
  else if (rungs_der_open (&rest, 0x60) && rest.length > 11)
    rungs_signature_add_message_token (parent, token, rungs_slice_skip (rest, 11));
  else
    rungs_token_tree_add_hex (parent, token, "SGN_CKSUM", bytes);
}

/* What made a signature, told by its form. */
static const char *
get_mechanism (RungsSlice bytes)
{
  RungsSlice rest = bytes;

  if (bytes.length == 16 && rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\1\0\0\0\0\0\0\0")))
    return "NTLM, CRC32";
  if (bytes.length == 16 && rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\1\0\0\0")))
    return "NTLM, HMAC-MD5";
  if (rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\4\4")))
    return bytes.length == 28 ? "Kerberos, AES" : "Kerberos, RFC 4121";
  if (rungs_der_open (&rest, 0x60) && rest.length > 15)
    {
      guint algorithm = (guchar) rest.data[13];

      return algorithm == 0x11 ? "Kerberos, RC4" : algorithm == 4 ? "Kerberos, triple DES" : "Kerberos, DES";
    }
  if (bytes.length == 16)
    return "TLS-DSK, HMAC-MD5";
  return bytes.length == 20 ? "TLS-DSK, HMAC-SHA1" : NULL;
}

RungsField *
rungs_signature_to_field (RungsSlice bytes)
{
  RungsField *root = rungs_field_new ("signature", get_mechanism (bytes), 0, bytes.length);

  rungs_field_set_topic (root, "token-field:signature");
  rungs_signature_add_parts (root, bytes, bytes);
  return root;
}

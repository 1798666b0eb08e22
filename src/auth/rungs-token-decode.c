/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one way into a token.  See rungs-token-decode.h. */

#include "config.h"

#include "rungs-ntlm.h"
#include "rungs-token-decode.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"
#include "rungs-token.h"

/* Moves the fields of a token that stands inside of another. */
static void
move (RungsField *field, gsize distance)
{
  field->offset += distance;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    move (rungs_field_get_child (field, i), distance);
}

RungsField *
rungs_token_decode_part (RungsSlice token, RungsSlice part, guint depth)
{
  RungsTokenKind kind = part.length > 0 ? RUNGS_TOKEN_UNKNOWN : RUNGS_TOKEN_EMPTY;
  gsize offset = rungs_slice_offset_in (part, token);
  g_autofree char *topic = g_strconcat ("token:", rungs_token_kind_get_name (kind), NULL);
  RungsNtlm ntlm;
  RungsField *field;

  if (rungs_ntlm_parse (&ntlm, part))
    {
      field = rungs_ntlm_to_field (&ntlm);
      move (field, offset);
      return field;
    }
  field = rungs_gss_decode (token, part, depth);
  if (field == NULL)
    field = rungs_kerberos_decode (token, part);
  if (field == NULL)
    field = rungs_tls_decode (token, part);
  if (field != NULL)
    return field;
  field = rungs_field_new (rungs_token_kind_get_name (kind), NULL, offset, part.length);
  rungs_field_set_topic (field, topic);
  if (part.length > 0)
    rungs_token_tree_add_hex (field, token, "bytes", part);
  return field;
}

RungsField *
rungs_token_to_field (RungsSlice token)
{
  return rungs_token_decode_part (token, token, 0);
}

/* (transfer full) (nullable): the bytes that @text spells in hexadecimal digits. */
static GBytes *
decode_hex (RungsSlice text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int high = -1;

  for (gsize i = 0; i < text.length; i++)
    {
      int digit = g_ascii_xdigit_value (text.data[i]);
      guint8 byte;

      if (rungs_byte_is_space (text.data[i]) || text.data[i] == ':')
        continue;
      if (digit < 0)
        return NULL;
      if (high < 0)
        {
          high = digit;
          continue;
        }
      byte = high << 4 | digit;
      g_byte_array_append (bytes, &byte, 1);
      high = -1;
    }
  if (high >= 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* What stands behind a scheme's name, as HTTP has it: "Negotiate YII…". */
static RungsSlice
skip_scheme (RungsSlice text)
{
  static const char *const schemes[] = { "NTLM", "Negotiate", "Kerberos", "TLS-DSK" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      RungsSlice scheme = rungs_slice_from_string (schemes[i]);

      if (text.length > scheme.length && rungs_byte_is_space (text.data[scheme.length]) &&
          rungs_slice_case_starts_with (text, scheme))
        return rungs_slice_trim (rungs_slice_skip (text, scheme.length));
    }
  return text;
}

GBytes *
rungs_token_from_text (RungsSlice text)
{
  RungsSlice parameter = RUNGS_SLICE_LITERAL ("gssapi-data=\"");
  gssize start = rungs_slice_find (text, 0, parameter);
  GBytes *bytes;

  if (start >= 0)
    {
      text = rungs_slice_skip (text, start + parameter.length);
      if (rungs_slice_find_char (text, 0, '"') >= 0)
        text = rungs_slice_sub (text, 0, rungs_slice_find_char (text, 0, '"'));
    }
  text = skip_scheme (rungs_slice_trim (text));
  if (rungs_slice_case_starts_with (text, RUNGS_SLICE_LITERAL ("0x")))
    return decode_hex (rungs_slice_skip (text, 2));
  bytes = decode_hex (text);
  return bytes != NULL ? bytes : rungs_token_decode_base64 (text);
}

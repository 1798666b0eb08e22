/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Challenges and credentials.  See rungs-sip-auth.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-parse.h"

static const char *const scheme_names[] = {
  [RUNGS_SIP_SCHEME_NONE] = "",
  [RUNGS_SIP_SCHEME_NTLM] = "NTLM",
  [RUNGS_SIP_SCHEME_KERBEROS] = "Kerberos",
  [RUNGS_SIP_SCHEME_TLS_DSK] = "TLS-DSK",
  [RUNGS_SIP_SCHEME_DIGEST] = "Digest",
  [RUNGS_SIP_SCHEME_BASIC] = "Basic",
  [RUNGS_SIP_SCHEME_OTHER] = "",
};

static RungsSipScheme
lookup_scheme (RungsSlice name)
{
  for (guint i = RUNGS_SIP_SCHEME_NTLM; i < RUNGS_SIP_SCHEME_OTHER; i++)
    if (rungs_slice_case_equal_string (name, scheme_names[i]))
      return (RungsSipScheme) i;
  return RUNGS_SIP_SCHEME_OTHER;
}

gboolean
rungs_sip_auth_parse (RungsSipAuth *self, RungsSlice text)
{
  gsize n = 0, next;

  memset (self, 0, sizeof *self);
  text = rungs_slice_trim (text);
  while (n < text.length && !rungs_byte_is_space (text.data[n]) && text.data[n] != '=' && text.data[n] != ',')
    n++;
  for (next = n; next < text.length && rungs_byte_is_space (text.data[next]); next++)
    ;
  if (n == 0 || (next < text.length && text.data[next] == '='))
    {
      self->parameters = text;
      return FALSE;
    }
  self->scheme_name = rungs_slice_sub (text, 0, n);
  self->scheme = lookup_scheme (self->scheme_name);
  self->parameters = rungs_slice_skip (text, next);
  return TRUE;
}

static gsize
count_token (RungsSlice text)
{
  gsize n = 0;

  while (n < text.length && rungs_sip_is_token_char (text.data[n]))
    n++;
  return n;
}

/* Reads the usual forms, name="value" and name=value, in one pass. Returns: FALSE where @rest begins otherwise */
static gboolean
take_usual (RungsSlice *rest, RungsSlice *name, RungsSlice *value)
{
  gsize n = count_token (*rest);
  gsize end;

  if (n == 0 || n + 1 >= rest->length || rest->data[n] != '=')
    return FALSE;
  *name = rungs_slice_sub (*rest, 0, n);
  *value = rungs_slice_skip (*rest, n + 1);
  if (value->data[0] == '"')
    {
      gssize quote = rungs_slice_find_char (*value, 1, '"');

      if (quote < 0)
        return FALSE;
      *value = rungs_slice_sub (*value, 1, quote - 1);
      if (rungs_slice_find_char (*value, 0, '\\') >= 0)
        return FALSE;
      end = n + quote + 2;
    }
  else
    {
      value->length = count_token (*value);
      if (value->length == 0)
        return FALSE;
      end = n + 1 + value->length;
    }
  if (end < rest->length && rest->data[end] != ',')
    return FALSE;
  *rest = rungs_slice_skip (*rest, end + 1);
  return TRUE;
}

gboolean
rungs_sip_auth_next (RungsSlice *rest, RungsSlice *name, RungsSlice *value)
{
  RungsSlice item;

  while (rest->length > 0 && rungs_byte_is_space (rest->data[0]))
    *rest = rungs_slice_skip (*rest, 1);
  if (take_usual (rest, name, value))
    return TRUE;
  while (rungs_scan_item (rest, ',', &item))
    if (item.length > 0)
      {
        rungs_scan_parameter (item, name, value);
        return TRUE;
      }
  return FALSE;
}

RungsSlice
rungs_sip_auth_get (const RungsSipAuth *self, const char *name)
{
  RungsSlice value = RUNGS_SLICE_EMPTY;

  if (rungs_scan_find_parameter (self->parameters, ',', name, &value) && value.data == NULL)
    value = rungs_slice ("", 0);
  return value;
}

gboolean
rungs_sip_auth_has (const RungsSipAuth *self, const char *name)
{
  return rungs_scan_find_parameter (self->parameters, ',', name, NULL);
}

RungsSlice
rungs_sip_auth_get_token68 (const RungsSipAuth *self)
{
  RungsSlice text = rungs_slice_trim (self->parameters);
  gsize length = 0, n_digits;

  if (self->scheme != RUNGS_SIP_SCHEME_BASIC && self->scheme != RUNGS_SIP_SCHEME_OTHER)
    return RUNGS_SLICE_EMPTY;
  while (length < text.length &&
         (g_ascii_isalnum (text.data[length]) || strchr ("-._~+/", text.data[length]) != NULL))
    length++;
  for (n_digits = length; length < text.length && text.data[length] == '='; length++)
    ;
  return n_digits > 0 && length == text.length ? text : RUNGS_SLICE_EMPTY;
}

gboolean
rungs_sip_auth_is_base64 (RungsSlice text)
{
  gsize digits = 0, padding = 0;

  for (gsize i = 0; i < text.length; i++)
    {
      char c = text.data[i];

      if (rungs_byte_is_space (c))
        continue;
      if (c == '=')
        padding++;
      else if (padding > 0 || (!g_ascii_isalnum (c) && c != '+' && c != '/'))
        return FALSE;
      else
        digits++;
    }
  return digits % 4 != 1 && (padding == 0 || (padding <= 2 && (digits + padding) % 4 == 0));
}

const char *
rungs_sip_scheme_get_name (RungsSipScheme scheme)
{
  g_return_val_if_fail (scheme < G_N_ELEMENTS (scheme_names), "");
  return scheme_names[scheme];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A URI in SIP.  See rungs-sip-uri.h.
 *
 * The user part may hold ';', '?' and '/' (RFC 4475, 3.1.1.2): it ends at the first '@', which stands nowhere else
 * unescaped. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-uri.h"
#include "rungs-text.h"

static gboolean
is_scheme (RungsSlice text)
{
  if (text.length == 0 || !g_ascii_isalpha (text.data[0]))
    return FALSE;
  for (gsize i = 1; i < text.length; i++)
    if (!g_ascii_isalnum (text.data[i]) && text.data[i] != '+' && text.data[i] != '-' && text.data[i] != '.')
      return FALSE;
  return TRUE;
}

static gboolean
parse_port (RungsSlice text, guint16 *port)
{
  guint64 number;

  if (!rungs_slice_to_uint64 (rungs_slice_trim (text), &number) || number > G_MAXUINT16)
    return FALSE;
  *port = number;
  return TRUE;
}

gboolean
rungs_sip_host_port_parse (RungsSlice text, RungsSlice *host, guint16 *port)
{
  gssize colon;

  *port = 0;
  text = rungs_slice_trim (text);
  if (text.length > 0 && text.data[0] == '[')
    {
      gssize close = rungs_slice_find_char (text, 0, ']');

      *host = rungs_slice_sub (text, 1, close > 0 ? (gsize) close - 1 : G_MAXSIZE);
      if (close < 2)
        return FALSE;
      text = rungs_slice_trim (rungs_slice_skip (text, close + 1));
      return text.length == 0 || (text.data[0] == ':' && parse_port (rungs_slice_skip (text, 1), port));
    }
  colon = rungs_slice_find_char (text, 0, ':');
  *host = text;
  if (colon < 0 || rungs_slice_find_char (text, colon + 1, ':') >= 0)
    return text.length > 0;
  *host = rungs_slice_trim (rungs_slice_sub (text, 0, colon));
  return parse_port (rungs_slice_skip (text, colon + 1), port) && host->length > 0;
}

/* One bit for each of the first 128 bytes: letters, digits and .-_:% */
static const guint32 host_chars[4] = { 0, 0x07ff6020, 0x87fffffe, 0x07fffffe };

static gboolean
is_host (RungsSlice host)
{
  for (gsize i = 0; i < host.length; i++)
    {
      guchar c = host.data[i];

      if (c < 0x80 && (host_chars[c / 32] >> (c % 32) & 1) == 0)
        return FALSE;
    }
  return host.length > 0;
}

/* "user:password@host:port;parameters?headers" */
static gboolean
parse_sip (RungsSipUri *self, RungsSlice rest)
{
  gssize at = rungs_slice_find_char (rest, 0, '@');
  gssize semicolon, question;
  gsize end;

  if (at >= 0)
    {
      RungsSlice info = rungs_slice_sub (rest, 0, at);
      gssize colon = rungs_slice_find_char (info, 0, ':');

      self->user = colon >= 0 ? rungs_slice_sub (info, 0, colon) : info;
      if (colon >= 0)
        self->password = rungs_slice_skip (info, colon + 1);
      rest = rungs_slice_skip (rest, at + 1);
    }
  semicolon = rungs_slice_find_char (rest, 0, ';');
  end = semicolon >= 0 ? (gsize) semicolon : rest.length;
  question = rungs_slice_find_char (rungs_slice_sub (rest, 0, end), 0, '?');
  end = question >= 0 ? (gsize) question : end;
  if (end < rest.length && rest.data[end] == ';')
    {
      RungsSlice tail = rungs_slice_skip (rest, end + 1);

      question = rungs_slice_find_char (tail, 0, '?');
      self->parameters = rungs_slice_sub (tail, 0, question >= 0 ? (gsize) question : G_MAXSIZE);
      if (question >= 0)
        self->headers = rungs_slice_skip (tail, question + 1);
    }
  else if (end < rest.length)
    self->headers = rungs_slice_skip (rest, end + 1);
  return rungs_sip_host_port_parse (rungs_slice_sub (rest, 0, end), &self->host, &self->port) &&
         is_host (self->host) && (at < 0 || self->user.length > 0);
}

gboolean
rungs_sip_uri_parse (RungsSipUri *self, RungsSlice text)
{
  gssize colon;
  RungsSlice rest;

  memset (self, 0, sizeof *self);
  text = rungs_slice_trim (text);
  if (text.length > 0 && text.data[0] == '<')
    text = rungs_slice_skip (text, 1);
  if (text.length > 0 && text.data[text.length - 1] == '>')
    text = rungs_slice_sub (text, 0, text.length - 1);
  self->all = text;
  colon = rungs_slice_find_char (text, 0, ':');
  if (colon <= 0 || !is_scheme (rungs_slice_sub (text, 0, colon)))
    return FALSE;
  self->scheme = rungs_slice_sub (text, 0, colon);
  rest = rungs_slice_skip (text, colon + 1);
  if (rungs_slice_case_equal_string (self->scheme, "sip") ||
      rungs_slice_case_equal_string (self->scheme, "sips"))
    self->valid = parse_sip (self, rest);
  else if (rungs_slice_case_equal_string (self->scheme, "tel"))
    {
      gssize semicolon = rungs_slice_find_char (rest, 0, ';');

      self->user = rungs_slice_sub (rest, 0, semicolon >= 0 ? (gsize) semicolon : G_MAXSIZE);
      if (semicolon >= 0)
        self->parameters = rungs_slice_skip (rest, semicolon + 1);
      self->valid = self->user.length > 0;
    }
  else
    self->valid = rest.length > 0;
  return self->valid;
}

/* The byte at *@offset with its %-escape decoded; moves on behind it. */
static guchar
next_unescaped (RungsSlice text, gsize *offset)
{
  gsize i = *offset;

  if (text.data[i] == '%' && i + 2 < text.length && g_ascii_isxdigit (text.data[i + 1]) &&
      g_ascii_isxdigit (text.data[i + 2]))
    {
      *offset = i + 3;
      return g_ascii_xdigit_value (text.data[i + 1]) << 4 | g_ascii_xdigit_value (text.data[i + 2]);
    }
  *offset = i + 1;
  return text.data[i];
}

static gboolean
unescaped_equal (RungsSlice a, RungsSlice b)
{
  gsize i = 0, j = 0;

  while (i < a.length && j < b.length)
    if (next_unescaped (a, &i) != next_unescaped (b, &j))
      return FALSE;
  return i == a.length && j == b.length;
}

static gboolean
parameter_equal (const RungsSipUri *a, const RungsSipUri *b, const char *name)
{
  RungsSlice x = RUNGS_SLICE_EMPTY, y = RUNGS_SLICE_EMPTY;
  gboolean in_a = rungs_scan_find_parameter (a->parameters, ';', name, &x);
  gboolean in_b = rungs_scan_find_parameter (b->parameters, ';', name, &y);

  return in_a == in_b && rungs_slice_case_equal (x, y);
}

gboolean
rungs_sip_uri_equal (const RungsSipUri *a, const RungsSipUri *b)
{
  static const char *const must_match[] = { "user", "ttl", "method", "maddr" };

  if (!rungs_slice_case_equal (a->scheme, b->scheme))
    return FALSE;
  if (!a->valid || !b->valid || a->host.length == 0)
    return a->user.length > 0 && a->host.length == 0 ? unescaped_equal (a->user, b->user)
                                                     : rungs_slice_equal (a->all, b->all);
  if (!unescaped_equal (a->user, b->user) || !rungs_slice_equal (a->password, b->password) ||
      !rungs_slice_case_equal (a->host, b->host) || a->port != b->port)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (must_match); i++)
    if (!parameter_equal (a, b, must_match[i]))
      return FALSE;
  return TRUE;
}

char *
rungs_sip_uri_to_aor (const RungsSipUri *self)
{
  RungsSlice text = self->all;

  if (self->user.length > 0 && self->host.length > 0)
    {
      g_autofree char *user = rungs_text_display (self->user);
      g_autofree char *host = rungs_text_display (self->host);

      return g_strconcat (user, "@", host, NULL);
    }
  if (self->host.length > 0)
    text = self->host;
  else if (self->user.length > 0)
    text = self->user;
  return rungs_text_display (text);
}

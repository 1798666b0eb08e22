/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A token as people paste it.  See rungs-token-text.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-token-text.h"

#define MAX_WORDS      8
#define BYTES_A_LINE   16
#define MIN_DUMP_PLACE 4 /* digits of the place at the start of a line */

/* What stands before a token in headers, and in SMTP, IMAP and POP3. */
static const char *const words[] = {
  "Authorization:",
  "Proxy-Authorization:",
  "WWW-Authenticate:",
  "Proxy-Authenticate:",
  "Authentication-Info:",
  "Proxy-Authentication-Info:",
  "AUTHENTICATE",
  "AUTH",
  "NTLM",
  "Negotiate",
  "Kerberos",
  "TLS-DSK",
  "GSSAPI",
  "GSS-SPNEGO",
  "334",
  "+",
};

/* What is behind the words at the start of @text. */
static RungsSlice
skip_words (RungsSlice text)
{
  for (guint step = 0; step < MAX_WORDS; step++)
    {
      RungsSlice before = text;

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        {
          RungsSlice word = rungs_slice_from_string (words[i]);

          if (rungs_slice_case_starts_with (text, word) && text.length > word.length &&
              (rungs_byte_is_space (text.data[word.length]) || word.data[word.length - 1] == ':'))
            {
              text = rungs_slice_trim (rungs_slice_skip (text, word.length));
              break;
            }
        }
      if (text.data == before.data)
        break;
    }
  return text;
}

/* The value of the parameter gssapi-data in @text, or all of it. */
static RungsSlice
find_parameter (RungsSlice text)
{
  RungsSlice name = RUNGS_SLICE_LITERAL ("gssapi-data=");

  for (gsize i = 0; i + name.length <= text.length; i++)
    if (rungs_slice_case_starts_with (rungs_slice_skip (text, i), name))
      {
        RungsSlice value = rungs_slice_skip (text, i + name.length);
        gboolean quoted = value.length > 0 && value.data[0] == '"';
        gssize end = rungs_slice_find_char (value, quoted ? 1 : 0, quoted ? '"' : ',');

        if (end >= 0)
          value = rungs_slice_sub (value, 0, end);
        return quoted ? rungs_slice_skip (value, 1) : value;
      }
  return text;
}

/* Adds the bytes in the digits of @text, whatever is written between them. Returns: how far it could be read */
static gsize
read_digits (RungsSlice text, GByteArray *bytes)
{
  int high = -1;

  for (gsize i = 0; i < text.length; i++)
    {
      char c = text.data[i];
      int digit = g_ascii_xdigit_value (c);
      gboolean is_mark =
        i + 1 < text.length && (text.data[i + 1] == 'x' || text.data[i + 1] == 'X') && high < 0;
      guint8 byte;

      if (is_mark && (c == '0' || c == '\\'))
        {
          i++;
          continue;
        }
      if (digit < 0)
        {
          if (high < 0 && (rungs_byte_is_space (c) || c == ':' || c == ',' || c == '-'))
            continue;
          return i;
        }
      if (high < 0)
        {
          high = digit;
          continue;
        }
      byte = high << 4 | digit;
      g_byte_array_append (bytes, &byte, 1);
      high = -1;
    }
  return text.length + (high >= 0 ? 1 : 0);
}

/* Takes the place at the start of a line of a dump off @line: "0010", "00000010:", "0x0010:". */
static gboolean
skip_place (RungsSlice *line, guint64 *place)
{
  RungsSlice rest = rungs_slice_trim (*line);
  gsize n = 0;

  if (rungs_slice_case_starts_with (rest, RUNGS_SLICE_LITERAL ("0x")))
    rest = rungs_slice_skip (rest, 2);
  *place = 0;
  for (; n < rest.length && n < 16 && g_ascii_isxdigit (rest.data[n]); n++)
    *place = *place << 4 | g_ascii_xdigit_value (rest.data[n]);
  if (n < MIN_DUMP_PLACE)
    return FALSE;
  rest = rungs_slice_skip (rest, n);
  if (rest.length > 0 && rest.data[0] == ':')
    rest = rungs_slice_skip (rest, 1);
  if (rest.length > 0 && !rungs_byte_is_space (rest.data[0]))
    return FALSE;
  *line = rungs_slice_trim (rest);
  return TRUE;
}

/* Adds the bytes of a line of a dump: groups of digits until the column of letters. */
static void
read_line (RungsSlice line, GByteArray *bytes)
{
  guint n_bytes = 0;
  gsize i = 0;

  while (i < line.length && n_bytes < BYTES_A_LINE)
    {
      gsize start = i, gap = 0;

      while (i < line.length && g_ascii_isxdigit (line.data[i]))
        i++;
      if (i == start || (i - start) % 2 != 0 || (i < line.length && !rungs_byte_is_space (line.data[i])))
        return;
      read_digits (rungs_slice_sub (line, start, MIN (i - start, 2 * (BYTES_A_LINE - n_bytes))), bytes);
      n_bytes += (i - start) / 2;
      while (i + gap < line.length && rungs_byte_is_space (line.data[i + gap]))
        gap++;
      /* A wider gap comes before the letters, or between two halves. */
      if (gap > 1 && !(gap == 2 && n_bytes == BYTES_A_LINE / 2))
        return;
      i += gap;
    }
}

/* (transfer full) (nullable): the bytes of a dump, whose lines begin with their place, the first with 0. */
static GBytes *
decode_dump (RungsSlice text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  RungsSlice line;

  while (rungs_scan_line (&text, &line))
    {
      guint64 place;

      if (rungs_slice_trim (line).length == 0)
        continue;
      /* The place of each line is where the one before has ended. */
      if (!skip_place (&line, &place) || place != bytes->len)
        return NULL;
      read_line (line, bytes);
    }
  return bytes->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* (transfer full) (nullable): the bytes of @text in hexadecimal digits. @stop (out): how far it could be read */
static GBytes *
decode_digits (RungsSlice text, gsize *stop)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  *stop = read_digits (text, bytes);
  return *stop == text.length ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/* (transfer full) (nullable): the bytes of @text in base64 of either alphabet. @stop (out): how far it could be read */
static GBytes *
decode_base64 (RungsSlice text, gsize *stop)
{
  g_autofree char *plain = g_malloc (text.length + 4);
  guchar *bytes;
  gsize n = 0, n_bytes, padding = 0;
  int state = 0;
  guint save = 0;

  for (*stop = 0; *stop < text.length; (*stop)++)
    {
      char c = text.data[*stop];

      if (rungs_byte_is_space (c))
        continue;
      if (c == '=' && padding < 2)
        {
          padding++;
          continue;
        }
      c = c == '-' ? '+' : c == '_' ? '/' : c;
      if (padding > 0 || (!g_ascii_isalnum (c) && c != '+' && c != '/'))
        return NULL;
      plain[n++] = c;
    }
  /* One digit alone holds no byte. */
  if (n % 4 == 1)
    return NULL;
  while (n % 4 != 0)
    plain[n++] = '=';
  bytes = g_malloc (n / 4 * 3 + 3);
  n_bytes = g_base64_decode_step (plain, n, bytes, &state, &save);
  return g_bytes_new_take (bytes, n_bytes);
}

GBytes *
rungs_token_from_text (RungsSlice text, gsize *place)
{
  RungsSlice value = skip_words (rungs_slice_trim (find_parameter (rungs_slice_trim (text))));
  gboolean is_marked = rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("0x")) ||
                       rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("\\x"));
  gsize stop = 0, other_stop = 0;
  GBytes *bytes;

  bytes = decode_dump (value);
  if (bytes == NULL)
    bytes = decode_digits (value, &stop);
  if (bytes == NULL && !is_marked)
    bytes = decode_base64 (value, &other_stop);
  if (bytes == NULL && place != NULL)
    *place = rungs_slice_offset_in (value, text) + MIN (MAX (stop, other_stop), value.length);
  return bytes;
}

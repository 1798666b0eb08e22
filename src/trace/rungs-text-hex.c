/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines of hex dumps.  See rungs-text-hex.h. */

#include "config.h"

#include "rungs-text-hex.h"

/* The most digits of an offset, and the fewest. */
#define MAX_OFFSET 16
#define MIN_OFFSET 4

/* The most blanks between two bytes of a line: what stands behind more of them is the printed text. */
#define MAX_BLANKS 4

static gsize
count_digits (RungsSlice text, gsize at)
{
  gsize start = at;

  while (at < text.length && g_ascii_isxdigit (text.data[at]))
    at++;
  return at - start;
}

static gsize
count_blanks (RungsSlice text, gsize at)
{
  gsize start = at;

  while (at < text.length && text.data[at] == ' ')
    at++;
  return at - start;
}

/* Takes groups of two digits, or of four, up to where they end or the printed text begins. */
static gboolean
read_bytes (RungsTextHex *self, RungsSlice text, gsize at, gsize max_blanks)
{
  gsize group = count_digits (text, at);

  self->length = 0;
  if (group != 2 && group != 4)
    return FALSE;
  while (self->length < RUNGS_TEXT_HEX_WIDTH)
    {
      gsize digits = count_digits (text, at);
      gsize blanks;

      /* Only the last group may be half. */
      if ((digits != group && digits != 2) || (at + digits < text.length && text.data[at + digits] != ' '))
        break;
      for (gsize end = at + digits; at < end; at += 2)
        self->bytes[self->length++] =
          (guint8) (g_ascii_xdigit_value (text.data[at]) * 16 + g_ascii_xdigit_value (text.data[at + 1]));
      blanks = count_blanks (text, at);
      at += blanks;
      if (digits != group || blanks == 0 || blanks > max_blanks)
        break;
    }
  return self->length > 0;
}

gboolean
rungs_text_hex_read (RungsTextHex *self, RungsSlice line)
{
  gsize at = 0;
  gsize digits, group, blanks;

  while (at < line.length && (line.data[at] == ' ' || line.data[at] == '\t'))
    at++;
  if (rungs_slice_starts_with (rungs_slice_skip (line, at), RUNGS_SLICE_LITERAL ("0x")))
    at += 2;
  digits = count_digits (line, at);
  if (digits < MIN_OFFSET || digits > MAX_OFFSET)
    return FALSE;
  self->offset = 0;
  for (gsize end = at + digits; at < end; at++)
    self->offset = self->offset * 16 + (guint64) g_ascii_xdigit_value (line.data[at]);
  if (at < line.length && line.data[at] == ':')
    at++;
  blanks = count_blanks (line, at);
  group = count_digits (line, at + blanks);
  if (blanks == 0 || blanks > MAX_BLANKS)
    return FALSE;
  /* Bytes in two halves stand apart by one blank more; the printed text by two or more. */
  return read_bytes (self, line, at + blanks, group == 4 ? 1 : 2);
}

gboolean
rungs_text_hex_read_bare (RungsTextHex *self, RungsSlice line)
{
  gsize blanks = count_blanks (line, 0);

  self->offset = 0;
  return blanks > 0 && read_bytes (self, line, blanks, MAX_BLANKS);
}

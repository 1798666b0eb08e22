/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Scanning: bytes → lines, quoted strings, comma lists and ;parameters (RFC 3261, section 25.1).
 *
 * All scanners take what is left by pointer and move it on; none of them copies or fails.  Quoted strings may open
 * with a typographic quote (U+201C/U+201D, Windows-1252 0x93/0x94), as pasted logs have them. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * rungs_scan_line:
 * @rest: (inout): what is left
 * @line: (out): the next line without its end (CRLF, LF or a lone CR)
 *
 * Returns: %FALSE when nothing is left
 */
static inline gboolean
rungs_scan_line (RungsSlice *rest,
                 RungsSlice *line)
{
  const char *newline;
  const char *carriage;
  gsize length, window = 0;

  if (rest->length == 0)
    return FALSE;
  /* In growing windows: a text that knows only lone CRs would be searched to its end for each line otherwise. */
  do
    {
      window = MIN (window * 4 + 512, rest->length);
      newline = memchr (rest->data, '\n', window);
      length = newline != NULL ? (gsize) (newline - rest->data) : window;
      carriage = memchr (rest->data, '\r', length);
    }
  while (newline == NULL && carriage == NULL && window < rest->length);
  if (newline == NULL && carriage != NULL && carriage + 1 == rest->data + window && window < rest->length &&
      carriage[1] == '\n')
    newline = carriage + 1;
  if (newline != NULL)
    length = newline - rest->data;
  if (G_UNLIKELY (carriage != NULL && carriage + 1 != newline))
    {
      *line = rungs_slice (rest->data, carriage - rest->data);
      *rest = rungs_slice_skip (*rest, line->length + 1);
      return TRUE;
    }
  *line = rungs_slice (rest->data, carriage != NULL ? (gsize) (carriage - rest->data) : length);
  *rest = rungs_slice_skip (*rest, length + (newline != NULL ? 1 : 0));
  return TRUE;
}

/**
 * rungs_scan_item:
 * @rest: (inout): a list, as of a comma-joined header or of parameters
 * @separator: ',' or ';' or any other byte
 * @item: (out): the next item, trimmed, possibly empty
 *
 * Separators inside quoted strings and inside <> do not count.
 *
 * Returns: %FALSE when nothing is left
 */
gboolean   rungs_scan_item  (RungsSlice *rest,
                             char        separator,
                             RungsSlice *item);

/**
 * rungs_scan_quoted:
 * @text: bytes that may begin with a quoted string
 * @content: (out): what stands inside the quotes, escapes still in it; empty where there is no quoted string
 * @closed: (out): whether the closing quote is there
 *
 * Returns: the length of the quoted string with its quotes, 0 where @text does not begin with one
 */
gsize      rungs_scan_quoted (RungsSlice  text,
                              RungsSlice *content,
                              gboolean   *closed);

/**
 * rungs_scan_parameter:
 * @item: `name`, `name=value` or `name="value"`
 * @name: (out): the name, trimmed
 * @value: (out): the value without its quotes (escapes still in it); empty with data %NULL where there is no "="
 *
 * Returns: whether the value's quoted string was closed, or there was none
 */
gboolean   rungs_scan_parameter (RungsSlice  item,
                                 RungsSlice *name,
                                 RungsSlice *value);

/**
 * rungs_scan_find_parameter:
 * @parameters: `;a=b;c`, with or without the first separator
 * @separator: ';' or ','
 * @name: the name, compared without case
 * @value: (out) (optional): its value
 *
 * Returns: whether it is there
 */
gboolean   rungs_scan_find_parameter (RungsSlice  parameters,
                                      char        separator,
                                      const char *name,
                                      RungsSlice *value);

/**
 * rungs_scan_unescape:
 * @quoted: the inside of a quoted string
 *
 * Returns: (transfer full): the bytes without their backslashes
 */
char      *rungs_scan_unescape  (RungsSlice quoted);

G_END_DECLS

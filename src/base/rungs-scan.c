/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Scanning: bytes → lines, quoted strings, comma lists and ;parameters.  See rungs-scan.h. */

#include "config.h"

#include "rungs-scan.h"

/* How many bytes a quote character takes at the start of @self, 0 where there is none. */
static gsize
quote_length (RungsSlice self)
{
  guchar c;

  if (self.length == 0)
    return 0;
  c = (guchar) self.data[0];
  if (c == '"' || c == 0x93 || c == 0x94)
    return 1;
  if (c == 0xe2 && self.length >= 3 && (guchar) self.data[1] == 0x80 &&
      ((guchar) self.data[2] == 0x9c || (guchar) self.data[2] == 0x9d))
    return 3;
  return 0;
}

static gboolean
may_be_quote (guchar c)
{
  return c == '"' || c == 0x93 || c == 0x94 || c == 0xe2;
}

/* The length of the quoted string at the start of @self, with both quotes; all of @self where it is not closed. */
static gsize
quoted_length (RungsSlice self,
               gboolean *closed)
{
  gsize i = quote_length (self);

  while (i < self.length)
    {
      gsize quote = may_be_quote (self.data[i]) ? quote_length (rungs_slice_skip (self, i)) : 0;

      if (quote > 0)
        {
          *closed = TRUE;
          return i + quote;
        }
      i += self.data[i] == '\\' && i + 1 < self.length ? 2 : 1;
    }
  *closed = FALSE;
  return self.length;
}

gboolean
rungs_scan_item (RungsSlice *rest,
                 char separator,
                 RungsSlice *item)
{
  gsize i = 0;
  gboolean in_angle = FALSE;

  if (rest->length == 0)
    return FALSE;
  while (i < rest->length)
    {
      char c = rest->data[i];
      gboolean closed;

      if (may_be_quote (c) && quote_length (rungs_slice_skip (*rest, i)) > 0)
        {
          /* An open quote swallows the rest: to look for a better end would take quadratic time. */
          i += quoted_length (rungs_slice_skip (*rest, i), &closed);
          continue;
        }
      if (c == '<')
        in_angle = TRUE;
      else if (c == '>')
        in_angle = FALSE;
      else if (c == separator && !in_angle)
        break;
      i++;
    }
  *item = rungs_slice_trim (rungs_slice_sub (*rest, 0, i));
  *rest = rungs_slice_skip (*rest, i + 1);
  return TRUE;
}

gboolean
rungs_scan_parameter (RungsSlice item,
                      RungsSlice *name,
                      RungsSlice *value)
{
  gssize equals = rungs_slice_find_char (item, 0, '=');
  gsize quote;
  gboolean closed = TRUE;

  if (equals < 0)
    {
      *name = rungs_slice_trim (item);
      *value = RUNGS_SLICE_EMPTY;
      return TRUE;
    }
  *name = rungs_slice_trim (rungs_slice_sub (item, 0, equals));
  *value = rungs_slice_trim (rungs_slice_skip (item, equals + 1));
  quote = quote_length (*value);
  if (quote > 0)
    {
      gsize length = quoted_length (*value, &closed);
      gsize end_quote = 0;

      if (closed)
        end_quote = (guchar) value->data[length - 1] == 0x9c || (guchar) value->data[length - 1] == 0x9d ? 3 : 1;
      *value = rungs_slice_sub (*value, quote, length - quote - end_quote);
    }
  return closed;
}

gboolean
rungs_scan_find_parameter (RungsSlice parameters,
                           char separator,
                           const char *name,
                           RungsSlice *value)
{
  RungsSlice item, item_name, item_value;
  RungsSlice wanted = rungs_slice_from_string (name);

  while (rungs_scan_item (&parameters, separator, &item))
    {
      rungs_scan_parameter (item, &item_name, &item_value);
      if (rungs_slice_case_equal (item_name, wanted))
        {
          if (value != NULL)
            *value = item_value;
          return TRUE;
        }
    }
  return FALSE;
}

char *
rungs_scan_unescape (RungsSlice quoted)
{
  char *result = g_malloc (quoted.length + 1);
  gsize n = 0;

  for (gsize i = 0; i < quoted.length; i++)
    {
      if (quoted.data[i] == '\\' && i + 1 < quoted.length)
        i++;
      result[n++] = quoted.data[i];
    }
  result[n] = '\0';
  return result;
}

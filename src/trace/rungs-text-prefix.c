/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in front of lines.  See rungs-text-prefix.h. */

#include "config.h"

#include "rungs-sip-names.h"
#include "rungs-sip-parse.h"
#include "rungs-text-prefix.h"

/* How much of a line may stand before its start line. */
#define MAX_PREFIX 300

/* How long the run of @c, or of digits, at @i is. */
static gsize
run_length (RungsSlice text, gsize i, gboolean digits)
{
  gsize start = i;

  while (i < text.length && (digits ? g_ascii_isdigit (text.data[i]) : text.data[i] == ' '))
    i++;
  return i - start;
}

gboolean
rungs_text_prefix_match (RungsSlice prefix, RungsSlice line, gsize *length)
{
  gsize i = 0;
  gsize j = 0;

  /* " 9." and "10." */
  if (prefix.length > 1 && prefix.data[0] == ' ')
    {
      i = run_length (prefix, 0, FALSE);
      j = run_length (line, 0, FALSE);
    }
  while (i < prefix.length)
    {
      if (g_ascii_isdigit (prefix.data[i]))
        {
          gsize run = run_length (line, j, TRUE);

          if (run == 0)
            return FALSE;
          i += run_length (prefix, i, TRUE);
          j += run;
        }
      else if (prefix.data[i] == ' ')
        {
          gsize in_prefix = run_length (prefix, i, FALSE);
          gsize run = run_length (line, j, FALSE);

          i += in_prefix;
          /* What follows the prefix may be indented. */
          if (i == prefix.length)
            run = MIN (run, in_prefix);
          if (run == 0 && !(i == prefix.length && j == line.length))
            return FALSE;
          j += run;
        }
      else
        {
          if (j >= line.length || line.data[j] != prefix.data[i])
            return FALSE;
          i++;
          j++;
        }
    }
  *length = j;
  return TRUE;
}

/* Where the word before @end begins. */
static gsize
find_word (RungsSlice text, gsize end)
{
  while (end > 0 && text.data[end - 1] != ' ' && text.data[end - 1] != '\t')
    end--;
  return end;
}

static gsize
skip_blanks_back (RungsSlice text, gsize end)
{
  while (end > 0 && (text.data[end - 1] == ' ' || text.data[end - 1] == '\t'))
    end--;
  return end;
}

/* "… INVITE sip:bob@example.org SIP/2.0": from the end. */
static gssize
find_request (RungsSlice line)
{
  gsize end = skip_blanks_back (line, line.length);
  gsize start = find_word (line, end);
  RungsSlice uri, method;
  gssize colon;

  end = skip_blanks_back (line, start);
  start = find_word (line, end);
  uri = rungs_slice_sub (line, start, end - start);
  if (uri.length > 0 && uri.data[0] == '<')
    uri = rungs_slice_skip (uri, 1);
  colon = rungs_slice_find_char (uri, 0, ':');
  if (uri.length == 0 || !g_ascii_isalpha (uri.data[0]) || colon <= 0 ||
      !rungs_sip_is_token (rungs_slice_sub (uri, 0, (gsize) colon)))
    return -1;
  end = skip_blanks_back (line, start);
  start = find_word (line, end);
  /* "[CDATA[INVITE" and "CCM|INVITE" have no blank before. */
  for (gsize i = end; i > start; i--)
    if (!g_ascii_isalpha (line.data[i - 1]))
      {
        start = i;
        break;
      }
  method = rungs_slice_sub (line, start, end - start);
  return method.length > 0 && rungs_sip_method_lookup (method) != RUNGS_SIP_METHOD_OTHER ? (gssize) start
                                                                                         : -1;
}

/* "… SIP/2.0 200 OK" */
static gssize
find_response (RungsSlice line)
{
  RungsSlice head = rungs_slice_sub (line, 0, MAX_PREFIX + 11);
  gssize at = rungs_slice_find (head, 0, RUNGS_SLICE_LITERAL ("SIP/2.0 "));
  RungsSlice code;

  if (at < 0 || (at > 0 && g_ascii_isalnum (line.data[at - 1])))
    return -1;
  code = rungs_slice_sub (line, (gsize) at + 8, 4);
  if (code.length < 3 || code.data[0] < '1' || code.data[0] > '6' || !g_ascii_isdigit (code.data[1]) ||
      !g_ascii_isdigit (code.data[2]) || (code.length == 4 && code.data[3] != ' '))
    return -1;
  return at;
}

gssize
rungs_text_prefix_find_start (RungsSlice line)
{
  gssize at = rungs_sip_may_be_start_line (line) ? find_request (line) : -1;

  if (at < 0)
    at = find_response (line);
  return at <= MAX_PREFIX ? at : -1;
}

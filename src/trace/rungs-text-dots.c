/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Dots for line ends.  See rungs-text-dots.h. */

#include "config.h"

#include "rungs-sip-frame.h"
#include "rungs-sip-names.h"
#include "rungs-sip-parse.h"
#include "rungs-text-dots.h"
#include "rungs-text-message.h"

/* How long the name of a header may be. */
#define MAX_NAME 60

#define FOLD      RUNGS_SLICE_LITERAL ("..")
#define HEAD_ENDS 4

/* "Via: …", "X-Unknown: …". A name that Rungs does not know needs the blank, or "b:5060" would be one. */
static gboolean
begins_header (RungsSlice text)
{
  gssize colon = rungs_slice_find_char (rungs_slice_sub (text, 0, MAX_NAME), 0, ':');
  RungsSlice name;

  if (colon <= 0)
    return FALSE;
  name = rungs_slice_trim (rungs_slice_sub (text, 0, (gsize) colon));
  if (name.length == 0 || name.data != text.data || !rungs_sip_is_token (name))
    return FALSE;
  return rungs_sip_header_lookup (name) != RUNGS_SIP_HEADER_UNKNOWN ||
         rungs_slice_starts_with (rungs_slice_skip (text, (gsize) colon), RUNGS_SLICE_LITERAL (": "));
}

static gsize
count_dots (RungsSlice text)
{
  gsize n = 0;

  while (n < text.length && text.data[n] == '.')
    n++;
  return n;
}

/* The @n_dots in the head before @rest are line ends as far as they look like such. Returns: whether the head ends */
static gboolean
unfold_in_head (GString *result, gsize n_dots, RungsSlice rest)
{
  gboolean is_fold = n_dots >= 2 && (rest.length == 0 || begins_header (rest));
  gboolean ends_head = n_dots >= HEAD_ENDS && !(is_fold && rest.length > 0);
  gsize n_kept = n_dots - (ends_head ? HEAD_ENDS : is_fold ? 2 : 0);

  for (gsize i = 0; i < n_kept; i++)
    g_string_append_c (result, '.');
  if (is_fold || ends_head)
    g_string_append (result, ends_head ? "\r\n\r\n" : "\r\n");
  return ends_head;
}

static void
unfold_in_body (GString *result, gsize n_dots)
{
  if (n_dots % 2 != 0)
    g_string_append_c (result, '.');
  for (gsize i = 0; i < n_dots / 2; i++)
    g_string_append (result, "\r\n");
}

GString *
rungs_text_dots_unfold (RungsSlice text)
{
  GString *result = g_string_sized_new (text.length);
  gboolean in_body = FALSE;
  gsize i = 0;

  while (i < text.length)
    {
      gssize fold = rungs_slice_find (text, i, FOLD);
      gsize end = fold >= 0 ? (gsize) fold : text.length;
      gsize n_dots;

      g_string_append_len (result, text.data + i, (gssize) (end - i));
      n_dots = count_dots (rungs_slice_skip (text, end));
      i = end + n_dots;
      if (n_dots > 0 && in_body)
        unfold_in_body (result, n_dots);
      else if (n_dots > 0)
        in_body = unfold_in_head (result, n_dots, rungs_slice_skip (text, i));
    }
  return result;
}

gboolean
rungs_text_dots_is_message (RungsSlice text)
{
  gssize fold = rungs_slice_find (rungs_slice_sub (text, 0, 2000), 0, FOLD);

  while (fold > 0)
    {
      gsize end = (gsize) fold + count_dots (rungs_slice_skip (text, (gsize) fold));

      if (begins_header (rungs_slice_skip (text, end)))
        return rungs_text_message_is_start_line (rungs_slice_sub (text, 0, end - 2));
      fold = rungs_slice_find (rungs_slice_sub (text, 0, 2000), end, FOLD);
    }
  return FALSE;
}

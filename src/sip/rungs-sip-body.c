/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How many of the bytes behind the head are the body (RFC 3261, 18.3 and 20.14), and the numbers that say so. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-parse.h"

gboolean
rungs_sip_is_body_label (RungsSlice line)
{
  return rungs_slice_case_starts_with (line, RUNGS_SLICE_LITERAL ("Message-Body:"));
}

gboolean
rungs_sip_has_body_label (RungsSlice text)
{
  return rungs_sip_is_body_label (text) ||
         rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("\nMessage-Body:")) >= 0;
}

/* What a log writes behind its label: "-" or a dash where there is no body, otherwise the body's first line. */
static RungsSlice
labelled_body (RungsSlice rest)
{
  RungsSlice text;

  if (rest.length > 0 && rest.data[0] == ' ')
    rest = rungs_slice_skip (rest, 1);
  text = rungs_slice_trim (rest);
  if (text.length == 0 || rungs_slice_equal_string (text, "-") ||
      rungs_slice_equal_string (text, "\xe2\x80\x93") || rungs_slice_equal_string (text, "\xe2\x80\x94") ||
      rungs_slice_equal_string (text, "\x96"))
    return rungs_slice (rest.data, 0);
  return rest;
}

/* @slice without the blank lines at its end; the end of its last line stays. */
static RungsSlice
without_blank_end (RungsSlice slice)
{
  gsize length = slice.length;

  while (length > 0 && rungs_byte_is_space (slice.data[length - 1]))
    length--;
  if (length == 0)
    return rungs_slice (slice.data, 0);
  if (length < slice.length && slice.data[length] == '\r')
    length++;
  if (length < slice.length && slice.data[length] == '\n')
    length++;
  return rungs_slice (slice.data, length);
}

/* The announced length. Returns: FALSE where there is none that could be believed */
static gboolean
get_content_length (RungsSipMessage *message, guint64 *length)
{
  const RungsSipHeader *header = rungs_sip_message_first (message, RUNGS_SIP_HEADER_CONTENT_LENGTH);
  const RungsSipHeader *again;
  gboolean known;

  if (header == NULL)
    return FALSE;
  known = rungs_slice_to_uint64 (header->value, length);
  if (!known && header->value.length > 1 && header->value.data[0] == '-')
    rungs_sip_message_add_remark (message, RUNGS_REMARK_CONTENT_LENGTH_NEGATIVE, header->id, header->value);
  else if (!known && header->value.length > 19 &&
           rungs_sip_count_digits (header->value) == header->value.length)
    {
      known = TRUE;
      *length = G_MAXUINT64;
    }
  else if (!known)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_MALFORMED, header->id, header->value);
  again = rungs_sip_message_next (message, header);
  for (; again != NULL; again = rungs_sip_message_next (message, again))
    if (!rungs_slice_equal (again->value, header->value))
      {
        rungs_sip_message_add_remark (message, RUNGS_REMARK_CONTENT_LENGTH_DIFFER, again->id, again->value);
        break;
      }
  return known;
}

/* A log rewrites line ends and leaves bodies out, so that what is there tells more than the number. */
static RungsSlice
body_of_log (RungsSlice rest, gboolean known, guint64 length)
{
  if (known && length == 0)
    return rungs_slice (rest.data, 0);
  if (known && length <= rest.length && rungs_slice_trim (rungs_slice_skip (rest, length)).length == 0)
    return rungs_slice_sub (rest, 0, length);
  return without_blank_end (rest);
}

static void
remark_at_length (RungsSipMessage *message, RungsRemarkCode code)
{
  rungs_sip_message_add_remark (message,
                                code,
                                RUNGS_SIP_HEADER_CONTENT_LENGTH,
                                rungs_sip_message_get (message, RUNGS_SIP_HEADER_CONTENT_LENGTH));
}

static RungsSlice
body_of_wire (RungsSipMessage *message, RungsSlice rest, gboolean known, guint64 length)
{
  gboolean truncated = (message->flags & RUNGS_SIP_PARSE_TRUNCATED) != 0;

  if (!known)
    {
      if (truncated)
        rungs_sip_message_add_remark (message,
                                      RUNGS_REMARK_TRUNCATED,
                                      0,
                                      rungs_slice (rungs_slice_end (rest), 0));
      else if ((message->flags & RUNGS_SIP_PARSE_STREAM) &&
               !rungs_sip_message_has (message, RUNGS_SIP_HEADER_CONTENT_LENGTH))
        rungs_sip_message_add_remark (message,
                                      RUNGS_REMARK_CONTENT_LENGTH_MISSING,
                                      RUNGS_SIP_HEADER_CONTENT_LENGTH,
                                      rungs_slice (rest.data, 0));
      return rest;
    }
  if (length > rest.length)
    {
      remark_at_length (message, truncated ? RUNGS_REMARK_TRUNCATED : RUNGS_REMARK_CONTENT_LENGTH_LARGER);
      return rest;
    }
  /* Line ends behind the body are padding that keeps a connection open, not a wrong number. */
  if (rungs_slice_trim (rungs_slice_skip (rest, length)).length > 0)
    remark_at_length (message, RUNGS_REMARK_CONTENT_LENGTH_SMALLER);
  return rungs_slice_sub (rest, 0, length);
}

void
rungs_sip_body_parse (RungsSipMessage *message, RungsSlice rest, gboolean head_ended)
{
  guint64 length = 0;
  gboolean known;

  if (rest.data == NULL)
    rest = rungs_slice (rungs_slice_end (message->bytes), 0);
  known = get_content_length (message, &length);
  if (!head_ended)
    {
      message->body = rungs_slice (rest.data, 0);
      if (message->flags & RUNGS_SIP_PARSE_TRUNCATED)
        rungs_sip_message_add_remark (message, RUNGS_REMARK_TRUNCATED, 0, message->body);
      else if (!(message->flags & (RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_BODY_LABEL)))
        rungs_sip_message_add_remark (message, RUNGS_REMARK_HEAD_NOT_ENDED, 0, message->body);
      return;
    }
  if (message->flags & RUNGS_SIP_PARSE_BODY_LABEL)
    rest = labelled_body (rest);
  if (message->flags & (RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_BODY_LABEL))
    message->body = body_of_log (rest, known, length);
  else
    message->body = body_of_wire (message, rest, known, length);
}

gboolean
rungs_sip_message_get_cseq (const RungsSipMessage *self, guint32 *number, RungsSlice *method)
{
  RungsSlice value = rungs_sip_message_get (self, RUNGS_SIP_HEADER_CSEQ);
  gsize digits = rungs_sip_count_digits (value);
  guint64 parsed = 0;
  gboolean valid;
  RungsSlice name;

  valid = rungs_slice_to_uint64 (rungs_slice_sub (value, 0, digits), &parsed) && parsed <= G_MAXUINT32;
  name = rungs_slice_trim (rungs_slice_skip (value, digits));
  for (gsize i = 0; i < name.length; i++)
    if (!rungs_sip_is_token_char (name.data[i]))
      name.length = i;
  if (number != NULL)
    *number = valid ? parsed : 0;
  if (method != NULL)
    *method = name;
  return valid && name.length > 0;
}

gint64
rungs_sip_read_expires (RungsSlice expires, RungsSlice contacts)
{
  RungsSlice contact, parameter;
  guint64 seconds;

  if (rungs_slice_to_uint64 (rungs_slice_sub (expires, 0, rungs_sip_count_digits (expires)), &seconds))
    return MIN (seconds, G_MAXINT64);
  if (!rungs_scan_item (&contacts, ',', &contact) ||
      !rungs_scan_find_parameter (contact, ';', "expires", &parameter) ||
      !rungs_slice_to_uint64 (parameter, &seconds))
    return -1;
  return MIN (seconds, G_MAXINT64);
}

gint64
rungs_sip_message_get_expires (const RungsSipMessage *self)
{
  return rungs_sip_read_expires (rungs_sip_message_get (self, RUNGS_SIP_HEADER_EXPIRES),
                                 rungs_sip_message_get (self, RUNGS_SIP_HEADER_CONTACT));
}

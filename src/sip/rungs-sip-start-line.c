/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Request lines and status lines (RFC 3261, 7.1 and 7.2), strictly for finding messages and tolerantly for reading
 * them. */

#include "config.h"

#include "rungs-sip-parse.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

gboolean
rungs_sip_is_token (RungsSlice text)
{
  for (gsize i = 0; i < text.length; i++)
    if (!rungs_sip_is_token_char (text.data[i]))
      return FALSE;
  return text.length > 0;
}

gsize
rungs_sip_count_digits (RungsSlice text)
{
  gsize n = 0;

  while (n < text.length && g_ascii_isdigit (text.data[n]))
    n++;
  return n;
}

/* The length of "SIP/1.0" and the like at the start of @text, 0 where it is none. */
static gsize
version_length (RungsSlice text)
{
  gsize i = 4, digits;

  /* Nearly always; the rest is for those who write it otherwise. */
  if (text.length >= 7 && memcmp (text.data, "SIP/2.0", 7) == 0 &&
      (text.length == 7 || !g_ascii_isdigit (text.data[7])))
    return 7;
  if (!rungs_slice_case_starts_with (text, RUNGS_SLICE_LITERAL ("SIP/")))
    return 0;
  for (digits = i; i < text.length && g_ascii_isdigit (text.data[i]); i++)
    ;
  if (i == digits || i == text.length || text.data[i] != '.')
    return 0;
  for (digits = ++i; i < text.length && g_ascii_isdigit (text.data[i]); i++)
    ;
  return i == digits ? 0 : i;
}

/* The version at the end of a request line, with at least one blank before it; empty where there is none. */
static RungsSlice
version_at_end (RungsSlice line)
{
  gsize begin = line.length;
  RungsSlice version;

  while (begin > 0 && !is_blank (line.data[begin - 1]))
    begin--;
  version = rungs_slice_skip (line, begin);
  if (begin == 0 || version.length == 0 || version_length (version) != version.length)
    return RUNGS_SLICE_EMPTY;
  return version;
}

static RungsSlice
first_word (RungsSlice line)
{
  gsize n = 0;

  while (n < line.length && !is_blank (line.data[n]))
    n++;
  return rungs_slice_sub (line, 0, n);
}

static void
check_version (RungsSipMessage *message)
{
  if (!rungs_slice_equal_string (message->version, "SIP/2.0") &&
      !rungs_slice_case_equal_string (message->version, "SIP/2.0"))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_VERSION_UNKNOWN, 0, message->version);
}

static void
parse_status_line (RungsSipMessage *message, RungsSlice line)
{
  RungsSlice rest = rungs_slice_skip (line, message->version.length);
  RungsSlice code;
  guint64 status = 0;
  gsize blanks = 0;

  while (blanks < rest.length && is_blank (rest.data[blanks]))
    blanks++;
  rest = rungs_slice_skip (rest, blanks);
  code = first_word (rest);
  message->reason = rungs_slice_trim (rungs_slice_skip (rest, code.length));
  check_version (message);
  if (blanks > 1)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_SPACES, 0, line);
  if (code.length == 0 || rungs_sip_count_digits (code) != code.length)
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_MALFORMED, 0, line);
      return;
    }
  if (!rungs_slice_to_uint64 (code, &status) || status < 100 || status > 699 || code.length != 3)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_STATUS_OUT_OF_RANGE, 0, code);
  if (code.length != 3 || status < 100 || status > 999)
    return;
  message->kind = RUNGS_SIP_KIND_RESPONSE;
  message->status = status;
}

/* "INVITE sip:a@b SIP/2.0": the method is the first word, the version the last one, and the Request-URI all between
 * them, so that blanks inside it do no harm. */
static void
parse_request_line (RungsSipMessage *message, RungsSlice line)
{
  RungsSlice method = first_word (line);
  RungsSlice version = version_at_end (line);
  RungsSlice between, uri;

  if (version.data == NULL || !rungs_sip_is_token (method) || version.data <= rungs_slice_end (method))
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_MALFORMED, 0, line);
      return;
    }
  between = rungs_slice (rungs_slice_end (method), version.data - rungs_slice_end (method));
  uri = rungs_slice_trim (between);
  if (uri.length == 0)
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_MALFORMED, 0, line);
      return;
    }
  message->kind = RUNGS_SIP_KIND_REQUEST;
  message->method_name = method;
  message->method = rungs_sip_method_lookup (method);
  message->request_uri = uri;
  message->version = version;
  check_version (message);
  if (between.length != uri.length + 2 || memchr (uri.data, ' ', uri.length) ||
      memchr (uri.data, '\t', uri.length))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_SPACES, 0, between);
}

void
rungs_sip_start_line_parse (RungsSipMessage *message, RungsSlice line)
{
  RungsSlice trimmed = rungs_slice_trim (line);
  gsize version = version_length (trimmed);

  message->start_line = line;
  if (trimmed.length == 0)
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_MALFORMED, 0, line);
      return;
    }
  if (trimmed.data != line.data)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_START_LINE_SPACES, 0, line);
  if (version > 0 && version < trimmed.length && is_blank (trimmed.data[version]))
    {
      message->version = rungs_slice_sub (trimmed, 0, version);
      parse_status_line (message, trimmed);
      return;
    }
  parse_request_line (message, trimmed);
  /* The empty reason phrase of a status line leaves a blank at its end by right (RFC 4475, 3.1.1.13). */
  if (rungs_slice_end (trimmed) != rungs_slice_end (line))
    rungs_sip_message_add_remark (message,
                                  RUNGS_REMARK_TRAILING_SPACE,
                                  0,
                                  rungs_slice_skip (line, rungs_slice_end (trimmed) - line.data));
}

gboolean
rungs_sip_is_start_line (RungsSlice line)
{
  RungsSlice method, version, uri;
  gsize length;
  gssize colon;

  line = rungs_slice_trim (line);
  if (line.length < 11)
    return FALSE;
  length = version_length (line);
  if (length > 0)
    {
      RungsSlice rest = rungs_slice_skip (line, length);

      return rest.length >= 4 && rest.data[0] == ' ' && g_ascii_isdigit (rest.data[1]) &&
             g_ascii_isdigit (rest.data[2]) && g_ascii_isdigit (rest.data[3]) &&
             (rest.length == 4 || is_blank (rest.data[4]));
    }
  if (!g_ascii_isdigit (line.data[line.length - 1]))
    return FALSE;
  version = version_at_end (line);
  if (version.data == NULL)
    return FALSE;
  method = first_word (line);
  if (!rungs_sip_is_token (method) || version.data <= rungs_slice_end (method))
    return FALSE;
  uri = rungs_slice_trim (rungs_slice (rungs_slice_end (method), version.data - rungs_slice_end (method)));
  if (uri.length > 0 && uri.data[0] == '<')
    uri = rungs_slice_skip (uri, 1);
  colon = rungs_slice_find_char (uri, 0, ':');
  /* A time is no scheme: "03-05 12:00:00 INVITE sip:…" is a line of a log. */
  return rungs_slice_equal_string (uri, "*") ||
         (colon > 0 && g_ascii_isalpha (uri.data[0]) && rungs_sip_is_token (rungs_slice_sub (uri, 0, colon)));
}

static RungsSipHeaderId
header_of_line (RungsSlice line, RungsSlice *name, RungsSlice *value)
{
  gssize colon = rungs_slice_find_char (rungs_slice_sub (line, 0, 80), 0, ':');

  if (colon <= 0)
    return RUNGS_SIP_HEADER_UNKNOWN;
  *name = rungs_slice_sub (line, 0, colon);
  while (name->length > 0 && is_blank (name->data[name->length - 1]))
    name->length--;
  *value = rungs_slice_trim (rungs_slice_skip (line, colon + 1));
  return rungs_sip_header_lookup (*name);
}

gboolean
rungs_sip_is_header_line (RungsSlice line)
{
  RungsSlice name, value;

  return header_of_line (line, &name, &value) != RUNGS_SIP_HEADER_UNKNOWN;
}

/* Mails and HTTP have From, To, Date, Subject and Content-Type as well, and MGCP has letters for names. */
static gboolean
is_header_of_sip_alone (RungsSipHeaderId header, RungsSlice name, RungsSlice value)
{
  switch (header)
    {
    case RUNGS_SIP_HEADER_VIA:
      return rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("SIP"));
    case RUNGS_SIP_HEADER_CALL_ID:
      return name.length > 1;
    case RUNGS_SIP_HEADER_CSEQ:
      return rungs_slice_find_char (value, 0, ' ') > 0;
    default:
      return FALSE;
    }
}

/* A line that can only have been meant as a start line: a status line without its code, a known method before an
 * address, or anything that ends in a version. */
static gboolean
is_meant_as_start_line (RungsSlice line)
{
  RungsSlice word;

  if (rungs_sip_is_start_line (line))
    return TRUE;
  line = rungs_slice_trim (line);
  word = first_word (line);
  if (version_length (line) > 0)
    return TRUE;
  if (!rungs_sip_is_token (word) || word.length == line.length)
    return FALSE;
  if (version_at_end (line).data != NULL)
    return TRUE;
  if (rungs_sip_method_lookup (word) == RUNGS_SIP_METHOD_OTHER)
    return FALSE;
  return rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("sip:")) > 0 ||
         rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("sips:")) > 0 ||
         rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("SIP/")) > 0;
}

RungsSlice
rungs_sip_skip_blank_start (RungsSlice bytes)
{
  gsize n = 0;

  if (rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\xef\xbb\xbf")))
    n = 3;
  while (n < bytes.length && (bytes.data[n] == '\r' || bytes.data[n] == '\n'))
    n++;
  return rungs_slice_skip (bytes, n);
}

gboolean
rungs_sip_looks_like_message (RungsSlice bytes)
{
  RungsSipLines lines;
  RungsSlice line;
  RungsSlice name, value;
  RungsSipHeaderId header;
  gboolean sip_alone = FALSE;
  guint known = 0;

  lines = rungs_sip_lines_begin (rungs_slice_sub (rungs_sip_skip_blank_start (bytes), 0, 8192));
  if (!rungs_sip_lines_next (&lines, &line))
    return FALSE;
  if (is_meant_as_start_line (line))
    return TRUE;
  do
    {
      header = header_of_line (line, &name, &value);
      if (header == RUNGS_SIP_HEADER_UNKNOWN)
        continue;
      known++;
      sip_alone = sip_alone || is_header_of_sip_alone (header, name, value);
      if (known >= 3 && sip_alone)
        return TRUE;
    }
  while (rungs_sip_lines_next (&lines, &line));
  return FALSE;
}

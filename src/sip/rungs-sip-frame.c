/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Framing on a stream.  See rungs-sip-frame.h. */

#include "config.h"

#include "rungs-sip-parse.h"

#define MAX_CONTENT_LENGTH (64u * 1024 * 1024)

/* A stream that has not ended its head or body by then is taken as it is: a reader that asks again for each segment
 * would spend quadratic time otherwise. */
#define MAX_UNENDED (1024 * 1024)

/* The longest first line that may still become a start line. */
#define MAX_FIRST_LINE 65536

/* Whether the line that @lines gave last has its end: a CR that ends the stream may be half of one. */
static gboolean
has_end (RungsSlice stream, const RungsSipLines *lines, gboolean at_end)
{
  return at_end || lines->rest.length > 0 || stream.data[stream.length - 1] == '\n';
}

/* The offset of the first start line at or behind @from that begins a line, or -1. */
static gssize
find_start_line (RungsSlice stream, gsize from, gboolean at_end)
{
  RungsSipLines lines;
  RungsSlice line;

  lines = rungs_sip_lines_begin (rungs_slice_skip (stream, from));
  while (rungs_sip_lines_next (&lines, &line))
    if (line.length > 0 && has_end (stream, &lines, at_end) && rungs_sip_is_start_line (line))
      return line.data - stream.data;
  return -1;
}

/* Where the last line begins, which more bytes may complete. */
static gsize
last_line_offset (RungsSlice stream)
{
  const char *newline = stream.length > 0 ? memrchr (stream.data, '\n', stream.length) : NULL;

  return newline != NULL ? newline + 1 - stream.data : 0;
}

static RungsSipFrame
junk (RungsSlice stream, gboolean at_end, gsize *length)
{
  RungsSlice line;
  RungsSipLines lines;
  gssize next;

  lines = rungs_sip_lines_begin (stream);
  rungs_sip_lines_next (&lines, &line);
  next = lines.rest.length > 0 ? find_start_line (stream, lines.rest.data - stream.data, at_end) : -1;
  if (next > 0)
    *length = next;
  else if (at_end || last_line_offset (stream) == 0 ||
           stream.length - last_line_offset (stream) > MAX_FIRST_LINE)
    *length = stream.length;
  else
    *length = last_line_offset (stream);
  return RUNGS_SIP_FRAME_JUNK;
}

typedef struct
{
  gsize head_length; /* with the blank line; 0: not ended */
  gsize next;        /* where another start line stands inside the head; 0: nowhere */
  gboolean known;
  guint64 content_length;
} Head;

/* Whether @line, which is not empty, is worth a read_content_length(): it may be "Content-Length" or "l". */
static inline gboolean
may_be_content_length (RungsSlice line)
{
  char first = line.data[0] | 0x20;

  return first == 'l' || (first == 'c' && line.length > 14 && (line.data[13] | 0x20) == 'h');
}

static void
read_content_length (Head *head, RungsSlice line)
{
  gssize colon = rungs_slice_find_char (line, 0, ':');

  if (head->known || colon < 0 ||
      rungs_sip_header_lookup (rungs_slice_trim (rungs_slice_sub (line, 0, colon))) !=
        RUNGS_SIP_HEADER_CONTENT_LENGTH)
    return;
  head->known = TRUE;
  if (!rungs_slice_to_uint64 (rungs_slice_trim (rungs_slice_skip (line, colon + 1)), &head->content_length))
    head->content_length = G_MAXUINT64;
}

/* Reads the head of @stream, as far as it lies in @lines, the first lines of it or those behind its start line. */
static void
read_head (RungsSlice stream, RungsSipLines lines, gboolean at_end, Head *head)
{
  RungsSlice line;

  memset (head, 0, sizeof *head);
  while (rungs_sip_lines_next (&lines, &line) && has_end (stream, &lines, at_end))
    {
      if (line.length == 0)
        {
          head->head_length = stream.length - lines.rest.length;
          return;
        }
      if (may_be_content_length (line))
        read_content_length (head, line);
      /* No header looks like it: the end of this head was lost. */
      if (line.data > stream.data && !rungs_byte_is_space (line.data[0]) &&
          rungs_sip_may_be_start_line (line) && rungs_sip_is_start_line (line))
        {
          head->next = line.data - stream.data;
          return;
        }
    }
}

/* A message whose length cannot be believed ends where the next one begins. */
static RungsSipFrame
until_next_start_line (RungsSlice stream, gsize from, gboolean at_end, gsize *length)
{
  gssize next = find_start_line (stream, from, at_end);

  *length = next > 0 ? (gsize) next : stream.length;
  if (next > 0 || at_end || stream.length > MAX_UNENDED)
    return RUNGS_SIP_FRAME_MESSAGE;
  *length = 0;
  return RUNGS_SIP_FRAME_MORE;
}

static RungsSipFrame
frame_message (RungsSlice stream, RungsSipLines lines, gboolean at_end, gsize *length)
{
  Head head;

  read_head (stream, lines, at_end, &head);
  if (head.next > 0)
    {
      *length = head.next;
      return RUNGS_SIP_FRAME_MESSAGE;
    }
  if (head.head_length == 0)
    {
      if (!at_end && stream.length <= MAX_UNENDED)
        return RUNGS_SIP_FRAME_MORE;
      *length = stream.length;
      return RUNGS_SIP_FRAME_MESSAGE;
    }
  if (!head.known)
    {
      *length = head.head_length;
      return RUNGS_SIP_FRAME_MESSAGE;
    }
  if (head.content_length > MAX_CONTENT_LENGTH)
    return until_next_start_line (stream, head.head_length, at_end, length);
  if (head.content_length <= stream.length - head.head_length)
    {
      *length = head.head_length + head.content_length;
      return RUNGS_SIP_FRAME_MESSAGE;
    }
  if (at_end)
    return until_next_start_line (stream, head.head_length, TRUE, length);
  *length = head.head_length + head.content_length;
  return RUNGS_SIP_FRAME_MORE;
}

/* Whether @line, which the stream has not ended yet, may become a start line or a header. */
static gboolean
may_become_line (RungsSlice line)
{
  if (line.length > MAX_FIRST_LINE)
    return FALSE;
  for (gsize i = 0; i < line.length && i < 64; i++)
    {
      guchar c = line.data[i];

      if (c == ' ' || c == ':' || c == '/')
        return i > 0;
      if (!rungs_sip_is_token_char (c))
        return FALSE;
    }
  return line.length < 64;
}

RungsSipFrame
rungs_sip_frame (RungsSlice stream, gboolean at_end, gsize *length)
{
  RungsSipLines lines;
  RungsSlice line;
  gsize blank = 0;

  g_return_val_if_fail (length != NULL, RUNGS_SIP_FRAME_MORE);

  *length = 0;
  while (blank < stream.length && (stream.data[blank] == '\r' || stream.data[blank] == '\n'))
    blank++;
  if (blank > 0)
    {
      *length = blank;
      return RUNGS_SIP_FRAME_KEEPALIVE;
    }
  lines = rungs_sip_lines_begin (stream);
  if (!rungs_sip_lines_next (&lines, &line))
    return RUNGS_SIP_FRAME_MORE;
  if (rungs_sip_is_start_line (line))
    return frame_message (stream, lines, at_end, length);
  if (lines.rest.length == 0 && !at_end && rungs_slice_end (line) == rungs_slice_end (stream))
    return may_become_line (line) ? RUNGS_SIP_FRAME_MORE : junk (stream, at_end, length);
  if (rungs_sip_looks_like_message (stream))
    return frame_message (stream, rungs_sip_lines_begin (stream), at_end, length);
  /* Two headers without an end may be the beginning of three. */
  if (!at_end && stream.length < 8192 && rungs_sip_is_header_line (line) &&
      rungs_slice_find (stream, 0, RUNGS_SLICE_LITERAL ("\n\r\n")) < 0)
    return RUNGS_SIP_FRAME_MORE;
  return junk (stream, at_end, length);
}

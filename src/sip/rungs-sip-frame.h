/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Framing: where in a stream, a datagram or a text does a message begin and end? (RFC 3261, 18.3)
 *
 * Recognises SIP by its bytes alone: a line with SIP/2.0 at its place or one that can only have been meant as a start
 * line, or at least three known headers, one of them of SIP alone: mails and HTTP have From and To as well.  Every
 * function is bounded by what it is given and looks at each byte a fixed number of times. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SIP_FRAME_MORE,      /* what is there may become a message: bring more bytes */
  RUNGS_SIP_FRAME_MESSAGE,   /* @length bytes are one message */
  RUNGS_SIP_FRAME_KEEPALIVE, /* @length bytes of CR, LF (RFC 5626, 3.5.1) */
  RUNGS_SIP_FRAME_JUNK,      /* @length bytes are no SIP; SIP may follow */
} RungsSipFrame;

/**
 * rungs_sip_frame:
 * @stream: what is left of a byte stream
 * @at_end: whether no more bytes will come
 * @length: (out): how many bytes the result is about; for MORE how many the message will have, or 0 where its bytes do
 *   not tell yet: no use to ask again with fewer
 *
 * The end of a message is where Content-Length says; without one, the head is the message.  A Content-Length that
 * is negative or larger than 64 MiB is not believed: the next start line ends the message.
 */
RungsSipFrame rungs_sip_frame              (RungsSlice stream,
                                            gboolean   at_end,
                                            gsize     *length);

/** rungs_sip_is_start_line: whether @line is a request line or status line with SIP/x.y at its place. Strict: for
 * finding messages in text. */
gboolean      rungs_sip_is_start_line      (RungsSlice line);

/** rungs_sip_may_be_start_line: whether @line, which is not indented, is worth a rungs_sip_is_start_line(): it begins with
 * "SIP/" or ends as a version does. Nearly all other lines do not. */
static inline gboolean
rungs_sip_may_be_start_line (RungsSlice line)
{
  const char *p;

  if (line.length < 11 || ((guchar) line.data[line.length - 1] > '9' && line.data[3] != '/'))
    return FALSE;
  if (line.data[3] == '/' && rungs_slice_case_starts_with (line, RUNGS_SLICE_LITERAL ("SIP/")))
    return TRUE;
  p = line.data + line.length;
  while (p > line.data && rungs_byte_is_space (p[-1]))
    p--;
  /* "/2.0", from its end */
  while (p > line.data && g_ascii_isdigit (p[-1]))
    p--;
  if (p == line.data || *--p != '.')
    return FALSE;
  while (p > line.data && g_ascii_isdigit (p[-1]))
    p--;
  return p > line.data && p[-1] == '/';
}

/** rungs_sip_is_header_line: whether @line is "token: …" with a known header name. */
gboolean      rungs_sip_is_header_line     (RungsSlice line);

/** rungs_sip_looks_like_message: the wider question for a datagram or a log record: something like a start line, or
 * three known headers, among them a Via, Call-ID or CSeq of SIP, in the first 8 KiB (leading CR, LF skipped). */
gboolean      rungs_sip_looks_like_message (RungsSlice bytes);

G_END_DECLS

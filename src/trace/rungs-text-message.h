/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Cuts one message out of the lines of a text, from its start line on.
 *
 * In: where the start line is, and what its frame knows of the lines (RungsTextLayout). Out: the bytes and offset of the
 * record, and where the message ends.  It ends where Content-Length says, if a line ends there, counted with and without
 * the CR that copying took from each line; otherwise at the next message or line of a log.
 *
 * Lines that carry more than the message (the prefix of a log, an indent, quote marks, escape sequences, a dot for each
 * CR, a blank line behind each) are put right in the arena.  Verbatim text, where every line of the head ends in CRLF, is
 * judged by its bytes; anything else is RUNGS_RECORD_LOG. */

#pragma once

#include "rungs-sip-frame.h"
#include "rungs-text-head.h"
#include "rungs-text-walk.h"

G_BEGIN_DECLS

/**
 * RungsTextLayout:
 * @prefix: what stands in front of the text on each line of the message (rungs-text-prefix.h)
 * @has_prefix: each line begins with it; a line that does not ends the message
 * @indent: bytes to take from the start of each line
 * @quoted: '>' counts as indent
 * @doubled: a blank line stands behind each line
 * @dotted: a dot stands for the CR of each line; one without ends the message
 * @escapes: sequences that set colours stand between
 * @widened: lines end in CR, CR, LF
 */
typedef struct
{
  RungsSlice prefix;
  gboolean has_prefix;
  gsize indent;
  gboolean quoted;
  gboolean doubled;
  gboolean dotted;
  gboolean escapes;
  gboolean widened;
} RungsTextLayout;

/** rungs_text_message_is_start_line: as rungs_sip_is_start_line(), faster for lines that are none. */
static inline gboolean
rungs_text_message_is_start_line (RungsSlice line)
{
  return rungs_sip_may_be_start_line (line) && rungs_sip_is_start_line (line);
}

/** rungs_text_message_count_indent: how many bytes of indent @line has, quote marks among them; sets @quoted there. */
gsize      rungs_text_message_count_indent  (RungsSlice              line,
                                             gboolean               *quoted);

/** rungs_text_message_skip_prefix: takes what stands in front of the text from @line, as far as the layout says it.
 * Returns: %FALSE where the line has no such prefix */
gboolean   rungs_text_message_skip_prefix   (const RungsTextLayout  *layout,
                                             RungsSlice             *line);

/** rungs_text_message_is_headless: whether the head of a message begins on @line, at @offset, that lost its start line: headers
 * that nothing else has together. */
gboolean   rungs_text_message_is_headless   (RungsTextWalk          *walk,
                                             gsize                   offset,
                                             RungsSlice              line);

/** rungs_text_message_read_bare: hands over the message at @offset, of which no dialect says more than the line before does.
 * Returns: the offset behind it */
gsize      rungs_text_message_read_bare     (RungsTextWalk          *walk,
                                             gsize                   offset);

/** rungs_text_remove_escapes: writes @line without its escape sequences to @target. */
void       rungs_text_remove_escapes        (RungsSlice              line,
                                             GString                *target);

/**
 * rungs_text_message_read:
 * @offset: of the line that holds the start line
 * @layout: what is known; indent, quotes and blank lines between are found here
 * @record: (inout): gets its bytes, offset and flags, and the transport of the top Via where it has none
 *
 * Neither accounts for bytes nor hands the record over. Returns: the offset behind the message
 */
gsize      rungs_text_message_read          (RungsTextWalk          *walk,
                                             gsize                   offset,
                                             const RungsTextLayout  *layout,
                                             RungsRecord            *record);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Logs that set a line in front of each message: what that line says, and where its text begins.
 *
 * Asterisk, FreeSWITCH, PJSIP, SIPp and many others write "sent to 192.0.2.1:5060" and then the message.  Their lines are
 * often logged once more: behind the time of a logger, behind host and process of syslog or the tag of logcat, on the
 * first line only or on every one, in colours.  So a dialect of this kind only reads the text of one line
 * (RungsDialect.read_frame); rungs-dialect-log.c finds that text behind whatever stands before it, and cuts the message
 * behind it (rungs-text-message.h). */

#pragma once

#include "rungs-text-message.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TEXT_FRAME_LOG,     /* a line of the log: it ends the text of a message */
  RUNGS_TEXT_FRAME_END,     /* a line that closes a message */
  RUNGS_TEXT_FRAME_MESSAGE, /* the message follows */
} RungsTextFrameKind;

/**
 * RungsTextFrame:
 * @kind: what the line is
 * @record: what it says of the message; its time is that of the logger where the dialect knows none
 * @next: the offset behind the line; a dialect whose frame has more lines moves it
 * @text_offset: where the text that the dialect read begins in the line
 * @repeats: the message that follows is shown once more, and no new one
 * @dotted: a dot stands for the CR of each line of the message, and over TCP each frame is one segment
 */
typedef struct
{
  RungsTextFrameKind kind;
  RungsRecord record;
  gsize next;
  gsize text_offset;
  gboolean repeats;
  gboolean dotted;
} RungsTextFrame;

/** rungs_text_frame_set_peer: @peer is the other side, this host the one that @direction says. */
void     rungs_text_frame_set_peer      (RungsTextFrame       *self,
                                         RungsDirection        direction,
                                         RungsSlice            peer);

/** rungs_text_frame_set_ends: both sides are known. */
void     rungs_text_frame_set_ends      (RungsTextFrame       *self,
                                         RungsDirection        direction,
                                         RungsSlice            source,
                                         RungsSlice            destination);

/** rungs_text_frame_set_transport: "UDP", "tls", …; anything else leaves it unknown. */
void     rungs_text_frame_set_transport (RungsTextFrame       *self,
                                         RungsSlice            name);

/** rungs_text_frame_set_connection: messages with the same @name are of one connection. */
void     rungs_text_frame_set_connection (RungsTextFrame      *self,
                                         RungsSlice            name);

/** rungs_text_frame_between: what stands in @text between the first @before and the first @after behind it; empty
 * where one is missing. An empty @after is the end of @text. */
RungsSlice rungs_text_frame_between     (RungsSlice            text,
                                         const char           *before,
                                         const char           *after);

/** rungs_text_frame_is_at: whether @text, at @offset and without what stands before it, is a frame of any dialect. */
gboolean rungs_text_frame_is_at         (RungsTextWalk        *walk,
                                         gsize                 offset,
                                         RungsSlice            text);

/** rungs_text_frame_read: asks the dialects for @text. Returns: %FALSE where it is of none */
gboolean rungs_text_frame_read          (RungsTextWalk        *walk,
                                         RungsSlice            text,
                                         RungsTextFrame       *frame);

G_END_DECLS

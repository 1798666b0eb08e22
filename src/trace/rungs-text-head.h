/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a reader must know of a message's head to cut it out of a text: where it ends, how long the body is said to be,
 * and the transport of the top Via.
 *
 * The head is scanned line by line, once.  Logs rewrite line ends; then a Content-Length still counts the bytes that
 * were sent, where each line ended in CR and LF ("on the wire"). */

#pragma once

#include "rungs-record.h"

G_BEGIN_DECLS

typedef struct
{
  gsize length;           /* bytes up to the blank line, which counts; all of the text where there is none */
  gboolean ended;         /* the blank line is there */
  gsize n_bare;           /* line ends without CR */
  gboolean has_length;    /* there is a Content-Length that can be read */
  guint64 content_length; /* 0 where there is none */
  gboolean has_type;      /* there is a Content-Type */
  gboolean is_multipart;
  gboolean is_message;    /* the body is a message (message/sip, message/sipfrag) */
  guint8 transport;       /* RungsTransport */

  /*< private >*/
  gboolean has_via;
} RungsTextHead;

/** rungs_text_head_add_line: takes one header line, which must have lost its line end. */
void     rungs_text_head_add_line  (RungsTextHead *self,
                                    RungsSlice     line);

/** rungs_text_head_scan: takes all of the head of the message at the start of @text, from the start line on. A further
 * start line ends it. */
void     rungs_text_head_scan      (RungsTextHead *self,
                                    RungsSlice     text);

/** rungs_text_wire_length: how many bytes @text had where each line end without CR got its CR back. */
gsize    rungs_text_wire_length    (RungsSlice     text);

/**
 * rungs_text_wire_advance:
 * @text: a body and what follows it
 * @wire_length: how long the body was on the wire
 * @length: (out): how long it is here
 *
 * Returns: %FALSE where no line ends there
 */
gboolean rungs_text_wire_advance   (RungsSlice     text,
                                    guint64        wire_length,
                                    gsize         *length);

/** rungs_text_head_cut: the message that @text begins with, without what a logger set behind it; @head gets its head. */
RungsSlice rungs_text_head_cut         (RungsSlice           text,
                                        RungsTextHead       *head);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's second page: one message as it stands in the trace, highlighted as SIP.
 *
 * In: bytes of a trace. Out: a read-only source view.  Bytes that are no text are shown as rungs_text_display_lines() says; long
 * lines are broken for display, and of a very long message only the beginning is shown, with a sentence that says so, because the view would
 * stall.  Copy takes the whole message, unbroken. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MESSAGE_VIEW (rungs_message_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsMessageView, rungs_message_view, RUNGS, MESSAGE_VIEW, GtkWidget)

/** rungs_message_view_set_bytes: @bytes must stay valid until the next call; the empty slice shows nothing. */
void rungs_message_view_set_bytes (RungsMessageView *self,
                                   RungsSlice        bytes);

/** rungs_message_view_mark: marks @length bytes of the message from @offset on, as what proves a finding, and scrolls there. */
void rungs_message_view_mark      (RungsMessageView *self,
                                   gsize             offset,
                                   gsize             length);

/** rungs_message_view_set_binary: the same for bytes that are no text: offset, hexadecimal digits, and what of them is ASCII. */
void       rungs_message_view_set_binary (RungsMessageView *self,
                                          RungsSlice        bytes);

G_END_DECLS

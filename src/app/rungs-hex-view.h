/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bytes in rows of eight, with a range that stands out: in colour, and between brackets, so that it does without colour.
 *
 * In: bytes and a range. Out: a read-only text. Of many bytes those around the range are shown. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_HEX_VIEW (rungs_hex_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsHexView, rungs_hex_view, RUNGS, HEX_VIEW, GtkWidget)

/** rungs_hex_view_show: @offset and @length: the range, in @bytes; @length 0: none. @bytes are read at once, and not kept. */
void rungs_hex_view_show (RungsHexView *self,
                          RungsSlice    bytes,
                          gsize         offset,
                          gsize         length);

G_END_DECLS

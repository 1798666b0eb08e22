/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The quiet line that says how much of a trace was read, and opens the list of what was not.
 *
 * In: a trace.  Out: a button with the sums; its popover is made when somebody asks.  It stands under the flow list, and under
 * the ladder while there is no flow list: so it is always seen. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_READING_BUTTON (rungs_reading_button_get_type ())
G_DECLARE_FINAL_TYPE (RungsReadingButton, rungs_reading_button, RUNGS, READING_BUTTON, GtkWidget)

/** rungs_reading_button_set_trace: the trace that is told of. */
void rungs_reading_button_set_trace (RungsReadingButton *self, RungsTrace *trace);

G_END_DECLS

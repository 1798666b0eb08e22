/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One tab: a trace from the first byte to the three panes, or the reason why there is none.
 *
 * In: paths, or bytes in memory. Out: states in a stack: loading with progress and Cancel, failed with the reason, content.
 * Of a large file the first messages are shown while the rest is read.  Properties for the tab and the header bar:
 * title, subtitle, loading, following (whether what is written to the files is shown as it comes). */

#pragma once

#include <gtk/gtk.h>

#include "rungs-trace-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_TRACE_PAGE (rungs_trace_page_get_type ())
G_DECLARE_FINAL_TYPE (RungsTracePage, rungs_trace_page, RUNGS, TRACE_PAGE, GtkWidget)

/** rungs_trace_page_new: a page that loads @paths, read as one trace. */
GtkWidget *rungs_trace_page_new (const char *const *paths);

/** rungs_trace_page_new_for_bytes: the same for an example or pasted text called @name. */
GtkWidget *rungs_trace_page_new_for_bytes (GBytes *bytes, const char *name);

/** rungs_trace_page_cancel: stops loading and following; what was read so far stays. */
void rungs_trace_page_cancel (RungsTracePage *self);

/** rungs_trace_page_get_view: the three panes, or %NULL as long as there is no message to show. */
RungsTraceView *rungs_trace_page_get_view (RungsTracePage *self);
const char *rungs_trace_page_get_title (RungsTracePage *self);
const char *rungs_trace_page_get_subtitle (RungsTracePage *self);
gboolean rungs_trace_page_get_loading (RungsTracePage *self);

/** rungs_trace_page_set_following: follows the files, or stops; what was read stays. */
void rungs_trace_page_set_following (RungsTracePage *self, gboolean following);
gboolean rungs_trace_page_get_following (RungsTracePage *self);

/** rungs_trace_page_correct_clock: reads the trace anew with @shift µs added to the times of @file, its path or its name in
 * an archive; 0 takes a correction back. */
void rungs_trace_page_correct_clock (RungsTracePage *self, const char *file, gint64 shift);

/** rungs_trace_page_get_correction: by how many µs the clock of @file is corrected. */
gint64 rungs_trace_page_get_correction (RungsTracePage *self, const char *file);

/** rungs_trace_page_get_obstacle: one sentence that says why the trace cannot be followed, or %NULL where it can. */
const char *rungs_trace_page_get_obstacle (RungsTracePage *self);

/** rungs_trace_page_get_state: "waiting", "loading", "failed", "quiet" (followed, and no message yet) or "content". */
const char *rungs_trace_page_get_state (RungsTracePage *self);

G_END_DECLS

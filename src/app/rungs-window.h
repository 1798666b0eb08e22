/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A window: header bar, tabs, and the empty state.
 *
 * In: files, examples, pasted text. Out: a tab each (files that are opened together are one trace).  Every action that
 * belongs to a trace goes to the page that is seen. */

#pragma once

#include <adwaita.h>

#include "rungs-trace-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WINDOW (rungs_window_get_type ())
G_DECLARE_FINAL_TYPE (RungsWindow, rungs_window, RUNGS, WINDOW, AdwApplicationWindow)

GtkWidget      *rungs_window_new          (GtkApplication *application);

/** rungs_window_open_files: opens @files as one trace in a new tab. */
void            rungs_window_open_files   (RungsWindow    *self,
                                           GFile *const   *files,
                                           guint           n_files);

/** rungs_window_open_example: "remote-ntlm" or "internal-kerberos". */
void            rungs_window_open_example (RungsWindow    *self,
                                           const char     *name);

/** rungs_window_open_bytes: opens pasted text called @name. */
void            rungs_window_open_bytes   (RungsWindow    *self,
                                           GBytes         *bytes,
                                           const char     *name);

/** rungs_window_get_page: the page that is seen, or %NULL in the empty state. */
RungsTracePage *rungs_window_get_page     (RungsWindow    *self);
AdwToastOverlay *rungs_window_get_toasts  (RungsWindow    *self);

G_END_DECLS

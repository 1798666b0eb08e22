/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The program: command line, windows, keys, and what no window owns (help, about).
 *
 * `rungs [FILE…]` opens FILE… as one trace; a second start opens it in the window that is there. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_APPLICATION (rungs_application_get_type ())
G_DECLARE_FINAL_TYPE (RungsApplication, rungs_application, RUNGS, APPLICATION, AdwApplication)

/** rungs_application_new: @flags are added to G_APPLICATION_HANDLES_OPEN. */
RungsApplication *rungs_application_new (GApplicationFlags flags);

G_END_DECLS

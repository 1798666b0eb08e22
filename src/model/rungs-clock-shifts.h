/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* By how much the clocks of files are corrected, as the user wants it.
 *
 * Two captures of the same call whose clocks are not equal put messages into a wrong order.  What is said here is added to
 * every time of a file while it is read; RungsTraceFile.shift tells of it afterwards.  A file is named by its path, or by the
 * name that lists show (a member of an archive has no other). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsClockShifts RungsClockShifts;

RungsClockShifts *rungs_clock_shifts_new (void);
RungsClockShifts *rungs_clock_shifts_ref (RungsClockShifts *self);
void rungs_clock_shifts_unref (RungsClockShifts *self);

/** rungs_clock_shifts_set: @shift in µs; 0 leaves the clock of @file as it is. */
void rungs_clock_shifts_set (RungsClockShifts *self, const char *file, gint64 shift);

/** rungs_clock_shifts_get: Returns: µs to add to the times of the file with this path and name; 0 where nothing is said of it */
gint64 rungs_clock_shifts_get (const RungsClockShifts *self, const char *path, const char *name);

/** rungs_clock_shifts_parse: takes "FILE=SECONDS", as on a command line: "b-side.pcap=-1.275". @error: RUNGS_ERROR_SYNTAX */
gboolean rungs_clock_shifts_parse (RungsClockShifts *self, const char *text, GError **error);

/** rungs_clock_shift_format: "+1.275" seconds, to the microsecond where that is needed. (transfer full) */
char *rungs_clock_shift_format (gint64 shift);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsClockShifts, rungs_clock_shifts_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Time stamps of logs: digits at known places → µs since the epoch.
 *
 * A log of 100 MB has a hundred thousand of them, so they are read by hand, without GDateTime and without an
 * allocation.  A stamp has no zone here: it is taken as UTC, and the reader marks the record with
 * RUNGS_RECORD_ZONE_UNKNOWN where the format does not promise it.  What is no time becomes RUNGS_TIME_NONE. */

#pragma once

#include "rungs-record.h"

G_BEGIN_DECLS

/** RUNGS_STAMP_NO_YEAR: stands for the year of a date without one; it has a 29 February. */
#define RUNGS_STAMP_NO_YEAR 1972

/** rungs_stamp_matches: whether @text begins with @pattern, in which '0' stands for any decimal digit and every other
 * character for itself: "00/00/0000|00:00:00.000". */
gboolean rungs_stamp_matches (RungsSlice  text,
                              const char *pattern);

/** rungs_stamp_number: the @count digits at @offset; they must be there (rungs_stamp_matches()). */
guint    rungs_stamp_number  (RungsSlice  text,
                              gsize       offset,
                              gsize       count);

/** rungs_stamp_make: the time of a date of the Gregorian calendar; RUNGS_TIME_NONE where a part is out of range (a leap
 * second counts as the second after it). */
gint64   rungs_stamp_make    (guint       year,
                              guint       month,
                              guint       day,
                              guint       hour,
                              guint       minute,
                              guint       second,
                              guint       microsecond);

/** rungs_stamp_month: the number of the month whose English name begins with the first three bytes of @name, 0 where there
 * is none. */
guint    rungs_stamp_month   (RungsSlice  name);

/** rungs_stamp_parse_american: "01/31/2009-12:00:00.123" with any byte between date and time, which is @separator. */
gint64   rungs_stamp_parse_american (RungsSlice text,
                                     char       separator);

/** rungs_stamp_parse_iso: "2009-01-31T12:00:00", a fraction of any length after a point, "Z" or nothing behind it. */
gint64   rungs_stamp_parse_iso      (RungsSlice text);

/** rungs_stamp_parse_ctime: "Sat Jan 31 12:00:00 2009". */
gint64   rungs_stamp_parse_ctime    (RungsSlice text);

/**
 * rungs_stamp_parse_prefix:
 * @text: a line of a log
 * @time: (out): its time
 * @flags: (out): RUNGS_RECORD_ZONE_UNKNOWN, RUNGS_RECORD_NO_DATE (also for a date without year)
 *
 * Takes the time that loggers set in front of a line (rungs-stamp-prefix.c): "[2026-01-31 12:00:00.123]",
 * "Jan 31 12:00:00", "12:00:00.123", "31/Jan/2026:12:00:00 +0100", "1/31/2026 1:00:00 PM", "1769860800.123" and others, with
 * a priority of syslog ("<133>") or a mark of the clock ("*") before it.
 *
 * Returns: how long that is, 0 where @text begins with no time
 */
gsize    rungs_stamp_parse_prefix   (RungsSlice text,
                                     gint64    *time,
                                     guint32   *flags);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The clock of one file while it is read: wall clocks without a date or zone → times.
 *
 * Times of an unknown day are carried over midnight (a step back of more than twelve hours is a new day), days of an unknown
 * year over its end, and both go on from the last record that has a date.  For a wall
 * clock of an unknown zone the Date headers of responses are compared with it: where at least four in five of them
 * differ from it by the same multiple of 15 minutes, give or take two, that is the zone (and the day); otherwise the
 * clock stays as it is. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 previous;   /* time of the record before, µs */
  gboolean has_date; /* a record before had one */
  GArray *offsets;   /* gint64 a Date seen: log clock minus Date, µs */
} RungsClockGuess;

void     rungs_clock_guess_init   (RungsClockGuess *self);
void     rungs_clock_guess_clear  (RungsClockGuess *self);

/** rungs_clock_guess_note: a record has the date and @time. */
void     rungs_clock_guess_note   (RungsClockGuess *self,
                                   gint64           time);

/** rungs_clock_guess_carry: @time of a record without a date, or without a year, carried on from the one before. */
gint64   rungs_clock_guess_carry  (RungsClockGuess *self,
                                   gint64           time);

/** rungs_clock_guess_add: a message logged at @time says @date (the value of its Date header). */
void     rungs_clock_guess_add    (RungsClockGuess *self,
                                   gint64           time,
                                   RungsSlice       date);

/**
 * rungs_clock_guess_derive:
 * @any_day: whether the day of the clock is unknown as well
 * @offset: (out): µs to subtract from the log's clock to get UTC
 *
 * Returns: whether the Date headers agree
 */
gboolean rungs_clock_guess_derive (const RungsClockGuess *self,
                                   gboolean               any_day,
                                   gint64                *offset);

/** rungs_clock_read_date: @time (out): µs of a Date header, "Fri, 24 Jul 2009 12:00:00 GMT" (RFC 3261, 20.17); the weekday is not
 * checked. */
gboolean rungs_clock_read_date    (RungsSlice       text,
                                   gint64          *time);

G_END_DECLS

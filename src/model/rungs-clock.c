/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The clock of one file while it is read.  See rungs-clock.h. */

#include "config.h"

#include <time.h>

#include "rungs-clock.h"

#define MINUTE      (60 * (gint64) G_USEC_PER_SEC)
#define QUARTER     (15 * MINUTE)
#define DAY         (24 * 60 * MINUTE)
#define YEAR        (366 * DAY)
#define MAX_SAMPLES 4096

void
rungs_clock_guess_init (RungsClockGuess *self)
{
  self->previous = RUNGS_TIME_NONE;
  self->has_date = FALSE;
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
rungs_clock_guess_clear (RungsClockGuess *self)
{
  g_clear_pointer (&self->offsets, g_array_unref);
}

/* The same day and time as @time in the year of @other. */
static gint64
move_to_year (gint64 time, gint64 other)
{
  time_t seconds = (time_t) (time / G_USEC_PER_SEC);
  time_t other_seconds = (time_t) (other / G_USEC_PER_SEC);
  struct tm parts;
  struct tm other_parts;

  gmtime_r (&seconds, &parts);
  gmtime_r (&other_seconds, &other_parts);
  parts.tm_year = other_parts.tm_year;
  return (gint64) timegm (&parts) * G_USEC_PER_SEC + time % G_USEC_PER_SEC;
}

/* A day without year: of the year of the record before, or of the next one where that were half a year back. */
static gint64
carry_year (const RungsClockGuess *self, gint64 time)
{
  gint64 moved;

  if (self->previous == RUNGS_TIME_NONE)
    return time;
  moved = move_to_year (time, self->previous);
  if (moved < self->previous - YEAR / 2)
    moved = move_to_year (time, self->previous + YEAR / 2);
  else if (moved > self->previous + YEAR / 2)
    moved = move_to_year (time, self->previous - YEAR / 2);
  return moved;
}

static gint64
carry_day (const RungsClockGuess *self, gint64 time)
{
  if (self->previous == RUNGS_TIME_NONE)
    return time;
  time += self->previous - self->previous % DAY;
  return time < self->previous - DAY / 2 ? time + DAY : time;
}

gint64
rungs_clock_guess_carry (RungsClockGuess *self, gint64 time)
{
  self->previous = time >= DAY ? carry_year (self, time) : carry_day (self, time);
  return self->previous;
}

void
rungs_clock_guess_note (RungsClockGuess *self, gint64 time)
{
  self->previous = time;
  self->has_date = TRUE;
}

static gboolean
read_number (RungsSlice text, gsize offset, gsize length, int *number)
{
  guint64 value;

  if (!rungs_slice_to_uint64 (rungs_slice_sub (text, offset, length), &value))
    return FALSE;
  *number = (int) MIN (value, G_MAXINT);
  return TRUE;
}

gboolean
rungs_clock_read_date (RungsSlice text, gint64 *time)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  gssize comma = rungs_slice_find_char (text, 0, ',');
  RungsSlice rest = rungs_slice_trim (rungs_slice_skip (text, comma + 1));
  gsize digits = rest.length > 1 && rest.data[1] == ' ' ? 1 : 2;
  RungsSlice name = rungs_slice_sub (rest, digits + 1, 3);
  g_autoptr (GDateTime) date = NULL;
  int day, year, hour, minute, second;
  guint month;

  for (month = 0; month < 12; month++)
    if (rungs_slice_case_equal (name, rungs_slice (months + month * 3, 3)))
      break;
  if (month == 12 || !read_number (rest, 0, digits, &day) || !read_number (rest, digits + 5, 4, &year) ||
      !read_number (rest, digits + 10, 2, &hour) || !read_number (rest, digits + 13, 2, &minute) ||
      !read_number (rest, digits + 16, 2, &second))
    return FALSE;
  date = g_date_time_new_utc (year, month + 1, day, hour, minute, MIN (second, 59));
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  return TRUE;
}

void
rungs_clock_guess_add (RungsClockGuess *self, gint64 time, RungsSlice date)
{
  gint64 said;
  gint64 offset;

  if (time == RUNGS_TIME_NONE || self->offsets->len >= MAX_SAMPLES || !rungs_clock_read_date (date, &said))
    return;
  offset = time - said;
  g_array_append_val (self->offsets, offset);
}

/* The nearest multiple of 15 minutes. */
static gint64
round_to_quarter (gint64 offset)
{
  gint64 shifted = offset + QUARTER / 2;
  gint64 rest = shifted % QUARTER;

  return shifted - (rest < 0 ? rest + QUARTER : rest);
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gboolean
rungs_clock_guess_derive (const RungsClockGuess *self, gboolean any_day, gint64 *offset)
{
  g_autoptr (GArray) rounded = NULL;
  guint n = self->offsets->len;
  gint64 middle;
  guint agree = 0;

  if (n == 0)
    return FALSE;
  rounded = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    {
      gint64 quarter = round_to_quarter (g_array_index (self->offsets, gint64, i));

      g_array_append_val (rounded, quarter);
    }
  /* What four in five agree on is also what stands in the middle. */
  g_array_sort (rounded, compare_offsets);
  middle = g_array_index (rounded, gint64, n / 2);
  for (guint i = 0; i < n; i++)
    if (ABS (g_array_index (self->offsets, gint64, i) - middle) <= 2 * MINUTE)
      agree++;
  if (agree * 5 < n * 4 || (!any_day && ABS (middle) > 14 * 60 * MINUTE))
    return FALSE;
  *offset = middle;
  return TRUE;
}

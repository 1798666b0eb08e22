/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Times of a trace → text.  See rungs-time.h.
 *
 * The clock of a file whose zone is unknown is stored as if it were UTC, so that formatting it as UTC shows what the
 * file says. */

#include "config.h"

#include <time.h>

#include <glib/gi18n-lib.h>

#include "rungs-clock-shifts.h"
#include "rungs-time.h"

#define MILLISECOND 1000
#define SECOND      ((gint64) G_USEC_PER_SEC)

static gboolean
has_unknown_zone (const RungsMessageInfo *info)
{
  return (info->flags & (RUNGS_RECORD_ZONE_UNKNOWN | RUNGS_RECORD_NO_DATE)) != 0;
}

/* @time in @clock, which a file of unknown zone has for itself; the zone's short name goes to @zone where it is wanted. */
static char *
format_time (gint64 time, gboolean own_clock, RungsClock clock, const char *format, const char **zone)
{
  gint64 second = time / SECOND - (time % SECOND < 0);
  time_t seconds = (time_t) second;
  struct tm parts;
  char text[64] = "";

  if (clock == RUNGS_CLOCK_LOCAL && !own_clock)
    localtime_r (&seconds, &parts);
  else
    gmtime_r (&seconds, &parts);
  if (zone != NULL)
    *zone = parts.tm_zone;
  strftime (text, sizeof text, format, &parts);
  return g_strdup_printf ("%s.%03d", text, (int) ((time - second * SECOND) / MILLISECOND));
}

/* "+S.mmm", to the nearest millisecond below. */
static char *
format_difference (gint64 difference)
{
  guint64 size = difference < 0 ? -(guint64) difference : (guint64) difference;

  return g_strdup_printf ("%c%" G_GUINT64_FORMAT ".%03u",
                          difference < 0 ? '-' : '+',
                          size / SECOND,
                          (guint) (size % SECOND / MILLISECOND));
}

static char *
format_short (gint64 time, gboolean own_clock, RungsClock clock, RungsTimeStyle style, gint64 reference)
{
  if (time == RUNGS_TIME_NONE)
    return g_strdup ("");
  if (style == RUNGS_TIME_ABSOLUTE)
    return format_time (time, own_clock, clock, "%H:%M:%S", NULL);
  return reference == RUNGS_TIME_NONE ? g_strdup ("") : format_difference (time - reference);
}

/* A time of a clock that was corrected is no time of the file: a sign before it says so. Takes @text. */
static char *
mark_shift (RungsTrace *trace, guint file, char *text)
{
  g_autofree char *plain = text;

  if (rungs_trace_get_file (trace, file)->shift == 0 || *plain == '\0')
    return g_steal_pointer (&plain);
  return g_strconcat ("≈", plain, NULL);
}

/* "2026-11-22 10:43:08.569 UTC", and by how much it was corrected. Takes @text. */
static char *
tell_shift (RungsTrace *trace, guint file, char *text)
{
  g_autofree char *plain = text;
  gint64 shift = rungs_trace_get_file (trace, file)->shift;
  g_autofree char *seconds = rungs_clock_shift_format (shift);

  if (shift == 0)
    return g_steal_pointer (&plain);
  /* Translators: a date and time, and by how many seconds the user has corrected the clock: "+1.275" */
  return g_strdup_printf (_ ("%s, corrected by %s s"), plain, seconds);
}

char *
rungs_time_format (RungsTrace *trace, guint message, RungsClock clock, RungsTimeStyle style, gint64 reference)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);

  g_return_val_if_fail (info != NULL, NULL);

  return mark_shift (trace,
                     info->file,
                     format_short (info->time, has_unknown_zone (info), clock, style, reference));
}

char *
rungs_time_format_kerberos (
  RungsTrace *trace, guint kerberos, RungsClock clock, RungsTimeStyle style, gint64 reference)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);

  g_return_val_if_fail (info != NULL, NULL);

  return mark_shift (trace, info->file, format_short (info->time, FALSE, clock, style, reference));
}

char *
rungs_time_format_kerberos_full (RungsTrace *trace, guint kerberos, RungsClock clock)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  g_autofree char *text = NULL;
  const char *zone = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  if (info->time == RUNGS_TIME_NONE)
    return g_strdup ("");
  text = format_time (info->time, FALSE, clock, "%Y-%m-%d %H:%M:%S", &zone);
  return tell_shift (trace,
                     info->file,
                     g_strdup_printf ("%s %s",
                                      text,
                                      clock == RUNGS_CLOCK_LOCAL && zone != NULL ? zone : "UTC"));
}

char *
rungs_time_format_full (RungsTrace *trace, guint message, RungsClock clock)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);
  g_autofree char *text = NULL;
  const char *zone = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  if (info->time == RUNGS_TIME_NONE)
    return g_strdup ("");
  if (info->flags & RUNGS_RECORD_NO_DATE)
    {
      text = format_time (info->time, has_unknown_zone (info), clock, "%H:%M:%S", NULL);
      /* Translators: %s is a time of day; the trace does not tell the day */
      return g_strdup_printf (_ ("%s, day and time zone unknown"), text);
    }
  text = format_time (info->time, has_unknown_zone (info), clock, "%Y-%m-%d %H:%M:%S", &zone);
  if (info->flags & RUNGS_RECORD_ZONE_UNKNOWN)
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("%s, time zone unknown"), text);
  return tell_shift (trace,
                     info->file,
                     g_strdup_printf ("%s %s",
                                      text,
                                      clock == RUNGS_CLOCK_LOCAL && zone != NULL ? zone : "UTC"));
}

char *
rungs_time_describe_clock (RungsTrace *trace, RungsClock clock)
{
  guint n_known = 0;
  guint n_unknown = 0;
  gint64 first, last;
  time_t seconds;
  struct tm parts;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);

  for (guint i = 0; i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      if (file->n_messages == 0)
        continue;
      if (file->zone == RUNGS_ZONE_UNKNOWN)
        n_unknown++;
      else
        n_known++;
    }
  rungs_trace_get_time_span (trace, &first, &last);
  if (first == RUNGS_TIME_NONE)
    return g_strdup (_ ("the trace states no times"));
  if (n_known == 0)
    return g_strdup (_ ("the clock of the computer that wrote the log; the log states no time zone"));
  if (clock == RUNGS_CLOCK_UTC)
    return g_strdup (n_unknown > 0 ? _ ("UTC; files that state no time zone show their own clock")
                                   : _ ("UTC"));
  seconds = (time_t) (first / SECOND);
  localtime_r (&seconds, &parts);
  /* Translators: %s is the short name of a time zone, such as CET */
  return g_strdup_printf (n_unknown > 0
                            ? _ ("local time (%s); files that state no time zone show their own clock")
                            : _ ("local time (%s)"),
                          parts.tm_zone);
}

char *
rungs_time_format_duration (gint64 duration)
{
  guint64 size = duration < 0 ? -(guint64) duration : (guint64) duration;
  guint64 seconds = size / SECOND;
  g_autofree char *text = NULL;

  if (size < 100 * MILLISECOND)
    /* Translators: a duration in milliseconds */
    text = g_strdup_printf (_ ("%u ms"), (guint) (size / MILLISECOND));
  else if (size < 60 * (guint64) SECOND)
    /* Translators: a duration in seconds */
    text = g_strdup_printf (_ ("%.1f s"), MIN (size / (double) SECOND, 59.9));
  else if (seconds < 3600)
    /* Translators: a duration in minutes and seconds */
    text = g_strdup_printf (_ ("%u min %u s"), (guint) (seconds / 60), (guint) (seconds % 60));
  else
    /* Translators: a duration in hours and minutes */
    text = g_strdup_printf (_ ("%u h %u min"), (guint) (seconds / 3600), (guint) (seconds / 60 % 60));
  return duration < 0 ? g_strconcat ("−", text, NULL) : g_steal_pointer (&text);
}

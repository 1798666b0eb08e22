/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Time stamps of logs.  See rungs-stamp.h. */

#include "config.h"

#include "rungs-stamp.h"

gboolean
rungs_stamp_matches (RungsSlice text, const char *pattern)
{
  gsize i;

  for (i = 0; pattern[i] != '\0'; i++)
    {
      if (i >= text.length)
        return FALSE;
      if (pattern[i] == '0' ? !g_ascii_isdigit (text.data[i]) : text.data[i] != pattern[i])
        return FALSE;
    }
  return TRUE;
}

guint
rungs_stamp_number (RungsSlice text, gsize offset, gsize count)
{
  guint number = 0;

  g_assert (offset + count <= text.length);

  for (gsize i = offset; i < offset + count; i++)
    number = number * 10 + (guint) (text.data[i] - '0');
  return number;
}

/* Days since 1 January 1970, by the rule of the eras of 400 years that begin on 1 March. */
static gint64
days_from_civil (guint year, guint month, guint day)
{
  guint shifted = year - (month <= 2);
  guint era = shifted / 400;
  guint year_of_era = shifted % 400;
  guint day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  guint day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * 146097 + day_of_era - 719468;
}

gint64
rungs_stamp_make (
  guint year, guint month, guint day, guint hour, guint minute, guint second, guint microsecond)
{
  gint64 seconds;

  if (year < 1 || year > 9999 || !g_date_valid_dmy (day, month, year) || hour > 23 || minute > 59 ||
      second > 60)
    return RUNGS_TIME_NONE;
  seconds = days_from_civil (year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  return seconds * G_USEC_PER_SEC + microsecond;
}

gint64
rungs_stamp_parse_american (RungsSlice text, char separator)
{
  if (text.length < 23 || text.data[10] != separator || !rungs_stamp_matches (text, "00/00/0000") ||
      !rungs_stamp_matches (rungs_slice_skip (text, 11), "00:00:00.000"))
    return RUNGS_TIME_NONE;
  return rungs_stamp_make (rungs_stamp_number (text, 6, 4),
                           rungs_stamp_number (text, 0, 2),
                           rungs_stamp_number (text, 3, 2),
                           rungs_stamp_number (text, 11, 2),
                           rungs_stamp_number (text, 14, 2),
                           rungs_stamp_number (text, 17, 2),
                           rungs_stamp_number (text, 20, 3) * 1000);
}

gint64
rungs_stamp_parse_iso (RungsSlice text)
{
  guint microsecond = 0;

  if (!rungs_stamp_matches (text, "0000-00-00T00:00:00") &&
      !rungs_stamp_matches (text, "0000-00-00 00:00:00"))
    return RUNGS_TIME_NONE;
  if (text.length > 20 && (text.data[19] == '.' || text.data[19] == ','))
    {
      guint unit = 100000;

      for (gsize i = 20; i < text.length && g_ascii_isdigit (text.data[i]); i++)
        {
          microsecond += (guint) (text.data[i] - '0') * unit;
          unit /= 10;
        }
    }
  return rungs_stamp_make (rungs_stamp_number (text, 0, 4),
                           rungs_stamp_number (text, 5, 2),
                           rungs_stamp_number (text, 8, 2),
                           rungs_stamp_number (text, 11, 2),
                           rungs_stamp_number (text, 14, 2),
                           rungs_stamp_number (text, 17, 2),
                           microsecond);
}

guint
rungs_stamp_month (RungsSlice name)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (guint i = 0; i < 12 && name.length >= 3; i++)
    if (memcmp (name.data, months + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

gint64
rungs_stamp_parse_ctime (RungsSlice text)
{
  guint month;
  guint day;

  if (text.length < 24 || !g_ascii_isdigit (text.data[9]) ||
      (text.data[8] != ' ' && !g_ascii_isdigit (text.data[8])) ||
      !rungs_stamp_matches (rungs_slice_skip (text, 10), " 00:00:00 0000"))
    return RUNGS_TIME_NONE;
  month = rungs_stamp_month (rungs_slice_skip (text, 4));
  day = (text.data[8] != ' ' ? (guint) (text.data[8] - '0') * 10 : 0) + (guint) (text.data[9] - '0');
  return rungs_stamp_make (rungs_stamp_number (text, 20, 4),
                           month,
                           day,
                           rungs_stamp_number (text, 11, 2),
                           rungs_stamp_number (text, 14, 2),
                           rungs_stamp_number (text, 17, 2),
                           0);
}

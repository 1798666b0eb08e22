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

/* The number of the month that @name begins with, 0 where it is none. */
static guint
month_from_name (const char *name)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (guint i = 0; i < 12; i++)
    if (memcmp (name, months + 3 * i, 3) == 0)
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
  month = month_from_name (text.data + 4);
  day = (text.data[8] != ' ' ? (guint) (text.data[8] - '0') * 10 : 0) + (guint) (text.data[9] - '0');
  return rungs_stamp_make (rungs_stamp_number (text, 20, 4),
                           month,
                           day,
                           rungs_stamp_number (text, 11, 2),
                           rungs_stamp_number (text, 14, 2),
                           rungs_stamp_number (text, 17, 2),
                           0);
}

/* "12:00:00", a fraction behind '.', ',' or ':' → µs since midnight. Returns: the length, 0 where it is none */
static gsize
parse_clock (RungsSlice text, gint64 *time)
{
  gsize length = 8;
  guint microsecond = 0;
  guint unit = 100000;
  gint64 base;

  if (!rungs_stamp_matches (text, "00:00:00"))
    return 0;
  if (text.length > 9 && strchr (".,:", text.data[8]) != NULL && text.data[8] != '\0' &&
      g_ascii_isdigit (text.data[9]))
    for (length = 9; length < text.length && g_ascii_isdigit (text.data[length]); length++)
      {
        microsecond += (guint) (text.data[length] - '0') * unit;
        unit /= 10;
      }
  base = rungs_stamp_make (1970,
                           1,
                           1,
                           rungs_stamp_number (text, 0, 2),
                           rungs_stamp_number (text, 3, 2),
                           rungs_stamp_number (text, 6, 2),
                           microsecond);
  *time = base;
  return base != RUNGS_TIME_NONE ? length : 0;
}

/* "Z", "+01:00", "+0100" right behind a time. Returns: the length, 0 where there is none */
static gsize
parse_zone (RungsSlice text, gint64 *offset)
{
  gsize length = rungs_stamp_matches (text, "+00:00") || rungs_stamp_matches (text, "-00:00") ? 6
                 : rungs_stamp_matches (text, "+0000") || rungs_stamp_matches (text, "-0000") ? 5
                                                                                              : 0;
  gint64 minutes;

  *offset = 0;
  if (length == 0)
    return text.length > 0 && text.data[0] == 'Z' ? 1 : 0;
  minutes = rungs_stamp_number (text, 1, 2) * 60 + rungs_stamp_number (text, length - 2, 2);
  *offset = (text.data[0] == '-' ? -minutes : minutes) * 60 * G_USEC_PER_SEC;
  return length;
}

/* "2026-01-31 ", "2026/01/31T", "01/31/2026 ": its time. Returns: the length, 0 where it is none */
static gsize
parse_date (RungsSlice text, gint64 *date)
{
  if (rungs_stamp_matches (text, "00/00/0000 ") || rungs_stamp_matches (text, "00/00/0000-"))
    {
      guint month = rungs_stamp_number (text, 0, 2);
      guint day = rungs_stamp_number (text, 3, 2);

      /* Month and day change places from country to country. */
      *date = rungs_stamp_make (rungs_stamp_number (text, 6, 4),
                                month > 12 ? day : month,
                                month > 12 ? month : day,
                                0,
                                0,
                                0,
                                0);
      return *date != RUNGS_TIME_NONE ? 11 : 0;
    }
  if ((!rungs_stamp_matches (text, "0000-00-00") && !rungs_stamp_matches (text, "0000/00/00") &&
       !rungs_stamp_matches (text, "0000.00.00")) ||
      text.length < 12 || strchr (" T\t_", text.data[10]) == NULL || text.data[10] == '\0')
    return 0;
  *date = rungs_stamp_make (rungs_stamp_number (text, 0, 4),
                            rungs_stamp_number (text, 5, 2),
                            rungs_stamp_number (text, 8, 2),
                            0,
                            0,
                            0,
                            0);
  return *date != RUNGS_TIME_NONE ? 11 : 0;
}

/* A day of the year that stands for an unknown one. */
static gint64
make_day (guint month, guint day)
{
  return rungs_stamp_make (RUNGS_STAMP_NO_YEAR, month, day, 0, 0, 0, 0);
}

/* "Jan 31 ", "Jan  1 2026 ", "01-31 " of logcat. Returns: the length, 0 where it is none */
static gsize
parse_day (RungsSlice text, gint64 *date, gboolean *has_year)
{
  guint month, day;
  gsize length = 4;

  *has_year = FALSE;
  if (rungs_stamp_matches (text, "00-00 "))
    {
      *date = make_day (rungs_stamp_number (text, 0, 2), rungs_stamp_number (text, 3, 2));
      return *date != RUNGS_TIME_NONE ? 6 : 0;
    }
  /* "Thu 05-03 " of PJSIP */
  if (text.length > 10 && g_ascii_isalpha (text.data[0]) && text.data[3] == ' ' &&
      rungs_stamp_matches (rungs_slice_skip (text, 4), "00-00 "))
    {
      *date = make_day (rungs_stamp_number (text, 4, 2), rungs_stamp_number (text, 7, 2));
      return *date != RUNGS_TIME_NONE ? 10 : 0;
    }
  if (text.length < 8 || text.data[3] != ' ' || (month = month_from_name (text.data)) == 0)
    return 0;
  while (length < 6 && text.data[length] == ' ')
    length++;
  if (!g_ascii_isdigit (text.data[length]))
    return 0;
  for (day = 0; length < text.length && day < 10 && g_ascii_isdigit (text.data[length]); length++)
    day = day * 10 + (guint) (text.data[length] - '0');
  if (length >= text.length || text.data[length++] != ' ')
    return 0;
  if (rungs_stamp_matches (rungs_slice_skip (text, length), "0000 "))
    {
      *date = rungs_stamp_make (rungs_stamp_number (text, length, 4), month, day, 0, 0, 0, 0);
      *has_year = TRUE;
      length += 5;
    }
  else
    *date = make_day (month, day);
  return *date != RUNGS_TIME_NONE ? length : 0;
}

/* "000123: " of routers and "37046041.002 |" of call managers: the number of the line. Returns: its length */
static gsize
skip_number (RungsSlice text)
{
  gsize i = 0;

  while (i < text.length && i < 20 && (g_ascii_isdigit (text.data[i]) || text.data[i] == '.'))
    i++;
  if (i == 0 || i + 2 >= text.length)
    return 0;
  return (text.data[i] == ':' && text.data[i + 1] == ' ') || (text.data[i] == ' ' && text.data[i + 1] == '|')
           ? i + 2
           : 0;
}

/* What may stand before the time: the number of the line, "<133>", "<133>1 ", "*", ".", "message: " of old versions of Linphone, and "[". */
static gsize
skip_marks (RungsSlice text, gboolean *bracket)
{
  gsize i = 0;

  if (text.length > 3 && text.data[0] == '<' && g_ascii_isdigit (text.data[1]))
    {
      for (i = 2; i < text.length && i < 5 && g_ascii_isdigit (text.data[i]); i++)
        ;
      i = i < text.length && text.data[i] == '>' ? i + 1 : 0;
      if (i > 0 && rungs_slice_starts_with (rungs_slice_skip (text, i), RUNGS_SLICE_LITERAL ("1 ")))
        i += 2;
    }
  else
    i = skip_number (text);
  if (i < text.length && (text.data[i] == '*' || text.data[i] == '.'))
    i++;
  if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("message: ")))
    i = strlen ("message: ");
  *bracket = i < text.length && text.data[i] == '[';
  return *bracket ? i + 1 : i;
}

/* "0131120000.123|" of Polycom: month, day and time. Returns: the length without the bar, 0 where it is none */
static gsize
parse_packed (RungsSlice text, gint64 *time)
{
  if (!rungs_stamp_matches (text, "0000000000.000|"))
    return 0;
  *time = rungs_stamp_make (RUNGS_STAMP_NO_YEAR,
                            rungs_stamp_number (text, 0, 2),
                            rungs_stamp_number (text, 2, 2),
                            rungs_stamp_number (text, 4, 2),
                            rungs_stamp_number (text, 6, 2),
                            rungs_stamp_number (text, 8, 2),
                            rungs_stamp_number (text, 11, 3) * 1000);
  return *time != RUNGS_TIME_NONE ? 14 : 0;
}

gsize
rungs_stamp_parse_prefix (RungsSlice text, gint64 *time, guint32 *flags)
{
  gint64 date = RUNGS_TIME_NONE;
  gint64 clock, offset;
  gboolean bracket;
  gboolean has_year = TRUE;
  gsize length = parse_packed (text, time);
  gsize i;

  if (length > 0)
    {
      *flags = RUNGS_RECORD_NO_DATE;
      return length;
    }
  i = skip_marks (text, &bracket);
  length = parse_date (rungs_slice_skip (text, i), &date);

  if (length == 0)
    length = parse_day (rungs_slice_skip (text, i), &date, &has_year);
  i += length;
  length = parse_clock (rungs_slice_skip (text, i), &clock);
  if (length == 0)
    return 0;
  i += length;
  has_year &= date != RUNGS_TIME_NONE;
  *flags = has_year ? RUNGS_RECORD_ZONE_UNKNOWN : RUNGS_RECORD_NO_DATE;
  *time = date == RUNGS_TIME_NONE ? clock : date + clock;
  length = parse_zone (rungs_slice_skip (text, i), &offset);
  if (length > 0 && has_year)
    {
      *time -= offset;
      *flags = 0;
    }
  i += length;
  if (bracket && i < text.length && text.data[i] == ']')
    i++;
  return i;
}

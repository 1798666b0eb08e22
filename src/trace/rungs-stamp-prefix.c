/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The time in front of a line of a log.  See rungs-stamp.h.
 *
 *   2026-01-31 12:00:00.123   2026/01/31T12:00:00Z      20260131 120000,123     [2026-01-31 12:00:00 +0100]
 *   Jan 31 12:00:00           Jan 31, 2026 12:00:00     Sat Jan 31 12:00:00 CET 2026
 *   31.01.2026 12:00:00       31-Jan-2026 12:00:00      31/Jan/2026:12:00:00 +0100
 *   1/31/2026 1:00:00 PM      01-31 12:00:00.123        I0131 12:00:00.123      0131120000.123|
 *   12:00:00.123              1769860800.123            [1769860800123]
 *
 * Each is: marks, date, clock, zone; an ISO date counts for little time, the rare ones are tried by their first byte.  A date
 * with the year last may begin with the day or the month: the day is what only it can be, behind points it always is, and
 * otherwise the month comes first. */

#include "config.h"

#include "rungs-stamp.h"

#define YEAR_FROM  1990
#define YEAR_TO    2100
#define EPOCH_FROM 1000000000 /* seconds: 2001 */
#define EPOCH_TO   4000000000 /* 2096 */

typedef struct
{
  gint64 date;
  gboolean has_year;
  gboolean may_have_year; /* behind the clock, as where the date begins with the day of the week */
} Date;

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

/* "120000" and "1:00:00", which are only times behind a date. Returns: the length, 0 where it is none */
static gsize
parse_other_clock (RungsSlice text, gint64 *time)
{
  char padded[32] = { '0' };
  gsize length = MIN (text.length, sizeof padded - 3);

  if (rungs_stamp_matches (text, "0:00:00"))
    {
      memcpy (padded + 1, text.data, length);
      length = parse_clock (rungs_slice (padded, length + 1), time);
      return length > 0 ? length - 1 : 0;
    }
  if (!rungs_stamp_matches (text, "000000") || (text.length > 6 && g_ascii_isdigit (text.data[6])))
    return 0;
  for (gsize i = 0, j = 0; i < length; i++)
    {
      padded[j++] = text.data[i];
      if (i == 1 || i == 3)
        padded[j++] = ':';
    }
  length = parse_clock (rungs_slice (padded, length + 2), time);
  return length > 0 ? length - 2 : 0;
}

/* " PM" behind a time, which it changes. Returns: the length, 0 where there is none */
static gsize
parse_half_of_day (RungsSlice text, gint64 *time)
{
  const gint64 noon = 12 * 3600 * (gint64) G_USEC_PER_SEC;
  gsize i = text.length > 0 && text.data[0] == ' ';
  gboolean is_afternoon;

  if (text.length < i + 2 || g_ascii_toupper (text.data[i + 1]) != 'M' ||
      (text.length > i + 2 && g_ascii_isalnum (text.data[i + 2])))
    return 0;
  is_afternoon = g_ascii_toupper (text.data[i]) == 'P';
  if (!is_afternoon && g_ascii_toupper (text.data[i]) != 'A')
    return 0;
  if (*time >= noon && *time < noon + noon / 12)
    *time -= noon;
  if (is_afternoon && *time < noon)
    *time += noon;
  return i + 2;
}

/* "Z", " UTC", "+01:00", " +0100", " GMT+0100" behind a time. Returns: the length, 0 where there is none */
static gsize
parse_zone (RungsSlice text, gint64 *offset)
{
  gsize i = rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL (" GMT+")) ||
                rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL (" GMT-"))
              ? 4
              : text.length > 0 && text.data[0] == ' ';
  RungsSlice rest = rungs_slice_skip (text, i);
  gsize length = rungs_stamp_matches (rest, "+00:00") || rungs_stamp_matches (rest, "-00:00") ? 6
                 : rungs_stamp_matches (rest, "+0000") || rungs_stamp_matches (rest, "-0000") ? 5
                                                                                              : 0;
  gint64 minutes;

  *offset = 0;
  if (length == 0 && rest.length >= 3 && i > 0 &&
      (memcmp (rest.data, "UTC", 3) == 0 || memcmp (rest.data, "GMT", 3) == 0) &&
      !(rest.length > 3 && (g_ascii_isalnum (rest.data[3]) || strchr ("+-", rest.data[3]) != NULL)))
    return i + 3;
  if (length == 0)
    return i == 0 && text.length > 0 && text.data[0] == 'Z' ? 1 : 0;
  /* "12:00:00 +12345" is no zone. */
  if (rest.length > length && g_ascii_isdigit (rest.data[length]))
    return 0;
  minutes = rungs_stamp_number (rest, 1, 2) * 60 + rungs_stamp_number (rest, length - 2, 2);
  *offset = (rest.data[0] == '-' ? -minutes : minutes) * 60 * G_USEC_PER_SEC;
  return i + length;
}

/* A day of the year that stands for an unknown one. */
static gint64
make_day (guint month, guint day)
{
  return rungs_stamp_make (RUNGS_STAMP_NO_YEAR, month, day, 0, 0, 0, 0);
}

/* The number of at most @max digits at @at, which moves behind it. Returns: FALSE where there is none */
static gboolean
take_number (RungsSlice text, gsize *at, gsize max, guint *number)
{
  gsize start = *at;

  *number = 0;
  while (*at < text.length && *at - start < max && g_ascii_isdigit (text.data[*at]))
    *number = *number * 10 + (guint) (text.data[(*at)++] - '0');
  return *at > start;
}

static gboolean
take_char (RungsSlice text, gsize *at, const char *allowed)
{
  if (*at >= text.length || text.data[*at] == '\0' || strchr (allowed, text.data[*at]) == NULL)
    return FALSE;
  (*at)++;
  return TRUE;
}

/* "20260131120000.123": the date; "01312026 120000.123" of Sonus: month first. Returns: the length, 0 where it is none */
static gsize
parse_packed_date (RungsSlice text, Date *date)
{
  gboolean is_year_first =
    rungs_stamp_number (text, 0, 4) >= YEAR_FROM && rungs_stamp_number (text, 0, 4) <= YEAR_TO;
  gsize month = is_year_first ? 4 : 0;

  date->date = rungs_stamp_make (rungs_stamp_number (text, is_year_first ? 0 : 4, 4),
                                 rungs_stamp_number (text, month, 2),
                                 rungs_stamp_number (text, month + 2, 2),
                                 0,
                                 0,
                                 0,
                                 0);
  if (date->date == RUNGS_TIME_NONE || date->date < 0)
    return 0;
  return text.data[8] == ' ' ? 9 : 8;
}

/* "2026-01-31 ", "2026/01/31T", "20260131-", "20260131" before a clock, "01312026 ", "2026-Jan-31 ": its time. Returns: the length, 0 where it is none */
static gsize
parse_year_first (RungsSlice text, Date *date)
{
  gboolean is_packed = rungs_stamp_matches (text, "00000000");
  gsize length = is_packed ? 8 : 10;

  if (rungs_stamp_matches (text, "00000000000000.") || rungs_stamp_matches (text, "00000000 000000."))
    return parse_packed_date (text, date);
  if (text.length > 12 && rungs_stamp_matches (text, "0000-") &&
      rungs_stamp_month (rungs_slice_skip (text, 5)) > 0 &&
      rungs_stamp_matches (rungs_slice_skip (text, 8), "-00 "))
    {
      date->date = rungs_stamp_make (rungs_stamp_number (text, 0, 4),
                                     rungs_stamp_month (rungs_slice_skip (text, 5)),
                                     rungs_stamp_number (text, 9, 2),
                                     0,
                                     0,
                                     0,
                                     0);
      return date->date != RUNGS_TIME_NONE ? 12 : 0;
    }
  if ((!is_packed && !rungs_stamp_matches (text, "0000-00-00") && !rungs_stamp_matches (text, "0000/00/00") &&
       !rungs_stamp_matches (text, "0000.00.00")) ||
      text.length < length + 2 || strchr (" T\t_-:", text.data[length]) == NULL || text.data[length] == '\0')
    return 0;
  date->date = rungs_stamp_make (rungs_stamp_number (text, 0, 4),
                                 rungs_stamp_number (text, is_packed ? 4 : 5, 2),
                                 rungs_stamp_number (text, is_packed ? 6 : 8, 2),
                                 0,
                                 0,
                                 0,
                                 0);
  return date->date != RUNGS_TIME_NONE ? length + 1 : 0;
}

/* "01/31/2026 ", "31.01.2026, ", "31-Jan-2026 ", "31/Jan/2026:", "31 Jan 2026 ". Returns: the length, 0 where it is none */
static gsize
parse_year_last (RungsSlice text, Date *date)
{
  guint first, second, year;
  gsize at = 0;
  char separator;

  if (!take_number (text, &at, 2, &first) || !take_char (text, &at, "/.- "))
    return 0;
  separator = text.data[at - 1];
  second = rungs_stamp_month (rungs_slice_skip (text, at));
  if (second > 0)
    at += 3;
  else if (separator == ' ' || !take_number (text, &at, 2, &second))
    return 0;
  else if (separator != '.' && first <= 12)
    {
      guint month = first;

      first = second;
      second = month;
    }
  if (!take_char (text, &at, (char[]){ separator, '\0' }) || !take_number (text, &at, 4, &year) ||
      year < YEAR_FROM || year > YEAR_TO)
    return 0;
  if (take_char (text, &at, ",") && at < text.length && text.data[at] != ' ')
    return 0;
  if (!take_char (text, &at, " :-T\t"))
    return 0;
  date->date = rungs_stamp_make (year, second, first, 0, 0, 0, 0);
  return date->date != RUNGS_TIME_NONE ? at : 0;
}

/* "Jan 31 ", "Jan  1 2026 ", "Jan 31, 2026 ". Returns: the length, 0 where it is none */
static gsize
parse_month_first (RungsSlice text, Date *date)
{
  guint month, day, year;
  gsize at = 4;
  gsize behind_day;

  if (text.length < 8 || text.data[3] != ' ' || (month = rungs_stamp_month (text)) == 0)
    return 0;
  while (at < 6 && text.data[at] == ' ')
    at++;
  if (!take_number (text, &at, 2, &day))
    return 0;
  take_char (text, &at, ",");
  if (!take_char (text, &at, " "))
    return 0;
  behind_day = at;
  if (rungs_stamp_matches (rungs_slice_skip (text, at), "0000 ") && take_number (text, &at, 4, &year))
    {
      date->date = rungs_stamp_make (year, month, day, 0, 0, 0, 0);
      return date->date != RUNGS_TIME_NONE ? at + 1 : 0;
    }
  date->date = make_day (month, day);
  date->has_year = FALSE;
  return date->date != RUNGS_TIME_NONE ? behind_day : 0;
}

/* "01-31 " of logcat, "I0131 " of glog. Returns: the length, 0 where it is none */
static gsize
parse_short (RungsSlice text, Date *date)
{
  gboolean is_glog = text.length > 6 && strchr ("IWEFD", text.data[0]) != NULL && text.data[0] != '\0';
  RungsSlice digits = rungs_slice_skip (text, is_glog);

  if (!rungs_stamp_matches (digits, is_glog ? "0000 " : "00-00 "))
    return 0;
  date->date = make_day (rungs_stamp_number (digits, 0, 2), rungs_stamp_number (digits, is_glog ? 2 : 3, 2));
  date->has_year = FALSE;
  return date->date != RUNGS_TIME_NONE ? 6 : 0;
}

/* "Thu ", "Thu, ", "Thu:". Returns: the length, 0 where it is none */
static gsize
skip_weekday (RungsSlice text)
{
  static const char days[] = "MonTueWedThuFriSatSun";
  gsize at = 3;

  if (text.length < 12 || !g_ascii_isupper (text.data[0]))
    return 0;
  for (guint i = 0; i < 7; i++)
    if (memcmp (text.data, days + 3 * i, 3) == 0)
      {
        take_char (text, &at, ",");
        return take_char (text, &at, " ") ? at : 0;
      }
  return 0;
}

static gsize
parse_date (RungsSlice text, Date *date)
{
  gsize weekday, length;

  if (text.length < 8)
    return 0;
  if (g_ascii_isdigit (text.data[0]))
    {
      length = parse_year_first (text, date);
      /* A clock is most often what it is instead. */
      if (length == 0 && text.data[2] != ':')
        length = parse_year_last (text, date);
      return length > 0 ? length : parse_short (text, date);
    }
  weekday = skip_weekday (text);
  text = rungs_slice_skip (text, weekday);
  length = parse_month_first (text, date);
  date->may_have_year = weekday > 0 && length > 0;
  if (length == 0 && weekday > 0)
    length = parse_year_last (text, date);
  if (length == 0)
    length = parse_short (text, date);
  return length > 0 ? weekday + length : 0;
}

/* " 2026", " CET 2026" behind the clock of a date without year, which it completes. Returns: the length, 0 where there is none */
static gsize
parse_last_year (RungsSlice text, Date *date)
{
  gsize at = 1;
  guint year;
  gint64 start;

  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL (" ")))
    return 0;
  while (at < text.length && at < 6 && g_ascii_isupper (text.data[at]))
    at++;
  if (at > 1 && !take_char (text, &at, " "))
    return 0;
  if (!take_number (text, &at, 4, &year) || year < YEAR_FROM || year > YEAR_TO ||
      (at < text.length && g_ascii_isalnum (text.data[at])))
    return 0;
  start = rungs_stamp_make (RUNGS_STAMP_NO_YEAR, 1, 1, 0, 0, 0, 0);
  /* The day of the year moves by one behind a February that has no 29th. */
  if (!g_date_is_leap_year ((GDateYear) year) && date->date >= make_day (3, 1))
    date->date -= 24 * 3600 * (gint64) G_USEC_PER_SEC;
  date->date += rungs_stamp_make (year, 1, 1, 0, 0, 0, 0) - start;
  date->has_year = TRUE;
  return at;
}

/* "000123: " of routers, "37046041.002 |" of call managers, "00001b65|" of drachtio: the number of the line. Returns: its length */
static gsize
skip_number (RungsSlice text)
{
  gsize i = 0;

  while (i < text.length && i < 8 && g_ascii_isxdigit (text.data[i]))
    i++;
  if (i == 8 && i < text.length && text.data[i] == '|')
    return i + 1;
  i = 0;
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

/* "1769860800.123456", "[1769860800]", "1769860800123": since 1970. A number alone is only believed where it is longer than one
 * of telephones, or in brackets. Returns: the length with the brackets, 0 where it is none */
static gsize
parse_epoch (RungsSlice text, gint64 *time)
{
  gboolean bracket = text.length > 0 && text.data[0] == '[';
  gsize start = bracket;
  gsize at = start;
  gint64 seconds = 0;
  gint64 fraction = 0;
  gint64 unit = G_USEC_PER_SEC;
  gboolean has_fraction;

  while (at < text.length && at < start + 10 && g_ascii_isdigit (text.data[at]))
    seconds = seconds * 10 + (text.data[at++] - '0');
  if (at != start + 10 || seconds < EPOCH_FROM || seconds > EPOCH_TO || at == text.length)
    return 0;
  has_fraction = take_char (text, &at, ".");
  for (start = at; at < text.length && at < start + 9 && g_ascii_isdigit (text.data[at]); at++)
    {
      unit /= 10;
      fraction += (text.data[at] - '0') * unit;
    }
  if (has_fraction ? at == start : at != start && at != start + 3 && at != start + 6)
    return 0;
  if (!has_fraction && at == start && !bracket)
    return 0;
  if (bracket ? !take_char (text, &at, "]") : at < text.length && strchr (" \t,;|:", text.data[at]) == NULL)
    return 0;
  *time = seconds * G_USEC_PER_SEC + fraction;
  return at;
}

gsize
rungs_stamp_parse_prefix (RungsSlice text, gint64 *time, guint32 *flags)
{
  Date date = { RUNGS_TIME_NONE, TRUE, FALSE };
  gint64 clock, offset;
  gboolean bracket;
  gsize length = parse_packed (text, time);
  gsize i;

  if (length > 0)
    {
      *flags = RUNGS_RECORD_NO_DATE;
      return length;
    }
  length = parse_epoch (text, time);
  if (length > 0)
    {
      *flags = 0;
      return length;
    }
  i = skip_marks (text, &bracket);
  length = parse_date (rungs_slice_skip (text, i), &date);
  i += length;
  while (length > 0 && i < text.length && text.data[i] == ' ')
    i++;
  text = rungs_slice_skip (text, i);
  length = parse_clock (text, &clock);
  if (length == 0 && date.date != RUNGS_TIME_NONE)
    length = parse_other_clock (text, &clock);
  if (length == 0)
    return 0;
  length += parse_half_of_day (rungs_slice_skip (text, length), &clock);
  /* "*Jan 31 12:00:00:123 2026" */
  date.may_have_year |= date.date != RUNGS_TIME_NONE && length > 8 && text.data[8] == ':';
  if (date.may_have_year && !date.has_year)
    length += parse_last_year (rungs_slice_skip (text, length), &date);
  date.has_year &= date.date != RUNGS_TIME_NONE;
  *flags = date.has_year ? RUNGS_RECORD_ZONE_UNKNOWN : RUNGS_RECORD_NO_DATE;
  *time = date.date == RUNGS_TIME_NONE ? clock : date.date + clock;
  if (date.has_year)
    {
      gsize zone = parse_zone (rungs_slice_skip (text, length), &offset);

      length += zone;
      *time -= offset;
      *flags = zone > 0 ? 0 : *flags;
    }
  else
    length += parse_zone (rungs_slice_skip (text, length), &offset);
  if (bracket && length < text.length && text.data[length] == ']')
    length++;
  return i + length;
}

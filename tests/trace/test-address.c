/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Addresses and time stamps, as logs write them. */

#include "config.h"

#include "rungs-address.h"
#include "rungs-stamp.h"
#include "rungs-test.h"

static void
an_address_comes_back_as_it_was_written (void)
{
  static const struct
  {
    const char *text;
    RungsAddressKind kind;
    const char *shown;
    const char *host;
  } cases[] = {
    { "10.0.0.1", RUNGS_ADDRESS_IPV4, "10.0.0.1", "10.0.0.1" },
    { " 10.0.0.1:5061 ", RUNGS_ADDRESS_IPV4, "10.0.0.1:5061", "10.0.0.1" },
    { "[2001:DB8::1]:5061", RUNGS_ADDRESS_IPV6, "[2001:db8::1]:5061", "2001:db8::1" },
    { "2001:db8::1", RUNGS_ADDRESS_IPV6, "2001:db8::1", "2001:db8::1" },
    { "edge.contoso.example:443", RUNGS_ADDRESS_NAME, "edge.contoso.example:443", "edge.contoso.example" },
    { "999.0.0.1:80", RUNGS_ADDRESS_NAME, "999.0.0.1:80", "999.0.0.1" },
    { "host:99999", RUNGS_ADDRESS_NAME, "host:99999", "host:99999" },
    { "a\033b", RUNGS_ADDRESS_NAME, "a␛b", "a␛b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RungsAddress address;
      g_autofree char *shown = NULL;
      g_autofree char *host = NULL;

      g_assert_true (rungs_address_parse (&address, rungs_slice_from_string (cases[i].text)));
      shown = rungs_address_to_string (&address);
      host = rungs_address_host_to_string (&address);
      g_assert_cmpint (address.kind, ==, cases[i].kind);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (host, ==, cases[i].host);
    }
}

static void
an_empty_address_is_none (void)
{
  RungsAddress address;
  g_autofree char *shown = NULL;

  g_assert_false (rungs_address_parse (&address, RUNGS_SLICE_LITERAL ("  ")));
  g_assert_cmpint (address.kind, ==, RUNGS_ADDRESS_NONE);
  shown = rungs_address_to_string (&address);
  g_assert_cmpstr (shown, ==, "");
}

static gboolean
equal (const char *a, const char *b)
{
  RungsAddress first, second;

  rungs_address_parse (&first, rungs_slice_from_string (a));
  rungs_address_parse (&second, rungs_slice_from_string (b));
  if (!rungs_address_equal (&first, &second))
    return FALSE;
  g_assert_cmpuint (rungs_address_hash (&first, 7), ==, rungs_address_hash (&second, 7));
  return TRUE;
}

static void
addresses_are_equal_whatever_their_spelling (void)
{
  g_assert_true (equal ("EDGE.contoso.example:443", "edge.CONTOSO.example:443"));
  g_assert_true (equal ("[2001:db8:0::1]:5061", "[2001:DB8::1]:5061"));
  g_assert_false (equal ("10.0.0.1:5060", "10.0.0.1:5061"));
  g_assert_false (equal ("10.0.0.1", "10.0.0.2"));
  g_assert_false (equal ("10.0.0.1", "host"));
  g_assert_false (equal ("host", "host2"));
}

static void
stamps_are_times_of_the_calendar (void)
{
  static const struct
  {
    const char *text;
    gint64 expected;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2000-02-29T23:59:59.5", G_GINT64_CONSTANT (951868799500000) },
    { "2019-08-28T10:00:01.000001Z", G_GINT64_CONSTANT (1566986401000001) },
    { "2019-08-28 10:00:01,25", G_GINT64_CONSTANT (1566986401250000) },
    { "2019-08-28T10:00:01.1234567890", G_GINT64_CONSTANT (1566986401123456) },
    { "1900-02-29T00:00:00", RUNGS_TIME_NONE },
    { "2019-13-01T00:00:00", RUNGS_TIME_NONE },
    { "2019-01-01T24:00:00", RUNGS_TIME_NONE },
    { "2019-01-01T1", RUNGS_TIME_NONE },
    { "", RUNGS_TIME_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rungs_stamp_parse_iso (rungs_slice_from_string (cases[i].text)), ==, cases[i].expected);
  g_assert_cmpint (rungs_stamp_parse_american (RUNGS_SLICE_LITERAL ("07/24/2009-12:00:01.250.0000"), '-'),
                   ==,
                   G_GINT64_CONSTANT (1248436801250000));
  g_assert_cmpint (rungs_stamp_parse_american (RUNGS_SLICE_LITERAL ("07/24/2009|12:00:01.250"), '-'),
                   ==,
                   RUNGS_TIME_NONE);
  g_assert_cmpint (rungs_stamp_parse_ctime (RUNGS_SLICE_LITERAL ("Sat Jun 19 12:00:00 2010")),
                   ==,
                   G_GINT64_CONSTANT (1276948800000000));
  g_assert_cmpint (rungs_stamp_parse_ctime (RUNGS_SLICE_LITERAL ("Tue Jun  1 12:00:00 2010")),
                   ==,
                   G_GINT64_CONSTANT (1275393600000000));
  g_assert_cmpint (rungs_stamp_parse_ctime (RUNGS_SLICE_LITERAL ("Sat Xyz 19 12:00:00 2010")),
                   ==,
                   RUNGS_TIME_NONE);
}

/* What loggers set in front of lines; "|" stands for its end. */
static void
stamps_in_front_of_lines_are_times (void)
{
  const gint64 noon = G_GINT64_CONSTANT (1785153600250000); /* 2026-07-27 12:00:00.250 */
  const gint64 hour = 3600 * (gint64) G_USEC_PER_SEC;
  const guint32 unknown = RUNGS_RECORD_ZONE_UNKNOWN;
  const struct
  {
    const char *text;
    gint64 expected;
    guint32 flags;
  } cases[] = {
    { "2026-07-27 12:00:00.250| a", noon, unknown },
    { "2026-07-27T12:00:00.250Z| a", noon, 0 },
    { "[2026-07-27 12:00:00,250 +0200]| a", noon - 2 * hour, 0 },
    { "2026/07/27-12:00:00.250| a", noon, unknown },
    { "20260727T120000.250Z| a", noon, 0 },
    { "20260727 12:00:00.250| a", noon, unknown },
    { "<133>1 2026-07-27T12:00:00.250-01:00| a", noon + hour, 0 },
    { "27.07.2026, 12:00:00.250| a", noon, unknown },
    { "27/Jul/2026:12:00:00.250 +0200| a", noon - 2 * hour, 0 },
    { "27-Jul-2026 12:00:00.250| a", noon, unknown },
    { "27 Jul 2026 12:00:00.250 GMT| a", noon, 0 },
    { "Mon, 27 Jul 2026 12:00:00.250 +0000| a", noon, 0 },
    { "Mon Jul 27 12:00:00.250 2026| a", noon, unknown },
    { "Mon Jul 27 12:00:00.250 CEST 2026| a", noon, unknown },
    { "Jul 27, 2026 12:00:00.250000000 UTC| a", noon, 0 },
    { "*Jul 27 2026 12:00:00.250| CEST: a", noon, unknown },
    { "7/27/2026 12:00:00.250 PM| a", noon, unknown },
    { "7/27/2026 1:00:00.250 PM| a", noon + hour, unknown },
    { "07/27/2026 12:00:00.250am| a", noon - 12 * hour, unknown },
    { "27/07/2026 12:00:00.250| a", noon, unknown },
    { "1785153600.250000| a", noon, 0 },
    { "[1785153600.25]| a", noon, 0 },
    { "1785153600250| a", noon, 0 },
    { "12:00:00.250| +12345 a", 12 * hour + 250000, RUNGS_RECORD_NO_DATE },
    { "1:00:00 a", RUNGS_TIME_NONE, 0 },
    { "1785153600 a", RUNGS_TIME_NONE, 0 },
    { "178515360012345 a", RUNGS_TIME_NONE, 0 },
    { "4915112345678 a", RUNGS_TIME_NONE, 0 },
    { "31.02.2026 12:00:00 a", RUNGS_TIME_NONE, 0 },
    { "192.0.2.1 12:00:00 a", RUNGS_TIME_NONE, 0 },
    { "2026 bytes", RUNGS_TIME_NONE, 0 },
    { "Mon", RUNGS_TIME_NONE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *bar = strchr (cases[i].text, '|');
      g_autoptr (GString) text = g_string_new (cases[i].text);
      gint64 time = RUNGS_TIME_NONE;
      guint32 flags = 0;
      gsize length;

      g_test_message ("%s", cases[i].text);
      if (bar != NULL)
        g_string_erase (text, bar - cases[i].text, 1);
      length = rungs_stamp_parse_prefix (rungs_slice (text->str, text->len), &time, &flags);
      g_assert_cmpuint (length, ==, bar != NULL ? (gsize) (bar - cases[i].text) : 0);
      if (bar == NULL)
        continue;
      g_assert_cmpint (time, ==, cases[i].expected);
      g_assert_cmpuint (flags, ==, cases[i].flags);
      /* Each cut is one as well, or none, and nothing behind its end is looked at. */
      for (gsize cut = 0; cut < text->len; cut++)
        {
          g_autofree char *part = g_memdup2 (text->str, MAX (cut, 1));

          g_assert_cmpuint (rungs_stamp_parse_prefix (rungs_slice (part, cut), &time, &flags), <=, cut);
        }
    }
}

/* Against GDateTime, over every day of 400 years and the years around them. */
static void
every_day_is_the_day_that_glib_says (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1899, 12, 25, 12, 0, 0);

  for (guint i = 0; i < 150000; i++)
    {
      GDateTime *next = g_date_time_add_days (day, 1);

      g_assert_cmpint (rungs_stamp_make ((guint) g_date_time_get_year (day),
                                         (guint) g_date_time_get_month (day),
                                         (guint) g_date_time_get_day_of_month (day),
                                         12,
                                         0,
                                         0,
                                         0),
                       ==,
                       g_date_time_to_unix (day) * G_USEC_PER_SEC);
      g_date_time_unref (day);
      day = next;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/an-address-comes-back-as-it-was-written",
                   an_address_comes_back_as_it_was_written);
  g_test_add_func ("/address/an-empty-address-is-none", an_empty_address_is_none);
  g_test_add_func ("/address/addresses-are-equal-whatever-their-spelling",
                   addresses_are_equal_whatever_their_spelling);
  g_test_add_func ("/stamp/stamps-are-times-of-the-calendar", stamps_are_times_of_the_calendar);
  g_test_add_func ("/stamp/every-day-is-the-day-that-glib-says", every_day_is_the_day_that_glib_says);
  g_test_add_func ("/stamp/stamps-in-front-of-lines-are-times", stamps_in_front_of_lines_are_times);
  return g_test_run ();
}

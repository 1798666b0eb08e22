/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Clocks are never guessed silently, and always labelled. */

#include "config.h"

#include "model-fixture.h"
#include "rungs-clock.h"
#include "rungs-time.h"

#define MINUTE (60 * (gint64) G_USEC_PER_SEC)
#define OCS(time, peer, rest)                                                                                \
  "TL_INFO(TF_PROTOCOL) [0]06E4.0EB4::07/24/2009-" time                                                      \
  ".00005386 (SIPStack,SIPAdminLog::TraceProtocolRecord:SIPAdminLog.cpp(125))$$begin_record\r\n"             \
  "Instance-Id: 0000C23F\r\nDirection: incoming\r\nPeer: " peer                                              \
  "\r\nMessage-Type: response\r\nStart-Line: SIP/2.0 200 OK\r\n"                                             \
  "From: <sip:a@x.example>;tag=1\r\nTo: <sip:b@x.example>;tag=2\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n" rest   \
  "Via: SIP/2.0/TLS edge.x.example:5061;branch=z9hG4bKx\r\nMessage-Body: -\r\n$$end_record\r\n"

static void
a_zone_is_derived_from_date_headers (void)
{
  g_autoptr (RungsTrace) trace =
    fixture_log (OCS ("12:00:00.500", "a:1", "Date: Fri, 24 Jul 2009 10:00:00 GMT\r\n")
                   OCS ("12:00:01.000", "a:1", "Date: Fri, 24 Jul 2009 10:00:01 GMT\r\n"));
  const RungsTraceFile *file = rungs_trace_get_file (trace, 0);
  g_autofree char *utc = rungs_time_format_full (trace, 0, RUNGS_CLOCK_UTC);
  g_autofree char *local = rungs_time_format_full (trace, 0, RUNGS_CLOCK_LOCAL);

  g_assert_cmpint (file->zone, ==, RUNGS_ZONE_DERIVED);
  g_assert_cmpint (file->zone_offset, ==, 120);
  g_assert_cmpstr (utc, ==, "2009-07-24 10:00:00.500 UTC");
  g_assert_cmpstr (local, ==, "2009-07-24 12:00:00.500 CEST");
  g_assert_true (rungs_trace_get_message (trace, 0)->flags & RUNGS_MESSAGE_TIME_DERIVED_ZONE);
}

static void
without_dates_the_zone_stays_unknown (void)
{
  g_autoptr (RungsTrace) trace = fixture_log (OCS ("12:00:00.500", "a:1", ""));
  g_autofree char *local = rungs_time_format_full (trace, 0, RUNGS_CLOCK_LOCAL);
  g_autofree char *clock = rungs_time_describe_clock (trace, RUNGS_CLOCK_UTC);

  g_assert_cmpint (rungs_trace_get_file (trace, 0)->zone, ==, RUNGS_ZONE_UNKNOWN);
  g_assert_cmpstr (local, ==, "2009-07-24 12:00:00.500, time zone unknown");
  g_assert_nonnull (strstr (clock, "no time zone"));
}

static gboolean
derive (const int *minutes, guint n, gboolean any_day, gint64 *offset)
{
  RungsClockGuess guess;
  gboolean derived;

  rungs_clock_guess_init (&guess);
  for (guint i = 0; i < n; i++)
    rungs_clock_guess_add (&guess,
                           1248429600 * (gint64) G_USEC_PER_SEC + minutes[i] * MINUTE,
                           RUNGS_SLICE_LITERAL ("Fri, 24 Jul 2009 10:00:00 GMT"));
  derived = rungs_clock_guess_derive (&guess, any_day, offset);
  rungs_clock_guess_clear (&guess);
  return derived;
}

static void
four_in_five_must_agree (void)
{
  const int good[] = { -330, -329, -331, -330, 5 };
  const int bad[] = { 60, 60, 60, 7, 7 };
  const int off_the_grid[] = { 65, 65 };
  const int too_far[] = { 15 * 60 };
  gint64 offset;

  g_assert_true (derive (good, G_N_ELEMENTS (good), FALSE, &offset));
  g_assert_cmpint (offset, ==, -330 * MINUTE);
  g_assert_false (derive (bad, G_N_ELEMENTS (bad), FALSE, &offset));
  g_assert_false (derive (off_the_grid, G_N_ELEMENTS (off_the_grid), FALSE, &offset));
  g_assert_false (derive (too_far, G_N_ELEMENTS (too_far), FALSE, &offset));
  g_assert_true (derive (too_far, G_N_ELEMENTS (too_far), TRUE, &offset));
  g_assert_false (derive (good, 0, FALSE, &offset));
}

static void
a_clock_without_a_date_goes_over_midnight (void)
{
  RungsClockGuess guess;

  rungs_clock_guess_init (&guess);
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 1439 * MINUTE), ==, 1439 * MINUTE);
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 1 * MINUTE), ==, 1441 * MINUTE);
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 0), ==, 1440 * MINUTE);
  rungs_clock_guess_clear (&guess);
}

/* @text, "2026-07-24 12:00", in µs. */
static gint64
at (const char *text)
{
  g_autofree char *iso = g_strconcat (text, ":00Z", NULL);
  g_autoptr (GDateTime) date = NULL;

  iso[10] = 'T';
  date = g_date_time_new_from_iso8601 (iso, NULL);
  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static void
days_without_a_year_go_over_new_year (void)
{
  RungsClockGuess guess;

  rungs_clock_guess_init (&guess);
  g_assert_cmpint (rungs_clock_guess_carry (&guess, at ("1972-12-31 23:59")), ==, at ("1972-12-31 23:59"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, at ("1972-01-01 00:00")), ==, at ("1973-01-01 00:00"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 1 * MINUTE), ==, at ("1973-01-01 00:01"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, at ("1972-12-31 23:58")), ==, at ("1972-12-31 23:58"));
  g_assert_false (guess.has_date);
  rungs_clock_guess_clear (&guess);
}

static void
a_date_carries_on_to_times_without_one (void)
{
  RungsClockGuess guess;

  rungs_clock_guess_init (&guess);
  rungs_clock_guess_note (&guess, at ("2026-07-24 23:50"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 1435 * MINUTE), ==, at ("2026-07-24 23:55"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, 5 * MINUTE), ==, at ("2026-07-25 00:05"));
  g_assert_cmpint (rungs_clock_guess_carry (&guess, at ("1972-07-26 10:00")), ==, at ("2026-07-26 10:00"));
  g_assert_true (guess.has_date);
  rungs_clock_guess_clear (&guess);
}

static void
malformed_dates_are_no_evidence (void)
{
  const char *dates[] = { "",
                          ",",
                          "Fri, 24",
                          "Fri, 99 Jul 2009 10:00:00 GMT",
                          "Fri, 24 Foo 2009 10:00:00 GMT",
                          "Fri, 24 Jul 99999999999999999 10",
                          "Fri, 24 Jul 2009 10-00-00" };
  RungsClockGuess guess;

  rungs_clock_guess_init (&guess);
  for (guint i = 0; i < G_N_ELEMENTS (dates) - 1; i++)
    rungs_clock_guess_add (&guess, 0, rungs_slice_from_string (dates[i]));
  g_assert_cmpuint (guess.offsets->len, ==, 0);
  rungs_clock_guess_clear (&guess);
}

static void
times_are_shown_in_three_ways (void)
{
  static const FixtureMessage messages[] = {
    { 0, "10.0.0.1:5060", "10.0.0.2:5060", "OPTIONS sip:b SIP/2.0\nCall-ID: 1\nCSeq: 1 OPTIONS\n\n" },
    { 1.0115, "10.0.0.1:5060", "10.0.0.2:5060", "OPTIONS sip:b SIP/2.0\nCall-ID: 2\nCSeq: 1 OPTIONS\n\n" },
  };
  g_autoptr (RungsTrace) trace = fixture_trace (messages, 2);
  gint64 start = rungs_trace_get_message (trace, 0)->time;
  gint64 end = rungs_trace_get_message (trace, 1)->time;
  g_autofree char *utc = rungs_time_format (trace, 1, RUNGS_CLOCK_UTC, RUNGS_TIME_ABSOLUTE, start);
  g_autofree char *local = rungs_time_format (trace, 1, RUNGS_CLOCK_LOCAL, RUNGS_TIME_ABSOLUTE, start);
  g_autofree char *since = rungs_time_format (trace, 1, RUNGS_CLOCK_UTC, RUNGS_TIME_SINCE_START, start);
  g_autofree char *back = rungs_time_format (trace, 0, RUNGS_CLOCK_UTC, RUNGS_TIME_SINCE_PREVIOUS, end);
  g_autofree char *clock = rungs_time_describe_clock (trace, RUNGS_CLOCK_LOCAL);

  g_assert_cmpstr (utc, ==, "10:00:01.011");
  g_assert_cmpstr (local, ==, "12:00:01.011");
  g_assert_cmpstr (since, ==, "+1.011");
  g_assert_cmpstr (back, ==, "-1.011");
  g_assert_cmpstr (clock, ==, "local time (CEST)");
}

static void
a_message_without_a_time_shows_none (void)
{
  g_autoptr (RungsTrace) trace =
    fixture_log ("OPTIONS sip:b SIP/2.0\nTo: <sip:b>\nCall-ID: 1\nCSeq: 1 OPTIONS\n\n");
  g_autofree char *text = rungs_time_format (trace, 0, RUNGS_CLOCK_UTC, RUNGS_TIME_SINCE_START, 0);
  g_autofree char *full = rungs_time_format_full (trace, 0, RUNGS_CLOCK_UTC);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (full, ==, "");
}

static void
durations_have_fitting_units (void)
{
  static const struct
  {
    gint64 duration;
    const char *text;
  } cases[] = {
    { 0, "0 ms" },          { 12345, "12 ms" },          { 412000, "0.4 s" },
    { 59999999, "59.9 s" }, { 200000000, "3 min 20 s" }, { G_GINT64_CONSTANT (7260000000), "2 h 1 min" },
    { -12000, "−12 ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rungs_time_format_duration (cases[i].duration);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/time/" name, function)
  ADD ("a-zone-is-derived-from-date-headers", a_zone_is_derived_from_date_headers);
  ADD ("without-dates-the-zone-stays-unknown", without_dates_the_zone_stays_unknown);
  ADD ("four-in-five-must-agree", four_in_five_must_agree);
  ADD ("a-clock-without-a-date-goes-over-midnight", a_clock_without_a_date_goes_over_midnight);
  ADD ("days-without-a-year-go-over-new-year", days_without_a_year_go_over_new_year);
  ADD ("a-date-carries-on-to-times-without-one", a_date_carries_on_to_times_without_one);
  ADD ("malformed-dates-are-no-evidence", malformed_dates_are_no_evidence);
  ADD ("times-are-shown-in-three-ways", times_are_shown_in_three_ways);
  ADD ("a-message-without-a-time-shows-none", a_message_without_a_time_shows_none);
  ADD ("durations-have-fitting-units", durations_have_fitting_units);
  return g_test_run ();
}

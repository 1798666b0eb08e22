/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a ladder costs: bench-ladder [MESSAGES]: made over all of them (1,000,000), the shapes of one row, and 10,000 messages as
 * SVG.  Best of five runs. */

#include "config.h"

#include <stdlib.h>

#include "rungs-svg.h"
#include "rungs-test-ladder.h"

#define N_RUNS     5
#define N_MESSAGES 1000000
#define N_EXPORTED 10000

/* Logins of four messages each; @step µs apart, so that a few waits are among them. */
static RungsTrace *
make_trace (guint n_messages)
{
  GString *log = g_string_new (NULL);
  RungsTrace *trace;

  for (guint i = 0; i < n_messages / 4; i++)
    {
      guint seconds = (guint) ((guint64) i * 86000 / MAX (n_messages / 4, 1));
      g_autofree char *call_id = g_strdup_printf ("%08x", i);
      g_autofree char *time =
        g_strdup_printf ("%02u:%02u:%02u.%03u", seconds / 3600, seconds / 60 % 60, seconds % 60, i % 1000);

      rungs_test_log_append (log, time, TRUE, "REGISTER sip:contoso.example SIP/2.0", call_id, "1 REGISTER");
      rungs_test_log_append (log, time, FALSE, "SIP/2.0 401 Unauthorized", call_id, "1 REGISTER");
      rungs_test_log_append (log, time, TRUE, "REGISTER sip:contoso.example SIP/2.0", call_id, "2 REGISTER");
      rungs_test_log_append (log, time, FALSE, "SIP/2.0 200 OK", call_id, "2 REGISTER");
    }
  trace = rungs_test_trace (log->str, log->len);
  g_string_free (log, TRUE);
  return trace;
}

static void
measure_rows (RungsLadder *ladder)
{
  g_autoptr (GArray) shapes = rungs_shapes_new ();
  guint n_rows = MIN (rungs_ladder_get_n_rows (ladder), N_EXPORTED);
  gint64 best = G_MAXINT64;

  for (guint run = 0; run < N_RUNS; run++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint row = 0; row < n_rows; row++)
        {
          rungs_ladder_get_row_shapes (ladder, row, shapes);
          g_array_set_size (shapes, 0);
        }
      best = MIN (best, g_get_monotonic_time () - start);
    }
  g_print ("shapes of a row, with its diagnosis: %.0f ns\n", best * 1000.0 / MAX (n_rows, 1));
}

static void
measure_svg (RungsTrace *trace, RungsDiagnoser *diagnoser)
{
  guint n = MIN (rungs_trace_get_n_messages (trace), N_EXPORTED);
  g_autofree guint32 *messages = g_new (guint32, n);
  g_autoptr (RungsSelection) selection = NULL;
  g_autoptr (RungsLadder) ladder = NULL;
  gint64 best = G_MAXINT64;
  gsize size = 0;

  for (guint i = 0; i < n; i++)
    messages[i] = i;
  selection = rungs_selection_new_for_messages (trace, messages, n);
  ladder = rungs_ladder_new (diagnoser, selection, NULL);
  for (guint run = 0; run < N_RUNS; run++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GBytes) bytes = rungs_svg_write (ladder, NULL, NULL, NULL);

      best = MIN (best, g_get_monotonic_time () - start);
      size = g_bytes_get_size (bytes);
    }
  g_print ("SVG of %u messages: %.1f ms, %.1f MB\n", n, best / 1000.0, size / 1e6);
}

int
main (int argc, char **argv)
{
  guint n_messages = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : N_MESSAGES;
  g_autoptr (RungsTrace) trace = make_trace (n_messages);
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (trace);
  g_autoptr (RungsSelection) selection = rungs_selection_new_all (trace);
  g_autoptr (RungsLadder) ladder = NULL;
  gint64 best_lanes = G_MAXINT64;
  gint64 best = G_MAXINT64;

  for (guint run = 0; run < N_RUNS; run++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (RungsLanes) lanes = rungs_lanes_new (selection, TRUE);
      gint64 middle = g_get_monotonic_time ();

      g_clear_object (&ladder);
      ladder = rungs_ladder_new (diagnoser, selection, NULL);
      best_lanes = MIN (best_lanes, middle - start);
      best = MIN (best, g_get_monotonic_time () - middle);
    }
  g_print ("ladder over %u messages: %.1f ms, of which lanes %.1f ms; %u rows\n",
           rungs_trace_get_n_messages (trace),
           best / 1000.0,
           best_lanes / 1000.0,
           rungs_ladder_get_n_rows (ladder));
  measure_rows (ladder);
  measure_svg (trace, diagnoser);
  return 0;
}

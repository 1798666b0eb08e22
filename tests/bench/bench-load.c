/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How long one trace takes to load, to lay out its lanes, and to filter: bench-load [FILE…].
 *
 * Without a file it writes a text log of its own (30,000 registrations), so that it runs anywhere.  Prints the best of
 * five runs, and the memory at its highest. */

#include "config.h"

#include <stdlib.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "rungs-lanes.h"
#include "rungs-loader.h"

#define N_RUNS  5
#define N_FLOWS 30000

static char *
write_workload (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd;

  for (guint i = 0; i < N_FLOWS; i++)
    {
      g_string_append_printf (text,
                              "REGISTER sip:contoso.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.%u:50000\r\n"
                              "From: <sip:user%u@contoso.example>;tag=%x;epid=0a\r\nTo: "
                              "<sip:user%u@contoso.example>\r\n"
                              "Call-ID: %08x@bench\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n",
                              i % 250 + 1,
                              i,
                              i,
                              i,
                              i);
      g_string_append_printf (text,
                              "SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS 192.0.2.%u:50000\r\n"
                              "From: <sip:user%u@contoso.example>;tag=%x;epid=0a\r\n"
                              "To: <sip:user%u@contoso.example>;tag=b\r\n"
                              "Call-ID: %08x@bench\r\nCSeq: 1 REGISTER\r\nExpires: 7200\r\nContent-Length: "
                              "0\r\n\r\n",
                              i % 250 + 1,
                              i,
                              i,
                              i,
                              i);
    }
  fd = g_file_open_tmp ("rungs-bench-XXXXXX.txt", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  return path;
}

static void
measure (const char *const *paths)
{
  double best[3] = { G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };
  guint n_messages = 0;
  guint n_lanes = 0;
  struct rusage usage;

  for (guint run = 0; run < N_RUNS; run++)
    {
      g_autoptr (RungsLoader) loader = rungs_loader_new (paths, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsFilter) filter = rungs_filter_parse ("kerberos status:4xx", NULL, NULL);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (RungsTrace) trace = rungs_loader_load (loader, NULL, &error);
      gint64 loaded = g_get_monotonic_time ();
      g_autoptr (RungsSelection) all = NULL;
      g_autoptr (RungsSelection) some = NULL;
      g_autoptr (RungsLanes) lanes = NULL;
      gint64 laid, filtered;

      if (trace == NULL)
        g_error ("%s", error->message);
      if (run == 0)
        {
          getrusage (RUSAGE_SELF, &usage);
          g_print ("%s: at most %ld KiB\n", paths[0], usage.ru_maxrss);
        }
      all = rungs_selection_new_all (trace);
      lanes = rungs_lanes_new (all, TRUE);
      laid = g_get_monotonic_time ();
      some = rungs_selection_new_for_filter (trace, filter);
      filtered = g_get_monotonic_time ();
      n_messages = rungs_trace_get_n_messages (trace);
      n_lanes = rungs_lanes_get_n_lanes (lanes);
      best[0] = MIN (best[0], (loaded - start) / 1e3);
      best[1] = MIN (best[1], (laid - loaded) / 1e3);
      best[2] = MIN (best[2], (filtered - laid) / 1e3);
    }
  g_print ("%u messages, %u lanes: load %.1f ms, lanes %.1f ms, filter %.1f ms\n",
           n_messages,
           n_lanes,
           best[0],
           best[1],
           best[2]);
}

int
main (int argc, char **argv)
{
  g_autofree char *made = NULL;

  if (argc > 1)
    {
      for (int i = 1; i < argc; i++)
        {
          const char *paths[] = { argv[i], NULL };

          measure (paths);
        }
      return EXIT_SUCCESS;
    }
  made = write_workload ();
  measure ((const char *[]){ made, NULL });
  g_unlink (made);
  return EXIT_SUCCESS;
}

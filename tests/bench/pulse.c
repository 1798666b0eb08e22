/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The main loop, watched.  See pulse.h. */

#include "config.h"

#include <time.h>

#include "pulse.h"

static gint64
get_worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
pulse_cb (gpointer data)
{
  Pulse *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 worked = get_worked ();

  self->longest = MAX (self->longest, now - self->last);
  self->most = MAX (self->most, worked - self->worked);
  self->last = now;
  self->worked = worked;
  return G_SOURCE_CONTINUE;
}

/* Behind everything that a round has to do at once, but before what is done when there is nothing else: frames are rounds of their
 * own. */
void
pulse_start (Pulse *self)
{
  gint64 now = g_get_monotonic_time ();

  *self = (Pulse){ .start = now, .last = now, .worked = get_worked () };
  self->source = g_timeout_add_full (G_PRIORITY_DEFAULT, 1, pulse_cb, self, NULL);
}

double
pulse_get_ms (Pulse *self)
{
  return (g_get_monotonic_time () - self->start) / 1e3;
}

void
pulse_stop (Pulse *self, double took, const char *what, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  pulse_cb (self);
  g_source_remove (self->source);
  va_start (arguments, what);
  words = g_strdup_vprintf (what, arguments);
  va_end (arguments);
  g_print ("%-58s %7.0f %7.0f %7.0f\n", words, took, self->longest / 1e3, self->most / 1e3);
}

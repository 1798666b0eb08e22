/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The main loop, watched: how long it did not come round, and how much of that the main thread worked, which does not depend on what
 * else the machine has to do. */

#pragma once

#include <gtk/gtk.h>

typedef struct
{
  guint source;
  gint64 start;   /* µs */
  gint64 last;    /* when the loop came round, µs */
  gint64 worked;  /* processor time of the main thread until then, µs */
  gint64 longest; /* between two rounds, µs */
  gint64 most;    /* worked between two rounds, µs */
} Pulse;

void   pulse_start  (Pulse      *self);

/** pulse_get_ms: the time since the start, ms. */
double pulse_get_ms (Pulse      *self);

/** pulse_stop: prints a line: @what was done, @took ms after the start, and what the main loop did meanwhile. */
void   pulse_stop   (Pulse      *self,
                     double      took,
                     const char *what,
                     ...) G_GNUC_PRINTF (3, 4);

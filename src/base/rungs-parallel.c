/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Independent elements, worked on by all cores.  See rungs-parallel.h. */

#include "config.h"

#include "rungs-parallel.h"

/* More threads than this gain nothing: memory is busy by then. */
#define MAX_THREADS 16

typedef struct
{
  RungsRangeFunc func;
  gpointer data;
  guint n;
  guint step;
  guint n_steps;
  guint next; /* atomic: the step that nobody has taken yet */
} Work;

static gpointer
take_steps (gpointer data)
{
  Work *self = data;
  guint step;

  while ((step = g_atomic_int_add (&self->next, 1)) < self->n_steps)
    {
      guint first = step * self->step;

      self->func (first, first + MIN (self->step, self->n - first), self->data);
    }
  return NULL;
}

void
rungs_parallel_run (guint n, guint step, RungsRangeFunc func, gpointer data)
{
  GThread *threads[MAX_THREADS];
  Work work = { func, data, n, step, 0, 0 };
  guint n_helpers;

  g_return_if_fail (step > 0 && func != NULL);

  work.n_steps = n / step + (n % step > 0 ? 1 : 0);
  n_helpers = MIN (work.n_steps, MIN (g_get_num_processors (), MAX_THREADS));
  n_helpers -= n_helpers > 0 ? 1 : 0;
  for (guint i = 0; i < n_helpers; i++)
    threads[i] = g_thread_new ("rungs-worker", take_steps, &work);
  take_steps (&work);
  for (guint i = 0; i < n_helpers; i++)
    g_thread_join (threads[i]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Elements worked on by all cores: each once, whatever the step. */

#include "config.h"

#include "rungs-parallel.h"
#include "rungs-test.h"

#define N_ELEMENTS 10000

static void
count_elements (guint first, guint end, gpointer data)
{
  int *counts = data;

  for (guint i = first; i < end; i++)
    g_atomic_int_inc (&counts[i]);
}

static void
each_element_is_worked_on_once (void)
{
  static const guint steps[] = { 1, 7, 1000, N_ELEMENTS, N_ELEMENTS + 1 };
  g_autofree int *counts = g_new0 (int, N_ELEMENTS);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      rungs_parallel_run (N_ELEMENTS, steps[i], count_elements, counts);
      for (guint j = 0; j < N_ELEMENTS; j++)
        g_assert_cmpint (counts[j], ==, (int) i + 1);
    }
}

static void
no_elements_are_no_work (void)
{
  rungs_parallel_run (0, 1, count_elements, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parallel/each-element-is-worked-on-once", each_element_is_worked_on_once);
  g_test_add_func ("/parallel/no-elements-are-no-work", no_elements_are_no_work);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Runs a fuzz target without libFuzzer: over each file of the folders and files given, over each of their prefixes
 * (at most 64 of them), and over 200 mutations of each that a fixed seed makes. */

#include "config.h"

#include <stdint.h>
#include <stdio.h>

#include <glib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint n_runs;

/* A copy of the exact size, so that the sanitizer sees a read behind the end. */
static void
run (const char *bytes, gsize length)
{
  uint8_t *copy = g_memdup2 (bytes, length);

  LLVMFuzzerTestOneInput (copy != NULL ? copy : (const uint8_t *) "", length);
  g_free (copy);
  n_runs++;
}

static void
run_file (const char *path, GRand *random)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return;
  run (bytes, length);
  for (guint i = 0; i < 64 && length > 0; i++)
    run (bytes, g_rand_int_range (random, 0, length));
  for (guint i = 0; i < 200 && length > 0; i++)
    {
      g_autofree char *mutant = g_memdup2 (bytes, length);

      for (guint change = g_rand_int_range (random, 1, 8); change > 0; change--)
        mutant[g_rand_int_range (random, 0, length)] = g_rand_int_range (random, 0, 256);
      run (mutant, length);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (argv[i], 0, NULL);
      const char *name;

      if (dir == NULL)
        run_file (argv[i], random);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (argv[i], name, NULL);

          run_file (path, random);
        }
    }
  run ("", 0);
  printf ("%u runs\n", n_runs);
  return n_runs > 1 ? 0 : 1;
}

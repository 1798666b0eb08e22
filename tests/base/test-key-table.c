/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Keys → numbers: every key keeps its own. */

#include "config.h"

#include "rungs-key-table.h"
#include "rungs-test.h"

#define N_KEYS 10000

static guint64
make_key (guint i)
{
  return rungs_key_mix (4711, i);
}

static void
every_key_keeps_its_number_while_the_table_grows (void)
{
  g_auto (RungsKeyTable) table;

  rungs_key_table_init (&table, 0);
  for (guint i = 0; i < N_KEYS; i++)
    {
      guint32 *number = rungs_key_table_add (&table, make_key (i));

      g_assert_cmpuint (*number, ==, 0);
      *number = i + 1;
    }
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_assert_cmpuint (rungs_key_table_get (&table, make_key (i)), ==, i + 1);
      g_assert_cmpuint (*rungs_key_table_add (&table, make_key (i)), ==, i + 1);
    }
}

static void
a_key_that_was_not_added_has_no_number (void)
{
  g_auto (RungsKeyTable) table;

  rungs_key_table_init (&table, 100);
  *rungs_key_table_add (&table, make_key (1)) = 1;
  g_assert_cmpuint (rungs_key_table_get (&table, make_key (2)), ==, 0);
}

/* They differ in the bits that choose the slot by nothing. */
static void
keys_that_begin_at_one_slot_stay_apart (void)
{
  g_auto (RungsKeyTable) table;

  rungs_key_table_init (&table, 4);
  for (guint i = 0; i < 1000; i++)
    *rungs_key_table_add (&table, ((guint64) i << 48) | 0x12345) = i + 1;
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (rungs_key_table_get (&table, ((guint64) i << 48) | 0x12345), ==, i + 1);
}

static void
a_table_that_was_reset_knows_nothing (void)
{
  static const guint expected[] = { 0, N_KEYS, 3 };
  g_auto (RungsKeyTable) table;

  rungs_key_table_init (&table, 0);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      *rungs_key_table_add (&table, make_key (1)) = 1;
      rungs_key_table_reset (&table, expected[i]);
      g_assert_cmpuint (rungs_key_table_get (&table, make_key (1)), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-table/every-key-keeps-its-number-while-the-table-grows",
                   every_key_keeps_its_number_while_the_table_grows);
  g_test_add_func ("/key-table/a-key-that-was-not-added-has-no-number",
                   a_key_that_was_not_added_has_no_number);
  g_test_add_func ("/key-table/keys-that-begin-at-one-slot-stay-apart",
                   keys_that_begin_at_one_slot_stay_apart);
  g_test_add_func ("/key-table/a-table-that-was-reset-knows-nothing", a_table_that_was_reset_knows_nothing);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Equal strings get one id, in order of first sight, however many there are. */

#include "config.h"

#include "rungs-interner.h"
#include "rungs-test.h"

static void
equal_strings_share_an_id (void)
{
  g_autoptr (RungsInterner) interner = rungs_interner_new ();

  g_assert_cmpuint (rungs_interner_intern (interner, RUNGS_SLICE_EMPTY), ==, 0);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 20000; i++)
      {
        g_autofree char *name = g_strdup_printf ("call-%u@host", i);

        g_assert_cmpuint (rungs_interner_intern (interner, rungs_slice_from_string (name)), ==, i + 1);
      }
  g_assert_slice (rungs_interner_get (interner, 20000), "call-19999@host");
  g_assert_cmpuint (rungs_interner_lookup (interner, RUNGS_SLICE_LITERAL ("never")), ==, 0);
  g_assert_cmpuint (rungs_interner_get_size (interner), ==, 20000);
}

static void
a_copy_has_the_ids_and_goes_its_own_way (void)
{
  RungsInterner *interner = rungs_interner_new ();
  guint32 first = rungs_interner_intern (interner, RUNGS_SLICE_LITERAL ("first"));
  g_autoptr (RungsInterner) copy = rungs_interner_copy (interner);

  g_assert_cmpuint (rungs_interner_intern (copy, RUNGS_SLICE_LITERAL ("of the copy")), ==, 2);
  g_assert_cmpuint (rungs_interner_intern (interner, RUNGS_SLICE_LITERAL ("second")), ==, 2);
  g_assert_cmpuint (rungs_interner_lookup (copy, RUNGS_SLICE_LITERAL ("second")), ==, 0);
  rungs_interner_free (interner);
  g_assert_cmpuint (rungs_interner_lookup (copy, RUNGS_SLICE_LITERAL ("first")), ==, first);
  g_assert_slice (rungs_interner_get (copy, first), "first");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interner/equal-strings-share-an-id", equal_strings_share_an_id);
  g_test_add_func ("/interner/a-copy-has-the-ids-and-goes-its-own-way",
                   a_copy_has_the_ids_and_goes_its_own_way);
  return g_test_run ();
}

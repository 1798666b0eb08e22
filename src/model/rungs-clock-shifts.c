/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Corrections of clocks.  See rungs-clock-shifts.h. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-clock-shifts.h"
#include "rungs-error.h"

/* More than a wrong year is no correction, and keeps sums of times far from their limits. */
#define MAX_SHIFT (100 * 366.0 * 24 * 60 * 60) /* s */

struct _RungsClockShifts
{
  GHashTable *shifts; /* path or name → gint64 */
};

RungsClockShifts *
rungs_clock_shifts_new (void)
{
  RungsClockShifts *self = g_atomic_rc_box_new (RungsClockShifts);

  self->shifts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

RungsClockShifts *
rungs_clock_shifts_ref (RungsClockShifts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_hash_table_unref (((RungsClockShifts *) data)->shifts);
}

void
rungs_clock_shifts_unref (RungsClockShifts *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

void
rungs_clock_shifts_set (RungsClockShifts *self, const char *file, gint64 shift)
{
  g_return_if_fail (self != NULL && file != NULL);

  g_hash_table_replace (self->shifts, g_strdup (file), g_memdup2 (&shift, sizeof shift));
}

gint64
rungs_clock_shifts_get (const RungsClockShifts *self, const char *path, const char *name)
{
  const gint64 *shift;

  g_return_val_if_fail (self != NULL && path != NULL && name != NULL, 0);

  shift = g_hash_table_lookup (self->shifts, path);
  if (shift == NULL)
    shift = g_hash_table_lookup (self->shifts, name);
  return shift != NULL ? *shift : 0;
}

gboolean
rungs_clock_shifts_parse (RungsClockShifts *self, const char *text, GError **error)
{
  const char *sign = strrchr (text, '=');
  g_autofree char *file = NULL;
  double seconds = 0;
  char *end = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (sign != NULL)
    seconds = g_ascii_strtod (sign + 1, &end);
  if (sign == NULL || sign == text || end == sign + 1 || *end != '\0' ||
      !(seconds >= -MAX_SHIFT && seconds <= MAX_SHIFT))
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_SYNTAX,
                   _ ("“%s” does not say by how many seconds the clock of which file is moved: write "
                      "FILE=SECONDS"),
                   text);
      return FALSE;
    }
  file = g_strndup (text, (gsize) (sign - text));
  rungs_clock_shifts_set (self, file, (gint64) (seconds * G_USEC_PER_SEC + (seconds < 0 ? -0.5 : 0.5)));
  return TRUE;
}

char *
rungs_clock_shift_format (gint64 shift)
{
  guint64 size = shift < 0 ? -(guint64) shift : (guint64) shift;
  char *text = g_strdup_printf ("%c%" G_GUINT64_FORMAT ".%06u",
                                shift < 0 ? '-' : '+',
                                size / G_USEC_PER_SEC,
                                (guint) (size % G_USEC_PER_SEC));

  if (size % 1000 == 0)
    text[strlen (text) - 3] = '\0';
  return text;
}

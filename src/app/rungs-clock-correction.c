/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The button that corrects a clock.  See rungs-clock-correction.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-clock-correction.h"

#define RULE "CLOCKS-DIFFER"

/* The same message as it stands in another file, or NULL. */
static const RungsMessageInfo *
find_other (RungsTrace *trace, const RungsFinding *finding)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, finding->message);

  for (guint i = 0; i < finding->n_evidence; i++)
    {
      const RungsMessageInfo *other = rungs_trace_get_message (trace, finding->evidence[i]);

      if (other->file != info->file && other->time != RUNGS_TIME_NONE && info->time != RUNGS_TIME_NONE &&
          other->time != info->time)
        return other;
    }
  return NULL;
}

void
rungs_clock_correction_add (RungsCard *card, RungsTrace *trace, const RungsFinding *finding)
{
  const RungsMessageInfo *info, *other, *early;
  const RungsTraceFile *file;
  g_autofree char *text = NULL;
  GtkWidget *button;

  g_return_if_fail (RUNGS_IS_CARD (card) && RUNGS_IS_TRACE (trace) && finding != NULL);

  if (finding->rule == NULL || g_strcmp0 (finding->rule->id, RULE) != 0)
    return;
  info = rungs_trace_get_message (trace, finding->message);
  other = find_other (trace, finding);
  if (other == NULL)
    return;
  early = other->time < info->time ? other : info;
  file = rungs_trace_get_file (trace, early->file);
  /* Translators: %s is a file */
  text = g_strdup_printf (_ ("Correct the Clock of %s"), file->name);
  button = gtk_button_new_with_label (text);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 4);
  gtk_widget_set_tooltip_text (button,
                               _ ("Show the times of this file by the clock of the other one; Undo takes it "
                                  "back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.correct-clock");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "(sx)",
                                    file->is_member ? file->name : file->path,
                                    file->shift + ABS (other->time - info->time));
  rungs_card_add_widget (card, button);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Folds of the ladder on screen.  See rungs-ladder-folds.h. */

#include "config.h"

#include "rungs-ladder-folds.h"

/* The fold that @row is or stands in, or NULL. */
static const RungsFold *
find_fold (RungsLadderView *view, guint row)
{
  RungsLadder *ladder = rungs_ladder_view_get_ladder (view);

  return ladder != NULL && row < rungs_ladder_get_n_rows (ladder) ? rungs_ladder_get_fold (ladder, row)
                                                                  : NULL;
}

static void
set_open (RungsLadderView *view, guint row, gboolean open)
{
  guint header = rungs_ladder_set_fold_open (rungs_ladder_view_get_ladder (view), row, open);

  if (header != G_MAXUINT)
    rungs_ladder_view_select_row (view, header);
}

gboolean
rungs_ladder_folds_is_fold (RungsLadderView *view, guint row)
{
  RungsLadder *ladder;
  RungsRungKind kind;
  guint message;

  g_return_val_if_fail (RUNGS_IS_LADDER_VIEW (view), FALSE);

  ladder = rungs_ladder_view_get_ladder (view);
  if (ladder == NULL || row >= rungs_ladder_get_n_rows (ladder))
    return FALSE;
  rungs_ladder_get_row (ladder, row, &kind, &message);
  return kind == RUNGS_RUNG_FOLD;
}

gboolean
rungs_ladder_folds_toggle (RungsLadderView *view, guint row)
{
  const RungsFold *fold = rungs_ladder_folds_is_fold (view, row) ? find_fold (view, row) : NULL;

  if (fold == NULL)
    return FALSE;
  set_open (view, row, !fold->open);
  return TRUE;
}

gboolean
rungs_ladder_folds_press (RungsLadderView *view, guint key, guint row)
{
  switch (key)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return rungs_ladder_folds_toggle (view, row);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (!rungs_ladder_folds_is_fold (view, row))
        return FALSE;
      set_open (view, row, TRUE);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      if (find_fold (view, row) == NULL)
        return FALSE;
      set_open (view, row, FALSE);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadderView *view = RUNGS_LADDER_VIEW (widget);
  guint row = rungs_ladder_view_get_selected (view);
  const RungsFold *fold = find_fold (view, row);

  if (fold != NULL)
    set_open (view, row, !fold->open);
}

static void
all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RungsLadderView *view = RUNGS_LADDER_VIEW (widget);
  RungsLadder *ladder = rungs_ladder_view_get_ladder (view);
  guint row = rungs_ladder_view_get_selected (view);
  guint message = RUNGS_NO_MESSAGE;
  RungsRungKind kind;

  if (ladder == NULL)
    return;
  if (row != GTK_INVALID_LIST_POSITION)
    rungs_ladder_get_row (ladder, row, &kind, &message);
  rungs_ladder_set_folds_open (ladder, g_str_equal (name, "ladder.open-folds"));
  if (message != RUNGS_NO_MESSAGE)
    rungs_ladder_view_select_row (view, rungs_ladder_find_row (ladder, message));
}

void
rungs_ladder_folds_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "ladder.toggle-fold", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "ladder.open-folds", NULL, all_action);
  gtk_widget_class_install_action (widget_class, "ladder.close-folds", NULL, all_action);
}

void
rungs_ladder_folds_update_actions (RungsLadderView *view)
{
  RungsLadder *ladder;
  gboolean folds;

  g_return_if_fail (RUNGS_IS_LADDER_VIEW (view));

  ladder = rungs_ladder_view_get_ladder (view);
  folds = ladder != NULL && rungs_ladder_get_folds (ladder)->len > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (view),
                                 "ladder.toggle-fold",
                                 find_fold (view, rungs_ladder_view_get_selected (view)) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (view), "ladder.open-folds", folds);
  gtk_widget_action_set_enabled (GTK_WIDGET (view), "ladder.close-folds", folds);
}

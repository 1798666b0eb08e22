/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Folds of the ladder on screen: keys, clicks and actions → what is open.
 *
 * A fold is opened and closed where it stands; its row is selected then, and where it closes it takes the selection of what was
 * inside. */

#pragma once

#include "rungs-ladder-view.h"

G_BEGIN_DECLS

/** rungs_ladder_folds_is_fold: whether @row stands for folded messages. */
gboolean rungs_ladder_folds_is_fold         (RungsLadderView *view,
                                             guint            row);

/** rungs_ladder_folds_toggle: opens or closes @row, where it is a fold. Returns: whether it is */
gboolean rungs_ladder_folds_toggle          (RungsLadderView *view,
                                             guint            row);

/** rungs_ladder_folds_press: the space bar, Return, left and right on @row, which is selected. Returns: whether @key did something */
gboolean rungs_ladder_folds_press           (RungsLadderView *view,
                                             guint            key,
                                             guint            row);

/** rungs_ladder_folds_install_actions: ladder.toggle-fold, ladder.open-folds, ladder.close-folds. */
void     rungs_ladder_folds_install_actions (GtkWidgetClass  *widget_class);

/** rungs_ladder_folds_update_actions: enables what makes sense for the selected row. */
void     rungs_ladder_folds_update_actions  (RungsLadderView *view);

G_END_DECLS

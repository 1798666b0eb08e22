/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The verdict's sign as a small widget: key, check, cross, triangle or i, painted as in the ladder.
 *
 * The sign is never alone: it stands beside the verdict's word, or has it as its accessible label and tooltip. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-severity.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_VERDICT_ICON (rungs_verdict_icon_get_type ())
G_DECLARE_FINAL_TYPE (RungsVerdictIcon, rungs_verdict_icon, RUNGS, VERDICT_ICON, GtkWidget)

GtkWidget *rungs_verdict_icon_new          (void);
void       rungs_verdict_icon_set_severity (RungsVerdictIcon *self,
                                            RungsSeverity     severity);

G_END_DECLS

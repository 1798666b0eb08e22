/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's page of findings: what was found in the flow, or in all flows that the ladder shows.
 *
 * In: a diagnoser and a selection. Out: a card a finding, the worst first: sign, message, sentence, what to do, evidence as links, and a
 * button that switches the rule off.  What is expected, and notes, come with a switch.  One flow is shown at once; several are
 * gathered by a worker, and at most a few hundred findings of them are shown. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-diagnoser.h"
#include "rungs-selection.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_FINDINGS_VIEW (rungs_findings_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsFindingsView, rungs_findings_view, RUNGS, FINDINGS_VIEW, GtkWidget)

/** rungs_findings_view_show: the findings of the flows of @selection; both %NULL: nothing is selected. */
void rungs_findings_view_show (RungsFindingsView *self,
                               RungsDiagnoser    *diagnoser,
                               RungsSelection    *selection);

G_END_DECLS

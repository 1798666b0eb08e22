/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A whole flow in a title of a few words and a summary of one or two sentences.
 *
 * The result is read from the rounds (registration) or from the final answers (call, subscription); what the trace does not
 * show is said to be open, never guessed. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

/** rungs_summary_new_title: "Registered with NTLM", "Call, 12 s". (transfer full) */
char           *rungs_summary_new_title (const RungsFlowFacts *facts,
                                         const GArray         *hits);

/** rungs_summary_new_text: one or two sentences; "" where there is nothing to say. (transfer full) */
char           *rungs_summary_new_text  (const RungsFlowFacts *facts,
                                         const GArray         *hits);

/** rungs_summary_find_hit: the SUM- hit of the flow, or %NULL. */
const RungsHit *rungs_summary_find_hit  (const GArray         *hits);

G_END_DECLS

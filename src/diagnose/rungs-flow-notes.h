/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which background notes fit a flow: its kind, its schemes, and what happens in it. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/** RUNGS_MAX_FLOW_NOTES: more would be a list of all of them. */
#define RUNGS_MAX_FLOW_NOTES 6

/** rungs_flow_notes_list: ids for rungs_note_load(), the one that fits best first; ended by %NULL. (transfer container) */
const char **rungs_flow_notes_list (const RungsFlowFacts *facts);

G_END_DECLS

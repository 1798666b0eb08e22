/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The messages of a flow → its INVITEs with all that answers them, its session descriptions, and its refusals.
 *
 * Only rungs-flow-facts.c calls this, when every message knows its request and its copies.  Two passes, look-ups by hash. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/** rungs_invite_facts_gather: fills @facts' invites, failures, sdps, media, first_bye and first_call. */
void rungs_invite_facts_gather (RungsFlowFacts *facts);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The button on a finding about two clocks that are not equal: it corrects the one that runs behind.
 *
 * In: the finding, whose messages are one message in two files.  Out: a button for "win.correct-clock"; nothing where the
 * finding is about anything else. */

#pragma once

#include "rungs-card.h"
#include "rungs-finding.h"

G_BEGIN_DECLS

/** rungs_clock_correction_add: @finding: of @trace, the words of which stand in @card. */
void rungs_clock_correction_add (RungsCard *card, RungsTrace *trace, const RungsFinding *finding);

G_END_DECLS

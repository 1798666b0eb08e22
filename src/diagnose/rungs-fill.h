/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Templates of the data + a message of a flow → text for people.
 *
 * Only the placeholders that stand in the template are worked out.  Every value passes rungs_text_display_max(), so that no byte
 * of the trace comes through as a control and no value makes a sentence long. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

/**
 * rungs_fill:
 * @facts: the flow
 * @position: the message that the sentence is about
 * @values: (array length=n_values) (nullable): more values, which come first
 * @n_values: their number
 * @text: a translated template
 *
 * Returns: (transfer full): the sentence
 */
char *rungs_fill          (const RungsFlowFacts *facts,
                           guint                 position,
                           const RungsHitValue  *values,
                           guint                 n_values,
                           const char           *text);

/** rungs_fill_words: the same for the template @id of data/rules/captions.xml. */
char *rungs_fill_words    (const RungsFlowFacts *facts,
                           guint                 position,
                           const RungsHitValue  *values,
                           guint                 n_values,
                           const char           *id);

/** rungs_format_lifetime: "2 hours", "5 minutes", "90 seconds". Translated. (transfer full) */
char *rungs_format_lifetime (gint64              seconds);

/** rungs_fill_diagnostics_reason: the text of reason="…" in an ms-diagnostics value, empty where there is none. */
RungsSlice rungs_fill_diagnostics_reason (RungsSlice diagnostics);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The placeholders of captions and summaries that need a look around: names of people, durations, media, reasons.
 *
 * In: a message of a flow. Out: display text.  rungs-fill.c asks here for what it does not know itself. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/** rungs_fill_story_value: the value of the placeholder @name at @fact, or %NULL where there is no such one. (transfer full) */
char                  *rungs_fill_story_value    (const RungsFlowFacts   *facts,
                                                  const RungsMessageFact *fact,
                                                  const char             *name);

/** rungs_story_find_invite: the last INVITE (or UPDATE) at or before @position with the CSeq of the message there, or %NULL. */
const RungsInviteFact *rungs_story_find_invite   (const RungsFlowFacts   *facts,
                                                  guint                   position);

/** rungs_story_get_wait: µs from @from to @to (positions), -1 where that is not known. */
gint64                 rungs_story_get_wait      (const RungsFlowFacts   *facts,
                                                  guint                   from,
                                                  guint                   to);

/** rungs_story_get_talk: µs from the answer to the first INVITE until @position, -1 where that is not known. */
gint64                 rungs_story_get_talk      (const RungsFlowFacts   *facts,
                                                  guint                   position);

/** rungs_story_has_codecs: whether the session description at @position names media over RTP. */
gboolean               rungs_story_has_codecs    (const RungsFlowFacts   *facts,
                                                  guint                   position);

/** rungs_story_is_text: whether the first medium of the session description at @position is for instant messages. */
gboolean               rungs_story_is_text       (const RungsFlowFacts   *facts,
                                                  guint                   position);

/** rungs_story_contains: whether @wanted stands anywhere in @text, case ignored. */
gboolean               rungs_story_contains      (RungsSlice              text,
                                                  const char             *wanted);

/** rungs_format_count: "one" to "twelve", then digits. Translated. (transfer full) */
char                  *rungs_format_count        (guint                   n);

/** rungs_format_messages / rungs_format_times: "six messages"; "once", "twice", "three times". Translated. (transfer full) */
char                  *rungs_format_messages     (guint                   n);
char                  *rungs_format_times        (guint                   n);

G_END_DECLS

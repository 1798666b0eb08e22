/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One sentence, and perhaps a badge, for every message: who acts, what it does, what comes next.
 *
 * The choice is made here, from the facts; the sentences are data (data/rules/captions.xml).  REGISTER and its answers have their
 * own file, as they are told in detail; every other method has a sentence that is general but true. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/** rungs_caption_choose: the id of the caption for the message at @position. Never %NULL. */
const char     *rungs_caption_choose          (const RungsFlowFacts   *facts,
                                               guint                   position);

/** rungs_caption_choose_register: for a REGISTER. */
const char     *rungs_caption_choose_register (const RungsFlowFacts   *facts,
                                               guint                   position);

/** rungs_caption_choose_registered: for an answer to a REGISTER. */
const char     *rungs_caption_choose_registered (const RungsFlowFacts *facts,
                                                 guint                 position);

/** rungs_caption_choose_digest_challenge: for a challenge that answers Digest @credentials, of whatever method. */
const char     *rungs_caption_choose_digest_challenge (const RungsFlowFacts   *facts,
                                                       const RungsMessageFact *fact,
                                                       const RungsAuthFact    *credentials);

/** rungs_caption_choose_response: for an answer to any other request. */
const char     *rungs_caption_choose_response (const RungsFlowFacts   *facts,
                                               guint                   position);

/** rungs_caption_choose_call_request: for INVITE, ACK, BYE, CANCEL, UPDATE, INFO and REFER; otherwise %NULL. */
const char     *rungs_caption_choose_call_request (const RungsFlowFacts *facts,
                                                   guint                 position);

/** rungs_caption_choose_call_progress: for a provisional answer to an INVITE of which more can be said than its status;
 * otherwise %NULL. */
const char     *rungs_caption_choose_call_progress (const RungsFlowFacts *facts,
                                                    guint                 position);

/** rungs_caption_choose_call_answer: for a 2xx to an INVITE outside a dialog. */
const char     *rungs_caption_choose_call_answer (const RungsFlowFacts   *facts,
                                                  guint                   position);

/** rungs_caption_choose_call_refusal: for what only a call can mean by a status; otherwise %NULL. */
const char     *rungs_caption_choose_call_refusal (const RungsMessageFact *fact);

/** rungs_caption_choose_event_request: for SUBSCRIBE, NOTIFY, BENOTIFY, SERVICE, MESSAGE and PUBLISH; otherwise %NULL. */
const char     *rungs_caption_choose_event_request (const RungsMessageFact *fact);

/** rungs_badge_new: a word or two beside the label, or %NULL. (transfer full) */
char           *rungs_badge_new               (const RungsFlowFacts   *facts,
                                               guint                   position);

/** rungs_badge_get_token: the first token of the message; EMPTY counts. */
RungsTokenKind  rungs_badge_get_token         (const RungsFlowFacts   *facts,
                                               guint                   position);

G_END_DECLS

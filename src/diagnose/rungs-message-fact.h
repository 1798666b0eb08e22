/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its row of facts: what stands in the message itself.
 *
 * Only rungs-flow-facts.c calls this; it adds what a message is in its flow (hop, copy, request and answer). */

#pragma once

#include "rungs-flow-facts.h"
#include "rungs-scan.h"

G_BEGIN_DECLS

/** RungsEarlierFacts: the facts of two other messages of the flow, such as the last one of each direction, each %NULL at the
 * beginning: values that repeat are not taken apart again. */
typedef const RungsMessageFact *RungsEarlierFacts[2];

/** rungs_message_fact_read: fills in everything that @sip says; @fact has its info already. */
void rungs_message_fact_read         (RungsMessageFact        *fact,
                                      const RungsSipMessage   *sip,
                                      const RungsEarlierFacts  earlier);

/** rungs_message_fact_read_binding: in an answer to REGISTER, finds the Contact that is the one of @request, and its lifetime. */
void rungs_message_fact_read_binding (RungsMessageFact       *fact,
                                      const RungsSipMessage  *sip,
                                      const RungsMessageFact *request);

/** rungs_message_fact_blames_nonce: whether the phrase of a response speaks of the nonce. */
gboolean rungs_message_fact_blames_nonce (const RungsMessageFact *fact);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its row of facts: what stands in the message itself.
 *
 * Only rungs-flow-facts.c calls this; it adds what a message is in its flow (hop, copy, request and answer). */

#pragma once

#include "rungs-flow-facts.h"
#include "rungs-scan.h"

G_BEGIN_DECLS

/** rungs_message_fact_read: fills in everything that @sip says; @fact has its info already. @before: (nullable): the facts of
 * another message of the flow, such as the last one that went this way: values that repeat are not taken apart again */
void rungs_message_fact_read         (RungsMessageFact       *fact,
                                      const RungsSipMessage  *sip,
                                      const RungsMessageFact *before);

/** rungs_message_fact_read_binding: in an answer to REGISTER, finds the Contact that is @own_contact of the request, and
 * its lifetime. */
void rungs_message_fact_read_binding (RungsMessageFact      *fact,
                                      const RungsSipMessage *sip,
                                      RungsSlice             own_contact);

G_END_DECLS

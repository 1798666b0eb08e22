/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What there is to a message, one bit each: the gate before the rules.
 *
 * In: the facts of a flow. Out: the bits of each message, and of the flow all bits of its principals.  A rule names in its
 * table row what it needs (RungsRuleCondition); the judge asks it about messages that have all of that, and leaves it out of
 * flows where nothing has.  Most rules need something that few messages have, so most rules cost nothing. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/**
 * RungsAspects:
 * @RUNGS_ASPECT_PRINCIPAL: it is no copy of another message
 * @RUNGS_ASPECT_ACCEPTED: a request whose final response on its hop is a 2xx
 * @RUNGS_ASPECT_CHALLENGED: … is a 401 or 407
 * @RUNGS_ASPECT_REFUSED: … is any other from 300 on
 * @RUNGS_ASPECT_CODES: Warning, ms-diagnostics or ms-client-diagnostics
 * @RUNGS_ASPECT_SIGNATURE: the signatures of the trace were checked
 * @RUNGS_ASPECT_KERBEROS: Kerberos messages of the capture belong to the flow
 */
typedef enum
{
  RUNGS_ASPECT_REQUEST = 1 << 0,
  RUNGS_ASPECT_RESPONSE = 1 << 1,
  RUNGS_ASPECT_ACCEPTED = 1 << 2,
  RUNGS_ASPECT_CHALLENGED = 1 << 3,
  RUNGS_ASPECT_REFUSED = 1 << 4,
  RUNGS_ASPECT_COPIED = 1 << 5,       /* it was sent, passed on or captured again */
  RUNGS_ASPECT_AUTH = 1 << 6,         /* any authentication header */
  RUNGS_ASPECT_CREDENTIALS = 1 << 7,
  RUNGS_ASPECT_SDP = 1 << 8,
  RUNGS_ASPECT_REASON = 1 << 9,
  RUNGS_ASPECT_CODES = 1 << 10,
  RUNGS_ASPECT_ROUTE = 1 << 11,       /* Route or Record-Route */
  RUNGS_ASPECT_CALL = 1 << 12,        /* INVITE, UPDATE or REFER, or an answer to one */
  RUNGS_ASPECT_SUBSCRIPTION = 1 << 13, /* SUBSCRIBE, NOTIFY or BENOTIFY, or an answer to one */
  RUNGS_ASPECT_OPTIONS = 1 << 14,     /* OPTIONS, or an answer to one */
  RUNGS_ASPECT_SIGNATURE = 1 << 15,
  RUNGS_ASPECT_KERBEROS = 1 << 16,
  RUNGS_ASPECT_PRINCIPAL = 1 << 17,
} RungsAspects;

/**
 * rungs_aspects_read:
 * @facts: a flow
 * @aspects: (out caller-allocates): by position, of each message
 *
 * Returns: the RungsAspects that any of its principals has
 */
guint rungs_aspects_read (const RungsFlowFacts *facts,
                          guint32              *aspects);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What there is to a message, one bit each: the gate before the rules.
 *
 * In: the facts of a flow, all but these. Out: the bits of each message, and of the flow all bits of its principals.  A rule names
 * in its table row what it needs (RungsRuleCondition); the judge asks it about messages that have all of that, and leaves it out
 * of flows where nothing has.  Most rules need something that few messages have, so most rules cost nothing. */

#pragma once

#include "rungs-flow-facts.h"

G_BEGIN_DECLS

/**
 * RungsAspects: the last ones are the same for all messages of a flow.
 * @RUNGS_ASPECT_PRINCIPAL: it is no copy of another message
 * @RUNGS_ASPECT_ACCEPTED: a request whose final response on its hop is a 2xx
 * @RUNGS_ASPECT_CHALLENGED: … is a 401 or 407
 * @RUNGS_ASPECT_REFUSED: … is any other from 300 on
 * @RUNGS_ASPECT_NTLM: a message of NTLM in its gssapi-data; so KERBEROS and TLS
 * @RUNGS_ASPECT_CODES: Warning, ms-diagnostics or ms-client-diagnostics
 * @RUNGS_ASPECT_SIGNATURE: the signatures of the trace were checked
 * @RUNGS_ASPECT_KDC: Kerberos messages of the capture belong to the flow
 * @RUNGS_ASPECT_DIGEST: the flow has authentication headers of this scheme
 * @RUNGS_ASPECT_ROUNDS: … REGISTERs
 * @RUNGS_ASPECT_INVITES: … RungsInviteFact
 * @RUNGS_ASPECT_FAILURES: … final responses from 300 on that answer no REGISTER
 * @RUNGS_ASPECT_RTP: the capture holds RTP
 * @RUNGS_ASPECT_CLOCK_STEP: the clock of a file of the trace stepped back somewhere
 */
typedef enum
{
  RUNGS_ASPECT_REQUEST = 1 << 0,
  RUNGS_ASPECT_RESPONSE = 1 << 1,
  RUNGS_ASPECT_PRINCIPAL = 1 << 2,
  RUNGS_ASPECT_ACCEPTED = 1 << 3,
  RUNGS_ASPECT_CHALLENGED = 1 << 4,
  RUNGS_ASPECT_REFUSED = 1 << 5,
  RUNGS_ASPECT_COPIED = 1 << 6,        /* it was sent, passed on or captured again */
  RUNGS_ASPECT_AUTH = 1 << 7,          /* any authentication header */
  RUNGS_ASPECT_CREDENTIALS = 1 << 8,
  RUNGS_ASPECT_NTLM = 1 << 9,
  RUNGS_ASPECT_KERBEROS = 1 << 10,
  RUNGS_ASPECT_TLS = 1 << 11,
  RUNGS_ASPECT_SDP = 1 << 12,
  RUNGS_ASPECT_REASON = 1 << 13,
  RUNGS_ASPECT_CODES = 1 << 14,
  RUNGS_ASPECT_ROUTE = 1 << 15,        /* Route or Record-Route */
  RUNGS_ASPECT_CALL = 1 << 16,         /* INVITE, UPDATE or REFER, or an answer to one */
  RUNGS_ASPECT_SUBSCRIPTION = 1 << 17, /* SUBSCRIBE, NOTIFY or BENOTIFY, or an answer to one */
  RUNGS_ASPECT_OPTIONS = 1 << 18,      /* OPTIONS, or an answer to one */

  RUNGS_ASPECT_MICROSOFT = 1 << 20,
  RUNGS_ASPECT_SIGNATURE = 1 << 21,
  RUNGS_ASPECT_KDC = 1 << 22,
  RUNGS_ASPECT_DIGEST = 1 << 23,
  RUNGS_ASPECT_ROUNDS = 1 << 24,
  RUNGS_ASPECT_INVITES = 1 << 25,
  RUNGS_ASPECT_FAILURES = 1 << 26,
  RUNGS_ASPECT_RTP = 1 << 27,
  RUNGS_ASPECT_CLOCK_STEP = 1 << 28,
} RungsAspects;

/** rungs_aspects_read: fills in the aspects of @facts, and of each of its messages, once everything else is known. */
void rungs_aspects_read (RungsFlowFacts *facts);

G_END_DECLS

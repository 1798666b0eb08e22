/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a selection shows of one host, and the role that follows from it.
 *
 * Collected in one pass over the messages; headers are looked at in the first few messages of a host only, so that a
 * ladder of a whole trace costs little more than its array.  The decision (rungs_lane_evidence_decide()) is a pure
 * function of the evidence. */

#pragma once

#include "rungs-lanes.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_sampled[2];           /* messages looked into: others, answers to REGISTER */
  gboolean sends_first;         /* its first message is a request that it sends, or the answer to one */
  gboolean registers;           /* sends REGISTER, not as a relay */
  gboolean sends_requests;
  gboolean receives_requests;
  gboolean answers_register;    /* a challenge, 2xx or refusal that was not relayed */
  gboolean relays;              /* sends a copy of what another sent before */
  gboolean relays_register;
  gboolean behind_edge;         /* its answers to REGISTER go to a host that relays them */
  gboolean remote_user;         /* sends ms-user-logon-data: RemoteUser */
  gboolean offers_kerberos;
  gboolean microsoft;           /* in flows that speak Microsoft's extensions */
  gboolean local;               /* wrote the log */
  guint16 register_port;        /* where it receives REGISTER */
  char *user_agent;             /* display text, as all below; NULL: not seen */
  char *server;
  char *targetname;             /* without sip/ */
  char *via_name;               /* its own name in the top Via of what it sends */
} RungsLaneEvidence;

void      rungs_lane_evidence_clear  (RungsLaneEvidence *self);

/** rungs_lane_evidence_add_sent / rungs_lane_evidence_add_received: notes @message. @sip: for reuse. @n_looked: how many
 * messages were looked into for all lanes, counted on. */
void      rungs_lane_evidence_add_sent (RungsLaneEvidence *self,
                                        RungsTrace        *trace,
                                        guint              message,
                                        RungsSipMessage   *sip,
                                        guint             *n_looked);
void      rungs_lane_evidence_add_received (RungsLaneEvidence *self,
                                            RungsTrace        *trace,
                                            guint              message);

/** rungs_lane_evidence_merge: takes over what @other has, which is cleared. */
void      rungs_lane_evidence_merge  (RungsLaneEvidence *self,
                                      RungsLaneEvidence *other);

/** rungs_lane_evidence_decide: fills in role, reason and reason_value of @lane. */
void      rungs_lane_evidence_decide (const RungsLaneEvidence *self,
                                      RungsLane               *lane);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints of a selection → the lanes of its ladder, in order, each with role, name and the reason for the role.
 *
 * A lane is a host: its addresses differ by port only, unless one host talks to itself (then the port tells them
 * apart).  Roles are derived, never configured: client, Access Edge (port 443; ms-user-logon-data: RemoteUser; it passes on
 * what it receives), home pool (port 5061; named by targetname; Server), proxy, registrar, gateway.  Order: client
 * side left, as the first requests run.  Where only the client's side of a remote login is in the trace, the pool that
 * targetname names is a ghost lane: dotted, not in this trace.  Right of all stands the KDC that the client of a registration
 * asked, or its ghost where the trace only proves that it, or the domain controller that it runs on, was asked. */

#pragma once

#include "rungs-selection.h"
#include "rungs-ticket-trail.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_ROLE_HOST, /* nothing is known */
  RUNGS_ROLE_CLIENT,
  RUNGS_ROLE_EDGE,
  RUNGS_ROLE_POOL,
  RUNGS_ROLE_PROXY,
  RUNGS_ROLE_REGISTRAR,
  RUNGS_ROLE_SERVER,
  RUNGS_ROLE_GATEWAY,
  RUNGS_ROLE_KDC,
} RungsRole;

typedef enum
{
  RUNGS_ROLE_REASON_NONE,
  RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, /* client: sends REGISTER or the first request, answers none */
  RUNGS_ROLE_REASON_USER_AGENT,          /* @reason_value: the User-Agent */
  RUNGS_ROLE_REASON_REMOTE_USER,         /* edge: its answers carry ms-user-logon-data: RemoteUser */
  RUNGS_ROLE_REASON_RELAYS,              /* edge, proxy: passes on what it receives */
  RUNGS_ROLE_REASON_PORT,                /* @reason_value: the port */
  RUNGS_ROLE_REASON_TARGETNAME,          /* pool: @reason_value: the targetname that names it */
  RUNGS_ROLE_REASON_SERVER_HEADER,       /* @reason_value: the Server header */
  RUNGS_ROLE_REASON_ANSWERS_REGISTER,    /* registrar: answers REGISTER with 2xx or a challenge */
  RUNGS_ROLE_REASON_WROTE_LOG,           /* the host whose log this is */
  RUNGS_ROLE_REASON_TICKET,              /* KDC: @reason_value: the service that the client's ticket is for */
  RUNGS_ROLE_REASON_NTLM_PROOF,          /* domain controller: who else could check an NTLM proof */
} RungsRoleReason;

typedef struct
{
  RungsRole role;
  RungsRoleReason reason;
  char *reason_value;  /* display text, or NULL */
  char *name;          /* the best name known: host name, else address; display text */
  char *address;       /* "10.0.0.1:5061" (port where it is one), "" where not known; display text */
  gboolean ghost;      /* not in this trace */
} RungsLane;

typedef struct _RungsLanes RungsLanes;

/** rungs_lanes_new: the lanes of @selection; @ghosts: whether to add lanes that are not in the trace. (transfer full) */
RungsLanes      *rungs_lanes_new             (RungsSelection *selection,
                                              gboolean        ghosts);
RungsLanes      *rungs_lanes_ref             (RungsLanes     *self);
void             rungs_lanes_unref           (RungsLanes     *self);
guint            rungs_lanes_get_n_lanes     (RungsLanes     *self);
const RungsLane *rungs_lanes_get_lane        (RungsLanes     *self,
                                              guint           lane);

/** rungs_lanes_get_trail: what led to the proofs of the selection, and is no SIP; its steps run to and from the KDC. (transfer none) */
const RungsTicketTrail *rungs_lanes_get_trail (RungsLanes      *self);

/** rungs_lanes_get_step_ends: source and destination lane of a step of the trail. */
void             rungs_lanes_get_step_ends   (RungsLanes           *self,
                                              const RungsTicketStep *step,
                                              guint                *source,
                                              guint                *destination);

/** rungs_lanes_get_ghost: the index of the pool that is not in the trace, or -1. */
int              rungs_lanes_get_ghost       (RungsLanes     *self);

/** rungs_lanes_find: the lane of an endpoint of the trace. */
guint            rungs_lanes_find            (RungsLanes     *self,
                                              guint32         endpoint);

/** rungs_lanes_get_ends: source and destination lane of @message. */
void             rungs_lanes_get_ends        (RungsLanes     *self,
                                              guint           message,
                                              guint          *source,
                                              guint          *destination);

/** rungs_role_get_id: "client", "edge", "pool" … for JSON and icons. */
const char      *rungs_role_get_id           (RungsRole       role);

/** rungs_role_get_name: "Client", "Access Edge", "Home pool" …, translated. */
const char      *rungs_role_get_name         (RungsRole       role);

/** rungs_lane_get_role_name: the name of its role; a KDC that the server asks about an NTLM proof is called a domain controller.
 * Translated. */
const char      *rungs_lane_get_role_name    (const RungsLane *self);

/** rungs_role_reason_get_id: names a sentence of data/knowledge/roles.xml (with a {value} placeholder). */
const char      *rungs_role_reason_get_id    (RungsRoleReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLanes, rungs_lanes_unref)

G_END_DECLS

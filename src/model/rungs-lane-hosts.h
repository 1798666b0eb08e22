/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints of a selection → hosts: what becomes a lane each.
 *
 * Every endpoint gets the host that its address names, or, where a host talks to itself, its port or its user names. Hosts that
 * are proved to be one (a request comes in at one address and leaves, with one Via more, from another) are joined into the first
 * of them. What their messages say of each host is its evidence. */

#pragma once

#include "rungs-lane-evidence.h"

G_BEGIN_DECLS

#define RUNGS_NO_HOST G_MAXUINT32

/** RungsLaneHost: one address without its port. */
typedef struct
{
  RungsLaneEvidence evidence;
  char *name;       /* NULL where the address is no name */
  char *given_name; /* what the input calls it, or NULL */
  char *address;    /* display text of the host */
  guint32 joined;   /* the host that this one is a part of, itself otherwise */
  guint16 port;     /* the one port, 0: none or several */
  gboolean many_ports;
} RungsLaneHost;

/** RungsLaneHosts: @hosts: RungsLaneHost, in the order in which they come up; @of_endpoint: the host of each endpoint of the
 * trace, joined to nothing, or RUNGS_NO_HOST. */
typedef struct
{
  GArray *hosts;
  guint32 *of_endpoint;
} RungsLaneHosts;

void     rungs_lane_hosts_init        (RungsLaneHosts *self,
                                       RungsSelection *selection);
void     rungs_lane_hosts_clear       (RungsLaneHosts *self);

/** rungs_lane_hosts_is_ephemeral: whether @port is one that clients are given by chance. */
gboolean rungs_lane_hosts_is_ephemeral (guint16 port);

G_END_DECLS

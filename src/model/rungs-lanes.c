/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints of a selection → lanes.  See rungs-lanes.h.
 *
 * Each host (rungs-lane-hosts.h) is a lane: its role, its name and its place follow from what was seen of it.  Then come those who
 * are not in the messages: the KDCs, and who must have been asked. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-lane-hosts.h"
#include "rungs-lanes.h"
#include "rungs-text.h"

struct _RungsLanes
{
  gatomicrefcount ref_count;
  RungsTrace *trace;
  GArray *lanes;        /* RungsLane */
  guint32 *of_endpoint; /* endpoint → lane */
  guint n_endpoints;
  RungsTicketTrail *trail;
  int ghost;
  int kdc; /* the first KDC, in the trace or not; -1: none */
};

static void
lane_clear (gpointer data)
{
  RungsLane *lane = data;

  g_free (lane->reason_value);
  g_free (lane->name);
  g_free (lane->address);
}

/* Left to right: those who ask, then edges, what is between, pools, and at last those who are only asked. */
static int
get_rank (const RungsLane *lane, const RungsLaneEvidence *evidence)
{
  switch (lane->role)
    {
    case RUNGS_ROLE_CLIENT:
    case RUNGS_ROLE_HOST:
    case RUNGS_ROLE_GATEWAY:
      return evidence->sends_first ? 0 : 4;
    case RUNGS_ROLE_EDGE:
      return 1;
    case RUNGS_ROLE_POOL:
    case RUNGS_ROLE_REGISTRAR:
      return 3;
    default:
      return 2;
    }
}

static char *
get_lane_address (const RungsLaneHost *host, RungsRole role)
{
  gboolean show_port = host->port != 0 && !host->many_ports &&
                       (role != RUNGS_ROLE_CLIENT || !rungs_lane_hosts_is_ephemeral (host->port));

  if (*host->address == '\0' || !show_port)
    return g_strdup (host->address);
  return g_strdup_printf (strchr (host->address, ':') != NULL ? "[%s]:%u" : "%s:%u",
                          host->address,
                          host->port);
}

static RungsLane
make_lane (const RungsLaneHost *host)
{
  const RungsLaneEvidence *evidence = &host->evidence;
  RungsLane lane = { 0 };
  const char *name = host->name != NULL ? host->name : host->given_name;

  rungs_lane_evidence_decide (evidence, &lane);
  if (lane.reason == RUNGS_ROLE_REASON_TARGETNAME)
    name = evidence->targetname;
  if (name == NULL)
    name = evidence->via_name;
  if (name == NULL && *host->address != '\0')
    name = host->address;
  if (name == NULL)
    name = evidence->local ? _ ("This server") : _ ("Unknown host");
  lane.name = g_strdup (name);
  lane.address = get_lane_address (host, lane.role);
  return lane;
}

typedef struct
{
  int rank;
  guint32 host;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  return x->rank != y->rank ? x->rank - y->rank : (x->host > y->host) - (x->host < y->host);
}

/* @of_host: filled with the lane of each host. */
static void
make_lanes (const RungsLaneHosts *hosts, guint32 *of_host, RungsLanes *lanes)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) unordered = g_array_new (FALSE, FALSE, sizeof (RungsLane));

  g_array_set_size (unordered, hosts->hosts->len);
  for (guint i = 0; i < hosts->hosts->len; i++)
    {
      const RungsLaneHost *host = &g_array_index (hosts->hosts, RungsLaneHost, i);
      RungsLane *lane = &g_array_index (unordered, RungsLane, i);
      Place place;

      if (host->joined != i)
        continue;
      *lane = make_lane (host);
      place = (Place){ get_rank (lane, &host->evidence), i };
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      guint32 host = g_array_index (places, Place, i).host;

      of_host[host] = i;
      g_array_append_val (lanes->lanes, g_array_index (unordered, RungsLane, host));
    }
  for (guint i = 0; i < lanes->n_endpoints; i++)
    if (hosts->of_endpoint[i] != RUNGS_NO_HOST)
      lanes->of_endpoint[i] = of_host[hosts->of_endpoint[i]];
}

static guint32
get_kdc_endpoint (RungsLanes *lanes, const RungsTicketStep *step)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (lanes->trace, step->kerberos);

  return rungs_ticket_step_is_request (step, lanes->trace) ? info->destination : info->source;
}

/* The pool that targetname names, where only the hop before the edge is in the trace. */
static void
add_ghost (const RungsLaneHosts *hosts, const guint32 *of_host, RungsLanes *lanes)
{
  const char *targetname = NULL;
  RungsLane ghost = { .role = RUNGS_ROLE_POOL, .reason = RUNGS_ROLE_REASON_TARGETNAME, .ghost = TRUE };

  for (guint i = 0; i < hosts->hosts->len; i++)
    {
      const RungsLaneHost *host = &g_array_index (hosts->hosts, RungsLaneHost, i);

      if (host->joined == i && host->evidence.remote_user && targetname == NULL &&
          g_array_index (lanes->lanes, RungsLane, of_host[i]).role == RUNGS_ROLE_EDGE)
        targetname = host->evidence.targetname;
    }
  if (targetname == NULL)
    return;
  for (guint i = 0; i < lanes->lanes->len; i++)
    {
      const RungsLane *lane = &g_array_index (lanes->lanes, RungsLane, i);

      if (lane->role == RUNGS_ROLE_POOL || g_ascii_strcasecmp (lane->name, targetname) == 0)
        return;
    }
  ghost.name = g_strdup (targetname);
  ghost.reason_value = g_strdup (targetname);
  ghost.address = g_strdup ("");
  lanes->ghost = (int) lanes->lanes->len;
  g_array_append_val (lanes->lanes, ghost);
}

/* The KDCs that answered the clients, each host a lane. */
static void
add_kdcs (RungsLanes *lanes)
{
  guint first = lanes->lanes->len;

  for (guint i = 0; i < rungs_ticket_trail_get_length (lanes->trail); i++)
    {
      const RungsTicketStep *step = rungs_ticket_trail_get (lanes->trail, i);
      RungsLane lane = { .role = RUNGS_ROLE_KDC, .reason = RUNGS_ROLE_REASON_PORT };
      const RungsEndpoint *endpoint;
      guint32 server;
      guint at = first;

      if (step->kind != RUNGS_TICKET_KERBEROS)
        continue;
      server = get_kdc_endpoint (lanes, step);
      endpoint = rungs_trace_get_endpoint (lanes->trace, server);
      lane.address = rungs_address_to_string (&endpoint->address);
      while (at < lanes->lanes->len &&
             !g_str_equal (g_array_index (lanes->lanes, RungsLane, at).address, lane.address))
        at++;
      lanes->of_endpoint[server] = at;
      if (at < lanes->lanes->len)
        {
          g_free (lane.address);
          continue;
        }
      lane.name = endpoint->name.length > 0 ? rungs_text_display_max (endpoint->name, 64)
                                            : rungs_address_host_to_string (&endpoint->address);
      lane.reason_value = g_strdup_printf ("%u", endpoint->address.port);
      g_array_append_val (lanes->lanes, lane);
    }
  if (lanes->lanes->len > first)
    lanes->kdc = (int) first;
}

/* The KDC, or the domain controller, that must have been asked. */
static void
add_ghost_kdc (RungsLanes *lanes)
{
  RungsLane ghost = { .role = RUNGS_ROLE_KDC, .reason = RUNGS_ROLE_REASON_NTLM_PROOF, .ghost = TRUE };
  const char *domain = rungs_ticket_trail_get_domain (lanes->trail);

  for (guint i = 0; i < rungs_ticket_trail_get_length (lanes->trail); i++)
    if (rungs_ticket_trail_get (lanes->trail, i)->kind != RUNGS_TICKET_LOGON_QUESTION)
      ghost.reason = RUNGS_ROLE_REASON_TICKET;
  if (ghost.reason == RUNGS_ROLE_REASON_TICKET)
    ghost.reason_value = g_strdup (rungs_ticket_trail_get_service (lanes->trail));
  ghost.name = g_strdup (domain != NULL ? domain : _ ("Domain controller"));
  ghost.address = g_strdup ("");
  lanes->kdc = (int) lanes->lanes->len;
  g_array_append_val (lanes->lanes, ghost);
}

RungsLanes *
rungs_lanes_new (RungsSelection *selection, gboolean ghosts)
{
  RungsLanes *self;
  RungsLaneHosts hosts;
  g_autofree guint32 *of_host = NULL;

  g_return_val_if_fail (selection != NULL, NULL);

  self = g_new0 (RungsLanes, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->trace = g_object_ref (rungs_selection_get_trace (selection));
  self->lanes = g_array_new (FALSE, TRUE, sizeof (RungsLane));
  g_array_set_clear_func (self->lanes, lane_clear);
  self->n_endpoints = rungs_trace_get_n_endpoints (self->trace);
  self->of_endpoint = g_new0 (guint32, MAX (self->n_endpoints, 1));
  self->trail = rungs_ticket_trail_new (selection, ghosts);
  self->ghost = -1;
  self->kdc = -1;

  rungs_lane_hosts_init (&hosts, selection);
  of_host = g_new0 (guint32, MAX (hosts.hosts->len, 1));
  make_lanes (&hosts, of_host, self);
  if (ghosts)
    add_ghost (&hosts, of_host, self);
  add_kdcs (self);
  if (self->kdc < 0 && rungs_ticket_trail_get_length (self->trail) > 0)
    add_ghost_kdc (self);
  rungs_lane_hosts_clear (&hosts);
  return self;
}

RungsLanes *
rungs_lanes_ref (RungsLanes *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_lanes_unref (RungsLanes *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->trace);
  g_array_unref (self->lanes);
  g_free (self->of_endpoint);
  rungs_ticket_trail_free (self->trail);
  g_free (self);
}

guint
rungs_lanes_get_n_lanes (RungsLanes *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->lanes->len;
}

const RungsLane *
rungs_lanes_get_lane (RungsLanes *self, guint lane)
{
  g_return_val_if_fail (self != NULL && lane < self->lanes->len, NULL);
  return &g_array_index (self->lanes, RungsLane, lane);
}

const RungsTicketTrail *
rungs_lanes_get_trail (RungsLanes *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->trail;
}

/* Who asks the domain controller: the server that answered, or the pool behind the edge that passed its answer on. */
static guint
get_asking_server (RungsLanes *self, const RungsMessageInfo *answer)
{
  guint lane = self->of_endpoint[answer->source];

  if (self->ghost >= 0 && g_array_index (self->lanes, RungsLane, lane).role == RUNGS_ROLE_EDGE)
    return (guint) self->ghost;
  return lane;
}

void
rungs_lanes_get_step_ends (RungsLanes *self, const RungsTicketStep *step, guint *source, guint *destination)
{
  const RungsMessageInfo *info;
  guint kdc, other;

  g_return_if_fail (self != NULL && step != NULL && source != NULL && destination != NULL);

  info = rungs_trace_get_message (self->trace, step->message);
  kdc = (guint) MAX (self->kdc, 0);
  if (step->kind == RUNGS_TICKET_KERBEROS)
    kdc = self->of_endpoint[get_kdc_endpoint (self, step)];
  if (step->kind == RUNGS_TICKET_LOGON_QUESTION)
    other = get_asking_server (self, info);
  else
    other = self->of_endpoint[info->status == 0 ? info->source : info->destination];
  *source = rungs_ticket_step_is_request (step, self->trace) ? other : kdc;
  *destination = *source == other ? kdc : other;
}

int
rungs_lanes_get_ghost (RungsLanes *self)
{
  g_return_val_if_fail (self != NULL, -1);
  return self->ghost;
}

guint
rungs_lanes_find (RungsLanes *self, guint32 endpoint)
{
  g_return_val_if_fail (self != NULL && endpoint < self->n_endpoints, 0);
  return self->of_endpoint[endpoint];
}

void
rungs_lanes_get_ends (RungsLanes *self, guint message, guint *source, guint *destination)
{
  const RungsMessageInfo *info;

  g_return_if_fail (self != NULL && source != NULL && destination != NULL);

  info = rungs_trace_get_message (self->trace, message);
  g_return_if_fail (info != NULL);
  *source = self->of_endpoint[info->source];
  *destination = self->of_endpoint[info->destination];
}

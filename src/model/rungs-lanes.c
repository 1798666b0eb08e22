/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints of a selection → lanes.  See rungs-lanes.h.
 *
 * Every endpoint gets the host that its address names; hosts that are proved to be one (a message comes in at one address
 * and leaves, with one Via more, from another) are joined; then roles, names and order follow from what was seen. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-lane-evidence.h"
#include "rungs-lanes.h"
#include "rungs-text.h"

#define NO_HOST            G_MAXUINT32
#define FIRST_EPHEMERAL    32768
#define MAX_JOINS_EXAMINED 4096
#define MAX_GIVEN_NAME     255

/* One address without its port. */
typedef struct
{
  RungsLaneEvidence evidence;
  char *name;       /* NULL where the address is no name */
  char *given_name; /* what the input calls it, or NULL */
  char *address;    /* display text of the host */
  guint32 joined;   /* the host that this one is a part of, itself otherwise */
  guint32 lane;
  guint16 port; /* the one port, 0: none or several */
  gboolean many_ports;
} Host;

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

/* While the lanes are made. */
typedef struct
{
  RungsTrace *trace;
  RungsSelection *selection;
  GArray *hosts;            /* Host */
  GHashTable *by_key;       /* host key → index + 1 */
  GHashTable *self_talking; /* host keys of those that talk to themselves */
  guint32 *of_endpoint;     /* endpoint → host */
  RungsSipMessage sip;
  RungsSipMessage other;
} Maker;

static void
host_clear (gpointer data)
{
  Host *host = data;

  rungs_lane_evidence_clear (&host->evidence);
  g_free (host->name);
  g_free (host->given_name);
  g_free (host->address);
}

static void
lane_clear (gpointer data)
{
  RungsLane *lane = data;

  g_free (lane->reason_value);
  g_free (lane->name);
  g_free (lane->address);
}

static char *
get_host_key (RungsTrace *trace, guint32 endpoint)
{
  const RungsAddress *address = &rungs_trace_get_endpoint (trace, endpoint)->address;
  g_autofree char *text = rungs_address_host_to_string (address);

  if (address->kind == RUNGS_ADDRESS_NONE)
    return g_strdup ("?");
  if (*text == '\0')
    return g_strdup_printf ("log %u", endpoint);
  return g_ascii_strdown (text, -1);
}

/* A client that shares its host with its server has a new port for each connection: who it is tells it better. */
static char *
get_port_key (Maker *self, guint32 endpoint, guint message, const char *host_key)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  const RungsFlowInfo *flow = rungs_trace_get_flow (self->trace, info->flow);
  guint32 other = endpoint == info->source ? info->destination : info->source;
  guint16 port = rungs_trace_get_endpoint (self->trace, endpoint)->address.port;
  guint16 other_port = rungs_trace_get_endpoint (self->trace, other)->address.port;
  gboolean asks = (info->status == 0) == (endpoint == info->source);

  if (port >= FIRST_EPHEMERAL && other_port < FIRST_EPHEMERAL)
    return g_strdup_printf ("%s who %u", host_key, asks ? flow->who : flow->peer);
  return g_strdup_printf ("%s port %u", host_key, port);
}

static void
add_endpoint (Maker *self, guint32 endpoint, guint message)
{
  const RungsAddress *address = &rungs_trace_get_endpoint (self->trace, endpoint)->address;
  g_autofree char *key = get_host_key (self->trace, endpoint);
  guint32 index;
  Host *host;

  if (g_hash_table_contains (self->self_talking, key))
    {
      g_autofree char *host_key = g_steal_pointer (&key);

      key = get_port_key (self, endpoint, message, host_key);
    }
  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));
  if (index == 0)
    {
      Host fresh = { .joined = self->hosts->len, .port = address->port };

      fresh.address = rungs_address_host_to_string (address);
      if (address->kind == RUNGS_ADDRESS_NAME ||
          (address->kind == RUNGS_ADDRESS_LOCAL && *fresh.address != '\0'))
        fresh.name = g_strdup (fresh.address);
      g_array_append_val (self->hosts, fresh);
      index = self->hosts->len;
      g_hash_table_insert (self->by_key, g_steal_pointer (&key), GUINT_TO_POINTER (index));
    }
  host = &g_array_index (self->hosts, Host, index - 1);
  if (host->given_name == NULL && rungs_trace_get_endpoint (self->trace, endpoint)->name.length > 0)
    host->given_name =
      rungs_text_display_max (rungs_trace_get_endpoint (self->trace, endpoint)->name, MAX_GIVEN_NAME);
  host->evidence.local |= address->kind == RUNGS_ADDRESS_LOCAL;
  if (address->port != 0 && host->port != 0 && address->port != host->port)
    host->many_ports = TRUE;
  if (host->port == 0)
    host->port = address->port;
  self->of_endpoint[endpoint] = index - 1;
}

static void
find_self_talking (Maker *self)
{
  for (guint i = 0; i < rungs_selection_get_length (self->selection); i++)
    {
      const RungsMessageInfo *info =
        rungs_trace_get_message (self->trace, rungs_selection_get (self->selection, i));
      RungsAddress source = rungs_trace_get_endpoint (self->trace, info->source)->address;
      RungsAddress destination = rungs_trace_get_endpoint (self->trace, info->destination)->address;
      gboolean ports_tell = source.port != destination.port && source.port != 0 && destination.port != 0;

      source.port = destination.port = 0;
      if (ports_tell && rungs_address_equal (&source, &destination))
        g_hash_table_add (self->self_talking, get_host_key (self->trace, info->source));
    }
}

static void
add_messages (Maker *self)
{
  guint n_looked = 0;

  for (guint i = 0; i < rungs_selection_get_length (self->selection); i++)
    {
      guint message = rungs_selection_get (self->selection, i);
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
      gboolean new_source = self->of_endpoint[info->source] == NO_HOST;
      guint n_before = self->hosts->len;
      RungsLaneEvidence *sender;

      /* The asking side first: lanes stand in the order in which requests run. */
      if (info->status != 0 && self->of_endpoint[info->destination] == NO_HOST)
        {
          add_endpoint (self, info->destination, message);
          if (self->of_endpoint[info->destination] >= n_before)
            g_array_index (self->hosts, Host, self->of_endpoint[info->destination]).evidence.sends_first =
              TRUE;
        }
      if (new_source && self->of_endpoint[info->source] == NO_HOST)
        add_endpoint (self, info->source, message);
      if (self->of_endpoint[info->destination] == NO_HOST)
        add_endpoint (self, info->destination, message);
      sender = &g_array_index (self->hosts, Host, self->of_endpoint[info->source]).evidence;
      if (info->status == 0 && self->of_endpoint[info->source] >= n_before)
        sender->sends_first = TRUE;
      rungs_lane_evidence_add_sent (sender, self->trace, message, &self->sip, &n_looked);
      rungs_lane_evidence_add_received (&g_array_index (self->hosts,
                                                        Host,
                                                        self->of_endpoint[info->destination])
                                           .evidence,
                                        self->trace,
                                        message);
    }
}

static guint32
find_joined (Maker *self, guint32 host)
{
  while (g_array_index (self->hosts, Host, host).joined != host)
    {
      Host *at = &g_array_index (self->hosts, Host, host);

      at->joined = g_array_index (self->hosts, Host, at->joined).joined;
      host = at->joined;
    }
  return host;
}

static guint
count_vias (RungsTrace *trace, guint message, RungsSipMessage *sip)
{
  guint n = 0;

  rungs_trace_parse (trace, message, 0, sip);
  for (const RungsSipHeader *via = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_VIA); via != NULL;
       via = rungs_sip_message_next (sip, via))
    {
      n++;
      for (gssize at = rungs_slice_find_char (via->value, 0, ','); at >= 0;
           at = rungs_slice_find_char (via->value, at + 1, ','))
        n++;
    }
  return n;
}

/* @before came in at one host and @after, the same request with one Via more, left from another: they are one. */
static void
join_hosts (Maker *self, guint before, guint after)
{
  const RungsMessageInfo *in = rungs_trace_get_message (self->trace, before);
  const RungsMessageInfo *out = rungs_trace_get_message (self->trace, after);
  guint32 a = find_joined (self, self->of_endpoint[in->destination]);
  guint32 b = find_joined (self, self->of_endpoint[out->source]);
  Host *first = &g_array_index (self->hosts, Host, MIN (a, b));
  Host *second = &g_array_index (self->hosts, Host, MAX (a, b));

  if (a == b ||
      count_vias (self->trace, before, &self->sip) + 1 != count_vias (self->trace, after, &self->other))
    return;
  rungs_lane_evidence_merge (&first->evidence, &second->evidence);
  if (first->name == NULL)
    first->name = g_steal_pointer (&second->name);
  if (first->given_name == NULL)
    first->given_name = g_steal_pointer (&second->given_name);
  second->joined = MIN (a, b);
}

static void
join_relays (Maker *self)
{
  guint n_flows = rungs_trace_get_n_flows (self->trace);
  g_autofree guint32 *last_request = g_new (guint32, MAX (n_flows, 1));
  guint n_examined = 0;

  memset (last_request, 0xff, MAX (n_flows, 1) * sizeof (guint32));
  for (guint i = 0; i < rungs_selection_get_length (self->selection) && n_examined < MAX_JOINS_EXAMINED; i++)
    {
      guint message = rungs_selection_get (self->selection, i);
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
      guint32 before = last_request[info->flow];

      if (info->status != 0)
        continue;
      if (before != RUNGS_NO_MESSAGE && (info->flags & RUNGS_MESSAGE_RELAYED))
        {
          const RungsMessageInfo *original = rungs_trace_get_message (self->trace, before);

          if (original->cseq == info->cseq && original->method == info->method &&
              find_joined (self, self->of_endpoint[original->destination]) !=
                find_joined (self, self->of_endpoint[info->source]))
            {
              n_examined++;
              join_hosts (self, before, message);
            }
        }
      last_request[info->flow] = message;
    }
}

/* RemoteUser is what an edge says to its client, and what the pool behind it says to the edge. */
static void
find_pools_behind_edges (Maker *self)
{
  for (guint i = 0; i < rungs_selection_get_length (self->selection); i++)
    {
      const RungsMessageInfo *info =
        rungs_trace_get_message (self->trace, rungs_selection_get (self->selection, i));
      guint32 destination;

      if (info->status == 0 || info->method != RUNGS_SIP_METHOD_REGISTER ||
          (info->flags & RUNGS_MESSAGE_RELAYED))
        continue;
      destination = find_joined (self, self->of_endpoint[info->destination]);
      if (g_array_index (self->hosts, Host, destination).evidence.relays_register)
        g_array_index (self->hosts, Host, find_joined (self, self->of_endpoint[info->source]))
          .evidence.behind_edge = TRUE;
    }
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
get_lane_address (const Host *host, RungsRole role)
{
  gboolean show_port =
    host->port != 0 && !host->many_ports && (role != RUNGS_ROLE_CLIENT || host->port < FIRST_EPHEMERAL);

  if (*host->address == '\0' || !show_port)
    return g_strdup (host->address);
  return g_strdup_printf (strchr (host->address, ':') != NULL ? "[%s]:%u" : "%s:%u",
                          host->address,
                          host->port);
}

static RungsLane
make_lane (const Host *host)
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

static void
make_lanes (Maker *self, RungsLanes *lanes)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) unordered = g_array_new (FALSE, FALSE, sizeof (RungsLane));

  g_array_set_size (unordered, self->hosts->len);
  for (guint i = 0; i < self->hosts->len; i++)
    {
      const Host *host = &g_array_index (self->hosts, Host, i);
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

      g_array_index (self->hosts, Host, host).lane = i;
      g_array_append_val (lanes->lanes, g_array_index (unordered, RungsLane, host));
    }
  for (guint i = 0; i < lanes->n_endpoints; i++)
    if (self->of_endpoint[i] != NO_HOST)
      lanes->of_endpoint[i] =
        g_array_index (self->hosts, Host, find_joined (self, self->of_endpoint[i])).lane;
}

static guint32
get_kdc_endpoint (RungsLanes *lanes, const RungsTicketStep *step)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (lanes->trace, step->kerberos);

  return rungs_ticket_step_is_request (step, lanes->trace) ? info->destination : info->source;
}

/* The pool that targetname names, where only the hop before the edge is in the trace. */
static void
add_ghost (Maker *self, RungsLanes *lanes)
{
  const char *targetname = NULL;
  RungsLane ghost = { .role = RUNGS_ROLE_POOL, .reason = RUNGS_ROLE_REASON_TARGETNAME, .ghost = TRUE };

  for (guint i = 0; i < self->hosts->len; i++)
    {
      const Host *host = &g_array_index (self->hosts, Host, i);

      if (host->joined == i && host->evidence.remote_user && targetname == NULL &&
          g_array_index (lanes->lanes, RungsLane, host->lane).role == RUNGS_ROLE_EDGE)
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

static void
maker_init (Maker *self, RungsSelection *selection, guint n_endpoints)
{
  self->selection = selection;
  self->trace = rungs_selection_get_trace (selection);
  self->hosts = g_array_new (FALSE, TRUE, sizeof (Host));
  g_array_set_clear_func (self->hosts, host_clear);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->self_talking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->of_endpoint = g_new (guint32, MAX (n_endpoints, 1));
  memset (self->of_endpoint, 0xff, MAX (n_endpoints, 1) * sizeof (guint32));
  rungs_sip_message_init (&self->sip);
  rungs_sip_message_init (&self->other);
}

static void
maker_clear (Maker *self)
{
  g_array_unref (self->hosts);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->self_talking);
  g_free (self->of_endpoint);
  rungs_sip_message_clear (&self->sip);
  rungs_sip_message_clear (&self->other);
}

RungsLanes *
rungs_lanes_new (RungsSelection *selection, gboolean ghosts)
{
  RungsLanes *self;
  Maker maker;

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

  maker_init (&maker, selection, self->n_endpoints);
  find_self_talking (&maker);
  add_messages (&maker);
  join_relays (&maker);
  find_pools_behind_edges (&maker);
  make_lanes (&maker, self);
  if (ghosts)
    add_ghost (&maker, self);
  add_kdcs (self);
  if (self->kdc < 0 && rungs_ticket_trail_get_length (self->trail) > 0)
    add_ghost_kdc (self);
  maker_clear (&maker);
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

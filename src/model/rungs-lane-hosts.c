/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Endpoints of a selection → hosts.  See rungs-lane-hosts.h. */

#include "config.h"

#include "rungs-lane-hosts.h"
#include "rungs-text.h"

#define FIRST_EPHEMERAL    32768
#define MAX_JOINS_EXAMINED 4096
#define MAX_GIVEN_NAME     255

/* While the hosts are found. */
typedef struct
{
  RungsTrace *trace;
  RungsSelection *selection;
  GArray *hosts;            /* RungsLaneHost */
  GHashTable *by_key;       /* host key → index + 1 */
  GHashTable *self_talking; /* host keys of those that talk to themselves */
  guint32 *of_endpoint;     /* endpoint → host */
  RungsSipMessage sip;
  RungsSipMessage other;
} Finder;

static void
host_clear (gpointer data)
{
  RungsLaneHost *host = data;

  rungs_lane_evidence_clear (&host->evidence);
  g_free (host->name);
  g_free (host->given_name);
  g_free (host->address);
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
get_port_key (Finder *self, guint32 endpoint, guint message, const char *host_key)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  const RungsFlowInfo *flow = rungs_trace_get_flow (self->trace, info->flow);
  guint32 other = endpoint == info->source ? info->destination : info->source;
  guint16 port = rungs_trace_get_endpoint (self->trace, endpoint)->address.port;
  guint16 other_port = rungs_trace_get_endpoint (self->trace, other)->address.port;
  gboolean asks = (info->status == 0) == (endpoint == info->source);

  if (rungs_lane_hosts_is_ephemeral (port) && !rungs_lane_hosts_is_ephemeral (other_port))
    return g_strdup_printf ("%s who %u", host_key, asks ? flow->who : flow->peer);
  return g_strdup_printf ("%s port %u", host_key, port);
}

static void
add_endpoint (Finder *self, guint32 endpoint, guint message)
{
  const RungsAddress *address = &rungs_trace_get_endpoint (self->trace, endpoint)->address;
  g_autofree char *key = get_host_key (self->trace, endpoint);
  guint32 index;
  RungsLaneHost *host;

  if (g_hash_table_contains (self->self_talking, key))
    {
      g_autofree char *host_key = g_steal_pointer (&key);

      key = get_port_key (self, endpoint, message, host_key);
    }
  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));
  if (index == 0)
    {
      RungsLaneHost fresh = { .joined = self->hosts->len, .port = address->port };

      fresh.address = rungs_address_host_to_string (address);
      if (address->kind == RUNGS_ADDRESS_NAME ||
          (address->kind == RUNGS_ADDRESS_LOCAL && *fresh.address != '\0'))
        fresh.name = g_strdup (fresh.address);
      g_array_append_val (self->hosts, fresh);
      index = self->hosts->len;
      g_hash_table_insert (self->by_key, g_steal_pointer (&key), GUINT_TO_POINTER (index));
    }
  host = &g_array_index (self->hosts, RungsLaneHost, index - 1);
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
find_self_talking (Finder *self)
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
add_messages (Finder *self)
{
  guint n_looked = 0;

  for (guint i = 0; i < rungs_selection_get_length (self->selection); i++)
    {
      guint message = rungs_selection_get (self->selection, i);
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
      gboolean new_source = self->of_endpoint[info->source] == RUNGS_NO_HOST;
      guint n_before = self->hosts->len;
      RungsLaneEvidence *sender;

      /* The asking side first: lanes stand in the order in which requests run. */
      if (info->status != 0 && self->of_endpoint[info->destination] == RUNGS_NO_HOST)
        {
          add_endpoint (self, info->destination, message);
          if (self->of_endpoint[info->destination] >= n_before)
            g_array_index (self->hosts, RungsLaneHost, self->of_endpoint[info->destination])
              .evidence.sends_first = TRUE;
        }
      if (new_source && self->of_endpoint[info->source] == RUNGS_NO_HOST)
        add_endpoint (self, info->source, message);
      if (self->of_endpoint[info->destination] == RUNGS_NO_HOST)
        add_endpoint (self, info->destination, message);
      sender = &g_array_index (self->hosts, RungsLaneHost, self->of_endpoint[info->source]).evidence;
      if (info->status == 0 && self->of_endpoint[info->source] >= n_before)
        sender->sends_first = TRUE;
      rungs_lane_evidence_add_sent (sender, self->trace, message, &self->sip, &n_looked);
      rungs_lane_evidence_add_received (&g_array_index (self->hosts,
                                                        RungsLaneHost,
                                                        self->of_endpoint[info->destination])
                                           .evidence,
                                        self->trace,
                                        message);
    }
}

static guint32
find_joined (Finder *self, guint32 host)
{
  while (g_array_index (self->hosts, RungsLaneHost, host).joined != host)
    {
      RungsLaneHost *at = &g_array_index (self->hosts, RungsLaneHost, host);

      at->joined = g_array_index (self->hosts, RungsLaneHost, at->joined).joined;
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
join_hosts (Finder *self, guint before, guint after)
{
  const RungsMessageInfo *in = rungs_trace_get_message (self->trace, before);
  const RungsMessageInfo *out = rungs_trace_get_message (self->trace, after);
  guint32 a = find_joined (self, self->of_endpoint[in->destination]);
  guint32 b = find_joined (self, self->of_endpoint[out->source]);
  RungsLaneHost *first = &g_array_index (self->hosts, RungsLaneHost, MIN (a, b));
  RungsLaneHost *second = &g_array_index (self->hosts, RungsLaneHost, MAX (a, b));

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
join_relays (Finder *self)
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
find_pools_behind_edges (Finder *self)
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
      if (g_array_index (self->hosts, RungsLaneHost, destination).evidence.relays_register)
        g_array_index (self->hosts, RungsLaneHost, find_joined (self, self->of_endpoint[info->source]))
          .evidence.behind_edge = TRUE;
    }
}

static void
finder_init (Finder *self, RungsSelection *selection, guint n_endpoints)
{
  self->selection = selection;
  self->trace = rungs_selection_get_trace (selection);
  self->hosts = g_array_new (FALSE, TRUE, sizeof (RungsLaneHost));
  g_array_set_clear_func (self->hosts, host_clear);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->self_talking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->of_endpoint = g_new (guint32, MAX (n_endpoints, 1));
  memset (self->of_endpoint, 0xff, MAX (n_endpoints, 1) * sizeof (guint32));
  rungs_sip_message_init (&self->sip);
  rungs_sip_message_init (&self->other);
}

void
rungs_lane_hosts_init (RungsLaneHosts *self, RungsSelection *selection)
{
  Finder finder;
  guint n_endpoints;

  g_return_if_fail (self != NULL && selection != NULL);

  n_endpoints = rungs_trace_get_n_endpoints (rungs_selection_get_trace (selection));
  finder_init (&finder, selection, n_endpoints);
  find_self_talking (&finder);
  add_messages (&finder);
  join_relays (&finder);
  find_pools_behind_edges (&finder);
  for (guint i = 0; i < n_endpoints; i++)
    if (finder.of_endpoint[i] != RUNGS_NO_HOST)
      finder.of_endpoint[i] = find_joined (&finder, finder.of_endpoint[i]);
  *self = (RungsLaneHosts){ finder.hosts, finder.of_endpoint };
  g_hash_table_unref (finder.by_key);
  g_hash_table_unref (finder.self_talking);
  rungs_sip_message_clear (&finder.sip);
  rungs_sip_message_clear (&finder.other);
}

void
rungs_lane_hosts_clear (RungsLaneHosts *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->hosts, g_array_unref);
  g_clear_pointer (&self->of_endpoint, g_free);
}

gboolean
rungs_lane_hosts_is_ephemeral (guint16 port)
{
  return port >= FIRST_EPHEMERAL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Source and destination of messages whose format does not tell them.  See rungs-ends.h. */

#include "config.h"

#include "rungs-ends.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"

void
rungs_ends_init (RungsEnds *self, RungsEndpointTable *endpoints)
{
  memset (self, 0, sizeof *self);
  self->endpoints = endpoints;
}

static guint32
add_host (RungsEndpointTable *endpoints, RungsSlice host_and_port)
{
  RungsAddress address = { 0 };

  if (host_and_port.length > 255 || !rungs_address_parse (&address, host_and_port))
    address = (RungsAddress){ 0 };
  return rungs_endpoint_table_add (endpoints, &address, 0);
}

/* The place for what @text stands for in the cache; 0 in it: not known. */
static guint32 *
find_cached (RungsEnds *self, RungsSlice text)
{
  guint64 hash = rungs_slice_hash (text, self->endpoints->seed);
  guint at = hash % RUNGS_ENDS_CACHE;

  if (self->hashes[at] != hash)
    {
      self->hashes[at] = hash;
      self->found[at] = 0;
    }
  return &self->found[at];
}

/* "host:port" of a SIP URI, as it is written there. */
static RungsSlice
get_uri_host (RungsSlice text)
{
  RungsSipUri uri;
  const char *end;

  if (!rungs_sip_uri_parse (&uri, text) || uri.host.length == 0)
    return RUNGS_SLICE_EMPTY;
  end = rungs_slice_end (uri.host);
  if (end < rungs_slice_end (uri.all) && *end == ']')
    return rungs_slice (uri.host.data - 1, uri.host.length + 2);
  while (uri.port != 0 && end < rungs_slice_end (uri.all) && (*end == ':' || g_ascii_isdigit (*end)))
    end++;
  return rungs_slice (uri.host.data, (gsize) (end - uri.host.data));
}

/* The first Route where it names a host, else the Request-URI. */
static guint32
add_next_hop (RungsEnds *self, const RungsReading *reading)
{
  RungsSlice route = reading->route;
  guint32 *cached;
  RungsSlice first;

  if (rungs_scan_item (&route, ',', &first))
    {
      RungsSipAddress address;

      rungs_sip_address_parse (&address, first);
      if (address.uri.host.length > 0)
        return add_host (self->endpoints, get_uri_host (address.uri.all));
    }
  cached = find_cached (self, reading->request_uri);
  if (*cached == 0)
    *cached = add_host (self->endpoints, get_uri_host (reading->request_uri)) + 1;
  return *cached - 1;
}

static guint32
add_sent_by (RungsEnds *self, RungsSlice sent_by)
{
  guint32 *cached = find_cached (self, sent_by);

  if (*cached == 0)
    *cached = add_host (self->endpoints, sent_by) + 1;
  return *cached - 1;
}

void
rungs_ends_guess (RungsEnds *self, const RungsReading *reading, guint32 *source, guint32 *destination)
{
  g_return_if_fail (self != NULL && source != NULL && destination != NULL);

  if (reading->info.status != 0)
    {
      *source = add_sent_by (self, RUNGS_SLICE_EMPTY);
      *destination = add_sent_by (self, reading->sent_by);
    }
  else
    {
      *source = add_sent_by (self, reading->sent_by);
      *destination = add_next_hop (self, reading);
    }
}

void
rungs_ends_name_local (RungsEndpointTable *endpoints, guint32 local, RungsSlice sent_by)
{
  RungsEndpoint *endpoint = rungs_endpoint_table_get (endpoints, local);
  RungsSlice host;
  guint16 port;

  if (endpoint->address.name.length > 0 || !rungs_sip_host_port_parse (sent_by, &host, &port) ||
      host.length > 255)
    return;
  endpoint->address.name =
    rungs_interner_get (endpoints->strings, rungs_interner_intern (endpoints->strings, host));
}

/* The two ends of one connection of a file (of the whole file, where connections are not known). */
typedef struct
{
  guint32 file;
  guint32 connection;
  guint32 local;         /* endpoint + 1, 0: none yet */
  guint32 peer;          /* named by a Via */
  guint32 peer_by_uri;   /* named by a Request-URI or Route: a domain, perhaps */
  gboolean contradicted; /* more than one peer: leave the guesses as they are */
} Pair;

static guint
hash_pair (gconstpointer data)
{
  const Pair *pair = data;

  return pair->file * 0x9e3779b1u ^ pair->connection;
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a;
  const Pair *y = b;

  return x->file == y->file && x->connection == y->connection;
}

static Pair *
get_pair (GHashTable *pairs, const RungsMessageInfo *info)
{
  Pair wanted = { .file = info->file, .connection = info->connection };
  Pair *pair = g_hash_table_lookup (pairs, &wanted);

  if (pair == NULL)
    {
      pair = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (pairs, pair);
    }
  return pair;
}

static gboolean
same_host (RungsEndpointTable *endpoints, guint32 a, guint32 b)
{
  RungsAddress x = rungs_endpoint_table_get (endpoints, a)->address;
  RungsAddress y = rungs_endpoint_table_get (endpoints, b)->address;

  x.port = y.port = 0;
  return a == b || rungs_address_equal (&x, &y);
}

/* Whether the host that logged sent @info: by the direction, else by whether it names @local as its sender. */
static gboolean
is_outgoing (RungsEndpointTable *endpoints, const RungsMessageInfo *info, guint32 local)
{
  if (info->flags & (RUNGS_MESSAGE_IN | RUNGS_MESSAGE_OUT))
    return (info->flags & RUNGS_MESSAGE_OUT) != 0;
  return info->status != 0 ? !same_host (endpoints, info->destination, local)
                           : same_host (endpoints, info->source, local);
}

/* Notes what @info proves about the ends of its connection. */
static void
note_ends (RungsEndpointTable *endpoints, Pair *pair, const RungsMessageInfo *info)
{
  gboolean directed = (info->flags & (RUNGS_MESSAGE_IN | RUNGS_MESSAGE_OUT)) != 0;
  guint32 via = info->status != 0 ? info->destination : info->source;
  guint32 other = info->status != 0 ? info->source : info->destination;
  gboolean outgoing;
  gboolean via_is_local;

  if (pair->local == 0 && !directed)
    pair->local = via + 1;
  outgoing = is_outgoing (endpoints, info, pair->local > 0 ? pair->local - 1 : G_MAXUINT32);
  via_is_local = info->status != 0 ? !outgoing : outgoing;
  if (via_is_local)
    {
      if (pair->local == 0)
        pair->local = via + 1;
      if (pair->peer_by_uri == 0 && info->status == 0)
        pair->peer_by_uri = other + 1;
      return;
    }
  if (!directed && info->status == 0 && !same_host (endpoints, other, pair->local - 1))
    pair->contradicted = TRUE;
  if (pair->peer == 0)
    pair->peer = via + 1;
  else if (!same_host (endpoints, pair->peer - 1, via))
    pair->contradicted = TRUE;
}

static GHashTable *
collect_pairs (RungsTrace *trace, RungsEndpointTable *endpoints, const RungsMessageKey *keys)
{
  GHashTable *pairs = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);

  for (guint i = 0; i < trace->messages->len; i++)
    {
      const RungsMessageInfo *info = rungs_trace_message (trace, i);
      Pair *pair;

      if (!keys[i].derive)
        continue;
      pair = get_pair (pairs, info);
      if ((info->flags & RUNGS_MESSAGE_RELAYED) && !(info->flags & (RUNGS_MESSAGE_IN | RUNGS_MESSAGE_OUT)))
        pair->contradicted = TRUE;
      if (!pair->contradicted)
        note_ends (endpoints, pair, info);
    }
  return pairs;
}

/* A relayed request proves where the request before it went: to the host that relays it. */
static void
follow_relays (RungsTrace *trace, const RungsMessageKey *keys)
{
  for (guint f = 0; f < trace->flows->len; f++)
    {
      const RungsFlowInfo *flow = &g_array_index (trace->flows, RungsFlowInfo, f);
      const guint32 *messages = trace->flow_messages + flow->first;
      guint32 last = RUNGS_NO_MESSAGE;

      for (guint i = 0; i < flow->n_messages; i++)
        {
          const RungsMessageInfo *info = rungs_trace_message (trace, messages[i]);

          if (info->status != 0 || !keys[messages[i]].derive)
            continue;
          if (last != RUNGS_NO_MESSAGE && keys[last].group == keys[messages[i]].group &&
              keys[last].n_vias + 1 == keys[messages[i]].n_vias)
            rungs_trace_message (trace, last)->destination = info->source;
          last = messages[i];
        }
    }
}

/* Who answers, where the trace does not hold the request: the host of To. */
static guint32
guess_answerer (RungsEndpointTable *endpoints, const RungsMessageInfo *info, RungsSipMessage *sip)
{
  RungsSipAddress to;

  rungs_sip_message_parse (sip,
                           rungs_slice (info->data, info->length),
                           rungs_record_flags_to_parse_flags (info->flags));
  rungs_sip_address_parse (&to, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO));
  return add_host (endpoints, to.uri.host);
}

void
rungs_ends_settle (RungsTrace *trace, RungsEndpointTable *endpoints, const RungsMessageKey *keys)
{
  g_autoptr (GHashTable) pairs = NULL;
  g_auto (RungsSipMessage) sip = { 0 };

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  pairs = collect_pairs (trace, endpoints, keys);
  if (g_hash_table_size (pairs) == 0)
    return;
  follow_relays (trace, keys);
  for (guint i = 0; i < trace->messages->len; i++)
    {
      RungsMessageInfo *info = rungs_trace_message (trace, i);
      const Pair *pair;
      guint32 peer;

      if (!keys[i].derive)
        continue;
      pair = get_pair (pairs, info);
      peer = pair->peer != 0 ? pair->peer : pair->peer_by_uri;
      if (!pair->contradicted && pair->local != 0 && peer != 0)
        {
          gboolean outgoing = is_outgoing (endpoints, info, pair->local - 1);

          info->source = outgoing ? pair->local - 1 : peer - 1;
          info->destination = outgoing ? peer - 1 : pair->local - 1;
        }
      else if (info->status != 0 && info->request != RUNGS_NO_MESSAGE)
        {
          info->source = rungs_trace_message (trace, info->request)->destination;
        }
      else if (info->status != 0)
        {
          info->source = guess_answerer (endpoints, info, &sip);
        }
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* RTP, RTCP, keep-alives and DTLS, counted.  See rungs-media-counter.h. */

#include "config.h"

#include "rungs-media-counter.h"
#include "rungs-packet-ends.h"
#include "rungs-tls-hello.h"

#define MAX_CANDIDATES 65536
#define RTP_HEADER     12
#define RTCP_HEADER    8
#define MAX_STEP       200
#define MIN_RISING     2
#define MAX_PENDING    4
#define MAX_NAME       255

/* No padding: it is hashed and compared as bytes. */
typedef struct
{
  RungsPacketEnds ends;
  guint32 ssrc;
  guint32 kind; /* RungsForeignKind */
} Key;

typedef struct
{
  Key key;
  guint64 seed;
  gint64 first;
  gint64 last;
  guint64 packets;
  guint64 bytes;
  guint64 rising;                      /* packets whose number is a little above the one before */
  RungsSlice name;                     /* DTLS: of the server */
  RungsPcapRange pending[MAX_PENDING]; /* RTP, as long as it is not known as such */
  guint16 sequence;
  guint16 version; /* DTLS */
  guint8 payload_type;
  guint8 n_pending;
  gboolean is_known;
  gboolean from_second; /* DTLS: the second end is the client */
} Candidate;

struct _RungsMediaCounter
{
  RungsPcapLedger *ledger;
  GHashTable *candidates;
  GPtrArray *in_order;
  guint64 seed;
};

static guint
candidate_hash (gconstpointer data)
{
  const Candidate *candidate = data;

  return rungs_slice_hash (rungs_slice ((const char *) &candidate->key, sizeof candidate->key),
                           candidate->seed);
}

static gboolean
candidate_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (&((const Candidate *) a)->key, &((const Candidate *) b)->key, sizeof (Key)) == 0;
}

RungsMediaCounter *
rungs_media_counter_new (RungsPcapLedger *ledger)
{
  RungsMediaCounter *self;

  g_return_val_if_fail (ledger != NULL, NULL);

  self = g_new0 (RungsMediaCounter, 1);
  self->ledger = ledger;
  self->candidates = g_hash_table_new (candidate_hash, candidate_equal);
  self->in_order = g_ptr_array_new_with_free_func (g_free);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
rungs_media_counter_free (RungsMediaCounter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->candidates);
  g_ptr_array_unref (self->in_order);
  g_free (self);
}

/* Payload types 200 to 207 stand where RTP has its marker and 72 to 79, which RTP therefore does not use. */
static gboolean
is_rtcp (RungsSlice payload, gsize length)
{
  guint type = (guint8) payload.data[1];

  return payload.length >= RTCP_HEADER && type >= 200 && type <= 207 &&
         (gsize) (rungs_slice_get_number (payload, 2, 2) + 1) * 4 <= length;
}

static gboolean
is_rtp (RungsSlice payload, gsize length)
{
  guint type = payload.data[1] & 0x7f;
  gsize header = RTP_HEADER + 4 * (payload.data[0] & 0x0f);

  if (payload.length < RTP_HEADER || header > length || (type > 34 && type < 96))
    return FALSE;
  if ((payload.data[0] & 0x10) == 0 || payload.length < header + 4)
    return TRUE;
  return header + 4 + 4 * (gsize) rungs_slice_get_number (payload, header + 2, 2) <= length;
}

/* @sender: where the sender stands in the key */
static Candidate *
find_candidate (
  RungsMediaCounter *self, const RungsPacket *packet, guint sender, RungsForeignKind kind, guint32 ssrc)
{
  Candidate wanted = { .seed = self->seed };
  Candidate *candidate;

  rungs_packet_ends_init (&wanted.key.ends, packet, sender);
  wanted.key.ssrc = ssrc;
  wanted.key.kind = kind;
  candidate = g_hash_table_lookup (self->candidates, &wanted);
  if (candidate != NULL || self->in_order->len >= MAX_CANDIDATES)
    return candidate;
  wanted.first = wanted.last = RUNGS_TIME_NONE;
  candidate = g_memdup2 (&wanted, sizeof wanted);
  g_ptr_array_add (self->in_order, candidate);
  g_hash_table_add (self->candidates, candidate);
  return candidate;
}

static void
count (Candidate *candidate, gsize length, gint64 time)
{
  candidate->packets++;
  candidate->bytes += length;
  if (time == RUNGS_TIME_NONE)
    return;
  if (candidate->first == RUNGS_TIME_NONE || time < candidate->first)
    candidate->first = time;
  candidate->last = MAX (candidate->last, time);
}

static void
settle_pending (RungsMediaCounter *self, Candidate *candidate, RungsUnreadReason reason)
{
  for (guint i = 0; i < candidate->n_pending; i++)
    rungs_pcap_ledger_settle (self->ledger, candidate->pending[i], reason);
  candidate->n_pending = 0;
}

/* A packet of what may be RTP: its range is settled when that is known. */
static void
count_rtp (RungsMediaCounter *self,
           Candidate *candidate,
           RungsSlice payload,
           RungsPcapRange range,
           RungsUnreadReason reason)
{
  guint16 step = rungs_slice_get_number (payload, 2, 2) - candidate->sequence;

  candidate->rising += candidate->packets > 0 && step > 0 && step <= MAX_STEP;
  candidate->sequence = rungs_slice_get_number (payload, 2, 2);
  if (!candidate->is_known && candidate->rising >= MIN_RISING && candidate->rising * 2 > candidate->packets)
    {
      candidate->is_known = TRUE;
      settle_pending (self, candidate, RUNGS_UNREAD_RTP);
    }
  if (candidate->is_known || reason != RUNGS_UNREAD_OTHER_PROTOCOL)
    {
      rungs_pcap_ledger_settle (self->ledger, range, candidate->is_known ? RUNGS_UNREAD_RTP : reason);
      return;
    }
  if (candidate->n_pending == MAX_PENDING)
    settle_pending (self, candidate, RUNGS_UNREAD_OTHER_PROTOCOL);
  candidate->pending[candidate->n_pending++] = range;
}

void
rungs_media_counter_push (RungsMediaCounter *self,
                          const RungsPacket *packet,
                          RungsPcapRange range,
                          gint64 time,
                          RungsUnreadReason reason)
{
  RungsSlice payload;
  gsize length;
  Candidate *candidate = NULL;
  gboolean rtcp = FALSE;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  payload = packet->payload;
  length = payload.length + packet->missing;
  if (payload.length >= RTCP_HEADER && ((guint8) payload.data[0] & 0xc0) == 0x80)
    {
      rtcp = is_rtcp (payload, length);
      if (rtcp || is_rtp (payload, length))
        candidate = find_candidate (self,
                                    packet,
                                    0,
                                    rtcp ? RUNGS_FOREIGN_RTCP : RUNGS_FOREIGN_RTP,
                                    rungs_slice_get_number (payload, rtcp ? 4 : 8, 4));
    }
  if (candidate == NULL || rtcp)
    rungs_pcap_ledger_settle (self->ledger, range, rtcp ? RUNGS_UNREAD_RTCP : reason);
  if (candidate == NULL)
    return;
  if (!rtcp)
    count_rtp (self, candidate, payload, range, reason);
  if (candidate->packets == 0)
    candidate->payload_type = payload.data[1] & 0x7f;
  count (candidate, length, time);
}

void
rungs_media_counter_push_keepalive (RungsMediaCounter *self, const RungsPacket *packet, gint64 time)
{
  Candidate *candidate;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  candidate = find_candidate (self, packet, 0, RUNGS_FOREIGN_KEEPALIVE, 0);
  if (candidate != NULL)
    count (candidate, packet->payload.length + packet->missing, time);
}

/* Both directions are one. Until a hello was seen, the lower port is the server's. */
void
rungs_media_counter_push_encrypted (RungsMediaCounter *self, const RungsPacket *packet, gint64 time)
{
  Candidate *candidate;
  RungsTlsHello hello;
  guint sender;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  sender = memcmp (packet->source, packet->destination, sizeof packet->source) > 0;
  if (memcmp (packet->source, packet->destination, sizeof packet->source) == 0)
    sender = packet->source_port > packet->destination_port;
  candidate = find_candidate (self, packet, sender, RUNGS_FOREIGN_TLS, 0);
  if (candidate == NULL)
    return;
  rungs_tls_hello_parse_datagram (&hello, packet->payload);
  if (candidate->packets == 0)
    candidate->from_second = candidate->key.ends.ports[1] > candidate->key.ends.ports[0];
  if (hello.kind != RUNGS_TLS_HELLO_NONE)
    candidate->from_second = (hello.kind == RUNGS_TLS_HELLO_CLIENT) == (sender == 1);
  if (hello.name.length > 0)
    candidate->name = rungs_slice_sub (hello.name, 0, MAX_NAME);
  candidate->version = hello.version != 0        ? hello.version
                       : candidate->version != 0 ? candidate->version
                                                 : rungs_slice_get_number (packet->payload, 1, 2);
  count (candidate, packet->payload.length + packet->missing, time);
}

void
rungs_media_counter_finish (RungsMediaCounter *self)
{
  RungsSink *sink;

  g_return_if_fail (self != NULL);

  sink = self->ledger->sink;
  for (guint i = 0; i < self->in_order->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (self->in_order, i);
      const Key *key = &candidate->key;
      RungsForeignStream stream = { .first = candidate->first,
                                    .last = candidate->last,
                                    .packets = candidate->packets,
                                    .bytes = candidate->bytes,
                                    .source =
                                      rungs_packet_ends_get_address (&key->ends, candidate->from_second),
                                    .destination =
                                      rungs_packet_ends_get_address (&key->ends, !candidate->from_second),
                                    .name = candidate->name,
                                    .version = candidate->version,
                                    .ssrc = key->ssrc,
                                    .kind = key->kind,
                                    .payload_type = candidate->payload_type };

      settle_pending (self, candidate, RUNGS_UNREAD_OTHER_PROTOCOL);
      if (sink->stream != NULL && (key->kind != RUNGS_FOREIGN_RTP || candidate->is_known))
        sink->stream (sink, &stream);
    }
}

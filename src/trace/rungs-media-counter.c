/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* RTP, RTCP and keep-alives, counted.  See rungs-media-counter.h. */

#include "config.h"

#include "rungs-media-counter.h"
#include "rungs-packet-ends.h"

#define MAX_CANDIDATES 65536
#define RTP_HEADER     12
#define RTCP_HEADER    8
#define MAX_STEP       200
#define MIN_RISING     2

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
  guint64 rising; /* packets whose number is a little above the one before */
  guint16 sequence;
  guint8 payload_type;
} Candidate;

struct _RungsMediaCounter
{
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
rungs_media_counter_new (void)
{
  RungsMediaCounter *self = g_new0 (RungsMediaCounter, 1);

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

static Candidate *
find_candidate (RungsMediaCounter *self, const RungsPacket *packet, RungsForeignKind kind, guint32 ssrc)
{
  Candidate wanted = { .seed = self->seed };
  Candidate *candidate;

  rungs_packet_ends_init (&wanted.key.ends, packet, 0);
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

void
rungs_media_counter_push (RungsMediaCounter *self, const RungsPacket *packet, gint64 time)
{
  RungsSlice payload;
  gsize length;
  Candidate *candidate;
  gboolean rtcp;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  payload = packet->payload;
  length = payload.length + packet->missing;
  if (payload.length < RTCP_HEADER || ((guint8) payload.data[0] & 0xc0) != 0x80)
    return;
  rtcp = is_rtcp (payload, length);
  if (!rtcp && !is_rtp (payload, length))
    return;
  candidate = find_candidate (self,
                              packet,
                              rtcp ? RUNGS_FOREIGN_RTCP : RUNGS_FOREIGN_RTP,
                              rungs_slice_get_number (payload, rtcp ? 4 : 8, 4));
  if (candidate == NULL)
    return;
  if (!rtcp)
    {
      guint16 step = rungs_slice_get_number (payload, 2, 2) - candidate->sequence;

      candidate->rising += candidate->packets > 0 && step > 0 && step <= MAX_STEP;
      candidate->sequence = rungs_slice_get_number (payload, 2, 2);
    }
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

  candidate = find_candidate (self, packet, RUNGS_FOREIGN_KEEPALIVE, 0);
  if (candidate != NULL)
    count (candidate, packet->payload.length + packet->missing, time);
}

void
rungs_media_counter_report (RungsMediaCounter *self, RungsSink *sink)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (sink != NULL);

  for (guint i = 0; sink->stream != NULL && i < self->in_order->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (self->in_order, i);
      const Key *key = &candidate->key;
      RungsForeignStream stream = { .first = candidate->first,
                                    .last = candidate->last,
                                    .packets = candidate->packets,
                                    .bytes = candidate->bytes,
                                    .source = rungs_packet_ends_get_address (&key->ends, 0),
                                    .destination = rungs_packet_ends_get_address (&key->ends, 1),
                                    .ssrc = key->ssrc,
                                    .kind = key->kind,
                                    .payload_type = candidate->payload_type };

      if (key->kind == RUNGS_FOREIGN_RTP &&
          (candidate->rising < MIN_RISING || candidate->rising * 2 < candidate->packets))
        continue;
      sink->stream (sink, &stream);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* IP fragments → datagrams.  See rungs-reassembly-ip.h. */

#include "config.h"

#include "rungs-reassembly-ip.h"

#define MAX_DATAGRAMS 1024
#define MAX_FRAGMENTS 512
#define MAX_AGE       (30 * G_USEC_PER_SEC)

/* No padding: it is hashed and compared as bytes. */
typedef struct
{
  guint8 source[16];
  guint8 destination[16];
  guint32 identification;
  guint16 protocol;
  guint16 version;
} Key;

typedef struct
{
  Key key;
  guint64 seed;
  RungsReassemblyDatagram datagram;
  gsize length;  /* of the whole datagram, 0: the last fragment did not come yet */
  gsize bytes;   /* sum of the fragments */
  gboolean done; /* handed out: kept to know copies of its fragments by */
  gint64 first_time;
  GList link;
} Entry;

struct _RungsReassemblyIp
{
  RungsReassemblyDone done;
  gpointer data;
  RungsPcapLedger *ledger;
  GHashTable *entries;
  GQueue under_way; /* by age, as the next */
  GQueue complete;
  guint64 seed;
};

static guint
entry_hash (gconstpointer data)
{
  const Entry *entry = data;

  return rungs_slice_hash (rungs_slice ((const char *) &entry->key, sizeof entry->key), entry->seed);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (&((const Entry *) a)->key, &((const Entry *) b)->key, sizeof (Key)) == 0;
}

static void
entry_free (Entry *entry)
{
  g_array_unref (entry->datagram.fragments);
  g_free (entry);
}

RungsReassemblyIp *
rungs_reassembly_ip_new (RungsReassemblyDone done, gpointer data, RungsPcapLedger *ledger)
{
  RungsReassemblyIp *self;

  g_return_val_if_fail (done != NULL && ledger != NULL, NULL);

  self = g_new0 (RungsReassemblyIp, 1);
  self->done = done;
  self->data = data;
  self->ledger = ledger;
  self->entries = g_hash_table_new (entry_hash, entry_equal);
  g_queue_init (&self->under_way);
  g_queue_init (&self->complete);
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  return self;
}

void
rungs_reassembly_ip_free (RungsReassemblyIp *self)
{
  GList *link;

  if (self == NULL)
    return;
  while ((link = g_queue_pop_head_link (&self->under_way)) != NULL)
    entry_free (link->data);
  while ((link = g_queue_pop_head_link (&self->complete)) != NULL)
    entry_free (link->data);
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* Cuts overlaps off and counts what follows without a hole. */
static void
resolve (Entry *entry)
{
  GArray *fragments = entry->datagram.fragments;
  gsize end = 0;
  guint n = 0;

  for (guint i = 0; i < fragments->len; i++)
    {
      RungsReassemblyFragment *fragment = &g_array_index (fragments, RungsReassemblyFragment, i);
      gsize behind = end > fragment->offset ? end - fragment->offset : 0;

      if (fragment->offset > end)
        break;
      fragment->bytes = rungs_slice_skip (fragment->bytes, behind);
      fragment->offset += behind;
      end += fragment->bytes.length;
      n = i + 1;
    }
  entry->datagram.n_usable = n;
  entry->datagram.complete = entry->length > 0 && end >= entry->length;
}

static gboolean
has_no_hole (const Entry *entry)
{
  const GArray *fragments = entry->datagram.fragments;
  gsize end = 0;

  for (guint i = 0; i < fragments->len; i++)
    {
      const RungsReassemblyFragment *fragment = &g_array_index (fragments, RungsReassemblyFragment, i);

      if (fragment->offset > end)
        return FALSE;
      end = MAX (end, fragment->offset + fragment->bytes.length);
    }
  return end >= entry->length;
}

static void
drop (RungsReassemblyIp *self, Entry *entry)
{
  g_hash_table_remove (self->entries, entry);
  g_queue_unlink (entry->done ? &self->complete : &self->under_way, &entry->link);
  if (!entry->done)
    {
      resolve (entry);
      self->done (self->data, &entry->datagram);
    }
  entry_free (entry);
}

/* What is complete is kept for a while: a second interface may bring all of it again. */
static void
complete (RungsReassemblyIp *self, Entry *entry)
{
  resolve (entry);
  self->done (self->data, &entry->datagram);
  entry->done = TRUE;
  g_queue_unlink (&self->under_way, &entry->link);
  g_queue_push_tail_link (&self->complete, &entry->link);
  if (self->complete.length > MAX_DATAGRAMS)
    drop (self, self->complete.head->data);
}

/* Whether all of @fragment stands, byte for byte, in the datagram that was handed out. */
static gboolean
is_copy (const Entry *entry, const RungsReassemblyFragment *fragment)
{
  RungsSlice rest = fragment->bytes;
  gsize offset = fragment->offset;

  for (guint i = 0; i < entry->datagram.n_usable && rest.length > 0; i++)
    {
      const RungsReassemblyFragment *known =
        &g_array_index (entry->datagram.fragments, RungsReassemblyFragment, i);
      RungsSlice part;

      if (known->offset > offset)
        return FALSE;
      part = rungs_slice_sub (known->bytes, offset - known->offset, rest.length);
      if (part.length == 0)
        continue;
      if (!rungs_slice_starts_with (rest, part))
        return FALSE;
      rest = rungs_slice_skip (rest, part.length);
      offset += part.length;
    }
  return rest.length == 0;
}

/* Returns: the datagram that @fragment belongs to, perhaps one that is handed out and of which it is a copy */
static Entry *
find_entry (RungsReassemblyIp *self,
            const RungsPacket *packet,
            const RungsReassemblyFragment *fragment,
            gint64 time)
{
  Entry wanted = { .seed = self->seed };
  Entry *entry;

  memcpy (wanted.key.source, packet->source, 16);
  memcpy (wanted.key.destination, packet->destination, 16);
  wanted.key.identification = packet->identification;
  wanted.key.protocol = packet->version == 4 ? packet->protocol : 0;
  wanted.key.version = packet->version;
  entry = g_hash_table_lookup (self->entries, &wanted);
  if (entry != NULL && (!entry->done || is_copy (entry, fragment)))
    return entry;
  if (entry != NULL)
    drop (self, entry);
  if (self->under_way.length >= MAX_DATAGRAMS)
    drop (self, self->under_way.head->data);
  entry = g_memdup2 (&wanted, sizeof wanted);
  entry->datagram.packet = *packet;
  entry->datagram.packet.payload = RUNGS_SLICE_EMPTY;
  entry->datagram.fragments = g_array_new (FALSE, FALSE, sizeof (RungsReassemblyFragment));
  entry->first_time = time;
  entry->link.data = entry;
  g_queue_push_tail_link (&self->under_way, &entry->link);
  g_hash_table_add (self->entries, entry);
  return entry;
}

static void
drop_old (RungsReassemblyIp *self, GQueue *queue, gint64 time)
{
  while (queue->head != NULL)
    {
      Entry *entry = queue->head->data;

      if (time == RUNGS_TIME_NONE || entry->first_time == RUNGS_TIME_NONE || time <= entry->first_time ||
          time - entry->first_time <= MAX_AGE)
        return;
      drop (self, entry);
    }
}

void
rungs_reassembly_ip_push (RungsReassemblyIp *self,
                          const RungsPacket *packet,
                          RungsPcapRange range,
                          gint64 time)
{
  RungsReassemblyFragment fragment = { packet->payload, packet->fragment_offset, range, packet->missing };
  GArray *fragments;
  Entry *entry;
  guint place;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  drop_old (self, &self->under_way, time);
  drop_old (self, &self->complete, time);
  entry = find_entry (self, packet, &fragment, time);
  if (entry->done)
    {
      rungs_pcap_ledger_settle (self->ledger, range, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return;
    }
  fragments = entry->datagram.fragments;
  place = fragments->len;
  /* equal offsets keep their order, so that the bytes that came first win */
  while (place > 0 && g_array_index (fragments, RungsReassemblyFragment, place - 1).offset > fragment.offset)
    place--;
  g_array_insert_val (fragments, place, fragment);
  entry->datagram.time = time;
  entry->bytes += packet->payload.length;
  if (packet->fragment_offset == 0)
    entry->datagram.packet.protocol = packet->protocol;
  if (!packet->more_fragments)
    entry->length = packet->fragment_offset + packet->payload.length + packet->missing;
  if (fragments->len >= MAX_FRAGMENTS ||
      (entry->length > 0 && entry->bytes >= entry->length && has_no_hole (entry)))
    complete (self, entry);
}

void
rungs_reassembly_ip_finish (RungsReassemblyIp *self)
{
  g_return_if_fail (self != NULL);

  while (self->under_way.head != NULL)
    drop (self, self->under_way.head->data);
}

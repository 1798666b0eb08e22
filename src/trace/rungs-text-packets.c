/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packets in a text.  See rungs-text-packets.h. */

#include "config.h"

#include "rungs-packet.h"
#include "rungs-sip-frame.h"
#include "rungs-text-head.h"
#include "rungs-text-packets.h"

/* How many connections may have a message begun at once, and how long that may be. */
#define MAX_HELD   64
#define MAX_LENGTH (4 * 1024 * 1024)

enum
{
  LINK_NULL = 0,
  LINK_ETHERNET = 1,
  LINK_RAW = 101,
  LINK_COOKED = 113,
  LINK_COOKED_2 = 276,
};

typedef struct
{
  RungsRecord record; /* of its first segment */
  GByteArray *bytes;
} Held;

struct _RungsTextPackets
{
  RungsTextWalk *walk;
  GPtrArray *held; /* Held, the oldest first */
};

static void
held_free (gpointer data)
{
  Held *held = data;

  g_byte_array_unref (held->bytes);
  g_free (held);
}

static RungsSlice
get_bytes (const Held *held)
{
  return rungs_slice ((const char *) held->bytes->data, held->bytes->len);
}

static gboolean
begins_message (RungsSlice bytes)
{
  gssize newline = rungs_slice_find_char (bytes, 0, '\n');

  return newline > 0 &&
         rungs_sip_is_start_line (rungs_slice_trim (rungs_slice_sub (bytes, 0, (gsize) newline)));
}

static void
emit (RungsTextPackets *self, const RungsRecord *record, RungsSlice bytes, gboolean is_whole)
{
  RungsRecord message = *record;
  RungsTextHead head;

  rungs_text_head_scan (&head, bytes);
  if (message.transport == RUNGS_TRANSPORT_UNKNOWN)
    message.transport = head.transport;
  message.bytes = rungs_arena_copy (self->walk->arena, bytes);
  message.flags |= RUNGS_RECORD_JOINED | (is_whole ? 0 : RUNGS_RECORD_TRUNCATED);
  rungs_text_walk_record (self->walk, &message);
}

/* How long the message is that @bytes begin with; 0 where more of it must come. */
static gsize
measure (RungsSlice bytes)
{
  RungsTextHead head;

  rungs_text_head_scan (&head, bytes);
  if (!head.ended || bytes.length - head.length < head.content_length)
    return 0;
  return head.length + head.content_length;
}

/* Hands over the whole messages at the start of @held. Returns: whether nothing of it is left */
static gboolean
take_whole (RungsTextPackets *self, Held *held)
{
  while (held->bytes->len > 0 && begins_message (get_bytes (held)))
    {
      gsize length = measure (get_bytes (held));

      if (length == 0)
        return FALSE;
      emit (self, &held->record, rungs_slice_sub (get_bytes (held), 0, length), TRUE);
      g_byte_array_remove_range (held->bytes, 0, (guint) length);
    }
  return TRUE;
}

static void
flush (RungsTextPackets *self, guint index)
{
  Held *held = g_ptr_array_index (self->held, index);

  emit (self, &held->record, get_bytes (held), FALSE);
  g_ptr_array_remove_index (self->held, index);
}

static gboolean
find_held (RungsTextPackets *self, const RungsRecord *record, guint *index)
{
  for (*index = 0; *index < self->held->len; (*index)++)
    {
      const Held *held = g_ptr_array_index (self->held, *index);

      if (rungs_address_equal (&held->record.source, &record->source) &&
          rungs_address_equal (&held->record.destination, &record->destination))
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_segment (RungsTextPackets *self, const RungsRecord *record, RungsSlice payload)
{
  gboolean begins = begins_message (payload);
  Held *held;
  guint index;

  if (find_held (self, record, &index) && begins)
    {
      flush (self, index);
      index = self->held->len;
    }
  if (index == self->held->len)
    {
      if (!begins)
        return FALSE;
      if (self->held->len == MAX_HELD)
        flush (self, 0);
      held = g_new0 (Held, 1);
      held->record = *record;
      held->record.flags |= RUNGS_RECORD_STREAM;
      held->bytes = g_byte_array_new ();
      index = self->held->len;
      g_ptr_array_add (self->held, held);
    }
  held = g_ptr_array_index (self->held, index);
  g_byte_array_append (held->bytes, (const guint8 *) payload.data, (guint) payload.length);
  if (take_whole (self, held))
    g_ptr_array_remove_index (self->held, index);
  else if (held->bytes->len > MAX_LENGTH)
    flush (self, index);
  return TRUE;
}

RungsTextPackets *
rungs_text_packets_new (RungsTextWalk *walk)
{
  RungsTextPackets *self = g_new0 (RungsTextPackets, 1);

  self->walk = walk;
  self->held = g_ptr_array_new_with_free_func (held_free);
  return self;
}

void
rungs_text_packets_free (RungsTextPackets *self)
{
  while (self->held->len > 0)
    flush (self, 0);
  g_ptr_array_unref (self->held);
  g_free (self);
}

gboolean
rungs_text_packets_add (RungsTextPackets *self, const RungsRecord *record, RungsSlice payload)
{
  gsize length;

  if (payload.length == 0)
    return FALSE;
  if (record->transport == RUNGS_TRANSPORT_TCP)
    return add_segment (self, record, payload);
  if (!begins_message (payload))
    return FALSE;
  length = measure (payload);
  emit (self, record, length > 0 ? rungs_slice_sub (payload, 0, length) : payload, length > 0);
  return TRUE;
}

static void
set_end (RungsAddress *self, guint version, const guint8 *bytes, guint16 port)
{
  *self = (RungsAddress){ .kind = version == 4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6, .port = port };
  memcpy (self->bytes, bytes, version == 4 ? 4 : 16);
}

gboolean
rungs_text_packets_add_frame (RungsTextPackets *self, RungsRecord *record, RungsSlice frame)
{
  static const guint links[] = { LINK_RAW, LINK_ETHERNET, LINK_COOKED, LINK_COOKED_2, LINK_NULL };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      RungsPacket packet;
      RungsPacketKind kind = rungs_packet_decode (&packet, links[i], frame, FALSE);

      if (kind != RUNGS_PACKET_UDP && kind != RUNGS_PACKET_TCP)
        continue;
      set_end (&record->source, packet.version, packet.source, packet.source_port);
      set_end (&record->destination, packet.version, packet.destination, packet.destination_port);
      record->transport = kind == RUNGS_PACKET_UDP ? RUNGS_TRANSPORT_UDP : RUNGS_TRANSPORT_TCP;
      return rungs_text_packets_add (self, record, packet.payload);
    }
  return rungs_text_packets_add (self, record, frame);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* SCTP chunks → messages.  See rungs-reassembly-sctp.h. */

#include "config.h"

#include "rungs-packet-ends-table.h"
#include "rungs-reassembly-sctp.h"

#define COMMON_HEADER     12
#define CHUNK_HEADER      4
#define MAX_FRAGMENTS     1024
#define MAX_WAITING_BYTES (1024 * 1024)
#define WINDOW            1024

enum
{
  CHUNK_DATA = 0,
  CHUNK_INIT = 1,
  CHUNK_I_DATA = 64,
};

enum
{
  FLAG_LAST = 1 << 0,
  FLAG_FIRST = 1 << 1,
};

/* A captured packet of which fragments wait; it may have come in fragments of IP itself. */
typedef struct
{
  RungsPcapRange range;
  RungsReassemblyFragment *pieces; /* (nullable): those, instead of @range */
  guint n_pieces;
  RungsSlice joined; /* their bytes */
  guint outcome;     /* of what it carries, so far */
  guint n_waiting;
} Frame;

typedef struct
{
  Frame *frame;
  RungsSlice bytes;
  gsize length; /* on the wire */
  gint64 time;
  guint32 number;
  guint flags;
} Fragment;

typedef struct
{
  RungsPacketEnds ends;
  GArray *fragments; /* Fragment, by their number */
  gsize waiting_bytes;
  guint64 seen[WINDOW / 64]; /* bit n % WINDOW: chunk n, for the last WINDOW numbers */
  guint32 highest;
  gboolean started;
} Direction;

struct _RungsReassemblySctp
{
  RungsSlice capture;
  RungsPcapLedger *ledger;
  RungsPcapPayload *payload;
  RungsPacketEndsTable *directions;
  const Fragment *joined; /* the fragments of the message that is being read */
  guint n_joined;
};

static void
frame_free (Frame *frame)
{
  g_free (frame->pieces);
  g_free (frame);
}

static void
clear_direction (Direction *direction)
{
  for (guint i = 0; i < direction->fragments->len; i++)
    {
      Frame *frame = g_array_index (direction->fragments, Fragment, i).frame;

      if (--frame->n_waiting == 0)
        frame_free (frame);
    }
  g_array_unref (direction->fragments);
}

RungsReassemblySctp *
rungs_reassembly_sctp_new (RungsSlice capture, RungsPcapLedger *ledger, RungsPcapPayload *payload)
{
  RungsReassemblySctp *self;

  g_return_val_if_fail (ledger != NULL && payload != NULL, NULL);

  self = g_new0 (RungsReassemblySctp, 1);
  self->capture = capture;
  self->ledger = ledger;
  self->payload = payload;
  self->directions = rungs_packet_ends_table_new (sizeof (Direction));
  return self;
}

void
rungs_reassembly_sctp_free (RungsReassemblySctp *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->directions); i++)
    clear_direction (rungs_packet_ends_table_get (self->directions, i));
  rungs_packet_ends_table_free (self->directions);
  g_free (self);
}

static Direction *
find_direction (RungsReassemblySctp *self, const RungsPacket *packet)
{
  RungsPacketEnds ends;
  Direction *direction;

  rungs_packet_ends_init (&ends, packet, 0);
  direction = rungs_packet_ends_table_obtain (self->directions, &ends);
  if (direction->fragments == NULL)
    direction->fragments = g_array_new (FALSE, FALSE, sizeof (Fragment));
  return direction;
}

/* Whether chunk @number came before; from now on it did. */
static gboolean
came_before (Direction *direction, guint32 number)
{
  gint32 ahead = number - direction->highest;
  guint64 bit = G_GUINT64_CONSTANT (1) << (number % 64);
  guint64 *word = &direction->seen[number % WINDOW / 64];
  gboolean before;

  if (!direction->started || ahead > WINDOW || ahead < -4 * WINDOW)
    {
      memset (direction->seen, 0, sizeof direction->seen);
      direction->started = TRUE;
      direction->highest = number;
    }
  else if (ahead <= -WINDOW)
    {
      return TRUE;
    }
  for (; ahead > 0 && direction->highest != number; direction->highest++)
    direction->seen[(direction->highest + 1) % WINDOW / 64] &=
      ~(G_GUINT64_CONSTANT (1) << ((direction->highest + 1) % 64));
  before = (*word & bit) != 0;
  *word |= bit;
  return before;
}

static void
settle (RungsReassemblySctp *self, Frame *frame)
{
  if (frame->n_waiting > 0)
    return;
  if (frame->pieces == NULL)
    rungs_pcap_ledger_settle (self->ledger, frame->range, frame->outcome);
  for (guint i = 0; i < frame->n_pieces; i++)
    if (i == 0 || frame->pieces[i].bytes.length > 0)
      rungs_pcap_ledger_settle (self->ledger, frame->pieces[i].range, frame->outcome);
}

/* What a packet counts as: read, if anything in it was; otherwise what its first chunk was. */
static void
note_outcome (Frame *frame, guint outcome)
{
  if (outcome == RUNGS_PCAP_READ || frame->outcome == RUNGS_UNREAD_TCP_HANDSHAKE)
    frame->outcome = outcome;
}

static RungsRecord
begin_record (const Direction *direction, gint64 time)
{
  RungsRecord record = { .time = time, .transport = RUNGS_TRANSPORT_SCTP };

  record.source = rungs_packet_ends_get_address (&direction->ends, 0);
  record.destination = rungs_packet_ends_get_address (&direction->ends, 1);
  return record;
}

/* Where in the file @bytes of @frame begin. */
static guint64
get_place (const RungsReassemblySctp *self, const Frame *frame, RungsSlice bytes)
{
  gsize place;
  guint i = 0;

  if (frame->pieces == NULL)
    return rungs_slice_offset_in (bytes, self->capture);
  place = rungs_slice_offset_in (bytes, frame->joined);
  while (i + 1 < frame->n_pieces && frame->pieces[i + 1].offset <= place)
    i++;
  return place - frame->pieces[i].offset + rungs_slice_offset_in (frame->pieces[i].bytes, self->capture);
}

static guint64
locate (gpointer data, guint64 place)
{
  RungsReassemblySctp *self = data;
  guint i = 0;

  for (; i + 1 < self->n_joined && place >= self->joined[i].bytes.length; i++)
    place -= self->joined[i].bytes.length;
  return get_place (self, self->joined[i].frame, rungs_slice_skip (self->joined[i].bytes, place));
}

/* Reads @record, the bytes of @n fragments. */
static guint
read_record (
  RungsReassemblySctp *self, RungsRecord *record, const Fragment *fragments, guint n, gsize on_wire)
{
  guint outcome;

  self->joined = fragments;
  self->n_joined = n;
  self->payload->locate = locate;
  self->payload->locate_data = self;
  outcome = rungs_pcap_payload_read (self->payload, record, on_wire);
  self->payload->locate = NULL;
  return outcome;
}

/* Reads @n fragments as one message. */
static guint
read_joined (
  RungsReassemblySctp *self, const Direction *direction, const Fragment *fragments, guint n, gboolean whole)
{
  RungsRecord record = begin_record (direction, fragments[n - 1].time);
  gsize length = 0;
  gsize on_wire = whole ? 0 : 1;
  char *joined;

  for (guint i = 0; i < n; i++)
    {
      length += fragments[i].bytes.length;
      on_wire += fragments[i].length;
    }
  if (length == 0 || !rungs_pcap_payload_may_read (fragments[0].bytes, &record, on_wire))
    return whole ? RUNGS_UNREAD_OTHER_PROTOCOL : RUNGS_UNREAD_FRAGMENT_INCOMPLETE;
  joined = rungs_arena_allocate (self->payload->arena, length);
  record.bytes = rungs_slice (joined, length);
  record.flags = RUNGS_RECORD_JOINED;
  for (guint i = 0; i < n; joined += fragments[i].bytes.length, i++)
    if (fragments[i].bytes.length > 0)
      memcpy (joined, fragments[i].bytes.data, fragments[i].bytes.length);
  return read_record (self, &record, fragments, n, on_wire);
}

/* Takes @n fragments from @first on, with @outcome, out of those that wait. */
static void
remove_fragments (RungsReassemblySctp *self, Direction *direction, guint first, guint n, guint outcome)
{
  for (guint i = first; i < first + n; i++)
    {
      Fragment *fragment = &g_array_index (direction->fragments, Fragment, i);

      direction->waiting_bytes -= fragment->bytes.length;
      fragment->frame->n_waiting--;
      note_outcome (fragment->frame, outcome);
      settle (self, fragment->frame);
      if (fragment->frame->n_waiting == 0)
        frame_free (fragment->frame);
    }
  g_array_remove_range (direction->fragments, first, n);
}

/* Reads the first message among those that wait, as far as it goes. */
static void
give_up_first (RungsReassemblySctp *self, Direction *direction)
{
  const Fragment *fragments = &g_array_index (direction->fragments, Fragment, 0);
  guint n = 1;
  guint outcome = RUNGS_UNREAD_FRAGMENT_INCOMPLETE;

  while (n < direction->fragments->len && fragments[n].number == fragments[n - 1].number + 1 &&
         (fragments[n].flags & FLAG_FIRST) == 0)
    n++;
  if ((fragments[0].flags & FLAG_FIRST) != 0)
    outcome = read_joined (self, direction, fragments, n, FALSE);
  remove_fragments (self, direction, 0, n, outcome);
}

/* Whether the fragment at @place completes a message; then it is read. */
static void
try_to_join (RungsReassemblySctp *self, Direction *direction, guint place)
{
  const Fragment *fragments = &g_array_index (direction->fragments, Fragment, 0);
  guint first = place;
  guint last = place;

  while ((fragments[first].flags & FLAG_FIRST) == 0)
    {
      if (first == 0 || fragments[first - 1].number + 1 != fragments[first].number)
        return;
      first--;
    }
  while ((fragments[last].flags & FLAG_LAST) == 0)
    {
      if (last + 1 == direction->fragments->len || fragments[last + 1].number != fragments[last].number + 1)
        return;
      last++;
    }
  remove_fragments (self,
                    direction,
                    first,
                    last - first + 1,
                    read_joined (self, direction, fragments + first, last - first + 1, TRUE));
}

static void
wait_for_more (RungsReassemblySctp *self, Direction *direction, const Fragment *fragment)
{
  guint place = direction->fragments->len;

  while (place > 0 &&
         (gint32) (g_array_index (direction->fragments, Fragment, place - 1).number - fragment->number) > 0)
    place--;
  g_array_insert_val (direction->fragments, place, *fragment);
  direction->waiting_bytes += fragment->bytes.length;
  fragment->frame->n_waiting++;
  try_to_join (self, direction, place);
  while (direction->fragments->len > MAX_FRAGMENTS || direction->waiting_bytes > MAX_WAITING_BYTES)
    give_up_first (self, direction);
}

/* A chunk of data; @bytes begin behind its header and may be cut before @length. */
static void
read_data (RungsReassemblySctp *self, Direction *direction, Frame *frame, Fragment *fragment, gsize header)
{
  RungsRecord record = begin_record (direction, fragment->time);

  if (came_before (direction, fragment->number))
    {
      note_outcome (frame, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return;
    }
  fragment->bytes = rungs_slice_skip (fragment->bytes, header);
  fragment->length -= header;
  fragment->frame = frame;
  if ((fragment->flags & (FLAG_FIRST | FLAG_LAST)) != (FLAG_FIRST | FLAG_LAST))
    {
      wait_for_more (self, direction, fragment);
      return;
    }
  record.bytes = fragment->bytes;
  record.flags = frame->pieces != NULL ? RUNGS_RECORD_JOINED : 0;
  note_outcome (frame, read_record (self, &record, fragment, 1, fragment->length));
}

/* Reads the chunks of @packet, which came as @frame; @otherwise is what that is where none of them is data. */
static void
read_packet (RungsReassemblySctp *self, const RungsPacket *packet, Frame *frame, gint64 time, guint otherwise)
{
  Direction *direction = find_direction (self, packet);
  RungsSlice rest;

  frame->outcome = RUNGS_UNREAD_TCP_HANDSHAKE;
  frame->n_waiting = 1;
  rest = rungs_slice_skip (packet->payload, COMMON_HEADER);
  while (rest.length >= CHUNK_HEADER)
    {
      guint type = rungs_slice_get_number (rest, 0, 1);
      gsize length = rungs_slice_get_number (rest, 2, 2);
      gsize header = type == CHUNK_I_DATA ? 20 : 16;
      Fragment fragment = { .bytes = rungs_slice_sub (rest, 0, length), .length = length, .time = time };

      if (length < CHUNK_HEADER)
        {
          note_outcome (frame, RUNGS_UNREAD_BROKEN);
          break;
        }
      if (type == CHUNK_INIT)
        direction->started = FALSE;
      if ((type == CHUNK_DATA || type == CHUNK_I_DATA) && fragment.bytes.length >= header)
        {
          fragment.flags = rungs_slice_get_number (rest, 1, 1);
          fragment.number = rungs_slice_get_number (rest, 4, 4);
          read_data (self, direction, frame, &fragment, header);
        }
      rest = rungs_slice_skip (rest, (length + 3) & ~(gsize) 3);
    }
  note_outcome (frame, otherwise);
  frame->n_waiting--;
  settle (self, frame);
  if (frame->n_waiting == 0)
    frame_free (frame);
}

void
rungs_reassembly_sctp_push (RungsReassemblySctp *self,
                            const RungsPacket *packet,
                            RungsPcapRange range,
                            gint64 time)
{
  Frame *frame;

  g_return_if_fail (self != NULL);
  g_return_if_fail (packet != NULL);

  frame = g_new0 (Frame, 1);
  frame->range = range;
  read_packet (self,
               packet,
               frame,
               time,
               packet->missing > 0 ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_TCP_HANDSHAKE);
}

void
rungs_reassembly_sctp_push_joined (RungsReassemblySctp *self,
                                   const RungsPacket *packet,
                                   const RungsReassemblyDatagram *datagram,
                                   RungsSlice joined)
{
  Frame *frame;

  g_return_if_fail (self != NULL && packet != NULL);
  g_return_if_fail (datagram != NULL && datagram->n_usable > 0);

  frame = g_new0 (Frame, 1);
  frame->n_pieces = datagram->n_usable;
  frame->pieces = g_memdup2 (datagram->fragments->data, frame->n_pieces * sizeof *frame->pieces);
  frame->joined = joined;
  read_packet (self,
               packet,
               frame,
               datagram->time,
               datagram->complete ? RUNGS_UNREAD_TCP_HANDSHAKE : RUNGS_UNREAD_FRAGMENT_INCOMPLETE);
}

void
rungs_reassembly_sctp_finish (RungsReassemblySctp *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < rungs_packet_ends_table_get_size (self->directions); i++)
    {
      Direction *direction = rungs_packet_ends_table_get (self->directions, i);

      while (direction->fragments->len > 0)
        give_up_first (self, direction);
    }
}

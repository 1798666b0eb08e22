/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One direction of a TCP connection.  See rungs-reassembly-stream.h.
 *
 * Two things keep the work linear.  The framing says how long a message will be once its head is there, and is not asked
 * again before.  And where it cannot say, joining and looking again costs credit, which every segment brings along in
 * proportion to its frame: a megabyte of one-byte segments is looked at less often, not a million times. */

#include "config.h"

#include "rungs-packet-payload.h"
#include "rungs-reassembly-framing.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-stream.h"
#include "rungs-reassembly-tls.h"
#include "rungs-sip-frame.h"

#define MAX_WAITING       64
#define MAX_WAITING_BYTES (1024 * 1024)
#define MAX_JUNK          (8 * 1024)
#define MAX_LINE          2048
#define MAX_JUMP          (16 * 1024 * 1024)
#define CREDIT_AT_START   (64 * 1024)
#define CREDIT_A_BYTE     32

static inline gint32
sequence_difference (guint32 a, guint32 b)
{
  return (gint32) (a - b);
}

static void
settle_piece (RungsReassemblyContext *context, const RungsReassemblyPiece *piece, guint outcome)
{
  rungs_pcap_ledger_settle (context->ledger, piece->range, piece->used ? RUNGS_PCAP_READ : outcome);
}

static void
reserve (RungsReassemblyPiece **pieces, guint *capacity, guint needed)
{
  if (needed <= *capacity)
    return;
  *capacity = MAX (2, *capacity * 2);
  *pieces = g_renew (RungsReassemblyPiece, *pieces, *capacity);
}

/* Makes room for one more held piece. */
static void
reserve_held (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  if (self->held == NULL)
    {
      self->held = g_steal_pointer (&context->spare);
      self->held_capacity = context->spare_capacity;
      context->spare_capacity = 0;
    }
  if (self->first_held > self->n_held && self->first_held + self->n_held == self->held_capacity)
    {
      memmove (self->held, self->held + self->first_held, self->n_held * sizeof *self->held);
      self->first_held = 0;
    }
  reserve (&self->held, &self->held_capacity, self->first_held + self->n_held + 1);
}

static void
release_held (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  self->first_held = 0;
  if (context->spare != NULL)
    return;
  context->spare = g_steal_pointer (&self->held);
  context->spare_capacity = self->held_capacity;
  self->held_capacity = 0;
}

/* Takes @length held bytes off; pieces that are used up are settled. */
static void
consume (RungsReassemblyStream *self, RungsReassemblyContext *context, gsize length, guint outcome)
{
  g_assert (length <= self->held_bytes);
  self->held_bytes -= length;
  self->wanted = 0;
  while (length > 0)
    {
      RungsReassemblyPiece *piece = &self->held[self->first_held];
      gsize taken = MIN (length, piece->bytes.length);

      piece->bytes = rungs_slice_skip (piece->bytes, taken);
      length -= taken;
      piece->used |= outcome == RUNGS_PCAP_READ;
      if (piece->bytes.length > 0)
        break;
      settle_piece (context, piece, outcome);
      self->first_held++;
      self->n_held--;
    }
  if (self->n_held == 0)
    release_held (self, context);
}

void
rungs_reassembly_stream_gather (
  RungsReassemblyStream *self, RungsReassemblyContext *context, gsize skip, gsize length, guint32 flags)
{
  RungsReassemblyPiece *piece = &self->held[self->first_held];
  RungsRecord *record = &context->record;
  gsize done;

  for (; skip >= piece->bytes.length; piece++)
    skip -= piece->bytes.length;
  record->agent = context->payload->interface;
  record->comment = rungs_pcap_payload_get_comment (context->payload, piece->range.offset);
  record->bytes = rungs_slice_sub (piece->bytes, skip, length);
  record->offset = rungs_slice_offset_in (record->bytes, context->capture);
  record->flags = flags | RUNGS_RECORD_STREAM;
  done = record->bytes.length;
  if (done < length)
    {
      char *joined = rungs_arena_allocate (context->arena, length);

      memcpy (joined, record->bytes.data, done);
      while (done < length)
        {
          gsize taken;

          piece++;
          if (record->comment.length == 0)
            record->comment = rungs_pcap_payload_get_comment (context->payload, piece->range.offset);
          taken = MIN (length - done, piece->bytes.length);
          memcpy (joined + done, piece->bytes.data, taken);
          done += taken;
        }
      record->bytes = rungs_slice (joined, length);
      record->flags |= RUNGS_RECORD_JOINED;
    }
  record->time = piece->time;
}

void
rungs_reassembly_stream_take_record (RungsReassemblyStream *self,
                                     RungsReassemblyContext *context,
                                     gsize skip,
                                     gsize length,
                                     RungsRecordKind kind,
                                     guint32 flags)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);
  g_return_if_fail (length > 0 && skip + length <= self->held_bytes);

  rungs_reassembly_stream_gather (self, context, skip, length, flags);
  context->record.kind = kind;
  context->ledger->sink->record (context->ledger->sink, &context->record);
  consume (self, context, skip + length, RUNGS_PCAP_READ);
}

void
rungs_reassembly_stream_drop (RungsReassemblyStream *self,
                              RungsReassemblyContext *context,
                              gsize length,
                              guint outcome)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  consume (self, context, MIN (length, self->held_bytes), outcome);
}

/* The first @length held bytes are a message. */
static void
emit (RungsReassemblyStream *self, RungsReassemblyContext *context, gsize length, guint32 flags)
{
  rungs_reassembly_stream_take_record (self, context, 0, length, RUNGS_RECORD_SIP, flags);
  self->protocol = RUNGS_REASSEMBLY_SIP;
  self->junk = 0;
}

static void
drop_junk (RungsReassemblyStream *self,
           RungsReassemblyContext *context,
           gsize length,
           RungsUnreadReason reason)
{
  consume (self, context, length, reason);
  self->junk = MIN (G_MAXUINT32 - MAX_JUNK, self->junk + length);
}

/* From here on the direction is passed by: see pass_by(). */
static void
give_up (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsReassemblyProtocol protocol)
{
  RungsUnreadReason reason =
    protocol == RUNGS_REASSEMBLY_ENCRYPTED ? RUNGS_UNREAD_ENCRYPTED : RUNGS_UNREAD_OTHER_PROTOCOL;

  for (guint i = 0; protocol == RUNGS_REASSEMBLY_ENCRYPTED && i < self->n_held; i++)
    rungs_reassembly_tls_count (context, &self->held[self->first_held + i]);
  for (guint i = 0; protocol == RUNGS_REASSEMBLY_ENCRYPTED && i < self->n_waiting; i++)
    rungs_reassembly_tls_count (context, &self->waiting[i]);
  consume (self, context, self->held_bytes, reason);
  for (guint i = 0; i < self->n_waiting; i++)
    settle_piece (context, &self->waiting[i], reason);
  self->n_waiting = 0;
  self->waiting_bytes = 0;
  self->searching = FALSE;
  self->cut_length = 0;
  self->protocol = protocol;
}

/* All held bytes in one slice; empty where there is no credit to join them now. */
static RungsSlice
join_held (RungsReassemblyStream *self, RungsReassemblyContext *context, gboolean must)
{
  const RungsReassemblyPiece *piece = &self->held[self->first_held];

  if (self->n_held == 1)
    return piece->bytes;
  if (!must && self->credit < (gint64) self->held_bytes)
    return RUNGS_SLICE_EMPTY;
  self->credit -= self->held_bytes;
  g_byte_array_set_size (context->scratch, 0);
  for (guint i = 0; i < self->n_held; i++)
    g_byte_array_append (context->scratch, (const guint8 *) piece[i].bytes.data, piece[i].bytes.length);
  return rungs_slice ((const char *) context->scratch->data, context->scratch->len);
}

/* Drops what stands before the next start line.
 * Returns: whether the first held byte now is one */
static gboolean
search_start_line (RungsReassemblyStream *self,
                   RungsReassemblyContext *context,
                   RungsSlice stream,
                   gboolean at_end)
{
  RungsUnreadReason reason =
    self->protocol == RUNGS_REASSEMBLY_SIP ? RUNGS_UNREAD_TCP_GAP : RUNGS_UNREAD_OTHER_PROTOCOL;
  gsize start = 0;

  while (start < stream.length)
    {
      gssize newline = rungs_slice_find_char (stream, start, '\n');
      gsize end = newline >= 0 ? (gsize) newline : stream.length;
      RungsSlice line = rungs_slice_sub (stream, start, MIN (end - start, MAX_LINE));

      if (newline < 0 && !at_end && line.length < MAX_LINE)
        break;
      if (line.length > 0 && line.data[line.length - 1] == '\r')
        line.length--;
      if (rungs_sip_is_start_line (line))
        {
          self->searching = FALSE;
          drop_junk (self, context, start, reason);
          return TRUE;
        }
      /* the end of a message whose start was not captured */
      if (reason == RUNGS_UNREAD_OTHER_PROTOCOL && rungs_sip_is_header_line (line))
        reason = RUNGS_UNREAD_TCP_GAP;
      start = newline >= 0 ? end + 1 : end;
    }
  drop_junk (self, context, start, reason);
  self->wanted = self->held_bytes + 1;
  return FALSE;
}

static void
drop_keepalive (RungsReassemblyStream *self, RungsReassemblyContext *context, gsize length)
{
  rungs_reassembly_keepalive_count (self, context, length);
  consume (self, context, length, RUNGS_UNREAD_KEEPALIVE);
}

/* Takes one message, or what is none, off the front.
 * Returns: how many bytes of @stream are done, 0 where more are needed */
static gsize
frame_once (RungsReassemblyStream *self,
            RungsReassemblyContext *context,
            RungsSlice stream,
            guint32 end_flags)
{
  guint32 flags = 0;
  gsize length = 0;
  RungsSipFrame frame;

  if (self->cut_length > 0)
    {
      if (self->cut_length > stream.length && end_flags == 0)
        return 0;
      length = MIN (self->cut_length, stream.length);
      flags = RUNGS_RECORD_GAP | (length < self->cut_length ? end_flags : 0);
      self->cut_length = 0;
      emit (self, context, length, flags);
      return length;
    }
  frame = rungs_sip_frame (stream, FALSE, &length);
  if (frame == RUNGS_SIP_FRAME_MORE)
    {
      if (end_flags == 0)
        {
          self->wanted = length > stream.length ? length : stream.length + 1;
          return 0;
        }
      flags = end_flags;
      frame = rungs_sip_frame (stream, TRUE, &length);
    }
  if (length == 0 || length > stream.length)
    length = stream.length;
  if (frame == RUNGS_SIP_FRAME_MESSAGE)
    emit (self, context, length, flags);
  else if (frame == RUNGS_SIP_FRAME_KEEPALIVE)
    drop_keepalive (self, context, length);
  else
    drop_junk (self,
               context,
               length,
               self->protocol == RUNGS_REASSEMBLY_SIP ? RUNGS_UNREAD_NOT_SIP : RUNGS_UNREAD_OTHER_PROTOCOL);
  return length;
}

/* What does the direction speak? Looks at its first bytes.
 * Returns: %FALSE where it was given up */
static gboolean
recognise (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream)
{
  self->protocol = rungs_reassembly_framing_recognise (self, &context->record, stream);
  if (self->protocol != RUNGS_REASSEMBLY_UNKNOWN)
    self->searching = FALSE;
  else if (rungs_packet_payload_is_tls (stream, self->searching))
    give_up (self, context, RUNGS_REASSEMBLY_ENCRYPTED);
  else if (rungs_packet_payload_is_foreign (stream))
    give_up (self, context, RUNGS_REASSEMBLY_OTHER);
  return self->n_held > 0;
}

/* Behind a gap: where in @stream, all held bytes, the first piece begins that a frame begins in; its end where none does. */
static gsize
find_framing (const RungsReassemblyStream *self, RungsSlice stream)
{
  gsize start = 0;

  for (guint i = 0; i < self->n_held; i++)
    {
      RungsSlice piece = rungs_slice_sub (stream, start, self->held[self->first_held + i].bytes.length);
      gsize found = rungs_reassembly_framing_find (self->protocol, piece);

      if (found < piece.length)
        return start + found;
      start += piece.length;
    }
  return stream.length;
}

/* The other framings: takes frames off the front of @stream, all held bytes.
 * Returns: %FALSE where more are needed */
static gboolean
process_framing (RungsReassemblyStream *self,
                 RungsReassemblyContext *context,
                 RungsSlice stream,
                 guint32 end_flags)
{
  if (self->searching)
    {
      gsize start = find_framing (self, stream);

      rungs_reassembly_stream_drop (self, context, start, RUNGS_UNREAD_TCP_GAP);
      stream = rungs_slice_skip (stream, start);
      self->searching = stream.length == 0;
    }
  while (stream.length > 0)
    {
      gsize done = rungs_reassembly_framing_take (self, context, stream, end_flags);

      if (self->protocol == RUNGS_REASSEMBLY_UNKNOWN)
        return TRUE;
      if (done == 0)
        return FALSE;
      if (self->protocol == RUNGS_REASSEMBLY_OTHER || self->protocol == RUNGS_REASSEMBLY_ENCRYPTED)
        give_up (self, context, self->protocol);
      stream = rungs_slice_sub (stream, done, self->held_bytes);
    }
  return TRUE;
}

/* Makes messages of what is held. @end_flags: 0, or that no byte will follow, and how to mark what is not whole. */
static void
process (RungsReassemblyStream *self, RungsReassemblyContext *context, guint32 end_flags)
{
  while (self->held_bytes > 0)
    {
      RungsSlice stream;

      if (end_flags == 0 && self->held_bytes < self->wanted)
        return;
      stream = join_held (self, context, end_flags != 0);
      if (stream.length == 0)
        return;
      if (self->protocol == RUNGS_REASSEMBLY_UNKNOWN && !recognise (self, context, stream))
        return;
      if (G_UNLIKELY (self->protocol >= RUNGS_REASSEMBLY_KERBEROS))
        {
          if (!process_framing (self, context, stream, end_flags))
            return;
          continue;
        }
      if (self->searching && !search_start_line (self, context, stream, end_flags != 0))
        stream.length = 0;
      else
        stream = rungs_slice_skip (stream, stream.length - self->held_bytes);
      while (stream.length > 0 && self->junk <= MAX_JUNK)
        {
          gsize done = frame_once (self, context, stream, end_flags);

          if (done == 0)
            return;
          stream = rungs_slice_skip (stream, done);
        }
      if (self->junk > MAX_JUNK)
        {
          give_up (self, context, RUNGS_REASSEMBLY_OTHER);
          return;
        }
      if (self->searching)
        return;
    }
}

static void
append (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  self->next = piece->sequence + piece->bytes.length + piece->missing;
  if (piece->bytes.length == 0)
    {
      settle_piece (context, piece, RUNGS_UNREAD_CUT_SHORT);
    }
  else
    {
      reserve_held (self, context);
      self->held[self->first_held + self->n_held++] = *piece;
      self->held_bytes += piece->bytes.length;
      self->credit += piece->range.length * CREDIT_A_BYTE;
    }
  if (piece->missing > 0)
    {
      process (self, context, RUNGS_RECORD_TRUNCATED);
      self->searching = TRUE;
    }
}

/* Removes from the front of @piece what the stream has already.
 * Returns: whether anything is left; otherwise the piece is settled */
static gboolean
trim_piece (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsReassemblyPiece *piece)
{
  gint32 behind = sequence_difference (self->next, piece->sequence);

  if (behind <= 0)
    return TRUE;
  if ((gsize) behind >= piece->bytes.length)
    {
      settle_piece (context, piece, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return FALSE;
    }
  piece->bytes = rungs_slice_skip (piece->bytes, behind);
  piece->sequence = self->next;
  return TRUE;
}

static void
take_waiting (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  while (self->n_waiting > 0 && sequence_difference (self->waiting[0].sequence, self->next) <= 0)
    {
      RungsReassemblyPiece piece = self->waiting[0];

      self->n_waiting--;
      self->waiting_bytes -= piece.bytes.length;
      memmove (self->waiting, self->waiting + 1, self->n_waiting * sizeof *self->waiting);
      if (trim_piece (self, context, &piece))
        append (self, context, &piece);
    }
}

/* The bytes before the first waiting piece will not come.  Where the gap lies inside a body whose length is known, the
 * message goes on behind it; otherwise what is held ends here. */
static void
skip_gap (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  gsize gap = self->waiting[0].sequence - self->next;

  if (self->held_bytes > 0)
    {
      if (self->protocol >= RUNGS_REASSEMBLY_KERBEROS)
        process (self, context, RUNGS_RECORD_GAP | RUNGS_RECORD_TRUNCATED);
      else if (self->cut_length == 0 && self->wanted > self->held_bytes + gap)
        self->cut_length = self->wanted - gap;
      else if (self->cut_length > self->held_bytes + gap)
        self->cut_length -= gap;
      else
        process (self, context, RUNGS_RECORD_GAP | RUNGS_RECORD_TRUNCATED);
    }
  if (self->n_waiting == 0)
    return;
  self->wanted = self->cut_length;
  self->searching = self->cut_length == 0;
  self->next = self->waiting[0].sequence;
  take_waiting (self, context);
  process (self, context, 0);
}

static void
wait_for_gap (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  guint place = self->n_waiting;

  while (place > 0 && sequence_difference (self->waiting[place - 1].sequence, piece->sequence) > 0)
    place--;
  if (place > 0 && self->waiting[place - 1].sequence == piece->sequence &&
      self->waiting[place - 1].bytes.length >= piece->bytes.length)
    {
      settle_piece (context, piece, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return;
    }
  reserve (&self->waiting, &self->waiting_capacity, self->n_waiting + 1);
  memmove (self->waiting + place + 1,
           self->waiting + place,
           (self->n_waiting - place) * sizeof *self->waiting);
  self->waiting[place] = *piece;
  self->n_waiting++;
  self->waiting_bytes += piece->bytes.length;
  while (self->n_waiting > MAX_WAITING || self->waiting_bytes > MAX_WAITING_BYTES)
    skip_gap (self, context);
}

/* A direction that is not SIP is looked at only for a segment that begins with a start line. */
static gboolean
pass_by (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  RungsSlice line = rungs_slice_sub (piece->bytes, 0, MAX_LINE);
  gssize newline;

  if (self->protocol == RUNGS_REASSEMBLY_ENCRYPTED)
    {
      rungs_reassembly_tls_count (context, piece);
      settle_piece (context, piece, RUNGS_UNREAD_ENCRYPTED);
      return TRUE;
    }
  if (self->protocol != RUNGS_REASSEMBLY_OTHER)
    return FALSE;
  newline = rungs_slice_find_char (line, 0, '\n');
  if (newline > 0)
    line.length = line.data[newline - 1] == '\r' ? newline - 1 : newline;
  if (newline <= 0 || !rungs_sip_is_start_line (line))
    {
      settle_piece (context, piece, RUNGS_UNREAD_OTHER_PROTOCOL);
      return TRUE;
    }
  self->protocol = RUNGS_REASSEMBLY_UNKNOWN;
  self->junk = 0;
  self->next = piece->sequence;
  return FALSE;
}

void
rungs_reassembly_stream_start (RungsReassemblyStream *self, guint32 sequence)
{
  g_return_if_fail (self != NULL);

  self->started = TRUE;
  self->first = sequence;
  self->next = sequence;
  self->credit = CREDIT_AT_START;
}

void
rungs_reassembly_stream_push (RungsReassemblyStream *self,
                              RungsReassemblyContext *context,
                              RungsReassemblyPiece piece)
{
  gint32 ahead;

  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  rungs_reassembly_keepalive_note_data (self, piece.time);
  if (pass_by (self, context, &piece))
    return;
  if (!self->started)
    {
      rungs_reassembly_stream_start (self, piece.sequence);
      self->searching = TRUE;
    }
  ahead = sequence_difference (piece.sequence, self->next);
  if (ahead > MAX_JUMP || ahead < -MAX_JUMP)
    {
      rungs_reassembly_stream_flush (self, context);
      self->next = piece.sequence;
      self->searching = TRUE;
      ahead = 0;
    }
  if (ahead > 0)
    {
      wait_for_gap (self, context, &piece);
      return;
    }
  if (!trim_piece (self, context, &piece))
    return;
  append (self, context, &piece);
  if (self->n_waiting > 0)
    take_waiting (self, context);
  process (self, context, 0);
  if (self->ending && self->next == self->end)
    process (self, context, RUNGS_RECORD_TRUNCATED);
}

void
rungs_reassembly_stream_acknowledge (RungsReassemblyStream *self,
                                     RungsReassemblyContext *context,
                                     guint32 sequence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  while (self->n_waiting > 0)
    {
      gint32 ahead = sequence_difference (sequence, self->waiting[0].sequence);

      if (ahead < 0 || ahead > MAX_JUMP)
        return;
      skip_gap (self, context);
    }
}

void
rungs_reassembly_stream_end (RungsReassemblyStream *self, RungsReassemblyContext *context, guint32 sequence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  self->ending = TRUE;
  self->end = sequence;
  if (self->started && self->next == sequence)
    process (self, context, RUNGS_RECORD_TRUNCATED);
}

void
rungs_reassembly_stream_flush (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  while (self->n_waiting > 0)
    skip_gap (self, context);
  process (self, context, RUNGS_RECORD_TRUNCATED);
}

void
rungs_reassembly_stream_clear (RungsReassemblyStream *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->held);
  g_free (self->waiting);
  rungs_websocket_free (self->websocket);
  g_free (self->keepalive);
  memset (self, 0, sizeof *self);
}

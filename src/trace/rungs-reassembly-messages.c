/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Held bytes → messages.  See rungs-reassembly-messages.h.
 *
 * Two things keep the work linear.  The framing says how long a message will be once its head is there, and is not asked
 * again.  And where it cannot say, joining and looking again costs credit, which every segment brings along in proportion to
 * its frame: a megabyte of one-byte segments is looked at less often, not a million times. */

#include "config.h"

#include "rungs-packet-payload.h"
#include "rungs-reassembly-framing.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-messages.h"
#include "rungs-reassembly-tls.h"
#include "rungs-sip-frame.h"

#define MAX_JUNK (8 * 1024)
#define MAX_LINE 2048

/* Takes @length held bytes off; pieces that are used up are settled. */
static void
consume (RungsReassemblyStream *self, RungsReassemblyContext *context, gsize length, guint outcome)
{
  self->work->wanted = 0;
  self->work->framed = FALSE;
  rungs_reassembly_held_drop (&self->work->held, context->ledger, length, outcome);
}

void
rungs_reassembly_stream_gather (
  RungsReassemblyStream *self, RungsReassemblyContext *context, gsize skip, gsize length, guint32 flags)
{
  const RungsReassemblyPiece *piece = rungs_reassembly_held_get (&self->work->held, 0);
  RungsRecord *record = &context->record;
  gsize done;

  for (; skip >= piece->bytes.length; piece++)
    skip -= piece->bytes.length;
  record->agent = context->payload->interface;
  record->comment = rungs_pcap_payload_get_comment (context->payload, piece->range.offset);
  record->bytes = rungs_slice_sub (piece->bytes, skip, length);
  record->offset = rungs_slice_offset_in (record->bytes, context->capture);
  record->flags = flags | RUNGS_RECORD_STREAM | context->payload->flags;
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
  g_return_if_fail (length > 0 && skip + length <= self->work->held.n_bytes);

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

  consume (self, context, MIN (length, self->work->held.n_bytes), outcome);
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

/* What the held bytes are that are not SIP. */
static RungsUnreadReason
name_other (const RungsReassemblyStream *self, const RungsReassemblyContext *context)
{
  if (self->work->held.n_pieces == 0)
    return RUNGS_UNREAD_OTHER_PROTOCOL;
  return rungs_packet_payload_get_stream_reason (rungs_reassembly_held_get (&self->work->held, 0)->bytes,
                                                 context->record.source.port,
                                                 context->record.destination.port);
}

/* Of what was cut before anybody could tell what it is, that is the reason; otherwise @reason. */
static RungsUnreadReason
get_junk_reason (const RungsReassemblyStream *self, RungsUnreadReason reason)
{
  const RungsReassemblyHeld *held = &self->work->held;

  return (reason == RUNGS_UNREAD_OTHER_PROTOCOL || reason == RUNGS_UNREAD_NOT_SIP) && held->n_pieces > 0 &&
             held->n_bytes < RUNGS_PCAP_ENOUGH &&
             rungs_reassembly_held_get (held, held->n_pieces - 1)->missing > 0
           ? RUNGS_UNREAD_CUT_SHORT
           : reason;
}

/* From here on the direction is passed by: see pass_by(). */
static void
give_up (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsReassemblyProtocol protocol)
{
  RungsUnreadReason reason = RUNGS_UNREAD_ENCRYPTED;

  if (protocol == RUNGS_REASSEMBLY_OTHER)
    {
      self->other = name_other (self, context);
      reason = get_junk_reason (self, self->other);
    }
  for (guint i = 0; protocol == RUNGS_REASSEMBLY_ENCRYPTED && i < self->work->held.n_pieces; i++)
    rungs_reassembly_tls_count (context, rungs_reassembly_held_get (&self->work->held, i));
  for (guint i = 0; protocol == RUNGS_REASSEMBLY_ENCRYPTED && i < self->work->n_waiting; i++)
    rungs_reassembly_tls_count (context, &self->work->waiting[i]);
  consume (self, context, self->work->held.n_bytes, reason);
  for (guint i = 0; i < self->work->n_waiting; i++)
    rungs_reassembly_piece_settle (&self->work->waiting[i], context->ledger, reason);
  self->work->n_waiting = 0;
  self->work->waiting_bytes = 0;
  self->searching = FALSE;
  self->work->cut_length = 0;
  self->protocol = protocol;
}

/* All held bytes in one slice; empty where there is no credit to join them now. */
static RungsSlice
join_held (RungsReassemblyStream *self, RungsReassemblyContext *context, gboolean must)
{
  RungsReassemblyWork *work = self->work;

  if (work->held.n_pieces > 1)
    {
      if (!must && work->credit < (gint64) work->held.n_bytes)
        return RUNGS_SLICE_EMPTY;
      work->credit -= work->held.n_bytes;
    }
  return rungs_reassembly_held_join (&work->held, context->scratch);
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
  drop_junk (self, context, start, get_junk_reason (self, reason));
  self->work->wanted = self->work->held.n_bytes + 1;
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

  if (self->work->cut_length > 0)
    {
      if (self->work->cut_length > stream.length && end_flags == 0)
        return 0;
      length = MIN (self->work->cut_length, stream.length);
      flags = RUNGS_RECORD_GAP | (length < self->work->cut_length ? end_flags : 0);
      self->work->cut_length = 0;
      emit (self, context, length, flags);
      return length;
    }
  frame = rungs_sip_frame (stream, FALSE, &length);
  if (frame == RUNGS_SIP_FRAME_MORE)
    {
      if (end_flags == 0)
        {
          self->work->framed = length > stream.length;
          self->work->wanted = self->work->framed ? length : stream.length + 1;
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
               get_junk_reason (self,
                                self->protocol == RUNGS_REASSEMBLY_SIP ? RUNGS_UNREAD_NOT_SIP
                                                                       : RUNGS_UNREAD_OTHER_PROTOCOL));
  return length;
}

/* What does the direction speak? Looks at its first bytes.
 * Returns: %FALSE where it was given up, or cannot be said yet */
static gboolean
recognise (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream, guint32 end_flags)
{
  if (end_flags == 0 && rungs_reassembly_framing_may_follow (stream))
    {
      self->work->wanted = stream.length + 1;
      return FALSE;
    }
  self->protocol = rungs_reassembly_framing_recognise (self, &context->record, stream);
  if (self->protocol != RUNGS_REASSEMBLY_UNKNOWN)
    self->searching = FALSE;
  else if (rungs_packet_payload_is_tls (stream, self->searching))
    give_up (self, context, RUNGS_REASSEMBLY_ENCRYPTED);
  else if (rungs_packet_payload_is_foreign (stream))
    give_up (self, context, RUNGS_REASSEMBLY_OTHER);
  return self->work->held.n_pieces > 0;
}

/* Behind a gap: where in @stream, all held bytes, the first piece begins that a frame begins in; its end where none does. */
static gsize
find_framing (const RungsReassemblyStream *self, RungsSlice stream)
{
  gsize start = 0;

  for (guint i = 0; i < self->work->held.n_pieces; i++)
    {
      RungsSlice piece =
        rungs_slice_sub (stream, start, rungs_reassembly_held_get (&self->work->held, i)->bytes.length);
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
      stream = rungs_slice_sub (stream, done, self->work->held.n_bytes);
    }
  return TRUE;
}

/* SIP: takes messages, and what is none, off the front of @stream, all held bytes.
 * Returns: %FALSE where more are needed, or nobody looks any longer */
static gboolean
process_sip (RungsReassemblyStream *self,
             RungsReassemblyContext *context,
             RungsSlice stream,
             guint32 end_flags)
{
  if (self->searching && !search_start_line (self, context, stream, end_flags != 0))
    stream.length = 0;
  else
    stream = rungs_slice_skip (stream, stream.length - self->work->held.n_bytes);
  while (stream.length > 0 && self->junk <= MAX_JUNK)
    {
      gsize done;

      /* agreed on in clear */
      if (G_UNLIKELY (rungs_packet_payload_begins_tls (stream)) && self->work->cut_length == 0)
        {
          self->protocol = RUNGS_REASSEMBLY_UNKNOWN;
          return TRUE;
        }
      done = frame_once (self, context, stream, end_flags);
      if (done == 0)
        return FALSE;
      stream = rungs_slice_skip (stream, done);
    }
  if (self->junk > MAX_JUNK)
    {
      give_up (self, context, RUNGS_REASSEMBLY_OTHER);
      return FALSE;
    }
  return !self->searching;
}

void
rungs_reassembly_messages_process (RungsReassemblyStream *self,
                                   RungsReassemblyContext *context,
                                   guint32 end_flags)
{
  RungsReassemblyWork *work;

  g_return_if_fail (self != NULL && self->work != NULL);
  g_return_if_fail (context != NULL);

  work = self->work;
  while (work->held.n_bytes > 0)
    {
      RungsSlice stream;

      if (end_flags == 0 && work->held.n_bytes < work->wanted)
        return;
      if (work->framed && work->held.n_bytes >= work->wanted)
        {
          emit (self, context, work->wanted, 0);
          continue;
        }
      stream = join_held (self, context, end_flags != 0);
      if (stream.length == 0)
        return;
      if (self->protocol == RUNGS_REASSEMBLY_UNKNOWN && !recognise (self, context, stream, end_flags))
        return;
      if (G_UNLIKELY (self->protocol >= RUNGS_REASSEMBLY_KERBEROS)
            ? !process_framing (self, context, stream, end_flags)
            : !process_sip (self, context, stream, end_flags))
        return;
    }
}

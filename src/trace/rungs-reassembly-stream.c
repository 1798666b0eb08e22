/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One direction of a TCP connection.  See rungs-reassembly-stream.h. */

#include "config.h"

#include "rungs-packet-payload.h"
#include "rungs-reassembly-keepalive.h"
#include "rungs-reassembly-messages.h"
#include "rungs-reassembly-tls.h"
#include "rungs-sip-frame.h"

#define MAX_WAITING       64
#define MAX_WAITING_BYTES (1024 * 1024)
#define MAX_LINE          2048
#define MAX_JUMP          (16 * 1024 * 1024)
#define CREDIT_AT_START   (64 * 1024)
#define CREDIT_A_BYTE     32

static inline gint32
sequence_difference (guint32 a, guint32 b)
{
  return (gint32) (a - b);
}

/* From now on the direction has something in hand. */
static void
take_up (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  if (self->work != NULL)
    return;
  self->work = context->spare != NULL ? g_steal_pointer (&context->spare) : g_new0 (RungsReassemblyWork, 1);
  self->work->credit = CREDIT_AT_START;
}

static void
work_free (RungsReassemblyWork *work)
{
  if (work == NULL)
    return;
  rungs_reassembly_held_clear (&work->held);
  g_free (work->waiting);
  rungs_websocket_free (work->websocket);
  g_free (work);
}

/* Where nothing is left in hand, somebody else may use what it was in. */
static void
lay_down (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  RungsReassemblyWork *work = self->work;

  if (work == NULL || work->held.n_pieces > 0 || work->n_waiting > 0 || work->websocket != NULL)
    return;
  work->wanted = work->cut_length = 0;
  work->framed = FALSE;
  self->work = NULL;
  if (context->spare == NULL)
    context->spare = work;
  else
    work_free (work);
}

static void
append (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  self->next = piece->sequence + piece->bytes.length + piece->missing;
  if (piece->bytes.length == 0)
    {
      rungs_reassembly_piece_settle (piece, context->ledger, RUNGS_UNREAD_CUT_SHORT);
    }
  else
    {
      rungs_reassembly_held_append (&self->work->held, piece);
      self->work->credit += piece->range.length * CREDIT_A_BYTE;
    }
  if (piece->missing > 0)
    {
      rungs_reassembly_messages_process (self, context, RUNGS_RECORD_TRUNCATED);
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
      rungs_reassembly_piece_settle (piece, context->ledger, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return FALSE;
    }
  piece->bytes = rungs_slice_skip (piece->bytes, behind);
  piece->sequence = self->next;
  return TRUE;
}

static void
take_waiting (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  while (self->work->n_waiting > 0 && sequence_difference (self->work->waiting[0].sequence, self->next) <= 0)
    {
      RungsReassemblyPiece piece = self->work->waiting[0];

      self->work->n_waiting--;
      self->work->waiting_bytes -= piece.bytes.length;
      memmove (self->work->waiting,
               self->work->waiting + 1,
               self->work->n_waiting * sizeof *self->work->waiting);
      if (trim_piece (self, context, &piece))
        append (self, context, &piece);
    }
}

/* The bytes before the first waiting piece will not come.  Where the gap lies inside a body whose length is known, the
 * message goes on behind it; otherwise what is held ends here. */
static void
skip_gap (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  gsize gap = self->work->waiting[0].sequence - self->next;

  if (self->work->held.n_bytes > 0)
    {
      if (self->protocol >= RUNGS_REASSEMBLY_KERBEROS)
        rungs_reassembly_messages_process (self, context, RUNGS_RECORD_GAP | RUNGS_RECORD_TRUNCATED);
      else if (self->work->cut_length == 0 && self->work->wanted > self->work->held.n_bytes + gap)
        self->work->cut_length = self->work->wanted - gap;
      else if (self->work->cut_length > self->work->held.n_bytes + gap)
        self->work->cut_length -= gap;
      else
        rungs_reassembly_messages_process (self, context, RUNGS_RECORD_GAP | RUNGS_RECORD_TRUNCATED);
    }
  if (self->work->n_waiting == 0)
    return;
  self->work->wanted = self->work->cut_length;
  self->work->framed = FALSE;
  self->searching = self->work->cut_length == 0;
  self->next = self->work->waiting[0].sequence;
  take_waiting (self, context);
  rungs_reassembly_messages_process (self, context, 0);
}

static void
wait_for_gap (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  guint place = self->work->n_waiting;

  while (place > 0 && sequence_difference (self->work->waiting[place - 1].sequence, piece->sequence) > 0)
    place--;
  if (place > 0 && self->work->waiting[place - 1].sequence == piece->sequence &&
      self->work->waiting[place - 1].bytes.length >= piece->bytes.length)
    {
      rungs_reassembly_piece_settle (piece, context->ledger, RUNGS_UNREAD_TCP_RETRANSMISSION);
      return;
    }
  if (self->work->n_waiting == self->work->waiting_capacity)
    {
      self->work->waiting_capacity = MAX (2, self->work->waiting_capacity * 2);
      self->work->waiting = g_renew (RungsReassemblyPiece, self->work->waiting, self->work->waiting_capacity);
    }
  memmove (self->work->waiting + place + 1,
           self->work->waiting + place,
           (self->work->n_waiting - place) * sizeof *self->work->waiting);
  self->work->waiting[place] = *piece;
  self->work->n_waiting++;
  self->work->waiting_bytes += piece->bytes.length;
  while (self->work->n_waiting > MAX_WAITING || self->work->waiting_bytes > MAX_WAITING_BYTES)
    skip_gap (self, context);
}

/* A direction that is not SIP is looked at only for a segment that begins with a start line, or with the hello of TLS: what was
 * said in clear before may have been to agree on it (STARTTLS, the CONNECT of HTTP). */
static gboolean
pass_by (RungsReassemblyStream *self, RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  RungsSlice line = rungs_slice_sub (piece->bytes, 0, MAX_LINE);
  gssize newline;

  if (self->protocol == RUNGS_REASSEMBLY_ENCRYPTED)
    {
      rungs_reassembly_tls_count (context, piece);
      rungs_reassembly_piece_settle (piece, context->ledger, RUNGS_UNREAD_ENCRYPTED);
      return TRUE;
    }
  if (self->protocol != RUNGS_REASSEMBLY_OTHER)
    return FALSE;
  newline = rungs_slice_find_char (line, 0, '\n');
  if (newline > 0)
    line.length = line.data[newline - 1] == '\r' ? newline - 1 : newline;
  if (!rungs_packet_payload_begins_tls (piece->bytes) && (newline <= 0 || !rungs_sip_is_start_line (line)))
    {
      rungs_reassembly_piece_settle (piece, context->ledger, self->other);
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
}

/* Everything in hand becomes records or unread bytes. */
static void
flush (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  while (self->work->n_waiting > 0)
    skip_gap (self, context);
  rungs_reassembly_messages_process (self, context, RUNGS_RECORD_TRUNCATED);
}

/* A segment at its place in the stream. */
static void
take (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsReassemblyPiece *piece)
{
  gint32 ahead = sequence_difference (piece->sequence, self->next);

  if (ahead > MAX_JUMP || ahead < -MAX_JUMP)
    {
      flush (self, context);
      self->next = piece->sequence;
      self->searching = TRUE;
      ahead = 0;
    }
  if (ahead > 0)
    {
      wait_for_gap (self, context, piece);
      return;
    }
  if (!trim_piece (self, context, piece))
    return;
  append (self, context, piece);
  if (self->work->n_waiting > 0)
    take_waiting (self, context);
  rungs_reassembly_messages_process (self, context, 0);
  if (self->ending && self->next == self->end)
    rungs_reassembly_messages_process (self, context, RUNGS_RECORD_TRUNCATED);
}

void
rungs_reassembly_stream_push (RungsReassemblyStream *self,
                              RungsReassemblyContext *context,
                              RungsReassemblyPiece piece)
{
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
  take_up (self, context);
  take (self, context, &piece);
  lay_down (self, context);
}

void
rungs_reassembly_stream_acknowledge (RungsReassemblyStream *self,
                                     RungsReassemblyContext *context,
                                     guint32 sequence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  while (rungs_reassembly_stream_waits (self))
    {
      gint32 ahead = sequence_difference (sequence, self->work->waiting[0].sequence);

      if (ahead < 0 || ahead > MAX_JUMP)
        return;
      skip_gap (self, context);
      lay_down (self, context);
    }
}

void
rungs_reassembly_stream_end (RungsReassemblyStream *self, RungsReassemblyContext *context, guint32 sequence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  self->ending = TRUE;
  self->end = sequence;
  if (self->work == NULL || self->next != sequence)
    return;
  rungs_reassembly_messages_process (self, context, RUNGS_RECORD_TRUNCATED);
  lay_down (self, context);
}

void
rungs_reassembly_stream_flush (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  if (self->work == NULL)
    return;
  flush (self, context);
  lay_down (self, context);
}

void
rungs_reassembly_stream_clear (RungsReassemblyStream *self)
{
  g_return_if_fail (self != NULL);

  work_free (self->work);
  g_free (self->keepalive);
  memset (self, 0, sizeof *self);
}

void
rungs_reassembly_context_clear (RungsReassemblyContext *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->spare, work_free);
  g_clear_pointer (&self->scratch, g_byte_array_unref);
}

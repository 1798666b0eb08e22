/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A reader in one thread, its records indexed in others.  See rungs-record-pipe.h.
 *
 * The batches are a ring, counted from the beginning of the input: taken ≤ claimed ≤ filled ≤ taken + N_BATCHES.  Those that
 * are claimed are being parsed, or are parsed and wait for their turn (@parsed). */

#include "config.h"

#include "rungs-record-pipe.h"

#define BATCH_RECORDS 128
#define N_BATCHES     16
#define MAX_HELPERS   6

typedef struct
{
  guint n_records;
  gboolean parsed; /* under the lock */
  gboolean is_last;
  guint64 offset; /* how far the reader has come */
  RungsSipMessage sip;
  RungsRecord records[BATCH_RECORDS];
  RungsReading readings[BATCH_RECORDS];
} Batch;

typedef struct
{
  RungsSink sink; /* first: what the reader sees */
  const RungsReader *reader;
  RungsSlice bytes;
  RungsArena *arena;
  const RungsReadingSeeds *seeds;
  RungsSink *target;
  RungsReadingFunc take;
  gboolean result;
  GError *error;

  Batch *ring;
  GMutex lock;
  GCond changed;
  guint64 filled;
  guint64 claimed;
  guint64 taken;
  gboolean finished; /* the last batch was taken */
  gboolean cancelled;
} Pipe;

static Batch *
get_batch (Pipe *self, guint64 number)
{
  return &self->ring[number % N_BATCHES];
}

static void
parse_batch (Batch *batch, const RungsReadingSeeds *seeds)
{
  for (guint i = 0; i < batch->n_records; i++)
    if (batch->records[i].kind == RUNGS_RECORD_SIP)
      rungs_reading_take (&batch->readings[i], seeds, &batch->records[i], &batch->sip);
}

/* Called with the lock held, which is let go while there is work: parses a batch that nobody has claimed, where there is
 * one; waits for a change otherwise. */
static void
work_or_wait (Pipe *self)
{
  Batch *batch;

  if (self->claimed == self->filled)
    {
      g_cond_wait (&self->changed, &self->lock);
      return;
    }
  batch = get_batch (self, self->claimed++);
  g_mutex_unlock (&self->lock);
  parse_batch (batch, self->seeds);
  g_mutex_lock (&self->lock);
  batch->parsed = TRUE;
  g_cond_broadcast (&self->changed);
}

/* Hands over the batch that the reader fills, and waits for the next to be free. Returns: FALSE where nobody wants more */
static gboolean
flush (Pipe *self, gboolean is_last)
{
  gboolean cancelled;

  g_mutex_lock (&self->lock);
  get_batch (self, self->filled)->is_last = is_last;
  self->filled++;
  g_cond_broadcast (&self->changed);
  while (!is_last && self->filled == self->taken + N_BATCHES)
    work_or_wait (self);
  cancelled = self->cancelled;
  g_mutex_unlock (&self->lock);
  if (!is_last)
    get_batch (self, self->filled)->n_records = 0;
  return !cancelled;
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Pipe *self = (Pipe *) sink;
  Batch *batch = get_batch (self, self->filled);

  batch->records[batch->n_records++] = *record;
  if (batch->n_records == BATCH_RECORDS)
    {
      guint64 offset = batch->offset;

      flush (self, FALSE);
      get_batch (self, self->filled)->offset = offset;
    }
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  RungsSink *target = ((Pipe *) sink)->target;

  target->read (target, offset, length);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  RungsSink *target = ((Pipe *) sink)->target;

  target->unread (target, offset, length, reason);
}

static void
take_name (RungsSink *sink, const RungsAddress *address, RungsSlice name)
{
  RungsSink *target = ((Pipe *) sink)->target;

  if (target->name != NULL)
    target->name (target, address, name);
}

static void
take_stream (RungsSink *sink, const RungsForeignStream *stream)
{
  RungsSink *target = ((Pipe *) sink)->target;

  if (target->stream != NULL)
    target->stream (target, stream);
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  Pipe *self = (Pipe *) sink;
  gboolean wanted;

  get_batch (self, self->filled)->offset = offset;
  wanted = flush (self, FALSE);
  get_batch (self, self->filled)->offset = offset;
  return wanted;
}

static gpointer
read_in_thread (gpointer data)
{
  Pipe *self = data;

  self->result = self->reader->read (self->bytes, self->arena, &self->sink, &self->error);
  flush (self, TRUE);
  return NULL;
}

static gpointer
help_in_thread (gpointer data)
{
  Pipe *self = data;

  g_mutex_lock (&self->lock);
  while (!self->finished)
    work_or_wait (self);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* Gives the records of a batch to the target. Returns: whether it wants more */
static gboolean
take_batch (Pipe *self, Batch *batch)
{
  for (guint i = 0; i < batch->n_records; i++)
    self->take (self->target, &batch->records[i], &batch->readings[i]);
  return self->target->progress (self->target, batch->offset);
}

/* Takes batches in order until the last one came. */
static void
drain (Pipe *self)
{
  g_mutex_lock (&self->lock);
  while (!self->finished)
    {
      Batch *batch = get_batch (self, self->taken);
      gboolean cancelled = self->cancelled;

      while (self->taken == self->filled || !batch->parsed)
        work_or_wait (self);
      g_mutex_unlock (&self->lock);
      if (!cancelled)
        cancelled = !take_batch (self, batch);
      g_mutex_lock (&self->lock);
      self->cancelled = cancelled;
      self->finished = batch->is_last;
      batch->parsed = FALSE;
      self->taken++;
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->lock);
}

static void
run (Pipe *self)
{
  guint n_helpers = MIN (MAX (g_get_num_processors (), 2) - 2, MAX_HELPERS);
  GThread *helpers[MAX_HELPERS];
  GThread *reader;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->ring = g_new0 (Batch, N_BATCHES);
  reader = g_thread_new ("rungs-reader", read_in_thread, self);
  for (guint i = 0; i < n_helpers; i++)
    helpers[i] = g_thread_new ("rungs-helper", help_in_thread, self);
  drain (self);
  g_thread_join (reader);
  for (guint i = 0; i < n_helpers; i++)
    g_thread_join (helpers[i]);
  for (guint i = 0; i < N_BATCHES; i++)
    rungs_sip_message_clear (&self->ring[i].sip);
  g_free (self->ring);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
}

gboolean
rungs_record_pipe_read (const RungsReader *reader,
                        RungsSlice bytes,
                        RungsArena *arena,
                        const RungsReadingSeeds *seeds,
                        RungsSink *sink,
                        RungsReadingFunc take,
                        GError **error)
{
  Pipe self = { .sink = { take_record, take_read, take_unread, take_progress, take_name, take_stream },
                .reader = reader,
                .bytes = bytes,
                .arena = arena,
                .seeds = seeds,
                .target = sink,
                .take = take };

  g_return_val_if_fail (reader != NULL && seeds != NULL && sink != NULL && take != NULL, FALSE);

  run (&self);
  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return self.result;
}

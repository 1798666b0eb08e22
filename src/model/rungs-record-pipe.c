/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A reader in one thread, its records indexed in another.  See rungs-record-pipe.h. */

#include "config.h"

#include "rungs-record-pipe.h"

#define SMALL_INPUT   (1024 * 1024)
#define BATCH_RECORDS 256
#define N_BATCHES     8

typedef struct
{
  guint n_records;
  gboolean is_last;
  guint64 offset; /* how far the reader has come */
  RungsRecord records[BATCH_RECORDS];
} Batch;

typedef struct
{
  RungsSink sink; /* first: what the reader sees */
  const RungsReader *reader;
  RungsSlice bytes;
  RungsArena *arena;
  RungsSink *target;
  GAsyncQueue *full;  /* Batch, from the reader */
  GAsyncQueue *empty; /* Batch, back to it */
  Batch *batch;       /* that the reader fills */
  int cancelled;      /* atomic */
  gboolean result;
  GError *error;
} Pipe;

static void
flush (Pipe *self, gboolean is_last)
{
  self->batch->is_last = is_last;
  g_async_queue_push (self->full, g_steal_pointer (&self->batch));
  if (is_last)
    return;
  self->batch = g_async_queue_pop (self->empty);
  self->batch->n_records = 0;
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Pipe *self = (Pipe *) sink;

  self->batch->records[self->batch->n_records++] = *record;
  if (self->batch->n_records == BATCH_RECORDS)
    flush (self, FALSE);
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

  self->batch->offset = offset;
  flush (self, FALSE);
  self->batch->offset = offset;
  return !g_atomic_int_get (&self->cancelled);
}

static gpointer
read_in_thread (gpointer data)
{
  Pipe *self = data;

  self->result = self->reader->read (self->bytes, self->arena, &self->sink, &self->error);
  flush (self, TRUE);
  return NULL;
}

/* Takes batches until the last one came. */
static void
drain (Pipe *self)
{
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Batch *batch = g_async_queue_pop (self->full);

      is_last = batch->is_last;
      if (!g_atomic_int_get (&self->cancelled))
        {
          for (guint i = 0; i < batch->n_records; i++)
            self->target->record (self->target, &batch->records[i]);
          if (!self->target->progress (self->target, batch->offset))
            g_atomic_int_set (&self->cancelled, TRUE);
        }
      g_async_queue_push (self->empty, batch);
    }
}

gboolean
rungs_record_pipe_read (
  const RungsReader *reader, RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  Pipe self = {
    { take_record, take_read, take_unread, take_progress, take_name, take_stream }, reader, bytes, arena, sink
  };
  GThread *thread;

  g_return_val_if_fail (reader != NULL && sink != NULL, FALSE);

  if (bytes.length < SMALL_INPUT)
    return reader->read (bytes, arena, sink, error);
  self.full = g_async_queue_new ();
  self.empty = g_async_queue_new_full (g_free);
  for (guint i = 0; i < N_BATCHES; i++)
    g_async_queue_push (self.empty, g_new0 (Batch, 1));
  self.batch = g_async_queue_pop (self.empty);
  thread = g_thread_new ("rungs-reader", read_in_thread, &self);
  drain (&self);
  g_thread_join (thread);
  g_async_queue_unref (self.full);
  g_async_queue_unref (self.empty);
  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return self.result;
}

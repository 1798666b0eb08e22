/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Keep-alives of TCP.  See rungs-reassembly-keepalive.h. */

#include "config.h"

#include "rungs-reassembly-keepalive.h"

void
rungs_reassembly_keepalive_note_data (RungsReassemblyStream *self, gint64 time)
{
  g_return_if_fail (self != NULL);

  if (time == RUNGS_TIME_NONE)
    return;
  if (self->last_data != 0 && time - self->last_data > self->pause)
    {
      self->pause = time - self->last_data;
      self->pause_start = self->last_data;
    }
  self->last_data = MAX (self->last_data, time);
}

void
rungs_reassembly_keepalive_count (RungsReassemblyStream *self, RungsReassemblyContext *context, gsize length)
{
  RungsForeignStream *stream;
  gint64 time;

  g_return_if_fail (self != NULL && self->work != NULL && self->work->held.n_pieces > 0);
  g_return_if_fail (context != NULL);

  time = rungs_reassembly_held_get (&self->work->held, 0)->time;
  stream = self->keepalive;
  if (stream == NULL)
    {
      stream = self->keepalive = g_new0 (RungsForeignStream, 1);
      stream->kind = RUNGS_FOREIGN_KEEPALIVE;
      stream->first = stream->last = RUNGS_TIME_NONE;
      stream->source = context->record.source;
      stream->destination = context->record.destination;
      stream->connection = context->record.connection;
    }
  stream->packets++;
  stream->bytes += length;
  if (time == RUNGS_TIME_NONE)
    return;
  if (stream->first == RUNGS_TIME_NONE || time < stream->first)
    stream->first = time;
  stream->last = MAX (stream->last, time);
}

void
rungs_reassembly_keepalive_report (RungsReassemblyStream *self, RungsReassemblyContext *context)
{
  g_autofree RungsForeignStream *stream = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (context != NULL);

  stream = g_steal_pointer (&self->keepalive);
  if (stream == NULL || context->ledger->sink->stream == NULL)
    return;
  stream->pause = self->pause;
  stream->pause_start = self->pause_start;
  context->ledger->sink->stream (context->ledger->sink, stream);
}

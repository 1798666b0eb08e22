/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Encrypted connections, named.  See rungs-reassembly-tls.h. */

#include "config.h"

#include "rungs-reassembly-tls.h"
#include "rungs-tls-hello.h"

#define MAX_NAME 255

/* Before a hello was seen, the lower port is the server's.
 * Returns: (nullable): what is known of the connection at work */
static RungsForeignStream *
get_stream (RungsReassemblyContext *context)
{
  const RungsRecord *record = &context->record;
  RungsForeignStream *stream;

  if (context->tls == NULL || *context->tls != NULL)
    return context->tls != NULL ? *context->tls : NULL;
  stream = g_new0 (RungsForeignStream, 1);
  stream->kind = RUNGS_FOREIGN_TLS;
  stream->first = stream->last = RUNGS_TIME_NONE;
  stream->source = record->source.port >= record->destination.port ? record->source : record->destination;
  stream->destination =
    record->source.port >= record->destination.port ? record->destination : record->source;
  *context->tls = stream;
  return stream;
}

void
rungs_reassembly_tls_count (RungsReassemblyContext *context, const RungsReassemblyPiece *piece)
{
  RungsForeignStream *stream;

  g_return_if_fail (context != NULL);
  g_return_if_fail (piece != NULL);

  stream = get_stream (context);
  if (stream == NULL)
    return;
  stream->packets++;
  stream->bytes += piece->bytes.length + piece->missing;
  if (piece->time == RUNGS_TIME_NONE)
    return;
  if (stream->first == RUNGS_TIME_NONE || piece->time < stream->first)
    stream->first = piece->time;
  stream->last = MAX (stream->last, piece->time);
}

void
rungs_reassembly_tls_read_hello (RungsReassemblyContext *context, RungsSlice bytes)
{
  const RungsRecord *record = &context->record;
  RungsForeignStream *stream;
  RungsTlsHello hello;

  g_return_if_fail (context != NULL);

  stream = get_stream (context);
  rungs_tls_hello_parse (&hello, bytes);
  if (stream == NULL || hello.kind == RUNGS_TLS_HELLO_NONE)
    return;
  stream->source = hello.kind == RUNGS_TLS_HELLO_CLIENT ? record->source : record->destination;
  stream->destination = hello.kind == RUNGS_TLS_HELLO_CLIENT ? record->destination : record->source;
  if (hello.name.length > 0 && stream->name.length == 0)
    stream->name = rungs_arena_copy (context->arena, rungs_slice_sub (hello.name, 0, MAX_NAME));
  if (hello.version != 0)
    stream->version = hello.version;
}

void
rungs_reassembly_tls_report (RungsReassemblyContext *context)
{
  g_autofree RungsForeignStream *stream = NULL;

  g_return_if_fail (context != NULL);

  if (context->tls == NULL || *context->tls == NULL)
    return;
  stream = g_steal_pointer (context->tls);
  if (stream->packets > 0 && context->ledger->sink->stream != NULL)
    context->ledger->sink->stream (context->ledger->sink, stream);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The trace so far, while its inputs still grow.  See rungs_trace_builder_copy().
 *
 * The snapshot is built by a copy of the builder: what was indexed is copied (some hundred bytes a message, no parsing),
 * the messages that wait at the ends of the inputs are indexed into the copy alone, and the copy is finished as any
 * builder is.  So a snapshot is what reading the inputs whole would give, in linear time, and nothing of it changes
 * later.  Shared are the inputs and the arenas behind records and strings: what was written there stays, and the
 * copy writes strings of its own elsewhere. */

#include "config.h"

#include "rungs-trace-builder-private.h"

#define PROBE_LENGTH (256 * 1024)

static void
copy_file (const RungsTraceFile *file, RungsTrace *trace)
{
  RungsTraceFile *copy = g_memdup2 (file, sizeof *file);

  copy->name = g_strdup (file->name);
  copy->path = g_strdup (file->path);
  copy->ledger.entries = g_array_copy (file->ledger.entries);
  copy->error = file->error != NULL ? g_error_copy (file->error) : NULL;
  g_ptr_array_add (trace->files, copy);
}

static void
replace (GArray **array, GArray *original)
{
  g_array_unref (*array);
  *array = g_array_copy (original);
}

static RungsTrace *
copy_trace (const RungsTrace *trace)
{
  RungsTrace *copy = g_object_new (RUNGS_TYPE_TRACE, NULL);
  GHashTableIter iter;
  gpointer data, aside;

  replace (&copy->messages, trace->messages);
  replace (&copy->kerberos, trace->kerberos);
  replace (&copy->streams, trace->streams);
  g_hash_table_iter_init (&iter, trace->asides);
  while (g_hash_table_iter_next (&iter, &data, &aside))
    g_hash_table_insert (copy->asides, data, g_memdup2 (aside, sizeof (RungsMessageAside)));
  for (guint i = 0; i < trace->files->len; i++)
    copy_file (g_ptr_array_index (trace->files, i), copy);
  for (guint i = 0; i < trace->inputs->len; i++)
    {
      RungsInput *input = g_ptr_array_index (trace->inputs, i);

      g_ptr_array_add (copy->inputs, input != NULL ? rungs_input_ref (input) : NULL);
    }
  rungs_interner_free (copy->strings);
  copy->strings = rungs_interner_copy (trace->strings);
  rungs_arena_unref (copy->arena);
  copy->arena = rungs_arena_ref (trace->arena);
  return copy;
}

static RungsTraceBuilder *
copy_builder (RungsTraceBuilder *self)
{
  RungsTraceBuilder *copy = rungs_trace_builder_new ();

  rungs_trace_builder_end (copy);
  g_object_unref (copy->trace);
  copy->trace = copy_trace (self->trace);
  copy->keys = g_array_copy (self->keys);
  copy->names = g_array_copy (self->names);
  copy->sorted = self->sorted;
  copy->highest_connection = self->highest_connection;
  rungs_endpoint_table_copy (&self->endpoints, &copy->endpoints, copy->trace->strings);
  copy->seeds = (RungsReadingSeeds){ self->seeds.seed, copy->trace->strings, FALSE };
  rungs_key_maker_copy (&self->maker, &copy->maker, copy->trace->strings);
  copy->ends = self->ends;
  copy->ends.endpoints = &copy->endpoints;
  return copy;
}

/* A text that was recognised by its first lines may be something more special. */
static void
update_format (RungsBuilderSource *source)
{
  RungsInput *input = g_ptr_array_index (source->builder->trace->inputs, source->file_index);
  const RungsReader *reader;

  if (source->file->format == NULL || source->probed >= PROBE_LENGTH)
    return;
  source->probed = source->file->size;
  reader = rungs_readers_find (rungs_slice_sub (rungs_input_get_bytes (input), 0, source->file->size),
                               source->file->name,
                               NULL);
  if (reader == NULL)
    return;
  source->file->format = reader->id;
  source->file->format_name = reader->name;
}

/* What is special to a source that still grows. */
static void
finish_source (RungsTraceBuilder *copy, const RungsBuilderSource *source)
{
  RungsBuilderSource end = *source;

  end.builder = copy;
  end.file = g_ptr_array_index (copy->trace->files, source->file_index);
  end.clock.offsets = g_array_copy (source->clock.offsets);
  for (guint i = 0; i < source->pending->len; i++)
    rungs_builder_source_index (&end, &g_array_index (source->pending, RungsRecord, i));
  rungs_builder_source_derive_zone (&end);
  rungs_clock_guess_clear (&end.clock);
}

RungsTraceBuilder *
rungs_trace_builder_copy (RungsTraceBuilder *self)
{
  RungsTraceBuilder *copy;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->sources->len; i++)
    update_format (g_ptr_array_index (self->sources, i));
  copy = copy_builder (self);
  for (guint i = 0; i < self->sources->len; i++)
    finish_source (copy, g_ptr_array_index (self->sources, i));
  return copy;
}

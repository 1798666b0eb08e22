/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Records → a trace.  See rungs-trace-builder.h.
 *
 * The builder is the sink of the readers.  What a record says is read once (rungs-reading.h), by whatever thread has time;
 * here its strings, endpoints and connections are numbered, in order.  Nothing of the message is copied but what is
 * interned.  What is done when all inputs are there is in rungs-trace-finish.c. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-media.h"
#include "rungs-record-pipe.h"
#include "rungs-trace-builder-private.h"

/* Of outlines, bytes: the rest of a trace that is larger is parsed again. */
#define MAX_OUTLINES (1u << 31)

#define MAX_FILES    ((1 << 14) - 1)
#define MAX_MESSAGES (G_MAXUINT32 - 1)
#define PROBE_LENGTH (256 * 1024)
#define SMALL_INPUT  (1024 * 1024)
#define LARGE_INPUT  (256 * 1024 * 1024)
#define RELEASE_STEP (16 * 1024 * 1024)

static void
index_time (RungsBuilderSource *source, const RungsRecord *record, RungsReading *reading)
{
  RungsTraceBuilder *self = source->builder;
  RungsMessageInfo *info = &reading->info;

  if (info->time == RUNGS_TIME_NONE)
    return;
  if (record->flags & RUNGS_RECORD_NO_DATE)
    {
      info->time = rungs_clock_guess_carry (&source->clock, info->time);
      if (source->clock.has_date)
        info->flags = (info->flags & ~(guint32) RUNGS_RECORD_NO_DATE) | RUNGS_RECORD_ZONE_UNKNOWN;
    }
  else
    rungs_clock_guess_note (&source->clock, info->time);
  if (record->flags & (RUNGS_RECORD_ZONE_UNKNOWN | RUNGS_RECORD_NO_DATE))
    {
      source->file->zone = RUNGS_ZONE_UNKNOWN;
      if (info->status != 0)
        rungs_clock_guess_add (&source->clock, info->time, reading->date);
    }
  if (source->last_time != RUNGS_TIME_NONE && info->time < source->last_time)
    self->sorted = FALSE;
  source->last_time = info->time;
}

static void
index_ends (RungsBuilderSource *source, const RungsRecord *record, RungsReading *reading)
{
  RungsTraceBuilder *self = source->builder;
  RungsEndpointTable *endpoints = &self->endpoints;
  RungsMessageInfo *info = &reading->info;
  gboolean request = info->status == 0;

  if (record->source.kind == RUNGS_ADDRESS_NONE && record->destination.kind == RUNGS_ADDRESS_NONE)
    {
      reading->key.derive = TRUE;
      info->flags |= RUNGS_MESSAGE_ENDPOINTS_DERIVED;
      rungs_ends_guess (&self->ends, reading, &info->source, &info->destination);
      return;
    }
  info->source = rungs_endpoint_table_add (endpoints, &record->source, source->file_index);
  info->destination = rungs_endpoint_table_add (endpoints, &record->destination, source->file_index);
  if (request && record->source.kind == RUNGS_ADDRESS_LOCAL)
    rungs_ends_name_local (endpoints, info->source, reading->sent_by);
  else if (!request && record->destination.kind == RUNGS_ADDRESS_LOCAL)
    rungs_ends_name_local (endpoints, info->destination, reading->sent_by);
}

static guint32
number_connection (const RungsBuilderSource *source, guint32 connection)
{
  return connection != 0 ? source->connection_base + connection * source->connection_step : 0;
}

/* An input numbers its connections from 1.  Those of inputs that are read one after the other follow each other in the
 * trace; of several that grow at once each counts in steps. */
static guint32
index_connection (RungsBuilderSource *source, const RungsRecord *record)
{
  RungsTraceBuilder *self = source->builder;
  guint32 connection = number_connection (source, record->connection);

  self->highest_connection = MAX (self->highest_connection, connection);
  return connection;
}

static void
index_kerberos (RungsBuilderSource *source, const RungsRecord *record)
{
  RungsTraceBuilder *self = source->builder;
  RungsKerberosInfo info = {
    .time = record->time,
    .offset = record->offset,
    .data = record->bytes.data,
    .length = (guint32) MIN (record->bytes.length, G_MAXUINT32),
    .source = rungs_endpoint_table_add (&self->endpoints, &record->source, source->file_index),
    .destination = rungs_endpoint_table_add (&self->endpoints, &record->destination, source->file_index),
    .connection = index_connection (source, record),
    .other = RUNGS_NO_KERBEROS,
    .error = -1,
    .file = (guint16) source->file_index,
    .transport = record->transport,
  };

  g_array_append_val (self->trace->kerberos, info);
}

static void
index_aside (RungsTraceBuilder *self, const RungsRecord *record)
{
  RungsMessageAside *aside;

  if (record->agent.length == 0 && record->comment.length == 0)
    return;
  aside = g_new (RungsMessageAside, 1);
  *aside = (RungsMessageAside){ record->agent, record->comment };
  g_hash_table_insert (self->trace->asides, (gpointer) record->bytes.data, aside);
}

/* What is numbered in the order of the records. */
static void
index_outline (RungsTraceBuilder *self, RungsReading *reading)
{
  RungsTrace *trace = self->trace;

  if (trace->outlines == NULL)
    trace->outlines = g_byte_array_new ();
  if (trace->outlines->len > MAX_OUTLINES)
    return;
  reading->key.outline = trace->outlines->len + 1;
  g_byte_array_append (trace->outlines,
                       (const guint8 *) &reading->outline,
                       (guint) rungs_sip_outline_get_size (&reading->outline));
}

static void
take_reading (RungsSink *sink, const RungsRecord *record, RungsReading *reading)
{
  RungsBuilderSource *source = (RungsBuilderSource *) sink;
  RungsTraceBuilder *self = source->builder;

  if (record->kind == RUNGS_RECORD_KERBEROS)
    {
      index_kerberos (source, record);
      return;
    }
  if (G_UNLIKELY (self->trace->messages->len >= MAX_MESSAGES))
    return;
  index_aside (self, record);
  reading->info.file = source->file_index;
  reading->info.connection = index_connection (source, record);
  rungs_key_maker_fill (&self->maker, reading);
  index_time (source, record, reading);
  index_ends (source, record, reading);
  g_array_append_val (self->trace->messages, reading->info);
  if (reading->has_outline)
    index_outline (self, reading);
  g_array_append_val (self->keys, reading->key);
  source->file->n_messages++;
}

void
rungs_builder_source_index (RungsBuilderSource *self, const RungsRecord *record)
{
  RungsReading reading;

  if (record->kind == RUNGS_RECORD_SIP)
    rungs_reading_take (&reading, &self->builder->seeds, record, &self->builder->sip);
  take_reading (&self->sink, record, &reading);
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  rungs_builder_source_index ((RungsBuilderSource *) sink, record);
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  rungs_ledger_add_read (&((RungsBuilderSource *) sink)->file->ledger, length);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  rungs_ledger_add_unread (&((RungsBuilderSource *) sink)->file->ledger, offset, length, reason);
}

static void
take_name (RungsSink *sink, const RungsAddress *address, RungsSlice name)
{
  RungsTraceBuilder *self = ((RungsBuilderSource *) sink)->builder;
  RungsKnownName known = { *address, name };

  g_array_append_val (self->names, known);
}

static void
take_stream (RungsSink *sink, const RungsForeignStream *stream)
{
  RungsBuilderSource *source = (RungsBuilderSource *) sink;
  RungsForeignStream taken = *stream;

  taken.connection = number_connection (source, stream->connection);
  g_array_append_val (source->builder->trace->streams, taken);
}

/* Of a large file, what lies well behind the place where records are taken is let go of; few of its bytes are looked at again
 * before somebody reads the messages, and those come back by themselves. */
static void
release_behind (RungsBuilderSource *source, guint64 offset)
{
  while (source->total >= LARGE_INPUT && offset >= source->released + 2 * RELEASE_STEP)
    {
      rungs_input_release (source->input, source->released, RELEASE_STEP);
      source->released += RELEASE_STEP;
    }
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  RungsBuilderSource *source = (RungsBuilderSource *) sink;

  release_behind (source, offset);
  return source->progress == NULL || source->progress (offset, source->total, source->data);
}

static gsize
take_more (RungsSink *sink, gsize length)
{
  RungsBuilderSource *source = (RungsBuilderSource *) sink;

  length = source->grow (length, source->data);
  source->total = source->file->size = length;
  g_array_set_size (source->pending, 0);
  return length;
}

static void
take_pending (RungsSink *sink, const RungsRecord *record)
{
  g_array_append_vals (((RungsBuilderSource *) sink)->pending, record, 1);
}

void
rungs_trace_builder_begin (RungsTraceBuilder *self)
{
  self->trace = g_object_new (RUNGS_TYPE_TRACE, NULL);
  self->keys = g_array_new (FALSE, FALSE, sizeof (RungsMessageKey));
  self->names = g_array_new (FALSE, FALSE, sizeof (RungsKnownName));
  self->sorted = TRUE;
  self->highest_connection = 0;
  rungs_endpoint_table_init (&self->endpoints, self->trace->strings);
  rungs_ends_init (&self->ends, &self->endpoints);
  rungs_key_maker_init (&self->maker, self->trace->strings);
  rungs_reading_seeds_init (&self->seeds, self->trace->strings);
}

void
rungs_trace_builder_end (RungsTraceBuilder *self)
{
  rungs_endpoint_table_clear (&self->endpoints);
  rungs_key_maker_clear (&self->maker);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->names, g_array_unref);
}

RungsTraceBuilder *
rungs_trace_builder_new (void)
{
  RungsTraceBuilder *self = g_new0 (RungsTraceBuilder, 1);

  self->sources = g_ptr_array_new ();
  rungs_sip_message_init (&self->sip);
  rungs_trace_builder_begin (self);
  return self;
}

void
rungs_trace_builder_keep_outlines (RungsTraceBuilder *self)
{
  g_return_if_fail (self != NULL);

  self->seeds.outlines = TRUE;
}

void
rungs_trace_builder_free (RungsTraceBuilder *self)
{
  if (self == NULL)
    return;
  rungs_trace_builder_end (self);
  rungs_sip_message_clear (&self->sip);
  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->shifts, rungs_clock_shifts_unref);
  g_clear_object (&self->trace);
  g_free (self);
}

static RungsTraceFile *
add_file (RungsTraceBuilder *self, const char *name, const char *path)
{
  RungsTraceFile *file = g_new0 (RungsTraceFile, 1);

  file->name = g_strdup (name);
  file->path = g_strdup (path);
  rungs_ledger_init (&file->ledger);
  g_ptr_array_add (self->trace->files, file);
  return file;
}

void
rungs_trace_builder_add_failure (RungsTraceBuilder *self,
                                 const char *name,
                                 const char *path,
                                 const GError *error)
{
  g_return_if_fail (self != NULL && name != NULL && path != NULL && error != NULL);

  add_file (self, name, path)->error = g_error_copy (error);
  g_ptr_array_add (self->trace->inputs, NULL);
}

void
rungs_builder_source_derive_zone (RungsBuilderSource *self)
{
  RungsTrace *trace = self->builder->trace;
  guint n = trace->messages->len;
  gboolean any_day = FALSE;
  gint64 offset;
  gint64 zone;

  for (guint i = self->first_message; i < n && !any_day; i++)
    {
      const RungsMessageInfo *info = rungs_trace_message (trace, i);

      any_day = info->file == self->file_index && (info->flags & RUNGS_RECORD_NO_DATE) != 0;
    }
  if (self->file->zone != RUNGS_ZONE_UNKNOWN || !rungs_clock_guess_derive (&self->clock, any_day, &offset))
    return;
  zone = offset / (60 * (gint64) G_USEC_PER_SEC);
  if (any_day)
    {
      /* The offset holds the day as well: what is left of it beside whole days is the zone. */
      zone %= 24 * 60;
      zone += zone < -12 * 60 ? 24 * 60 : zone > 14 * 60 ? -24 * 60 : 0;
    }
  self->file->zone = RUNGS_ZONE_DERIVED;
  self->file->zone_offset = (gint32) zone;
  for (guint i = self->first_message; i < n; i++)
    {
      RungsMessageInfo *info = rungs_trace_message (trace, i);

      if (info->file != self->file_index || info->time == RUNGS_TIME_NONE)
        continue;
      info->time -= offset;
      info->flags &= ~(guint32) (RUNGS_RECORD_ZONE_UNKNOWN | RUNGS_RECORD_NO_DATE);
      info->flags |= RUNGS_MESSAGE_TIME_DERIVED_ZONE;
    }
}

static void
shift_time (gint64 *time, gint64 shift)
{
  if (*time != RUNGS_TIME_NONE)
    *time += shift;
}

/* As the user corrects the clock of the file: all that came from it. */
static void
shift_clock (RungsBuilderSource *source)
{
  const RungsClockShifts *shifts = source->builder->shifts;
  RungsTrace *trace = source->builder->trace;
  gint64 shift = shifts != NULL ? rungs_clock_shifts_get (shifts, source->file->path, source->file->name) : 0;

  source->file->shift = shift;
  if (shift == 0)
    return;
  for (guint i = source->first_message; i < trace->messages->len; i++)
    shift_time (&rungs_trace_message (trace, i)->time, shift);
  for (guint i = source->first_kerberos; i < trace->kerberos->len; i++)
    shift_time (&g_array_index (trace->kerberos, RungsKerberosInfo, i).time, shift);
  for (guint i = source->first_stream; i < trace->streams->len; i++)
    {
      RungsForeignStream *stream = &g_array_index (trace->streams, RungsForeignStream, i);

      shift_time (&stream->first, shift);
      shift_time (&stream->last, shift);
      shift_time (&stream->pause_start, shift);
    }
}

void
rungs_trace_builder_set_shifts (RungsTraceBuilder *self, RungsClockShifts *shifts)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->shifts, rungs_clock_shifts_unref);
  self->shifts = shifts != NULL ? rungs_clock_shifts_ref (shifts) : NULL;
}

/* The reader of the input; of one that grows only its next bytes may tell. */
static const RungsReader *
find_reader (RungsBuilderSource *source, RungsSlice *bytes, GError **error)
{
  const RungsReader *reader = NULL;
  gsize length = bytes->length;

  while (reader == NULL && source->grow != NULL)
    {
      reader = rungs_readers_find (rungs_slice_sub (*bytes, 0, PROBE_LENGTH), source->file->name, NULL);
      if (reader != NULL)
        break;
      length = take_more (&source->sink, bytes->length);
      if (length == bytes->length)
        break;
      bytes->length = length;
    }
  if (reader == NULL)
    reader = rungs_readers_find (rungs_slice_sub (*bytes, 0, PROBE_LENGTH), source->file->name, error);
  if (reader == NULL)
    {
      rungs_ledger_add_unread (&source->file->ledger, 0, bytes->length, RUNGS_UNREAD_NOT_SIP);
      return NULL;
    }
  source->file->format = reader->id;
  source->file->format_name = reader->name;
  return reader;
}

/* All cores where there is enough for them; what grows comes too slowly for that. */
static gboolean
read_records (RungsBuilderSource *source, const RungsReader *reader, RungsSlice bytes, GError **error)
{
  RungsTraceBuilder *self = source->builder;

  if (bytes.length < SMALL_INPUT || source->grow != NULL)
    return reader->read (bytes, self->trace->arena, &source->sink, error);
  return rungs_record_pipe_read (reader,
                                 bytes,
                                 self->trace->arena,
                                 &self->seeds,
                                 &source->sink,
                                 take_reading,
                                 error);
}

/* The error of a capture without messages that holds encrypted connections: the largest is named.
 * Returns: whether there was one */
static gboolean
set_encrypted (const RungsTrace *trace, const RungsBuilderSource *source, GError **error)
{
  const RungsForeignStream *largest = NULL;
  g_autofree char *words = NULL;

  for (guint i = source->first_stream; i < trace->streams->len; i++)
    {
      const RungsForeignStream *stream = &g_array_index (trace->streams, RungsForeignStream, i);

      if (stream->kind == RUNGS_FOREIGN_TLS && (largest == NULL || stream->bytes > largest->bytes))
        largest = stream;
    }
  if (largest == NULL)
    return FALSE;
  words = rungs_foreign_stream_describe (largest);
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_NO_MESSAGES,
               _ ("“%s” is a packet capture without SIP that can be read; it holds %s. Wireshark, given a "
                  "key log "
                  "(SSLKEYLOGFILE), exports the messages: File, Export PDUs to File, OSI layer 7."),
               source->file->name,
               words);
  return TRUE;
}

/* Whether the input could be used; whatever its reader did not account for is unread. */
static gboolean
read_source (RungsBuilderSource *source, RungsSlice bytes, GError **error)
{
  RungsTrace *trace = source->builder->trace;
  const RungsReader *reader = find_reader (source, &bytes, error);
  gboolean success;

  if (reader == NULL)
    return FALSE;
  success = read_records (source, reader, bytes, error);
  bytes.length = source->file->size;
  if (!success)
    {
      RungsLedger *ledger = &source->file->ledger;
      guint64 known = ledger->read_bytes + ledger->unread_bytes;

      if (known < bytes.length)
        rungs_ledger_add_unread (ledger, known, bytes.length - known, RUNGS_UNREAD_BROKEN);
      g_prefix_error (error, "%s: ", source->file->name);
      return FALSE;
    }
  if (source->file->n_messages > 0 || trace->kerberos->len > source->first_kerberos)
    return TRUE;
  if (!set_encrypted (trace, source, error))
    rungs_readers_set_no_messages (error, rungs_slice_sub (bytes, 0, PROBE_LENGTH), source->file->name);
  return FALSE;
}

/* Where a file loses its end under the reader, zeros stand for it: that is told, because they look like an empty rest. */
static gboolean
is_whole (RungsInput *input, GError **error)
{
  if (!rungs_input_is_damaged (input) &&
      rungs_input_get_present (input) == rungs_input_get_bytes (input).length)
    return TRUE;
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_UNREADABLE,
               _ ("“%s” has become shorter while it was read: what stood at its end is missing"),
               rungs_input_get_name (input));
  return FALSE;
}

/* Returns: FALSE where the trace has no place for one more */
static gboolean
begin_source (
  RungsTraceBuilder *self, RungsBuilderSource *source, RungsInput *input, gsize length, GError **error)
{
  *source = (RungsBuilderSource){
    .sink = { take_record, take_read, take_unread, take_progress, take_name, take_stream },
    .builder = self,
    .input = input,
    .file_index = self->trace->files->len,
    .first_message = self->trace->messages->len,
    .first_kerberos = self->trace->kerberos->len,
    .first_stream = self->trace->streams->len,
    .last_time = RUNGS_TIME_NONE,
    .connection_base = self->highest_connection,
    .connection_step = 1,
    .total = length,
  };
  if (source->file_index >= MAX_FILES)
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_LIMIT,
                   _ ("%s: a trace holds at most %d files"),
                   rungs_input_get_name (input),
                   MAX_FILES);
      return FALSE;
    }
  source->file = add_file (self, rungs_input_get_name (input), rungs_input_get_path (input));
  source->file->size = length;
  source->file->is_member = rungs_input_is_member (input);
  if (source->file_index > 0)
    self->sorted = FALSE;
  rungs_clock_guess_init (&source->clock);
  g_ptr_array_add (self->trace->inputs, rungs_input_ref (input));
  return TRUE;
}

gboolean
rungs_trace_builder_add_input (RungsTraceBuilder *self,
                               RungsInput *input,
                               gsize limit,
                               RungsProgressFunc progress,
                               gpointer data,
                               GError **error)
{
  RungsBuilderSource source;
  RungsSlice bytes;
  gboolean usable;

  g_return_val_if_fail (self != NULL && input != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  bytes = rungs_input_get_bytes (input);
  if (limit > 0)
    bytes = rungs_slice_sub (bytes, 0, limit);
  if (!begin_source (self, &source, input, bytes.length, error))
    return FALSE;
  source.progress = progress;
  source.data = data;
  usable = read_source (&source, bytes, &source.file->error) && is_whole (input, &source.file->error);
  rungs_ledger_finish (&source.file->ledger, rungs_input_get_present (input));
  if (bytes.length < rungs_input_get_bytes (input).length && source.file->n_messages > 0)
    {
      /* The limit may have cut the last message in two. */
      g_array_set_size (self->trace->messages, self->trace->messages->len - 1);
      g_array_set_size (self->keys, self->keys->len - 1);
      source.file->n_messages--;
    }
  rungs_builder_source_derive_zone (&source);
  shift_clock (&source);
  rungs_clock_guess_clear (&source.clock);
  if (!usable && error != NULL)
    *error = g_error_copy (source.file->error);
  return usable || source.file->n_messages > 0;
}

gboolean
rungs_trace_builder_follow_input (RungsTraceBuilder *self,
                                  RungsInput *input,
                                  guint n_inputs,
                                  RungsProgressFunc progress,
                                  RungsGrowFunc grow,
                                  gpointer data,
                                  GError **error)
{
  RungsBuilderSource source;
  RungsSlice bytes;
  gboolean usable;

  g_return_val_if_fail (self != NULL && input != NULL && grow != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  bytes = rungs_input_get_bytes (input);
  if (!begin_source (self, &source, input, bytes.length, error))
    return FALSE;
  source.sink.more = take_more;
  source.sink.pending = take_pending;
  source.connection_base = source.file_index;
  source.connection_step = n_inputs;
  source.progress = progress;
  source.grow = grow;
  source.data = data;
  source.pending = g_array_new (FALSE, FALSE, sizeof (RungsRecord));
  g_ptr_array_add (self->sources, &source);
  usable = read_source (&source, bytes, &source.file->error);
  rungs_ledger_finish (&source.file->ledger, G_MAXUINT64);
  g_ptr_array_remove (self->sources, &source);
  g_array_unref (source.pending);
  rungs_builder_source_derive_zone (&source);
  rungs_clock_guess_clear (&source.clock);
  if (!usable && error != NULL)
    *error = g_error_copy (source.file->error);
  return usable;
}

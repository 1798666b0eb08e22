/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a builder has indexed → a trace: sorted by time, correlated, its endpoints named, its totals counted.
 *
 * The other half of rungs-trace-builder.c: its inputs were read, as far as they are there, and what has to know all messages is
 * worked out. */

#include "config.h"

#include "rungs-correlation.h"
#include "rungs-kerberos-correlation.h"
#include "rungs-trace-builder-private.h"

typedef struct
{
  gint64 time;
  guint32 index;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 x = ((const Place *) a)->time;
  gint64 y = ((const Place *) b)->time;

  return (x > y) - (x < y);
}

/* Puts messages and keys into time order; those without a time stay behind the last dated one of their file. */
static void
sort_by_time (RungsTraceBuilder *self)
{
  GArray *messages = self->trace->messages;
  guint n = messages->len;
  g_autofree Place *places = g_new (Place, n);
  GArray *sorted_messages = g_array_sized_new (FALSE, FALSE, sizeof (RungsMessageInfo), n);
  GArray *sorted_keys = g_array_sized_new (FALSE, FALSE, sizeof (RungsMessageKey), n);
  g_autofree gint64 *times = g_new (gint64, self->trace->files->len);

  for (guint i = 0; i < self->trace->files->len; i++)
    times[i] = RUNGS_TIME_NONE;
  for (guint i = 0; i < n; i++)
    {
      const RungsMessageInfo *info = rungs_trace_message (self->trace, i);

      if (info->time != RUNGS_TIME_NONE)
        times[info->file] = info->time;
      places[i] = (Place){ times[info->file], i };
    }
  g_qsort_with_data (places, (int) MIN (n, G_MAXINT), sizeof (Place), compare_places, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (sorted_messages, *rungs_trace_message (self->trace, places[i].index));
      g_array_append_val (sorted_keys, g_array_index (self->keys, RungsMessageKey, places[i].index));
    }
  g_array_unref (messages);
  self->trace->messages = sorted_messages;
  g_array_unref (self->keys);
  self->keys = sorted_keys;
}

static int
compare_kerberos (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const RungsKerberosInfo *) a)->time;
  gint64 y = ((const RungsKerberosInfo *) b)->time;

  return (x > y) - (x < y);
}

static int
compare_streams (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const RungsForeignStream *) a)->first;
  gint64 y = ((const RungsForeignStream *) b)->first;

  return (x > y) - (x < y);
}

/* Gives endpoints the names that the inputs know for their addresses; of several the first. */
static void
name_endpoints (RungsTraceBuilder *self, GArray *endpoints)
{
  g_autoptr (GHashTable) names =
    g_hash_table_new ((GHashFunc) rungs_address_hash_host, (GEqualFunc) rungs_address_equal_host);

  for (guint i = self->names->len; i > 0; i--)
    {
      RungsKnownName *known = &g_array_index (self->names, RungsKnownName, i - 1);

      g_hash_table_replace (names, &known->address, known);
    }
  for (guint i = 0; i < endpoints->len && self->names->len > 0; i++)
    {
      RungsEndpoint *endpoint = &g_array_index (endpoints, RungsEndpoint, i);
      const RungsKnownName *known = g_hash_table_lookup (names, &endpoint->address);

      if (known != NULL)
        endpoint->name = known->name;
    }
}

static void
count_totals (RungsTrace *trace)
{
  RungsTotals *totals = &trace->totals;

  totals->messages = trace->messages->len;
  totals->flows = trace->flows->len;
  totals->kerberos = trace->kerberos->len;
  for (guint i = 0; i < trace->files->len; i++)
    {
      const RungsTraceFile *file = g_ptr_array_index (trace->files, i);

      totals->bytes += file->size;
      totals->unread_bytes += file->ledger.unread_bytes;
    }
  for (guint i = 0; i < trace->messages->len; i++)
    {
      const RungsMessageInfo *info = rungs_trace_message (trace, i);

      g_array_index (trace->endpoints, RungsEndpoint, info->source).n_messages++;
      if (info->destination != info->source)
        g_array_index (trace->endpoints, RungsEndpoint, info->destination).n_messages++;
      if (info->time == RUNGS_TIME_NONE)
        continue;
      if (trace->first_time == RUNGS_TIME_NONE || info->time < trace->first_time)
        trace->first_time = info->time;
      if (trace->last_time == RUNGS_TIME_NONE || info->time > trace->last_time)
        trace->last_time = info->time;
    }
}

/* Keys have gone with their messages into the order of time. */
static void
settle_outlines (RungsTraceBuilder *self)
{
  RungsTrace *trace = self->trace;

  if (trace->outlines == NULL)
    return;
  trace->outline_of = g_new (guint32, trace->messages->len);
  for (guint i = 0; i < trace->messages->len; i++)
    trace->outline_of[i] = g_array_index (self->keys, RungsMessageKey, i).outline;
}

RungsTrace *
rungs_trace_builder_finish (RungsTraceBuilder *self)
{
  RungsTrace *trace;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->sorted)
    sort_by_time (self);
  settle_outlines (self);
  trace = g_steal_pointer (&self->trace);
  rungs_correlate (trace, (const RungsMessageKey *) self->keys->data);
  rungs_ends_settle (trace, &self->endpoints, (const RungsMessageKey *) self->keys->data);
  g_array_unref (trace->endpoints);
  trace->endpoints = g_steal_pointer (&self->endpoints.endpoints);
  name_endpoints (self, trace->endpoints);
  g_array_sort (trace->kerberos, compare_kerberos);
  rungs_kerberos_correlate (trace);
  g_array_sort (trace->streams, compare_streams);
  count_totals (trace);
  rungs_trace_builder_end (self);
  rungs_trace_builder_begin (self);
  return trace;
}

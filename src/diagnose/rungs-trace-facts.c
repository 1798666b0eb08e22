/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a rule may ask about the trace around its flow.  See rungs-trace-facts.h. */

#include "config.h"

#include "rungs-key-table.h"
#include "rungs-silences.h"
#include "rungs-trace-facts.h"

/* What two endpoints sent each other. */
typedef struct
{
  gint64 last_time; /* RUNGS_TIME_NONE where no message has one */
  guint32 first_source;
  gboolean both_ways;
} Pair;

/* What takes a pass over messages or flows is made when it is asked for, and guarded by a word for g_once_init_enter(). */
struct _RungsTraceFacts
{
  RungsTrace *trace;       /* not owned: the facts live with it */
  guint64 seed;            /* of the keys */
  GHashTable *media;       /* RungsAddress (of the trace) → RungsMediaCount, or NULL: no RTP */
  GHashTable *clock_steps; /* message + 1 → µs that the clock of its file stepped back there */
  RungsSilences *silences; /* NULL: nobody has asked */

  gsize has_messages;
  GArray *pairs;         /* Pair */
  RungsKeyTable pair_of; /* mixed endpoints → index into pairs + 1 */
  guint32 *last_sent;    /* by endpoint: index + 1 of the last message that it sent */

  gsize has_registrations;
  GHashTable *registered_at; /* who → index + 1 of the last message of a flow that registered it */
  GHashTable *unfinished;    /* flow + 1 → flow + 1 of the login that it repeats */

  gsize has_options;
  GHashTable *dead_options; /* flow + 1 → how many OPTIONS in a row failed up to it, the last of them */
};

/* Timer F (RFC 3261, 17.1.2.2). */
#define OPTIONS_WAIT (32 * G_TIME_SPAN_SECOND)

/* A clock that is set by hand or by NTP steps further than packets of two interfaces are out of order. */
#define CLOCK_STEP_MIN (500 * G_TIME_SPAN_MILLISECOND)

/* Makes a part with @note where @made, its word, says that nobody has. */
static void
make_part (const RungsTraceFacts *self, const gsize *made, void (*note) (RungsTraceFacts *))
{
  if (!g_once_init_enter ((gsize *) made))
    return;
  note ((RungsTraceFacts *) self);
  g_once_init_leave ((gsize *) made, 1);
}

/* Both ends in one word, whatever the direction. */
static guint64
pair_key (const RungsTraceFacts *self, guint32 a, guint32 b)
{
  return rungs_key_mix (self->seed, (guint64) MIN (a, b) << 32 | MAX (a, b));
}

static void
note_pair (RungsTraceFacts *self, const RungsMessageInfo *info)
{
  guint32 *index = rungs_key_table_add (&self->pair_of, pair_key (self, info->source, info->destination));
  Pair *pair;

  if (*index == 0)
    {
      g_array_append_val (self->pairs, ((Pair){ RUNGS_TIME_NONE, info->source, FALSE }));
      *index = self->pairs->len;
    }
  pair = &g_array_index (self->pairs, Pair, *index - 1);
  pair->last_time = MAX (pair->last_time, info->time);
  pair->both_ways |= info->source != pair->first_source;
}

static void
note_messages (RungsTraceFacts *self)
{
  guint n = rungs_trace_get_n_messages (self->trace);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  rungs_key_table_init (&self->pair_of, rungs_trace_get_n_endpoints (self->trace));
  self->last_sent = g_new0 (guint32, rungs_trace_get_n_endpoints (self->trace) + 1);
  for (guint i = 0; i < n; i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, i);

      note_pair (self, info);
      if (info->source < rungs_trace_get_n_endpoints (self->trace))
        self->last_sent[info->source] = i + 1;
    }
}

/* Flows stand in the order of their first messages, so that the login before is the last one noted. */
static void
note_registrations (RungsTraceFacts *self)
{
  g_autoptr (GHashTable) open_logins = g_hash_table_new (NULL, NULL);
  guint n = rungs_trace_get_n_flows (self->trace);

  self->registered_at = g_hash_table_new (NULL, NULL);
  self->unfinished = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      const RungsFlowInfo *flow = rungs_trace_get_flow (self->trace, i);
      const RungsMessageInfo *first;
      const guint32 *messages;
      gpointer key;
      guint before;
      guint n_messages;

      if (flow->kind != RUNGS_FLOW_REGISTRATION || flow->who == 0)
        continue;
      messages = rungs_trace_get_flow_messages (self->trace, i, &n_messages);
      if (n_messages == 0)
        continue;
      first = rungs_trace_get_message (self->trace, messages[0]);
      key = GSIZE_TO_POINTER (pair_key (self, flow->who, first->connection));
      before = first->connection != 0 ? GPOINTER_TO_UINT (g_hash_table_lookup (open_logins, key)) : 0;
      if (before != 0)
        g_hash_table_insert (self->unfinished, GUINT_TO_POINTER (i + 1), GUINT_TO_POINTER (before));
      if (flow->status >= 200 && flow->status < 300)
        {
          g_hash_table_insert (self->registered_at,
                               GUINT_TO_POINTER (flow->who),
                               GUINT_TO_POINTER (messages[n_messages - 1] + 1));
          g_hash_table_remove (open_logins, key);
        }
      else if (first->connection != 0)
        {
          g_hash_table_insert (open_logins, key, GUINT_TO_POINTER (i + 1));
        }
    }
}

/* OPTIONS in a row between the same ends. */
typedef struct
{
  guint32 last; /* flow + 1 */
  guint32 n;
} Series;

static void
end_series (RungsTraceFacts *self, Series *series)
{
  if (series->n > 1)
    g_hash_table_insert (self->dead_options, GUINT_TO_POINTER (series->last), GUINT_TO_POINTER (series->n));
  series->n = 0;
}

/* One without an answer counts where the trace goes on long enough, and for nothing where it does not. */
static void
continue_series (RungsTraceFacts *self, Series *series, guint flow, guint first)
{
  guint status = rungs_trace_get_flow (self->trace, flow)->status;

  if (status == 0 && !rungs_trace_facts_goes_on (self, first, OPTIONS_WAIT))
    return;
  if (status > 0 && status < 500 && status != 408)
    {
      end_series (self, series);
      return;
    }
  series->last = flow + 1;
  series->n++;
}

/* Keep-alives have a Call-ID each, or one for all: these are the former. */
static void
note_options (RungsTraceFacts *self)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Series));
  g_auto (RungsKeyTable) series_of;

  self->dead_options = g_hash_table_new (NULL, NULL);
  rungs_key_table_init (&series_of, 0);
  for (guint i = 0; i < rungs_trace_get_n_flows (self->trace); i++)
    {
      guint n_messages;
      const guint32 *messages = rungs_trace_get_flow_messages (self->trace, i, &n_messages);
      const RungsMessageInfo *first;
      guint32 *index;

      if (n_messages == 0)
        continue;
      first = rungs_trace_get_message (self->trace, messages[0]);
      if (first->method != RUNGS_SIP_METHOD_OPTIONS || first->status != 0)
        continue;
      index =
        rungs_key_table_add (&series_of,
                             rungs_key_mix (self->seed, (guint64) first->source << 32 | first->destination));
      if (*index == 0)
        {
          g_array_append_val (all, ((Series){ 0, 0 }));
          *index = all->len;
        }
      continue_series (self, &g_array_index (all, Series, *index - 1), i, messages[0]);
    }
  for (guint i = 0; i < all->len; i++)
    end_series (self, &g_array_index (all, Series, i));
}

static guint
hash_address (gconstpointer address)
{
  return (guint) rungs_address_hash (address, 0);
}

static gboolean
equal_address (gconstpointer a, gconstpointer b)
{
  return rungs_address_equal (a, b);
}

static RungsMediaCount *
media_count (RungsTraceFacts *self, const RungsAddress *address)
{
  RungsMediaCount *count = g_hash_table_lookup (self->media, address);

  if (count == NULL)
    {
      count = g_new0 (RungsMediaCount, 1);
      g_hash_table_insert (self->media, (gpointer) address, count);
    }
  return count;
}

static void
note_media (RungsTraceFacts *self)
{
  guint n = rungs_trace_get_n_streams (self->trace);

  for (guint i = 0; i < n; i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (self->trace, i);

      if (stream->kind != RUNGS_FOREIGN_RTP)
        continue;
      if (self->media == NULL)
        self->media = g_hash_table_new_full (hash_address, equal_address, NULL, g_free);
      media_count (self, &stream->source)->sent += stream->packets;
      media_count (self, &stream->destination)->received += stream->packets;
    }
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer trace)
{
  const RungsMessageInfo *left = rungs_trace_get_message (trace, *(const guint32 *) a);
  const RungsMessageInfo *right = rungs_trace_get_message (trace, *(const guint32 *) b);

  if (left->file != right->file)
    return left->file < right->file ? -1 : 1;
  return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* Messages stand in time order; where their places in the file do not grow with it, the clock went back there. */
static gboolean
runs_in_order (RungsTrace *trace)
{
  guint n = rungs_trace_get_n_messages (trace);
  g_autofree guint64 *last = g_new0 (guint64, rungs_trace_get_n_files (trace) + 1);

  for (guint i = 0; i < n; i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (trace, i);

      if (info->time == RUNGS_TIME_NONE || info->file >= rungs_trace_get_n_files (trace))
        continue;
      if (info->offset < last[info->file])
        return FALSE;
      last[info->file] = info->offset;
    }
  return TRUE;
}

static void
note_clock_steps (RungsTraceFacts *self)
{
  guint n = rungs_trace_get_n_messages (self->trace);
  g_autofree guint32 *order = NULL;

  if (runs_in_order (self->trace))
    return;
  order = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_places, self->trace);
  for (guint i = 1; i < n; i++)
    {
      const RungsMessageInfo *before = rungs_trace_get_message (self->trace, order[i - 1]);
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, order[i]);

      if (before->file == info->file && before->time != RUNGS_TIME_NONE && info->time != RUNGS_TIME_NONE &&
          before->time - info->time >= CLOCK_STEP_MIN)
        {
          gint64 *step = g_new (gint64, 1);

          *step = before->time - info->time;
          g_hash_table_insert (self->clock_steps, GUINT_TO_POINTER (order[i] + 1), step);
        }
    }
}

static void
trace_facts_free (gpointer data)
{
  RungsTraceFacts *self = data;

  g_clear_pointer (&self->pairs, g_array_unref);
  rungs_key_table_clear (&self->pair_of);
  g_clear_pointer (&self->registered_at, g_hash_table_unref);
  g_clear_pointer (&self->unfinished, g_hash_table_unref);
  g_clear_pointer (&self->media, g_hash_table_unref);
  g_hash_table_unref (self->clock_steps);
  g_clear_pointer (&self->dead_options, g_hash_table_unref);
  rungs_silences_free (self->silences);
  g_free (self->last_sent);
  g_free (self);
}

static RungsTraceFacts *
trace_facts_new (RungsTrace *trace)
{
  RungsTraceFacts *self = g_new0 (RungsTraceFacts, 1);

  self->trace = trace;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->clock_steps = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  note_media (self);
  note_clock_steps (self);
  return self;
}

const RungsTraceFacts *
rungs_trace_facts_get (RungsTrace *trace)
{
  static GMutex mutex;
  static GQuark quark;
  RungsTraceFacts *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);

  g_mutex_lock (&mutex);
  if (quark == 0)
    quark = g_quark_from_static_string ("rungs-trace-facts");
  self = g_object_get_qdata (G_OBJECT (trace), quark);
  if (self == NULL)
    {
      self = trace_facts_new (trace);
      g_object_set_qdata_full (G_OBJECT (trace), quark, self, trace_facts_free);
    }
  g_mutex_unlock (&mutex);
  return self;
}

gboolean
rungs_trace_facts_goes_on (const RungsTraceFacts *self, guint message, gint64 wait)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  const Pair *pair;
  guint index;

  make_part (self, &self->has_messages, note_messages);
  index = rungs_key_table_get (&self->pair_of, pair_key (self, info->source, info->destination));
  pair = index > 0 ? &g_array_index (self->pairs, Pair, index - 1) : NULL;
  return pair != NULL && pair->both_ways && info->time != RUNGS_TIME_NONE &&
         pair->last_time != RUNGS_TIME_NONE && pair->last_time - info->time >= wait;
}

gboolean
rungs_trace_facts_sends_later (const RungsTraceFacts *self, guint32 endpoint, guint message, gint64 wait)
{
  gint64 time = rungs_trace_get_message (self->trace, message)->time;
  gint64 last;

  make_part (self, &self->has_messages, note_messages);
  if (endpoint >= rungs_trace_get_n_endpoints (self->trace) || self->last_sent[endpoint] <= message + 1)
    return FALSE;
  last = rungs_trace_get_message (self->trace, self->last_sent[endpoint] - 1)->time;
  return time != RUNGS_TIME_NONE && last != RUNGS_TIME_NONE && last - time >= wait;
}

gboolean
rungs_trace_facts_registers_later (const RungsTraceFacts *self, guint32 who, guint message)
{
  make_part (self, &self->has_registrations, note_registrations);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->registered_at, GUINT_TO_POINTER (who))) > message + 1;
}

guint
rungs_trace_facts_get_unfinished_login (const RungsTraceFacts *self, guint flow)
{
  guint before;

  make_part (self, &self->has_registrations, note_registrations);
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->unfinished, GUINT_TO_POINTER (flow + 1)));
  return before > 0 ? before - 1 : RUNGS_NO_FLOW;
}

gboolean
rungs_trace_facts_has_media (const RungsTraceFacts *self)
{
  return self->media != NULL;
}

RungsMediaCount
rungs_trace_facts_count_media (const RungsTraceFacts *self, RungsSlice host, guint16 port)
{
  const RungsMediaCount none = { 0, 0 };
  const RungsMediaCount *count;
  RungsAddress address;
  char text[64];

  if (self->media == NULL || host.length == 0 || host.length > 45)
    return none;
  g_snprintf (text,
              sizeof text,
              rungs_slice_find_char (host, 0, ':') >= 0 ? "[%.*s]:%u" : "%.*s:%u",
              RUNGS_SLICE_ARGS (host),
              (guint) port);
  if (!rungs_address_parse (&address, rungs_slice_from_string (text)))
    return none;
  count = g_hash_table_lookup (self->media, &address);
  return count != NULL ? *count : none;
}

guint
rungs_trace_facts_get_dead_options (const RungsTraceFacts *self, guint flow)
{
  make_part (self, &self->has_options, note_options);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->dead_options, GUINT_TO_POINTER (flow + 1)));
}

gint64
rungs_trace_facts_get_silence (const RungsTraceFacts *self, guint message, gint64 since)
{
  RungsSilences **silences = &((RungsTraceFacts *) self)->silences;

  if (g_once_init_enter (silences))
    g_once_init_leave (silences, rungs_silences_new (self->trace));
  return rungs_silences_find (self->silences, message, since);
}

gboolean
rungs_trace_facts_has_clock_steps (const RungsTraceFacts *self)
{
  return g_hash_table_size (self->clock_steps) > 0;
}

gint64
rungs_trace_facts_get_clock_step (const RungsTraceFacts *self, guint message)
{
  const gint64 *step = g_hash_table_lookup (self->clock_steps, GUINT_TO_POINTER (message + 1));

  return step != NULL ? *step : 0;
}

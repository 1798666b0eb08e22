/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a rule may ask about the trace around its flow.  See rungs-trace-facts.h. */

#include "config.h"

#include "rungs-trace-facts.h"

/* What two endpoints sent each other. */
typedef struct
{
  gint64 last_time; /* RUNGS_TIME_NONE where no message has one */
  guint32 first_source;
  gboolean both_ways;
} Pair;

struct _RungsTraceFacts
{
  RungsTrace *trace;         /* not owned: the facts live with it */
  GArray *pairs;             /* Pair */
  GHashTable *pair_of;       /* mixed endpoints → index into pairs + 1 */
  guint32 *last_sent;        /* by endpoint: index + 1 of the last message that it sent */
  GHashTable *registered_at; /* who → index + 1 of the last message of a flow that registered it */
  GHashTable *unfinished;    /* flow + 1 → flow + 1 of the login that it repeats */
};

/* Both ends in one word, whatever the direction; multiplied so that the low half, which is what the hash table looks at,
 * depends on both. */
static gpointer
pair_key (guint32 a, guint32 b)
{
  guint64 key = (guint64) MIN (a, b) << 32 | MAX (a, b);

  key *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return GSIZE_TO_POINTER (key ^ key >> 32);
}

static void
note_pair (RungsTraceFacts *self, const RungsMessageInfo *info)
{
  gpointer key = pair_key (info->source, info->destination);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->pair_of, key));
  Pair *pair;

  if (index == 0)
    {
      g_array_append_val (self->pairs, ((Pair){ RUNGS_TIME_NONE, info->source, FALSE }));
      index = self->pairs->len;
      g_hash_table_insert (self->pair_of, key, GUINT_TO_POINTER (index));
    }
  pair = &g_array_index (self->pairs, Pair, index - 1);
  pair->last_time = MAX (pair->last_time, info->time);
  pair->both_ways |= info->source != pair->first_source;
}

static void
note_messages (RungsTraceFacts *self)
{
  guint n = rungs_trace_get_n_messages (self->trace);

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
      key = pair_key (flow->who, first->connection);
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

static void
trace_facts_free (gpointer data)
{
  RungsTraceFacts *self = data;

  g_array_unref (self->pairs);
  g_hash_table_unref (self->pair_of);
  g_hash_table_unref (self->registered_at);
  g_hash_table_unref (self->unfinished);
  g_free (self->last_sent);
  g_free (self);
}

static RungsTraceFacts *
trace_facts_new (RungsTrace *trace)
{
  RungsTraceFacts *self = g_new0 (RungsTraceFacts, 1);

  self->trace = trace;
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->pair_of = g_hash_table_new (NULL, NULL);
  self->registered_at = g_hash_table_new (NULL, NULL);
  self->unfinished = g_hash_table_new (NULL, NULL);
  self->last_sent = g_new0 (guint32, rungs_trace_get_n_endpoints (trace) + 1);
  note_messages (self);
  note_registrations (self);
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
  guint index =
    GPOINTER_TO_UINT (g_hash_table_lookup (self->pair_of, pair_key (info->source, info->destination)));
  const Pair *pair = index > 0 ? &g_array_index (self->pairs, Pair, index - 1) : NULL;

  return pair != NULL && pair->both_ways && info->time != RUNGS_TIME_NONE &&
         pair->last_time != RUNGS_TIME_NONE && pair->last_time - info->time >= wait;
}

gboolean
rungs_trace_facts_sends_later (const RungsTraceFacts *self, guint32 endpoint, guint message)
{
  return endpoint < rungs_trace_get_n_endpoints (self->trace) && self->last_sent[endpoint] > message + 1;
}

gboolean
rungs_trace_facts_registers_later (const RungsTraceFacts *self, guint32 who, guint message)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->registered_at, GUINT_TO_POINTER (who))) > message + 1;
}

guint
rungs_trace_facts_get_unfinished_login (const RungsTraceFacts *self, guint flow)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->unfinished, GUINT_TO_POINTER (flow + 1)));

  return before > 0 ? before - 1 : RUNGS_NO_FLOW;
}

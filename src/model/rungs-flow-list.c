/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The flow list.  See rungs-flow-list.h.
 *
 * Each change cancels the worker before it and starts a new one; what a worker was asked for travels with its task, so
 * that nothing is shared. */

#include "config.h"

#include "rungs-flow-list.h"

/* How many flows a worker handles between two looks at its cancellable. */
#define CHUNK 256

struct _RungsFlowList
{
  GObject parent_instance;
  RungsTrace *trace;
  RungsFilter *filter;
  RungsFlowColumn column;
  gboolean descending;

  GArray *flows;     /* guint32, the list as it is */
  GArray *positions; /* guint32 a flow of the trace: where it stands in the list, G_MAXUINT32: nowhere */
  RungsTrace *shown_trace; /* the trace that it is of */
  gboolean anew;           /* the same trace came again, with other marks: its lines change all the same */
  GHashTable *lines;       /* position → RungsFlow, of those that somebody holds */
  GHashTable *places;      /* RungsFlow → position, of the same */
  guint n_hidden;
  GCancellable *cancellable; /* of the worker under way, or NULL */
};

enum
{
  PROP_0,
  PROP_BUSY,
  PROP_N_HIDDEN,
  N_PROPS,
};

enum
{
  ARRANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsFlowList,
                               rungs_flow_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What a worker is asked for, and what it makes. */
typedef struct
{
  RungsTrace *trace;
  RungsFilter *filter;
  RungsFlowColumn column;
  gboolean descending;
  GArray *flows;
  GArray *positions;
  guint n_hidden;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->trace);
  g_clear_pointer (&job->filter, rungs_filter_unref);
  g_clear_pointer (&job->flows, g_array_unref);
  g_clear_pointer (&job->positions, g_array_unref);
  g_free (job);
}

static GType
get_item_type (GListModel *model)
{
  return RUNGS_TYPE_FLOW;
}

static guint
get_n_items (GListModel *model)
{
  return RUNGS_FLOW_LIST (model)->flows->len;
}

/* What is let go of is forgotten by its address: nothing else is left of it. */
static void
line_gone_cb (gpointer data, GObject *line)
{
  RungsFlowList *self = data;
  gpointer position = g_hash_table_lookup (self->places, line);

  g_hash_table_remove (self->places, line);
  g_hash_table_remove (self->lines, position);
}

/* Those from @first on, which are in the list no longer. */
static void
forget_lines (RungsFlowList *self, guint first)
{
  GHashTableIter iter;
  gpointer line, position;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &line, &position))
    if (GPOINTER_TO_UINT (position) >= first)
      {
        g_object_weak_unref (line, line_gone_cb, self);
        g_hash_table_remove (self->lines, position);
        g_hash_table_iter_remove (&iter);
      }
}

static gpointer
get_item (GListModel *model, guint position)
{
  RungsFlowList *self = RUNGS_FLOW_LIST (model);
  RungsFlow *line = g_hash_table_lookup (self->lines, GUINT_TO_POINTER (position));

  if (position >= self->flows->len)
    return NULL;
  if (line != NULL)
    return g_object_ref (line);
  line = rungs_flow_new (self->shown_trace, g_array_index (self->flows, guint32, position));
  g_hash_table_insert (self->lines, GUINT_TO_POINTER (position), line);
  g_hash_table_insert (self->places, line, GUINT_TO_POINTER (position));
  g_object_weak_ref (G_OBJECT (line), line_gone_cb, self);
  return line;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
rungs_flow_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  RungsFlowList *self = RUNGS_FLOW_LIST (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, rungs_flow_list_get_busy (self));
      break;
    case PROP_N_HIDDEN:
      g_value_set_uint (value, self->n_hidden);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
rungs_flow_list_dispose (GObject *object)
{
  RungsFlowList *self = RUNGS_FLOW_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_lines (self, 0);
  g_clear_object (&self->trace);
  g_clear_object (&self->shown_trace);
  g_clear_pointer (&self->filter, rungs_filter_unref);
  G_OBJECT_CLASS (rungs_flow_list_parent_class)->dispose (object);
}

static void
rungs_flow_list_finalize (GObject *object)
{
  g_array_unref (RUNGS_FLOW_LIST (object)->flows);
  g_array_unref (RUNGS_FLOW_LIST (object)->positions);
  g_hash_table_unref (RUNGS_FLOW_LIST (object)->lines);
  g_hash_table_unref (RUNGS_FLOW_LIST (object)->places);
  G_OBJECT_CLASS (rungs_flow_list_parent_class)->finalize (object);
}

static void
rungs_flow_list_class_init (RungsFlowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rungs_flow_list_get_property;
  object_class->dispose = rungs_flow_list_dispose;
  object_class->finalize = rungs_flow_list_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ARRANGED] =
    g_signal_new ("arranged", RUNGS_TYPE_FLOW_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_flow_list_init (RungsFlowList *self)
{
  self->flows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lines = g_hash_table_new (NULL, NULL);
  self->places = g_hash_table_new (NULL, NULL);
}

RungsFlowList *
rungs_flow_list_new (void)
{
  return g_object_new (RUNGS_TYPE_FLOW_LIST, NULL);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_strings (RungsTrace *trace, guint32 a, guint32 b)
{
  RungsSlice x = rungs_trace_get_string (trace, a);
  RungsSlice y = rungs_trace_get_string (trace, b);
  gsize shorter = MIN (x.length, y.length);
  int order = a == b || shorter == 0 ? 0 : g_ascii_strncasecmp (x.data, y.data, shorter);

  return order != 0 ? order : compare_numbers ((gint64) x.length, (gint64) y.length);
}

static int
compare_columns (const Job *job, const RungsFlowInfo *a, const RungsFlowInfo *b)
{
  int order;

  switch (job->column)
    {
    case RUNGS_FLOW_COLUMN_KIND:
      return compare_numbers (a->kind, b->kind);
    case RUNGS_FLOW_COLUMN_WHO:
      return compare_strings (job->trace, a->who, b->who);
    case RUNGS_FLOW_COLUMN_PEER:
      return compare_strings (job->trace, a->peer, b->peer);
    case RUNGS_FLOW_COLUMN_MESSAGES:
      return compare_numbers (a->n_messages, b->n_messages);
    case RUNGS_FLOW_COLUMN_DURATION:
      return compare_numbers (a->start == RUNGS_TIME_NONE ? -1 : a->end - a->start,
                              b->start == RUNGS_TIME_NONE ? -1 : b->end - b->start);
    case RUNGS_FLOW_COLUMN_RESULT:
      /* The worst first. */
      order = compare_numbers (rungs_mark_get_severity (b->mark), rungs_mark_get_severity (a->mark));
      return order != 0 ? order : compare_numbers (a->status, b->status);
    case RUNGS_FLOW_COLUMN_TIME:
    default:
      return 0; /* flows are indexed by their first message, which is time order */
    }
}

/* Equal flows stay in time order, whichever way the column runs. */
static int
compare_flows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *job = data;
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  int order =
    compare_columns (job, rungs_trace_get_flow (job->trace, x), rungs_trace_get_flow (job->trace, y));

  if (order == 0 && job->column != RUNGS_FLOW_COLUMN_TIME)
    return compare_numbers (x, y);
  if (order == 0)
    order = compare_numbers (x, y);
  return job->descending ? -order : order;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  guint n = job->trace != NULL ? rungs_trace_get_n_flows (job->trace) : 0;
  RungsSipMessage scratch;

  job->flows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  rungs_sip_message_init (&scratch);
  for (guint32 i = 0; i < n; i++)
    {
      if (i % CHUNK == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      if (job->filter == NULL || rungs_filter_matches_flow (job->filter, job->trace, i, &scratch))
        g_array_append_val (job->flows, i);
      else
        job->n_hidden += rungs_trace_get_flow (job->trace, i)->n_messages;
    }
  rungs_sip_message_clear (&scratch);
  if (!g_cancellable_is_cancelled (cancellable) && (job->column != RUNGS_FLOW_COLUMN_TIME || job->descending))
    g_array_sort_with_data (job->flows, compare_flows, job);
  job->positions = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_set_size (job->positions, n);
  if (n > 0)
    memset (job->positions->data, 0xff, n * sizeof (guint32));
  for (guint32 i = 0; i < job->flows->len; i++)
    g_array_index (job->positions, guint32, g_array_index (job->flows, guint32, i)) = i;
  g_task_return_boolean (task, TRUE);
}

/* What lines that stay say now. They are few: those that are on screen, or near it. */
static void
set_lines (RungsFlowList *self)
{
  g_autofree gpointer *lines = NULL;
  guint n_lines;

  lines = g_hash_table_get_keys_as_array (self->places, &n_lines);
  for (guint i = 0; i < n_lines; i++)
    {
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, lines[i]));

      rungs_flow_set (lines[i],
                      self->shown_trace,
                      g_array_index (self->flows, guint32, position),
                      self->anew);
    }
}

static void
take_flows (RungsFlowList *self, Job *job)
{
  guint n_before = self->flows->len;
  guint n_stay = MIN (n_before, job->flows->len);

  g_set_object (&self->shown_trace, job->trace);
  g_array_unref (self->positions);
  self->positions = g_array_ref (job->positions);
  g_array_unref (self->flows);
  self->flows = g_array_ref (job->flows);
  forget_lines (self, n_stay);
  set_lines (self);
  self->anew = FALSE;
  if (n_before != self->flows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), n_stay, n_before - n_stay, self->flows->len - n_stay);
  g_signal_emit (self, signals[ARRANGED], 0);
}

static void
worked (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsFlowList *self = RUNGS_FLOW_LIST (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  gboolean hidden_changed;

  /* A later change has its own worker. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  hidden_changed = self->n_hidden != job->n_hidden;
  self->n_hidden = job->n_hidden;
  g_clear_object (&self->cancellable);
  take_flows (self, job);
  if (hidden_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HIDDEN]);
  if (self->cancellable == NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
start (RungsFlowList *self)
{
  g_autoptr (GTask) task = NULL;
  gboolean was_busy = self->cancellable != NULL;
  Job *job = g_new0 (Job, 1);

  if (was_busy)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&job->trace, self->trace);
  job->filter = self->filter != NULL ? rungs_filter_ref (self->filter) : NULL;
  job->column = self->column;
  job->descending = self->descending;
  task = g_task_new (self, self->cancellable, worked, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
  if (!was_busy)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
rungs_flow_list_set_trace (RungsFlowList *self, RungsTrace *trace)
{
  g_return_if_fail (RUNGS_IS_FLOW_LIST (self));
  g_return_if_fail (trace == NULL || RUNGS_IS_TRACE (trace));

  self->anew = trace == self->trace;
  g_set_object (&self->trace, trace);
  start (self);
}

void
rungs_flow_list_set_filter (RungsFlowList *self, RungsFilter *filter)
{
  g_return_if_fail (RUNGS_IS_FLOW_LIST (self));

  if (filter == self->filter)
    return;
  g_clear_pointer (&self->filter, rungs_filter_unref);
  self->filter = filter != NULL ? rungs_filter_ref (filter) : NULL;
  start (self);
}

void
rungs_flow_list_set_order (RungsFlowList *self, RungsFlowColumn column, gboolean descending)
{
  g_return_if_fail (RUNGS_IS_FLOW_LIST (self));

  if (column == self->column && descending == self->descending)
    return;
  self->column = column;
  self->descending = descending;
  start (self);
}

RungsTrace *
rungs_flow_list_get_trace (RungsFlowList *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_LIST (self), NULL);
  return self->trace;
}

gboolean
rungs_flow_list_get_busy (RungsFlowList *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_LIST (self), FALSE);
  return self->cancellable != NULL;
}

guint
rungs_flow_list_get_n_hidden (RungsFlowList *self)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_LIST (self), 0);
  return self->n_hidden;
}

guint
rungs_flow_list_get_flow (RungsFlowList *self, guint position)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_LIST (self) && position < self->flows->len, RUNGS_NO_FLOW);
  return g_array_index (self->flows, guint32, position);
}

guint
rungs_flow_list_find (RungsFlowList *self, guint flow)
{
  g_return_val_if_fail (RUNGS_IS_FLOW_LIST (self), G_MAXUINT);

  return flow < self->positions->len ? g_array_index (self->positions, guint32, flow) : G_MAXUINT;
}

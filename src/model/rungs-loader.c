/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Paths → a published trace, in a worker.  See rungs-loader.h.
 *
 * The worker shares nothing with the main thread but the progress (an atomic number) and the traces that it hands over;
 * both are delivered in the caller's main context, in order. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-deliver.h"
#include "rungs-error.h"
#include "rungs-inputs.h"
#include "rungs-loader.h"
#include "rungs-trace-builder.h"

#define PREVIEW_LENGTH    (1024 * 1024)
#define PREVIEW_THRESHOLD (4 * PREVIEW_LENGTH)
#define NOTIFY_INTERVAL   (50 * 1000) /* µs */

struct _RungsLoader
{
  GObject parent_instance;
  char **paths;
  RungsInput *memory; /* instead of paths */
  RungsPrepareFunc prepare;
  RungsClockShifts *shifts; /* or NULL */

  /* shared with the worker */
  int permille;  /* atomic */
  int notifying; /* atomic: a notification is under way */
};

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS,
};

enum
{
  PREVIEW,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsLoader, rungs_loader, G_TYPE_OBJECT)

/* One load, owned by the worker. */
typedef struct
{
  RungsLoader *loader;
  GTask *task; /* NULL: synchronous */
  GCancellable *cancellable;
  gboolean unpacked; /* unpacking took the first half of the progress */
  guint64 done;      /* bytes of the inputs before the current one */
  guint64 total;     /* bytes of all inputs */
  gint64 notified;
} Load;

static void
rungs_loader_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch (id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, rungs_loader_get_progress (RUNGS_LOADER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
rungs_loader_finalize (GObject *object)
{
  RungsLoader *self = RUNGS_LOADER (object);

  g_strfreev (self->paths);
  g_clear_pointer (&self->memory, rungs_input_unref);
  g_clear_pointer (&self->shifts, rungs_clock_shifts_unref);
  G_OBJECT_CLASS (rungs_loader_parent_class)->finalize (object);
}

static void
rungs_loader_class_init (RungsLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rungs_loader_get_property;
  object_class->finalize = rungs_loader_finalize;
  properties[PROP_PROGRESS] =
    g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PREVIEW] = g_signal_new ("preview",
                                   RUNGS_TYPE_LOADER,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   RUNGS_TYPE_TRACE);
}

static void
rungs_loader_init (RungsLoader *self)
{
}

RungsLoader *
rungs_loader_new (const char *const *paths, RungsPrepareFunc prepare)
{
  RungsLoader *self;

  g_return_val_if_fail (paths != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_LOADER, NULL);
  self->paths = g_strdupv ((char **) paths);
  self->prepare = prepare;
  return self;
}

RungsLoader *
rungs_loader_new_for_bytes (GBytes *bytes, const char *name, RungsPrepareFunc prepare)
{
  RungsLoader *self;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_LOADER, NULL);
  self->memory = rungs_input_new_for_bytes (bytes, name);
  self->prepare = prepare;
  return self;
}

double
rungs_loader_get_progress (RungsLoader *self)
{
  g_return_val_if_fail (RUNGS_IS_LOADER (self), 0);
  return g_atomic_int_get (&self->permille) / 1000.0;
}

static void
notify_progress (gpointer object, gpointer news)
{
  RungsLoader *self = object;

  g_atomic_int_set (&self->notifying, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
show_progress (Load *load, double fraction)
{
  gint64 now = g_get_monotonic_time ();

  g_atomic_int_set (&load->loader->permille, (int) (fraction * 1000));
  if (now - load->notified >= NOTIFY_INTERVAL &&
      g_atomic_int_compare_and_exchange (&load->loader->notifying, FALSE, TRUE))
    {
      load->notified = now;
      rungs_deliver (g_task_get_context (load->task), NULL, load->loader, notify_progress, NULL, NULL);
    }
}

static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  Load *load = data;
  double fraction;

  if (g_cancellable_is_cancelled (load->cancellable))
    return FALSE;
  if (load->task == NULL || load->total == 0)
    return TRUE;
  fraction = (double) (load->done + done) / load->total;
  show_progress (load, load->unpacked ? 0.5 + fraction / 2 : fraction);
  return TRUE;
}

static void
on_unpacking (guint64 done, guint64 total, gpointer data)
{
  Load *load = data;

  load->unpacked = TRUE;
  if (load->task != NULL && total > 0)
    show_progress (load, MIN ((double) done / total, 1) / 2);
}

static void
emit_preview (gpointer object, gpointer trace)
{
  g_signal_emit (object, signals[PREVIEW], 0, trace);
}

/* What prepares the trace takes all its messages apart once more. */
static RungsTraceBuilder *
begin (const Load *load)
{
  RungsTraceBuilder *builder = rungs_trace_builder_new ();

  if (load->loader->prepare != NULL)
    rungs_trace_builder_keep_outlines (builder);
  return builder;
}

static RungsTrace *
finish (Load *load, RungsTraceBuilder *builder)
{
  RungsTrace *trace = rungs_trace_builder_finish (builder);

  if (load->loader->prepare != NULL && rungs_trace_get_n_messages (trace) > 0)
    load->loader->prepare (trace, load->cancellable);
  rungs_trace_forget_outlines (trace);
  return trace;
}

/* Of a long load, what the first megabyte says. */
static void
publish_preview (Load *load, GPtrArray *sources)
{
  g_autoptr (RungsTraceBuilder) builder = begin (load);
  g_autoptr (RungsTrace) trace = NULL;
  gsize left = PREVIEW_LENGTH;

  rungs_trace_builder_set_shifts (builder, load->loader->shifts);
  for (guint i = 0; i < sources->len && left > 0; i++)
    {
      RungsInput *input = ((RungsInputSource *) g_ptr_array_index (sources, i))->input;
      gsize length = input != NULL ? rungs_input_get_bytes (input).length : 0;

      if (length == 0)
        continue;
      rungs_trace_builder_add_input (builder, input, left, NULL, NULL, NULL);
      left -= MIN (left, length);
    }
  trace = finish (load, builder);
  if (rungs_trace_get_n_messages (trace) == 0 || g_cancellable_is_cancelled (load->cancellable))
    return;
  rungs_deliver (g_task_get_context (load->task),
                 load->cancellable,
                 load->loader,
                 emit_preview,
                 g_steal_pointer (&trace),
                 g_object_unref);
}

/* What @path holds; what failed stands among it with the reason. */
static void
open_path (Load *load, const char *path, GPtrArray *sources)
{
  g_autoptr (GPtrArray) opened = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  GError *error = NULL;

  opened = rungs_inputs_open (path, NULL, on_unpacking, load, load->cancellable, &error);
  if (opened != NULL)
    g_ptr_array_extend_and_steal (sources, g_steal_pointer (&opened));
  else
    g_ptr_array_add (sources, rungs_input_source_new_failure (name, path, error));
}

static GPtrArray *
open_sources (Load *load)
{
  RungsLoader *self = load->loader;
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_input_source_free);

  if (self->memory != NULL)
    g_ptr_array_add (sources, rungs_input_source_new (rungs_input_ref (self->memory)));
  for (guint i = 0; self->paths != NULL && self->paths[i] != NULL; i++)
    open_path (load, self->paths[i], sources);
  for (guint i = 0; i < sources->len; i++)
    {
      RungsInputSource *source = g_ptr_array_index (sources, i);

      if (source->input != NULL)
        load->total += rungs_input_get_bytes (source->input).length;
    }
  return sources;
}

static void
read_source (Load *load, RungsTraceBuilder *builder, RungsInputSource *source, GError **first_error)
{
  g_autoptr (GError) error = NULL;

  if (source->input == NULL)
    {
      error = g_error_copy (source->error);
      rungs_trace_builder_add_failure (builder, source->name, source->path, error);
    }
  else
    {
      rungs_trace_builder_add_input (builder, source->input, 0, on_progress, load, &error);
      load->done += rungs_input_get_bytes (source->input).length;
    }
  /* That an archive is damaged says more than that there is no message in what is left of it. */
  if (error != NULL && *first_error != NULL && source->input == NULL &&
      rungs_error_is_no_messages (*first_error))
    g_clear_error (first_error);
  if (error != NULL && *first_error == NULL)
    *first_error = g_steal_pointer (&error);
}

/* Why there is no message: of an archive of several files not only what its first one looks like. */
static void
set_no_message (GPtrArray *sources, GError *first_error, GError **error)
{
  const RungsInputSource *first = sources->len > 0 ? g_ptr_array_index (sources, 0) : NULL;

  if (first == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NO_MESSAGES, _ ("No file was named"));
  else if (sources->len > 1 && first->input != NULL && rungs_input_is_member (first->input) &&
           rungs_error_is_no_messages (first_error))
    {
      const char *member = rungs_input_get_name (first->input);
      g_autofree char *name = g_strndup (member, strcspn (member, "/"));

      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_NO_MESSAGES,
                   ngettext ("“%s” holds no SIP messages that Rungs can find: there are none in its %u file",
                             "“%s” holds no SIP messages that Rungs can find: there are none in its %u files",
                             sources->len),
                   name,
                   sources->len);
      g_error_free (first_error);
    }
  else
    g_propagate_error (error, first_error);
}

/* The trace, or NULL and the first error where there is no message at all. */
static RungsTrace *
run (Load *load, GError **error)
{
  g_autoptr (GPtrArray) sources = open_sources (load);
  g_autoptr (RungsTraceBuilder) builder = begin (load);
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (GError) first_error = NULL;

  rungs_trace_builder_set_shifts (builder, load->loader->shifts);
  if (load->task != NULL && load->total > PREVIEW_THRESHOLD)
    publish_preview (load, sources);
  for (guint i = 0; i < sources->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
        return NULL;
      read_source (load, builder, g_ptr_array_index (sources, i), &first_error);
    }
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return NULL;
  trace = finish (load, builder);
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return NULL;
  if (rungs_trace_get_n_messages (trace) > 0 || rungs_trace_get_n_kerberos (trace) > 0)
    return g_steal_pointer (&trace);
  set_no_message (sources, g_steal_pointer (&first_error), error);
  return NULL;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load load = { .loader = source, .task = task, .cancellable = cancellable };
  GError *error = NULL;
  RungsTrace *trace = run (&load, &error);

  if (trace != NULL)
    g_task_return_pointer (task, trace, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
rungs_loader_set_shifts (RungsLoader *self, RungsClockShifts *shifts)
{
  g_return_if_fail (RUNGS_IS_LOADER (self));

  g_clear_pointer (&self->shifts, rungs_clock_shifts_unref);
  self->shifts = shifts != NULL ? rungs_clock_shifts_ref (shifts) : NULL;
}

void
rungs_loader_load_async (RungsLoader *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RUNGS_IS_LOADER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  g_atomic_int_set (&self->permille, 0);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rungs_loader_load_async);
  g_task_run_in_thread (task, work);
}

RungsTrace *
rungs_loader_load_finish (RungsLoader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RUNGS_IS_LOADER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

RungsTrace *
rungs_loader_load (RungsLoader *self, GCancellable *cancellable, GError **error)
{
  Load load = { .loader = self, .cancellable = cancellable };

  g_return_val_if_fail (RUNGS_IS_LOADER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);
  return run (&load, error);
}

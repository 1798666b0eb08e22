/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Paths → a published trace, in a worker.  See rungs-loader.h.
 *
 * The worker shares nothing with the main thread but the progress (an atomic number) and the traces that it hands over;
 * both go through sources in the caller's main context, in order. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
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
  guint64 done;  /* bytes of the inputs before the current one */
  guint64 total; /* bytes of all inputs */
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

static gboolean
notify_progress (gpointer data)
{
  RungsLoader *self = data;

  g_atomic_int_set (&self->notifying, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  return G_SOURCE_REMOVE;
}

/* Runs @function in the context of the caller of rungs_loader_load_async(). */
static void
invoke (Load *load, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, g_task_get_context (load->task));
}

static gboolean
on_progress (guint64 done, guint64 total, gpointer data)
{
  Load *load = data;
  gint64 now;

  if (g_cancellable_is_cancelled (load->cancellable))
    return FALSE;
  if (load->task == NULL || load->total == 0)
    return TRUE;
  now = g_get_monotonic_time ();
  g_atomic_int_set (&load->loader->permille, (int) ((load->done + done) * 1000.0 / load->total));
  if (now - load->notified >= NOTIFY_INTERVAL &&
      g_atomic_int_compare_and_exchange (&load->loader->notifying, FALSE, TRUE))
    {
      load->notified = now;
      invoke (load, notify_progress, g_object_ref (load->loader), g_object_unref);
    }
  return TRUE;
}

typedef struct
{
  RungsLoader *loader;
  RungsTrace *trace;
  GCancellable *cancellable;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_object_unref (preview->loader);
  g_object_unref (preview->trace);
  g_clear_object (&preview->cancellable);
  g_free (preview);
}

static gboolean
emit_preview (gpointer data)
{
  Preview *preview = data;

  if (!g_cancellable_is_cancelled (preview->cancellable))
    g_signal_emit (preview->loader, signals[PREVIEW], 0, preview->trace);
  return G_SOURCE_REMOVE;
}

static RungsTrace *
finish (Load *load, RungsTraceBuilder *builder)
{
  RungsTrace *trace = rungs_trace_builder_finish (builder);

  if (load->loader->prepare != NULL && rungs_trace_get_n_messages (trace) > 0)
    load->loader->prepare (trace, load->cancellable);
  return trace;
}

/* Of a long load, what the first megabyte says. */
static void
publish_preview (Load *load, GPtrArray *inputs)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (RungsTrace) trace = NULL;
  gsize left = PREVIEW_LENGTH;
  Preview *preview;

  for (guint i = 0; i < inputs->len && left > 0; i++)
    {
      RungsInput *input = g_ptr_array_index (inputs, i);
      gsize length = input != NULL ? rungs_input_get_bytes (input).length : 0;

      if (length == 0)
        continue;
      rungs_trace_builder_add_input (builder, input, left, NULL, NULL, NULL);
      left -= MIN (left, length);
    }
  trace = finish (load, builder);
  if (rungs_trace_get_n_messages (trace) == 0 || g_cancellable_is_cancelled (load->cancellable))
    return;
  preview = g_new0 (Preview, 1);
  preview->loader = g_object_ref (load->loader);
  preview->trace = g_steal_pointer (&trace);
  g_set_object (&preview->cancellable, load->cancellable);
  invoke (load, emit_preview, preview, preview_free);
}

static void
input_clear (gpointer data)
{
  if (data != NULL)
    rungs_input_unref (data);
}

/* Opens every path; NULL stands for one that failed, @errors holds why at the same index. */
static GPtrArray *
open_inputs (Load *load, GPtrArray *errors)
{
  RungsLoader *self = load->loader;
  GPtrArray *inputs = g_ptr_array_new_with_free_func (input_clear);

  if (self->memory != NULL)
    {
      g_ptr_array_add (inputs, rungs_input_ref (self->memory));
      g_ptr_array_add (errors, NULL);
    }
  for (guint i = 0; self->paths != NULL && self->paths[i] != NULL; i++)
    {
      GError *error = NULL;

      g_ptr_array_add (inputs, rungs_input_open (self->paths[i], load->cancellable, &error));
      g_ptr_array_add (errors, error);
    }
  for (guint i = 0; i < inputs->len; i++)
    if (inputs->pdata[i] != NULL)
      load->total += rungs_input_get_bytes (inputs->pdata[i]).length;
  return inputs;
}

static void
error_clear (gpointer data)
{
  if (data != NULL)
    g_error_free (data);
}

/* The trace, or NULL and the first error where there is no message at all, not even of Kerberos. */
static RungsTrace *
run (Load *load, GError **error)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (error_clear);
  g_autoptr (GPtrArray) inputs = open_inputs (load, errors);
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autoptr (RungsTrace) trace = NULL;
  g_autoptr (GError) first_error = NULL;

  if (load->task != NULL && load->total > PREVIEW_THRESHOLD)
    publish_preview (load, inputs);
  for (guint i = 0; i < inputs->len; i++)
    {
      RungsInput *input = inputs->pdata[i];
      g_autoptr (GError) local_error = g_steal_pointer (&errors->pdata[i]);

      if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
        return NULL;
      if (input == NULL)
        {
          rungs_trace_builder_add_failure (builder, load->loader->paths[i], local_error);
        }
      else
        {
          rungs_trace_builder_add_input (builder, input, 0, on_progress, load, &local_error);
          load->done += rungs_input_get_bytes (input).length;
        }
      if (local_error != NULL && first_error == NULL)
        first_error = g_steal_pointer (&local_error);
    }
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return NULL;
  trace = finish (load, builder);
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return NULL;
  if (rungs_trace_get_n_messages (trace) > 0 || rungs_trace_get_n_kerberos (trace) > 0)
    return g_steal_pointer (&trace);
  if (first_error != NULL)
    g_propagate_error (error, g_steal_pointer (&first_error));
  else
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NO_MESSAGES, _ ("No file was named"));
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One tab.  See rungs-trace-page.h. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "rungs-diagnoser.h"
#include "rungs-error.h"
#include "rungs-follower.h"
#include "rungs-loader.h"
#include "rungs-settings.h"
#include "rungs-text.h"
#include "rungs-trace-page.h"

/* A trace that is read within this time (ms) never shows the loading state. */
#define PATIENCE 200

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_LOADING,
  PROP_FOLLOWING,
  N_PROPS
};

struct _RungsTracePage
{
  GtkWidget parent_instance;
  GtkStack *stack;
  AdwStatusPage *loading_page;
  AdwStatusPage *failed_page;
  GtkProgressBar *loading_bar;
  GtkProgressBar *content_bar;
  GtkRevealer *progress_revealer;
  GtkInfoBar *info_bar;
  GtkLabel *info_label;
  GtkWidget *retry_button;
  RungsTraceView *view;
  char **paths;
  GBytes *bytes;
  char *title;
  char *subtitle;
  RungsLoader *loader;
  GCancellable *cancellable;
  RungsFollower *follower;
  GCancellable *follower_cancellable;
  guint patience;
  GError *failure; /* why there is no trace, or NULL */
  RungsClockShifts *shifts;
};

G_DEFINE_FINAL_TYPE (RungsTracePage, rungs_trace_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_state (RungsTracePage *self, const char *name)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
take_subtitle (RungsTracePage *self, char *subtitle)
{
  g_free (self->subtitle);
  self->subtitle = subtitle;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/* "6 messages · 1 flow · 2009-07-24, UTC" */
static char *
describe_trace (RungsTrace *trace)
{
  const RungsTotals *totals = rungs_trace_get_totals (trace);
  RungsClock clock = rungs_settings_get_ladder_options (rungs_settings_get_default ()).clock;
  g_autofree char *clock_words = rungs_time_describe_clock (trace, clock);
  g_autofree char *messages =
    g_strdup_printf (ngettext ("%lu message", "%lu messages", (gulong) totals->messages),
                     (gulong) totals->messages);
  g_autofree char *flows =
    g_strdup_printf (ngettext ("%lu flow", "%lu flows", (gulong) totals->flows), (gulong) totals->flows);
  g_autofree char *full = rungs_time_format_full (trace, 0, clock);
  char *space = strchr (full, ' ');

  /* A time of day is no date. */
  if (space == NULL || (rungs_trace_get_message (trace, 0)->flags & RUNGS_RECORD_NO_DATE) != 0)
    /* Translators: numbers of messages and of flows: "6 messages · 1 flow" */
    return g_strdup_printf (_ ("%s · %s"), messages, flows);
  *space = '\0';
  /* Translators: numbers of messages and of flows, date, what the times mean: "6 messages · 1 flow · 2009-07-24, UTC" */
  return g_strdup_printf (_ ("%s · %s · %s, %s"), messages, flows, full, clock_words);
}

static void
update_title (RungsTracePage *self)
{
  RungsTrace *trace = rungs_trace_view_get_trace (self->view);
  g_autofree char *facts = NULL;

  if (trace == NULL)
    return;
  g_free (self->title);
  self->title = rungs_trace_dup_title (trace);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  facts = describe_trace (trace);
  /* Translators: the trace is followed: "Live · 6 messages · 1 flow" */
  take_subtitle (self,
                 self->follower != NULL ? g_strdup_printf (_ ("Live · %s"), facts)
                                        : g_steal_pointer (&facts));
}

static void
show_info (RungsTracePage *self, const char *text)
{
  gtk_label_set_text (self->info_label, text);
  gtk_info_bar_set_revealed (self->info_bar, TRUE);
}

/* Files of the trace that could not be read: named, with the first reason. */
static void
show_failures (RungsTracePage *self, RungsTrace *trace)
{
  const RungsTraceFile *first = NULL;
  guint n_failed = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      if (!rungs_trace_file_failed (file))
        continue;
      if (first == NULL)
        first = file;
      n_failed++;
    }
  if (first == NULL)
    return;
  text = n_failed == 1 ? g_strdup (first->error->message)
                       : g_strdup_printf (ngettext ("%u file could not be read. %s",
                                                    "%u files could not be read. %s",
                                                    n_failed),
                                          n_failed,
                                          first->error->message);
  show_info (self, text);
}

static void
show_trace (RungsTracePage *self, RungsTrace *trace)
{
  gboolean first = rungs_trace_view_get_trace (self->view) == NULL;

  g_clear_error (&self->failure);
  rungs_trace_view_set_trace (self->view, trace);
  update_title (self);
  set_state (self, "content");
  if (first)
    rungs_ladder_view_focus (rungs_trace_view_get_ladder_view (self->view));
}

static void
preview_cb (RungsTracePage *self, RungsTrace *trace)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  show_trace (self, trace);
  gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
}

static void
progress_cb (RungsTracePage *self)
{
  double progress = CLAMP (rungs_loader_get_progress (self->loader), 0, 1);

  gtk_progress_bar_set_fraction (self->loading_bar, progress);
  gtk_progress_bar_set_fraction (self->content_bar, progress);
}

static void
show_failure (RungsTracePage *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);
  g_autofree char *description = NULL;
  const char *hint;

  if (cancelled && rungs_trace_view_get_trace (self->view) != NULL)
    {
      guint n_messages = rungs_trace_get_n_messages (rungs_trace_view_get_trace (self->view));
      g_autofree char *text =
        g_strdup_printf (ngettext ("Reading was stopped: only the first %u message is shown.",
                                   "Reading was stopped: only the first %u messages are shown.",
                                   n_messages),
                         n_messages);

      show_info (self, text);
      return;
    }
  g_clear_error (&self->failure);
  self->failure = cancelled ? NULL : g_error_copy (error);
  hint = cancelled || rungs_trace_page_get_obstacle (self) != NULL
           ? NULL
           : _ ("Where it is still being written, Follow shows its messages as they come.");
  description = g_strjoin ("\n\n", escaped, hint, NULL);
  adw_status_page_set_title (self->failed_page,
                             cancelled ? _ ("Reading Was Stopped") : _ ("This Trace Cannot Be Shown"));
  adw_status_page_set_description (self->failed_page, cancelled ? NULL : description);
  take_subtitle (self, g_strdup (""));
  set_state (self, "failed");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RungsTracePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTrace) trace = rungs_loader_load_finish (RUNGS_LOADER (source), result, &error);

  /* The page may have been closed, or loads again. */
  if (self->loader != RUNGS_LOADER (source))
    return;
  g_clear_object (&self->cancellable);
  g_signal_handlers_disconnect_by_data (self->loader, self);
  g_clear_object (&self->loader);
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
  if (trace != NULL)
    {
      show_trace (self, trace);
      show_failures (self, trace);
    }
  else
    {
      show_failure (self, error);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
stop_following (RungsTracePage *self)
{
  if (self->follower == NULL)
    return;
  g_cancellable_cancel (self->follower_cancellable);
  g_clear_object (&self->follower_cancellable);
  g_signal_handlers_disconnect_by_data (self->follower, self);
  g_clear_object (&self->follower);
  /* No message came: what was wrong with the file still is. */
  if (self->failure != NULL)
    {
      take_subtitle (self, g_strdup (""));
      set_state (self, "failed");
    }
  update_title (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static void
snapshot_cb (RungsTracePage *self, RungsTrace *trace)
{
  if (rungs_trace_get_n_messages (trace) > 0)
    {
      show_trace (self, trace);
      return;
    }
  take_subtitle (self, g_strdup (_ ("Live")));
  set_state (self, "quiet");
}

static void
notice_cb (RungsTracePage *self, const char *text)
{
  show_info (self, text);
}

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RungsTracePage) self = data;
  g_autoptr (GError) error = NULL;

  rungs_follower_run_finish (RUNGS_FOLLOWER (source), result, &error);
  if (self->follower != RUNGS_FOLLOWER (source))
    return;
  stop_following (self);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rungs_trace_view_get_trace (self->view) != NULL)
    show_info (self, error->message);
  else
    show_failure (self, error);
}

static void
start_following (RungsTracePage *self)
{
  if (self->follower != NULL || rungs_trace_page_get_obstacle (self) != NULL)
    return;
  self->follower = rungs_follower_new ((const char *const *) self->paths, rungs_diagnose_trace);
  self->follower_cancellable = g_cancellable_new ();
  g_signal_connect_object (self->follower, "snapshot", G_CALLBACK (snapshot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->follower, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  rungs_follower_run_async (self->follower, self->follower_cancellable, followed_cb, g_object_ref (self));
  update_title (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static gboolean
patience_cb (gpointer data)
{
  RungsTracePage *self = data;

  self->patience = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  return G_SOURCE_REMOVE;
}

static void
load (RungsTracePage *self)
{
  if (self->loader != NULL)
    return;
  g_clear_error (&self->failure);
  gtk_progress_bar_set_fraction (self->loading_bar, 0);
  gtk_progress_bar_set_fraction (self->content_bar, 0);
  if (rungs_trace_view_get_trace (self->view) != NULL)
    {
      /* Read anew: what is shown stays until then. */
      gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
    }
  else
    {
      set_state (self, "waiting");
      self->patience = g_timeout_add (PATIENCE, patience_cb, self);
    }
  self->cancellable = g_cancellable_new ();
  if (self->bytes != NULL)
    self->loader = rungs_loader_new_for_bytes (self->bytes, self->title, rungs_diagnose_trace);
  else
    self->loader = rungs_loader_new ((const char *const *) self->paths, rungs_diagnose_trace);
  rungs_loader_set_shifts (self->loader, self->shifts);
  g_signal_connect_object (self->loader, "preview", G_CALLBACK (preview_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader,
                           "notify::progress",
                           G_CALLBACK (progress_cb),
                           self,
                           G_CONNECT_SWAPPED);
  rungs_loader_load_async (self->loader, self->cancellable, loaded_cb, g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
info_response_cb (RungsTracePage *self)
{
  gtk_info_bar_set_revealed (self->info_bar, FALSE);
}

static void
rungs_trace_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RungsTracePage *self = RUNGS_TRACE_PAGE (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else if (id == PROP_SUBTITLE)
    g_value_set_string (value, self->subtitle);
  else if (id == PROP_LOADING)
    g_value_set_boolean (value, self->loader != NULL);
  else
    g_value_set_boolean (value, self->follower != NULL);
}

static void
rungs_trace_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  rungs_trace_page_set_following (RUNGS_TRACE_PAGE (object), g_value_get_boolean (value));
}

static void
rungs_trace_page_dispose (GObject *object)
{
  RungsTracePage *self = RUNGS_TRACE_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->loader != NULL)
    g_signal_handlers_disconnect_by_data (self->loader, self);
  g_clear_object (&self->loader);
  if (self->follower != NULL)
    {
      g_cancellable_cancel (self->follower_cancellable);
      g_signal_handlers_disconnect_by_data (self->follower, self);
    }
  g_clear_object (&self->follower_cancellable);
  g_clear_object (&self->follower);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_trace_page_parent_class)->dispose (object);
}

static void
rungs_trace_page_finalize (GObject *object)
{
  RungsTracePage *self = RUNGS_TRACE_PAGE (object);

  g_strfreev (self->paths);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->title);
  g_free (self->subtitle);
  g_clear_error (&self->failure);
  rungs_clock_shifts_unref (self->shifts);
  G_OBJECT_CLASS (rungs_trace_page_parent_class)->finalize (object);
}

static void
rungs_trace_page_class_init (RungsTracePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rungs_trace_page_dispose;
  object_class->finalize = rungs_trace_page_finalize;
  object_class->get_property = rungs_trace_page_get_property;
  object_class->set_property = rungs_trace_page_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RUNGS_TYPE_TRACE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-trace-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, loading_page);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, loading_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, content_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, info_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, info_label);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, RungsTracePage, view);
  gtk_widget_class_bind_template_callback (widget_class, rungs_trace_page_cancel);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, info_response_cb);
}

static void
rungs_trace_page_init (RungsTracePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shifts = rungs_clock_shifts_new ();
  g_signal_connect_object (rungs_settings_get_default (),
                           "notify::clock",
                           G_CALLBACK (update_title),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
begin (RungsTracePage *self, const char *name)
{
  self->title = rungs_text_display_max (rungs_slice_from_string (name), 200);
  self->subtitle = g_strdup ("");
  adw_status_page_set_description (self->loading_page, NULL);
  load (self);
}

GtkWidget *
rungs_trace_page_new (const char *const *paths)
{
  RungsTracePage *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (paths != NULL && paths[0] != NULL, NULL);
  self = g_object_new (RUNGS_TYPE_TRACE_PAGE, NULL);
  self->paths = g_strdupv ((char **) paths);
  name = g_filename_display_basename (paths[0]);
  begin (self, name);
  return GTK_WIDGET (self);
}

GtkWidget *
rungs_trace_page_new_for_bytes (GBytes *bytes, const char *name)
{
  RungsTracePage *self;

  g_return_val_if_fail (bytes != NULL, NULL);
  self = g_object_new (RUNGS_TYPE_TRACE_PAGE, NULL);
  self->bytes = g_bytes_ref (bytes);
  begin (self, name);
  return GTK_WIDGET (self);
}

void
rungs_trace_page_cancel (RungsTracePage *self)
{
  g_return_if_fail (RUNGS_IS_TRACE_PAGE (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  stop_following (self);
}

void
rungs_trace_page_set_following (RungsTracePage *self, gboolean following)
{
  g_return_if_fail (RUNGS_IS_TRACE_PAGE (self));
  if (following)
    start_following (self);
  else
    stop_following (self);
}

gboolean
rungs_trace_page_get_following (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), FALSE);
  return self->follower != NULL;
}

void
rungs_trace_page_correct_clock (RungsTracePage *self, const char *file, gint64 shift)
{
  g_return_if_fail (RUNGS_IS_TRACE_PAGE (self));
  g_return_if_fail (file != NULL);
  if (self->loader != NULL)
    return;
  stop_following (self);
  rungs_clock_shifts_set (self->shifts, file, shift);
  load (self);
}

gint64
rungs_trace_page_get_correction (RungsTracePage *self, const char *file)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), 0);
  return rungs_clock_shifts_get (self->shifts, file, file);
}

const char *
rungs_trace_page_get_obstacle (RungsTracePage *self)
{
  RungsTrace *trace;

  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), NULL);
  if (self->paths == NULL)
    return _ ("This trace is no file that could grow.");
  if (self->loader != NULL)
    return _ ("The trace is still being read.");
  if (g_error_matches (self->failure, RUNGS_ERROR, RUNGS_ERROR_FOREIGN))
    return _ ("A file of this kind never holds SIP messages.");
  if (self->failure != NULL && !rungs_error_is_no_messages (self->failure))
    return _ ("The file cannot be read.");
  trace = rungs_trace_view_get_trace (self->view);
  for (guint i = 0; trace != NULL && i < rungs_trace_get_n_files (trace); i++)
    {
      const RungsTraceFile *file = rungs_trace_get_file (trace, i);

      if (file->is_member)
        return _ ("Compressed files and archives can only be read whole.");
      if (file->shift != 0)
        return _ ("A trace whose clocks are corrected is not followed.");
    }
  return NULL;
}

RungsTraceView *
rungs_trace_page_get_view (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), NULL);
  return rungs_trace_view_get_trace (self->view) != NULL ? self->view : NULL;
}

const char *
rungs_trace_page_get_title (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), NULL);
  return self->title;
}

const char *
rungs_trace_page_get_subtitle (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), NULL);
  return self->subtitle;
}

gboolean
rungs_trace_page_get_loading (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), FALSE);
  return self->loader != NULL;
}

const char *
rungs_trace_page_get_state (RungsTracePage *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE_PAGE (self), NULL);
  return gtk_stack_get_visible_child_name (self->stack);
}

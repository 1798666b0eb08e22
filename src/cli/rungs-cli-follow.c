/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* --follow.  See rungs-cli-follow.h. */

#include "config.h"

#include <signal.h>
#include <stdio.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "rungs-cli-follow.h"
#include "rungs-follower.h"
#include "rungs-key-table.h"

struct _RungsCliFollow
{
  RungsCliOptions *options;
  RungsCliFollowFunc print;
  gpointer data;
  RungsKeyTable taken; /* file and offset of a message → 1 */
  GCancellable *cancellable;
  gboolean is_over;
  int status;
};

/* Both halves are small numbers, which the table wants well mixed. */
static guint64
get_key (RungsCliFollow *self, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->options->trace, message);

  return rungs_key_mix (rungs_key_mix (1, info->file), info->offset);
}

static gboolean
take (RungsCliFollow *self, guint64 key)
{
  guint32 *value = rungs_key_table_add (&self->taken, key);
  gboolean is_new = *value == 0;

  *value = 1;
  return is_new;
}

gboolean
rungs_cli_follow_take (RungsCliFollow *self, guint message)
{
  return take (self, get_key (self, message));
}

gboolean
rungs_cli_follow_take_finding (RungsCliFollow *self, const RungsFinding *finding)
{
  return take (self, rungs_key_mix (get_key (self, finding->message), g_str_hash (finding->rule->id)));
}

static void
snapshot_cb (RungsCliFollow *self, RungsTrace *trace)
{
  g_set_object (&self->options->trace, trace);
  if (rungs_trace_get_n_messages (trace) == 0)
    return;
  if (!rungs_cli_options_select (self->options, TRUE, &self->status))
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  if (self->options->selection == NULL)
    return;
  self->print (self, self->data);
  fflush (stdout);
}

static void
notice_cb (RungsCliFollow *self, const char *text)
{
  g_printerr ("rungs-cli: %s\n", text);
}

static void
restarted_cb (RungsCliFollow *self)
{
  rungs_key_table_clear (&self->taken);
  rungs_key_table_init (&self->taken, 0);
}

static void
end_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsCliFollow *self = data;
  g_autoptr (GError) error = NULL;

  if (!rungs_follower_run_finish (RUNGS_FOLLOWER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_printerr ("rungs-cli: %s\n", error->message);
      self->status = RUNGS_EXIT_UNREADABLE;
    }
  self->is_over = TRUE;
}

static gboolean
interrupt_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

int
rungs_cli_follow_run (RungsCliOptions *options,
                      RungsPrepareFunc prepare,
                      RungsCliFollowFunc print,
                      gpointer data)
{
  g_autoptr (RungsFollower) follower = rungs_follower_new ((const char *const *) options->files, prepare);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RungsCliFollow self = { .options = options, .print = print, .data = data, .cancellable = cancellable };
  guint interrupt = g_unix_signal_add (SIGINT, interrupt_cb, cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, interrupt_cb, cancellable);

  rungs_key_table_init (&self.taken, 0);
  g_signal_connect_swapped (follower, "snapshot", G_CALLBACK (snapshot_cb), &self);
  g_signal_connect_swapped (follower, "notice", G_CALLBACK (notice_cb), &self);
  g_signal_connect_swapped (follower, "restarted", G_CALLBACK (restarted_cb), &self);
  rungs_follower_run_async (follower, cancellable, end_cb, &self);
  while (!self.is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  rungs_key_table_clear (&self.taken);
  if (self.status == RUNGS_EXIT_OK && options->trace != NULL)
    rungs_cli_options_report_failures (options);
  return self.status != RUNGS_EXIT_OK ? self.status : options->status;
}

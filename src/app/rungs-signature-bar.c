/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The state of a message's signature.  See rungs-signature-bar.h. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-digest.h"
#include "rungs-knowledge.h"
#include "rungs-signature-bar.h"
#include "rungs-signature.h"

struct _RungsSignatureBar
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *reason;
  GtkWidget *spinner;
  GtkWidget *button;
  GtkPopover *popover;
  GtkEditable *password;
  GtkWidget *check_button;
  RungsTrace *trace;
  guint message;
  RungsSignatures *signatures; /* or NULL */
  GCancellable *cancellable;   /* of the check that runs, or NULL */
  char *failure;               /* why the last try came to nothing, or NULL */
};

G_DEFINE_FINAL_TYPE (RungsSignatureBar, rungs_signature_bar, GTK_TYPE_WIDGET)

enum
{
  CHECKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_signed (RungsTrace *trace, guint message)
{
  RungsSignature signature;
  RungsSipAuth digest;
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  rungs_trace_parse (trace, message, 0, &sip);
  return rungs_signature_find (&signature, &sip) || rungs_digest_find (&digest, &sip, 0);
}

static void
set_state (RungsSignatureBar *self, RungsSignatureState state, const char *reason)
{
  static const struct
  {
    const char *icon;
    const char *style;
    const char *title;
  } looks[] = {
    [RUNGS_SIGNATURE_NONE] = { "changes-prevent-symbolic", NULL, N_ ("Signature not checked") },
    [RUNGS_SIGNATURE_RIGHT] = { "emblem-ok-symbolic", "verdict-good", N_ ("Signature right") },
    [RUNGS_SIGNATURE_WRONG] = { "dialog-error-symbolic", "verdict-error", N_ ("Signature wrong") },
    [RUNGS_SIGNATURE_UNCHECKED] = { "dialog-question-symbolic", NULL, N_ ("Signature cannot be checked") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].style);
  if (looks[state].style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].style);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_label_set_text (self->title, _ (looks[state].title));
  gtk_label_set_text (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *reason != '\0');
}

static void
refresh (RungsSignatureBar *self)
{
  gboolean is_there = self->trace != NULL && is_signed (self->trace, self->message);
  RungsSignatureCheck check;
  const RungsFact *fact;

  gtk_widget_set_visible (GTK_WIDGET (self), is_there);
  gtk_widget_set_visible (self->spinner, self->cancellable != NULL);
  gtk_widget_set_visible (self->button, self->cancellable == NULL);
  if (!is_there)
    return;
  if (self->cancellable != NULL)
    {
      set_state (self, RUNGS_SIGNATURE_NONE, _ ("All signatures of the trace are being checked …"));
      return;
    }
  if (self->signatures == NULL || self->failure != NULL)
    {
      set_state (self,
                 RUNGS_SIGNATURE_NONE,
                 self->failure != NULL ? self->failure
                                       : _ ("With the user’s password or the service’s keytab Rungs can say "
                                            "whether it is right."));
      return;
    }
  check = rungs_signatures_get (self->signatures, self->message);
  fact = rungs_knowledge_lookup (RUNGS_TOPIC_SIGNATURE, rungs_signature_reason_get_id (check.reason));
  set_state (self, check.state, fact != NULL ? fact->explanation : "");
}

static void
forget (RungsSignatureBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->signatures, rungs_signatures_free);
  g_clear_pointer (&self->failure, g_free);
}

/* What the thread needs. */
typedef struct
{
  RungsTrace *trace;
  RungsSecrets *secrets;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->trace);
  g_clear_pointer (&job->secrets, rungs_secrets_free);
  g_free (job);
}

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  RungsSignatures *signatures = rungs_signatures_new (job->trace, job->secrets, cancellable);

  /* Not a moment longer than needed. */
  g_clear_pointer (&job->secrets, rungs_secrets_free);
  if (signatures == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else
    g_task_return_pointer (task, signatures, (GDestroyNotify) rungs_signatures_free);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsSignatureBar *self = RUNGS_SIGNATURE_BAR (source);
  RungsSignatures *signatures = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Another trace, or another check, has come in between. */
  if (signatures == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&signatures, rungs_signatures_free);
      return;
    }
  g_clear_object (&self->cancellable);
  self->signatures = signatures;
  refresh (self);
  g_signal_emit (self, signals[CHECKED], 0);
}

void
rungs_signature_bar_check (RungsSignatureBar *self, RungsSecrets *secrets)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (RUNGS_IS_SIGNATURE_BAR (self) && self->trace != NULL && secrets != NULL);
  forget (self);
  self->cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->trace = g_object_ref (self->trace);
  job->secrets = secrets;
  task = g_task_new (self, self->cancellable, checked_cb, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, check_thread);
  refresh (self);
}

static void
password_changed_cb (RungsSignatureBar *self)
{
  gtk_widget_set_sensitive (self->check_button, *gtk_editable_get_text (self->password) != '\0');
}

static void
check_password_cb (RungsSignatureBar *self)
{
  const char *text = gtk_editable_get_text (self->password);
  RungsSecrets *secrets;
  RungsSecret *password;

  if (*text == '\0' || self->trace == NULL)
    return;
  secrets = rungs_secrets_new ();
  password = rungs_secret_new (strlen (text));
  memcpy (password->data, text, strlen (text));
  rungs_secrets_take_passwords (secrets, password);
  /* The entry keeps its text in memory that is not swapped, and wipes it here. */
  gtk_editable_set_text (self->password, "");
  gtk_popover_popdown (self->popover);
  rungs_signature_bar_check (self, secrets);
}

static void
keytab_chosen_cb (GtkNativeDialog *dialog, int response, RungsSignatureBar *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  RungsKeytab *keytab = NULL;
  RungsSecrets *secrets;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (file == NULL || self->trace == NULL)
    return;
  path = g_file_get_path (file);
  if (path != NULL)
    keytab = rungs_keytab_open (path, &error);
  if (keytab == NULL)
    {
      forget (self);
      self->failure =
        g_strdup_printf (_ ("The keytab could not be read: %s"),
                         error != NULL ? error->message : _ ("it is not a file of this computer"));
      refresh (self);
      g_signal_emit (self, signals[CHECKED], 0);
      return;
    }
  secrets = rungs_secrets_new ();
  rungs_secrets_take_keytab (secrets, keytab);
  rungs_signature_bar_check (self, secrets);
}

static void
choose_keytab_cb (RungsSignatureBar *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Choose a Keytab"),
                                 GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 GTK_FILE_CHOOSER_ACTION_OPEN,
                                 _ ("_Check"),
                                 NULL);

  gtk_popover_popdown (self->popover);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (keytab_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
rungs_signature_bar_dispose (GObject *object)
{
  RungsSignatureBar *self = RUNGS_SIGNATURE_BAR (object);

  forget (self);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_signature_bar_parent_class)->dispose (object);
}

static void
rungs_signature_bar_class_init (RungsSignatureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_signature_bar_dispose;
  signals[CHECKED] = g_signal_new ("checked",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rungs/Rungs/ui/rungs-signature-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, box);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, title);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, reason);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, button);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, popover);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, password);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, check_button);
  gtk_widget_class_bind_template_callback (widget_class, check_password_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_keytab_cb);
}

static void
rungs_signature_bar_init (RungsSignatureBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refresh (self);
}

void
rungs_signature_bar_show (RungsSignatureBar *self, RungsTrace *trace, guint message)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_BAR (self));
  if (trace != NULL && trace != self->trace)
    {
      forget (self);
      g_set_object (&self->trace, trace);
    }
  self->message = message;
  refresh (self);
  if (trace == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

RungsSignatures *
rungs_signature_bar_get_signatures (RungsSignatureBar *self)
{
  g_return_val_if_fail (RUNGS_IS_SIGNATURE_BAR (self), NULL);
  return self->signatures;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The state of a message's signature.  See rungs-signature-bar.h. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-digest.h"
#include "rungs-knowledge.h"
#include "rungs-signature-bar.h"
#include "rungs-signature-card.h"
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
  GtkWidget *forget_button;
  GtkPopover *popover;
  GtkEditable *password;
  GtkWidget *check_button;
  RungsSignatureChecker *checker;
  RungsTrace *trace; /* or NULL */
  guint message;
  char *failure; /* why the last try came to nothing, or NULL */
};

G_DEFINE_FINAL_TYPE (RungsSignatureBar, rungs_signature_bar, GTK_TYPE_WIDGET)

static gboolean
is_signed (RungsTrace *trace, guint message)
{
  RungsSignature signature;
  RungsSipAuth digest;
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  rungs_trace_parse (trace, message, 0, &sip);
  return rungs_signature_find (&signature, &sip) || rungs_digest_find (&digest, &sip, 0) ||
         rungs_digest_find_info (&digest, &sip);
}

static void
set_state (RungsSignatureBar *self, RungsSignatureState state, const char *reason)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = {
    [RUNGS_SIGNATURE_NONE] = { "changes-prevent-symbolic", NULL },
    [RUNGS_SIGNATURE_RIGHT] = { "emblem-ok-symbolic", "verdict-good" },
    [RUNGS_SIGNATURE_WRONG] = { "dialog-error-symbolic", "verdict-error" },
    [RUNGS_SIGNATURE_UNCHECKED] = { "dialog-question-symbolic", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].style != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].style);
  if (looks[state].style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].style);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_label_set_text (self->title, rungs_signature_card_get_title (state));
  gtk_label_set_text (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *reason != '\0');
}

static void
show_check (RungsSignatureBar *self)
{
  const RungsSignatureCheck *check = rungs_trace_get_signature_check (self->trace, self->message);
  const RungsFact *fact;

  if (check == NULL || check->state == RUNGS_SIGNATURE_NONE)
    {
      set_state (self,
                 RUNGS_SIGNATURE_NONE,
                 _ ("With the user’s password or the service’s keytab Rungs can say whether it is right."));
      return;
    }
  fact = rungs_knowledge_lookup (RUNGS_TOPIC_SIGNATURE, rungs_signature_reason_get_id (check->reason));
  set_state (self, check->state, fact != NULL ? fact->explanation : "");
}

static void
refresh (RungsSignatureBar *self)
{
  gboolean is_there = self->trace != NULL && is_signed (self->trace, self->message);
  gboolean has_secrets = self->checker != NULL && rungs_signature_checker_has_secrets (self->checker);
  gboolean busy = has_secrets && rungs_signature_checker_is_busy (self->checker);

  gtk_widget_set_visible (GTK_WIDGET (self), is_there || has_secrets);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_visible (self->button, !busy && self->trace != NULL);
  gtk_widget_set_visible (self->forget_button, has_secrets);
  if (self->failure != NULL)
    set_state (self, RUNGS_SIGNATURE_NONE, self->failure);
  else if (busy)
    set_state (self, RUNGS_SIGNATURE_NONE, _ ("All signatures of the trace are being checked …"));
  else if (is_there)
    show_check (self);
  else
    set_state (self, RUNGS_SIGNATURE_NONE, "");
  if (!is_there && self->failure == NULL)
    gtk_label_set_text (self->title, _ ("No signature here"));
}

static void
checker_changed_cb (RungsSignatureBar *self)
{
  g_clear_pointer (&self->failure, g_free);
  refresh (self);
}

static void
forget_cb (RungsSignatureBar *self)
{
  rungs_signature_checker_forget (self->checker);
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
  RungsSecret *password;

  if (*text == '\0' || self->trace == NULL)
    return;
  password = rungs_secret_new (strlen (text));
  memcpy (password->data, text, strlen (text));
  /* The entry keeps its text in memory that is not swapped, and wipes it here. */
  gtk_editable_set_text (self->password, "");
  gtk_popover_popdown (self->popover);
  rungs_signature_checker_take_password (self->checker, password);
}

static void
keytab_chosen_cb (GtkNativeDialog *dialog, int response, RungsSignatureBar *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  RungsKeytab *keytab = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (file == NULL || self->checker == NULL)
    return;
  path = g_file_get_path (file);
  if (path != NULL)
    keytab = rungs_keytab_open (path, &error);
  if (keytab != NULL)
    {
      rungs_signature_checker_take_keytab (self->checker, keytab);
      return;
    }
  g_free (self->failure);
  self->failure = g_strdup_printf (_ ("The keytab could not be read: %s"),
                                   error != NULL ? error->message : _ ("it is not a file of this computer"));
  refresh (self);
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

  g_clear_object (&self->checker);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_signature_bar_parent_class)->dispose (object);
}

static void
rungs_signature_bar_class_init (RungsSignatureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_signature_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rungs/Rungs/ui/rungs-signature-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, box);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, title);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, reason);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, button);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, forget_button);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, popover);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, password);
  gtk_widget_class_bind_template_child (widget_class, RungsSignatureBar, check_button);
  gtk_widget_class_bind_template_callback (widget_class, check_password_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_keytab_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

static void
rungs_signature_bar_init (RungsSignatureBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refresh (self);
}

void
rungs_signature_bar_set_checker (RungsSignatureBar *self, RungsSignatureChecker *checker)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_BAR (self) && RUNGS_IS_SIGNATURE_CHECKER (checker));
  g_return_if_fail (self->checker == NULL);
  self->checker = g_object_ref (checker);
  g_signal_connect_object (checker, "changed", G_CALLBACK (checker_changed_cb), self, G_CONNECT_SWAPPED);
}

void
rungs_signature_bar_show (RungsSignatureBar *self, RungsTrace *trace, guint message)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_BAR (self));
  g_set_object (&self->trace, trace);
  self->message = message;
  g_clear_pointer (&self->failure, g_free);
  refresh (self);
}

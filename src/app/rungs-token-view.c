/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's page of tokens.  See rungs-token-view.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-hex-view.h"
#include "rungs-knowledge.h"
#include "rungs-signature-bar.h"
#include "rungs-token-item.h"
#include "rungs-token-view.h"

/* How deep the tree is open at first: the token, and what is in its frames. */
#define OPEN_DEPTH 2
/* Longer values are cut in the row; the detail has all. */
#define MAX_ROW_VALUE 80

struct _RungsTokenView
{
  GtkWidget parent_instance;
  GtkStack *stack;
  GtkLabel *empty_title;
  GtkLabel *empty_text;
  GtkWidget *paned;
  GtkListView *tree;
  GtkLabel *name;
  GtkLabel *value;
  GtkLabel *remark;
  GtkLabel *explanation;
  GtkLabel *reference;
  RungsHexView *hex;
  RungsSignatureBar *bar;
  RungsSignatureChecker *checker;
  RungsTrace *trace;
  guint message;
  RungsSignatureCheck check; /* that the tree shows */
};

G_DEFINE_FINAL_TYPE (RungsTokenView, rungs_token_view, GTK_TYPE_WIDGET)

static const RungsFact *
get_fact (const RungsField *field)
{
  return field->topic != NULL ? rungs_knowledge_lookup_topic (field->topic) : NULL;
}

/* (transfer none) (nullable): the item that is selected. */
static RungsTokenItem *
get_selected (RungsTokenView *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->tree);
  GtkTreeListRow *row =
    model != NULL ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model)) : NULL;
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item != NULL ? RUNGS_TOKEN_ITEM (item) : NULL;
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_reference (RungsTokenView *self, const RungsFact *fact)
{
  g_autofree char *uri = NULL;
  g_autofree char *label = NULL;
  g_autofree char *markup = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->reference), fact != NULL && fact->reference != NULL);
  if (fact == NULL || fact->reference == NULL)
    return;
  uri = rungs_reference_to_uri (fact->reference, fact->section);
  label = fact->section != NULL ? g_strdup_printf (_ ("%s, section %s"), fact->reference, fact->section)
                                : g_strdup (fact->reference);
  markup = uri != NULL ? g_markup_printf_escaped ("<a href=\"%s\">%s\302\240↗</a>", uri, label)
                       : g_markup_escape_text (label, -1);
  gtk_label_set_markup (self->reference, markup);
}

static void
show_selected (RungsTokenView *self)
{
  RungsTokenItem *item = get_selected (self);
  const RungsField *field;
  const RungsFact *fact, *remark = NULL;

  if (item == NULL)
    return;
  field = rungs_token_item_get_field (item);
  fact = get_fact (field);
  if (field->remark != RUNGS_REMARK_NONE)
    remark = rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, rungs_remark_code_get_id (field->remark));
  set_label (self->name, field->name);
  set_label (self->value, field->value);
  set_label (self->remark, remark != NULL ? remark->explanation : NULL);
  set_label (self->explanation, fact != NULL ? fact->explanation : NULL);
  show_reference (self, fact);
  rungs_hex_view_show (self->hex, rungs_token_item_get_bytes (item), field->offset, field->length);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.copy-value", *field->value != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.copy-base64", rungs_token_item_is_token (item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "token.copy-hex", rungs_token_item_is_token (item));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RungsTokenView *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), label);
  gtk_list_item_set_child (list_item, expander);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RungsTokenView *self)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  GtkWidget *expander = gtk_list_item_get_child (list_item);
  GtkLabel *label = GTK_LABEL (gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander)));
  g_autoptr (RungsTokenItem) item = gtk_tree_list_row_get_item (row);
  const RungsField *field = rungs_token_item_get_field (item);
  gboolean is_long = g_utf8_strlen (field->value, -1) > MAX_ROW_VALUE;
  g_autofree char *start =
    is_long ? g_utf8_substring (field->value, 0, MAX_ROW_VALUE) : g_strdup (field->value);
  g_autofree char *markup =
    g_markup_printf_escaped (*field->value != '\0' ? "%s<b>%s</b>  %s%s" : "%s<b>%s</b>%s%s",
                             field->remark != RUNGS_REMARK_NONE ? "⚠ " : "",
                             field->name,
                             start,
                             is_long ? "…" : "");

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  gtk_label_set_markup (label, markup);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RungsTokenView *self)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item)), NULL);
}

/* As in other trees: Right opens a row, Left closes it or goes to the one that it belongs to. */
static gboolean
key_pressed_cb (RungsTokenView *self, guint key, guint code, GdkModifierType state)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->tree);
  GtkTreeListRow *row =
    model != NULL ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model)) : NULL;
  gboolean is_forward = key == GDK_KEY_Right || key == GDK_KEY_KP_Right;
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL || !(is_forward || key == GDK_KEY_Left || key == GDK_KEY_KP_Left) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (gtk_tree_list_row_is_expandable (row) && gtk_tree_list_row_get_expanded (row) != is_forward)
    {
      gtk_tree_list_row_set_expanded (row, is_forward);
      return TRUE;
    }
  parent = is_forward ? NULL : gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->tree),
                                "list.select-item",
                                "(ubb)",
                                gtk_tree_list_row_get_position (parent),
                                FALSE,
                                FALSE);
  return parent != NULL;
}

static GListModel *
create_children_cb (gpointer item, gpointer data)
{
  return rungs_token_item_get_children (RUNGS_TOKEN_ITEM (item));
}

/* Opens what is to be seen at once: the first root, and single frames in it. */
static void
open_rows (GtkTreeListModel *model)
{
  for (guint i = 0, depth = 0; depth < OPEN_DEPTH; depth++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (model, i);
      g_autoptr (RungsTokenItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
      const RungsField *field = item != NULL ? rungs_token_item_get_field (item) : NULL;

      if (field == NULL)
        return;
      gtk_tree_list_row_set_expanded (row, TRUE);
      /* A frame holds its token last. */
      i += rungs_field_get_n_children (field);
    }
}

static void
set_empty (RungsTokenView *self, const char *title, const char *text)
{
  gtk_label_set_text (self->empty_title, title);
  gtk_label_set_text (self->empty_text, text);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_list_view_set_model (self->tree, NULL);
}

/* Shows @roots (transfer full). */
static void
set_roots (RungsTokenView *self, GListModel *roots)
{
  GtkTreeListModel *tree = gtk_tree_list_model_new (roots, FALSE, FALSE, create_children_cb, NULL, NULL);
  GtkSingleSelection *selection;

  open_rows (tree);
  selection = gtk_single_selection_new (G_LIST_MODEL (tree));
  g_signal_connect_object (selection,
                           "notify::selected-item",
                           G_CALLBACK (show_selected),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->tree, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_stack_set_visible_child_name (self->stack, "token");
  show_selected (self);
}

static RungsSignatureCheck
get_check (RungsTokenView *self)
{
  const RungsSignatureCheck *check =
    self->trace != NULL ? rungs_trace_get_signature_check (self->trace, self->message) : NULL;

  return check != NULL ? *check : (RungsSignatureCheck){ 0 };
}

static gboolean
is_same_check (RungsSignatureCheck a, RungsSignatureCheck b)
{
  return a.state == b.state && a.reason == b.reason && a.version == b.version;
}

static void
refresh (RungsTokenView *self)
{
  g_autoptr (GListModel) roots = NULL;

  if (self->trace == NULL)
    {
      set_empty (self, _ ("No message is selected"), _ ("Select a message in the ladder to see its token."));
      return;
    }
  self->check = get_check (self);
  roots = rungs_token_item_list (self->trace,
                                 self->message,
                                 self->checker != NULL
                                   ? rungs_signature_checker_get_signatures (self->checker, self->trace)
                                   : NULL);
  if (g_list_model_get_n_items (roots) == 0)
    set_empty (self,
               _ ("This message carries no token."),
               _ ("Tokens and signatures stand in the headers that authenticate: WWW-Authenticate, "
                  "Authorization, "
                  "Authentication-Info and those of proxies."));
  else
    set_roots (self, g_steal_pointer (&roots));
}

/* What is open and selected stays so, where the check says what it said. */
static void
checked_cb (RungsTokenView *self)
{
  if (self->trace != NULL && !is_same_check (self->check, get_check (self)))
    refresh (self);
}

static void
copy (RungsTokenView *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_value_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RungsTokenView *self = RUNGS_TOKEN_VIEW (widget);
  RungsTokenItem *item = get_selected (self);

  if (item != NULL)
    copy (self, rungs_token_item_get_field (item)->value);
}

static void
copy_base64_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RungsTokenView *self = RUNGS_TOKEN_VIEW (widget);
  RungsTokenItem *item = get_selected (self);
  RungsSlice bytes = item != NULL ? rungs_token_item_get_bytes (item) : RUNGS_SLICE_EMPTY;
  g_autofree char *text = g_base64_encode ((const guchar *) bytes.data, bytes.length);

  copy (self, text);
}

static void
copy_hex_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RungsTokenView *self = RUNGS_TOKEN_VIEW (widget);
  RungsTokenItem *item = get_selected (self);
  RungsSlice bytes = item != NULL ? rungs_token_item_get_bytes (item) : RUNGS_SLICE_EMPTY;
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < bytes.length; i++)
    g_string_append_printf (text, "%02x", (guchar) bytes.data[i]);
  copy (self, text->str);
}

static void
rungs_token_view_dispose (GObject *object)
{
  RungsTokenView *self = RUNGS_TOKEN_VIEW (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->bar, gtk_widget_unparent);
  g_clear_object (&self->trace);
  g_clear_object (&self->checker);
  G_OBJECT_CLASS (rungs_token_view_parent_class)->dispose (object);
}

static void
rungs_token_view_class_init (RungsTokenViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_token_view_dispose;
  g_type_ensure (RUNGS_TYPE_HEX_VIEW);
  g_type_ensure (RUNGS_TYPE_SIGNATURE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-token-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, empty_title);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, empty_text);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, paned);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, tree);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, value);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, remark);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, explanation);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, reference);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, hex);
  gtk_widget_class_bind_template_child (widget_class, RungsTokenView, bar);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_install_action (widget_class, "token.copy-value", NULL, copy_value_cb);
  gtk_widget_class_install_action (widget_class, "token.copy-base64", NULL, copy_base64_cb);
  gtk_widget_class_install_action (widget_class, "token.copy-hex", NULL, copy_hex_cb);
}

static void
rungs_token_view_init (RungsTokenView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refresh (self);
}

void
rungs_token_view_set_checker (RungsTokenView *self, RungsSignatureChecker *checker)
{
  g_return_if_fail (RUNGS_IS_TOKEN_VIEW (self) && self->checker == NULL);
  self->checker = g_object_ref (checker);
  g_signal_connect_object (checker, "checked", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  rungs_signature_bar_set_checker (self->bar, checker);
}

/* Whether @message of @trace is the one that is shown: the traces of a file that is followed share its bytes. */
static gboolean
is_shown (RungsTokenView *self, RungsTrace *trace, guint message)
{
  return self->trace != NULL && trace != NULL &&
         rungs_trace_get_bytes (self->trace, self->message).data ==
           rungs_trace_get_bytes (trace, message).data;
}

void
rungs_token_view_show_message (RungsTokenView *self, RungsTrace *trace, guint message)
{
  gboolean is_same;

  g_return_if_fail (RUNGS_IS_TOKEN_VIEW (self));
  is_same = is_shown (self, trace, message);
  g_set_object (&self->trace, trace);
  self->message = message;
  rungs_signature_bar_show (self->bar, trace, message);
  /* What is open and selected stays so. */
  if (!is_same || !is_same_check (self->check, get_check (self)))
    refresh (self);
}

void
rungs_token_view_show_kerberos (RungsTokenView *self, RungsSlice message)
{
  g_return_if_fail (RUNGS_IS_TOKEN_VIEW (self));
  g_clear_object (&self->trace);
  rungs_signature_bar_show (self->bar, NULL, 0);
  set_roots (self, rungs_token_item_list_kerberos (message));
}

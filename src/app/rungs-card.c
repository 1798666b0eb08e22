/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A card of the inspector.  See rungs-card.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-card.h"
#include "rungs-glossary.h"
#include "rungs-knowledge.h"
#include "rungs-note.h"
#include "rungs-verdict-icon.h"

#define FOLDED_VALUE    320
#define MAX_VALUE       20000
#define MAX_TRAILS      8
#define MAX_TRAIL_LINKS 8
#define MAX_PARTS       200
#define MAX_DEPTH       6

struct _RungsCard
{
  GtkWidget parent_instance;
  guint n_parts;
  GHashTable *terms; /* borrowed, or NULL */
};

G_DEFINE_FINAL_TYPE (RungsCard, rungs_card, GTK_TYPE_WIDGET)

static void
rungs_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_card_parent_class)->dispose (object);
}

static void
rungs_card_class_init (RungsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rungs_card_init (RungsCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

GtkWidget *
rungs_card_new (void)
{
  return g_object_new (RUNGS_TYPE_CARD, NULL);
}

void
rungs_card_add_widget (RungsCard *self, GtkWidget *child)
{
  g_return_if_fail (RUNGS_IS_CARD (self));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* A hyphen at the end of a broken line would look like one of a value's or a name's own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Only values can be selected and copied: each such label is a stop of the Tab key. */
static GtkWidget *
new_value (const char *text)
{
  GtkWidget *label = new_label (text, "value");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static void
add_line (RungsCard *self, GtkWidget *start, const char *detail)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_hexpand (start, TRUE);
  gtk_box_append (GTK_BOX (line), start);
  if (detail != NULL)
    {
      GtkWidget *label = gtk_label_new (detail);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), label);
    }
  rungs_card_add_widget (self, line);
}

void
rungs_card_add_heading (RungsCard *self, const char *text, const char *detail)
{
  g_return_if_fail (RUNGS_IS_CARD (self));
  add_line (self, new_label (text, "heading"), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
rungs_card_add_verdict (RungsCard *self, RungsSeverity severity, const char *detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = rungs_verdict_icon_new ();
  GtkWidget *word = gtk_label_new (rungs_severity_get_name (severity));
  g_autofree char *css_class = NULL;

  g_return_if_fail (RUNGS_IS_CARD (self));
  rungs_verdict_icon_set_severity (RUNGS_VERDICT_ICON (icon), severity);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (icon, severity != RUNGS_SEVERITY_NONE);
  gtk_widget_add_css_class (word, "verdict");
  if (severity != RUNGS_SEVERITY_NONE)
    {
      css_class = g_strconcat ("verdict-", rungs_severity_get_id (severity), NULL);
      gtk_widget_add_css_class (word, css_class);
    }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), word);
  add_line (self, box, detail);
}

void
rungs_card_add_text (RungsCard *self, const char *text, const char *css_class)
{
  g_return_if_fail (RUNGS_IS_CARD (self));
  if (text != NULL && *text != '\0')
    rungs_card_add_widget (self, new_label (text, css_class));
}

static gboolean
activate_link_cb (GtkLabel *label, const char *uri)
{
  if (g_str_has_prefix (uri, "note:"))
    return gtk_widget_activate_action (GTK_WIDGET (label), "win.show-note", "s", uri + strlen ("note:"));
  if (g_str_has_prefix (uri, "term:"))
    return gtk_widget_activate_action (GTK_WIDGET (label), "win.show-note", "s", uri);
  if (g_str_has_prefix (uri, "message:"))
    return gtk_widget_activate_action (GTK_WIDGET (label),
                                       "win.go-to-message",
                                       "u",
                                       (guint) g_ascii_strtoull (uri + strlen ("message:"), NULL, 10));
  return FALSE;
}

void
rungs_card_set_terms (RungsCard *self, GHashTable *terms)
{
  g_return_if_fail (RUNGS_IS_CARD (self));
  self->terms = terms;
}

void
rungs_card_add_prose (RungsCard *self, const char *text, const char *css_class)
{
  g_autofree char *markup = NULL;
  GtkWidget *label;

  g_return_if_fail (RUNGS_IS_CARD (self));
  if (text == NULL || *text == '\0')
    return;
  if (self->terms == NULL)
    {
      rungs_card_add_text (self, text, css_class);
      return;
    }
  label = new_label (NULL, css_class);
  markup = rungs_glossary_mark_up (text, self->terms);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_add_css_class (label, "prose");
  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), NULL);
  rungs_card_add_widget (self, label);
}

static void
show_value_cb (GtkButton *button, GtkLabel *label)
{
  gtk_label_set_text (label, g_object_get_data (G_OBJECT (label), "rungs-value"));
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
}

void
rungs_card_add_value (RungsCard *self, const char *value)
{
  glong length = g_utf8_strlen (value, -1);
  GtkWidget *label;

  g_return_if_fail (RUNGS_IS_CARD (self));
  if (length == 0)
    return;
  label = new_value (NULL);
  rungs_card_add_widget (self, label);
  if (length <= FOLDED_VALUE)
    {
      gtk_label_set_text (GTK_LABEL (label), value);
    }
  else
    {
      g_autofree char *start = g_utf8_substring (value, 0, FOLDED_VALUE);
      g_autofree char *folded = g_strconcat (start, "…", NULL);
      g_autofree char *words =
        g_strdup_printf (ngettext ("Show All %ld Character", "Show All %ld Characters", (gulong) length),
                         length);
      GtkWidget *button = gtk_button_new_with_label (words);

      gtk_label_set_text (GTK_LABEL (label), folded);
      g_object_set_data_full (G_OBJECT (label),
                              "rungs-value",
                              length > MAX_VALUE ? g_utf8_substring (value, 0, MAX_VALUE) : g_strdup (value),
                              g_free);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "caption");
      g_signal_connect_object (button, "clicked", G_CALLBACK (show_value_cb), label, 0);
      rungs_card_add_widget (self, button);
    }
}

static void
add_part (RungsCard *self, GtkBox *box, const RungsField *part, guint depth)
{
  const RungsFact *fact = part->topic != NULL ? rungs_knowledge_lookup_topic (part->topic) : NULL;
  GtkWidget *line;

  if (self->n_parts++ >= MAX_PARTS || depth > MAX_DEPTH)
    return;
  line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (line, (int) depth * 12);
  gtk_box_append (GTK_BOX (line), new_label (part->name, "part-name"));
  if (part->value != NULL && *part->value != '\0')
    {
      glong length = g_utf8_strlen (part->value, -1);
      g_autofree char *start =
        length > FOLDED_VALUE ? g_utf8_substring (part->value, 0, FOLDED_VALUE) : g_strdup (part->value);
      g_autofree char *value =
        length > FOLDED_VALUE ? g_strconcat (start, "…", NULL) : g_steal_pointer (&start);

      gtk_box_append (GTK_BOX (line), new_value (value));
    }
  if (fact != NULL && fact->explanation != NULL)
    {
      GtkWidget *words = new_label (fact->explanation, "caption");

      gtk_widget_add_css_class (words, "dim-label");
      gtk_box_append (GTK_BOX (line), words);
    }
  gtk_box_append (box, line);
  for (guint i = 0; i < rungs_field_get_n_children (part); i++)
    add_part (self, box, rungs_field_get_child (part, i), depth + 1);
}

void
rungs_card_add_parts (RungsCard *self, const RungsField *field)
{
  guint n_children = rungs_field_get_n_children (field);
  g_autofree char *title = NULL;
  GtkWidget *expander;
  GtkWidget *box;

  g_return_if_fail (RUNGS_IS_CARD (self));
  if (n_children == 0)
    return;
  title = g_strdup_printf (ngettext ("%u part", "%u parts", n_children), n_children);
  expander = gtk_expander_new (title);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (expander, "parts");
  gtk_widget_set_margin_top (box, 6);
  self->n_parts = 0;
  for (guint i = 0; i < n_children; i++)
    add_part (self, GTK_BOX (box), rungs_field_get_child (field, i), 0);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  rungs_card_add_widget (self, expander);
}

static void
append_link (GString *markup, const char *uri, const char *text, const char *sign)
{
  g_autofree char *link = uri != NULL ? g_markup_printf_escaped ("<a href=\"%s\">%s%s</a>", uri, text, sign)
                                      : g_markup_escape_text (text, -1);

  if (markup->len > 0)
    g_string_append (markup, "   ");
  g_string_append (markup, link);
}

static void
add_markup (RungsCard *self, const char *markup)
{
  GtkWidget *label = new_label (NULL, "caption");

  gtk_label_set_markup (GTK_LABEL (label), markup);
  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), NULL);
  rungs_card_add_widget (self, label);
}

void
rungs_card_add_links (RungsCard *self, const char *reference, const char *note)
{
  g_autoptr (GPtrArray) references = reference != NULL ? rungs_reference_list (reference) : NULL;
  const RungsNote *page = note != NULL ? rungs_note_load (note) : NULL;
  g_autoptr (GString) markup = g_string_new (NULL);

  g_return_if_fail (RUNGS_IS_CARD (self));
  for (guint i = 0; references != NULL && i < references->len; i++)
    {
      const RungsReference *item = g_ptr_array_index (references, i);

      append_link (markup, item->uri, item->label, item->uri != NULL ? "\302\240↗" : "");
    }
  if (page != NULL)
    {
      g_autofree char *uri = g_strconcat ("note:", page->id, NULL);

      append_link (markup, uri, page->title, "");
    }
  if (markup->len > 0)
    add_markup (self, markup->str);
}

static void
append_message_link (GString *markup, guint message)
{
  g_string_append_printf (markup, "<a href=\"message:%u\">%u</a>", message, message + 1);
}

/* "1, 3, 4 …": each a link. */
static char *
list_message_links (const RungsTrail *trail)
{
  GString *markup = g_string_new (NULL);
  guint n_shown = MIN (trail->n_named, MAX_TRAIL_LINKS);

  for (guint i = 0; i < n_shown; i++)
    {
      if (i > 0)
        g_string_append (markup, ", ");
      append_message_link (markup, trail->used[i]);
    }
  if (trail->n_used > n_shown)
    g_string_append (markup, " …");
  return g_string_free (markup, FALSE);
}

/* The value itself stands above already. */
static char *
make_trail_markup (const RungsTrail *trail)
{
  g_autofree char *links = list_message_links (trail);
  g_autofree char *name = g_markup_printf_escaped ("<b>%s</b>", trail->name);
  g_autoptr (GString) born = g_string_new (NULL);

  append_message_link (born, trail->born);
  if (trail->born == trail->message)
    /* Translators: %1$s is the name of a value ("tag", "nonce"), %2$s are numbers of messages. */
    return g_strdup_printf (_ ("%1$s born here, used again in %2$s"), name, links);
  if (trail->n_used == 0)
    /* Translators: %1$s is the name of a value ("tag", "nonce"), %2$s is the number of a message. */
    return g_strdup_printf (_ ("%1$s from message %2$s"), name, born->str);
  /* Translators: %1$s is the name of a value ("tag", "nonce"), %2$s is the number of a message, %3$s are more numbers. */
  return g_strdup_printf (_ ("%1$s from message %2$s, also in %3$s"), name, born->str, links);
}

void
rungs_card_add_trails (RungsCard *self, GPtrArray *trails)
{
  g_return_if_fail (RUNGS_IS_CARD (self) && trails != NULL);

  for (guint i = 0; i < MIN (trails->len, MAX_TRAILS); i++)
    {
      g_autofree char *markup = make_trail_markup (g_ptr_array_index (trails, i));

      add_markup (self, markup);
    }
}

void
rungs_card_add_section_link (RungsCard *self, const char *reference, const char *section)
{
  g_autofree char *both = NULL;

  if (reference == NULL)
    return;
  both = section != NULL ? g_strconcat (reference, " ", section, NULL) : g_strdup (reference);
  rungs_card_add_links (self, both, NULL);
}

void
rungs_card_add_evidence (RungsCard *self, const guint *messages, guint n_messages)
{
  g_autoptr (GString) links = g_string_new (NULL);
  g_autofree char *markup = NULL;

  g_return_if_fail (RUNGS_IS_CARD (self));
  if (n_messages == 0)
    return;
  for (guint i = 0; i < n_messages; i++)
    {
      if (i > 0)
        g_string_append (links, ", ");
      append_message_link (links, messages[i]);
    }
  /* Translators: numbers of messages, as links. */
  markup = g_strdup_printf (_ ("See also message %s"), links->str);
  add_markup (self, markup);
}

void
rungs_card_add_message_link (RungsCard *self, guint message)
{
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autofree char *uri = g_strdup_printf ("message:%u", message);
  g_autofree char *text = g_strdup_printf (_ ("Message %u"), message + 1);

  g_return_if_fail (RUNGS_IS_CARD (self));
  append_link (markup, uri, text, "");
  add_markup (self, markup->str);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The headers of a message as cards.  See rungs-header-cards.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-header-cards.h"
#include "rungs-knowledge.h"

#define MAX_CARDS  30
#define MAX_FOLDED 300
#define MAX_NAMES  12

/* A header of the message: its field, and how many of its name stand above it. */
typedef struct
{
  const RungsField *field;
  guint occurrence;
} Header;

/* What the card that opens needs then. */
typedef struct
{
  RungsHeaderCards cards;
  GArray *headers; /* Header */
} Folded;

static RungsCard *
add_card (const RungsHeaderCards *self)
{
  GtkWidget *card = rungs_card_new ();

  rungs_card_set_terms (RUNGS_CARD (card), self->terms);
  gtk_box_append (self->box, card);
  return RUNGS_CARD (card);
}

/* "new here", "changed since message 3": what one looks for in a header first. */
static char *
describe_change (const RungsHeaderCards *self, const Header *header)
{
  guint since;

  switch (rungs_diagnosis_compare_header (self->diagnosis,
                                          self->message,
                                          header->field->name,
                                          header->occurrence,
                                          &since))
    {
    case RUNGS_HEADER_NEW:
      return g_strdup (_ ("new here"));
    case RUNGS_HEADER_SAME:
      return g_strdup_printf (_ ("as in message %u"), since + 1);
    case RUNGS_HEADER_CHANGED:
      return g_strdup_printf (_ ("not as in message %u"), since + 1);
    case RUNGS_HEADER_FIRST:
    default:
      return NULL;
    }
}

static void
fill_header_card (const RungsHeaderCards *self, RungsCard *card, const Header *header)
{
  const RungsField *field = header->field;
  const RungsFact *fact = field->topic != NULL ? rungs_knowledge_lookup_topic (field->topic) : NULL;
  g_autofree char *here =
    rungs_diagnosis_explain_header (self->diagnosis, self->message, field->name, header->occurrence);

  g_autofree char *change = describe_change (self, header);
  g_autoptr (GPtrArray) trails =
    rungs_diagnosis_get_trails (self->diagnosis, self->message, field->name, header->occurrence);

  rungs_card_add_heading (card, field->name, change);
  rungs_card_add_value (card, field->value != NULL ? field->value : "");
  rungs_card_add_prose (card, here, NULL);
  rungs_card_add_trails (card, trails);
  if (fact != NULL)
    rungs_card_add_prose (card, fact->explanation, "dim-label");
  else if (field->topic != NULL)
    rungs_card_add_text (card, _ ("Rungs does not know this header."), "dim-label");
  rungs_card_add_parts (card, field);
  if (fact != NULL)
    rungs_card_add_section_link (card, fact->reference, fact->section);
}

static void
expanded_cb (GtkExpander *expander, GParamSpec *pspec, gpointer data)
{
  const Folded *folded = data;
  GtkWidget *box;

  if (!gtk_expander_get_expanded (expander) || gtk_expander_get_child (expander) != NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_set_margin_top (box, 10);
  for (guint i = 0; i < MIN (folded->headers->len, MAX_FOLDED); i++)
    {
      GtkWidget *card = rungs_card_new ();

      gtk_widget_remove_css_class (card, "card");
      rungs_card_set_terms (RUNGS_CARD (card), folded->cards.terms);
      fill_header_card (&folded->cards, RUNGS_CARD (card), &g_array_index (folded->headers, Header, i));
      gtk_box_append (GTK_BOX (box), card);
    }
  if (folded->headers->len > MAX_FOLDED)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("The remaining headers stand in the raw text.")));
  gtk_expander_set_child (expander, box);
}

static void
folded_free (gpointer data, GClosure *closure)
{
  Folded *folded = data;

  rungs_diagnosis_unref (folded->cards.diagnosis);
  g_array_unref (folded->headers);
  g_free (folded);
}

/* "Via, From, To, CSeq": each name once. */
static char *
list_names (GArray *headers)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < headers->len && names->len < MAX_NAMES; i++)
    {
      char *name = g_array_index (headers, Header, i).field->name;

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, name);
    }
  if (names->len == MAX_NAMES)
    g_ptr_array_add (names, (gpointer) "…");
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

GArray *
rungs_header_cards_add (const RungsHeaderCards *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *others = g_array_new (FALSE, FALSE, sizeof (Header));
  guint n_cards = 0;

  g_return_val_if_fail (self != NULL, others);

  /* The first field is the start line, which the verdict's card has as its title. */
  for (guint i = 1; i < rungs_field_get_n_children (self->fields); i++)
    {
      const RungsField *field = rungs_field_get_child (self->fields, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (seen, field->name));
      Header header = { field, count };

      g_hash_table_insert (seen, field->name, GUINT_TO_POINTER (count + 1));
      if (n_cards < MAX_CARDS && rungs_diagnosis_header_matters (self->diagnosis, self->message, field->name))
        {
          fill_header_card (self, add_card (self), &header);
          n_cards++;
        }
      else
        g_array_append_val (others, header);
    }
  return others;
}

void
rungs_header_cards_add_folded (const RungsHeaderCards *self, GArray *headers)
{
  RungsCard *card;
  GtkWidget *expander;
  GtkWidget *label;
  g_autofree char *names = NULL;
  Folded *folded;

  g_return_if_fail (self != NULL && headers != NULL);

  if (headers->len == 0)
    {
      g_array_unref (headers);
      return;
    }
  card = add_card (self);
  names = list_names (headers);
  label = gtk_label_new (names);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  expander = gtk_expander_new (NULL);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Other headers"),
                                  -1);
  folded = g_new (Folded, 1);
  *folded = (Folded){ *self, headers };
  rungs_diagnosis_ref (folded->cards.diagnosis);
  g_signal_connect_data (expander, "notify::expanded", G_CALLBACK (expanded_cb), folded, folded_free, 0);
  rungs_card_add_widget (card, expander);
}

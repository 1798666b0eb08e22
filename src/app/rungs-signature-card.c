/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the check of a signature gave.  See rungs-signature-card.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-signature-card.h"
#include "rungs-signature.h"

/* Of the text of versions 3 and 4. */
#define ASSUMED_VERSION 4

const char *
rungs_signature_card_get_title (RungsSignatureState state)
{
  switch (state)
    {
    case RUNGS_SIGNATURE_RIGHT:
      return _ ("Signature right");
    case RUNGS_SIGNATURE_WRONG:
      return _ ("Signature wrong");
    case RUNGS_SIGNATURE_UNCHECKED:
      return _ ("Signature cannot be checked");
    case RUNGS_SIGNATURE_NONE:
    default:
      return _ ("Signature not checked");
    }
}

static RungsSeverity
get_severity (RungsSignatureState state)
{
  switch (state)
    {
    case RUNGS_SIGNATURE_RIGHT:
      return RUNGS_SEVERITY_GOOD;
    case RUNGS_SIGNATURE_WRONG:
      return RUNGS_SEVERITY_ERROR;
    default:
      return RUNGS_SEVERITY_INFO;
    }
}

/* "From  sip:ann@contoso.example", one line a field; an empty one was signed as such. */
static GtkWidget *
make_field_grid (const RungsField *fields)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < rungs_field_get_n_children (fields); i++)
    {
      const RungsField *field = rungs_field_get_child (fields, i);
      gboolean is_empty = field->value == NULL || *field->value == '\0';
      GtkWidget *name = gtk_label_new (field->name);
      GtkWidget *value = gtk_label_new (is_empty ? _ ("empty") : field->value);

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_set_valign (name, GTK_ALIGN_START);
      gtk_widget_add_css_class (name, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_label_set_wrap (GTK_LABEL (value), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (value), !is_empty);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_widget_add_css_class (value, is_empty ? "dim-label" : "value");
      gtk_grid_attach (GTK_GRID (grid), name, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, (int) i, 1, 1);
    }
  return grid;
}

/* What stands in the message now: whoever knows what the sender wrote sees the difference. */
static void
add_signed_fields (RungsCard *card, guint version, const RungsSipMessage *message)
{
  RungsSignature signature;
  g_autoptr (RungsField) fields = NULL;

  if (!rungs_signature_find (&signature, message))
    return;
  fields = rungs_signature_to_signed_field (&signature, message, version != 0 ? version : ASSUMED_VERSION);
  rungs_card_add_text (card, _ ("The signature would have to be made over these values:"), NULL);
  rungs_card_add_widget (card, make_field_grid (fields));
}

void
rungs_signature_card_fill (RungsCard *card, RungsSignatureCheck check, const RungsSipMessage *message)
{
  const RungsFact *fact;

  g_return_if_fail (RUNGS_IS_CARD (card) && message != NULL);

  fact = rungs_knowledge_lookup (RUNGS_TOPIC_SIGNATURE,
                                 rungs_signature_reason_get_id ((RungsSignatureReason) check.reason));
  rungs_card_add_heading (card, rungs_signature_card_get_title ((RungsSignatureState) check.state), NULL);
  rungs_card_add_verdict (card, get_severity ((RungsSignatureState) check.state), NULL);
  if (fact != NULL)
    {
      rungs_card_add_prose (card, fact->explanation, NULL);
      if (fact->check != NULL && *fact->check != '\0')
        {
          g_autofree char *check_words = g_strdup_printf (_ ("What to do: %s"), fact->check);

          rungs_card_add_prose (card, check_words, NULL);
        }
    }
  if (check.state == RUNGS_SIGNATURE_WRONG && check.reason != RUNGS_SIGNATURE_REASON_OTHER_PASSWORD)
    add_signed_fields (card, check.version, message);
  if (fact != NULL)
    rungs_card_add_section_link (card, fact->reference, fact->section);
}

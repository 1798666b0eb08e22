/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The headers of a message as cards: those that matter here, and the others folded.
 *
 * In: a diagnosis, a message of its flow and the fields of that. Out: a card for each header that matters, and one that opens into
 * all others; those are made when somebody opens it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-card.h"
#include "rungs-diagnosis.h"

G_BEGIN_DECLS

/** RungsHeaderCards: what they are made of and where they go, all of it borrowed; @fields must outlive the cards. */
typedef struct
{
  GtkBox *box;
  GHashTable *terms; /* rungs_card_set_terms() */
  RungsDiagnosis *diagnosis;
  guint message;
  const RungsField *fields;
} RungsHeaderCards;

/** rungs_header_cards_add: the cards of the headers that matter. Returns: (transfer full): the others, for
 * rungs_header_cards_add_folded() */
GArray *rungs_header_cards_add        (const RungsHeaderCards *self);

/** rungs_header_cards_add_folded: one card for @headers (transfer full), none where there are none. */
void    rungs_header_cards_add_folded (const RungsHeaderCards *self,
                                       GArray                 *headers);

G_END_DECLS

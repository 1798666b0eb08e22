/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A card of the inspector: heading, sentences, values as they stand in the message, and links.
 *
 * In: display text. Trace text is never read as markup.  Links to RFC sections open in the browser; "note:ID" opens a
 * background note, "term:NAME" the glossary, and "message:N" goes to message N, by the window's actions. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-field.h"
#include "rungs-severity.h"
#include "rungs-trail.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CARD (rungs_card_get_type ())
G_DECLARE_FINAL_TYPE (RungsCard, rungs_card, RUNGS, CARD, GtkWidget)

GtkWidget *rungs_card_new           (void);

/** rungs_card_add_heading: @text with @detail (nullable) in small type at the end of the line. */
void       rungs_card_add_heading   (RungsCard     *self,
                                     const char    *text,
                                     const char    *detail);

/** rungs_card_add_verdict: sign and word of @severity, with @detail at the end of the line. */
void       rungs_card_add_verdict   (RungsCard     *self,
                                     RungsSeverity  severity,
                                     const char    *detail);

/** rungs_card_set_terms: the terms that were explained before on this page (a set of names, not owned); each is a link once, with
 * its explanation as tooltip. Without it no term is. */
void       rungs_card_set_terms     (RungsCard     *self,
                                     GHashTable    *terms);

/** rungs_card_add_prose: as rungs_card_add_text(), with the terms of the glossary as links. */
void       rungs_card_add_prose     (RungsCard     *self,
                                     const char    *text,
                                     const char    *css_class);

/** rungs_card_add_text: a wrapped paragraph; @css_class (nullable): its style. */
void       rungs_card_add_text      (RungsCard     *self,
                                     const char    *text,
                                     const char    *css_class);

/** rungs_card_add_value: what stands in the message, in type of fixed width, to be selected and copied; long values are
 * folded behind a button. */
void       rungs_card_add_value     (RungsCard     *self,
                                     const char    *value);

/** rungs_card_add_parts: the parts of @field with what the knowledge says about them, folded. */
void       rungs_card_add_parts     (RungsCard        *self,
                                     const RungsField *field);

/** rungs_card_add_trails: where the values of a header were born and are used again (RungsTrail), as links. */
void       rungs_card_add_trails    (RungsCard     *self,
                                     GPtrArray     *trails);

/** rungs_card_add_links: the sections that @reference names ("RFC 3261 21.4.2; [MS-SIPAE] 3.3.5.1"), and the note @note; both
 * may be %NULL. */
void       rungs_card_add_links     (RungsCard     *self,
                                     const char    *reference,
                                     const char    *note);

/** rungs_card_add_section_link: a link to one section, and to a message where @message is not G_MAXUINT. */
void       rungs_card_add_section_link (RungsCard  *self,
                                        const char *reference,
                                        const char *section);
void       rungs_card_add_message_link (RungsCard  *self,
                                        guint       message);

/** rungs_card_add_evidence: links to the messages that prove something. */
void       rungs_card_add_evidence  (RungsCard     *self,
                                     const guint   *messages,
                                     guint          n_messages);

/** rungs_card_add_widget: @child at the end of the card. */
void       rungs_card_add_widget    (RungsCard     *self,
                                     GtkWidget     *child);

G_END_DECLS

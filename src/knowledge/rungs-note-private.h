/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A Mallard page → blocks.
 *
 * In: the bytes of a page (http://projectmallard.org/1.0/).  Out: a note whose blocks follow the page.  Each block's
 * content is collected as xgettext writes it into the catalogue (white space made one blank, inline elements kept as
 * tags), translated, and only then turned into Pango markup; so that the window and Yelp share one catalogue. */

#pragma once

#include "rungs-note.h"

G_BEGIN_DECLS

/** rungs_note_parse: Returns: (transfer full): the note, or %NULL with a #GMarkupError. */
RungsNote *rungs_note_parse            (const char  *id,
                                        const char  *data,
                                        gsize        length,
                                        GError     **error);
void       rungs_note_free             (RungsNote   *self);

/** rungs_note_inline_to_markup: Mallard's inline elements → Pango markup; an unknown one gives its text, broken XML is shown
 * as it stands. (transfer full) */
char      *rungs_note_inline_to_markup (const char  *content);

/** rungs_note_inline_to_text: as above, without any markup. (transfer full) */
char      *rungs_note_inline_to_text   (const char  *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNote, rungs_note_free)

G_END_DECLS

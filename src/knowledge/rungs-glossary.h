/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Terms of the glossary in running text.
 *
 * In: a text for people. Out: where terms stand in it, longest first, so that "early dialog" is not found as "dialog".  Terms are
 * compared by whole words and without case; a term that is written in capitals only (NAT, SDP) is found only like that.
 * Linear in the text. */

#pragma once

#include "rungs-knowledge.h"

G_BEGIN_DECLS

/** RungsGlossaryHit: @length bytes of the text at @start mean @term. */
typedef struct
{
  gsize start;
  gsize length;
  const RungsFact *term;
} RungsGlossaryHit;

/** rungs_glossary_find: the terms in @text, in order; RungsGlossaryHit. (transfer full) */
GArray     *rungs_glossary_find      (const char      *text);

/** rungs_glossary_get_title: the term as a heading: the first of its forms. (transfer full) */
char       *rungs_glossary_get_title (const RungsFact *term);

/**
 * rungs_glossary_mark_up:
 * @text: display text
 * @seen: (nullable): a set of names; terms in it are left alone, and what is marked is added
 *
 * Returns: (transfer full): Pango markup of @text in which each term is a link "term:NAME" with its explanation as title
 */
char       *rungs_glossary_mark_up   (const char      *text,
                                      GHashTable      *seen);

G_END_DECLS

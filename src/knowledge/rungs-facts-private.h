/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The facts of one topic: its files of data/knowledge → an array in file order and an index by name.
 *
 * In: the names of the files inside the resource.  Out: facts whose strings live as long as the program.  A fact is
 * found by its name, by a header's compact form, by the symbolic name of a code (where @phrase is one), and by
 * each of its aliases; ASCII letters are compared without case.  Of two facts with one name the first is found. */

#pragma once

#include "rungs-knowledge.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *list;   /* RungsFact, in the order of the files */
  GHashTable *index; /* name, owned by the facts → RungsFact */
  GStringChunk *text;
} RungsFacts;

/**
 * rungs_facts_load:
 * @files: (array zero-terminated=1): as "knowledge/headers.xml"
 * @index_phrases: whether @phrase is a name too
 *
 * Returns: (transfer full): the facts; they are kept for good
 */
RungsFacts *rungs_facts_load (const char *const *files,
                              gboolean           index_phrases);

G_END_DECLS

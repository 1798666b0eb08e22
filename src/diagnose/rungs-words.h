/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The sentences that are no rules: captions, titles, summaries and what a header means in its place.
 *
 * In: an id that C code chose ("register-first"). Out: the translated template of data/rules/captions.xml, with {named}
 * placeholders.  A test walks over every id that the code names. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** rungs_words_lookup: the template @id, or %NULL. Thread-safe. */
const char        *rungs_words_lookup   (const char *id);

/** rungs_words_list_ids: every id, in the order of the file; (array zero-terminated=1). */
const char *const *rungs_words_list_ids (void);

G_END_DECLS

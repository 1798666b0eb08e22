/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What do bytes look like that no reader knows? For an error that helps.
 *
 * In: the first bytes of an input. Out: its kind, by magic number, or by what its bytes are mostly. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_magic_describe: one translated sentence without its full stop that names the input as @name and says what it
 * looks like; never %NULL. (transfer full) */
char *rungs_magic_describe (RungsSlice head, const char *name);

/** rungs_magic_is_binary: whether @head has the magic number of a format that holds no text. */
gboolean rungs_magic_is_binary (RungsSlice head);

/** rungs_magic_is_foreign: whether @head begins something that never holds SIP: a program, a picture, a database. */
gboolean rungs_magic_is_foreign (RungsSlice head);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which neighbouring messages of a ladder can stand as one rung, because they say one thing together.
 *
 * In: a selection whose messages carry their marks. Out: ranges of positions, ascending, none in another.  Three kinds: the rounds of
 * a request that was answered by a challenge and sent again with credentials; OPTIONS exchanges between the same two hosts, as
 * keep-alives are; and retransmissions that follow each other.  One pass over the packed index, nothing is parsed; a
 * challenge that is a warning or a problem is never folded away. */

#pragma once

#include "rungs-selection.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FOLD_AUTHENTICATION,
  RUNGS_FOLD_KEEP_ALIVE,
  RUNGS_FOLD_RETRANSMISSIONS,
} RungsFoldKind;

typedef struct
{
  RungsFoldKind kind;
  gboolean open;          /* its messages stand below it */
  guint32 first;          /* position in the selection */
  guint32 length;         /* messages */
  guint32 count;          /* round trips, exchanges or retransmissions */
  RungsSeverity severity; /* the worst verdict in it */
} RungsFold;

/** rungs_folds_find: the folds of @selection, all of them closed; RungsFold. (transfer full) */
GArray          *rungs_folds_find         (RungsSelection  *selection);

/** rungs_folds_find_at: the fold that holds @position, or %NULL. O(log n). */
RungsFold       *rungs_folds_find_at      (GArray          *folds,
                                           guint            position);

/** rungs_fold_describe: "authentication, 2 round trips", "keep-alive ×40", "retransmissions ×3". Translated. (transfer full) */
char            *rungs_fold_describe      (const RungsFold *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How long did a client say nothing at all on a connection that stayed open?
 *
 * Only captures can tell: keep-alives are no messages, and no log holds them.  What a side sent on a connection are its messages and the
 * keep-alives that the reader counted.  A silence counts where the connection was still in use at its end: the same side spoke again
 * there, or the other one did.  Made in one pass over the index and the streams; immutable. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsSilences RungsSilences;

/** rungs_silences_new: those of @trace, which must outlive them. (transfer full) */
RungsSilences *rungs_silences_new  (RungsTrace          *trace);
void           rungs_silences_free (RungsSilences       *self);

/** rungs_silences_find: the longest time in µs, from @since on, in which the receiver of @message said nothing on its connection.
 * Returns: 0 where there was none, or where that cannot be told */
gint64         rungs_silences_find (const RungsSilences *self,
                                    guint                message,
                                    gint64               since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSilences, rungs_silences_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The same message in two traces of the same files: what a follower or a loader made before, and makes now.
 *
 * Others may have come before it, so its number is another one; where it stands in its file is not. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

/** rungs_same_message: whether @a and @b are the same message. */
gboolean rungs_same_message      (const RungsMessageInfo *a,
                                  const RungsMessageInfo *b);

/** rungs_same_message_find: the message of @trace that is @message of @other, or RUNGS_NO_MESSAGE. Looked for at its number, and then in
 * its flow. */
guint    rungs_same_message_find (RungsTrace             *trace,
                                  RungsTrace             *other,
                                  guint                   message);

G_END_DECLS

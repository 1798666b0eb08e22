/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is so large that freeing it takes longer than a frame → freed by a thread of its own.
 *
 * For what nobody else knows any more. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** rungs_free_aside: calls @destroy with @data, in another thread, and does not wait for it. */
void rungs_free_aside (gpointer       data,
                       GDestroyNotify destroy);

G_END_DECLS

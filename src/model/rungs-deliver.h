/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* News of a worker → the context of the one who asked for it.
 *
 * What is delivered comes in the order in which it was handed in, whatever thread that was, between two rounds of the other's
 * loop; so signals of an object whose work is done elsewhere are emitted where they are expected. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** RungsDeliverFunc: @object: whose news it is; @news: what was handed in with it. */
typedef void (*RungsDeliverFunc) (gpointer object, gpointer news);

/**
 * rungs_deliver:
 * @context: (nullable): in which @function is run; the default one otherwise
 * @cancellable: (nullable): what is cancelled before it is delivered is not delivered
 * @object: (type GObject): kept alive until then
 * @news: (transfer full) (nullable): freed by @destroy (nullable) in any case
 */
void rungs_deliver (GMainContext    *context,
                    GCancellable    *cancellable,
                    gpointer         object,
                    RungsDeliverFunc function,
                    gpointer         news,
                    GDestroyNotify   destroy);

G_END_DECLS

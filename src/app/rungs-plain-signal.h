/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A signal that says only that something happened: no arguments, no default handler, no answer. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** rungs_plain_signal_new: for the class initialiser of @type. Returns: the signal's id */
guint rungs_plain_signal_new (const char *name,
                              GType       type);

G_END_DECLS

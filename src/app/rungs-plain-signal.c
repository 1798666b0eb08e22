/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A signal without arguments.  See rungs-plain-signal.h. */

#include "config.h"

#include "rungs-plain-signal.h"

guint
rungs_plain_signal_new (const char *name, GType type)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

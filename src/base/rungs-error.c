/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one error domain of Rungs.  See rungs-error.h. */

#include "config.h"

#include "rungs-error.h"

G_DEFINE_QUARK (rungs - error - quark, rungs_error)

gboolean
rungs_error_is_no_messages (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NO_MESSAGES) ||
         g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_FOREIGN);
}

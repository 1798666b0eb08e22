/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one error domain of Rungs.  See rungs-error.h. */

#include "config.h"

#include "rungs-error.h"

G_DEFINE_QUARK (rungs - error - quark, rungs_error)

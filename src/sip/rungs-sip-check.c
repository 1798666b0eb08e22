/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is wrong with the values of a message's headers. */

#include "config.h"

#include "rungs-sip-parse.h"

void
rungs_sip_check (RungsSipMessage *message)
{
  g_assert (message != NULL);
}

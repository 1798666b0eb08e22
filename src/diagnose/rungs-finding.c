/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A finding.  See rungs-finding.h. */

#include "config.h"

#include "rungs-finding.h"

void
rungs_finding_free (RungsFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->evidence);
  g_free (self->explanation);
  g_free (self->check);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The opaque word that diagnose leaves on a message or flow, so that list, filter and sort know verdicts without
 * knowing rules: severity in the low three bits, the rule's number (1 for the first of the data, 0 for none) above. */

#pragma once

#include "rungs-severity.h"

G_BEGIN_DECLS

typedef guint32 RungsMark;

static inline RungsMark
rungs_mark (RungsSeverity severity,
            guint rule)
{
  return (guint32) severity | rule << 3;
}

static inline RungsSeverity
rungs_mark_get_severity (RungsMark mark)
{
  return (RungsSeverity) (mark & 7);
}

static inline guint
rungs_mark_get_rule (RungsMark mark)
{
  return mark >> 3;
}

G_END_DECLS

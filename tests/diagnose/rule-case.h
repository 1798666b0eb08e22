/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A row of the tables of rules: a trace in which the rule speaks, and one in which it is silent. */

#pragma once

#include "diagnose-fixture.h"

/* One rule, and the traces in which it speaks and is silent. */
typedef struct
{
  const char *rule;
  guint message; /* where it stands, from 1 */
  RungsSeverity severity;
  const char *speaks;
  const char *silent;
} RuleCase;

#define EXPECTED RUNGS_SEVERITY_EXPECTED
#define INFO     RUNGS_SEVERITY_INFO
#define WARNING  RUNGS_SEVERITY_WARNING
#define ERROR    RUNGS_SEVERITY_ERROR

/* Something else of the trace, long afterwards. */
#define LATER          "60.0 c>s OPTIONS 9 Call-ID: other\n60.1 s>c 200 9/OPTIONS Call-ID: other\n"

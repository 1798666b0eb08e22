/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How `check` prints: for people, as JSON, as JUnit's XML, and as TAP (Test Anything Protocol, version 14).
 *
 * In: the flows of a trace, one after the other, with their findings. Out: standard output.  For test machines a flow is a test, and
 * fails when it has a problem. */

#pragma once

#include "rungs-diagnosis.h"

G_BEGIN_DECLS

/** RungsCheckReport: what a format needs to know while it prints. */
typedef struct
{
  RungsTrace *trace;
  gboolean all;      /* for people: also what is expected, and notes */
  guint n_flows;     /* that will come */
  guint n_done;      /* that came */
  guint n_printed;   /* findings */
  gpointer data;     /* of the format */
} RungsCheckReport;

/** RungsCheckFlow: one flow, and those of its findings (RungsFinding) that are left by --flow, --filter and --ignore. */
typedef struct
{
  guint flow;
  const RungsFlowInfo *info;
  RungsDiagnosis *diagnosis;
  const char *call_id; /* display text */
  GPtrArray *findings;
} RungsCheckFlow;

typedef struct
{
  void (*begin) (RungsCheckReport *report);
  void (*flow)  (RungsCheckReport *report, const RungsCheckFlow *flow);
  void (*end)   (RungsCheckReport *report);
} RungsCheckFormat;

extern const RungsCheckFormat rungs_check_text;
extern const RungsCheckFormat rungs_check_json;
extern const RungsCheckFormat rungs_check_junit;
extern const RungsCheckFormat rungs_check_tap;

/** rungs_check_flow_find_problem: the first finding of severity error, or %NULL. */
const RungsFinding *rungs_check_flow_find_problem (const RungsCheckFlow *self);

/** rungs_check_flow_dup_name: "Call, 12 s: alice@contoso.example → bob@contoso.example", display text. (transfer full) */
char               *rungs_check_flow_dup_name     (RungsTrace           *trace,
                                                   const RungsCheckFlow *self);

G_END_DECLS

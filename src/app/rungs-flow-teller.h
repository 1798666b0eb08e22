/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Better words for lines of the flow list, between frames.
 *
 * In: lines that come into view. A line says the verdict of its flow at once; what happened there has to be diagnosed, which is done for
 * those that are still in view, a few milliseconds at a time; the line is told then (RungsFlow::changed). */

#pragma once

#include "rungs-diagnoser.h"
#include "rungs-flow.h"

G_BEGIN_DECLS

typedef struct
{
  RungsDiagnoser *diagnoser;
  GQueue lines; /* RungsFlow */
  guint idle;
  guint n_told; /* lines that had their words at once since there was nothing to do */
} RungsFlowTeller;

void rungs_flow_teller_clear         (RungsFlowTeller *self);

/** rungs_flow_teller_set_diagnoser: @diagnoser: of the trace that is shown. */
void rungs_flow_teller_set_diagnoser (RungsFlowTeller *self,
                                      RungsDiagnoser  *diagnoser);

/** rungs_flow_teller_add: before the words of @line are made: it may get better ones at once, or later. */
void rungs_flow_teller_add           (RungsFlowTeller *self,
                                      RungsFlow       *line);

G_END_DECLS

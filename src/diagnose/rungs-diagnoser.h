/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Diagnoses of a trace on demand, with a bounded cache; and the marks, written once by the loading worker.
 *
 * A window must not wait for a flow of a hundred thousand messages: its diagnoser works in the background, and
 * rungs_diagnoser_find() leaves a long flow to a worker and has no answer until that has one. Short flows are diagnosed at once,
 * everywhere.
 * Signal "diagnosed" (guint flow): a diagnosis that was being made is there. */

#pragma once

#include <gio/gio.h>

#include "rungs-diagnosis.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DIAGNOSER (rungs_diagnoser_get_type ())
G_DECLARE_FINAL_TYPE (RungsDiagnoser, rungs_diagnoser, RUNGS, DIAGNOSER, GObject)

RungsDiagnoser *rungs_diagnoser_new        (RungsTrace     *trace);
RungsTrace     *rungs_diagnoser_get_trace  (RungsDiagnoser *self);

/** rungs_diagnoser_set_background: whether rungs_diagnoser_find() leaves long flows to a worker. At first it does not. */
void            rungs_diagnoser_set_background (RungsDiagnoser *self,
                                                gboolean        background);

/** rungs_diagnoser_get: the diagnosis of @flow, made now or kept from before. Main thread (or one thread) only.
 * (transfer full) */
RungsDiagnosis *rungs_diagnoser_get        (RungsDiagnoser *self,
                                            guint           flow);

/** rungs_diagnoser_peek: the same, where it is kept from before; otherwise %NULL. (transfer full) (nullable) */
RungsDiagnosis *rungs_diagnoser_peek       (RungsDiagnoser *self,
                                            guint           flow);

/** rungs_diagnoser_find: the same; in the background %NULL where the flow is long and not diagnosed yet: then a worker is on it,
 * and "diagnosed" follows. (transfer full) (nullable) */
RungsDiagnosis *rungs_diagnoser_find       (RungsDiagnoser *self,
                                            guint           flow);

/** rungs_diagnoser_cancel: gives up what is being made, but for that of @flow (or RUNGS_NO_FLOW). */
void            rungs_diagnoser_cancel     (RungsDiagnoser *self,
                                            guint           flow);

/** rungs_diagnose_trace: a #RungsPrepareFunc: judges every flow, on all cores, and writes the marks of flows and messages. */
void            rungs_diagnose_trace       (RungsTrace     *trace,
                                            GCancellable   *cancellable);

G_END_DECLS

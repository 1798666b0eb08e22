/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Diagnoses of a trace on demand, with a bounded cache; and the marks, written once by the loading worker. */

#pragma once

#include <gio/gio.h>

#include "rungs-diagnosis.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DIAGNOSER (rungs_diagnoser_get_type ())
G_DECLARE_FINAL_TYPE (RungsDiagnoser, rungs_diagnoser, RUNGS, DIAGNOSER, GObject)

RungsDiagnoser *rungs_diagnoser_new        (RungsTrace     *trace);
RungsTrace     *rungs_diagnoser_get_trace  (RungsDiagnoser *self);

/** rungs_diagnoser_get: the diagnosis of @flow, made now or kept from before. Main thread (or one thread) only.
 * (transfer full) */
RungsDiagnosis *rungs_diagnoser_get        (RungsDiagnoser *self,
                                            guint           flow);

/** rungs_diagnose_trace: a #RungsPrepareFunc: judges every flow, on all cores, and writes the marks of flows and messages. */
void            rungs_diagnose_trace       (RungsTrace     *trace,
                                            GCancellable   *cancellable);

G_END_DECLS

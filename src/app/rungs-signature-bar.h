/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The state of a message's signature, and the place to give a password or a keytab.
 *
 * In: a message. Out: a line that says whether its signature is right, wrong or not checked, and why.  Checking reads the whole
 * trace in a thread; what was typed is wiped as soon as it is done, and results stay until the trace is another one.
 * The signal "checked" says that there are new results. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-signatures.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SIGNATURE_BAR (rungs_signature_bar_get_type ())
G_DECLARE_FINAL_TYPE (RungsSignatureBar, rungs_signature_bar, RUNGS, SIGNATURE_BAR, GtkWidget)

/** rungs_signature_bar_show: @trace: %NULL where there is no message */
void             rungs_signature_bar_show           (RungsSignatureBar *self,
                                                     RungsTrace        *trace,
                                                     guint              message);

/** rungs_signature_bar_get_signatures: (transfer none) (nullable): what was checked of this trace */
RungsSignatures *rungs_signature_bar_get_signatures (RungsSignatureBar *self);

/** rungs_signature_bar_check: begins to check with @secrets (transfer full). */
void             rungs_signature_bar_check          (RungsSignatureBar *self,
                                                     RungsSecrets      *secrets);

G_END_DECLS

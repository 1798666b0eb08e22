/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The secrets of one tab, and what they say of the signatures of its trace.
 *
 * In: passwords and keytabs as somebody gives them, and the trace that the tab shows. Out: the check of each message, written into
 * the trace (rungs_trace_get_signature_check()), where ladder, rules and inspector find it, and what opened logins show
 * (RungsSignatures). One worker at a time reads the whole trace; a trace that comes meanwhile, because it is followed,
 * takes over what is known of its first messages and is checked next.  Secrets stay in locked memory until
 * rungs_signature_checker_forget() or the end of the object, and what they showed goes with them. Main thread only.
 *
 * Signals: "changed" after anything that somebody could see; "checked" where the trace holds other checks than before. */

#pragma once

#include <gio/gio.h>

#include "rungs-signatures.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SIGNATURE_CHECKER (rungs_signature_checker_get_type ())
G_DECLARE_FINAL_TYPE (RungsSignatureChecker, rungs_signature_checker, RUNGS, SIGNATURE_CHECKER, GObject)

RungsSignatureChecker *rungs_signature_checker_new (void);

/** rungs_signature_checker_set_trace: checks @trace from now on. */
void             rungs_signature_checker_set_trace      (RungsSignatureChecker *self,
                                                         RungsTrace            *trace);

/** rungs_signature_checker_take_password: @password (transfer full): as the content of a password file; it counts beside those that
 * were given before */
void             rungs_signature_checker_take_password  (RungsSignatureChecker *self,
                                                         RungsSecret           *password);

/** rungs_signature_checker_take_keytab: @keytab (transfer full): instead of the one that was given before */
void             rungs_signature_checker_take_keytab    (RungsSignatureChecker *self,
                                                         RungsKeytab           *keytab);

/** rungs_signature_checker_forget: wipes all secrets and what they showed; a worker that still reads stops at its next message. */
void             rungs_signature_checker_forget         (RungsSignatureChecker *self);

/** rungs_signature_checker_has_secrets: whether there is something to forget. */
gboolean         rungs_signature_checker_has_secrets    (RungsSignatureChecker *self);

/** rungs_signature_checker_is_busy: whether a worker reads, and nothing is known yet. */
gboolean         rungs_signature_checker_is_busy        (RungsSignatureChecker *self);

/** rungs_signature_checker_get_signatures: (transfer none) (nullable): the checks of @trace, %NULL where it has not been checked */
RungsSignatures *rungs_signature_checker_get_signatures (RungsSignatureChecker *self,
                                                         RungsTrace            *trace);

G_END_DECLS

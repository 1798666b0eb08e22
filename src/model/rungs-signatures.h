/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a trace, checked once with the secrets that somebody gave.
 *
 * In: a trace, whose messages are all read, because a login may stand anywhere, and secrets, which are not kept. Out: what the
 * check of each message gave, and what it shows.  Immutable once made, so that a thread may make it for another one. */

#pragma once

#include <gio/gio.h>

#include "rungs-trace.h"
#include "rungs-verifier.h"

G_BEGIN_DECLS

typedef struct _RungsSignatures RungsSignatures;

/** rungs_signatures_new: Returns: (transfer full) (nullable): the checks, or %NULL where it was cancelled. @secrets are needed only
 * until then; @cancellable may be %NULL */
RungsSignatures    *rungs_signatures_new      (RungsTrace         *trace,
                                               const RungsSecrets *secrets,
                                               GCancellable       *cancellable);
void                rungs_signatures_free     (RungsSignatures    *self);

/** rungs_signatures_apply: writes the checks into the trace, where rules and ladder find them; by the main thread. */
void                rungs_signatures_apply    (RungsSignatures    *self);

/** rungs_signatures_get_trace: (transfer none) */
RungsTrace         *rungs_signatures_get_trace (RungsSignatures   *self);

/** rungs_signatures_get: what the check of @message gave. */
RungsSignatureCheck rungs_signatures_get      (RungsSignatures    *self,
                                               guint               message);

/** rungs_signatures_describe: as rungs_verifier_describe(). (transfer full) (nullable) */
RungsField         *rungs_signatures_describe (RungsSignatures    *self,
                                               guint               message);

/** rungs_signatures_count: how many messages are of @state. */
guint               rungs_signatures_count    (RungsSignatures    *self,
                                               RungsSignatureState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSignatures, rungs_signatures_free)

G_END_DECLS

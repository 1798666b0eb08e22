/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The NTLM proofs of a flow, decoded once for all rules that look into them.
 *
 * In: the rounds of a flow. Out: for each round whose request carries a whole AUTHENTICATE_MESSAGE, that message and the
 * CHALLENGE_MESSAGE that it answers ([MS-NLMP] 2.2.1).  A token that is cut short says nothing for sure, and is left out. */

#pragma once

#include "rungs-ntlm.h"
#include "rungs-rules.h"

G_BEGIN_DECLS

typedef struct
{
  guint round;         /* index into facts->rounds */
  const RungsAuthFact *credentials;
  RungsNtlm message;
  gboolean has_challenge;
  RungsNtlm challenge; /* where @has_challenge */

  /*< private >*/
  GBytes *bytes;
  GBytes *challenge_bytes;
} RungsNtlmProof;

/** rungs_ntlm_proofs_new: Returns: (transfer full): RungsNtlmProof in order of their rounds; %NULL where there is none */
GArray *rungs_ntlm_proofs_new (const RungsJudge *judge);

/** rungs_rules_proof: the one that a condition with RUNGS_SCOPE_NTLM_PROOF is called for. */
static inline const RungsNtlmProof *
rungs_rules_proof (const RungsJudge *judge,
                   guint index)
{
  return &g_array_index (judge->ntlm_proofs, RungsNtlmProof, index);
}

G_END_DECLS

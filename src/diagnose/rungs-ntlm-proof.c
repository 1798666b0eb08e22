/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The NTLM proofs of a flow.  See rungs-ntlm-proof.h. */

#include "config.h"

#include "rungs-ntlm-proof.h"

/* Up to the flags, which the oldest AUTHENTICATE_MESSAGE does not have. */
#define CHALLENGE_LENGTH    24
#define AUTHENTICATE_LENGTH 64

static gboolean
read_token (const RungsAuthFact *auth, RungsNtlmType type, GBytes **bytes, RungsNtlm *ntlm)
{
  gsize least = type == RUNGS_NTLM_CHALLENGE ? CHALLENGE_LENGTH : AUTHENTICATE_LENGTH;
  const char *data;
  gsize length;

  *bytes = rungs_token_decode_base64 (auth->gssapi);
  if (*bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (*bytes, &length);
  return length >= least && rungs_ntlm_parse (ntlm, rungs_slice (data, length)) && ntlm->type == type &&
         !ntlm->truncated;
}

static void
proof_clear (gpointer data)
{
  RungsNtlmProof *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->challenge_bytes, g_bytes_unref);
}

static gboolean
proof_read (RungsNtlmProof *self, const RungsJudge *judge, guint position)
{
  const RungsAuthFact *challenge = rungs_rules_continued (judge, position, self->credentials);

  self->has_challenge =
    challenge != NULL && challenge->token == RUNGS_TOKEN_NTLM_CHALLENGE &&
    read_token (challenge, RUNGS_NTLM_CHALLENGE, &self->challenge_bytes, &self->challenge);
  return read_token (self->credentials, RUNGS_NTLM_AUTHENTICATE, &self->bytes, &self->message);
}

static GArray *
proofs_add (GArray *proofs, const RungsNtlmProof *proof)
{
  if (proofs == NULL)
    {
      proofs = g_array_new (FALSE, FALSE, sizeof (RungsNtlmProof));
      g_array_set_clear_func (proofs, proof_clear);
    }
  return g_array_append_vals (proofs, proof, 1);
}

GArray *
rungs_ntlm_proofs_new (const RungsJudge *judge)
{
  GArray *proofs = NULL;

  for (guint i = 0; i < judge->facts->rounds->len; i++)
    {
      guint position = rungs_rules_round (judge, i)->request;
      RungsNtlmProof proof = { .round = i, .credentials = rungs_rules_credentials (judge, position) };

      if (proof.credentials == NULL || proof.credentials->scheme != RUNGS_SIP_SCHEME_NTLM ||
          proof.credentials->token != RUNGS_TOKEN_NTLM_AUTHENTICATE)
        continue;
      if (proof_read (&proof, judge, position))
        proofs = proofs_add (proofs, &proof);
      else
        proof_clear (&proof);
    }
  return proofs;
}

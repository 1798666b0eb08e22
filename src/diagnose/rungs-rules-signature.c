/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about signatures: by their presence and form, and, where somebody gave secrets, by whether they are right ([MS-SIPAE] 3.2.5.2,
 * 3.3.5.2).  What the check of a signature gave stands in the trace. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-verifier.h"
#include "rungs-words.h"

#define MAX_COUNTERS 64

static gboolean
is_signed (const RungsAuthFact *auth)
{
  return auth->signature.length > 0 && auth->random.length > 0 && auth->number.length > 0;
}

static void
sig_client (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);

  if (!round->proof || credentials == NULL || credentials->token == RUNGS_TOKEN_NONE ||
      !rungs_rules_is_microsoft_scheme (credentials->scheme) || !is_signed (credentials))
    return;
  rungs_judge_hit (judge, round->request)->proof = credentials->signature;
}

/* Only a server of version 4 asks for it, and one that answers with success did not miss it. */
static void
sig_client_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  RungsHit *hit;

  if (!round->proof || credentials == NULL || !rungs_rules_is_microsoft_scheme (credentials->scheme) ||
      !rungs_slice_equal_string (credentials->version, "4") || credentials->signature.length > 0)
    return;
  hit = rungs_judge_hit (judge, round->request);
  hit->proof = credentials->value;
  if (rungs_rules_is_success (round->status))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
  else
    {
      rungs_judge_soften (judge, hit);
    }
}

static const RungsAuthFact *
server_info (const RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);

  return answer != NULL
           ? rungs_flow_facts_find_auth (judge->facts, answer, RUNGS_AUTH_INFO, RUNGS_SIP_SCHEME_NONE)
           : NULL;
}

static void
sig_server (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *info = server_info (judge, round);

  if (!rungs_rules_is_success (round->status) || info == NULL ||
      !rungs_rules_is_microsoft_scheme (info->scheme) || !is_signed (info))
    return;
  rungs_judge_hit (judge, round->answer)->proof = info->value;
}

static void
sig_server_missing (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsAuthFact *credentials = rungs_rules_credentials (judge, round->request);
  const RungsAuthFact *info = server_info (judge, round);

  if (!rungs_rules_is_success (round->status) || !round->proof || credentials == NULL ||
      !rungs_rules_is_microsoft_scheme (credentials->scheme) ||
      (info != NULL && info->signature.length > 0) ||
      !rungs_message_fact_has (rungs_rules_answer (judge, round), RUNGS_FACT_WHOLE))
    return;
  rungs_judge_hit_once (judge, round->answer);
}

static const RungsAuthFact *
find_signed (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, fact, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE && auth->signature.length > 0 &&
          rungs_rules_is_microsoft_scheme (auth->scheme))
        return auth;
    }
  return NULL;
}

static gboolean
begins (RungsSlice digits, const char *beginning)
{
  return rungs_slice_case_starts_with (digits, rungs_slice_from_string (beginning));
}

/* Which mechanism made a signature, told by its form alone; NULL where it has none that is known. */
static const char *
describe_form (RungsSlice digits)
{
  RungsSlice end = digits.length > 8 ? rungs_slice_skip (digits, digits.length - 8) : RUNGS_SLICE_EMPTY;

  if (digits.length == 32 && begins (digits, "01000000"))
    return rungs_words_lookup (rungs_slice_equal_string (end, "64000000") ? "form-ntlm-datagram"
                                                                          : "form-ntlm");
  if (begins (digits, "60") && rungs_slice_find (digits, 0, RUNGS_SLICE_LITERAL ("2A864886F712010202")) < 0 &&
      rungs_slice_find (digits, 0, RUNGS_SLICE_LITERAL ("2a864886f712010202")) < 0)
    return NULL;
  if (begins (digits, "60"))
    return rungs_words_lookup ("form-kerberos-1964");
  if (begins (digits, "0404"))
    return rungs_words_lookup ("form-kerberos-4121");
  return digits.length == 40 ? rungs_words_lookup ("form-tls-dsk-sha1") : NULL;
}

/* One finding tells the form of all signatures of a flow. */
static void
sig_shape (RungsJudge *judge, guint position)
{
  const RungsAuthFact *auth = find_signed (judge, position);
  const char *form;
  RungsHit *hit;

  if (auth == NULL || judge->hits->len > judge->first)
    return;
  form = describe_form (auth->signature);
  if (form == NULL)
    return;
  hit = rungs_judge_hit_once (judge, position);
  hit->proof = auth->signature;
  rungs_hit_set_words (hit, "form", form);
}

/* The numbers of one side under one handle. */
typedef struct
{
  RungsSlice opaque;
  guint32 hop;
  gboolean server;
  guint64 last;
  guint32 position;
} Counter;

static Counter *
find_counter (Counter *counters, guint *n, const RungsMessageFact *fact, const RungsAuthFact *auth)
{
  gboolean server = auth->role == RUNGS_AUTH_INFO;

  for (guint i = 0; i < *n; i++)
    if (counters[i].hop == fact->hop && counters[i].server == server &&
        rungs_slice_case_equal (counters[i].opaque, auth->opaque))
      return &counters[i];
  counters[*n] = (Counter){ auth->opaque, fact->hop, server, 0, RUNGS_NO_POSITION };
  return &counters[(*n)++];
}

/* Without a handle it is not known which association a message belongs to; a new login begins a new count. */
static void
cnum_order (RungsJudge *judge, guint index)
{
  Counter counters[MAX_COUNTERS];
  guint n = 0;

  for (guint i = 0; i < judge->facts->n_messages && n < MAX_COUNTERS; i++)
    {
      const RungsMessageFact *fact = rungs_rules_message (judge, i);
      const RungsAuthFact *auth = fact->principal == i ? find_signed (judge, i) : NULL;
      Counter *counter;
      guint64 number;
      RungsHit *hit;

      if (auth == NULL || auth->opaque.length == 0 || !rungs_slice_to_uint64 (auth->number, &number))
        continue;
      counter = find_counter (counters, &n, fact, auth);
      if (counter->position != RUNGS_NO_POSITION && number <= counter->last && number > 1)
        {
          hit = rungs_judge_hit_once (judge, i);
          if (hit != NULL)
            {
              hit->proof = auth->number;
              rungs_hit_set_text (hit, "now", auth->number);
              rungs_hit_set_number (hit, "before", (gint64) counter->last);
              rungs_hit_add_evidence (hit, counter->position);
            }
        }
      counter->last = number;
      counter->position = i;
    }
}

static void
hit_check (RungsJudge *judge, guint position, RungsSignatureState state, RungsSignatureReason reason)
{
  const RungsSignatureCheck *check =
    rungs_trace_get_signature_check (judge->facts->trace, rungs_rules_message (judge, position)->message);
  const RungsAuthFact *auth;

  if (check == NULL || check->state != state || check->reason != reason)
    return;
  auth = find_signed (judge, position);
  rungs_judge_hit (judge, position)->proof = auth != NULL ? auth->signature : RUNGS_SLICE_EMPTY;
}

static void
sig_verified (RungsJudge *judge, guint position)
{
  hit_check (judge, position, RUNGS_SIGNATURE_RIGHT, RUNGS_SIGNATURE_REASON_RIGHT);
}

static void
sig_wrong (RungsJudge *judge, guint position)
{
  hit_check (judge, position, RUNGS_SIGNATURE_WRONG, RUNGS_SIGNATURE_REASON_OTHER_TEXT);
}

/* Said once for a login, in its registration. */
static void
pwd_wrong (RungsJudge *judge, guint position)
{
  if (judge->facts->info->kind == RUNGS_FLOW_REGISTRATION && judge->hits->len == judge->first)
    hit_check (judge, position, RUNGS_SIGNATURE_WRONG, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD);
}

static void
krb_keytab_kvno (RungsJudge *judge, guint position)
{
  if (judge->facts->info->kind != RUNGS_FLOW_REGISTRATION || judge->hits->len > judge->first)
    return;
  hit_check (judge, position, RUNGS_SIGNATURE_UNCHECKED, RUNGS_SIGNATURE_REASON_NO_KEY);
  if (judge->hits->len == judge->first)
    hit_check (judge, position, RUNGS_SIGNATURE_UNCHECKED, RUNGS_SIGNATURE_REASON_OTHER_KEY);
}

const RungsRuleCondition rungs_conditions_signature[] = {
  { "SIG-CLIENT", RUNGS_SCOPE_ROUND, sig_client, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "SIG-CLIENT-MISSING", RUNGS_SCOPE_ROUND, sig_client_missing, .needs = RUNGS_ASPECT_CREDENTIALS },
  { "SIG-SERVER", RUNGS_SCOPE_ROUND, sig_server, .needs = RUNGS_ASPECT_ACCEPTED },
  { "SIG-SERVER-MISSING",
    RUNGS_SCOPE_ROUND,
    sig_server_missing,
    .needs = RUNGS_ASPECT_ACCEPTED | RUNGS_ASPECT_CREDENTIALS },
  { "SIG-SHAPE", RUNGS_SCOPE_MESSAGE, sig_shape, .needs = RUNGS_ASPECT_AUTH },
  { "CNUM-ORDER", RUNGS_SCOPE_FLOW, cnum_order, .needs = RUNGS_ASPECT_AUTH },
  { "SIG-VERIFIED", RUNGS_SCOPE_MESSAGE, sig_verified, .needs = RUNGS_ASPECT_SIGNATURE },
  { "SIG-WRONG", RUNGS_SCOPE_MESSAGE, sig_wrong, .needs = RUNGS_ASPECT_SIGNATURE },
  { "PWD-WRONG", RUNGS_SCOPE_MESSAGE, pwd_wrong, .needs = RUNGS_ASPECT_SIGNATURE },
  { "KRB-KEYTAB-KVNO", RUNGS_SCOPE_MESSAGE, krb_keytab_kvno, .needs = RUNGS_ASPECT_SIGNATURE },
  { NULL },
};

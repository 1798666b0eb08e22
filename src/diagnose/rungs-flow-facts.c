/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A flow → rows of facts.  See rungs-flow-facts.h. */

#include "config.h"

#include "rungs-aspects.h"
#include "rungs-flow-facts.h"
#include "rungs-invite-facts.h"
#include "rungs-key-table.h"
#include "rungs-message-fact.h"

/* A request has two keys, a response one; the hops come on top. */
#define KEYS_PER_MESSAGE 2

/* How many messages further on a success is looked for where the last one of the flow is another user's. */
#define FAR 256

/* What the servers of a hop have asked for so far. */
typedef struct
{
  guint32 last;    /* position of the last response with a challenge, RUNGS_NO_POSITION */
  guint32 offered; /* schemes, one bit each */
} Challenges;

/* What a key leads to. */
typedef enum
{
  KEY_HOP,      /* pair of endpoints → hop */
  KEY_REQUEST,  /* direction, CSeq, method → position of the last request */
  KEY_RESPONSE, /* position of the request, status → position of the first answer */
  KEY_ORIGINAL, /* From tag, CSeq, method → position of the first request */
} KeyKind;

/* What is known while the pass runs, and the memory for it. */
struct _RungsFlowPass
{
  RungsFlowFacts *facts;
  RungsKeyTable known; /* seeded keys, the kind among them → hop or position, plus 1 */
  GArray *challenges;  /* Challenges, by hop */
  RungsSipMessage sip;
  RungsAuthMemory auths;
};

typedef RungsFlowPass Pass;

/* One for all threads and traces: ids that depend on it leave no pass. */
static guint64
get_seed (void)
{
  static gsize seed;

  if (g_once_init_enter (&seed))
    g_once_init_leave (&seed, (gsize) ((guint64) g_random_int () << 32 | g_random_int () | 1));
  return seed;
}

static guint64
key_of (KeyKind kind, guint64 a, guint64 b, RungsSlice c)
{
  return rungs_slice_hash (c, rungs_key_mix (rungs_key_mix (rungs_key_mix (get_seed (), kind), a), b));
}

static guint
lookup (const Pass *pass, guint64 key)
{
  guint32 value = rungs_key_table_get (&pass->known, key);

  return value > 0 ? value - 1 : RUNGS_NO_POSITION;
}

static void
remember (Pass *pass, guint64 key, guint position)
{
  *rungs_key_table_add (&pass->known, key) = position + 1;
}

static guint
hop_of (Pass *pass, const RungsMessageInfo *info)
{
  guint64 key = key_of (KEY_HOP,
                        MIN (info->source, info->destination),
                        MAX (info->source, info->destination),
                        RUNGS_SLICE_EMPTY);
  guint hop = lookup (pass, key);
  Challenges none = { RUNGS_NO_POSITION, 0 };

  if (hop != RUNGS_NO_POSITION)
    return hop;
  remember (pass, key, pass->facts->n_hops);
  g_array_append_val (pass->challenges, none);
  return pass->facts->n_hops++;
}

static guint64
request_key (guint32 from, guint32 to, const RungsMessageFact *fact)
{
  guint64 ends = (guint64) from << 32 | to;
  guint64 number = (guint64) fact->info->cseq << 8 | fact->info->method;

  return key_of (KEY_REQUEST,
                 ends,
                 number,
                 fact->info->method == RUNGS_SIP_METHOD_OTHER ? fact->cseq_method : RUNGS_SLICE_EMPTY);
}

/* Makes the message at @position a copy of @principal. */
static void
link_copy (RungsFlowFacts *facts, guint position, guint principal)
{
  RungsMessageFact *fact = &facts->messages[position];
  RungsMessageFact *first = &facts->messages[principal];

  fact->principal = principal;
  fact->copies = first->copies;
  first->copies = position + 1;
  if (fact->hop == first->hop && (fact->info->flags & RUNGS_MESSAGE_DUPLICATE) == 0)
    first->repeats++;
}

static void
place_request (Pass *pass, guint position)
{
  RungsFlowFacts *facts = pass->facts;
  RungsMessageFact *fact = &facts->messages[position];
  const RungsMessageInfo *info = fact->info;
  guint64 key = request_key (info->source, info->destination, fact);
  guint64 original_key =
    key_of (KEY_ORIGINAL, info->cseq, info->method, rungs_message_fact_get_from_tag (fact));
  guint original = lookup (pass, original_key);
  gboolean copy = (info->flags & (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_DUPLICATE)) != 0;

  if (original == RUNGS_NO_POSITION)
    remember (pass, original_key, position);
  else if (facts->messages[original].hop != fact->hop || copy)
    link_copy (facts, position, original);
  if (!copy || lookup (pass, key) == RUNGS_NO_POSITION)
    remember (pass, key, position);
  if (rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE) != NULL)
    {
      const Challenges *challenges = &g_array_index (pass->challenges, Challenges, fact->hop);

      fact->challenge = challenges->last;
      fact->offered = challenges->offered;
    }
  if (info->method == RUNGS_SIP_METHOD_REGISTER && fact->principal == position)
    facts->last_register = position;
}

static void
note_challenges (Pass *pass, guint position)
{
  const RungsMessageFact *fact = &pass->facts->messages[position];
  Challenges *challenges = &g_array_index (pass->challenges, Challenges, fact->hop);

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (pass->facts, fact, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE)
        continue;
      challenges->last = position;
      challenges->offered |= 1u << auth->scheme;
    }
}

/* The position of @message among the first @n messages. */
static guint
find_before (const RungsFlowFacts *facts, guint n, guint message)
{
  guint low = 0;
  guint high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (facts->messages[middle].message < message)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && facts->messages[low].message == message ? low : RUNGS_NO_POSITION;
}

static void
place_response (Pass *pass, guint position, const RungsSipMessage *sip)
{
  RungsFlowFacts *facts = pass->facts;
  RungsMessageFact *fact = &facts->messages[position];
  const RungsMessageInfo *info = fact->info;
  RungsMessageFact *request;
  guint32 *slot;
  guint64 key;
  guint first;

  fact->request = lookup (pass, request_key (info->destination, info->source, fact));
  if (fact->request == RUNGS_NO_POSITION && info->request != RUNGS_NO_MESSAGE)
    fact->request = find_before (facts, position, info->request);
  note_challenges (pass, position);
  if (info->status >= 200 && info->status < 300)
    facts->last_success[info->method] = position;
  if (fact->request == RUNGS_NO_POSITION || fact->request >= position)
    {
      fact->request = RUNGS_NO_POSITION;
      return;
    }
  request = &facts->messages[fact->request];
  slot = info->status < 200 ? &request->provisional : &request->answer;
  if (*slot == RUNGS_NO_POSITION)
    *slot = position;
  key = key_of (KEY_RESPONSE, fact->request, info->status, RUNGS_SLICE_EMPTY);
  first = lookup (pass, key);
  if (first == RUNGS_NO_POSITION)
    remember (pass, key, position);
  else if ((info->flags & (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_DUPLICATE)) != 0)
    link_copy (facts, position, first);
  if (info->method == RUNGS_SIP_METHOD_REGISTER && info->status >= 200 && info->status < 300)
    rungs_message_fact_read_binding (fact, sip, request);
}

/* An inner answer comes before the outer one that passes it on: the pairs are known only when all is read.  A 100 is never passed
 * on (RFC 3261, 16.7): each hop has its own. */
static void
link_relayed_responses (const Pass *pass)
{
  RungsFlowFacts *facts = pass->facts;

  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      const RungsMessageFact *request;
      guint outer;

      if ((fact->flags & RUNGS_FACT_REQUEST) != 0 || fact->request == RUNGS_NO_POSITION ||
          fact->principal != i || fact->info->status <= 100)
        continue;
      request = &facts->messages[fact->request];
      if (request->principal == fact->request)
        continue;
      outer = lookup (pass, key_of (KEY_RESPONSE, request->principal, fact->info->status, RUNGS_SLICE_EMPTY));
      if (outer != RUNGS_NO_POSITION && outer != i && facts->messages[outer].principal == outer)
        link_copy (facts, i, outer);
    }
}

static void
read_messages (Pass *pass, const guint32 *messages)
{
  RungsSipMessage *sip = &pass->sip;
  RungsFlowFacts *facts = pass->facts;
  const RungsMessageFact *earlier[2] = { NULL, NULL }; /* the last response, the last request */

  for (guint i = 0; i < facts->n_messages; i++)
    {
      RungsMessageFact *fact = &facts->messages[i];
      gboolean is_request;

      fact->info = rungs_trace_get_message (facts->trace, messages[i]);
      fact->message = messages[i];
      fact->principal = i;
      fact->request = fact->answer = fact->provisional = fact->challenge = RUNGS_NO_POSITION;
      fact->hop = hop_of (pass, fact->info);
      rungs_trace_recall (facts->trace, messages[i], sip);
      is_request = sip->kind == RUNGS_SIP_KIND_REQUEST;
      memcpy (fact->earlier, earlier, sizeof earlier);
      rungs_message_fact_read (fact, sip);
      earlier[is_request] = fact;
      fact->first_auth = facts->auths->len;
      fact->n_auth = rungs_auth_facts_collect (sip, &pass->auths, facts->auths);
      if (is_request)
        place_request (pass, i);
      else if (sip->kind == RUNGS_SIP_KIND_RESPONSE)
        place_response (pass, i, sip);
    }
}

static RungsRegisterKind
register_kind (const RungsFlowFacts *facts, const RungsMessageFact *request, gboolean established)
{
  if (rungs_message_fact_is_removal (request))
    return RUNGS_REGISTER_REMOVAL;
  if (!rungs_message_fact_has (request, RUNGS_FACT_HAS_CONTACT))
    return RUNGS_REGISTER_QUERY;
  return established ? RUNGS_REGISTER_REFRESH : RUNGS_REGISTER_LOGIN;
}

/* The last round of each hop, while the rounds are gathered. */
typedef struct
{
  guint32 last;
  guint32 last_success;
  guint32 last_login;
  gboolean established; /* registered, and no new login begun since */
  RungsSlice who;       /* whose address is registered */
} HopState;

static void
gather_rounds (RungsFlowFacts *facts)
{
  g_autofree HopState *hops = g_new (HopState, facts->n_hops + 1);

  for (guint i = 0; i < facts->n_hops; i++)
    hops[i] = (HopState){ RUNGS_NO_POSITION, RUNGS_NO_POSITION, RUNGS_NO_POSITION, FALSE, RUNGS_SLICE_EMPTY };
  for (guint i = 0; i < facts->n_messages; i++)
    {
      const RungsMessageFact *fact = &facts->messages[i];
      const RungsAuthFact *credentials;
      RungsRoundFact round = { .request = i, .answer = fact->answer, .next = RUNGS_NO_POSITION };
      HopState *hop = &hops[fact->hop];

      if (fact->info->method != RUNGS_SIP_METHOD_REGISTER || fact->principal != i ||
          !rungs_message_fact_has (fact, RUNGS_FACT_REQUEST))
        continue;
      credentials = rungs_flow_facts_find_auth (facts, fact, RUNGS_AUTH_CREDENTIALS, RUNGS_SIP_SCHEME_NONE);
      if ((facts->microsoft && credentials == NULL) ||
          !rungs_slice_case_equal (hop->who, rungs_message_fact_get_to_address (fact)))
        hop->established = FALSE;
      round.previous = hop->last;
      round.last_success = hop->last_success;
      round.last_login = hop->last_login;
      round.status = fact->answer != RUNGS_NO_POSITION ? facts->messages[fact->answer].info->status : 0;
      round.proof = credentials != NULL && rungs_auth_fact_is_proof (credentials);
      round.kind = register_kind (facts, fact, hop->established);
      if (hop->last != RUNGS_NO_POSITION)
        g_array_index (facts->rounds, RungsRoundFact, hop->last).next = facts->rounds->len;
      hop->last = facts->rounds->len;
      if (round.status >= 200 && round.status < 300)
        {
          hop->established = round.kind == RUNGS_REGISTER_LOGIN || round.kind == RUNGS_REGISTER_REFRESH;
          hop->who = rungs_message_fact_get_to_address (fact);
          hop->last_success = facts->rounds->len;
          if (round.kind == RUNGS_REGISTER_LOGIN)
            hop->last_login = facts->rounds->len;
        }
      g_array_append_val (facts->rounds, round);
    }
}

static void
find_trail (RungsFlowFacts *self)
{
  g_autoptr (RungsSelection) selection = NULL;
  guint32 flow = self->flow;

  if (self->info->kind != RUNGS_FLOW_REGISTRATION || rungs_trace_get_n_kerberos (self->trace) == 0)
    return;
  selection = rungs_selection_new_for_flows (self->trace, &flow, 1);
  self->trail = rungs_ticket_trail_new (selection, FALSE);
}

static Pass *
pass_new (RungsFlowFacts *facts)
{
  Pass *self = g_new0 (Pass, 1);

  self->facts = facts;
  self->challenges = g_array_new (FALSE, FALSE, sizeof (Challenges));
  return self;
}

static void
pass_free (Pass *self)
{
  rungs_key_table_clear (&self->known);
  g_array_unref (self->challenges);
  rungs_sip_message_clear (&self->sip);
  g_free (self);
}

/* Forgets the flow before. */
static void
reset (RungsFlowFacts *self, guint flow)
{
  GArray *arrays[] = { self->auths, self->rounds, self->invites, self->failures, self->sdps, self->media };

  self->flow = flow;
  self->info = rungs_trace_get_flow (self->trace, flow);
  self->microsoft = (self->info->flags & RUNGS_FLOW_MICROSOFT) != 0;
  self->n_hops = 0;
  self->first_bye = self->last_register = RUNGS_NO_POSITION;
  self->first_call = 0;
  for (guint i = 0; i < G_N_ELEMENTS (self->last_success); i++)
    self->last_success[i] = RUNGS_NO_POSITION;
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_set_size (arrays[i], 0);
  g_ptr_array_set_size (self->texts, 0);
  g_clear_pointer (&self->trail, rungs_ticket_trail_free);
}

/* Empty rows for the messages of the flow. */
static void
make_room (RungsFlowFacts *self)
{
  if (self->n_messages >= self->allocated_messages)
    {
      g_free (self->messages);
      self->allocated_messages = self->n_messages + 1;
      self->messages = g_new (RungsMessageFact, self->allocated_messages);
    }
  memset (self->messages, 0, (self->n_messages + 1) * sizeof *self->messages);
}

void
rungs_flow_facts_read (RungsFlowFacts *self, guint flow)
{
  const guint32 *messages;

  g_return_if_fail (self != NULL && flow < rungs_trace_get_n_flows (self->trace));

  reset (self, flow);
  messages = rungs_trace_get_flow_messages (self->trace, flow, &self->n_messages);
  make_room (self);
  if (self->pass == NULL)
    self->pass = pass_new (self);
  rungs_key_table_reset (&self->pass->known, KEYS_PER_MESSAGE * self->n_messages);
  g_array_set_size (self->pass->challenges, 0);
  read_messages (self->pass, messages);
  link_relayed_responses (self->pass);
  gather_rounds (self);
  rungs_invite_facts_gather (self);
  find_trail (self);
  rungs_aspects_read (self);
}

RungsFlowFacts *
rungs_flow_facts_new (RungsTrace *trace, guint flow)
{
  RungsFlowFacts *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && flow < rungs_trace_get_n_flows (trace), NULL);

  self = g_new0 (RungsFlowFacts, 1);
  self->trace = g_object_ref (trace);
  self->around = rungs_trace_facts_get (trace);
  self->auths = g_array_new (FALSE, FALSE, sizeof (RungsAuthFact));
  self->rounds = g_array_new (FALSE, FALSE, sizeof (RungsRoundFact));
  self->invites = g_array_new (FALSE, FALSE, sizeof (RungsInviteFact));
  self->failures = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->sdps = g_array_new (FALSE, FALSE, sizeof (RungsSdpFact));
  self->media = g_array_new (FALSE, FALSE, sizeof (RungsSdpMedia));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  rungs_flow_facts_read (self, flow);
  g_clear_pointer (&self->pass, pass_free);
  return self;
}

void
rungs_flow_facts_free (RungsFlowFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pass, pass_free);
  rungs_ticket_trail_free (self->trail);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->auths);
  g_array_unref (self->rounds);
  g_array_unref (self->invites);
  g_array_unref (self->failures);
  g_array_unref (self->sdps);
  g_array_unref (self->media);
  g_free (self->messages);
  g_object_unref (self->trace);
  g_free (self);
}

RungsSlice
rungs_flow_facts_keep (const RungsFlowFacts *self, char *text)
{
  g_ptr_array_add (self->texts, text);
  return rungs_slice_from_string (text);
}

const RungsAuthFact *
rungs_flow_facts_get_auth (const RungsFlowFacts *self, const RungsMessageFact *fact, guint n)
{
  return &g_array_index (self->auths, RungsAuthFact, fact->first_auth + n);
}

const RungsAuthFact *
rungs_flow_facts_find_auth (const RungsFlowFacts *self,
                            const RungsMessageFact *fact,
                            RungsAuthRole role,
                            RungsSipScheme scheme)
{
  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (self, fact, i);

      if (auth->role == role && (scheme == RUNGS_SIP_SCHEME_NONE || auth->scheme == scheme))
        return auth;
    }
  return NULL;
}

const RungsRoundFact *
rungs_flow_facts_get_round (const RungsFlowFacts *self, guint round)
{
  g_return_val_if_fail (round < self->rounds->len, NULL);

  return &g_array_index (self->rounds, RungsRoundFact, round);
}

const RungsInviteFact *
rungs_flow_facts_get_invite (const RungsFlowFacts *self, guint invite)
{
  g_return_val_if_fail (invite < self->invites->len, NULL);

  return &g_array_index (self->invites, RungsInviteFact, invite);
}

static const RungsSdpFact *
get_sdp (const RungsFlowFacts *self, guint position)
{
  guint sdp = self->messages[position].sdp;

  return sdp > 0 ? &g_array_index (self->sdps, RungsSdpFact, sdp - 1) : NULL;
}

const RungsSdpMedia *
rungs_flow_facts_get_media (const RungsFlowFacts *self, guint position, guint *n_media)
{
  const RungsSdpFact *sdp = position != RUNGS_NO_POSITION ? get_sdp (self, position) : NULL;

  *n_media = sdp != NULL ? sdp->n_media : 0;
  return *n_media > 0 ? &g_array_index (self->media, RungsSdpMedia, sdp->first) : NULL;
}

gboolean
rungs_flow_facts_has_ice (const RungsFlowFacts *self, guint position)
{
  const RungsSdpFact *sdp = position != RUNGS_NO_POSITION ? get_sdp (self, position) : NULL;

  return sdp != NULL && sdp->ice;
}

guint
rungs_flow_facts_find (const RungsFlowFacts *self, guint message)
{
  return find_before (self, self->n_messages, message);
}

/* A client may register several addresses with one Call-ID: the success of one is not that of another. */
static gboolean
is_success_of (const RungsFlowFacts *self, guint later, const RungsMessageFact *fact)
{
  const RungsMessageFact *success = &self->messages[later];

  return success->info->status >= 200 && success->info->status < 300 &&
         success->info->method == RUNGS_SIP_METHOD_REGISTER &&
         rungs_slice_case_equal (rungs_message_fact_get_to_address (success),
                                 rungs_message_fact_get_to_address (fact));
}

gboolean
rungs_flow_facts_succeeds_later (const RungsFlowFacts *self, guint position)
{
  const RungsMessageFact *fact = &self->messages[position];
  guint last = self->last_success[fact->info->method];

  if (last == RUNGS_NO_POSITION || last <= position)
    return FALSE;
  if (fact->info->method != RUNGS_SIP_METHOD_REGISTER || is_success_of (self, last, fact))
    return TRUE;
  for (guint i = position + 1; i < last && i <= position + FAR; i++)
    if (is_success_of (self, i, fact))
      return TRUE;
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The messages of a flow → its INVITEs.  See rungs-invite-facts.h.
 *
 * The offer stands in the request, or else in the first reliable response; the answer in the response, or in the ACK or PRACK
 * that follows the offer (RFC 3264, 5; RFC 6337, 2). */

#include "config.h"

#include "rungs-invite-facts.h"
#include "rungs-key-table.h"

typedef struct
{
  RungsFlowFacts *facts;
  guint64 seed;
  RungsKeyTable by_number; /* From tag and CSeq → index into invites + 1; made for the first INVITE */
} Pass;

static guint64
number_key (const Pass *pass, const RungsMessageFact *fact)
{
  return rungs_slice_hash (rungs_message_fact_get_from_tag (fact), pass->seed + fact->info->cseq);
}

static RungsInviteFact *
get_invite (const Pass *pass, guint index)
{
  return index > 0 ? &g_array_index (pass->facts->invites, RungsInviteFact, index - 1) : NULL;
}

/* The INVITE that the ACK or CANCEL @fact belongs to, or NULL. */
static RungsInviteFact *
find_invite (const Pass *pass, const RungsMessageFact *fact)
{
  return pass->facts->invites->len > 0
           ? get_invite (pass, rungs_key_table_get (&pass->by_number, number_key (pass, fact)))
           : NULL;
}

static void
read_sdp (RungsFlowFacts *facts, RungsMessageFact *fact)
{
  RungsSdp sdp;
  RungsSdpFact entry;

  if ((fact->info->flags & RUNGS_MESSAGE_SDP) == 0 || !rungs_sdp_parse (&sdp, rungs_sdp_find (fact->body)))
    return;
  entry = (RungsSdpFact){ facts->media->len, (guint16) sdp.n_media, sdp.ice };
  g_array_append_vals (facts->media, sdp.media, sdp.n_media);
  g_array_append_val (facts->sdps, entry);
  fact->sdp = facts->sdps->len;
}

static void
add_invite (Pass *pass, guint position)
{
  RungsFlowFacts *facts = pass->facts;
  RungsMessageFact *fact = &facts->messages[position];
  RungsInviteFact invite = { .request = position, .within = rungs_message_fact_get_to_tag (fact).length > 0 };

  invite.ringing = invite.answer = invite.success = invite.other_success = invite.fork = RUNGS_NO_POSITION;
  invite.ack = invite.cancel = invite.cancelled = invite.reply = RUNGS_NO_POSITION;
  invite.offer = fact->sdp > 0 ? position : RUNGS_NO_POSITION;
  g_array_append_val (facts->invites, invite);
  fact->invite = facts->invites->len;
  if (facts->invites->len == 1)
    rungs_key_table_init (&pass->by_number, 0);
  if (fact->info->method == RUNGS_SIP_METHOD_INVITE)
    *rungs_key_table_add (&pass->by_number, number_key (pass, fact)) = facts->invites->len;
}

static void
set_first (guint32 *slot, guint position)
{
  if (*slot == RUNGS_NO_POSITION)
    *slot = position;
}

static void
place_request (Pass *pass, guint position)
{
  RungsFlowFacts *facts = pass->facts;
  const RungsMessageFact *fact = &facts->messages[position];
  RungsInviteFact *invite;

  switch ((RungsSipMethod) fact->info->method)
    {
    case RUNGS_SIP_METHOD_INVITE:
      add_invite (pass, position);
      break;
    case RUNGS_SIP_METHOD_UPDATE:
      if (fact->sdp > 0)
        add_invite (pass, position);
      break;
    case RUNGS_SIP_METHOD_ACK:
      invite = find_invite (pass, fact);
      if (invite == NULL)
        break;
      set_first (&invite->ack, position);
      if (fact->sdp > 0 && invite->offer != invite->request && invite->offer != RUNGS_NO_POSITION)
        set_first (&invite->reply, position);
      break;
    case RUNGS_SIP_METHOD_PRACK:
      invite = facts->invites->len > 0
                 ? &g_array_index (facts->invites, RungsInviteFact, facts->invites->len - 1)
                 : NULL;
      if (invite != NULL && fact->sdp > 0 && invite->offer != invite->request &&
          invite->offer != RUNGS_NO_POSITION)
        set_first (&invite->reply, position);
      break;
    case RUNGS_SIP_METHOD_CANCEL:
      invite = find_invite (pass, fact);
      if (invite != NULL)
        set_first (&invite->cancel, position);
      break;
    case RUNGS_SIP_METHOD_BYE:
      set_first (&facts->first_bye, position);
      break;
    default:
      break;
    }
}

/* A provisional answer counts as the answer to an offer until a 2xx brings its own. */
static void
place_description (RungsFlowFacts *facts, RungsInviteFact *invite, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  gboolean reliable = fact->info->status >= 200 || fact->headers[RUNGS_FACT_HEADER_RSEQ].length > 0;

  if (invite->offer == RUNGS_NO_POSITION)
    {
      if (reliable)
        invite->offer = position;
      return;
    }
  if (invite->offer == invite->request &&
      (invite->reply == RUNGS_NO_POSITION ||
       (fact->info->status >= 200 && facts->messages[invite->reply].info->status < 200)))
    invite->reply = position;
}

static void
place_response (Pass *pass, guint position)
{
  RungsFlowFacts *facts = pass->facts;
  const RungsMessageFact *fact = &facts->messages[position];
  guint status = fact->info->status;
  RungsInviteFact *invite;

  if (status >= 300 && fact->info->method != RUNGS_SIP_METHOD_REGISTER)
    g_array_append_val (facts->failures, position);
  if (fact->request == RUNGS_NO_POSITION)
    return;
  if (fact->info->method == RUNGS_SIP_METHOD_CANCEL && status >= 200)
    {
      invite = find_invite (pass, fact);
      if (invite != NULL)
        set_first (&invite->cancelled, position);
      return;
    }
  invite = get_invite (pass, facts->messages[fact->request].invite);
  if (invite == NULL)
    return;
  if (invite->ringing != RUNGS_NO_POSITION && invite->fork == RUNGS_NO_POSITION && status > 100 &&
      status < 300 && rungs_message_fact_get_to_tag (fact).length > 0 &&
      rungs_message_fact_get_to_tag (&facts->messages[invite->ringing]).length > 0 &&
      !rungs_slice_equal (rungs_message_fact_get_to_tag (fact),
                          rungs_message_fact_get_to_tag (&facts->messages[invite->ringing])))
    invite->fork = position;
  if (status > 100 && status < 200)
    set_first (&invite->ringing, position);
  if (status >= 200 && invite->answer == RUNGS_NO_POSITION)
    {
      invite->answer = position;
      invite->status = (guint16) status;
    }
  if (status >= 200 && status < 300)
    {
      if (invite->success == RUNGS_NO_POSITION)
        invite->success = position;
      else if (!rungs_slice_equal (rungs_message_fact_get_to_tag (&facts->messages[invite->success]),
                                   rungs_message_fact_get_to_tag (fact)))
        set_first (&invite->other_success, position);
    }
  if (fact->sdp > 0 && status < 300)
    place_description (facts, invite, position);
}

void
rungs_invite_facts_gather (RungsFlowFacts *facts)
{
  Pass pass = { .facts = facts, .seed = (guint64) g_random_int () << 32 | g_random_int () };

  for (guint i = 0; i < facts->n_messages; i++)
    {
      RungsMessageFact *fact = &facts->messages[i];

      if (fact->principal != i)
        continue;
      read_sdp (facts, fact);
      if (fact->info->status != 0)
        place_response (&pass, i);
      else if ((fact->flags & RUNGS_FACT_REQUEST) != 0)
        place_request (&pass, i);
    }
  for (guint i = 0; i < facts->invites->len && facts->first_call == 0; i++)
    {
      const RungsInviteFact *invite = &g_array_index (facts->invites, RungsInviteFact, i);

      if (!invite->within && invite->success != RUNGS_NO_POSITION &&
          facts->messages[invite->request].info->method == RUNGS_SIP_METHOD_INVITE)
        facts->first_call = i + 1;
    }
  rungs_key_table_clear (&pass.by_number);
}

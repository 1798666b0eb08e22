/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules of every topic ask.  See rungs-rules.h. */

#include "config.h"

#include "rungs-rules.h"
#include "rungs-scan.h"

guint
rungs_rules_port (const RungsJudge *judge, guint position)
{
  const RungsMessageInfo *info = rungs_rules_message (judge, position)->info;

  if ((info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0 ||
      info->destination >= rungs_trace_get_n_endpoints (judge->facts->trace))
    return 0;
  return rungs_trace_get_endpoint (judge->facts->trace, info->destination)->address.port;
}

const RungsAuthFact *
rungs_rules_continued (const RungsJudge *judge, guint position, const RungsAuthFact *credentials)
{
  const RungsMessageFact *request = rungs_rules_message (judge, position);
  const RungsAuthFact *first = NULL;
  const RungsMessageFact *response;

  if (request->challenge == RUNGS_NO_POSITION)
    return NULL;
  response = rungs_rules_message (judge, request->challenge);
  for (guint i = 0; i < response->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, response, i);

      if (auth->role != RUNGS_AUTH_CHALLENGE || auth->scheme != credentials->scheme)
        continue;
      if (rungs_slice_equal (auth->realm, credentials->realm))
        return auth;
      if (first == NULL)
        first = auth;
    }
  return first;
}

/* Credentials for another realm than the one that is asked for now are no refused proof: a second server asks. */
static gboolean
asks_again (const RungsJudge *judge, guint position, const RungsAuthFact *credentials)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsAuthFact *again = rungs_rules_offer (judge, position, RUNGS_SIP_SCHEME_DIGEST);

  if (fact->info->status == 403)
    return fact->info->method == RUNGS_SIP_METHOD_REGISTER;
  return rungs_rules_is_challenge (fact->info->status) && again != NULL && !again->stale &&
         rungs_slice_equal (again->realm, credentials->realm);
}

/* A nonce is used again until the server wants a new one, with or without stale=true: then the client's next attempt succeeds, and
 * the first refusal after a success is no refused password. */
const RungsAuthFact *
rungs_rules_refused_digest (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  const RungsAuthFact *credentials;
  const RungsAuthFact *challenge;

  if (fact->request == RUNGS_NO_POSITION || fact->info->status < 400)
    return NULL;
  credentials = rungs_flow_facts_find_auth (judge->facts,
                                            rungs_rules_message (judge, fact->request),
                                            RUNGS_AUTH_CREDENTIALS,
                                            RUNGS_SIP_SCHEME_DIGEST);
  if (credentials == NULL || credentials->signature.length == 0 || !asks_again (judge, position, credentials))
    return NULL;
  challenge = rungs_rules_continued (judge, fact->request, credentials);
  return challenge != NULL && rungs_slice_equal (challenge->realm, credentials->realm) &&
             rungs_slice_equal (challenge->nonce, credentials->nonce)
           ? credentials
           : NULL;
}

gint64
rungs_rules_pause (const RungsJudge *judge, guint from, guint to)
{
  gint64 a = rungs_rules_message (judge, from)->info->time;
  gint64 b = rungs_rules_message (judge, to)->info->time;

  return a != RUNGS_TIME_NONE && b != RUNGS_TIME_NONE && b >= a ? b - a : -1;
}

void
rungs_rules_leave_open (RungsHit *hit)
{
  hit->severity = MIN (hit->severity, RUNGS_SEVERITY_INFO);
  hit->variant = RUNGS_HIT_OPEN;
}

static gboolean
is_private_v4 (const guint8 *bytes)
{
  return bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xf0) == 16) ||
         (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64) ||
         (bytes[0] == 169 && bytes[1] == 254);
}

static gboolean
is_private_address (const RungsAddress *address)
{
  if (address->kind == RUNGS_ADDRESS_IPV4)
    return is_private_v4 (address->bytes);
  return address->kind == RUNGS_ADDRESS_IPV6 &&
         ((address->bytes[0] & 0xfe) == 0xfc ||
          (address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80));
}

gboolean
rungs_rules_is_private (RungsSlice host)
{
  RungsAddress address;

  return rungs_address_parse_host (&address, host) && is_private_address (&address);
}

static gboolean
is_loopback_address (const RungsAddress *address)
{
  static const guint8 loopback[16] = { [15] = 1 };

  return (address->kind == RUNGS_ADDRESS_IPV4 && address->bytes[0] == 127) ||
         (address->kind == RUNGS_ADDRESS_IPV6 && memcmp (address->bytes, loopback, sizeof loopback) == 0);
}

gboolean
rungs_rules_is_loopback (RungsSlice host)
{
  RungsAddress address;

  return rungs_slice_case_equal_string (host, "localhost") ||
         (rungs_address_parse_host (&address, host) && is_loopback_address (&address));
}

gboolean
rungs_rules_is_public_source (const RungsJudge *judge, guint position)
{
  const RungsMessageInfo *info = rungs_rules_message (judge, position)->info;
  const RungsAddress *address;

  if ((info->flags & RUNGS_MESSAGE_ENDPOINTS_DERIVED) != 0 ||
      info->source >= rungs_trace_get_n_endpoints (judge->facts->trace))
    return FALSE;
  address = &rungs_trace_get_endpoint (judge->facts->trace, info->source)->address;
  return (address->kind == RUNGS_ADDRESS_IPV4 || address->kind == RUNGS_ADDRESS_IPV6) &&
         !is_private_address (address) && !is_loopback_address (address);
}

guint
rungs_rules_get_keep_alive (RungsSlice value)
{
  RungsSlice timeout;
  guint64 seconds;

  if (!rungs_scan_find_parameter (value, ';', "timeout", &timeout) ||
      !rungs_slice_to_uint64 (timeout, &seconds) || seconds > G_MAXINT32)
    return 0;
  return (guint) seconds;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules of every topic ask.  See rungs-rules.h. */

#include "config.h"

#include "rungs-rules.h"

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

/* IPv6 addresses are read in brackets. */
static gboolean
parse_host (RungsAddress *address, RungsSlice host)
{
  char text[64];

  if (host.length == 0 || host.length > 45)
    return FALSE;
  if (rungs_slice_find_char (host, 0, ':') < 0 || host.data[0] == '[')
    return rungs_address_parse (address, host);
  g_snprintf (text, sizeof text, "[%.*s]", RUNGS_SLICE_ARGS (host));
  return rungs_address_parse (address, rungs_slice_from_string (text)) && address->kind == RUNGS_ADDRESS_IPV6;
}

gboolean
rungs_rules_is_private (RungsSlice host)
{
  RungsAddress address;

  return parse_host (&address, host) && is_private_address (&address);
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
         (parse_host (&address, host) && is_loopback_address (&address));
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

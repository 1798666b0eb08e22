/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules about tokens share.  See rungs-rules-token.h. */

#include "config.h"

#include "rungs-clock.h"
#include "rungs-rules-token.h"

static GBytes *
decode (const RungsAuthFact *auth)
{
  return auth != NULL && auth->gssapi.length > 0 ? rungs_token_decode_base64 (auth->gssapi) : NULL;
}

static RungsSlice
get_slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

gboolean
rungs_rules_read_ticket (const RungsAuthFact *auth, GBytes **bytes, RungsKerberos *request)
{
  *bytes = auth != NULL && auth->token == RUNGS_TOKEN_KRB_AP_REQ ? decode (auth) : NULL;
  return *bytes != NULL && rungs_kerberos_parse (request, rungs_kerberos_find (get_slice (*bytes))) &&
         request->type == RUNGS_KERBEROS_AP_REQ && !request->truncated && request->ticket.bytes.length > 0;
}

gint64
rungs_rules_read_date (const RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  gint64 time;

  return rungs_clock_read_date (fact->headers[RUNGS_FACT_HEADER_DATE], &time) ? time : 0;
}

RungsSlice
rungs_rules_keep_text (const RungsJudge *judge, RungsSlice name, guint32 flags)
{
  return rungs_flow_facts_keep (judge->facts, rungs_ntlm_dup_text (name, flags));
}

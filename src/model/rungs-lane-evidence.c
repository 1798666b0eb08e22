/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a selection shows of one host.  See rungs-lane-evidence.h. */

#include "config.h"

#include "rungs-lane-evidence.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-via.h"
#include "rungs-text.h"

#define MAX_SAMPLED 12   /* messages of one host, of each sort */
#define MAX_LOOKED  4096 /* of all hosts; then only the first answer of each */
#define MAX_TEXT    128

void
rungs_lane_evidence_clear (RungsLaneEvidence *self)
{
  g_clear_pointer (&self->user_agent, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->targetname, g_free);
  g_clear_pointer (&self->via_name, g_free);
}

static void
keep_first (char **place, RungsSlice value)
{
  if (*place == NULL && value.length > 0)
    *place = rungs_text_display_max (value, MAX_TEXT);
}

static void
read_targetname (RungsLaneEvidence *self, RungsSlice value)
{
  RungsSipAuth auth;
  RungsSlice target;

  rungs_sip_auth_parse (&auth, value);
  if (auth.scheme == RUNGS_SIP_SCHEME_KERBEROS)
    self->offers_kerberos = TRUE;
  target = rungs_sip_auth_get (&auth, "targetname");
  if (rungs_slice_case_starts_with (target, RUNGS_SLICE_LITERAL ("sip/")))
    target = rungs_slice_skip (target, 4);
  keep_first (&self->targetname, target);
}

static void
sample_response (RungsLaneEvidence *self, const RungsMessageInfo *info, const RungsSipMessage *sip)
{
  static const RungsSipHeaderId headers[] = {
    RUNGS_SIP_HEADER_WWW_AUTHENTICATE,
    RUNGS_SIP_HEADER_PROXY_AUTHENTICATE,
    RUNGS_SIP_HEADER_AUTHENTICATION_INFO,
    RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO,
  };
  RungsSlice logon = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_USER_LOGON_DATA);

  if (rungs_slice_find (logon, 0, RUNGS_SLICE_LITERAL ("RemoteUser")) >= 0)
    self->remote_user = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    for (const RungsSipHeader *header = rungs_sip_message_first (sip, headers[i]); header != NULL;
         header = rungs_sip_message_next (sip, header))
      read_targetname (self, header->value);
  if (info->flags & RUNGS_MESSAGE_RELAYED)
    return;
  keep_first (&self->server, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_SERVER));
  keep_first (&self->user_agent, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_USER_AGENT));
}

static void
sample_request (RungsLaneEvidence *self, const RungsMessageInfo *info, const RungsSipMessage *sip)
{
  RungsSlice text = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_VIA);
  const RungsSipHeader *first = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_VIA);
  gboolean only_via = first != NULL && first->next == 0 && rungs_slice_find_char (text, 0, ',') < 0;
  RungsSipVia via;
  RungsAddress address;

  /* Who puts a Via above another passes on, even where the trace does not hold what came in. */
  if (!only_via && first != NULL)
    {
      self->relays = TRUE;
      self->relays_register |= info->method == RUNGS_SIP_METHOD_REGISTER;
    }
  else if ((info->flags & RUNGS_MESSAGE_RELAYED) == 0)
    keep_first (&self->user_agent, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_USER_AGENT));
  if (rungs_sip_via_parse (&via, text) && rungs_address_parse (&address, via.host) &&
      address.kind == RUNGS_ADDRESS_NAME && rungs_slice_find_char (via.host, 0, '.') > 0)
    keep_first (&self->via_name, via.host);
}

void
rungs_lane_evidence_add_sent (
  RungsLaneEvidence *self, RungsTrace *trace, guint message, RungsSipMessage *sip, guint *n_looked)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);
  gboolean relayed = (info->flags & RUNGS_MESSAGE_RELAYED) != 0;
  gboolean registers = info->method == RUNGS_SIP_METHOD_REGISTER;
  guint *n_sampled = &self->n_sampled[registers && info->status != 0];

  self->relays |= relayed;
  self->relays_register |= relayed && registers;
  self->microsoft |= (rungs_trace_get_flow (trace, info->flow)->flags & RUNGS_FLOW_MICROSOFT) != 0;
  if (info->status == 0)
    {
      self->sends_requests |= !relayed;
      self->registers |= registers && !relayed;
    }
  else if (registers && info->status >= 200 && !relayed)
    {
      self->answers_register = TRUE;
    }
  if (*n_sampled >= MAX_SAMPLED || (*n_looked >= MAX_LOOKED && (info->status == 0 || *n_sampled > 0)))
    return;
  (*n_sampled)++;
  (*n_looked)++;
  rungs_trace_parse (trace, message, 0, sip);
  if (info->status != 0)
    sample_response (self, info, sip);
  else
    sample_request (self, info, sip);
}

void
rungs_lane_evidence_add_received (RungsLaneEvidence *self, RungsTrace *trace, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (trace, message);

  self->microsoft |= (rungs_trace_get_flow (trace, info->flow)->flags & RUNGS_FLOW_MICROSOFT) != 0;
  if (info->status != 0)
    {
      /* An answer comes to who asked, also where the question is not in the trace. */
      self->registers |= info->method == RUNGS_SIP_METHOD_REGISTER && info->request == RUNGS_NO_MESSAGE;
      return;
    }
  self->receives_requests = TRUE;
  if (info->method == RUNGS_SIP_METHOD_REGISTER && self->register_port == 0)
    self->register_port = rungs_trace_get_endpoint (trace, info->destination)->address.port;
}

void
rungs_lane_evidence_merge (RungsLaneEvidence *self, RungsLaneEvidence *other)
{
  self->registers |= other->registers;
  self->sends_requests |= other->sends_requests;
  self->receives_requests |= other->receives_requests;
  self->answers_register |= other->answers_register;
  self->relays |= other->relays;
  self->relays_register |= other->relays_register;
  self->behind_edge |= other->behind_edge;
  self->remote_user |= other->remote_user;
  self->offers_kerberos |= other->offers_kerberos;
  self->microsoft |= other->microsoft;
  self->local |= other->local;
  if (self->register_port == 0)
    self->register_port = other->register_port;
  keep_first (&self->user_agent, rungs_slice_from_string (other->user_agent));
  keep_first (&self->server, rungs_slice_from_string (other->server));
  keep_first (&self->targetname, rungs_slice_from_string (other->targetname));
  keep_first (&self->via_name, rungs_slice_from_string (other->via_name));
  rungs_lane_evidence_clear (other);
}

static void
set_role (RungsLane *lane, RungsRole role, RungsRoleReason reason, const char *value)
{
  lane->role = role;
  lane->reason = reason;
  lane->reason_value = g_strdup (value);
}

/* The host that checks REGISTERs in a flow of Microsoft's: the pool, unless the client comes in through an edge. */
static void
decide_microsoft_server (const RungsLaneEvidence *self, RungsLane *lane)
{
  g_autofree char *port = g_strdup_printf ("%u", self->register_port);

  if (self->remote_user && !self->behind_edge &&
      (self->relays_register || self->register_port == 443 || !self->offers_kerberos))
    set_role (lane, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_REMOTE_USER, NULL);
  else if (self->relays_register)
    set_role (lane, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_RELAYS, NULL);
  else if (self->register_port == 443 && !self->offers_kerberos)
    set_role (lane, RUNGS_ROLE_EDGE, RUNGS_ROLE_REASON_PORT, port);
  else if (self->targetname != NULL)
    set_role (lane, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_TARGETNAME, self->targetname);
  else if (self->register_port == 5061)
    set_role (lane, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_PORT, port);
  else if (self->server != NULL)
    set_role (lane, RUNGS_ROLE_POOL, RUNGS_ROLE_REASON_SERVER_HEADER, self->server);
  else
    set_role (lane, RUNGS_ROLE_REGISTRAR, RUNGS_ROLE_REASON_ANSWERS_REGISTER, NULL);
}

static gboolean
is_gateway (const char *program)
{
  static const char *const words[] = { "gateway", "mediation", "gw-" };
  g_autofree char *folded = NULL;

  if (program == NULL)
    return FALSE;
  folded = g_ascii_strdown (program, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

void
rungs_lane_evidence_decide (const RungsLaneEvidence *self, RungsLane *lane)
{
  const char *program = self->user_agent != NULL ? self->user_agent : self->server;

  if (self->microsoft && (self->answers_register || self->relays_register))
    decide_microsoft_server (self, lane);
  else if (self->microsoft && (self->register_port == 443 || self->register_port == 5061))
    set_role (lane,
              self->register_port == 443 ? RUNGS_ROLE_EDGE : RUNGS_ROLE_POOL,
              RUNGS_ROLE_REASON_PORT,
              self->register_port == 443 ? "443" : "5061");
  else if (self->answers_register)
    set_role (lane, RUNGS_ROLE_REGISTRAR, RUNGS_ROLE_REASON_ANSWERS_REGISTER, NULL);
  else if (self->relays)
    set_role (lane, RUNGS_ROLE_PROXY, RUNGS_ROLE_REASON_RELAYS, NULL);
  else if (is_gateway (program))
    set_role (lane, RUNGS_ROLE_GATEWAY, RUNGS_ROLE_REASON_USER_AGENT, program);
  else if (self->registers)
    set_role (lane, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, NULL);
  else if (self->local && self->microsoft)
    set_role (lane, RUNGS_ROLE_SERVER, RUNGS_ROLE_REASON_WROTE_LOG, NULL);
  else if (self->server != NULL)
    set_role (lane, RUNGS_ROLE_SERVER, RUNGS_ROLE_REASON_SERVER_HEADER, self->server);
  else if (self->user_agent != NULL)
    set_role (lane, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_USER_AGENT, self->user_agent);
  else if (self->sends_first && !self->receives_requests)
    set_role (lane, RUNGS_ROLE_CLIENT, RUNGS_ROLE_REASON_SENDS_FIRST_REQUEST, NULL);
  else if (self->local)
    set_role (lane, RUNGS_ROLE_SERVER, RUNGS_ROLE_REASON_WROTE_LOG, NULL);
  else
    set_role (lane, RUNGS_ROLE_HOST, RUNGS_ROLE_REASON_NONE, NULL);
}

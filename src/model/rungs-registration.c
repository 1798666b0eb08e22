/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A registration, read from the REGISTERs of a flow.  See rungs-registration.h.
 *
 * A round's answer is the one of its own transaction, so that a hop is judged by itself even where the trace holds all
 * of them. */

#include "config.h"

#include "rungs-registration.h"
#include "rungs-sip-address.h"
#include "rungs-text.h"

#define COPIES (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_RELAYED | RUNGS_MESSAGE_DUPLICATE)

static void
read_endpoint (RungsRegistration *self, const RungsSipMessage *sip)
{
  RungsSipAddress address;
  RungsSlice contact = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CONTACT);
  RungsSlice value;

  rungs_sip_address_parse (&address, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM));
  value = rungs_sip_address_get_parameter (&address, "epid");
  if (self->epid == NULL && value.length > 0)
    self->epid = rungs_text_display_max (value, 128);
  rungs_sip_address_parse (&address, contact);
  value = rungs_sip_address_get_parameter (&address, "+sip.instance");
  if (value.length > 1 && value.data[0] == '<' && value.data[value.length - 1] == '>')
    value = rungs_slice_sub (value, 1, value.length - 2);
  if (self->instance == NULL && value.length > 0)
    self->instance = rungs_text_display_max (value, 128);
}

static void
read_credentials (RungsRound *round, const RungsSipMessage *sip)
{
  RungsSlice value = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_AUTHORIZATION);
  RungsSipAuth auth;

  if (value.data == NULL)
    value = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_PROXY_AUTHORIZATION);
  if (value.data == NULL || !rungs_sip_auth_parse (&auth, value))
    return;
  round->scheme = auth.scheme;
  round->token = rungs_token_identify (rungs_sip_auth_get (&auth, "gssapi-data"));
  round->complete = round->token == RUNGS_TOKEN_NTLM_AUTHENTICATE || round->token == RUNGS_TOKEN_KRB_AP_REQ ||
                    rungs_sip_auth_get (&auth, "response").length > 0 ||
                    auth.scheme == RUNGS_SIP_SCHEME_BASIC;
}

static RungsTokenKind
read_answer_token (const RungsSipMessage *sip)
{
  static const RungsSipHeaderId headers[] = {
    RUNGS_SIP_HEADER_WWW_AUTHENTICATE,
    RUNGS_SIP_HEADER_PROXY_AUTHENTICATE,
    RUNGS_SIP_HEADER_AUTHENTICATION_INFO,
    RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO,
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    for (const RungsSipHeader *header = rungs_sip_message_first (sip, headers[i]); header != NULL;
         header = rungs_sip_message_next (sip, header))
      {
        RungsSipAuth auth;
        RungsTokenKind token;

        rungs_sip_auth_parse (&auth, header->value);
        token = rungs_token_identify (rungs_sip_auth_get (&auth, "gssapi-data"));
        if (token != RUNGS_TOKEN_NONE)
          return token;
      }
  return RUNGS_TOKEN_NONE;
}

/* What the answer of @round means for the registration so far. */
static void
decide (RungsRegistration *self, const RungsRound *round, const RungsSipMessage *answer, gint64 asked)
{
  guint class = round->status / 100;

  if (class == 2)
    {
      gint64 granted = rungs_sip_message_get_expires (answer);

      self->result =
        round->kind == RUNGS_ROUND_REMOVAL ? RUNGS_REGISTRATION_REMOVED : RUNGS_REGISTRATION_DONE;
      if (round->scheme != RUNGS_SIP_SCHEME_NONE)
        self->scheme = round->scheme;
      if (round->kind != RUNGS_ROUND_REMOVAL)
        self->lifetime = granted >= 0 ? granted : asked;
      if (round->kind == RUNGS_ROUND_REFRESH)
        self->n_refreshes++;
    }
  else if (class == 3)
    {
      self->result = RUNGS_REGISTRATION_REDIRECTED;
    }
  else if (class >= 4 && (round->complete || (round->status != 401 && round->status != 407)))
    {
      self->result = RUNGS_REGISTRATION_REFUSED;
    }
}

/* The rounds whose requests were seen on their first hop; @rounds maps a message index to its round. */
static GHashTable *
collect_rounds (RungsRegistration *self, RungsTrace *trace, guint flow)
{
  GHashTable *rounds = g_hash_table_new (NULL, NULL);
  guint n;
  const guint32 *messages = rungs_trace_get_flow_messages (trace, flow, &n);

  for (guint i = 0; i < n; i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (trace, messages[i]);
      gpointer found;

      if (info->method != RUNGS_SIP_METHOD_REGISTER)
        continue;
      if (info->status == 0 && info->request == messages[i] && (info->flags & COPIES) == 0)
        {
          RungsRound round = { .request = messages[i], .response = RUNGS_NO_MESSAGE };

          g_array_append_val (self->rounds, round);
          g_hash_table_insert (rounds,
                               GUINT_TO_POINTER (messages[i] + 1),
                               GUINT_TO_POINTER (self->rounds->len));
        }
      else if (info->status >= 200 && info->request != RUNGS_NO_MESSAGE)
        {
          found = g_hash_table_lookup (rounds, GUINT_TO_POINTER (info->request + 1));
          if (found != NULL)
            {
              RungsRound *round = &g_array_index (self->rounds, RungsRound, GPOINTER_TO_UINT (found) - 1);

              if (round->response == RUNGS_NO_MESSAGE)
                round->response = messages[i];
            }
        }
    }
  return rounds;
}

static void
read_round (RungsRegistration *self, RungsTrace *trace, RungsRound *round, RungsSipMessage *sip)
{
  gboolean registered = self->result == RUNGS_REGISTRATION_DONE || self->lifetime >= 0;
  gint64 asked;

  rungs_trace_parse (trace, round->request, 0, sip);
  read_endpoint (self, sip);
  read_credentials (round, sip);
  asked = rungs_sip_message_get_expires (sip);
  round->kind = asked == 0 ? RUNGS_ROUND_REMOVAL : registered ? RUNGS_ROUND_REFRESH : RUNGS_ROUND_LOGIN;
  if (round->scheme != RUNGS_SIP_SCHEME_NONE && self->result != RUNGS_REGISTRATION_DONE)
    self->scheme = round->scheme;
  if (round->response == RUNGS_NO_MESSAGE)
    return;
  rungs_trace_parse (trace, round->response, 0, sip);
  round->status = rungs_trace_get_message (trace, round->response)->status;
  round->answer_token = read_answer_token (sip);
  if (rungs_slice_find (rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_USER_LOGON_DATA),
                        0,
                        RUNGS_SLICE_LITERAL ("RemoteUser")) >= 0)
    self->remote = TRUE;
  decide (self, round, sip, asked);
}

RungsRegistration *
rungs_registration_new (RungsTrace *trace, guint flow)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (trace, flow);
  RungsRegistration *self;
  g_autoptr (GHashTable) rounds = NULL;
  g_auto (RungsSipMessage) sip = { 0 };

  g_return_val_if_fail (info != NULL, NULL);

  self = g_new0 (RungsRegistration, 1);
  self->aor = rungs_text_display (rungs_trace_get_string (trace, info->who));
  self->result = RUNGS_REGISTRATION_OPEN;
  self->lifetime = -1;
  self->rounds = g_array_new (FALSE, TRUE, sizeof (RungsRound));
  rungs_sip_message_init (&sip);
  rounds = collect_rounds (self, trace, flow);
  for (guint i = 0; i < self->rounds->len; i++)
    read_round (self, trace, &g_array_index (self->rounds, RungsRound, i), &sip);
  return self;
}

void
rungs_registration_free (RungsRegistration *self)
{
  if (self == NULL)
    return;
  g_free (self->aor);
  g_free (self->epid);
  g_free (self->instance);
  g_array_unref (self->rounds);
  g_free (self);
}

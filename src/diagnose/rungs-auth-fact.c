/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One challenge, one set of credentials or one authentication info.  See rungs-auth-fact.h. */

#include "config.h"

#include "rungs-auth-fact.h"

typedef struct
{
  RungsSipHeaderId header;
  RungsAuthRole role;
  gboolean proxy;
} AuthHeader;

static const AuthHeader auth_headers[] = {
  { RUNGS_SIP_HEADER_WWW_AUTHENTICATE, RUNGS_AUTH_CHALLENGE, FALSE },
  { RUNGS_SIP_HEADER_PROXY_AUTHENTICATE, RUNGS_AUTH_CHALLENGE, TRUE },
  { RUNGS_SIP_HEADER_AUTHORIZATION, RUNGS_AUTH_CREDENTIALS, FALSE },
  { RUNGS_SIP_HEADER_PROXY_AUTHORIZATION, RUNGS_AUTH_CREDENTIALS, TRUE },
  { RUNGS_SIP_HEADER_AUTHENTICATION_INFO, RUNGS_AUTH_INFO, FALSE },
  { RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO, RUNGS_AUTH_INFO, TRUE },
};

typedef struct
{
  RungsSlice name;
  gsize offset;
} AuthParameter;

#define AUTH_PARAMETER(name, field)                                                                          \
  {                                                                                                          \
    { name, sizeof name - 1 }, G_STRUCT_OFFSET (RungsAuthFact, field)                                        \
  }

static const AuthParameter auth_parameters[] = {
  AUTH_PARAMETER ("realm", realm),        AUTH_PARAMETER ("targetname", targetname),
  AUTH_PARAMETER ("opaque", opaque),      AUTH_PARAMETER ("version", version),
  AUTH_PARAMETER ("gssapi-data", gssapi), AUTH_PARAMETER ("response", signature),
  AUTH_PARAMETER ("rspauth", signature),  AUTH_PARAMETER ("crand", random),
  AUTH_PARAMETER ("srand", random),       AUTH_PARAMETER ("cnum", number),
  AUTH_PARAMETER ("snum", number),        AUTH_PARAMETER ("username", username),
  AUTH_PARAMETER ("nonce", nonce),        AUTH_PARAMETER ("sts-uri", sts_uri),
};

static void
take_parameter (RungsAuthFact *self, RungsSlice name, RungsSlice value)
{
  for (guint i = 0; i < G_N_ELEMENTS (auth_parameters); i++)
    {
      RungsSlice *field = G_STRUCT_MEMBER_P (self, auth_parameters[i].offset);

      if (!rungs_slice_case_equal (name, auth_parameters[i].name))
        continue;
      if (field->data == NULL)
        *field = rungs_slice (value.data != NULL ? value.data : "", value.length);
      else if (field == &self->gssapi)
        self->token_twice = TRUE;
      return;
    }
  if (rungs_slice_case_equal_string (name, "stale"))
    self->stale = rungs_slice_case_equal_string (value, "true");
}

static void
auth_fact_read (RungsAuthFact *self, const AuthHeader *header, RungsSlice value)
{
  RungsSipAuth auth;
  RungsSlice rest;
  RungsSlice name;
  RungsSlice parameter;

  *self = (RungsAuthFact){ .role = header->role, .proxy = header->proxy, .value = value };
  rungs_sip_auth_parse (&auth, value);
  self->scheme = auth.scheme;
  self->scheme_name = auth.scheme_name;
  rest = auth.parameters;
  while (rungs_sip_auth_next (&rest, &name, &parameter))
    take_parameter (self, name, parameter);
  self->token = rungs_token_identify (self->gssapi);
}

guint
rungs_auth_facts_collect (const RungsSipMessage *sip, GArray *facts)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (auth_headers); i++)
    for (const RungsSipHeader *header = rungs_sip_message_first (sip, auth_headers[i].header);
         header != NULL && n < RUNGS_MAX_AUTH_FACTS;
         header = rungs_sip_message_next (sip, header))
      {
        RungsAuthFact fact;

        auth_fact_read (&fact, &auth_headers[i], header->value);
        g_array_append_val (facts, fact);
        n++;
      }
  return n;
}

RungsSlice
rungs_auth_fact_get_host (const RungsAuthFact *self)
{
  gssize slash = rungs_slice_find_char (self->targetname, 0, '/');

  return slash >= 0 ? rungs_slice_skip (self->targetname, slash + 1) : self->targetname;
}

gboolean
rungs_auth_fact_is_proof (const RungsAuthFact *self)
{
  switch ((RungsTokenKind) self->token)
    {
    case RUNGS_TOKEN_NTLM_AUTHENTICATE:
    case RUNGS_TOKEN_KRB_AP_REQ:
      return TRUE;
    case RUNGS_TOKEN_NONE:
      return self->signature.length > 0 || self->scheme == RUNGS_SIP_SCHEME_BASIC;
    default:
      return FALSE;
    }
}

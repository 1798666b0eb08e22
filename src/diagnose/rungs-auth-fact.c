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

/* Where the value of a parameter goes; the names of one length stand together. */
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
  AUTH_PARAMETER ("cnum", number),           AUTH_PARAMETER ("snum", number),
  AUTH_PARAMETER ("realm", realm),           AUTH_PARAMETER ("nonce", nonce),
  AUTH_PARAMETER ("crand", random),          AUTH_PARAMETER ("srand", random),
  AUTH_PARAMETER ("opaque", opaque),         AUTH_PARAMETER ("version", version),
  AUTH_PARAMETER ("rspauth", signature),     AUTH_PARAMETER ("sts-uri", sts_uri),
  AUTH_PARAMETER ("response", signature),    AUTH_PARAMETER ("username", username),
  AUTH_PARAMETER ("targetname", targetname), AUTH_PARAMETER ("gssapi-data", gssapi),
};

static RungsSlice *
find_field (RungsAuthFact *self, RungsSlice name)
{
  static const guint8 first_of_length[] = {
    [4] = 0, [5] = 2, [6] = 6, [7] = 7, [8] = 10, [10] = 12, [11] = 13
  };

  if (name.length >= G_N_ELEMENTS (first_of_length))
    return NULL;
  for (guint i = first_of_length[name.length];
       i < G_N_ELEMENTS (auth_parameters) && auth_parameters[i].name.length == name.length;
       i++)
    if (rungs_slice_case_equal (name, auth_parameters[i].name))
      return &G_STRUCT_MEMBER (RungsSlice, self, auth_parameters[i].offset);
  return NULL;
}

static void
take_parameter (RungsAuthFact *self, RungsSlice name, RungsSlice value)
{
  RungsSlice *field = find_field (self, name);

  if (field == NULL && rungs_slice_case_equal_string (name, "stale"))
    self->stale = rungs_slice_case_equal_string (value, "true");
  else if (field != NULL && field->data == NULL)
    *field = rungs_slice (value.data != NULL ? value.data : "", value.length);
  else if (field == &self->gssapi)
    self->token_twice = TRUE;
}

static void
auth_fact_read (RungsAuthFact *self, const AuthHeader *header, RungsSlice value)
{
  RungsSipAuth auth;
  RungsSlice rest;
  RungsSlice name;
  RungsSlice parameter;

  *self =
    (RungsAuthFact){ .role = header->role, .proxy = header->proxy, .header = header->header, .value = value };
  rungs_sip_auth_parse (&auth, value);
  self->scheme = auth.scheme;
  self->scheme_name = auth.scheme_name;
  rest = auth.parameters;
  while (rungs_sip_auth_next (&rest, &name, &parameter))
    take_parameter (self, name, parameter);
  self->token = rungs_token_identify (self->gssapi);
}

/* What lies in @from, at the same place of @to; what lies elsewhere, where it is. */
static void
move_slice (RungsSlice *slice, RungsSlice from, RungsSlice to)
{
  if (slice->data >= from.data && slice->data <= rungs_slice_end (from))
    slice->data = to.data + (slice->data - from.data);
}

/* @self is of another header with the same bytes: makes it one of @value. */
static void
auth_fact_move (RungsAuthFact *self, RungsSlice value)
{
  RungsSlice from = self->value;

  move_slice (&self->value, from, value);
  move_slice (&self->scheme_name, from, value);
  for (guint i = 0; i < G_N_ELEMENTS (auth_parameters); i++)
    move_slice (&G_STRUCT_MEMBER (RungsSlice, self, auth_parameters[i].offset), from, value);
}

/* Where a header is remembered: by its length and some bytes of its middle, which differ where a token or signature does. */
static RungsAuthFact *
find_place (RungsAuthMemory *memory, RungsSlice value)
{
  guint64 hash = rungs_slice_hash (rungs_slice_sub (value, value.length / 2, 8), value.length);

  return &memory->facts[(hash >> 8) % G_N_ELEMENTS (memory->facts)];
}

guint
rungs_auth_facts_collect (const RungsSipMessage *sip, RungsAuthMemory *memory, GArray *facts)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (auth_headers); i++)
    for (const RungsSipHeader *header = rungs_sip_message_first (sip, auth_headers[i].header);
         header != NULL && n < RUNGS_MAX_AUTH_FACTS;
         header = rungs_sip_message_next (sip, header))
      {
        RungsAuthFact *known = find_place (memory, header->value);

        if (known->header == header->id && rungs_slice_equal (known->value, header->value))
          auth_fact_move (known, header->value);
        else
          auth_fact_read (known, &auth_headers[i], header->value);
        g_array_append_vals (facts, known, 1);
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

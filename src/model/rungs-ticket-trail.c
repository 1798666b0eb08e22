/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How clients came by their tickets.  See rungs-ticket-trail.h.
 *
 * One pass over the REGISTERs finds challenges and proofs; each proof is followed back by the hashes of its tickets, so that
 * Kerberos messages of others at the same KDC are never looked at for long. */

#include "config.h"

#include "rungs-kerberos-correlation.h"
#include "rungs-kerberos.h"
#include "rungs-ntlm.h"
#include "rungs-sip-auth.h"
#include "rungs-text.h"
#include "rungs-ticket-trail.h"
#include "rungs-token.h"

#define MAX_LOOKED    4096 /* REGISTERs and challenges that are parsed */
#define MAX_REFERRALS 8
#define MAX_BEFORE    64                    /* Kerberos messages looked at for attempts before a success */
#define ATTEMPTS_TIME (60 * G_USEC_PER_SEC) /* attempts that belong together */
#define SEARCHED_TIME (10 * G_USEC_PER_SEC) /* a client looks for a ticket at once, or never */
#define MAX_NAME      64
#define COPIES        (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_RELAYED | RUNGS_MESSAGE_DUPLICATE)

/* One registration on its way through the selection. */
typedef struct
{
  guint32 challenge;     /* the answer that offers Kerberos, RUNGS_NO_MESSAGE */
  RungsSlice targetname; /* of that offer */
  gint64 searched_until; /* when the client sent its next request after it, RUNGS_TIME_NONE: not yet */
  guint32
    authenticate; /* the request with an AUTHENTICATE_MESSAGE that is not answered yet, RUNGS_NO_MESSAGE */
  gboolean has_ticket;  /* it sent an AP-REQ */
  gboolean knows_logon; /* an AS exchange has been told */
  GHashTable *tickets;  /* guint64: those that were told */
} Login;

struct _RungsTicketTrail
{
  GArray *steps; /* RungsTicketStep */
  char *domain;
  char *service;
};

typedef struct
{
  RungsTicketTrail *trail;
  RungsTrace *trace;
  RungsSelection *selection;
  gboolean hidden;
  GHashTable *logins; /* flow → Login */
  GHashTable *told;   /* index + 1 of a Kerberos message that is a step already */
  RungsSipMessage sip;
  guint n_looked;
} Maker;

static void
login_free (gpointer data)
{
  Login *login = data;

  g_hash_table_unref (login->tickets);
  g_free (login);
}

static Login *
get_login (Maker *self, guint32 flow)
{
  Login *login = g_hash_table_lookup (self->logins, GUINT_TO_POINTER (flow + 1));

  if (login == NULL)
    {
      login = g_new0 (Login, 1);
      login->challenge = RUNGS_NO_MESSAGE;
      login->authenticate = RUNGS_NO_MESSAGE;
      login->searched_until = RUNGS_TIME_NONE;
      login->tickets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (self->logins, GUINT_TO_POINTER (flow + 1), login);
    }
  return login;
}

/* The position of the first message of the selection after @time. */
static guint
find_position (Maker *self, gint64 time)
{
  guint low = 0;
  guint high = rungs_selection_get_length (self->selection);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const RungsMessageInfo *info =
        rungs_trace_get_message (self->trace, rungs_selection_get (self->selection, middle));

      if (info->time == RUNGS_TIME_NONE || info->time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_kerberos (Maker *self, guint32 kerberos, guint32 message)
{
  gint64 time = rungs_trace_get_kerberos (self->trace, kerberos)->time;
  RungsTicketStep step = { RUNGS_TICKET_KERBEROS, kerberos, message, find_position (self, time), time };

  if (g_hash_table_add (self->told, GUINT_TO_POINTER (kerberos + 1)))
    g_array_append_val (self->trail->steps, step);
}

/* What stands in front of @position and has no time of its own: behind everything that has one before @before. */
static void
add_hidden (Maker *self, RungsTicketStepKind kind, guint32 message, guint position, gint64 before)
{
  RungsTicketStep step = { kind, RUNGS_NO_KERBEROS, message, position, before };

  if (self->hidden)
    g_array_append_val (self->trail->steps, step);
}

static gboolean
is_same_host (Maker *self, guint32 a, guint32 b)
{
  return rungs_address_equal_host (&rungs_trace_get_endpoint (self->trace, a)->address,
                                   &rungs_trace_get_endpoint (self->trace, b)->address);
}

static gboolean
is_request (const RungsKerberosInfo *info)
{
  return info->type == RUNGS_KERBEROS_AS_REQ || info->type == RUNGS_KERBEROS_TGS_REQ;
}

/* A request, its reply, and the request again where it was repeated. */
static void
add_exchange (Maker *self, guint32 request, guint32 message)
{
  const RungsKerberosInfo *asked = rungs_trace_get_kerberos (self->trace, request);

  add_kerberos (self, request, message);
  for (guint32 i = request + 1; i < MIN (request + MAX_BEFORE, rungs_trace_get_n_kerberos (self->trace)); i++)
    {
      const RungsKerberosInfo *info = rungs_trace_get_kerberos (self->trace, i);

      if (info->source == asked->source && info->destination == asked->destination && !info->repeated)
        break;
      if (info->repeated && info->source == asked->source && info->destination == asked->destination)
        add_kerberos (self, i, message);
    }
  if (asked->other != RUNGS_NO_KERBEROS)
    add_kerberos (self, asked->other, message);
}

/* What a request asks for: "sip/pool01.contoso.example" for whom, as far as it says so. */
static char *
dup_wish (Maker *self, guint32 request)
{
  RungsKerberos message;
  g_autofree char *client = NULL;
  g_autofree char *service = NULL;

  if (!rungs_kerberos_parse (&message, rungs_trace_get_kerberos_bytes (self->trace, request)))
    return g_strdup ("");
  client = rungs_kerberos_dup_name (message.cname);
  service = rungs_kerberos_dup_name (message.sname);
  return g_strdup_printf ("%s %s", client, service);
}

/* The attempts before @request: of the same client, for the same names, not long before, that came to nothing. */
static void
add_attempts (Maker *self, guint32 request, guint32 message)
{
  const RungsKerberosInfo *asked = rungs_trace_get_kerberos (self->trace, request);
  g_autofree char *wish = dup_wish (self, request);

  for (guint i = 0; i < MAX_BEFORE && i < request; i++)
    {
      guint32 index = request - 1 - i;
      const RungsKerberosInfo *info = rungs_trace_get_kerberos (self->trace, index);
      g_autofree char *other_wish = NULL;

      if (info->time == RUNGS_TIME_NONE || asked->time - info->time > ATTEMPTS_TIME)
        return;
      if (info->type != asked->type || !is_same_host (self, info->source, asked->source))
        continue;
      other_wish = dup_wish (self, index);
      if (g_ascii_strcasecmp (wish, other_wish) != 0)
        continue;
      if (info->other != RUNGS_NO_KERBEROS &&
          rungs_trace_get_kerberos (self->trace, info->other)->type != RUNGS_KERBEROS_ERROR)
        return;
      add_exchange (self, index, message);
    }
}

/* Tells how the ticket that @reply hands out was come by. Returns: whether the user's logon is in the capture */
static gboolean
add_origin (Maker *self, guint32 reply, guint32 message)
{
  for (guint i = 0; i <= MAX_REFERRALS && reply != RUNGS_NO_KERBEROS; i++)
    {
      const RungsKerberosInfo *info = rungs_trace_get_kerberos (self->trace, reply);

      add_kerberos (self, reply, message);
      if (info->other != RUNGS_NO_KERBEROS)
        {
          add_exchange (self, info->other, message);
          add_attempts (self, info->other, message);
        }
      if (info->type == RUNGS_KERBEROS_AS_REP)
        return TRUE;
      if (info->other == RUNGS_NO_KERBEROS)
        return FALSE;
      reply = rungs_trace_find_ticket (self->trace,
                                       rungs_trace_get_kerberos (self->trace, info->other)->shown_ticket);
    }
  return FALSE;
}

/* The first step of @message that has a time of its own, or its own position: there the logon that is not in the trace stands. */
static void
add_hidden_logon (Maker *self, guint32 message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  guint position = rungs_selection_find (self->selection, message);
  gint64 before = info->time;

  for (guint i = 0; i < self->trail->steps->len; i++)
    {
      const RungsTicketStep *step = &g_array_index (self->trail->steps, RungsTicketStep, i);

      if (step->message == message &&
          (step->position < position || (step->position == position && step->order < before)))
        {
          position = step->position;
          before = step->order;
        }
    }
  /* One µs before it, as the order of equal ones is that of adding. */
  before = before != RUNGS_TIME_NONE ? before - 1 : before;
  add_hidden (self, RUNGS_TICKET_AS_REQ, message, position, before);
  add_hidden (self, RUNGS_TICKET_AS_REP, message, position, before);
}

static void
add_ticket (Maker *self, Login *login, guint32 message, const RungsKerberos *request)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  guint64 ticket = rungs_kerberos_hash_ticket (request->ticket.bytes);
  guint32 reply = rungs_trace_find_ticket (self->trace, ticket);
  guint position = rungs_selection_find (self->selection, message);
  gboolean logon = FALSE;

  login->has_ticket = TRUE;
  if (ticket == 0 || !g_hash_table_add (login->tickets, g_memdup2 (&ticket, sizeof ticket)))
    return;
  if (self->trail->service == NULL)
    self->trail->service = rungs_kerberos_dup_name (request->ticket.sname);
  if (reply != RUNGS_NO_KERBEROS)
    logon = add_origin (self, reply, message);
  if (!logon && !login->knows_logon)
    add_hidden_logon (self, message);
  login->knows_logon = TRUE;
  if (reply != RUNGS_NO_KERBEROS)
    return;
  add_hidden (self, RUNGS_TICKET_TGS_REQ, message, position, info->time);
  add_hidden (self, RUNGS_TICKET_TGS_REP, message, position, info->time);
  if (self->hidden && self->trail->domain == NULL && request->ticket.realm.length > 0)
    self->trail->domain = rungs_text_display_max (request->ticket.realm, MAX_NAME);
}

static void
keep_domain (Maker *self, const RungsNtlm *ntlm)
{
  enum
  {
    DNS_DOMAIN_NAME = 4
  };
  RungsSlice name = rungs_ntlm_find_pair (ntlm->blob_info, DNS_DOMAIN_NAME);

  if (self->trail->domain != NULL || !self->hidden)
    return;
  if (name.length > 0)
    self->trail->domain = rungs_ntlm_dup_text (name, RUNGS_NTLM_FLAG_UNICODE);
  else if (ntlm->domain.length > 0)
    self->trail->domain = rungs_ntlm_dup_text (ntlm->domain, ntlm->flags);
}

static void
look_at_token (Maker *self, Login *login, guint32 message, RungsSlice base64)
{
  RungsTokenKind kind = rungs_token_identify (base64);
  g_autoptr (GBytes) bytes = NULL;
  RungsKerberos request;
  RungsNtlm ntlm;
  RungsSlice token;

  if (kind != RUNGS_TOKEN_KRB_AP_REQ && kind != RUNGS_TOKEN_NTLM_AUTHENTICATE)
    return;
  bytes = rungs_token_decode_base64 (base64);
  if (bytes == NULL)
    return;
  token = rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (kind == RUNGS_TOKEN_KRB_AP_REQ && rungs_kerberos_parse (&request, rungs_kerberos_find (token)))
    add_ticket (self, login, message, &request);
  else if (kind == RUNGS_TOKEN_NTLM_AUTHENTICATE && rungs_ntlm_parse (&ntlm, token))
    {
      login->authenticate = message;
      keep_domain (self, &ntlm);
    }
}

static void
look_at_request (Maker *self, Login *login, guint32 message, const RungsMessageInfo *info)
{
  static const RungsSipHeaderId headers[] = {
    RUNGS_SIP_HEADER_AUTHORIZATION,
    RUNGS_SIP_HEADER_PROXY_AUTHORIZATION,
  };

  if (login->challenge != RUNGS_NO_MESSAGE && login->searched_until == RUNGS_TIME_NONE)
    login->searched_until = info->time;
  if ((info->flags & RUNGS_MESSAGE_CREDENTIALS) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      RungsSipAuth auth;

      rungs_sip_auth_parse (&auth, rungs_sip_message_get (&self->sip, headers[i]));
      look_at_token (self, login, message, rungs_sip_auth_get (&auth, "gssapi-data"));
    }
}

static void
look_at_answer (Maker *self, Login *login, guint32 message, const RungsMessageInfo *info)
{
  if (login->authenticate != RUNGS_NO_MESSAGE &&
      rungs_trace_get_message (self->trace, login->authenticate)->cseq == info->cseq)
    {
      login->authenticate = RUNGS_NO_MESSAGE;
      add_hidden (self,
                  RUNGS_TICKET_LOGON_QUESTION,
                  message,
                  rungs_selection_find (self->selection, message),
                  info->time);
    }
  for (const RungsSipHeader *header = rungs_sip_message_first (&self->sip, RUNGS_SIP_HEADER_WWW_AUTHENTICATE);
       header != NULL && login->challenge == RUNGS_NO_MESSAGE;
       header = rungs_sip_message_next (&self->sip, header))
    {
      RungsSipAuth auth;

      rungs_sip_auth_parse (&auth, header->value);
      if (auth.scheme != RUNGS_SIP_SCHEME_KERBEROS)
        continue;
      login->challenge = message;
      login->targetname = rungs_sip_auth_get (&auth, "targetname");
    }
}

static void
look_at_messages (Maker *self)
{
  guint length = rungs_selection_get_length (self->selection);

  for (guint i = 0; i < length && self->n_looked < MAX_LOOKED; i++)
    {
      guint32 message = rungs_selection_get (self->selection, i);
      const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
      const RungsFlowInfo *flow = rungs_trace_get_flow (self->trace, info->flow);
      Login *login;

      if (info->method != RUNGS_SIP_METHOD_REGISTER || (info->flags & COPIES) != 0 ||
          flow->kind != RUNGS_FLOW_REGISTRATION || (flow->flags & RUNGS_FLOW_MICROSOFT) == 0 ||
          (info->status > 0 && info->status < 200))
        continue;
      login = get_login (self, info->flow);
      /* A refresh or its answer proves nothing new. */
      if (info->status / 100 == 2 && login->authenticate == RUNGS_NO_MESSAGE)
        continue;
      self->n_looked++;
      rungs_trace_parse (self->trace, message, 0, &self->sip);
      if (info->status == 0)
        look_at_request (self, login, message, info);
      else
        look_at_answer (self, login, message, info);
    }
}

/* Whether @request, which the client sent after it was offered Kerberos, is for that: for the server itself, or for a TGT of this
 * or another realm on the way to it. */
static gboolean
is_for_offer (Maker *self, const Login *login, guint32 request)
{
  RungsKerberos message;
  g_autofree char *service = NULL;
  RungsSlice name;

  if (!rungs_kerberos_parse (&message, rungs_trace_get_kerberos_bytes (self->trace, request)))
    return FALSE;
  service = rungs_kerberos_dup_name (message.sname);
  name = rungs_slice_from_string (service);
  return rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("krbtgt/")) ||
         rungs_slice_case_equal (name, login->targetname);
}

/* The first Kerberos message that is not before @time. */
static guint
find_kerberos (RungsTrace *trace, gint64 time)
{
  guint low = 0;
  guint high = rungs_trace_get_n_kerberos (trace);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rungs_trace_get_kerberos (trace, middle)->time < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Where the client was offered Kerberos and sent no ticket, what it asked the KDC for in vain. */
static void
add_search (Maker *self, const Login *login)
{
  const RungsMessageInfo *challenge = rungs_trace_get_message (self->trace, login->challenge);
  gint64 end = challenge->time + SEARCHED_TIME;

  if (challenge->time == RUNGS_TIME_NONE)
    return;
  if (login->searched_until != RUNGS_TIME_NONE)
    end = MIN (end, login->searched_until);
  for (guint i = find_kerberos (self->trace, challenge->time); i < rungs_trace_get_n_kerberos (self->trace);
       i++)
    {
      const RungsKerberosInfo *info = rungs_trace_get_kerberos (self->trace, i);

      if (info->time > end)
        break;
      if (!is_request (info) || !is_same_host (self, info->source, challenge->destination) ||
          !is_for_offer (self, login, i))
        continue;
      add_exchange (self, i, login->challenge);
      add_origin (self, rungs_trace_find_ticket (self->trace, info->shown_ticket), login->challenge);
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const RungsTicketStep *x = a;
  const RungsTicketStep *y = b;

  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  /* Of one time: as they stand in the capture, and the hidden ones as they were added, which their kinds are numbered for. */
  if (x->kind != y->kind)
    return (int) x->kind - (int) y->kind;
  return x->kerberos < y->kerberos ? -1 : x->kerberos > y->kerberos;
}

RungsTicketTrail *
rungs_ticket_trail_new (RungsSelection *selection, gboolean hidden)
{
  RungsTicketTrail *self;
  Maker maker = { 0 };
  GHashTableIter iter;
  gpointer login;

  g_return_val_if_fail (selection != NULL, NULL);

  self = g_new0 (RungsTicketTrail, 1);
  self->steps = g_array_new (FALSE, FALSE, sizeof (RungsTicketStep));
  maker.trail = self;
  maker.trace = rungs_selection_get_trace (selection);
  if (!hidden && rungs_trace_get_n_kerberos (maker.trace) == 0)
    return self;
  maker.selection = selection;
  maker.hidden = hidden;
  maker.logins = g_hash_table_new_full (NULL, NULL, NULL, login_free);
  maker.told = g_hash_table_new (NULL, NULL);
  rungs_sip_message_init (&maker.sip);
  look_at_messages (&maker);
  g_hash_table_iter_init (&iter, maker.logins);
  while (g_hash_table_iter_next (&iter, NULL, &login))
    if (!((Login *) login)->has_ticket && ((Login *) login)->challenge != RUNGS_NO_MESSAGE)
      add_search (&maker, login);
  g_array_sort (self->steps, compare_steps);
  rungs_sip_message_clear (&maker.sip);
  g_hash_table_unref (maker.logins);
  g_hash_table_unref (maker.told);
  return self;
}

void
rungs_ticket_trail_free (RungsTicketTrail *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->steps);
  g_free (self->domain);
  g_free (self->service);
  g_free (self);
}

guint
rungs_ticket_trail_get_length (const RungsTicketTrail *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->steps->len;
}

const RungsTicketStep *
rungs_ticket_trail_get (const RungsTicketTrail *self, guint step)
{
  g_return_val_if_fail (self != NULL && step < self->steps->len, NULL);
  return &g_array_index (self->steps, RungsTicketStep, step);
}

guint
rungs_ticket_trail_find (const RungsTicketTrail *self, guint position)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, 0);

  high = self->steps->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->steps, RungsTicketStep, middle).position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const char *
rungs_ticket_trail_get_domain (const RungsTicketTrail *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->domain;
}

const char *
rungs_ticket_trail_get_service (const RungsTicketTrail *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->service;
}

gboolean
rungs_ticket_step_is_request (const RungsTicketStep *self, RungsTrace *trace)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->kind == RUNGS_TICKET_KERBEROS)
    return is_request (rungs_trace_get_kerberos (trace, self->kerberos));
  return self->kind != RUNGS_TICKET_AS_REP && self->kind != RUNGS_TICKET_TGS_REP;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its row of facts.  See rungs-message-fact.h. */

#include "config.h"

#include "rungs-message-fact.h"
#include "rungs-sip-address.h"
#include "rungs-sip-via.h"

/* The URI without its parameters, as people compare addresses. */
static RungsSlice
address_of (const RungsSipAddress *address)
{
  const RungsSipUri *uri = &address->uri;
  const char *begin = uri->user.length > 0 ? uri->user.data : uri->host.data;

  return begin != NULL && uri->host.data >= begin ? rungs_slice (begin, rungs_slice_end (uri->host) - begin)
                                                  : RUNGS_SLICE_EMPTY;
}

/* @part of the value @from, as the same part of @to, whose bytes are the same. */
static RungsSlice
move_slice (RungsSlice part, RungsSlice from, RungsSlice to)
{
  return part.data != NULL ? rungs_slice (to.data + (part.data - from.data), part.length) : part;
}

/* The one of @earlier whose slice at @offset has the bytes of @value, or NULL. */
static const RungsMessageFact *
find_same (const RungsEarlierFacts earlier, gsize offset, RungsSlice value)
{
  for (guint i = 0; i < 2; i++)
    if (earlier[i] != NULL && rungs_slice_equal (G_STRUCT_MEMBER (RungsSlice, earlier[i], offset), value))
      return earlier[i];
  return NULL;
}

static void
read_from (RungsMessageFact *fact, RungsSlice value, const RungsEarlierFacts earlier)
{
  const RungsMessageFact *same = find_same (earlier, G_STRUCT_OFFSET (RungsMessageFact, from), value);
  RungsSipAddress address;

  fact->from = value;
  if (same != NULL)
    {
      fact->from_address = move_slice (same->from_address, same->from, value);
      fact->from_tag = move_slice (same->from_tag, same->from, value);
      fact->epid = move_slice (same->epid, same->from, value);
      return;
    }
  rungs_sip_address_parse (&address, value);
  fact->from_address = address_of (&address);
  fact->from_tag = address.tag;
  fact->epid = rungs_sip_address_get_parameter (&address, "epid");
}

static void
read_to (RungsMessageFact *fact, RungsSlice value, const RungsEarlierFacts earlier)
{
  const RungsMessageFact *same = find_same (earlier, G_STRUCT_OFFSET (RungsMessageFact, to), value);
  RungsSipAddress address;

  fact->to = value;
  if (same != NULL)
    {
      fact->to_address = move_slice (same->to_address, same->to, value);
      fact->to_tag = move_slice (same->to_tag, same->to, value);
      return;
    }
  rungs_sip_address_parse (&address, value);
  fact->to_address = address_of (&address);
  fact->to_tag = address.tag;
}

/* Whether @received, the address that a server saw, is another than the one in Via.  A name there may well belong to the address,
 * and a port of its own is no sign: who sends over TCP writes the port where he listens (RFC 3261, 18.1.1), and some send UDP from
 * another one. */
static gboolean
is_translated (RungsSlice host, RungsSlice received)
{
  RungsAddress written;
  RungsAddress seen;

  return rungs_address_parse_host (&written, host) && rungs_address_parse_host (&seen, received) &&
         written.kind != RUNGS_ADDRESS_NAME && !rungs_address_equal (&written, &seen);
}

static void
read_top_via (RungsMessageFact *fact, RungsSlice value, const RungsEarlierFacts earlier)
{
  const RungsMessageFact *same = find_same (earlier, G_STRUCT_OFFSET (RungsMessageFact, via), value);
  RungsSipVia via;

  fact->via = value;
  if (same != NULL)
    {
      fact->branch = move_slice (same->branch, same->via, value);
      fact->flags |= same->flags & (RUNGS_FACT_BRANCH_MAGIC | RUNGS_FACT_NAT);
      return;
    }
  rungs_sip_via_parse (&via, value);
  fact->branch = via.branch;
  if (rungs_slice_case_starts_with (via.branch, RUNGS_SLICE_LITERAL ("z9hG4bK")))
    fact->flags |= RUNGS_FACT_BRANCH_MAGIC;
  if (is_translated (via.host, via.received))
    fact->flags |= RUNGS_FACT_NAT;
}

static void
read_vias (RungsMessageFact *fact, const RungsSipMessage *sip, const RungsEarlierFacts earlier)
{
  const RungsSipHeader *top = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_VIA);

  if (top == NULL || top->value.length == 0)
    return;
  read_top_via (fact, top->value, earlier);
  if (rungs_slice_find_char (top->value, 0, ',') < 0 && rungs_sip_message_next (sip, top) == NULL)
    fact->flags |= RUNGS_FACT_ONE_VIA;
}

static void
read_diagnostics (RungsMessageFact *fact, const RungsSipMessage *sip)
{
  RungsSlice text = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_DIAGNOSTICS);
  RungsSlice rest;
  RungsSlice item;
  guint64 number;

  if (text.length == 0)
    text = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_DIAGNOSTICS_PUBLIC);
  fact->diagnostics_text = text;
  rest = text;
  while (fact->diagnostics == 0 && rungs_scan_item (&rest, ';', &item))
    if (rungs_slice_to_uint64 (item, &number) && number <= G_MAXUINT32)
      fact->diagnostics = (guint32) number;
}

static RungsSlice
get_instance (RungsSlice contact)
{
  return rungs_sip_address_peek_parameter (contact, "+sip.instance");
}

/* The binding of the client's own Contact in an answer: fills in what it grants. */
static void
take_binding (RungsMessageFact *fact, RungsSlice contact)
{
  guint64 seconds;

  fact->contact = contact;
  fact->instance = get_instance (contact);
  if (rungs_slice_to_uint64 (rungs_sip_address_peek_parameter (contact, "expires"), &seconds) &&
      seconds <= G_MAXUINT32)
    fact->expires = (gint64) seconds;
}

/* A Contact is known by its instance, and without one by its user and where it is. */
static gboolean
is_contact_of (RungsSlice contact, const RungsMessageFact *request, const RungsSipAddress *own)
{
  RungsSipAddress address;

  if (request->instance.length > 0)
    return rungs_slice_case_equal (request->instance, get_instance (contact));
  rungs_sip_address_parse (&address, contact);
  return rungs_slice_equal (own->uri.user, address.uri.user) &&
         rungs_slice_case_equal (own->uri.host, address.uri.host) && own->uri.port == address.uri.port;
}

/* The lifetime of the client's own binding: an answer lists those of the user's other endpoints, too. */
void
rungs_message_fact_read_binding (RungsMessageFact *fact,
                                 const RungsSipMessage *sip,
                                 const RungsMessageFact *request)
{
  RungsSipAddress own;

  if (request->instance.length == 0)
    rungs_sip_address_parse (&own, request->contact);
  for (const RungsSipHeader *header = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_CONTACT); header != NULL;
       header = rungs_sip_message_next (sip, header))
    {
      RungsSlice rest = header->value;
      RungsSlice item;

      while (rungs_scan_item (&rest, ',', &item))
        {
          if (is_contact_of (item, request, &own))
            {
              take_binding (fact, item);
              return;
            }
        }
    }
}

static void
read_flags (RungsMessageFact *fact, const RungsSipMessage *sip)
{
  static const struct
  {
    RungsSipHeaderId header;
    guint flag;
  } presence[] = {
    { RUNGS_SIP_HEADER_VIA, RUNGS_FACT_HAS_VIA },
    { RUNGS_SIP_HEADER_FROM, RUNGS_FACT_HAS_FROM },
    { RUNGS_SIP_HEADER_TO, RUNGS_FACT_HAS_TO },
    { RUNGS_SIP_HEADER_CALL_ID, RUNGS_FACT_HAS_CALL_ID },
    { RUNGS_SIP_HEADER_CSEQ, RUNGS_FACT_HAS_CSEQ },
    { RUNGS_SIP_HEADER_MAX_FORWARDS, RUNGS_FACT_HAS_MAX_FORWARDS },
    { RUNGS_SIP_HEADER_CONTACT, RUNGS_FACT_HAS_CONTACT },
    { RUNGS_SIP_HEADER_DATE, RUNGS_FACT_HAS_DATE },
    { RUNGS_SIP_HEADER_RECORD_ROUTE, RUNGS_FACT_HAS_RECORD_ROUTE },
  };
  const guint broken = RUNGS_MESSAGE_MALFORMED | RUNGS_RECORD_TRUNCATED | RUNGS_RECORD_GAP;
  RungsSlice logon = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_USER_LOGON_DATA);
  const RungsMessageInfo *info = fact->info;

  for (guint i = 0; i < G_N_ELEMENTS (presence); i++)
    if (rungs_sip_message_has (sip, presence[i].header))
      fact->flags |= presence[i].flag;
  if (sip->kind == RUNGS_SIP_KIND_REQUEST)
    fact->flags |= RUNGS_FACT_REQUEST;
  if ((info->flags & broken) == 0 && sip->kind != RUNGS_SIP_KIND_MALFORMED)
    fact->flags |= RUNGS_FACT_WHOLE;
  if (rungs_slice_case_equal_string (logon, "RemoteUser"))
    fact->flags |= RUNGS_FACT_REMOTE_USER;
  if (info->transport != RUNGS_TRANSPORT_UDP && info->transport != RUNGS_TRANSPORT_UNKNOWN)
    fact->flags |= RUNGS_FACT_TCP_LIKE;
}

/* Where nothing but the method makes a request a REGISTER: whether it removes, and whom it asks. */
static void
read_register (RungsMessageFact *fact, const RungsSipMessage *sip, const RungsEarlierFacts earlier)
{
  const RungsMessageFact *same =
    find_same (earlier, G_STRUCT_OFFSET (RungsMessageFact, contact), fact->contact);
  RungsSipUri uri;

  rungs_sip_uri_parse (&uri, sip->request_uri);
  if (uri.user.length > 0)
    fact->flags |= RUNGS_FACT_URI_HAS_USER;
  if (same != NULL && same->info->method == RUNGS_SIP_METHOD_REGISTER)
    fact->instance = move_slice (same->instance, same->contact, fact->contact);
  else
    fact->instance = get_instance (fact->contact);
  if (fact->expires == 0)
    fact->flags |= RUNGS_FACT_REMOVAL;
  if (rungs_sip_address_is_star (fact->contact))
    fact->flags |= RUNGS_FACT_REMOVAL;
}

static void
read_headers (RungsMessageFact *fact, const RungsSipMessage *sip)
{
  static const guint16 kept[RUNGS_N_FACT_HEADERS] = {
    [RUNGS_FACT_HEADER_REASON] = RUNGS_SIP_HEADER_REASON,
    [RUNGS_FACT_HEADER_RETRY_AFTER] = RUNGS_SIP_HEADER_RETRY_AFTER,
    [RUNGS_FACT_HEADER_RSEQ] = RUNGS_SIP_HEADER_RSEQ,
    [RUNGS_FACT_HEADER_RACK] = RUNGS_SIP_HEADER_RACK,
    [RUNGS_FACT_HEADER_SESSION_EXPIRES] = RUNGS_SIP_HEADER_SESSION_EXPIRES,
    [RUNGS_FACT_HEADER_SUBSCRIPTION_STATE] = RUNGS_SIP_HEADER_SUBSCRIPTION_STATE,
    [RUNGS_FACT_HEADER_REPLACES] = RUNGS_SIP_HEADER_REPLACES,
    [RUNGS_FACT_HEADER_REFER_TO] = RUNGS_SIP_HEADER_REFER_TO,
    [RUNGS_FACT_HEADER_REQUIRE] = RUNGS_SIP_HEADER_REQUIRE,
    [RUNGS_FACT_HEADER_UNSUPPORTED] = RUNGS_SIP_HEADER_UNSUPPORTED,
    [RUNGS_FACT_HEADER_DIVERSION] = RUNGS_SIP_HEADER_DIVERSION,
    [RUNGS_FACT_HEADER_HISTORY_INFO] = RUNGS_SIP_HEADER_HISTORY_INFO,
    [RUNGS_FACT_HEADER_RECORD_ROUTE] = RUNGS_SIP_HEADER_RECORD_ROUTE,
    [RUNGS_FACT_HEADER_ROUTE] = RUNGS_SIP_HEADER_ROUTE,
    [RUNGS_FACT_HEADER_MAX_FORWARDS] = RUNGS_SIP_HEADER_MAX_FORWARDS,
    [RUNGS_FACT_HEADER_CONTENT_TYPE] = RUNGS_SIP_HEADER_CONTENT_TYPE,
    [RUNGS_FACT_HEADER_DATE] = RUNGS_SIP_HEADER_DATE,
    [RUNGS_FACT_HEADER_CLIENT_DIAGNOSTICS] = RUNGS_SIP_HEADER_MS_CLIENT_DIAGNOSTICS,
    [RUNGS_FACT_HEADER_KEEP_ALIVE] = RUNGS_SIP_HEADER_MS_KEEP_ALIVE,
  };

  for (guint i = 0; i < RUNGS_N_FACT_HEADERS; i++)
    fact->headers[i] = rungs_sip_message_get (sip, kept[i]);
  fact->body = sip->body;
  fact->request_uri = sip->request_uri;
}

void
rungs_message_fact_read (RungsMessageFact *fact, const RungsSipMessage *sip, const RungsEarlierFacts earlier)
{
  fact->expires = rungs_sip_message_get_expires (sip);
  fact->contact = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_CONTACT);
  fact->event = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_EVENT);
  fact->presence_state = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_PRESENCE_STATE);
  fact->warning = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_WARNING);
  fact->bytes = sip->bytes;
  fact->reason = sip->reason;
  fact->method_name = sip->method_name;
  rungs_sip_message_get_cseq (sip, NULL, &fact->cseq_method);
  read_headers (fact, sip);
  read_flags (fact, sip);
  read_from (fact, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM), earlier);
  read_to (fact, rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO), earlier);
  read_vias (fact, sip, earlier);
  read_diagnostics (fact, sip);
  if (sip->kind == RUNGS_SIP_KIND_REQUEST && sip->method == RUNGS_SIP_METHOD_REGISTER)
    read_register (fact, sip, earlier);
}

gboolean
rungs_message_fact_blames_nonce (const RungsMessageFact *fact)
{
  RungsSlice rest = fact->reason;
  RungsSlice word;

  while (rungs_scan_item (&rest, ' ', &word))
    if (rungs_slice_case_equal_string (word, "nonce"))
      return TRUE;
  return FALSE;
}

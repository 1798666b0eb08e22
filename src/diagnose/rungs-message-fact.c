/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its row of facts.  See rungs-message-fact.h. */

#include "config.h"

#include "rungs-message-fact.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-via.h"

/* Where the value of a header goes, and the flag that says that it is there. */
typedef struct
{
  guint16 offset; /* of a RungsSlice in RungsMessageFact, 0: nowhere */
  guint16 flag;
} Place;

#define PLACE(field, flag)                                                                                   \
  {                                                                                                          \
    G_STRUCT_OFFSET (RungsMessageFact, field), flag                                                          \
  }
#define KEPT(header, flag) PLACE (headers[RUNGS_FACT_HEADER_##header], flag)

static const Place places[RUNGS_N_SIP_HEADERS] = {
  [RUNGS_SIP_HEADER_VIA] = PLACE (via, RUNGS_FACT_HAS_VIA),
  [RUNGS_SIP_HEADER_FROM] = PLACE (from, RUNGS_FACT_HAS_FROM),
  [RUNGS_SIP_HEADER_TO] = PLACE (to, RUNGS_FACT_HAS_TO),
  [RUNGS_SIP_HEADER_CALL_ID] = { 0, RUNGS_FACT_HAS_CALL_ID },
  [RUNGS_SIP_HEADER_CSEQ] = { 0, RUNGS_FACT_HAS_CSEQ },
  [RUNGS_SIP_HEADER_CONTACT] = PLACE (contact, RUNGS_FACT_HAS_CONTACT),
  [RUNGS_SIP_HEADER_EVENT] = PLACE (event, 0),
  [RUNGS_SIP_HEADER_PRESENCE_STATE] = PLACE (presence_state, 0),
  [RUNGS_SIP_HEADER_WARNING] = PLACE (warning, 0),
  [RUNGS_SIP_HEADER_MS_DIAGNOSTICS] = PLACE (diagnostics_text, 0),
  [RUNGS_SIP_HEADER_REASON] = KEPT (REASON, 0),
  [RUNGS_SIP_HEADER_RETRY_AFTER] = KEPT (RETRY_AFTER, 0),
  [RUNGS_SIP_HEADER_RSEQ] = KEPT (RSEQ, 0),
  [RUNGS_SIP_HEADER_RACK] = KEPT (RACK, 0),
  [RUNGS_SIP_HEADER_SESSION_EXPIRES] = KEPT (SESSION_EXPIRES, 0),
  [RUNGS_SIP_HEADER_SUBSCRIPTION_STATE] = KEPT (SUBSCRIPTION_STATE, 0),
  [RUNGS_SIP_HEADER_REPLACES] = KEPT (REPLACES, 0),
  [RUNGS_SIP_HEADER_REFER_TO] = KEPT (REFER_TO, 0),
  [RUNGS_SIP_HEADER_REQUIRE] = KEPT (REQUIRE, 0),
  [RUNGS_SIP_HEADER_UNSUPPORTED] = KEPT (UNSUPPORTED, 0),
  [RUNGS_SIP_HEADER_DIVERSION] = KEPT (DIVERSION, 0),
  [RUNGS_SIP_HEADER_HISTORY_INFO] = KEPT (HISTORY_INFO, 0),
  [RUNGS_SIP_HEADER_RECORD_ROUTE] = KEPT (RECORD_ROUTE, RUNGS_FACT_HAS_RECORD_ROUTE),
  [RUNGS_SIP_HEADER_ROUTE] = KEPT (ROUTE, 0),
  [RUNGS_SIP_HEADER_MAX_FORWARDS] = KEPT (MAX_FORWARDS, RUNGS_FACT_HAS_MAX_FORWARDS),
  [RUNGS_SIP_HEADER_CONTENT_TYPE] = KEPT (CONTENT_TYPE, 0),
  [RUNGS_SIP_HEADER_DATE] = KEPT (DATE, RUNGS_FACT_HAS_DATE),
  [RUNGS_SIP_HEADER_MS_CLIENT_DIAGNOSTICS] = KEPT (CLIENT_DIAGNOSTICS, 0),
  [RUNGS_SIP_HEADER_MS_KEEP_ALIVE] = KEPT (KEEP_ALIVE, 0),
  [RUNGS_SIP_HEADER_EXPIRES] = KEPT (EXPIRES, 0),
};

/* Of headers that repeat the first counts. */
static void
read_headers (RungsMessageFact *self, const RungsSipMessage *sip)
{
  for (guint i = 0; i < sip->n_headers; i++)
    {
      const RungsSipHeader *header = &sip->headers[i];
      const Place *place = &places[header->id];

      if ((place->offset == 0 && place->flag == 0) || sip->first[header->id] != i + 1)
        continue;
      self->flags |= place->flag;
      if (place->offset != 0)
        G_STRUCT_MEMBER (RungsSlice, self, place->offset) = header->value;
    }
}

static void
read_diagnostics (RungsMessageFact *self, const RungsSipMessage *sip)
{
  RungsSlice rest;
  RungsSlice item;
  guint64 number;

  if (self->diagnostics_text.length == 0)
    self->diagnostics_text = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_DIAGNOSTICS_PUBLIC);
  rest = self->diagnostics_text;
  while (self->diagnostics == 0 && rungs_scan_item (&rest, ';', &item))
    if (rungs_slice_to_uint64 (item, &number) && number <= G_MAXUINT32)
      self->diagnostics = (guint32) number;
}

static void
read_flags (RungsMessageFact *self, const RungsSipMessage *sip)
{
  const guint broken = RUNGS_MESSAGE_MALFORMED | RUNGS_RECORD_TRUNCATED | RUNGS_RECORD_GAP;
  const RungsSipHeader *via = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_VIA);
  RungsSlice logon = rungs_sip_message_get (sip, RUNGS_SIP_HEADER_MS_USER_LOGON_DATA);
  const RungsMessageInfo *info = self->info;

  if (sip->kind == RUNGS_SIP_KIND_REQUEST)
    self->flags |= RUNGS_FACT_REQUEST;
  if ((info->flags & broken) == 0 && sip->kind != RUNGS_SIP_KIND_MALFORMED)
    self->flags |= RUNGS_FACT_WHOLE;
  if (rungs_slice_case_equal_string (logon, "RemoteUser"))
    self->flags |= RUNGS_FACT_REMOTE_USER;
  if (info->transport != RUNGS_TRANSPORT_UDP && info->transport != RUNGS_TRANSPORT_UNKNOWN)
    self->flags |= RUNGS_FACT_TCP_LIKE;
  if (self->via.length > 0 && via->next == 0 && rungs_slice_find_char (self->via, 0, ',') < 0)
    self->flags |= RUNGS_FACT_ONE_VIA;
}

void
rungs_message_fact_read (RungsMessageFact *self, const RungsSipMessage *sip)
{
  self->bytes = sip->bytes;
  self->request_uri = sip->request_uri;
  self->reason = sip->reason;
  self->method_name = self->cseq_method = sip->method_name;
  if (sip->kind == RUNGS_SIP_KIND_REQUEST)
    rungs_sip_message_get_cseq (sip, NULL, &self->cseq_method);
  self->body = sip->body;
  read_headers (self, sip);
  read_diagnostics (self, sip);
  read_flags (self, sip);
}

/* @part of the value @from, as the same part of @to, whose bytes are the same. */
static RungsSlice
move_slice (RungsSlice part, RungsSlice from, RungsSlice to)
{
  return part.data != NULL ? rungs_slice (to.data + (part.data - from.data), part.length) : part;
}

/* The earlier message whose @part is known and was taken from a value at @offset with the same bytes, or NULL. */
static const RungsMessageFact *
find_same (const RungsMessageFact *self, RungsFactPart part, gsize offset)
{
  RungsSlice value = G_STRUCT_MEMBER (RungsSlice, self, offset);

  for (guint i = 0; i < G_N_ELEMENTS (self->earlier); i++)
    {
      const RungsMessageFact *earlier = self->earlier[i];

      if (earlier != NULL && (earlier->known & 1u << part) != 0 &&
          rungs_slice_equal (G_STRUCT_MEMBER (RungsSlice, earlier, offset), value))
        return earlier;
    }
  return NULL;
}

/* The URI without its parameters, as people compare addresses. */
static RungsSlice
address_of (const RungsSipAddress *address)
{
  const RungsSipUri *uri = &address->uri;
  const char *begin = uri->user.length > 0 ? uri->user.data : uri->host.data;

  return begin != NULL && uri->host.data >= begin ? rungs_slice (begin, rungs_slice_end (uri->host) - begin)
                                                  : RUNGS_SLICE_EMPTY;
}

static void
take_from (RungsMessageFact *self)
{
  const RungsMessageFact *same =
    find_same (self, RUNGS_FACT_PART_FROM, G_STRUCT_OFFSET (RungsMessageFact, from));
  RungsSipAddress address;

  if (same != NULL)
    {
      self->from_address = move_slice (same->from_address, same->from, self->from);
      self->from_tag = move_slice (same->from_tag, same->from, self->from);
      self->epid = move_slice (same->epid, same->from, self->from);
      return;
    }
  rungs_sip_address_parse (&address, self->from);
  self->from_address = address_of (&address);
  self->from_tag = address.tag;
  self->epid = rungs_sip_address_get_parameter (&address, "epid");
}

static void
take_to (RungsMessageFact *self)
{
  const RungsMessageFact *same = find_same (self, RUNGS_FACT_PART_TO, G_STRUCT_OFFSET (RungsMessageFact, to));
  RungsSipAddress address;

  if (same != NULL)
    {
      self->to_address = move_slice (same->to_address, same->to, self->to);
      self->to_tag = move_slice (same->to_tag, same->to, self->to);
      return;
    }
  rungs_sip_address_parse (&address, self->to);
  self->to_address = address_of (&address);
  self->to_tag = address.tag;
}

/* Whether received, the address that a server saw, is another than the one in @via.  A name there may well belong to the address,
 * and a port of its own is no sign: who sends over TCP writes the port where he listens (RFC 3261, 18.1.1), and some send UDP from
 * another one. */
static gboolean
is_translated (RungsSlice text)
{
  RungsAddress written;
  RungsAddress seen;
  RungsSipVia via;

  rungs_sip_via_parse (&via, text);
  return rungs_address_parse_host (&written, via.host) && rungs_address_parse_host (&seen, via.received) &&
         written.kind != RUNGS_ADDRESS_NAME && !rungs_address_equal (&written, &seen);
}

static void
take_via (RungsMessageFact *self)
{
  const RungsMessageFact *same =
    find_same (self, RUNGS_FACT_PART_VIA, G_STRUCT_OFFSET (RungsMessageFact, via));
  RungsSlice received;

  if (same != NULL)
    {
      self->branch = move_slice (same->branch, same->via, self->via);
      self->translated = same->translated;
      return;
    }
  rungs_sip_via_peek_parameters (self->via, &self->branch, &received);
  self->translated = received.length > 0 && is_translated (self->via);
}

static RungsSlice
get_instance (RungsSlice contact)
{
  return rungs_sip_address_peek_parameter (contact, "+sip.instance");
}

static gboolean
is_register (const RungsMessageFact *self)
{
  return rungs_message_fact_has (self, RUNGS_FACT_REQUEST) && self->info->method == RUNGS_SIP_METHOD_REGISTER;
}

/* Whether a parameter of @contact begins as ;expires does; @instance (out): +sip.instance of the first that has one. */
static gboolean
walk_contact (RungsSlice contact, RungsSlice *instance)
{
  gboolean found = FALSE;
  RungsSlice item, name, value;

  while (rungs_scan_item (&contact, ';', &item))
    {
      found |= rungs_slice_case_starts_with (item, RUNGS_SLICE_LITERAL ("expires"));
      if (instance->data != NULL || item.length == 0 || item.data[0] != '+')
        continue;
      rungs_scan_parameter (item, &name, &value);
      if (rungs_slice_case_equal_string (name, "+sip.instance"))
        *instance = value;
    }
  return found;
}

/* Of a REGISTER both the instance and the lifetime are asked for, and neither may be there: one walk finds both. */
static void
take_contact (RungsMessageFact *self)
{
  const RungsMessageFact *same =
    find_same (self, RUNGS_FACT_PART_CONTACT, G_STRUCT_OFFSET (RungsMessageFact, contact));
  RungsSlice expires = self->headers[RUNGS_FACT_HEADER_EXPIRES];
  gboolean has_expires = TRUE;

  if (is_register (self))
    {
      if (same != NULL && is_register (same))
        self->instance = move_slice (same->instance, same->contact, self->contact);
      else
        has_expires = walk_contact (self->contact, &self->instance);
    }
  self->expires = has_expires || expires.length > 0 ? rungs_sip_read_expires (expires, self->contact) : -1;
}

void
rungs_message_fact_take_apart (RungsMessageFact *self, RungsFactPart part)
{
  switch (part)
    {
    case RUNGS_FACT_PART_FROM:
      take_from (self);
      break;
    case RUNGS_FACT_PART_TO:
      take_to (self);
      break;
    case RUNGS_FACT_PART_VIA:
      take_via (self);
      break;
    case RUNGS_FACT_PART_CONTACT:
      take_contact (self);
      break;
    default:
      g_assert_not_reached ();
    }
  self->known |= 1u << part;
}

gboolean
rungs_message_fact_has_magic_branch (const RungsMessageFact *self)
{
  return rungs_slice_case_starts_with (rungs_message_fact_get_branch (self), RUNGS_SLICE_LITERAL ("z9hG4bK"));
}

gboolean
rungs_message_fact_is_removal (const RungsMessageFact *self)
{
  return is_register (self) &&
         (rungs_message_fact_get_expires (self) == 0 || rungs_sip_address_is_star (self->contact));
}

/* The binding of the client's own Contact in an answer: fills in what it grants, which the lifetime in the head serves otherwise. */
static void
take_binding (RungsMessageFact *self, RungsSlice contact)
{
  guint64 seconds;

  rungs_message_fact_with (self, RUNGS_FACT_PART_CONTACT);
  self->contact = contact;
  self->instance = get_instance (contact);
  if (rungs_slice_to_uint64 (rungs_sip_address_peek_parameter (contact, "expires"), &seconds) &&
      seconds <= G_MAXUINT32)
    self->expires = (gint64) seconds;
}

/* A Contact is known by its instance, and without one by its user and where it is. */
static gboolean
is_contact_of (RungsSlice contact, RungsSlice instance, const RungsSipAddress *own)
{
  RungsSipAddress address;

  if (instance.length > 0)
    return rungs_slice_case_equal (instance, get_instance (contact));
  rungs_sip_address_parse (&address, contact);
  return rungs_slice_equal (own->uri.user, address.uri.user) &&
         rungs_slice_case_equal (own->uri.host, address.uri.host) && own->uri.port == address.uri.port;
}

/* The lifetime of the client's own binding: an answer lists those of the user's other endpoints, too. */
void
rungs_message_fact_read_binding (RungsMessageFact *self,
                                 const RungsSipMessage *sip,
                                 const RungsMessageFact *request)
{
  RungsSlice instance = rungs_message_fact_get_instance (request);
  RungsSipAddress own;

  if (instance.length == 0)
    rungs_sip_address_parse (&own, request->contact);
  for (const RungsSipHeader *header = rungs_sip_message_first (sip, RUNGS_SIP_HEADER_CONTACT); header != NULL;
       header = rungs_sip_message_next (sip, header))
    {
      RungsSlice rest = header->value;
      RungsSlice item;

      while (rungs_scan_item (&rest, ',', &item))
        {
          if (is_contact_of (item, instance, &own))
            {
              take_binding (self, item);
              return;
            }
        }
    }
}

gboolean
rungs_message_fact_blames_nonce (const RungsMessageFact *self)
{
  RungsSlice rest = self->reason;
  RungsSlice word;

  while (rungs_scan_item (&rest, ' ', &word))
    if (rungs_slice_case_equal_string (word, "nonce"))
      return TRUE;
  return FALSE;
}

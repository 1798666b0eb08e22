/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A filter against one message.  See rungs-filter.h.
 *
 * A field may have several values (Via, ip.addr): a comparison holds when it holds for one of them, "!=" when it holds
 * for all; without a value nothing holds, as in Wireshark.  The message is parsed only when a header is asked for. */

#include "config.h"

#include "rungs-filter-private.h"
#include "rungs-mark.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-via.h"

#define MAX_REGEX_SUBJECT (1024 * 1024)

typedef struct
{
  RungsTrace *trace;
  guint message;
  const RungsMessageInfo *info;
  RungsSipMessage *sip;
  gboolean parsed;
  const RungsFilterNode *node;
  gboolean seen; /* a value of the field */
  gboolean held; /* the comparison, for one of them */
} Match;

gboolean
rungs_filter_has (RungsSlice bytes, const char *folded, gsize length)
{
  const char *end = rungs_slice_end (bytes);
  char pair[2];

  if (length == 0)
    return TRUE;
  if (bytes.length < length)
    return FALSE;
  pair[0] = *folded;
  pair[1] = g_ascii_toupper (*folded);
  for (guint variant = 0; variant < (pair[0] == pair[1] ? 1 : 2); variant++)
    {
      const char *from = bytes.data;

      while (end - from >= (gssize) length &&
             (from = memchr (from, pair[variant], (gsize) (end - from) - length + 1)) != NULL)
        {
          gsize i = 1;

          while (i < length && g_ascii_tolower (from[i]) == folded[i])
            i++;
          if (i == length)
            return TRUE;
          from++;
        }
    }
  return FALSE;
}

static const RungsSipMessage *
get_sip (Match *match)
{
  if (!match->parsed)
    rungs_trace_parse (match->trace, match->message, 0, match->sip);
  match->parsed = TRUE;
  return match->sip;
}

static gboolean
compare_order (RungsFilterOperator operator, double difference)
{
  switch (operator)
    {
    case RUNGS_FILTER_EQUAL:
    case RUNGS_FILTER_NOT_EQUAL:
      return difference == 0;
    case RUNGS_FILTER_LESS:
      return difference < 0;
    case RUNGS_FILTER_LESS_EQUAL:
      return difference <= 0;
    case RUNGS_FILTER_GREATER:
      return difference > 0;
    case RUNGS_FILTER_GREATER_EQUAL:
      return difference >= 0;
    default:
      return FALSE;
    }
}

static void
note (Match *match, gboolean holds)
{
  match->seen = TRUE;
  if (holds)
    match->held = TRUE;
}

static gboolean
compare_text (const RungsFilterNode *node, RungsSlice value)
{
  guint64 number;
  int order;

  switch (node->operator)
    {
    case RUNGS_FILTER_EXISTS:
      return TRUE;
    case RUNGS_FILTER_CONTAINS:
      return node->length == 0 || rungs_slice_find (value, 0, rungs_slice (node->value, node->length)) >= 0;
    case RUNGS_FILTER_HAS:
      return rungs_filter_has (value, node->value, node->length);
    case RUNGS_FILTER_MATCHES:
      return g_regex_match_full (node->regex,
                                 value.data != NULL ? value.data : "",
                                 (gssize) MIN (value.length, MAX_REGEX_SUBJECT),
                                 0,
                                 0,
                                 NULL,
                                 NULL);
    default:
      if (node->is_number && rungs_slice_to_uint64 (value, &number))
        return compare_order (node->operator, (double) number - node->number);
      order = memcmp (value.data != NULL ? value.data : "", node->value, MIN (value.length, node->length));
      if (order == 0)
        order = (value.length > node->length) - (value.length < node->length);
      return compare_order (node->operator, order);
    }
}

static void
take_text (Match *match, RungsSlice value)
{
  note (match, compare_text (match->node, value));
}

/* Words of a fixed set (methods, kinds, verdicts) are compared without case where a key asks for them. */
static void
take_word (Match *match, const char *word)
{
  const RungsFilterNode *node = match->node;

  if (node->operator== RUNGS_FILTER_EQUAL || node->operator== RUNGS_FILTER_NOT_EQUAL)
    note (match, g_ascii_strcasecmp (word, node->value) == 0);
  else
    take_text (match, rungs_slice_from_string (word));
}

static gboolean
compare_pattern (const RungsFilterNode *node, guint number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%03u", number);
  for (guint i = 0; i < 3; i++)
    if (node->value[i] != 'x' && node->value[i] != digits[i])
      return FALSE;
  return TRUE;
}

static void
take_number (Match *match, double number)
{
  const RungsFilterNode *node = match->node;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (node->operator== RUNGS_FILTER_PATTERN)
    note (match, compare_pattern (node, (guint) number));
  else if (node->operator== RUNGS_FILTER_EXISTS)
    note (match, TRUE);
  else if (node->operator<= RUNGS_FILTER_GREATER_EQUAL)
    note (match, compare_order (node->operator, number - node->number));
  else
    take_text (match, rungs_slice_from_string (g_ascii_formatd (text, sizeof text, "%.15g", number)));
}

static gboolean
equal_prefix (const RungsFilterNode *node, const RungsAddress *address)
{
  guint bytes = node->prefix / 8;
  guint bits = node->prefix % 8;

  if (memcmp (address->bytes, node->address.bytes, bytes) != 0)
    return FALSE;
  return bits == 0 || (address->bytes[bytes] ^ node->address.bytes[bytes]) >> (8 - bits) == 0;
}

static void
take_address (Match *match, guint32 endpoint)
{
  const RungsFilterNode *node = match->node;
  const RungsAddress *address = &rungs_trace_get_endpoint (match->trace, endpoint)->address;

  if (address->kind == RUNGS_ADDRESS_NONE)
    return;
  if (node->operator== RUNGS_FILTER_EXISTS)
    {
      note (match, TRUE);
    }
  else if (node->operator== RUNGS_FILTER_EQUAL || node->operator== RUNGS_FILTER_NOT_EQUAL)
    {
      if (node->address.kind == RUNGS_ADDRESS_NAME)
        note (match, rungs_slice_case_equal (address->name, node->address.name));
      else
        note (match, address->kind == node->address.kind && equal_prefix (node, address));
    }
  else
    {
      g_autofree char *text = rungs_address_host_to_string (address);

      take_text (match, rungs_slice_from_string (text));
    }
}

static void
take_port (Match *match, guint32 endpoint)
{
  guint16 port = rungs_trace_get_endpoint (match->trace, endpoint)->address.port;

  if (port != 0)
    take_number (match, port);
}

static void
take_uri (Match *match, const RungsSipUri *uri)
{
  switch (match->node->target.part)
    {
    case RUNGS_FILTER_PART_USER:
      if (uri->user.length > 0)
        take_text (match, uri->user);
      break;
    case RUNGS_FILTER_PART_HOST:
      if (uri->host.length > 0)
        take_text (match, uri->host);
      break;
    case RUNGS_FILTER_PART_PORT:
      if (uri->port != 0)
        take_number (match, uri->port);
      break;
    default:
      take_text (match, uri->all);
    }
}

static void
take_via_part (Match *match, RungsSlice value)
{
  const RungsFilterTarget *target = &match->node->target;
  RungsSipVia via;
  RungsSlice parameter;

  rungs_sip_via_parse (&via, value);
  if (target->part == RUNGS_FILTER_PART_HOST ||
      rungs_slice_case_starts_with (rungs_slice_from_string (target->name), RUNGS_SLICE_LITERAL ("sent-by")))
    take_text (match, via.host);
  else if (target->part == RUNGS_FILTER_PART_PORT && via.port != 0)
    take_number (match, via.port);
  else if (target->name != NULL && g_ascii_strcasecmp (target->name, "transport") == 0)
    take_text (match, via.transport_name);
  else if (target->name != NULL && rungs_scan_find_parameter (via.parameters, ';', target->name, &parameter))
    take_text (match, parameter);
}

static void
take_header_part (Match *match, RungsSlice value)
{
  const RungsFilterTarget *target = &match->node->target;
  RungsSipAddress address;
  RungsSlice parameter;

  if (target->header == RUNGS_SIP_HEADER_VIA)
    {
      take_via_part (match, value);
      return;
    }
  if (target->part == RUNGS_FILTER_PART_METHOD)
    {
      if (rungs_sip_message_get_cseq (get_sip (match), NULL, &parameter))
        take_text (match, parameter);
      return;
    }
  rungs_sip_address_parse (&address, value);
  if (target->part == RUNGS_FILTER_PART_TAG)
    parameter = address.tag;
  else if (target->part == RUNGS_FILTER_PART_DISPLAY)
    parameter = address.display;
  else if (target->part == RUNGS_FILTER_PART_PARAMETER)
    parameter = rungs_sip_address_get_parameter (&address, target->name);
  else
    {
      take_uri (match, &address.uri);
      return;
    }
  if (parameter.data != NULL)
    take_text (match, parameter);
}

static void
take_header (Match *match)
{
  const RungsFilterTarget *target = &match->node->target;
  const RungsSipMessage *sip = get_sip (match);
  const RungsSipHeader *header;

  if (target->header == RUNGS_SIP_HEADER_UNKNOWN)
    {
      header = rungs_sip_message_find (sip, target->name);
      if (header != NULL)
        take_text (match, header->value);
      return;
    }
  for (header = rungs_sip_message_first (sip, target->header); header != NULL;
       header = rungs_sip_message_next (sip, header))
    {
      RungsSlice rest = header->value;
      RungsSlice item;

      if (target->part == RUNGS_FILTER_PART_ALL)
        take_text (match, rest);
      else
        while (rungs_scan_item (&rest, ',', &item))
          take_header_part (match, item);
    }
}

static void
take_auth (Match *match)
{
  static const RungsSipHeaderId headers[] = {
    RUNGS_SIP_HEADER_WWW_AUTHENTICATE,    RUNGS_SIP_HEADER_PROXY_AUTHENTICATE,
    RUNGS_SIP_HEADER_AUTHORIZATION,       RUNGS_SIP_HEADER_PROXY_AUTHORIZATION,
    RUNGS_SIP_HEADER_AUTHENTICATION_INFO, RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO,
  };
  const char *name = match->node->target.name;
  const RungsSipMessage *sip = get_sip (match);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    for (const RungsSipHeader *header = rungs_sip_message_first (sip, headers[i]); header != NULL;
         header = rungs_sip_message_next (sip, header))
      {
        RungsSipAuth auth;
        RungsSlice value;

        rungs_sip_auth_parse (&auth, header->value);
        value =
          g_ascii_strcasecmp (name, "scheme") == 0 ? auth.scheme_name : rungs_sip_auth_get (&auth, name);
        if (value.data != NULL)
          take_text (match, value);
      }
}

static void
take_verdict (Match *match)
{
  RungsSeverity severity = rungs_mark_get_severity (match->info->mark);
  const RungsFlowInfo *flow = rungs_trace_get_flow (match->trace, match->info->flow);
  const char *id = rungs_severity_get_id (severity);

  /* Only a flow can be good. */
  if (strcmp (match->node->value != NULL ? match->node->value : "", "good") == 0)
    id = rungs_mark_get_severity (flow->mark) == RUNGS_SEVERITY_GOOD ? "good" : NULL;
  take_word (match, id != NULL ? id : "none");
}

static void
take_request_uri (Match *match)
{
  const RungsSipMessage *sip = get_sip (match);
  RungsSipUri uri;

  if (sip->status != 0 || sip->request_uri.length == 0)
    return;
  if (match->node->target.part == RUNGS_FILTER_PART_ALL)
    {
      take_text (match, sip->request_uri);
      return;
    }
  rungs_sip_uri_parse (&uri, sip->request_uri);
  take_uri (match, &uri);
}

static void
take_method (Match *match, gboolean with_case)
{
  const RungsMessageInfo *info = match->info;
  RungsSlice name;

  if (info->method == RUNGS_SIP_METHOD_NONE)
    return;
  name = info->method == RUNGS_SIP_METHOD_OTHER
           ? get_sip (match)->method_name
           : rungs_slice_from_string (rungs_sip_method_get_name (info->method));
  if (!with_case && match->node->operator== RUNGS_FILTER_EQUAL)
    note (match, rungs_slice_case_equal (name, rungs_slice (match->node->value, match->node->length)));
  else
    take_text (match, name);
}

static void
take_transport (Match *match)
{
  const char *name = rungs_transport_get_name (match->info->transport);

  if (match->info->transport == RUNGS_TRANSPORT_UNKNOWN)
    return;
  if (match->node->target.name == NULL)
    take_word (match, name);
  else if (strcmp (name, match->node->target.name) == 0)
    note (match, TRUE);
}

static void
take_text_of_message (Match *match)
{
  const RungsSipMessage *sip;

  switch (match->node->target.field)
    {
    case RUNGS_FILTER_FIELD_BYTES:
      take_text (match, rungs_slice (match->info->data, match->info->length));
      return;
    case RUNGS_FILTER_FIELD_BODY:
      sip = get_sip (match);
      if (sip->body.length > 0)
        take_text (match, sip->body);
      return;
    case RUNGS_FILTER_FIELD_HEAD:
      sip = get_sip (match);
      take_text (match,
                 sip->body.length > 0
                   ? rungs_slice_sub (sip->bytes, 0, rungs_slice_offset_in (sip->body, sip->bytes))
                   : sip->bytes);
      return;
    default:
      /* REQUEST_LINE, STATUS_LINE */
      if ((match->info->status != 0) == (match->node->target.field == RUNGS_FILTER_FIELD_STATUS_LINE))
        take_text (match, get_sip (match)->start_line);
    }
}

static void
take_capture_value (Match *match)
{
  const RungsMessageInfo *info = match->info;
  gint64 first, last;

  switch (match->node->target.field)
    {
    case RUNGS_FILTER_FIELD_COMMENT:
      if (rungs_trace_get_comment (match->trace, match->message).length > 0)
        take_text (match, rungs_trace_get_comment (match->trace, match->message));
      break;
    case RUNGS_FILTER_FIELD_ADDRESS:
      take_address (match, info->source);
      take_address (match, info->destination);
      break;
    case RUNGS_FILTER_FIELD_SOURCE:
      take_address (match, info->source);
      break;
    case RUNGS_FILTER_FIELD_DESTINATION:
      take_address (match, info->destination);
      break;
    case RUNGS_FILTER_FIELD_PORT:
      take_port (match, info->source);
      take_port (match, info->destination);
      break;
    case RUNGS_FILTER_FIELD_SOURCE_PORT:
      take_port (match, info->source);
      break;
    case RUNGS_FILTER_FIELD_DESTINATION_PORT:
      take_port (match, info->destination);
      break;
    case RUNGS_FILTER_FIELD_STREAM:
      if (info->connection != 0)
        take_number (match, info->connection);
      break;
    case RUNGS_FILTER_FIELD_NUMBER:
      take_number (match, match->message + 1.0);
      break;
    case RUNGS_FILTER_FIELD_LENGTH:
      take_number (match, info->length);
      break;
    default:
      /* TIME_RELATIVE */
      rungs_trace_get_time_span (match->trace, &first, &last);
      if (info->time != RUNGS_TIME_NONE)
        take_number (match, (info->time - first) / (double) G_USEC_PER_SEC);
    }
}

static void
take_values (Match *match)
{
  const RungsMessageInfo *info = match->info;

  switch (match->node->target.field)
    {
    case RUNGS_FILTER_FIELD_ANY:
      note (match, TRUE);
      break;
    case RUNGS_FILTER_FIELD_SIP_METHOD:
    case RUNGS_FILTER_FIELD_METHOD:
      take_method (match, match->node->target.field == RUNGS_FILTER_FIELD_SIP_METHOD);
      break;
    case RUNGS_FILTER_FIELD_STATUS:
      if (info->status != 0)
        take_number (match, info->status);
      break;
    case RUNGS_FILTER_FIELD_REQUEST_URI:
      take_request_uri (match);
      break;
    case RUNGS_FILTER_FIELD_HEADER:
      take_header (match);
      break;
    case RUNGS_FILTER_FIELD_CSEQ_NUMBER:
      take_number (match, info->cseq);
      break;
    case RUNGS_FILTER_FIELD_AUTH:
      take_auth (match);
      break;
    case RUNGS_FILTER_FIELD_TRANSPORT:
      take_transport (match);
      break;
    case RUNGS_FILTER_FIELD_RESEND:
      if (info->flags & RUNGS_MESSAGE_RETRANSMISSION)
        note (match, TRUE);
      break;
    case RUNGS_FILTER_FIELD_SDP:
      if (info->flags & RUNGS_MESSAGE_SDP)
        note (match, TRUE);
      break;
    case RUNGS_FILTER_FIELD_DIRECTION:
      take_word (match,
                 info->flags & RUNGS_MESSAGE_IN    ? "in"
                 : info->flags & RUNGS_MESSAGE_OUT ? "out"
                                                   : "none");
      break;
    case RUNGS_FILTER_FIELD_VERDICT:
      take_verdict (match);
      break;
    case RUNGS_FILTER_FIELD_KIND:
      take_word (match, rungs_flow_kind_get_id (rungs_trace_get_flow (match->trace, info->flow)->kind));
      break;
    case RUNGS_FILTER_FIELD_BYTES:
    case RUNGS_FILTER_FIELD_BODY:
    case RUNGS_FILTER_FIELD_HEAD:
    case RUNGS_FILTER_FIELD_REQUEST_LINE:
    case RUNGS_FILTER_FIELD_STATUS_LINE:
      take_text_of_message (match);
      break;
    default:
      take_capture_value (match);
    }
}

static gboolean
test (const RungsFilter *self, Match *match, guint index)
{
  const RungsFilterNode *node = &g_array_index (self->nodes, RungsFilterNode, index);

  switch (node->kind)
    {
    case RUNGS_FILTER_NODE_ALL:
      return TRUE;
    case RUNGS_FILTER_NODE_AND:
      return test (self, match, node->left) && test (self, match, node->right);
    case RUNGS_FILTER_NODE_OR:
      return test (self, match, node->left) || test (self, match, node->right);
    case RUNGS_FILTER_NODE_NOT:
      return !test (self, match, node->left);
    case RUNGS_FILTER_NODE_TEST:
    default:
      match->node = node;
      match->seen = match->held = FALSE;
      take_values (match);
      return node->operator== RUNGS_FILTER_NOT_EQUAL ? match->seen && !match->held : match->held;
    }
}

gboolean
rungs_filter_matches (const RungsFilter *self, RungsTrace *trace, guint message, RungsSipMessage *scratch)
{
  Match match = { .trace = trace, .message = message, .sip = scratch };

  g_return_val_if_fail (self != NULL && scratch != NULL, FALSE);

  match.info = rungs_trace_get_message (trace, message);
  g_return_val_if_fail (match.info != NULL, FALSE);
  return test (self, &match, self->root);
}

gboolean
rungs_filter_matches_flow (const RungsFilter *self, RungsTrace *trace, guint flow, RungsSipMessage *scratch)
{
  guint n;
  const guint32 *messages;

  g_return_val_if_fail (self != NULL && scratch != NULL, FALSE);

  messages = rungs_trace_get_flow_messages (trace, flow, &n);
  for (guint i = 0; i < n; i++)
    if (rungs_filter_matches (self, trace, messages[i], scratch))
      return TRUE;
  return FALSE;
}

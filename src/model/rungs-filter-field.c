/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Names of fields → what they stand for.  See rungs-filter-private.h.
 *
 * Names are compared without case.  What is not in the tables is "sip." and the name of a header, known or not, perhaps
 * with a part behind a further dot (user, host, addr, tag, a parameter). */

#include "config.h"

#include "rungs-filter-private.h"

typedef struct
{
  const char *name;
  RungsFilterField field;
  RungsFilterPart part;
} Name;

#define FIELD(field) RUNGS_FILTER_FIELD_##field
#define PART(part)   RUNGS_FILTER_PART_##part

static const Name names[] = {
  { "sip", FIELD (ANY), PART (ALL) },
  { "frame", FIELD (ANY), PART (ALL) },
  { "sdp", FIELD (SDP), PART (ALL) },
  { "sip.method", FIELD (SIP_METHOD), PART (ALL) },
  { "sip.status-code", FIELD (STATUS), PART (ALL) },
  { "sip.request-line", FIELD (REQUEST_LINE), PART (ALL) },
  { "sip.status-line", FIELD (STATUS_LINE), PART (ALL) },
  { "sip.r-uri", FIELD (REQUEST_URI), PART (ALL) },
  { "sip.r-uri.user", FIELD (REQUEST_URI), PART (USER) },
  { "sip.r-uri.host", FIELD (REQUEST_URI), PART (HOST) },
  { "sip.r-uri.port", FIELD (REQUEST_URI), PART (PORT) },
  { "sip.cseq.seq", FIELD (CSEQ_NUMBER), PART (ALL) },
  { "sip.msg_body", FIELD (BODY), PART (ALL) },
  { "sip.msg_hdr", FIELD (HEAD), PART (ALL) },
  { "sip.resend", FIELD (RESEND), PART (ALL) },
  { "ip.addr", FIELD (ADDRESS), PART (ALL) },
  { "ip.host", FIELD (ADDRESS), PART (ALL) },
  { "ip.src", FIELD (SOURCE), PART (ALL) },
  { "ip.dst", FIELD (DESTINATION), PART (ALL) },
  { "ipv6.addr", FIELD (ADDRESS), PART (ALL) },
  { "ipv6.src", FIELD (SOURCE), PART (ALL) },
  { "ipv6.dst", FIELD (DESTINATION), PART (ALL) },
  { "tcp.port", FIELD (PORT), PART (ALL) },
  { "udp.port", FIELD (PORT), PART (ALL) },
  { "tcp.srcport", FIELD (SOURCE_PORT), PART (ALL) },
  { "udp.srcport", FIELD (SOURCE_PORT), PART (ALL) },
  { "tcp.dstport", FIELD (DESTINATION_PORT), PART (ALL) },
  { "udp.dstport", FIELD (DESTINATION_PORT), PART (ALL) },
  { "tcp.stream", FIELD (STREAM), PART (ALL) },
  { "frame.number", FIELD (NUMBER), PART (ALL) },
  { "frame.len", FIELD (LENGTH), PART (ALL) },
  { "frame.time_relative", FIELD (TIME_RELATIVE), PART (ALL) },
  { "frame.comment", FIELD (COMMENT), PART (ALL) },
};

static const Name keys[] = {
  { "method", FIELD (METHOD), PART (ALL) },       { "status", FIELD (STATUS), PART (ALL) },
  { "code", FIELD (STATUS), PART (ALL) },         { "ip", FIELD (ADDRESS), PART (ALL) },
  { "port", FIELD (PORT), PART (ALL) },           { "transport", FIELD (TRANSPORT), PART (ALL) },
  { "direction", FIELD (DIRECTION), PART (ALL) }, { "verdict", FIELD (VERDICT), PART (ALL) },
  { "kind", FIELD (KIND), PART (ALL) },           { "body", FIELD (BODY), PART (ALL) },
  { "comment", FIELD (COMMENT), PART (ALL) },
};

/* Short words for headers, beside the headers' own names. */
static const struct
{
  const char *key;
  RungsSipHeaderId header;
} header_keys[] = {
  { "callid", RUNGS_SIP_HEADER_CALL_ID },
  { "ua", RUNGS_SIP_HEADER_USER_AGENT },
  { "useragent", RUNGS_SIP_HEADER_USER_AGENT },
};

static const struct
{
  const char *name;
  RungsFilterPart part;
} parts[] = {
  { "user", PART (USER) },       { "host", PART (HOST) },
  { "addr", PART (URI) },        { "uri", PART (URI) },
  { "port", PART (PORT) },       { "tag", PART (TAG) },
  { "display", PART (DISPLAY) }, { "display-info", PART (DISPLAY) },
};

static gboolean
find_name (const Name *table, guint n, RungsSlice name, RungsFilterTarget *target)
{
  for (guint i = 0; i < n; i++)
    if (rungs_slice_case_equal_string (name, table[i].name))
      {
        target->field = table[i].field;
        target->part = table[i].part;
        return TRUE;
      }
  return FALSE;
}

static void
set_header (RungsFilterTarget *target, RungsSlice name)
{
  target->field = RUNGS_FILTER_FIELD_HEADER;
  /* A one-letter name is a header's compact form. */
  target->header = rungs_sip_header_lookup (name);
  if (target->header == RUNGS_SIP_HEADER_UNKNOWN)
    target->name = rungs_slice_dup (name);
}

static void
set_part (RungsFilterTarget *target, RungsSlice name)
{
  if (target->header == RUNGS_SIP_HEADER_CSEQ && rungs_slice_case_equal_string (name, "method"))
    {
      target->part = RUNGS_FILTER_PART_METHOD;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (rungs_slice_case_equal_string (name, parts[i].name))
      {
        target->part = parts[i].part;
        return;
      }
  target->part = RUNGS_FILTER_PART_PARAMETER;
  g_free (target->name);
  target->name = rungs_slice_dup (name);
}

static gboolean
is_token (RungsSlice name)
{
  for (gsize i = 0; i < name.length; i++)
    if (!g_ascii_isalnum (name.data[i]) && strchr ("-_.!%*+`'~", name.data[i]) == NULL)
      return FALSE;
  return name.length > 0;
}

gboolean
rungs_filter_target_from_name (RungsFilterTarget *target, RungsSlice name)
{
  RungsSlice rest;
  gssize dot;

  *target = (RungsFilterTarget){ 0 };
  if (find_name (names, G_N_ELEMENTS (names), name, target))
    return TRUE;
  for (guint i = RUNGS_TRANSPORT_UDP; i <= RUNGS_TRANSPORT_WSS; i++)
    if (rungs_slice_case_equal_string (name, rungs_transport_get_name (i)) && name.length == 3)
      {
        target->field = RUNGS_FILTER_FIELD_TRANSPORT;
        target->name = g_strdup (rungs_transport_get_name (i));
        return TRUE;
      }
  if (!rungs_slice_case_starts_with (name, RUNGS_SLICE_LITERAL ("sip.")) || !is_token (name))
    return FALSE;
  rest = rungs_slice_skip (name, 4);
  if (rungs_slice_case_starts_with (rest, RUNGS_SLICE_LITERAL ("auth.")) && rest.length > 5)
    {
      target->field = RUNGS_FILTER_FIELD_AUTH;
      target->name = rungs_slice_dup (rungs_slice_skip (rest, 5));
      return TRUE;
    }
  dot = rungs_slice_find_char (rest, 0, '.');
  if (dot == 0 || rest.length == 0)
    return FALSE;
  set_header (target, dot < 0 ? rest : rungs_slice_sub (rest, 0, (gsize) dot));
  if (dot > 0 && target->header == RUNGS_SIP_HEADER_UNKNOWN)
    {
      g_clear_pointer (&target->name, g_free);
      return FALSE;
    }
  if (dot > 0)
    set_part (target, rungs_slice_skip (rest, (gsize) dot + 1));
  return TRUE;
}

gboolean
rungs_filter_target_from_key (RungsFilterTarget *target, RungsSlice key)
{
  *target = (RungsFilterTarget){ 0 };
  if (find_name (keys, G_N_ELEMENTS (keys), key, target))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (header_keys); i++)
    if (rungs_slice_case_equal_string (key, header_keys[i].key))
      {
        target->field = RUNGS_FILTER_FIELD_HEADER;
        target->header = header_keys[i].header;
        return TRUE;
      }
  if (key.length < 2)
    return FALSE;
  target->header = rungs_sip_header_lookup (key);
  target->field = RUNGS_FILTER_FIELD_HEADER;
  return target->header != RUNGS_SIP_HEADER_UNKNOWN;
}

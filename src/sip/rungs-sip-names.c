/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Names of the protocol → small numbers.  See rungs-sip-names.h.
 *
 * Nearly every name is written as its RFC spells it: one memcmp tells, and only what differs pays for folding case. */

#include "config.h"

#include "rungs-sip-names.h"

/* gperf writes its functions without prototypes. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include "rungs-sip-header-hash.inc"
#pragma GCC diagnostic pop

static const char *const method_names[] = {
  [RUNGS_SIP_METHOD_NONE] = "",           [RUNGS_SIP_METHOD_REGISTER] = "REGISTER",
  [RUNGS_SIP_METHOD_INVITE] = "INVITE",   [RUNGS_SIP_METHOD_ACK] = "ACK",
  [RUNGS_SIP_METHOD_BYE] = "BYE",         [RUNGS_SIP_METHOD_CANCEL] = "CANCEL",
  [RUNGS_SIP_METHOD_OPTIONS] = "OPTIONS", [RUNGS_SIP_METHOD_SUBSCRIBE] = "SUBSCRIBE",
  [RUNGS_SIP_METHOD_NOTIFY] = "NOTIFY",   [RUNGS_SIP_METHOD_BENOTIFY] = "BENOTIFY",
  [RUNGS_SIP_METHOD_SERVICE] = "SERVICE", [RUNGS_SIP_METHOD_MESSAGE] = "MESSAGE",
  [RUNGS_SIP_METHOD_INFO] = "INFO",       [RUNGS_SIP_METHOD_PRACK] = "PRACK",
  [RUNGS_SIP_METHOD_UPDATE] = "UPDATE",   [RUNGS_SIP_METHOD_REFER] = "REFER",
  [RUNGS_SIP_METHOD_PUBLISH] = "PUBLISH", [RUNGS_SIP_METHOD_NEGOTIATE] = "NEGOTIATE",
  [RUNGS_SIP_METHOD_OTHER] = "",
};

static const char *const transport_names[] = {
  [RUNGS_TRANSPORT_UNKNOWN] = "", [RUNGS_TRANSPORT_UDP] = "UDP",   [RUNGS_TRANSPORT_TCP] = "TCP",
  [RUNGS_TRANSPORT_TLS] = "TLS",  [RUNGS_TRANSPORT_SCTP] = "SCTP", [RUNGS_TRANSPORT_WS] = "WS",
  [RUNGS_TRANSPORT_WSS] = "WSS",
};

/* memcmp() for names: they are too short to pay for its call. */
static inline gboolean
is_same (const char *a, const char *b, gsize length)
{
  guint64 x, y;

  if (length < 8)
    {
      for (gsize i = 0; i < length; i++)
        if (a[i] != b[i])
          return FALSE;
      return TRUE;
    }
  for (gsize i = 0; i < length; i += 8)
    {
      gsize at = MIN (i, length - 8);

      memcpy (&x, a + at, 8);
      memcpy (&y, b + at, 8);
      if (x != y)
        return FALSE;
    }
  return TRUE;
}

RungsSipHeaderId
rungs_sip_header_lookup (RungsSlice name)
{
  const char *known;
  guint key;

  if (name.length == 0 || name.length > MAX_WORD_LENGTH)
    return RUNGS_SIP_HEADER_UNKNOWN;
  key = header_name_hash (name.data, name.length);
  if (key > MAX_HASH_VALUE || header_lengths[key] != name.length)
    return RUNGS_SIP_HEADER_UNKNOWN;
  known = (const char *) &header_name_pool_contents + header_words[key].name;
  if (is_same (known, name.data, name.length) || g_ascii_strncasecmp (known, name.data, name.length) == 0)
    return (RungsSipHeaderId) header_words[key].id;
  return RUNGS_SIP_HEADER_UNKNOWN;
}

const char *
rungs_sip_header_get_name (RungsSipHeaderId id)
{
  g_return_val_if_fail ((guint) id < G_N_ELEMENTS (header_names), "");
  return header_names[id];
}

RungsSipMethod
rungs_sip_method_lookup (RungsSlice name)
{
  if (name.length == 0)
    return RUNGS_SIP_METHOD_NONE;
  for (guint i = RUNGS_SIP_METHOD_REGISTER; i < RUNGS_SIP_METHOD_OTHER; i++)
    if (method_names[i][0] == name.data[0] && rungs_slice_equal_string (name, method_names[i]))
      return (RungsSipMethod) i;
  return RUNGS_SIP_METHOD_OTHER;
}

const char *
rungs_sip_method_get_name (RungsSipMethod method)
{
  g_return_val_if_fail (method < G_N_ELEMENTS (method_names), "");
  return method_names[method];
}

RungsTransport
rungs_transport_lookup (RungsSlice name)
{
  for (guint i = RUNGS_TRANSPORT_UDP; i < G_N_ELEMENTS (transport_names); i++)
    if (name.length > 0 && ((name.data[0] ^ transport_names[i][0]) & ~0x20) == 0 &&
        rungs_slice_case_equal_string (name, transport_names[i]))
      return (RungsTransport) i;
  return RUNGS_TRANSPORT_UNKNOWN;
}

const char *
rungs_transport_get_name (RungsTransport transport)
{
  g_return_val_if_fail (transport < G_N_ELEMENTS (transport_names), "");
  return transport_names[transport];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is wrong with URIs and addresses (RFC 3261, 19.1 and 20.10; RFC 5118). */

#include "config.h"

#include <arpa/inet.h>

#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-check.h"

static gboolean
is_ipv6 (RungsSlice text)
{
  char address[INET6_ADDRSTRLEN];
  struct in6_addr parsed;
  gssize zone = rungs_slice_find_char (text, 0, '%');

  if (zone >= 0)
    text = rungs_slice_sub (text, 0, zone);
  if (text.length == 0 || text.length >= sizeof address || memchr (text.data, '\0', text.length) != NULL)
    return FALSE;
  memcpy (address, text.data, text.length);
  address[text.length] = '\0';
  return inet_pton (AF_INET6, address, &parsed) == 1;
}

gboolean
rungs_sip_check_host (RungsSipMessage *message, RungsSlice host, RungsSlice where, guint16 header)
{
  gboolean bracketed = host.data != NULL && host.data > where.data && host.data[-1] == '[';

  if (bracketed && !is_ipv6 (host))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_IPV6_MALFORMED, header, host);
  else if (!bracketed && is_ipv6 (host))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_IPV6_NEEDS_BRACKETS, header, host);
  else
    return FALSE;
  return TRUE;
}

/* The first '%' of @text that two hexadecimal digits do not follow; empty where each is good. */
static RungsSlice
find_bad_escape (RungsSlice text)
{
  gssize at = rungs_slice_find_char (text, 0, '%');

  while (at >= 0)
    {
      if ((gsize) at + 2 >= text.length || !g_ascii_isxdigit (text.data[at + 1]) ||
          !g_ascii_isxdigit (text.data[at + 2]))
        return rungs_slice_sub (text, at, 3);
      at = rungs_slice_find_char (text, at + 3, '%');
    }
  return RUNGS_SLICE_EMPTY;
}

static gboolean
is_sip (const RungsSipUri *uri)
{
  return rungs_slice_case_equal_string (uri->scheme, "sip") ||
         rungs_slice_case_equal_string (uri->scheme, "sips");
}

static void
check_uri (RungsSipMessage *message, const RungsSipUri *uri, guint16 header)
{
  RungsSlice parts[] = { uri->user, uri->password, uri->parameters, uri->headers };

  if (is_sip (uri) && rungs_sip_check_host (message, uri->host, uri->all, header))
    return;
  if (!uri->valid)
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_URI_MALFORMED, header, uri->all);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      RungsSlice bad = find_bad_escape (parts[i]);

      if (bad.length > 0)
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_ESCAPE_INVALID, header, bad);
          return;
        }
    }
}

void
rungs_sip_check_request_uri (RungsSipMessage *message)
{
  static const char *const schemes[] = { "sip", "sips", "tel", "urn", "im", "pres" };
  RungsSlice text = message->request_uri;
  RungsSipUri uri;
  gboolean known = FALSE;

  rungs_sip_uri_parse (&uri, text);
  if (text.length > 0 && text.data[0] == '<')
    rungs_sip_message_add_remark (message, RUNGS_REMARK_REQUEST_URI_BRACKETS, 0, text);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    known = known || rungs_slice_case_equal_string (uri.scheme, schemes[i]);
  if (uri.scheme.length > 0 && !known)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_REQUEST_URI_SCHEME, 0, uri.scheme);
  if (uri.headers.length > 0)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_REQUEST_URI_HEADERS, 0, uri.headers);
  check_uri (message, &uri, 0);
}

/* A display name without quotes is made of tokens; bytes of UTF-8 are not blamed, as everybody sends them. */
static gboolean
is_display_name (RungsSlice display)
{
  for (gsize i = 0; i < display.length; i++)
    if (!rungs_byte_is_space (display.data[i]) && !rungs_sip_is_token_char (display.data[i]) &&
        (guchar) display.data[i] < 0x80)
      return FALSE;
  return TRUE;
}

/* A parameter that is a number of seconds. */
static void
check_expires (RungsSipMessage *message, const RungsSipAddress *address, guint16 header)
{
  RungsSlice value = rungs_sip_address_get_parameter (address, "expires");
  guint64 number;

  if (header != RUNGS_SIP_HEADER_CONTACT || value.data == NULL)
    return;
  if (rungs_sip_count_digits (value) != value.length || value.length == 0)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_MALFORMED, header, value);
  else if (!rungs_slice_to_uint64 (value, &number) || number > G_MAXUINT32)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_TOO_LARGE, header, value);
}

/* Whether white space stands at an end of the URI inside its angle brackets, or in it. */
static gboolean
has_space (RungsSlice uri)
{
  for (gsize i = 0; i < uri.length; i++)
    if (rungs_byte_is_space (uri.data[i]))
      return TRUE;
  return FALSE;
}

static void
check_address (RungsSipMessage *message, const RungsSipHeader *header, RungsSlice text)
{
  RungsSipAddress address;
  RungsSlice display, inside = RUNGS_SLICE_EMPTY;
  gboolean closed;
  gsize quoted = rungs_scan_quoted (text, &display, &closed);
  gssize open = rungs_slice_find_char (text, quoted, '<');
  gssize close = open >= 0 ? rungs_slice_find_char (text, open, '>') : -1;

  rungs_sip_address_parse (&address, text);
  if (open < 0 &&
      (rungs_slice_find_char (text, quoted, '?') >= 0 || rungs_slice_find_char (text, quoted, ',') >= 0))
    {
      rungs_sip_message_add_remark (message, RUNGS_REMARK_ADDRESS_NEEDS_BRACKETS, header->id, text);
      return;
    }
  if (close > open)
    inside = rungs_slice_sub (text, open + 1, close - open - 1);
  if (address.star && header->id == RUNGS_SIP_HEADER_CONTACT)
    return;
  if ((!address.valid && address.uri.valid) || address.uri.all.length == 0 || has_space (inside) ||
      (quoted == 0 && !is_display_name (address.display)) || !rungs_sip_check_parameters (address.parameters))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_ADDRESS_MALFORMED, header->id, text);
  else
    check_uri (message, &address.uri, header->id);
  check_expires (message, &address, header->id);
}

void
rungs_sip_check_addresses (RungsSipMessage *message, const RungsSipHeader *header, gboolean is_list)
{
  RungsSlice rest = header->value, item;

  if (rest.length == 0)
    return;
  if (!is_list)
    check_address (message, header, rest);
  else
    while (rungs_scan_item (&rest, ',', &item))
      check_address (message, header, item);
}

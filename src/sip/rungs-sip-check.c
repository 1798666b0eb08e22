/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is wrong with a message beyond its framing: which headers are missing, repeated or empty, and what their values
 * break (RFC 3261, sections 8.1.1, 20 and 25.1; RFC 4475 and RFC 5118 hold the cases).
 *
 * Addresses and URIs are checked in rungs-sip-check-address.c.  Where an older or a Microsoft client leaves out what
 * only RFC 3261 asks for (no branch cookie, no Max-Forwards), that is its version and no fault. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-check.h"
#include "rungs-sip-via.h"

#define MAX_CSEQ ((guint64) G_MAXINT32)

/* How the value of a header is to be read. */
typedef enum
{
  KIND_ADDRESS = 1 << 0,
  KIND_ADDRESS_LIST = 1 << 1,
  KIND_AUTH = 1 << 2,
  KIND_SECONDS = 1 << 3,
  KIND_DATE = 1 << 4,
  KIND_ONCE = 1 << 5,
  KIND_NOT_EMPTY = 1 << 6,
} ValueKind;

static const guint8 value_kinds[RUNGS_N_SIP_HEADERS] = {
  [RUNGS_SIP_HEADER_FROM] = KIND_ADDRESS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_TO] = KIND_ADDRESS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_REFER_TO] = KIND_ADDRESS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_REFERRED_BY] = KIND_ADDRESS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_REPLY_TO] = KIND_ADDRESS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_CONTACT] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_ROUTE] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_RECORD_ROUTE] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_PATH] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_SERVICE_ROUTE] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_P_ASSERTED_IDENTITY] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_P_PREFERRED_IDENTITY] = KIND_ADDRESS_LIST | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_WWW_AUTHENTICATE] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_PROXY_AUTHENTICATE] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_AUTHORIZATION] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_PROXY_AUTHORIZATION] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_AUTHENTICATION_INFO] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO] = KIND_AUTH | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_MAX_FORWARDS] = KIND_SECONDS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_EXPIRES] = KIND_SECONDS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_MIN_EXPIRES] = KIND_SECONDS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_RETRY_AFTER] = KIND_SECONDS | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_DATE] = KIND_DATE | KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_CALL_ID] = KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_CSEQ] = KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_CONTENT_TYPE] = KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_EVENT] = KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_SUBSCRIPTION_STATE] = KIND_ONCE | KIND_NOT_EMPTY,
  [RUNGS_SIP_HEADER_VIA] = KIND_NOT_EMPTY,
};

/* An empty place where something is missing: behind the start line. */
static RungsSlice
head_start (const RungsSipMessage *message)
{
  return rungs_slice (message->start_line.data != NULL ? message->start_line.data : message->bytes.data, 0);
}

/* Whether the topmost Via has the cookie of RFC 3261, 8.1.1.7: only then is the sender held to all of it. */
static gboolean
has_branch_cookie (const RungsSipMessage *message)
{
  RungsSlice branch;

  rungs_sip_via_peek (rungs_sip_message_get (message, RUNGS_SIP_HEADER_VIA), NULL, &branch, NULL);
  return rungs_slice_starts_with (branch, RUNGS_SLICE_LITERAL ("z9hG4bK"));
}

static void
check_missing (RungsSipMessage *message)
{
  static const guint16 needed[] = { RUNGS_SIP_HEADER_VIA,
                                    RUNGS_SIP_HEADER_FROM,
                                    RUNGS_SIP_HEADER_TO,
                                    RUNGS_SIP_HEADER_CALL_ID,
                                    RUNGS_SIP_HEADER_CSEQ };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!rungs_sip_message_has (message, needed[i]))
      rungs_sip_message_add_remark (message, RUNGS_REMARK_HEADER_MISSING, needed[i], head_start (message));
  if (message->kind == RUNGS_SIP_KIND_REQUEST &&
      !rungs_sip_message_has (message, RUNGS_SIP_HEADER_MAX_FORWARDS) && has_branch_cookie (message))
    rungs_sip_message_add_remark (message,
                                  RUNGS_REMARK_HEADER_MISSING,
                                  RUNGS_SIP_HEADER_MAX_FORWARDS,
                                  head_start (message));
  if (message->body.length > 0 && !rungs_sip_message_has (message, RUNGS_SIP_HEADER_CONTENT_TYPE))
    rungs_sip_message_add_remark (message,
                                  RUNGS_REMARK_CONTENT_TYPE_MISSING,
                                  RUNGS_SIP_HEADER_CONTENT_TYPE,
                                  rungs_slice_sub (message->body, 0, 1));
}

static void
check_start_line (RungsSipMessage *message)
{
  if (message->kind != RUNGS_SIP_KIND_REQUEST)
    return;
  if (message->method == RUNGS_SIP_METHOD_OTHER)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_METHOD_UNKNOWN, 0, message->method_name);
  rungs_sip_check_request_uri (message);
}

/* Digits only; Retry-After may have a comment and parameters behind them. */
static void
check_seconds (RungsSipMessage *message, const RungsSipHeader *header)
{
  guint64 limit = header->id == RUNGS_SIP_HEADER_MAX_FORWARDS ? 255 : G_MAXUINT32;
  gsize digits = rungs_sip_count_digits (header->value);
  RungsSlice rest = rungs_slice_trim (rungs_slice_skip (header->value, digits));
  gboolean may_go_on = header->id == RUNGS_SIP_HEADER_RETRY_AFTER;
  guint64 number = 0;

  if (header->value.length == 0)
    return;
  if (digits == 0 || (rest.length > 0 && !(may_go_on && (rest.data[0] == ';' || rest.data[0] == '('))))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_MALFORMED, header->id, header->value);
  else if (!rungs_slice_to_uint64 (rungs_slice_sub (header->value, 0, digits), &number) || number > limit)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_TOO_LARGE, header->id, header->value);
}

/* "Sat, 13 Nov 2010 23:29:00 GMT", and nothing else (RFC 3261, 20.17). */
static gboolean
is_date (RungsSlice text)
{
  static const char form[] = "Aaa, 00 Aaa 0000 00:00:00 GMT";

  if (text.length != sizeof form - 1)
    return FALSE;
  for (gsize i = 0; i < text.length; i++)
    {
      gboolean fits = form[i] == '0'                        ? g_ascii_isdigit (text.data[i])
                      : i < 11 && g_ascii_isalpha (form[i]) ? g_ascii_isalpha (text.data[i])
                                                            : g_ascii_toupper (text.data[i]) == form[i];

      if (!fits)
        return FALSE;
    }
  return TRUE;
}

static void
check_cseq (RungsSipMessage *message)
{
  RungsSlice value = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CSEQ);
  gsize digits = rungs_sip_count_digits (value);
  RungsSlice rest = rungs_slice_skip (value, digits);
  guint64 number = 0;
  RungsSlice method;

  if (value.length == 0)
    return;
  rungs_sip_message_get_cseq (message, NULL, &method);
  if (digits == 0 || method.length == 0 || rest.data == method.data ||
      rungs_slice_end (method) != rungs_slice_end (value))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_CSEQ_MALFORMED, RUNGS_SIP_HEADER_CSEQ, value);
  else if (message->kind == RUNGS_SIP_KIND_REQUEST && !rungs_slice_equal (method, message->method_name))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_CSEQ_METHOD_DIFFERS, RUNGS_SIP_HEADER_CSEQ, method);
  if (digits > 0 &&
      (!rungs_slice_to_uint64 (rungs_slice_sub (value, 0, digits), &number) || number > MAX_CSEQ))
    rungs_sip_message_add_remark (message,
                                  RUNGS_REMARK_NUMBER_TOO_LARGE,
                                  RUNGS_SIP_HEADER_CSEQ,
                                  rungs_slice_sub (value, 0, digits));
}

gboolean
rungs_sip_check_parameters (RungsSlice parameters)
{
  RungsSlice item;

  if (parameters.data == NULL)
    return TRUE;
  if (parameters.length == 0 || rungs_slice_trim (parameters).length == 0 ||
      parameters.data[parameters.length - 1] == ';')
    return FALSE;
  while (rungs_scan_item (&parameters, ';', &item))
    if (item.length == 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_host_name (RungsSlice host)
{
  for (gsize i = 0; i < host.length; i++)
    if (!g_ascii_isalnum (host.data[i]) && strchr (".-_", host.data[i]) == NULL)
      return FALSE;
  return host.length > 0;
}

static void
check_via (RungsSipMessage *message, const RungsSipHeader *header)
{
  RungsSlice rest = header->value, item;
  RungsSipVia via;

  while (rungs_scan_item (&rest, ',', &item))
    {
      gboolean parsed = rungs_sip_via_parse (&via, item);

      if (rungs_sip_check_host (message, via.host, item, header->id))
        return;
      if (!parsed || !rungs_sip_check_parameters (via.parameters) ||
          (rungs_slice_find_char (via.host, 0, ':') < 0 && !is_host_name (via.host)))
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_VIA_MALFORMED, header->id, item);
          return;
        }
      /* The cookie alone tells no transaction from another (RFC 4475, 3.2.1). */
      if (rungs_slice_equal_string (via.branch, "z9hG4bK"))
        rungs_sip_message_add_remark (message, RUNGS_REMARK_VIA_MALFORMED, header->id, via.branch);
    }
}

static void
check_auth (RungsSipMessage *message, const RungsSipHeader *header)
{
  RungsSipAuth auth;
  RungsSlice rest, name, value;
  gboolean has_scheme = rungs_sip_auth_parse (&auth, header->value);
  gboolean info = header->id == RUNGS_SIP_HEADER_AUTHENTICATION_INFO ||
                  header->id == RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO;
  gboolean good = has_scheme || info;

  if (header->value.length == 0)
    return;
  rest = auth.parameters;
  if (has_scheme && rungs_sip_auth_get_token68 (&auth).length > 0)
    return;
  while (good && auth.scheme != RUNGS_SIP_SCHEME_BASIC && rungs_sip_auth_next (&rest, &name, &value))
    {
      if (value.data == NULL || !rungs_sip_is_token (name))
        good = FALSE;
      else if (rungs_slice_case_equal_string (name, "gssapi-data") && !rungs_sip_auth_is_base64 (value))
        rungs_sip_message_add_remark (message, RUNGS_REMARK_TOKEN_NOT_BASE64, header->id, value);
    }
  if (!good)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_AUTH_MALFORMED, header->id, header->value);
}

gboolean
rungs_sip_check_quotes (RungsSipMessage *message, const RungsSipHeader *header)
{
  RungsSlice rest = header->value, content;
  gssize quote;
  gboolean closed;

  while ((quote = rungs_slice_find_char (rest, 0, '"')) >= 0)
    {
      gsize length;

      rest = rungs_slice_skip (rest, quote);
      length = rungs_scan_quoted (rest, &content, &closed);
      if (!closed)
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_QUOTE_OPEN, header->id, rest);
          return FALSE;
        }
      rest = rungs_slice_skip (rest, length);
    }
  return TRUE;
}

/* A typographic quote where SIP has a quoted string: at the start of the value or behind an equals sign. */
static void
check_typographic (RungsSipMessage *message, const RungsSipHeader *header)
{
  RungsSlice rest = header->value;
  gsize at = 0;

  while (at < rest.length)
    {
      RungsSlice here = rungs_slice_skip (rest, at);
      gssize equals;

      if (rungs_slice_starts_with (here, RUNGS_SLICE_LITERAL ("\xe2\x80\x9c")) ||
          rungs_slice_starts_with (here, RUNGS_SLICE_LITERAL ("\xe2\x80\x9d")) ||
          rungs_slice_starts_with (here, RUNGS_SLICE_LITERAL ("\x93")))
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_QUOTE_TYPOGRAPHIC, header->id, header->value);
          return;
        }
      equals = rungs_slice_find_char (rest, at, '=');
      if (equals < 0)
        return;
      at = equals + 1;
    }
}

static void
check_header (RungsSipMessage *message, const RungsSipHeader *header)
{
  guint kind = value_kinds[header->id];

  /* A line without a colon has been remarked on while it was read. */
  if (header->value.data != rungs_slice_end (header->name) && !rungs_sip_is_token (header->name))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_HEADER_NAME_INVALID, header->id, header->name);
  if ((kind & KIND_NOT_EMPTY) && header->value.length == 0)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_HEADER_EMPTY, header->id, header->name);
  if ((kind & KIND_ONCE) && &message->headers[message->first[header->id] - 1] != header)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_HEADER_REPEATED, header->id, header->value);
  check_typographic (message, header);
  if ((kind & (KIND_ADDRESS | KIND_ADDRESS_LIST | KIND_AUTH)) && !rungs_sip_check_quotes (message, header))
    return;
  if (kind & (KIND_ADDRESS | KIND_ADDRESS_LIST))
    rungs_sip_check_addresses (message, header, (kind & KIND_ADDRESS_LIST) != 0);
  if (kind & KIND_AUTH)
    check_auth (message, header);
  if (kind & KIND_SECONDS)
    check_seconds (message, header);
  if ((kind & KIND_DATE) && header->value.length > 0 && !is_date (header->value))
    rungs_sip_message_add_remark (message, RUNGS_REMARK_DATE_MALFORMED, header->id, header->value);
  if (header->id == RUNGS_SIP_HEADER_VIA)
    check_via (message, header);
  /* warn-code is three digits (RFC 3261, 20.43). */
  if (header->id == RUNGS_SIP_HEADER_WARNING && rungs_sip_count_digits (header->value) != 3)
    rungs_sip_message_add_remark (message, RUNGS_REMARK_NUMBER_MALFORMED, header->id, header->value);
}

/* The head must be UTF-8, and NUL may stand in it only behind a backslash. */
static void
check_bytes (RungsSipMessage *message)
{
  const char *p = message->bytes.data;
  const char *end = message->body.data != NULL ? message->body.data : rungs_slice_end (message->bytes);
  gboolean nul_seen = FALSE;

  while (p < end && !g_utf8_validate_len (p, end - p, &p))
    {
      if (*p != '\0')
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_INVALID_UTF8, 0, rungs_slice (p, 1));
          return;
        }
      if (!nul_seen && (p == message->bytes.data || p[-1] != '\\'))
        {
          rungs_sip_message_add_remark (message, RUNGS_REMARK_NUL_BYTE, 0, rungs_slice (p, 1));
          nul_seen = TRUE;
        }
      p++;
    }
}

void
rungs_sip_check (RungsSipMessage *message)
{
  g_assert (message != NULL);

  check_bytes (message);
  check_start_line (message);
  check_missing (message);
  for (guint i = 0; i < message->n_headers; i++)
    check_header (message, &message->headers[i]);
  check_cseq (message);
}

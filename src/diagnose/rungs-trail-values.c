/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which values of a header tie messages together.  See rungs-trail-values.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-via.h"
#include "rungs-trail-values.h"

typedef struct
{
  RungsTrailValueFunc func;
  gpointer data;
} Walk;

typedef void (*WalkFunc) (const Walk *walk, RungsSlice value);

static void
emit (const Walk *walk, RungsTrailKind kind, const char *name, RungsSlice value)
{
  if (value.length > 0)
    walk->func (kind, name, value, walk->data);
}

/* The parameters of a header that are values of their own. */
typedef struct
{
  const char *name;
  RungsTrailKind kind;
} Parameter;

static void
walk_parameters (const Walk *walk, RungsSlice parameters, const Parameter *known, guint n_known)
{
  for (guint i = 0; i < n_known; i++)
    {
      RungsSlice value = RUNGS_SLICE_EMPTY;

      if (rungs_scan_find_parameter (parameters, ';', known[i].name, &value))
        emit (walk, known[i].kind, known[i].name, value);
    }
}

static void
walk_call_id (const Walk *walk, RungsSlice value)
{
  emit (walk, RUNGS_TRAIL_CALL_ID, "Call-ID", value);
}

static void
walk_cseq (const Walk *walk, RungsSlice value)
{
  emit (walk, RUNGS_TRAIL_CSEQ, "CSeq", value);
}

static void
walk_from_or_to (const Walk *walk, RungsSlice value)
{
  RungsSipAddress address;

  rungs_sip_address_parse (&address, value);
  emit (walk, RUNGS_TRAIL_TAG, "tag", address.tag);
  emit (walk, RUNGS_TRAIL_EPID, "epid", rungs_sip_address_get_parameter (&address, "epid"));
}

static void
walk_via (const Walk *walk, RungsSlice value)
{
  RungsSlice item;

  for (guint i = 0; i < RUNGS_TRAIL_MAX_VALUES && rungs_scan_item (&value, ',', &item); i++)
    {
      RungsSipVia via;

      rungs_sip_via_parse (&via, item);
      emit (walk, RUNGS_TRAIL_BRANCH, "branch", via.branch);
    }
}

static void
walk_addresses (const Walk *walk, RungsSlice value)
{
  static const Parameter known[] = { { "+sip.instance", RUNGS_TRAIL_INSTANCE },
                                     { "gruu", RUNGS_TRAIL_URI },
                                     { "pub-gruu", RUNGS_TRAIL_URI },
                                     { "temp-gruu", RUNGS_TRAIL_URI } };
  RungsSlice item;

  for (guint i = 0; i < RUNGS_TRAIL_MAX_VALUES && rungs_scan_item (&value, ',', &item); i++)
    {
      RungsSipAddress address;

      rungs_sip_address_parse (&address, item);
      if (!address.star)
        emit (walk, RUNGS_TRAIL_URI, "URI", address.uri.all);
      walk_parameters (walk, address.parameters, known, G_N_ELEMENTS (known));
    }
}

/* Replaces, Join, Target-Dialog: a Call-ID and two tags. */
static void
walk_dialog (const Walk *walk, RungsSlice value)
{
  static const Parameter known[] = { { "to-tag", RUNGS_TRAIL_TAG },
                                     { "from-tag", RUNGS_TRAIL_TAG },
                                     { "local-tag", RUNGS_TRAIL_TAG },
                                     { "remote-tag", RUNGS_TRAIL_TAG } };
  RungsSlice rest = value;
  RungsSlice call_id = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&rest, ';', &call_id);
  walk_call_id (walk, call_id);
  walk_parameters (walk, rest, known, G_N_ELEMENTS (known));
}

static void
walk_auth (const Walk *walk, RungsSlice value)
{
  static const Parameter known[] = {
    { "realm", RUNGS_TRAIL_REALM },   { "targetname", RUNGS_TRAIL_TARGETNAME },
    { "nonce", RUNGS_TRAIL_NONCE },   { "nextnonce", RUNGS_TRAIL_NONCE },
    { "opaque", RUNGS_TRAIL_OPAQUE }, { "crand", RUNGS_TRAIL_RANDOM },
    { "srand", RUNGS_TRAIL_RANDOM },  { "cnonce", RUNGS_TRAIL_RANDOM },
  };
  RungsSipAuth auth;

  rungs_sip_auth_parse (&auth, value);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    emit (walk, known[i].kind, known[i].name, rungs_sip_auth_get (&auth, known[i].name));
}

static void
walk_rseq (const Walk *walk, RungsSlice value)
{
  RungsSlice number = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&value, ' ', &number);
  emit (walk, RUNGS_TRAIL_RSEQ, "RSeq", number);
}

static void
walk_event (const Walk *walk, RungsSlice value)
{
  static const Parameter known[] = { { "id", RUNGS_TRAIL_EVENT_ID } };

  walk_parameters (walk, value, known, G_N_ELEMENTS (known));
}

static void
walk_etag (const Walk *walk, RungsSlice value)
{
  emit (walk, RUNGS_TRAIL_ETAG, "entity-tag", value);
}

static void
walk_session (const Walk *walk, RungsSlice value)
{
  RungsSlice id = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&value, ';', &id);
  emit (walk, RUNGS_TRAIL_SESSION, "session", id);
}

static WalkFunc
find_walk (guint id)
{
  switch ((RungsSipHeaderId) id)
    {
    case RUNGS_SIP_HEADER_CALL_ID:
    case RUNGS_SIP_HEADER_IN_REPLY_TO:
      return walk_call_id;
    case RUNGS_SIP_HEADER_CSEQ:
      return walk_cseq;
    case RUNGS_SIP_HEADER_FROM:
    case RUNGS_SIP_HEADER_TO:
      return walk_from_or_to;
    case RUNGS_SIP_HEADER_VIA:
      return walk_via;
    case RUNGS_SIP_HEADER_CONTACT:
    case RUNGS_SIP_HEADER_ROUTE:
    case RUNGS_SIP_HEADER_RECORD_ROUTE:
    case RUNGS_SIP_HEADER_PATH:
    case RUNGS_SIP_HEADER_SERVICE_ROUTE:
    case RUNGS_SIP_HEADER_REFER_TO:
      return walk_addresses;
    case RUNGS_SIP_HEADER_REPLACES:
    case RUNGS_SIP_HEADER_JOIN:
    case RUNGS_SIP_HEADER_TARGET_DIALOG:
      return walk_dialog;
    case RUNGS_SIP_HEADER_WWW_AUTHENTICATE:
    case RUNGS_SIP_HEADER_PROXY_AUTHENTICATE:
    case RUNGS_SIP_HEADER_AUTHORIZATION:
    case RUNGS_SIP_HEADER_PROXY_AUTHORIZATION:
    case RUNGS_SIP_HEADER_AUTHENTICATION_INFO:
    case RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO:
      return walk_auth;
    case RUNGS_SIP_HEADER_RSEQ:
    case RUNGS_SIP_HEADER_RACK:
      return walk_rseq;
    case RUNGS_SIP_HEADER_EVENT:
      return walk_event;
    case RUNGS_SIP_HEADER_SIP_ETAG:
    case RUNGS_SIP_HEADER_SIP_IF_MATCH:
      return walk_etag;
    case RUNGS_SIP_HEADER_SESSION_ID:
    case RUNGS_SIP_HEADER_MS_CONVERSATION_ID:
      return walk_session;
    default:
      return NULL;
    }
}

void
rungs_trail_values_walk_header (const RungsSipHeader *header, RungsTrailValueFunc func, gpointer data)
{
  Walk walk = { func, data };
  WalkFunc walk_value;

  g_return_if_fail (header != NULL && func != NULL);

  walk_value = find_walk (header->id);
  if (walk_value != NULL)
    walk_value (&walk, header->value);
}

void
rungs_trail_values_walk_message (const RungsSipMessage *sip, RungsTrailValueFunc func, gpointer data)
{
  Walk walk = { func, data };

  g_return_if_fail (sip != NULL && func != NULL);

  emit (&walk, RUNGS_TRAIL_URI, "URI", sip->request_uri);
  for (guint i = 0; i < sip->n_headers; i++)
    rungs_trail_values_walk_header (&sip->headers[i], func, data);
}

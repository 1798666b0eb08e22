/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The headers of routes, calls and subscriptions in their place.  See rungs-header-here.h. */

#include "config.h"

#include "rungs-fill-story.h"
#include "rungs-header-here.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-via.h"

#define MAX_VIAS 256 /* that are counted */

static void
set_text (RungsHeaderHere *here, guint n, const char *name, RungsSlice text)
{
  here->values[n] = (RungsHitValue){ name, RUNGS_VALUE_TEXT, text, 0 };
}

static void
set_seconds (RungsHeaderHere *here, guint n, const char *name, guint64 seconds)
{
  here->values[n] =
    (RungsHitValue){ name, RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, (gint64) seconds * G_TIME_SPAN_SECOND };
}

/* The number at the beginning of "1800;refresher=uac". */
static gboolean
get_seconds (RungsSlice value, guint64 *seconds)
{
  RungsSlice item = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&value, ';', &item);
  return rungs_slice_to_uint64 (item, seconds) && *seconds <= G_MAXINT32;
}

static guint
count_headers (const RungsHeaderHere *here, RungsSipHeaderId id)
{
  guint n = 0;

  for (const RungsSipHeader *header = rungs_sip_message_first (here->sip, id); header != NULL && n < MAX_VIAS;
       header = rungs_sip_message_next (here->sip, header))
    n++;
  return n;
}

static const char *
choose_via (RungsHeaderHere *here)
{
  guint n = count_headers (here, RUNGS_SIP_HEADER_VIA);
  gboolean first = here->occurrence == 0;
  RungsSipVia via;

  rungs_sip_via_parse (&via, here->value);
  set_text (here, 0, "host", via.host);
  if (!here->request && n <= 1 && rungs_message_fact_is_translated (here->fact))
    return "here-via-added";
  /* A name says nothing about a NAT: the server adds the address behind it in any case. */
  if (!here->request && n <= 1 && via.received.length > 0)
    return "here-via-received";
  if (n <= 1)
    {
      if (!here->request)
        return "here-via-answer";
      return rungs_message_fact_has_magic_branch (here->fact) ? "here-via-request" : "here-via-no-branch";
    }
  if (here->occurrence + 1 == n)
    return here->request ? "here-via-origin" : "here-via-origin-answer";
  if (first)
    return here->request ? "here-via-top" : "here-via-top-answer";
  return "here-via-middle";
}

static const char *
choose_max_forwards (RungsHeaderHere *here)
{
  guint64 left, before;
  const RungsMessageFact *principal = &here->facts->messages[here->fact->principal];

  if (!here->request || !rungs_slice_to_uint64 (here->value, &left))
    return NULL;
  if (left == 0)
    return "here-max-forwards-none";
  if (principal != here->fact &&
      rungs_slice_to_uint64 (principal->headers[RUNGS_FACT_HEADER_MAX_FORWARDS], &before) && before > left)
    {
      here->values[0] = (RungsHitValue){ "first", RUNGS_VALUE_NUMBER, .number = principal->message + 1 };
      here->values[1] = (RungsHitValue){ "count", RUNGS_VALUE_NUMBER, .number = (gint64) (before - left) };
      return "here-max-forwards-less";
    }
  return left == 70 ? "here-max-forwards-fresh" : "here-max-forwards";
}

static const char *
choose_route (RungsHeaderHere *here)
{
  RungsSipAddress address;

  rungs_sip_address_parse (&address, here->value);
  set_text (here, 0, "host", address.uri.host);
  return here->occurrence == 0 ? "here-route-next" : "here-route";
}

static const char *
choose_record_route (RungsHeaderHere *here)
{
  if (here->fact->info->method == RUNGS_SIP_METHOD_REGISTER)
    return "here-record-route-register";
  return here->request ? "here-record-route" : "here-record-route-answer";
}

static const char *
choose_session_expires (RungsHeaderHere *here)
{
  RungsSlice refresher = RUNGS_SLICE_EMPTY;
  guint64 seconds;

  if (!get_seconds (here->value, &seconds))
    return NULL;
  set_seconds (here, 0, "duration", seconds);
  rungs_scan_find_parameter (here->value, ';', "refresher", &refresher);
  if (here->request)
    return "here-session-asked";
  if (rungs_slice_case_equal_string (refresher, "uac"))
    return "here-session-uac";
  return rungs_slice_case_equal_string (refresher, "uas") ? "here-session-uas" : "here-session-agreed";
}

static const char *
choose_min_se (RungsHeaderHere *here)
{
  guint64 seconds;

  if (!get_seconds (here->value, &seconds))
    return NULL;
  set_seconds (here, 0, "duration", seconds);
  return "here-min-se";
}

static const char *
choose_retry_after (RungsHeaderHere *here)
{
  guint64 seconds;
  RungsSlice rest = here->value;
  RungsSlice word = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&rest, ' ', &word);
  if (!get_seconds (word, &seconds))
    return NULL;
  set_seconds (here, 0, "duration", seconds);
  return "here-retry-after";
}

static const char *
choose_subscription_state (RungsHeaderHere *here)
{
  static const struct
  {
    const char *reason;
    const char *id;
  } reasons[] = {
    { "timeout", "here-state-timeout" },   { "deactivated", "here-state-deactivated" },
    { "rejected", "here-state-rejected" }, { "noresource", "here-state-noresource" },
    { "giveup", "here-state-giveup" },     { "probation", "here-state-probation" },
  };
  RungsSlice parameter = RUNGS_SLICE_EMPTY;
  guint64 seconds;

  if (rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("pending")))
    return "here-state-pending";
  if (rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("active")))
    {
      if (!rungs_scan_find_parameter (here->value, ';', "expires", &parameter) ||
          !get_seconds (parameter, &seconds))
        return "here-state-active";
      set_seconds (here, 0, "duration", seconds);
      return "here-state-active-for";
    }
  if (!rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("terminated")))
    return NULL;
  rungs_scan_find_parameter (here->value, ';', "reason", &parameter);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (rungs_slice_case_equal_string (parameter, reasons[i].reason))
      return reasons[i].id;
  return "here-state-terminated";
}

static const char *
choose_reason (RungsHeaderHere *here)
{
  return rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("Q.850")) ? "here-reason-network"
                                                                                   : "here-reason";
}

static const char *
choose_content_type (RungsHeaderHere *here)
{
  static const struct
  {
    const char *type;
    const char *id;
  } known[] = {
    { "application/sdp", "here-content-sdp" },
    { "multipart/", "here-content-multipart" },
    { "application/pidf+xml", "here-content-presence" },
    { "text/xml+msrtc.pidf", "here-content-presence" },
    { "application/msrtc-event-categories+xml", "here-content-categories" },
    { "application/vnd-microsoft-roaming-provisioning-v2+xml", "here-content-provisioning" },
    { "application/vnd-microsoft-roaming-contacts+xml", "here-content-contacts" },
    { "application/cccp+xml", "here-content-conference" },
    { "application/conference-info+xml", "here-content-roster" },
    { "application/dialog-info+xml", "here-content-dialogs" },
    { "application/simple-message-summary", "here-content-mailbox" },
    { "application/reginfo+xml", "here-content-reginfo" },
    { "message/sipfrag", "here-content-sipfrag" },
    { "message/sip", "here-content-sip" },
    { "text/plain", "here-content-text" },
    { "text/rtf", "here-content-text" },
    { "text/html", "here-content-text" },
    { "application/im-iscomposing+xml", "here-content-typing" },
    { "application/dtmf", "here-content-digit" },
    { "application/media_control+xml", "here-content-picture" },
    { "text/registration-event", "here-content-registration" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (rungs_slice_case_starts_with (here->value, rungs_slice_from_string (known[i].type)))
      return known[i].id;
  return NULL;
}

static const char *
choose_asserted (RungsHeaderHere *here)
{
  RungsSipAddress asserted, from;
  RungsSlice rest = here->value;
  RungsSlice item = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&rest, ',', &item);
  if (!rungs_sip_address_parse (&asserted, item) || !rungs_sip_address_parse (&from, here->fact->from))
    return "here-asserted";
  return here->request && asserted.uri.user.length > 0 &&
             !rungs_slice_case_equal (asserted.uri.user, from.uri.user)
           ? "here-asserted-differs"
           : "here-asserted";
}

/* Headers whose meaning only depends on who sends them. */
static const struct
{
  RungsSipHeaderId header;
  const char *request; /* or NULL */
  const char *answer;
} simple[] = {
  { RUNGS_SIP_HEADER_ALLOW, "here-allow", "here-allow" },
  { RUNGS_SIP_HEADER_REQUIRE, "here-require-request", "here-require-answer" },
  { RUNGS_SIP_HEADER_UNSUPPORTED, NULL, "here-unsupported" },
  { RUNGS_SIP_HEADER_REFER_TO, "here-refer-to", NULL },
  { RUNGS_SIP_HEADER_REFERRED_BY, "here-referred-by", NULL },
  { RUNGS_SIP_HEADER_REPLACES, "here-replaces", NULL },
  { RUNGS_SIP_HEADER_RSEQ, NULL, "here-rseq" },
  { RUNGS_SIP_HEADER_RACK, "here-rack", NULL },
  { RUNGS_SIP_HEADER_SIP_ETAG, NULL, "here-etag" },
  { RUNGS_SIP_HEADER_SIP_IF_MATCH, "here-if-match", NULL },
  { RUNGS_SIP_HEADER_WARNING, NULL, "here-warning" },
  { RUNGS_SIP_HEADER_PRIVACY, "here-privacy", "here-privacy" },
  { RUNGS_SIP_HEADER_ACCEPT, "here-accept", "here-accept" },
  { RUNGS_SIP_HEADER_HISTORY_INFO, "here-history", "here-history" },
  { RUNGS_SIP_HEADER_MS_CONVERSATION_ID, "here-conversation", "here-conversation" },
  { RUNGS_SIP_HEADER_P_CHARGING_VECTOR, "here-charging", "here-charging" },
};

const char *
rungs_header_here_choose_call (RungsHeaderHere *here, RungsSipHeaderId header)
{
  static const struct
  {
    RungsSipHeaderId header;
    const char *(*choose) (RungsHeaderHere *here);
  } choices[] = {
    { RUNGS_SIP_HEADER_VIA, choose_via },
    { RUNGS_SIP_HEADER_MAX_FORWARDS, choose_max_forwards },
    { RUNGS_SIP_HEADER_ROUTE, choose_route },
    { RUNGS_SIP_HEADER_RECORD_ROUTE, choose_record_route },
    { RUNGS_SIP_HEADER_SESSION_EXPIRES, choose_session_expires },
    { RUNGS_SIP_HEADER_MIN_SE, choose_min_se },
    { RUNGS_SIP_HEADER_RETRY_AFTER, choose_retry_after },
    { RUNGS_SIP_HEADER_SUBSCRIPTION_STATE, choose_subscription_state },
    { RUNGS_SIP_HEADER_REASON, choose_reason },
    { RUNGS_SIP_HEADER_CONTENT_TYPE, choose_content_type },
    { RUNGS_SIP_HEADER_P_ASSERTED_IDENTITY, choose_asserted },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].header == header)
      return choices[i].choose (here);
  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (simple[i].header == header)
      return here->request ? simple[i].request : simple[i].answer;
  return NULL;
}

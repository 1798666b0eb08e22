/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a header means in this place.  See rungs-header-here.h. */

#include "config.h"

#include "rungs-fill-story.h"
#include "rungs-fill.h"
#include "rungs-header-here.h"
#include "rungs-rules.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"

typedef const char *(*ChooseFunc) (RungsHeaderHere *here);

static void
set_number (RungsHeaderHere *here, guint n, const char *name, gint64 number)
{
  here->values[n] = (RungsHitValue){ name, RUNGS_VALUE_NUMBER, RUNGS_SLICE_EMPTY, number };
}

static const RungsMessageFact *
get_request (const RungsHeaderHere *here)
{
  return here->fact->request != RUNGS_NO_POSITION ? &here->facts->messages[here->fact->request] : NULL;
}

/* Numbers for people count the trace's messages from 1. */
static gint64
number_of (const RungsHeaderHere *here, guint position)
{
  return (gint64) here->facts->messages[position].message + 1;
}

static const char *
choose_call_id (RungsHeaderHere *here)
{
  guint last = here->position > 0 ? here->position - 1 : 0;

  if (here->position == 0)
    {
      if (here->facts->info->kind == RUNGS_FLOW_REGISTRATION)
        return "here-call-id-new-registration";
      return here->facts->info->kind == RUNGS_FLOW_CALL ? "here-call-id-new-call" : "here-call-id-new";
    }
  set_number (here, 0, "first", number_of (here, 0));
  if (last == 0)
    return "here-call-id-same-one";
  if (last == 1)
    {
      set_number (here, 1, "last", number_of (here, 1));
      return "here-call-id-same-two";
    }
  set_number (here, 1, "last", number_of (here, last));
  set_number (here, 2, "count", last);
  return number_of (here, last) - number_of (here, 0) == (gint64) last ? "here-call-id-same"
                                                                       : "here-call-id-same-apart";
}

/* The request before, from the same end of the same hop. */
static guint
previous_request (const RungsHeaderHere *here)
{
  for (guint i = here->position; i > 0; i--)
    {
      const RungsMessageFact *fact = &here->facts->messages[i - 1];

      if (rungs_message_fact_has (fact, RUNGS_FACT_REQUEST) &&
          fact->info->source == here->fact->info->source && fact->hop == here->fact->hop &&
          fact->principal != here->position)
        return i - 1;
    }
  return RUNGS_NO_POSITION;
}

static const char *
choose_cseq (RungsHeaderHere *here)
{
  guint before;

  if (!here->request)
    {
      if (here->fact->request == RUNGS_NO_POSITION)
        return NULL;
      set_number (here, 0, "first", number_of (here, here->fact->request));
      return "here-cseq-answer";
    }
  if (here->fact->info->method == RUNGS_SIP_METHOD_ACK || here->fact->info->method == RUNGS_SIP_METHOD_CANCEL)
    return "here-cseq-belongs";
  before = previous_request (here);
  if (before == RUNGS_NO_POSITION)
    return "here-cseq-first";
  set_number (here, 0, "first", number_of (here, before));
  set_number (here, 1, "before", here->facts->messages[before].info->cseq);
  return here->fact->info->cseq == here->facts->messages[before].info->cseq + 1 ? "here-cseq-up"
                                                                                : "here-cseq-other";
}

static const char *
choose_from (RungsHeaderHere *here)
{
  if (!here->request)
    return "here-from-answer";
  if (here->fact->info->method == RUNGS_SIP_METHOD_REGISTER)
    return rungs_slice_case_equal (rungs_message_fact_get_from_address (here->fact),
                                   rungs_message_fact_get_to_address (here->fact))
             ? "here-from-register"
             : "here-from-differs";
  return rungs_message_fact_get_to_tag (here->fact).length == 0 &&
             rungs_message_fact_get_from_tag (here->fact).length > 0
           ? "here-from-tag-new"
           : NULL;
}

static const char *
choose_to (RungsHeaderHere *here)
{
  const RungsMessageFact *request = get_request (here);

  if (here->request)
    {
      if (rungs_message_fact_get_to_tag (here->fact).length > 0)
        return "here-to-dialog";
      return here->fact->info->method == RUNGS_SIP_METHOD_REGISTER ? "here-to-register" : "here-to-first";
    }
  return request != NULL && rungs_message_fact_get_to_tag (request).length == 0 &&
             rungs_message_fact_get_to_tag (here->fact).length > 0
           ? "here-to-added"
           : NULL;
}

static const char *
choose_dialog_contact (const RungsHeaderHere *here)
{
  if (rungs_story_contains (here->value, "isfocus"))
    return "here-contact-focus";
  if (here->request)
    return here->fact->info->method == RUNGS_SIP_METHOD_INVITE ||
               here->fact->info->method == RUNGS_SIP_METHOD_SUBSCRIBE
             ? "here-contact-dialog"
             : NULL;
  return here->status > 100 && here->status < 300 ? "here-contact-dialog-answer" : NULL;
}

static const char *
choose_contact (RungsHeaderHere *here)
{
  RungsSipAddress address;
  RungsSlice rest = here->value;
  RungsSlice item = RUNGS_SLICE_EMPTY;

  if (here->status >= 300 && here->status < 400)
    return "here-contact-redirect";
  if (here->fact->info->method != RUNGS_SIP_METHOD_REGISTER)
    return choose_dialog_contact (here);
  rungs_scan_item (&rest, ',', &item);
  rungs_sip_address_parse (&address, item);
  if (here->request)
    {
      if (rungs_message_fact_is_removal (here->fact))
        return NULL;
      return rungs_slice_case_equal_string (rungs_sip_address_get_parameter (&address, "proxy"), "replace")
               ? "here-contact-replace"
               : "here-contact-register";
    }
  if (here->status < 200 || here->status >= 300 || rungs_message_fact_get_expires (here->fact) <= 0)
    return NULL;
  return rungs_sip_address_get_parameter (&address, "gruu").length > 0 ? "here-contact-gruu"
                                                                       : "here-contact-granted";
}

static const char *
choose_expires (RungsHeaderHere *here)
{
  const RungsMessageFact *request = get_request (here);

  if (rungs_message_fact_get_expires (here->fact) < 0)
    return NULL;
  if (here->request)
    {
      if (rungs_message_fact_get_expires (here->fact) > 0)
        return "here-expires-asked";
      return here->fact->info->method == RUNGS_SIP_METHOD_REGISTER ? "here-expires-removed" : NULL;
    }
  if (here->status < 200 || here->status >= 300 || rungs_message_fact_get_expires (here->fact) == 0)
    return NULL;
  return request != NULL &&
             rungs_message_fact_get_expires (request) > rungs_message_fact_get_expires (here->fact)
           ? "here-expires-shorter"
           : "here-expires-granted";
}

static const char *
choose_min_expires (RungsHeaderHere *here)
{
  return here->status == 423 ? "here-min-expires" : NULL;
}

static const char *
choose_event (RungsHeaderHere *here)
{
  if (here->request && here->fact->info->method == RUNGS_SIP_METHOD_REGISTER &&
      rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("registration")))
    return "here-event-registration";
  if (rungs_slice_case_starts_with (here->value, RUNGS_SLICE_LITERAL ("vnd-microsoft-provisioning-v2")))
    return "here-event-provisioning";
  return here->request ? "here-event" : NULL;
}

static const char *
choose_user_agent (RungsHeaderHere *here)
{
  if (!here->facts->microsoft)
    return "here-user-agent-plain";
  return here->request ? "here-user-agent" : NULL;
}

static const char *
choose_server (RungsHeaderHere *here)
{
  static const struct
  {
    const char *prefix;
    const char *id;
  } products[] = {
    { "RTC/3.5", "here-server-rtc35" }, { "RTC/3.0", "here-server-rtc3" }, { "RTC/4.", "here-server-rtc4" },
    { "RTC/5.", "here-server-rtc5" },   { "RTC/6.", "here-server-rtc6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    if (rungs_slice_case_starts_with (here->value, rungs_slice_from_string (products[i].prefix)))
      return products[i].id;
  return here->facts->microsoft ? "here-server" : "here-user-agent-plain";
}

static const char *
choose_date (RungsHeaderHere *here)
{
  return here->facts->microsoft && !here->request ? "here-date" : NULL;
}

static const char *
choose_content_length (RungsHeaderHere *here)
{
  guint64 length;

  if (!rungs_slice_to_uint64 (here->value, &length))
    return NULL;
  return length == 0 ? "here-content-length-none" : "here-content-length-body";
}

static const char *
choose_logon_data (RungsHeaderHere *here)
{
  if (!rungs_message_fact_has (here->fact, RUNGS_FACT_REMOTE_USER))
    return NULL;
  for (guint i = 0; i < here->position; i++)
    if (rungs_message_fact_has (&here->facts->messages[i], RUNGS_FACT_REMOTE_USER))
      {
        set_number (here, 0, "first", number_of (here, i));
        return "here-logon-again";
      }
  return "here-logon-remote";
}

static const char *
choose_keep_alive (RungsHeaderHere *here)
{
  guint seconds;

  if (here->request)
    return "here-keep-alive-asked";
  seconds = rungs_rules_get_keep_alive (here->value);
  if (seconds == 0)
    return NULL;
  here->values[0] = (RungsHitValue){
    "timeout", RUNGS_VALUE_DURATION, RUNGS_SLICE_EMPTY, (gint64) seconds * G_TIME_SPAN_SECOND
  };
  return "here-keep-alive-granted";
}

static const char *
choose_presence_state (RungsHeaderHere *here)
{
  if (rungs_slice_find (here->value, 0, RUNGS_SLICE_LITERAL ("\"added\"")) >= 0)
    return "here-presence-added";
  if (rungs_slice_find (here->value, 0, RUNGS_SLICE_LITERAL ("\"refreshed\"")) >= 0)
    return "here-presence-refreshed";
  return rungs_slice_find (here->value, 0, RUNGS_SLICE_LITERAL ("\"fixed\"")) >= 0 ? "here-presence-fixed"
                                                                                   : NULL;
}

static const char *
choose_allow_events (RungsHeaderHere *here)
{
  return here->request ? NULL : "here-allow-events";
}

static const char *
choose_supported (RungsHeaderHere *here)
{
  return here->request ? "here-supported-request" : "here-supported-answer";
}

static const char *
choose_diagnostics (RungsHeaderHere *here)
{
  RungsSlice reason = rungs_fill_diagnostics_reason (here->value);

  if (reason.length == 0)
    return NULL;
  here->values[0] = (RungsHitValue){ "reason", RUNGS_VALUE_TEXT, reason, 0 };
  return "here-diagnostics";
}

static const struct
{
  RungsSipHeaderId header;
  ChooseFunc choose;
} choices[] = {
  { RUNGS_SIP_HEADER_CALL_ID, choose_call_id },
  { RUNGS_SIP_HEADER_CSEQ, choose_cseq },
  { RUNGS_SIP_HEADER_FROM, choose_from },
  { RUNGS_SIP_HEADER_TO, choose_to },
  { RUNGS_SIP_HEADER_CONTACT, choose_contact },
  { RUNGS_SIP_HEADER_EXPIRES, choose_expires },
  { RUNGS_SIP_HEADER_MIN_EXPIRES, choose_min_expires },
  { RUNGS_SIP_HEADER_EVENT, choose_event },
  { RUNGS_SIP_HEADER_USER_AGENT, choose_user_agent },
  { RUNGS_SIP_HEADER_SERVER, choose_server },
  { RUNGS_SIP_HEADER_DATE, choose_date },
  { RUNGS_SIP_HEADER_CONTENT_LENGTH, choose_content_length },
  { RUNGS_SIP_HEADER_MS_USER_LOGON_DATA, choose_logon_data },
  { RUNGS_SIP_HEADER_MS_KEEP_ALIVE, choose_keep_alive },
  { RUNGS_SIP_HEADER_PRESENCE_STATE, choose_presence_state },
  { RUNGS_SIP_HEADER_ALLOW_EVENTS, choose_allow_events },
  { RUNGS_SIP_HEADER_SUPPORTED, choose_supported },
  { RUNGS_SIP_HEADER_MS_DIAGNOSTICS, choose_diagnostics },
  { RUNGS_SIP_HEADER_MS_DIAGNOSTICS_PUBLIC, choose_diagnostics },
  { RUNGS_SIP_HEADER_WWW_AUTHENTICATE, rungs_header_here_choose_auth },
  { RUNGS_SIP_HEADER_PROXY_AUTHENTICATE, rungs_header_here_choose_auth },
  { RUNGS_SIP_HEADER_AUTHORIZATION, rungs_header_here_choose_auth },
  { RUNGS_SIP_HEADER_PROXY_AUTHORIZATION, rungs_header_here_choose_auth },
  { RUNGS_SIP_HEADER_AUTHENTICATION_INFO, rungs_header_here_choose_auth },
  { RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO, rungs_header_here_choose_auth },
};

static ChooseFunc
find_choice (RungsSipHeaderId header)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].header == header)
      return choices[i].choose;
  return NULL;
}

char *
rungs_header_here_explain (
  const RungsFlowFacts *facts, RungsMessageCache *cache, guint position, const char *name, guint occurrence)
{
  const RungsSipMessage *sip;
  RungsSipHeaderId id = rungs_sip_header_lookup (rungs_slice_from_string (name));
  ChooseFunc choose = id != RUNGS_SIP_HEADER_UNKNOWN ? find_choice (id) : NULL;
  const RungsSipHeader *header;
  const char *text;
  RungsHeaderHere here = { .facts = facts, .fact = &facts->messages[position], .position = position };

  if (id == RUNGS_SIP_HEADER_UNKNOWN || (id == RUNGS_SIP_HEADER_SUPPORTED && occurrence > 0))
    return NULL;
  sip = rungs_message_cache_get (cache, here.fact->message);
  here.sip = sip;
  here.occurrence = occurrence;
  header = rungs_sip_message_first (sip, id);
  while (header != NULL && occurrence-- > 0)
    header = rungs_sip_message_next (sip, header);
  if (header == NULL)
    return NULL;
  here.value = header->value;
  here.request = sip->kind == RUNGS_SIP_KIND_REQUEST;
  here.status = sip->status;
  text = choose != NULL ? choose (&here) : rungs_header_here_choose_call (&here, id);
  return text != NULL ? rungs_fill_words (facts, position, here.values, G_N_ELEMENTS (here.values), text)
                      : NULL;
}

/* These change in every message, and nobody looks at them first. */
static gboolean
always_changes (RungsSipHeaderId id)
{
  return id == RUNGS_SIP_HEADER_VIA || id == RUNGS_SIP_HEADER_CSEQ || id == RUNGS_SIP_HEADER_FROM ||
         id == RUNGS_SIP_HEADER_TO || id == RUNGS_SIP_HEADER_DATE || id == RUNGS_SIP_HEADER_CONTENT_LENGTH;
}

/* In a first message everything is new; these are what it is about. */
static gboolean
opens_a_flow (RungsSipHeaderId id)
{
  return id == RUNGS_SIP_HEADER_CALL_ID || id == RUNGS_SIP_HEADER_FROM || id == RUNGS_SIP_HEADER_TO ||
         id == RUNGS_SIP_HEADER_CONTACT || id == RUNGS_SIP_HEADER_EVENT;
}

guint
rungs_header_here_find_previous (const RungsFlowFacts *facts, guint position)
{
  const RungsMessageFact *fact = &facts->messages[position];
  guint kind = fact->flags & RUNGS_FACT_REQUEST;

  for (guint i = position; i > 0; i--)
    if ((facts->messages[i - 1].flags & RUNGS_FACT_REQUEST) == kind &&
        facts->messages[i - 1].hop == fact->hop)
      return i - 1;
  return RUNGS_NO_POSITION;
}

/* Whether a hit at @position names bytes of the header line. */
static gboolean
is_named (const GArray *hits, guint position, RungsSlice line)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const RungsHit *hit = &g_array_index (hits, RungsHit, i);

      if (hit->position == position && hit->severity != RUNGS_SEVERITY_INFO && hit->proof.length > 0 &&
          hit->proof.data >= line.data && hit->proof.data < rungs_slice_end (line))
        return TRUE;
    }
  return FALSE;
}

gboolean
rungs_header_here_matters (
  const RungsFlowFacts *facts, RungsMessageCache *cache, const GArray *hits, guint position, const char *name)
{
  const RungsSipMessage *sip;
  const RungsSipHeader *header;
  const RungsSipHeader *old;
  guint previous;

  sip = rungs_message_cache_get (cache, facts->messages[position].message);
  header = rungs_sip_message_find (sip, name);
  if (header == NULL)
    return FALSE;
  for (const RungsSipHeader *each = header; each != NULL;
       each = each->id != RUNGS_SIP_HEADER_UNKNOWN ? rungs_sip_message_next (sip, each) : NULL)
    if (is_named (hits, position, each->value))
      return TRUE;
  if (position == 0)
    return opens_a_flow ((RungsSipHeaderId) header->id);
  if (always_changes ((RungsSipHeaderId) header->id))
    return FALSE;
  previous = rungs_header_here_find_previous (facts, position);
  if (previous == RUNGS_NO_POSITION)
    return header->id != RUNGS_SIP_HEADER_CALL_ID && header->id != RUNGS_SIP_HEADER_SERVER;
  old = rungs_sip_message_find (rungs_message_cache_get (cache, facts->messages[previous].message), name);
  return old == NULL || !rungs_slice_equal (old->value, header->value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The placeholders that need a look around.  See rungs-fill-story.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-address.h"
#include "rungs-fill-story.h"
#include "rungs-knowledge.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-text.h"
#include "rungs-time.h"
#include "rungs-words.h"

#define MAX_NAME    24 /* characters: three of them may stand in one caption */
#define MAX_CODECS  3
#define MAX_FORMATS 12
#define MAX_STEPS   16 /* INVITEs that are looked at for one CSeq */

char *
rungs_format_count (guint n)
{
  static const char *const words[] = {
    N_ ("no"),    N_ ("one"),   N_ ("two"),  N_ ("three"), N_ ("four"),   N_ ("five"),   N_ ("six"),
    N_ ("seven"), N_ ("eight"), N_ ("nine"), N_ ("ten"),   N_ ("eleven"), N_ ("twelve"),
  };

  return n < G_N_ELEMENTS (words) ? g_strdup (_ (words[n])) : g_strdup_printf ("%u", n);
}

char *
rungs_format_messages (guint n)
{
  g_autofree char *count = rungs_format_count (n);

  /* Translators: %s is a number, as a word where it is small. */
  return g_strdup_printf (ngettext ("%s message", "%s messages", n), count);
}

char *
rungs_format_times (guint n)
{
  g_autofree char *count = rungs_format_count (n);

  if (n == 1)
    return g_strdup (_ ("once"));
  if (n == 2)
    return g_strdup (_ ("twice"));
  /* Translators: how often; %s is a number, as a word where it is small. */
  return g_strdup_printf (ngettext ("%s time", "%s times", n), count);
}

/* An address that is too long for a caption goes without its domain, which mostly is everybody's: that says more than half
 * of it. */
static char *
shorten_address (RungsSlice address)
{
  gssize at = address.length > MAX_NAME ? rungs_slice_find_char (address, 0, '@') : -1;

  return rungs_text_display_max (at > 0 ? rungs_slice_sub (address, 0, (gsize) at) : address, MAX_NAME);
}

/* The display name of an address, or its user@host. */
static char *
name_of (RungsSlice header, RungsSlice address, const char *otherwise)
{
  RungsSipAddress parsed;

  rungs_sip_address_parse (&parsed, header);
  if (rungs_slice_trim (parsed.display).length > 0)
    {
      g_autofree char *plain = rungs_scan_unescape (rungs_slice_trim (parsed.display));

      return rungs_text_display_max (rungs_slice_from_string (plain), MAX_NAME);
    }
  return address.length > 0 ? shorten_address (address) : g_strdup (otherwise);
}

static char *
get_sender (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return name_of (fact->from, rungs_message_fact_get_from_address (fact), _ ("One side"));
}

static char *
get_receiver (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return name_of (fact->to, rungs_message_fact_get_to_address (fact), _ ("the other side"));
}

/* From and To of the flow's first message are those of who began it, in answers, too. */
static char *
get_caller (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return get_sender (facts, &facts->messages[0]);
}

static char *
get_callee (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return get_receiver (facts, &facts->messages[0]);
}

/* Whose registration it is. */
static char *
get_name (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsMessageFact *first = &facts->messages[0];
  RungsSlice who = rungs_trace_get_string (facts->trace, facts->info->who);

  if (facts->info->kind != RUNGS_FLOW_REGISTRATION)
    return get_caller (facts, fact);
  if (rungs_slice_case_equal (rungs_message_fact_get_from_address (first),
                              rungs_message_fact_get_to_address (first)))
    return name_of (first->from, who, _ ("The user"));
  return name_of (first->to, who, _ ("The user"));
}

gint64
rungs_story_get_wait (const RungsFlowFacts *facts, guint from, guint to)
{
  gint64 start, end;

  if (from == RUNGS_NO_POSITION || to == RUNGS_NO_POSITION)
    return -1;
  start = facts->messages[from].info->time;
  end = facts->messages[to].info->time;
  return start != RUNGS_TIME_NONE && end != RUNGS_TIME_NONE && end >= start ? end - start : -1;
}

static const RungsInviteFact *
get_first_call (const RungsFlowFacts *facts)
{
  return facts->first_call > 0 ? rungs_flow_facts_get_invite (facts, facts->first_call - 1) : NULL;
}

gint64
rungs_story_get_talk (const RungsFlowFacts *facts, guint position)
{
  const RungsInviteFact *call = get_first_call (facts);

  return call != NULL ? rungs_story_get_wait (facts, call->success, position) : -1;
}

const RungsInviteFact *
rungs_story_find_invite (const RungsFlowFacts *facts, guint position)
{
  guint low = 0;
  guint high = facts->invites->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rungs_flow_facts_get_invite (facts, middle)->request <= position)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = 0; i < MAX_STEPS && low > 0; i++)
    {
      const RungsInviteFact *invite = rungs_flow_facts_get_invite (facts, --low);

      if (facts->messages[invite->request].info->cseq == facts->messages[position].info->cseq)
        return invite;
    }
  return NULL;
}

gboolean
rungs_story_contains (RungsSlice text, const char *wanted)
{
  RungsSlice part = rungs_slice_from_string (wanted);

  for (gsize i = 0; i + part.length <= text.length; i++)
    if (rungs_slice_case_starts_with (rungs_slice_skip (text, i), part))
      return TRUE;
  return FALSE;
}

static char *
format_wait (gint64 wait)
{
  return wait >= 0 ? rungs_time_format_duration (wait) : g_strdup ("?");
}

static guint
position_of (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return (guint) (fact - facts->messages);
}

static char *
get_talk (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return format_wait (rungs_story_get_talk (facts, position_of (facts, fact)));
}

/* Since the INVITE (or other request) that the message belongs to. */
static char *
get_wait (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint position = position_of (facts, fact);
  const RungsInviteFact *invite = rungs_story_find_invite (facts, position);
  guint request = fact->request != RUNGS_NO_POSITION ? fact->request
                  : invite != NULL                   ? invite->request
                                                     : RUNGS_NO_POSITION;

  return format_wait (rungs_story_get_wait (facts, request, position));
}

/* Since the message that this one is a copy of. */
static char *
get_since (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return format_wait (rungs_story_get_wait (facts, fact->principal, position_of (facts, fact)));
}

/* "audio, video": what is offered, and not refused. */
static char *
get_media (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position_of (facts, fact), &n_media);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < MIN (n_media, 4); i++)
    {
      g_autofree char *kind = rungs_text_display_max (media[i].kind, 20);

      if (media[i].port == 0 && n_media > 1)
        continue;
      if (list->len > 0)
        g_string_append (list, ", ");
      g_string_append (list, kind);
    }
  if (list->len == 0)
    g_string_append (list, _ ("media"));
  return g_string_free (list, FALSE);
}

static const RungsSdpMedia *
find_rtp (const RungsFlowFacts *facts, guint position)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position, &n_media);

  for (guint i = 0; i < n_media; i++)
    if (rungs_sdp_media_is_rtp (&media[i]) && media[i].port != 0)
      return &media[i];
  return NULL;
}

gboolean
rungs_story_has_codecs (const RungsFlowFacts *facts, guint position)
{
  return find_rtp (facts, position) != NULL;
}

gboolean
rungs_story_is_text (const RungsFlowFacts *facts, guint position)
{
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position, &n_media);

  return n_media > 0 && (rungs_slice_case_equal_string (media[0].kind, "message") ||
                         rungs_slice_case_equal_string (media[0].kind, "x-ms-message"));
}

/* Keys and comfort noise are no codecs that people ask for. */
static gboolean
is_filler (RungsSlice codec)
{
  return rungs_slice_case_starts_with (codec, RUNGS_SLICE_LITERAL ("telephone-event")) ||
         rungs_slice_case_starts_with (codec, RUNGS_SLICE_LITERAL ("CN/"));
}

/* "PCMA, PCMU, G729": the first ones of the first medium over RTP, without their clock rates. */
static char *
get_codecs (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  const RungsSdpMedia *media = find_rtp (facts, position_of (facts, fact));
  RungsSlice rest = media != NULL ? media->formats : RUNGS_SLICE_EMPTY;
  RungsSlice format;
  GString *list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < MAX_FORMATS && rungs_scan_item (&rest, ' ', &format); i++)
    {
      RungsSlice codec = rungs_sdp_media_get_codec (media, format);
      RungsSlice name = RUNGS_SLICE_EMPTY;
      g_autofree char *shown = NULL;

      if (is_filler (codec))
        continue;
      if (n == MAX_CODECS)
        {
          g_string_append (list, " …");
          break;
        }
      rungs_scan_item (&codec, '/', &name);
      shown = rungs_text_display_max (name.length > 0 ? name : format, 16);
      g_string_append_printf (list, "%s%s", n++ > 0 ? ", " : "", shown);
    }
  if (list->len == 0)
    g_string_append (list, "?");
  return g_string_free (list, FALSE);
}

static char *
get_direction (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  static const char *const names[] = { "sendrecv", "sendonly", "recvonly", "inactive" };
  guint n_media;
  const RungsSdpMedia *media = rungs_flow_facts_get_media (facts, position_of (facts, fact), &n_media);

  return g_strdup (n_media > 0 ? names[media[0].direction & 3] : "?");
}

static char *
get_target (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice header = fact->headers[RUNGS_FACT_HEADER_REFER_TO];
  RungsSipAddress address;
  RungsSlice who;

  rungs_sip_address_parse (&address, header);
  who = address.uri.user.length > 0
          ? rungs_slice (address.uri.user.data, rungs_slice_end (address.uri.host) - address.uri.user.data)
          : address.uri.host;
  return name_of (header, who, _ ("somebody else"));
}

/* What Reason says: its own text, or what Q.850 means by the number. */
static char *
get_cause (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice reason = fact->headers[RUNGS_FACT_HEADER_REASON];
  RungsSlice text = RUNGS_SLICE_EMPTY;
  RungsSlice cause = RUNGS_SLICE_EMPTY;
  RungsSlice protocol = RUNGS_SLICE_EMPTY;
  RungsSlice rest = reason;
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  if (rungs_scan_find_parameter (reason, ';', "text", &text) && text.length > 0)
    return rungs_text_display_max (text, 48);
  rungs_scan_item (&rest, ';', &protocol);
  if (!rungs_scan_find_parameter (reason, ';', "cause", &cause))
    return rungs_text_display_max (reason, 48);
  number = rungs_text_display_max (cause, 6);
  if (rungs_slice_case_equal_string (protocol, "Q.850"))
    {
      const RungsFact *known = rungs_knowledge_lookup (RUNGS_TOPIC_Q850, number);

      if (known != NULL && known->phrase != NULL)
        return g_strdup_printf ("Q.850 %s, %s", number, known->phrase);
    }
  name = rungs_text_display_max (protocol, 12);
  return g_strdup_printf ("%s %s", name, number);
}

/* What a subscription is about, in words where the package is known. */
static char *
get_topic (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  static const struct
  {
    const char *event;
    const char *id;
  } known[] = {
    { "presence", "event-presence" },
    { "dialog", "event-dialog" },
    { "message-summary", "event-message-summary" },
    { "reg", "event-reg" },
    { "refer", "event-refer" },
    { "conference", "event-conference" },
    { "vnd-microsoft-provisioning", "event-provisioning" },
    { "vnd-microsoft-provisioning-v2", "event-provisioning" },
    { "vnd-microsoft-roaming-contacts", "event-roaming-contacts" },
    { "vnd-microsoft-roaming-ACL", "event-roaming-acl" },
    { "vnd-microsoft-roaming-self", "event-roaming-self" },
    { "presence.wpending", "event-wpending" },
    { "registration-notify", "event-registration-notify" },
    { "ua-profile", "event-ua-profile" },
    { "kpml", "event-kpml" },
    { "check-sync", "event-check-sync" },
    { "keep-alive", "event-keep-alive" },
    { "as-feature-event", "event-as-feature" },
  };
  RungsSlice rest = fact->event;
  RungsSlice item = RUNGS_SLICE_EMPTY;

  if (fact->event.length == 0 && fact->request != RUNGS_NO_POSITION)
    rest = facts->messages[fact->request].event;
  rungs_scan_item (&rest, ';', &item);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (rungs_slice_case_equal_string (item, known[i].event))
      return g_strdup (rungs_words_lookup (known[i].id));
  return rungs_text_display_max (item, 30);
}

static char *
get_state (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice state = fact->headers[RUNGS_FACT_HEADER_SUBSCRIPTION_STATE];
  RungsSlice reason = RUNGS_SLICE_EMPTY;

  if (rungs_scan_find_parameter (state, ';', "reason", &reason) && reason.length > 0)
    return rungs_text_display_max (reason, 30);
  return rungs_text_display_max (state, 30);
}

/* The first line of a piece of SIP in the body (RFC 3515, 2.4.5). */
static char *
get_fragment (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice rest = fact->body;
  RungsSlice line = RUNGS_SLICE_EMPTY;

  rungs_scan_line (&rest, &line);
  if (rungs_slice_case_starts_with (line, RUNGS_SLICE_LITERAL ("SIP/2.0 ")))
    line = rungs_slice_skip (line, strlen ("SIP/2.0 "));
  return rungs_text_display_max (rungs_slice_trim (line), 40);
}

static char *
get_content (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice rest = fact->headers[RUNGS_FACT_HEADER_CONTENT_TYPE];
  RungsSlice type = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&rest, ';', &type);
  return rungs_text_display_max (type, 40);
}

static char *
get_digit (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice rest = fact->body;
  RungsSlice line;

  for (guint i = 0; i < 8 && rungs_scan_line (&rest, &line); i++)
    if (rungs_slice_case_starts_with (line, RUNGS_SLICE_LITERAL ("Signal=")))
      return rungs_text_display_max (rungs_slice_trim (rungs_slice_skip (line, strlen ("Signal="))), 8);
  return rungs_text_display_max (rungs_slice_trim (rungs_slice_sub (fact->body, 0, 8)), 8);
}

/* The name of the element behind the root of an XML body: the command of C3P, or the root itself where nothing is in it. */
static char *
get_command (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice body = rungs_slice_sub (fact->body, 0, 2048);
  RungsSlice found = RUNGS_SLICE_EMPTY;
  guint n = 0;

  for (gsize i = 0; i + 1 < body.length && n < 2; i++)
    {
      gsize end = i + 1;

      if (body.data[i] != '<' || !g_ascii_isalpha (body.data[i + 1]))
        continue;
      while (end < body.length &&
             (g_ascii_isalnum (body.data[end]) || strchr ("-_.:", body.data[end]) != NULL))
        end++;
      found = rungs_slice_sub (body, i + 1, end - i - 1);
      n++;
    }
  return rungs_text_display_max (found, 30);
}

static char *
name_endpoint (const RungsFlowFacts *facts, guint endpoint)
{
  char *name = rungs_address_to_string (&rungs_trace_get_endpoint (facts->trace, endpoint)->address);

  if (*name != '\0')
    return name;
  g_free (name);
  return g_strdup (_ ("the next host"));
}

static char *
get_source (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return name_endpoint (facts, fact->info->source);
}

static char *
get_destination (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return name_endpoint (facts, fact->info->destination);
}

char *
rungs_fill_story_value (const RungsFlowFacts *facts, const RungsMessageFact *fact, const char *name)
{
  static const struct
  {
    const char *name;
    char *(*func) (const RungsFlowFacts *facts, const RungsMessageFact *fact);
  } values[] = {
    { "sender", get_sender },     { "receiver", get_receiver },   { "caller", get_caller },
    { "callee", get_callee },     { "name", get_name },           { "talk", get_talk },
    { "wait", get_wait },         { "since", get_since },         { "media", get_media },
    { "codecs", get_codecs },     { "direction", get_direction }, { "target", get_target },
    { "cause", get_cause },       { "topic", get_topic },         { "state", get_state },
    { "fragment", get_fragment }, { "content", get_content },     { "digit", get_digit },
    { "command", get_command },   { "source", get_source },       { "destination", get_destination },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, name))
      return values[i].func (facts, fact);
  return NULL;
}

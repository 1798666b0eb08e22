/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Templates of the data + a message of a flow → text for people.  See rungs-fill.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-fill-story.h"
#include "rungs-fill.h"
#include "rungs-knowledge.h"
#include "rungs-remark-words.h"
#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-text.h"
#include "rungs-time.h"
#include "rungs-words.h"

#define MAX_VALUE        48 /* characters of a value inside a sentence */
#define MAX_PLACEHOLDERS 12

typedef char *(*ValueFunc) (const RungsFlowFacts *facts, const RungsMessageFact *fact);

char *
rungs_format_lifetime (gint64 seconds)
{
  if (seconds > 0 && seconds % 3600 == 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", (gulong) (seconds / 3600)),
                            (guint) (seconds / 3600));
  if (seconds > 0 && seconds % 60 == 0)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", (gulong) (seconds / 60)),
                            (guint) (seconds / 60));
  if (seconds >= 0 && seconds < 3600)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", (gulong) seconds), (guint) seconds);
  return rungs_time_format_duration (seconds * G_TIME_SPAN_SECOND);
}

static char *
display (RungsSlice text)
{
  return rungs_text_display_max (text, MAX_VALUE);
}

static char *
get_user (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice who = rungs_trace_get_string (facts->trace, facts->info->who);

  return who.length > 0 ? display (who) : g_strdup (_ ("the user"));
}

static char *
get_peer (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice peer = rungs_trace_get_string (facts->trace, facts->info->peer);

  return peer.length > 0 ? display (peer) : g_strdup (_ ("another side"));
}

/* Two addresses must fit into one caption. */
static char *
short_address (RungsSlice address)
{
  return rungs_text_display_max (address, 30);
}

static char *
get_from (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return rungs_message_fact_get_from_address (fact).length > 0
           ? short_address (rungs_message_fact_get_from_address (fact))
           : g_strdup (_ ("One side"));
}

static char *
get_to (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return rungs_message_fact_get_to_address (fact).length > 0
           ? short_address (rungs_message_fact_get_to_address (fact))
           : g_strdup (_ ("the other side"));
}

/* The n-th different scheme that a message names. */
static char *
nth_scheme (const RungsFlowFacts *facts, const RungsMessageFact *fact, guint n)
{
  guint seen = 0;

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (facts, fact, i);

      if ((seen & 1u << auth->scheme) != 0)
        continue;
      seen |= 1u << auth->scheme;
      if (n-- == 0)
        return display (auth->scheme_name);
    }
  return g_strdup ("");
}

static char *
get_scheme (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return nth_scheme (facts, fact, 0);
}

static char *
get_other (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return nth_scheme (facts, fact, 1);
}

static char *
get_status (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return g_strdup_printf ("%u", (guint) fact->info->status);
}

static char *
get_phrase (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  g_autofree char *status = g_strdup_printf ("%u", (guint) fact->info->status);
  const RungsFact *known =
    fact->reason.length == 0 ? rungs_knowledge_lookup (RUNGS_TOPIC_STATUS, status) : NULL;

  return known != NULL && known->phrase != NULL ? g_strdup (known->phrase)
                                                : rungs_text_display_max (fact->reason, 36);
}

static char *
get_method (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  if (fact->info->method != RUNGS_SIP_METHOD_OTHER && fact->info->method != RUNGS_SIP_METHOD_NONE)
    return g_strdup (rungs_sip_method_get_name (fact->info->method));
  return rungs_text_display_max (fact->method_name, 24);
}

static char *
get_lifetime (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return rungs_format_lifetime (rungs_message_fact_get_expires (fact));
}

static char *
get_contact (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSipAddress address;

  rungs_sip_address_parse (&address, fact->contact);
  return display (address.uri.host.length > 0 ? address.uri.host : fact->contact);
}

static char *
get_event (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  RungsSlice rest = fact->event;
  RungsSlice item = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&rest, ';', &item);
  return display (item);
}

RungsSlice
rungs_fill_diagnostics_reason (RungsSlice diagnostics)
{
  RungsSlice reason = RUNGS_SLICE_EMPTY;

  rungs_scan_find_parameter (diagnostics, ';', "reason", &reason);
  return reason;
}

static char *
get_reason (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return rungs_text_display_max (rungs_fill_diagnostics_reason (fact->diagnostics_text), 60);
}

static char *
get_number (const RungsFlowFacts *facts, const RungsMessageFact *fact)
{
  return g_strdup_printf ("%u", fact->message + 1);
}

static const struct
{
  const char *name;
  ValueFunc func;
} value_table[] = {
  { "user", get_user },         { "peer", get_peer },
  { "from", get_from },         { "to", get_to },
  { "scheme", get_scheme },     { "other", get_other },
  { "status", get_status },     { "phrase", get_phrase },
  { "method", get_method },     { "contact", get_contact },
  { "event", get_event },       { "reason", get_reason },
  { "lifetime", get_lifetime }, { "number", get_number },
};

/* As RUNGS_VALUE_WORDS: the sentence that it stands in has its own full stop. */
static char *
remark_to_string (gint64 number)
{
  RungsRemark remark = { .code = (guint16) (number & 0xffff), .detail = (guint16) (number >> 16) };
  char *text = rungs_remark_describe (&remark);
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '.')
    text[length - 1] = '\0';
  return text;
}

static char *
value_to_string (const RungsHitValue *value)
{
  switch (value->kind)
    {
    case RUNGS_VALUE_TEXT:
      return display (value->text);
    case RUNGS_VALUE_REMARK:
      return remark_to_string (value->number);
    case RUNGS_VALUE_WORDS:
      return g_strndup (value->text.data != NULL ? value->text.data : "", value->text.length);
    case RUNGS_VALUE_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
    case RUNGS_VALUE_DURATION:
      if (value->number >= 60 * G_TIME_SPAN_SECOND && value->number % G_TIME_SPAN_MINUTE == 0)
        return rungs_format_lifetime (value->number / G_TIME_SPAN_SECOND);
      return rungs_time_format_duration (value->number);
    default:
      g_assert_not_reached ();
    }
}

static char *
work_out (const RungsFlowFacts *facts,
          const RungsMessageFact *fact,
          const RungsHitValue *values,
          guint n_values,
          const char *name)
{
  for (guint i = 0; i < n_values; i++)
    if (g_strcmp0 (values[i].name, name) == 0)
      return value_to_string (&values[i]);
  for (guint i = 0; i < G_N_ELEMENTS (value_table); i++)
    if (g_str_equal (value_table[i].name, name))
      return value_table[i].func (facts, fact);
  return rungs_fill_story_value (facts, fact, name);
}

char *
rungs_fill (
  const RungsFlowFacts *facts, guint position, const RungsHitValue *values, guint n_values, const char *text)
{
  char *names[2 * MAX_PLACEHOLDERS + 1] = { NULL };
  const char *p = text;
  char *filled;
  guint n = 0;

  g_return_val_if_fail (facts != NULL && position < facts->n_messages && text != NULL, NULL);

  while (n < 2 * MAX_PLACEHOLDERS && (p = strchr (p, '{')) != NULL)
    {
      const char *end = strchr (p, '}');
      g_autofree char *name = end != NULL ? g_strndup (p + 1, end - p - 1) : NULL;
      char *value;

      if (name == NULL)
        break;
      p = end + 1;
      value = work_out (facts, &facts->messages[position], values, n_values, name);
      if (value == NULL)
        continue;
      names[n++] = g_steal_pointer (&name);
      names[n++] = value;
    }
  filled = rungs_template_fill (text, (const char *const *) names);
  if (*text == '{' && g_str_has_prefix (filled, _ ("the other side")))
    {
      g_autofree char *capital = g_utf8_strup (filled, g_utf8_next_char (filled) - filled);
      char *sentence = g_strconcat (capital, g_utf8_next_char (filled), NULL);

      g_free (filled);
      filled = sentence;
    }
  while (n > 0)
    g_free (names[--n]);
  return filled;
}

char *
rungs_fill_words (
  const RungsFlowFacts *facts, guint position, const RungsHitValue *values, guint n_values, const char *id)
{
  const char *text = rungs_words_lookup (id);

  g_return_val_if_fail (text != NULL, NULL);

  return rungs_fill (facts, position, values, n_values, text);
}

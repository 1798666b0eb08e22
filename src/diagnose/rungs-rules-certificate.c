/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules on the certificates in a TLS-DSK handshake: their dates (RFC 5280, 4.1.2.5) and names (RFC 5922, 7.1). */

#include "config.h"

#include <string.h>

#include "rungs-certificate.h"
#include "rungs-rules.h"

#define ZONE_DOUBT (24 * 60 * 60 * (gint64) G_USEC_PER_SEC) /* of a log that does not state its zone */

/* The sender's certificate in the first header of the message that carries one. */
static RungsCertificate *
find_certificate (const RungsJudge *judge, guint position, const RungsAuthFact **carrier)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint i = 0; i < fact->n_auth; i++)
    {
      const RungsAuthFact *auth = rungs_flow_facts_get_auth (judge->facts, fact, i);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) list = NULL;

      if (auth->token < RUNGS_TOKEN_TLS_CLIENT_HELLO || auth->token > RUNGS_TOKEN_TLS_RECORDS)
        continue;
      bytes = rungs_token_decode_base64 (auth->gssapi);
      if (bytes == NULL)
        continue;
      list = rungs_certificate_list (rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
      if (list->len == 0)
        continue;
      *carrier = auth;
      return g_ptr_array_steal_index (list, 0);
    }
  return NULL;
}

static char *
format_day (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("");
}

static void
cert_expired (RungsJudge *judge, guint position)
{
  const RungsMessageInfo *info = rungs_rules_message (judge, position)->info;
  gint64 doubt = info->flags & (RUNGS_RECORD_ZONE_UNKNOWN | RUNGS_RECORD_NO_DATE) ? ZONE_DOUBT : 0;
  const RungsAuthFact *auth;
  g_autoptr (RungsCertificate) certificate = NULL;
  RungsHit *hit;

  if (info->time == RUNGS_TIME_NONE || (info->flags & RUNGS_RECORD_NO_DATE) != 0)
    return;
  certificate = find_certificate (judge, position, &auth);
  if (certificate == NULL || certificate->not_before == 0 || certificate->not_after == 0 ||
      (info->time <= certificate->not_after + doubt && info->time >= certificate->not_before - doubt))
    return;
  hit = rungs_judge_hit (judge, position);
  hit->proof = auth->gssapi;
  rungs_hit_set_text (hit,
                      "subject",
                      rungs_flow_facts_keep (judge->facts,
                                             g_strdup (certificate->subject != NULL ? certificate->subject
                                                                                    : "?")));
  rungs_hit_set_text (hit,
                      "begin",
                      rungs_flow_facts_keep (judge->facts, format_day (certificate->not_before)));
  rungs_hit_set_text (hit, "end", rungs_flow_facts_keep (judge->facts, format_day (certificate->not_after)));
}

/* Whether @host is @name, or stands under it where it begins with "*." (RFC 6125, 6.4.3). */
static gboolean
is_name (RungsSlice host, const char *name)
{
  gssize dot = rungs_slice_find_char (host, 0, '.');

  if (g_str_has_prefix (name, "sip:"))
    name += strlen ("sip:");
  if (g_str_has_prefix (name, "*."))
    return dot > 0 && rungs_slice_case_equal_string (rungs_slice_skip (host, dot), name + 1);
  return rungs_slice_case_equal_string (host, name);
}

/* The server's, in its challenge: targetname is what the client takes it for. Without names of the extension nothing is
 * said, as the subject may be written in many ways. */
static void
cert_name (RungsJudge *judge, guint position)
{
  const RungsAuthFact *auth;
  g_autoptr (RungsCertificate) certificate = NULL;
  RungsSlice host;
  RungsHit *hit;

  if (rungs_message_fact_has (rungs_rules_message (judge, position), RUNGS_FACT_REQUEST))
    return;
  certificate = find_certificate (judge, position, &auth);
  if (certificate == NULL || auth->role != RUNGS_AUTH_CHALLENGE || certificate->names == NULL ||
      certificate->names[0] == NULL)
    return;
  host = rungs_auth_fact_get_host (auth);
  for (guint i = 0; certificate->names[i] != NULL; i++)
    if (host.length == 0 || is_name (host, certificate->names[i]))
      return;
  hit = rungs_judge_hit_once (judge, position);
  if (hit == NULL)
    return;
  hit->proof = auth->gssapi;
  rungs_hit_set_text (hit, "host", host);
  rungs_hit_set_text (hit,
                      "names",
                      rungs_flow_facts_keep (judge->facts, g_strjoinv (", ", certificate->names)));
  rungs_judge_soften (judge, hit);
}

const RungsRuleCondition rungs_conditions_certificate[] = {
  { "CERT-EXPIRED", RUNGS_SCOPE_MESSAGE, cert_expired, .needs = RUNGS_ASPECT_TLS },
  { "CERT-NAME", RUNGS_SCOPE_MESSAGE, cert_name, .needs = RUNGS_ASPECT_TLS },
  { NULL },
};

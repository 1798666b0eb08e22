/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What to think of one Kerberos message.  See rungs-kdc-verdict.h. */

#include "config.h"

#include "rungs-kdc-verdict.h"
#include "rungs-kerberos.h"
#include "rungs-knowledge.h"
#include "rungs-text.h"
#include "rungs-time.h"

#define GREATEST_SKEW (5 * 60 * G_USEC_PER_SEC) /* RFC 4120, 8.2 */
#define PATIENCE      (10 * G_USEC_PER_SEC)
#define MAX_AFTER     256  /* Kerberos messages looked at for a later success */
#define MAX_MESSAGES  1000 /* SIP messages looked at for whether both directions were captured */
#define MAX_NAME      64

typedef struct
{
  gint32 error;
  const char *rule;
} ErrorRule;

static const ErrorRule error_rules[] = {
  { 6, "KDC-CLIENT-UNKNOWN" },    { 7, "KDC-SERVICE-UNKNOWN" },   { 14, "KDC-ETYPE" },
  { 18, "KDC-CLIENT-REVOKED" },   { 23, "KDC-PASSWORD-EXPIRED" }, { 24, "KDC-PREAUTH-FAILED" },
  { 25, "KDC-PREAUTH-REQUIRED" }, { 32, "KDC-TICKET-EXPIRED" },   { 37, "KDC-SKEW" },
  { 52, "KDC-USE-TCP" },          { 68, "KDC-REFERRAL" },
};

static gboolean
parse (RungsTrace *trace, guint kerberos, RungsKerberos *message)
{
  return kerberos != RUNGS_NO_KERBEROS &&
         rungs_kerberos_parse (message, rungs_trace_get_kerberos_bytes (trace, kerberos));
}

static gboolean
is_reply (const RungsKerberosInfo *info)
{
  return info->type == RUNGS_KERBEROS_AS_REP || info->type == RUNGS_KERBEROS_TGS_REP;
}

static gboolean
is_request (const RungsKerberosInfo *info)
{
  return info->type == RUNGS_KERBEROS_AS_REQ || info->type == RUNGS_KERBEROS_TGS_REQ;
}

/* The name that stands in the message itself, or in the request that it answers. */
static char *
dup_name (RungsTrace *trace, guint kerberos, gboolean client)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  RungsKerberos message;
  g_autofree char *name = NULL;

  if (parse (trace, kerberos, &message))
    name = rungs_kerberos_dup_name (client ? message.cname : message.sname);
  if ((name == NULL || *name == '\0') && !is_request (info) && parse (trace, info->other, &message))
    {
      g_free (name);
      name = rungs_kerberos_dup_name (client ? message.cname : message.sname);
    }
  return name != NULL ? g_steal_pointer (&name) : g_strdup ("");
}

/* Whether the client got from a later attempt what it did not get here. */
static gboolean
succeeds_later (RungsTrace *trace, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  const RungsKerberosInfo *asked;
  g_autofree char *service = NULL;
  guint end = MIN (rungs_trace_get_n_kerberos (trace), kerberos + MAX_AFTER);

  if (info->other == RUNGS_NO_KERBEROS)
    return FALSE;
  asked = rungs_trace_get_kerberos (trace, info->other);
  service = dup_name (trace, kerberos, FALSE);
  for (guint i = kerberos + 1; i < end; i++)
    {
      const RungsKerberosInfo *later = rungs_trace_get_kerberos (trace, i);
      g_autofree char *other = NULL;

      if (!is_reply (later) || later->type != asked->type + 1 ||
          !rungs_address_equal_host (&rungs_trace_get_endpoint (trace, later->destination)->address,
                                     &rungs_trace_get_endpoint (trace, info->destination)->address))
        continue;
      other = dup_name (trace, i, FALSE);
      if (g_ascii_strcasecmp (service, other) == 0)
        return TRUE;
    }
  return FALSE;
}

/* How far the KDC's clock is from that of whoever captured, µs; 0 where one of them is not known. */
static gint64
get_difference (RungsTrace *trace, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  RungsKerberos message;

  if (info->type != RUNGS_KERBEROS_ERROR || info->time == RUNGS_TIME_NONE ||
      !parse (trace, kerberos, &message) || message.stime == 0)
    return 0;
  return message.stime > info->time ? message.stime - info->time : info->time - message.stime;
}

static const char *
choose_error (RungsTrace *trace, guint kerberos)
{
  gint32 error = rungs_trace_get_kerberos (trace, kerberos)->error;
  const char *id = "KDC-ERROR";

  for (guint i = 0; i < G_N_ELEMENTS (error_rules); i++)
    if (error_rules[i].error == error)
      id = error_rules[i].rule;
  if ((error == 25 || error == 52) && get_difference (trace, kerberos) > GREATEST_SKEW)
    return "KDC-CLOCK";
  return id;
}

static gboolean
is_weak (gint32 type)
{
  return type == 1 || type == 2 || type == 3 || type == 24;
}

static gboolean
is_krbtgt (const char *service)
{
  return g_ascii_strncasecmp (service, "krbtgt/", strlen ("krbtgt/")) == 0;
}

/* A TGT may be asked for at the TGS as well: renewed, or to be forwarded. */
static gboolean
asked_for_krbtgt (RungsTrace *trace, guint kerberos)
{
  guint request = rungs_trace_get_kerberos (trace, kerberos)->other;
  g_autofree char *service = request != RUNGS_NO_KERBEROS ? dup_name (trace, request, FALSE) : NULL;

  return service == NULL || is_krbtgt (service);
}

static const char *
choose_reply (RungsTrace *trace, guint kerberos)
{
  RungsKerberos message;
  g_autofree char *service = NULL;

  if (!parse (trace, kerberos, &message))
    return NULL;
  if (is_weak (message.ticket.etype) || is_weak (message.etype))
    return "KDC-WEAK-TICKET";
  service = rungs_kerberos_dup_name (message.sname);
  if (message.type == RUNGS_KERBEROS_TGS_REP && is_krbtgt (service) && !asked_for_krbtgt (trace, kerberos))
    return "KDC-REFERRAL";
  return message.ticket.etype == 23 ? "KDC-RC4-TICKET" : NULL;
}

/* Whether answers to @client can be in the trace at all: anything that was sent to it is. */
static gboolean
hears (RungsTrace *trace, guint32 client)
{
  const RungsAddress *address = &rungs_trace_get_endpoint (trace, client)->address;
  guint n_messages = MIN (rungs_trace_get_n_messages (trace), MAX_MESSAGES);

  for (guint i = 0; i < n_messages; i++)
    {
      guint32 destination = rungs_trace_get_message (trace, i)->destination;

      if (rungs_address_equal_host (&rungs_trace_get_endpoint (trace, destination)->address, address))
        return TRUE;
    }
  return FALSE;
}

static const char *
choose_request (RungsTrace *trace, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  gint64 first, last;

  rungs_trace_get_time_span (trace, &first, &last);
  if (info->other != RUNGS_NO_KERBEROS || info->repeated || info->time == RUNGS_TIME_NONE ||
      last == RUNGS_TIME_NONE || last - info->time < PATIENCE || !hears (trace, info->source))
    return NULL;
  return "KDC-SILENT";
}

const RungsRule *
rungs_kdc_verdict (RungsTrace *trace, guint kerberos, gboolean *made_good)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (trace, kerberos);
  const RungsRule *rule;
  const char *id = NULL;

  g_return_val_if_fail (info != NULL && made_good != NULL, NULL);

  *made_good = FALSE;
  if (info->type == RUNGS_KERBEROS_ERROR)
    id = choose_error (trace, kerberos);
  else if (is_reply (info))
    id = choose_reply (trace, kerberos);
  else if (is_request (info))
    id = choose_request (trace, kerberos);
  rule = id != NULL ? rungs_rule_lookup (id) : NULL;
  if (rule != NULL && rule->made_good != NULL)
    *made_good = succeeds_later (trace, kerberos);
  return rule;
}

static char *
dup_realm (RungsTrace *trace, guint kerberos)
{
  RungsKerberos message;
  g_autofree char *service = dup_name (trace, kerberos, FALSE);

  /* A referral names the other realm in the service. */
  if (is_krbtgt (service))
    return g_strdup (service + strlen ("krbtgt/"));
  return parse (trace, kerberos, &message) ? rungs_text_display_max (message.realm, MAX_NAME) : g_strdup ("");
}

static char *
dup_error (RungsTrace *trace, guint kerberos)
{
  gint32 code = rungs_trace_get_kerberos (trace, kerberos)->error;
  g_autofree char *number = g_strdup_printf ("%d", code);
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_KERBEROS_ERROR, number);

  return fact != NULL && fact->phrase != NULL ? g_strdup (fact->phrase) : g_steal_pointer (&number);
}

static char *
dup_type (RungsTrace *trace, guint kerberos)
{
  g_autofree char *number = NULL;
  const RungsFact *fact;
  RungsKerberos message;

  if (!parse (trace, kerberos, &message))
    return g_strdup ("");
  number = g_strdup_printf ("%d", is_weak (message.etype) ? message.etype : message.ticket.etype);
  fact = rungs_knowledge_lookup (RUNGS_TOPIC_ENCTYPE, number);
  return fact != NULL && fact->phrase != NULL ? g_strdup (fact->phrase) : g_steal_pointer (&number);
}

char *
rungs_kdc_dup_value (RungsTrace *trace, guint kerberos, const char *name)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && name != NULL, NULL);

  if (g_str_equal (name, "client"))
    return dup_name (trace, kerberos, TRUE);
  if (g_str_equal (name, "service"))
    return dup_name (trace, kerberos, FALSE);
  if (g_str_equal (name, "realm"))
    return dup_realm (trace, kerberos);
  if (g_str_equal (name, "error"))
    return dup_error (trace, kerberos);
  if (g_str_equal (name, "code"))
    return g_strdup_printf ("%d", rungs_trace_get_kerberos (trace, kerberos)->error);
  if (g_str_equal (name, "type"))
    return dup_type (trace, kerberos);
  if (g_str_equal (name, "difference"))
    return rungs_time_format_duration (get_difference (trace, kerberos));
  return NULL;
}

char *
rungs_kdc_fill (RungsTrace *trace, guint kerberos, const char *text)
{
  static const char *const names[] = { "client", "service", "realm", "error", "code", "type", "difference" };
  const char *pairs[2 * G_N_ELEMENTS (names) + 1] = { NULL };
  char *values[G_N_ELEMENTS (names)] = { NULL };
  guint n = 0;
  char *filled;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && text != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *placeholder = g_strdup_printf ("{%s}", names[i]);

      if (strstr (text, placeholder) == NULL)
        continue;
      values[i] = rungs_kdc_dup_value (trace, kerberos, names[i]);
      pairs[n++] = names[i];
      pairs[n++] = values[i];
    }
  filled = rungs_template_fill (text, pairs);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (values[i]);
  return filled;
}

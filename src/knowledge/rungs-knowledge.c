/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The topics: which files each has, and the look-up.  See rungs-knowledge.h.
 *
 * A topic is loaded once, by the first thread that asks, and never changes afterwards: no locks. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-facts-private.h"
#include "rungs-knowledge.h"
#include "rungs-data.h"

#define RESOURCE_PATH "/io/github/rungs/Rungs/"

typedef struct
{
  const char *id;
  const char *name;
  gboolean index_phrases; /* the phrase is a symbolic name */
  const char *files[3];   /* NULL-terminated */
} Topic;

static const Topic topics[RUNGS_N_TOPICS] = {
  [RUNGS_TOPIC_HEADER] = { "header", N_ ("Header field"), FALSE, { "headers", "ms-headers" } },
  [RUNGS_TOPIC_METHOD] = { "method", N_ ("Method"), FALSE, { "methods" } },
  [RUNGS_TOPIC_STATUS] = { "status", N_ ("Status code"), FALSE, { "status" } },
  [RUNGS_TOPIC_AUTH_PARAMETER] = { "auth", N_ ("Authentication parameter"), FALSE, { "auth-parameters" } },
  [RUNGS_TOPIC_PARAMETER] = { "parameter", N_ ("Parameter"), FALSE, { "parameters" } },
  [RUNGS_TOPIC_MS_DIAGNOSTICS] = { "ms-diagnostics",
                                   N_ ("Error id of ms-diagnostics"),
                                   FALSE,
                                   { "ms-diagnostics" } },
  [RUNGS_TOPIC_HRESULT] = { "hresult", N_ ("Windows error code"), TRUE, { "hresults" } },
  [RUNGS_TOPIC_KERBEROS_ERROR] = { "kerberos-error", N_ ("Kerberos error"), TRUE, { "kerberos-errors" } },
  [RUNGS_TOPIC_NTLM_FLAG] = { "ntlm-flag", N_ ("NTLM flag"), TRUE, { "ntlm-flags" } },
  [RUNGS_TOPIC_NTLM_AVPAIR] = { "ntlm-avpair", N_ ("NTLM attribute"), TRUE, { "ntlm-avpairs" } },
  [RUNGS_TOPIC_ENCTYPE] = { "enctype", N_ ("Kerberos encryption type"), TRUE, { "encryption-types" } },
  [RUNGS_TOPIC_KERBEROS_PADATA] = { "kerberos-padata",
                                    N_ ("Kerberos pre-authentication data"),
                                    TRUE,
                                    { "kerberos-padata" } },
  [RUNGS_TOPIC_REMARK] = { "remark", N_ ("Remark"), FALSE, { "remarks" } },
  [RUNGS_TOPIC_UNREAD] = { "unread", N_ ("Not read"), FALSE, { "unread" } },
  [RUNGS_TOPIC_ROLE_REASON] = { "role-reason", N_ ("Reason for a role"), FALSE, { "roles" } },
  [RUNGS_TOPIC_TOKEN] = { "token", N_ ("Token"), FALSE, { "tokens" } },
  [RUNGS_TOPIC_TOKEN_FIELD] = { "token-field", N_ ("Part of a token"), FALSE, { "token-fields" } },
  [RUNGS_TOPIC_TLS_ALERT] = { "tls-alert", N_ ("TLS alert"), TRUE, { "tls-alerts" } },
  [RUNGS_TOPIC_TLS_SUITE] = { "tls-cipher-suite", N_ ("TLS cipher suite"), TRUE, { "tls-cipher-suites" } },
  [RUNGS_TOPIC_SIGNATURE] = { "signature", N_ ("Check of a signature"), FALSE, { "signatures" } },
  [RUNGS_TOPIC_Q850] = { "q850", N_ ("Cause of Q.850"), FALSE, { "q850" } },
  [RUNGS_TOPIC_WARNING] = { "warning", N_ ("Warning code"), FALSE, { "warnings" } },
  [RUNGS_TOPIC_SDP] = { "sdp", N_ ("Session description"), FALSE, { "sdp" } },
  [RUNGS_TOPIC_TERM] = { "term", N_ ("Term"), FALSE, { "glossary" } },
};

GResource *
rungs_knowledge_get_resource (void)
{
  return rungs_data_get_resource ();
}

GBytes *
rungs_knowledge_load_bytes (const char *path)
{
  g_autofree char *full = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  full = g_strconcat (RESOURCE_PATH, path, NULL);
  return g_resource_lookup_data (rungs_knowledge_get_resource (), full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static RungsFacts *
load_topic (const Topic *topic)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; topic->files[i] != NULL; i++)
    g_ptr_array_add (paths, g_strdup_printf ("knowledge/%s.xml", topic->files[i]));
  g_ptr_array_add (paths, NULL);
  return rungs_facts_load ((const char *const *) paths->pdata, topic->index_phrases);
}

static const RungsFacts *
get_facts (RungsTopic topic)
{
  static RungsFacts *loaded[RUNGS_N_TOPICS];

  if (g_once_init_enter (&loaded[topic]))
    g_once_init_leave (&loaded[topic], load_topic (&topics[topic]));
  return loaded[topic];
}

/* An error id of ms-diagnostics without a fact of its own is told by its range: the fact "1000-1999" names the
 * component that uses it. */
static const RungsFact *
find_range (const RungsFacts *facts, const char *name)
{
  guint64 id;

  if (!rungs_slice_to_uint64 (rungs_slice_from_string (name), &id))
    return NULL;
  for (guint i = 0; i < facts->list->len; i++)
    {
      const RungsFact *fact = g_ptr_array_index (facts->list, i);
      const char *dash = strchr (fact->name, '-');

      if (dash != NULL && id >= g_ascii_strtoull (fact->name, NULL, 10) &&
          id <= g_ascii_strtoull (dash + 1, NULL, 10))
        return fact;
    }
  return NULL;
}

const RungsFact *
rungs_knowledge_lookup (RungsTopic topic, const char *name)
{
  const RungsFacts *facts;
  const RungsFact *fact;

  g_return_val_if_fail (topic < RUNGS_N_TOPICS, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  facts = get_facts (topic);
  fact = g_hash_table_lookup (facts->index, name);
  if (fact == NULL && topic == RUNGS_TOPIC_MS_DIAGNOSTICS)
    fact = find_range (facts, name);
  return fact;
}

const RungsFact *
rungs_knowledge_lookup_topic (const char *topic)
{
  const char *colon;

  if (topic == NULL)
    return NULL;
  colon = strchr (topic, ':');
  if (colon == NULL)
    return NULL;
  for (guint i = 0; i < RUNGS_N_TOPICS; i++)
    if (strlen (topics[i].id) == (gsize) (colon - topic) && strncmp (topics[i].id, topic, colon - topic) == 0)
      return rungs_knowledge_lookup ((RungsTopic) i, colon + 1);
  return NULL;
}

const RungsFact *const *
rungs_knowledge_list (RungsTopic topic, guint *n_facts)
{
  const RungsFacts *facts;

  g_return_val_if_fail (topic < RUNGS_N_TOPICS, NULL);
  g_return_val_if_fail (n_facts != NULL, NULL);

  facts = get_facts (topic);
  *n_facts = facts->list->len;
  return (const RungsFact *const *) facts->list->pdata;
}

const char *
rungs_topic_get_id (RungsTopic topic)
{
  g_return_val_if_fail (topic < RUNGS_N_TOPICS, NULL);
  return topics[topic].id;
}

const char *
rungs_topic_get_name (RungsTopic topic)
{
  g_return_val_if_fail (topic < RUNGS_N_TOPICS, NULL);
  return _ (topics[topic].name);
}

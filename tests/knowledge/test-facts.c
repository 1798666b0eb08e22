/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"
#include "rungs-lanes.h"
#include "rungs-reader.h"
#include "rungs-remark.h"
#include "rungs-test.h"
#include "rungs-token.h"

static void
test_a_header_is_found_by_any_case_and_by_its_compact_form (void)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_HEADER, "call-id");

  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->name, ==, "Call-ID");
  g_assert_cmpstr (fact->reference, ==, "RFC 3261");
  g_assert_cmpstr (fact->section, ==, "20.8");
  g_assert_true (rungs_knowledge_lookup (RUNGS_TOPIC_HEADER, "I") == fact);
  g_assert_true (rungs_knowledge_lookup_topic ("header:CALL-ID") == fact);
}

static void
test_what_nobody_knows_is_not_found (void)
{
  g_assert_null (rungs_knowledge_lookup (RUNGS_TOPIC_HEADER, "X-Nobody-Knows"));
  g_assert_null (rungs_knowledge_lookup (RUNGS_TOPIC_HEADER, ""));
  g_assert_null (rungs_knowledge_lookup_topic (NULL));
  g_assert_null (rungs_knowledge_lookup_topic ("header"));
  g_assert_null (rungs_knowledge_lookup_topic ("nothing:Via"));
  g_assert_null (rungs_knowledge_lookup_topic (":Via"));
  g_assert_null (rungs_knowledge_load_bytes ("knowledge/nothing.xml"));
}

static void
test_a_code_is_found_by_number_and_by_symbol (void)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_KERBEROS_ERROR, "37");

  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->phrase, ==, "KRB_AP_ERR_SKEW");
  g_assert_true (rungs_knowledge_lookup (RUNGS_TOPIC_KERBEROS_ERROR, "KRB_AP_ERR_SKEW") == fact);
  g_assert_nonnull (rungs_knowledge_lookup (RUNGS_TOPIC_HRESULT, "0xc3e93ec3"));
  g_assert_nonnull (rungs_knowledge_lookup (RUNGS_TOPIC_NTLM_AVPAIR, "MsvAvTimestamp"));
  g_assert_nonnull (rungs_knowledge_lookup (RUNGS_TOPIC_ENCTYPE, "aes256-cts-hmac-sha1-96"));
  g_assert_nonnull (rungs_knowledge_lookup (RUNGS_TOPIC_NTLM_FLAG, "0x00000040"));
}

/* As many as the registries have: the fields of SIP with what Microsoft added, methods, status codes. */
static void
test_the_registries_are_complete (void)
{
  static const struct
  {
    RungsTopic topic;
    guint least;
  } counts[] = {
    { RUNGS_TOPIC_HEADER, 134 + 28 },
    { RUNGS_TOPIC_METHOD, 14 + 3 },
    { RUNGS_TOPIC_STATUS, 75 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list (counts[i].topic, &n_facts);

      g_assert_cmpuint (n_facts, >=, counts[i].least);
      for (guint j = 0; j < n_facts; j++)
        g_assert_nonnull (facts[j]->explanation);
    }
}

static void
test_every_topic_has_its_facts_in_whole_sentences (void)
{
  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      g_assert_cmpuint (n_facts, >, 0);
      g_assert_cmpstr (rungs_topic_get_name ((RungsTopic) topic), !=, "");
      for (guint i = 0; i < n_facts; i++)
        {
          const char *text = facts[i]->explanation;
          g_autofree char *id =
            g_strdup_printf ("%s:%s", rungs_topic_get_id ((RungsTopic) topic), facts[i]->name);

          if (text == NULL || text[strlen (text) - 1] != '.')
            g_error ("%s has no whole sentence: %s", id, text);
          g_assert_nonnull (rungs_knowledge_lookup_topic (id));
        }
    }
}

static guint
count_words (const char *text)
{
  guint words = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (*p == ' ')
      words++;
  return words + 1;
}

static void
test_no_explanation_is_longer_than_sixty_words (void)
{
  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        if (count_words (facts[i]->explanation) > 60)
          g_error ("%s: too long: %s", facts[i]->name, facts[i]->explanation);
    }
}

static void
test_every_remark_has_its_sentence (void)
{
  for (guint code = 0; code < RUNGS_N_REMARK_CODES; code++)
    {
      const char *id = rungs_remark_code_get_id ((RungsRemarkCode) code);

      if (rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, id) == NULL)
        g_error ("the remark “%s” has no sentence in remarks.xml", id);
    }
}

static void
test_every_reason_for_unread_bytes_has_its_sentence (void)
{
#define X(name, id) g_assert_nonnull (rungs_knowledge_lookup (RUNGS_TOPIC_UNREAD, id));
  RUNGS_UNREAD_REASONS (X)
#undef X
}

static void
test_every_reason_for_a_role_has_its_sentence (void)
{
  for (guint reason = 0; reason <= RUNGS_ROLE_REASON_WROTE_LOG; reason++)
    {
      const char *id = rungs_role_reason_get_id ((RungsRoleReason) reason);

      if (rungs_knowledge_lookup (RUNGS_TOPIC_ROLE_REASON, id) == NULL)
        g_error ("the reason “%s” has no sentence in roles.xml", id);
    }
}

static void
test_every_kind_of_token_has_its_sentence (void)
{
  for (guint kind = RUNGS_TOKEN_EMPTY; kind <= RUNGS_TOKEN_UNKNOWN; kind++)
    {
      const char *name = rungs_token_kind_get_name ((RungsTokenKind) kind);

      if (rungs_knowledge_lookup (RUNGS_TOPIC_TOKEN, name) == NULL)
        g_error ("the token “%s” has no sentence in tokens.xml", name);
    }
}

/* One row of a reference table: the columns that name a fact and where it is defined. */
static void
check_row (RungsTopic topic, const char *name, const char *reference, const char *section)
{
  const RungsFact *fact = rungs_knowledge_lookup (topic, name);

  if (fact == NULL)
    g_error ("%s “%s” is not known", rungs_topic_get_id (topic), name);
  if (reference != NULL && g_str_has_prefix (reference, "RFC "))
    {
      g_autofree char *rfc = g_strndup (reference, 4 + strspn (reference + 4, "0123456789"));

      g_assert_cmpstr (fact->reference, ==, rfc);
      if (section != NULL && g_ascii_isdigit (*section))
        {
          g_autofree char *number = g_strndup (section, strspn (section, "0123456789.;, "));

          g_assert_cmpstr (fact->section, ==, g_strstrip (number));
        }
    }
}

/* Every row of a table of RUNGS_SAMPLES/reference is a fact; -1 where it has no such column. */
static void
check_table (const char *file, RungsTopic topic, int reference_column, int section_column)
{
  g_autofree char *relative = g_build_filename ("reference", file, NULL);
  g_autofree char *path = rungs_test_sample (relative);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL)
    return;
  contents = rungs_test_load (path, NULL);
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 5);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      char *remark = strstr (columns[0], " (");

      if (remark != NULL)
        *remark = '\0';
      check_row (topic,
                 columns[0],
                 reference_column >= 0 ? columns[reference_column] : NULL,
                 section_column >= 0 ? columns[section_column] : NULL);
    }
}

static void
test_every_registered_header_method_and_status_code_is_known (void)
{
  check_table ("headers.tsv", RUNGS_TOPIC_HEADER, 2, 3);
  check_table ("methods.tsv", RUNGS_TOPIC_METHOD, 1, 2);
  check_table ("status.tsv", RUNGS_TOPIC_STATUS, 3, 4);
}

static void
test_every_code_of_the_tables_is_known (void)
{
  check_table ("auth-params.tsv", RUNGS_TOPIC_AUTH_PARAMETER, -1, -1);
  check_table ("hresults.tsv", RUNGS_TOPIC_HRESULT, -1, -1);
  check_table ("krb-errors.tsv", RUNGS_TOPIC_KERBEROS_ERROR, -1, -1);
  check_table ("krb-enctypes.tsv", RUNGS_TOPIC_ENCTYPE, 3, -1);
  check_table ("ms-diagnostics.tsv", RUNGS_TOPIC_MS_DIAGNOSTICS, -1, -1);
  check_table ("ntlm-avpairs.tsv", RUNGS_TOPIC_NTLM_AVPAIR, -1, -1);
}

static void
test_every_microsoft_header_and_parameter_of_the_table_is_known (void)
{
  g_autofree char *path = rungs_test_sample ("reference/ms-headers.tsv");
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL)
    return;
  contents = rungs_test_load (path, NULL);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_auto (GStrv) names = NULL;
      char *where = strstr (columns[1], " (");

      if (where != NULL)
        *where = '\0';
      names = g_strsplit_set (columns[1], ",/", -1);
      for (guint j = 0; names[j] != NULL; j++)
        check_row (g_str_equal (columns[0], "header") ? RUNGS_TOPIC_HEADER : RUNGS_TOPIC_PARAMETER,
                   g_strstrip (names[j]),
                   NULL,
                   NULL);
    }
}

static void
test_an_error_id_without_a_text_is_told_by_its_range (void)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_MS_DIAGNOSTICS, "1999");

  g_assert_nonnull (fact);
  g_assert_cmpstr (fact->name, ==, "1000-1999");
  g_assert_null (rungs_knowledge_lookup (RUNGS_TOPIC_MS_DIAGNOSTICS, "99999"));
  g_assert_null (rungs_knowledge_lookup (RUNGS_TOPIC_MS_DIAGNOSTICS, "99999999999999999999999"));
}

static void
test_the_everyday_parameters_are_known (void)
{
  static const char *const parameters[] = { "tag",  "branch", "received",         "rport",          "maddr",
                                            "ttl",  "lr",     "transport",        "expires",        "q",
                                            "user", "method", "+sip.instance",    "reg-id",         "methods",
                                            "epid", "proxy",  "ms-received-port", "ms-received-cid" };
  static const char *const auth[] = { "Digest", "realm",     "nonce",    "cnonce",     "nc",
                                      "uri",    "algorithm", "stale",    "username",   "domain",
                                      "qop",    "opaque",    "response", "gssapi-data" };

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    check_row (RUNGS_TOPIC_PARAMETER, parameters[i], NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (auth); i++)
    check_row (RUNGS_TOPIC_AUTH_PARAMETER, auth[i], NULL, NULL);
}

/* The texts are for people at work: no notes about where they come from. */
static void
test_no_text_speaks_of_its_own_making (void)
{
  static const char *const notes[] = { "verified on", "not checked", "from memory",    " seen)",
                                       "judgement",   "seed ",       "working source", "TODO" };

  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        for (guint j = 0; j < G_N_ELEMENTS (notes); j++)
          {
            g_assert_null (strstr (facts[i]->explanation, notes[j]));
            g_assert_true (facts[i]->section == NULL || strstr (facts[i]->section, notes[j]) == NULL);
            g_assert_true (facts[i]->reference == NULL || strstr (facts[i]->reference, notes[j]) == NULL);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/the-registries-are-complete", test_the_registries_are_complete);
  g_test_add_func ("/knowledge/facts/a-header-is-found-by-any-case-and-by-its-compact-form",
                   test_a_header_is_found_by_any_case_and_by_its_compact_form);
  g_test_add_func ("/knowledge/facts/what-nobody-knows-is-not-found", test_what_nobody_knows_is_not_found);
  g_test_add_func ("/knowledge/facts/a-code-is-found-by-number-and-by-symbol",
                   test_a_code_is_found_by_number_and_by_symbol);
  g_test_add_func ("/knowledge/facts/every-topic-has-its-facts-in-whole-sentences",
                   test_every_topic_has_its_facts_in_whole_sentences);
  g_test_add_func ("/knowledge/facts/no-explanation-is-longer-than-sixty-words",
                   test_no_explanation_is_longer_than_sixty_words);
  g_test_add_func ("/knowledge/facts/every-remark-has-its-sentence", test_every_remark_has_its_sentence);
  g_test_add_func ("/knowledge/facts/every-reason-for-unread-bytes-has-its-sentence",
                   test_every_reason_for_unread_bytes_has_its_sentence);
  g_test_add_func ("/knowledge/facts/every-reason-for-a-role-has-its-sentence",
                   test_every_reason_for_a_role_has_its_sentence);
  g_test_add_func ("/knowledge/facts/every-kind-of-token-has-its-sentence",
                   test_every_kind_of_token_has_its_sentence);
  g_test_add_func ("/knowledge/facts/every-registered-header-method-and-status-code-is-known",
                   test_every_registered_header_method_and_status_code_is_known);
  g_test_add_func ("/knowledge/facts/every-code-of-the-tables-is-known",
                   test_every_code_of_the_tables_is_known);
  g_test_add_func ("/knowledge/facts/every-microsoft-header-and-parameter-of-the-table-is-known",
                   test_every_microsoft_header_and_parameter_of_the_table_is_known);
  g_test_add_func ("/knowledge/facts/an-error-id-without-a-text-is-told-by-its-range",
                   test_an_error_id_without_a_text_is_told_by_its_range);
  g_test_add_func ("/knowledge/facts/the-everyday-parameters-are-known",
                   test_the_everyday_parameters_are_known);
  g_test_add_func ("/knowledge/facts/no-text-speaks-of-its-own-making",
                   test_no_text_speaks_of_its_own_making);
  return g_test_run ();
}

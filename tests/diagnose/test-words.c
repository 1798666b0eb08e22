/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How Rungs speaks: lengths, forbidden words, and that every sentence the code names is there. */

#include "config.h"

#include <string.h>

#include "rungs-rule.h"
#include "rungs-test.h"
#include "rungs-words.h"

#define MAX_CAPTION 110

/* Placeholders count as what usually stands in their place. */
static const struct
{
  const char *name;
  guint characters;
} usual_lengths[] = {
  { "{status}", 3 }, { "{scheme}", 8 }, { "{other}", 4 }, { "{lifetime}", 10 }, { "{method}", 8 },
};

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return g_strv_length (words);
}

static glong
count_characters (const char *text)
{
  glong length = g_utf8_strlen (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (usual_lengths); i++)
    for (const char *p = text; (p = strstr (p, usual_lengths[i].name)) != NULL; p++)
      length += usual_lengths[i].characters - (glong) strlen (usual_lengths[i].name);
  return length;
}

static void
check_voice (const char *id, const char *text)
{
  static const char *const forbidden[] = { "!", "simply", "please", "obviously", "just ", "\"." };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    if (strstr (lower, forbidden[i]) != NULL)
      g_error ("%s: “%s” stands in “%s”", id, forbidden[i], text);
}

/* Braces come in pairs around a name of lower-case letters. */
static void
check_placeholders (const char *id, const char *text)
{
  for (const char *p = strpbrk (text, "{}"); p != NULL; p = strpbrk (p, "{}"))
    {
      gsize name = strspn (p + 1, "abcdefghijklmnopqrstuvwxyz");

      if (*p != '{' || name == 0 || p[name + 1] != '}')
        g_error ("%s: a placeholder is broken in “%s”", id, text);
      p += name + 2;
    }
}

static void
check_sentence (const char *id, const char *text, gboolean required)
{
  if (text == NULL)
    {
      g_assert_false (required);
      return;
    }
  check_voice (id, text);
  check_placeholders (id, text);
  g_assert_cmpuint (count_words (text), <, 60);
  if (!g_str_has_suffix (text, "."))
    g_error ("%s: “%s” is no sentence", id, text);
}

static void
rules_speak_in_short_sentences (void)
{
  for (guint i = 1; i <= rungs_rule_get_count (); i++)
    {
      const RungsRule *rule = rungs_rule_get (i);

      check_sentence (rule->id, rule->explanation, TRUE);
      check_sentence (rule->id, rule->made_good, FALSE);
      check_sentence (rule->id, rule->open, FALSE);
      check_sentence (rule->id, rule->untimed, FALSE);
      check_sentence (rule->id, rule->check, FALSE);
    }
}

static void
every_rule_has_a_reference_and_every_problem_a_check (void)
{
  for (guint i = 1; i <= rungs_rule_get_count (); i++)
    {
      const RungsRule *rule = rungs_rule_get (i);

      g_assert_cmpuint (rule->number, ==, i);
      g_assert_true (rungs_rule_lookup (rule->id) == rule);
      g_assert_cmpint (rule->severity, >=, RUNGS_SEVERITY_EXPECTED);
      g_assert_true (strstr (rule->reference, "RFC ") != NULL || strstr (rule->reference, "[MS-") != NULL);
      g_assert_null (strstr (rule->reference, "seed"));
      if (rule->severity >= RUNGS_SEVERITY_WARNING)
        g_assert_nonnull (rule->check);
    }
}

static void
captions_fit_under_a_rung (void)
{
  const char *const *ids = rungs_words_list_ids ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *text = rungs_words_lookup (ids[i]);

      check_voice (ids[i], text);
      check_placeholders (ids[i], text);
      if (!g_str_has_prefix (ids[i], "caption-"))
        continue;
      if (count_characters (text) > MAX_CAPTION)
        g_error ("%s has %ld characters", ids[i], count_characters (text));
      g_assert_true (g_str_has_suffix (text, "."));
    }
}

static void
what_a_header_means_here_is_told_briefly (void)
{
  const char *const *ids = rungs_words_list_ids ();

  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_has_prefix (ids[i], "here-") || g_str_has_prefix (ids[i], "summary-"))
      check_sentence (ids[i], rungs_words_lookup (ids[i]), TRUE);
}

/* The ids stand in the sources as strings. */
static char *
read_sources (void)
{
  g_autofree char *path = rungs_test_fixture ("..", "src", "diagnose", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GString *all = g_string_new (NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      if (!g_str_has_suffix (name, ".c"))
        continue;
      text = rungs_test_load (file, NULL);
      g_string_append (all, text);
    }
  return g_string_free (all, FALSE);
}

static void
every_sentence_is_used (void)
{
  g_autofree char *sources = read_sources ();
  const char *const *ids = rungs_words_list_ids ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", ids[i]);

      if (strstr (sources, quoted) == NULL)
        g_error ("no code names %s", ids[i]);
    }
}

static void
every_named_sentence_is_there (void)
{
  g_autofree char *sources = read_sources ();
  g_autoptr (GRegex) regex =
    g_regex_new ("\"((?:caption|badge|title|summary|here)-[a-z0-9-]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, sources, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), n++)
    {
      g_autofree char *id = g_match_info_fetch (match, 1);

      if (rungs_words_lookup (id) == NULL)
        g_error ("captions.xml has no %s", id);
    }
  g_assert_cmpuint (n, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/rules-speak-in-short-sentences", rules_speak_in_short_sentences);
  g_test_add_func ("/words/every-rule-has-a-reference-and-every-problem-a-check",
                   every_rule_has_a_reference_and_every_problem_a_check);
  g_test_add_func ("/words/captions-fit-under-a-rung", captions_fit_under_a_rung);
  g_test_add_func ("/words/what-a-header-means-here-is-told-briefly",
                   what_a_header_means_here_is_told_briefly);
  g_test_add_func ("/words/every-sentence-is-used", every_sentence_is_used);
  g_test_add_func ("/words/every-named-sentence-is-there", every_named_sentence_is_there);
  return g_test_run ();
}

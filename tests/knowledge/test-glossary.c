/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The glossary: one sense a term, found in running text, led on to a note that exists. */

#include "config.h"

#include <string.h>

#include "rungs-glossary.h"
#include "rungs-note.h"
#include "rungs-test.h"

#define MAX_WORDS 40

static void
test_every_term_is_short_and_leads_to_a_note (void)
{
  guint n_terms;
  const RungsFact *const *terms = rungs_knowledge_list (RUNGS_TOPIC_TERM, &n_terms);

  g_assert_cmpuint (n_terms, >, 50);
  for (guint i = 0; i < n_terms; i++)
    {
      g_auto (GStrv) words = g_strsplit (terms[i]->explanation, " ", -1);

      g_assert_nonnull (terms[i]->forms);
      g_assert_cmpuint (g_strv_length (words), <=, MAX_WORDS);
      g_assert_true (g_str_has_suffix (terms[i]->explanation, "."));
      if (terms[i]->note == NULL || rungs_note_load (terms[i]->note) == NULL)
        g_error ("%s leads to no note", terms[i]->name);
    }
}

static void
test_no_word_means_two_terms (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_terms;
  const RungsFact *const *terms = rungs_knowledge_list (RUNGS_TOPIC_TERM, &n_terms);

  for (guint i = 0; i < n_terms; i++)
    {
      g_auto (GStrv) forms = g_strsplit (terms[i]->forms, ", ", -1);

      for (guint j = 0; forms[j] != NULL; j++)
        if (!g_hash_table_add (seen, g_utf8_strdown (forms[j], -1)))
          g_error ("“%s” means two terms", forms[j]);
    }
}

/* Adds the terms of @text, but not what a term says of itself. */
static void
note_uses (GHashTable *used, const char *text, const RungsFact *self)
{
  g_autoptr (GArray) hits = text != NULL ? rungs_glossary_find (text) : NULL;

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    if (g_array_index (hits, RungsGlossaryHit, i).term != self)
      g_hash_table_add (used, (gpointer) g_array_index (hits, RungsGlossaryHit, i).term);
}

/* A term that no text uses is explained in vain. */
static void
test_every_term_is_used_in_a_text (void)
{
  const char *const *ids = rungs_note_list_ids ();
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) unused = g_string_new (NULL);
  guint n_facts;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RungsNote *note = rungs_note_load (ids[i]);

      g_assert_nonnull (note);
      for (guint j = 0; j < note->blocks->len; j++)
        note_uses (used, ((const RungsNoteBlock *) g_ptr_array_index (note->blocks, j))->markup, NULL);
    }
  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        note_uses (used, facts[i]->explanation, facts[i]);
    }
  for (guint i = 0; i < n_facts; i++)
    {
      const RungsFact *term = rungs_knowledge_list (RUNGS_TOPIC_TERM, &n_facts)[i];

      if (!g_hash_table_contains (used, term))
        g_string_append_printf (unused, " “%s”", term->name);
    }
  g_assert_cmpstr (unused->str, ==, "");
}

static void
expect_marked (const char *text, const char *expected)
{
  g_autoptr (GArray) hits = rungs_glossary_find (text);
  g_autoptr (GString) marked = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const RungsGlossaryHit *hit = &g_array_index (hits, RungsGlossaryHit, i);

      g_string_append_printf (marked, "[%.*s=%s]", (int) hit->length, text + hit->start, hit->term->name);
    }
  g_assert_cmpstr (marked->str, ==, expected);
}

static void
test_terms_are_whole_words_and_the_longest_wins (void)
{
  expect_marked ("An early dialog is a dialog.", "[early dialog=early dialog][dialog=dialog]");
  expect_marked ("Dialogs and prologue", "[Dialogs=dialog]");
  expect_marked ("The nat is no NAT, a re-INVITE is.", "[NAT=NAT][re-INVITE=re-INVITE]");
  expect_marked ("tag-along, untagged", "");
  expect_marked ("", "");
}

static void
test_markup_is_escaped_and_a_term_is_linked_once (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *first = rungs_glossary_mark_up ("a <b> & a dialog, a dialog", seen);
  g_autofree char *second = rungs_glossary_mark_up ("dialog", seen);

  g_assert_true (g_str_has_prefix (first, "a &lt;b&gt; &amp; a <a href=\"term:dialog\" title=\""));
  g_assert_true (g_str_has_suffix (first, ">dialog</a>, a dialog"));
  g_assert_cmpstr (second, ==, "dialog");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glossary/every-term-is-short-and-leads-to-a-note",
                   test_every_term_is_short_and_leads_to_a_note);
  g_test_add_func ("/glossary/no-word-means-two-terms", test_no_word_means_two_terms);
  g_test_add_func ("/glossary/every-term-is-used-in-a-text", test_every_term_is_used_in_a_text);
  g_test_add_func ("/glossary/terms-are-whole-words-and-the-longest-wins",
                   test_terms_are_whole_words_and_the_longest_wins);
  g_test_add_func ("/glossary/markup-is-escaped-and-a-term-is-linked-once",
                   test_markup_is_escaped_and_a_term_is_linked_once);
  return g_test_run ();
}

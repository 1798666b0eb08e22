/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Every text of the data files reaches the reader in translation.  The catalogue is made from the files themselves and
 * puts MARK before each text; see make-marked-catalogue.py. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-note.h"
#include "rungs-test.h"

#define MARK "⟦"

static void
check_text (const char *where, const char *text)
{
  if (text != NULL && !g_str_has_prefix (text, MARK))
    g_error ("%s is not translated: %s", where, text);
}

static void
test_every_fact_is_translated (void)
{
  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        {
          check_text (facts[i]->name, facts[i]->explanation);
          check_text (facts[i]->name, facts[i]->registration);
          check_text (facts[i]->name, facts[i]->check);
        }
    }
}

static void
test_names_and_references_are_never_translated (void)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_STATUS, "401");

  g_assert_cmpstr (fact->name, ==, "401");
  g_assert_cmpstr (fact->phrase, ==, "Unauthorized");
  g_assert_cmpstr (fact->reference, ==, "RFC 3261");
}

static void
test_every_block_of_a_note_is_translated (void)
{
  for (const char *const *id = rungs_note_list_ids (); *id != NULL; id++)
    {
      const RungsNote *note = rungs_note_load (*id);

      check_text (*id, note->title);
      check_text (*id, note->description);
      for (guint i = 0; i < note->blocks->len; i++)
        check_text (*id, ((const RungsNoteBlock *) g_ptr_array_index (note->blocks, i))->markup);
    }
}

/* Collects the text of each element that holds no other, and translates it. */
static void
check_element (
  GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree char *translated = rungs_knowledge_translate (copy);
  guint *count = user_data;

  if (*translated == '\0')
    return;
  check_text (g_markup_parse_context_get_element (context), translated);
  (*count)++;
}

static void
test_every_text_of_the_rules_has_a_translation (void)
{
  static const GMarkupParser parser = { NULL, NULL, check_element, NULL, NULL };
  g_auto (GStrv) files = g_resource_enumerate_children (rungs_knowledge_get_resource (),
                                                        "/io/github/rungs/Rungs/rules",
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        NULL);

  g_assert_nonnull (files);
  for (guint i = 0; files[i] != NULL; i++)
    {
      guint count = 0;
      g_autofree char *path = g_build_filename ("rules", files[i], NULL);
      g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes (path);
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &count, NULL);
      g_autoptr (GError) error = NULL;

      g_markup_parse_context_parse (context,
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes),
                                    &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count, >, 0);
    }
}

static void
test_white_space_does_not_matter (void)
{
  g_autofree char *text = rungs_knowledge_translate ("\n    This is not\r\n\t SIP.  ");
  g_autofree char *empty = rungs_knowledge_translate (" \n ");

  g_assert_cmpstr (text, ==, MARK "This is not SIP.");
  g_assert_cmpstr (empty, ==, "");
}

/* Puts the catalogue where gettext looks for the language "xx". */
static void
install_catalogue (void)
{
  g_autofree char *catalogue =
    g_build_filename (g_getenv ("RUNGS_TEST_BUILDDIR"), "knowledge", "marked.mo", NULL);
  g_autofree char *root = g_build_filename (g_getenv ("RUNGS_TEST_BUILDDIR"), "knowledge", "locale", NULL);
  g_autofree char *folder = g_build_filename (root, "xx", "LC_MESSAGES", NULL);
  g_autofree char *installed = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  contents = rungs_test_load (catalogue, &length);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (installed, contents, length, &error);
  g_assert_no_error (error);
  g_setenv ("LANGUAGE", "xx", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, root);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  install_catalogue ();
  g_test_add_func ("/knowledge/translation/every-fact-is-translated", test_every_fact_is_translated);
  g_test_add_func ("/knowledge/translation/names-and-references-are-never-translated",
                   test_names_and_references_are_never_translated);
  g_test_add_func ("/knowledge/translation/every-block-of-a-note-is-translated",
                   test_every_block_of_a_note_is_translated);
  g_test_add_func ("/knowledge/translation/every-text-of-the-rules-has-a-translation",
                   test_every_text_of_the_rules_has_a_translation);
  g_test_add_func ("/knowledge/translation/white-space-does-not-matter", test_white_space_does_not_matter);
  return g_test_run ();
}

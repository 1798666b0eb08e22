/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"
#include "rungs-note-private.h"
#include "rungs-test.h"

#define PAGE(inside)                                                                                         \
  "<page xmlns=\"http://projectmallard.org/1.0/\" type=\"topic\" id=\"x\">" inside "</page>"

static RungsNote *
parse (const char *page)
{
  GError *error = NULL;
  RungsNote *note = rungs_note_parse ("x", page, strlen (page), &error);

  g_assert_no_error (error);
  g_assert_nonnull (note);
  return note;
}

static const RungsNoteBlock *
get_block (const RungsNote *note, guint index)
{
  g_assert_cmpuint (index, <, note->blocks->len);
  return g_ptr_array_index (note->blocks, index);
}

static void
check_block (
  const RungsNote *note, guint index, RungsNoteBlockKind kind, guint level, guint number, const char *markup)
{
  const RungsNoteBlock *block = get_block (note, index);

  g_assert_cmpstr (block->markup, ==, markup);
  g_assert_cmpuint (block->kind, ==, kind);
  g_assert_cmpuint (block->level, ==, level);
  g_assert_cmpuint (block->number, ==, number);
}

static void
test_a_page_becomes_blocks_in_its_order (void)
{
  g_autoptr (RungsNote) note = parse (PAGE (
    "<info><desc>About  it</desc><credit><name>N</name></credit></info><title>The <em>title</em></title>"
    "<p>A &lt;b&gt;\n  <code>c</code> <link href=\"https://e.x/?a&amp;b\">d</link> <link "
    "xref=\"ntlm#y\">e</link></p>"
    "<section "
    "id=\"s\"><title>S</title><steps><item><p>one</p><p>more</p></item><item><p>two</p></item></steps>"
    "<list><item><p>o</p><list><item><p>i</p></item></list></item></list>"
    "<note><p>n</p></note><screen>\n a\n  b\n</screen><section><title>T</title></section></section>"));

  g_assert_cmpstr (note->title, ==, "The title");
  g_assert_cmpstr (note->description, ==, "About it");
  check_block (note, 0, RUNGS_NOTE_TITLE, 0, 0, "The <i>title</i>");
  check_block (note,
               1,
               RUNGS_NOTE_PARAGRAPH,
               0,
               0,
               "A &lt;b&gt; <tt>c</tt> <a href=\"https://e.x/?a&amp;b\">d</a> <a href=\"help:ntlm\">e</a>");
  check_block (note, 2, RUNGS_NOTE_HEADING, 1, 0, "S");
  check_block (note, 3, RUNGS_NOTE_ITEM, 1, 1, "one");
  check_block (note, 4, RUNGS_NOTE_PARAGRAPH, 1, 0, "more");
  check_block (note, 5, RUNGS_NOTE_ITEM, 1, 2, "two");
  check_block (note, 6, RUNGS_NOTE_ITEM, 1, 0, "o");
  check_block (note, 7, RUNGS_NOTE_ITEM, 2, 0, "i");
  check_block (note, 8, RUNGS_NOTE_ASIDE, 0, 0, "n");
  check_block (note, 9, RUNGS_NOTE_CODE, 0, 0, " a\n  b");
  check_block (note, 10, RUNGS_NOTE_HEADING, 2, 0, "T");
  g_assert_cmpuint (note->blocks->len, ==, 11);
}

static void
test_a_table_row_keeps_its_cells (void)
{
  g_autoptr (RungsNote) note =
    parse (PAGE ("<table><thead><tr><td><p>a</p></td><td><p>b</p></td></tr></thead>"
                 "<tbody><tr><td><p/></td><td><p>c</p><p>d</p></td></tr></tbody></table>"));
  const RungsNoteBlock *row;

  check_block (note, 0, RUNGS_NOTE_ROW, 1, 0, "a – b");
  check_block (note, 1, RUNGS_NOTE_ROW, 0, 0, "c\nd");
  row = get_block (note, 1);
  g_assert_cmpuint (g_strv_length (row->cells), ==, 2);
  g_assert_cmpstr (row->cells[0], ==, "");
  g_assert_cmpstr (row->cells[1], ==, "c\nd");
}

static void
test_an_unknown_element_gives_its_text (void)
{
  g_autoptr (RungsNote) note = parse (PAGE ("<p>a <new x=\"1\">b</new></p><strange>c <em>d</em></strange>"
                                            "<box><p>e</p></box>"));

  check_block (note, 0, RUNGS_NOTE_PARAGRAPH, 0, 0, "a b");
  check_block (note, 1, RUNGS_NOTE_PARAGRAPH, 0, 0, "c <i>d</i>");
  check_block (note, 2, RUNGS_NOTE_PARAGRAPH, 0, 0, "e");
}

static void
test_a_page_that_is_nested_too_deeply_is_an_error (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (page, "<section>");
  g_assert_null (rungs_note_parse ("x", page->str, page->len, &error));
  g_assert_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT);
}

static void
test_a_broken_page_is_an_error (void)
{
  static const char *const pages[] = { "", "<page", "<page><p>a</page>", "<page><p>a", "no page" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_note_parse ("x", pages[i], strlen (pages[i]), &error));
      g_assert_nonnull (error);
    }
}

static void
test_a_translation_cannot_bring_in_markup (void)
{
  g_autofree char *script = rungs_note_inline_to_markup ("<span foreground=\"red\">a</span>");
  g_autofree char *link = rungs_note_inline_to_markup ("<link href=\"javascript:x\">a</link>");
  g_autofree char *nested =
    rungs_note_inline_to_markup ("<link xref=\"a\">b <link xref=\"c\">d</link></link>");
  g_autofree char *broken = rungs_note_inline_to_markup ("a <em>b & c");
  g_autofree char *keys = rungs_note_inline_to_markup ("<keyseq><key>Ctrl</key><key>O</key></keyseq>");

  g_assert_cmpstr (script, ==, "a");
  g_assert_cmpstr (link, ==, "<a href=\"\">a</a>");
  g_assert_cmpstr (nested, ==, "<a href=\"help:a\">b d</a>");
  g_assert_cmpstr (broken, ==, "a &lt;em&gt;b &amp; c");
  g_assert_cmpstr (keys, ==, "<b>Ctrl</b>+<b>O</b>");
}

static void
test_what_is_no_note_is_not_found (void)
{
  g_assert_null (rungs_note_load ("nothing"));
  g_assert_null (rungs_note_load (""));
  g_assert_null (rungs_note_load ("../rules/rules"));
}

/* All words of a page: what stands between its tags. */
static char *
get_words (const char *id)
{
  g_autofree char *path = g_strdup_printf ("help/%s.page", id);
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes (path);
  const char *page = strstr (g_bytes_get_data (bytes, NULL), "</info>");
  GString *words = g_string_new (NULL);

  g_assert_true (page != NULL);
  for (const char *p = page, *end = page + strlen (page); p < end; p++)
    {
      if (*p == '<')
        p = strchr (p, '>');
      else if (!g_ascii_isspace (*p))
        g_string_append_c (words, *p);
    }
  return g_string_free (words, FALSE);
}

static char *
get_words_of_blocks (const RungsNote *note)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < note->blocks->len; i++)
    {
      g_autofree char *markup = g_strdup (get_block (note, i)->markup);
      g_auto (GStrv) cells = g_strsplit (markup, " – ", -1);
      g_autofree char *joined = g_strjoinv ("", cells);

      for (const char *p = joined; *p != '\0'; p++)
        {
          if (*p == '<')
            p = strchr (p, '>');
          else if (g_str_has_prefix (p, "&apos;") || g_str_has_prefix (p, "&quot;"))
            {
              g_string_append_c (words, p[1] == 'a' ? '\'' : '"');
              p += 5;
            }
          else if (!g_ascii_isspace (*p))
            g_string_append_c (words, *p);
        }
    }
  return g_string_free (words, FALSE);
}

static void
test_every_note_loads_and_loses_no_word (void)
{
  for (const char *const *id = rungs_note_list_ids (); *id != NULL; id++)
    {
      const RungsNote *note = rungs_note_load (*id);
      g_autofree char *expected = NULL;
      g_autofree char *actual = NULL;

      if (note == NULL)
        g_error ("the note “%s” is not compiled in", *id);
      g_assert_cmpstr (note->id, ==, *id);
      g_assert_cmpstr (note->title, !=, *id);
      g_assert_cmpstr (note->description, !=, "");
      g_assert_cmpuint (get_block (note, 0)->kind, ==, RUNGS_NOTE_TITLE);
      g_assert_cmpuint (note->blocks->len, >, 5);
      g_assert_true (rungs_note_load (*id) == note);
      expected = get_words (*id);
      actual = get_words_of_blocks (note);
      g_assert_cmpstr (actual, ==, expected);
    }
}

/* Each link leads to a page that exists or to the web, and says something. */
static void
check_links (const RungsNoteBlock *block, GHashTable *hosts)
{
  const char *p = block->markup;

  while ((p = strstr (p, "<a href=\"")) != NULL)
    {
      const char *address = p + strlen ("<a href=\"");
      g_autofree char *uri = g_strndup (address, strcspn (address, "\""));

      g_assert_cmpint (address[strlen (uri) + 2], !=, '<');
      if (g_str_has_prefix (uri, "help:"))
        g_assert_nonnull (rungs_note_load (uri + strlen ("help:")));
      else
        {
          g_assert_true (g_str_has_prefix (uri, "https://www.rfc-editor.org/rfc/rfc"));
          g_hash_table_add (hosts, g_strndup (uri, strcspn (uri, "#")));
        }
      p = address;
    }
}

static void
test_every_link_of_a_note_leads_somewhere (void)
{
  g_autoptr (GHashTable) pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *const *id = rungs_note_list_ids (); *id != NULL; id++)
    {
      const RungsNote *note = rungs_note_load (*id);

      for (guint i = 0; i < note->blocks->len; i++)
        check_links (get_block (note, i), pages);
    }
  g_assert_true (g_hash_table_contains (pages, "https://www.rfc-editor.org/rfc/rfc3261.html"));
  g_assert_true (g_hash_table_contains (pages, "https://www.rfc-editor.org/rfc/rfc4120.html"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knowledge/note/a-page-becomes-blocks-in-its-order",
                   test_a_page_becomes_blocks_in_its_order);
  g_test_add_func ("/knowledge/note/a-table-row-keeps-its-cells", test_a_table_row_keeps_its_cells);
  g_test_add_func ("/knowledge/note/an-unknown-element-gives-its-text",
                   test_an_unknown_element_gives_its_text);
  g_test_add_func ("/knowledge/note/a-page-that-is-nested-too-deeply-is-an-error",
                   test_a_page_that_is_nested_too_deeply_is_an_error);
  g_test_add_func ("/knowledge/note/a-broken-page-is-an-error", test_a_broken_page_is_an_error);
  g_test_add_func ("/knowledge/note/a-translation-cannot-bring-in-markup",
                   test_a_translation_cannot_bring_in_markup);
  g_test_add_func ("/knowledge/note/what-is-no-note-is-not-found", test_what_is_no_note_is_not_found);
  g_test_add_func ("/knowledge/note/every-note-loads-and-loses-no-word",
                   test_every_note_loads_and_loses_no_word);
  g_test_add_func ("/knowledge/note/every-link-of-a-note-leads-somewhere",
                   test_every_link_of_a_note_leads_somewhere);
  return g_test_run ();
}

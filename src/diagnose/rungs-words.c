/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The sentences that are no rules.  See rungs-words.h. */

#include "config.h"

#include "rungs-knowledge.h"
#include "rungs-words.h"

typedef struct
{
  GHashTable *texts;
  GPtrArray *ids; /* ended by NULL */
} WordBook;

typedef struct
{
  WordBook *book;
  char *id; /* of the element that is open, or NULL */
  GString *text;
} WordParser;

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  WordParser *parser = data;

  if (!g_str_equal (element, "text"))
    return;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "id"))
      parser->id = g_strdup (values[i]);
  g_string_truncate (parser->text, 0);
}

static void
element_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  WordParser *parser = data;

  if (parser->id != NULL)
    g_string_append_len (parser->text, text, length);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  WordParser *parser = data;

  if (parser->id == NULL)
    return;
  g_ptr_array_add (parser->book->ids, parser->id);
  g_hash_table_insert (parser->book->texts, parser->id, rungs_knowledge_translate (parser->text->str));
  parser->id = NULL;
}

static WordBook *
word_book_load (void)
{
  static const GMarkupParser functions = { start_element, end_element, element_text, NULL, NULL };
  WordBook *book = g_new0 (WordBook, 1);
  WordParser parser = { book, NULL, g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&functions, 0, &parser, NULL);
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes ("rules/captions.xml");
  g_autoptr (GError) error = NULL;

  book->texts = g_hash_table_new (g_str_hash, g_str_equal);
  book->ids = g_ptr_array_new ();
  if (!g_markup_parse_context_parse (context,
                                     g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes),
                                     &error) ||
      !g_markup_parse_context_end_parse (context, &error))
    g_error ("captions.xml: %s", error->message);
  g_ptr_array_add (book->ids, NULL);
  g_string_free (parser.text, TRUE);
  return book;
}

static const WordBook *
word_book (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) word_book_load ());
  return (const WordBook *) once;
}

const char *
rungs_words_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (word_book ()->texts, id);
}

const char *const *
rungs_words_list_ids (void)
{
  return (const char *const *) word_book ()->ids->pdata;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One topic's facts.  See rungs-facts-private.h.
 *
 * The files are our own and compiled in, so that a mistake in them is a mistake of the program: the parser asserts,
 * and the tests read every file. */

#include "config.h"

#include <string.h>

#include "rungs-facts-private.h"

typedef struct
{
  RungsFacts *facts;
  gboolean index_phrases;
  RungsFact *fact;  /* inside <fact> */
  GString *content; /* inside one of its prose elements */
} Reading;

static guint
hash_case (gconstpointer key)
{
  guint hash = 5381;

  for (const char *p = key; *p != '\0'; p++)
    hash = hash * 33 + (guchar) g_ascii_tolower (*p);
  return hash;
}

static gboolean
equal_case (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

static void
add_name (RungsFacts *facts, const char *name, RungsFact *fact)
{
  if (name != NULL && !g_hash_table_contains (facts->index, name))
    g_hash_table_insert (facts->index, (gpointer) name, fact);
}

static const char *
keep (Reading *self, const char *text)
{
  return text != NULL && *text != '\0' ? g_string_chunk_insert (self->facts->text, text) : NULL;
}

static void
add_aliases (Reading *self, const char *aliases)
{
  g_auto (GStrv) names = NULL;

  if (aliases == NULL)
    return;
  names = g_strsplit (aliases, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    add_name (self->facts, keep (self, names[i]), self->fact);
}

/* Each word that means a term is a name of it. */
static void
set_forms (Reading *self, const char *text)
{
  g_auto (GStrv) forms = g_strsplit (text, ", ", -1);

  self->fact->forms = keep (self, text);
  for (guint i = 0; forms[i] != NULL; i++)
    add_name (self->facts, keep (self, forms[i]), self->fact);
}

static gboolean
start_fact (Reading *self, const char *element, const char **names, const char **values, GError **error)
{
  const char *name, *aliases, *compact, *phrase, *class, *reference, *section, *note;
  RungsFact *fact;

  if (!g_markup_collect_attributes (element,
                                    names,
                                    values,
                                    error,
                                    G_MARKUP_COLLECT_STRING,
                                    "name",
                                    &name,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "alias",
                                    &aliases,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "compact",
                                    &compact,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "phrase",
                                    &phrase,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "class",
                                    &class,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "reference",
                                    &reference,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "section",
                                    &section,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "note",
                                    &note,
                                    G_MARKUP_COLLECT_INVALID))
    return FALSE;
  fact = g_new0 (RungsFact, 1);
  fact->name = keep (self, name);
  fact->compact = keep (self, compact);
  fact->phrase = keep (self, phrase);
  fact->class = keep (self, class);
  fact->reference = keep (self, reference);
  fact->section = keep (self, section);
  fact->note = keep (self, note);
  self->fact = fact;
  g_ptr_array_add (self->facts->list, fact);
  add_name (self->facts, fact->name, fact);
  add_name (self->facts, fact->compact, fact);
  if (self->index_phrases)
    add_name (self->facts, fact->phrase, fact);
  add_aliases (self, aliases);
  return TRUE;
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer user_data,
               GError **error)
{
  Reading *self = user_data;

  if (g_str_equal (element, "facts"))
    return;
  if (g_str_equal (element, "fact") && self->fact == NULL)
    {
      start_fact (self, element, names, values, error);
      return;
    }
  if (self->fact == NULL || self->content != NULL)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "<%s> has no place here", element);
      return;
    }
  self->content = g_string_new (NULL);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Reading *self = user_data;
  g_autofree char *text = NULL;

  if (g_str_equal (element, "fact"))
    self->fact = NULL;
  if (self->content == NULL)
    return;
  text = rungs_knowledge_translate (self->content->str);
  if (g_str_equal (element, "explanation"))
    self->fact->explanation = keep (self, text);
  else if (g_str_equal (element, "registration"))
    self->fact->registration = keep (self, text);
  else if (g_str_equal (element, "check"))
    self->fact->check = keep (self, text);
  else if (g_str_equal (element, "forms"))
    set_forms (self, text);
  else
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "<%s> is not known", element);
  g_string_free (g_steal_pointer (&self->content), TRUE);
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  Reading *self = user_data;

  if (self->content != NULL)
    g_string_append_len (self->content, text, length);
}

static void
read_file (Reading *self, const char *file)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes (file);
  g_autoptr (GError) error = NULL;
  const char *data;
  gsize length;

  if (bytes == NULL)
    g_error ("%s is not compiled in", file);
  data = g_bytes_get_data (bytes, &length);
  context = g_markup_parse_context_new (&parser, 0, self, NULL);
  if (!g_markup_parse_context_parse (context, data, length, &error) ||
      !g_markup_parse_context_end_parse (context, &error))
    g_error ("%s: %s", file, error->message);
}

RungsFacts *
rungs_facts_load (const char *const *files, gboolean index_phrases)
{
  RungsFacts *self = g_new0 (RungsFacts, 1);
  Reading reading = { self, index_phrases, NULL, NULL };

  g_return_val_if_fail (files != NULL, NULL);

  self->list = g_ptr_array_new ();
  self->index = g_hash_table_new (hash_case, equal_case);
  self->text = g_string_chunk_new (4096);
  for (guint i = 0; files[i] != NULL; i++)
    read_file (&reading, files[i]);
  return self;
}

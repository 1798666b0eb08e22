/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The rules as data.  See rungs-rule.h.  Read once, when the first rule is asked for, and kept. */

#include "config.h"

#include "rungs-knowledge.h"
#include "rungs-rule.h"

typedef struct
{
  GPtrArray *rules; /* RungsRule */
  GHashTable *by_id;
} RuleBook;

typedef struct
{
  RuleBook *book;
  RungsRule *rule;
  GString *text; /* of the element that is open, or NULL */
} RuleParser;

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  RuleParser *parser = data;

  if (g_str_equal (element, "rule"))
    {
      parser->rule = g_new0 (RungsRule, 1);
      parser->rule->number = parser->book->rules->len + 1;
      parser->rule->id = g_strdup (attribute (names, values, "id"));
      parser->rule->severity = rungs_severity_from_id (attribute (names, values, "severity"));
      parser->rule->microsoft = g_strcmp0 (attribute (names, values, "speaks"), "microsoft") == 0;
      parser->rule->reference = g_strdup (attribute (names, values, "reference"));
      parser->rule->note = g_strdup (attribute (names, values, "note"));
    }
  else if (parser->rule != NULL)
    {
      parser->text = g_string_new (NULL);
    }
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  RuleParser *parser = data;
  g_autofree char *text = NULL;
  const char *translated;

  if (g_str_equal (element, "rule"))
    {
      g_ptr_array_add (parser->book->rules, parser->rule);
      g_hash_table_insert (parser->book->by_id, (gpointer) parser->rule->id, parser->rule);
      parser->rule = NULL;
      return;
    }
  if (parser->text == NULL)
    return;
  text = g_string_free (g_steal_pointer (&parser->text), FALSE);
  translated = rungs_knowledge_translate (text);
  if (g_str_equal (element, "explanation"))
    parser->rule->explanation = translated;
  else if (g_str_equal (element, "made-good"))
    parser->rule->made_good = translated;
  else if (g_str_equal (element, "open"))
    parser->rule->open = translated;
  else if (g_str_equal (element, "untimed"))
    parser->rule->untimed = translated;
  else if (g_str_equal (element, "check"))
    parser->rule->check = translated;
  else
    g_free ((gpointer) translated);
}

static void
element_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  RuleParser *parser = data;

  if (parser->text != NULL)
    g_string_append_len (parser->text, text, length);
}

static RuleBook *
rule_book_load (void)
{
  static const GMarkupParser functions = { start_element, end_element, element_text, NULL, NULL };
  RuleBook *book = g_new0 (RuleBook, 1);
  RuleParser parser = { book, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&functions, 0, &parser, NULL);
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes ("rules/rules.xml");
  g_autoptr (GError) error = NULL;

  book->rules = g_ptr_array_new ();
  book->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_markup_parse_context_parse (context,
                                     g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes),
                                     &error) ||
      !g_markup_parse_context_end_parse (context, &error))
    g_error ("rules.xml: %s", error->message);
  return book;
}

static RuleBook *
rule_book (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) rule_book_load ());
  return (RuleBook *) once;
}

const RungsRule *
rungs_rule_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (rule_book ()->by_id, id);
}

const RungsRule *
rungs_rule_get (guint number)
{
  const RuleBook *book = rule_book ();

  return number > 0 && number <= book->rules->len ? g_ptr_array_index (book->rules, number - 1) : NULL;
}

guint
rungs_rule_get_count (void)
{
  return rule_book ()->rules->len;
}

void
rungs_rule_add (RungsRule *rule)
{
  RuleBook *book = rule_book ();

  g_return_if_fail (rule != NULL && rule->id != NULL && rungs_rule_lookup (rule->id) == NULL);

  rule->number = book->rules->len + 1;
  rule->own = TRUE;
  g_ptr_array_add (book->rules, rule);
  g_hash_table_insert (book->by_id, (gpointer) rule->id, rule);
}

void
rungs_rule_set_ignored (const char *const *ids)
{
  const RuleBook *book = rule_book ();

  for (guint i = 0; i < book->rules->len; i++)
    {
      RungsRule *rule = g_ptr_array_index (book->rules, i);

      g_atomic_int_set (&rule->ignored, ids != NULL && g_strv_contains (ids, rule->id));
    }
}

GPtrArray *
rungs_rule_suggest (const char *id)
{
  const RuleBook *book = rule_book ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < book->rules->len; i++)
    g_ptr_array_add (names, (gpointer) ((const RungsRule *) g_ptr_array_index (book->rules, i))->id);
  g_ptr_array_add (names, NULL);
  return rungs_knowledge_suggest_among (id, (const char *const *) names->pdata);
}

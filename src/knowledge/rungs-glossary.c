/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Terms of the glossary in running text.  See rungs-glossary.h. */

#include "config.h"

#include <string.h>

#include "rungs-glossary.h"

#define MAX_WORDS 3 /* of a term */

/* A form of a term; the key of the table is the same in lower case. */
typedef struct
{
  const RungsFact *term;
  char *form;
  gboolean exact; /* an abbreviation: case counts */
} Form;

static gboolean
is_abbreviation (const char *form)
{
  guint upper = 0;

  for (const char *p = form; *p != '\0'; p++)
    upper += g_ascii_isupper (*p) != 0;
  return upper >= 2;
}

static GHashTable *
load_forms (void)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_facts;
  const RungsFact *const *facts = rungs_knowledge_list (RUNGS_TOPIC_TERM, &n_facts);

  for (guint i = 0; i < n_facts; i++)
    {
      g_auto (GStrv) forms = facts[i]->forms != NULL ? g_strsplit (facts[i]->forms, ", ", -1) : NULL;

      for (guint j = 0; forms != NULL && forms[j] != NULL; j++)
        {
          Form *form = g_new (Form, 1);

          *form = (Form){ facts[i], g_strdup (forms[j]), is_abbreviation (forms[j]) };
          g_hash_table_insert (table, g_utf8_strdown (forms[j], -1), form);
        }
    }
  return table;
}

static const Form *
lookup_form (const char *text, gsize length)
{
  static gsize once;
  g_autofree char *lower = NULL;
  const Form *form;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) load_forms ());
  lower = g_utf8_strdown (text, (gssize) length);
  form = g_hash_table_lookup ((GHashTable *) once, lower);
  if (form != NULL && form->exact &&
      (strlen (form->form) != length || strncmp (form->form, text, length) != 0))
    return NULL;
  return form;
}

/* Letters, digits, and what stands inside of words: "re-INVITE", "Q.850". */
static const char *
skip_word (const char *p)
{
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (!g_unichar_isalnum (c) &&
          !((c == '-' || c == '.') && *next != '\0' && g_unichar_isalnum (g_utf8_get_char (next))))
        break;
      p = next;
    }
  return p;
}

/* The longest term that begins at @start. Returns: its end, or NULL */
static const char *
match_at (const char *start, const RungsFact **term)
{
  const char *ends[MAX_WORDS];
  const char *p = start;
  guint n = 0;

  while (n < MAX_WORDS)
    {
      const char *end = skip_word (p);

      if (end == p)
        break;
      ends[n++] = end;
      if (*end != ' ')
        break;
      p = end + 1;
    }
  while (n-- > 0)
    {
      const Form *form = lookup_form (start, (gsize) (ends[n] - start));

      if (form != NULL)
        {
          *term = form->term;
          return ends[n];
        }
    }
  return NULL;
}

GArray *
rungs_glossary_find (const char *text)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (RungsGlossaryHit));
  const char *p = text;

  g_return_val_if_fail (text != NULL, hits);

  while (*p != '\0')
    {
      const RungsFact *term = NULL;
      const char *end;

      if (!g_unichar_isalnum (g_utf8_get_char (p)))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      end = match_at (p, &term);
      if (end != NULL)
        {
          RungsGlossaryHit hit = { (gsize) (p - text), (gsize) (end - p), term };

          g_array_append_val (hits, hit);
          p = end;
        }
      else
        {
          p = skip_word (p);
        }
    }
  return hits;
}

char *
rungs_glossary_get_title (const RungsFact *term)
{
  const char *comma;

  g_return_val_if_fail (term != NULL, NULL);

  if (term->forms == NULL)
    return g_strdup (term->name);
  comma = strstr (term->forms, ", ");
  return comma != NULL ? g_strndup (term->forms, comma - term->forms) : g_strdup (term->forms);
}

static void
append_escaped (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (markup, escaped);
}

char *
rungs_glossary_mark_up (const char *text, GHashTable *seen)
{
  g_autoptr (GArray) hits = NULL;
  GString *markup;
  gsize done = 0;

  g_return_val_if_fail (text != NULL, NULL);

  hits = rungs_glossary_find (text);
  markup = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++)
    {
      const RungsGlossaryHit *hit = &g_array_index (hits, RungsGlossaryHit, i);
      g_autofree char *link = NULL;
      g_autofree char *word = NULL;

      if (seen != NULL && !g_hash_table_add (seen, (gpointer) hit->term->name))
        continue;
      append_escaped (markup, text + done, hit->start - done);
      word = g_strndup (text + hit->start, hit->length);
      link = g_markup_printf_escaped ("<a href=\"term:%s\" title=\"%s\">%s</a>",
                                      hit->term->name,
                                      hit->term->explanation,
                                      word);
      g_string_append (markup, link);
      done = hit->start + hit->length;
    }
  append_escaped (markup, text + done, strlen (text + done));
  return g_string_free (markup, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inside of one block: em, link, code, key → Pango markup or plain text.  See rungs-note-private.h.
 *
 * All text is escaped here and all tags are made here, so that a translation cannot bring in any other markup. */

#include "config.h"

#include <string.h>

#include "rungs-note-private.h"

typedef struct
{
  const char *element;
  const char *open;
  const char *close;
} Inline;

static const Inline inlines[] = {
  { "em", "<i>", "</i>" },    { "code", "<tt>", "</tt>" }, { "key", "<b>", "</b>" },
  { "gui", "<b>", "</b>" },   { "cmd", "<tt>", "</tt>" },  { "file", "<tt>", "</tt>" },
  { "sys", "<tt>", "</tt>" },
};

typedef struct
{
  GString *markup;
  gboolean plain;
  guint links; /* open <a> elements: Pango allows no nesting */
  guint keys;  /* of the open keyseq, counted from its start */
  gboolean keyseq;
} Writing;

static const Inline *
find_inline (const char *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (inlines); i++)
    if (g_str_equal (inlines[i].element, element))
      return &inlines[i];
  return NULL;
}

/* The address of a link: pages of the web, or another note. */
static char *
get_address (const char **names, const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "href") && g_str_has_prefix (values[i], "https://"))
        return g_strdup (values[i]);
      if (g_str_equal (names[i], "xref") && g_ascii_isalnum (values[i][0]))
        return g_strdup_printf ("help:%.*s", (int) strcspn (values[i], "#"), values[i]);
    }
  return NULL;
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer user_data,
               GError **error)
{
  Writing *self = user_data;
  const Inline *known = find_inline (element);

  if (g_str_equal (element, "keyseq"))
    {
      self->keyseq = TRUE;
      self->keys = 0;
    }
  else if (self->keyseq && g_str_equal (element, "key") && self->keys++ > 0)
    g_string_append_c (self->markup, '+');
  if (self->plain)
    return;
  if (known != NULL)
    g_string_append (self->markup, known->open);
  if (g_str_equal (element, "link"))
    {
      g_autofree char *address = get_address (names, values);
      g_autofree char *escaped = g_markup_escape_text (address != NULL ? address : "", -1);

      if (self->links++ == 0)
        g_string_append_printf (self->markup, "<a href=\"%s\">", escaped);
    }
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Writing *self = user_data;
  const Inline *known = find_inline (element);

  if (g_str_equal (element, "keyseq"))
    self->keyseq = FALSE;
  if (self->plain)
    return;
  if (known != NULL)
    g_string_append (self->markup, known->close);
  if (g_str_equal (element, "link") && --self->links == 0)
    g_string_append (self->markup, "</a>");
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  Writing *self = user_data;
  g_autofree char *escaped = self->plain ? g_strndup (text, length) : g_markup_escape_text (text, length);

  g_string_append (self->markup, escaped);
}

static char *
convert (const char *content, gboolean plain)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  Writing writing = { g_string_new (NULL), plain, 0, 0, FALSE };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &writing, NULL);

  if (!g_markup_parse_context_parse (context, "<block>", -1, NULL) ||
      !g_markup_parse_context_parse (context, content, -1, NULL) ||
      !g_markup_parse_context_parse (context, "</block>", -1, NULL) ||
      !g_markup_parse_context_end_parse (context, NULL))
    {
      g_string_free (writing.markup, TRUE);
      return plain ? g_strdup (content) : g_markup_escape_text (content, -1);
    }
  return g_string_free (writing.markup, FALSE);
}

char *
rungs_note_inline_to_markup (const char *content)
{
  g_return_val_if_fail (content != NULL, NULL);

  return convert (content, FALSE);
}

char *
rungs_note_inline_to_text (const char *content)
{
  g_return_val_if_fail (content != NULL, NULL);

  return convert (content, TRUE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A Mallard page → blocks.  See rungs-note-private.h.
 *
 * The parser keeps a stack of what is open and no recursion.  A text block (a title, a paragraph, a screen) collects
 * its content; everything else only says where the next block stands.  Text that stands in no known text block
 * becomes a paragraph, so that no element loses its words. */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"
#include "rungs-note-private.h"

#define MAX_DEPTH 64 /* open elements */

typedef struct
{
  char element[16]; /* cut: longer names are none that we know */
  guint number;     /* steps: how many items were seen; item: its own number */
  gboolean started; /* item: its first block was written */
} Level;

typedef struct
{
  RungsNote *note;
  Level levels[MAX_DEPTH];
  guint depth;
  GString *content;    /* of the open text block */
  guint content_depth; /* the depth at which it was opened */
  GPtrArray *row;      /* the cells of the open table row, as markup */
} Parsing;

static gboolean
is (const Level *level, const char *element)
{
  return g_str_equal (level->element, element);
}

static guint
count_open (const Parsing *self, const char *element)
{
  guint count = 0;

  for (guint i = 0; i < self->depth; i++)
    if (is (&self->levels[i], element))
      count++;
  return count;
}

static Level *
find_open (Parsing *self, const char *element)
{
  for (guint i = self->depth; i > 0; i--)
    if (is (&self->levels[i - 1], element))
      return &self->levels[i - 1];
  return NULL;
}

static void
add_block (Parsing *self, RungsNoteBlockKind kind, guint level, guint number, char *markup)
{
  RungsNoteBlock *block = g_new0 (RungsNoteBlock, 1);

  block->kind = kind;
  block->level = level;
  block->number = number;
  block->markup = markup;
  g_ptr_array_add (self->note->blocks, block);
}

static void
add_title (Parsing *self, const char *text)
{
  char *markup = rungs_note_inline_to_markup (text);
  guint sections = count_open (self, "section");

  if (count_open (self, "item") > 0)
    {
      add_block (self, RUNGS_NOTE_ITEM, 1, 0, g_strdup_printf ("<b>%s</b>", markup));
      g_free (markup);
    }
  else if (sections > 0)
    add_block (self, RUNGS_NOTE_HEADING, sections, 0, markup);
  else
    {
      add_block (self, RUNGS_NOTE_TITLE, 0, 0, markup);
      g_free (self->note->title);
      self->note->title = rungs_note_inline_to_text (text);
    }
}

/* A cell of several paragraphs has several lines. */
static void
add_to_cell (Parsing *self, char *markup)
{
  char **cell = (char **) &g_ptr_array_index (self->row, self->row->len - 1);
  g_autofree char *before = *cell;

  *cell = *before != '\0' ? g_strconcat (before, "\n", markup, NULL) : g_strdup (markup);
  g_free (markup);
}

static void
add_row (Parsing *self)
{
  g_autoptr (GPtrArray) row = g_steal_pointer (&self->row);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < row->len; i++)
    if (*(const char *) g_ptr_array_index (row, i) != '\0')
      g_string_append_printf (words,
                              "%s%s",
                              words->len > 0 ? " – " : "",
                              (const char *) g_ptr_array_index (row, i));
  g_ptr_array_add (row, NULL);
  add_block (self,
             RUNGS_NOTE_ROW,
             count_open (self, "thead") > 0 ? 1 : 0,
             0,
             g_string_free (g_steal_pointer (&words), FALSE));
  ((RungsNoteBlock *) g_ptr_array_index (self->note->blocks, self->note->blocks->len - 1))->cells =
    (char **) g_ptr_array_steal (row, NULL);
}

static void
add_paragraph (Parsing *self, const char *text)
{
  char *markup = rungs_note_inline_to_markup (text);
  guint lists = count_open (self, "list") + count_open (self, "steps") + count_open (self, "terms");
  Level *item = find_open (self, "item");

  if (self->row != NULL && self->row->len > 0)
    add_to_cell (self, markup);
  else if (item != NULL && !item->started)
    {
      item->started = TRUE;
      add_block (self, RUNGS_NOTE_ITEM, lists, item->number, markup);
    }
  else if (count_open (self, "note") > 0)
    add_block (self, RUNGS_NOTE_ASIDE, lists, 0, markup);
  else
    add_block (self, RUNGS_NOTE_PARAGRAPH, lists, 0, markup);
}

/* White space counts here: only the line ends around the text are dropped. */
static void
add_code (Parsing *self, const char *content)
{
  g_autofree char *text = rungs_knowledge_translate_preformatted (content);
  char *markup = rungs_note_inline_to_markup (text + strspn (text, "\n"));

  add_block (self, RUNGS_NOTE_CODE, 0, 0, g_strchomp (markup));
}

static void
close_content (Parsing *self)
{
  g_autofree char *content = g_string_free (g_steal_pointer (&self->content), FALSE);
  g_autofree char *text = NULL;
  const Level *level = &self->levels[self->content_depth - 1];

  if (is (level, "screen") || is (level, "code"))
    {
      add_code (self, content);
      return;
    }
  text = rungs_knowledge_translate (content);
  if (*text == '\0')
    return;
  if (is (level, "desc"))
    {
      g_free (self->note->description);
      self->note->description = rungs_note_inline_to_text (text);
    }
  else if (count_open (self, "info") > 0)
    return;
  else if (is (level, "title"))
    add_title (self, text);
  else
    add_paragraph (self, text);
}

/* As xgettext writes text into a message id: quotes stay as they are. */
static void
append_escaped (GString *content, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '&')
        g_string_append (content, "&amp;");
      else if (text[i] == '<')
        g_string_append (content, "&lt;");
      else if (text[i] == '>')
        g_string_append (content, "&gt;");
      else
        g_string_append_c (content, text[i]);
    }
}

static void
append_start_tag (GString *content, const char *element, const char **names, const char **values)
{
  g_string_append_printf (content, "<%s", element);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_string_append_printf (content, " %s=\"", names[i]);
      append_escaped (content, values[i], strlen (values[i]));
      g_string_append_c (content, '"');
    }
  g_string_append_c (content, '>');
}

static gboolean
is_text_block (const char *element)
{
  static const char *const elements[] = { "title", "desc", "p", "screen", "code" };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i], element))
      return TRUE;
  return FALSE;
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer user_data,
               GError **error)
{
  Parsing *self = user_data;
  Level *level;

  if (self->depth == MAX_DEPTH)
    {
      g_set_error (error,
                   G_MARKUP_ERROR,
                   G_MARKUP_ERROR_INVALID_CONTENT,
                   "<%s> is nested too deeply",
                   element);
      return;
    }
  level = &self->levels[self->depth];
  memset (level, 0, sizeof *level);
  g_strlcpy (level->element, element, sizeof level->element);
  if (g_str_equal (element, "item") && self->depth > 0 && is (level - 1, "steps"))
    level->number = ++level[-1].number;
  self->depth++;
  if (self->content != NULL)
    append_start_tag (self->content, element, names, values);
  else if (is_text_block (element))
    {
      self->content = g_string_new (NULL);
      self->content_depth = self->depth;
    }
  else if (g_str_equal (element, "tr") && self->row == NULL)
    self->row = g_ptr_array_new_with_free_func (g_free);
  else if ((g_str_equal (element, "td") || g_str_equal (element, "th")) && self->row != NULL)
    g_ptr_array_add (self->row, g_strdup (""));
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Parsing *self = user_data;

  if (self->content != NULL && self->content_depth == self->depth)
    close_content (self);
  else if (self->content != NULL)
    g_string_append_printf (self->content, "</%s>", element);
  self->depth--;
  if (self->row != NULL && g_str_equal (element, "tr"))
    add_row (self);
}

static void
add_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  Parsing *self = user_data;

  if (self->content == NULL && strspn (text, " \t\r\n") < length)
    {
      self->content = g_string_new (NULL);
      self->content_depth = self->depth;
    }
  if (self->content != NULL)
    append_escaped (self->content, text, length);
}

static void
block_free (RungsNoteBlock *self)
{
  g_free (self->markup);
  g_strfreev (self->cells);
  g_free (self);
}

void
rungs_note_free (RungsNote *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

RungsNote *
rungs_note_parse (const char *id, const char *data, gsize length, GError **error)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  g_autoptr (RungsNote) note = g_new0 (RungsNote, 1);
  g_autofree Parsing *self = g_new0 (Parsing, 1);
  g_autoptr (GMarkupParseContext) context = NULL;
  gboolean whole;

  g_return_val_if_fail (id != NULL && data != NULL, NULL);

  note->id = g_strdup (id);
  note->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  self->note = note;
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  whole = g_markup_parse_context_parse (context, data, length, error) &&
          g_markup_parse_context_end_parse (context, error);
  if (self->content != NULL)
    g_string_free (self->content, TRUE);
  g_clear_pointer (&self->row, g_ptr_array_unref);
  if (!whole)
    return NULL;
  if (note->title == NULL)
    note->title = g_strdup (id);
  if (note->description == NULL)
    note->description = g_strdup ("");
  return g_steal_pointer (&note);
}

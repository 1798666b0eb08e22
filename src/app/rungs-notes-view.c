/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The background notes.  See rungs-notes-view.h. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "rungs-glossary.h"
#include "rungs-note.h"
#include "rungs-notes-view.h"

struct _RungsNotesView
{
  GtkWidget parent_instance;
  GtkStack *stack;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  GtkBox *page;
  gboolean filled;
  GPtrArray *fitting; /* ids of the notes that stand first */
};

G_DEFINE_FINAL_TYPE (RungsNotesView, rungs_notes_view, GTK_TYPE_WIDGET)

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, RungsNotesView *self)
{
  if (!g_str_has_prefix (uri, "help:"))
    return FALSE;
  rungs_notes_view_show_note (self, uri + strlen ("help:"));
  return TRUE;
}

static GtkWidget *
new_label (RungsNotesView *self, const char *markup, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* A hyphen in a broken name would look like one of its own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), self, 0);
  return label;
}

static GtkWidget *
new_item (RungsNotesView *self, const RungsNoteBlock *block)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = block->number > 0 ? g_strdup_printf ("%u.", block->number) : g_strdup ("•");
  GtkWidget *bullet = gtk_label_new (number);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_set_margin_start (line, (int) MIN (block->level, 6) * 8);
  gtk_box_append (GTK_BOX (line), bullet);
  gtk_box_append (GTK_BOX (line), new_label (self, block->markup, NULL));
  return line;
}

static GtkWidget *
new_block (RungsNotesView *self, const RungsNoteBlock *block)
{
  switch (block->kind)
    {
    case RUNGS_NOTE_TITLE:
      return new_label (self, block->markup, "title-3");
    case RUNGS_NOTE_HEADING:
      return new_label (self, block->markup, "heading");
    case RUNGS_NOTE_ITEM:
      return new_item (self, block);
    case RUNGS_NOTE_CODE:
      return new_label (self, block->markup, "code");
    case RUNGS_NOTE_ASIDE:
      return new_label (self, block->markup, "aside");
    case RUNGS_NOTE_PARAGRAPH:
    default:
      return new_label (self, block->markup, NULL);
    }
}

/* A cell is narrow: long names of protocols may break behind their underscores, with a blank of no width. */
static GtkWidget *
new_cell (RungsNotesView *self, const char *markup, gboolean head)
{
  g_autoptr (GString) text = g_string_new (markup);

  if (strstr (markup, "<a ") == NULL)
    g_string_replace (text, "_", "_\xe2\x80\x8b", 0);
  return new_label (self, text->str, head ? "caption-heading" : NULL);
}

/* The rows of a table from @index on, as long as there are rows; takes @index behind them. */
static GtkWidget *
new_table (RungsNotesView *self, const GPtrArray *blocks, guint *index)
{
  GtkWidget *grid = gtk_grid_new ();
  const RungsNoteBlock *block = g_ptr_array_index (blocks, *index);

  gtk_widget_add_css_class (grid, "table");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 5);
  for (int line = 0; block->kind == RUNGS_NOTE_ROW; line += 2)
    {
      guint n_cells = g_strv_length (block->cells);

      for (guint i = 0; i < n_cells; i++)
        {
          GtkWidget *cell = new_cell (self, block->cells[i], block->level > 0);

          gtk_widget_set_valign (cell, GTK_ALIGN_START);
          gtk_widget_set_hexpand (cell, i + 1 == n_cells);
          gtk_grid_attach (GTK_GRID (grid), cell, (int) i, line, 1, 1);
        }
      if (++*index == blocks->len)
        break;
      block = g_ptr_array_index (blocks, *index);
      if (block->kind == RUNGS_NOTE_ROW)
        gtk_grid_attach (GTK_GRID (grid),
                         gtk_separator_new (GTK_ORIENTATION_HORIZONTAL),
                         0,
                         line + 1,
                         (int) MAX (n_cells, 1),
                         1);
    }
  return grid;
}

static void
add_row (RungsNotesView *self, const char *id, const char *title, const char *description, guint order)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (description != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "rungs-note", (gpointer) id);
  g_object_set_data (G_OBJECT (row), "rungs-order", GUINT_TO_POINTER (order));
  gtk_list_box_append (self->list, row);
}

/* Its place among those that fit, G_MAXUINT for all others. */
static guint
find_fitting (RungsNotesView *self, GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "rungs-note");

  for (guint i = 0; i < self->fitting->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->fitting, i), id) == 0)
      return i;
  return G_MAXUINT;
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  guint left = find_fitting (data, a);
  guint right = find_fitting (data, b);

  if (left == right)
    {
      left = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (a), "rungs-order"));
      right = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (b), "rungs-order"));
    }
  return left < right ? -1 : left > right;
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  RungsNotesView *self = data;
  gboolean fits = find_fitting (self, row) != G_MAXUINT;
  gboolean first = before == NULL || fits != (find_fitting (self, before) != G_MAXUINT);
  GtkWidget *label;

  if (self->fitting->len == 0 || !first)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (fits ? _ ("For what is selected") : _ ("All notes"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "notes-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
fill_list (RungsNotesView *self)
{
  const char *const *ids = rungs_note_list_ids ();

  add_row (self, "glossary", _ ("Glossary"), _ ("The words that Rungs uses, each in one sense."), 0);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RungsNote *note = rungs_note_load (ids[i]);

      if (note != NULL)
        add_row (self, note->id, note->title, note->description, i + 1);
    }
  gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  self->filled = TRUE;
}

static void
add_term (RungsNotesView *self, const RungsFact *term)
{
  g_autofree char *title = rungs_glossary_get_title (term);
  const RungsNote *note = term->note != NULL ? rungs_note_load (term->note) : NULL;
  g_autofree char *words = g_markup_printf_escaped ("<b>%s</b>  %s", title, term->explanation);
  g_autofree char *link = note != NULL
                            ? g_markup_printf_escaped ("  <a href=\"help:%s\">%s</a>", note->id, note->title)
                            : g_strdup ("");
  g_autofree char *markup = g_strconcat (words, link, NULL);

  gtk_box_append (self->page, new_label (self, markup, NULL));
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  g_autofree char *left = rungs_glossary_get_title (*(const RungsFact *const *) a);
  g_autofree char *right = rungs_glossary_get_title (*(const RungsFact *const *) b);

  return g_utf8_collate (left, right);
}

/* @name (nullable): the term that somebody asked for. */
static void
fill_glossary (RungsNotesView *self, const char *name)
{
  const RungsFact *wanted = name != NULL ? rungs_knowledge_lookup (RUNGS_TOPIC_TERM, name) : NULL;
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  guint n_terms;
  const RungsFact *const *all = rungs_knowledge_list (RUNGS_TOPIC_TERM, &n_terms);

  if (wanted != NULL)
    add_term (self, wanted);
  gtk_box_append (self->page, new_label (self, _ ("Glossary"), "title-3"));
  for (guint i = 0; i < n_terms; i++)
    g_ptr_array_add (terms, (gpointer) all[i]);
  g_ptr_array_sort (terms, compare_terms);
  for (guint i = 0; i < terms->len; i++)
    add_term (self, g_ptr_array_index (terms, i));
}

static void
row_activated_cb (RungsNotesView *self, GtkListBoxRow *row)
{
  rungs_notes_view_show_note (self, g_object_get_data (G_OBJECT (row), "rungs-note"));
}

static void
back_cb (RungsNotesView *self)
{
  rungs_notes_view_show_note (self, NULL);
}

static void
rungs_notes_view_map (GtkWidget *widget)
{
  RungsNotesView *self = RUNGS_NOTES_VIEW (widget);

  if (!self->filled)
    fill_list (self);
  GTK_WIDGET_CLASS (rungs_notes_view_parent_class)->map (widget);
}

static void
rungs_notes_view_dispose (GObject *object)
{
  RungsNotesView *self = RUNGS_NOTES_VIEW (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_notes_view_parent_class)->dispose (object);
}

static void
rungs_notes_view_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_NOTES_VIEW (object)->fitting);
  G_OBJECT_CLASS (rungs_notes_view_parent_class)->finalize (object);
}

static void
rungs_notes_view_class_init (RungsNotesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_notes_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_notes_view_finalize;
  widget_class->map = rungs_notes_view_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-notes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, list);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsNotesView, page);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rungs_notes_view_init (RungsNotesView *self)
{
  self->fitting = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
clear_page (RungsNotesView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->page))) != NULL)
    gtk_box_remove (self->page, child);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
rungs_notes_view_show_note (RungsNotesView *self, const char *id)
{
  const RungsNote *note;

  g_return_if_fail (RUNGS_IS_NOTES_VIEW (self));
  if (id != NULL && (g_str_equal (id, "glossary") || g_str_has_prefix (id, "term:")))
    {
      clear_page (self);
      fill_glossary (self, g_str_has_prefix (id, "term:") ? id + strlen ("term:") : NULL);
      gtk_stack_set_visible_child_name (self->stack, "note");
      return;
    }
  note = id != NULL ? rungs_note_load (id) : NULL;
  if (note == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  clear_page (self);
  for (guint i = 0; i < note->blocks->len;)
    {
      const RungsNoteBlock *block = g_ptr_array_index (note->blocks, i);

      gtk_box_append (self->page,
                      block->kind == RUNGS_NOTE_ROW
                        ? new_table (self, note->blocks, &i)
                        : new_block (self, g_ptr_array_index (note->blocks, i++)));
    }
  gtk_stack_set_visible_child_name (self->stack, "note");
}

void
rungs_notes_view_set_fitting (RungsNotesView *self, const char *const *ids)
{
  g_return_if_fail (RUNGS_IS_NOTES_VIEW (self));

  g_ptr_array_set_size (self->fitting, 0);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_ptr_array_add (self->fitting, (gpointer) ids[i]);
  if (self->filled)
    {
      gtk_list_box_invalidate_sort (self->list);
      gtk_list_box_invalidate_headers (self->list);
    }
}

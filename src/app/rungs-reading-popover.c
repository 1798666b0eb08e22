/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What was read of a trace and what was not.  See rungs-reading-popover.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-clock-shifts.h"
#include "rungs-knowledge.h"
#include "rungs-media.h"
#include "rungs-reading-popover.h"
#include "rungs-text.h"

#define MAX_FILES   50
#define MAX_RANGES  20 /* of one reason in one file */
#define MAX_STREAMS 50
#define PREVIEW     40 /* bytes */

/* What the popover shows, and the same as text. */
typedef struct
{
  GtkBox *box;
  GString *text;
} Page;

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 52);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
add_label (Page *page, const char *text, const char *css_class)
{
  GtkWidget *label = new_label (text, css_class);

  gtk_box_append (page->box, label);
  g_string_append_printf (page->text, "%s\n", text);
  return label;
}

static void
add_separator (Page *page)
{
  gtk_box_append (page->box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  g_string_append_c (page->text, '\n');
}

/* "at 1234, 56 bytes: beginning of it" a line; the whole list is what `rungs-cli stats --unread` prints. */
static char *
list_ranges (RungsTrace *trace, guint file, RungsUnreadReason reason)
{
  const RungsLedger *ledger = &rungs_trace_get_file (trace, file)->ledger;
  GString *text = g_string_new (NULL);
  guint64 left = ledger->by_reason[reason];
  guint n = 0;

  for (guint i = 0; i < ledger->entries->len && n < MAX_RANGES; i++)
    {
      const RungsLedgerEntry *entry = &g_array_index (ledger->entries, RungsLedgerEntry, i);
      g_autofree char *preview = NULL;

      if (entry->reason != reason)
        continue;
      preview = rungs_text_display_max (rungs_slice_sub (rungs_trace_get_file_bytes (trace, file),
                                                         entry->offset,
                                                         MIN (entry->length, PREVIEW)),
                                        PREVIEW);
      g_string_append_printf (text,
                              /* Translators: a place in a file, how many bytes, and what they begin with */
                              ngettext ("at %lu, %lu byte: %s",
                                        "at %lu, %lu bytes: %s",
                                        (gulong) entry->length),
                              (gulong) entry->offset,
                              (gulong) entry->length,
                              preview);
      g_string_append_c (text, '\n');
      left -= entry->length;
      n++;
    }
  if (left > 0)
    g_string_append_printf (text, _ ("and %lu bytes more"), (gulong) left);
  else if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static void
add_reasons (Page *page, RungsTrace *trace, guint file)
{
  const RungsLedger *ledger = &rungs_trace_get_file (trace, file)->ledger;

  for (guint i = 0; i < RUNGS_N_UNREAD_REASONS; i++)
    {
      const char *id = rungs_unread_reason_get_id ((RungsUnreadReason) i);
      const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_UNREAD, id);
      g_autofree char *size = NULL;
      g_autofree char *text = NULL;
      g_autofree char *ranges = NULL;
      GtkWidget *expander;
      GtkWidget *label;

      if (ledger->by_reason[i] == 0)
        continue;
      size = g_format_size (ledger->by_reason[i]);
      /* Translators: an amount of bytes, and why they are in no message */
      text = g_strdup_printf (_ ("%s: %s"),
                              size,
                              fact != NULL && fact->explanation != NULL ? fact->explanation : id);
      ranges = list_ranges (trace, file, (RungsUnreadReason) i);
      expander = gtk_expander_new (NULL);
      gtk_expander_set_label_widget (GTK_EXPANDER (expander), new_label (text, "caption"));
      gtk_widget_set_tooltip_text (expander, _ ("Where in the file"));
      label = gtk_label_new (ranges);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "monospace");
      gtk_expander_set_child (GTK_EXPANDER (expander), label);
      gtk_box_append (page->box, expander);
      g_string_append_printf (page->text, "%s\n%s\n", text, ranges);
    }
}

/* Media and encrypted connections of captures. */
static void
add_streams (Page *page, RungsTrace *trace)
{
  guint n = rungs_trace_get_n_streams (trace);

  if (n == 0)
    return;
  add_separator (page);
  add_label (page, _ ("Beside SIP"), "heading");
  for (guint i = 0; i < MIN (n, MAX_STREAMS); i++)
    {
      g_autofree char *words = rungs_foreign_stream_describe (rungs_trace_get_stream (trace, i));

      gtk_label_set_selectable (GTK_LABEL (add_label (page, words, "caption")), TRUE);
    }
  if (n > MAX_STREAMS)
    {
      g_autofree char *more =
        g_strdup_printf (ngettext ("And %u more stream.", "And %u more streams.", n - MAX_STREAMS),
                         n - MAX_STREAMS);

      add_label (page, more, "dim-label");
    }
}

/* That the user has corrected the clock, and the way back. */
static void
add_correction (Page *page, const RungsTraceFile *file)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_ ("Take Back"));
  g_autofree char *seconds = rungs_clock_shift_format (file->shift);
  g_autofree char *text =
    g_strdup_printf (_ ("Its clock is corrected by %s s: its times have the sign ≈."), seconds);
  GtkWidget *label = new_label (text, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Show the times of the file’s own clock"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.correct-clock");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "(sx)",
                                    file->is_member ? file->name : file->path,
                                    (gint64) 0);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (page->box, line);
  g_string_append_printf (page->text, "%s\n", text);
}

static void
add_file (Page *page, RungsTrace *trace, guint index)
{
  const RungsTraceFile *file = rungs_trace_get_file (trace, index);
  g_autofree char *size = g_format_size (file->size);
  g_autofree char *count = NULL;
  g_autofree char *facts = NULL;

  add_label (page, file->name, "heading");
  if (file->error != NULL)
    {
      add_label (page, file->error->message, rungs_trace_file_failed (file) ? "error" : "dim-label");
      return;
    }
  count = g_strdup_printf (ngettext ("%u message", "%u messages", file->n_messages), file->n_messages);
  /* Translators: format, size and number of messages of a file */
  facts =
    g_strdup_printf (_ ("%s, %s, %s"), file->format_name != NULL ? _ (file->format_name) : "", size, count);
  add_label (page, facts, NULL);
  if (file->zone == RUNGS_ZONE_UNKNOWN)
    add_label (page,
               _ ("The file states no time zone: times are those of the computer that wrote it."),
               "dim-label");
  else if (file->zone == RUNGS_ZONE_DERIVED)
    add_label (page, _ ("The time zone was derived from the Date headers of the messages."), "dim-label");
  if (file->shift != 0)
    add_correction (page, file);
  if (file->ledger.unread_bytes == 0)
    add_label (page, _ ("Every byte of the file is part of a message."), "dim-label");
  else
    {
      add_label (page, _ ("In no message:"), "dim-label");
      add_reasons (page, trace, index);
    }
}

static void
copy_cb (GtkButton *button, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
  gtk_button_set_label (button, _ ("Copied"));
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

/* Below the list, so that it stands still while the list is scrolled. */
static GtkWidget *
make_copy_button (char *text)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Copy as Text"));

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_end (button, 6);
  gtk_widget_set_margin_bottom (button, 6);
  gtk_widget_set_tooltip_text (button, _ ("Copy this list: what was read of the trace, and what was not"));
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), text, free_text, 0);
  return button;
}

/* The list of files and of what is beside SIP. */
static GtkWidget *
make_list (RungsTrace *trace, GString *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  Page page = { GTK_BOX (box), text };
  guint n_files = rungs_trace_get_n_files (trace);

  for (guint i = 0; i < MIN (n_files, MAX_FILES); i++)
    {
      if (i > 0)
        add_separator (&page);
      add_file (&page, trace, i);
    }
  if (n_files > MAX_FILES)
    {
      g_autofree char *more =
        g_strdup_printf (ngettext ("And %u more file.", "And %u more files.", n_files - MAX_FILES),
                         n_files - MAX_FILES);

      add_label (&page, more, "dim-label");
    }
  add_streams (&page, trace);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

GtkWidget *
rungs_reading_popover_new (RungsTrace *trace)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), popover);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (trace, text));
  gtk_box_append (GTK_BOX (page), scroller);
  gtk_box_append (GTK_BOX (page), make_copy_button (g_string_free (text, FALSE)));
  gtk_popover_set_child (GTK_POPOVER (popover), page);
  return popover;
}

char *
rungs_reading_describe (RungsTrace *trace)
{
  const RungsTotals *totals = rungs_trace_get_totals (trace);
  g_autofree char *flows = NULL;
  g_autofree char *messages = NULL;
  g_autofree char *unread = NULL;

  flows =
    g_strdup_printf (ngettext ("%lu flow", "%lu flows", (gulong) totals->flows), (gulong) totals->flows);
  messages = g_strdup_printf (ngettext ("%lu message", "%lu messages", (gulong) totals->messages),
                              (gulong) totals->messages);
  if (totals->unread_bytes == 0)
    /* Translators: "5 flows, 28 messages · all bytes read" */
    return g_strdup_printf (_ ("%s, %s · all bytes read"), flows, messages);
  unread = g_format_size (totals->unread_bytes);
  /* Translators: "5 flows, 28 messages · 1.2 kB not read": bytes that are in no message */
  return g_strdup_printf (_ ("%s, %s · %s not read"), flows, messages, unread);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The pane on the right.  See rungs-inspector.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-explained-view.h"
#include "rungs-findings-view.h"
#include "rungs-inspector.h"
#include "rungs-message-view.h"
#include "rungs-notes-view.h"
#include "rungs-token-view.h"

/* Findings whose evidence is marked in one message. */
#define MAX_MARKED 16

struct _RungsInspector
{
  GtkWidget parent_instance;
  GtkWidget *switcher; /* where @pages scroll in a narrow pane */
  GtkWidget *pages;
  GtkStack *stack;
  RungsExplainedView *explained;
  RungsFindingsView *findings;
  GtkStack *message_stack;
  RungsMessageView *message;
  GtkWidget *no_message;
  RungsTokenView *token;
  RungsNotesView *notes;
  RungsLadder *ladder;
  guint row;
  gboolean explained_stale;
  gboolean message_stale;
  gboolean notes_stale;
  gboolean token_stale;
  gboolean waiting; /* for the diagnosis of a long flow */
};

G_DEFINE_FINAL_TYPE (RungsInspector, rungs_inspector, GTK_TYPE_WIDGET)

/* The message of the row, RUNGS_NO_MESSAGE for anything else. */
static guint
get_row (RungsInspector *self, RungsRungKind *kind)
{
  guint message = RUNGS_NO_MESSAGE;

  *kind = RUNGS_RUNG_SUMMARY;
  if (self->ladder != NULL && self->row < rungs_ladder_get_n_rows (self->ladder))
    rungs_ladder_get_row (self->ladder, self->row, kind, &message);
  return *kind == RUNGS_RUNG_MESSAGE ? message : RUNGS_NO_MESSAGE;
}

/* The diagnosis of @flow, or NULL while it is being made. */
static RungsDiagnosis *
find_diagnosis (RungsInspector *self, guint flow)
{
  RungsDiagnosis *diagnosis = rungs_diagnoser_find (rungs_ladder_get_diagnoser (self->ladder), flow);

  if (diagnosis == NULL)
    self->waiting = TRUE;
  return diagnosis;
}

static void
explain_selection (RungsInspector *self)
{
  RungsSelection *selection = rungs_ladder_get_selection (self->ladder);
  guint flow = rungs_selection_get_single_flow (selection);
  guint length = rungs_selection_get_length (selection);
  g_autofree char *text = NULL;

  if (flow != RUNGS_NO_FLOW)
    {
      self->waiting |=
        !rungs_explained_view_show_flow (self->explained, rungs_ladder_get_diagnoser (self->ladder), flow);
      return;
    }
  text =
    g_strdup_printf (ngettext ("The ladder shows %u message of several flows. Select a message, or one flow.",
                               "The ladder shows %u messages of several flows. Select a message, or one "
                               "flow.",
                               length),
                     length);
  rungs_explained_view_show_text (self->explained, _ ("Several flows"), text);
}

static void
fill_explained (RungsInspector *self)
{
  RungsRungKind kind;
  guint message = get_row (self, &kind);

  self->explained_stale = FALSE;
  if (self->ladder == NULL)
    {
      rungs_explained_view_show_text (self->explained,
                                      _ ("Nothing is selected"),
                                      _ ("Select a flow in the list and a message in its ladder."));
    }
  else if (message != RUNGS_NO_MESSAGE)
    {
      self->waiting |= !rungs_explained_view_show_message (self->explained,
                                                           rungs_ladder_get_diagnoser (self->ladder),
                                                           message);
    }
  else if (kind == RUNGS_RUNG_SUMMARY)
    {
      explain_selection (self);
    }
  else if (rungs_ladder_get_step (self->ladder, self->row) != NULL)
    {
      rungs_explained_view_show_step (self->explained,
                                      rungs_ladder_get_diagnoser (self->ladder),
                                      rungs_ladder_get_step (self->ladder, self->row));
    }
  else
    {
      g_autofree char *words = rungs_ladder_describe_row (self->ladder, self->row);
      g_autofree char *text =
        kind == RUNGS_RUNG_FOLD
          ? g_strjoin (" ", words, _ ("The space bar or a click opens it, and closes it again."), NULL)
          : g_strdup (words);

      rungs_explained_view_show_text (self->explained,
                                      kind == RUNGS_RUNG_GAP    ? _ ("A wait")
                                      : kind == RUNGS_RUNG_NOTE ? _ ("Lines of the log")
                                      : kind == RUNGS_RUNG_FOLD ? _ ("Folded messages")
                                                                : _ ("Not in this trace"),
                                      text);
    }
}

static void
fill_findings (RungsInspector *self)
{
  rungs_findings_view_show (self->findings,
                            self->ladder != NULL ? rungs_ladder_get_diagnoser (self->ladder) : NULL,
                            self->ladder != NULL ? rungs_ladder_get_selection (self->ladder) : NULL);
}

/* The bytes that prove the findings of @message; those of the leading one last, so that the view scrolls there. */
static void
mark_evidence (RungsInspector *self, guint message)
{
  RungsTrace *trace = rungs_ladder_get_trace (self->ladder);
  g_autoptr (RungsDiagnosis) diagnosis =
    find_diagnosis (self, rungs_trace_get_message (trace, message)->flow);
  const RungsStatement *statement;
  GPtrArray *findings;

  if (diagnosis == NULL)
    return;
  statement = rungs_diagnosis_get_statement (diagnosis, message);
  findings = rungs_diagnosis_get_findings (diagnosis);
  for (guint i = 0, n_marked = 0; i < findings->len && n_marked < MAX_MARKED; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);

      if (finding->message != message || finding->severity < RUNGS_SEVERITY_WARNING)
        continue;
      rungs_message_view_mark (self->message, finding->offset, finding->length);
      n_marked++;
    }
  if (statement->finding != NULL && statement->finding->message == message)
    rungs_message_view_mark (self->message, statement->finding->offset, statement->finding->length);
}

static void
fill_message (RungsInspector *self)
{
  RungsRungKind kind;
  guint message = get_row (self, &kind);
  gboolean has_bytes = message != RUNGS_NO_MESSAGE || kind == RUNGS_RUNG_KERBEROS;

  self->message_stale = FALSE;
  gtk_stack_set_visible_child (self->message_stack,
                               has_bytes ? GTK_WIDGET (self->message) : self->no_message);
  if (message != RUNGS_NO_MESSAGE)
    {
      rungs_message_view_set_bytes (self->message,
                                    rungs_trace_get_bytes (rungs_ladder_get_trace (self->ladder), message));
      mark_evidence (self, message);
    }
  else if (kind == RUNGS_RUNG_KERBEROS)
    {
      const RungsTicketStep *step = rungs_ladder_get_step (self->ladder, self->row);

      rungs_message_view_set_binary (self->message,
                                     rungs_trace_get_kerberos_bytes (rungs_ladder_get_trace (self->ladder),
                                                                     step->kerberos));
    }
}

static void
fill_token (RungsInspector *self)
{
  RungsRungKind kind;
  guint message = get_row (self, &kind);

  self->token_stale = FALSE;
  if (kind == RUNGS_RUNG_KERBEROS)
    rungs_token_view_show_kerberos (self->token,
                                    rungs_trace_get_kerberos_bytes (rungs_ladder_get_trace (self->ladder),
                                                                    rungs_ladder_get_step (self->ladder,
                                                                                           self->row)
                                                                      ->kerberos));
  else
    rungs_token_view_show_message (self->token,
                                   message != RUNGS_NO_MESSAGE ? rungs_ladder_get_trace (self->ladder) : NULL,
                                   message);
}

/* The notes that fit the flow of the row, or the one flow that is shown. */
static void
fill_notes (RungsInspector *self)
{
  RungsRungKind kind;
  guint message = get_row (self, &kind);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  g_autofree const char **notes = NULL;
  guint flow = RUNGS_NO_FLOW;

  self->notes_stale = FALSE;
  if (message != RUNGS_NO_MESSAGE)
    flow = rungs_trace_get_message (rungs_ladder_get_trace (self->ladder), message)->flow;
  else if (self->ladder != NULL)
    flow = rungs_selection_get_single_flow (rungs_ladder_get_selection (self->ladder));
  if (flow != RUNGS_NO_FLOW)
    {
      diagnosis = find_diagnosis (self, flow);
      notes = diagnosis != NULL ? rungs_diagnosis_list_notes (diagnosis) : NULL;
    }
  rungs_notes_view_set_fitting (self->notes, notes);
}

static void
fill_cb (RungsInspector *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (self->explained_stale && g_strcmp0 (page, "explained") == 0)
    fill_explained (self);
  if (g_strcmp0 (page, "findings") == 0)
    fill_findings (self);
  if (self->message_stale && g_strcmp0 (page, "message") == 0)
    fill_message (self);
  if (self->token_stale && g_strcmp0 (page, "token") == 0)
    fill_token (self);
  if (self->notes_stale && g_strcmp0 (page, "notes") == 0)
    fill_notes (self);
}

static void
rungs_inspector_dispose (GObject *object)
{
  RungsInspector *self = RUNGS_INSPECTOR (object);

  g_clear_pointer (&self->switcher, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->ladder);
  G_OBJECT_CLASS (rungs_inspector_parent_class)->dispose (object);
}

/* Quiet as in a header bar: side by side, not one bar of buttons. */
static void
flatten_pages (RungsInspector *self)
{
  gtk_widget_remove_css_class (self->pages, "linked");
  for (GtkWidget *button = gtk_widget_get_first_child (self->pages); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_widget_add_css_class (button, "flat");
}

static void
rungs_inspector_class_init (RungsInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_inspector_dispose;
  g_type_ensure (RUNGS_TYPE_EXPLAINED_VIEW);
  g_type_ensure (RUNGS_TYPE_FINDINGS_VIEW);
  g_type_ensure (RUNGS_TYPE_MESSAGE_VIEW);
  g_type_ensure (RUNGS_TYPE_TOKEN_VIEW);
  g_type_ensure (RUNGS_TYPE_NOTES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/rungs/Rungs/ui/rungs-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, switcher);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, explained);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, findings);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, message_stack);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, message);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, no_message);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, token);
  gtk_widget_class_bind_template_child (widget_class, RungsInspector, notes);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
}

static void
rungs_inspector_init (RungsInspector *self)
{
  self->row = GTK_INVALID_LIST_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));
  flatten_pages (self);
}

void
rungs_inspector_set_checker (RungsInspector *self, RungsSignatureChecker *checker)
{
  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  rungs_token_view_set_checker (self->token, checker);
}

void
rungs_inspector_show (RungsInspector *self, RungsLadder *ladder, guint row)
{
  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  if (ladder != self->ladder)
    rungs_message_view_set_bytes (self->message, RUNGS_SLICE_EMPTY);
  g_set_object (&self->ladder, ladder);
  self->row = row;
  self->explained_stale = TRUE;
  self->message_stale = TRUE;
  self->token_stale = TRUE;
  self->notes_stale = TRUE;
  self->waiting = FALSE;
  fill_cb (self);
}

void
rungs_inspector_diagnosed (RungsInspector *self)
{
  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  if (self->waiting)
    rungs_inspector_show (self, self->ladder, self->row);
}

void
rungs_inspector_show_tab (RungsInspector *self, const char *name)
{
  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  if (gtk_stack_get_child_by_name (self->stack, name) != NULL)
    gtk_stack_set_visible_child_name (self->stack, name);
}

void
rungs_inspector_show_note (RungsInspector *self, const char *id)
{
  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  rungs_notes_view_show_note (self->notes, id);
  rungs_inspector_show_tab (self, "notes");
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's page of findings.  See rungs-findings-view.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-card.h"
#include "rungs-clock-correction.h"
#include "rungs-findings-view.h"

/* Cards that are made: more would take long to lay out, and nobody reads on. */
#define MAX_CARDS 200

/* Cards that are made between two frames. */
#define CARDS_AT_ONCE 10

/* Flows whose diagnoses a worker keeps for their findings. */
#define MAX_FLOWS 500

struct _RungsFindingsView
{
  GtkWidget parent_instance;
  GtkWidget *scroller;
  GtkBox *box; /* switch, cards */
  GtkBox *cards;
  GtkWidget *toggle; /* whether to show what nobody has to look after */
  GtkWidget *copy_button;
  GString *text; /* the findings that are shown, for the clipboard */
  RungsDiagnoser *diagnoser;
  RungsSelection *selection;
  GCancellable *cancellable; /* of the worker, or NULL */
  GPtrArray *findings;       /* that have cards, or are to get some */
  GPtrArray *diagnoses;      /* RungsDiagnosis, which own them */
  gboolean cut;              /* there are more */
  guint n_cards;
  guint idle;
};

G_DEFINE_FINAL_TYPE (RungsFindingsView, rungs_findings_view, GTK_TYPE_WIDGET)

/* What the worker gathers: findings, and the diagnoses that own them. */
typedef struct
{
  RungsTrace *trace;
  RungsSelection *selection;
  gboolean all;
  GPtrArray *diagnoses;
  GPtrArray *findings;
} Gathering;

static void
gathering_free (gpointer data)
{
  Gathering *self = data;

  g_object_unref (self->trace);
  rungs_selection_unref (self->selection);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->diagnoses);
  g_free (self);
}

static gboolean
is_wanted (const RungsFinding *finding, gboolean all)
{
  return all || finding->severity >= RUNGS_SEVERITY_WARNING;
}

/* Adds what is wanted of @diagnosis. Returns: whether anything was */
static gboolean
take_findings (GPtrArray *findings, RungsDiagnosis *diagnosis, gboolean all)
{
  GPtrArray *list = rungs_diagnosis_get_findings (diagnosis);
  guint before = findings->len;

  for (guint i = 0; i < list->len; i++)
    if (is_wanted (g_ptr_array_index (list, i), all))
      g_ptr_array_add (findings, g_ptr_array_index (list, i));
  return findings->len > before;
}

/* The worst first, then by message. */
static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const RungsFinding *left = *(const RungsFinding *const *) a;
  const RungsFinding *right = *(const RungsFinding *const *) b;
  guint left_weight = rungs_judge_get_weight (left->severity);
  guint right_weight = rungs_judge_get_weight (right->severity);

  if (left_weight != right_weight)
    return left_weight > right_weight ? -1 : 1;
  return left->message < right->message ? -1 : left->message > right->message;
}

/* As `rungs-cli check` prints it. */
static void
append_text (GString *text, const RungsFinding *finding)
{
  g_string_append_printf (text,
                          _ ("%s, message %u: %s\n"),
                          rungs_severity_get_name (finding->severity),
                          finding->message + 1,
                          finding->explanation);
  if (finding->check != NULL)
    g_string_append_printf (text, _ ("  What to do: %s\n"), finding->check);
  g_string_append_printf (text, "  %s", finding->rule->id);
  if (finding->rule->reference != NULL)
    g_string_append_printf (text, " · %s", finding->rule->reference);
  g_string_append_c (text, '\n');
}

static void
copy_cb (RungsFindingsView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text->str);
}

static void
clear_cards (RungsFindingsView *self)
{
  GtkWidget *child;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->diagnoses, g_ptr_array_unref);
  self->n_cards = 0;
  g_string_truncate (self->text, 0);
  gtk_widget_set_sensitive (self->copy_button, FALSE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
}

static void
show_text (RungsFindingsView *self, const char *heading, const char *text)
{
  GtkWidget *card = rungs_card_new ();

  clear_cards (self);
  rungs_card_add_heading (RUNGS_CARD (card), heading, NULL);
  rungs_card_add_text (RUNGS_CARD (card), text, NULL);
  gtk_box_append (self->cards, card);
}

static void
add_rule_line (RungsCard *card, const RungsRule *rule)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *id = gtk_label_new (rule->id);
  GtkWidget *button = gtk_button_new_with_label (_ ("Switch Off"));
  g_autofree char *description = g_strdup_printf (_ ("Switch off the rule %s"), rule->id);

  gtk_widget_add_css_class (id, "dim-label");
  gtk_widget_add_css_class (id, "caption");
  gtk_label_set_xalign (GTK_LABEL (id), 0);
  gtk_label_set_ellipsize (GTK_LABEL (id), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (id, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_tooltip_text (id, rule->id);
  gtk_widget_set_tooltip_text (button, description);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.switch-off-rule");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", rule->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_box_append (GTK_BOX (line), id);
  gtk_box_append (GTK_BOX (line), button);
  rungs_card_add_widget (card, line);
}

static void
add_card (RungsFindingsView *self, const RungsFinding *finding)
{
  GtkWidget *widget = rungs_card_new ();
  RungsCard *card = RUNGS_CARD (widget);

  rungs_card_add_verdict (card, finding->severity, NULL);
  rungs_card_add_message_link (card, finding->message);
  rungs_card_add_text (card, finding->explanation, NULL);
  if (finding->check != NULL)
    {
      g_autofree char *check = g_strdup_printf (_ ("What to do: %s"), finding->check);

      rungs_card_add_text (card, check, NULL);
    }
  rungs_card_add_evidence (card, finding->evidence, finding->n_evidence);
  rungs_card_add_links (card, finding->rule->reference, finding->rule->note);
  rungs_clock_correction_add (card, rungs_diagnoser_get_trace (self->diagnoser), finding);
  add_rule_line (card, finding->rule);
  gtk_box_append (self->cards, widget);
}

static void
add_last_card (RungsFindingsView *self)
{
  g_autofree char *text =
    g_strdup_printf (_ ("These are the first %u findings. Select fewer flows to see the others."), MAX_CARDS);
  GtkWidget *card = rungs_card_new ();

  rungs_card_add_text (RUNGS_CARD (card), text, "dim-label");
  gtk_box_append (self->cards, card);
}

/* The first cards at once, the others some at a time: nobody reads that fast. */
static gboolean
add_cards_cb (gpointer data)
{
  RungsFindingsView *self = data;
  guint n = MIN (self->findings->len, MAX_CARDS);
  guint end = MIN (n, self->n_cards + CARDS_AT_ONCE);

  for (; self->n_cards < end; self->n_cards++)
    add_card (self, g_ptr_array_index (self->findings, self->n_cards));
  if (end < n)
    return G_SOURCE_CONTINUE;
  if (self->cut || self->findings->len > MAX_CARDS)
    add_last_card (self);
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

/* @diagnoses: RungsDiagnosis, which own the findings */
static void
show_findings (RungsFindingsView *self, GPtrArray *findings, GPtrArray *diagnoses, gboolean cut)
{
  g_ptr_array_sort (findings, compare_findings);
  clear_cards (self);
  if (findings->len == 0)
    {
      show_text (self,
                 _ ("Nothing to look after"),
                 _ ("No rule has found a problem or a warning here. Rungs judges what stands in the trace "
                    "only."));
      return;
    }
  self->findings = g_ptr_array_ref (findings);
  self->diagnoses = g_ptr_array_ref (diagnoses);
  self->cut = cut;
  for (guint i = 0; i < MIN (findings->len, MAX_CARDS); i++)
    append_text (self->text, g_ptr_array_index (findings, i));
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  if (add_cards_cb (self) == G_SOURCE_CONTINUE)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, add_cards_cb, self, NULL);
}

/* Each flow once, in the order of its first message. */
static void
gather (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gathering *self = data;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n = rungs_selection_get_length (self->selection);

  for (guint i = 0; i < n && self->diagnoses->len < MAX_FLOWS && !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      const RungsMessageInfo *info =
        rungs_trace_get_message (self->trace, rungs_selection_get (self->selection, i));
      RungsDiagnosis *diagnosis;

      /* A flow whose mark is no warning has no finding that is one. */
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (info->flow + 1)) ||
          (!self->all && rungs_mark_get_severity (rungs_trace_get_flow (self->trace, info->flow)->mark) <
                           RUNGS_SEVERITY_WARNING))
        continue;
      diagnosis = rungs_diagnosis_new (self->trace, info->flow);
      if (take_findings (self->findings, diagnosis, self->all))
        g_ptr_array_add (self->diagnoses, diagnosis);
      else
        rungs_diagnosis_unref (diagnosis);
    }
  g_task_return_boolean (task, TRUE);
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsFindingsView *self = RUNGS_FINDINGS_VIEW (source);
  Gathering *gathering = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->cancellable);
  show_findings (self, gathering->findings, gathering->diagnoses, gathering->diagnoses->len == MAX_FLOWS);
}

static void
show_several (RungsFindingsView *self, gboolean all)
{
  g_autoptr (GTask) task = NULL;
  Gathering *gathering = g_new0 (Gathering, 1);

  gathering->trace = g_object_ref (rungs_diagnoser_get_trace (self->diagnoser));
  gathering->selection = rungs_selection_ref (self->selection);
  gathering->all = all;
  gathering->diagnoses = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_diagnosis_unref);
  gathering->findings = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  show_text (self, _ ("Looking through the flows…"), _ ("The findings of all flows are gathered."));
  task = g_task_new (self, self->cancellable, gathered_cb, NULL);
  g_task_set_task_data (task, gathering, gathering_free);
  g_task_run_in_thread (task, gather);
}

static void
fill (RungsFindingsView *self)
{
  gboolean all = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->toggle));
  guint flow = self->selection != NULL ? rungs_selection_get_single_flow (self->selection) : RUNGS_NO_FLOW;
  g_autoptr (RungsDiagnosis) diagnosis =
    flow != RUNGS_NO_FLOW ? rungs_diagnoser_find (self->diagnoser, flow) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  gtk_widget_set_sensitive (self->toggle, self->selection != NULL);
  if (self->selection == NULL || rungs_selection_get_length (self->selection) == 0)
    {
      show_text (self,
                 _ ("Nothing is selected"),
                 _ ("Select a flow in the list to see what was found in it."));
    }
  else if (diagnosis != NULL)
    {
      g_autoptr (GPtrArray) findings = g_ptr_array_new ();
      g_autoptr (GPtrArray) diagnoses =
        g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_diagnosis_unref);

      g_ptr_array_add (diagnoses, rungs_diagnosis_ref (diagnosis));
      take_findings (findings, diagnosis, all);
      show_findings (self, findings, diagnoses, FALSE);
    }
  else
    {
      show_several (self, all);
    }
}

void
rungs_findings_view_show (RungsFindingsView *self, RungsDiagnoser *diagnoser, RungsSelection *selection)
{
  g_return_if_fail (RUNGS_IS_FINDINGS_VIEW (self));
  g_return_if_fail ((diagnoser == NULL) == (selection == NULL));

  if (selection != NULL && diagnoser == self->diagnoser && selection == self->selection)
    return;
  g_set_object (&self->diagnoser, diagnoser);
  g_clear_pointer (&self->selection, rungs_selection_unref);
  self->selection = selection != NULL ? rungs_selection_ref (selection) : NULL;
  fill (self);
}

static void
rungs_findings_view_dispose (GObject *object)
{
  RungsFindingsView *self = RUNGS_FINDINGS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->scroller != NULL)
    clear_cards (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->selection, rungs_selection_unref);
  g_clear_object (&self->diagnoser);
  G_OBJECT_CLASS (rungs_findings_view_parent_class)->dispose (object);
}

static void
rungs_findings_view_finalize (GObject *object)
{
  g_string_free (RUNGS_FINDINGS_VIEW (object)->text, TRUE);
  G_OBJECT_CLASS (rungs_findings_view_parent_class)->finalize (object);
}

static void
rungs_findings_view_class_init (RungsFindingsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_findings_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_findings_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_findings_view_init (RungsFindingsView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->text = g_string_new (NULL);
  self->box = GTK_BOX (box);
  self->cards = GTK_BOX (cards);
  self->toggle = gtk_check_button_new_with_label (_ ("Also what is expected, and notes"));
  g_signal_connect_object (self->toggle, "toggled", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->copy_button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_tooltip_text (self->copy_button, _ ("Copy the findings as text"));
  gtk_widget_add_css_class (self->copy_button, "flat");
  gtk_widget_set_sensitive (self->copy_button, FALSE);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->toggle, TRUE);
  gtk_box_append (GTK_BOX (line), self->toggle);
  gtk_box_append (GTK_BOX (line), self->copy_button);
  gtk_box_append (self->box, line);
  gtk_box_append (self->box, cards);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_add_css_class (box, "explained");
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The parts of the window as one: folds, links that lead on, pages that keep their pane, keys that lead everywhere, and a name for
 * everything that the keyboard can reach. */

#include "config.h"

#include <glib/gstdio.h>

#include "rungs-reading-button.h"
#include "rungs-test.h"
#include "rungs-ui-test.h"

static const char *const pages[] = { "explained", "findings", "message", "token", "notes" };

static RungsLadder *
get_ladder (RungsTraceView *view)
{
  return rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view));
}

static RungsRungKind
get_kind (RungsTraceView *view, guint row)
{
  RungsRungKind kind;
  guint message;

  rungs_ladder_get_row (get_ladder (view), row, &kind, &message);
  return kind;
}

/* The first row of @kind; there is one. */
static guint
find_row (RungsTraceView *view, RungsRungKind kind)
{
  guint row = 0;

  while (get_kind (view, row) != kind)
    g_assert_cmpuint (++row, <, rungs_ladder_get_n_rows (get_ladder (view)));
  return row;
}

static void
switch_folding (RungsWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (window))),
                                  "fold",
                                  NULL);
}

static void
folds_open_and_close_by_key_and_by_menu (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);
  guint n_plain = rungs_ladder_get_n_rows (get_ladder (view));
  guint n_closed;
  guint fold;

  switch_folding (window);
  n_closed = rungs_ladder_get_n_rows (get_ladder (view));
  g_assert_cmpuint (n_closed, <, n_plain);
  fold = find_row (view, RUNGS_RUNG_FOLD);
  rungs_ladder_view_focus (ladder);
  rungs_ladder_view_select_row (ladder, fold);
  rungs_ui_test_shot (window, "folded");

  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Right, 0));
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), >, n_closed);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Left, 0));
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), ==, n_closed);
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, fold);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_space, 0));
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), >, n_closed);

  gtk_widget_activate_action (GTK_WIDGET (ladder), "ladder.close-folds", NULL);
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), ==, n_closed);
  gtk_widget_activate_action (GTK_WIDGET (ladder), "ladder.open-folds", NULL);
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), >, n_closed);
  /* A message inside of a closed fold can be gone to all the same. */
  gtk_widget_activate_action (GTK_WIDGET (ladder), "ladder.close-folds", NULL);
  g_assert_true (rungs_trace_view_go_to_message (view, 2));
  g_assert_true (rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "3 of 6"));

  switch_folding (window);
  g_assert_cmpuint (rungs_ladder_get_n_rows (get_ladder (view)), ==, n_plain);
  rungs_ui_test_close (window);
}

/* Follows the first link to @uri in a label whose text contains @words. */
static gboolean
follow_link (GtkWidget *widget, const char *words, const char *uri)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL &&
      strstr (gtk_label_get_label (GTK_LABEL (widget)), uri) != NULL)
    {
      gboolean handled = FALSE;

      g_signal_emit_by_name (widget, "activate-link", uri, &handled);
      return handled;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (follow_link (child, words, uri))
      return TRUE;
  return FALSE;
}

static void
where_a_value_is_born_and_used_is_one_click_away (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));

  /* The opaque value of the challenge is that of the answer. */
  g_assert_true (rungs_trace_view_go_to_message (view, 3));
  g_assert_true (rungs_ui_test_has_text (inspector, "4 of 6"));
  g_assert_true (follow_link (inspector, "opaque born here", "message:4"));
  g_assert_true (rungs_ui_test_has_text (inspector, "5 of 6"));
  g_assert_true (follow_link (inspector, "opaque from message 4", "message:3"));
  g_assert_true (rungs_ui_test_has_text (inspector, "4 of 6"));
  rungs_ui_test_close (window);
}

static void
each_page_keeps_the_width_of_the_pane (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));
  GtkWidget *ladder = GTK_WIDGET (rungs_trace_view_get_ladder_view (view));
  int inspector_width;
  int ladder_width;

  g_object_unref (rungs_ui_test_render (window));
  inspector_width = gtk_widget_get_width (inspector);
  ladder_width = gtk_widget_get_width (ladder);
  for (guint message = 0; message < 6; message++)
    for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
      {
        g_autofree char *name = g_strdup_printf ("page-%s-%u", pages[i], message + 1);

        rungs_trace_view_go_to_message (view, message);
        rungs_trace_view_show_tab (view, pages[i]);
        rungs_ui_test_shot (window, name);
        g_assert_cmpint (gtk_widget_get_width (inspector), ==, inspector_width);
        g_assert_cmpint (gtk_widget_get_width (ladder), ==, ladder_width);
        /* What a stack or a box hands on is as wide as its own place. */
        for (GtkWidget *widget = rungs_ui_test_find (inspector, GTK_TYPE_STACK); widget != NULL;
             widget = GTK_IS_STACK (widget) ? gtk_stack_get_visible_child (GTK_STACK (widget)) : NULL)
          g_assert_cmpint (gtk_widget_get_width (widget), <=, inspector_width);
      }
  rungs_ui_test_close (window);
}

static void
every_page_has_its_button_in_sight (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));
  GtkWidget *switcher;
  guint n_buttons = 0;

  g_object_unref (rungs_ui_test_render (window));
  switcher = rungs_ui_test_find (inspector, GTK_TYPE_STACK_SWITCHER);
  for (GtkWidget *button = gtk_widget_get_first_child (switcher); button != NULL;
       button = gtk_widget_get_next_sibling (button), n_buttons++)
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (button, inspector, &bounds));
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (inspector));
    }
  g_assert_cmpuint (n_buttons, ==, G_N_ELEMENTS (pages));
  rungs_ui_test_close (window);
}

static void
the_token_of_an_example_is_a_tree (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "internal-kerberos");
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));

  g_assert_true (rungs_trace_view_go_to_message (view, 2));
  rungs_trace_view_show_tab (view, "token");
  g_object_unref (rungs_ui_test_render (window));
  g_assert_true (rungs_ui_test_has_text (inspector, "Kerberos"));
  g_assert_true (rungs_ui_test_has_text (inspector, "AP-REQ"));
  g_assert_true (rungs_ui_test_has_text (inspector, "ticket"));
  rungs_ui_test_close (window);
}

static void
f8_goes_to_the_refused_sign_in (void)
{
  g_autofree char *path = rungs_test_sample ("samples/clients/4-wrong-password-ntlm/capture.pcap");
  RungsWindow *window;
  RungsTraceView *view;

  if (path == NULL)
    return;
  window = rungs_ui_test_window (1440, 900);
  view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  rungs_ui_test_wait_for_ladder (view);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_2, GDK_CONTROL_MASK));
  g_assert_true (rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "NTLM-401-AFTER-AUTH"));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_F8, 0));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_1, GDK_CONTROL_MASK));
  g_assert_true (rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "6 of 6"));
  g_assert_true (rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "Problem"));
  rungs_ui_test_close (window);
}

static GtkWidget *
get_focused_pane (RungsWindow *window, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, type) : NULL;
}

static void
f6_goes_round_the_panes_and_escape_to_the_ladder (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  g_object_unref (rungs_ui_test_render (window));
  rungs_ladder_view_focus (rungs_trace_view_get_ladder_view (view));
  g_assert_nonnull (get_focused_pane (window, RUNGS_TYPE_LADDER_VIEW));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_F6, 0));
  g_assert_nonnull (get_focused_pane (window, RUNGS_TYPE_INSPECTOR));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_F6, 0));
  g_assert_nonnull (get_focused_pane (window, RUNGS_TYPE_FLOW_VIEW));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_F6, GDK_SHIFT_MASK));
  g_assert_nonnull (get_focused_pane (window, RUNGS_TYPE_INSPECTOR));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Escape, 0));
  g_assert_nonnull (get_focused_pane (window, RUNGS_TYPE_LADDER_VIEW));
  g_assert_false (rungs_ui_test_press (window, GDK_KEY_Escape, 0));
  rungs_ui_test_close (window);
  /* Where only one pane has room, Escape is the way back. */
  window = rungs_ui_test_window (420, 700);
  view = rungs_ui_test_open_example (window, "remote-ntlm");
  g_object_unref (rungs_ui_test_render (window));
  rungs_trace_view_show_tab (view, "explained");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (rungs_trace_view_get_ladder_view (view))));
  gtk_widget_child_focus (GTK_WIDGET (rungs_trace_view_get_inspector (view)), GTK_DIR_TAB_FORWARD);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Escape, 0));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (rungs_trace_view_get_ladder_view (view))));
  rungs_ui_test_close (window);
}

/* The toggle button of the header bar whose child is the label @words. */
static GtkWidget *
find_toggle (GtkWidget *widget, const char *words)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && rungs_ui_test_has_text (widget, words))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toggle (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
the_follow_button_follows_a_file_that_grows (void)
{
  static const char message[] =
    "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP b.example;branch=z9hG4bK%u\r\n"
    "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: %u@b.example\r\n"
    "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
  g_autofree char *first = g_strdup_printf (message, 1, 1);
  g_autofree char *path = rungs_ui_test_write ("toggle.sip", first, -1);
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page = rungs_ui_test_open (window, path, NULL);
  GtkWidget *toggle = find_toggle (GTK_WIDGET (window), "Follow");
  FILE *file;

  g_assert_nonnull (toggle);
  rungs_ui_test_wait (gtk_widget_is_sensitive (toggle));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_true (rungs_trace_page_get_following (page));
  file = g_fopen (path, "ab");
  g_assert_nonnull (file);
  fprintf (file, message, 2, 2);
  fclose (file);
  rungs_ui_test_wait (rungs_ui_test_has_text (window, "2 flows, 2 messages"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  g_assert_false (rungs_trace_page_get_following (page));
  /* What is no file has a button that says why it cannot. */
  rungs_ui_test_open_example (window, "remote-ntlm");
  g_assert_false (gtk_widget_is_sensitive (toggle));
  g_assert_true (strstr (gtk_widget_get_tooltip_text (toggle), "no file") != NULL);
  rungs_ui_test_close (window);
}

static void
what_was_read_is_told_in_the_popover (void)
{
  static const char text[] =
    "some line that is no message\n\nOPTIONS sip:a.example SIP/2.0\r\n"
    "Via: SIP/2.0/UDP b.example;branch=z9hG4bK1\r\n"
    "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: 1@b.example\r\n"
    "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
  g_autofree char *path = rungs_ui_test_write ("ledger.log", text, -1);
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTraceView *view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  RungsFlowView *flows = rungs_trace_view_get_flow_view (view);
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);
  GtkWidget *status;

  rungs_ui_test_wait_for_ladder (view);
  g_object_unref (rungs_ui_test_render (window));
  status = rungs_ui_test_find (rungs_ui_test_find (flows, RUNGS_TYPE_READING_BUTTON), GTK_TYPE_MENU_BUTTON);
  g_assert_true (rungs_ui_test_has_text (status, "not read"));
  /* Without the list it stands under the ladder. */
  g_assert_null (rungs_ui_test_find (ladder, RUNGS_TYPE_READING_BUTTON));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  g_assert_true (rungs_ui_test_has_text (rungs_ui_test_find (ladder, RUNGS_TYPE_READING_BUTTON), "not read"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (status));
  g_assert_nonnull (gtk_menu_button_get_popover (GTK_MENU_BUTTON (status)));
  g_assert_true (
    rungs_ui_test_has_text (gtk_menu_button_get_popover (GTK_MENU_BUTTON (status)), "ledger.log"));
  g_assert_true (
    rungs_ui_test_has_text (gtk_menu_button_get_popover (GTK_MENU_BUTTON (status)), "In no message:"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (status));
  rungs_ui_test_close (window);
}

/* A capture (little-endian pcap) whose clock runs @seconds behind that of @name in tests/traces. (transfer full): its path */
static char *
write_behind (const char *name, guint32 seconds)
{
  g_autofree char *path = rungs_test_fixture ("traces", name, NULL);
  gsize length;
  g_autofree char *bytes = rungs_test_load (path, &length);

  for (gsize at = 24; at + 16 <= length;)
    {
      guint32 field[3];

      memcpy (field, bytes + at, sizeof field);
      field[0] = GUINT32_TO_LE (GUINT32_FROM_LE (field[0]) - seconds);
      memcpy (bytes + at, field, sizeof field);
      at += 16 + GUINT32_FROM_LE (field[2]);
    }
  return rungs_ui_test_write ("behind.pcap", bytes, (gssize) length);
}

static void
a_clock_that_runs_behind_is_corrected_and_taken_back (void)
{
  const char *name = "udp-behind-a-load-balancer.pcap";
  g_autofree char *path = rungs_test_fixture ("traces", name, NULL);
  g_autofree char *behind = write_behind (name, 2);
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTracePage *page = rungs_ui_test_open (window, path, behind, NULL);
  RungsTraceView *view = rungs_trace_page_get_view (page);

  rungs_ui_test_wait_for_ladder (view);
  rungs_trace_view_show_tab (view, "findings");
  rungs_ui_test_wait (rungs_ui_test_has_text (view, "Correct the Clock of behind.pcap"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.correct-clock", "(sx)", behind, (gint64) 2000000);
  rungs_ui_test_wait (!rungs_trace_page_get_loading (page));
  g_assert_cmpint (rungs_trace_get_file (rungs_trace_view_get_trace (view), 1)->shift, ==, 2000000);
  rungs_ui_test_wait (!rungs_ui_test_has_text (view, "Correct the Clock"));
  g_assert_true (rungs_ui_test_has_text (window, "is corrected by +2.000 s"));
  g_assert_nonnull (rungs_trace_page_get_obstacle (page));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.correct-clock", "(sx)", behind, (gint64) 0);
  rungs_ui_test_wait (!rungs_trace_page_get_loading (page));
  g_assert_cmpint (rungs_trace_get_file (rungs_trace_view_get_trace (view), 1)->shift, ==, 0);
  rungs_ui_test_wait (rungs_ui_test_has_text (view, "Correct the Clock of behind.pcap"));
  rungs_ui_test_close (window);
}

/* Whether a screen reader has something to say of @widget: an own name, a text inside, or a tooltip. */
static gboolean
has_name (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         gtk_widget_get_tooltip_text (widget) != NULL || rungs_ui_test_find (widget, GTK_TYPE_LABEL) != NULL;
}

/* The part that has the focus inside of a compound control has that one's name. */
static gboolean
has_name_of_outer (GtkWidget *widget)
{
  GtkWidget *outer = gtk_widget_get_parent (widget);

  return outer != NULL &&
         (GTK_IS_MENU_BUTTON (outer) || GTK_IS_EDITABLE (outer) || ADW_IS_SPLIT_BUTTON (outer)) &&
         has_name (outer);
}

static guint
check_names (GtkWidget *widget)
{
  guint n_controls = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  /* A scrolled window takes the focus only to scroll what is in it, and that has a name. */
  if (gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget) &&
      !GTK_IS_SCROLLED_WINDOW (widget))
    {
      if (!has_name (widget) && !has_name_of_outer (widget))
        g_error ("a %s in a %s has no name",
                 G_OBJECT_TYPE_NAME (widget),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      n_controls++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_controls += check_names (child);
  return n_controls;
}

/* The menu buttons inside @widget, whose popovers are made when they open. */
static guint
check_popovers (GtkWidget *widget)
{
  guint n_popovers = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_is_sensitive (widget))
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
      n_popovers += check_names (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)))) > 0;
      gtk_menu_button_popdown (GTK_MENU_BUTTON (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_popovers += check_popovers (child);
  return n_popovers;
}

/* Preferences, shortcuts and about: each window that is open besides @window. */
static void
check_other_windows (RungsWindow *window, guint n_expected)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_windows = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) other = g_list_model_get_item (windows, i);

      if (other == GTK_WIDGET (window) || !gtk_widget_get_visible (other))
        continue;
      rungs_ui_test_wait (gtk_widget_get_mapped (other));
      g_assert_cmpuint (check_names (other), >, 0);
      n_windows++;
    }
  g_assert_cmpuint (n_windows, ==, n_expected);
}

static void
close_other_windows (RungsWindow *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (item->data != window && gtk_widget_get_visible (item->data))
      gtk_window_close (item->data);
}

static void
every_control_of_other_windows_has_a_name (void)
{
  static const char *const actions[] = { "app.preferences", "app.about", "win.show-help-overlay" };
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  rungs_trace_view_show_tab (view, "token");
  rungs_trace_view_go_to_message (view, 4);
  g_object_unref (rungs_ui_test_render (window));
  g_assert_cmpuint (check_popovers (GTK_WIDGET (window)), >=, 4);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL);
      check_other_windows (window, 1);
      close_other_windows (window);
    }
  rungs_ui_test_close (window);
}

static void
every_control_has_a_name (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view;

  g_assert_cmpuint (check_names (GTK_WIDGET (window)), >=, 5);
  view = rungs_ui_test_open_example (window, "remote-ntlm");
  rungs_ui_test_wait (
    gtk_test_accessible_has_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (
                                        rungs_ui_test_find (rungs_trace_view_get_ladder_view (view),
                                                            GTK_TYPE_LIST_VIEW))),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (guint message = 3; message < 5; message++)
    for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
      {
        rungs_trace_view_go_to_message (view, message);
        rungs_trace_view_show_tab (view, pages[i]);
        g_object_unref (rungs_ui_test_render (window));
        g_assert_cmpuint (check_names (GTK_WIDGET (window)), >, 20);
      }
  rungs_ui_test_close (window);
}

/* "win.show-tab::notes" for an action with its target, as the shortcuts window and the menus write it. */
static void
every_key_stands_in_the_shortcuts_window (void)
{
  RungsWindow *window = rungs_ui_test_window (1000, 700);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/io/github/rungs/Rungs/gtk/help-overlay.ui",
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                      NULL);
  const char *text;

  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_strv_length (actions), >, 15);
  text = g_bytes_get_data (bytes, NULL);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *entry = g_strdup_printf (">%s<", actions[i]);
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);
      g_autofree char *key = keys[0] != NULL ? g_markup_escape_text (keys[0], -1) : NULL;

      if (key != NULL && g_strstr_len (text, (gssize) g_bytes_get_size (bytes), entry) == NULL &&
          g_strstr_len (text, (gssize) g_bytes_get_size (bytes), key) == NULL)
        g_error ("the key of %s is nowhere to be read", actions[i]);
    }
  rungs_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  rungs_ui_test_init (&argc, &argv);
#define ADD(name, function) g_test_add_func ("/together/" name, function)
  ADD ("folds-open-and-close-by-key-and-by-menu", folds_open_and_close_by_key_and_by_menu);
  ADD ("where-a-value-is-born-and-used-is-one-click-away", where_a_value_is_born_and_used_is_one_click_away);
  ADD ("each-page-keeps-the-width-of-the-pane", each_page_keeps_the_width_of_the_pane);
  ADD ("every-page-has-its-button-in-sight", every_page_has_its_button_in_sight);
  ADD ("the-token-of-an-example-is-a-tree", the_token_of_an_example_is_a_tree);
  ADD ("f8-goes-to-the-refused-sign-in", f8_goes_to_the_refused_sign_in);
  ADD ("f6-goes-round-the-panes-and-escape-to-the-ladder", f6_goes_round_the_panes_and_escape_to_the_ladder);
  ADD ("the-follow-button-follows-a-file-that-grows", the_follow_button_follows_a_file_that_grows);
  ADD ("what-was-read-is-told-in-the-popover", what_was_read_is_told_in_the_popover);
  ADD ("a-clock-that-runs-behind-is-corrected-and-taken-back",
       a_clock_that_runs_behind_is_corrected_and_taken_back);
  ADD ("every-control-has-a-name", every_control_has_a_name);
  ADD ("every-control-of-other-windows-has-a-name", every_control_of_other_windows_has_a_name);
  ADD ("every-key-stands-in-the-shortcuts-window", every_key_stands_in_the_shortcuts_window);
  return g_test_run ();
}

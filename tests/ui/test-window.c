/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The window's states: empty, loading, failed, content; tabs; narrow and dark; what the filter says. */

#include "config.h"

#include <glib/gstdio.h>

#include "rungs-test.h"
#include "rungs-ui-test.h"

static void
test_empty (void)
{
  RungsWindow *window = rungs_ui_test_window (1000, 700);

  g_assert_null (rungs_window_get_page (window));
  g_assert_true (rungs_ui_test_has_text (window, "Open a SIP Trace"));
  g_assert_true (rungs_ui_test_has_text (window, "Example: Sign-In From Outside, NTLM"));
  g_assert_true (rungs_ui_test_has_text (window, "Example: Sign-In From Inside, Kerberos"));
  g_assert_false (rungs_ui_test_has_text (window, "_Export"));
  rungs_ui_test_shot (window, "empty");
  rungs_ui_test_close (window);
}

static void
test_example (void)
{
  static const char *const names[] = { "remote-ntlm", "internal-kerberos" };
  static const guint counts[] = { 6, 4 };
  RungsWindow *window = rungs_ui_test_window (1440, 900);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      RungsTraceView *view = rungs_ui_test_open_example (window, names[i]);
      RungsLadder *ladder = rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view));
      guint n_messages = 0;

      for (guint row = 0; row < rungs_ladder_get_n_rows (ladder); row++)
        {
          RungsRungKind kind;
          guint message;

          rungs_ladder_get_row (ladder, row, &kind, &message);
          n_messages += kind == RUNGS_RUNG_MESSAGE;
        }
      g_assert_cmpuint (n_messages, ==, counts[i]);
      g_assert_true (
        g_str_has_prefix (rungs_trace_page_get_title (rungs_window_get_page (window)), names[i]));
      rungs_ui_test_shot (window, names[i]);
    }
  rungs_ui_test_close (window);
}

static void
test_binary (void)
{
  static const char elf[] = "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\76\0\1\0\0\0 core dump \0\377\376";
  g_autofree char *path = rungs_ui_test_write ("core.1234", elf, sizeof elf);
  RungsWindow *window = rungs_ui_test_window (1000, 700);
  RungsTracePage *page = rungs_ui_test_open (window, path, NULL);

  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  g_assert_null (rungs_trace_page_get_view (page));
  g_assert_true (rungs_ui_test_has_text (page, "core.1234"));
  rungs_ui_test_shot (window, "failed");
  rungs_ui_test_close (window);
}

static void
test_markup_in_name (void)
{
  g_autofree char *path = rungs_ui_test_write ("<b>not bold & so on.log", "nothing", -1);
  RungsWindow *window = rungs_ui_test_window (1000, 700);
  RungsTracePage *page = rungs_ui_test_open (window, path, NULL);

  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  g_assert_true (rungs_ui_test_has_text (page, "<b>not bold & so on.log"));
  rungs_ui_test_close (window);
}

static void
test_partial_failure (void)
{
  static const char message[] =
    "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP b.example;branch=z9hG4bK1\r\n"
    "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: 1@b.example\r\n"
    "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
  g_autofree char *good = rungs_ui_test_write ("good.sip", message, -1);
  g_autofree char *missing = g_strconcat (good, ".missing", NULL);
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page = rungs_ui_test_open (window, good, missing, NULL);

  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "content");
  g_assert_true (gtk_info_bar_get_revealed (rungs_ui_test_find (page, GTK_TYPE_INFO_BAR)));
  g_assert_true (rungs_ui_test_has_text (page, "good.sip.missing"));
  rungs_ui_test_shot (window, "partial");
  rungs_ui_test_close (window);
}

static void
test_cancel (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  RungsWindow *window = rungs_ui_test_window (1000, 700);
  RungsTracePage *page;
  g_autoptr (GFile) file = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text,
                            "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP b.example\r\nCSeq: %u "
                            "OPTIONS\r\n"
                            "Call-ID: %u\r\nContent-Length: 0\r\n\r\n",
                            i,
                            i);
  path = rungs_ui_test_write ("long.sip", text->str, (gssize) text->len);
  file = g_file_new_for_path (path);
  rungs_window_open_files (window, &file, 1);
  page = rungs_window_get_page (window);
  g_assert_true (rungs_trace_page_get_loading (page));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Escape, 0));
  rungs_ui_test_wait (!rungs_trace_page_get_loading (page));
  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  g_assert_true (rungs_ui_test_has_text (page, "Reading Was Stopped"));
  g_assert_false (rungs_ui_test_press (window, GDK_KEY_Escape, 0));
  rungs_ui_test_close (window);
}

static void
test_closed_tab (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page;

  rungs_ui_test_open_example (window, "remote-ntlm");
  rungs_ui_test_open_example (window, "internal-kerberos");
  page = rungs_window_get_page (window);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL));
  rungs_ui_test_wait (page == NULL);
  g_assert_nonnull (rungs_window_get_page (window));
  page = rungs_window_get_page (window);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  rungs_ui_test_wait (page == NULL);
  g_assert_null (rungs_window_get_page (window));
  g_assert_true (rungs_ui_test_has_text (window, "Open a SIP Trace"));
  rungs_ui_test_close (window);
}

static void
assert_inside (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;
  /* What scrolls may be wider than its view; text of a label may be ellipsised. */
  if (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LABEL (widget))
    return;
  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  if (bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (window) + 1)
    g_error ("a %s ends at %.0f of %d px",
             G_OBJECT_TYPE_NAME (widget),
             (double) (bounds.origin.x + bounds.size.width),
             gtk_widget_get_width (window));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_inside (child, window);
}

static void
test_narrow (void)
{
  RungsWindow *window = rungs_ui_test_window (420, 700);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkWidget *flows = GTK_WIDGET (rungs_trace_view_get_flow_view (view));
  GtkWidget *ladder = GTK_WIDGET (rungs_trace_view_get_ladder_view (view));
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));
  g_autoptr (GdkTexture) texture = NULL;

  rungs_ui_test_wait (gtk_widget_get_mapped (ladder) && !gtk_widget_get_mapped (flows));
  rungs_ui_test_shot (window, "narrow");
  g_assert_false (gtk_widget_get_mapped (inspector));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 480);
  assert_inside (GTK_WIDGET (view), GTK_WIDGET (window));
  rungs_trace_view_go_to_message (view, 1);
  rungs_trace_view_show_tab (view, "explained");
  rungs_ui_test_wait (gtk_widget_get_mapped (inspector));
  g_assert_false (gtk_widget_get_mapped (ladder));
  rungs_ui_test_shot (window, "narrow-inspector");
  assert_inside (GTK_WIDGET (view), GTK_WIDGET (window));
  rungs_ui_test_close (window);
}

/* The mean of all colour channels, 0 to 255. */
static double
brightness (GdkTexture *texture)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize length = stride * (gsize) gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc (length);
  guint64 sum = 0;

  gdk_texture_download (texture, pixels, stride);
  for (gsize i = 0; i < length; i += 4)
    sum += pixels[i] + pixels[i + 1] + pixels[i + 2];
  return (double) sum / ((double) length / 4 * 3);
}

static void
test_dark (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  g_autoptr (GdkTexture) light = NULL;
  g_autoptr (GdkTexture) dark = NULL;

  rungs_trace_view_go_to_message (view, 1);
  light = rungs_ui_test_render (window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  dark = rungs_ui_test_render (window);
  rungs_ui_test_shot (window, "dark");
  rungs_trace_view_show_tab (view, "message");
  rungs_ui_test_shot (window, "dark-message");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  g_assert_cmpfloat (brightness (light), >, 200);
  g_assert_cmpfloat (brightness (dark), <, 70);
  rungs_ui_test_close (window);
}

static void
test_filter_error (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsFlowView *flows = rungs_trace_view_get_flow_view (view);
  GtkWidget *entry = rungs_ui_test_find (flows, GTK_TYPE_SEARCH_ENTRY);

  gtk_test_accessible_assert_role (entry, GTK_ACCESSIBLE_ROLE_SEARCH_BOX);
  rungs_flow_view_set_filter (flows, "sip.Method == ");
  rungs_ui_test_wait (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rungs_flow_view_get_list (flows))), ==, 1);
  rungs_ui_test_shot (window, "filter-error");
  rungs_flow_view_set_filter (flows, "sip.Method == \"REGISTER\"");
  rungs_ui_test_wait (!gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
  rungs_ui_test_close (window);
}

static void
test_filter_nothing (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsFlowView *flows = rungs_trace_view_get_flow_view (view);
  GListModel *list = G_LIST_MODEL (rungs_flow_view_get_list (flows));

  rungs_flow_view_set_filter (flows, "status:5xx");
  rungs_ui_test_wait (g_list_model_get_n_items (list) == 0);
  rungs_ui_test_wait (rungs_ui_test_has_text (flows, "No flow matches “status:5xx”."));
  g_assert_true (rungs_ui_test_has_text (flows, "6 messages are hidden by the filter."));
  rungs_ui_test_shot (window, "filter-nothing");
  rungs_flow_view_set_filter (flows, "");
  rungs_ui_test_wait (g_list_model_get_n_items (list) == 1);
  rungs_ui_test_wait_for_ladder (view);
  rungs_ui_test_close (window);
}

static void
test_columns (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));

  g_action_group_activate_action (G_ACTION_GROUP (application), "flow-columns", NULL);
  rungs_ui_test_wait (rungs_ui_test_find (view, GTK_TYPE_COLUMN_VIEW) != NULL);
  g_assert_true (rungs_ui_test_has_text (view, "From → To"));
  g_assert_true (rungs_ui_test_has_text (view, "Result"));
  rungs_ui_test_shot (window, "columns");
  g_action_group_activate_action (G_ACTION_GROUP (application), "flow-columns", NULL);
  rungs_ui_test_wait (rungs_ui_test_find (view, GTK_TYPE_COLUMN_VIEW) == NULL);
  rungs_ui_test_close (window);
}

/* Three flows: their Call-IDs in the order of time, with more and more messages. */
static char *
write_three_flows (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k <= i; k++)
      g_string_append_printf (text,
                              "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP "
                              "b.example;branch=z9hG4bK%u-%u\r\n"
                              "From: <sip:%c@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: "
                              "%u@b.example\r\n"
                              "CSeq: %u OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
                              i,
                              k,
                              (char) ('c' - i),
                              i,
                              k + 1);
  return rungs_ui_test_write ("three.sip", text->str, (gssize) text->len);
}

static void
test_several_flows (void)
{
  g_autofree char *path = write_three_flows ();
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);
  GtkListView *list;

  rungs_ui_test_wait_for_ladder (view);
  g_assert_cmpuint (rungs_selection_get_length (
                      rungs_ladder_get_selection (rungs_ladder_view_get_ladder (ladder))),
                    ==,
                    1);
  list = rungs_ui_test_find (rungs_trace_view_get_flow_view (view), GTK_TYPE_LIST_VIEW);
  rungs_ui_test_wait (gtk_list_view_get_model (list) != NULL);
  gtk_selection_model_select_all (gtk_list_view_get_model (list));
  rungs_ui_test_wait (
    rungs_selection_get_length (rungs_ladder_get_selection (rungs_ladder_view_get_ladder (ladder))) == 6);
  g_assert_true (rungs_ui_test_has_text (rungs_trace_view_get_inspector (view), "Several flows"));
  rungs_ui_test_shot (window, "several");
  rungs_ui_test_close (window);
}

static void
test_column_order (void)
{
  g_autofree char *path = write_three_flows ();
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  RungsFlowList *list = rungs_flow_view_get_list (rungs_trace_view_get_flow_view (view));
  GActionGroup *actions = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (window)));
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GtkColumnView *columns;

  rungs_ui_test_wait_for_ladder (view);
  g_action_group_activate_action (actions, "flow-columns", NULL);
  rungs_ui_test_wait (rungs_ui_test_find (view, GTK_TYPE_COLUMN_VIEW) != NULL);
  columns = rungs_ui_test_find (view, GTK_TYPE_COLUMN_VIEW);
  g_assert_cmpuint (rungs_flow_list_get_flow (list, 0), ==, 0);
  column = g_list_model_get_item (gtk_column_view_get_columns (columns), RUNGS_FLOW_COLUMN_MESSAGES);
  gtk_column_view_sort_by_column (columns, column, GTK_SORT_DESCENDING);
  rungs_ui_test_wait (rungs_flow_list_get_flow (list, 0) == 2);
  gtk_column_view_sort_by_column (columns, column, GTK_SORT_ASCENDING);
  rungs_ui_test_wait (rungs_flow_list_get_flow (list, 0) == 0);
  g_clear_object (&column);
  column = g_list_model_get_item (gtk_column_view_get_columns (columns), RUNGS_FLOW_COLUMN_WHO);
  gtk_column_view_sort_by_column (columns, column, GTK_SORT_ASCENDING);
  rungs_ui_test_wait (rungs_flow_list_get_flow (list, 0) == 2);
  gtk_widget_activate_action (GTK_WIDGET (rungs_trace_view_get_flow_view (view)), "flows.order", "s", "time");
  g_action_group_activate_action (actions, "flow-columns", NULL);
  rungs_ui_test_close (window);
}

static void
test_panes_are_those_of_all_tabs (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *first = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsTraceView *second = rungs_ui_test_open_example (window, "internal-kerberos");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (rungs_trace_view_get_flow_view (second))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (rungs_trace_view_get_flow_view (first))));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (rungs_trace_view_get_flow_view (first))));
  rungs_ui_test_close (window);
}

static void
test_order_is_remembered (void)
{
  g_autofree char *path = write_three_flows ();
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  RungsFlowView *flows = rungs_trace_view_get_flow_view (view);

  rungs_ui_test_wait_for_ladder (view);
  gtk_widget_activate_action (GTK_WIDGET (flows), "flows.order", "s", "messages");
  gtk_widget_activate_action (GTK_WIDGET (flows), "flows.descending", NULL);
  rungs_ui_test_wait (rungs_flow_list_get_flow (rungs_flow_view_get_list (flows), 0) == 2);
  rungs_ui_test_close (window);
  window = rungs_ui_test_window (1440, 900);
  view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  flows = rungs_trace_view_get_flow_view (view);
  rungs_ui_test_wait_for_ladder (view);
  rungs_ui_test_wait (rungs_flow_list_get_flow (rungs_flow_view_get_list (flows), 0) == 2);
  gtk_widget_activate_action (GTK_WIDGET (flows), "flows.descending", NULL);
  gtk_widget_activate_action (GTK_WIDGET (flows), "flows.order", "s", "time");
  rungs_ui_test_close (window);
}

static void
test_tabs (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTracePage *first;
  RungsTracePage *second;

  rungs_ui_test_open_example (window, "remote-ntlm");
  first = rungs_window_get_page (window);
  rungs_ui_test_open_example (window, "internal-kerberos");
  second = rungs_window_get_page (window);
  g_assert_true (first != second);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_1, GDK_ALT_MASK));
  g_assert_true (rungs_window_get_page (window) == first);
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (window)), "remote-ntlm"));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_2, GDK_ALT_MASK));
  g_assert_true (rungs_window_get_page (window) == second);
  rungs_ui_test_shot (window, "tabs");
  rungs_ui_test_close (window);
}

static void
test_panes (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GtkWidget *flows = GTK_WIDGET (rungs_trace_view_get_flow_view (view));
  GtkWidget *inspector = GTK_WIDGET (rungs_trace_view_get_inspector (view));

  rungs_ui_test_wait (gtk_widget_get_mapped (flows) && gtk_widget_get_mapped (inspector));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  g_assert_false (gtk_widget_get_mapped (flows));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
  g_assert_false (gtk_widget_get_mapped (inspector));
  rungs_ui_test_shot (window, "ladder-alone");
  rungs_ui_test_close (window);
  /* The next window has them as they were left. */
  window = rungs_ui_test_window (1440, 900);
  view = rungs_ui_test_open_example (window, "remote-ntlm");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (rungs_trace_view_get_inspector (view))));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-flows", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-inspector", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (rungs_trace_view_get_inspector (view))));
  rungs_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  rungs_ui_test_init (&argc, &argv);
  g_test_add_func ("/window/without-a-trace-there-is-open-and-two-examples", test_empty);
  g_test_add_func ("/window/an-example-has-a-rung-for-each-message", test_example);
  g_test_add_func ("/window/a-binary-is-refused-by-name", test_binary);
  g_test_add_func ("/window/markup-in-a-file-name-is-text", test_markup_in_name);
  g_test_add_func ("/window/a-file-that-failed-is-named-above-the-others", test_partial_failure);
  g_test_add_func ("/window/escape-stops-loading", test_cancel);
  g_test_add_func ("/window/a-closed-tab-leaves-nothing-behind", test_closed_tab);
  g_test_add_func ("/window/a-narrow-window-shows-one-pane-and-overflows-nowhere", test_narrow);
  g_test_add_func ("/window/dark-is-dark-in-the-ladder-too", test_dark);
  g_test_add_func ("/window/a-filter-that-cannot-be-read-marks-the-entry-and-keeps-the-list",
                   test_filter_error);
  g_test_add_func ("/window/a-filter-without-match-says-what-it-hides", test_filter_nothing);
  g_test_add_func ("/window/the-flow-list-can-be-a-table", test_columns);
  g_test_add_func ("/window/several-flows-share-one-ladder", test_several_flows);
  g_test_add_func ("/window/a-column-head-orders-the-flows", test_column_order);
  g_test_add_func ("/window/the-order-of-the-flows-is-remembered", test_order_is_remembered);
  g_test_add_func ("/window/panes-are-those-of-all-tabs", test_panes_are_those_of_all_tabs);
  g_test_add_func ("/window/alt-and-a-number-goes-to-a-tab", test_tabs);
  g_test_add_func ("/window/panes-stay-as-they-were-left", test_panes);
  return g_test_run ();
}

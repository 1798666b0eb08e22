/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Walking through the ladder with the keyboard, the inspector that follows, and what leaves the window. */

#include "config.h"

#include <glib/gstdio.h>

#include "rungs-message-view.h"
#include "rungs-settings.h"
#include "rungs-test.h"
#include "rungs-ui-test.h"

static void
test_keys (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);
  RungsInspector *inspector = rungs_trace_view_get_inspector (view);
  guint n_rows = rungs_ladder_get_n_rows (rungs_ladder_view_get_ladder (ladder));

  rungs_ladder_view_focus (ladder);
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, GTK_INVALID_LIST_POSITION);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Down, 0));
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, 0);
  g_assert_true (rungs_ui_test_has_text (inspector, "1 of 6"));
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Down, 0));
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, 1);
  g_assert_true (rungs_ui_test_has_text (inspector, "2 of 6"));
  g_assert_true (rungs_ui_test_has_text (inspector, "Expected"));
  g_assert_true (rungs_ui_test_has_text (inspector, "WWW-Authenticate"));
  rungs_ui_test_shot (window, "walk");
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Up, 0));
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, 0);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_End, 0));
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, n_rows - 1);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_Home, 0));
  g_assert_cmpuint (rungs_ladder_view_get_selected (ladder), ==, 0);
  rungs_ui_test_close (window);
}

static void
test_names (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsLadderView *ladder = rungs_trace_view_get_ladder_view (view);
  GtkWidget *list = rungs_ui_test_find (ladder, GTK_TYPE_LIST_VIEW);
  GtkWidget *row = gtk_widget_get_first_child (list);

  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST);
  rungs_ui_test_wait (gtk_test_accessible_has_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (list)),
                                                        GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (guint i = 0; i < rungs_ladder_get_n_rows (rungs_ladder_view_get_ladder (ladder)); i++)
    {
      g_autofree char *words = rungs_ladder_describe_row (rungs_ladder_view_get_ladder (ladder), i);

      g_assert_nonnull (row);
      g_assert_cmpuint (strlen (words), >, 10);
      gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, words);
      row = gtk_widget_get_next_sibling (row);
    }
  rungs_ui_test_close (window);
}

static void
test_raw_text (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsInspector *inspector = rungs_trace_view_get_inspector (view);
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  rungs_trace_view_show_tab (view, "message");
  g_assert_true (rungs_ui_test_has_text (inspector, "Select a message"));
  rungs_trace_view_go_to_message (view, 1);
  buffer = gtk_text_view_get_buffer (rungs_ui_test_find (inspector, GTK_TYPE_TEXT_VIEW));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_true (g_str_has_prefix (text, "SIP/2.0 401"));
  rungs_ui_test_shot (window, "message");
  rungs_ui_test_close (window);
}

static void
test_long_line (void)
{
  GtkWidget *view = g_object_ref_sink (g_object_new (RUNGS_TYPE_MESSAGE_VIEW, NULL));
  g_autoptr (GString) bytes = g_string_new ("REGISTER sip:a.example SIP/2.0\r\nX: ");
  GtkTextBuffer *buffer;

  for (guint i = 0; i < 10 * 1024 * 1024; i++)
    g_string_append_c (bytes, "a\0\377\033"[i % 4]);
  rungs_message_view_set_bytes (RUNGS_MESSAGE_VIEW (view), rungs_slice (bytes->str, bytes->len));
  buffer = gtk_text_view_get_buffer (rungs_ui_test_find (view, GTK_TYPE_TEXT_VIEW));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), >, 1000);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), <, 200 * 1024);
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), >, 100);
  g_assert_true (rungs_ui_test_has_text (view, "Copying takes the whole message."));
  g_object_unref (view);
}

static void
test_notes (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsInspector *inspector = rungs_trace_view_get_inspector (view);

  rungs_trace_view_show_note (view, NULL);
  rungs_ui_test_shot (window, "notes");
  g_assert_nonnull (rungs_ui_test_find (inspector, ADW_TYPE_ACTION_ROW));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-note", "s", "why-401");
  g_assert_true (rungs_ui_test_has_text (inspector, "401"));
  g_assert_null (rungs_ui_test_find (inspector, ADW_TYPE_ACTION_ROW));
  rungs_ui_test_shot (window, "note");
  rungs_ui_test_close (window);
}

static void
test_problem (void)
{
  g_autofree char *path = rungs_test_sample ("samples/clients/4-wrong-password-ntlm/capture.pcap");
  RungsWindow *window;
  RungsTracePage *page;
  RungsTraceView *view;
  RungsInspector *inspector;
  gboolean around;

  if (path == NULL)
    return;
  window = rungs_ui_test_window (1440, 900);
  page = rungs_ui_test_open (window, path, NULL);
  view = rungs_trace_page_get_view (page);
  g_assert_nonnull (view);
  rungs_ui_test_wait_for_ladder (view);
  inspector = rungs_trace_view_get_inspector (view);
  g_assert_true (rungs_ui_test_has_text (inspector, "Problem"));
  g_assert_true (rungs_trace_view_go_to_problem (view, 1, &around));
  g_assert_true (rungs_ui_test_has_text (inspector, "6 of 6"));
  g_assert_true (rungs_ui_test_has_text (inspector, "What to do:"));
  rungs_ui_test_shot (window, "problem");
  rungs_ui_test_close (window);
}

static void
test_findings (void)
{
  g_autofree char *path = rungs_test_sample ("samples/clients/4-wrong-password-ntlm/capture.pcap");
  RungsWindow *window;
  RungsTraceView *view;
  RungsInspector *inspector;
  gboolean around;

  if (path == NULL)
    return;
  window = rungs_ui_test_window (1440, 900);
  view = rungs_trace_page_get_view (rungs_ui_test_open (window, path, NULL));
  g_assert_nonnull (view);
  rungs_ui_test_wait_for_ladder (view);
  inspector = rungs_trace_view_get_inspector (view);
  rungs_trace_view_show_tab (view, "findings");
  g_assert_true (rungs_ui_test_has_text (inspector, "NTLM-401-AFTER-AUTH"));
  g_assert_false (rungs_ui_test_has_text (inspector, "RED-401-FIRST"));
  rungs_ui_test_shot (window, "findings");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.switch-off-rule", "s", "NTLM-401-AFTER-AUTH");
  rungs_ui_test_wait (!rungs_ui_test_has_text (inspector, "NTLM-401-AFTER-AUTH"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.switch-on-rule", "s", "NTLM-401-AFTER-AUTH");
  rungs_ui_test_wait (rungs_ui_test_has_text (inspector, "NTLM-401-AFTER-AUTH"));
  g_assert_true (rungs_trace_view_go_to_problem (view, 1, &around));
  g_assert_true (rungs_trace_view_go_to_problem (view, 1, &around));
  g_assert_true (around);
  rungs_trace_view_show_tab (view, "message");
  rungs_ui_test_shot (window, "evidence");
  rungs_ui_test_close (window);
}

static void
test_switches (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsLadder *ladder = rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view));
  GActionGroup *actions = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (window)));
  double height = rungs_ladder_get_row_height (ladder);
  guint n_lanes = rungs_lanes_get_n_lanes (rungs_ladder_get_lanes (ladder));

  g_action_group_activate_action (actions, "captions", NULL);
  g_assert_cmpfloat (rungs_ladder_get_row_height (ladder), <, height);
  g_action_group_activate_action (actions, "inferred", NULL);
  g_assert_cmpuint (rungs_lanes_get_n_lanes (rungs_ladder_get_lanes (ladder)), ==, n_lanes - 2);
  g_action_group_activate_action (actions, "time-style", g_variant_new_string ("absolute"));
  g_action_group_activate_action (actions, "clock", g_variant_new_string ("utc"));
  g_assert_true (rungs_ui_test_has_text (view, "UTC"));
  rungs_ui_test_shot (window, "switches");
  g_action_group_activate_action (actions, "captions", NULL);
  g_action_group_activate_action (actions, "inferred", NULL);
  g_action_group_activate_action (actions, "time-style", g_variant_new_string ("since-start"));
  g_action_group_activate_action (actions, "clock", g_variant_new_string ("local"));
  g_assert_cmpfloat (rungs_ladder_get_row_height (ladder), ==, height);
  g_assert_cmpuint (rungs_lanes_get_n_lanes (rungs_ladder_get_lanes (ladder)), ==, n_lanes);
  rungs_ui_test_close (window);
}

static void
test_export (void)
{
  static const char *const names[] = { "out.svg", "out.png", "out.txt" };
  static const char *const starts[] = { "<?xml", "\211PNG", "" };
  RungsWindow *window = rungs_ui_test_window (1440, 900);

  rungs_ui_test_open_example (window, "remote-ntlm");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = rungs_ui_test_write (names[i], "old", -1);
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
      g_autofree char *text = NULL;
      gsize length;

      gtk_widget_activate_action (GTK_WIDGET (window), "win.export-to", "s", uri);
      rungs_ui_test_wait (rungs_ui_test_has_text (window, names[i]));
      text = rungs_test_load (path, &length);
      g_assert_cmpuint (length, >, 500);
      g_assert_true (strncmp (text, starts[i], strlen (starts[i])) == 0);
      g_assert_true (i != 0 || strstr (text, "401 Unauthorized") != NULL);
    }
  rungs_ui_test_close (window);
}

static void
test_paste (void)
{
  static const char message[] =
    "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP b.example;branch=z9hG4bK1\r\n"
    "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: 1@b.example\r\n"
    "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
  RungsWindow *window = rungs_ui_test_window (1200, 700);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), message);
  g_assert_true (rungs_ui_test_press (window, GDK_KEY_v, GDK_CONTROL_MASK));
  rungs_ui_test_wait (rungs_window_get_page (window) != NULL);
  rungs_ui_test_wait (rungs_trace_page_get_view (rungs_window_get_page (window)) != NULL);
  rungs_ui_test_wait_for_ladder (rungs_trace_page_get_view (rungs_window_get_page (window)));
  rungs_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  rungs_ui_test_init (&argc, &argv);
  g_test_add_func ("/ladder-view/arrow-keys-walk-and-the-inspector-follows", test_keys);
  g_test_add_func ("/ladder-view/every-row-says-what-it-shows", test_names);
  g_test_add_func ("/ladder-view/the-raw-text-is-that-of-the-message", test_raw_text);
  g_test_add_func ("/ladder-view/a-line-of-ten-megabytes-is-cut-and-says-so", test_long_line);
  g_test_add_func ("/ladder-view/notes-open-in-the-inspector", test_notes);
  g_test_add_func ("/ladder-view/the-refused-sign-in-is-the-next-problem", test_problem);
  g_test_add_func ("/ladder-view/findings-are-listed-and-their-rules-switched", test_findings);
  g_test_add_func ("/ladder-view/captions-inferred-lanes-and-clock-are-switches", test_switches);
  g_test_add_func ("/ladder-view/export-writes-what-the-name-asks-for", test_export);
  g_test_add_func ("/ladder-view/pasted-sip-opens-as-a-trace", test_paste);
  return g_test_run ();
}

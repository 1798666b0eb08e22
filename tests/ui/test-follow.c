/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A tab that follows its file: what comes stands at the end, the view and what is selected stay, and nothing outlives the
 * tab. */

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "rungs-test.h"
#include "rungs-ui-test.h"

static void
append_messages (const char *path, guint first, guint n)
{
  FILE *file = g_fopen (path, "ab");

  g_assert_nonnull (file);
  for (guint i = first; i < first + n; i++)
    fprintf (file,
             "MESSAGE sip:a.example SIP/2.0\r\nVia: SIP/2.0/UDP b.example;branch=z9hG4bK%u\r\n"
             "From: <sip:b@b.example>;tag=1\r\nTo: <sip:a@a.example>\r\nCall-ID: follow@b.example\r\n"
             "CSeq: %u MESSAGE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
             i,
             i + 1);
  fclose (file);
}

static RungsTracePage *
open_log (RungsWindow *window, const char *name, guint n, char **path)
{
  *path = rungs_ui_test_write (name, "", 0);
  append_messages (*path, 0, n);
  return rungs_ui_test_open (window, *path, NULL);
}

static RungsLadderView *
get_ladder_view (RungsTracePage *page)
{
  return rungs_trace_view_get_ladder_view (rungs_trace_page_get_view (page));
}

static guint
count_rows (RungsTracePage *page)
{
  RungsLadder *ladder =
    rungs_trace_page_get_view (page) != NULL ? rungs_ladder_view_get_ladder (get_ladder_view (page)) : NULL;

  return ladder != NULL ? rungs_ladder_get_n_rows (ladder) : 0;
}

static GtkAdjustment *
get_adjustment (RungsTracePage *page)
{
  return gtk_scrolled_window_get_vadjustment (
    rungs_ui_test_find (get_ladder_view (page), GTK_TYPE_SCROLLED_WINDOW));
}

/* A list can scroll once it has been laid out. */
static void
scroll_to (RungsWindow *window, RungsTracePage *page, guint row)
{
  g_object_unref (rungs_ui_test_render (window));
  rungs_ladder_view_select_row (get_ladder_view (page), row);
  g_object_unref (rungs_ui_test_render (window));
}

static void
follow (RungsWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.follow", NULL);
}

static void
what_comes_stands_at_the_end (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  g_autofree char *path = NULL;
  RungsTracePage *page = open_log (window, "follow.sip", 3, &path);

  rungs_ui_test_wait (count_rows (page) == 4);
  follow (window);
  g_assert_true (rungs_trace_page_get_following (page));
  rungs_ui_test_wait (g_str_has_prefix (rungs_trace_page_get_subtitle (page), "Live"));
  append_messages (path, 3, 2);
  rungs_ui_test_wait (count_rows (page) == 6);
  rungs_ui_test_shot (window, "follow");
  follow (window);
  g_assert_false (rungs_trace_page_get_following (page));
  g_assert_false (g_str_has_prefix (rungs_trace_page_get_subtitle (page), "Live"));
  g_assert_cmpuint (count_rows (page), ==, 6);
  rungs_ui_test_close (window);
}

/* 200 messages with @row selected, and 50 more that are followed. Returns: where the view stood before they came, px */
static double
grow_while_selected (RungsWindow *window, const char *name, guint row, RungsTracePage **page)
{
  g_autofree char *path = NULL;
  double before;

  *page = open_log (window, name, 200, &path);
  rungs_ui_test_wait (count_rows (*page) == 201);
  scroll_to (window, *page, row);
  before = gtk_adjustment_get_value (get_adjustment (*page));
  g_assert_cmpfloat (before, >, 0);
  follow (window);
  append_messages (path, 200, 50);
  rungs_ui_test_wait (count_rows (*page) == 251);
  return before;
}

static void
the_view_and_what_is_selected_stay (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page;
  double before = grow_while_selected (window, "stay.sip", 100, &page);

  g_object_unref (rungs_ui_test_render (window));
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (get_adjustment (page)), before, 1);
  g_assert_cmpuint (rungs_ladder_view_get_selected (get_ladder_view (page)), ==, 100);
  rungs_ui_test_close (window);
}

static void
at_the_end_the_view_goes_with_it (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page;
  double before = grow_while_selected (window, "end.sip", 200, &page);

  rungs_ui_test_wait (gtk_adjustment_get_value (get_adjustment (page)) > before + 1);
  rungs_ui_test_close (window);
}

static void
a_file_that_starts_anew_says_so (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  g_autofree char *path = NULL;
  RungsTracePage *page = open_log (window, "anew.sip", 5, &path);

  rungs_ui_test_wait (count_rows (page) == 6);
  follow (window);
  /* A message that came shows that the follower has the file open: only then does it see that the file is cut. */
  append_messages (path, 5, 1);
  rungs_ui_test_wait (count_rows (page) == 7);
  g_assert_cmpint (truncate (path, 0), ==, 0);
  rungs_ui_test_wait (g_str_equal (rungs_trace_page_get_state (page), "quiet"));
  g_assert_true (rungs_ui_test_has_text (page, "Waiting for Messages"));
  append_messages (path, 0, 2);
  rungs_ui_test_wait (g_str_equal (rungs_trace_page_get_state (page), "content"));
  rungs_ui_test_wait (count_rows (page) == 3);
  rungs_ui_test_wait (rungs_ui_test_has_text (page, "is read from its beginning"));
  rungs_ui_test_close (window);
}

static void
what_is_no_file_cannot_be_followed_and_says_why (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);

  rungs_ui_test_open_example (window, "remote-ntlm");
  g_assert_nonnull (rungs_trace_page_get_obstacle (rungs_window_get_page (window)));
  follow (window);
  g_assert_false (rungs_trace_page_get_following (rungs_window_get_page (window)));
  rungs_ui_test_close (window);
}

static void
what_never_holds_sip_cannot_be_followed (void)
{
  g_autofree char *program = rungs_ui_test_write ("program",
                                                  "\x7f"
                                                  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0",
                                                  20);
  g_autofree char *log = rungs_ui_test_write ("young.log", "", 0);
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  RungsTracePage *page = rungs_ui_test_open (window, program, NULL);

  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  g_assert_nonnull (rungs_trace_page_get_obstacle (page));
  /* What is empty may be a log that begins. */
  page = rungs_ui_test_open (window, log, NULL);
  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  g_assert_null (rungs_trace_page_get_obstacle (page));
  g_assert_true (rungs_ui_test_has_text (page, "Follow shows"));
  follow (window);
  rungs_ui_test_wait (g_str_equal (rungs_trace_page_get_state (page), "quiet"));
  rungs_trace_page_set_following (page, FALSE);
  g_assert_cmpstr (rungs_trace_page_get_state (page), ==, "failed");
  rungs_ui_test_close (window);
}

static void
a_closed_tab_ends_its_threads (void)
{
  RungsWindow *window = rungs_ui_test_window (1200, 700);
  g_autofree char *path = NULL;
  RungsTracePage *page = open_log (window, "closed.sip", 5, &path);
  gpointer watched = page;

  rungs_ui_test_wait (count_rows (page) == 6);
  follow (window);
  rungs_ui_test_wait (g_str_has_prefix (rungs_trace_page_get_subtitle (page), "Live"));
  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.close-tab", NULL);
  /* The follower holds the page until its threads have ended. */
  rungs_ui_test_wait (watched == NULL);
  rungs_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  rungs_ui_test_init (&argc, &argv);
#define ADD(name, function) g_test_add_func ("/follow/" name, function)
  ADD ("what-comes-stands-at-the-end", what_comes_stands_at_the_end);
  ADD ("the-view-and-what-is-selected-stay", the_view_and_what_is_selected_stay);
  ADD ("at-the-end-the-view-goes-with-it", at_the_end_the_view_goes_with_it);
  ADD ("a-file-that-starts-anew-says-so", a_file_that_starts_anew_says_so);
  ADD ("what-is-no-file-cannot-be-followed-and-says-why", what_is_no_file_cannot_be_followed_and_says_why);
  ADD ("what-never-holds-sip-cannot-be-followed", what_never_holds_sip_cannot_be_followed);
  ADD ("a-closed-tab-ends-its-threads", a_closed_tab_ends_its_threads);
  return g_test_run ();
}

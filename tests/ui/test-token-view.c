/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's page of tokens: what it shows of each message, and the check of signatures. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "rungs-hex-view.h"
#include "rungs-test.h"
#include "rungs-token-item.h"
#include "rungs-token-view.h"
#include "rungs-ui-test.h"

static void
go_to (RungsWindow *window, guint message)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.go-to-message", "u", message);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-tab", "s", "token");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GListModel *
get_rows (RungsTraceView *view)
{
  GtkListView *tree = NULL;
  RungsTokenView *page = rungs_ui_test_find (view, RUNGS_TYPE_TOKEN_VIEW);

  g_assert_nonnull (page);
  tree = rungs_ui_test_find (page, GTK_TYPE_LIST_VIEW);
  return tree != NULL ? G_LIST_MODEL (gtk_list_view_get_model (tree)) : NULL;
}

/* The field of the row @index. */
static const RungsField *
get_field (GListModel *rows, guint index)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, index);
  g_autoptr (RungsTokenItem) item = gtk_tree_list_row_get_item (row);

  return rungs_token_item_get_field (item);
}

static void
test_no_token (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  go_to (window, 0);
  g_assert_true (rungs_ui_test_has_text (view, "This message carries no token."));
  rungs_ui_test_close (window);
}

static void
test_empty_negotiate (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  go_to (window, 2);
  g_assert_cmpstr (get_field (get_rows (view), 0)->topic, ==, "token:empty");
  g_assert_true (rungs_ui_test_has_text (view, "nothing to say before the server has sent its challenge"));
  rungs_ui_test_close (window);
}

static void
test_selecting_a_field (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GListModel *rows;
  guint index = 0;

  go_to (window, 4);
  rows = get_rows (view);
  while (!g_str_equal (get_field (rows, index)->name, "UserName"))
    index++;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (rows), index);
  g_assert_true (rungs_ui_test_has_text (view, "The account that logs in."));
  gtk_test_accessible_assert_property (rungs_ui_test_find (rungs_ui_test_find (view, RUNGS_TYPE_HEX_VIEW),
                                                           GTK_TYPE_TEXT_VIEW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Bytes 86 to 99 of 362");
  rungs_ui_test_shot (window, "token");
  rungs_ui_test_close (window);
}

static void
test_keys (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  GListModel *rows;
  guint n_rows;

  go_to (window, 4);
  rows = get_rows (view);
  n_rows = g_list_model_get_n_items (rows);
  gtk_widget_grab_focus (
    rungs_ui_test_find (rungs_ui_test_find (view, RUNGS_TYPE_TOKEN_VIEW), GTK_TYPE_LIST_VIEW));
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (rows), 1);
  rungs_ui_test_press (window, GDK_KEY_Right, 0);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >, n_rows);
  rungs_ui_test_press (window, GDK_KEY_Left, 0);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n_rows);
  rungs_ui_test_press (window, GDK_KEY_Left, 0);
  g_assert_cmpuint (gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (rows)), ==, 0);
  rungs_ui_test_close (window);
}

static void
check (RungsTraceView *view, const char *password)
{
  RungsSignatureChecker *checker = rungs_trace_view_get_checker (view);
  RungsSecret *secret = rungs_secret_new (strlen (password));

  memcpy (secret->data, password, strlen (password));
  rungs_signature_checker_take_password (checker, secret);
  rungs_ui_test_wait (!rungs_signature_checker_is_busy (checker));
}

static void
test_signatures (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  go_to (window, 5);
  g_assert_true (rungs_ui_test_has_text (view, "Signature not checked"));
  check (view, "Blue-Ladder-43");
  g_assert_true (rungs_ui_test_has_text (view, "Signature wrong"));
  g_assert_true (rungs_ui_test_has_text (view, "another password"));
  check (view, "Blue-Ladder-42");
  g_assert_true (rungs_ui_test_has_text (view, "Signature right"));
  rungs_ui_test_shot (window, "token-signature");
  go_to (window, 4);
  g_assert_true (rungs_ui_test_has_text (view, "Signature right"));
  /* A message that is not signed has no such line. */
  go_to (window, 3);
  g_assert_false (rungs_ui_test_has_text (view, "Signature right"));
  rungs_ui_test_close (window);
}

/* The badge of the signature in the rung of @message, or NULL. (transfer full) */
static char *
dup_badge (RungsTraceView *view, guint message)
{
  RungsLadder *ladder = rungs_ladder_view_get_ladder (rungs_trace_view_get_ladder_view (view));
  g_auto (RungsRow) row = RUNGS_ROW_INIT;
  guint position;

  position = ladder != NULL ? rungs_ladder_find_row (ladder, message) : G_MAXUINT;
  if (position == G_MAXUINT)
    return g_strdup ("no such rung yet");
  rungs_ladder_read_row (ladder, position, &row);
  return g_strdup (row.signature);
}

static void
wait_for_badge (RungsTraceView *view, guint message, const char *badge)
{
  for (;;)
    {
      g_autofree char *found = dup_badge (view, message);

      if (g_strcmp0 (found, badge) == 0)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
show_tab (RungsWindow *window, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-tab", "s", name);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_everywhere (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsInspector *inspector = rungs_trace_view_get_inspector (view);
  guint row;

  go_to (window, 5);
  row = rungs_ladder_view_get_selected (rungs_trace_view_get_ladder_view (view));
  wait_for_badge (view, 5, NULL);
  check (view, "Blue-Ladder-43");
  wait_for_badge (view, 5, "signature wrong ✗");
  show_tab (window, "findings");
  rungs_ui_test_wait (rungs_ui_test_has_text (inspector, "PWD-WRONG"));
  show_tab (window, "explained");
  rungs_ui_test_wait (rungs_ui_test_has_text (inspector, "Signature wrong"));
  rungs_ui_test_shot (window, "signature-wrong");
  check (view, "Blue-Ladder-42");
  wait_for_badge (view, 5, "signature ✓");
  rungs_ui_test_wait (rungs_ui_test_has_text (inspector, "Signature right"));
  /* What was selected stays so. */
  g_assert_cmpuint (rungs_ladder_view_get_selected (rungs_trace_view_get_ladder_view (view)), ==, row);
  rungs_ui_test_shot (window, "signature-right");
  rungs_ui_test_close (window);
}

static void
test_forget (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");
  RungsSignatureChecker *checker = rungs_trace_view_get_checker (view);

  go_to (window, 5);
  check (view, "Blue-Ladder-42");
  wait_for_badge (view, 5, "signature ✓");
  /* The way out stands there whatever is selected. */
  go_to (window, 3);
  g_assert_true (rungs_ui_test_has_text (view, "No signature here"));
  rungs_signature_checker_forget (checker);
  g_assert_false (rungs_signature_checker_has_secrets (checker));
  wait_for_badge (view, 5, NULL);
  g_assert_null (rungs_signature_checker_get_signatures (checker, rungs_trace_view_get_trace (view)));
  rungs_ui_test_close (window);
}

/* The last answer of the example comes while its file is followed. */
static void
test_follow (void)
{
  RungsWindow *window = rungs_ui_test_window (1440, 900);
  g_autofree char *example = rungs_test_fixture ("..", "data", "examples", "remote-ntlm.uccapilog", NULL);
  gsize length;
  g_autofree char *text = rungs_test_load (example, &length);
  gssize cut = rungs_slice_find (rungs_slice (text, length), 0, RUNGS_SLICE_LITERAL ("SIP/2.0 200"));
  g_autofree char *path = rungs_ui_test_write ("signed.uccapilog", text, cut);
  RungsTracePage *page = rungs_ui_test_open (window, path, NULL);
  RungsTraceView *view = rungs_trace_page_get_view (page);
  FILE *file;

  rungs_ui_test_wait_for_ladder (view);
  go_to (window, 4);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.follow", NULL);
  check (view, "Blue-Ladder-42");
  wait_for_badge (view, 4, "signature ✓");
  file = g_fopen (path, "ab");
  g_assert_cmpuint (fwrite (text + cut, 1, length - (gsize) cut, file), ==, length - (gsize) cut);
  fclose (file);
  rungs_ui_test_wait (rungs_trace_get_n_messages (rungs_trace_view_get_trace (view)) > 5);
  wait_for_badge (view, 5, "signature ✓");
  rungs_ui_test_close (window);
}

static void
test_narrow (void)
{
  RungsWindow *window = rungs_ui_test_window (400, 640);
  RungsTraceView *view = rungs_ui_test_open_example (window, "remote-ntlm");

  /* The pane that is shown changes with the first size. */
  g_object_unref (rungs_ui_test_render (window));
  go_to (window, 5);
  check (view, "Blue-Ladder-42");
  rungs_ui_test_wait (rungs_ui_test_has_text (view, "Signature right"));
  rungs_ui_test_shot (window, "token-narrow");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  rungs_ui_test_shot (window, "token-narrow-dark");
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  rungs_ui_test_shot (window, "token-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  rungs_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  rungs_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/token-view/a-message-without-a-token-says-so", test_no_token);
  g_test_add_func ("/ui/token-view/the-empty-negotiate-is-explained-where-it-stands", test_empty_negotiate);
  g_test_add_func ("/ui/token-view/a-selected-field-shows-its-meaning-and-bytes", test_selecting_a_field);
  g_test_add_func ("/ui/token-view/right-and-left-open-and-close-rows", test_keys);
  g_test_add_func ("/ui/token-view/a-password-tells-right-signatures-from-wrong-ones", test_signatures);
  g_test_add_func ("/ui/token-view/a-check-shows-in-ladder-findings-and-explained", test_everywhere);
  g_test_add_func ("/ui/token-view/what-is-forgotten-shows-nowhere", test_forget);
  g_test_add_func ("/ui/token-view/what-comes-while-it-is-followed-is-checked", test_follow);
  g_test_add_func ("/ui/token-view/a-narrow-window-has-room-for-tree-and-signature", test_narrow);
  return g_test_run ();
}

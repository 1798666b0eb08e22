/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the window tests share: one program, windows in it, waiting on conditions, keys, and looking into the widgets.
 *
 * A wait has no fixed time: it runs the main loop until what it waits for is true, and the test runner's own limit ends
 * a test that waits in vain. */

#pragma once

#include "rungs-window.h"

/** rungs_ui_test_init: for main(): a registered application with animations off. */
void         rungs_ui_test_init        (int          *argc,
                                        char       ***argv);

/** rungs_ui_test_window: a new window of @width × @height px on the screen. */
RungsWindow *rungs_ui_test_window      (int           width,
                                        int           height);

/** rungs_ui_test_close: closes the window and waits until it is gone. */
void         rungs_ui_test_close       (RungsWindow  *window);

/** rungs_ui_test_wait: runs the main loop until @condition is true. */
#define rungs_ui_test_wait(condition)                \
  G_STMT_START                                       \
  {                                                  \
    while (!(condition))                             \
      g_main_context_iteration (NULL, TRUE);         \
  }                                                  \
  G_STMT_END

/** rungs_ui_test_open_example: opens the example and waits for its ladder. Returns: (transfer none): the panes */
RungsTraceView *rungs_ui_test_open_example (RungsWindow *window,
                                            const char  *name);

/** rungs_ui_test_open: opens files (ended by %NULL) and waits until they are loaded. Returns: (transfer none): the page */
RungsTracePage *rungs_ui_test_open     (RungsWindow  *window,
                                        const char   *path,
                                        ...) G_GNUC_NULL_TERMINATED;

/** rungs_ui_test_wait_for_ladder: waits until the ladder of @view has rows. */
void         rungs_ui_test_wait_for_ladder (RungsTraceView *view);

/** rungs_ui_test_find: the first visible widget of @type inside @widget, or %NULL. */
gpointer     rungs_ui_test_find        (gpointer      widget,
                                        GType         type);

/** rungs_ui_test_has_text: whether a visible label inside @widget contains @text. */
gboolean     rungs_ui_test_has_text    (gpointer      widget,
                                        const char   *text);

/** rungs_ui_test_press: a key, as it would reach the focus of @window: capture, then the class's keys from the focus up. */
gboolean     rungs_ui_test_press       (RungsWindow     *window,
                                        guint            key,
                                        GdkModifierType  modifiers);

/** rungs_ui_test_render: what the window shows, as pixels. (transfer full) */
GdkTexture  *rungs_ui_test_render      (RungsWindow  *window);

/** rungs_ui_test_shot: saves a picture into the folder that RUNGS_UI_SHOTS names, where it is set. */
void         rungs_ui_test_shot        (RungsWindow  *window,
                                        const char   *name);

/** rungs_ui_test_write: a file of @contents in a folder of this test run. (transfer full): its path */
char        *rungs_ui_test_write       (const char   *name,
                                        const char   *contents,
                                        gssize        length);

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A line of a terminal, filled by column: wide characters take two columns, combining marks none. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_INK_PLAIN,
  RUNGS_INK_BOLD,
  RUNGS_INK_FAINT,
  RUNGS_INK_GOOD,
  RUNGS_INK_EXPECTED,
  RUNGS_INK_WARNING,
  RUNGS_INK_PROBLEM,
} RungsInk;

typedef struct _RungsTextCanvas RungsTextCanvas;

/** rungs_text_canvas_new: @width: columns; @color: whether inks become ANSI sequences. */
RungsTextCanvas *rungs_text_canvas_new   (guint            width,
                                          gboolean         color);
void             rungs_text_canvas_free  (RungsTextCanvas *self);

/** rungs_text_canvas_put: @text from @column on, at most @limit columns, cut with "…"; what lies outside is left out.
 * Returns: the column after it */
guint            rungs_text_canvas_put   (RungsTextCanvas *self,
                                          guint            column,
                                          guint            limit,
                                          RungsInk         ink,
                                          const char      *text);

/** rungs_text_canvas_fill: the columns from @column up to, but without, @end. */
void             rungs_text_canvas_fill  (RungsTextCanvas *self,
                                          guint            column,
                                          guint            end,
                                          RungsInk         ink,
                                          const char      *character);

/** rungs_text_canvas_flush: appends the line to @text, without blanks at its end, and empties it. */
void             rungs_text_canvas_flush (RungsTextCanvas *self,
                                          GString         *text);

/** rungs_text_columns: how many columns @text takes. */
guint            rungs_text_columns      (const char      *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTextCanvas, rungs_text_canvas_free)

G_END_DECLS

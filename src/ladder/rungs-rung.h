/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row of the ladder: a message, a gap, lines of the log, a step to or from a KDC, a fold, or the summary. */

#pragma once

#include <glib-object.h>

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_RUNG_MESSAGE,  /* with the hop that it proves and that is not in this trace, where there is one */
  RUNGS_RUNG_GAP,      /* a long wait before @message */
  RUNGS_RUNG_NOTE,     /* the lines of the log before @message */
  RUNGS_RUNG_SUMMARY,  /* the flow's result; last */
  RUNGS_RUNG_KERBEROS, /* a message to or from a KDC; see rungs_ladder_get_step() */
  RUNGS_RUNG_HIDDEN,   /* a step that is not in this trace; likewise */
  RUNGS_RUNG_FOLD,     /* several messages as one, @message the first of them; open or closed */
} RungsRungKind;

/** rungs_rung_kind_is_step: whether it stands for a step to or from a KDC, and for no message of the trace. */
gboolean      rungs_rung_kind_is_step (RungsRungKind kind);

#define RUNGS_TYPE_RUNG (rungs_rung_get_type ())
G_DECLARE_FINAL_TYPE (RungsRung, rungs_rung, RUNGS, RUNG, GObject)

RungsRung    *rungs_rung_new         (RungsRungKind  kind,
                                      guint          row,
                                      guint          message);
RungsRungKind rungs_rung_get_kind    (RungsRung     *self);
guint         rungs_rung_get_row     (RungsRung     *self);

/** rungs_rung_get_message: the message's index in the trace, RUNGS_NO_MESSAGE for the summary and for steps. */
guint         rungs_rung_get_message (RungsRung     *self);

G_END_DECLS

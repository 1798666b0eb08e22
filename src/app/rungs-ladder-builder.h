/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder of what is selected, however long it is.
 *
 * In: the diagnoser of a trace, the flows that are selected, and the settings. Out: "built" with the ladder.  A short one is built
 * at once; a long one by a worker, and "busy" says so meanwhile.  What is superseded is cancelled: another selection, other
 * settings.  A trace that grows supersedes nothing, or a ladder that is built more slowly than it grows would never be seen; what
 * was built for the trace of before is handed over, and then one for the trace as it is.
 * The ladder that is shown takes over what succeeds it (rungs_ladder_take()); what that has to know is worked out here, too. */

#pragma once

#include <gio/gio.h>

#include "rungs-ladder.h"

G_BEGIN_DECLS

/** RungsLadderBusy: what a worker is building: nothing that anybody waits for (a trace that grows), another ladder, or other rows of
 * the one that is shown. */
typedef enum
{
  RUNGS_LADDER_IDLE,
  RUNGS_LADDER_REPLACED,
  RUNGS_LADDER_CHANGED,
} RungsLadderBusy;

#define RUNGS_TYPE_LADDER_BUILDER (rungs_ladder_builder_get_type ())
G_DECLARE_FINAL_TYPE (RungsLadderBuilder, rungs_ladder_builder, RUNGS, LADDER_BUILDER, GObject)

/** RungsLadderBuilder::built: @ladder (nullable): %NULL where nothing is selected; @succeeds: it is the one that is shown, of a trace
 * that holds more, or with other options: the view stays where it is.
 * RungsLadderBuilder:busy: (uint): RungsLadderBusy. */
RungsLadderBuilder *rungs_ladder_builder_new (void);

/** rungs_ladder_builder_set_diagnoser: another trace, or the same with other marks; what was selected in the one before is built
 * on. */
void     rungs_ladder_builder_set_diagnoser (RungsLadderBuilder *self,
                                             RungsDiagnoser     *diagnoser);

/** rungs_ladder_builder_set_shown: the ladder that is on screen. */
void     rungs_ladder_builder_set_shown     (RungsLadderBuilder *self,
                                             RungsLadder        *ladder);

/** rungs_ladder_builder_show: @flows (nullable): guint32, of the trace; %NULL: none. */
void     rungs_ladder_builder_show          (RungsLadderBuilder *self,
                                             const GArray       *flows);

/** rungs_ladder_builder_update_options: the settings have changed. What only changes how rows look is applied to the ladder that is
 * shown at once. */
void     rungs_ladder_builder_update_options (RungsLadderBuilder *self);
RungsLadderBusy rungs_ladder_builder_get_busy (RungsLadderBuilder *self);

/** rungs_ladder_builder_is_working: whether another ladder is to come, waited for or not. */
gboolean rungs_ladder_builder_is_working    (RungsLadderBuilder *self);

/** rungs_ladder_builder_stop: cancels what is under way. */
void     rungs_ladder_builder_stop          (RungsLadderBuilder *self);

G_END_DECLS

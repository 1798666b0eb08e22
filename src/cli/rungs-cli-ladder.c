/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder that `ladder` and `export` draw.  See rungs-cli-ladder.h. */

#include "config.h"

#include <glib/gi18n.h>

#include "rungs-cli-ladder.h"

/* Folding looks at verdicts. */
gboolean
rungs_cli_ladder_load (RungsCliLadderOptions *ladder_options, RungsCliOptions *options, int *status)
{
  return rungs_cli_signatures_load (&ladder_options->signatures,
                                    options,
                                    ladder_options->fold ? rungs_diagnose_trace : NULL,
                                    status);
}

static const char *const styles[] = { "absolute", "start", "previous", NULL };

gboolean
rungs_cli_ladder_check (const RungsCliLadderOptions *ladder_options)
{
  if (ladder_options->times == NULL || g_strv_contains (styles, ladder_options->times))
    return TRUE;
  rungs_cli_usage_error (_ ("--times is absolute, start or previous, not “%s”"), ladder_options->times);
  return FALSE;
}

RungsLadder *
rungs_cli_ladder_new (const RungsCliOptions *options,
                      const RungsCliLadderOptions *ladder_options,
                      gboolean captions)
{
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (options->trace);
  RungsLadderOptions shown = RUNGS_LADDER_OPTIONS_DEFAULT;

  shown.captions = captions;
  shown.hidden = !ladder_options->no_hidden;
  shown.log_lines = ladder_options->log_lines;
  shown.fold = ladder_options->fold;
  shown.clock = rungs_cli_options_get_clock (options);
  if (!rungs_cli_ladder_check (ladder_options))
    return NULL;
  while (ladder_options->times != NULL && !g_str_equal (styles[shown.time_style], ladder_options->times))
    shown.time_style++;
  return rungs_ladder_new (diagnoser, options->selection, &shown);
}

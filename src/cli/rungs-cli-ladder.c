/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ladder that `ladder` and `export` draw.  See rungs-cli-ladder.h. */

#include "config.h"

#include <glib/gi18n.h>

#include "rungs-cli-ladder.h"

RungsPrepareFunc
rungs_cli_ladder_get_prepare (const RungsCliLadderOptions *ladder_options)
{
  return ladder_options->fold ? rungs_diagnose_trace : NULL;
}

RungsLadder *
rungs_cli_ladder_new (const RungsCliOptions *options,
                      const RungsCliLadderOptions *ladder_options,
                      gboolean captions)
{
  static const char *const styles[] = { "absolute", "start", "previous", NULL };
  g_autoptr (RungsDiagnoser) diagnoser = rungs_diagnoser_new (options->trace);
  RungsLadderOptions shown = RUNGS_LADDER_OPTIONS_DEFAULT;

  shown.captions = captions;
  shown.hidden = !ladder_options->no_hidden;
  shown.log_lines = ladder_options->log_lines;
  shown.fold = ladder_options->fold;
  shown.clock = rungs_cli_options_get_clock (options);
  if (ladder_options->times != NULL)
    {
      guint style = 0;

      while (styles[style] != NULL && !g_str_equal (styles[style], ladder_options->times))
        style++;
      if (styles[style] == NULL)
        {
          rungs_cli_usage_error (_ ("--times is absolute, start or previous, not “%s”"),
                                 ladder_options->times);
          return NULL;
        }
      shown.time_style = (RungsTimeStyle) style;
    }
  return rungs_ladder_new (diagnoser, options->selection, &shown);
}

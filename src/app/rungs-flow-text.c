/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A flow in words.  See rungs-flow-text.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-flow-text.h"
#include "rungs-text.h"

/* A flow of more messages is not diagnosed for the sake of its line in the list. */
#define MAX_DIAGNOSED 500
#define MAX_NAME      80

RungsSeverity
rungs_flow_get_severity (RungsTrace *trace, guint flow)
{
  return rungs_mark_get_severity (rungs_trace_get_flow (trace, flow)->mark);
}

static char *
dup_string (RungsTrace *trace, guint32 id)
{
  return rungs_text_display_max (id != 0 ? rungs_trace_get_string (trace, id) : RUNGS_SLICE_EMPTY, MAX_NAME);
}

static char *
text_for_parties (const char *who, const char *peer)
{
  if (*who == '\0')
    return g_strdup (peer);
  if (*peer == '\0' || g_str_equal (who, peer))
    return g_strdup (who);
  /* Translators: who asks, and who is asked: "alice@example.org → bob@example.org" */
  return g_strdup_printf (_ ("%s → %s"), who, peer);
}

char *
rungs_flow_text_parties (RungsTrace *trace, guint flow)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (trace, flow);
  g_autofree char *who = dup_string (trace, info->who);
  g_autofree char *peer = dup_string (trace, info->peer);
  g_autofree char *text = text_for_parties (who, peer);

  if (*text == '\0')
    return g_strdup (_ ("Nobody named"));
  return g_steal_pointer (&text);
}

gboolean
rungs_flow_text_may_say_more (RungsDiagnoser *diagnoser, guint flow)
{
  guint n_messages = rungs_trace_get_flow (rungs_diagnoser_get_trace (diagnoser), flow)->n_messages;
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  if (n_messages > MAX_DIAGNOSED)
    return FALSE;
  diagnosis = rungs_diagnoser_peek (diagnoser, flow);
  return diagnosis == NULL;
}

static char *
text_for_result (RungsDiagnoser *diagnoser, guint flow)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (rungs_diagnoser_get_trace (diagnoser), flow);
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnoser_peek (diagnoser, flow);
  const char *title = diagnosis != NULL ? rungs_diagnosis_get_title (diagnosis) : NULL;

  if (title != NULL && *title != '\0')
    return g_strdup (title);
  return g_strdup (rungs_severity_get_name (rungs_mark_get_severity (info->mark)));
}

char *
rungs_flow_text (RungsDiagnoser *diagnoser, guint flow, RungsFlowColumn column, RungsClock clock)
{
  RungsTrace *trace = rungs_diagnoser_get_trace (diagnoser);
  const RungsFlowInfo *info = rungs_trace_get_flow (trace, flow);

  switch (column)
    {
    case RUNGS_FLOW_COLUMN_TIME:
      {
        guint n_messages;
        const guint32 *messages = rungs_trace_get_flow_messages (trace, flow, &n_messages);

        return n_messages > 0 ? rungs_time_format (trace, messages[0], clock, RUNGS_TIME_ABSOLUTE, 0)
                              : g_strdup ("");
      }
    case RUNGS_FLOW_COLUMN_KIND:
      return g_strdup (rungs_flow_kind_get_name ((RungsFlowKind) info->kind));
    case RUNGS_FLOW_COLUMN_WHO:
      return dup_string (trace, info->who);
    case RUNGS_FLOW_COLUMN_PEER:
      return rungs_flow_text_parties (trace, flow);
    case RUNGS_FLOW_COLUMN_MESSAGES:
      return g_strdup_printf ("%u", info->n_messages);
    case RUNGS_FLOW_COLUMN_DURATION:
      return info->start != RUNGS_TIME_NONE && info->end != RUNGS_TIME_NONE
               ? rungs_time_format_duration (info->end - info->start)
               : g_strdup ("");
    case RUNGS_FLOW_COLUMN_RESULT:
      return text_for_result (diagnoser, flow);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
rungs_flow_column_get_title (RungsFlowColumn column)
{
  static const char *const titles[RUNGS_N_FLOW_COLUMNS] = {
    [RUNGS_FLOW_COLUMN_TIME] = N_ ("Time"),         [RUNGS_FLOW_COLUMN_KIND] = N_ ("Kind"),
    [RUNGS_FLOW_COLUMN_WHO] = N_ ("Who"),           [RUNGS_FLOW_COLUMN_PEER] = N_ ("From → To"),
    [RUNGS_FLOW_COLUMN_MESSAGES] = N_ ("Messages"), [RUNGS_FLOW_COLUMN_DURATION] = N_ ("Duration"),
    [RUNGS_FLOW_COLUMN_RESULT] = N_ ("Result"),
  };

  g_return_val_if_fail (column < RUNGS_N_FLOW_COLUMNS, NULL);
  return _ (titles[column]);
}

const char *
rungs_flow_column_get_id (RungsFlowColumn column)
{
  static const char *const ids[RUNGS_N_FLOW_COLUMNS] = { "time",     "kind",     "who",   "peer",
                                                         "messages", "duration", "result" };

  g_return_val_if_fail (column < RUNGS_N_FLOW_COLUMNS, NULL);
  return ids[column];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The same message in two traces.  See rungs-same-message.h. */

#include "config.h"

#include "rungs-same-message.h"

gboolean
rungs_same_message (const RungsMessageInfo *a, const RungsMessageInfo *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return a->offset == b->offset && a->file == b->file;
}

guint
rungs_same_message_find (RungsTrace *trace, RungsTrace *other, guint message)
{
  const RungsMessageInfo *info;
  const guint32 *messages;
  guint32 call_id, flow;
  guint n_messages;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && RUNGS_IS_TRACE (other), RUNGS_NO_MESSAGE);

  info = rungs_trace_get_message (other, message);
  if (message < rungs_trace_get_n_messages (trace) &&
      rungs_same_message (info, rungs_trace_get_message (trace, message)))
    return message;
  call_id = rungs_trace_get_flow (other, info->flow)->call_id;
  flow =
    call_id != 0 ? rungs_trace_find_flow (trace, rungs_trace_get_string (other, call_id)) : RUNGS_NO_FLOW;
  if (flow == RUNGS_NO_FLOW)
    return RUNGS_NO_MESSAGE;
  messages = rungs_trace_get_flow_messages (trace, flow, &n_messages);
  for (guint i = 0; i < n_messages; i++)
    if (rungs_same_message (info, rungs_trace_get_message (trace, messages[i])))
      return messages[i];
  return RUNGS_NO_MESSAGE;
}

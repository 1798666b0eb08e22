/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about the trace itself: messages that cannot be right, clocks that cannot be right, and packets that it holds twice. */

#include "config.h"

#include "rungs-rules.h"

/* Of one message in two files: what may be the way of the packet, and not the clocks. */
#define CLOCK_DIFFERENCE_MIN (100 * G_TIME_SPAN_MILLISECOND)

/* What a log, a web page or an extension does to a message, and no receiver minds. */
static gboolean
is_harmless (const RungsRemark *remark)
{
  switch (remark->code)
    {
    case RUNGS_REMARK_TRAILING_SPACE:
    case RUNGS_REMARK_BLANK_LINES_DOUBLED:
    case RUNGS_REMARK_QUOTE_TYPOGRAPHIC:
    case RUNGS_REMARK_METHOD_UNKNOWN:
    case RUNGS_REMARK_TRUNCATED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The first remark about the message that is not harmless. */
static void
report_remark (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);
  g_auto (RungsSipMessage) sip = { 0 };
  RungsHit *hit;

  rungs_trace_parse (judge->facts->trace, fact->message, 0, &sip);
  for (guint i = 0; i < sip.n_remarks; i++)
    {
      const RungsRemark *remark = &sip.remarks[i];

      if (is_harmless (remark))
        continue;
      hit = rungs_judge_hit (judge, position);
      hit->proof = rungs_slice_sub (fact->bytes, remark->offset, remark->length);
      rungs_hit_set_remark (hit, "remark", remark);
      return;
    }
}

/* The index pass has seen that something is wrong; what it is is read again. */
static void
malformed (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  if ((fact->info->flags & (RUNGS_MESSAGE_REMARKS | RUNGS_MESSAGE_MALFORMED)) == 0 ||
      (fact->info->flags & (RUNGS_RECORD_TRUNCATED | RUNGS_RECORD_GAP)) != 0)
    return;
  report_remark (judge, position);
}

static void
captured_twice (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);

      if ((copy->info->flags & RUNGS_MESSAGE_DUPLICATE) != 0 && copy->info->file == fact->info->file)
        {
          rungs_judge_hit_once (judge, next - 1);
          return;
        }
    }
}

static void
clock_back (RungsJudge *judge, guint position)
{
  gint64 step =
    rungs_trace_facts_get_clock_step (judge->around, rungs_rules_message (judge, position)->message);

  if (step > 0)
    rungs_hit_set_duration (rungs_judge_hit (judge, position), "step", step);
}

/* The earlier of the two is moved, so that no answer comes before its question. */
static void
set_correction (RungsJudge *judge, RungsHit *hit, const RungsMessageFact *a, const RungsMessageFact *b)
{
  const RungsMessageInfo *early = a->info->time < b->info->time ? a->info : b->info;
  const RungsTraceFile *file = rungs_trace_get_file (judge->facts->trace, early->file);
  gint64 shift = file->shift + ABS (a->info->time - b->info->time);

  rungs_hit_set_text (hit, "file", rungs_slice_from_string (file->name));
  rungs_hit_set_number (hit, "shift", shift / G_TIME_SPAN_MILLISECOND);
}

/* The same message, on the same hop, in two files: the difference of its times is that of the clocks. */
static void
clocks_differ (RungsJudge *judge, guint position)
{
  const RungsMessageFact *fact = rungs_rules_message (judge, position);

  for (guint next = fact->copies; next != 0; next = rungs_rules_message (judge, next - 1)->copies)
    {
      const RungsMessageFact *copy = rungs_rules_message (judge, next - 1);
      gint64 difference = copy->info->time - fact->info->time;
      RungsHit *hit;

      if ((copy->info->flags & RUNGS_MESSAGE_DUPLICATE) == 0 || copy->info->file == fact->info->file ||
          copy->hop != fact->hop || copy->info->time == RUNGS_TIME_NONE ||
          fact->info->time == RUNGS_TIME_NONE || ABS (difference) < CLOCK_DIFFERENCE_MIN)
        continue;
      hit = rungs_judge_hit_once (judge, next - 1);
      if (hit == NULL)
        return;
      rungs_hit_add_evidence (hit, position);
      rungs_hit_set_duration (hit, "difference", ABS (difference));
      set_correction (judge, hit, fact, copy);
      return;
    }
}

const RungsRuleCondition rungs_conditions_capture[] = {
  { "MALFORMED", RUNGS_SCOPE_MESSAGE, malformed },
  { "CAPTURED-TWICE", RUNGS_SCOPE_MESSAGE, captured_twice, .needs = RUNGS_ASPECT_COPIED },
  { "CLOCK-BACK", RUNGS_SCOPE_MESSAGE, clock_back, .needs = RUNGS_ASPECT_CLOCK_STEP },
  { "CLOCKS-DIFFER", RUNGS_SCOPE_MESSAGE, clocks_differ, .needs = RUNGS_ASPECT_COPIED },
  { NULL },
};

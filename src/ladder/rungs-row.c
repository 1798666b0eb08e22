/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in one row.  See rungs-row.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-row.h"
#include "rungs-sip-fields.h"
#include "rungs-step-statement.h"
#include "rungs-text.h"
#include "rungs-time.h"

#define MAX_COMMENT 200 /* characters */

void
rungs_row_clear (RungsRow *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->number);
  g_free (self->time);
  g_free (self->label);
  g_free (self->badge);
  g_free (self->comment);
  g_free (self->signature);
  g_free (self->repeats);
  g_free (self->caption);
  g_strfreev (self->lines);
  *self = RUNGS_ROW_INIT;
}

static RungsStyle
get_response_style (const RungsMessageInfo *info, RungsSeverity severity)
{
  if (info->flags & RUNGS_MESSAGE_RETRANSMISSION)
    return RUNGS_STYLE_RETRANSMITTED_RESPONSE;
  if (severity == RUNGS_SEVERITY_ERROR)
    return RUNGS_STYLE_FAILURE;
  if (info->status < 200)
    return RUNGS_STYLE_PROVISIONAL;
  if (info->status < 300)
    return RUNGS_STYLE_SUCCESS;
  if (severity == RUNGS_SEVERITY_EXPECTED)
    return RUNGS_STYLE_EXPECTED;
  return info->status < 400 ? RUNGS_STYLE_REDIRECT : RUNGS_STYLE_RESPONSE;
}

static RungsSeverity
get_accent (RungsStyle style, RungsSeverity severity)
{
  switch (style)
    {
    case RUNGS_STYLE_SUCCESS:
      return RUNGS_SEVERITY_GOOD;
    case RUNGS_STYLE_EXPECTED:
      return RUNGS_SEVERITY_EXPECTED;
    case RUNGS_STYLE_FAILURE:
      return RUNGS_SEVERITY_ERROR;
    case RUNGS_STYLE_REQUEST:
      return severity == RUNGS_SEVERITY_ERROR ? RUNGS_SEVERITY_ERROR : RUNGS_SEVERITY_NONE;
    default:
      return RUNGS_SEVERITY_NONE;
    }
}

/* Between an edge and the pool behind it, a login is passed on message by message; only 100 Trying is the edge's own (RFC
 * 3261, 16.2). */
static void
find_hidden_hop (RungsRow *self, RungsTrace *trace, const RungsMessageInfo *info, RungsLanes *lanes)
{
  int ghost = rungs_lanes_get_ghost (lanes);

  if (ghost < 0 || info->flow == RUNGS_NO_FLOW || info->status == 100 ||
      (info->flags & (RUNGS_MESSAGE_RETRANSMISSION | RUNGS_MESSAGE_DUPLICATE)) != 0 ||
      rungs_trace_get_flow (trace, info->flow)->kind != RUNGS_FLOW_REGISTRATION)
    return;
  if (rungs_lanes_get_lane (lanes, self->destination)->role == RUNGS_ROLE_EDGE)
    {
      self->hidden_source = self->destination;
      self->hidden_destination = (guint) ghost;
    }
  else if (rungs_lanes_get_lane (lanes, self->source)->role == RUNGS_ROLE_EDGE)
    {
      self->hidden_source = (guint) ghost;
      self->hidden_destination = self->source;
    }
}

/* Where something is wrong, that is said first, and what the message does is left to the inspector; that something only looks
 * like a fault is the caption's own first word. */
static char *
make_caption (const RungsStatement *statement)
{
  if (statement->finding != NULL &&
      (statement->severity == RUNGS_SEVERITY_WARNING || statement->severity == RUNGS_SEVERITY_ERROR))
    /* Translators: a verdict ("Warning", "Problem"), then the sentence that explains it. */
    return g_strdup_printf (_ ("%1$s. %2$s"),
                            rungs_severity_get_name (statement->severity),
                            statement->finding->explanation);
  return g_strdup (statement->caption);
}

static void
say (RungsRow *self, const RungsStatement *statement)
{
  self->severity = statement->severity;
  self->label = g_strdup (statement->label);
  self->badge = g_strdup (statement->badge);
  self->caption = make_caption (statement);
  if (statement->repeats > 0)
    self->repeats = g_strdup_printf ("↻%u", statement->repeats);
}

/* What can be said before the flow is diagnosed: the message's own words, and the verdict that its mark holds. */
static void
say_at_once (RungsRow *self, RungsTrace *trace, guint message)
{
  g_auto (RungsSipMessage) sip = { 0 };

  rungs_trace_parse (trace, message, 0, &sip);
  self->severity = rungs_mark_get_severity (rungs_trace_get_message (trace, message)->mark);
  self->label = rungs_sip_message_to_short_line (&sip);
  self->caption = g_strdup ("");
}

static void
set_comment (RungsRow *self, RungsSlice comment)
{
  if (comment.length > 0)
    self->comment = rungs_text_display_max (comment, MAX_COMMENT);
}

/* Its sign tells it apart without a colour. */
static void
set_signature (RungsRow *self, const RungsSignatureCheck *check)
{
  switch (check != NULL ? (RungsSignatureState) check->state : RUNGS_SIGNATURE_NONE)
    {
    case RUNGS_SIGNATURE_RIGHT:
      /* Translators: a badge: the signature of the message was checked, and is right */
      self->signature = g_strdup (_ ("signature ✓"));
      self->proof = RUNGS_SEVERITY_GOOD;
      break;
    case RUNGS_SIGNATURE_WRONG:
      self->signature = g_strdup (_ ("signature wrong ✗"));
      self->proof = RUNGS_SEVERITY_ERROR;
      break;
    case RUNGS_SIGNATURE_UNCHECKED:
      /* Translators: a badge: the signature of the message could not be checked */
      self->signature = g_strdup (_ ("signature ?"));
      self->proof = RUNGS_SEVERITY_NONE;
      break;
    case RUNGS_SIGNATURE_NONE:
    default:
      break;
    }
}

void
rungs_row_set_message (
  RungsRow *self, RungsTrace *trace, RungsDiagnosis *diagnosis, RungsLanes *lanes, guint message)
{
  const RungsMessageInfo *info;
  gboolean again;

  g_return_if_fail (self != NULL && lanes != NULL);

  info = rungs_trace_get_message (trace, message);
  g_return_if_fail (info != NULL);

  self->kind = RUNGS_RUNG_MESSAGE;
  self->message = message;
  self->response = info->status > 0;
  again = (info->flags & RUNGS_MESSAGE_RETRANSMISSION) != 0;
  if (diagnosis != NULL)
    say (self, rungs_diagnosis_get_statement (diagnosis, message));
  else
    say_at_once (self, trace, message);
  if (self->response)
    self->style = get_response_style (info, self->severity);
  else
    self->style = again ? RUNGS_STYLE_RETRANSMISSION : RUNGS_STYLE_REQUEST;
  self->accent = get_accent (self->style, self->severity);
  if (self->style == RUNGS_STYLE_SUCCESS && self->severity != RUNGS_SEVERITY_WARNING)
    self->severity = RUNGS_SEVERITY_GOOD;
  rungs_lanes_get_ends (lanes, message, &self->source, &self->destination);
  find_hidden_hop (self, trace, info, lanes);
  set_signature (self, rungs_trace_get_signature_check (trace, message));
  set_comment (self, rungs_trace_get_comment (trace, message));
  if (again && self->repeats == NULL)
    self->repeats = g_strdup ("↻");
}

/* A request is solid and an answer dashed, as in SIP; what is not in the trace is dotted. */
static RungsStyle
get_step_style (const RungsStepStatement *statement, const RungsTicketStep *step, gboolean request)
{
  if (step->kind != RUNGS_TICKET_KERBEROS)
    return RUNGS_STYLE_INFERRED;
  if (request)
    return RUNGS_STYLE_REQUEST;
  if (statement->granted)
    return RUNGS_STYLE_SUCCESS;
  if (statement->severity == RUNGS_SEVERITY_EXPECTED)
    return RUNGS_STYLE_EXPECTED;
  return statement->severity == RUNGS_SEVERITY_ERROR ? RUNGS_STYLE_FAILURE : RUNGS_STYLE_RESPONSE;
}

void
rungs_row_set_step (RungsRow *self, RungsTrace *trace, RungsLanes *lanes, const RungsTicketStep *step)
{
  g_auto (RungsStepStatement) statement = { 0 };
  gboolean request;

  g_return_if_fail (self != NULL && lanes != NULL && step != NULL);

  rungs_step_statement_init (&statement, trace, step);
  request = rungs_ticket_step_is_request (step, trace);
  self->kind = step->kind == RUNGS_TICKET_KERBEROS ? RUNGS_RUNG_KERBEROS : RUNGS_RUNG_HIDDEN;
  self->message = RUNGS_NO_MESSAGE;
  self->response = !request;
  self->severity = statement.severity;
  self->style = get_step_style (&statement, step, request);
  self->accent = get_accent (self->style, self->severity);
  if (statement.granted && self->severity < RUNGS_SEVERITY_WARNING)
    self->severity = RUNGS_SEVERITY_GOOD;
  rungs_lanes_get_step_ends (lanes, step, &self->source, &self->destination);
  self->label = g_steal_pointer (&statement.label);
  self->caption = g_steal_pointer (&statement.caption);
  if (self->kind == RUNGS_RUNG_HIDDEN)
    self->badge = g_strdup (_ ("not in this trace"));
  else if (rungs_trace_get_kerberos (trace, step->kerberos)->repeated)
    self->repeats = g_strdup ("↻");
}

void
rungs_row_set_summary (RungsRow *self, RungsTrace *trace, RungsDiagnosis *diagnosis, guint flow)
{
  g_return_if_fail (self != NULL && RUNGS_IS_TRACE (trace));

  self->kind = RUNGS_RUNG_SUMMARY;
  self->message = RUNGS_NO_MESSAGE;
  self->severity = diagnosis != NULL ? rungs_diagnosis_get_severity (diagnosis)
                                     : rungs_mark_get_severity (rungs_trace_get_flow (trace, flow)->mark);
  self->accent = self->severity;
  self->label = g_strdup (diagnosis != NULL ? rungs_diagnosis_get_title (diagnosis) : _ ("A long flow"));
  self->caption = g_strdup (diagnosis != NULL ? rungs_diagnosis_get_summary (diagnosis)
                                              : _ ("Rungs is still working out what its messages mean."));
}

void
rungs_row_set_gap (RungsRow *self, guint message, gint64 duration)
{
  g_autofree char *wait = rungs_time_format_duration (duration);

  g_return_if_fail (self != NULL);

  self->kind = RUNGS_RUNG_GAP;
  self->message = message;
  /* Translators: a wait between two messages; %s is a duration such as "13 s". */
  self->label = g_strdup_printf (_ ("%s later"), wait);
  self->caption = g_strdup ("");
}

void
rungs_row_set_note (RungsRow *self, RungsLogLines *log_lines, guint message)
{
  guint n_lines;

  g_return_if_fail (self != NULL && log_lines != NULL);

  self->kind = RUNGS_RUNG_NOTE;
  self->message = message;
  self->lines = rungs_log_lines_get (log_lines, message, RUNGS_ROW_NOTE_LINES, &n_lines);
  /* Translators: lines of the log that stand between two messages */
  self->label = g_strdup_printf (ngettext ("%u log line", "%u log lines", n_lines), n_lines);
  self->caption = g_strdup ("");
}

static char *
describe_note (const RungsRow *self)
{
  g_autofree char *lines = g_strjoinv ("; ", self->lines);

  /* Translators: "3 log lines: …" */
  return g_strdup_printf (_ ("%1$s: %2$s"), self->label, lines);
}

void
rungs_row_set_fold (RungsRow *self, const RungsFold *fold, guint message, guint last, gint64 duration)
{
  g_autofree char *span = duration >= 0 ? rungs_time_format_duration (duration) : NULL;

  g_return_if_fail (self != NULL && fold != NULL);

  self->kind = RUNGS_RUNG_FOLD;
  self->message = message;
  self->last = last;
  self->open = fold->open;
  self->style = RUNGS_STYLE_RESPONSE;
  self->severity = fold->severity;
  self->label = rungs_fold_describe (fold);
  if (span != NULL)
    /* Translators: %1$u and %2$u are numbers of messages, %3$s is a duration such as "13 s". */
    self->caption = g_strdup_printf (_ ("Messages %1$u to %2$u, in %3$s."), message + 1, last + 1, span);
  else
    self->caption = g_strdup_printf (_ ("Messages %1$u to %2$u."), message + 1, last + 1);
}

/* As a screen reader says it: what it holds, whether that is to be seen, where it stands. */
static char *
describe_fold (const RungsRow *self)
{
  const char *state = self->open ? _ ("opened") : _ ("folded");

  if (self->severity == RUNGS_SEVERITY_NONE)
    /* Translators: "authentication, 2 round trips, folded. Messages 1 to 4, in 84 ms." */
    return g_strdup_printf (_ ("%1$s, %2$s. %3$s"), self->label, state, self->caption);
  /* Translators: the same, with the worst verdict at the end. */
  return g_strdup_printf (_ ("%1$s, %2$s. %3$s %4$s."),
                          self->label,
                          state,
                          self->caption,
                          rungs_severity_get_name (self->severity));
}

static char *
describe_hidden_hop (const RungsRow *self, RungsLanes *lanes)
{
  if (self->hidden_source == RUNGS_NO_LANE)
    return g_strdup ("");
  /* Translators: %1$s and %2$s are participants: "Access Edge", "Home pool". */
  return g_strdup_printf (_ ("Passed on from %1$s to %2$s, not in this trace."),
                          rungs_lane_get_role_name (rungs_lanes_get_lane (lanes, self->hidden_source)),
                          rungs_lane_get_role_name (rungs_lanes_get_lane (lanes, self->hidden_destination)));
}

static char *
describe_message (const RungsRow *self, RungsLanes *lanes)
{
  const RungsLane *source = rungs_lanes_get_lane (lanes, self->source);
  const RungsLane *destination = rungs_lanes_get_lane (lanes, self->destination);
  const char *from = source->role == RUNGS_ROLE_HOST ? source->name : rungs_lane_get_role_name (source);
  const char *to =
    destination->role == RUNGS_ROLE_HOST ? destination->name : rungs_lane_get_role_name (destination);
  g_autofree char *hidden = describe_hidden_hop (self, lanes);
  g_autofree char *start = NULL;
  GString *words;

  if (self->time[0] != '\0')
    /* Translators: number, time, source, destination, start line: "Message 2, 09:14:02.129, Access Edge to Client: 401
     * Unauthorized." */
    start = g_strdup_printf (_ ("Message %1$s, %2$s, %3$s to %4$s: %5$s."),
                             self->number,
                             self->time,
                             from,
                             to,
                             self->label);
  else
    start = g_strdup_printf (_ ("Message %1$s, %2$s to %3$s: %4$s."), self->number, from, to, self->label);
  words = g_string_new (start);
  if (self->badge != NULL)
    g_string_append_printf (words, " %s.", self->badge);
  if (self->signature != NULL)
    g_string_append_printf (words, " %s.", self->signature);
  if (self->caption[0] != '\0')
    g_string_append_printf (words, " %s", self->caption);
  if (self->comment != NULL)
    {
      g_autofree char *comment = g_strdup_printf (_ ("Comment in the capture: %s"), self->comment);

      g_string_append_printf (words, " %s", comment);
    }
  if (hidden[0] != '\0')
    g_string_append_printf (words, " %s", hidden);
  return g_string_free (words, FALSE);
}

static const char *
get_lane_name (RungsLanes *lanes, guint lane)
{
  const RungsLane *host = rungs_lanes_get_lane (lanes, lane);

  return host->role == RUNGS_ROLE_HOST ? host->name : rungs_lane_get_role_name (host);
}

static char *
describe_step (const RungsRow *self, RungsLanes *lanes)
{
  g_autofree char *start = NULL;

  if (self->time[0] != '\0')
    /* Translators: time, source, destination, name: "Kerberos, 09:14:02.129, Client to KDC: TGS-REQ sip/pool01.contoso.example." */
    start = g_strdup_printf (_ ("Kerberos, %1$s, %2$s to %3$s: %4$s."),
                             self->time,
                             get_lane_name (lanes, self->source),
                             get_lane_name (lanes, self->destination),
                             self->label);
  else
    start = g_strdup_printf (_ ("%1$s to %2$s: %3$s."),
                             get_lane_name (lanes, self->source),
                             get_lane_name (lanes, self->destination),
                             self->label);
  return self->badge != NULL ? g_strdup_printf ("%s %s. %s", start, self->badge, self->caption)
                             : g_strdup_printf ("%s %s", start, self->caption);
}

char *
rungs_row_describe (const RungsRow *self, RungsLanes *lanes)
{
  g_return_val_if_fail (self != NULL && lanes != NULL, NULL);

  switch (self->kind)
    {
    case RUNGS_RUNG_MESSAGE:
      return describe_message (self, lanes);
    case RUNGS_RUNG_SUMMARY:
      if (self->severity == RUNGS_SEVERITY_NONE)
        return g_strdup_printf ("%s. %s", self->label, self->caption);
      return g_strdup_printf ("%s. %s. %s",
                              rungs_severity_get_name (self->severity),
                              self->label,
                              self->caption);
    case RUNGS_RUNG_KERBEROS:
    case RUNGS_RUNG_HIDDEN:
      return describe_step (self, lanes);
    case RUNGS_RUNG_NOTE:
      return describe_note (self);
    case RUNGS_RUNG_FOLD:
      return describe_fold (self);
    case RUNGS_RUNG_GAP:
    default:
      return g_strdup (self->label);
    }
}

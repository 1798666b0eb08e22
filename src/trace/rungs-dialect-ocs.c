/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Server logs of LCS, OCS, Lync and Skype for Business (OCSLogger, CLSLogger).
 *
 * A record stands between "$$begin_record" at the end of a line and a line "$$end_record"; what makes it a message is
 * "Start-Line:", whatever function wrote it.  The server has written the headers anew, one a line, and the body behind
 * "Message-Body:" (RUNGS_RECORD_BODY_LABEL).  The log says the peer's address but not its own; its host is known only
 * where the line's origin names a machine (CLSLogger: [POOL\MACHINE]).  Records of the tracing system are cut at
 * 64 KiB: a new line of the log ends one too. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"
#include "rungs-text-head.h"
#include "rungs-text-hint.h"

#define BEGIN_MARK RUNGS_SLICE_LITERAL ("$$begin_record")
#define END_MARK   RUNGS_SLICE_LITERAL ("$$end_record")

/* What stands between $$begin_record and the start line. */
typedef struct
{
  RungsSlice direction;
  RungsSlice peer;
} Preamble;

static gboolean
is_log_line (RungsSlice line)
{
  gsize i = 3;

  if (!rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("TL_")))
    return FALSE;
  while (i < line.length && g_ascii_isupper (line.data[i]))
    i++;
  return i > 3 && i < line.length && line.data[i] == '(';
}

static gboolean
begins_record (RungsSlice line)
{
  RungsSlice trimmed = rungs_slice_trim (line);

  return trimmed.length >= BEGIN_MARK.length &&
         rungs_slice_equal (rungs_slice_skip (trimmed, trimmed.length - BEGIN_MARK.length), BEGIN_MARK);
}

static gboolean
ends_record (RungsSlice line)
{
  return line.length > 0 && line.data[0] == '$' && rungs_slice_starts_with (line, END_MARK);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  return is_log_line (line) || ends_record (line) || begins_record (line);
}

/* "TL_INFO(TF_PROTOCOL) [0]06E4.0EB4::01/18/2012-05:00:43.101.00005386 (…", or a line that begins with its time. */
static gint64
read_time (RungsSlice line)
{
  gssize bracket = rungs_slice_find_char (line, 0, ']');
  gssize colons;

  if (!is_log_line (line))
    return rungs_stamp_parse_american (line, '-');
  colons = bracket >= 0 ? rungs_slice_find (line, bracket, RUNGS_SLICE_LITERAL ("::")) : -1;
  return colons >= 0 ? rungs_stamp_parse_american (rungs_slice_skip (line, colons + 2), '-')
                     : RUNGS_TIME_NONE;
}

/* "[pool\machine]" → "machine"; "[0]", the number of a processor, → "". */
static RungsSlice
read_machine (RungsSlice line)
{
  gssize open = rungs_slice_find_char (line, 0, '[');
  gssize close = open >= 0 ? rungs_slice_find_char (line, open, ']') : -1;
  RungsSlice origin;
  gssize backslash;

  if (close < 0 || !is_log_line (line))
    return RUNGS_SLICE_EMPTY;
  origin = rungs_slice_sub (line, open + 1, close - open - 1);
  backslash = rungs_slice_find_char (origin, 0, '\\');
  return backslash >= 0 ? rungs_slice_skip (origin, backslash + 1) : RUNGS_SLICE_EMPTY;
}

static void
read_preamble (Preamble *self, RungsSlice line)
{
  gssize colon = rungs_slice_find_char (line, 0, ':');
  RungsSlice name = rungs_slice_sub (line, 0, MAX (colon, 0));
  RungsSlice value = rungs_slice_trim (rungs_slice_skip (line, name.length + 1));

  if (rungs_slice_equal_string (name, "Direction"))
    {
      gssize semicolon = rungs_slice_find_char (value, 0, ';');

      self->direction = semicolon >= 0 ? rungs_slice_trim (rungs_slice_sub (value, 0, semicolon)) : value;
    }
  else if (rungs_slice_equal_string (name, "Peer"))
    self->peer = value;
}

static void
set_addresses (RungsRecord *record, const Preamble *preamble, RungsSlice machine)
{
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL, .name = machine };
  RungsAddress peer = { 0 };

  rungs_address_parse (&peer, preamble->peer);
  if (rungs_slice_case_equal_string (preamble->direction, "incoming"))
    record->direction = RUNGS_DIRECTION_IN;
  else if (rungs_slice_case_equal_string (preamble->direction, "outgoing"))
    record->direction = RUNGS_DIRECTION_OUT;
  if (record->direction == RUNGS_DIRECTION_UNKNOWN)
    return;
  record->source = record->direction == RUNGS_DIRECTION_IN ? peer : local;
  record->destination = record->direction == RUNGS_DIRECTION_IN ? local : peer;
}

/* From the start line on: finds the end of the record, and the top Via on the way. Returns: the offset behind it */
static gsize
read_message (RungsTextWalk *walk, gsize offset, RungsRecord *record)
{
  RungsTextHead head = { 0 };
  gsize begin = record->offset;
  gsize end = offset;
  gsize next = offset;
  RungsSlice line;

  record->flags |= RUNGS_RECORD_TRUNCATED;
  while (rungs_text_walk_next (walk, &next, &line))
    {
      if (ends_record (line))
        {
          record->flags &= ~(guint32) RUNGS_RECORD_TRUNCATED;
          offset = next;
          break;
        }
      if (line.length > 0 &&
          (line.data[0] == 'T' ? is_log_line (line) : g_ascii_isdigit (line.data[0]) && begins_record (line)))
        break;
      rungs_text_head_add_line (&head, line);
      offset = end = next;
    }
  /* The line end before $$end_record is the log's own. */
  record->bytes = rungs_text_walk_range (walk, begin, end);
  if (record->bytes.length > 0 && record->bytes.data[record->bytes.length - 1] == walk->newline)
    record->bytes.length--;
  if (record->bytes.length > 0 && record->bytes.data[record->bytes.length - 1] == '\r')
    record->bytes.length--;
  record->transport = head.transport;
  return offset;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  static const char key[] = "Start-Line:";
  RungsRecord record = { .flags = RUNGS_RECORD_LOG | RUNGS_RECORD_BODY_LABEL | RUNGS_RECORD_ZONE_UNKNOWN };
  Preamble preamble = { 0 };
  RungsSlice first = line;
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  while (begins_record (first) && rungs_text_walk_next (walk, &next, &line))
    {
      if (rungs_slice_starts_with (line, rungs_slice_from_string (key)))
        {
          RungsSlice start_line = rungs_slice_skip (line, strlen (key));

          while (start_line.length > 0 && start_line.data[0] == ' ')
            start_line = rungs_slice_skip (start_line, 1);
          record.offset = (gsize) (start_line.data - walk->bytes.data);
          record.time = read_time (first);
          if (preamble.peer.length == 0)
            rungs_text_hint_read (first, &record);
          if (record.source.kind == RUNGS_ADDRESS_NONE && record.destination.kind == RUNGS_ADDRESS_NONE)
            set_addresses (&record, &preamble, read_machine (first));
          next = read_message (walk, next, &record);
          if (record.bytes.length == 0)
            {
              rungs_text_walk_unread (walk, next, RUNGS_UNREAD_CUT_SHORT);
              return next;
            }
          rungs_text_walk_record (walk, &record);
          rungs_text_walk_read (walk, next);
          return next;
        }
      if (is_log_line (line) || begins_record (line))
        {
          next = (gsize) (line.data - walk->bytes.data);
          break;
        }
      if (ends_record (line))
        break;
      read_preamble (&preamble, line);
    }
  rungs_text_walk_unread (walk, next, RUNGS_UNREAD_LOG_LINE);
  return next;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "$$begin_record", "$$end_record", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_ocs = {
  .reader = { "ocs", N_ ("OCS or Lync server log"), probe, rungs_dialect_read },
  .first_bytes = "T$0123456789",
  .claims = claims,
  .parse = parse,
};

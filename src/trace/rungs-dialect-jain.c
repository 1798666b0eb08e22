/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Traces of the JAIN-SIP stack (Jitsi, Restcomm and other programs in Java): an element for each message.
 *
 *   <message
 *   from="192.0.2.1:5060"
 *   to="198.51.100.7:5060"
 *   time="1769860800123"
 *   isSender="true"
 *   …
 *   firstLine="OPTIONS sip:bob@example.net SIP/2.0"
 *   >
 *   <![CDATA[OPTIONS sip:bob@example.net SIP/2.0
 *   Via: …
 *   ]]>
 *   </message> */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-stamp.h"

#define DATA "<![CDATA["

/* How many attributes there may be, each on a line of its own. */
#define MAX_ATTRIBUTES 16

static void
read_attribute (RungsSlice line, RungsTextFrame *frame)
{
  RungsSlice name = rungs_slice_trim (rungs_text_frame_between (line, "", "="));
  RungsSlice value = rungs_text_frame_between (line, "=\"", "\"");
  RungsRecord *record = &frame->record;
  gint64 time;
  guint32 flags;

  if (rungs_slice_equal_string (name, "from"))
    rungs_address_parse (&record->source, value);
  else if (rungs_slice_equal_string (name, "to"))
    rungs_address_parse (&record->destination, value);
  else if (rungs_slice_equal_string (name, "isSender"))
    record->direction = rungs_slice_equal_string (value, "true") ? RUNGS_DIRECTION_OUT : RUNGS_DIRECTION_IN;
  else if (rungs_slice_equal_string (name, "time") && rungs_stamp_parse_prefix (value, &time, &flags) > 0)
    {
      record->time = time;
      record->flags |= flags;
    }
}

static gboolean
read_frame (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  gsize next = frame->next;
  RungsSlice line;

  if (rungs_slice_equal_string (text, "]]>") || rungs_slice_equal_string (text, "</message>"))
    {
      frame->kind = RUNGS_TEXT_FRAME_END;
      return TRUE;
    }
  if (!rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("<message")))
    return FALSE;
  read_attribute (rungs_slice_skip (text, strlen ("<message")), frame);
  for (guint i = 0; i < MAX_ATTRIBUTES && rungs_text_walk_next (walk, &next, &line); i++)
    {
      if (rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL (DATA)))
        {
          frame->next = (gsize) (line.data - walk->bytes.data) + strlen (DATA);
          frame->kind = RUNGS_TEXT_FRAME_MESSAGE;
          return TRUE;
        }
      read_attribute (line, frame);
    }
  return FALSE;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "isSender=\"", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_jain = {
  .reader = { "jain", N_ ("Trace of JAIN-SIP (Jitsi and others)"), probe, rungs_dialect_read },
  .frame_bytes = "<]",
  .read_frame = read_frame,
};

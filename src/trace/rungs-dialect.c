/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The table of text formats.  See rungs-dialect.h. */

#include "config.h"

#include "rungs-dialect.h"

/* Bare SIP comes last: a log's own framing knows more. */
static const RungsDialect *const dialects[] = {
  &rungs_dialect_ocs,      &rungs_dialect_uccapi,       &rungs_dialect_sipe,
  &rungs_dialect_asterisk, &rungs_dialect_sofia,        &rungs_dialect_pjsip,
  &rungs_dialect_sipdump,  &rungs_dialect_sipp,         &rungs_dialect_sipp_short,
  &rungs_dialect_ngrep,    &rungs_dialect_ngrep_folded, &rungs_dialect_belle_sip,
  &rungs_dialect_cisco,    &rungs_dialect_acme,         &rungs_dialect_baresip,
  &rungs_dialect_twinkle,  &rungs_dialect_expressway,   &rungs_dialect_tcpdump,
  &rungs_dialect_hex_dump, &rungs_dialect_jain,         &rungs_dialect_dissection,
  &rungs_dialect_json,     &rungs_dialect_follow,       &rungs_dialect_syslog,
  &rungs_dialect_log,      &rungs_dialect_plain,        NULL,
};

const RungsDialect *const *
rungs_dialects_list (void)
{
  return dialects;
}

gsize
rungs_dialects_count (void)
{
  return G_N_ELEMENTS (dialects) - 1;
}

int
rungs_dialect_probe_marks (RungsSlice head, const char *const *marks)
{
  int count = 0;

  for (gsize i = 0; marks[i] != NULL; i++)
    {
      RungsSlice mark = rungs_slice_from_string (marks[i]);
      gssize at = rungs_slice_find (head, 0, mark);

      while (at >= 0 && count < 40)
        {
          count++;
          at = rungs_slice_find (head, (gsize) at + mark.length, mark);
        }
    }
  return count > 0 ? 50 + count : 0;
}

gboolean
rungs_dialect_read (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  rungs_text_walk_run (bytes, arena, sink);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines that frame a message.  See rungs-text-frame.h. */

#include "config.h"

#include "rungs-dialect.h"
#include "rungs-text-frame.h"

/* A bit for each dialect whose frames can begin with the byte. */
static const guint32 *
get_first_bytes (void)
{
  static guint32 table[256];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      const RungsDialect *const *dialects = rungs_dialects_list ();

      for (gsize i = 0; dialects[i] != NULL; i++)
        if (dialects[i]->read_frame != NULL)
          for (const char *p = dialects[i]->frame_bytes; *p != '\0'; p++)
            table[(guchar) *p] |= 1u << i;
      g_once_init_leave (&ready, 1);
    }
  return table;
}

void
rungs_text_frame_set_peer (RungsTextFrame *self, RungsDirection direction, RungsSlice peer)
{
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL };
  RungsAddress remote = { 0 };

  rungs_address_parse (&remote, rungs_slice_trim (peer));
  self->record.direction = direction;
  self->record.source = direction == RUNGS_DIRECTION_IN ? remote : local;
  self->record.destination = direction == RUNGS_DIRECTION_IN ? local : remote;
}

void
rungs_text_frame_set_ends (RungsTextFrame *self,
                           RungsDirection direction,
                           RungsSlice source,
                           RungsSlice destination)
{
  self->record.direction = direction;
  rungs_address_parse (&self->record.source, rungs_slice_trim (source));
  rungs_address_parse (&self->record.destination, rungs_slice_trim (destination));
}

void
rungs_text_frame_set_transport (RungsTextFrame *self, RungsSlice name)
{
  self->record.transport = rungs_transport_lookup (name);
}

void
rungs_text_frame_set_connection (RungsTextFrame *self, RungsSlice name)
{
  guint64 hash = rungs_slice_hash (name, 0);

  self->record.connection = MAX ((guint32) (hash ^ hash >> 32), 1);
}

RungsSlice
rungs_text_frame_between (RungsSlice text, const char *before, const char *after)
{
  RungsSlice mark = rungs_slice_from_string (before);
  RungsSlice end_mark = rungs_slice_from_string (after);
  gssize start = mark.length > 0 ? rungs_slice_find (text, 0, mark) : 0;
  RungsSlice rest;
  gssize end;

  if (start < 0)
    return RUNGS_SLICE_EMPTY;
  rest = rungs_slice_skip (text, (gsize) start + mark.length);
  end = end_mark.length > 0 ? rungs_slice_find (rest, 0, end_mark) : (gssize) rest.length;
  return end >= 0 ? rungs_slice_sub (rest, 0, (gsize) end) : RUNGS_SLICE_EMPTY;
}

gboolean
rungs_text_frame_read (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame)
{
  const RungsDialect *const *dialects = rungs_dialects_list ();
  guint32 candidates = text.length > 0 ? get_first_bytes ()[(guchar) text.data[0]] : 0;

  for (; candidates != 0; candidates &= candidates - 1)
    if (dialects[__builtin_ctz (candidates)]->read_frame (walk, text, frame))
      return TRUE;
  return FALSE;
}

gboolean
rungs_text_frame_is_at (RungsTextWalk *walk, gsize offset, RungsSlice text)
{
  RungsTextFrame frame = { .next = offset };
  RungsSlice line;

  rungs_text_walk_next (walk, &frame.next, &line);
  return rungs_text_frame_read (walk, text, &frame);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Lines of a message: which kind of line end it has, and the rare kind.  See rungs-sip-parse.h. */

#include "config.h"

#include "rungs-sip-parse.h"

RungsSipLines
rungs_sip_lines_begin (RungsSlice text)
{
  const char *newline = text.length > 0 ? memchr (text.data, '\n', text.length) : NULL;
  const char *end = newline != NULL ? newline : rungs_slice_end (text);
  const char *carriage = text.length > 0 ? memchr (text.data, '\r', end - text.data) : NULL;
  RungsSipLines self = { .rest = text };

  if (carriage != NULL)
    while (carriage < end && *carriage == '\r')
      carriage++;
  self.carriage_ends = carriage != NULL && carriage != newline;
  return self;
}

gboolean
rungs_sip_lines_next_carriage (RungsSipLines *self, RungsSlice *line)
{
  const char *start = self->rest.data;
  const char *end = start + self->rest.length;
  const char *carriage, *line_end;

  g_assert (self->carriage_ends);

  if (self->rest.length == 0)
    return FALSE;
  /* Kept from line to line: to look for a far line feed for each line again would take quadratic time. */
  if (self->newline == NULL || self->newline < start)
    {
      self->newline = memchr (start, '\n', end - start);
      if (self->newline == NULL)
        self->newline = end;
    }
  carriage = memchr (start, '\r', self->newline - start);
  line_end = carriage != NULL ? carriage : self->newline;
  *line = rungs_slice (start, line_end - start);
  if (line_end < end)
    line_end += carriage != NULL && carriage + 1 == self->newline && carriage + 1 < end ? 2 : 1;
  self->rest = rungs_slice (line_end, end - line_end);
  return TRUE;
}

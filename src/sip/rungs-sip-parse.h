/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of the parser: what the files of this floor share, and nobody else includes.
 *
 * Lines of a message differ from lines of a text: a run of carriage returns before a line feed is one line end
 * (CRCRLF, as logs written twice through a text mode have it).  Each byte is looked at a fixed number of times even
 * where only one of the two characters occurs, because the place of the next line feed is kept. */

#pragma once

#include "rungs-sip-frame.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSlice rest;
  const char *newline; /* the next line feed at or behind rest; the end where there is none; NULL: not looked for */
} RungsSipLines;

static inline void
rungs_sip_lines_init (RungsSipLines *self,
                      RungsSlice text)
{
  self->rest = text;
  self->newline = NULL;
}

/* The next line without its end. Returns: FALSE when nothing is left */
static inline gboolean
rungs_sip_lines_next (RungsSipLines *self,
                      RungsSlice *line)
{
  const char *start = self->rest.data;
  const char *end = start + self->rest.length;
  const char *next, *carriage;

  if (self->rest.length == 0)
    return FALSE;
  if (self->newline == NULL || self->newline < start)
    {
      self->newline = memchr (start, '\n', end - start);
      if (self->newline == NULL)
        self->newline = end;
    }
  carriage = memchr (start, '\r', self->newline - start);
  if (G_LIKELY (carriage == NULL || carriage + 1 == self->newline))
    {
      *line = rungs_slice (start, (carriage != NULL ? carriage : self->newline) - start);
      next = self->newline < end ? self->newline + 1 : end;
    }
  else
    {
      *line = rungs_slice (start, carriage - start);
      for (next = carriage; next < end && *next == '\r'; next++)
        ;
      next = next < end && *next == '\n' ? next + 1 : carriage + 1;
    }
  self->rest = rungs_slice (next, end - next);
  return TRUE;
}

/* What stands behind a byte order mark and leading line ends. */
RungsSlice rungs_sip_skip_blank_start (RungsSlice       bytes);

/* Whether @text is a token of RFC 3261, 25.1, at least one byte long. */
gboolean   rungs_sip_is_token         (RungsSlice       text);
gboolean   rungs_sip_is_token_char    (char             c);
gsize      rungs_sip_count_digits     (RungsSlice       text);

/* Fills in kind, method, status and so on from @line; rungs-sip-start-line.c. */
void       rungs_sip_start_line_parse (RungsSipMessage *message,
                                       RungsSlice       line);

/* The line "Message-Body:" that server logs write in place of the blank line; rungs-sip-body.c. */
#define RUNGS_SIP_BODY_LABEL_LENGTH (sizeof "Message-Body:" - 1)
gboolean   rungs_sip_is_body_label    (RungsSlice       line);
gboolean   rungs_sip_has_body_label   (RungsSlice       text);

/* Decides how many of the bytes behind the head are the body; rungs-sip-body.c. */
void       rungs_sip_body_parse       (RungsSipMessage *message,
                                       RungsSlice       rest,
                                       gboolean         head_ended);

/* Looks into the values and adds remarks; rungs-sip-check.c. */
void       rungs_sip_check            (RungsSipMessage *message);

G_END_DECLS

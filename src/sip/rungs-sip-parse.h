/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of the parser: what the files of this floor share, and nobody else includes.
 *
 * Lines of a message differ from lines of a text: the first line decides what ends them.  Where it is a line feed,
 * carriage returns before it belong to the line end, any number of them (CRCRLF, as logs written twice through a text
 * mode have it), and one inside a line is a byte of that line (RFC 3261, 25.1).  Only a text whose first line ends in
 * a carriage return alone is cut at each of them. */

#pragma once

#include "rungs-block.h"
#include "rungs-sip-frame.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSlice rest;
  gboolean carriage_ends; /* a lone CR ends a line */
  const char *newline;    /* only then: the next line feed, the end where there is none, NULL where not looked for */
  const char *block;      /* what was looked at last, and where in it line feeds stand */
  guint64 newlines;
} RungsSipLines;

/* The lines of @text.  By value, as whatever loops over lines keeps all of it in registers. */
RungsSipLines rungs_sip_lines_begin         (RungsSlice     text);
gboolean      rungs_sip_lines_next_carriage (RungsSipLines *self,
                                             RungsSlice    *line);

/* The line feed that ends the line at @start, NULL where none does. */
static inline const char *
rungs_sip_lines_find_newline (RungsSipLines *self,
                              const char    *start,
                              const char    *end)
{
  guintptr place = (guintptr) start - (guintptr) self->block;

  if (place < RUNGS_BLOCK_SIZE)
    {
      if (self->newlines >> place != 0)
        return start + __builtin_ctzll (self->newlines >> place);
      start = self->block + RUNGS_BLOCK_SIZE;
    }
  for (; end - start >= RUNGS_BLOCK_SIZE; start += RUNGS_BLOCK_SIZE)
    {
      guint64 newlines = rungs_block_find (start, '\n');

      if (newlines == 0)
        continue;
      self->block = start;
      self->newlines = newlines;
      return start + __builtin_ctzll (newlines);
    }
  return end > start ? memchr (start, '\n', end - start) : NULL;
}

/* The next line without its end. Returns: FALSE when nothing is left */
static inline gboolean
rungs_sip_lines_next (RungsSipLines *self,
                      RungsSlice *line)
{
  const char *start = self->rest.data;
  const char *end = start + self->rest.length;
  const char *newline, *line_end;

  if (self->rest.length == 0)
    return FALSE;
  if (G_UNLIKELY (self->carriage_ends))
    {
      RungsSipLines copy = *self;
      RungsSlice found = RUNGS_SLICE_EMPTY;
      gboolean any = rungs_sip_lines_next_carriage (&copy, &found);

      *self = copy;
      *line = found;
      return any;
    }
  newline = rungs_sip_lines_find_newline (self, start, end);
  line_end = newline != NULL ? newline : end;
  self->rest = newline != NULL ? rungs_slice (newline + 1, end - newline - 1) : rungs_slice (end, 0);
  while (line_end > start && line_end[-1] == '\r')
    line_end--;
  *line = rungs_slice (start, line_end - start);
  return TRUE;
}

/* Forgets the message before; rungs-sip-message.c. */
void       rungs_sip_message_reset       (RungsSipMessage   *self,
                                          RungsSlice         bytes,
                                          RungsSipParseFlags flags);

/* Makes room for more headers. */
void       rungs_sip_message_grow        (RungsSipMessage   *self);

/* One more header @id, behind those of the same id; the rest of it is for the caller to fill in. */
static inline RungsSipHeader *
rungs_sip_message_append (RungsSipMessage *self,
                          RungsSipHeaderId id)
{
  RungsSipHeader *header;

  if (G_UNLIKELY (self->n_headers == self->allocated_headers))
    rungs_sip_message_grow (self);
  header = &self->headers[self->n_headers++];
  header->id = id;
  header->next = 0;
  if (id == RUNGS_SIP_HEADER_UNKNOWN)
    return header;
  if (self->first[id] == 0)
    self->first[id] = self->n_headers;
  else
    self->headers[self->last[id] - 1].next = self->n_headers;
  self->last[id] = self->n_headers;
  return header;
}

/* What stands behind a byte order mark and leading line ends. */
RungsSlice rungs_sip_skip_blank_start (RungsSlice       bytes);

/* Whether @text is a token of RFC 3261, 25.1, at least one byte long. */
gboolean   rungs_sip_is_token         (RungsSlice       text);

/* One bit for each of the first 128 bytes: letters, digits and -.!%*_+`'~ */
static inline gboolean
rungs_sip_is_token_char (char c)
{
  static const guint32 token_chars[4] = { 0, 0x03ff6ca2, 0x87fffffe, 0x47ffffff };
  guchar byte = c;

  return byte < 128 && (token_chars[byte / 32] >> (byte % 32) & 1) != 0;
}

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

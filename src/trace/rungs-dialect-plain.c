/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Bare SIP: messages one after the other, as people paste them.
 *
 * A message begins at a start line that a known header follows soon: that keeps the "SIP/2.0 200 OK" of a
 * message/sipfrag body inside its message.  It ends where Content-Length says, if a line ends there, counted with and
 * without the CR that copying took from each line; otherwise at the next message or line of a log.  Pasting adds an
 * indent or quote marks to all lines, or a blank line behind each: such text is put right in the arena.  Verbatim text
 * (every line of the head ends in CRLF) is judged by its bytes; anything else is RUNGS_RECORD_LOG. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-text-head.h"

/* How far behind a start line the first known header may be. */
#define LOOK_AHEAD 6

typedef struct
{
  gsize indent;     /* bytes to take from the start of each line */
  gboolean quoted;  /* '>' counts as indent */
  gboolean doubled; /* a blank line stands behind each line */
  gboolean widened; /* lines end in CR, CR, LF */
} Layout;

typedef struct
{
  RungsTextWalk *walk;
  Layout layout;
  RungsTextHead head;
  gsize start;        /* of the start line, behind its indent */
  gsize body;         /* where the body begins */
  gsize end;          /* of the message so far */
  gsize next;         /* behind what was looked at and belongs to the message */
  GByteArray *joined; /* the message put right, NULL where the text is good as it is */
  guint joined_end;   /* how much of it @end has */
} Message;

static gsize
count_indent (RungsSlice line, gboolean *quoted)
{
  gsize n = 0;

  while (n < line.length && (line.data[n] == ' ' || line.data[n] == '\t' || line.data[n] == '>'))
    *quoted |= line.data[n++] == '>';
  return n;
}

/* @line without the indent of the message, as far as it has it. */
static RungsSlice
strip (const Layout *layout, RungsSlice line)
{
  gsize n = 0;

  while (n < layout->indent && n < line.length &&
         (line.data[n] == ' ' || line.data[n] == '\t' || (layout->quoted && line.data[n] == '>')))
    n++;
  return rungs_slice_skip (line, n);
}

static gboolean
is_start_line (RungsSlice line)
{
  return rungs_text_may_be_start_line (line) && rungs_sip_is_start_line (line);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gboolean quoted = FALSE;
  gsize next = offset;

  line = rungs_slice_skip (line, count_indent (line, &quoted));
  if (!is_start_line (line) || !rungs_text_walk_next (walk, &next, &line))
    return FALSE;
  for (guint i = 0; i < LOOK_AHEAD && rungs_text_walk_next (walk, &next, &line); i++)
    {
      line = rungs_slice_skip (line, count_indent (line, &quoted));
      if (rungs_sip_is_header_line (line))
        return TRUE;
      if (is_start_line (line))
        return FALSE;
    }
  return FALSE;
}

/* The lines behind the start line tell how the text was pasted. */
static void
find_layout (RungsTextWalk *walk, gsize next, RungsSlice start_line, Layout *layout)
{
  RungsSlice line;
  gboolean quoted = FALSE;
  gboolean after_blank = FALSE;
  gsize indent = count_indent (start_line, &layout->quoted);

  layout->indent = indent;
  layout->widened =
    walk->newline == '\n' && next >= 3 &&
    rungs_slice_equal (rungs_slice_sub (walk->bytes, next - 3, 3), RUNGS_SLICE_LITERAL ("\r\r\n"));
  if (!rungs_text_walk_next (walk, &next, &line))
    return;
  if (rungs_slice_trim (strip (layout, line)).length == 0)
    {
      after_blank = TRUE;
      if (!rungs_text_walk_next (walk, &next, &line))
        return;
    }
  indent = count_indent (line, &quoted);
  if (!rungs_sip_is_header_line (rungs_slice_skip (line, indent)))
    return;
  layout->doubled = after_blank;
  /* Headers may be indented deeper than their start line. */
  layout->indent = MAX (layout->indent, indent);
  layout->quoted |= quoted;
}

/* A line of the message: it is taken as it is, or put right. */
static void
take_line (Message *self, RungsSlice line, gsize next)
{
  RungsSlice extra;
  gsize after = next;

  if (self->joined != NULL)
    {
      g_byte_array_append (self->joined, (const guint8 *) line.data, line.length);
      g_byte_array_append (self->joined, (const guint8 *) "\r\n", 2);
    }
  self->next = next;
  if (self->layout.doubled && rungs_text_walk_next (self->walk, &after, &extra) &&
      rungs_slice_trim (strip (&self->layout, extra)).length == 0)
    self->next = after;
  if (self->joined == NULL || line.length > 0 || !self->head.ended || self->body == 0)
    {
      self->end = self->next;
      self->joined_end = self->joined != NULL ? self->joined->len : 0;
    }
}

static void
read_head (Message *self)
{
  gsize next = self->next;
  RungsSlice line, text;

  while (rungs_text_walk_next (self->walk, &next, &line))
    {
      const RungsDialect *border = rungs_text_walk_border (self->walk, self->next, line);

      text = strip (&self->layout, line);
      /* A start line that is indented here is the rest of a folded header. */
      if (border != NULL && (border != &rungs_dialect_plain ||
                             (text.length > 0 && text.data[0] != ' ' && text.data[0] != '\t')))
        return;
      if (self->walk->newline == '\n' && next > 0 && rungs_slice_end (line) < self->walk->bytes.data + next &&
          *rungs_slice_end (line) == '\n')
        self->head.n_bare++;
      if (rungs_slice_trim (text).length == 0)
        {
          self->head.ended = TRUE;
          take_line (self, rungs_slice_sub (text, 0, 0), next);
          break;
        }
      rungs_text_head_add_line (&self->head, text);
      take_line (self, text, next);
      next = self->next;
    }
  self->body = self->next;
}

/* Whether a message can end at @end: at the end of the text, or of a line with a border or only blank lines behind. */
static gboolean
fits (Message *self, gsize end)
{
  RungsSlice bytes = self->walk->bytes;
  RungsSlice line;
  gsize next;

  if (end > bytes.length)
    return FALSE;
  if (end == bytes.length)
    return TRUE;
  if (bytes.data[end - 1] != '\n' && bytes.data[end] != '\n' && bytes.data[end] != '\r')
    return FALSE;
  for (guint i = 0; i < LOOK_AHEAD; i++)
    {
      next = end;
      if (!rungs_text_walk_next (self->walk, &next, &line))
        return TRUE;
      if (rungs_slice_trim (line).length > 0)
        return rungs_text_walk_border (self->walk, end, line) != NULL;
      end = next;
    }
  return FALSE;
}

/* Whether what stands behind a head without Content-Length and Content-Type is a body: prose is none. */
static gboolean
begins_body (RungsSlice line)
{
  return rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("v=0")) ||
         rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("<")) ||
         rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("--"));
}

/* Whether a message that begins in the body, behind @last_line, is a part of it (message/sip, multipart/mixed). */
static gboolean
is_inside (const Message *self, RungsSlice last_line)
{
  if (self->head.is_message)
    return last_line.length == 0;
  return self->head.is_multipart &&
         rungs_slice_case_starts_with (last_line, RUNGS_SLICE_LITERAL ("Content-"));
}

/* Reads up to where Content-Length says, or to the next border. */
static void
read_body (Message *self)
{
  guint64 wanted = self->head.content_length;
  guint64 exact = 0; /* bytes so far, as they stand here */
  guint64 wire = 0;  /* and with two for each line end */
  gsize last_text = self->next;
  gsize next = self->next;
  RungsSlice line, text;
  RungsSlice last_line = RUNGS_SLICE_EMPTY;

  if (self->head.has_length && wanted == 0)
    return;
  if (self->head.has_length && self->joined == NULL && fits (self, self->body + wanted))
    {
      self->end = self->body + wanted;
      rungs_text_walk_skip (self->walk, self->body, self->end);
      return;
    }
  while (rungs_text_walk_next (self->walk, &next, &line))
    {
      const RungsDialect *border = rungs_text_walk_border (self->walk, self->next, line);

      if (border != NULL && (border != &rungs_dialect_plain || !is_inside (self, last_line)))
        break;
      text = strip (&self->layout, line);
      if (!self->head.has_length && !self->head.has_type && last_text == self->body && text.length > 0 &&
          !begins_body (text))
        break;
      if (self->head.has_length && (exact + text.length == wanted || wire + text.length == wanted))
        {
          /* The last line of the body has no line end of its own. */
          take_line (self, text, next);
          last_text =
            self->joined != NULL ? self->next : (gsize) (rungs_slice_end (line) - self->walk->bytes.data);
          break;
        }
      exact += next - self->next - (line.length - text.length);
      wire += text.length + 2;
      take_line (self, text, next);
      next = self->next;
      if (text.length > 0)
        {
          last_text = self->next;
          last_line = text;
        }
      if (self->head.has_length && (exact == wanted || wire == wanted))
        break;
    }
  /* Blank lines behind the body are no part of it. */
  self->end = last_text;
}

static void
emit (Message *self)
{
  gboolean verbatim =
    self->joined == NULL && !self->layout.widened && self->head.n_bare == 0 && self->walk->newline == '\n';
  RungsRecord record = { .time = RUNGS_TIME_NONE,
                         .offset = self->start,
                         .transport = self->head.transport,
                         .flags = verbatim ? 0 : RUNGS_RECORD_LOG };

  if (self->joined == NULL)
    record.bytes = rungs_text_walk_range (self->walk, self->start, self->end);
  else
    {
      record.bytes = rungs_arena_copy (self->walk->arena,
                                       rungs_slice ((const char *) self->joined->data, self->joined_end));
      record.flags |= RUNGS_RECORD_JOINED;
    }
  rungs_text_walk_record (self->walk, &record);
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  Message self = { .walk = walk };
  g_autoptr (GByteArray) joined = NULL;
  RungsSlice text;
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  find_layout (walk, next, line, &self.layout);
  text = strip (&self.layout, line);
  self.start = (gsize) (text.data - walk->bytes.data);
  if (self.layout.indent > 0 || self.layout.doubled)
    self.joined = joined = g_byte_array_new ();
  take_line (&self, text, next);
  read_head (&self);
  if (self.head.ended)
    read_body (&self);
  emit (&self);
  rungs_text_walk_read (walk, self.end);
  return self.end;
}

static int
probe (RungsSlice head)
{
  RungsSlice rest = head;
  gboolean quoted;

  if (rungs_sip_looks_like_message (head))
    return 30;
  while (rest.length > 0)
    {
      gssize newline = rungs_slice_find_char (rest, 0, '\n');
      RungsSlice line = newline >= 0 ? rungs_slice_sub (rest, 0, newline) : rest;
      RungsSlice text = rungs_slice_skip (line, count_indent (line, &quoted));

      if (is_start_line (text))
        return 20;
      rest = rungs_slice_skip (rest, line.length + 1);
    }
  return 0;
}

const RungsDialect rungs_dialect_plain = {
  .reader = { "sip-text", N_ ("SIP text"), probe, rungs_dialect_read },
  .first_bytes = " \t>abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.!%*_+`'~0123456789",
  .claims = claims,
  .parse = parse,
};

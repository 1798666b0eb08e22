/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Cuts one message out of the lines of a text.  See rungs-text-message.h. */

#include "config.h"

#include "rungs-dialect.h"
#include "rungs-sip-names.h"
#include "rungs-sip-parse.h"
#include "rungs-text-frame.h"
#include "rungs-text-hint.h"
#include "rungs-text-message.h"
#include "rungs-text-prefix.h"

/* How many blank lines may stand between a message and what follows it. */
#define LOOK_AHEAD 6

/* How long a line would have been at least that a mail program broke. */
#define LEAST_WRAPPED 60

/* Within how many lines a head without its start line must show what it is. */
#define MAX_HEADLESS 24

#define ESCAPE '\033'

typedef struct
{
  RungsTextWalk *walk;
  RungsTextLayout layout;
  RungsTextHead head;
  gsize start;        /* of the start line, behind its indent */
  gsize body;         /* where the body begins */
  gsize end;          /* of the message so far */
  gsize next;         /* behind what was looked at and belongs to the message */
  GByteArray *joined; /* the message put right, NULL where the text is good as it is */
  guint joined_end;   /* how much of it @end has */
  GString *clean;     /* the line without escape sequences */
  gboolean verbatim;  /* its lines are as they were sent, but for their ends */
} Message;

gsize
rungs_text_message_count_indent (RungsSlice line, gboolean *quoted)
{
  gsize n = 0;

  while (n < line.length && (line.data[n] == ' ' || line.data[n] == '\t' || line.data[n] == '>'))
    *quoted |= line.data[n++] == '>';
  return n;
}

gboolean
rungs_text_message_skip_prefix (const RungsTextLayout *layout, RungsSlice *line)
{
  gsize length;

  if (!layout->has_prefix)
    return TRUE;
  if (!rungs_text_prefix_match (layout->prefix, *line, &length))
    return FALSE;
  *line = rungs_slice_skip (*line, length);
  return TRUE;
}

void
rungs_text_remove_escapes (RungsSlice line, GString *target)
{
  gsize i = 0;

  g_string_truncate (target, 0);
  while (i < line.length)
    {
      gssize escape = rungs_slice_find_char (line, i, ESCAPE);
      gsize end = escape >= 0 ? (gsize) escape : line.length;

      g_string_append_len (target, line.data + i, (gssize) (end - i));
      i = end;
      if (escape < 0)
        break;
      i++;
      if (i < line.length && line.data[i] == '[')
        {
          i++;
          while (i < line.length && (g_ascii_isdigit (line.data[i]) || line.data[i] == ';'))
            i++;
          if (i < line.length && g_ascii_isalpha (line.data[i]))
            i++;
        }
    }
}

/* @line without escape sequences; good up to the next call. */
static RungsSlice
clean_line (Message *self, RungsSlice line)
{
  if (!self->layout.escapes || rungs_slice_find_char (line, 0, ESCAPE) < 0)
    return line;
  if (self->clean == NULL)
    self->clean = g_string_new (NULL);
  rungs_text_remove_escapes (line, self->clean);
  return rungs_slice (self->clean->str, self->clean->len);
}

/* @line without what stands in front of the text of the message, and around it, as far as it has it. */
static RungsSlice
strip (Message *self, RungsSlice line)
{
  const RungsTextLayout *layout = &self->layout;
  gsize n = 0;

  if (G_LIKELY (self->verbatim))
    return line;
  if (layout->has_prefix)
    rungs_text_message_skip_prefix (layout, &line);
  if (layout->escapes)
    line = clean_line (self, line);
  while (n < layout->indent && n < line.length &&
         (line.data[n] == ' ' || line.data[n] == '\t' || (layout->quoted && line.data[n] == '>')))
    n++;
  line = rungs_slice_skip (line, n);
  if (layout->dotted && line.length > 0 && line.data[line.length - 1] == '.')
    line.length--;
  return line;
}

/* The dialect whose line ends the message, or %NULL. */
static const RungsDialect *
find_border (Message *self, gsize offset, RungsSlice line)
{
  if (!self->layout.has_prefix)
    return rungs_text_walk_border (self->walk, offset, line);
  if (!rungs_text_message_skip_prefix (&self->layout, &line))
    return &rungs_dialect_log;
  if (line.length == 0)
    return NULL;
  if (rungs_text_message_is_start_line (line))
    return &rungs_dialect_plain;
  return rungs_text_frame_is_at (self->walk, offset, line) ? &rungs_dialect_log : NULL;
}

/* The lines behind the start line tell how the text was pasted. */
static void
find_layout (Message *self, gsize next, RungsSlice start_line)
{
  RungsTextLayout *layout = &self->layout;
  RungsTextWalk *walk = self->walk;
  RungsSlice line;
  gboolean quoted = FALSE;
  gboolean after_blank = FALSE;
  gsize indent;

  layout->escapes |= rungs_slice_find_char (start_line, 0, ESCAPE) >= 0;
  rungs_text_message_skip_prefix (layout, &start_line);
  start_line = clean_line (self, start_line);
  /* What was sent without CR has no dots. */
  layout->dotted &= start_line.length > 0 && start_line.data[start_line.length - 1] == '.';
  indent = rungs_text_message_count_indent (start_line, &layout->quoted);
  layout->indent = indent;
  layout->widened =
    walk->newline == '\n' && next >= 3 &&
    rungs_slice_equal (rungs_slice_sub (walk->bytes, next - 3, 3), RUNGS_SLICE_LITERAL ("\r\r\n"));
  if (!rungs_text_walk_next (walk, &next, &line))
    return;
  if (rungs_slice_trim (strip (self, line)).length == 0)
    {
      after_blank = TRUE;
      if (!rungs_text_walk_next (walk, &next, &line))
        return;
    }
  rungs_text_message_skip_prefix (layout, &line);
  layout->escapes |= rungs_slice_find_char (line, 0, ESCAPE) >= 0;
  line = clean_line (self, line);
  indent = rungs_text_message_count_indent (line, &quoted);
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

  if (G_LIKELY (self->verbatim && self->joined == NULL))
    {
      self->end = self->next = next;
      return;
    }
  if (self->joined != NULL)
    {
      g_byte_array_append (self->joined, (const guint8 *) line.data, line.length);
      g_byte_array_append (self->joined, (const guint8 *) "\r\n", 2);
    }
  self->next = next;
  if (self->layout.doubled && rungs_text_walk_next (self->walk, &after, &extra) &&
      rungs_slice_trim (strip (self, extra)).length == 0)
    self->next = after;
  if (self->joined == NULL || line.length > 0 || !self->head.ended || self->body == 0)
    {
      self->end = self->next;
      self->joined_end = self->joined != NULL ? self->joined->len : 0;
    }
}

/* Whether the line of a log, which has the prefix of the message or its indent, is about the next message. */
static gboolean
says_more (RungsSlice text)
{
  RungsRecord record = { .time = RUNGS_TIME_NONE };

  return text.data[0] != ' ' && text.data[0] != '\t' && rungs_text_hint_read (text, &record) &&
         record.direction != RUNGS_DIRECTION_UNKNOWN;
}

static gsize
count_first_word (RungsSlice text)
{
  gssize space = rungs_slice_find_char (text, 0, ' ');

  return space >= 0 ? (gsize) space : text.length;
}

/* A name and a colon. The scheme of an address that was wrapped onto its own line is none. */
static gboolean
has_name (RungsSlice text)
{
  static const char *const schemes[] = { "sip", "sips", "tel", "http", "https", "urn" };
  gssize colon = rungs_slice_find_char (rungs_slice_sub (text, 0, 80), 0, ':');
  RungsSlice name = rungs_slice_trim (rungs_slice_sub (text, 0, (gsize) MAX (colon, 0)));

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (rungs_slice_equal_string (name, schemes[i]))
      return FALSE;
  return rungs_sip_is_token (name);
}

/* From now on the lines are put right: those before are taken as they are. */
static void
begin_joining (Message *self)
{
  gsize offset = self->start;
  gsize end = self->next;
  RungsSlice line;

  if (self->joined != NULL)
    return;
  self->joined = g_byte_array_new ();
  while (offset < end && rungs_text_walk_next (self->walk, &offset, &line))
    {
      g_byte_array_append (self->joined, (const guint8 *) line.data, line.length);
      g_byte_array_append (self->joined, (const guint8 *) "\r\n", 2);
    }
}

/* A mail program broke the line before, which goes on here. */
static void
take_rest_of_line (Message *self, RungsSlice text, gsize next)
{
  begin_joining (self);
  g_byte_array_set_size (self->joined, MAX (self->joined->len, 2) - 2);
  g_byte_array_append (self->joined, (const guint8 *) " ", 1);
  take_line (self, text, next);
}

static void
read_head (Message *self)
{
  gsize next = self->next;
  gsize last_length = 0;
  RungsSlice line, text;

  while (rungs_text_walk_next (self->walk, &next, &line))
    {
      const RungsDialect *border = find_border (self, self->next, line);

      if (self->layout.dotted && line.length == 0)
        return;
      text = strip (self, line);
      /* A start line that is indented here is the rest of a folded header. */
      if (border != NULL && (border != &rungs_dialect_plain ||
                             (text.length > 0 && text.data[0] != ' ' && text.data[0] != '\t')))
        return;
      if (self->walk->newline == '\n' && next > 0 && rungs_slice_end (line) < self->walk->bytes.data + next &&
          *rungs_slice_end (line) == '\n')
        self->head.n_bare++;
      if (text.length == 0 || (rungs_byte_is_space (text.data[0]) && rungs_slice_trim (text).length == 0))
        {
          self->head.ended = TRUE;
          take_line (self, rungs_slice_sub (text, 0, 0), next);
          break;
        }
      if ((self->layout.has_prefix || self->layout.indent > 0) && !has_name (text) && says_more (text))
        return;
      rungs_text_head_add_line (&self->head, text);
      if (self->head.n_bare > 0 && last_length > 0 && text.data[0] != ' ' && text.data[0] != '\t' &&
          last_length + count_first_word (text) >= LEAST_WRAPPED && !has_name (text))
        take_rest_of_line (self, text, next);
      else
        take_line (self, text, next);
      last_length = text.length;
      next = self->next;
    }
  self->body = self->next;
}

/* Whether the text was cut in @line, or in the one behind it. */
static gboolean
is_half (const Message *self, RungsSlice line, gsize next)
{
  RungsSlice rest = rungs_slice_skip (self->walk->bytes, next);

  return rungs_slice_end (line) == rungs_slice_end (self->walk->bytes) ||
         (rungs_text_message_is_start_line (line) &&
          rungs_slice_find_char (rest, 0, self->walk->newline) < 0);
}

/* Whether the next message, or what is left of it, follows right behind a body without line end, as in what a connection
 * carried. */
static gboolean
begins_message (Message *self, gsize offset)
{
  gsize next = offset;
  RungsSlice line;

  if (!rungs_text_walk_next (self->walk, &next, &line) || line.length == 0 || !g_ascii_isupper (line.data[0]))
    return FALSE;
  if (is_half (self, line, next))
    return TRUE;
  return rungs_text_message_is_start_line (line) && rungs_text_walk_next (self->walk, &next, &line) &&
         rungs_sip_is_header_line (line);
}

/* Whether a message can end at @end: at the end of the text, or of a line with a border, only blank lines or half a line
 * behind. */
static gboolean
fits (Message *self, gsize end)
{
  RungsSlice bytes;
  RungsSlice line;
  gsize next;

  /* Of lines that lost their CR the count may reach too far. */
  if (!rungs_text_walk_reach (self->walk, end + 1))
    return end == self->walk->bytes.length && self->head.n_bare == 0 && self->walk->newline == '\n';
  bytes = self->walk->bytes;
  if (bytes.data[end - 1] != '\n' && bytes.data[end] != '\n' && bytes.data[end] != '\r')
    return self->head.n_bare == 0 && begins_message (self, end);
  for (guint i = 0; i < LOOK_AHEAD; i++)
    {
      next = end;
      if (!rungs_text_walk_next (self->walk, &next, &line))
        return TRUE;
      if (rungs_slice_trim (line).length > 0)
        return find_border (self, end, line) != NULL || is_half (self, line, next);
      end = next;
    }
  return FALSE;
}

/* Whether a line from @start to @end would end the message: with other line ends than on the wire, the count may reach
 * into what follows. */
static gboolean
holds_border (Message *self, gsize start, gsize end)
{
  gsize next = start;
  RungsSlice line;

  while (start < end && rungs_text_walk_next (self->walk, &next, &line))
    {
      const RungsDialect *border = find_border (self, start, line);

      if (border != NULL && border != &rungs_dialect_plain)
        return TRUE;
      start = next;
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

/* Whether a message that begins in the body is a part of it (message/sip, multipart/mixed). */
static gboolean
is_inside (const Message *self, gboolean after_text, gboolean after_part_head)
{
  if (self->head.is_message)
    return !after_text;
  return self->head.is_multipart && after_part_head;
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
  gboolean after_text = FALSE;
  gboolean after_part_head = FALSE;

  if (self->head.has_length && wanted == 0)
    return;
  if (self->head.has_length && self->joined == NULL && fits (self, self->body + wanted) &&
      (self->head.n_bare == 0 || !holds_border (self, self->body, self->body + wanted)))
    {
      self->end = self->body + wanted;
      rungs_text_walk_skip (self->walk, self->body, self->end);
      return;
    }
  while (rungs_text_walk_next (self->walk, &next, &line))
    {
      const RungsDialect *border = find_border (self, self->next, line);
      gboolean is_text;

      if (border != NULL &&
          (border != &rungs_dialect_plain || !is_inside (self, after_text, after_part_head)))
        break;
      text = strip (self, line);
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
      is_text = text.length > 0;
      if (is_text)
        after_part_head = rungs_slice_case_starts_with (text, RUNGS_SLICE_LITERAL ("Content-"));
      after_text |= is_text;
      take_line (self, text, next);
      next = self->next;
      if (is_text)
        last_text = self->next;
      if (self->head.has_length && (exact == wanted || wire == wanted))
        {
          last_text = self->next;
          break;
        }
    }
  /* Blank lines behind the body are no part of it. */
  self->end = last_text;
}

/* Whether the text ends before the message does. */
static gboolean
is_cut_short (Message *self, RungsSlice message)
{
  RungsTextHead head;
  gsize next = self->next;
  RungsSlice line;

  if (self->walk->growing || self->walk->newline != '\n')
    return FALSE;
  while (rungs_text_walk_next (self->walk, &next, &line))
    if (rungs_slice_trim (line).length > 0)
      return FALSE;
  rungs_text_head_scan (&head, message);
  if (!head.ended)
    return !head.has_length || head.content_length > 0;
  /* Copying may have taken the CR of each line, and the last line end. */
  return head.has_length &&
         rungs_text_wire_length (rungs_slice_skip (message, head.length)) + strlen ("\r\n") <
           head.content_length;
}

static void
fill_record (Message *self, RungsRecord *record)
{
  gboolean verbatim =
    self->joined == NULL && !self->layout.widened && self->head.n_bare == 0 && self->walk->newline == '\n';

  record->offset = self->start;
  if (record->transport == RUNGS_TRANSPORT_UNKNOWN)
    record->transport = self->head.transport;
  if (!verbatim)
    record->flags |= RUNGS_RECORD_LOG;
  if (self->joined == NULL)
    record->bytes = rungs_text_walk_range (self->walk, self->start, self->end);
  else
    {
      record->bytes = rungs_arena_copy (self->walk->arena,
                                        rungs_slice ((const char *) self->joined->data, self->joined_end));
      record->flags |= RUNGS_RECORD_JOINED;
    }
  if (is_cut_short (self, record->bytes))
    record->flags |= RUNGS_RECORD_TRUNCATED;
}

gsize
rungs_text_message_read (RungsTextWalk *walk,
                         gsize offset,
                         const RungsTextLayout *layout,
                         RungsRecord *record)
{
  Message self = { .walk = walk, .layout = *layout };
  RungsSlice line, text;
  gsize next = offset;

  rungs_text_walk_next (walk, &next, &line);
  find_layout (&self, next, line);
  text = strip (&self, line);
  self.start = offset;
  if (text.data >= line.data && text.data <= rungs_slice_end (line))
    self.start = (gsize) (text.data - walk->bytes.data);
  layout = &self.layout;
  self.verbatim =
    layout->indent == 0 && !layout->doubled && !layout->has_prefix && !layout->dotted && !layout->escapes;
  if (!self.verbatim)
    self.joined = g_byte_array_new ();
  take_line (&self, text, next);
  read_head (&self);
  if (self.head.ended)
    read_body (&self);
  fill_record (&self, record);
  if (self.clean != NULL)
    g_string_free (self.clean, TRUE);
  g_clear_pointer (&self.joined, g_byte_array_unref);
  return self.end;
}

gboolean
rungs_text_message_is_headless (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gboolean has_via = FALSE;
  gboolean has_call_id = FALSE;
  gboolean has_cseq = FALSE;

  for (guint i = 0; i < MAX_HEADLESS && rungs_text_walk_next (walk, &offset, &line); i++)
    {
      gssize colon = rungs_slice_find_char (rungs_slice_sub (line, 0, 64), 0, ':');
      RungsSlice name = rungs_slice_trim (rungs_slice_sub (line, 0, (gsize) MAX (colon, 0)));
      RungsSipHeaderId id = name.length > 0 ? rungs_sip_header_lookup (name) : RUNGS_SIP_HEADER_UNKNOWN;

      /* The first must be one that stands at the beginning of a head. */
      if (i == 0 && id != RUNGS_SIP_HEADER_VIA && id != RUNGS_SIP_HEADER_FROM && id != RUNGS_SIP_HEADER_TO &&
          id != RUNGS_SIP_HEADER_CALL_ID && id != RUNGS_SIP_HEADER_MAX_FORWARDS &&
          id != RUNGS_SIP_HEADER_RECORD_ROUTE)
        return FALSE;
      if (colon <= 0 && (line.length == 0 || (line.data[0] != ' ' && line.data[0] != '\t')))
        return FALSE;
      has_via |=
        id == RUNGS_SIP_HEADER_VIA && rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("SIP/2.0/")) > 0;
      has_call_id |= id == RUNGS_SIP_HEADER_CALL_ID;
      has_cseq |= id == RUNGS_SIP_HEADER_CSEQ;
      if (has_via && has_call_id && has_cseq)
        return TRUE;
    }
  return FALSE;
}

gsize
rungs_text_message_read_bare (RungsTextWalk *walk, gsize offset)
{
  RungsTextLayout layout = { 0 };
  RungsRecord record = { .time = RUNGS_TIME_NONE };
  gsize end;

  rungs_text_hint_read_before (walk, offset, &record);
  end = rungs_text_message_read (walk, offset, &layout, &record);
  rungs_text_walk_record (walk, &record);
  rungs_text_walk_read (walk, end);
  return end;
}

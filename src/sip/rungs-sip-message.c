/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One SIP message.  See rungs-sip-message.h.
 *
 * One pass over the head, a line at a time, into an array that the next message uses again.  The start line is read in
 * rungs-sip-start-line.c, the extent of the body in rungs-sip-body.c, and what only people want to know in
 * rungs-sip-check.c. */

#include "config.h"

#include "rungs-sip-message.h"
#include "rungs-sip-parse.h"

#define MAX_REMARKS 1000

void
rungs_sip_message_init (RungsSipMessage *self)
{
  memset (self, 0, sizeof *self);
}

void
rungs_sip_message_clear (RungsSipMessage *self)
{
  g_clear_pointer (&self->headers, g_free);
  g_clear_pointer (&self->remarks, g_free);
  memset (self, 0, sizeof *self);
}

void
rungs_sip_message_add_remark (RungsSipMessage *self, RungsRemarkCode code, guint16 detail, RungsSlice where)
{
  RungsRemark *remark;

  g_return_if_fail (code < RUNGS_N_REMARK_CODES);

  if (self->n_remarks == MAX_REMARKS)
    return;
  if (self->n_remarks == self->allocated_remarks)
    {
      self->allocated_remarks = MAX (16, self->allocated_remarks * 2);
      self->remarks = g_renew (RungsRemark, self->remarks, self->allocated_remarks);
    }
  remark = &self->remarks[self->n_remarks++];
  remark->code = code;
  remark->detail = detail;
  remark->offset = rungs_slice_offset_in (where, self->bytes);
  remark->length = MIN (where.length, G_MAXUINT32);
}

/* Forgets the message before: the tables are cleared where it wrote, not as a whole. */
void
rungs_sip_message_reset (RungsSipMessage *self, RungsSlice bytes, RungsSipParseFlags flags)
{
  for (guint i = 0; i < self->n_headers; i++)
    {
      self->first[self->headers[i].id] = 0;
      self->last[self->headers[i].id] = 0;
    }
  self->bytes = bytes;
  self->flags = flags;
  self->start_line = RUNGS_SLICE_EMPTY;
  self->kind = RUNGS_SIP_KIND_MALFORMED;
  self->method = RUNGS_SIP_METHOD_NONE;
  self->status = 0;
  self->method_name = RUNGS_SLICE_EMPTY;
  self->request_uri = RUNGS_SLICE_EMPTY;
  self->reason = RUNGS_SLICE_EMPTY;
  self->version = RUNGS_SLICE_EMPTY;
  self->body = RUNGS_SLICE_EMPTY;
  self->n_headers = 0;
  self->n_remarks = 0;
}

/* Text pasted from typeset pages writes the hyphen of a header's name as U+2010 or U+2011. */
static RungsSipHeaderId
lookup_typeset (RungsSlice name)
{
  char plain[64];
  gsize n = 0;

  for (gsize i = 0; i < name.length; i++)
    {
      if (n == sizeof plain)
        return RUNGS_SIP_HEADER_UNKNOWN;
      if ((guchar) name.data[i] == 0xe2 && i + 2 < name.length && (guchar) name.data[i + 1] == 0x80 &&
          ((guchar) name.data[i + 2] == 0x90 || (guchar) name.data[i + 2] == 0x91))
        {
          plain[n++] = '-';
          i += 2;
        }
      else
        plain[n++] = name.data[i];
    }
  return rungs_sip_header_lookup (rungs_slice (plain, n));
}

static RungsSipHeaderId
lookup (RungsSlice name)
{
  RungsSipHeaderId id = rungs_sip_header_lookup (name);

  if (G_UNLIKELY (id == RUNGS_SIP_HEADER_UNKNOWN && name.length > 0 &&
                  memchr (name.data, 0xe2, name.length) != NULL))
    id = lookup_typeset (name);
  return id;
}

void
rungs_sip_message_grow (RungsSipMessage *self)
{
  self->allocated_headers = MAX (64, self->allocated_headers * 2);
  self->headers = g_renew (RungsSipHeader, self->headers, self->allocated_headers);
}

/* The line of a header that is not to be split further: @colon is NULL where it has none. */
static void
add_header (RungsSipMessage *self, RungsSlice line, const char *colon)
{
  RungsSipHeader *header;
  RungsSlice name = line;

  if (colon != NULL)
    name.length = colon - line.data;
  while (name.length > 0 && (name.data[name.length - 1] == ' ' || name.data[name.length - 1] == '\t'))
    name.length--;
  header = rungs_sip_message_append (self, colon != NULL ? lookup (name) : RUNGS_SIP_HEADER_UNKNOWN);
  header->name = name;
  if (G_LIKELY (colon != NULL))
    header->value = rungs_slice_trim (rungs_slice (colon + 1, rungs_slice_end (line) - colon - 1));
  else
    header->value = rungs_slice (rungs_slice_end (name), 0);
  header->flags = header->id != RUNGS_SIP_HEADER_UNKNOWN && name.length == 1 ? RUNGS_SIP_HEADER_COMPACT : 0;
}

static void
fold_header (RungsSipMessage *self, RungsSlice line)
{
  RungsSipHeader *header = &self->headers[self->n_headers - 1];
  RungsSlice more = rungs_slice_trim (line);

  header->flags |= RUNGS_SIP_HEADER_FOLDED;
  if (more.length == 0)
    return;
  if (header->value.length == 0)
    header->value = more;
  else
    header->value.length = rungs_slice_end (more) - header->value.data;
}

static gsize
indent_of (RungsSlice line)
{
  gsize n = 0;

  while (n < line.length && (line.data[n] == ' ' || line.data[n] == '\t'))
    n++;
  return n;
}

static gboolean
is_token_with_colon (RungsSlice line)
{
  gssize colon = rungs_slice_find_char (line, 0, ':');

  return colon > 0 && rungs_sip_is_token (rungs_slice_trim (rungs_slice_sub (line, 0, colon)));
}

/* Whether a blank line is noise between two headers, as where a log was pasted with every line end doubled: what
 * each message needs has not been seen yet, and the next line is a header. */
static gboolean
blank_is_noise (const RungsSipMessage *self, const RungsSipLines *lines, gboolean doubled)
{
  RungsSipLines ahead = *lines;
  RungsSlice line;

  if (!doubled && self->first[RUNGS_SIP_HEADER_CALL_ID] != 0 && self->first[RUNGS_SIP_HEADER_CSEQ] != 0)
    return FALSE;
  if (!rungs_sip_lines_next (&ahead, &line) || line.length == 0)
    return FALSE;
  return doubled ? is_token_with_colon (line) : rungs_sip_is_header_line (line);
}

typedef struct
{
  gboolean asked;      /* whether there is a line "Message-Body:" */
  gboolean label;      /* there is: no blank line ends the head */
  gboolean doubled;    /* a blank line stands after each line */
  gboolean full;       /* more headers than are indexed */
  gsize common_indent; /* of all lines, where the first header has one */
} Head;

/* A blank line. Returns: whether it ends the head */
static gboolean
blank_ends_head (RungsSipMessage *self, Head *head, RungsSipLines *lines, RungsSlice line)
{
  if ((self->flags & RUNGS_SIP_PARSE_BODY_LABEL) && !head->asked)
    {
      head->asked = TRUE;
      head->label = rungs_sip_has_body_label (lines->rest);
    }
  if (head->label)
    return FALSE;
  if (blank_is_noise (self, lines, head->doubled))
    {
      if (!head->doubled)
        rungs_sip_message_add_remark (self, RUNGS_REMARK_BLANK_LINES_DOUBLED, 0, line);
      head->doubled = TRUE;
      return FALSE;
    }
  /* The blank line that ends the head was doubled too. */
  if (head->doubled)
    lines->rest = rungs_sip_skip_blank_start (lines->rest);
  return TRUE;
}

/* A line that begins with white space goes on with the header before it, unless the whole head is indented, as mails
 * and web pages do: then the first header stands indented too. Returns: whether @line was used up; otherwise it has
 * lost its indent and is a header */
static gboolean
take_indented (RungsSipMessage *self, Head *head, RungsSlice *line)
{
  gsize indent = indent_of (*line);

  if (self->n_headers == 0)
    head->common_indent = indent;
  else if (indent != head->common_indent || !is_token_with_colon (rungs_slice_skip (*line, indent)))
    {
      fold_header (self, *line);
      return TRUE;
    }
  *line = rungs_slice_skip (*line, indent);
  return line->length == 0;
}

static void
take_header (RungsSipMessage *self, Head *head, RungsSlice line)
{
  const char *colon =
    rungs_block_find_near (line.data, rungs_slice_end (line), rungs_slice_end (self->bytes), ':');

  if (G_UNLIKELY (self->n_headers == RUNGS_SIP_MAX_HEADERS))
    {
      if (!head->full)
        rungs_sip_message_add_remark (self, RUNGS_REMARK_HEADER_TOO_MANY, 0, line);
      head->full = TRUE;
      return;
    }
  add_header (self, line, colon);
  if (G_UNLIKELY (colon == NULL))
    rungs_sip_message_add_remark (self, RUNGS_REMARK_HEADER_NO_COLON, 0, line);
}

/* Reads header lines up to the end of the head. Returns: whether there was one */
static gboolean
parse_head (RungsSipMessage *self, RungsSipLines *lines)
{
  const gboolean may_have_label = (self->flags & RUNGS_SIP_PARSE_BODY_LABEL) != 0;
  Head head = { 0 };
  RungsSlice line;

  while (rungs_sip_lines_next (lines, &line))
    {
      if (line.length == 0)
        {
          if (blank_ends_head (self, &head, lines, line))
            return TRUE;
          continue;
        }
      if (may_have_label && (line.data[0] | 0x20) == 'm' && rungs_sip_is_body_label (line))
        {
          const char *behind = line.data + RUNGS_SIP_BODY_LABEL_LENGTH;

          lines->rest = rungs_slice (behind, rungs_slice_end (lines->rest) - behind);
          return TRUE;
        }
      if (G_UNLIKELY (line.data[0] == ' ' || line.data[0] == '\t') && take_indented (self, &head, &line))
        continue;
      take_header (self, &head, line);
    }
  return FALSE;
}

/* The first line: a start line, or a header where the start line was lost. */
static void
parse_first_line (RungsSipMessage *self, RungsSipLines *lines)
{
  RungsSipLines ahead = *lines;
  RungsSlice line;

  if (!rungs_sip_lines_next (&ahead, &line))
    {
      rungs_sip_message_add_remark (self, RUNGS_REMARK_START_LINE_MISSING, 0, self->bytes);
      return;
    }
  if (rungs_sip_is_header_line (line))
    {
      rungs_sip_message_add_remark (self, RUNGS_REMARK_START_LINE_MISSING, 0, rungs_slice (line.data, 0));
      return;
    }
  *lines = ahead;
  rungs_sip_start_line_parse (self, line);
}

void
rungs_sip_message_parse (RungsSipMessage *self, RungsSlice bytes, RungsSipParseFlags flags)
{
  RungsSipLines lines;
  gboolean ended;

  g_return_if_fail (self != NULL);

  rungs_sip_message_reset (self, bytes, flags);
  lines = rungs_sip_lines_begin (rungs_sip_skip_blank_start (bytes));
  parse_first_line (self, &lines);
  ended = parse_head (self, &lines);
  rungs_sip_body_parse (self, lines.rest, ended);
  if (self->kind != RUNGS_SIP_KIND_REQUEST)
    {
      rungs_sip_message_get_cseq (self, NULL, &self->method_name);
      self->method = rungs_sip_method_lookup (self->method_name);
    }
  if (flags & RUNGS_SIP_PARSE_CHECK)
    rungs_sip_check (self);
}

const RungsSipHeader *
rungs_sip_message_find (const RungsSipMessage *self, const char *name)
{
  RungsSlice wanted = rungs_slice_from_string (name);
  RungsSipHeaderId id = rungs_sip_header_lookup (wanted);

  if (id != RUNGS_SIP_HEADER_UNKNOWN)
    return rungs_sip_message_first (self, id);
  for (guint i = 0; i < self->n_headers; i++)
    if (rungs_slice_case_equal (self->headers[i].name, wanted))
      return &self->headers[i];
  return NULL;
}

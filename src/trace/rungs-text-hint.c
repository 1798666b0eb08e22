/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Words before a message.  See rungs-text-hint.h. */

#include "config.h"

#include "rungs-stamp.h"
#include "rungs-text-hint.h"
#include "rungs-text-message.h"

#define ESCAPE      '\033'
#define MAX_LINE    400
#define MAX_LINES   4
#define MAX_ENDS    2
#define STAMP_REACH 64 /* where the time of a line may begin */

/* An address in a line. */
typedef struct
{
  RungsAddress address;
  gsize start;
  gsize end; /* behind port and what belongs to it */
} End;

typedef struct
{
  RungsSlice line;
  End ends[MAX_ENDS];
  guint n_ends;
  guint8 direction;
  guint8 transport;
} Hint;

static gboolean
is_word_char (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

static gboolean
is_address_char (char c)
{
  return g_ascii_isxdigit (c) || c == '.' || c == ':' || c == '[' || c == ']';
}

/* Case does not count. */
static guint8
get_direction (RungsSlice word)
{
  static const char *const out[] = { "sent",        "send",     "sending",  "sends",  "transmitting",
                                     "transmitted", "outgoing", "outbound", "egress", "tx" };
  static const char *const in[] = { "received", "receive", "receiving", "receives", "recv",
                                    "incoming", "inbound", "ingress",   "rx",       "got" };

  if (rungs_slice_equal_string (word, "OUT"))
    return RUNGS_DIRECTION_OUT;
  if (rungs_slice_equal_string (word, "IN"))
    return RUNGS_DIRECTION_IN;
  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    if (rungs_slice_case_equal_string (word, out[i]))
      return RUNGS_DIRECTION_OUT;
  for (guint i = 0; i < G_N_ELEMENTS (in); i++)
    if (rungs_slice_case_equal_string (word, in[i]))
      return RUNGS_DIRECTION_IN;
  return RUNGS_DIRECTION_UNKNOWN;
}

/* "5060", ":5060", ":[5060]", " port 5060", " on port 5060", "%16:5060" behind an address without port. Returns: how long that is */
static gsize
read_port (RungsSlice text, guint16 *port)
{
  static const char *const words[] = { ":[", ":", ".", " on port ", " port ", " port=", " : ", " " };
  gsize i = 0;
  gsize zone = 0;
  guint number = 0;
  gsize start;

  /* the interface of an address, "%16" or "%eth0" */
  if (text.length > 0 && text.data[0] == '%')
    for (zone = 1; zone < text.length && g_ascii_isalnum (text.data[zone]); zone++)
      ;
  text = rungs_slice_skip (text, zone);
  for (guint n = 0; n < G_N_ELEMENTS (words) && i == 0; n++)
    if (rungs_slice_starts_with (text, rungs_slice_from_string (words[n])))
      i = strlen (words[n]);
  for (start = i; i < text.length && i < start + 5 && g_ascii_isdigit (text.data[i]); i++)
    number = number * 10 + (guint) (text.data[i] - '0');
  if (i == start || number == 0 || number > G_MAXUINT16 ||
      (i < text.length && g_ascii_isalnum (text.data[i])))
    return 0;
  /* "198.51.100.7 300 bytes" tells no port. */
  if (start == 1 && text.data[0] == ' ')
    return 0;
  *port = (guint16) number;
  return zone + i;
}

static guint
count_dots (RungsSlice token)
{
  guint n = 0;

  for (gsize i = 0; i < token.length; i++)
    n += token.data[i] == '.';
  return n;
}

static gsize
find_last_dot (RungsSlice token)
{
  const char *dot = memrchr (token.data, '.', token.length);

  return dot != NULL ? (gsize) (dot - token.data) : token.length;
}

/* Takes the token at @start where it is an address of IPv4 or IPv6. Returns: where the next one may begin */
static gsize
read_end (Hint *self, gsize start)
{
  RungsSlice line = self->line;
  gsize end = start;
  RungsSlice token;
  End found = { .start = start };

  while (end < line.length && is_address_char (line.data[end]) && (line.data[end] != '[' || end == start))
    end++;
  token = rungs_slice_sub (line, start, end - start);
  /* "[UDP://192.0.2.1:5060]:" */
  while (token.length > 0 && (strchr (".:", token.data[token.length - 1]) != NULL ||
                              (token.data[token.length - 1] == ']' && token.data[0] != '[')))
    token.length--;
  /* "[192.0.2.1]:5060" */
  if (token.length > 2 && token.data[0] == '[' && rungs_slice_find_char (token, 0, '.') > 0)
    {
      gssize close = rungs_slice_find_char (token, 0, ']');

      found.start++;
      token = close > 0 ? rungs_slice_sub (token, 1, (gsize) close - 1) : rungs_slice_skip (token, 1);
    }
  /* "192.0.2.1.5060" */
  if (count_dots (token) == 4)
    token = rungs_slice_sub (token, 0, find_last_dot (token));
  if (token.length < 3 || self->n_ends == MAX_ENDS || !rungs_address_parse (&found.address, token) ||
      (found.address.kind != RUNGS_ADDRESS_IPV4 && found.address.kind != RUNGS_ADDRESS_IPV6))
    return MAX (end, start + 1);
  /* "0.0.0.0:5060" is where somebody listens, not who. */
  if (rungs_slice_starts_with (token, RUNGS_SLICE_LITERAL ("0.0.0.0")))
    return end;
  found.end = found.start + token.length;
  if (found.end < line.length && line.data[found.end] == ']')
    found.end++;
  if (found.address.port == 0)
    found.end += read_port (rungs_slice_skip (line, found.end), &found.address.port);
  self->ends[self->n_ends++] = found;
  return MAX (found.end, end);
}

static gsize
read_word (Hint *self, gsize start)
{
  RungsSlice line = self->line;
  gsize end = start;
  RungsSlice word;

  while (end < line.length && is_word_char (line.data[end]))
    end++;
  word = rungs_slice_sub (line, start, end - start);
  if (self->direction == RUNGS_DIRECTION_UNKNOWN)
    self->direction = get_direction (word);
  if (self->transport == RUNGS_TRANSPORT_UNKNOWN && word.length <= 4)
    self->transport = (guint8) rungs_transport_lookup (word);
  return end;
}

static void
scan (Hint *self)
{
  gsize i = 0;

  while (i < self->line.length)
    {
      char c = self->line.data[i];
      gboolean fresh = i == 0 || !g_ascii_isalnum (self->line.data[i - 1]);
      gsize before = self->n_ends;
      gsize next = i + 1;

      if (fresh && (g_ascii_isxdigit (c) || c == '['))
        next = read_end (self, i);
      /* "R192.0.2.1:5060" of a remote end */
      else if ((c == 'L' || c == 'R') && fresh && i + 1 < self->line.length &&
               g_ascii_isdigit (self->line.data[i + 1]))
        next = read_end (self, i + 1);
      if (self->n_ends == before && fresh && is_word_char (c))
        next = read_word (self, i);
      i = next;
    }
}

/* Whether the word right before @end is @word. */
static gboolean
follows (const Hint *self, const End *end, const char *word)
{
  gsize length = strlen (word);
  gsize at = end->start;

  while (at > 0 && strchr (" :=[<(/$", self->line.data[at - 1]) != NULL)
    at--;
  /* "to udp/[192.0.2.1]" */
  while (at > 0 && g_ascii_isalpha (self->line.data[at - 1]) &&
         !rungs_slice_case_equal_string (rungs_slice_sub (self->line, at >= length ? at - length : 0, length),
                                         word))
    at--;
  while (at > 0 && (self->line.data[at - 1] == ' ' || self->line.data[at - 1] == '='))
    at--;
  return at >= length &&
         rungs_slice_case_equal_string (rungs_slice_sub (self->line, at - length, length), word) &&
         (at == length || !g_ascii_isalpha (self->line.data[at - length - 1]));
}

static gboolean
is_local (const Hint *self, const End *end)
{
  return follows (self, end, "local") || follows (self, end, "my");
}

static gboolean
is_remote (const Hint *self, const End *end)
{
  return follows (self, end, "remote") || follows (self, end, "rem") || follows (self, end, "peer");
}

static void
set_ends (const Hint *self, RungsRecord *record)
{
  const End *a = &self->ends[0];
  const End *b = &self->ends[1];
  RungsSlice between = rungs_slice_sub (self->line, a->end, b->start > a->end ? b->start - a->end : 0);
  gboolean from_first = TRUE;
  gboolean arrow = rungs_slice_find_char (between, 0, '>') >= 0;

  if (rungs_slice_find_char (between, 0, '<') >= 0)
    {
      from_first = FALSE;
      arrow = TRUE;
    }
  else if (!arrow && self->direction == RUNGS_DIRECTION_OUT)
    from_first = !follows (self, a, "to");
  else if (!arrow && self->direction == RUNGS_DIRECTION_IN)
    from_first = follows (self, a, "from") || follows (self, a, "src");
  /* "my=192.0.2.1 peer=198.51.100.7", "rem=udp$198.51.100.7:5060,local=udp$192.0.2.1:5060" */
  if (!arrow && self->direction != RUNGS_DIRECTION_UNKNOWN)
    {
      gboolean is_out = self->direction == RUNGS_DIRECTION_OUT;

      if (is_local (self, a) || is_remote (self, b))
        from_first = is_out;
      else if (is_remote (self, a) || is_local (self, b))
        from_first = !is_out;
    }
  /* "L192.0.2.1:5060/R198.51.100.7:5060" */
  if (!arrow && a->start > 0 && self->line.data[a->start - 1] == 'L')
    from_first = self->direction != RUNGS_DIRECTION_IN;
  record->source = from_first ? a->address : b->address;
  record->destination = from_first ? b->address : a->address;
}

static void
set_peer (const Hint *self, RungsRecord *record)
{
  const End *end = &self->ends[0];
  RungsAddress local = { .kind = RUNGS_ADDRESS_LOCAL };

  RungsSlice arrow = rungs_slice_sub (self->line, end->start - MIN (end->start, 2), 2);

  if (record->direction == RUNGS_DIRECTION_UNKNOWN && arrow.length == 2)
    record->direction = rungs_slice_equal_string (arrow, "->")   ? RUNGS_DIRECTION_OUT
                        : rungs_slice_equal_string (arrow, "<-") ? RUNGS_DIRECTION_IN
                        : rungs_slice_equal_string (arrow, "<<") ? RUNGS_DIRECTION_IN
                                                                 : RUNGS_DIRECTION_UNKNOWN;
  if (record->direction == RUNGS_DIRECTION_UNKNOWN)
    record->direction = follows (self, end, "from") ? RUNGS_DIRECTION_IN
                        : follows (self, end, "to") ? RUNGS_DIRECTION_OUT
                                                    : RUNGS_DIRECTION_UNKNOWN;
  if (record->direction == RUNGS_DIRECTION_IN)
    {
      record->source = end->address;
      record->destination = local;
    }
  else if (record->direction == RUNGS_DIRECTION_OUT)
    {
      record->source = local;
      record->destination = end->address;
    }
}

/* The time of a line stands at its beginning, or behind a word or two. */
static gboolean
read_time (RungsSlice line, RungsRecord *record)
{
  gint64 time;
  guint32 flags;

  for (gsize i = 0; i < line.length && i < STAMP_REACH; i++)
    if ((i == 0 || !g_ascii_isalnum (line.data[i - 1])) &&
        rungs_stamp_parse_prefix (rungs_slice_skip (line, i), &time, &flags) > 0)
      {
        if (record->time == RUNGS_TIME_NONE)
          {
            record->time = time;
            record->flags |= flags;
          }
        return TRUE;
      }
  return FALSE;
}

gboolean
rungs_text_hint_read (RungsSlice line, RungsRecord *record)
{
  Hint hint = { .line = rungs_slice_sub (line, 0, MAX_LINE) };
  gboolean has_time = read_time (hint.line, record);

  scan (&hint);
  if (hint.n_ends == 0 && !has_time)
    return FALSE;
  if (record->transport == RUNGS_TRANSPORT_UNKNOWN)
    record->transport = hint.transport;
  if (record->direction == RUNGS_DIRECTION_UNKNOWN)
    record->direction = hint.direction;
  if (record->source.kind == RUNGS_ADDRESS_NONE && record->destination.kind == RUNGS_ADDRESS_NONE)
    {
      if (hint.n_ends == 2)
        set_ends (&hint, record);
      else if (hint.n_ends == 1)
        set_peer (&hint, record);
    }
  return hint.n_ends > 0 || record->direction != RUNGS_DIRECTION_UNKNOWN;
}

/* Only signs, as logs underline with. */
static gboolean
is_rule (RungsSlice line)
{
  for (gsize i = 0; i < line.length; i++)
    if (g_ascii_isalnum (line.data[i]))
      return FALSE;
  return TRUE;
}

/* Reads @line without the zero bytes before it and the colours in it. */
static gboolean
read_cleaned (RungsTextWalk *walk, RungsSlice line, RungsRecord *record)
{
  const char *zero = line.length > 0 ? memrchr (line.data, '\0', line.length) : NULL;
  g_autoptr (GString) clean = NULL;

  if (zero != NULL)
    line = rungs_slice_skip (line, (gsize) (zero + 1 - line.data));
  if (rungs_slice_find_char (line, 0, ESCAPE) < 0)
    return rungs_text_hint_read (line, record);
  clean = g_string_new (NULL);
  rungs_text_remove_escapes (line, clean);
  return rungs_text_hint_read (rungs_arena_copy (walk->arena, rungs_slice (clean->str, clean->len)), record);
}

void
rungs_text_hint_read_before (RungsTextWalk *walk, gsize offset, RungsRecord *record)
{
  gboolean knows = FALSE;

  for (guint i = 0; i < MAX_LINES && offset > walk->read_end; i++)
    {
      RungsSlice before = rungs_text_walk_range (walk, walk->read_end, offset);
      const char *newline;
      RungsSlice line;
      gsize start;

      /* A line that is too long is no frame. */
      before = rungs_slice_skip (before, before.length - MIN (before.length, MAX_LINE + 2));
      newline = before.length > 1 ? memrchr (before.data, walk->newline, before.length - 1) : NULL;
      line = rungs_slice_trim (newline != NULL
                                 ? rungs_slice (newline + 1, (gsize) (rungs_slice_end (before) - newline - 1))
                                 : before);
      start = offset - (newline != NULL ? (gsize) (rungs_slice_end (before) - newline - 1) : before.length);
      if (!is_rule (line))
        knows |= read_cleaned (walk, line, record);
      if (knows && record->time != RUNGS_TIME_NONE)
        return;
      offset = start;
    }
}

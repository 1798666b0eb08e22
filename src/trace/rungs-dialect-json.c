/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages in JSON: what HOMER, Elasticsearch, Splunk, journald and loggers of programs export, one object a line, in an array, or
 * laid out over lines.
 *
 *   [{"srcIp":"192.0.2.1","srcPort":5060,"dstIp":"192.0.2.2","dstPort":5060,"time":1769860800123,"raw":"OPTIONS sip:…\r\nVia: …"}]
 *
 * Any string that holds a message is one, whatever its name; the other members of its object, and of those around it, say when
 * and from where to where.  What stands before the message in its string is read as the words of a log.  Objects are walked
 * with a stack of their own, a bound of depth, and no tree.  RFC 8259. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-stamp.h"
#include "rungs-text-hint.h"
#include "rungs-text-json.h"
#include "rungs-text-prefix.h"

#define MAX_DEPTH  24
#define MAX_KEY    40
#define MAX_PROBED 80 /* lines of an object until it must show a message */
#define MAX_BEFORE 16 /* lines in a string before the message */

/* Bytes of "SIP/2.0" where a string is an array of numbers. */
#define SIP_IN_NUMBERS "83,73,80,47,50,46,48"

/* What the members of an object say. */
typedef struct
{
  RungsRecord record;
  guint16 source_port;
  guint16 destination_port;
  RungsSlice words; /* of the program, beside the message */
} Facts;

typedef struct
{
  gboolean is_object;
  RungsSlice key; /* under which it stands */
  Facts facts;
} Level;

typedef struct
{
  RungsTextWalk *walk;
  gsize at;
  gsize line_end; /* no value reaches beyond it: strings do not span lines */
  Level levels[MAX_DEPTH];
  guint depth;
  RungsSlice key;   /* of the value that comes next */
  GString *message; /* of the object at hand, or empty */
  gsize message_at;
  guint message_depth;
  RungsSlice words; /* before the message in its string */
} Walker;

static gboolean
holds_sip (RungsSlice text)
{
  return (rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("SIP/2.0")) >= 0 &&
          rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("\\n")) >= 0) ||
         rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL (SIP_IN_NUMBERS)) >= 0;
}

/* By how much @line changes the depth: strings do not span lines. */
static int
count_depth (RungsSlice line)
{
  int depth = 0;

  for (gsize i = 0; i < line.length; i++)
    {
      char c = line.data[i];

      if (c == '"')
        i += rungs_text_json_cut_string (rungs_slice_skip (line, i + 1)).length + 1;
      depth += (c == '{') - (c == '}');
    }
  return depth;
}

/* Where in @line the first object begins: at its start, or behind what separates it from another. */
static gsize
find_object (RungsSlice line)
{
  gsize at = 0;

  while (at < line.length && strchr (" \t[,", line.data[at]) != NULL && line.data[at] != '\0')
    at++;
  return at;
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gsize at = find_object (line);
  int depth = 0;

  if (at == line.length || line.data[at] != '{')
    return FALSE;
  for (guint i = 0; i < MAX_PROBED && rungs_text_walk_next (walk, &offset, &line); i++)
    {
      if (holds_sip (line))
        return TRUE;
      depth += count_depth (line);
      if (depth <= 0)
        return FALSE;
    }
  return FALSE;
}

/* "src_ip", "@timestamp" → "srcip", "timestamp" */
static void
simplify (RungsSlice key, char *name)
{
  gsize length = 0;

  for (gsize i = 0; i < key.length && length + 1 < MAX_KEY; i++)
    if (g_ascii_isalnum (key.data[i]))
      name[length++] = g_ascii_tolower (key.data[i]);
  name[length] = '\0';
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
take_time (Facts *facts, RungsSlice text)
{
  gint64 time;
  guint32 flags;

  if (facts->record.time != RUNGS_TIME_NONE || rungs_stamp_parse_prefix (text, &time, &flags) == 0)
    return;
  facts->record.time = time;
  facts->record.flags |= flags;
}

static void
take_host (RungsAddress *address, RungsSlice text)
{
  RungsAddress found = { 0 };

  if (address->kind == RUNGS_ADDRESS_NONE && rungs_address_parse (&found, text) &&
      (found.kind == RUNGS_ADDRESS_IPV4 || found.kind == RUNGS_ADDRESS_IPV6))
    *address = found;
}

static void
take_port (guint16 *port, RungsSlice text)
{
  guint64 number;

  if (rungs_slice_to_uint64 (text, &number) && number <= G_MAXUINT16)
    *port = (guint16) number;
}

static void
take_transport (Facts *facts, RungsSlice text)
{
  if (rungs_slice_equal_string (text, "17"))
    facts->record.transport = RUNGS_TRANSPORT_UDP;
  else if (rungs_slice_equal_string (text, "6"))
    facts->record.transport = RUNGS_TRANSPORT_TCP;
  else
    facts->record.transport = rungs_transport_lookup (text);
}

/* A member of the object at hand, with the name of that before it: "source.ip". */
static void
take_fact (Level *level, RungsSlice key, RungsSlice text)
{
  static const char *const times[] = { "time",      "timestamp",         "ts",
                                       "date",      "datetime",          "createdate",
                                       "createdts", "captime",           "microts",
                                       "stime",     "realtimetimestamp", "eventtime",
                                       NULL };
  static const char *const sources[] = { "src",    "source",     "srcip",   "sourceip",
                                         "ipsrc",  "srchost",    "srcaddr", "sourceaddress",
                                         "fromip", "sourceaddr", NULL };
  static const char *const destinations[] = { "dst",   "destination", "dstip",   "destinationip",
                                              "ipdst", "dsthost",     "dstaddr", "destinationaddress",
                                              "toip",  "dest",        "destip",  NULL };
  static const char *const source_ports[] = { "srcport", "sourceport", "portsrc", "fromport", NULL };
  static const char *const destination_ports[] = { "dstport", "destinationport", "portdst",
                                                   "toport",  "destport",        NULL };
  static const char *const transports[] = { "transport", "proto", "protocol", NULL };
  static const char *const words[] = { "msg", "message", "event", "log", "text", NULL };
  char names[2][MAX_KEY];
  g_autofree char *joined = NULL;
  Facts *facts = &level->facts;

  simplify (level->key, names[0]);
  simplify (key, names[1]);
  joined = g_strconcat (names[0], names[1], NULL);
  if (is_one_of (names[1], times))
    take_time (facts, text);
  else if (is_one_of (names[1], sources) || is_one_of (joined, sources))
    take_host (&facts->record.source, text);
  else if (is_one_of (names[1], destinations) || is_one_of (joined, destinations))
    take_host (&facts->record.destination, text);
  else if (is_one_of (names[1], source_ports) || is_one_of (joined, source_ports))
    take_port (&facts->source_port, text);
  else if (is_one_of (names[1], destination_ports) || is_one_of (joined, destination_ports))
    take_port (&facts->destination_port, text);
  else if (is_one_of (names[1], transports) && facts->record.transport == RUNGS_TRANSPORT_UNKNOWN)
    take_transport (facts, text);
  else if (is_one_of (names[1], words))
    facts->words = text;
}

/* What @outer says where @facts knows less. */
static void
complete (Facts *facts, const Facts *outer)
{
  if (facts->record.time == RUNGS_TIME_NONE && outer->record.time != RUNGS_TIME_NONE)
    {
      facts->record.time = outer->record.time;
      facts->record.flags |= outer->record.flags;
    }
  if (facts->record.source.kind == RUNGS_ADDRESS_NONE)
    facts->record.source = outer->record.source;
  if (facts->record.destination.kind == RUNGS_ADDRESS_NONE)
    facts->record.destination = outer->record.destination;
  if (facts->source_port == 0)
    facts->source_port = outer->source_port;
  if (facts->destination_port == 0)
    facts->destination_port = outer->destination_port;
  if (facts->record.transport == RUNGS_TRANSPORT_UNKNOWN)
    facts->record.transport = outer->record.transport;
}

/* A start line alone is one of the lines of a log (rungs-text-json-lines.h). */
static gboolean
is_header_at (RungsSlice text, gsize at)
{
  gssize newline = at < text.length ? rungs_slice_find_char (text, at, '\n') : -1;

  return newline > 0 && rungs_sip_is_header_line (rungs_slice_sub (text, at, (gsize) newline - at));
}

/* Where in @text the start line of a message begins, or -1. */
static gssize
find_message (RungsSlice text)
{
  gsize at = 0;

  for (guint i = 0; i < MAX_BEFORE && at < text.length; i++)
    {
      gssize newline = rungs_slice_find_char (text, at, '\n');
      RungsSlice line;
      gssize start;

      if (newline < 0)
        return -1;
      line = rungs_slice_trim (rungs_slice_sub (text, at, (gsize) newline - at));
      start = rungs_text_message_is_start_line (line) ? 0 : rungs_text_prefix_find_start (line);
      at = (gsize) newline + 1;
      if (start >= 0 && line.length > 0 && is_header_at (text, at))
        return line.data + start - text.data;
    }
  return -1;
}

/* Keeps the message that @text is, or holds, for when its object ends. */
static void
take_message (Walker *self, GString *text, gsize offset)
{
  RungsSlice whole = rungs_slice (text->str, text->len);
  gssize at = self->message->len == 0 ? find_message (whole) : -1;

  if (at < 0)
    return;
  g_string_append_len (self->message, text->str + at, (gssize) (text->len - (gsize) at));
  self->message_at = offset;
  self->message_depth = self->depth;
  self->words =
    at > 0 ? rungs_arena_copy (self->walk->arena, rungs_slice_sub (whole, 0, (gsize) at)) : RUNGS_SLICE_EMPTY;
}

/* Reads the words before the message, line by line, the nearest first. */
static void
read_words (RungsSlice words, RungsRecord *record)
{
  while (words.length > 0)
    {
      RungsSlice trimmed = rungs_slice_trim (words);
      const char *newline = trimmed.length > 0 ? memrchr (trimmed.data, '\n', trimmed.length) : NULL;
      RungsSlice line =
        newline != NULL ? rungs_slice_skip (trimmed, (gsize) (newline + 1 - trimmed.data)) : trimmed;

      if (line.length > 0)
        rungs_text_hint_read (line, record);
      words = newline != NULL ? rungs_slice (words.data, (gsize) (newline - words.data)) : RUNGS_SLICE_EMPTY;
    }
}

static void
emit (Walker *self)
{
  Facts facts = self->levels[self->depth - 1].facts;
  RungsRecord *record = &facts.record;
  RungsTextHead head;

  for (guint i = self->depth - 1; i > 0; i--)
    complete (&facts, &self->levels[i - 1].facts);
  if (record->source.kind != RUNGS_ADDRESS_NONE && record->source.port == 0)
    record->source.port = facts.source_port;
  if (record->destination.kind != RUNGS_ADDRESS_NONE && record->destination.port == 0)
    record->destination.port = facts.destination_port;
  read_words (self->words, record);
  read_words (facts.words, record);
  record->bytes =
    rungs_arena_copy (self->walk->arena,
                      rungs_text_head_cut (rungs_slice (self->message->str, self->message->len), &head));
  record->offset = self->message_at;
  record->flags |= RUNGS_RECORD_LOG | RUNGS_RECORD_JOINED;
  if (record->transport == RUNGS_TRANSPORT_UNKNOWN)
    record->transport = head.transport;
  rungs_text_walk_record (self->walk, record);
  rungs_text_walk_read (self->walk, self->at);
  g_string_truncate (self->message, 0);
}

/* The string, number or word at the place where the walker stands. */
static RungsSlice
take_value (Walker *self)
{
  RungsSlice rest = rungs_text_walk_range (self->walk, self->at, self->line_end);
  gsize length = 0;

  if (rest.data[0] == '"')
    {
      RungsSlice inside = rungs_text_json_cut_string (rungs_slice_skip (rest, 1));

      self->at += MIN (inside.length + 2, rest.length);
      return inside;
    }
  while (length < rest.length && strchr (",]} \t\r\n", rest.data[length]) == NULL)
    length++;
  self->at += MAX (length, 1);
  return rungs_slice_sub (rest, 0, length);
}

static void
use_value (Walker *self, RungsSlice text)
{
  Level *level = &self->levels[self->depth - 1];
  gsize offset = (gsize) (text.data - self->walk->bytes.data);

  if (text.length == 0 || !level->is_object)
    return;
  if (holds_sip (text))
    {
      g_autoptr (GString) unescaped = g_string_sized_new (text.length);

      rungs_text_json_unescape (text, unescaped);
      take_message (self, unescaped, offset);
    }
  else if (text.length < 100)
    take_fact (level, self->key, text);
}

/* An array of numbers under @key is a string that journald does not take for text. */
static gboolean
take_numbers (Walker *self)
{
  RungsSlice rest = rungs_text_walk_range (self->walk, self->at, self->line_end);
  gssize end = rungs_slice_find_char (rest, 0, ']');
  g_autoptr (GString) text = g_string_new (NULL);

  if (end < 0 || !rungs_text_json_read_bytes (rungs_slice_sub (rest, 0, (gsize) end + 1), text))
    return FALSE;
  take_message (self, text, self->at);
  self->at += (gsize) end + 1;
  return TRUE;
}

static gboolean
open_level (Walker *self, gboolean is_object)
{
  if (self->depth == MAX_DEPTH)
    return FALSE;
  self->levels[self->depth++] =
    (Level){ .is_object = is_object, .key = self->key, .facts = { .record = { .time = RUNGS_TIME_NONE } } };
  self->key = RUNGS_SLICE_EMPTY;
  self->at++;
  return TRUE;
}

static void
close_level (Walker *self)
{
  self->at++;
  if (self->message->len > 0 && self->message_depth >= self->depth)
    emit (self);
  else if (self->depth > 1)
    complete (&self->levels[self->depth - 2].facts, &self->levels[self->depth - 1].facts);
  self->depth--;
}

/* One sign or value. Returns: FALSE where what stands there is no JSON */
static gboolean
step (Walker *self)
{
  char c = self->walk->bytes.data[self->at];
  RungsSlice text, after;

  switch (c)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
    case ':':
      self->at++;
      return TRUE;
    case '[':
      return take_numbers (self) || open_level (self, FALSE);
    case '{':
      return open_level (self, TRUE);
    case '}':
    case ']':
      close_level (self);
      return TRUE;
    default:
      if (c != '"' && !g_ascii_isalnum (c) && c != '-')
        return FALSE;
      text = take_value (self);
      after = rungs_slice_sub (rungs_text_walk_range (self->walk, self->at, self->line_end), 0, 8);
      while (after.length > 0 && (after.data[0] == ' ' || after.data[0] == '\t'))
        after = rungs_slice_skip (after, 1);
      if (c == '"' && after.length > 0 && after.data[0] == ':' && self->levels[self->depth - 1].is_object)
        self->key = text;
      else
        use_value (self, text);
      return TRUE;
    }
}

/* Behind an object, on its line: whether another one follows, to which the walker moves. */
static gboolean
find_next (Walker *self)
{
  RungsSlice rest = rungs_text_walk_range (self->walk, self->at, self->line_end);
  gsize at = find_object (rest);

  if (at == rest.length || rest.data[at] != '{')
    return FALSE;
  self->at += at;
  return TRUE;
}

static void
walk_objects (Walker *self)
{
  RungsSlice line;

  do
    {
      open_level (self, TRUE);
      while (self->depth > 0)
        {
          if (self->at >= self->line_end && !rungs_text_walk_next (self->walk, &self->line_end, &line))
            return;
          if (!step (self))
            {
              self->at = MAX (self->at, self->line_end);
              return;
            }
        }
    }
  while (find_next (self));
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  g_autoptr (GString) message = g_string_new (NULL);
  Walker self = { .walk = walk, .at = offset + find_object (line), .line_end = offset, .message = message };

  rungs_text_walk_next (walk, &self.line_end, &line);
  walk_objects (&self);
  /* Of an object that is broken or cut off, the message is good. */
  if (message->len > 0 && self.depth > 0)
    emit (&self);
  /* What separates it from the next one is no line of its own. */
  if (rungs_slice_trim (rungs_text_walk_range (walk, self.at, self.line_end)).length <= 1)
    {
      if (walk->read_end == self.at)
        rungs_text_walk_read (walk, self.line_end);
      self.at = self.line_end;
    }
  self.at = MAX (self.at, offset + 1);
  rungs_text_walk_unread (walk, self.at, RUNGS_UNREAD_LOG_LINE);
  return self.at;
}

static int
probe (RungsSlice head)
{
  gsize at = find_object (rungs_slice_trim (head));

  head = rungs_slice_trim (head);
  return at < head.length && head.data[at] == '{' && holds_sip (head) ? 91 : 0;
}

const RungsDialect rungs_dialect_json = {
  .reader = { "json", N_ ("JSON with SIP messages"), probe, rungs_dialect_read },
  .first_bytes = "{[, \t",
  .claims = claims,
  .parse = parse,
};

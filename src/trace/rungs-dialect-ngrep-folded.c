/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What ngrep prints without -W byline: the message on the line of the addresses (-W single), on the one behind it (-W none),
 * broken into lines of the terminal's width (-W normal, which is what it does unasked), or as a hex dump (-x).
 *
 *   U 192.0.2.1:5060 -> 192.0.2.2:5060 OPTIONS sip:bob@example.net SIP/2.0..Via: SIP/2.0/UDP …
 *   U 192.0.2.1:5060 -> 192.0.2.2:5060 #3
 *     OPTIONS sip:bob@example.net SIP/2.0..Via: SI
 *     P/2.0/UDP …
 *   U 192.0.2.1:5060 -> 192.0.2.2:5060 #3
 *     4f 50 54 49 4f 4e 53 20    73 69 70 3a 62 6f 62 40    OPTIONS sip:bob@
 *
 * Where a message came in several segments, the next ones from the same to the same end go on with it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-text-dots.h"
#include "rungs-text-hex.h"

#define INDENT       RUNGS_SLICE_LITERAL ("  ")
#define MAX_LINE     400 /* of the line with the addresses, where that holds no message */
#define MAX_PROBED   12  /* lines that are looked at to tell whether a message begins */
#define MAX_SEGMENTS 64
#define MAX_DISTANCE 4

/* What was printed of one packet. */
typedef struct
{
  RungsTextFrame frame;
  GString *text; /* its bytes, or dots for those that cannot be printed */
  gboolean is_hex;
  gsize start; /* where its text begins */
  gsize next;  /* the offset behind it */
} Packet;

static void
packet_clear (Packet *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packet, packet_clear)

/* "[AP]", "#3", "+12@1:2" */
static gboolean
is_aside (RungsSlice word)
{
  return word.data[0] == '[' || word.data[0] == '#' ||
         (word.data[0] == '+' && rungs_slice_find_char (word, 0, '@') > 0);
}

/* What stands in the line with the addresses behind them. */
static RungsSlice
find_rest (RungsSlice line)
{
  gssize arrow = rungs_slice_find (rungs_slice_sub (line, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL (" -> "));
  RungsSlice rest = rungs_slice_skip (line, (gsize) MAX (arrow, 0) + strlen (" -> "));
  gboolean is_first = TRUE;

  for (;;)
    {
      gssize space = rungs_slice_find_char (rest, 0, ' ');
      RungsSlice word = space >= 0 ? rungs_slice_sub (rest, 0, (gsize) space) : rest;

      if (word.length == 0 || (!is_first && !is_aside (word)))
        return rest;
      rest = rungs_slice_skip (rest, word.length + 1);
      is_first = FALSE;
    }
}

static void
take_hex (RungsTextWalk *walk, Packet *self, guint max_lines)
{
  RungsTextHex hex;
  RungsSlice line;
  gsize next = self->next;

  self->is_hex = TRUE;
  for (guint i = 0;
       i < max_lines && rungs_text_walk_next (walk, &next, &line) && rungs_text_hex_read_bare (&hex, line);
       i++)
    {
      g_string_append_len (self->text, (const char *) hex.bytes, hex.length);
      self->next = next;
    }
}

/* All lines are as wide as the terminal, also where an editor took the blanks at their ends. */
static void
take_wrapped (RungsTextWalk *walk, Packet *self, guint max_lines)
{
  gsize width = 0;
  gsize next = self->next;
  RungsSlice line;

  for (guint i = 0;
       i < max_lines && rungs_text_walk_next (walk, &next, &line) && rungs_slice_starts_with (line, INDENT);
       i++)
    {
      while (self->text->len % MAX (width, 1) != 0)
        g_string_append_c (self->text, ' ');
      g_string_append_len (self->text, line.data + INDENT.length, (gssize) (line.length - INDENT.length));
      width = MAX (width, line.length - INDENT.length);
      self->next = next;
    }
  while (self->text->len > 0 && self->text->str[self->text->len - 1] == ' ')
    g_string_truncate (self->text, self->text->len - 1);
}

/* Reads the packet whose addresses stand on the line at @offset. */
static gboolean
read_packet (RungsTextWalk *walk, gsize offset, Packet *self, guint max_lines)
{
  RungsSlice line, rest;
  RungsTextHex hex;
  gsize next = offset;

  if (!rungs_text_walk_next (walk, &next, &line) || line.length < 20)
    return FALSE;
  self->frame.record.time = RUNGS_TIME_NONE;
  if (!rungs_dialect_ngrep.read_frame (walk, line, &self->frame) || !self->frame.dotted)
    return FALSE;
  self->text = g_string_new (NULL);
  self->next = self->start = next;
  rest = find_rest (line);
  if (rest.length > 0)
    {
      g_string_append_len (self->text, rest.data, (gssize) rest.length);
      self->start = (gsize) (rest.data - walk->bytes.data);
      return TRUE;
    }
  if (!rungs_text_walk_next (walk, &next, &line))
    return FALSE;
  if (!rungs_slice_starts_with (line, INDENT))
    {
      g_string_append_len (self->text, line.data, (gssize) line.length);
      self->next = next;
      return line.length > 0;
    }
  if (rungs_text_hex_read_bare (&hex, line))
    take_hex (walk, self, max_lines);
  else
    take_wrapped (walk, self, max_lines);
  return self->text->len > 0;
}

static RungsSlice
get_text (const Packet *self)
{
  return rungs_slice (self->text->str, self->text->len);
}

static gboolean
begins_message (const Packet *self)
{
  RungsSlice text = get_text (self);
  gssize newline = rungs_slice_find_char (text, 0, '\n');

  if (!self->is_hex)
    return rungs_text_dots_is_message (text);
  return newline > 0 &&
         rungs_text_message_is_start_line (rungs_slice_trim (rungs_slice_sub (text, 0, (gsize) newline)));
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  g_auto (Packet) packet = { 0 };

  if (line.length < 20 || (line.data[1] != ' ' && line.data[1] != '('))
    return FALSE;
  return read_packet (walk, offset, &packet, MAX_PROBED) && begins_message (&packet);
}

/* The message so far with its line ends, and whether it is whole. */
static GString *
unfold (const Packet *self, gboolean *is_whole)
{
  GString *text = self->is_hex ? g_string_new_len (self->text->str, (gssize) self->text->len)
                               : rungs_text_dots_unfold (get_text (self));
  RungsTextHead head;

  rungs_text_head_scan (&head, rungs_slice (text->str, text->len));
  *is_whole = head.ended && text->len - head.length >= head.content_length;
  return text;
}

/* Appends the next packet from the same to the same end, if no message begins in it. */
static gboolean
take_segment (RungsTextWalk *walk, Packet *self)
{
  gsize offset = self->next;
  gsize next = offset;
  RungsSlice line;

  for (guint i = 0; i < MAX_DISTANCE && rungs_text_walk_next (walk, &next, &line); i++)
    {
      if (line.length > 0 && line.data[0] != '#')
        {
          g_auto (Packet) packet = { 0 };

          if (!read_packet (walk, offset, &packet, G_MAXUINT) || begins_message (&packet) ||
              packet.is_hex != self->is_hex ||
              !rungs_address_equal (&packet.frame.record.source, &self->frame.record.source) ||
              !rungs_address_equal (&packet.frame.record.destination, &self->frame.record.destination))
            return FALSE;
          g_string_append_len (self->text, packet.text->str, (gssize) packet.text->len);
          self->next = packet.next;
          return TRUE;
        }
      offset = next;
    }
  return FALSE;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  g_auto (Packet) packet = { 0 };
  g_autoptr (GString) message = NULL;
  gboolean is_whole;
  RungsRecord *record = &packet.frame.record;

  read_packet (walk, offset, &packet, G_MAXUINT);
  message = unfold (&packet, &is_whole);
  for (guint n = 0; n < MAX_SEGMENTS && !is_whole && record->transport == RUNGS_TRANSPORT_TCP &&
                    take_segment (walk, &packet);
       n++)
    {
      g_string_free (message, TRUE);
      message = unfold (&packet, &is_whole);
    }
  record->bytes = rungs_arena_copy (walk->arena, rungs_slice (message->str, message->len));
  record->offset = packet.start;
  record->flags |= RUNGS_RECORD_JOINED | (packet.is_hex ? 0 : RUNGS_RECORD_LOG);
  if (record->transport == RUNGS_TRANSPORT_TCP)
    record->flags |= RUNGS_RECORD_STREAM;
  if (!is_whole)
    record->flags |= RUNGS_RECORD_TRUNCATED;
  rungs_text_walk_record (walk, record);
  rungs_text_walk_read (walk, packet.next);
  return packet.next;
}

static int
probe (RungsSlice head)
{
  RungsSlice rest = head;

  /* The first line that has addresses tells how the others look. */
  while (rest.length > 0)
    {
      gssize newline = rungs_slice_find_char (rest, 0, '\n');
      RungsSlice line = newline >= 0 ? rungs_slice_sub (rest, 0, (gsize) newline) : rest;

      rest = rungs_slice_skip (rest, line.length + 1);
      if (line.length > 20 && (line.data[0] == 'U' || line.data[0] == 'T') && line.data[1] == ' ' &&
          rungs_slice_find (rungs_slice_sub (line, 0, MAX_LINE), 0, RUNGS_SLICE_LITERAL (" -> ")) > 0)
        return rungs_slice_starts_with (rest, INDENT) ||
                   rungs_slice_find (line, 0, RUNGS_SLICE_LITERAL ("..")) > 0 ||
                   rungs_slice_find (rungs_slice_sub (rest, 0, MAX_LINE),
                                     0,
                                     RUNGS_SLICE_LITERAL (" SIP/2.0..")) > 0
                 ? 29
                 : 0;
    }
  return 0;
}

const RungsDialect rungs_dialect_ngrep_folded = {
  .reader = { "ngrep-folded", N_ ("Text printed by ngrep, not line by line"), probe, rungs_dialect_read },
  .first_bytes = "UT",
  .claims = claims,
  .parse = parse,
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kamailio's sipdump files: a block of "key: value" lines, and the bytes of the message as they were.
 *
 *   ====================
 *   tag: rcv
 *   time: 1795345738.250009
 *   proto: udp ipv4
 *   srcip: 192.0.2.1 …
 *   ~~~~~~~~~~~~~~~~~~~~
 *   REGISTER …
 *   ||||||||||||||||||||
 *
 * A body that ends in no line end has the bars on its last line.  Versions before 5.1 wrote neither protocol nor
 * addresses.  The time is UTC. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-text-head.h"

#define BEGIN RUNGS_SLICE_LITERAL ("====================")
#define TEXT  RUNGS_SLICE_LITERAL ("~~~~~~~~~~~~~~~~~~~~")
#define END   RUNGS_SLICE_LITERAL ("||||||||||||||||||||")

/* How many lines the block may have. */
#define MAX_KEYS 16

/* What the block says. */
typedef struct
{
  RungsSlice tag;
  RungsSlice time;
  RungsSlice proto;
  RungsSlice source_ip;
  RungsSlice source_port;
  RungsSlice destination_ip;
  RungsSlice destination_port;
} Keys;

static gboolean
is_begin (RungsSlice line)
{
  return line.data[0] == '=' && rungs_slice_equal (line, BEGIN);
}

static gboolean
claims (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  gsize next = offset;

  return is_begin (line) && rungs_text_walk_next (walk, &next, &line) &&
         rungs_text_walk_next (walk, &next, &line) &&
         rungs_slice_starts_with (line, RUNGS_SLICE_LITERAL ("tag: "));
}

static void
read_key (Keys *self, RungsSlice line)
{
  gssize colon = rungs_slice_find_char (line, 0, ':');
  RungsSlice name = rungs_slice_sub (line, 0, (gsize) MAX (colon, 0));
  RungsSlice value = rungs_slice_trim (rungs_slice_skip (line, name.length + 1));
  const struct
  {
    const char *name;
    RungsSlice *value;
  } keys[] = {
    { "tag", &self->tag },
    { "time", &self->time },
    { "proto", &self->proto },
    { "srcip", &self->source_ip },
    { "srcport", &self->source_port },
    { "dstip", &self->destination_ip },
    { "dstport", &self->destination_port },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (rungs_slice_equal_string (name, keys[i].name))
      *keys[i].value = value;
}

static void
set_address (RungsAddress *address, RungsSlice ip, RungsSlice port)
{
  guint64 number;

  /* IPv6 stands in brackets or without, by version. */
  if (ip.length > 2 && ip.data[0] == '[' && ip.data[ip.length - 1] == ']')
    ip = rungs_slice_sub (ip, 1, ip.length - 2);
  rungs_address_parse (address, ip);
  if (rungs_slice_to_uint64 (port, &number) && number <= G_MAXUINT16)
    address->port = (guint16) number;
}

/* "1795345738.250009" */
static gint64
parse_epoch (RungsSlice text)
{
  gssize point = rungs_slice_find_char (text, 0, '.');
  guint64 seconds, microseconds;

  if (point < 0 || !rungs_slice_to_uint64 (rungs_slice_sub (text, 0, (gsize) point), &seconds) ||
      !rungs_slice_to_uint64 (rungs_slice_skip (text, (gsize) point + 1), &microseconds) ||
      seconds > G_MAXINT32 * G_GUINT64_CONSTANT (100) || microseconds >= G_USEC_PER_SEC)
    return RUNGS_TIME_NONE;
  return (gint64) (seconds * G_USEC_PER_SEC + microseconds);
}

static void
fill_record (const Keys *keys, RungsRecord *record)
{
  RungsSlice proto = rungs_text_frame_between (keys->proto, "", " ");

  record->time = parse_epoch (keys->time);
  record->transport = rungs_transport_lookup (proto.length > 0 ? proto : keys->proto);
  if (rungs_slice_equal_string (keys->tag, "rcv"))
    record->direction = RUNGS_DIRECTION_IN;
  else if (rungs_slice_equal_string (keys->tag, "snd"))
    record->direction = RUNGS_DIRECTION_OUT;
  set_address (&record->source, keys->source_ip, keys->source_port);
  set_address (&record->destination, keys->destination_ip, keys->destination_port);
}

/* The text from @begin to the bars, or to the next block where they are missing. Returns: the offset behind */
static gsize
read_text (RungsTextWalk *walk, gsize begin, RungsRecord *record)
{
  gsize next = begin;
  gsize end = begin;
  RungsSlice line;

  record->flags |= RUNGS_RECORD_TRUNCATED;
  while (rungs_text_walk_next (walk, &next, &line))
    {
      if (line.length > 0 && claims (walk, end, line))
        {
          next = end;
          break;
        }
      if (line.length >= END.length &&
          rungs_slice_equal (rungs_slice_skip (line, line.length - END.length), END))
        {
          end = (gsize) (rungs_slice_end (line) - walk->bytes.data) - END.length;
          record->flags &= ~(guint32) RUNGS_RECORD_TRUNCATED;
          break;
        }
      end = next;
    }
  record->offset = begin;
  record->bytes = rungs_text_walk_range (walk, begin, end);
  return next;
}

static gsize
parse (RungsTextWalk *walk, gsize offset, RungsSlice line)
{
  RungsRecord record = { .time = RUNGS_TIME_NONE };
  RungsTextHead head;
  Keys keys = { 0 };
  gsize next = offset;
  gsize behind = offset;

  rungs_text_walk_next (walk, &next, &line);
  for (guint i = 0; i < MAX_KEYS && rungs_text_walk_next (walk, &next, &line); i++)
    {
      behind = next;
      if (rungs_slice_equal (line, TEXT))
        {
          fill_record (&keys, &record);
          behind = read_text (walk, next, &record);
          if (rungs_slice_trim (record.bytes).length == 0)
            break;
          rungs_text_head_scan (&head, record.bytes);
          if (record.transport == RUNGS_TRANSPORT_UNKNOWN)
            record.transport = head.transport;
          if (head.n_bare > 0)
            record.flags |= RUNGS_RECORD_LOG;
          rungs_text_walk_record (walk, &record);
          rungs_text_walk_read (walk, behind);
          return behind;
        }
      read_key (&keys, line);
    }
  behind = MAX (behind, next);
  rungs_text_walk_unread (walk, behind, RUNGS_UNREAD_CUT_SHORT);
  return behind;
}

static int
probe (RungsSlice head)
{
  static const char *const marks[] = { "====================\ntag: ", "\n~~~~~~~~~~~~~~~~~~~~\n", NULL };

  return rungs_dialect_probe_marks (head, marks);
}

const RungsDialect rungs_dialect_sipdump = {
  .reader = { "sipdump", N_ ("Kamailio sipdump file"), probe, rungs_dialect_read },
  .first_bytes = "=",
  .claims = claims,
  .parse = parse,
};

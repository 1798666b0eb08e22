/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Silences on connections.  See rungs-silences.h. */

#include "config.h"

#include "rungs-key-table.h"
#include "rungs-silences.h"

/* What one end sent on one connection. */
typedef struct
{
  gint64 last;
  gint64 pause; /* the longest between two of its messages, or, where it sent keep-alives, between any data */
  gint64 pause_start;
} Side;

struct _RungsSilences
{
  RungsTrace *trace;
  guint64 seed;
  GArray *sides;            /* Side */
  RungsKeyTable side_of;    /* connection and endpoint → index into sides + 1 */
  RungsKeyTable message_of; /* connection → its first message + 1 */
};

static guint64
side_key (const RungsSilences *self, guint32 connection, guint32 endpoint)
{
  return rungs_key_mix (self->seed, (guint64) connection << 32 | endpoint);
}

/* Whether all that went over the connection of @info was captured as it went. */
static gboolean
is_captured (const RungsSilences *self, const RungsMessageInfo *info)
{
  const RungsTraceFile *file;

  if (info->connection == 0 || info->time == RUNGS_TIME_NONE ||
      (info->flags & RUNGS_MESSAGE_TRANSPORT_DERIVED) != 0)
    return FALSE;
  file = rungs_trace_get_file (self->trace, info->file);
  return file->format != NULL && g_str_has_prefix (file->format, "pcap");
}

static Side *
add_side (RungsSilences *self, guint32 connection, guint32 endpoint)
{
  guint32 *index = rungs_key_table_add (&self->side_of, side_key (self, connection, endpoint));

  if (*index == 0)
    {
      g_array_append_val (self->sides, ((Side){ RUNGS_TIME_NONE, 0, RUNGS_TIME_NONE }));
      *index = self->sides->len;
    }
  return &g_array_index (self->sides, Side, *index - 1);
}

static void
note_message (RungsSilences *self, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  guint32 *first;
  Side *side;

  if (!is_captured (self, info))
    return;
  first = rungs_key_table_add (&self->message_of, side_key (self, info->connection, G_MAXUINT32));
  if (*first == 0)
    *first = message + 1;
  side = add_side (self, info->connection, info->source);
  if (side->last != RUNGS_TIME_NONE && info->time - side->last > side->pause)
    {
      side->pause = info->time - side->last;
      side->pause_start = side->last;
    }
  side->last = MAX (side->last, info->time);
}

static void
note_keepalives (RungsSilences *self, const RungsForeignStream *stream)
{
  guint32 first = rungs_key_table_get (&self->message_of, side_key (self, stream->connection, G_MAXUINT32));
  const RungsMessageInfo *info;
  const RungsEndpoint *source;
  Side *side;

  if (first == 0)
    return;
  info = rungs_trace_get_message (self->trace, first - 1);
  source = rungs_trace_get_endpoint (self->trace, info->source);
  side =
    add_side (self,
              stream->connection,
              rungs_address_equal (&source->address, &stream->source) ? info->source : info->destination);
  side->pause = stream->pause;
  side->pause_start = stream->pause_start;
  side->last = MAX (side->last, stream->last);
}

RungsSilences *
rungs_silences_new (RungsTrace *trace)
{
  RungsSilences *self = g_new0 (RungsSilences, 1);

  self->trace = trace;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->sides = g_array_new (FALSE, FALSE, sizeof (Side));
  rungs_key_table_init (&self->side_of, 0);
  rungs_key_table_init (&self->message_of, 0);
  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    note_message (self, i);
  for (guint i = 0; i < rungs_trace_get_n_streams (trace); i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);

      if (stream->kind == RUNGS_FOREIGN_KEEPALIVE && stream->connection != 0)
        note_keepalives (self, stream);
    }
  return self;
}

void
rungs_silences_free (RungsSilences *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->sides);
  rungs_key_table_clear (&self->side_of);
  rungs_key_table_clear (&self->message_of);
  g_free (self);
}

static const Side *
get_side (const RungsSilences *self, guint32 connection, guint32 endpoint)
{
  guint32 index = rungs_key_table_get (&self->side_of, side_key (self, connection, endpoint));

  return index > 0 ? &g_array_index (self->sides, Side, index - 1) : NULL;
}

gint64
rungs_silences_find (const RungsSilences *self, guint message, gint64 since)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self->trace, message);
  const Side *side;
  const Side *other;
  gint64 longest = 0;

  if (!is_captured (self, info))
    return 0;
  side = get_side (self, info->connection, info->destination);
  other = get_side (self, info->connection, info->source);
  if (side == NULL || other == NULL || side->last == RUNGS_TIME_NONE || since == RUNGS_TIME_NONE)
    return 0;
  if (side->pause_start != RUNGS_TIME_NONE && side->pause_start >= since)
    longest = side->pause;
  return side->last >= since ? MAX (longest, other->last - side->last) : longest;
}

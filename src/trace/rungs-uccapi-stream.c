/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Blocks of a client log → messages.  See rungs-uccapi-stream.h. */

#include "config.h"

#include "rungs-interner.h"
#include "rungs-sip-frame.h"
#include "rungs-text-head.h"
#include "rungs-uccapi-stream.h"

/* A message in more pieces than that is handed over as it is. */
#define MAX_PIECES      4096
#define MAX_HEAD_PIECES 16

struct _RungsUccapiStream
{
  RungsAddress local;
  RungsAddress remote;
  guint32 connection;
  guint8 direction;

  /* The message that was begun and not ended. */
  GArray *pieces; /* RungsSlice */
  gsize held;     /* bytes in them */
  gint64 time;
  RungsTextHead head;
  guint64 missing;      /* bytes on the wire; 0: the head has not ended */
  gboolean is_exact;    /* the log wrote all bytes of the last block: of some it leaves out the bodies */
  gboolean ends_inside; /* and that ended inside a line: the next block goes on with it */
};

struct _RungsUccapiStreams
{
  RungsTextWalk *walk;
  RungsInterner *keys;
  RungsInterner *connections;
  GPtrArray *streams; /* by key - 1 */
  RungsUnreadReason reason;
};

static void
emit (RungsUccapiStreams *self,
      RungsUccapiStream *stream,
      RungsSlice bytes,
      const RungsTextHead *head,
      gint64 time,
      guint64 offset,
      RungsRecordFlags flags)
{
  RungsRecord record = { .bytes = bytes,
                         .offset = offset,
                         .time = time,
                         .transport = head->transport,
                         .direction = stream->direction,
                         .connection = stream->connection,
                         .flags =
                           RUNGS_RECORD_LOG | RUNGS_RECORD_STREAM | RUNGS_RECORD_ZONE_UNKNOWN | flags };

  if (stream->direction == RUNGS_DIRECTION_OUT)
    {
      record.source = stream->local;
      record.destination = stream->remote;
    }
  else if (stream->direction == RUNGS_DIRECTION_IN)
    {
      record.source = stream->remote;
      record.destination = stream->local;
    }
  rungs_text_walk_record (self->walk, &record);
}

static gsize
offset_of (RungsUccapiStreams *self, RungsSlice bytes)
{
  return (gsize) (bytes.data - self->walk->bytes.data);
}

/* All held pieces as one slice: the only one, or joined in the arena. */
static RungsSlice
join_pieces (RungsUccapiStreams *self, RungsUccapiStream *stream)
{
  char *joined;
  gsize length = 0;

  if (stream->pieces->len == 1)
    return g_array_index (stream->pieces, RungsSlice, 0);
  joined = rungs_arena_allocate (self->walk->arena, stream->held);
  for (guint i = 0; i < stream->pieces->len; i++)
    {
      RungsSlice piece = g_array_index (stream->pieces, RungsSlice, i);

      memcpy (joined + length, piece.data, piece.length);
      length += piece.length;
    }
  return rungs_slice (joined, length);
}

/* The held message is handed over as it is, possibly before it was complete. */
static void
flush (RungsUccapiStreams *self, RungsUccapiStream *stream)
{
  gboolean truncated = !stream->head.ended || stream->missing > 0;
  RungsRecordFlags flags = truncated ? RUNGS_RECORD_TRUNCATED : 0;

  if (stream->held == 0)
    return;
  if (stream->pieces->len > 1)
    flags |= RUNGS_RECORD_JOINED;
  emit (self,
        stream,
        join_pieces (self, stream),
        &stream->head,
        stream->time,
        offset_of (self, g_array_index (stream->pieces, RungsSlice, 0)),
        flags);
  g_array_set_size (stream->pieces, 0);
  stream->held = 0;
}

static void
hold (RungsUccapiStreams *self, RungsUccapiStream *stream, RungsSlice piece)
{
  g_array_append_val (stream->pieces, piece);
  stream->held += piece.length;
  if (stream->pieces->len >= MAX_PIECES)
    flush (self, stream);
}

static RungsSlice
first_line (RungsSlice text)
{
  gssize newline = rungs_slice_find_char (text, 0, '\n');

  return newline >= 0 ? rungs_slice_sub (text, 0, newline) : text;
}

/* Where the next start line behind the first line begins; the length of @text where there is none. */
static gsize
find_next_start (RungsSlice text)
{
  gsize offset = first_line (text).length + 1;

  while (offset < text.length)
    {
      RungsSlice line = first_line (rungs_slice_skip (text, offset));

      if (rungs_sip_may_be_start_line (line) && rungs_sip_is_start_line (line))
        return offset;
      offset += line.length + 1;
    }
  return text.length;
}

/* The log puts a line end behind a text; whether the text's last one is that, the size tells, or else the head. */
static RungsSlice
trim_end (RungsSlice text, guint64 size)
{
  RungsSlice trimmed = text;
  RungsTextHead head;

  if (trimmed.length > 0 && trimmed.data[trimmed.length - 1] == '\n')
    trimmed.length--;
  if (trimmed.length > 0 && trimmed.data[trimmed.length - 1] == '\r')
    trimmed.length--;
  if (trimmed.length == size || trimmed.length == text.length)
    return trimmed;
  if (text.length == size)
    return text;
  if (size > 0 && rungs_text_wire_length (trimmed) == size)
    return trimmed;
  if (size > 0 && rungs_text_wire_length (text) == size)
    return text;
  rungs_text_head_scan (&head, trimmed);
  return head.ended || !rungs_sip_is_start_line (first_line (trimmed)) ? trimmed : text;
}

/* How much of @text, which begins with a start line, is its first message. @left, what remains of the block on the
 * wire and 0 where that is not known, goes down by it. Returns: 0 where the message goes on in the next block */
static gsize
measure (RungsUccapiStream *stream, RungsSlice text, guint64 *left)
{
  RungsTextHead *head = &stream->head;
  RungsSlice body;
  gboolean bare;
  guint64 wire;
  gsize length, next;

  rungs_text_head_scan (head, text);
  body = rungs_slice_skip (text, head->length);
  bare = *left != 0 && *left != text.length && head->n_bare > 0;
  wire = head->length + (bare ? head->n_bare : 0) + head->content_length;
  stream->missing = 0;
  if (*left > 0 && (!head->ended || wire > *left))
    {
      stream->missing = head->ended ? wire - *left : 0;
      return 0;
    }
  if (*left > 0 && wire == *left)
    return text.length;
  *left -= *left > 0 ? wire : 0;
  if (!bare && head->content_length <= body.length && head->content_length > 0 &&
      (*left > 0 || head->content_length == body.length))
    return head->length + head->content_length;
  /* Not beyond the next start line, however long the body is said to be: hostile lengths would cost quadratic time. */
  next = find_next_start (text);
  if (head->has_length && next >= head->length &&
      rungs_text_wire_advance (rungs_slice_sub (body, 0, next - head->length), head->content_length, &length))
    return head->length + length;
  return next;
}

/* @text begins with a start line: hands over every whole message in it and holds what is left. */
static void
add_messages (RungsUccapiStreams *self, RungsUccapiStream *stream, RungsSlice text, guint64 size, gint64 time)
{
  guint64 left = size;

  while (text.length > 0)
    {
      gsize length;

      while (text.length > 0 && (text.data[0] == '\r' || text.data[0] == '\n'))
        {
          text = rungs_slice_skip (text, 1);
          left -= left > 0;
        }
      if (text.length == 0)
        return;
      length = measure (stream, text, &left);
      if (length == 0)
        {
          stream->time = time;
          hold (self, stream, text);
          return;
        }
      emit (self,
            stream,
            rungs_slice_sub (text, 0, length),
            &stream->head,
            time,
            offset_of (self, text),
            stream->head.ended ? 0 : RUNGS_RECORD_TRUNCATED);
      text = rungs_slice_skip (text, length);
      if (size > 0 && left == 0)
        left = text.length;
    }
}

/* How much of @joined, whose head has just been read, is the message; 0 where more of it must come. */
static gsize
measure_joined (RungsUccapiStream *stream, RungsSlice joined)
{
  const RungsTextHead *head = &stream->head;
  RungsSlice body = rungs_slice_skip (joined, head->length);
  guint64 wire = rungs_text_wire_length (body);
  gsize length;

  if (head->n_bare == 0 && head->content_length <= body.length)
    return head->length + (gsize) head->content_length;
  if (head->n_bare > 0 && rungs_text_wire_advance (body, head->content_length, &length))
    return head->length + length;
  stream->missing = head->content_length > wire ? head->content_length - wire : 0;
  return stream->missing > 0 ? 0 : joined.length;
}

/* @text goes on with a message whose head has not ended: only the joined text tells where it does. Returns: how much of @text
 * belongs to it */
static gsize
continue_head (RungsUccapiStreams *self, RungsUccapiStream *stream, RungsSlice text)
{
  gsize n_before = stream->held;
  RungsSlice joined;
  gsize length;

  hold (self, stream, text);
  joined = join_pieces (self, stream);
  rungs_text_head_scan (&stream->head, joined);
  if (!stream->head.ended)
    {
      if (stream->pieces->len >= MAX_HEAD_PIECES)
        flush (self, stream);
      return text.length;
    }
  length = measure_joined (stream, joined);
  if (length == 0)
    return text.length;
  /* What follows the message begins anew. */
  length = MAX (length, n_before) - n_before;
  g_array_index (stream->pieces, RungsSlice, stream->pieces->len - 1).length = length;
  stream->held = n_before + length;
  flush (self, stream);
  return length;
}

/* @text goes on with the held message. Returns: how much of it belongs there, the rest begins anew */
static gsize
continue_message (RungsUccapiStreams *self, RungsUccapiStream *stream, RungsSlice text, guint64 *size)
{
  gsize length = text.length;

  if (stream->missing == 0)
    {
      gboolean is_exact = *size == text.length;

      length = continue_head (self, stream, text);
      *size -= MIN (*size, is_exact ? length : rungs_text_wire_length (rungs_slice_sub (text, 0, length)));
      return length;
    }
  if (*size > stream->missing)
    {
      gsize rest;

      if (*size == text.length)
        length = stream->missing;
      else if (rungs_text_wire_advance (text, stream->missing, &rest))
        length = rest;
      else
        length = find_next_start (text);
    }
  hold (self, stream, rungs_slice_sub (text, 0, length));
  if (*size == 0 || *size >= stream->missing)
    {
      *size -= MIN (*size, stream->missing);
      stream->missing = 0;
      flush (self, stream);
    }
  else
    {
      stream->missing -= *size;
      *size = 0;
    }
  return length;
}

/* Whether @text, which has no line end, can be what a read left of a start line. */
static gboolean
may_become_start_line (RungsSlice text)
{
  const RungsSlice version = RUNGS_SLICE_LITERAL ("SIP/2.0 ");
  gsize n = 0;

  if (text.length == 0 || rungs_slice_find_char (text, 0, '\n') >= 0)
    return FALSE;
  if (rungs_slice_starts_with (text, version) || rungs_slice_starts_with (version, text))
    return TRUE;
  while (n < text.length && g_ascii_isupper (text.data[n]))
    n++;
  return n > 0 && (n == text.length || text.data[n] == ' ');
}

/* How the block @text of @size bytes ends, for the one that follows it. */
static void
note_end (RungsUccapiStream *stream, RungsSlice text, guint64 size)
{
  stream->is_exact = text.length == size || rungs_text_wire_length (text) == size;
  stream->ends_inside = stream->is_exact && text.length > 0 && text.data[text.length - 1] != '\n';
}

static RungsSlice
skip_line_ends (RungsSlice text, guint64 *size)
{
  while (text.length > 0 && (text.data[0] == '\r' || text.data[0] == '\n'))
    {
      text = rungs_slice_skip (text, 1);
      *size -= *size > 0;
    }
  return text;
}

gboolean
rungs_uccapi_streams_add (
  RungsUccapiStreams *self, RungsUccapiStream *stream, RungsSlice text, guint64 size, gint64 time)
{
  gboolean took = FALSE;
  gboolean goes_on = stream->held > 0 && stream->ends_inside;

  text = trim_end (text, size);
  /* A blank line of a message may come alone. */
  goes_on |= stream->held > 0 && (!stream->head.ended || stream->is_exact) && text.length > 0 &&
             rungs_slice_trim (text).length == 0;
  note_end (stream, text, size);
  if (!goes_on && rungs_slice_trim (text).length == 0)
    {
      self->reason = RUNGS_UNREAD_KEEPALIVE;
      return FALSE;
    }
  if (stream->held > 0)
    {
      if (goes_on || !rungs_sip_is_start_line (first_line (text)))
        {
          text = rungs_slice_skip (text, continue_message (self, stream, text, &size));
          text = skip_line_ends (text, &size);
          took = TRUE;
        }
      else
        flush (self, stream);
    }
  if (text.length == 0)
    return took;
  if (!rungs_sip_is_start_line (first_line (text)) && !rungs_sip_looks_like_message (text) &&
      !(stream->ends_inside && may_become_start_line (text)))
    {
      gsize next = find_next_start (text);

      self->reason = RUNGS_UNREAD_NOT_SIP;
      if (next == text.length)
        return took;
      text = rungs_slice_skip (text, next);
      size = 0;
    }
  add_messages (self, stream, text, size, time);
  return TRUE;
}

RungsUnreadReason
rungs_uccapi_streams_get_reason (const RungsUccapiStreams *self)
{
  return self->reason;
}

static RungsUccapiStream *
stream_new (RungsUccapiStreams *self, RungsSlice local, RungsSlice remote, RungsDirection direction)
{
  RungsUccapiStream *stream = g_new0 (RungsUccapiStream, 1);

  if (!rungs_address_parse (&stream->local, local))
    stream->local = (RungsAddress){ .kind = RUNGS_ADDRESS_LOCAL };
  rungs_address_parse (&stream->remote, remote);
  stream->direction = direction;
  stream->pieces = g_array_new (FALSE, FALSE, sizeof (RungsSlice));
  if (local.length > 0 && remote.length > 0)
    {
      g_autoptr (GByteArray) key = g_byte_array_new ();

      g_byte_array_append (key, (const guint8 *) local.data, local.length);
      g_byte_array_append (key, (const guint8 *) " ", 1);
      g_byte_array_append (key, (const guint8 *) remote.data, remote.length);
      stream->connection =
        rungs_interner_intern (self->connections, rungs_slice ((const char *) key->data, key->len));
    }
  return stream;
}

static void
stream_free (gpointer data)
{
  RungsUccapiStream *stream = data;

  g_array_unref (stream->pieces);
  g_free (stream);
}

RungsUccapiStreams *
rungs_uccapi_streams_new (RungsTextWalk *walk)
{
  RungsUccapiStreams *self = g_new0 (RungsUccapiStreams, 1);

  self->walk = walk;
  self->keys = rungs_interner_new ();
  self->connections = rungs_interner_new ();
  self->streams = g_ptr_array_new_with_free_func (stream_free);
  return self;
}

void
rungs_uccapi_streams_free (RungsUccapiStreams *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    flush (self, g_ptr_array_index (self->streams, i));
  g_ptr_array_unref (self->streams);
  rungs_interner_free (self->keys);
  rungs_interner_free (self->connections);
  g_free (self);
}

RungsUccapiStream *
rungs_uccapi_streams_get (RungsUccapiStreams *self,
                          RungsSlice local,
                          RungsSlice remote,
                          RungsDirection direction)
{
  char small[192];
  g_autofree char *large = NULL;
  gsize length = 1 + remote.length + 1 + local.length;
  char *key = length <= sizeof small ? small : (large = g_malloc (length));
  guint32 id;

  key[0] = (char) direction;
  if (remote.length > 0)
    memcpy (key + 1, remote.data, remote.length);
  key[1 + remote.length] = ' ';
  if (local.length > 0)
    memcpy (key + 2 + remote.length, local.data, local.length);
  id = rungs_interner_intern (self->keys, rungs_slice (key, length));
  if (id > self->streams->len)
    g_ptr_array_add (self->streams, stream_new (self, local, remote, direction));
  return g_ptr_array_index (self->streams, id - 1);
}

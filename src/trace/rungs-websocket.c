/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* WebSocket frames.  See rungs-websocket.h. */

#include "config.h"

#include <gio/gio.h>

#include "rungs-sip-frame.h"
#include "rungs-websocket.h"

#define MAX_MESSAGE  (1024 * 1024)
#define PEEK         512
#define MAX_CONTROLS 16
#define MIN_HEADER   2
#define MAX_BLANK    4

typedef struct
{
  gsize header;
  guint64 length;
  guint8 mask[4];
  guint8 opcode;
  gboolean is_final;
  gboolean is_masked;
  gboolean is_packed; /* of the first frame of a message */
} Frame;

struct _RungsWebsocket
{
  GConverter *unpacker;
};

RungsWebsocket *
rungs_websocket_new (void)
{
  return g_new0 (RungsWebsocket, 1);
}

void
rungs_websocket_free (RungsWebsocket *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->unpacker);
  g_free (self);
}

static gboolean
has_header (RungsSlice head, const char *name, const char *value)
{
  gsize start = 0;

  while (start < head.length)
    {
      gssize newline = rungs_slice_find_char (head, start, '\n');
      gsize end = newline >= 0 ? (gsize) newline : head.length;
      RungsSlice line = rungs_slice_sub (head, start, end - start);
      gssize colon = rungs_slice_find_char (line, 0, ':');

      if (colon > 0 && rungs_slice_case_equal_string (rungs_slice_sub (line, 0, colon), name) &&
          rungs_slice_case_equal_string (rungs_slice_trim (rungs_slice_skip (line, colon + 1)), value))
        return TRUE;
      start = end + 1;
    }
  return FALSE;
}

gboolean
rungs_websocket_is_upgrade (RungsSlice head)
{
  return has_header (head, "Upgrade", "websocket");
}

/* RFC 6455, 5.2.
 * Returns: -1: there is none, 0: more bytes are needed, 1: @frame is set */
static int
read_frame (Frame *frame, RungsSlice bytes)
{
  guint8 first, second;
  gsize n_length = 0;

  memset (frame, 0, sizeof *frame);
  if (bytes.length < MIN_HEADER)
    return 0;
  first = bytes.data[0];
  second = bytes.data[1];
  frame->is_final = (first & 0x80) != 0;
  frame->is_packed = (first & 0x40) != 0;
  frame->opcode = first & 0x0f;
  frame->is_masked = (second & 0x80) != 0;
  frame->length = second & 0x7f;
  if ((first & 0x30) != 0 || (frame->opcode > 2 && frame->opcode < 8) || frame->opcode > 10)
    return -1;
  if (frame->opcode >= 8 && (frame->length > 125 || !frame->is_final))
    return -1;
  if (frame->length >= 126)
    n_length = frame->length == 126 ? 2 : 8;
  frame->header = MIN_HEADER + n_length + (frame->is_masked ? 4 : 0);
  if (bytes.length < frame->header)
    return 0;
  if (n_length > 0)
    frame->length = rungs_slice_get_number (bytes, 2, n_length);
  if (frame->is_masked)
    memcpy (frame->mask, bytes.data + 2 + n_length, 4);
  return frame->length <= MAX_MESSAGE ? 1 : -1;
}

static gboolean
is_control (const Frame *frame)
{
  return frame->opcode >= RUNGS_WEBSOCKET_CLOSE;
}

static void
unmask (guint8 *bytes, gsize length, const guint8 mask[4])
{
  for (gsize i = 0; i < length; i++)
    bytes[i] ^= mask[i & 3];
}

/* Whether what a frame carries, as far as it is there, begins a SIP message. */
static RungsWebsocketGuess
guess_payload (const Frame *frame, RungsSlice bytes)
{
  const gsize wanted = MIN (frame->length, PEEK);
  RungsSlice payload = rungs_slice_sub (bytes, frame->header, wanted);
  guint8 beginning[PEEK];

  if (payload.length == 0)
    return wanted > 0 ? RUNGS_WEBSOCKET_MAYBE : RUNGS_WEBSOCKET_NO;
  memcpy (beginning, payload.data, payload.length);
  unmask (beginning, payload.length, frame->mask);
  if (!g_ascii_isalpha (beginning[0]))
    return RUNGS_WEBSOCKET_NO;
  if (rungs_sip_looks_like_message (rungs_slice ((const char *) beginning, payload.length)))
    return RUNGS_WEBSOCKET_YES;
  for (gsize i = 0; i < payload.length; i++)
    if (beginning[i] < 0x20 && beginning[i] != '\r' && beginning[i] != '\n' && beginning[i] != '\t')
      return RUNGS_WEBSOCKET_NO;
  return payload.length < wanted ? RUNGS_WEBSOCKET_MAYBE : RUNGS_WEBSOCKET_NO;
}

/* The first frame of a message that is not compressed, or a control frame. */
static gboolean
begins_frame (guint8 first)
{
  guint opcode = first & 0x0f;

  return (first & 0x70) == 0 &&
         (opcode == RUNGS_WEBSOCKET_TEXT || opcode == RUNGS_WEBSOCKET_BINARY || (first & 0x80) != 0) &&
         opcode != RUNGS_WEBSOCKET_CONTINUATION && (opcode < 3 || (opcode > 7 && opcode < 11));
}

RungsWebsocketGuess
rungs_websocket_recognise (RungsSlice bytes)
{
  /* pings and pongs may stand before it, and the empty lines that keep a connection alive */
  for (guint n = 0; n < MAX_CONTROLS; n++)
    {
      Frame frame;
      int found;

      if (bytes.length == 0)
        return n > 0 ? RUNGS_WEBSOCKET_MAYBE : RUNGS_WEBSOCKET_NO;
      if (!begins_frame (bytes.data[0]))
        return RUNGS_WEBSOCKET_NO;
      found = read_frame (&frame, bytes);
      if (found < 0)
        return RUNGS_WEBSOCKET_NO;
      if (found == 0)
        return RUNGS_WEBSOCKET_MAYBE;
      if (!is_control (&frame) && frame.length > MAX_BLANK)
        return guess_payload (&frame, bytes);
      if (bytes.length < frame.header + frame.length)
        return RUNGS_WEBSOCKET_MAYBE;
      bytes = rungs_slice_skip (bytes, frame.header + frame.length);
    }
  return RUNGS_WEBSOCKET_NO;
}

/* RFC 7692, 7.2.2: what the sender cut off the end is put there again. */
static gboolean
unpack (RungsWebsocket *self, RungsSlice packed, GByteArray *unpacked)
{
  static const char tail[] = { 0, 0, '\xff', '\xff' };
  RungsSlice parts[] = { packed, { tail, sizeof tail } };

  if (self->unpacker == NULL)
    self->unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    while (parts[i].length > 0)
      {
        guint8 buffer[4096];
        gsize n_read, n_written;

        if (unpacked->len > MAX_MESSAGE || g_converter_convert (self->unpacker,
                                                                parts[i].data,
                                                                parts[i].length,
                                                                buffer,
                                                                sizeof buffer,
                                                                G_CONVERTER_NO_FLAGS,
                                                                &n_read,
                                                                &n_written,
                                                                NULL) != G_CONVERTER_CONVERTED)
          return FALSE;
        g_byte_array_append (unpacked, buffer, n_written);
        if (n_read == 0 && n_written == 0)
          return FALSE;
        parts[i] = rungs_slice_skip (parts[i], n_read);
      }
  return TRUE;
}

/* Finds the end of the message that begins @stream; where that is cut, its last frame is as long as the stream.
 * Returns: -1: none begins there, 0: more bytes are needed, 1: @message knows where it ends */
static int
find_end (RungsSlice stream, gboolean at_end, RungsWebsocketMessage *message)
{
  gsize offset = 0;

  for (;;)
    {
      Frame frame;
      int found = read_frame (&frame, rungs_slice_skip (stream, offset));

      if (found < 0 || offset > MAX_MESSAGE)
        return -1;
      if (found > 0 && offset == 0)
        message->opcode = frame.opcode;
      /* a message that begins with the end of another, or begins anew inside of one */
      if (found > 0 && !is_control (&frame) && (offset > 0) != (frame.opcode == RUNGS_WEBSOCKET_CONTINUATION))
        return -1;
      message->wanted = offset + (found > 0 ? frame.header + frame.length : MAX (frame.header, MIN_HEADER));
      message->truncated = found == 0 || message->wanted > stream.length;
      if (message->truncated && !at_end)
        {
          message->done = 0;
          return 0;
        }
      message->done = MIN (stream.length, message->wanted);
      if (message->truncated || (is_control (&frame) && offset == 0) ||
          (!is_control (&frame) && frame.is_final))
        return 1;
      offset = message->done;
    }
}

/* Puts the payloads of the frames of @message together, unmasked. */
static void
join (RungsSlice stream, const RungsWebsocketMessage *message, GByteArray *joined)
{
  gsize offset = 0;

  while (offset < message->done)
    {
      Frame frame;
      RungsSlice payload;
      gsize before = joined->len;

      if (read_frame (&frame, rungs_slice_skip (stream, offset)) <= 0)
        return;
      payload =
        rungs_slice_sub (rungs_slice_sub (stream, 0, message->done), offset + frame.header, frame.length);
      offset += frame.header + frame.length;
      if (is_control (&frame) && !is_control (&(Frame){ .opcode = message->opcode }))
        continue;
      if (payload.length == 0)
        continue;
      g_byte_array_append (joined, (const guint8 *) payload.data, payload.length);
      if (frame.is_masked)
        unmask (joined->data + before, payload.length, frame.mask);
    }
}

gboolean
rungs_websocket_read (
  RungsWebsocket *self, RungsSlice stream, gboolean at_end, RungsArena *arena, RungsWebsocketMessage *message)
{
  g_autoptr (GByteArray) joined = NULL;
  Frame first;
  int found;

  g_return_val_if_fail (self != NULL && arena != NULL && message != NULL, FALSE);

  memset (message, 0, sizeof *message);
  found = find_end (stream, at_end, message);
  if (found <= 0)
    return found == 0;
  if (read_frame (&first, stream) <= 0)
    return TRUE;
  message->place = first.header;
  if (first.is_final && !first.is_masked && !first.is_packed)
    {
      message->bytes = rungs_slice_sub (stream, first.header, message->done - first.header);
      return TRUE;
    }
  message->changed = TRUE;
  joined = g_byte_array_new ();
  join (stream, message, joined);
  if (first.is_packed)
    {
      g_autoptr (GByteArray) packed = g_steal_pointer (&joined);

      joined = g_byte_array_new ();
      message->unreadable =
        !unpack (self, rungs_slice ((const char *) packed->data, packed->len), joined) && joined->len == 0;
    }
  message->bytes = rungs_arena_copy (arena, rungs_slice ((const char *) joined->data, joined->len));
  return TRUE;
}

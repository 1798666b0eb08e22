/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One direction of a WebSocket: the first byte says in what steps the rest comes.  The messages are the same as when it comes whole. */

#include "config.h"

#include <stdint.h>

#include "rungs-websocket.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Each message as its kind, its length and its bytes; what no longer is a message ends it. */
static GString *
read_all (RungsSlice stream, gsize step)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (RungsWebsocket) websocket = rungs_websocket_new ();
  GString *messages = g_string_new (NULL);
  gsize known = MIN (step, stream.length);
  gsize start = 0;
  gsize wanted = 0;

  while (start < stream.length)
    {
      gboolean at_end = known == stream.length;
      RungsSlice part = rungs_slice_sub (rungs_slice_sub (stream, 0, known), start, known - start);
      RungsWebsocketMessage message = { 0 };

      if (part.length < wanted && !at_end)
        {
          known = MIN (known + step, stream.length);
          continue;
        }
      if (!rungs_websocket_read (websocket, part, at_end, arena, &message))
        break;
      if (message.done == 0)
        {
          g_assert (!at_end && message.wanted > part.length);
          wanted = message.wanted;
          continue;
        }
      wanted = 0;
      g_assert (message.done <= part.length && message.place <= message.done + 14);
      g_assert (at_end || !message.truncated);
      g_string_append_printf (messages,
                              "%u %d %d %" G_GSIZE_FORMAT ":",
                              message.opcode,
                              message.truncated,
                              message.unreadable,
                              message.bytes.length);
      g_string_append_len (messages, message.bytes.data, (gssize) message.bytes.length);
      start += message.done;
    }
  return messages;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice stream = rungs_slice_skip (rungs_slice ((const char *) data, size), 1);
  g_autoptr (GString) whole = read_all (stream, MAX (stream.length, 1));
  g_autoptr (GString) pieces = read_all (stream, size > 0 ? MAX (data[0], 1) : 1);

  rungs_websocket_is_upgrade (stream);
  rungs_websocket_recognise (stream);
  g_assert (g_string_equal (whole, pieces));
  return 0;
}

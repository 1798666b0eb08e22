/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* WebSocket (RFC 6455) as SIP uses it (RFC 7118): the head of the HTTP upgrade, frames, and the messages that they make.
 *
 * In: the bytes of one direction. Out: where a frame begins and ends, its payload unmasked, put together from fragments, and unpacked
 * where the ends agreed on permessage-deflate (RFC 7692). */

#pragma once

#include "rungs-arena.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_WEBSOCKET_CONTINUATION = 0,
  RUNGS_WEBSOCKET_TEXT = 1,
  RUNGS_WEBSOCKET_BINARY = 2,
  RUNGS_WEBSOCKET_CLOSE = 8,
  RUNGS_WEBSOCKET_PING = 9,
  RUNGS_WEBSOCKET_PONG = 10,
} RungsWebsocketOpcode;

/**
 * RungsWebsocketMessage:
 * @done: how many bytes of the stream it is made of; 0: more are needed, at least @wanted in all
 * @bytes: its payload: a part of the stream, or, where @changed, unmasked, joined or unpacked in the arena
 * @place: where in the stream its payload begins
 * @truncated: whether the stream ends inside
 * @unreadable: whether it is compressed and cannot be unpacked
 */
typedef struct
{
  gsize done;
  gsize wanted;
  gsize place;
  RungsSlice bytes;
  guint8 opcode; /* RungsWebsocketOpcode */
  gboolean changed;
  gboolean truncated;
  gboolean unreadable;
} RungsWebsocketMessage;

/** RungsWebsocket: what one direction remembers from message to message: the window of the compression. */
typedef struct _RungsWebsocket RungsWebsocket;

RungsWebsocket *rungs_websocket_new            (void);
void            rungs_websocket_free           (RungsWebsocket            *self);

/** rungs_websocket_is_upgrade: whether @head (with its empty line) is an HTTP request or response that changes to WebSocket. */
gboolean        rungs_websocket_is_upgrade     (RungsSlice                 head);

typedef enum
{
  RUNGS_WEBSOCKET_NO,
  RUNGS_WEBSOCKET_MAYBE, /* more bytes will tell */
  RUNGS_WEBSOCKET_YES,
} RungsWebsocketGuess;

/** rungs_websocket_recognise: whether frames at the start of @bytes carry SIP: for streams whose upgrade was not captured. */
RungsWebsocketGuess rungs_websocket_recognise  (RungsSlice                 bytes);

/**
 * rungs_websocket_read:
 * @stream: bytes from the start of a frame on
 * @at_end: whether no more will come
 * @arena: for payloads that change
 *
 * Reads one message: a control frame, or all frames of a message of data with the control frames between them.
 *
 * Returns: %FALSE where no frame begins there, or one that is too large
 */
gboolean        rungs_websocket_read           (RungsWebsocket            *self,
                                                RungsSlice                 stream,
                                                gboolean                   at_end,
                                                RungsArena                *arena,
                                                RungsWebsocketMessage     *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebsocket, rungs_websocket_free)

G_END_DECLS

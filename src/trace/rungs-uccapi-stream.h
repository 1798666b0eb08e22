/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Blocks of a client log → messages: one stream a connection and direction.
 *
 * A block is what one call of send or receive took, so a message may span blocks and a block may hold several.  The
 * log says how many bytes a block had on the wire, but writes them otherwise: bodies of instant messages are left out,
 * line ends may have lost their CR.  So lengths are counted as on the wire, from the head and its Content-Length; the
 * usual block, one whole message, becomes a record without a copy. */

#pragma once

#include "rungs-text-walk.h"

G_BEGIN_DECLS

typedef struct _RungsUccapiStreams RungsUccapiStreams;
typedef struct _RungsUccapiStream RungsUccapiStream;

RungsUccapiStreams *rungs_uccapi_streams_new  (RungsTextWalk      *walk);

/** rungs_uccapi_streams_free: hands over what the streams hold back, and frees them. */
void                rungs_uccapi_streams_free (RungsUccapiStreams *self);

/** rungs_uccapi_streams_get: the stream from or to @remote; both addresses as the log writes them, possibly empty.
 * Returns: (transfer none): lives as long as @self */
RungsUccapiStream  *rungs_uccapi_streams_get  (RungsUccapiStreams *self,
                                               RungsSlice          local,
                                               RungsSlice          remote,
                                               RungsDirection      direction);

/**
 * rungs_uccapi_streams_add:
 * @text: the text of a block, with all line ends in front of the next line of the log
 * @size: how many bytes it had on the wire, 0: not known
 * @time: of the block
 *
 * Returns: whether any of it belongs to a message; where it does not, rungs_uccapi_streams_get_reason() says why
 */
gboolean            rungs_uccapi_streams_add  (RungsUccapiStreams *self,
                                               RungsUccapiStream  *stream,
                                               RungsSlice          text,
                                               guint64             size,
                                               gint64              time);
RungsUnreadReason   rungs_uccapi_streams_get_reason (const RungsUccapiStreams *self);

G_END_DECLS

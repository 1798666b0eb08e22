/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The two messages that were parsed last: the one that is being explained, header by header, and the one before it.
 *
 * Without it a message with a hundred thousand headers would be parsed again for each of them. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

#define RUNGS_MESSAGE_CACHE_SIZE 2

typedef struct
{
  RungsTrace *trace; /* borrowed */
  RungsSipMessage parsed[RUNGS_MESSAGE_CACHE_SIZE];
  guint32 messages[RUNGS_MESSAGE_CACHE_SIZE]; /* index + 1, 0: free */
  guint oldest;
} RungsMessageCache;

void                   rungs_message_cache_init  (RungsMessageCache *self,
                                                  RungsTrace        *trace);
void                   rungs_message_cache_clear (RungsMessageCache *self);

/** rungs_message_cache_get: the message parsed, good until the next but one that is asked for. */
const RungsSipMessage *rungs_message_cache_get   (RungsMessageCache *self,
                                                  guint              message);

G_END_DECLS

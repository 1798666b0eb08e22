/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The two messages that were parsed last.  See rungs-message-cache.h. */

#include "config.h"

#include "rungs-message-cache.h"

void
rungs_message_cache_init (RungsMessageCache *self, RungsTrace *trace)
{
  *self = (RungsMessageCache){ .trace = trace };
  for (guint i = 0; i < RUNGS_MESSAGE_CACHE_SIZE; i++)
    rungs_sip_message_init (&self->parsed[i]);
}

void
rungs_message_cache_clear (RungsMessageCache *self)
{
  for (guint i = 0; i < RUNGS_MESSAGE_CACHE_SIZE; i++)
    rungs_sip_message_clear (&self->parsed[i]);
}

const RungsSipMessage *
rungs_message_cache_get (RungsMessageCache *self, guint message)
{
  guint slot;

  for (slot = 0; slot < RUNGS_MESSAGE_CACHE_SIZE; slot++)
    if (self->messages[slot] == message + 1)
      break;
  if (slot == RUNGS_MESSAGE_CACHE_SIZE)
    {
      slot = self->oldest;
      rungs_trace_parse (self->trace, message, 0, &self->parsed[slot]);
      self->messages[slot] = message + 1;
    }
  self->oldest = (slot + 1) % RUNGS_MESSAGE_CACHE_SIZE;
  return &self->parsed[slot];
}

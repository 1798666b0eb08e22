/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Ranges of frames, read or not.  See rungs-pcap-ledger.h. */

#include "config.h"

#include "rungs-pcap-ledger.h"

void
rungs_pcap_ledger_init (RungsPcapLedger *self, RungsSink *sink)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (sink != NULL);

  *self = (RungsPcapLedger){ sink, { 0, 0 }, RUNGS_PCAP_READ };
}

void
rungs_pcap_ledger_flush (RungsPcapLedger *self)
{
  g_return_if_fail (self != NULL);

  if (self->run.length == 0)
    return;
  if (self->outcome == RUNGS_PCAP_READ)
    self->sink->read (self->sink, self->run.offset, self->run.length);
  else
    self->sink->unread (self->sink, self->run.offset, self->run.length, self->outcome);
  self->run.length = 0;
}

void
rungs_pcap_ledger_settle (RungsPcapLedger *self, RungsPcapRange range, guint outcome)
{
  g_return_if_fail (self != NULL);

  if (range.length == 0)
    return;
  if (outcome == self->outcome && self->run.length > 0 && self->run.offset + self->run.length == range.offset)
    {
      self->run.length += range.length;
      return;
    }
  rungs_pcap_ledger_flush (self);
  self->run = range;
  self->outcome = outcome;
}

gboolean
rungs_pcap_ledger_reach (RungsPcapLedger *self, RungsSlice *bytes, gsize end)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  while (bytes->length < end && self->sink->more != NULL)
    {
      gsize length;

      rungs_pcap_ledger_flush (self);
      length = self->sink->more (self->sink, bytes->length);
      if (length <= bytes->length)
        break;
      bytes->length = length;
    }
  return bytes->length >= end;
}

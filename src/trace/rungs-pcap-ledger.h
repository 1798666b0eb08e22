/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which bytes of a capture were read: ranges of frames → read() and unread() of the sink.
 *
 * A frame counts as one range, headers included.  Whether it was read may be known only much later, when the message of
 * which it holds a piece is complete; until then its range is kept by whoever keeps the piece.  Neighbouring ranges of
 * one kind are joined before the sink hears of them, so that a capture full of SIP is a handful of calls. */

#pragma once

#include "rungs-reader.h"

G_BEGIN_DECLS

/** RUNGS_PCAP_READ: the range is part of a record; any other outcome is a #RungsUnreadReason. */
#define RUNGS_PCAP_READ RUNGS_N_UNREAD_REASONS

typedef struct
{
  guint64 offset;
  guint64 length;
} RungsPcapRange;

typedef struct
{
  RungsSink *sink;
  RungsPcapRange run;
  guint outcome;
} RungsPcapLedger;

void rungs_pcap_ledger_init   (RungsPcapLedger *self,
                               RungsSink       *sink);

/** rungs_pcap_ledger_settle: @range is read (#RUNGS_PCAP_READ) or unread for the reason @outcome. */
void rungs_pcap_ledger_settle (RungsPcapLedger *self,
                               RungsPcapRange   range,
                               guint            outcome);

/** rungs_pcap_ledger_reach: where the file, known as @bytes, grows, waits until it is known up to @end.
 * Returns: %FALSE where it ends before */
gboolean rungs_pcap_ledger_reach (RungsPcapLedger *self,
                                  RungsSlice      *bytes,
                                  gsize            end);

/** rungs_pcap_ledger_flush: tells the sink of what was not yet told. */
void rungs_pcap_ledger_flush  (RungsPcapLedger *self);

G_END_DECLS

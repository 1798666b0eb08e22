/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* IP fragments → datagrams (RFC 791, 3.2; RFC 8200, 4.5; overlaps: RFC 5722, the first bytes win).
 *
 * In: fragments in any order. Out: each datagram once, as a list of slices of the capture: nothing is copied.  A
 * datagram of which a part never came is handed out all the same, incomplete, because a capture filter for a port
 * lets only first fragments through and a message cut short is better than none.  At most 1,024 datagrams are under
 * way, each of at most 512 fragments, and none for longer than 30 seconds of capture time; as long are those that are
 * complete remembered, because a capture on two interfaces brings each fragment twice, in any order: a copy is the same bytes at the
 * same place under the same identification. */

#pragma once

#include "rungs-packet.h"
#include "rungs-pcap-ledger.h"

G_BEGIN_DECLS

/**
 * RungsReassemblyFragment:
 * @bytes: a part of the capture
 * @offset: where it belongs in the datagram
 * @range: its frame
 * @missing: how many bytes the capture left out behind @bytes
 */
typedef struct
{
  RungsSlice bytes;
  guint32 offset;
  RungsPcapRange range;
  guint32 missing;
} RungsReassemblyFragment;

/**
 * RungsReassemblyDatagram:
 * @packet: addresses and protocol; its payload is empty
 * @fragments: #RungsReassemblyFragment, sorted by offset
 * @n_usable: how many of them, from the first on, follow each other without a hole; their bytes do not overlap
 * @complete: whether these are the whole datagram
 * @time: of the last fragment that came
 */
typedef struct
{
  RungsPacket packet;
  GArray *fragments;
  guint n_usable;
  gboolean complete;
  gint64 time;
} RungsReassemblyDatagram;

typedef void (*RungsReassemblyDone) (gpointer data, const RungsReassemblyDatagram *datagram);

typedef struct _RungsReassemblyIp RungsReassemblyIp;

/** rungs_reassembly_ip_new: @done is called with @data for each datagram, complete or not; @ledger hears of copies. (transfer
 * full) */
RungsReassemblyIp *rungs_reassembly_ip_new    (RungsReassemblyDone done,
                                               gpointer            data,
                                               RungsPcapLedger    *ledger);
void               rungs_reassembly_ip_free   (RungsReassemblyIp  *self);

/** rungs_reassembly_ip_push: a packet that rungs_packet_decode() called a FRAGMENT. */
void               rungs_reassembly_ip_push   (RungsReassemblyIp  *self,
                                               const RungsPacket  *packet,
                                               RungsPcapRange      range,
                                               gint64              time);

/** rungs_reassembly_ip_finish: no more fragments come. */
void               rungs_reassembly_ip_finish (RungsReassemblyIp  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsReassemblyIp, rungs_reassembly_ip_free)

G_END_DECLS

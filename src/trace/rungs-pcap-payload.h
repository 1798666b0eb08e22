/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A payload that stands for itself (a datagram, a message of SCTP, an exported PDU) → a record, or why it is none.
 *
 * Knows SIP, Kerberos and HEP.  Of a HEP packet the message inside becomes the record, with the addresses, the time and the
 * transport that the capture agent reports; a compressed one is unpacked, up to a limit. */

#pragma once

#include "rungs-arena.h"
#include "rungs-hep.h"
#include "rungs-reader.h"

G_BEGIN_DECLS

#define RUNGS_PCAP_N_AGENTS 8

/* With so many bytes SIP and media would have been recognised. */
#define RUNGS_PCAP_ENOUGH 64

/** RungsPcapLocate: where in the file byte @place of a payload stands that was joined. */
typedef guint64 (*RungsPcapLocate) (gpointer data, guint64 place);

/**
 * RungsPcapPayload:
 * @locate: (nullable): where set, offsets of records given to read() count from the start of a joined payload
 * @agents: the names of the last capture agents that had to be written down
 */
typedef struct
{
  RungsArena *arena;
  RungsSink *sink;
  RungsSlice agents[RUNGS_PCAP_N_AGENTS];
  guint next_agent;
  GHashTable *comments; /* (nullable): offset of a frame → RungsSlice */
  RungsSlice interface; /* of the frame at work, where there are several */
  RungsSlice comment;   /* of the frame at work */
  guint32 flags;        /* RungsRecordFlags of all records */
  RungsPcapLocate locate;
  gpointer locate_data;
} RungsPcapPayload;

void  rungs_pcap_payload_init     (RungsPcapPayload  *self,
                                   RungsArena        *arena,
                                   RungsSink         *sink);

void  rungs_pcap_payload_clear    (RungsPcapPayload  *self);

/** rungs_pcap_payload_set_asides: what the file says of the frame at @offset, the next that is read: records get it. */
void  rungs_pcap_payload_set_asides (RungsPcapPayload *self,
                                     gsize             offset,
                                     RungsSlice        interface,
                                     RungsSlice        comment);

/** rungs_pcap_payload_get_comment: what somebody wrote beside the frame at @offset, or empty. */
RungsSlice rungs_pcap_payload_get_comment (const RungsPcapPayload *self,
                                           gsize                   offset);

/**
 * rungs_pcap_payload_read:
 * @record: bytes, offset, time, addresses, transport and flags of the payload; changed
 * @length: how long the payload was on the wire
 *
 * Returns: RUNGS_PCAP_READ where the sink got a record, otherwise a #RungsUnreadReason
 */
guint rungs_pcap_payload_read     (RungsPcapPayload  *self,
                                   RungsRecord       *record,
                                   gsize              length);

/** rungs_pcap_payload_may_read: whether a payload of @length bytes that begins with @beginning is worth being joined; @record
 * has its addresses. */
gboolean rungs_pcap_payload_may_read (RungsSlice         beginning,
                                      const RungsRecord *record,
                                      gsize              length);

/** rungs_pcap_payload_read_hep: @record holds the payload of @hep; as rungs_pcap_payload_read(). */
guint rungs_pcap_payload_read_hep (RungsPcapPayload  *self,
                                   const RungsHep    *hep,
                                   RungsRecord       *record);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Captured frames, from whatever file format → records and a ledger of the rest.
 *
 * The readers of pcap and pcapng take their files apart and give every frame to push() and every other byte to skip();
 * here the frames become packets, datagrams, streams and messages.  Invariant: each byte of the ranges given is
 * settled once, at the latest in finish().  Damage that begins behind a sound frame is told with skip(), too. */

#pragma once

#include "rungs-arena.h"
#include "rungs-pcap-ledger.h"

G_BEGIN_DECLS

typedef struct _RungsPcapCapture RungsPcapCapture;

/**
 * RungsPcapFrame:
 * @range: the frame with its header in the file
 * @bytes: what was captured
 * @length: how long the frame was on the wire
 * @link_type: a LINKTYPE number
 * @time: µs since the epoch, or RUNGS_TIME_NONE
 */
typedef struct
{
  RungsPcapRange range;
  RungsSlice bytes;
  gsize length;
  guint link_type;
  gint64 time;
} RungsPcapFrame;

/** rungs_pcap_capture_new: @bytes is the whole file. (transfer full) */
RungsPcapCapture *rungs_pcap_capture_new    (RungsSlice            bytes,
                                             RungsArena           *arena,
                                             RungsSink            *sink);
void              rungs_pcap_capture_free   (RungsPcapCapture     *self);

/** rungs_pcap_capture_push: Returns: %FALSE where the sink wants to hear no more */
gboolean          rungs_pcap_capture_push   (RungsPcapCapture     *self,
                                             const RungsPcapFrame *frame);

/**
 * rungs_pcap_capture_reach:
 * @bytes: (inout): the whole file as far as it is known
 * @end: an offset in it
 *
 * Where the file grows, waits until it is known up to @end. Returns: %FALSE where it ends before
 */
gboolean          rungs_pcap_capture_reach  (RungsPcapCapture     *self,
                                             RungsSlice           *bytes,
                                             gsize                 end);

/** rungs_pcap_capture_set_asides: what the file says of the next frame, which begins at @offset: the interface where there are
 * several, and what somebody wrote beside it. Holds until it is called again. */
void              rungs_pcap_capture_set_asides (RungsPcapCapture *self,
                                                 gsize             offset,
                                                 RungsSlice        interface,
                                                 RungsSlice        comment);

/** rungs_pcap_capture_set_zone_unknown: the times of all frames are those of a clock whose zone the file does not state. */
void              rungs_pcap_capture_set_zone_unknown (RungsPcapCapture *self);

/** rungs_pcap_capture_name: the file says that @address is called @name. */
void              rungs_pcap_capture_name   (RungsPcapCapture     *self,
                                             const RungsAddress   *address,
                                             RungsSlice            name);

/** rungs_pcap_capture_skip: bytes of the file that are no frame. Returns: as push() */
gboolean          rungs_pcap_capture_skip   (RungsPcapCapture     *self,
                                             gsize                 offset,
                                             gsize                 length,
                                             RungsUnreadReason     reason);

/** rungs_pcap_capture_finish: no more frames come.
 * Returns: %FALSE and RUNGS_ERROR_FORMAT where there were frames, all of link types that Rungs does not know */
gboolean          rungs_pcap_capture_finish (RungsPcapCapture     *self,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPcapCapture, rungs_pcap_capture_free)

/** rungs_pcap_get_uint16: a number at @offset, in the byte order of this machine or, with @swapped, the other one. */
static inline guint16
rungs_pcap_get_uint16 (RungsSlice bytes,
                       gsize offset,
                       gboolean swapped)
{
  guint16 number;

  memcpy (&number, bytes.data + offset, sizeof number);
  return swapped ? GUINT16_SWAP_LE_BE (number) : number;
}

/** rungs_pcap_get_uint32: as above. */
static inline guint32
rungs_pcap_get_uint32 (RungsSlice bytes,
                       gsize offset,
                       gboolean swapped)
{
  guint32 number;

  memcpy (&number, bytes.data + offset, sizeof number);
  return swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

G_END_DECLS

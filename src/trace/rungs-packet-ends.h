/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Between which two endpoints a packet runs: what connections and directions of a capture are known by. */

#pragma once

#include <string.h>

#include "rungs-address.h"
#include "rungs-packet.h"

G_BEGIN_DECLS

/** RungsPacketEnds: no padding, as it is hashed and compared as bytes. */
typedef struct
{
  guint8 addresses[2][16];
  guint16 ports[2];
  guint32 version; /* of IP; 0: not known */
} RungsPacketEnds;

/** rungs_packet_ends_init: the ends of @packet, its source at the place @sender, 0 or 1. */
static inline void
rungs_packet_ends_init (RungsPacketEnds   *self,
                        const RungsPacket *packet,
                        guint              sender)
{
  memcpy (self->addresses[sender], packet->source, 16);
  memcpy (self->addresses[!sender], packet->destination, 16);
  self->ports[sender] = packet->source_port;
  self->ports[!sender] = packet->destination_port;
  self->version = packet->version;
}

static inline guint64
rungs_packet_ends_hash (const RungsPacketEnds *self,
                        guint64                seed)
{
  return rungs_slice_hash (rungs_slice ((const char *) self, sizeof *self), seed);
}

static inline gboolean
rungs_packet_ends_equal (const RungsPacketEnds *self,
                         const RungsPacketEnds *other)
{
  return memcmp (self, other, sizeof *self) == 0;
}

/** rungs_packet_ends_get_address: the end at the place @side; of no kind where the version is not known. */
static inline RungsAddress
rungs_packet_ends_get_address (const RungsPacketEnds *self,
                               guint                  side)
{
  RungsAddress address = { .port = self->ports[side] };

  if (self->version == 0)
    return (RungsAddress){ 0 };
  address.kind = self->version == 4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6;
  memcpy (address.bytes, self->addresses[side], 16);
  return address;
}

G_END_DECLS

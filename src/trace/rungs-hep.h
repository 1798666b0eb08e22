/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* HEP, the encapsulation of HOMER: one packet → the message inside, with the addresses and the time that the capture agent saw.
 *
 * Versions 1 and 2 are a fixed header, version 3 (also called EEP) chunks in any order; unknown ones are skipped.  Writers
 * put the address family of their own system in: which address chunk is there decides. Nothing is copied: all slices point
 * into the packet. */

#pragma once

#include "rungs-record.h"

G_BEGIN_DECLS

/** RUNGS_HEP_HEADER: so many bytes tell how long a packet of version 3 is. */
#define RUNGS_HEP_HEADER 6

/**
 * RungsHep:
 * @length: of the whole packet
 * @time: µs since the epoch; RUNGS_TIME_NONE where the packet does not say
 * @node: the name of the capture agent, or empty
 * @agent: its number; where @has_agent
 * @protocol: 1: SIP, 5: RTCP as JSON, 100: a log line …
 * @compressed: whether the payload is a zlib stream (RFC 1950)
 */
typedef struct
{
  RungsAddress source;
  RungsAddress destination;
  gsize length;
  gint64 time;
  RungsSlice payload;
  RungsSlice node;
  guint32 agent;
  guint8 transport;  /* RungsTransport */
  guint8 protocol;
  gboolean has_agent;
  gboolean compressed;
} RungsHep;

/** rungs_hep_get_length: how long the packet of version 3 is that begins at @bytes, 0 where none does. */
gsize    rungs_hep_get_length (RungsSlice   bytes);

/** rungs_hep_parse: reads the packet at the start of @bytes; of one that is cut what is there.
 * Returns: %FALSE where there is none */
gboolean rungs_hep_parse      (RungsHep    *self,
                               RungsSlice   bytes);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the index takes from one record, as far as the record alone tells it.
 *
 * The index pass has two halves.  This one parses and hashes: it depends on nothing but the record, so that any thread can
 * do it for any record (rungs-record-pipe.h).  The other numbers: strings, endpoints and connections get their ids in the
 * order of the records, in one thread (rungs-trace-builder.c). */

#pragma once

#include "rungs-sip-outline.h"
#include "rungs-trace-private.h"

G_BEGIN_DECLS

/** RungsReadingSeeds: what makes the hashes of two readings comparable, and unpredictable. */
typedef struct
{
  guint64 seed;                    /* of the keys */
  const RungsInterner *strings;    /* whose hashes are used; nothing is looked up */
  gboolean outlines;               /* whether readings have one */
} RungsReadingSeeds;

/**
 * RungsReading:
 * @info: without ids, connection, file and the corrections of its clock
 * @key: without who, peer and derive
 * @call_id: its value, and in @call_id_hash the hash that the interner wants
 * @from: the value; of the first message of a flow the parties are taken from it
 * @sent_by: "host:port" of the top Via
 * @request_uri: of a request, as @route
 * @date: the Date header of a response
 */
typedef struct
{
  RungsMessageInfo info;
  RungsMessageKey key;
  guint64 call_id_hash;
  RungsSlice call_id;
  RungsSlice from;
  RungsSlice to;
  RungsSlice sent_by;
  RungsSlice request_uri;
  RungsSlice route;
  RungsSlice date;
  gboolean has_outline;
  RungsSipOutline outline;
} RungsReading;

/** rungs_reading_seeds_init: draws a seed. */
void rungs_reading_seeds_init (RungsReadingSeeds       *self,
                               const RungsInterner     *strings);

/** rungs_reading_take: reads a SIP @record. @sip: memory to parse in, used again from record to record by one thread */
void rungs_reading_take       (RungsReading            *self,
                               const RungsReadingSeeds *seeds,
                               const RungsRecord       *record,
                               RungsSipMessage         *sip);

G_END_DECLS

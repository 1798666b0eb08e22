/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inside of a builder: for rungs-trace-builder.c, rungs-trace-finish.c and rungs-trace-snapshot.c alone. */

#pragma once

#include "rungs-clock.h"
#include "rungs-ends.h"
#include "rungs-message-key.h"
#include "rungs-trace-builder.h"
#include "rungs-trace-private.h"

G_BEGIN_DECLS

/** RungsKnownName: what an input calls an address. */
typedef struct
{
  RungsAddress address; /* without port */
  RungsSlice name;
} RungsKnownName;

/** RungsBuilderSource: one input while it is read, and what its reader talks to. */
typedef struct
{
  RungsSink sink; /* first: the reader sees it */
  RungsTraceBuilder *builder;
  RungsTraceFile *file;
  RungsInput *input;
  gsize released; /* see release_behind() */
  guint file_index;
  guint first_message;
  guint first_kerberos;
  guint first_stream;
  RungsClockGuess clock;
  gint64 last_time;
  guint32 connection_base; /* see index_connection() */
  guint32 connection_step;
  guint64 total;
  gsize probed; /* bytes by which the format was recognised */
  RungsProgressFunc progress;
  RungsGrowFunc grow; /* NULL: the input is whole */
  gpointer data;
  GArray *pending; /* RungsRecord: shown, and not yet handed over; NULL where the input is whole */
} RungsBuilderSource;

struct _RungsTraceBuilder
{
  RungsTrace *trace;
  RungsEndpointTable endpoints;
  RungsKeyMaker maker;
  RungsReadingSeeds seeds;
  RungsEnds ends;
  GArray *keys;  /* RungsMessageKey */
  GArray *names; /* RungsKnownName */
  RungsSipMessage sip;
  gboolean sorted;
  guint32 highest_connection; /* of all inputs */
  GPtrArray *sources;         /* RungsBuilderSource: the inputs that grow */
  RungsClockShifts *shifts;   /* or NULL */
};

/** rungs_builder_source_index: takes @record into the trace of the source's builder. */
void rungs_builder_source_index (RungsBuilderSource *self, const RungsRecord *record);

/** rungs_builder_source_derive_zone: moves the times of the file's messages to UTC where its Date headers tell the zone. */
void rungs_builder_source_derive_zone (RungsBuilderSource *self);

/** rungs_trace_builder_begin: makes room for a new trace. */
void rungs_trace_builder_begin        (RungsTraceBuilder  *self);

/** rungs_trace_builder_end: lets go of what only building needs. */
void rungs_trace_builder_end (RungsTraceBuilder *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A reader in one thread, its records indexed in others: loading uses all cores.
 *
 * In: what RungsReader.read() takes. Out: its records with their readings, in the order of the input.  Records cross in
 * batches that are used again, so that memory stays small however large the input is.  The reader's thread fills batches;
 * the caller's takes them in order; in between each batch is parsed and hashed (rungs-reading.h), and that is done by
 * whoever would wait otherwise: the caller when its next batch is not parsed yet, the reader when all batches are full, and
 * one helper for each further core. */

#pragma once

#include "rungs-reader.h"
#include "rungs-reading.h"

G_BEGIN_DECLS

/** RungsReadingFunc: takes one record of any kind; @reading is that of a SIP message, otherwise undefined, and may be
 * changed. */
typedef void (*RungsReadingFunc) (RungsSink *sink, const RungsRecord *record, RungsReading *reading);

/**
 * rungs_record_pipe_read:
 * @seeds: what the readings are made with
 * @sink: as for reader->read(), but its record() is not called
 * @take: called in the caller's thread, as sink->progress(); all others in the reader's
 *
 * As reader->read(); all other threads have ended when the function returns.
 */
gboolean rungs_record_pipe_read (const RungsReader       *reader,
                                 RungsSlice               bytes,
                                 RungsArena              *arena,
                                 const RungsReadingSeeds *seeds,
                                 RungsSink               *sink,
                                 RungsReadingFunc         take,
                                 GError                 **error);

G_END_DECLS

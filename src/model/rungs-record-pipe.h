/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A reader in one thread, its records indexed in another: the two halves of loading use both cores.
 *
 * In: what RungsReader.read() takes. Out: the same calls into the sink, with the same order of records.  Records cross
 * in batches that are used again, so that memory stays small however large the input is.  sink->record() and
 * sink->progress() are called in the caller's thread, all others in the reader's; the reader's thread has ended
 * when the function returns. */

#pragma once

#include "rungs-reader.h"

G_BEGIN_DECLS

/** rungs_record_pipe_read: as reader->read(); inputs below 1 MiB are read in the caller's thread alone. */
gboolean rungs_record_pipe_read (const RungsReader *reader,
                                 RungsSlice         bytes,
                                 RungsArena        *arena,
                                 RungsSink         *sink,
                                 GError           **error);

G_END_DECLS

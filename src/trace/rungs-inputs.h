/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One path → its inputs: the file itself, or what is packed in it.
 *
 * An archive of logs is read as one trace: each file in it is an input with the name "support.zip/logs/client.log".  What is
 * only compressed keeps its name ("capture.pcap.gz").  Archives in archives are unpacked as well, to a stated depth; below it
 * they are inputs as they are.  Unpacked bytes lie in memory. */

#pragma once

#include "rungs-archive.h"
#include "rungs-input.h"

G_BEGIN_DECLS

/**
 * RungsInputSource:
 * @input: the input, %NULL where there is none
 * @name: display name of what failed, where @input is %NULL
 * @path: the path that it was opened by, where @input is %NULL
 * @error: why there is none, RUNGS_ERROR
 */
typedef struct
{
  RungsInput *input;
  char *name;
  char *path;
  GError *error;
} RungsInputSource;

/** rungs_input_source_new: takes @input. */
RungsInputSource *rungs_input_source_new         (RungsInput       *input);

/** rungs_input_source_new_failure: takes @error. */
RungsInputSource *rungs_input_source_new_failure (const char       *name,
                                                  const char       *path,
                                                  GError           *error);
void              rungs_input_source_free        (RungsInputSource *self);

/**
 * rungs_inputs_open:
 * @path: a file name, or "-" for standard input
 * @limits: (nullable): bounds of what is unpacked, %NULL for rungs_archive_limits_for_size()
 * @progress: (nullable): how far the unpacking is
 * @error: as rungs_input_open(), G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): RungsInputSource, one for what is read and one for what is wrong with an archive; %NULL where
 * nothing could be opened at all
 */
GPtrArray *rungs_inputs_open    (const char               *path,
                                 const RungsArchiveLimits *limits,
                                 RungsArchiveProgressFunc  progress,
                                 gpointer                  data,
                                 GCancellable             *cancellable,
                                 GError                  **error);

/** rungs_inputs_unpack: the same for an input that is open. */
GPtrArray *rungs_inputs_unpack  (RungsInput               *input,
                                 const RungsArchiveLimits *limits,
                                 RungsArchiveProgressFunc  progress,
                                 gpointer                  data,
                                 GCancellable             *cancellable,
                                 GError                  **error);

G_END_DECLS

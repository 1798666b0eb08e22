/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One input: a file or standard input → all its bytes, held for the life of the trace.
 *
 * Small files are read into memory, larger ones mapped.  A mapped file that another program shortens must not end the
 * process: a SIGBUS inside a registered mapping puts zero pages there and marks the input (rungs_input_is_damaged()).
 * Standard input is read to its end.  Thread-safe once opened. */

#pragma once

#include <gio/gio.h>

#include "rungs-growing.h"

G_BEGIN_DECLS

typedef struct _RungsInput RungsInput;

/**
 * rungs_input_open:
 * @path: a file name, or "-" for standard input
 * @cancellable: (nullable): stops the reading of a slow file
 * @error: RUNGS_ERROR_UNREADABLE; the message names the file and the reason (a folder, no permission, not there)
 *
 * Returns: (transfer full): the input, or %NULL
 */
RungsInput *rungs_input_open (const char *path, GCancellable *cancellable, GError **error);

/**
 * rungs_input_open_growing:
 * @path: a file name, or "-" for standard input
 * @error: RUNGS_ERROR_UNREADABLE, or RUNGS_ERROR_FORMAT or _FOREIGN for what cannot be followed (compressed files, mails, programs)
 *
 * An input that is followed while it grows, as far as it is known now.  Returns: (transfer full): the input, or %NULL
 */
RungsInput *rungs_input_open_growing (const char *path, GError **error);

/** rungs_input_new_for_bytes: an input over @bytes (tests, pasted text). @name is shown in errors. */
RungsInput *rungs_input_new_for_bytes (GBytes *bytes, const char *name);

/** rungs_input_new_for_member: an input over what was packed in the file at @path. */
RungsInput *rungs_input_new_for_member (GBytes *bytes, const char *path, const char *name);
RungsInput *rungs_input_ref (RungsInput *self);
void rungs_input_unref (RungsInput *self);

/** rungs_input_get_growing: what to look at for more of it, or %NULL where it does not grow. */
RungsGrowing *rungs_input_get_growing (RungsInput *self);

/** rungs_input_get_bytes: everything that is known; stays where it is until the last unref. */
RungsSlice rungs_input_get_bytes (RungsInput *self);

/** rungs_input_get_name: the display name ("login.log"); "standard input" for "-". */
const char *rungs_input_get_name (RungsInput *self);
const char *rungs_input_get_path (RungsInput *self);

/** rungs_input_is_member: whether it was unpacked from the file at its path. */
gboolean rungs_input_is_member (RungsInput *self);

/** rungs_input_get_present: how many of its bytes are still there: fewer than get_bytes() gives where the file was shortened. */
gsize       rungs_input_get_present    (RungsInput    *self);

/** rungs_input_release: @length bytes from @offset on were read, and are looked at rarely from now on: where the file is mapped,
 * they take no memory until somebody does. */
void rungs_input_release (RungsInput *self, gsize offset, gsize length);

/** rungs_input_is_damaged: whether the file was shortened while it was mapped. */
gboolean rungs_input_is_damaged (RungsInput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsInput, rungs_input_unref)

G_END_DECLS

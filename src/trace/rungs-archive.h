/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Compressed files and archives: their bytes → the bytes of what they hold.
 *
 * Recognised by content, never by name: gzip, bzip2, xz, lzma, lzip, Zstandard, LZ4 and compress, alone or around a tar;
 * tar, zip, 7-Zip, cab and rar. libarchive unpacks them; no other program is ever started for it.  Hostile archives are
 * bounded: what they unpack to, how many times their size that is, and how many files they hold.  Where a bound is hit or
 * the archive is damaged, what was unpacked until then stays, and the error says so. */

#pragma once

#include <gio/gio.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * RungsArchiveLimits:
 * @bound: what may be unpacked in all; named when it is hit
 * @max_bytes: what may still be unpacked of that
 * @max_members: how many files there may be in all; reduced by those that were
 * @max_ratio: how many times the size of the archive that may be, beyond @ratio_from
 * @ratio_from: bytes
 */
typedef struct
{
  guint64 bound;
  guint64 max_bytes;
  guint max_members;
  guint max_ratio;
  guint64 ratio_from;
} RungsArchiveLimits;

/** rungs_archive_limits_for_size: the bounds of an archive of @size bytes. What it unpacks to lies in memory: that is
 * 1 GiB, or 32 times its size where that is more, as good logs pack, and at most 4 GiB. */
RungsArchiveLimits rungs_archive_limits_for_size (guint64 size);

/** RUNGS_ARCHIVE_LIMITS_DEFAULT: the bounds of a small archive. */
#define RUNGS_ARCHIVE_LIMITS_DEFAULT (rungs_archive_limits_for_size (0))

/**
 * RungsArchiveMember:
 * @name: its path in the archive, as written there; %NULL for the content of a file that is only compressed
 * @bytes: what it holds, %NULL where it could not be unpacked
 * @error: (nullable): why it could not
 */
typedef struct
{
  char *name;
  GBytes *bytes;
  GError *error;
} RungsArchiveMember;

/** RungsArchiveProgressFunc: @done of @total bytes of the archive are unpacked. */
typedef void (*RungsArchiveProgressFunc) (guint64 done, guint64 total, gpointer data);

/** rungs_archive_detect: whether @bytes, an input from its start, are compressed or an archive. */
gboolean   rungs_archive_detect (RungsSlice bytes);

/**
 * rungs_archive_unpack:
 * @bytes: the archive
 * @name: what it is called in errors
 * @limits: (inout): what may still be unpacked
 * @progress: (nullable): called now and then
 * @error: RUNGS_ERROR_FORMAT: damaged or encrypted; RUNGS_ERROR_LIMIT: a bound was hit; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): RungsArchiveMember, in the order of the archive: all that could be unpacked, also where
 * @error is set
 */
GPtrArray *rungs_archive_unpack (RungsSlice                bytes,
                                 const char               *name,
                                 RungsArchiveLimits       *limits,
                                 RungsArchiveProgressFunc  progress,
                                 gpointer                  data,
                                 GCancellable             *cancellable,
                                 GError                  **error);

G_END_DECLS

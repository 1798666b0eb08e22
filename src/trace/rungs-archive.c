/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Compressed files and archives, by libarchive.  See rungs-archive.h.
 *
 * The filters that libarchive runs as other programs (lrzip, grzip, lzop) are left out. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>

#include "rungs-archive.h"
#include "rungs-error.h"
#include "rungs-text.h"

#define CHUNK         (256 * 1024)
#define MAX_MEMBERS   10000
#define MAX_RATIO     1000
#define RATIO_FROM    ((guint64) 64 << 20)
#define LEAST_BOUND   ((guint64) 1 << 30)
#define MOST_BOUND    ((guint64) 4 << 30)
#define USUAL_RATIO   32
#define MAX_REASON    120 /* characters of what libarchive says */
#define TAR_HEADER    512
#define TAR_CHECKSUM  148
#define TAR_SUM_CHARS 8

typedef struct
{
  struct archive *archive;
  RungsSlice bytes;
  const char *name;
  RungsArchiveLimits *limits;
  guint64 unpacked;
  RungsArchiveProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
  GPtrArray *members;
} Unpacking;

RungsArchiveLimits
rungs_archive_limits_for_size (guint64 size)
{
  guint64 bound = CLAMP (size, LEAST_BOUND / USUAL_RATIO, MOST_BOUND / USUAL_RATIO) * USUAL_RATIO;

  return (RungsArchiveLimits){ bound, bound, MAX_MEMBERS, MAX_RATIO, RATIO_FROM };
}

static void
member_free (gpointer data)
{
  RungsArchiveMember *member = data;

  g_free (member->name);
  g_clear_pointer (&member->bytes, g_bytes_unref);
  g_clear_error (&member->error);
  g_free (member);
}

/* Old archives of tar have no magic number, but a sum over their first header. */
static gboolean
is_tar (RungsSlice bytes)
{
  guint sum = TAR_SUM_CHARS * ' ';
  guint stated = 0;
  gsize i = TAR_CHECKSUM;

  if (bytes.length < TAR_HEADER || bytes.data[0] == '\0')
    return FALSE;
  for (gsize at = 0; at < TAR_HEADER; at++)
    if (at < TAR_CHECKSUM || at >= TAR_CHECKSUM + TAR_SUM_CHARS)
      sum += (guchar) bytes.data[at];
  while (i < TAR_CHECKSUM + TAR_SUM_CHARS && bytes.data[i] == ' ')
    i++;
  for (; i < TAR_CHECKSUM + TAR_SUM_CHARS && bytes.data[i] >= '0' && bytes.data[i] <= '7'; i++)
    stated = stated * 8 + (guint) (bytes.data[i] - '0');
  return stated == sum;
}

/* LZMA alone has no magic number: the usual properties, a size of the dictionary that is a power of two, and a size that is
 * unknown or sane. */
static gboolean
is_lzma (RungsSlice bytes)
{
  guint32 dictionary;
  guint64 size;

  if (bytes.length < 14 || bytes.data[0] != 0x5d || bytes.data[13] != 0)
    return FALSE;
  memcpy (&dictionary, bytes.data + 1, 4);
  memcpy (&size, bytes.data + 5, 8);
  dictionary = GUINT32_FROM_LE (dictionary);
  size = GUINT64_FROM_LE (size);
  return dictionary >= 4096 && (dictionary & (dictionary - 1)) == 0 &&
         (size == G_MAXUINT64 || size < G_GUINT64_CONSTANT (1) << 40);
}

gboolean
rungs_archive_detect (RungsSlice bytes)
{
  static const struct
  {
    gsize length;
    const char *bytes;
  } magics[] = {
    { 3, "\x1f\x8b\x08" },
    { 2, "\x1f\x9d" },
    { 3, "BZh" },
    { 6,
      "\xfd"
      "7zXZ\0" },
    { 4, "\x28\xb5\x2f\xfd" },
    { 4, "\x04\x22\x4d\x18" },
    { 5, "LZIP\1" },
    { 4, "PK\3\4" },
    { 4, "PK\5\6" },
    { 6, "7z\xbc\xaf\x27\x1c" },
    { 4, "MSCF" },
    { 6, "Rar!\x1a\7" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (rungs_slice_starts_with (bytes, rungs_slice (magics[i].bytes, magics[i].length)))
      return TRUE;
  return is_tar (bytes) || is_lzma (bytes);
}

static struct archive *
open_archive (RungsSlice bytes, gboolean only_compressed)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_filter_gzip (archive);
  archive_read_support_filter_bzip2 (archive);
  archive_read_support_filter_xz (archive);
  archive_read_support_filter_lzma (archive);
  archive_read_support_filter_lzip (archive);
  archive_read_support_filter_zstd (archive);
  archive_read_support_filter_lz4 (archive);
  archive_read_support_filter_compress (archive);
  if (!only_compressed)
    {
      archive_read_support_format_tar (archive);
      archive_read_support_format_zip (archive);
      archive_read_support_format_7zip (archive);
      archive_read_support_format_cab (archive);
      archive_read_support_format_rar (archive);
      archive_read_support_format_rar5 (archive);
    }
  archive_read_support_format_raw (archive);
  if (archive_read_open_memory (archive, bytes.data, bytes.length) != ARCHIVE_OK)
    g_clear_pointer (&archive, archive_read_free);
  return archive;
}

static void
set_damaged (Unpacking *self, GError **error)
{
  const char *reason = self->archive != NULL ? archive_error_string (self->archive) : NULL;
  g_autofree char *shown =
    rungs_text_display_max (rungs_slice_from_string (reason != NULL ? reason : ""), MAX_REASON);

  /* Translators: in brackets behind a sentence: what is wrong with a compressed file */
  if (shown[0] == '\0')
    {
      g_free (shown);
      shown = g_strdup (_ ("it ends too soon"));
    }
  if (self->archive != NULL && archive_read_has_encrypted_entries (self->archive) > 0)
    g_set_error (error,
                 RUNGS_ERROR,
                 RUNGS_ERROR_FORMAT,
                 _ ("“%s” is encrypted; unpack it with its password and open what comes out"),
                 self->name);
  else if (self->unpacked > 0)
    /* Translators: %s are a file name and, in brackets, what is wrong in English */
    g_set_error (error,
                 RUNGS_ERROR,
                 RUNGS_ERROR_FORMAT,
                 _ ("“%s” is damaged: only what stands before the damage is shown (%s)"),
                 self->name,
                 shown);
  else
    g_set_error (error,
                 RUNGS_ERROR,
                 RUNGS_ERROR_FORMAT,
                 _ ("“%s” is damaged: nothing of it can be unpacked (%s)"),
                 self->name,
                 shown);
}

/* How many bytes more may be unpacked; where none, the error says which bound that is. */
static gsize
get_room (Unpacking *self, GError **error)
{
  guint64 room = self->limits->max_bytes;
  guint64 ratio_end = MAX (self->limits->ratio_from, (guint64) self->bytes.length * self->limits->max_ratio);

  if (room == 0)
    {
      g_autofree char *bound = g_format_size_full (self->limits->bound, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_LIMIT,
                   /* Translators: %s are a file name and a size */
                   _ ("“%s” unpacks to more than %s, the most that Rungs takes from an archive of its size: "
                      "only what stands before is shown"),
                   self->name,
                   bound);
      return 0;
    }
  if (self->unpacked >= ratio_end)
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_LIMIT,
                   _ ("“%s” unpacks to more than %u times its size, as only archives do that are made to "
                      "fill memory: only what stands before is shown"),
                   self->name,
                   self->limits->max_ratio);
      return 0;
    }
  return (gsize) MIN (MIN (room, ratio_end - self->unpacked), CHUNK);
}

/* The bytes of the entry that the archive is at, as far as they can be read. */
static GBytes *
read_entry (Unpacking *self, GError **error)
{
  char *data = NULL;
  gsize length = 0;
  gsize size = 0;

  for (;;)
    {
      gsize room;
      gssize count;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        break;
      if (size - length < CHUNK)
        {
          char *larger = g_try_realloc (data, size + MAX (size, CHUNK));

          if (larger == NULL)
            {
              g_set_error (error,
                           RUNGS_ERROR,
                           RUNGS_ERROR_LIMIT,
                           _ ("“%s” unpacks to more than there is memory for: only what stands before is "
                              "shown"),
                           self->name);
              break;
            }
          data = larger;
          size += MAX (size, CHUNK);
        }
      room = get_room (self, error);
      /* A bound is only hit where there is more. */
      count = archive_read_data (self->archive, data + length, room > 0 ? room : 1);
      if (count <= 0)
        {
          if (room == 0)
            g_clear_error (error);
          if (count < 0)
            set_damaged (self, error);
          break;
        }
      if (room == 0)
        break;
      length += (gsize) count;
      self->unpacked += (guint64) count;
      self->limits->max_bytes -= (guint64) count;
      if (self->progress != NULL)
        self->progress ((guint64) archive_filter_bytes (self->archive, -1), self->bytes.length, self->data);
    }
  return g_bytes_new_take (g_realloc (data, MAX (length, 1)), length);
}

static char *
get_entry_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);
  return g_strdup (name != NULL ? name : "");
}

/* Unpacks the entry that the archive is at. Returns: FALSE to stop, with the error */
static gboolean
take_entry (Unpacking *self, struct archive_entry *entry, GError **error)
{
  RungsArchiveMember *member;
  GError *entry_error = NULL;

  if (archive_entry_filetype (entry) != AE_IFREG)
    return TRUE;
  if (self->limits->max_members == 0)
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_LIMIT,
                   _ (
                     "“%s” holds more than %u files, the most that Rungs takes: only those before are shown"),
                   self->name,
                   MAX_MEMBERS);
      return FALSE;
    }
  self->limits->max_members--;
  member = g_new0 (RungsArchiveMember, 1);
  g_ptr_array_add (self->members, member);
  if (archive_format (self->archive) != ARCHIVE_FORMAT_RAW)
    member->name = get_entry_name (entry);
  if (archive_entry_is_data_encrypted (entry))
    {
      g_autofree char *shown =
        rungs_text_display (rungs_slice_from_string (member->name != NULL ? member->name : ""));

      g_set_error (&member->error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_FORMAT,
                   _ ("“%s/%s” is encrypted; unpack it with its password and open what comes out"),
                   self->name,
                   shown);
      return TRUE;
    }
  member->bytes = read_entry (self, &entry_error);
  if (entry_error == NULL)
    return TRUE;
  g_propagate_error (error, entry_error);
  return FALSE;
}

/* Returns: the last status of libarchive */
static int
unpack_entries (Unpacking *self, gboolean only_compressed, GError **error)
{
  struct archive_entry *entry;
  int status = ARCHIVE_FATAL;

  self->archive = open_archive (self->bytes, only_compressed);
  while (self->archive != NULL && !g_cancellable_set_error_if_cancelled (self->cancellable, error))
    {
      status = archive_read_next_header (self->archive, &entry);
      if (status == ARCHIVE_RETRY)
        continue;
      if (status < ARCHIVE_WARN || status == ARCHIVE_EOF)
        break;
      if (!take_entry (self, entry, error))
        {
          status = ARCHIVE_EOF;
          break;
        }
    }
  return status;
}

static void
unpack (Unpacking *self, GError **error)
{
  int status = unpack_entries (self, FALSE, error);

  /* A log that another program emptied while it was written begins with zero bytes, as the end of a tar does. */
  if (status == ARCHIVE_EOF && self->members->len == 0 && *error == NULL &&
      archive_filter_code (self->archive, 0) != ARCHIVE_FILTER_NONE)
    {
      g_clear_pointer (&self->archive, archive_read_free);
      status = unpack_entries (self, TRUE, error);
    }
  if (status < ARCHIVE_WARN && *error == NULL)
    set_damaged (self, error);
  else if (self->members->len == 0 && *error == NULL)
    g_set_error (error,
                 RUNGS_ERROR,
                 RUNGS_ERROR_NO_MESSAGES,
                 _ ("“%s” is an archive without files"),
                 self->name);
  g_clear_pointer (&self->archive, archive_read_free);
}

/* A gzip file that ends too soon, as one does that is still written: libarchive gives nothing of its last 64 KiB. Returns:
 * what can be read of @bytes, NULL where that is nothing */
static GBytes *
salvage_gzip (RungsSlice bytes, const RungsArchiveLimits *limits)
{
  g_autoptr (GConverter) inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GByteArray) result = g_byte_array_new ();
  guint64 most = MIN (MAX (limits->ratio_from, (guint64) bytes.length * limits->max_ratio),
                      MIN (limits->max_bytes, G_MAXINT32));
  GConverterResult status = G_CONVERTER_CONVERTED;

  while (status == G_CONVERTER_CONVERTED && result->len + CHUNK <= most)
    {
      guint before = result->len;
      gsize n_read = 0;
      gsize n_written = 0;

      g_byte_array_set_size (result, before + CHUNK);
      status = g_converter_convert (inflater,
                                    bytes.data,
                                    bytes.length,
                                    result->data + before,
                                    CHUNK,
                                    G_CONVERTER_NO_FLAGS,
                                    &n_read,
                                    &n_written,
                                    NULL);
      if (status == G_CONVERTER_ERROR)
        n_read = n_written = 0;
      bytes = rungs_slice_skip (bytes, n_read);
      g_byte_array_set_size (result, before + (guint) n_written);
      /* One gzip file may follow another. */
      if (status == G_CONVERTER_FINISHED && rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\x1f\x8b")))
        {
          g_converter_reset (inflater);
          status = G_CONVERTER_CONVERTED;
        }
    }
  return result->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&result)) : NULL;
}

/* Unpacks once more, what is left of a damaged gzip file. */
static void
unpack_salvaged (Unpacking *self, RungsArchiveLimits *limits, GError **error)
{
  g_autoptr (GBytes) salvaged = salvage_gzip (self->bytes, limits);
  RungsSlice bytes;
  gsize length;

  if (salvaged == NULL)
    return;
  g_clear_error (error);
  g_ptr_array_set_size (self->members, 0);
  bytes.data = g_bytes_get_data (salvaged, &length);
  bytes.length = self->unpacked = length;
  *self->limits = *limits;
  if (is_tar (bytes))
    {
      Unpacking inner = *self;

      inner.bytes = bytes;
      unpack (&inner, error);
    }
  else
    {
      RungsArchiveMember *member = g_new0 (RungsArchiveMember, 1);

      member->bytes = g_steal_pointer (&salvaged);
      g_ptr_array_add (self->members, member);
    }
  if (*error == NULL)
    set_damaged (self, error);
}

GPtrArray *
rungs_archive_unpack (RungsSlice bytes,
                      const char *name,
                      RungsArchiveLimits *limits,
                      RungsArchiveProgressFunc progress,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  Unpacking self = { NULL, bytes, name, limits, 0, progress, data, cancellable, NULL };
  RungsArchiveLimits before;
  GError *unpack_error = NULL;

  g_return_val_if_fail (name != NULL && limits != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  before = *limits;
  self.members = g_ptr_array_new_with_free_func (member_free);
  unpack (&self, &unpack_error);
  if (g_error_matches (unpack_error, RUNGS_ERROR, RUNGS_ERROR_FORMAT) &&
      rungs_slice_starts_with (bytes, RUNGS_SLICE_LITERAL ("\x1f\x8b")))
    unpack_salvaged (&self, &before, &unpack_error);
  if (unpack_error != NULL)
    g_propagate_error (error, unpack_error);
  return self.members;
}

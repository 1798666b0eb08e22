/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One input.  See rungs-input.h.
 *
 * Only regular files of 1 MiB and more are mapped (rungs-mapping.h); everything else, pipes and devices too, is read into
 * memory up to a stated limit. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-input.h"
#include "rungs-magic.h"
#include "rungs-mapping.h"
#include "rungs-reader.h"
#include "rungs-text-repair.h"
#include "rungs-text.h"

#define MAP_FROM     (1024 * 1024)
#define STREAM_LIMIT (G_GUINT64_CONSTANT (1) << 30)
#define READ_CHUNK   (256 * 1024)

struct _RungsInput
{
  gatomicrefcount references;
  char *path;
  char *name;
  GBytes *bytes;         /* NULL where the file is mapped */
  RungsMapping *mapping; /* NULL where it is not */
  RungsGrowing *growing; /* instead of both, where it is followed */
  gboolean is_member;
};

static RungsInput *
input_new (const char *path, const char *name)
{
  RungsInput *self = g_new0 (RungsInput, 1);

  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);
  self->name = rungs_text_display (rungs_slice_from_string (name));
  return self;
}

RungsInput *
rungs_input_new_for_bytes (GBytes *bytes, const char *name)
{
  RungsInput *self;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = input_new (name, name);
  self->bytes = g_bytes_ref (bytes);
  return self;
}

RungsInput *
rungs_input_new_for_member (GBytes *bytes, const char *path, const char *name)
{
  RungsInput *self;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (path != NULL && name != NULL, NULL);

  self = input_new (path, name);
  self->bytes = g_bytes_ref (bytes);
  self->is_member = TRUE;
  return self;
}

RungsInput *
rungs_input_ref (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_input_unref (RungsInput *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->mapping, rungs_mapping_free);
  g_clear_pointer (&self->growing, rungs_growing_free);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

RungsSlice
rungs_input_get_bytes (RungsInput *self)
{
  gsize length;
  const char *data;

  g_return_val_if_fail (self != NULL, RUNGS_SLICE_EMPTY);

  if (self->growing != NULL)
    return rungs_growing_get_bytes (self->growing);
  if (self->mapping != NULL)
    return rungs_mapping_get_bytes (self->mapping);
  data = g_bytes_get_data (self->bytes, &length);
  return rungs_slice (data, length);
}

RungsGrowing *
rungs_input_get_growing (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->growing;
}

const char *
rungs_input_get_name (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->name;
}

const char *
rungs_input_get_path (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->path;
}

gboolean
rungs_input_is_member (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->is_member;
}

void
rungs_input_release (RungsInput *self, gsize offset, gsize length)
{
  g_return_if_fail (self != NULL);

  if (self->mapping != NULL)
    rungs_mapping_release (self->mapping, offset, length);
}

gboolean
rungs_input_is_damaged (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return (self->mapping != NULL && rungs_mapping_is_damaged (self->mapping)) ||
         (self->growing != NULL && rungs_growing_is_damaged (self->growing));
}

gsize
rungs_input_get_present (RungsInput *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->mapping != NULL ? rungs_mapping_get_present (self->mapping)
                               : rungs_input_get_bytes (self).length;
}

/* One whole sentence a reason, because translators cannot join halves. */
static void
set_unreadable (GError **error, const char *shown, int code)
{
  switch (code)
    {
    case EISDIR:
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_UNREADABLE,
                   _ ("“%s” cannot be read: it is a folder"),
                   shown);
      break;
    case ENOENT:
    case ENOTDIR:
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_UNREADABLE,
                   _ ("“%s” cannot be read: there is no such file"),
                   shown);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_UNREADABLE,
                   _ ("“%s” cannot be read: you have no permission to open it"),
                   shown);
      break;
    default:
      /* Translators: the second %s is the system's own description of the error */
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_UNREADABLE,
                   _ ("“%s” cannot be read: %s"),
                   shown,
                   g_strerror (code));
      break;
    }
}

/* Waits until @fd has bytes, so that a pipe nobody writes to can be left. */
static gboolean
wait_readable (int fd, GCancellable *cancellable, GError **error)
{
  GPollFD fds[2] = { { fd, G_IO_IN, 0 } };
  gboolean pollable = g_cancellable_make_pollfd (cancellable, &fds[1]);

  if (pollable)
    {
      while (g_poll (fds, 2, -1) < 0 && errno == EINTR)
        ;
      g_cancellable_release_fd (cancellable);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GBytes *
read_stream (int fd, const char *shown, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (;;)
    {
      guint before = all->len;
      gssize count;
      int code;

      if (!wait_readable (fd, cancellable, error))
        return NULL;
      g_byte_array_set_size (all, before + READ_CHUNK);
      do
        count = read (fd, all->data + before, READ_CHUNK);
      while (count < 0 && errno == EINTR);
      code = errno;
      g_byte_array_set_size (all, before + MAX (count, 0));
      if (count < 0)
        {
          set_unreadable (error, shown, code);
          return NULL;
        }
      if (count == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&all));
      if (all->len > STREAM_LIMIT)
        {
          g_set_error (error,
                       RUNGS_ERROR,
                       RUNGS_ERROR_LIMIT,
                       _ ("“%s” is longer than %u MiB, the most that Rungs reads from a pipe or device; save "
                          "it to a "
                          "file and open that"),
                       shown,
                       (guint) (STREAM_LIMIT >> 20));
          return NULL;
        }
    }
}

static gboolean
load (RungsInput *self, int fd, const char *shown, GCancellable *cancellable, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      set_unreadable (error, shown, errno);
      return FALSE;
    }
  if (S_ISDIR (status.st_mode))
    {
      set_unreadable (error, shown, EISDIR);
      return FALSE;
    }
  if (S_ISREG (status.st_mode) && status.st_size >= MAP_FROM && lseek (fd, 0, SEEK_CUR) == 0)
    {
      self->mapping = rungs_mapping_new (fd, status.st_size);
      if (self->mapping != NULL)
        return TRUE;
    }
  self->bytes = read_stream (fd, shown, cancellable, error);
  return self->bytes != NULL;
}

/* The names that @path has in errors and titles. */
static RungsInput *
input_new_for_path (const char *path, char **shown)
{
  gboolean is_standard_input = g_str_equal (path, "-");
  g_autofree char *name =
    is_standard_input ? g_strdup (_ ("standard input")) : g_filename_display_basename (path);

  *shown = rungs_text_display (rungs_slice_from_string (is_standard_input ? name : path));
  return input_new (path, name);
}

/* A pipe that nobody writes to yet is no reason to wait. */
static int
open_path (const char *path, int flags, const char *shown, GError **error)
{
  int fd = g_str_equal (path, "-") ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);

  if (fd < 0)
    set_unreadable (error, shown, errno);
  return fd;
}

RungsInput *
rungs_input_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (RungsInput) self = NULL;
  g_autofree char *shown = NULL;
  gboolean loaded;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = input_new_for_path (path, &shown);
  fd = open_path (path, 0, shown, error);
  if (fd < 0)
    return NULL;
  loaded = load (self, fd, shown, cancellable, error);
  if (fd != STDIN_FILENO)
    close (fd);
  return loaded ? g_steal_pointer (&self) : NULL;
}

/* What is packed can only be unpacked whole. */
static gboolean
is_compressed (RungsSlice bytes)
{
  static const struct
  {
    guint offset;
    guint length;
    const char *magic;
  } magics[] = {
    { 0, 2, "\x1f\x8b" },
    { 0, 3, "BZh" },
    { 0,
      6,
      "\xfd"
      "7zXZ\0" },
    { 0, 4, "\x28\xb5\x2f\xfd" },
    { 0, 4, "PK\x03\x04" },
    { 0, 6, "7z\xbc\xaf\x27\x1c" },
    { 0, 4, "MSCF" },
    { 257, 5, "ustar" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (rungs_slice_equal (rungs_slice_sub (bytes, magics[i].offset, magics[i].length),
                           rungs_slice (magics[i].magic, magics[i].length)))
      return TRUE;
  return FALSE;
}

RungsInput *
rungs_input_open_growing (const char *path, GError **error)
{
  g_autoptr (RungsInput) self = NULL;
  g_autofree char *shown = NULL;
  struct stat status;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = input_new_for_path (path, &shown);
  fd = open_path (path, O_NONBLOCK, shown, error);
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || S_ISDIR (status.st_mode))
    {
      set_unreadable (error, shown, EISDIR);
      if (fd != STDIN_FILENO)
        close (fd);
      return NULL;
    }
  self->growing = rungs_growing_new (fd, fd != STDIN_FILENO ? path : NULL);
  if (self->growing == NULL)
    {
      set_unreadable (error, shown, errno);
      return NULL;
    }
  if (is_compressed (rungs_input_get_bytes (self)))
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_FORMAT,
                   _ (
                     "“%s” cannot be followed: it is compressed or an archive, which can only be read whole"),
                   shown);
      return NULL;
    }
  if (rungs_text_damage_is_final (rungs_text_repair_find (rungs_input_get_bytes (self))))
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_FORMAT,
                   _ ("“%s” cannot be followed: it is a mail or a web page, which can only be read whole"),
                   shown);
      return NULL;
    }
  if (rungs_magic_is_foreign (rungs_input_get_bytes (self)))
    {
      rungs_readers_set_no_messages (error, rungs_input_get_bytes (self), shown);
      return NULL;
    }
  return g_steal_pointer (&self);
}

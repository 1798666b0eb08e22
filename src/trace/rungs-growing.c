/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The bytes of a file or pipe that still grows.  See rungs-growing.h.
 *
 * A file that was emptied and written again between two looks may be longer than before: its first bytes tell. */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "rungs-arena.h"
#include "rungs-growing.h"
#include "rungs-mapping.h"

#define FILE_ROOM     ((gsize) 64 << 30) /* of address space */
#define SMALLEST_ROOM ((gsize) 16 << 20)
#define STREAM_ROOM   ((gsize) 1 << 30) /* of memory, where it comes to that */
#define READ_AT_ONCE  ((gsize) 4 << 20)
#define BEGINNING     256

struct _RungsGrowing
{
  int fd;
  char *path;
  gboolean is_file;
  dev_t device;
  ino_t inode;
  RungsMapping *mapping; /* of a file */
  RungsArena *arena;     /* of a pipe */
  char *data;
  gsize room;
  gsize length; /* atomic */
  char beginning[BEGINNING];
  gsize n_beginning;
  gboolean is_over;
};

static void
set_length (RungsGrowing *self, gsize length)
{
  __atomic_store_n (&self->length, length, __ATOMIC_RELEASE);
}

/* Remembers the first bytes as far as they are known. */
static void
note_beginning (RungsGrowing *self)
{
  gsize n = MIN (self->length, BEGINNING);

  if (n > self->n_beginning)
    memcpy (self->beginning, self->data, n);
  self->n_beginning = MAX (n, self->n_beginning);
}

static gboolean
open_file (RungsGrowing *self, const struct stat *status)
{
  self->room = MAX (FILE_ROOM, (gsize) status->st_size * 2);
  for (; self->room >= MAX ((gsize) status->st_size, SMALLEST_ROOM); self->room /= 2)
    {
      self->mapping = rungs_mapping_new_growing (self->fd, self->room);
      if (self->mapping != NULL)
        break;
    }
  if (self->mapping == NULL)
    return FALSE;
  self->data = (char *) rungs_mapping_get_bytes (self->mapping).data;
  self->device = status->st_dev;
  self->inode = status->st_ino;
  set_length (self, (gsize) status->st_size);
  note_beginning (self);
  return TRUE;
}

static gboolean
open_stream (RungsGrowing *self)
{
  self->arena = rungs_arena_new ();
  self->room = STREAM_ROOM;
  self->data = rungs_arena_reserve (self->arena, &self->room);
  return self->data != NULL;
}

RungsGrowing *
rungs_growing_new (int fd, const char *path)
{
  g_autoptr (RungsGrowing) self = g_new0 (RungsGrowing, 1);
  struct stat status;

  self->fd = fd;
  self->path = g_strdup (path);
  if (fstat (fd, &status) != 0)
    return NULL;
  self->is_file = S_ISREG (status.st_mode);
  if (!(self->is_file ? open_file (self, &status) : open_stream (self)))
    {
      errno = ENOMEM;
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rungs_growing_free (RungsGrowing *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd > STDERR_FILENO)
    close (self->fd);
  g_clear_pointer (&self->mapping, rungs_mapping_free);
  g_clear_pointer (&self->arena, rungs_arena_unref);
  g_free (self->path);
  g_free (self);
}

RungsSlice
rungs_growing_get_bytes (RungsGrowing *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_SLICE_EMPTY);

  return rungs_slice (self->data, __atomic_load_n (&self->length, __ATOMIC_ACQUIRE));
}

static RungsGrowth
look_at_file (RungsGrowing *self)
{
  RungsGrowth growth = RUNGS_GROWTH_NONE;
  struct stat named;
  struct stat open;

  if (fstat (self->fd, &open) != 0)
    return RUNGS_GROWTH_REMOVED;
  if ((gsize) open.st_size < self->length || memcmp (self->beginning, self->data, self->n_beginning) != 0)
    return RUNGS_GROWTH_SHORTENED;
  if ((gsize) open.st_size > self->length && self->length < self->room)
    {
      set_length (self, MIN ((gsize) open.st_size, self->room));
      note_beginning (self);
      growth = RUNGS_GROWTH_MORE;
    }
  else if ((gsize) open.st_size > self->room)
    {
      return RUNGS_GROWTH_LIMIT;
    }
  /* What was written to the old file before it was moved away comes first. */
  if (growth == RUNGS_GROWTH_MORE || self->path == NULL)
    return growth;
  if (stat (self->path, &named) != 0)
    return RUNGS_GROWTH_REMOVED;
  if (named.st_dev != self->device || named.st_ino != self->inode)
    return RUNGS_GROWTH_REPLACED;
  return RUNGS_GROWTH_NONE;
}

static RungsGrowth
look_at_stream (RungsGrowing *self)
{
  gsize length = self->length;
  struct pollfd pollfd = { self->fd, POLLIN, 0 };

  while (!self->is_over && length - self->length < READ_AT_ONCE && poll (&pollfd, 1, 0) > 0)
    {
      gssize count;

      if (length == self->room)
        return RUNGS_GROWTH_LIMIT;
      count = read (self->fd, self->data + length, MIN (self->room - length, READ_AT_ONCE));
      if (count < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      self->is_over = count <= 0;
      length += (gsize) MAX (count, 0);
    }
  if (length > self->length)
    {
      set_length (self, length);
      return RUNGS_GROWTH_MORE;
    }
  return self->is_over ? RUNGS_GROWTH_ENDED : RUNGS_GROWTH_NONE;
}

RungsGrowth
rungs_growing_look (RungsGrowing *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_GROWTH_NONE);

  return self->is_file ? look_at_file (self) : look_at_stream (self);
}

int
rungs_growing_get_fd (const RungsGrowing *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->is_file || self->is_over ? -1 : self->fd;
}

gboolean
rungs_growing_is_damaged (const RungsGrowing *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->mapping != NULL && rungs_mapping_is_damaged (self->mapping);
}

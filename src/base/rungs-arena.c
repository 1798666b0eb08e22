/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An arena: many small allocations, one free.  See rungs-arena.h.
 *
 * Chunks grow from 4 KiB to 8 MiB; an allocation larger than a chunk gets its own.  The large ones ask for huge pages:
 * the first touch of each small page costs more than the bytes that are written to it. */

#include "config.h"

#include <sys/mman.h>

#include "rungs-arena.h"

#define FIRST_CHUNK   (4 * 1024)
#define LARGEST_CHUNK (8 * 1024 * 1024)
#define HUGE_PAGE     (2 * 1024 * 1024)

typedef struct _Chunk Chunk;

struct _Chunk
{
  Chunk *next;
  gsize used;
  gsize size;
  char bytes[] __attribute__ ((aligned (8)));
};

struct _RungsArena
{
  Chunk *chunks;
  gsize next_size;
  gsize total;
};

RungsArena *
rungs_arena_new (void)
{
  RungsArena *self = g_new0 (RungsArena, 1);

  self->next_size = FIRST_CHUNK;
  return self;
}

void
rungs_arena_free (RungsArena *self)
{
  Chunk *chunk;

  if (self == NULL)
    return;
  chunk = self->chunks;
  while (chunk != NULL)
    {
      Chunk *next = chunk->next;

      g_aligned_free (chunk);
      chunk = next;
    }
  g_free (self);
}

static Chunk *
allocate_chunk (gsize size)
{
  gsize total = sizeof (Chunk) + size;
  gboolean huge = total >= 2 * HUGE_PAGE;
  Chunk *chunk = g_aligned_alloc (1, total, huge ? HUGE_PAGE : 16);

  /* a hint: where the system does not take it, nothing is lost */
  if (huge)
    madvise (chunk, total & ~(gsize) (HUGE_PAGE - 1), MADV_HUGEPAGE);
  return chunk;
}

static Chunk *
add_chunk (RungsArena *self, gsize needed)
{
  gsize size = MAX (self->next_size, needed);
  Chunk *chunk = allocate_chunk (size);

  chunk->used = 0;
  chunk->size = size;
  self->total += size;
  if (needed > self->next_size && self->chunks != NULL)
    {
      /* A giant keeps its own chunk behind the current one, whose free bytes stay in use. */
      chunk->next = self->chunks->next;
      self->chunks->next = chunk;
      return chunk;
    }
  chunk->next = self->chunks;
  self->chunks = chunk;
  self->next_size = MIN (self->next_size * 2, LARGEST_CHUNK);
  return chunk;
}

gpointer
rungs_arena_allocate (RungsArena *self, gsize size)
{
  Chunk *chunk;
  gpointer result;

  g_return_val_if_fail (self != NULL, NULL);

  size = (size + 7) & ~(gsize) 7;
  chunk = self->chunks;
  if (chunk == NULL || chunk->size - chunk->used < size)
    chunk = add_chunk (self, size);
  result = chunk->bytes + chunk->used;
  chunk->used += size;
  return result;
}

RungsSlice
rungs_arena_copy (RungsArena *self, RungsSlice bytes)
{
  char *copy;

  if (bytes.length == 0)
    return RUNGS_SLICE_EMPTY;
  copy = rungs_arena_allocate (self, bytes.length);
  memcpy (copy, bytes.data, bytes.length);
  return rungs_slice (copy, bytes.length);
}

gsize
rungs_arena_get_size (const RungsArena *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->total;
}

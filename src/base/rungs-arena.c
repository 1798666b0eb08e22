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

#define SMALLEST_RESERVE (64 * 1024)

typedef struct _Chunk Chunk;

struct _Chunk
{
  Chunk *next;
  gsize used;
  gsize size;
  char bytes[] __attribute__ ((aligned (8)));
};

/* Address space of its own, see rungs_arena_reserve(). */
typedef struct _Reserve Reserve;

struct _Reserve
{
  Reserve *next;
  gpointer data;
  gsize size;
};

struct _RungsArena
{
  gatomicrefcount references;
  Chunk *chunks;
  Reserve *reserves;
  gsize next_size;
  gsize total;
};

RungsArena *
rungs_arena_new (void)
{
  RungsArena *self = g_new0 (RungsArena, 1);

  g_atomic_ref_count_init (&self->references);
  self->next_size = FIRST_CHUNK;
  return self;
}

RungsArena *
rungs_arena_ref (RungsArena *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_arena_unref (RungsArena *self)
{
  Chunk *chunk;

  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  while (self->reserves != NULL)
    {
      Reserve *reserve = self->reserves;

      self->reserves = reserve->next;
      munmap (reserve->data, reserve->size);
      g_free (reserve);
    }
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

gpointer
rungs_arena_reserve (RungsArena *self, gsize *size)
{
  Reserve *reserve;
  gpointer data = MAP_FAILED;

  g_return_val_if_fail (self != NULL && size != NULL, NULL);

  /* Limits on address space and strict accounting may refuse what nobody will ever touch. */
  for (; *size >= SMALLEST_RESERVE; *size /= 2)
    {
      data = mmap (NULL, *size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (data != MAP_FAILED)
        break;
    }
  if (data == MAP_FAILED)
    return NULL;
  reserve = g_new (Reserve, 1);
  *reserve = (Reserve){ self->reserves, data, *size };
  self->reserves = reserve;
  return data;
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

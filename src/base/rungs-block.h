/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Sixty-four bytes compared at once: where in them does a byte stand?
 *
 * A line of a trace is some sixty bytes long, and so a memchr() a line pays more for its call than for its bytes.  Here the
 * answer for a block is a word with a bit for each byte that matches, the lowest bit for the first byte; whoever walks over
 * lines asks once a block and takes the ends of lines from the word.  With SSE2, which every x86-64 has, sixteen bytes are
 * compared by an instruction; elsewhere eight by arithmetic. */

#pragma once

#include <string.h>

#include <glib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

#define RUNGS_BLOCK_SIZE 64

/** rungs_block_find_by_word: rungs_block_find() without instructions of a machine. */
static inline guint64
rungs_block_find_by_word (const char *block,
                          char        c)
{
  const guint64 low = G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f);
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 result = 0;

  for (guint i = 0; i < 8; i++)
    {
      guint64 word, zeros;

      memcpy (&word, block + 8 * i, sizeof word);
      word = GUINT64_FROM_LE (word) ^ (ones * (guchar) c);
      /* 1 in each byte that is 0, without a carry from one to the next */
      zeros = (~(((word & low) + low) | word | low)) >> 7;
      /* gathers these eight bits in the highest byte */
      result |= (zeros * G_GUINT64_CONSTANT (0x0102040810204080)) >> 56 << (8 * i);
    }
  return result;
}

/** rungs_block_find: a bit for each of the #RUNGS_BLOCK_SIZE bytes at @block that is @c. */
static inline guint64
rungs_block_find (const char *block,
                  char        c)
{
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi8 (c);
  guint64 result = 0;

  for (guint i = 0; i < 4; i++)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (block + 16 * i));

      result |= (guint64) (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, wanted)) << (16 * i);
    }
  return result;
#else
  return rungs_block_find_by_word (block, c);
#endif
}

/** rungs_block_find_near: memchr() of @c from @begin to @end, for what nearly always stands among the first sixteen bytes: in
 * a header, the colon.  Bytes up to @readable, at or behind @end, may be looked at. */
static inline const char *
rungs_block_find_near (const char *begin,
                       const char *end,
                       const char *readable,
                       char        c)
{
#ifdef __SSE2__
  if (G_LIKELY (readable - begin >= 16))
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) begin);
      guint hits = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, _mm_set1_epi8 (c)));

      if (G_LIKELY (hits != 0))
        {
          begin += __builtin_ctz (hits);
          return begin < end ? begin : NULL;
        }
      begin += 16;
    }
#endif
  return end > begin ? memchr (begin, c, end - begin) : NULL;
}

G_END_DECLS

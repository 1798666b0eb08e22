/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Borrowed bytes: a pointer and a length, never a terminator, never owned.
 *
 * Everything between the mapped file and the inspector works on slices, so that no byte is copied until
 * somebody looks at it.  A slice lives as long as the bytes it points into: the trace's input, its arena, or a
 * static string.  The empty slice has length 0; its data may be NULL.  All functions are inline, because the
 * index pass calls them a hundred times a message. */

#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsSlice:
 * @data: the first byte, or %NULL where @length is 0
 * @length: how many bytes
 *
 * Borrowed bytes.
 */
typedef struct
{
  const char *data;
  gsize length;
} RungsSlice;

#define RUNGS_SLICE_EMPTY ((RungsSlice){ NULL, 0 })

/** RUNGS_SLICE_LITERAL: a slice over a string literal, without its terminator. */
#define RUNGS_SLICE_LITERAL(s) ((RungsSlice){ "" s, sizeof (s) - 1 })

/** RUNGS_SLICE_ARGS: the two arguments of a "%.*s" conversion; only for bytes that are known to be text. */
#define RUNGS_SLICE_ARGS(s) (int) MIN ((s).length, G_MAXINT), (s).data != NULL ? (s).data : ""

static inline RungsSlice
rungs_slice (const char *data,
             gsize length)
{
  return (RungsSlice){ data, length };
}

static inline RungsSlice
rungs_slice_from_string (const char *string)
{
  return (RungsSlice){ string, string != NULL ? strlen (string) : 0 };
}

static inline gboolean
rungs_slice_is_empty (RungsSlice self)
{
  return self.length == 0;
}

/** rungs_slice_sub: the @length bytes from @offset on, cut to what is there. */
static inline RungsSlice
rungs_slice_sub (RungsSlice self,
                 gsize offset,
                 gsize length)
{
  if (offset > self.length)
    offset = self.length;
  return (RungsSlice){ self.length > 0 ? self.data + offset : self.data, MIN (length, self.length - offset) };
}

/** rungs_slice_skip: what follows the first @count bytes. */
static inline RungsSlice
rungs_slice_skip (RungsSlice self,
                  gsize count)
{
  return rungs_slice_sub (self, count, G_MAXSIZE);
}

static inline const char *
rungs_slice_end (RungsSlice self)
{
  return self.length > 0 ? self.data + self.length : self.data;
}

/** rungs_slice_offset_in: where @self begins inside @outer, in bytes; @self must be a part of @outer. */
static inline gsize
rungs_slice_offset_in (RungsSlice self,
                       RungsSlice outer)
{
  return self.data != NULL && outer.data != NULL && self.data >= outer.data ? (gsize) (self.data - outer.data) : 0;
}

static inline gboolean
rungs_slice_equal (RungsSlice a,
                   RungsSlice b)
{
  return a.length == b.length && (a.length == 0 || memcmp (a.data, b.data, a.length) == 0);
}

static inline gboolean
rungs_slice_equal_string (RungsSlice self,
                          const char *string)
{
  return rungs_slice_equal (self, rungs_slice_from_string (string));
}

/** rungs_slice_case_equal: whether both are the same, ASCII letters compared without case. */
static inline gboolean
rungs_slice_case_equal (RungsSlice a,
                        RungsSlice b)
{
  if (a.length != b.length)
    return FALSE;
  /* Most comparisons fail, and at the first letter; the others mostly meet the same case. */
  for (gsize i = 0; i < a.length; i++)
    if (a.data[i] != b.data[i] &&
        (((a.data[i] ^ b.data[i]) & ~0x20) != 0 || g_ascii_tolower (a.data[i]) != g_ascii_tolower (b.data[i])))
      return FALSE;
  return TRUE;
}

static inline gboolean
rungs_slice_case_equal_string (RungsSlice self,
                               const char *string)
{
  return rungs_slice_case_equal (self, rungs_slice_from_string (string));
}

static inline gboolean
rungs_slice_starts_with (RungsSlice self,
                         RungsSlice prefix)
{
  return self.length >= prefix.length && (prefix.length == 0 || memcmp (self.data, prefix.data, prefix.length) == 0);
}

static inline gboolean
rungs_slice_case_starts_with (RungsSlice self,
                              RungsSlice prefix)
{
  return self.length >= prefix.length && rungs_slice_case_equal (rungs_slice_sub (self, 0, prefix.length), prefix);
}

/** rungs_slice_find_char: the offset of the first @c at or after @from, or -1. */
static inline gssize
rungs_slice_find_char (RungsSlice self,
                       gsize from,
                       char c)
{
  const char *hit;

  if (from >= self.length)
    return -1;
  hit = memchr (self.data + from, c, self.length - from);
  return hit != NULL ? hit - self.data : -1;
}

/** rungs_slice_find: the offset of the first @needle at or after @from, or -1. */
static inline gssize
rungs_slice_find (RungsSlice self,
                  gsize from,
                  RungsSlice needle)
{
  const char *hit;

  if (from > self.length || needle.length == 0 || self.length - from < needle.length)
    return -1;
  hit = memmem (self.data + from, self.length - from, needle.data, needle.length);
  return hit != NULL ? hit - self.data : -1;
}

static inline gboolean
rungs_byte_is_space (char c)
{
  return (guchar) c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

/** rungs_slice_trim: @self without the white space (space, tab, CR, LF) at both ends. */
static inline RungsSlice
rungs_slice_trim (RungsSlice self)
{
  while (self.length > 0 && rungs_byte_is_space (self.data[0]))
    {
      self.data++;
      self.length--;
    }
  while (self.length > 0 && rungs_byte_is_space (self.data[self.length - 1]))
    self.length--;
  return self;
}

/**
 * rungs_slice_to_uint64:
 * @self: decimal digits, and nothing else
 * @value: (out): the number
 *
 * Returns: %FALSE where @self is empty, holds another byte, or does not fit
 */
static inline gboolean
rungs_slice_to_uint64 (RungsSlice self,
                       guint64 *value)
{
  guint64 number = 0;

  if (self.length == 0 || self.length > 20)
    return FALSE;
  for (gsize i = 0; i < self.length; i++)
    {
      guint digit = (guchar) self.data[i] - '0';

      if (digit > 9 || number > (G_MAXUINT64 - digit) / 10)
        return FALSE;
      number = number * 10 + digit;
    }
  *value = number;
  return TRUE;
}

/** rungs_slice_get_number: the big-endian number of @length bytes (at most 8) at @offset; of one that is cut what is there. */
static inline guint64
rungs_slice_get_number (RungsSlice self,
                        gsize offset,
                        gsize length)
{
  guint64 number = 0;

  for (gsize i = offset; i < offset + length && i < self.length; i++)
    number = number << 8 | (guint8) self.data[i];
  return number;
}

/** rungs_slice_dup: a copy of the bytes with a terminator; for bytes that go back to a parser, not to people. */
static inline char *
rungs_slice_dup (RungsSlice self)
{
  return g_strndup (self.data != NULL ? self.data : "", self.length);
}

/** rungs_slice_hash: a hash over all bytes, eight at a time, seeded so that nobody can plan collisions. */
static inline guint64
rungs_slice_hash (RungsSlice self,
                  guint64 seed)
{
  guint64 hash = seed ^ (self.length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  const char *p = self.data;
  gsize left = self.length;

  while (left >= 8)
    {
      guint64 word;

      memcpy (&word, p, 8);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      hash ^= hash >> 32;
      p += 8;
      left -= 8;
    }
  if (left > 0)
    {
      guint64 word = 0;

      memcpy (&word, p, left);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
      hash ^= hash >> 32;
    }
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return hash ^ (hash >> 29);
}

G_END_DECLS

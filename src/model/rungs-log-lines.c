/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The lines of a log between messages.  See rungs-log-lines.h.
 *
 * A range of the ledger belongs to the first message that begins behind it, so messages and ranges, both in the order of
 * their file, are walked side by side. */

#include "config.h"

#include "rungs-free-aside.h"
#include "rungs-log-lines.h"
#include "rungs-text.h"

#define MAX_BYTES      (64 * 1024)
#define MAX_CHARACTERS 300

/* The ranges [first, last] of a file's ledger that stand before one message; other reasons may lie between. */
typedef struct
{
  guint file;
  guint first;
  guint last;
} Ranges;

struct _RungsLogLines
{
  RungsTrace *trace;  /* which owns this */
  GHashTable *ranges; /* message → Ranges */
};

/* Whoever comes second waits for the one who looks. */
static GMutex mutex;

typedef struct
{
  guint64 offset;
  guint file;
  guint message;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->file != y->file)
    return x->file < y->file ? -1 : 1;
  return (x->offset > y->offset) - (x->offset < y->offset);
}

static gboolean
has_log_lines (const RungsTraceFile *file)
{
  return file->ledger.by_reason[RUNGS_UNREAD_LOG_LINE] > 0 && file->n_messages > 0;
}

/* The messages of the files that have lines of a log at all. */
static GArray *
list_places (RungsTrace *trace)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < rungs_trace_get_n_messages (trace); i++)
    {
      const RungsMessageInfo *info = rungs_trace_get_message (trace, i);
      Place place = { info->offset, info->file, i };

      if (has_log_lines (rungs_trace_get_file (trace, info->file)))
        g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

/* Whether the range says anything at all: rules of dashes and marks of packets are no words. */
static gboolean
has_words (RungsSlice bytes)
{
  for (gsize i = 0; i < bytes.length; i++)
    if (g_ascii_isalnum (bytes.data[i]))
      return TRUE;
  return FALSE;
}

static void
add_range (RungsLogLines *self, guint message, guint file, guint entry)
{
  Ranges *ranges = g_hash_table_lookup (self->ranges, GUINT_TO_POINTER (message));

  if (ranges == NULL)
    {
      ranges = g_new (Ranges, 1);
      *ranges = (Ranges){ file, entry, entry };
      g_hash_table_insert (self->ranges, GUINT_TO_POINTER (message), ranges);
    }
  ranges->last = entry;
}

static RungsLogLines *
make (RungsTrace *trace)
{
  RungsLogLines *self = g_new0 (RungsLogLines, 1);
  g_autoptr (GArray) places = list_places (trace);
  guint next = 0;

  self->trace = trace;
  self->ranges = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint file = 0; file < rungs_trace_get_n_files (trace); file++)
    {
      const GArray *entries = rungs_trace_get_file (trace, file)->ledger.entries;
      RungsSlice bytes = rungs_trace_get_file_bytes (trace, file);

      while (next < places->len && g_array_index (places, Place, next).file < file)
        next++;
      for (guint i = 0; i < entries->len; i++)
        {
          const RungsLedgerEntry *entry = &g_array_index (entries, RungsLedgerEntry, i);

          if (entry->reason != RUNGS_UNREAD_LOG_LINE ||
              !has_words (rungs_slice_sub (bytes, (gsize) entry->offset, (gsize) entry->length)))
            continue;
          while (next < places->len && g_array_index (places, Place, next).file == file &&
                 g_array_index (places, Place, next).offset < entry->offset)
            next++;
          if (next >= places->len || g_array_index (places, Place, next).file != file)
            break;
          add_range (self, g_array_index (places, Place, next).message, file, i);
        }
    }
  return self;
}

static void
log_lines_free (gpointer data)
{
  RungsLogLines *self = data;

  rungs_free_aside (self->ranges, (GDestroyNotify) g_hash_table_unref);
  g_free (self);
}

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("rungs-log-lines");
}

RungsLogLines *
rungs_log_lines_find (RungsTrace *trace)
{
  g_autoptr (GMutexLocker) locker = NULL;
  RungsLogLines *self;

  g_return_val_if_fail (RUNGS_IS_TRACE (trace), NULL);

  locker = g_mutex_locker_new (&mutex);
  self = g_object_get_qdata (G_OBJECT (trace), get_quark ());
  if (self == NULL)
    {
      self = make (trace);
      g_object_set_qdata_full (G_OBJECT (trace), get_quark (), self, log_lines_free);
    }
  return self;
}

gboolean
rungs_log_lines_are_known (RungsTrace *trace)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (trace), FALSE);
  return g_object_get_qdata (G_OBJECT (trace), get_quark ()) != NULL;
}

gboolean
rungs_log_lines_has (RungsLogLines *self, guint message)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return g_hash_table_contains (self->ranges, GUINT_TO_POINTER (message));
}

/* @bytes of a file that begins with the byte order mark of UTF-16, as UTF-8. (transfer full) */
static char *
convert (RungsSlice bytes, RungsSlice file, gsize *length)
{
  const char *encoding = rungs_slice_starts_with (file, RUNGS_SLICE_LITERAL ("\xff\xfe"))   ? "UTF-16LE"
                         : rungs_slice_starts_with (file, RUNGS_SLICE_LITERAL ("\xfe\xff")) ? "UTF-16BE"
                                                                                            : NULL;

  *length = 0;
  if (encoding == NULL)
    return NULL;
  return g_convert_with_fallback (bytes.data,
                                  (gssize) (bytes.length & ~(gsize) 1),
                                  "UTF-8",
                                  encoding,
                                  "?",
                                  NULL,
                                  length,
                                  NULL);
}

/* The lines of @bytes, from the last one to the first: @lines gets the first of them that it has room for. */
static void
take_lines (RungsSlice bytes, guint max_lines, GPtrArray *lines, guint *n_lines)
{
  gsize end = bytes.length;

  while (end > 0)
    {
      const char *newline = memrchr (bytes.data, '\n', end - 1);
      gsize start = newline != NULL ? (gsize) (newline - bytes.data) + 1 : 0;
      RungsSlice line = rungs_slice_trim (rungs_slice_sub (bytes, start, end - start));

      end = start;
      if (!has_words (line))
        continue;
      (*n_lines)++;
      if (lines->len < max_lines)
        g_ptr_array_add (lines, rungs_text_display_max (line, MAX_CHARACTERS));
    }
}

GStrv
rungs_log_lines_get (RungsLogLines *self, guint message, guint max_lines, guint *n_lines)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const Ranges *ranges;
  guint count = 0;

  g_return_val_if_fail (self != NULL, NULL);

  ranges = g_hash_table_lookup (self->ranges, GUINT_TO_POINTER (message));
  if (ranges != NULL)
    {
      const GArray *entries = rungs_trace_get_file (self->trace, ranges->file)->ledger.entries;
      RungsSlice file = rungs_trace_get_file_bytes (self->trace, ranges->file);
      gsize left = MAX_BYTES;

      for (guint i = ranges->last + 1; i > ranges->first && left > 0; i--)
        {
          const RungsLedgerEntry *entry = &g_array_index (entries, RungsLedgerEntry, i - 1);
          gsize length = (gsize) MIN (entry->length, left);
          g_autofree char *converted = NULL;
          RungsSlice bytes = rungs_slice_sub (file, (gsize) (entry->offset + entry->length) - length, length);

          if (entry->reason != RUNGS_UNREAD_LOG_LINE)
            continue;
          left -= length;
          converted = convert (bytes, file, &length);
          take_lines (converted != NULL ? rungs_slice (converted, length) : bytes, max_lines, lines, &count);
        }
    }
  if (n_lines != NULL)
    *n_lines = count;
  for (guint i = 0; i < lines->len / 2; i++)
    {
      gpointer swapped = lines->pdata[i];

      lines->pdata[i] = lines->pdata[lines->len - 1 - i];
      lines->pdata[lines->len - 1 - i] = swapped;
    }
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

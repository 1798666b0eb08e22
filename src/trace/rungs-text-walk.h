/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The walk over the lines of a text, which the dialects share.
 *
 * In: the bytes of one input. Out: lines for the dialects, and through it all calls into the sink: records, and read or
 * unread for each byte once.  A dialect accounts for bytes in the order of the text, from where it was asked up to
 * the offset that it returns; equal neighbours become one call.  Offsets of the walk count in @bytes, which is the
 * input itself, or its UTF-8 form in the arena where the input is UTF-16; the walk maps them back for the sink.
 *
 * Where the sink has more(), the input grows: whoever asks for a line or byte behind the end waits for it, so that
 * everything is read as if it had been there from the start.  While that is waited for, the text from the line that the
 * walk stands at is read a second time as it is, and what is whole in it goes to pending().
 *
 * A progress report that says stop ends every line loop: rungs_text_walk_next() returns %FALSE from then on. */

#pragma once

#include "rungs-reader.h"
#include "rungs-text-decoder.h"
#include "rungs-text-prefix.h"

G_BEGIN_DECLS

typedef struct _RungsDialect RungsDialect;

typedef struct
{
  RungsSlice bytes;
  RungsArena *arena;
  char newline;               /* '\n', or '\r' where the text has no other line ends */
  gboolean stopped;
  gboolean growing;           /* more text may come */

  /*< private >*/
  gconstpointer claimants;    /* what claims lines */
  RungsSink *sink;
  const char *input;
  RungsTextDecoder decoder;
  gsize next_progress;
  gsize here;                 /* the line that the walk stands at */
  gint64 last_offset;         /* of the records handed over, the highest; -1: none */
  gsize accounted;            /* everything before it was told to the sink, or stands in the open run */
  gsize run_start;            /* the open run of bytes not read: from here to @accounted */
  RungsUnreadReason run_reason;
  gboolean in_log;            /* a dialect of logs has claimed a line */
  gsize first_claim;          /* where that was */
  RungsSlice prefix;          /* what stands in front of the lines of this text, learnt from a message; empty: nothing */
  gboolean finds_inside;      /* messages of this text began inside of lines */
  gsize read_end;             /* behind the last record */
  GArray *held;               /* RungsHeldRun: runs before the first record, %NULL behind it */
  gpointer *states;           /* one a dialect, in the order of the table */
} RungsTextWalk;

/* Within how many bytes responses are looked for inside of lines of a text that has shown none yet. */
#define RUNGS_TEXT_LEARN_LENGTH (256 * 1024)

/** rungs_text_walk_may_begin_inside: whether @line at @offset is worth a search for a start line in it. */
static inline gboolean
rungs_text_walk_may_begin_inside (const RungsTextWalk *self,
                                  gsize offset,
                                  RungsSlice line)
{
  return offset < RUNGS_TEXT_LEARN_LENGTH || self->finds_inside || rungs_text_prefix_may_hold_start (line);
}

/** rungs_text_walk_report: tells the sink how far the walk is. Returns: %FALSE to stop */
gboolean rungs_text_walk_report (RungsTextWalk       *self,
                                 gsize                offset);

/** rungs_text_walk_skip: the dialect goes from @start to @end without looking at the lines between: reports that. */
void     rungs_text_walk_skip   (RungsTextWalk       *self,
                                 gsize                start,
                                 gsize                end);

/** rungs_text_walk_more: waits until there is more text than now. Returns: whether there is */
gboolean rungs_text_walk_more   (RungsTextWalk       *self);

/** rungs_text_walk_reach: waits until there is text up to @end. Returns: %FALSE where it ends before */
static inline gboolean
rungs_text_walk_reach (RungsTextWalk *self,
                       gsize end)
{
  while (G_UNLIKELY (self->growing) && self->bytes.length < end && rungs_text_walk_more (self))
    ;
  return self->bytes.length >= end;
}

/**
 * rungs_text_walk_next:
 * @offset: (inout): where the line begins, and then where the next one does
 * @line: (out): the line without its end (LF, CRLF, CRCRLF; lone CR in texts of that kind)
 *
 * Returns: %FALSE at the end of the text, or to stop
 */
static inline gboolean
rungs_text_walk_next (RungsTextWalk *self,
                      gsize *offset,
                      RungsSlice *line)
{
  const char *start = self->bytes.data + *offset;
  const char *end;
  gsize length = self->bytes.length - *offset;

  if (G_UNLIKELY (length == 0 && self->growing) && rungs_text_walk_more (self))
    length = self->bytes.length - *offset;
  if (length == 0 || (G_UNLIKELY (*offset >= self->next_progress) && !rungs_text_walk_report (self, *offset)))
    return FALSE;
  end = memchr (start, self->newline, length);
  while (G_UNLIKELY (end == NULL && self->growing) && rungs_text_walk_more (self))
    {
      length = self->bytes.length - *offset;
      end = memchr (start, self->newline, length);
    }
  if (end != NULL)
    length = (gsize) (end - start);
  *offset += length + (end != NULL);
  while (length > 0 && start[length - 1] == '\r')
    length--;
  *line = rungs_slice (start, length);
  return TRUE;
}

/** rungs_text_walk_range: the bytes from @start to @end. */
static inline RungsSlice
rungs_text_walk_range (const RungsTextWalk *self,
                       gsize start,
                       gsize end)
{
  return rungs_slice_sub (self->bytes, start, end - start);
}

/** rungs_text_walk_border: the dialect that claims the line at @offset, or %NULL. */
const RungsDialect *rungs_text_walk_border (RungsTextWalk       *self,
                                            gsize                offset,
                                            RungsSlice           line);

/** rungs_text_walk_record: hands @record on; its offset, which counts in @bytes, is mapped. */
void     rungs_text_walk_record (RungsTextWalk       *self,
                                 const RungsRecord   *record);

/** rungs_text_walk_read: the bytes up to @end that were not accounted for belong to records. */
void     rungs_text_walk_read   (RungsTextWalk       *self,
                                 gsize                end);

/** rungs_text_walk_unread: the bytes up to @end that were not accounted for belong to none. */
void     rungs_text_walk_unread (RungsTextWalk       *self,
                                 gsize                end,
                                 RungsUnreadReason    reason);

/** rungs_text_walk_state: the memory of @dialect for this input, zeroed at first. */
gpointer rungs_text_walk_state  (RungsTextWalk       *self,
                                 const RungsDialect  *dialect);

/** rungs_text_walk_run: walks over all of @bytes and calls @sink. */
void     rungs_text_walk_run    (RungsSlice           bytes,
                                 RungsArena          *arena,
                                 RungsSink           *sink);

G_END_DECLS

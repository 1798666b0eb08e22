/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The walk over the lines of a text.  See rungs-text-walk.h.
 *
 * Until the first record is found, runs of bytes not read are held back: a text without any record may still be one
 * malformed message as a whole, and only its end shows that. */

#include "config.h"

#include "rungs-dialect.h"
#include "rungs-sip-frame.h"
#include "rungs-text-message.h"
#include "rungs-text-walk.h"

#define PROGRESS_STEP (128 * 1024)
#define MAX_HELD      10000

/* How much text is read a second time while more is waited for. */
#define MAX_PENDING (4 * 1024 * 1024)

typedef struct
{
  gsize start;
  gsize end;
  RungsUnreadReason reason;
} RungsHeldRun;

/* Asked for each line: what the dialects say of themselves, at hand. */
typedef struct
{
  const RungsDialect *const *dialects;
  guint32 first_bytes[256]; /* a bit for each dialect whose lines can begin with the byte */
  guint32 plain;            /* the bit of bare SIP */
} Claimants;

static const Claimants *
get_claimants (void)
{
  static Claimants self;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      self.dialects = rungs_dialects_list ();
      for (gsize i = 0; self.dialects[i] != NULL; i++)
        {
          for (const char *p = self.dialects[i]->first_bytes; p != NULL && *p != '\0'; p++)
            self.first_bytes[(guchar) *p] |= 1u << i;
          if (self.dialects[i] == &rungs_dialect_plain)
            self.plain = 1u << i;
        }
      g_once_init_leave (&ready, 1);
    }
  return &self;
}

gboolean
rungs_text_walk_report (RungsTextWalk *self, gsize offset)
{
  if (!self->stopped && offset >= self->next_progress)
    {
      self->next_progress = offset + PROGRESS_STEP;
      self->stopped = !self->sink->progress (self->sink, rungs_text_decoder_map (&self->decoder, offset));
    }
  if (self->stopped)
    self->next_progress = 0;
  return !self->stopped;
}

void
rungs_text_walk_skip (RungsTextWalk *self, gsize start, gsize end)
{
  for (gsize offset = start; offset < end; offset += PROGRESS_STEP)
    if (offset >= self->next_progress && !rungs_text_walk_report (self, offset))
      return;
}

/* Whether a line that no dialect claims by its first byte holds a start line, or begins as others do that held one. */
static gboolean
may_begin_inside (RungsTextWalk *self, gsize offset, RungsSlice line)
{
  gsize length;

  if (self->prefix.length > 0 && rungs_text_prefix_match (self->prefix, line, &length))
    return TRUE;
  return rungs_text_walk_may_begin_inside (self, offset, line) && rungs_text_prefix_find_start (line) > 0 &&
         !rungs_sip_is_header_line (line);
}

const RungsDialect *
rungs_text_walk_border (RungsTextWalk *self, gsize offset, RungsSlice line)
{
  const Claimants *claimants = self->claimants;
  guint32 candidates;

  if (line.length == 0)
    return NULL;
  candidates = claimants->first_bytes[(guchar) line.data[0]];
  /* Nearly all lines are headers. */
  if (g_ascii_isalpha (line.data[0]) && !rungs_sip_may_be_start_line (line))
    candidates &= ~claimants->plain;
  for (; candidates != 0; candidates &= candidates - 1)
    {
      const RungsDialect *dialect = claimants->dialects[__builtin_ctz (candidates)];

      if (dialect->claims (self, offset, line))
        return dialect;
    }
  return may_begin_inside (self, offset, line) && rungs_dialect_log_claims_inside (self, offset, line)
           ? &rungs_dialect_log
           : NULL;
}

static void
send_unread (RungsTextWalk *self, gsize start, gsize end, RungsUnreadReason reason)
{
  guint64 from = rungs_text_decoder_map (&self->decoder, start);
  guint64 to = rungs_text_decoder_map (&self->decoder, end);

  if (to > from)
    self->sink->unread (self->sink, from, to - from, reason);
}

static void
release_held (RungsTextWalk *self)
{
  if (self->held == NULL)
    return;
  for (guint i = 0; i < self->held->len; i++)
    {
      const RungsHeldRun *run = &g_array_index (self->held, RungsHeldRun, i);

      send_unread (self, run->start, run->end, run->reason);
    }
  g_clear_pointer (&self->held, g_array_unref);
}

static void
close_run (RungsTextWalk *self)
{
  if (self->accounted == self->run_start || self->stopped)
    return;
  if (self->held != NULL)
    {
      RungsHeldRun run = { self->run_start, self->accounted, self->run_reason };

      g_array_append_val (self->held, run);
      if (self->held->len >= MAX_HELD)
        release_held (self);
    }
  else
    send_unread (self, self->run_start, self->accounted, self->run_reason);
  self->run_start = self->accounted;
}

void
rungs_text_walk_unread (RungsTextWalk *self, gsize end, RungsUnreadReason reason)
{
  g_assert (end >= self->accounted && end <= self->bytes.length);

  if (end == self->accounted || self->stopped)
    return;
  if (reason != self->run_reason)
    close_run (self);
  self->run_reason = reason;
  self->accounted = end;
}

void
rungs_text_walk_read (RungsTextWalk *self, gsize end)
{
  guint64 from, to;

  g_assert (end >= self->accounted && end <= self->bytes.length);

  if (end == self->accounted || self->stopped)
    return;
  close_run (self);
  release_held (self);
  from = rungs_text_decoder_map (&self->decoder, self->accounted);
  to = rungs_text_decoder_map (&self->decoder, end);
  self->sink->read (self->sink, from, to - from);
  self->accounted = end;
  self->run_start = end;
  self->read_end = end;
}

void
rungs_text_walk_record (RungsTextWalk *self, const RungsRecord *record)
{
  RungsRecord mapped = *record;

  if (self->stopped)
    return;
  mapped.offset = rungs_text_decoder_map_start (&self->decoder, (gsize) record->offset);
  if (self->decoder.decoded)
    mapped.flags |= RUNGS_RECORD_JOINED;
  self->last_offset = MAX (self->last_offset, (gint64) mapped.offset);
  self->sink->record (self->sink, &mapped);
}

gpointer
rungs_text_walk_state (RungsTextWalk *self, const RungsDialect *dialect)
{
  const RungsDialect *const *dialects = rungs_dialects_list ();
  gsize i = 0;

  while (dialects[i] != dialect)
    i++;
  if (self->states[i] == NULL)
    self->states[i] = g_malloc0 (dialect->state_size);
  return self->states[i];
}

/* No dialect found a record: is the text up to the first log line, taken as a whole, a malformed message? */
static void
take_whole (RungsTextWalk *self)
{
  gsize end = self->in_log ? self->first_claim : self->bytes.length;
  gsize start = 0;
  RungsRecord record = { .time = RUNGS_TIME_NONE };
  RungsSlice whole;

  while (start < end && (self->bytes.data[start] == '\r' || self->bytes.data[start] == '\n'))
    start++;
  whole = rungs_text_walk_range (self, start, end);
  if (self->held == NULL || !rungs_sip_looks_like_message (whole))
    return;
  record.bytes = whole;
  record.offset = start;
  rungs_text_walk_record (self, &record);
  self->sink->read (self->sink,
                    rungs_text_decoder_map (&self->decoder, 0),
                    rungs_text_decoder_map (&self->decoder, end) -
                      rungs_text_decoder_map (&self->decoder, 0));
  for (guint i = 0; i < self->held->len; i++)
    {
      const RungsHeldRun *run = &g_array_index (self->held, RungsHeldRun, i);

      if (run->end > end)
        send_unread (self, MAX (run->start, end), run->end, run->reason);
    }
  g_clear_pointer (&self->held, g_array_unref);
}

/* Returns: the offset behind the zero bytes that @line, at @offset, begins with */
static gsize
skip_zeros (RungsTextWalk *self, gsize offset, RungsSlice line)
{
  gsize n = 0;

  while (n < line.length && line.data[n] == '\0')
    n++;
  rungs_text_walk_unread (self, offset + n, RUNGS_UNREAD_BLANK);
  return offset + n;
}

static void
walk_lines (RungsTextWalk *self, gsize offset)
{
  gsize next = offset;
  RungsSlice line;

  self->here = offset;
  while (rungs_text_walk_next (self, &next, &line))
    {
      const RungsDialect *dialect;

      /* A log that was emptied while its program wrote, or a disk that lost power: zero bytes before a line. */
      if (line.length > 0 && line.data[0] == '\0')
        {
          self->here = offset = next = skip_zeros (self, offset, line);
          continue;
        }
      dialect = rungs_text_walk_border (self, offset, line);
      if (dialect != NULL)
        {
          if (!self->in_log && dialect != &rungs_dialect_plain)
            {
              self->in_log = TRUE;
              self->first_claim = offset;
            }
          next = dialect->parse (self, offset, line);
          g_assert (next > offset);
        }
      else if (rungs_slice_trim (line).length == 0)
        rungs_text_walk_unread (self, next, RUNGS_UNREAD_BLANK);
      else if (rungs_text_message_is_headless (self, offset, line))
        next = rungs_text_message_read_bare (self, offset);
      else
        rungs_text_walk_unread (self, next, self->in_log ? RUNGS_UNREAD_LOG_LINE : RUNGS_UNREAD_NOT_SIP);
      self->here = offset = next;
    }
}

static void
finish_states (RungsTextWalk *self)
{
  const RungsDialect *const *dialects = rungs_dialects_list ();

  for (gsize i = 0; dialects[i] != NULL; i++)
    {
      if (self->states[i] != NULL && dialects[i]->finish != NULL)
        dialects[i]->finish (self, self->states[i]);
      g_free (self->states[i]);
    }
  g_clear_pointer (&self->states, g_free);
}

static void
finish (RungsTextWalk *self)
{
  finish_states (self);
  close_run (self);
  if (!self->stopped)
    {
      take_whole (self);
      release_held (self);
      if (self->decoder.end < self->decoder.input_length)
        self->sink->unread (self->sink, self->decoder.end, 1, RUNGS_UNREAD_CUT_SHORT);
      self->sink->progress (self->sink, self->decoder.input_length);
    }
}

/* The second reading of the text at the end: hands on the messages in it that are whole. */
typedef struct
{
  RungsSink sink;
  RungsSink *target;
  gint64 after;     /* records up to this offset were handed over */
  RungsRecord last; /* nothing is known to follow it yet; no bytes: there is none */
} Tail;

static void
settle_last (Tail *self, gboolean is_whole)
{
  if (self->last.bytes.length > 0 && is_whole)
    self->target->pending (self->target, &self->last);
  self->last.bytes.length = 0;
}

static void
take_tail_record (RungsSink *sink, const RungsRecord *record)
{
  Tail *self = (Tail *) sink;

  settle_last (self, TRUE);
  if ((gint64) record->offset > self->after && (record->flags & RUNGS_RECORD_TRUNCATED) == 0)
    self->last = *record;
}

static void
ignore_tail_read (RungsSink *sink, guint64 offset, guint64 length)
{
}

static void
take_tail_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  if (reason != RUNGS_UNREAD_BLANK)
    settle_last ((Tail *) sink, TRUE);
}

static gboolean
ignore_tail_progress (RungsSink *sink, guint64 offset)
{
  return TRUE;
}

/* Whether the message says itself that it ends here.  Copying may have taken the CR of each line, and the last line end
 * of a body may count as the log's. */
static gboolean
is_whole (RungsSlice message)
{
  RungsTextHead head;

  rungs_text_head_scan (&head, message);
  return head.ended && (head.has_length || !head.has_type) &&
         rungs_text_wire_length (rungs_slice_skip (message, head.length)) + strlen ("\r\n") >=
           head.content_length;
}

static void
show_pending (RungsTextWalk *self)
{
  Tail tail = { .sink = { take_tail_record, ignore_tail_read, take_tail_unread, ignore_tail_progress },
                .target = self->sink,
                .after = self->last_offset };
  RungsTextWalk walk = *self;

  if (self->sink->pending == NULL || self->bytes.length - self->here > MAX_PENDING)
    return;
  walk.sink = &tail.sink;
  walk.growing = FALSE;
  walk.held = NULL;
  walk.next_progress = G_MAXSIZE;
  walk.accounted = walk.run_start = self->here;
  walk.states = g_new0 (gpointer, rungs_dialects_count ());
  walk_lines (&walk, self->here);
  finish_states (&walk);
  close_run (&walk);
  settle_last (&tail, is_whole (tail.last.bytes));
}

gboolean
rungs_text_walk_more (RungsTextWalk *self)
{
  gsize before = self->bytes.length;

  while (self->growing && !self->stopped && self->bytes.length == before)
    {
      gsize known = self->decoder.input_length;
      gsize length;

      if (self->held == NULL)
        close_run (self);
      show_pending (self);
      length = self->sink->more (self->sink, known);
      self->growing = length > known;
      rungs_text_decoder_grow (&self->decoder, rungs_slice (self->input, length), !self->growing);
      self->bytes.length = self->decoder.text.length;
    }
  return self->bytes.length > before;
}

/* Texts have LF or CRLF; those without any LF have CR. */
static void
find_newline (RungsTextWalk *self)
{
  const char *data = self->bytes.data;

  self->newline = '\n';
  while (self->bytes.length < PROGRESS_STEP && memchr (data, '\n', self->bytes.length) == NULL &&
         rungs_text_walk_more (self))
    ;
  if (self->bytes.length > 0 && memchr (data, '\n', MIN (self->bytes.length, PROGRESS_STEP)) == NULL)
    self->newline = memchr (data, '\r', MIN (self->bytes.length, PROGRESS_STEP)) != NULL ? '\r' : '\n';
}

void
rungs_text_walk_run (RungsSlice bytes, RungsArena *arena, RungsSink *sink)
{
  RungsTextWalk self = {
    .arena = arena, .sink = sink, .input = bytes.data, .next_progress = PROGRESS_STEP, .last_offset = -1
  };

  self.claimants = get_claimants ();
  self.growing = sink->more != NULL;
  while (self.growing && bytes.length < RUNGS_TEXT_DECODER_SAMPLE)
    {
      gsize known = bytes.length;

      bytes.length = sink->more (sink, known);
      self.growing = bytes.length > known;
    }
  if (self.growing)
    rungs_text_decoder_init_growing (&self.decoder, bytes, arena);
  else
    rungs_text_decoder_init (&self.decoder, bytes, arena);
  self.bytes = self.decoder.text;
  if (self.bytes.data == NULL)
    self.bytes = RUNGS_SLICE_LITERAL ("");
  self.states = g_new0 (gpointer, rungs_dialects_count ());
  self.held = g_array_new (FALSE, FALSE, sizeof (RungsHeldRun));
  find_newline (&self);
  if (self.decoder.start > 0)
    sink->unread (sink, 0, self.decoder.start, RUNGS_UNREAD_FILE_HEADER);
  walk_lines (&self, 0);
  finish (&self);
  g_clear_pointer (&self.held, g_array_unref);
  rungs_text_decoder_clear (&self.decoder);
}

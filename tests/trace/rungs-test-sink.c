/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A sink for tests.  See rungs-test-sink.h. */

#include "config.h"

#include "rungs-test-sink.h"
#include "rungs-text.h"

static const char *const flag_names[] = { "joined", "truncated", "gap",          "body-label",
                                          "log",    "stream",    "zone-unknown", "no-date" };

static void
append_time (GString *text, gint64 time)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  if (time == RUNGS_TIME_NONE)
    {
      g_string_append (text, "-");
      return;
    }
  date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  day = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (text, "%s.%06d", day, (int) (time % G_USEC_PER_SEC));
}

static void
append_address (GString *text, const RungsAddress *address)
{
  static const char *const kinds[] = { "none", "ipv4", "ipv6", "name", "local" };
  g_autofree char *shown = rungs_address_to_string (address);

  g_string_append_printf (text, "%s(%s)", kinds[address->kind], shown);
}

static void
append_flags (GString *text, guint32 flags)
{
  const char *separator = "";

  g_string_append (text, " flags ");
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if ((flags & 1u << i) != 0)
      {
        g_string_append_printf (text, "%s%s", separator, flag_names[i]);
        separator = ",";
      }
  if (flags == 0)
    g_string_append (text, "-");
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  static const char *const directions[] = { "?", "in", "out" };
  RungsTestSink *self = (RungsTestSink *) sink;
  g_autofree char *first_line = NULL;
  gssize end;

  self->n_records++;
  g_assert_cmpuint (record->offset, <, MAX (self->length, 1));
  g_assert_cmpuint (record->bytes.length, >, 0);
  if (self->text == NULL)
    return;
  end = rungs_slice_find_char (record->bytes, 0, '\n');
  first_line =
    rungs_text_display_max (rungs_slice_trim (
                              rungs_slice_sub (record->bytes, 0, end >= 0 ? (gsize) end : G_MAXSIZE)),
                            60);
  g_string_append (self->text, "record ");
  append_time (self->text, record->time);
  g_string_append_printf (self->text, " %s ", directions[record->direction]);
  append_address (self->text, &record->source);
  g_string_append (self->text, " -> ");
  append_address (self->text, &record->destination);
  g_string_append_printf (self->text,
                          " %s connection %u",
                          record->transport != 0 ? rungs_transport_get_name (record->transport) : "-",
                          record->connection);
  append_flags (self->text, record->flags);
  g_string_append_printf (self->text,
                          " offset %" G_GUINT64_FORMAT " length %" G_GSIZE_FORMAT "\n  %s\n",
                          record->offset,
                          record->bytes.length,
                          first_line);
}

static void
cover (RungsTestSink *self, guint64 offset, guint64 length)
{
  g_assert_cmpuint (offset, <=, self->length);
  g_assert_cmpuint (length, <=, self->length - offset);
  for (guint64 i = offset; i < offset + length; i++)
    self->cover[i] += self->cover[i] < G_MAXUINT8;
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  cover ((RungsTestSink *) sink, offset, length);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  RungsTestSink *self = (RungsTestSink *) sink;

  cover (self, offset, length);
  if (self->text != NULL)
    g_string_append_printf (self->text,
                            "unread offset %" G_GUINT64_FORMAT " length %" G_GUINT64_FORMAT " %s\n",
                            offset,
                            length,
                            rungs_unread_reason_get_id (reason));
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  RungsTestSink *self = (RungsTestSink *) sink;

  g_assert_cmpuint (offset, <=, self->length);
  self->n_reports++;
  self->widest_step = MAX (self->widest_step, offset - MIN (self->last_report, offset));
  self->last_report = offset;
  return self->stop_after == 0 || self->n_reports < self->stop_after;
}

void
rungs_test_sink_init (RungsTestSink *self, gsize length, gboolean wants_text)
{
  *self = (RungsTestSink){ .sink = { take_record, take_read, take_unread, take_progress }, .length = length };
  self->arena = rungs_arena_new ();
  self->cover = g_malloc0 (length + 1);
  self->text = wants_text ? g_string_new (NULL) : NULL;
}

void
rungs_test_sink_clear (RungsTestSink *self)
{
  g_clear_pointer (&self->arena, rungs_arena_unref);
  g_clear_pointer (&self->cover, g_free);
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

gssize
rungs_test_sink_find_fault (const RungsTestSink *self)
{
  for (gsize i = 0; i < self->length; i++)
    if (self->cover[i] != 1)
      return (gssize) i;
  return -1;
}

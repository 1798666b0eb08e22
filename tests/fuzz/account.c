/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The account of a reader.  See account.h. */

#include "config.h"

#include "account.h"

static void
append_address (GString *messages, const RungsAddress *address)
{
  g_autofree char *text = rungs_address_to_string (address);

  g_string_append (messages, text);
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Account *self = (Account *) sink;
  g_assert (record->bytes.length > 0);
  g_assert (record->offset < self->input.length);
  g_assert (!self->in_place || (record->flags & RUNGS_RECORD_DECODED) != 0 ||
            self->input.data[record->offset] == record->bytes.data[0]);
  g_string_append_printf (self->messages, "%" G_GSIZE_FORMAT ":", record->bytes.length);
  g_string_append_len (self->messages, record->bytes.data, (gssize) record->bytes.length);
  append_address (self->messages, &record->source);
  append_address (self->messages, &record->destination);
  g_string_append_len (self->messages, record->agent.data, (gssize) record->agent.length);
  g_string_append_len (self->messages, record->comment.data, (gssize) record->comment.length);
}

static void
cover (Account *self, guint64 offset, guint64 length)
{
  g_assert (length > 0);
  g_assert (offset <= self->input.length);
  g_assert (length <= self->input.length - offset);
  for (guint64 i = offset; i < offset + length; i++)
    {
      g_assert (self->covered[i] == 0);
      self->covered[i] = 1;
    }
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  cover ((Account *) sink, offset, length);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  Account *self = (Account *) sink;

  g_assert (reason < RUNGS_N_UNREAD_REASONS);
  cover (self, offset, length);
  self->n_lost += reason == RUNGS_UNREAD_KEEPALIVE ? 0 : length;
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  return TRUE;
}

void
account_init (Account *self, RungsSlice input)
{
  *self = (Account){ { take_record, take_read, take_unread, take_progress }, input, NULL, NULL, 0, FALSE };
  self->covered = g_malloc0 (input.length + 1);
  self->messages = g_string_new (NULL);
}

void
account_check (const Account *self)
{
  for (gsize i = 0; i < self->input.length; i++)
    g_assert (self->covered[i] == 1);
}

void
account_clear (Account *self)
{
  g_free (self->covered);
  g_string_free (self->messages, TRUE);
}

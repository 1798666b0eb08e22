/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which reader reads these bytes?  See rungs-reader.h.
 *
 * To add a binary format, declare its reader in rungs-readers-private.h and name it in the table below; text formats
 * come from the table in rungs-dialect.c. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-dialect.h"
#include "rungs-error.h"
#include "rungs-magic.h"
#include "rungs-reader.h"
#include "rungs-readers-private.h"

#define HEAD_SIZE (256 * 1024)

static const RungsReader *const binary_readers[] = {
  &rungs_reader_pcap, &rungs_reader_pcapng, &rungs_reader_snoop, &rungs_reader_netmon, &rungs_reader_hep,
};

static const char *const reason_ids[] = {
#define X(name, id) id,
  RUNGS_UNREAD_REASONS (X)
#undef X
};

const char *
rungs_unread_reason_get_id (RungsUnreadReason reason)
{
  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (reason_ids), "");
  return reason_ids[reason];
}

const RungsReader *const *
rungs_readers_list (void)
{
  static const RungsReader **readers;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      const RungsDialect *const *dialects = rungs_dialects_list ();
      gsize n_dialects = rungs_dialects_count ();

      readers = g_new0 (const RungsReader *, G_N_ELEMENTS (binary_readers) + n_dialects + 1);
      memcpy (readers, binary_readers, sizeof binary_readers);
      for (gsize i = 0; i < n_dialects; i++)
        readers[G_N_ELEMENTS (binary_readers) + i] = &dialects[i]->reader;
      g_once_init_leave (&ready, 1);
    }
  return readers;
}

/* A text whose beginning holds no SIP may hold some further on. */
static gboolean
may_hold_more (RungsSlice head)
{
  return head.length == HEAD_SIZE && memchr (head.data, '\0', head.length) == NULL;
}

static const RungsReader *
find_best (RungsSlice head, RungsSlice text)
{
  const RungsReader *const *readers = rungs_readers_list ();
  const RungsReader *best = NULL;
  int best_sureness = 0;

  for (gsize i = 0; readers[i] != NULL; i++)
    {
      gboolean is_binary = i < G_N_ELEMENTS (binary_readers);
      int sureness;

      if (!is_binary && rungs_magic_is_binary (head))
        break;
      sureness = readers[i]->probe (is_binary ? head : text);
      if (sureness > best_sureness)
        {
          best = readers[i];
          best_sureness = sureness;
        }
    }
  if (best == NULL && may_hold_more (head) && !rungs_magic_is_binary (head))
    best = &rungs_dialect_plain.reader;
  return best;
}

const RungsReader *
rungs_readers_find (RungsSlice head, const char *name, GError **error)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_auto (RungsTextDecoder) decoder = { 0 };
  const RungsReader *best;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  head = rungs_slice_sub (head, 0, HEAD_SIZE);
  rungs_text_decoder_init (&decoder, head, arena);
  best = find_best (head, decoder.text);
  if (best == NULL)
    rungs_readers_set_no_messages (error, head, name);
  return best;
}

void
rungs_readers_set_no_messages (GError **error, RungsSlice head, const char *name)
{
  g_autofree char *looks = NULL;

  g_return_if_fail (name != NULL);

  looks = rungs_magic_describe (rungs_slice_sub (head, 0, HEAD_SIZE), name);
  if (head.length == 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NO_MESSAGES, looks);
  else
    /* Translators: %s is a whole sentence without its full stop: “core” … looks like an ELF core dump */
    g_set_error (error,
                 RUNGS_ERROR,
                 rungs_magic_is_foreign (head) ? RUNGS_ERROR_FOREIGN : RUNGS_ERROR_NO_MESSAGES,
                 _ ("%s. Rungs reads captures (pcap, pcapng), client and server logs, and SIP text."),
                 looks);
}

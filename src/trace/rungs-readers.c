/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which reader reads these bytes?  See rungs-reader.h.
 *
 * To add a binary format, declare its reader in rungs-readers-private.h and name it in the table below. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-reader.h"
#include "rungs-readers-private.h"

#define HEAD_SIZE (256 * 1024)

static const RungsReader *const readers[] = {
  &rungs_reader_pcap,
  &rungs_reader_pcapng,
  NULL,
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
  return readers;
}

const RungsReader *
rungs_readers_find (RungsSlice head,
                    const char *name,
                    GError **error)
{
  const RungsReader *best = NULL;
  int best_sureness = 0;

  g_return_val_if_fail (name != NULL, NULL);

  head = rungs_slice_sub (head, 0, HEAD_SIZE);
  for (gsize i = 0; readers[i] != NULL; i++)
    {
      int sureness = readers[i]->probe (head);

      if (sureness > best_sureness)
        {
          best = readers[i];
          best_sureness = sureness;
        }
    }
  if (best == NULL)
    g_set_error (error,
                 RUNGS_ERROR,
                 RUNGS_ERROR_NO_MESSAGES,
                 _ ("“%s” holds no SIP messages that Rungs can find"),
                 name);
  return best;
}

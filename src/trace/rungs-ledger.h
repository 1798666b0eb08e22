/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The ledger of bytes not read: sums and ranges by reason.
 *
 * Neighbouring ranges of one reason are one entry; at most 10,000 entries are kept, the sums are always exact. */

#pragma once

#include "rungs-reader.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 offset;
  guint64 length;
  RungsUnreadReason reason;
} RungsLedgerEntry;

typedef struct
{
  guint64 read_bytes;                        /* in records, framing included */
  guint64 unread_bytes;
  guint64 by_reason[RUNGS_N_UNREAD_REASONS]; /* bytes */
  GArray *entries;                           /* RungsLedgerEntry, the first ones */
} RungsLedger;

/** rungs_ledger_get_unlisted: how many bytes not read stand in no entry, as there are too many. */
guint64 rungs_ledger_get_unlisted (const RungsLedger *self);

/** rungs_ledger_finish: the input is read: entries are put in order. Where only its first @present bytes are still there, the ranges
 * behind them are CUT_SHORT, whatever the zeroes in their place looked like. */
void rungs_ledger_finish     (RungsLedger *self,
                              guint64      present);

void rungs_ledger_init       (RungsLedger *self);
void rungs_ledger_clear      (RungsLedger *self);
void rungs_ledger_add_read   (RungsLedger *self,
                              guint64      length);
void rungs_ledger_add_unread (RungsLedger       *self,
                              guint64            offset,
                              guint64            length,
                              RungsUnreadReason  reason);

G_END_DECLS

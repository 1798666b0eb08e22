/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the targets of reassembly share: an input that is packets, each behind a head that says what is special about it and how long it
 * is, and the ledger, the payload reader and the account that a reassembly needs. */

#pragma once

#include "account.h"
#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"

typedef struct
{
  Account account;
  RungsArena *arena;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  gsize offset;
} Packets;

typedef struct
{
  guint special;
  RungsSlice bytes;
  RungsPcapRange range; /* with its head */
} PacketsItem;

void     packets_init  (Packets     *self,
                        RungsSlice   input);

/** packets_next: takes the next packet, whose head has @n_special bytes and then @n_length bytes of length. Returns: %FALSE at the
 * end; what is left there is accounted for */
gboolean packets_next  (Packets     *self,
                        gsize        n_special,
                        gsize        n_length,
                        PacketsItem *item);

/** packets_check: the reassembly is finished: every byte was accounted for. */
void     packets_check (Packets     *self);

void     packets_clear (Packets     *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packets, packets_clear)

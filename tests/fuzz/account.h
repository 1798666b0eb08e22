/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A sink for the targets of readers: each byte of the input must be accounted for exactly once, and each record must lie where it says.
 *
 * The bytes of records are kept in the order in which they came, so that two readings of the same can be compared. */

#pragma once

#include "rungs-reader.h"

typedef struct
{
  RungsSink sink;
  RungsSlice input;
  guint8 *covered;   /* one a byte of the input */
  GString *messages; /* each record's length and bytes */
  guint64 n_lost;    /* bytes that belong to no record and are no keep-alives */
  gboolean in_place; /* to be set where a record that is not decoded begins with the byte at its offset */
} Account;

void account_init  (Account    *self,
                    RungsSlice  input);

/** account_check: every byte was accounted for. */
void account_check (const Account *self);

void account_clear (Account    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

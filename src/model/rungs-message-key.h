/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The strings of a reading → ids: the Call-ID of each message, and for the first message of each the two AoRs.
 *
 * Called for message after message in their order, so that ids depend on nothing else. */

#pragma once

#include "rungs-reading.h"

G_BEGIN_DECLS

typedef struct
{
  /*< private >*/
  RungsInterner *strings;
  GByteArray *known; /* string id → whether it was seen as a Call-ID */
} RungsKeyMaker;

void     rungs_key_maker_init    (RungsKeyMaker         *self,
                                  RungsInterner         *strings);
void     rungs_key_maker_clear   (RungsKeyMaker         *self);

/** rungs_key_maker_copy: makes @copy a maker of the same keys, over @strings, a copy of its strings. */
void     rungs_key_maker_copy    (const RungsKeyMaker   *self,
                                  RungsKeyMaker         *copy,
                                  RungsInterner         *strings);

/** rungs_key_maker_fill: gives @reading its call_id, who and peer. */
void     rungs_key_maker_fill    (RungsKeyMaker         *self,
                                  RungsReading          *reading);

/** rungs_key_maker_intern_parties: the string ids of who and peer of a flow that begins with a message of @method, with the
 * values @from and @to. */
void     rungs_key_maker_intern_parties (RungsInterner  *strings,
                                         RungsSipMethod  method,
                                         RungsSlice      from,
                                         RungsSlice      to,
                                         guint32        *who,
                                         guint32        *peer);

G_END_DECLS

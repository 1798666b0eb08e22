/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What stands in row n, in words.
 *
 * In: the rows of a ladder (which kind of thing stands where), its lanes, the diagnoses of its flows, and what its time column
 * counts. Out: a RungsRow with number and time. Nothing is kept: words are made for the rows that somebody looks at, at a cost
 * that does not depend on how many there are. */

#pragma once

#include "rungs-diagnoser.h"
#include "rungs-ladder-rows.h"
#include "rungs-row.h"
#include "rungs-time.h"

G_BEGIN_DECLS

/** RungsRowReader: what is read from, all of it borrowed. */
typedef struct
{
  RungsDiagnoser *diagnoser;
  RungsSelection *selection;
  RungsLanes *lanes;
  const RungsLadderRows *rows;
  RungsClock clock;
  RungsTimeStyle time_style;
} RungsRowReader;

/** rungs_row_reader_read: @content is empty before and cleared by the caller. */
void rungs_row_reader_read (const RungsRowReader *self,
                            guint                 row,
                            RungsRow             *content);

G_END_DECLS

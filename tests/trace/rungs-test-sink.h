/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A sink for tests: counts how often each byte was accounted for, and writes down what came as lines that a person can
 * read.
 *
 *   record TIME DIRECTION SOURCE -> DESTINATION TRANSPORT connection N flags A,B offset O length L
 *     first line
 *   unread offset O length L reason
 */

#pragma once

#include "rungs-reader.h"

typedef struct
{
  RungsSink sink;
  RungsArena *arena;
  guint8 *cover; /* one a byte of the input */
  gsize length;
  GString *text; /* the lines, NULL where nobody wants them */
  guint n_records;
  guint n_reports;
  guint stop_after;  /* reports; 0: never */
  gsize last_report;
  gsize widest_step; /* between two reports */
} RungsTestSink;

void     rungs_test_sink_init       (RungsTestSink *self,
                                     gsize          length,
                                     gboolean       wants_text);
void     rungs_test_sink_clear      (RungsTestSink *self);

/* The first offset that was not accounted for exactly once, or -1. */
gssize   rungs_test_sink_find_fault (const RungsTestSink *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsTestSink, rungs_test_sink_clear)

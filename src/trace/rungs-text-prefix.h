/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a logger sets in front of every line: "Jan 31 12:00:00 host app[123]: ", "proxy-1  | ", " 7. ", "<134>… [0123] ".
 *
 * A prefix is learnt from one line and found again in others: runs of digits count as equal whatever their digits are,
 * so that times, counters and priorities match. */

#pragma once

#include "rungs-sip-frame.h"
#include "rungs-text-head.h"

G_BEGIN_DECLS

/**
 * rungs_text_prefix_match:
 * @prefix: the prefix of another line, without the indent of what follows
 * @length: (out): how long it is in @line
 *
 * Returns: whether @line begins with such a prefix; a line that ends with it may have lost the space at its end
 */
gboolean rungs_text_prefix_match      (RungsSlice  prefix,
                                       RungsSlice  line,
                                       gsize      *length);

/** rungs_text_prefix_may_hold_start: whether @line is worth a rungs_text_prefix_find_start(): it ends as a request line does. */
static inline gboolean
rungs_text_prefix_may_hold_start (RungsSlice line)
{
  return line.length > 20 && g_ascii_isdigit (line.data[line.length - 1]) && rungs_sip_may_be_start_line (line);
}

/**
 * rungs_text_prefix_find_start:
 * @line: a line of a log
 *
 * Returns: where in it a start line begins that reaches to its end: a known method, an address and a version; or a version,
 * a code and a phrase. -1: there is none
 */
gssize   rungs_text_prefix_find_start (RungsSlice  line);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Logs with an object of JSON for each line of the program → the lines, with the time before each.
 *
 *   {"log":"Via: SIP/2.0/UDP 192.0.2.1\r\n","stream":"stdout","time":"2026-01-31T12:00:00.123456789Z"}     docker
 *   {"__REALTIME_TIMESTAMP":"1769860800123456","MESSAGE":"Via: SIP/2.0/UDP 192.0.2.1", …}                  journalctl -o json
 *
 * Where an object holds a whole message it is left alone (rungs-dialect-json.c). */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_text_json_lines_find: whether @text is such a log: whether the line of a header stands alone in an object. */
gboolean rungs_text_json_lines_find   (RungsSlice  text);

/** rungs_text_json_lines_repair: as rungs_text_repair(). */
gsize    rungs_text_json_lines_repair (RungsSlice  text,
                                       gboolean    begins_line,
                                       char       *out,
                                       GArray     *checkpoints);

G_END_DECLS

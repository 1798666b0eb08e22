/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Values → JSON on standard output, one object at a time, so that a long array needs no tree in memory. */

#pragma once

#include <json-glib/json-glib.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_cli_json_print: the finished value of @builder, two blanks of indentation, no line end. */
void rungs_cli_json_print       (JsonBuilder *builder);

/** rungs_cli_json_print_line: the same in one line, for streams of objects. */
void rungs_cli_json_print_line  (JsonBuilder *builder);

/** rungs_cli_json_array_begin / _item / _end: an array on standard output whose items are objects. */
void rungs_cli_json_array_begin (void);
void rungs_cli_json_array_item  (JsonBuilder *builder,
                                 gboolean     is_first);
void rungs_cli_json_array_end   (void);

/** rungs_cli_json_add_string: @value (nullable: null) under @name. */
void rungs_cli_json_add_string  (JsonBuilder *builder,
                                 const char  *name,
                                 const char  *value);
void rungs_cli_json_add_int     (JsonBuilder *builder,
                                 const char  *name,
                                 gint64       value);

/** rungs_cli_json_add_slice: trace bytes as text, null where empty. Control characters are escaped by JSON; invalid UTF-8
 * becomes U+FFFD. */
void rungs_cli_json_add_slice   (JsonBuilder *builder,
                                 const char  *name,
                                 RungsSlice   value);

/** rungs_cli_json_add_time: µs since the epoch as seconds; null for RUNGS_TIME_NONE. */
void rungs_cli_json_add_time    (JsonBuilder *builder,
                                 const char  *name,
                                 gint64       time);

G_END_DECLS

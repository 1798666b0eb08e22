/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A decoded tree on the command line: each node with what it means and what to check, as indented lines or as JSON. */

#pragma once

#include <json-glib/json-glib.h>

#include "rungs-field.h"

G_BEGIN_DECLS

/** RUNGS_CLI_FIELD_MAX_DEPTH: nodes below are not printed. */
#define RUNGS_CLI_FIELD_MAX_DEPTH 32

/** rungs_cli_field_print: @self and all below it, indented by @depth steps. */
void rungs_cli_field_print       (const RungsField *self,
                                  guint             depth);

/** rungs_cli_field_print_name: the first line of @self: its name and value. */
void rungs_cli_field_print_name  (const RungsField *self,
                                  guint             depth);

/** rungs_cli_field_add_json: @self as an object; those of its children stand in its member "children". */
void rungs_cli_field_add_json    (const RungsField *self,
                                  JsonBuilder      *builder,
                                  guint             depth);

/** rungs_cli_field_add_members: "name", "value", "offset", "length", "explanation", "check" and "remark" of @self. */
void rungs_cli_field_add_members (const RungsField *self,
                                  JsonBuilder      *builder);

G_END_DECLS

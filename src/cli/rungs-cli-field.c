/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A decoded tree on the command line.  See rungs-cli-field.h. */

#include "config.h"

#include <glib/gi18n.h>

#include "rungs-cli-field.h"
#include "rungs-cli-json.h"
#include "rungs-knowledge.h"

static const char *
get_remark_text (guint16 code)
{
  const RungsFact *fact = rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, rungs_remark_code_get_id (code));

  return fact != NULL ? fact->explanation : rungs_remark_code_get_id (code);
}

void
rungs_cli_field_print_name (const RungsField *self, guint depth)
{
  g_return_if_fail (self != NULL);
  g_print ("%*s%s%s%s\n", (int) depth * 2, "", self->name, *self->value != '\0' ? ": " : "", self->value);
}

void
rungs_cli_field_print (const RungsField *self, guint depth)
{
  const RungsFact *fact;
  int indent = (int) depth * 2;

  g_return_if_fail (self != NULL);

  fact = rungs_knowledge_lookup_topic (self->topic);
  rungs_cli_field_print_name (self, depth);
  if (fact != NULL && fact->explanation != NULL)
    g_print ("%*s  %s\n", indent, "", fact->explanation);
  if (fact != NULL && fact->check != NULL)
    /* Translators: what to check, as an instruction */
    g_print (_ ("%*s  What to do: %s\n"), indent, "", fact->check);
  if (self->remark != RUNGS_REMARK_NONE)
    g_print ("%*s  ! %s\n", indent, "", get_remark_text (self->remark));
  if (depth >= RUNGS_CLI_FIELD_MAX_DEPTH)
    return;
  for (guint i = 0; i < rungs_field_get_n_children (self); i++)
    rungs_cli_field_print (rungs_field_get_child (self, i), depth + 1);
}

void
rungs_cli_field_add_members (const RungsField *self, JsonBuilder *builder)
{
  const RungsFact *fact;

  g_return_if_fail (self != NULL && JSON_IS_BUILDER (builder));

  fact = rungs_knowledge_lookup_topic (self->topic);
  rungs_cli_json_add_string (builder, "name", self->name);
  rungs_cli_json_add_string (builder, "value", self->value);
  rungs_cli_json_add_int (builder, "offset", self->offset);
  rungs_cli_json_add_int (builder, "length", self->length);
  rungs_cli_json_add_string (builder, "explanation", fact != NULL ? fact->explanation : NULL);
  rungs_cli_json_add_string (builder, "check", fact != NULL ? fact->check : NULL);
  rungs_cli_json_add_string (builder,
                             "remark",
                             self->remark != RUNGS_REMARK_NONE ? rungs_remark_code_get_id (self->remark)
                                                               : NULL);
}

void
rungs_cli_field_add_json (const RungsField *self, JsonBuilder *builder, guint depth)
{
  g_return_if_fail (self != NULL && JSON_IS_BUILDER (builder));

  json_builder_begin_object (builder);
  rungs_cli_field_add_members (self, builder);
  if (rungs_field_get_n_children (self) > 0 && depth < RUNGS_CLI_FIELD_MAX_DEPTH)
    {
      json_builder_set_member_name (builder, "children");
      json_builder_begin_array (builder);
      for (guint i = 0; i < rungs_field_get_n_children (self); i++)
        rungs_cli_field_add_json (rungs_field_get_child (self, i), builder, depth + 1);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

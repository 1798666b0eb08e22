/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of rungs-sip-fields: one header or body → its parts, as children of a field.
 *
 * The budget counts down over the whole message, so that a message made of separators costs no more than a message
 * made of words.  Names of parts are those of the grammar of RFC 3261, 25.1. */

#pragma once

#include "rungs-field.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

typedef struct
{
  const RungsSipMessage *message;
  guint budget; /* how many more parts may become fields */
} RungsSipFieldBuilder;

/* Adds a part with its topic "TOPIC:NAME" (@topic may be NULL: none). Returns: (transfer none): the part, or NULL where
 * the budget is spent */
RungsField *rungs_sip_field_builder_add     (RungsSipFieldBuilder *self,
                                             RungsField           *parent,
                                             const char           *name,
                                             RungsSlice            value,
                                             const char           *topic);

/* As above, with a name from the message. */
RungsField *rungs_sip_field_builder_add_named (RungsSipFieldBuilder *self,
                                               RungsField           *parent,
                                               RungsSlice            name,
                                               RungsSlice            value,
                                               const char           *topic);

/* The parts of a URI. */
void        rungs_sip_field_builder_add_uri (RungsSipFieldBuilder *self,
                                             RungsField           *parent,
                                             RungsSlice            uri);

/* The parts of @header. */
void        rungs_sip_field_builder_add_parts (RungsSipFieldBuilder *self,
                                               RungsField           *field,
                                               const RungsSipHeader *header);

/* The lines of the body: those of SDP with their names. */
void        rungs_sip_field_builder_add_body (RungsSipFieldBuilder *self,
                                              RungsField           *root);

/* Display text of a value on one line: a folded line end with the white space around it becomes one blank. */
char       *rungs_sip_value_to_display      (RungsSlice            value);

G_END_DECLS

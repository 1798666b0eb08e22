/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message → the tree of fields that inspector, `show` and JSON present.
 *
 * Top level: the start line, then each header in order (topic "header:Name"), then the body (SDP lines as
 * children).  A header's children are its parts: display name, URI with its parts, parameters, auth parameters (topic
 * "auth:name"), Via parts.  Byte ranges count from the start of the message. */

#pragma once

#include "rungs-field.h"
#include "rungs-sip-message.h"

G_BEGIN_DECLS

/** rungs_sip_fields_new: Returns: (transfer full): the root; its children are described above. At most 2000 headers and
 * 4000 parts become fields. */
RungsField *rungs_sip_fields_new       (const RungsSipMessage *message);

/** rungs_sip_message_to_short_line: "REGISTER contoso.example", "401 Unauthorized": the label of a rung, as display text.
 * (transfer full) */
char       *rungs_sip_message_to_short_line (const RungsSipMessage *message);

G_END_DECLS

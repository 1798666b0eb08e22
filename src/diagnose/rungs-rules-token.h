/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the rules about tokens share: a token decoded while a rule looks at it, and clocks compared.
 *
 * A token that is cut short says nothing for sure, and is not judged. */

#pragma once

#include "rungs-kerberos.h"
#include "rungs-ntlm.h"
#include "rungs-rules.h"

G_BEGIN_DECLS

/**
 * rungs_rules_read_ticket:
 * @auth: (nullable): the header that carries the token
 * @bytes: (out): (transfer full): keeps the slices of @request alive
 *
 * Returns: whether @auth carries a whole AP-REQ with a ticket
 */
gboolean rungs_rules_read_ticket  (const RungsAuthFact *auth,
                                   GBytes             **bytes,
                                   RungsKerberos       *request);

/** rungs_rules_read_date: the Date of the message at @position, µs; 0 where there is none. */
gint64   rungs_rules_read_date    (const RungsJudge    *judge,
                                   guint                position);

/** rungs_rules_keep_text: a name of an NTLM message as a value for a hit. */
RungsSlice rungs_rules_keep_text  (const RungsJudge    *judge,
                                   RungsSlice           name,
                                   guint32              flags);

G_END_DECLS

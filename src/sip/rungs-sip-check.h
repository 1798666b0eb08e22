/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of the checks: what rungs-sip-check.c and rungs-sip-check-address.c share.
 *
 * A check reads what the parser found and adds remarks; it changes nothing else, looks at each byte a fixed number of
 * times, and blames one fault once: what cannot be read is not looked into. */

#pragma once

#include "rungs-sip-parse.h"

G_BEGIN_DECLS

void     rungs_sip_check_request_uri (RungsSipMessage      *message);

/* One address, or a list of them, in the value of @header. */
void     rungs_sip_check_addresses   (RungsSipMessage      *message,
                                      const RungsSipHeader *header,
                                      gboolean              is_list);

/* An IPv6 address without brackets, or brackets without one, around @host inside @where. Returns: whether something was
 * wrong and remarked on */
gboolean rungs_sip_check_host        (RungsSipMessage      *message,
                                      RungsSlice            host,
                                      RungsSlice            where,
                                      guint16               header);

/* Whether @parameters, what stands behind the first ';', is a list without holes. */
gboolean rungs_sip_check_parameters  (RungsSlice            parameters);

/* Whether each quoted string in the value is closed; remarks on it otherwise. */
gboolean rungs_sip_check_quotes      (RungsSipMessage      *message,
                                      const RungsSipHeader *header);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One Via: "SIP/2.0/TLS host:port;branch=…;received=…" (RFC 3261, 20.42). */

#pragma once

#include "rungs-sip-names.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct
{
  RungsTransport transport;
  RungsSlice transport_name;
  RungsSlice host;
  guint16 port; /* 0: none written */
  RungsSlice branch;
  RungsSlice received;
  guint16 received_port; /* ms-received-port or rport, 0: none */
  RungsSlice parameters;
  gboolean valid;
} RungsSipVia;

/** rungs_sip_via_parse: the first Via of a possibly comma-joined value. Returns: @self->valid */
gboolean rungs_sip_via_parse (RungsSipVia *self,
                              RungsSlice   text);

/** rungs_sip_via_peek: the transport, branch and sent-by ("host:port") only: for the index pass. Any may be %NULL. */
void     rungs_sip_via_peek  (RungsSlice      text,
                              RungsTransport *transport,
                              RungsSlice     *branch,
                              RungsSlice     *sent_by);

/** rungs_sip_via_peek_parameters: the branch and received only, as rungs_sip_via_parse() has them: for the judge. */
void     rungs_sip_via_peek_parameters (RungsSlice  text,
                                        RungsSlice *branch,
                                        RungsSlice *received);

G_END_DECLS

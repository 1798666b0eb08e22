/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A URI in SIP: "sip:user:password@host:port;parameters?headers" (RFC 3261, 19.1), tel: (RFC 3966), others as opaque.
 *
 * Borrowed slices, never fails: what cannot be read stays empty and @valid is FALSE. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSlice all;        /* what was parsed, without <> */
  RungsSlice scheme;     /* "sip", "sips", "tel" … */
  RungsSlice user;       /* without password; the number of a tel: URI */
  RungsSlice password;
  RungsSlice host;       /* IPv6 without its brackets */
  guint16 port;          /* 0: none written */
  RungsSlice parameters; /* behind the first ';' */
  RungsSlice headers;    /* behind '?' */
  gboolean valid;
} RungsSipUri;

/** rungs_sip_uri_parse: Returns: @self->valid */
gboolean rungs_sip_uri_parse (RungsSipUri *self,
                              RungsSlice   text);

/** rungs_sip_uri_equal: RFC 3261, 19.1.4, without headers: scheme, user (escapes decoded), host and port; the
 * parameters user, ttl, method and maddr must not differ. */
gboolean rungs_sip_uri_equal (const RungsSipUri *a,
                              const RungsSipUri *b);

/** rungs_sip_uri_to_aor: "user@host" or "host", as display text. (transfer full) */
char    *rungs_sip_uri_to_aor (const RungsSipUri *self);

/** rungs_sip_host_port_parse: splits "host:port", "[v6]:port" or a bare "v6"; port 0 where none is written.
 * Returns: %FALSE where the port is no number below 65536 or the host is empty */
gboolean rungs_sip_host_port_parse (RungsSlice  text,
                                    RungsSlice *host,
                                    guint16    *port);

G_END_DECLS

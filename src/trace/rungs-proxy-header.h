/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a load balancer puts before a connection or a datagram that it passes on: the PROXY protocol, versions 1 and 2.
 *
 * Version 1 is one line of text, version 2 a header with a signature; both name the client that the balancer speaks for, and where
 * that client had turned to.  proxy-protocol.txt of HAProxy. */

#pragma once

#include "rungs-address.h"

G_BEGIN_DECLS

/**
 * RungsProxyHeader:
 * @length: of the header
 * @source: the client; of no kind where the balancer speaks for itself or does not know
 */
typedef struct
{
  gsize length;
  RungsAddress source;
} RungsProxyHeader;

typedef enum
{
  RUNGS_PROXY_HEADER_NONE,
  RUNGS_PROXY_HEADER_MORE, /* as far as can be seen it is one */
  RUNGS_PROXY_HEADER_WHOLE,
} RungsProxyHeaderState;

/** rungs_proxy_header_parse: whether @bytes begin with a header; @self is set where it is whole. */
RungsProxyHeaderState rungs_proxy_header_parse (RungsProxyHeader *self,
                                                RungsSlice        bytes);

G_END_DECLS

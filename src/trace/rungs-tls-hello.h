/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the first messages of TLS say in clear: the name of the server and the version (RFC 8446, 4.1; RFC 6066, 3).
 *
 * In: the start of one direction. Out: what of it is there to be read; a hello that is cut is read as far as it goes.  Nothing is
 * copied. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TLS_HELLO_NONE,
  RUNGS_TLS_HELLO_CLIENT,
  RUNGS_TLS_HELLO_SERVER,
} RungsTlsHelloKind;

/**
 * RungsTlsHello:
 * @name: of the server, from a client's hello; or empty
 * @version: that the server has chosen, as 0x0303; 0 in a client's hello
 */
typedef struct
{
  RungsTlsHelloKind kind;
  RungsSlice name;
  guint16 version;
} RungsTlsHello;

/** rungs_tls_hello_get_length: how long the record is that begins at @bytes, with its header; 0 where that cannot be told yet. */
gsize rungs_tls_hello_get_length (RungsSlice     bytes);

/** rungs_tls_hello_parse_datagram: the same of DTLS (RFC 6347, 4.1 and 4.2.2), whose versions count down from 0xfeff. */
void  rungs_tls_hello_parse_datagram (RungsTlsHello *self,
                                      RungsSlice     bytes);

/** rungs_tls_hello_parse: reads the record at the start of @bytes. */
void  rungs_tls_hello_parse      (RungsTlsHello *self,
                                  RungsSlice     bytes);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A participant's address as a record knows it: IPv4, IPv6, a name, "this side of the log", or nothing. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_ADDRESS_NONE,  /* the format does not say */
  RUNGS_ADDRESS_IPV4,  /* bytes[0..3], network order */
  RUNGS_ADDRESS_IPV6,  /* bytes[0..15] */
  RUNGS_ADDRESS_NAME,  /* @name, a host name */
  RUNGS_ADDRESS_LOCAL, /* the host that wrote the log; @name where the log tells it, otherwise empty */
} RungsAddressKind;

typedef struct
{
  guint8 kind;      /* RungsAddressKind */
  guint16 port;     /* 0: not known */
  guint8 bytes[16]; /* IPV4, IPV6 */
  RungsSlice name;  /* NAME, LOCAL: lives as long as the record's bytes */
} RungsAddress;

/** rungs_address_parse: "10.0.0.1", "[2001:db8::1]:5061", "host.example:443"; IPV4 and IPV6 where it is one, otherwise
 * NAME. The name of @self points into @text. Returns: %FALSE for empty text */
gboolean rungs_address_parse     (RungsAddress       *self,
                                  RungsSlice          text);

/** rungs_address_parse_host: the same of a host without port; IPv6 with or without brackets. */
gboolean rungs_address_parse_host (RungsAddress      *self,
                                   RungsSlice         host);

/** rungs_address_equal: same kind, same bytes or name (case ignored), same port. */
gboolean rungs_address_equal     (const RungsAddress *a,
                                  const RungsAddress *b);
guint64  rungs_address_hash      (const RungsAddress *self,
                                  guint64             seed);

/** rungs_address_equal_host / rungs_address_hash_host: the same without the port; for GHashTable. */
gboolean rungs_address_equal_host (const RungsAddress *a,
                                   const RungsAddress *b);
guint    rungs_address_hash_host  (const RungsAddress *self);

/** rungs_address_to_string: "10.0.0.1:5061", "[2001:db8::1]:5061", "host:443", display text; "" for NONE and for a LOCAL
 * without name. (transfer full) */
char    *rungs_address_to_string (const RungsAddress *self);

/** rungs_address_host_to_string: as above, without port and brackets. (transfer full) */
char    *rungs_address_host_to_string (const RungsAddress *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Addresses of records.  See rungs-address.h. */

#include "config.h"

#include <arpa/inet.h>

#include "rungs-address.h"
#include "rungs-sip-uri.h"
#include "rungs-text.h"

/* The kind of @host: the two numeric forms fill @bytes. */
static RungsAddressKind
classify (RungsSlice host, guint8 bytes[16])
{
  char text[INET6_ADDRSTRLEN];

  if (host.length >= sizeof text || memchr (host.data, '\0', host.length) != NULL)
    return RUNGS_ADDRESS_NAME;
  memcpy (text, host.data, host.length);
  text[host.length] = '\0';
  if (g_ascii_isdigit (text[0]) && inet_pton (AF_INET, text, bytes) == 1)
    return RUNGS_ADDRESS_IPV4;
  if (strchr (text, ':') != NULL && inet_pton (AF_INET6, text, bytes) == 1)
    return RUNGS_ADDRESS_IPV6;
  return RUNGS_ADDRESS_NAME;
}

gboolean
rungs_address_parse (RungsAddress *self, RungsSlice text)
{
  RungsSlice host;
  guint16 port;

  g_return_val_if_fail (self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  text = rungs_slice_trim (text);
  if (text.length == 0)
    return FALSE;
  if (!rungs_sip_host_port_parse (text, &host, &port))
    {
      host = text;
      port = 0;
    }
  self->kind = classify (host, self->bytes);
  self->port = port;
  if (self->kind == RUNGS_ADDRESS_NAME)
    self->name = host;
  return TRUE;
}

gboolean
rungs_address_parse_host (RungsAddress *self, RungsSlice host)
{
  g_return_val_if_fail (self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  host = rungs_slice_trim (host);
  if (host.length > 2 && host.data[0] == '[' && host.data[host.length - 1] == ']')
    host = rungs_slice_sub (host, 1, host.length - 2);
  if (host.length == 0)
    return FALSE;
  self->kind = classify (host, self->bytes);
  if (self->kind == RUNGS_ADDRESS_NAME)
    self->name = host;
  return TRUE;
}

gboolean
rungs_address_equal (const RungsAddress *a, const RungsAddress *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->kind != b->kind || a->port != b->port)
    return FALSE;
  switch ((RungsAddressKind) a->kind)
    {
    case RUNGS_ADDRESS_IPV4:
      return memcmp (a->bytes, b->bytes, 4) == 0;
    case RUNGS_ADDRESS_IPV6:
      return memcmp (a->bytes, b->bytes, 16) == 0;
    case RUNGS_ADDRESS_NAME:
    case RUNGS_ADDRESS_LOCAL:
      return rungs_slice_case_equal (a->name, b->name);
    case RUNGS_ADDRESS_NONE:
    default:
      return TRUE;
    }
}

gboolean
rungs_address_equal_host (const RungsAddress *a, const RungsAddress *b)
{
  RungsAddress host;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  host = *a;
  host.port = b->port;
  return rungs_address_equal (&host, b);
}

guint
rungs_address_hash_host (const RungsAddress *self)
{
  RungsAddress host;

  g_return_val_if_fail (self != NULL, 0);

  host = *self;
  host.port = 0;
  return (guint) rungs_address_hash (&host, 0);
}

guint64
rungs_address_hash (const RungsAddress *self, guint64 seed)
{
  char lower[256];
  RungsSlice bytes;

  g_return_val_if_fail (self != NULL, 0);

  seed ^= ((guint64) self->kind << 16 | self->port) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  switch ((RungsAddressKind) self->kind)
    {
    case RUNGS_ADDRESS_IPV4:
      bytes = rungs_slice ((const char *) self->bytes, 4);
      break;
    case RUNGS_ADDRESS_IPV6:
      bytes = rungs_slice ((const char *) self->bytes, 16);
      break;
    case RUNGS_ADDRESS_NAME:
    case RUNGS_ADDRESS_LOCAL:
      /* Names are equal without case; what is longer than a host name may be hashes alike. */
      bytes = rungs_slice (lower, MIN (self->name.length, sizeof lower));
      for (gsize i = 0; i < bytes.length; i++)
        lower[i] = g_ascii_tolower (self->name.data[i]);
      break;
    case RUNGS_ADDRESS_NONE:
    default:
      bytes = RUNGS_SLICE_EMPTY;
      break;
    }
  return rungs_slice_hash (bytes, seed);
}

char *
rungs_address_host_to_string (const RungsAddress *self)
{
  char text[INET6_ADDRSTRLEN] = "";

  g_return_val_if_fail (self != NULL, NULL);

  switch ((RungsAddressKind) self->kind)
    {
    case RUNGS_ADDRESS_IPV4:
      inet_ntop (AF_INET, self->bytes, text, sizeof text);
      return g_strdup (text);
    case RUNGS_ADDRESS_IPV6:
      inet_ntop (AF_INET6, self->bytes, text, sizeof text);
      return g_strdup (text);
    case RUNGS_ADDRESS_NAME:
    case RUNGS_ADDRESS_LOCAL:
      return rungs_text_display (self->name);
    case RUNGS_ADDRESS_NONE:
    default:
      return g_strdup ("");
    }
}

char *
rungs_address_to_string (const RungsAddress *self)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  host = rungs_address_host_to_string (self);
  if (self->port == 0 || host[0] == '\0')
    return g_steal_pointer (&host);
  return g_strdup_printf (self->kind == RUNGS_ADDRESS_IPV6 ? "[%s]:%u" : "%s:%u", host, self->port);
}

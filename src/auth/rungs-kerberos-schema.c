/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages decoded by the schema.  See rungs-kerberos-schema.h. */

#include "config.h"

#include "rungs-kerberos-schema.h"

#include "rungs-kerberos-asn1.inc"

#define MAX_PATH 96
/* libtasn1 makes a node for each element; no message in a SIP header comes near. */
#define MAX_MESSAGE (1024 * 1024)

static asn1_node
get_schema (void)
{
  static asn1_node schema;
  static gsize initialised;

  if (g_once_init_enter (&initialised))
    {
      int result = asn1_array2tree (rungs_kerberos_asn1, &schema, NULL);

      g_assert (result == ASN1_SUCCESS);
      g_once_init_leave (&initialised, 1);
    }
  return schema;
}

asn1_node
rungs_kerberos_schema_decode (const char *type, RungsSlice message)
{
  char path[MAX_PATH], text[ASN1_MAX_ERROR_DESCRIPTION_SIZE] = "";
  int length = message.length;
  asn1_node node = NULL;

  if (message.length > MAX_MESSAGE)
    return NULL;
  g_snprintf (path, sizeof path, "Rungs-Kerberos.%s", type);
  if (asn1_create_element (get_schema (), path, &node) != ASN1_SUCCESS)
    return NULL;
  if (asn1_der_decoding2 (&node,
                          message.data,
                          &length,
                          ASN1_DECODE_FLAG_ALLOW_PADDING | ASN1_DECODE_FLAG_ALLOW_INCORRECT_TIME,
                          text) != ASN1_SUCCESS)
    asn1_delete_structure (&node);
  return node;
}

char *
rungs_kerberos_schema_dup (asn1_node node, const char *path, int *length)
{
  g_autofree char *value = NULL;

  *length = 0;
  if (asn1_read_value (node, path, NULL, length) != ASN1_MEM_ERROR)
    return NULL;
  value = g_malloc0 (*length + 1);
  return asn1_read_value (node, path, value, length) == ASN1_SUCCESS ? g_steal_pointer (&value) : NULL;
}

RungsSlice
rungs_kerberos_schema_get_range (asn1_node node, RungsSlice message, const char *path)
{
  int start, end;

  if (asn1_der_decoding_startEnd (node, message.data, message.length, path, &start, &end) != ASN1_SUCCESS ||
      start < 0 || end <= start)
    return RUNGS_SLICE_EMPTY;
  return rungs_slice_sub (message, start, end - start + 1);
}

gint64
rungs_kerberos_schema_get_integer (asn1_node node, const char *path, gint64 otherwise)
{
  int length;
  g_autofree char *bytes = rungs_kerberos_schema_dup (node, path, &length);
  gint64 value;

  if (bytes == NULL || length < 1 || length > 8)
    return otherwise;
  value = bytes[0] & 0x80 ? -1 : 0;
  for (int i = 0; i < length; i++)
    value = (gint64) ((guint64) value << 8 | (guchar) bytes[i]);
  return value;
}

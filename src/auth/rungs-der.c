/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The elements of DER.  See rungs-der.h. */

#include "config.h"

#include "rungs-der.h"
#include "rungs-token-tree.h"

#define MAX_OID_PARTS 32
#define MAX_ELEMENTS  200

gboolean
rungs_der_next (RungsSlice *rest, RungsDerElement *element)
{
  gsize header = 2, length;

  if (rest->length < 2 || (rest->data[0] & 0x1f) == 0x1f)
    return FALSE;
  length = (guchar) rest->data[1];
  if (length == 0x80)
    return FALSE;
  if (length > 0x80)
    {
      header += length & 0x7f;
      length = 0;
      if (header > 6 || header > rest->length)
        return FALSE;
      for (gsize i = 2; i < header; i++)
        length = length << 8 | (guchar) rest->data[i];
    }
  element->tag = rest->data[0];
  element->truncated = length > rest->length - header;
  element->content = rungs_slice_sub (*rest, header, length);
  element->bytes = rungs_slice_sub (*rest, 0, header + element->content.length);
  *rest = rungs_slice_skip (*rest, element->bytes.length);
  return TRUE;
}

gboolean
rungs_der_open (RungsSlice *bytes, guchar tag)
{
  RungsSlice rest = *bytes;
  RungsDerElement element;

  if (!rungs_der_next (&rest, &element) || element.tag != tag)
    return FALSE;
  *bytes = element.content;
  return TRUE;
}

char *
rungs_der_format_oid (RungsSlice content)
{
  GString *text = g_string_new (NULL);
  guint64 number = 0;
  guint n_parts = 0;

  for (gsize i = 0; i < content.length && n_parts < MAX_OID_PARTS; i++)
    {
      number = (number & (G_MAXUINT64 >> 7)) << 7 | (content.data[i] & 0x7f);
      if (content.data[i] & 0x80)
        continue;
      if (n_parts++ == 0)
        {
          guint64 first = MIN (number / 40, 2);

          g_string_append_printf (text, "%" G_GUINT64_FORMAT ".", first);
          number -= 40 * first;
        }
      else
        g_string_append_c (text, '.');
      g_string_append_printf (text, "%" G_GUINT64_FORMAT, number);
      number = 0;
    }
  return g_string_free (text, FALSE);
}

/* (transfer full): "[APPLICATION 14]", "[2]", "SEQUENCE" … */
static char *
name_tag (guchar tag)
{
  static const char *const names[] = {
    [0x01] = "BOOLEAN",
    [0x02] = "INTEGER",
    [0x03] = "BIT STRING",
    [0x04] = "OCTET STRING",
    [0x05] = "NULL",
    [0x06] = "OBJECT IDENTIFIER",
    [0x0a] = "ENUMERATED",
    [0x0c] = "UTF8String",
    [0x10] = "SEQUENCE",
    [0x11] = "SET",
    [0x18] = "GeneralizedTime",
    [0x1b] = "GeneralString",
  };
  guint number = tag & 0x1f;

  switch (tag >> 6)
    {
    case 0:
      return names[MIN (number, G_N_ELEMENTS (names) - 1)] != NULL && number < G_N_ELEMENTS (names)
               ? g_strdup (names[number])
               : g_strdup_printf ("[UNIVERSAL %u]", number);
    case 1:
      return g_strdup_printf ("[APPLICATION %u]", number);
    case 2:
      return g_strdup_printf ("[%u]", number);
    default:
      return g_strdup_printf ("[PRIVATE %u]", number);
    }
}

static void
add_elements (RungsField *parent, RungsSlice token, RungsSlice part, guint depth, guint *n_left)
{
  RungsDerElement element;

  while (*n_left > 0 && rungs_der_next (&part, &element))
    {
      g_autofree char *name = name_tag (element.tag);
      gboolean is_text = element.tag == 0x1b || element.tag == 0x0c || element.tag == 0x18;
      gboolean is_open = (element.tag & 0x20) && depth < RUNGS_TOKEN_MAX_DEPTH;
      RungsField *field;

      (*n_left)--;
      if (is_open)
        field = rungs_token_tree_add (parent, token, name, element.bytes, NULL);
      else if (is_text)
        field = rungs_token_tree_add_text (parent, token, name, element.content);
      else
        field = rungs_token_tree_add_hex (parent, token, name, element.content);
      rungs_field_set_topic (field, NULL);
      if (element.truncated)
        field->remark = RUNGS_REMARK_TRUNCATED;
      if (is_open)
        add_elements (field, token, element.content, depth + 1, n_left);
    }
}

void
rungs_der_add_elements (RungsField *parent, RungsSlice token, RungsSlice part)
{
  guint n_left = MAX_ELEMENTS;

  add_elements (parent, token, part, 0, &n_left);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages → fields.  See rungs-token-decoders.h.
 *
 * libtasn1 decodes a message by the schema rungs-kerberos.asn; the tables below say in which order and form its parts
 * become fields.  A message that the schema does not fit (cut short, damaged) is shown as its DER elements, as far as they
 * go. */

#include "config.h"

#include <stdio.h>

#include "rungs-der.h"
#include "rungs-kerberos-schema.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"
#include "rungs-token.h"

#include "rungs-kerberos-names.inc"

/* Names have two parts, seldom three. */
#define MAX_NAME_PARTS 16
#define MAX_PATH       96

typedef enum
{
  FORM_INTEGER,
  FORM_ENCRYPTION_TYPE,
  FORM_ERROR_CODE,
  FORM_TEXT,
  FORM_TIME,
  FORM_BYTES,
  FORM_OPTIONS,
  FORM_NAME,
  FORM_GROUP,
} Form;

typedef struct _Part Part;

struct _Part
{
  const char *name;
  Form form;
  const Part *parts; /* FORM_GROUP, ended by a part without name */
};

typedef struct
{
  asn1_node node;
  RungsSlice token;
  RungsSlice message;
} Decoder;

static const Part encrypted_parts[] = {
  { "etype", FORM_ENCRYPTION_TYPE },
  { "kvno", FORM_INTEGER },
  { "cipher", FORM_BYTES },
  { NULL },
};

static const Part ticket_parts[] = {
  { "tkt-vno", FORM_INTEGER },
  { "realm", FORM_TEXT },
  { "sname", FORM_NAME },
  { "enc-part", FORM_GROUP, encrypted_parts },
  { NULL },
};

static const Part ap_req_parts[] = {
  { "pvno", FORM_INTEGER },
  { "msg-type", FORM_INTEGER },
  { "ap-options", FORM_OPTIONS },
  { "ticket", FORM_GROUP, ticket_parts },
  { "authenticator", FORM_GROUP, encrypted_parts },
  { NULL },
};

static const Part ap_rep_parts[] = {
  { "pvno", FORM_INTEGER },
  { "msg-type", FORM_INTEGER },
  { "enc-part", FORM_GROUP, encrypted_parts },
  { NULL },
};

static const Part error_parts[] = {
  { "pvno", FORM_INTEGER },
  { "msg-type", FORM_INTEGER },
  { "ctime", FORM_TIME },
  { "cusec", FORM_INTEGER },
  { "stime", FORM_TIME },
  { "susec", FORM_INTEGER },
  { "error-code", FORM_ERROR_CODE },
  { "crealm", FORM_TEXT },
  { "cname", FORM_NAME },
  { "realm", FORM_TEXT },
  { "sname", FORM_NAME },
  { "e-text", FORM_TEXT },
  { "e-data", FORM_BYTES },
  { NULL },
};

/* The schema of a message by its first byte. */
static const struct
{
  guchar tag;
  const char *name;
  RungsTokenKind kind;
  const Part *parts;
} messages[] = {
  { 0x6e, "AP-REQ", RUNGS_TOKEN_KRB_AP_REQ, ap_req_parts },
  { 0x6f, "AP-REP", RUNGS_TOKEN_KRB_AP_REP, ap_rep_parts },
  { 0x7e, "KRB-ERROR", RUNGS_TOKEN_KRB_ERROR, error_parts },
};

/* (transfer full) (nullable): as rungs_kerberos_schema_dup() */
static char *
dup_value (Decoder *self, const char *path, int *length)
{
  return rungs_kerberos_schema_dup (self->node, path, length);
}

/* The bytes of the element at @path, with tag and length. */
static RungsSlice
get_range (Decoder *self, const char *path)
{
  return rungs_kerberos_schema_get_range (self->node, self->message, path);
}

static void
add_integer (Decoder *self, RungsField *parent, const char *path, const Part *part)
{
  int length;
  g_autofree char *bytes = dup_value (self, path, &length);
  g_autofree char *text = NULL;
  g_autofree char *topic = NULL;
  const char *name = NULL;
  RungsField *field;
  gint64 value;

  if (bytes == NULL || length > 8)
    return;
  value = rungs_kerberos_schema_get_integer (self->node, path, 0);
  if (part->form == FORM_ENCRYPTION_TYPE)
    {
      name = rungs_token_name_find (encryption_type_names, G_N_ELEMENTS (encryption_type_names), value);
      topic = g_strdup_printf ("enctype:%" G_GINT64_FORMAT, value);
    }
  else if (part->form == FORM_ERROR_CODE)
    {
      name = rungs_token_name_find (error_names, G_N_ELEMENTS (error_names), value);
      topic = g_strdup_printf ("kerberos-error:%" G_GINT64_FORMAT, value);
    }
  text = name != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " (%s)", value, name)
                      : g_strdup_printf ("%" G_GINT64_FORMAT, value);
  field = rungs_token_tree_add (parent, self->token, part->name, get_range (self, path), text);
  if (field != NULL && topic != NULL)
    rungs_field_set_topic (field, topic);
}

/* "20240115092001Z" → "2024-01-15 09:20:01 UTC" */
static char *
format_time (const char *text, int length)
{
  g_autofree char *copy = g_strndup (text, length);
  int year, month, day, hour, minute, second;

  if (sscanf (copy, "%4d%2d%2d%2d%2d%2dZ", &year, &month, &day, &hour, &minute, &second) != 6)
    return rungs_token_tree_format_hex (rungs_slice (text, length));
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d UTC", year, month, day, hour, minute, second);
}

static void
add_options (Decoder *self, RungsField *parent, const char *path, const Part *part)
{
  static const char *const names[] = { NULL, "use-session-key", "mutual-required" };
  int n_bits;
  g_autofree char *bytes = dup_value (self, path, &n_bits);
  g_autofree char *text = NULL;
  RungsSlice range = get_range (self, path);
  RungsField *field;

  if (bytes == NULL)
    return;
  text = rungs_token_tree_format_hex (rungs_slice (bytes, (n_bits + 7) / 8));
  field = rungs_token_tree_add (parent, self->token, part->name, range, text);
  for (int i = 1; field != NULL && i < MIN (n_bits, (int) G_N_ELEMENTS (names)); i++)
    if (bytes[0] & 0x80 >> i)
      rungs_token_tree_add (field, self->token, names[i], range, NULL);
}

/* A principal's name: "sip/pool01.contoso.example", and its parts. */
static void
add_name (Decoder *self, RungsField *parent, const char *path, const Part *part)
{
  static const Part type_part = { "name-type", FORM_INTEGER };
  g_autoptr (GString) whole = g_string_new (NULL);
  RungsField *field;
  char place[MAX_PATH];

  g_snprintf (place, sizeof place, "%s.name-type", path);
  field = rungs_token_tree_add (parent, self->token, part->name, get_range (self, path), NULL);
  if (field == NULL)
    return;
  add_integer (self, field, place, &type_part);
  for (int i = 1; i <= MAX_NAME_PARTS; i++)
    {
      g_autofree char *text = NULL;
      RungsField *child;
      int length;

      g_snprintf (place, sizeof place, "%s.name-string.?%d", path, i);
      text = dup_value (self, place, &length);
      if (text == NULL)
        break;
      child = rungs_token_tree_add_text (field, self->token, "name-string", rungs_slice (text, length));
      child->offset = rungs_slice_offset_in (get_range (self, place), self->token);
      child->length = get_range (self, place).length;
      g_string_append_printf (whole, "%s%s", i > 1 ? "/" : "", child->value);
    }
  g_free (field->value);
  field->value = g_strdup (whole->str);
}

static void
add_leaf (Decoder *self, RungsField *parent, const char *path, const Part *part)
{
  int length;
  g_autofree char *bytes = dup_value (self, path, &length);
  RungsSlice range = get_range (self, path);
  g_autofree char *text = NULL;
  RungsField *field;

  if (bytes == NULL || range.data == NULL)
    return;
  if (part->form == FORM_BYTES)
    field = rungs_token_tree_add_size (parent, self->token, part->name, rungs_slice (bytes, length));
  else if (part->form == FORM_TEXT)
    field = rungs_token_tree_add_text (parent, self->token, part->name, rungs_slice (bytes, length));
  else
    {
      text = format_time (bytes, length);
      field = rungs_token_tree_add (parent, self->token, part->name, range, text);
    }
  field->offset = rungs_slice_offset_in (range, self->token);
  field->length = range.length;
}

/* Adds @parts, which stand below @prefix in the schema. */
static void
add_parts (Decoder *self, RungsField *parent, const char *prefix, const Part *parts)
{
  for (const Part *part = parts; part->name != NULL; part++)
    {
      char path[MAX_PATH];
      RungsField *group;

      g_snprintf (path, sizeof path, "%s%s%s", prefix, *prefix != '\0' ? "." : "", part->name);
      switch (part->form)
        {
        case FORM_INTEGER:
        case FORM_ENCRYPTION_TYPE:
        case FORM_ERROR_CODE:
          add_integer (self, parent, path, part);
          break;
        case FORM_OPTIONS:
          add_options (self, parent, path, part);
          break;
        case FORM_NAME:
          add_name (self, parent, path, part);
          break;
        case FORM_GROUP:
          group = rungs_token_tree_add (parent, self->token, part->name, get_range (self, path), NULL);
          if (group != NULL)
            add_parts (self, group, path, part->parts);
          break;
        default:
          add_leaf (self, parent, path, part);
          break;
        }
    }
}

/* Fills @root with the message's fields. Returns: FALSE where the schema does not fit */
static gboolean
decode_by_schema (Decoder *self, RungsField *root, const char *type, const Part *parts)
{
  self->node = rungs_kerberos_schema_decode (type, self->message);
  if (self->node == NULL)
    return FALSE;
  add_parts (self, root, "", parts);
  asn1_delete_structure (&self->node);
  return rungs_field_get_n_children (root) > 0;
}

RungsField *
rungs_kerberos_decode (RungsSlice token, RungsSlice part)
{
  RungsSlice rest = part;
  RungsDerElement element;

  if (!rungs_der_next (&rest, &element))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      Decoder decoder = { .token = token, .message = element.bytes };
      g_autofree char *topic = NULL;
      RungsField *root;

      if (messages[i].tag != element.tag)
        continue;
      topic = g_strconcat ("token:", rungs_token_kind_get_name (messages[i].kind), NULL);
      root = rungs_field_new ("Kerberos",
                              messages[i].name,
                              rungs_slice_offset_in (element.bytes, token),
                              element.bytes.length);
      rungs_field_set_topic (root, topic);
      if (element.truncated)
        root->remark = RUNGS_REMARK_TRUNCATED;
      if (!decode_by_schema (&decoder, root, messages[i].name, messages[i].parts))
        rungs_der_add_elements (root, token, element.bytes);
      return root;
    }
  return NULL;
}

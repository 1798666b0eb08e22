/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A Kerberos message → the tree for people.  See rungs-kerberos.h.
 *
 * Walks DER by the tables of rungs-kerberos-parts.h, so that what is there of a message that is cut short has its names;
 * the fields where it ends carry a remark.  What a table does not name is shown as its elements.  The tables end the recursion:
 * the deepest is a ticket in the AP-REQ in the pre-authentication data of a TGS-REQ. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-der.h"
#include "rungs-kerberos-parts.h"
#include "rungs-kerberos.h"
#include "rungs-pac.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"

#include "rungs-kerberos-names.inc"

#define MAX_ITEMS       64
#define MAX_GROUP_PARTS 32
/* Names have two parts, seldom three. */
#define MAX_NAME_PARTS 16

static void
add_group (RungsField *group, RungsSlice token, RungsSlice content, const RungsKerberosPart *parts);
static void add_padata (RungsField *list, RungsSlice token, RungsSlice content);

/* RFC 4120, 7.5.4; [MS-KILE] 2.2. */
#define AD_IF_RELEVANT 1
#define AD_WIN2K_PAC   128

static const RungsTokenName authorization_types[] = {
  { AD_IF_RELEVANT, "AD-IF-RELEVANT" },
  { 4, "AD-KDC-ISSUED" },
  { 5, "AD-AND-OR" },
  { 8, "AD-MANDATORY-FOR-KDC" },
  { 9, "AD-INITIAL-VERIFIED-CAS" },
  { 71, "AD-fx-fast-armor" },
  { 72, "AD-fx-fast-used" },
  { 96, "AD-CAMMAC" },
  { 97, "AD-AUTHENTICATION-INDICATOR" },
  { AD_WIN2K_PAC, "AD-WIN2K-PAC" },
  { 129, "AD-ETYPE-NEGOTIATION" },
  { 141, "KERB_AUTH_DATA_TOKEN_RESTRICTIONS" },
  { 142, "KERB_LOCAL" },
  { 143, "AD-AUTH-DATA-AP-OPTIONS" },
  { 144, "AD-TARGET-PRINCIPAL" },
};

/* The flags in the check sum of GSS-API (RFC 4121, 4.1.1.1). */
static const RungsTokenName context_flags[] = {
  { 0x01, "GSS_C_DELEG_FLAG" },    { 0x02, "GSS_C_MUTUAL_FLAG" },     { 0x04, "GSS_C_REPLAY_FLAG" },
  { 0x08, "GSS_C_SEQUENCE_FLAG" }, { 0x10, "GSS_C_CONF_FLAG" },       { 0x20, "GSS_C_INTEG_FLAG" },
  { 0x1000, "GSS_C_DCE_STYLE" },   { 0x2000, "GSS_C_IDENTIFY_FLAG" }, { 0x4000, "GSS_C_EXTENDED_ERROR_FLAG" },
};

static const RungsTokenName name_types[] = {
  { 0, "NT-UNKNOWN" },
  { 1, "NT-PRINCIPAL" },
  { 2, "NT-SRV-INST" },
  { 3, "NT-SRV-HST" },
  { 4, "NT-SRV-XHST" },
  { 5, "NT-UID" },
  { 6, "NT-X500-PRINCIPAL" },
  { 7, "NT-SMTP-NAME" },
  { 10, "NT-ENTERPRISE" },
  { 11, "NT-WELLKNOWN" },
  { -128, "NT-MS-PRINCIPAL" },
  { -129, "NT-MS-PRINCIPAL-AND-ID" },
  { -130, "NT-ENT-PRINCIPAL-AND-ID" },
};

/* "18 (aes256-cts-hmac-sha1-96)" with what explains it. */
static void
add_number (RungsField *parent,
            RungsSlice token,
            const char *name,
            const RungsDerElement *element,
            RungsKerberosForm form)
{
  gint64 number = rungs_kerberos_read_integer (element->content);
  g_autofree char *text = NULL;
  g_autofree char *topic = NULL;
  const char *word = NULL;
  RungsField *field;

  switch (form)
    {
    case RUNGS_KERBEROS_FORM_ENCRYPTION_TYPE:
      word = rungs_token_name_find (encryption_type_names, G_N_ELEMENTS (encryption_type_names), number);
      topic = g_strdup_printf ("enctype:%" G_GINT64_FORMAT, number);
      break;
    case RUNGS_KERBEROS_FORM_ERROR_CODE:
      word = rungs_token_name_find (error_names, G_N_ELEMENTS (error_names), number);
      topic = g_strdup_printf ("kerberos-error:%" G_GINT64_FORMAT, number);
      break;
    case RUNGS_KERBEROS_FORM_MESSAGE_TYPE:
      word = number >= 0 && number <= RUNGS_KERBEROS_ERROR ? rungs_kerberos_get_type_name (number) : NULL;
      break;
    case RUNGS_KERBEROS_FORM_NAME_TYPE:
      word = rungs_token_name_find (name_types, G_N_ELEMENTS (name_types), number);
      break;
    default:
      break;
    }
  text = word != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " (%s)", number, word)
                      : g_strdup_printf ("%" G_GINT64_FORMAT, number);
  field = rungs_token_tree_add (parent, token, name, element->bytes, text);
  if (topic != NULL)
    rungs_field_set_topic (field, topic);
}

static void
add_time (RungsField *parent, RungsSlice token, const char *name, const RungsDerElement *element)
{
  gint64 time = rungs_kerberos_read_time (element->content);
  g_autofree char *text =
    time != 0 ? rungs_token_tree_format_time (time) : rungs_token_tree_format_hex (element->content);

  rungs_token_tree_add (parent, token, name, element->bytes, text);
}

static void
add_flags (RungsField *parent,
           RungsSlice token,
           const char *name,
           const RungsDerElement *element,
           const RungsKerberosFlag *flags)
{
  RungsSlice bits = rungs_slice_skip (element->content, 1);
  g_autofree char *text = rungs_token_tree_format_hex (bits);
  RungsField *field = rungs_token_tree_add (parent, token, name, element->bytes, text);

  for (; flags->name != NULL; flags++)
    {
      RungsSlice byte = rungs_slice_sub (bits, flags->bit / 8, 1);

      if (byte.length == 1 && byte.data[0] & 0x80 >> flags->bit % 8)
        rungs_token_tree_add (field, token, flags->name, byte, NULL);
    }
}

/* A principal's name: "sip/pool01.contoso.example", and its parts. */
static void
add_name (RungsField *parent, RungsSlice token, const char *name, const RungsDerElement *element)
{
  g_autofree char *whole = rungs_kerberos_dup_name (element->bytes);
  RungsField *field = rungs_token_tree_add (parent, token, name, element->bytes, whole);
  RungsSlice rest = element->content;
  RungsDerElement part, item;

  for (guint i = 0; i < 2 && rungs_der_next (&rest, &part); i++)
    {
      RungsSlice content = part.content;

      if (part.tag == 0xa0 && rungs_der_next (&content, &item))
        add_number (field, token, "name-type", &item, RUNGS_KERBEROS_FORM_NAME_TYPE);
      else if (part.tag == 0xa1 && rungs_der_open (&content, 0x30))
        for (guint n = 0; n < MAX_NAME_PARTS && rungs_der_next (&content, &item); n++)
          rungs_token_tree_add_text (field, token, "name-string", item.content);
    }
}

/* Each of the structures in the content of a SEQUENCE OF. */
static void
add_items (
  RungsField *list, RungsSlice token, RungsSlice content, const RungsKerberosPart *parts, const char *name)
{
  RungsDerElement item;

  for (guint i = 0; i < MAX_ITEMS && rungs_der_next (&content, &item); i++)
    {
      RungsSlice inner = item.content;
      RungsField *field = rungs_token_tree_add (list, token, name, item.bytes, NULL);

      /* Tickets have a tag of their own around the SEQUENCE. */
      if ((item.tag & 0xe0) == 0x60)
        rungs_der_open (&inner, 0x30);
      add_group (field, token, inner, parts);
    }
}

static void
add_numbers (RungsField *list, RungsSlice token, RungsSlice content)
{
  RungsDerElement item;

  for (guint i = 0; i < MAX_ITEMS && rungs_der_next (&content, &item); i++)
    add_number (list, token, "etype", &item, RUNGS_KERBEROS_FORM_ENCRYPTION_TYPE);
}

/* What a KRB-ERROR adds: the pre-authentication that the KDC wants, or the status of Windows. */
static void
add_error_data (RungsField *parent, RungsSlice token, const char *name, const RungsDerElement *element)
{
  RungsField *field;
  RungsSlice content = element->content, rest;
  RungsDerElement first;

  if (!rungs_der_open (&content, 0x30))
    {
      rungs_token_tree_add_hex (parent, token, name, element->content);
      return;
    }
  field = rungs_token_tree_add (parent, token, name, element->bytes, NULL);
  rest = content;
  if (rungs_der_next (&rest, &first) && first.tag == 0x30)
    add_padata (field, token, content);
  else
    add_group (field, token, content, rungs_kerberos_get_error_data_parts ());
}

/* Each entry in the content of AuthorizationData: [0] its type, [1] its data. */
static void
add_authorization (RungsField *list, RungsSlice token, RungsSlice content, guint depth)
{
  RungsDerElement item, part;

  for (guint i = 0; i < MAX_ITEMS && rungs_der_next (&content, &item); i++)
    {
      RungsField *field = rungs_token_tree_add (list, token, "ad-data", item.bytes, NULL);
      RungsSlice rest = item.content;
      gint64 type = 0;

      while (rungs_der_next (&rest, &part))
        {
          RungsSlice value = part.content;
          const char *name;

          if (part.tag == 0xa0 && rungs_der_open (&value, 0x02))
            {
              type = rungs_kerberos_read_integer (value);
              name = rungs_token_name_find (authorization_types, G_N_ELEMENTS (authorization_types), type);
              g_free (field->value);
              field->value = name != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " (%s)", type, name)
                                          : g_strdup_printf ("%" G_GINT64_FORMAT, type);
            }
          else if (part.tag == 0xa1 && rungs_der_open (&value, 0x04))
            {
              RungsSlice inner = value;

              if (type == AD_IF_RELEVANT && depth < RUNGS_TOKEN_MAX_DEPTH && rungs_der_open (&inner, 0x30))
                add_authorization (field, token, inner, depth + 1);
              else if (type == AD_WIN2K_PAC)
                rungs_pac_add_fields (field, token, value);
              else
                rungs_token_tree_add_size (field, token, "data", value);
            }
        }
    }
}

/* The flags that GSS-API keeps in the check sum 0x8003: the length of the channel bindings, 16 bytes of them, flags. */
static void
add_context_flags (RungsField *field, RungsSlice token, RungsSlice bytes)
{
  RungsSlice place = rungs_slice_sub (bytes, 20, 4);
  guint32 flags = 0;
  g_autofree char *text = NULL;
  RungsField *list;

  if (place.length < 4)
    return;
  for (gsize i = 4; i > 0; i--)
    flags = flags << 8 | (guchar) place.data[i - 1];
  text = g_strdup_printf ("0x%08x", flags);
  rungs_token_tree_add_hex (field, token, "Bnd", rungs_slice_sub (bytes, 4, 16));
  list = rungs_token_tree_add (field, token, "context-flags", place, text);
  for (guint i = 0; i < G_N_ELEMENTS (context_flags); i++)
    if (flags & context_flags[i].number)
      rungs_token_tree_add (list, token, context_flags[i].name, place, NULL);
}

static void
add_checksum (RungsField *parent, RungsSlice token, const char *name, const RungsDerElement *element)
{
  RungsField *field = rungs_token_tree_add (parent, token, name, element->bytes, NULL);
  RungsSlice rest = element->content;
  RungsDerElement part, value;
  gint64 type = 0;

  while (rungs_der_next (&rest, &part))
    {
      if (!rungs_der_next (&part.content, &value))
        continue;
      if (part.tag == 0xa0)
        {
          g_autofree char *text = NULL;

          type = rungs_kerberos_read_integer (value.content);
          text = type == 0x8003 ? g_strdup ("0x8003 (GSS-API)") : g_strdup_printf ("%" G_GINT64_FORMAT, type);
          rungs_token_tree_add (field, token, "cksumtype", value.bytes, text);
        }
      else if (type == 0x8003)
        add_context_flags (field, token, value.content);
      else
        rungs_token_tree_add_hex (field, token, "checksum", value.content);
    }
}

/* Adds the value in @element as its part of the table says. */
static void
add_part (RungsField *parent, RungsSlice token, const RungsKerberosPart *part, const RungsDerElement *element)
{
  RungsSlice content = element->content;
  RungsField *field;

  switch (part->form)
    {
    case RUNGS_KERBEROS_FORM_TEXT:
      rungs_token_tree_add_text (parent, token, part->name, content);
      break;
    case RUNGS_KERBEROS_FORM_TIME:
      add_time (parent, token, part->name, element);
      break;
    case RUNGS_KERBEROS_FORM_SIZE:
      rungs_token_tree_add_size (parent, token, part->name, content);
      break;
    case RUNGS_KERBEROS_FORM_HEX:
      rungs_token_tree_add_hex (parent, token, part->name, content);
      break;
    case RUNGS_KERBEROS_FORM_BOOLEAN:
      rungs_token_tree_add (parent,
                            token,
                            part->name,
                            element->bytes,
                            content.length > 0 && content.data[0] != 0 ? "TRUE" : "FALSE");
      break;
    case RUNGS_KERBEROS_FORM_FLAGS:
      add_flags (parent, token, part->name, element, part->flags);
      break;
    case RUNGS_KERBEROS_FORM_NAME:
      add_name (parent, token, part->name, element);
      break;
    case RUNGS_KERBEROS_FORM_GROUP:
      field = rungs_token_tree_add (parent, token, part->name, element->bytes, NULL);
      if ((element->tag & 0xe0) == 0x60)
        rungs_der_open (&content, 0x30);
      add_group (field, token, content, part->parts);
      break;
    case RUNGS_KERBEROS_FORM_LIST:
      field = rungs_token_tree_add (parent, token, part->name, element->bytes, NULL);
      add_items (field, token, content, part->parts, part->item);
      break;
    case RUNGS_KERBEROS_FORM_NUMBERS:
      add_numbers (rungs_token_tree_add (parent, token, part->name, element->bytes, NULL), token, content);
      break;
    case RUNGS_KERBEROS_FORM_PADATA:
      add_padata (rungs_token_tree_add (parent, token, part->name, element->bytes, NULL), token, content);
      break;
    case RUNGS_KERBEROS_FORM_ERROR_DATA:
      add_error_data (parent, token, part->name, element);
      break;
    case RUNGS_KERBEROS_FORM_AUTHORIZATION:
      add_authorization (rungs_token_tree_add (parent, token, part->name, element->bytes, NULL),
                         token,
                         content,
                         0);
      break;
    case RUNGS_KERBEROS_FORM_CHECKSUM:
      add_checksum (parent, token, part->name, element);
      break;
    default:
      add_number (parent, token, part->name, element, part->form);
      break;
    }
}

static const RungsKerberosPart *
find_part (const RungsKerberosPart *parts, const RungsDerElement *element)
{
  for (; parts->name != NULL; parts++)
    if (element->tag == (0xa0 | parts->number))
      return parts;
  return NULL;
}

/* Adds the parts in the content of a SEQUENCE. */
static void
add_group (RungsField *group, RungsSlice token, RungsSlice content, const RungsKerberosPart *parts)
{
  RungsDerElement element, value;

  for (guint i = 0; i < MAX_GROUP_PARTS && rungs_der_next (&content, &element); i++)
    {
      const RungsKerberosPart *part = find_part (parts, &element);
      RungsSlice inner = element.content;
      guint n_before = rungs_field_get_n_children (group);

      if (part != NULL && rungs_der_next (&inner, &value))
        add_part (group, token, part, &value);
      else
        rungs_der_add_elements (group, token, element.bytes);
      if (element.truncated && rungs_field_get_n_children (group) > n_before)
        rungs_field_get_child (group, n_before)->remark = RUNGS_REMARK_TRUNCATED;
    }
  if (content.length > 0)
    group->remark = RUNGS_REMARK_TRUNCATED;
}

/* The value of pre-authentication data, in the content of its OCTET STRING. */
static void
add_padata_value (RungsField *field, RungsSlice token, gint64 type, RungsSlice content)
{
  gboolean is_list = FALSE;
  const RungsKerberosPart *parts = rungs_kerberos_get_padata_parts (type, &is_list);
  RungsSlice inner = content;
  RungsField *message;

  if (content.length == 0)
    return;
  message = type == RUNGS_KERBEROS_PA_TGS_REQ ? rungs_kerberos_decode (token, content) : NULL;
  if (message != NULL)
    rungs_field_add (field, message);
  else if (parts != NULL && rungs_der_open (&inner, 0x30))
    {
      if (is_list)
        add_items (field, token, inner, parts, "ETYPE-INFO-ENTRY");
      else
        add_group (field, token, inner, parts);
    }
  else
    rungs_token_tree_add_hex (field, token, "padata-value", content);
}

/* Each PA-DATA in the content of a SEQUENCE OF: [1] its type, [2] its value. */
static void
add_padata (RungsField *list, RungsSlice token, RungsSlice content)
{
  RungsDerElement item, part;

  for (guint i = 0; i < MAX_ITEMS && rungs_der_next (&content, &item); i++)
    {
      RungsField *field = rungs_token_tree_add (list, token, "PA-DATA", item.bytes, NULL);
      RungsSlice rest = item.content;
      gint64 type = 0;

      if (item.truncated)
        field->remark = RUNGS_REMARK_TRUNCATED;
      for (guint n = 0; n < 2 && rungs_der_next (&rest, &part); n++)
        {
          RungsSlice value = part.content;

          if (part.tag == 0xa1 && rungs_der_open (&value, 0x02))
            {
              const char *name;
              g_autofree char *topic = NULL;

              type = rungs_kerberos_read_integer (value);
              name = rungs_token_name_find (padata_names, G_N_ELEMENTS (padata_names), type);
              topic = g_strdup_printf ("kerberos-padata:%" G_GINT64_FORMAT, type);
              g_free (field->value);
              field->value = name != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " (%s)", type, name)
                                          : g_strdup_printf ("%" G_GINT64_FORMAT, type);
              rungs_field_set_topic (field, topic);
            }
          else if (part.tag == 0xa2 && rungs_der_open (&value, 0x04))
            add_padata_value (field, token, type, value);
        }
    }
}

RungsField *
rungs_kerberos_decode (RungsSlice token, RungsSlice part)
{
  RungsSlice rest = part, content;
  RungsDerElement element;
  g_autofree char *topic = NULL;
  const RungsKerberosPart *parts;
  const char *name;
  RungsField *root;

  if (!rungs_der_next (&rest, &element) || (element.tag & 0xe0) != 0x60)
    return NULL;
  parts = rungs_kerberos_get_parts (element.tag & 0x1f);
  if (parts == NULL)
    return NULL;
  name = rungs_kerberos_get_type_name (element.tag & 0x1f);
  topic = g_strdup_printf ("token:%s%s", g_str_has_prefix (name, "KRB") ? "" : "KRB_", name);
  g_strdelimit (topic, "-", '_');
  root =
    rungs_field_new ("Kerberos", name, rungs_slice_offset_in (element.bytes, token), element.bytes.length);
  rungs_field_set_topic (root, topic);
  if (element.truncated)
    root->remark = RUNGS_REMARK_TRUNCATED;
  content = element.content;
  if (rungs_der_open (&content, 0x30))
    add_group (root, token, content, parts);
  else
    rungs_der_add_elements (root, token, element.content);
  return root;
}

RungsField *
rungs_kerberos_to_field (RungsSlice message)
{
  return rungs_token_decode_part (message, message, 0);
}

/* Takes a tree out of the bytes that it came from. */
static void
clear_ranges (RungsField *field)
{
  field->offset = 0;
  field->length = 0;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    clear_ranges (rungs_field_get_child (field, i));
}

RungsField *
rungs_kerberos_opened_to_field (const char *type, RungsSlice plain)
{
  guchar tag = 0;
  const RungsKerberosPart *parts = rungs_kerberos_get_opened_parts (type, &tag);
  RungsSlice content = plain;
  g_autofree char *topic = NULL;
  RungsField *root;

  g_return_val_if_fail (parts != NULL, NULL);

  if (!rungs_der_open (&content, tag) || !rungs_der_open (&content, 0x30))
    return NULL;
  root = rungs_field_new (type, NULL, 0, 0);
  topic = g_strconcat ("token-field:", type, NULL);
  rungs_field_set_topic (root, topic);
  add_group (root, plain, content, parts);
  clear_ranges (root);
  return root;
}

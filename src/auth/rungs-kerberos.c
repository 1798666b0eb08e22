/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages → their parts.  See rungs-kerberos.h; the tree for people is made in rungs-kerberos-fields.c.
 *
 * Every structure of RFC 4120 is a SEQUENCE whose parts have numbered tags, so that a part is found by walking, in what there
 * is of a message. */

#include "config.h"

#include <stdio.h>

#include "rungs-der.h"
#include "rungs-kerberos-parts.h"
#include "rungs-kerberos.h"
#include "rungs-text.h"

#define MAX_PARTS      32
#define MAX_NAME_PARTS 16

/* Opens the application tag @tag and the SEQUENCE in it. */
static gboolean
open_message (RungsSlice *bytes, guchar tag)
{
  return rungs_der_open (bytes, tag) && rungs_der_open (bytes, 0x30);
}

/* What stands in part [@number] of the content of a SEQUENCE. */
static RungsSlice
get (RungsSlice sequence, guint number)
{
  RungsDerElement element;

  for (guint i = 0; i < MAX_PARTS && rungs_der_next (&sequence, &element); i++)
    if (element.tag == (0xa0 | number))
      return element.content;
  return RUNGS_SLICE_EMPTY;
}

/* The content of the value in part [@number], whatever its type. */
static RungsSlice
get_content (RungsSlice sequence, guint number)
{
  RungsSlice rest = get (sequence, number);
  RungsDerElement element;

  return rungs_der_next (&rest, &element) ? element.content : RUNGS_SLICE_EMPTY;
}

static gint64
get_integer (RungsSlice sequence, guint number)
{
  return rungs_kerberos_read_integer (get_content (sequence, number));
}

static gint64
get_time (RungsSlice sequence, guint number)
{
  return rungs_kerberos_read_time (get_content (sequence, number));
}

/* 32 flags of a BIT STRING: behind the number of unused bits. */
static guint32
get_flags (RungsSlice sequence, guint number)
{
  RungsSlice bits = rungs_slice_skip (get_content (sequence, number), 1);
  guint32 flags = 0;

  for (gsize i = 0; i < 4; i++)
    flags = flags << 8 | (i < bits.length ? (guchar) bits.data[i] : 0);
  return flags;
}

/* Takes what can be read of a ticket. @bytes: with its tag */
static void
parse_ticket (RungsKerberosTicket *self, RungsSlice bytes)
{
  RungsSlice rest = bytes, encrypted;

  if (!open_message (&rest, 0x61))
    return;
  self->bytes = bytes;
  self->realm = get_content (rest, 1);
  self->sname = get (rest, 2);
  encrypted = get (rest, 3);
  if (!rungs_der_open (&encrypted, 0x30))
    return;
  self->etype = get_integer (encrypted, 0);
  self->kvno = get_integer (encrypted, 1);
  self->size = get_content (encrypted, 2).length;
}

static gint32
get_encryption_type (RungsSlice sequence, guint number)
{
  RungsSlice encrypted = get (sequence, number);

  return rungs_der_open (&encrypted, 0x30) ? get_integer (encrypted, 0) : 0;
}

static void
parse_ap_request (RungsKerberos *self, RungsSlice message)
{
  if (!open_message (&message, 0x6e))
    return;
  parse_ticket (&self->ticket, get (message, 3));
  self->etype = get_encryption_type (message, 4);
}

/* The types in a SEQUENCE OF PA-DATA. */
static void
parse_padata (RungsKerberos *self, RungsSlice list)
{
  RungsDerElement element;

  if (!rungs_der_open (&list, 0x30))
    return;
  while (self->n_padata < RUNGS_KERBEROS_MAX_LIST && rungs_der_next (&list, &element))
    {
      RungsSlice item = element.content;
      gint32 type = get_integer (item, 1);

      if (get (item, 1).data == NULL)
        continue;
      self->padata[self->n_padata++] = type;
      if (type == RUNGS_KERBEROS_PA_TGS_REQ && self->type == RUNGS_KERBEROS_TGS_REQ)
        parse_ap_request (self, get_content (item, 2));
    }
}

static void
parse_kdc_request (RungsKerberos *self, RungsSlice message)
{
  RungsSlice body = get (message, 4), types;
  RungsDerElement element;

  parse_padata (self, get (message, 3));
  if (!rungs_der_open (&body, 0x30))
    return;
  self->options = get_flags (body, 0);
  self->cname = get (body, 1);
  self->realm = get_content (body, 2);
  self->sname = get (body, 3);
  self->from = get_time (body, 4);
  self->till = get_time (body, 5);
  self->rtime = get_time (body, 6);
  self->nonce = get_integer (body, 7);
  types = get_content (body, 8);
  while (self->n_etypes < RUNGS_KERBEROS_MAX_LIST && rungs_der_next (&types, &element))
    self->etypes[self->n_etypes++] = rungs_kerberos_read_integer (element.content);
}

static void
parse_kdc_reply (RungsKerberos *self, RungsSlice message)
{
  parse_padata (self, get (message, 2));
  self->crealm = get_content (message, 3);
  self->cname = get (message, 4);
  parse_ticket (&self->ticket, get (message, 5));
  self->etype = get_encryption_type (message, 6);
}

static void
parse_error (RungsKerberos *self, RungsSlice message)
{
  self->ctime = get_time (message, 2);
  self->stime = get_time (message, 4);
  self->error_code = get_integer (message, 6);
  self->crealm = get_content (message, 7);
  self->cname = get (message, 8);
  self->realm = get_content (message, 9);
  self->sname = get (message, 10);
  self->e_text = get_content (message, 11);
  self->e_data = get_content (message, 12);
  parse_padata (self, self->e_data);
}

gboolean
rungs_kerberos_parse (RungsKerberos *self, RungsSlice message)
{
  RungsSlice rest = message;
  RungsDerElement element;

  g_return_val_if_fail (self != NULL, FALSE);

  *self = (RungsKerberos){ .bytes = message };
  if (!rungs_der_next (&rest, &element) || (element.tag & 0xe0) != 0x60 ||
      rungs_kerberos_get_type_name (element.tag & 0x1f) == NULL)
    return FALSE;
  self->bytes = element.bytes;
  self->type = element.tag & 0x1f;
  self->truncated = element.truncated;
  rest = element.content;
  if (!rungs_der_open (&rest, 0x30))
    return FALSE;
  switch (self->type)
    {
    case RUNGS_KERBEROS_AS_REQ:
    case RUNGS_KERBEROS_TGS_REQ:
      parse_kdc_request (self, rest);
      break;
    case RUNGS_KERBEROS_AS_REP:
    case RUNGS_KERBEROS_TGS_REP:
      parse_kdc_reply (self, rest);
      break;
    case RUNGS_KERBEROS_AP_REQ:
      self->options = get_flags (rest, 2);
      parse_ap_request (self, element.bytes);
      break;
    case RUNGS_KERBEROS_AP_REP:
      self->etype = get_encryption_type (rest, 2);
      break;
    case RUNGS_KERBEROS_ERROR:
      parse_error (self, rest);
      break;
    default:
      break;
    }
  if (self->sname.data == NULL)
    self->sname = self->type == RUNGS_KERBEROS_TGS_REQ ? self->sname : self->ticket.sname;
  return TRUE;
}

gboolean
rungs_kerberos_has_padata (const RungsKerberos *self, gint32 type)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->n_padata; i++)
    if (self->padata[i] == type)
      return TRUE;
  return FALSE;
}

char *
rungs_kerberos_dup_name (RungsSlice name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RungsDerElement part;
  RungsSlice parts;

  if (!rungs_der_open (&name, 0x30))
    return g_strdup ("");
  parts = get_content (name, 1);
  for (guint i = 0; i < MAX_NAME_PARTS && rungs_der_next (&parts, &part); i++)
    {
      g_autofree char *display = rungs_text_display (part.content);

      g_string_append_printf (text, "%s%s", i > 0 ? "/" : "", display);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gint64
rungs_kerberos_read_integer (RungsSlice content)
{
  gint64 value;

  if (content.length < 1 || content.length > 8)
    return 0;
  value = content.data[0] & 0x80 ? -1 : 0;
  for (gsize i = 0; i < content.length; i++)
    value = (gint64) ((guint64) value << 8 | (guchar) content.data[i]);
  return value;
}

gint64
rungs_kerberos_read_time (RungsSlice content)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;
  int year, month, day, hour, minute, second;

  if (content.length != strlen ("20240115092001Z"))
    return 0;
  text = rungs_slice_dup (content);
  if (sscanf (text, "%4d%2d%2d%2d%2d%2dZ", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;
  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

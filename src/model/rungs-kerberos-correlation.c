/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Requests with replies, tickets with their origin.  See rungs-kerberos-correlation.h. */

#include "config.h"

#include "rungs-kerberos-correlation.h"
#include "rungs-kerberos.h"
#include "rungs-trace-private.h"

/* The last request from one address and port to another. */
typedef struct
{
  guint32 client;
  guint32 server;
  guint32 request;
  guint32 nonce;
} Asked;

static guint
asked_hash (gconstpointer data)
{
  const Asked *asked = data;

  return asked->client * 2654435761u ^ asked->server;
}

static gboolean
asked_equal (gconstpointer a, gconstpointer b)
{
  const Asked *x = a;
  const Asked *y = b;

  return x->client == y->client && x->server == y->server;
}

guint64
rungs_kerberos_hash_ticket (RungsSlice ticket)
{
  guint64 hash = 14695981039346656037u;

  if (ticket.length == 0)
    return 0;
  for (gsize i = 0; i < ticket.length; i++)
    hash = (hash ^ (guchar) ticket.data[i]) * 1099511628211u;
  return hash != 0 ? hash : 1;
}

static void
take_request (RungsTrace *trace, GHashTable *open, guint index, const RungsKerberos *message)
{
  RungsKerberosInfo *info = &g_array_index (trace->kerberos, RungsKerberosInfo, index);
  Asked key = { info->source, info->destination, index, message->nonce };
  Asked *asked = g_hash_table_lookup (open, &key);

  info->shown_ticket = rungs_kerberos_hash_ticket (message->ticket.bytes);
  if (asked == NULL)
    {
      g_hash_table_add (open, g_memdup2 (&key, sizeof key));
      return;
    }
  /* The same question from the same port, before it was answered. */
  info->repeated =
    asked->nonce == key.nonce &&
    g_array_index (trace->kerberos, RungsKerberosInfo, asked->request).other == RUNGS_NO_KERBEROS &&
    g_array_index (trace->kerberos, RungsKerberosInfo, asked->request).type == info->type;
  if (!info->repeated)
    *asked = key;
}

static void
take_reply (RungsTrace *trace, GHashTable *open, guint index, const RungsKerberos *message)
{
  RungsKerberosInfo *info = &g_array_index (trace->kerberos, RungsKerberosInfo, index);
  Asked key = { info->destination, info->source, 0, 0 };
  const Asked *asked = g_hash_table_lookup (open, &key);
  RungsKerberosInfo *request;

  if (message->type == RUNGS_KERBEROS_ERROR)
    info->error = (gint32) MIN (message->error_code, G_MAXINT32);
  info->ticket = rungs_kerberos_hash_ticket (message->ticket.bytes);
  if (info->ticket != 0 && !g_hash_table_contains (trace->tickets, &info->ticket))
    g_hash_table_insert (trace->tickets, &info->ticket, GUINT_TO_POINTER (index + 1));
  if (asked == NULL)
    return;
  request = &g_array_index (trace->kerberos, RungsKerberosInfo, asked->request);
  if (message->type != RUNGS_KERBEROS_ERROR &&
      (request->type == RUNGS_KERBEROS_AS_REQ) != (message->type == RUNGS_KERBEROS_AS_REP))
    return;
  info->other = asked->request;
  if (request->other == RUNGS_NO_KERBEROS)
    request->other = index;
  else
    info->repeated = TRUE;
}

void
rungs_kerberos_correlate (RungsTrace *trace)
{
  g_autoptr (GHashTable) open = g_hash_table_new_full (asked_hash, asked_equal, g_free, NULL);

  for (guint i = 0; i < trace->kerberos->len; i++)
    {
      RungsKerberosInfo *info = &g_array_index (trace->kerberos, RungsKerberosInfo, i);
      RungsKerberos message;

      if (!rungs_kerberos_parse (&message, rungs_slice (info->data, info->length)))
        continue;
      info->type = (guint8) message.type;
      if (message.type == RUNGS_KERBEROS_AS_REQ || message.type == RUNGS_KERBEROS_TGS_REQ)
        take_request (trace, open, i, &message);
      else if (message.type == RUNGS_KERBEROS_AS_REP || message.type == RUNGS_KERBEROS_TGS_REP ||
               message.type == RUNGS_KERBEROS_ERROR)
        take_reply (trace, open, i, &message);
    }
}

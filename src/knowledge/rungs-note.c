/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The background notes: parsed when somebody asks, then kept.  See rungs-note.h. */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"
#include "rungs-note-private.h"

/* In reading order. */
static const char *const note_ids[] = {
  "sip-registration", "why-401",        "digest",       "ntlm",
  "kerberos-1",       "kerberos-2",     "kerberos-3",   "kerberos-or-ntlm",
  "tls-dsk",          "edge-and-pool",  "provisioning", "subscriptions",
  "instant-messages", "calls",          "early-media",  "forking",
  "transfer",         "session-timers", "timers",       "nat",
  "conferences",      "gateway",        NULL,
};

static RungsNote *
load_note (const char *id)
{
  g_autofree char *path = g_strdup_printf ("help/%s.page", id);
  g_autoptr (GBytes) bytes = rungs_knowledge_load_bytes (path);
  g_autoptr (GError) error = NULL;
  RungsNote *note;
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  note = rungs_note_parse (id, data, length, &error);
  if (note == NULL)
    g_error ("%s: %s", path, error->message);
  return note;
}

const RungsNote *
rungs_note_load (const char *id)
{
  static GMutex mutex;
  static GHashTable *notes; /* id → RungsNote, or NULL for what is none */
  g_autoptr (GMutexLocker) locker = NULL;
  gpointer note = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  if (strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (id))
    return NULL;
  locker = g_mutex_locker_new (&mutex);
  if (notes == NULL)
    notes = g_hash_table_new (g_str_hash, g_str_equal);
  note = g_hash_table_lookup (notes, id);
  if (note == NULL)
    {
      note = load_note (id);
      if (note != NULL)
        g_hash_table_insert (notes, ((RungsNote *) note)->id, note);
    }
  return note;
}

const char *const *
rungs_note_list_ids (void)
{
  return note_ids;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Media of a flow, and streams in words.  See rungs-media.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-media.h"
#include "rungs-sip-sdp.h"
#include "rungs-text.h"

#define AFTER_END (2 * G_USEC_PER_SEC)
#define MAX_NAME  80

struct _RungsMedia
{
  RungsTrace *trace;
  GHashTable *by_address; /* RungsAddress, both ends → GArray of guint */
};

static guint
address_hash (gconstpointer data)
{
  return (guint) rungs_address_hash (data, 0);
}

static gboolean
address_equal (gconstpointer a, gconstpointer b)
{
  return rungs_address_equal (a, b);
}

static void
array_free (gpointer data)
{
  g_array_unref (data);
}

static void
add_end (RungsMedia *self, const RungsAddress *address, guint stream)
{
  GArray *streams = g_hash_table_lookup (self->by_address, address);

  if (streams == NULL)
    {
      streams = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->by_address, g_memdup2 (address, sizeof *address), streams);
    }
  g_array_append_val (streams, stream);
}

RungsMedia *
rungs_media_new (RungsTrace *trace)
{
  RungsMedia *self = g_new0 (RungsMedia, 1);

  self->trace = trace;
  self->by_address = g_hash_table_new_full (address_hash, address_equal, g_free, array_free);
  for (guint i = 0; i < rungs_trace_get_n_streams (trace); i++)
    {
      const RungsForeignStream *stream = rungs_trace_get_stream (trace, i);

      if (stream->kind != RUNGS_FOREIGN_RTP && stream->kind != RUNGS_FOREIGN_RTCP)
        continue;
      add_end (self, &stream->source, i);
      add_end (self, &stream->destination, i);
    }
  return self;
}

void
rungs_media_free (RungsMedia *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_address);
  g_free (self);
}

/* Where one of the times is not known, the streams may be of the flow. */
static gboolean
is_in_time (const RungsForeignStream *stream, const RungsFlowInfo *flow)
{
  if (stream->first == RUNGS_TIME_NONE || flow->start == RUNGS_TIME_NONE)
    return TRUE;
  return stream->last >= flow->start && stream->first <= flow->end + AFTER_END;
}

static void
add_streams (const RungsMedia *self,
             const RungsFlowInfo *flow,
             const RungsAddress *address,
             GHashTable *found)
{
  const GArray *streams = g_hash_table_lookup (self->by_address, address);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      guint stream = g_array_index (streams, guint, i);

      if (is_in_time (rungs_trace_get_stream (self->trace, stream), flow))
        g_hash_table_add (found, GUINT_TO_POINTER (stream + 1));
    }
}

static void
add_message (const RungsMedia *self, const RungsFlowInfo *flow, const RungsSipMessage *sip, GHashTable *found)
{
  RungsSlice text = rungs_sdp_find (sip->body);
  RungsSdp sdp;

  if (text.length == 0 || !rungs_sdp_parse (&sdp, text))
    return;
  for (guint i = 0; i < sdp.n_media; i++)
    {
      RungsAddress address;

      if (sdp.media[i].port == 0 || !rungs_address_parse (&address, sdp.media[i].address))
        continue;
      address.port = sdp.media[i].port;
      add_streams (self, flow, &address, found);
      if (address.port == G_MAXUINT16)
        continue;
      address.port++;
      add_streams (self, flow, &address, found);
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return (x > y) - (x < y);
}

GArray *
rungs_media_find (const RungsMedia *self, guint flow)
{
  g_autoptr (GHashTable) found = NULL;
  GArray *streams = g_array_new (FALSE, FALSE, sizeof (guint));
  const RungsFlowInfo *info;
  const guint32 *messages;
  RungsSipMessage sip;
  GHashTableIter iter;
  gpointer key;
  guint n_messages;

  g_return_val_if_fail (self != NULL, streams);

  if (g_hash_table_size (self->by_address) == 0)
    return streams;
  found = g_hash_table_new (NULL, NULL);
  info = rungs_trace_get_flow (self->trace, flow);
  messages = rungs_trace_get_flow_messages (self->trace, flow, &n_messages);
  rungs_sip_message_init (&sip);
  for (guint i = 0; i < n_messages; i++)
    {
      rungs_trace_parse (self->trace, messages[i], 0, &sip);
      if (sip.body.length > 0)
        add_message (self, info, &sip, found);
    }
  rungs_sip_message_clear (&sip);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint stream = GPOINTER_TO_UINT (key) - 1;

      g_array_append_val (streams, stream);
    }
  g_array_sort (streams, compare_numbers);
  return streams;
}

static const char *
get_version_name (guint16 version)
{
  switch (version)
    {
    case 0x0300:
      return "SSL 3.0";
    case 0x0301:
      return "TLS 1.0";
    case 0x0302:
      return "TLS 1.1";
    case 0x0303:
      return "TLS 1.2";
    case 0x0304:
      return "TLS 1.3";
    case 0xfeff:
      return "DTLS 1.0";
    case 0xfefd:
      return "DTLS 1.2";
    case 0xfefc:
      return "DTLS 1.3";
    default:
      return "TLS";
    }
}

char *
rungs_foreign_stream_describe (const RungsForeignStream *self)
{
  g_autofree char *source = NULL;
  g_autofree char *destination = NULL;
  g_autofree char *size = NULL;
  g_autofree char *name = NULL;
  g_autofree char *packets = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  source = rungs_address_to_string (&self->source);
  destination = rungs_address_to_string (&self->destination);
  size = g_format_size (self->bytes);
  if (self->kind == RUNGS_FOREIGN_TLS && self->name.length > 0)
    {
      name = rungs_text_display_max (self->name, MAX_NAME);
      /* Translators: TLS 1.2 to sip.example.com (203.0.113.10:443), 48 kB, … */
      return g_strdup_printf (_ ("%s to %s (%s), %s, not readable without keys"),
                              get_version_name (self->version),
                              name,
                              destination,
                              size);
    }
  if (self->kind == RUNGS_FOREIGN_TLS)
    /* Translators: TLS 1.2 to 203.0.113.10:443, 48 kB, … */
    return g_strdup_printf (_ ("%s to %s, %s, not readable without keys"),
                            get_version_name (self->version),
                            destination,
                            size);
  /* A whole string for translators, who get none with a macro in its middle. */
  packets = g_strdup_printf ("%" G_GUINT64_FORMAT, self->packets);
  if (self->kind == RUNGS_FOREIGN_KEEPALIVE)
    return g_strdup_printf (ngettext ("%s keep-alive from %s to %s",
                                      "%s keep-alives from %s to %s",
                                      MIN (self->packets, G_MAXINT)),
                            packets,
                            source,
                            destination);
  /* Translators: RTP from 192.0.2.1:4000 to 192.0.2.2:5000, 12 packets, 2 kB */
  return g_strdup_printf (ngettext ("%s from %s to %s, %s packet, %s",
                                    "%s from %s to %s, %s packets, %s",
                                    MIN (self->packets, G_MAXINT)),
                          self->kind == RUNGS_FOREIGN_RTP ? "RTP" : "RTCP",
                          source,
                          destination,
                          packets,
                          size);
}

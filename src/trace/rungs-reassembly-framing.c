/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Byte streams that are framed otherwise than SIP.  See rungs-reassembly-framing.h. */

#include "config.h"

#include "rungs-packet-payload.h"
#include "rungs-reassembly-framing.h"

#define KERBEROS_LONG  (1024 * 1024)
#define KERBEROS_SHORT 16

static guint32
get_be32 (RungsSlice bytes)
{
  guint32 number;

  memcpy (&number, bytes.data, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* Some write the length in a segment of its own: then it is believed until the next one came. */
static gboolean
is_kerberos (RungsSlice stream)
{
  guint32 length;

  if (stream.length < 4)
    return stream.length > 0 && stream.data[0] == 0;
  length = get_be32 (stream);
  return length >= KERBEROS_SHORT && length <= KERBEROS_LONG &&
         (stream.length == 4 ||
          rungs_packet_payload_is_kerberos (rungs_slice_sub (stream, 4, length), length));
}

/* As far as can be seen. */
static gboolean
is_hep (RungsSlice stream)
{
  return stream.length > 0 && memcmp (stream.data, "HEP3", MIN (stream.length, 4)) == 0 &&
         (stream.length < RUNGS_HEP_HEADER || rungs_hep_get_length (stream) > 0);
}

RungsReassemblyProtocol
rungs_reassembly_framing_recognise (const RungsRecord *record, RungsSlice stream)
{
  g_return_val_if_fail (record != NULL, RUNGS_REASSEMBLY_UNKNOWN);

  if ((record->source.port == RUNGS_KERBEROS_PORT || record->destination.port == RUNGS_KERBEROS_PORT) &&
      is_kerberos (stream))
    return RUNGS_REASSEMBLY_KERBEROS;
  if (is_hep (stream))
    return RUNGS_REASSEMBLY_HEP;
  return RUNGS_REASSEMBLY_UNKNOWN;
}

/* Kerberos is one message a segment or nearly so: the gap ends where a segment begins with one. */
gsize
rungs_reassembly_framing_find (RungsReassemblyProtocol protocol, RungsSlice stream)
{
  gssize found;

  if (protocol == RUNGS_REASSEMBLY_KERBEROS)
    return is_kerberos (stream) ? 0 : stream.length;
  found = rungs_slice_find (stream, 0, RUNGS_SLICE_LITERAL ("HEP3"));
  return found >= 0 ? (gsize) found : stream.length;
}

static gsize
take_kerberos (RungsReassemblyStream *self,
               RungsReassemblyContext *context,
               RungsSlice stream,
               guint32 end_flags)
{
  gsize length;

  if (!is_kerberos (stream))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  if (stream.length <= 4 && end_flags != 0)
    {
      rungs_reassembly_stream_drop (self, context, stream.length, RUNGS_UNREAD_TCP_GAP);
      return stream.length;
    }
  length = stream.length > 4 ? get_be32 (stream) : 1;
  if (stream.length < 4 + length && end_flags == 0)
    {
      self->wanted = 4 + length;
      return 0;
    }
  rungs_reassembly_stream_take_record (self,
                                       context,
                                       4,
                                       MIN (length, stream.length - 4),
                                       RUNGS_RECORD_KERBEROS,
                                       stream.length < 4 + length ? end_flags : 0);
  return MIN (stream.length, 4 + length);
}

/* The packet is read where it was joined to be looked at, and the message inside gathered from the pieces. */
static gsize
take_hep (RungsReassemblyStream *self, RungsReassemblyContext *context, RungsSlice stream, guint32 end_flags)
{
  gsize length = rungs_hep_get_length (stream);
  guint outcome = RUNGS_UNREAD_OTHER_PROTOCOL;
  RungsHep hep;

  if (!is_hep (stream))
    {
      self->protocol = RUNGS_REASSEMBLY_OTHER;
      return stream.length;
    }
  if (end_flags == 0 && (length == 0 || stream.length < length))
    {
      self->wanted = MAX (length, stream.length + 1);
      return 0;
    }
  if (length == 0 || stream.length < length)
    {
      length = stream.length;
      outcome = RUNGS_UNREAD_TCP_GAP;
    }
  if (rungs_hep_parse (&hep, rungs_slice_sub (stream, 0, length)) && hep.payload.length > 0)
    {
      RungsRecord outer = context->record;

      rungs_reassembly_stream_gather (self,
                                      context,
                                      rungs_slice_offset_in (hep.payload, stream),
                                      hep.payload.length,
                                      outcome == RUNGS_UNREAD_TCP_GAP ? end_flags : 0);
      if (rungs_pcap_payload_read_hep (context->payload, &hep, &context->record) == RUNGS_PCAP_READ)
        outcome = RUNGS_PCAP_READ;
      context->record = outer;
    }
  rungs_reassembly_stream_drop (self, context, length, outcome);
  return length;
}

gsize
rungs_reassembly_framing_take (RungsReassemblyStream *self,
                               RungsReassemblyContext *context,
                               RungsSlice stream,
                               guint32 end_flags)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (context != NULL, 0);
  g_return_val_if_fail (stream.length == self->held_bytes, 0);

  if (self->protocol == RUNGS_REASSEMBLY_HEP)
    return take_hep (self, context, stream, end_flags);
  return take_kerberos (self, context, stream, end_flags);
}

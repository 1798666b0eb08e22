/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A file of HEP packets, version 3, one behind the other: what a socket that listens to capture agents writes down.
 *
 * Each says how long it is.  What lies between two packets is BROKEN; a packet that the file ends in is read as far as it
 * goes. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-pcap-ledger.h"
#include "rungs-pcap-payload.h"
#include "rungs-readers-private.h"

#define PROGRESS_STEP (64 * 1024)

typedef struct
{
  RungsSlice bytes;
  RungsSink *sink;
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  gsize next_progress;
} File;

static int
probe (RungsSlice head)
{
  RungsHep hep;

  return rungs_hep_get_length (head) > 0 && rungs_hep_parse (&hep, head) ? 100 : 0;
}

static void
read_packet (File *file, gsize offset, gsize length)
{
  RungsRecord record = { .bytes = rungs_slice_sub (file->bytes, offset, length),
                         .offset = offset,
                         .time = RUNGS_TIME_NONE };
  gboolean cut = record.bytes.length < length;
  RungsPcapRange range = { offset, record.bytes.length };
  guint outcome = rungs_pcap_payload_read (&file->payload, &record, length);

  if (cut && outcome != RUNGS_PCAP_READ)
    outcome = RUNGS_UNREAD_CUT_SHORT;
  rungs_pcap_ledger_settle (&file->ledger, range, outcome);
}

static gboolean
reach (File *file, gsize end)
{
  return end <= file->bytes.length || rungs_pcap_ledger_reach (&file->ledger, &file->bytes, end);
}

/* Tells of the damage at @offset, a step of it at most. Returns: where the next packet may begin, or the end of the file */
static gsize
skip_damage (File *file, gsize offset)
{
  gsize start = offset;
  gboolean cut = !reach (file, offset + RUNGS_HEP_HEADER);

  while (reach (file, ++offset + RUNGS_HEP_HEADER) && offset - start < PROGRESS_STEP &&
         rungs_hep_get_length (rungs_slice_skip (file->bytes, offset)) == 0)
    continue;
  if (offset + RUNGS_HEP_HEADER > file->bytes.length)
    offset = file->bytes.length;
  rungs_pcap_ledger_settle (&file->ledger,
                            (RungsPcapRange){ start, offset - start },
                            cut ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_BROKEN);
  return offset;
}

static gboolean
read_file (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  File file = { .bytes = bytes, .sink = sink };
  gsize offset = 0;

  rungs_pcap_ledger_init (&file.ledger, sink);
  rungs_pcap_payload_init (&file.payload, arena, sink);
  while (reach (&file, offset + 1))
    {
      gsize length = 0;

      if (reach (&file, offset + RUNGS_HEP_HEADER))
        length = rungs_hep_get_length (rungs_slice_skip (file.bytes, offset));
      if (length == 0)
        {
          offset = skip_damage (&file, offset);
        }
      else
        {
          reach (&file, offset + length);
          read_packet (&file, offset, length);
          offset += MIN (length, file.bytes.length - offset);
        }
      if (offset < file.next_progress)
        continue;
      file.next_progress = offset + PROGRESS_STEP;
      if (!sink->progress (sink, offset))
        return TRUE;
    }
  rungs_pcap_ledger_flush (&file.ledger);
  return TRUE;
}

const RungsReader rungs_reader_hep = {
  .id = "hep",
  .name = N_ ("HEP packets"),
  .probe = probe,
  .read = read_file,
};

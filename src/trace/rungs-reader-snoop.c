/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The capture format of Solaris' snoop (RFC 1761), which Surveyor writes, too: a file header, then records, all big-endian.
 *
 * A record says how long it is with its padding; one whose lengths contradict each other is damage, and what follows is BROKEN: nothing
 * in a record tells where the next begins. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-packet.h"
#include "rungs-pcap-capture.h"
#include "rungs-readers-private.h"

#define FILE_HEADER   16
#define RECORD_HEADER 24
#define MAX_RECORD    (16 * 1024 * 1024)
#define SURVEYOR_PAD  16

static const char magic[8] = "snoop\0\0";

typedef struct
{
  RungsSlice bytes;
  RungsPcapCapture *capture;
  guint link_type;
} File;

static gboolean
reach (File *file, gsize end)
{
  return end <= file->bytes.length || rungs_pcap_capture_reach (file->capture, &file->bytes, end);
}

static guint32
get32 (const File *file, gsize offset)
{
  return (guint32) rungs_slice_get_number (file->bytes, offset, 4);
}

/* The numbers of DLPI, as LINKTYPE numbers. Surveyor, which is known by what it writes behind frames, has given some a meaning of
 * its own. */
static guint
convert_link (guint32 link, gboolean surveyor)
{
  switch (link)
    {
    case 0:
    case 4:
      return 1;
    case 2:
      return 6;
    case 8:
      return 10;
    case 9:
    case 14:
      return 0;
    case 10:
    case 12:
    case 19:
      return surveyor ? 1 : RUNGS_LINK_SNOOP + link;
    case 11:
    case 13:
      return surveyor ? 6 : RUNGS_LINK_SNOOP + link;
    case 16:
      return 122;
    case 18:
      return surveyor ? RUNGS_LINK_SNOOP + link : 123;
    case 0x80000005:
      return 226;
    default:
      return RUNGS_LINK_SNOOP + (link & 0xffff);
    }
}

static void
choose_link (File *file)
{
  gboolean surveyor = FALSE;

  if (reach (file, FILE_HEADER + RECORD_HEADER))
    surveyor =
      get32 (file, FILE_HEADER + 8) >= (guint64) get32 (file, FILE_HEADER + 4) + RECORD_HEADER + SURVEYOR_PAD;
  file->link_type = convert_link (get32 (file, 12), surveyor);
}

/* Whether the record at @offset says nothing that cannot be. */
static gboolean
is_sound (const File *file, gsize offset)
{
  guint64 captured = get32 (file, offset + 4);
  guint64 length = get32 (file, offset + 8);

  return length >= captured + RECORD_HEADER && length <= MAX_RECORD;
}

static gboolean
skip_rest (File *file, gsize offset)
{
  for (; reach (file, offset + 1); offset = file->bytes.length)
    if (!rungs_pcap_capture_skip (file->capture, offset, file->bytes.length - offset, RUNGS_UNREAD_BROKEN))
      return FALSE;
  return TRUE;
}

static gboolean
read_records (File *file)
{
  gsize offset = FILE_HEADER;

  while (reach (file, offset + 1))
    {
      RungsPcapFrame frame;
      gsize left;

      if (!reach (file, offset + RECORD_HEADER))
        return rungs_pcap_capture_skip (file->capture,
                                        offset,
                                        file->bytes.length - offset,
                                        RUNGS_UNREAD_CUT_SHORT);
      if (!is_sound (file, offset))
        return skip_rest (file, offset);
      reach (file, offset + get32 (file, offset + 8));
      left = file->bytes.length - offset;
      frame.bytes = rungs_slice_sub (file->bytes, offset + RECORD_HEADER, get32 (file, offset + 4));
      frame.length = MAX (get32 (file, offset), get32 (file, offset + 4));
      frame.range = (RungsPcapRange){ offset, MIN (left, get32 (file, offset + 8)) };
      frame.link_type = file->link_type;
      frame.time =
        (gint64) get32 (file, offset + 16) * G_USEC_PER_SEC + MIN (get32 (file, offset + 20), 999999);
      if (!rungs_pcap_capture_push (file->capture, &frame))
        return FALSE;
      offset += frame.range.length;
    }
  return TRUE;
}

static int
probe (RungsSlice head)
{
  return rungs_slice_starts_with (head, rungs_slice (magic, sizeof magic)) ? 100 : 0;
}

static gboolean
read_file (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  g_autoptr (RungsPcapCapture) capture = rungs_pcap_capture_new (bytes, arena, sink);
  File file = { bytes, capture, 0 };

  if (!reach (&file, FILE_HEADER))
    {
      rungs_pcap_capture_skip (capture, 0, file.bytes.length, RUNGS_UNREAD_CUT_SHORT);
      return rungs_pcap_capture_finish (capture, error);
    }
  choose_link (&file);
  if (!rungs_pcap_capture_skip (capture, 0, FILE_HEADER, RUNGS_UNREAD_FILE_HEADER) || !read_records (&file))
    return TRUE;
  return rungs_pcap_capture_finish (capture, error);
}

const RungsReader rungs_reader_snoop = {
  .id = "snoop",
  .name = N_ ("Packet capture (snoop)"),
  .probe = probe,
  .read = read_file,
};

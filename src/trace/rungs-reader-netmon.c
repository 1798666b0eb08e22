/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The capture format of Microsoft Network Monitor, 1.x and 2.x: a file header, frames, and a table of where they begin.
 *
 * The table is believed where it is there; of a file that was cut before it the frames are read one behind the other.  What lies
 * between frames (comments, processes, notes of the program to itself) is no packet.  Until version 2.3 times are those of a
 * clock whose zone nobody wrote down.  All numbers are little-endian. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-packet.h"
#include "rungs-pcap-capture.h"
#include "rungs-readers-private.h"

#define FILE_HEADER 128
#define MAX_FRAME   (1024 * 1024)

/* 100 ns from 1601 to 1970 */
#define EPOCH G_GINT64_CONSTANT (116444736000000000)

typedef struct
{
  RungsSlice bytes;
  RungsPcapCapture *capture;
  guint major;
  guint minor;
  guint link_type; /* of frames that do not say their own */
  gint64 start;    /* µs */
} File;

static guint
get16 (const File *file, gsize offset)
{
  guint16 number;

  memcpy (&number, file->bytes.data + offset, sizeof number);
  return GUINT16_FROM_LE (number);
}

static guint32
get32 (const File *file, gsize offset)
{
  guint32 number;

  memcpy (&number, file->bytes.data + offset, sizeof number);
  return GUINT32_FROM_LE (number);
}

static guint64
get64 (const File *file, gsize offset)
{
  return (guint64) get32 (file, offset + 4) << 32 | get32 (file, offset);
}

static gsize
get_header_size (const File *file)
{
  return file->major == 1 ? 8 : 16;
}

/* What stands behind a frame: the type of its link, its process, its time. */
static gsize
get_trailer_size (const File *file)
{
  static const gsize sizes[] = { 0, 2, 6, 15 };

  return file->major == 1 ? 0 : sizes[MIN (file->minor, G_N_ELEMENTS (sizes) - 1)];
}

static gsize
get_captured (const File *file, gsize offset)
{
  return file->major == 1 ? get16 (file, offset + 6) : get32 (file, offset + 12);
}

/* Types of the program's own as LINKTYPE numbers; G_MAXUINT for its notes to itself. */
static guint
convert_link (guint type)
{
  switch (type)
    {
    case 0:
    case 1:
      return 1;
    case 2:
      return 6;
    case 3:
      return 10;
    case 6:
      return RUNGS_LINK_NETMON_802_11;
    case 7:
    case 8:
    case 9:
      return 101;
    default:
      if (type >= 0xe000 && type < 0xe200)
        return type - 0xe000;
      return type >= 0xffe0 ? G_MAXUINT : RUNGS_LINK_NETMON + type;
    }
}

/* The local time of the host that captured, as if it were UTC. */
static gint64
read_start (const File *file)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (get16 (file, 8),
                                                     get16 (file, 10),
                                                     get16 (file, 14),
                                                     get16 (file, 16),
                                                     get16 (file, 18),
                                                     get16 (file, 20));

  if (start == NULL)
    return RUNGS_TIME_NONE;
  return g_date_time_to_unix (start) * G_USEC_PER_SEC + get16 (file, 22) * G_GINT64_CONSTANT (1000);
}

/* Fills time and link of @frame from what stands behind it at @trailer, if it is there. */
static void
read_trailer (const File *file, gsize trailer, RungsPcapFrame *frame)
{
  const gsize size = get_trailer_size (file);

  if (size == 0 || trailer + size > file->bytes.length)
    return;
  frame->link_type = convert_link (get16 (file, trailer));
  if (size >= 14 && get64 (file, trailer + 6) > (guint64) EPOCH)
    frame->time = (gint64) ((get64 (file, trailer + 6) - EPOCH) / 10);
}

/* Reads the frame at @offset, which ends before @end at the latest.
 * Returns: where it ends; 0 where the sink wants to hear no more */
static gsize
read_frame (const File *file, gsize offset, gsize end)
{
  const gsize header = get_header_size (file);
  RungsPcapFrame frame = { .link_type = file->link_type, .time = RUNGS_TIME_NONE };
  gsize captured;

  if (end - offset < header)
    return rungs_pcap_capture_skip (file->capture, offset, end - offset, RUNGS_UNREAD_CUT_SHORT) ? end : 0;
  captured = get_captured (file, offset);
  if (captured > MAX_FRAME)
    return rungs_pcap_capture_skip (file->capture, offset, end - offset, RUNGS_UNREAD_BROKEN) ? end : 0;
  if (file->start != RUNGS_TIME_NONE && file->major == 1)
    frame.time = file->start + get32 (file, offset) * G_GINT64_CONSTANT (1000);
  else if (file->start != RUNGS_TIME_NONE && (gint64) get64 (file, offset) < G_MAXINT64 / 4)
    frame.time = file->start + MAX (0, (gint64) get64 (file, offset));
  frame.bytes = rungs_slice_sub (file->bytes, offset + header, MIN (captured, end - offset - header));
  frame.length = MAX (captured, file->major == 1 ? get16 (file, offset + 4) : get32 (file, offset + 8));
  frame.range = (RungsPcapRange){ offset, MIN (end - offset, header + captured + get_trailer_size (file)) };
  read_trailer (file, offset + header + captured, &frame);
  end = offset + frame.range.length;
  if (frame.link_type == G_MAXUINT)
    return rungs_pcap_capture_skip (file->capture, offset, end - offset, RUNGS_UNREAD_CAPTURE_BLOCK) ? end
                                                                                                     : 0;
  return rungs_pcap_capture_push (file->capture, &frame) ? end : 0;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

static gboolean
reach (File *file, gsize end)
{
  return end <= file->bytes.length || rungs_pcap_capture_reach (file->capture, &file->bytes, end);
}

static gboolean
has_table (const File *file)
{
  guint32 offset = get32 (file, 24);
  guint32 length = get32 (file, 28);

  return offset >= FILE_HEADER && length >= 4 && (guint64) offset + length <= file->bytes.length;
}

/* Where frames begin, in the order of the file.
 * Returns: (nullable): %NULL where the table is not there */
static GArray *
read_table (const File *file)
{
  guint32 offset = get32 (file, 24);
  guint32 length = get32 (file, 28);
  GArray *table;

  if (!has_table (file))
    return NULL;
  table = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i + 4 <= length; i += 4)
    {
      guint32 place = get32 (file, offset + i);

      if (place >= FILE_HEADER && place < file->bytes.length && (place < offset || place >= offset + length))
        g_array_append_val (table, place);
    }
  g_array_sort (table, compare_offsets);
  return table;
}

/* Tells of what lies between @offset, which is moved, and @next: no frame. */
static gboolean
skip_to (const File *file, gsize *offset, gsize next)
{
  gsize from = *offset;

  if (next <= from)
    return TRUE;
  *offset = next;
  return rungs_pcap_capture_skip (file->capture, from, next - from, RUNGS_UNREAD_CAPTURE_BLOCK);
}

static gboolean
read_by_table (const File *file, GArray *table)
{
  const gsize start = get32 (file, 24);
  gsize offset = FILE_HEADER;

  for (guint i = 0; i < table->len; i++)
    {
      gsize place = g_array_index (table, guint32, i);
      gsize end = i + 1 < table->len ? g_array_index (table, guint32, i + 1) : file->bytes.length;

      if (place < start)
        end = MIN (end, start);
      if (place < offset || place == end)
        continue;
      if (!skip_to (file, &offset, place))
        return FALSE;
      offset = read_frame (file, place, end);
      if (offset == 0)
        return FALSE;
    }
  return skip_to (file, &offset, file->bytes.length);
}

/* Of a file that was cut. */
static gboolean
read_in_order (const File *file)
{
  gsize offset = FILE_HEADER;

  while (offset < file->bytes.length)
    {
      offset = read_frame (file, offset, file->bytes.length);
      if (offset == 0)
        return FALSE;
    }
  return TRUE;
}

static int
probe (RungsSlice head)
{
  return rungs_slice_starts_with (head, RUNGS_SLICE_LITERAL ("GMBU")) ||
             rungs_slice_starts_with (head, RUNGS_SLICE_LITERAL ("RTSS"))
           ? 100
           : 0;
}

static gboolean
read_file (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  g_autoptr (RungsPcapCapture) capture = rungs_pcap_capture_new (bytes, arena, sink);
  g_autoptr (GArray) table = NULL;
  File file = { .bytes = bytes, .capture = capture };
  gsize end;

  if (!reach (&file, FILE_HEADER))
    {
      rungs_pcap_capture_skip (capture, 0, file.bytes.length, RUNGS_UNREAD_CUT_SHORT);
      return rungs_pcap_capture_finish (capture, error);
    }
  /* the table is written last */
  while (!has_table (&file) && reach (&file, file.bytes.length + 1))
    continue;
  file.minor = (guint8) file.bytes.data[4];
  file.major = (guint8) file.bytes.data[5];
  file.link_type = convert_link (get16 (&file, 6));
  file.start = read_start (&file);
  if (get_trailer_size (&file) < 14)
    rungs_pcap_capture_set_zone_unknown (capture);
  table = read_table (&file);
  if (!rungs_pcap_capture_skip (capture, 0, FILE_HEADER, RUNGS_UNREAD_FILE_HEADER) ||
      !(table != NULL ? read_by_table (&file, table) : read_in_order (&file)))
    return TRUE;
  for (end = file.bytes.length; reach (&file, end + 1); end = file.bytes.length)
    if (!rungs_pcap_capture_skip (capture, end, file.bytes.length - end, RUNGS_UNREAD_CAPTURE_BLOCK))
      return TRUE;
  return rungs_pcap_capture_finish (capture, error);
}

const RungsReader rungs_reader_netmon = {
  .id = "netmon",
  .name = N_ ("Packet capture (Network Monitor)"),
  .probe = probe,
  .read = read_file,
};

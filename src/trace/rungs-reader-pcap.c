/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The capture format of tcpdump (pcap): a file header, then frames, each with a header of its own.
 *
 * Reads both byte orders, µs and ns, the longer frame headers of Kuznetzov's patch, the file header of Ixia's lcap, and versions
 * of old that have the two lengths of a frame the other way round.  Lengths that cannot be right are
 * damage: the next place where a chain of sound frame headers begins is looked for, and what lies between is BROKEN.
 * draft-ietf-opsawg-pcap. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-pcap-capture.h"
#include "rungs-readers-private.h"

#define FILE_HEADER_SIZE 24
#define MAGIC_IXIA_HARD  0x1c0001ac
#define MAGIC_IXIA_SOFT  0x1c0001ab
#define MAX_FRAME        (256 * 1024)
#define MAX_FRAME_LIE    (16 * 1024 * 1024)
#define MAX_TIME_JUMP    (7 * 24 * 3600)
#define CHAIN_LENGTH     3
#define MAX_INTERFACE    65536
#define SEARCH_STEP      (64 * 1024)

typedef struct
{
  RungsSlice bytes;
  gboolean swapped;
  gboolean nanoseconds;
  RungsPcapCapture *capture;
  gsize first;       /* where the first frame begins */
  gsize header_size; /* of a frame */
  gboolean turned;   /* the length on the wire stands first, or may */
  guint link_type;
  guint32 last_seconds;
} File;

static gboolean
is_magic (guint32 magic)
{
  return magic == 0xa1b2c3d4 || magic == 0xa1b23c4d || magic == 0xa1b2cd34 || magic == MAGIC_IXIA_HARD ||
         magic == MAGIC_IXIA_SOFT;
}

/* Before version 2.4, and in 543.0 of DG/UX, lengths may be turned.  Version 2.2 with the number that SNMP has for a link is
 * AIX, which counts nanoseconds.  The upper half of the link type says how long check sums behind frames are. */
static void
read_version (File *file, guint32 magic)
{
  static const guint links_of_aix[][2] = { { 6, 1 }, { 9, 6 }, { 15, 10 }, { 24, 0 } };
  guint major = rungs_pcap_get_uint16 (file->bytes, 4, file->swapped);
  guint minor = rungs_pcap_get_uint16 (file->bytes, 6, file->swapped);

  file->link_type = rungs_pcap_get_uint32 (file->bytes, 20, file->swapped) & 0xffff;
  file->turned = major == 543 || (major == 2 && minor < 4);
  for (gsize i = 0; i < G_N_ELEMENTS (links_of_aix) && magic == 0xa1b2c3d4 && major == 2 && minor == 2; i++)
    if (file->link_type == links_of_aix[i][0])
      {
        file->link_type = links_of_aix[i][1];
        file->nanoseconds = TRUE;
        return;
      }
}

static gboolean
open_file (File *file, RungsSlice bytes)
{
  guint32 magic;

  memset (file, 0, sizeof *file);
  if (bytes.length < 4)
    return FALSE;
  magic = rungs_pcap_get_uint32 (bytes, 0, FALSE);
  file->swapped = is_magic (GUINT32_SWAP_LE_BE (magic));
  if (file->swapped)
    magic = GUINT32_SWAP_LE_BE (magic);
  if (!is_magic (magic))
    return FALSE;
  file->bytes = bytes;
  file->nanoseconds = magic == 0xa1b23c4d || magic == MAGIC_IXIA_HARD;
  file->header_size = magic == 0xa1b2cd34 ? 24 : 16;
  file->first = FILE_HEADER_SIZE + (magic == MAGIC_IXIA_HARD || magic == MAGIC_IXIA_SOFT ? 4 : 0);
  if (bytes.length >= FILE_HEADER_SIZE)
    read_version (file, magic);
  return TRUE;
}

static guint32
get_field (const File *file, gsize offset, guint field)
{
  return rungs_pcap_get_uint32 (file->bytes, offset + 4 * field, file->swapped);
}

/* No frame was longer in the file than on the wire. */
static guint32
get_captured (const File *file, gsize offset)
{
  guint32 captured = get_field (file, offset, 2);

  return G_UNLIKELY (file->turned) ? MIN (captured, get_field (file, offset, 3)) : captured;
}

static guint32
get_length (const File *file, gsize offset)
{
  guint32 length = get_field (file, offset, 3);

  return G_UNLIKELY (file->turned) ? MAX (length, get_field (file, offset, 2)) : length;
}

/* Waits for what is still to be written. Returns: whether the file is there up to @end */
static gboolean
reach (File *file, gsize end)
{
  return end <= file->bytes.length || rungs_pcap_capture_reach (file->capture, &file->bytes, end);
}

/* Whether a frame header may stand at @offset: used only after damage, so it asks much.
 * @next: (out): where the next header would stand */
static gboolean
is_sound (File *file, gsize offset, gsize *next)
{
  guint32 seconds, captured, length;

  if (!reach (file, offset + file->header_size))
    return FALSE;
  seconds = get_field (file, offset, 0);
  captured = get_captured (file, offset);
  length = get_length (file, offset);
  *next = offset + file->header_size + captured;
  return captured > 0 && captured <= length && length <= MAX_FRAME &&
         get_field (file, offset, 1) < (file->nanoseconds ? 1000000000u : 1000000u) &&
         (seconds > file->last_seconds ? seconds - file->last_seconds : file->last_seconds - seconds) <=
           MAX_TIME_JUMP &&
         reach (file, *next);
}

/* Whether several frames follow each other at @offset, or fewer that end where the file ends. */
static gboolean
is_chain (File *file, gsize offset)
{
  for (guint n = 0; n < CHAIN_LENGTH; n++)
    {
      if (!reach (file, offset + 1))
        return n > 0;
      if (!is_sound (file, offset, &offset))
        return FALSE;
    }
  return TRUE;
}

/* Whether the first frames, as far as they are there to be seen, may have headers of @header_size. */
static gboolean
fits (const File *file, gsize header_size)
{
  gsize offset = file->first;

  for (guint n = 0; n < CHAIN_LENGTH && offset + header_size <= file->bytes.length; n++)
    {
      guint32 first = get_field (file, file->first, 0);
      guint32 seconds = get_field (file, offset, 0);
      guint32 captured = get_captured (file, offset);

      if (captured > MAX_FRAME || captured > get_length (file, offset) ||
          get_field (file, offset, 1) >= (file->nanoseconds ? 1000000000u : 1000000u) ||
          (seconds > first ? seconds - first : first - seconds) > MAX_TIME_JUMP)
        return FALSE;
      offset += header_size + captured;
    }
  return TRUE;
}

/* Patched systems of the past wrote longer headers under the same magic numbers: Red Hat 6.1, SuSE 6.3, Nokia's IPSO.  Only the
 * header of the second frame tells; it is waited for where the first may be theirs: what they added begins with the small
 * number of an interface. */
static void
choose_header_size (File *file)
{
  static const gsize plain[] = { 16, 24, 20, 0 };
  static const gsize modified[] = { 24, 28, 16, 0 };
  const gsize *sizes = file->header_size == plain[0] ? plain : modified;
  const gsize added = file->first + file->header_size;

  if (reach (file, added + 4) && rungs_pcap_get_uint32 (file->bytes, added, file->swapped) < MAX_INTERFACE &&
      get_captured (file, file->first) <= MAX_FRAME)
    reach (file, added + get_captured (file, file->first) + modified[1]);
  if (reach (file, file->first + 4))
    file->last_seconds = get_field (file, file->first, 0);
  while (*sizes != 0 && !fits (file, *sizes))
    sizes++;
  if (*sizes != 0)
    file->header_size = *sizes;
}

/* Returns: where frames go on behind the damage at @offset, or the end of the file */
static gsize
find_frame (File *file, gsize offset, RungsPcapCapture *capture, gboolean *stopped)
{
  gsize done = offset;

  while (reach (file, ++offset + 1) && !is_chain (file, offset))
    {
      if (offset - done < SEARCH_STEP)
        continue;
      *stopped = !rungs_pcap_capture_skip (capture, done, offset - done, RUNGS_UNREAD_BROKEN);
      done = offset;
      if (*stopped)
        return offset;
    }
  *stopped = !rungs_pcap_capture_skip (capture, done, offset - done, RUNGS_UNREAD_BROKEN);
  return offset;
}

/* A length that points behind the end of the file may be the last frame of a file that was cut, or damage with sound
 * frames behind it.  The search is short: a believable length is at most MAX_FRAME, and so is what is left. */
static gboolean
is_damaged (File *file, gsize offset, guint32 captured)
{
  if (captured > MAX_FRAME && captured > file->bytes.length - offset - file->header_size)
    return captured > MAX_FRAME_LIE || !reach (file, offset + file->header_size + captured);
  if (reach (file, offset + file->header_size + captured))
    return captured > MAX_FRAME_LIE;
  for (gsize i = offset + 1; i < file->bytes.length; i++)
    if (is_chain (file, i))
      return TRUE;
  return FALSE;
}

static gboolean
read_frames (File *file, RungsPcapCapture *capture)
{
  gsize offset = file->first;

  while (reach (file, offset + 1))
    {
      RungsPcapFrame frame;
      guint32 captured;
      gboolean stopped;
      gsize left;

      if (!reach (file, offset + file->header_size))
        return rungs_pcap_capture_skip (capture, offset, file->bytes.length - offset, RUNGS_UNREAD_CUT_SHORT);
      left = file->bytes.length - offset;
      captured = get_captured (file, offset);
      if (G_UNLIKELY (captured > MAX_FRAME || captured > left - file->header_size) &&
          is_damaged (file, offset, captured))
        {
          offset = find_frame (file, offset, capture, &stopped);
          if (stopped)
            return FALSE;
          continue;
        }
      file->last_seconds = get_field (file, offset, 0);
      frame.bytes = rungs_slice_sub (file->bytes, offset + file->header_size, captured);
      frame.length = MAX (captured, get_length (file, offset));
      frame.range = (RungsPcapRange){ offset, file->header_size + frame.bytes.length };
      frame.link_type = file->link_type;
      frame.time = (gint64) file->last_seconds * G_USEC_PER_SEC +
                   get_field (file, offset, 1) / (file->nanoseconds ? 1000 : 1);
      if (!rungs_pcap_capture_push (capture, &frame))
        return FALSE;
      offset += frame.range.length;
    }
  return TRUE;
}

static int
probe (RungsSlice head)
{
  File file;

  return open_file (&file, head) ? 100 : 0;
}

static gboolean
read_file (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  g_autoptr (RungsPcapCapture) capture = rungs_pcap_capture_new (bytes, arena, sink);
  File file;
  gsize header;

  rungs_pcap_capture_reach (capture, &bytes, FILE_HEADER_SIZE + 4);
  if (!open_file (&file, bytes))
    {
      rungs_pcap_capture_skip (capture, 0, bytes.length, RUNGS_UNREAD_BROKEN);
      return rungs_pcap_capture_finish (capture, error);
    }
  file.capture = capture;
  header = MIN (bytes.length, file.first);
  choose_header_size (&file);
  if (!rungs_pcap_capture_skip (capture, 0, header, RUNGS_UNREAD_FILE_HEADER) ||
      !read_frames (&file, capture))
    return TRUE;
  return rungs_pcap_capture_finish (capture, error);
}

const RungsReader rungs_reader_pcap = {
  .id = "pcap",
  .name = N_ ("Packet capture"),
  .probe = probe,
  .read = read_file,
};

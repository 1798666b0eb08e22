/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The newer capture format (pcapng): blocks, some of which are frames.
 *
 * Reads several sections of either byte order, any resolution and offset of time, enhanced, simple and obsolete packet
 * blocks; other blocks are passed by.  A block whose two lengths differ or lead astray is damage: the next place where a
 * known block stands whole is looked for, and what lies between is BROKEN.  draft-ietf-opsawg-pcapng. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-pcap-capture.h"
#include "rungs-readers-private.h"

#define BYTE_ORDER_MAGIC 0x1a2b3c4du
#define SMALLEST_BLOCK   12
#define MAX_INTERFACES   65536
#define MAX_OPTIONS      64
#define MAX_NAMES        65536
#define MAX_TIME         (G_MAXINT64 / 4)
#define SEARCH_STEP      (64 * 1024)
#define MAX_CUT_BLOCK    (1024 * 1024)

/* What a block may say of its length and be waited for while the file is still being written. */
#define MAX_AWAITED_BLOCK (16 * 1024 * 1024)

enum
{
  BLOCK_SECTION = 0x0a0d0d0a,
  BLOCK_INTERFACE = 1,
  BLOCK_PACKET = 2,
  BLOCK_SIMPLE_PACKET = 3,
  BLOCK_NAMES = 4,
  BLOCK_STATISTICS = 5,
  BLOCK_ENHANCED_PACKET = 6,
  BLOCK_SECRETS = 10,
};

enum
{
  OPTION_END = 0,
  OPTION_COMMENT = 1,
  OPTION_INTERFACE_NAME = 2,
  OPTION_INTERFACE_DESCRIPTION = 3,
  OPTION_TIME_RESOLUTION = 9,
  OPTION_TIME_OFFSET = 14,
};

enum
{
  NAME_END = 0,
  NAME_IPV4 = 1,
  NAME_IPV6 = 2,
};

typedef struct
{
  guint link_type;
  guint32 snap_length;
  guint8 resolution; /* if_tsresol as it stands */
  gint64 offset;     /* seconds */
  RungsSlice name;
} Interface;

typedef struct
{
  RungsSlice bytes;
  gboolean swapped;
  GArray *interfaces;
  RungsPcapCapture *capture;
  gboolean has_asides; /* the capture was told of a comment or an interface */
} File;

/* Waits for what is still to be written. Returns: whether the file is there up to @end */
static gboolean
reach (File *file, gsize end)
{
  return end <= file->bytes.length ||
         (file->capture != NULL && rungs_pcap_capture_reach (file->capture, &file->bytes, end));
}

static guint32
get32 (const File *file, gsize offset)
{
  return rungs_pcap_get_uint32 (file->bytes, offset, file->swapped);
}

static gint64
get64 (const File *file, gsize offset)
{
  guint64 number;

  memcpy (&number, file->bytes.data + offset, sizeof number);
  return (gint64) (file->swapped ? GUINT64_SWAP_LE_BE (number) : number);
}

/* A section header says its byte order itself.
 * Returns: whether one may stand at @offset */
static gboolean
read_byte_order (File *file, gsize offset, gboolean *swapped)
{
  guint32 magic;

  if (!reach (file, offset + SMALLEST_BLOCK))
    return FALSE;
  magic = rungs_pcap_get_uint32 (file->bytes, offset + 8, FALSE);
  *swapped = magic == GUINT32_SWAP_LE_BE (BYTE_ORDER_MAGIC);
  return *swapped || magic == BYTE_ORDER_MAGIC;
}

/* Whether the block at @offset stands there whole, with both lengths. */
static gboolean
is_whole (File *file, gsize offset, gboolean swapped, gsize *length)
{
  if (!reach (file, offset + SMALLEST_BLOCK))
    return FALSE;
  *length = rungs_pcap_get_uint32 (file->bytes, offset + 4, swapped);
  if (*length < SMALLEST_BLOCK || *length % 4 != 0)
    return FALSE;
  if (*length <= MAX_AWAITED_BLOCK)
    reach (file, offset + *length);
  return *length <= file->bytes.length - offset &&
         rungs_pcap_get_uint32 (file->bytes, offset + *length - 4, swapped) == *length;
}

/* Used only after damage: a block of a known type that stands there whole. */
static gboolean
is_known_block (File *file, gsize offset)
{
  gboolean swapped = file->swapped;
  gsize length;
  guint32 type;

  if (!reach (file, offset + SMALLEST_BLOCK))
    return FALSE;
  type = get32 (file, offset);
  if (type == BLOCK_SECTION)
    return read_byte_order (file, offset, &swapped) && is_whole (file, offset, swapped, &length);
  return ((type >= BLOCK_INTERFACE && type <= BLOCK_ENHANCED_PACKET) || type == BLOCK_SECRETS) &&
         is_whole (file, offset, swapped, &length);
}

/* Takes the option at @offset.
 * Returns: %FALSE where there is none */
static gboolean
next_option (const File *file, gsize *offset, gsize end, guint *code, RungsSlice *value)
{
  gsize length;

  if (end - *offset < 4)
    return FALSE;
  *code = rungs_pcap_get_uint16 (file->bytes, *offset, file->swapped);
  length = rungs_pcap_get_uint16 (file->bytes, *offset + 2, file->swapped);
  *offset += 4;
  if (*code == OPTION_END || length > end - *offset)
    return FALSE;
  *value = rungs_slice_sub (file->bytes, *offset, length);
  *offset += MIN ((length + 3) & ~(gsize) 3, end - *offset);
  return TRUE;
}

static void
read_interface_options (const File *file, Interface *interface, gsize offset, gsize end)
{
  RungsSlice value;
  guint code;

  for (guint n = 0; n < MAX_OPTIONS && next_option (file, &offset, end, &code, &value); n++)
    {
      if (code == OPTION_TIME_RESOLUTION && value.length >= 1)
        interface->resolution = value.data[0];
      else if (code == OPTION_TIME_OFFSET && value.length >= 8)
        interface->offset = get64 (file, rungs_slice_offset_in (value, file->bytes));
      else if (code == OPTION_INTERFACE_NAME)
        interface->name = value;
      else if (code == OPTION_INTERFACE_DESCRIPTION && interface->name.length == 0)
        interface->name = value;
    }
}

/* What somebody wrote beside the packet: the first comment. */
static RungsSlice
read_comment (const File *file, gsize offset, gsize end)
{
  RungsSlice value;
  guint code;

  for (guint n = 0; n < MAX_OPTIONS && next_option (file, &offset, end, &code, &value); n++)
    if (code == OPTION_COMMENT)
      return value;
  return RUNGS_SLICE_EMPTY;
}

/* A name resolution block: an address, then its names, each ended by a zero byte, the best first. */
static void
read_names (const File *file, gsize offset, gsize end)
{
  for (guint n = 0; n < MAX_NAMES && end - offset >= 4; n++)
    {
      guint type = rungs_pcap_get_uint16 (file->bytes, offset, file->swapped);
      gsize length = rungs_pcap_get_uint16 (file->bytes, offset + 2, file->swapped);
      gsize n_address = type == NAME_IPV4 ? 4 : 16;
      RungsAddress address = { .kind = type == NAME_IPV4 ? RUNGS_ADDRESS_IPV4 : RUNGS_ADDRESS_IPV6 };
      RungsSlice name;
      gssize zero;

      offset += 4;
      if (type == NAME_END || length > end - offset)
        return;
      name = rungs_slice_sub (file->bytes, offset + n_address, length > n_address ? length - n_address : 0);
      zero = rungs_slice_find_char (name, 0, '\0');
      name = rungs_slice_sub (name, 0, zero >= 0 ? (gsize) zero : name.length);
      if ((type == NAME_IPV4 || type == NAME_IPV6) && name.length > 0)
        {
          memcpy (address.bytes, file->bytes.data + offset, n_address);
          rungs_pcap_capture_name (file->capture, &address, name);
        }
      offset += MIN ((length + 3) & ~(gsize) 3, end - offset);
    }
}

static void
read_interface (const File *file, gsize offset, gsize end)
{
  Interface interface = { .resolution = 6 };

  if (file->interfaces->len >= MAX_INTERFACES || end - offset < 8)
    return;
  interface.link_type = rungs_pcap_get_uint16 (file->bytes, offset, file->swapped);
  interface.snap_length = get32 (file, offset + 4);
  read_interface_options (file, &interface, offset + 8, end);
  g_array_append_val (file->interfaces, interface);
}

/* Returns: µs, or RUNGS_TIME_NONE where it cannot be a time */
static gint64
convert_time (const Interface *interface, guint64 ticks)
{
  guint power = interface->resolution & 0x7f;
  __int128 time = ticks;

  if (interface->resolution & 0x80)
    {
      time = power < 64 ? (time * G_USEC_PER_SEC) >> power : 0;
    }
  else
    {
      for (; power < 6; power++)
        time *= 10;
      for (; power > 6 && time > 0; power--)
        time /= 10;
    }
  time += (__int128) interface->offset * G_USEC_PER_SEC;
  return time > -MAX_TIME && time < MAX_TIME ? (gint64) time : RUNGS_TIME_NONE;
}

/* Fills @frame from a packet block whose content is [@offset, @end).
 * Returns: %FALSE where it is too short, or belongs to no interface */
static gboolean
read_packet (const File *file, guint32 type, gsize offset, gsize end, RungsPcapFrame *frame)
{
  const gsize header = type == BLOCK_SIMPLE_PACKET ? 4 : 20;
  const Interface *interface;
  guint32 captured, id;

  if (end - offset < header)
    return FALSE;
  id = type == BLOCK_ENHANCED_PACKET ? get32 (file, offset)
       : type == BLOCK_PACKET        ? rungs_pcap_get_uint16 (file->bytes, offset, file->swapped)
                                     : 0;
  if (id >= file->interfaces->len)
    return FALSE;
  interface = &g_array_index (file->interfaces, Interface, id);
  frame->link_type = interface->link_type;
  frame->time = RUNGS_TIME_NONE;
  if (type == BLOCK_SIMPLE_PACKET)
    {
      frame->length = get32 (file, offset);
      captured = interface->snap_length > 0 ? MIN (frame->length, interface->snap_length) : frame->length;
    }
  else
    {
      frame->time =
        convert_time (interface, (guint64) get32 (file, offset + 4) << 32 | get32 (file, offset + 8));
      captured = get32 (file, offset + 12);
      frame->length = MAX (captured, get32 (file, offset + 16));
    }
  frame->bytes = rungs_slice_sub (file->bytes, offset + header, MIN (captured, end - offset - header));
  return TRUE;
}

/* The comment of a packet, and its interface where there are several. Most packets have nothing to be told. */
static void
tell_asides (File *file, guint32 type, gsize offset, gsize end, const RungsPcapFrame *frame)
{
  const gsize options =
    rungs_slice_offset_in (frame->bytes, file->bytes) + ((frame->bytes.length + 3) & ~(gsize) 3);
  RungsSlice interface = RUNGS_SLICE_EMPTY;
  RungsSlice comment = RUNGS_SLICE_EMPTY;

  if (G_LIKELY (!file->has_asides && file->interfaces->len == 1 && options + 4 > end))
    return;
  if (type != BLOCK_SIMPLE_PACKET && options + 4 <= end)
    comment = read_comment (file, options, end);
  if (file->interfaces->len > 1)
    {
      guint id = type == BLOCK_ENHANCED_PACKET ? get32 (file, offset)
                 : type == BLOCK_PACKET        ? rungs_pcap_get_uint16 (file->bytes, offset, file->swapped)
                                               : 0;

      interface = g_array_index (file->interfaces, Interface, id).name;
    }
  file->has_asides |= comment.length > 0 || interface.length > 0;
  if (file->has_asides)
    rungs_pcap_capture_set_asides (file->capture, frame->range.offset, interface, comment);
}

static gboolean
is_packet (guint32 type)
{
  return type == BLOCK_ENHANCED_PACKET || type == BLOCK_SIMPLE_PACKET || type == BLOCK_PACKET;
}

/* Handles a block that stands in [@offset, @offset + @length); its content ends at @end. */
static gboolean
read_block (File *file, gsize offset, gsize length, gsize end)
{
  guint32 type = get32 (file, offset);
  RungsPcapFrame frame;

  if (type == BLOCK_SECTION)
    {
      g_array_set_size (file->interfaces, 0);
      return rungs_pcap_capture_skip (file->capture, offset, length, RUNGS_UNREAD_FILE_HEADER);
    }
  if (type == BLOCK_INTERFACE)
    read_interface (file, offset + 8, end);
  if (type == BLOCK_NAMES)
    read_names (file, offset + 8, end);
  if (!is_packet (type))
    return rungs_pcap_capture_skip (file->capture, offset, length, RUNGS_UNREAD_CAPTURE_BLOCK);
  if (!read_packet (file, type, offset + 8, end, &frame))
    return rungs_pcap_capture_skip (file->capture,
                                    offset,
                                    length,
                                    end == file->bytes.length ? RUNGS_UNREAD_CUT_SHORT : RUNGS_UNREAD_BROKEN);
  frame.range = (RungsPcapRange){ offset, length };
  tell_asides (file, type, offset + 8, end, &frame);
  return rungs_pcap_capture_push (file->capture, &frame);
}

/* Whether the file ends inside the block at @offset, and no sound block stands in what is left of it. */
static gboolean
is_cut (File *file, gsize offset)
{
  gsize left;

  if (reach (file, offset + MAX_CUT_BLOCK + 1))
    return FALSE;
  left = file->bytes.length - offset;
  if (left >= SMALLEST_BLOCK && get32 (file, offset + 4) <= left)
    return FALSE;
  while (++offset < file->bytes.length)
    if (is_known_block (file, offset))
      return FALSE;
  return TRUE;
}

/* Moves @offset to the next sound block, or the end of the file; tells of the damage in steps, so that the search
 * through a large one can be stopped.
 * Returns: %FALSE where the sink wants to hear no more */
static gboolean
skip_damage (File *file, gsize *offset)
{
  gsize start = *offset;

  while (reach (file, ++*offset + 1) && !is_known_block (file, *offset))
    {
      if (*offset - start < SEARCH_STEP)
        continue;
      if (!rungs_pcap_capture_skip (file->capture, start, *offset - start, RUNGS_UNREAD_BROKEN))
        return FALSE;
      start = *offset;
    }
  return rungs_pcap_capture_skip (file->capture, start, *offset - start, RUNGS_UNREAD_BROKEN);
}

/* The block at @offset is not whole: the file ends inside it, or it is damaged.
 * Returns: %FALSE where the sink wants to hear no more */
static gboolean
read_damaged (File *file, gsize *offset)
{
  gsize left = file->bytes.length - *offset;
  gsize start = *offset;

  if (!is_cut (file, start))
    return skip_damage (file, offset);
  *offset = file->bytes.length;
  if (left < SMALLEST_BLOCK || !is_packet (get32 (file, start)))
    return rungs_pcap_capture_skip (file->capture, start, left, RUNGS_UNREAD_CUT_SHORT);
  return read_block (file, start, left, file->bytes.length);
}

static gboolean
read_blocks (File *file)
{
  gsize offset = 0;

  while (reach (file, offset + 1))
    {
      gsize length;

      if (reach (file, offset + SMALLEST_BLOCK) && get32 (file, offset) == BLOCK_SECTION)
        read_byte_order (file, offset, &file->swapped);
      if (is_whole (file, offset, file->swapped, &length))
        {
          if (!read_block (file, offset, length, offset + length - 4))
            return FALSE;
          offset += length;
        }
      else if (!read_damaged (file, &offset))
        {
          return FALSE;
        }
    }
  return TRUE;
}

static int
probe (RungsSlice head)
{
  File file = { .bytes = head };
  gboolean swapped;

  return head.length >= SMALLEST_BLOCK && get32 (&file, 0) == BLOCK_SECTION &&
             read_byte_order (&file, 0, &swapped)
           ? 100
           : 0;
}

static gboolean
read_file (RungsSlice bytes, RungsArena *arena, RungsSink *sink, GError **error)
{
  g_autoptr (GArray) interfaces = g_array_new (FALSE, FALSE, sizeof (Interface));
  g_autoptr (RungsPcapCapture) capture = rungs_pcap_capture_new (bytes, arena, sink);
  File file = { bytes, FALSE, interfaces, capture };

  if (!read_blocks (&file))
    return TRUE;
  return rungs_pcap_capture_finish (capture, error);
}

const RungsReader rungs_reader_pcapng = {
  .id = "pcapng",
  .name = N_ ("Packet capture (pcapng)"),
  .probe = probe,
  .read = read_file,
};

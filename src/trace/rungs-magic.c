/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What unknown bytes look like.  See rungs-magic.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-magic.h"

typedef enum
{
  KIND_TEXT,
  KIND_CAPTURE,
  KIND_PACKED,  /* compressed or an archive */
  KIND_FOREIGN, /* nothing that SIP would be in */
} Kind;

typedef struct
{
  Kind kind;
  guint offset;
  guint length;
  const char *bytes;
  const char *sentence; /* the whole sentence, because languages join it differently */
} Magic;

#define CAPTURE_WITHOUT_SIP N_ ("“%s” is a packet capture, and no packet of it holds SIP that Rungs can read")

static const Magic magics[] = {
  { KIND_CAPTURE, 0, 4, "\xd4\xc3\xb2\xa1", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\xa1\xb2\xc3\xd4", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\x4d\x3c\xb2\xa1", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\xa1\xb2\x3c\x4d", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\x34\xcd\xb2\xa1", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\xa1\xb2\xcd\x34", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 8, 4, "\x4d\x3c\x2b\x1a", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 8, 4, "\x1a\x2b\x3c\x4d", CAPTURE_WITHOUT_SIP },
  { KIND_FOREIGN,
    0,
    4,
    "\x7f"
    "ELF",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a program or library (ELF)") },
  { KIND_FOREIGN,
    0,
    8,
    "\x89PNG\r\n\x1a\n",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a PNG picture") },
  { KIND_FOREIGN,
    0,
    3,
    "\xff\xd8\xff",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a JPEG picture") },
  { KIND_FOREIGN,
    0,
    4,
    "GIF8",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a GIF picture") },
  { KIND_FOREIGN,
    0,
    5,
    "%PDF-",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a PDF document") },
  { KIND_PACKED,
    0,
    4,
    "PK\x03\x04",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a ZIP archive; unpack it first") },
  { KIND_PACKED,
    0,
    2,
    "\x1f\x8b",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a gzip file; unpack it first") },
  { KIND_PACKED,
    0,
    3,
    "BZh",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a bzip2 file; unpack it first") },
  { KIND_PACKED,
    0,
    6,
    "\xfd"
    "7zXZ\0",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like an xz file; unpack it first") },
  { KIND_PACKED,
    0,
    4,
    "\x28\xb5\x2f\xfd",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a Zstandard file; unpack it first") },
  { KIND_PACKED,
    0,
    6,
    "7z\xbc\xaf\x27\x1c",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a 7-Zip archive; unpack it first") },
  { KIND_PACKED,
    257,
    5,
    "ustar",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a tar archive; unpack it first") },
  { KIND_CAPTURE, 0, 8, "snoop\0\0", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "GMBU", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "RTSS", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\xac\1\0\x1c", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\xab\1\0\x1c", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\x1c\0\1\xac", CAPTURE_WITHOUT_SIP },
  { KIND_CAPTURE, 0, 4, "\x1c\0\1\xab", CAPTURE_WITHOUT_SIP },
  { KIND_FOREIGN,
    0,
    8,
    "SQLite f",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like an SQLite database") },
  { KIND_FOREIGN,
    0,
    4,
    "MZ\x90\0",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a program for Windows") },
  { KIND_TEXT, 0, 5, "<?xml", N_ ("“%s” holds no SIP messages that Rungs can find: it looks like XML") },
  { KIND_TEXT,
    0,
    9,
    "<!DOCTYPE",
    N_ ("“%s” holds no SIP messages that Rungs can find: it looks like a web page") },
};

/* Captures that no reader takes: whose they are is their name. */
static const struct
{
  guint offset;
  guint length;
  const char *bytes;
  const char *name;
} captures[] = {
  { 0, 12, "TRSNIFF data", "Sniffer" },
  { 0, 4, "XCP\0", "NetXRay" },
  { 0, 24, "ObserverPktBufferVersion", "Observer" },
  { 0, 4, "\x7fver", "OmniPeek" },
  { 0, 8, "iptrace ", "AIX iptrace" },
  { 0, 8, "\0\0\2\0\x12\5\0\x10", "Tektronix K12" },
  { 0, 4, "\5VNF", "Visual Networks" },
  { 0, 5, "TR\0\x64\0", "HP-UX nettl" },
  { 0, 4, "\xaa\xaa\xaa\xaa", "5View" },
  { 0, 8, "btsnoop\0", "btsnoop" },
  { 6, 13, "Trace Display", "LANalyzer" },
  { 0, 6, "EyeSDN", "EyeSDN" },
};

static const char *
find_capture (RungsSlice head)
{
  for (gsize i = 0; i < G_N_ELEMENTS (captures); i++)
    if (rungs_slice_equal (rungs_slice_sub (head, captures[i].offset, captures[i].length),
                           rungs_slice (captures[i].bytes, captures[i].length)))
      return captures[i].name;
  return NULL;
}

/* e_type of an ELF header, 4: a core dump. */
static gboolean
is_core_dump (RungsSlice head)
{
  gboolean big_endian;

  if (!rungs_slice_starts_with (head,
                                rungs_slice ("\x7f"
                                             "ELF",
                                             4)) ||
      head.length < 18)
    return FALSE;
  big_endian = head.data[5] == 2;
  return head.data[16 + big_endian] == 4 && head.data[16 + !big_endian] == 0;
}

/* The trace files of Windows have no magic number: a buffer header (its size, then as much of it used), of version
 * 1 to 5 of the provider behind it. */
static gboolean
is_event_trace (RungsSlice head)
{
  guint32 buffer_size, saved_offset;

  if (head.length < 0x70)
    return FALSE;
  memcpy (&buffer_size, head.data, 4);
  memcpy (&saved_offset, head.data + 4, 4);
  buffer_size = GUINT32_FROM_LE (buffer_size);
  saved_offset = GUINT32_FROM_LE (saved_offset);
  return buffer_size >= 0x400 && buffer_size <= 0x1000000 && buffer_size % 0x400 == 0 &&
         saved_offset <= buffer_size && saved_offset >= 0x48 && ((guchar) head.data[0x48 + 3] & 0xc0) == 0xc0;
}

static const Magic *
find (RungsSlice head)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (rungs_slice_equal (rungs_slice_sub (head, magics[i].offset, magics[i].length),
                           rungs_slice (magics[i].bytes, magics[i].length)))
      return &magics[i];
  return NULL;
}

gboolean
rungs_magic_is_binary (RungsSlice head)
{
  const Magic *magic = find (head);

  return find_capture (head) != NULL || (magic != NULL && magic->kind != KIND_TEXT);
}

gboolean
rungs_magic_is_foreign (RungsSlice head)
{
  const Magic *magic = find (head);

  return (magic != NULL && magic->kind == KIND_FOREIGN) || is_core_dump (head) || is_event_trace (head);
}

/* Text has no NUL and few other control characters. */
static gboolean
is_text (RungsSlice head)
{
  gsize n_controls = 0;

  head = rungs_slice_sub (head, 0, 8192);
  for (gsize i = 0; i < head.length; i++)
    {
      guchar c = (guchar) head.data[i];

      n_controls += c == 0 || c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != 0x1b);
    }
  return n_controls * 100 < head.length;
}

char *
rungs_magic_describe (RungsSlice head, const char *name)
{
  const Magic *magic = find (head);

  g_return_val_if_fail (name != NULL, NULL);

  if (head.length == 0)
    return g_strdup_printf (_ ("“%s” is empty"), name);
  if (is_core_dump (head))
    return g_strdup_printf (_ ("“%s” holds no SIP messages that Rungs can find: it looks like an ELF core "
                               "dump"),
                            name);
  if (find_capture (head) != NULL)
    /* Translators: a file, the program whose format it is, the file again */
    return g_strdup_printf (_ ("“%s” is a packet capture of %s, which Rungs cannot read; Wireshark's tools "
                               "convert "
                               "it: editcap “%s” capture.pcapng"),
                            name,
                            find_capture (head),
                            name);
  if (magic != NULL)
    return g_strdup_printf (_ (magic->sentence), name);
  if (is_event_trace (head))
    return g_strdup_printf (_ ("“%s” holds no SIP messages that Rungs can find: it looks like a Windows "
                               "event trace (ETL), "
                               "which must be formatted to text first"),
                            name);
  if (rungs_slice_trim (head).length == 0)
    return g_strdup_printf (_ ("“%s” holds no SIP messages that Rungs can find: it has only blank lines"),
                            name);
  if (is_text (head))
    return g_strdup_printf (_ ("“%s” holds no SIP messages that Rungs can find: it looks like text without "
                               "SIP"),
                            name);
  return g_strdup_printf (_ ("“%s” holds no SIP messages that Rungs can find: it looks like binary data"),
                          name);
}

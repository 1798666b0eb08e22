/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One line of a hex dump → its bytes.
 *
 *   	0x0010:  7f00 000a 13c4 13c4 028c 00b3 494e 5649  ............INVI     tcpdump -x, -X
 *   0010  02 a0 07 50 40 00 40 11 32 e8 7f 00 00 0b 7f 00   ...P@.@.2.......    Wireshark, tshark -x
 *   00000010  49 4e 56 49 54 45 20 73  69 70 3a 62 6f 62 40 62  |INVITE sip:b|  hexdump -C
 *   00000010: 494e 5649 5445 2073 6970 3a62 6f62 4062  INVITE sip:bob@b            xxd
 *     49 4e 56 49 54 45 20 73    69 70 3a 62 6f 62 40 62    INVITE sip:bob@b      ngrep -x
 *
 * The printed text behind the bytes is not read: it may look like more of them, so at most 16 bytes are taken. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_TEXT_HEX_WIDTH 16

/**
 * RungsTextHex:
 * @offset: where in the dump the bytes stand; 0 where the line does not say
 * @length: how many they are, at least one
 */
typedef struct
{
  guint64 offset;
  guint length;
  guint8 bytes[RUNGS_TEXT_HEX_WIDTH];
} RungsTextHex;

/** rungs_text_hex_read: reads a line that begins with its offset. Returns: %FALSE where it is none */
gboolean rungs_text_hex_read      (RungsTextHex *self,
                                   RungsSlice    line);

/** rungs_text_hex_read_bare: reads a line without offset. */
gboolean rungs_text_hex_read_bare (RungsTextHex *self,
                                   RungsSlice    line);

G_END_DECLS

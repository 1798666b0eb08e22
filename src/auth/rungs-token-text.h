/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A token as people paste it → its bytes.
 *
 * In: base64 (RFC 4648, 4 and 5), or hexadecimal digits with blanks, colons, commas, 0x or \x between them, or the lines of a
 * hex dump (xxd, hexdump -C, Wireshark); around it a header line, a scheme, gssapi-data="…", or the words of SMTP, IMAP and
 * POP3. Out: the bytes, or the place where it is none of these.  What consists of hexadecimal digits alone is taken for
 * them. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/**
 * rungs_token_from_text:
 * @text: the text
 * @place: (out) (optional): where it is neither, the first byte of @text that cannot be, or its length where it ends too soon
 *
 * Returns: (transfer full) (nullable): the bytes, none where @text is empty; %NULL where it is neither
 */
GBytes *rungs_token_from_text (RungsSlice  text,
                               gsize      *place);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is wrong with a message: a code and the bytes that show it.
 *
 * A message never fails to parse; it is read as far as it goes and carries remarks.  A remark has no text: its id
 * (rungs_remark_code_get_id()) names a sentence in data/knowledge/remarks.xml.  Offsets count from the first byte of
 * the message. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each code and the id under which data/knowledge/remarks.xml explains it. */
#define RUNGS_REMARK_CODES(X)                                  \
  X (NONE, "none")                                             \
  X (START_LINE_MALFORMED, "start-line-malformed")             \
  X (START_LINE_MISSING, "start-line-missing")                 \
  X (START_LINE_SPACES, "start-line-spaces")                   \
  X (VERSION_UNKNOWN, "version-unknown")                       \
  X (METHOD_UNKNOWN, "method-unknown")                         \
  X (STATUS_OUT_OF_RANGE, "status-out-of-range")               \
  X (REQUEST_URI_BRACKETS, "request-uri-brackets")             \
  X (REQUEST_URI_SCHEME, "request-uri-scheme-unknown")         \
  X (REQUEST_URI_HEADERS, "request-uri-headers")               \
  X (HEADER_NO_COLON, "header-no-colon")                       \
  X (HEADER_NAME_INVALID, "header-name-invalid")               \
  X (HEADER_REPEATED, "header-repeated")                       \
  X (HEADER_TOO_MANY, "header-too-many")                       \
  X (HEADER_MISSING, "header-missing")                         \
  X (HEADER_EMPTY, "header-empty")                             \
  X (QUOTE_OPEN, "quote-open")                                 \
  X (QUOTE_TYPOGRAPHIC, "quote-typographic")                   \
  X (ADDRESS_MALFORMED, "address-malformed")                   \
  X (ADDRESS_NEEDS_BRACKETS, "address-needs-brackets")         \
  X (URI_MALFORMED, "uri-malformed")                           \
  X (ESCAPE_INVALID, "escape-invalid")                         \
  X (IPV6_NEEDS_BRACKETS, "ipv6-needs-brackets")               \
  X (IPV6_MALFORMED, "ipv6-malformed")                         \
  X (VIA_MALFORMED, "via-malformed")                           \
  X (CSEQ_MALFORMED, "cseq-malformed")                         \
  X (CSEQ_METHOD_DIFFERS, "cseq-method-differs")               \
  X (NUMBER_MALFORMED, "number-malformed")                     \
  X (NUMBER_TOO_LARGE, "number-too-large")                     \
  X (DATE_MALFORMED, "date-malformed")                         \
  X (CONTENT_LENGTH_MISSING, "content-length-missing")         \
  X (CONTENT_LENGTH_NEGATIVE, "content-length-negative")       \
  X (CONTENT_LENGTH_LARGER, "content-length-larger")           \
  X (CONTENT_LENGTH_SMALLER, "content-length-smaller")         \
  X (CONTENT_LENGTH_DIFFER, "content-length-differ")           \
  X (CONTENT_TYPE_MISSING, "content-type-missing")             \
  X (HEAD_NOT_ENDED, "head-not-ended")                         \
  X (NUL_BYTE, "nul-byte")                                     \
  X (INVALID_UTF8, "invalid-utf8")                             \
  X (AUTH_MALFORMED, "auth-malformed")                         \
  X (TOKEN_NOT_BASE64, "token-not-base64")                     \
  X (TRUNCATED, "truncated")                                   \
  X (TRAILING_SPACE, "trailing-space")                         \
  X (BLANK_LINES_DOUBLED, "blank-lines-doubled")

typedef enum
{
#define X(name, id) RUNGS_REMARK_##name,
  RUNGS_REMARK_CODES (X)
#undef X
    RUNGS_N_REMARK_CODES
} RungsRemarkCode;

/**
 * RungsRemark:
 * @code: a #RungsRemarkCode
 * @detail: what the code is about: a #RungsSipHeaderId for the HEADER_ codes, otherwise 0
 * @offset: the first byte, counted from the start of the message
 * @length: how many bytes, 0 for a place between two bytes
 */
typedef struct
{
  guint16 code;
  guint16 detail;
  guint32 offset;
  guint32 length;
} RungsRemark;

/** rungs_remark_code_get_id: the name of @code in data/knowledge/remarks.xml and in JSON; static. */
const char *rungs_remark_code_get_id (RungsRemarkCode code);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inside of a filter: an array of nodes, written by the parser (rungs-filter.c), read by the matcher
 * (rungs-filter-match.c).  The fields and their names stand in rungs-filter-field.c, the words of the text in
 * rungs-filter-lexer.c. */

#pragma once

#include "rungs-filter.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FILTER_NODE_ALL, /* matches everything */
  RUNGS_FILTER_NODE_AND,
  RUNGS_FILTER_NODE_OR,
  RUNGS_FILTER_NODE_NOT,
  RUNGS_FILTER_NODE_TEST,
} RungsFilterNodeKind;

typedef enum
{
  RUNGS_FILTER_EXISTS,
  RUNGS_FILTER_EQUAL,
  RUNGS_FILTER_NOT_EQUAL,
  RUNGS_FILTER_LESS,
  RUNGS_FILTER_LESS_EQUAL,
  RUNGS_FILTER_GREATER,
  RUNGS_FILTER_GREATER_EQUAL,
  RUNGS_FILTER_CONTAINS, /* with case */
  RUNGS_FILTER_MATCHES,  /* a regular expression, without case */
  RUNGS_FILTER_HAS,      /* contains, without case: Snooper's words and plain words */
  RUNGS_FILTER_PATTERN,  /* digits, x for any: 4xx */
} RungsFilterOperator;

typedef enum
{
  RUNGS_FILTER_FIELD_ANY,   /* every message */
  RUNGS_FILTER_FIELD_BYTES, /* the whole message */
  RUNGS_FILTER_FIELD_BODY,
  RUNGS_FILTER_FIELD_HEAD,
  RUNGS_FILTER_FIELD_SIP_METHOD, /* with case; of responses too, so that it can be asked together with a status */
  RUNGS_FILTER_FIELD_METHOD,     /* of requests and responses */
  RUNGS_FILTER_FIELD_STATUS,
  RUNGS_FILTER_FIELD_REQUEST_LINE,
  RUNGS_FILTER_FIELD_STATUS_LINE,
  RUNGS_FILTER_FIELD_REQUEST_URI,
  RUNGS_FILTER_FIELD_HEADER,
  RUNGS_FILTER_FIELD_CSEQ_NUMBER,
  RUNGS_FILTER_FIELD_AUTH,    /* a parameter of any challenge or credentials */
  RUNGS_FILTER_FIELD_ADDRESS, /* of source or destination */
  RUNGS_FILTER_FIELD_SOURCE,
  RUNGS_FILTER_FIELD_DESTINATION,
  RUNGS_FILTER_FIELD_PORT,
  RUNGS_FILTER_FIELD_SOURCE_PORT,
  RUNGS_FILTER_FIELD_DESTINATION_PORT,
  RUNGS_FILTER_FIELD_TRANSPORT,
  RUNGS_FILTER_FIELD_STREAM,
  RUNGS_FILTER_FIELD_NUMBER,
  RUNGS_FILTER_FIELD_LENGTH,
  RUNGS_FILTER_FIELD_TIME_RELATIVE, /* seconds since the first message */
  RUNGS_FILTER_FIELD_RESEND,
  RUNGS_FILTER_FIELD_SDP,
  RUNGS_FILTER_FIELD_DIRECTION,
  RUNGS_FILTER_FIELD_VERDICT,
  RUNGS_FILTER_FIELD_KIND,
  RUNGS_FILTER_FIELD_COMMENT, /* beside the message in the capture */
} RungsFilterField;

/** RungsFilterPart: the part of a header or URI that is compared. */
typedef enum
{
  RUNGS_FILTER_PART_ALL,
  RUNGS_FILTER_PART_USER,
  RUNGS_FILTER_PART_HOST,
  RUNGS_FILTER_PART_PORT,
  RUNGS_FILTER_PART_URI,
  RUNGS_FILTER_PART_TAG,
  RUNGS_FILTER_PART_DISPLAY,
  RUNGS_FILTER_PART_PARAMETER, /* @name of the header's parameters */
  RUNGS_FILTER_PART_METHOD,    /* of CSeq */
} RungsFilterPart;

typedef struct
{
  RungsFilterField field;
  RungsFilterPart part;
  RungsSipHeaderId header; /* HEADER: known headers */
  char *name;              /* HEADER: an unknown header; AUTH, PART_PARAMETER: the parameter */
} RungsFilterTarget;

typedef struct
{
  RungsFilterNodeKind kind;
  guint left;  /* AND, OR, NOT */
  guint right; /* AND, OR */
  RungsFilterTarget target;
  RungsFilterOperator operator;
  char *value; /* with a terminator; folded to lower case for HAS */
  gsize length;
  gboolean is_number;
  double number;
  GRegex *regex;
  RungsAddress address; /* SOURCE, DESTINATION, ADDRESS: of IPV4, IPV6 or NAME */
  guint prefix;         /* how many bits of it count */
} RungsFilterNode;

struct _RungsFilter
{
  gatomicrefcount ref_count;
  GArray *nodes; /* RungsFilterNode */
  guint root;
};

/** rungs_filter_target_from_name: what a name like "sip.from.user" or "ip.src" stands for. Returns: %FALSE where it is
 * no field at all */
gboolean rungs_filter_target_from_name (RungsFilterTarget *target, RungsSlice name);

/** rungs_filter_target_from_key: the same for the words before a colon: "from", "direction", any known header. */
gboolean rungs_filter_target_from_key (RungsFilterTarget *target, RungsSlice key);

/** rungs_filter_has: whether @bytes hold @folded (lower case), ASCII letters compared without case. */
gboolean rungs_filter_has (RungsSlice bytes, const char *folded, gsize length);

G_END_DECLS

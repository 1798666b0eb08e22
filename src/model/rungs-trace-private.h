/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inside of a trace, for those that build it: rungs-trace-builder.c and its parts (correlation, derivation).
 *
 * Nobody else includes this. */

#pragma once

#include "rungs-arena.h"
#include "rungs-input.h"
#include "rungs-interner.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

struct _RungsTrace
{
  GObject parent_instance;

  GArray *messages;         /* RungsMessageInfo, in time order */
  GArray *flows;            /* RungsFlowInfo, by their first message */
  GArray *endpoints;        /* RungsEndpoint */
  GArray *kerberos;         /* RungsKerberosInfo, in time order */
  GHashTable *tickets;      /* ticket (guint64, in the array above) → index of the reply that hands it out + 1 */
  GArray *streams;          /* RungsForeignStream, by their first time */
  GHashTable *asides;       /* data of a message → RungsMessageAside, for the few that have one */
  RungsSignatureCheck *checks; /* one for each message, or NULL */
  GPtrArray *files;         /* RungsTraceFile */
  guint32 *flow_messages;   /* message indexes, flow by flow */
  guint32 *flow_of_string;  /* string id → flow of that Call-ID, RUNGS_NO_FLOW */
  guint32 n_flow_of_string;
  RungsInterner *strings;
  RungsArena *arena;        /* what the readers joined or decoded */
  GByteArray *outlines;     /* RungsSipOutline, for who takes all messages apart once more, or NULL */
  guint32 *outline_of;      /* by message: where its outline begins, + 1; 0: none */
  GPtrArray *inputs;        /* RungsInput of each file, NULL where it could not be opened */
  RungsTotals totals;
  gint64 first_time;
  gint64 last_time;
};

/** RungsMessageAside: what few messages have, beside their RungsMessageInfo. */
typedef struct
{
  RungsSlice agent;
  RungsSlice comment;
} RungsMessageAside;

/**
 * RungsMessageKey:
 * @transaction: Call-ID, CSeq, sent-by of the top Via and its branch, or the From tag where there is none
 * @group: Call-ID, CSeq, tags, start line: equal for every copy of one message on any hop; 0: no Call-ID
 * @dialog: Call-ID and unordered tag pair; 0: a tag is missing
 * @who: string id of the AoR of From, or of To for REGISTER; set for the first message of a Call-ID only
 * @peer: string id of the AoR of To; as @who
 * @n_vias: how many Via values
 * @microsoft: the message speaks Microsoft's extensions
 * @derive: the format does not tell source and destination
 * @offers_messages: a session description of it offers instant messages and no sound
 * @outline: where its outline begins, + 1; 0: none
 *
 * What correlation needs of one message, beside RungsMessageInfo; lives only while the trace is built.
 */
typedef struct
{
  guint64 transaction;
  guint64 group;
  guint64 dialog;
  guint32 who;
  guint32 peer;
  guint32 outline;
  guint16 n_vias;
  guint8 microsoft : 1;
  guint8 derive : 1;
  guint8 offers_messages : 1;
} RungsMessageKey;

static inline RungsMessageInfo *
rungs_trace_message (RungsTrace *self,
                     guint message)
{
  return &g_array_index (self->messages, RungsMessageInfo, message);
}

/* How the bytes of a record or message with these flags are to be parsed. */
static inline RungsSipParseFlags
rungs_record_flags_to_parse_flags (guint32 flags)
{
  RungsSipParseFlags parse = flags & RUNGS_RECORD_LOG ? RUNGS_SIP_PARSE_LOG
                             : flags & RUNGS_RECORD_STREAM ? RUNGS_SIP_PARSE_STREAM
                                                           : RUNGS_SIP_PARSE_DATAGRAM;

  if (flags & RUNGS_RECORD_BODY_LABEL)
    parse |= RUNGS_SIP_PARSE_BODY_LABEL;
  if (flags & RUNGS_RECORD_TRUNCATED)
    parse |= RUNGS_SIP_PARSE_TRUNCATED;
  return parse;
}

G_END_DECLS

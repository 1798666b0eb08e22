/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where the values that hold SIP together were born and where they are used again: tags, branches, nonces, opaque, routes …
 *
 * In: a flow. Out, for one header of one of its messages: a trail for each such value in it, with the messages that have the same.
 * Values of one kind are compared wherever they stand (a to-tag in Replaces with the tag of a To).  The index is made once for a
 * flow, in one pass, from hashes: linear, whatever the trace holds.  Other flows are asked only where they can be found at
 * once: by the Call-ID in Replaces, and the logins of the same user for what a login gives away (opaque, gruu). */

#pragma once

#include "rungs-flow-facts.h"
#include "rungs-message-cache.h"

G_BEGIN_DECLS

/** RUNGS_TRAIL_MAX_USES: messages that a trail names; n_used counts all. */
#define RUNGS_TRAIL_MAX_USES 24

/** RungsTrail: one value of a header, on its way through the trace. */
typedef struct
{
  const char *name;  /* "tag", "branch", "Call-ID": as the protocol spells it */
  char *value;       /* display text */
  guint32 message;   /* where the header stands */
  guint32 born;      /* the first message of the trace that has it, perhaps @message */
  guint32 n_used;    /* messages that have it besides @message and @born */
  guint32 n_named;
  guint32 used[RUNGS_TRAIL_MAX_USES]; /* the first of them, ascending */
} RungsTrail;

typedef struct _RungsTrails RungsTrails;

/** rungs_trails_new: the index of a flow; @facts are borrowed. (transfer full) */
RungsTrails *rungs_trails_new      (const RungsFlowFacts *facts);
void         rungs_trails_free     (RungsTrails          *self);

/**
 * rungs_trails_find:
 * @sip: the message at @position, parsed
 * @header: one of its headers
 *
 * Returns: (transfer full): RungsTrail; only values that other messages have, too, or that are born here
 */
GPtrArray   *rungs_trails_find     (RungsTrails           *self,
                                    guint                  position,
                                    const RungsSipHeader  *header);

/** rungs_trail_describe: "tag a1b2: born here, used again in messages 2 to 4 and 6." One sentence, translated. (transfer full) */
char        *rungs_trail_describe  (const RungsTrail *self);

/** rungs_trail_list_numbers: the messages of @used as people count them, "2 to 4, 6". (transfer full) */
char        *rungs_trail_list_numbers (const RungsTrail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTrails, rungs_trails_free)

G_END_DECLS

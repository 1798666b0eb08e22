/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One parsed message → its key: what correlation needs of it.
 *
 * The hot part of the index pass: it reads only top Via, From, To, Call-ID, CSeq, and whatever tells that a Call-ID speaks
 * Microsoft's extensions (until it is known).  Interns Call-ID and, for the first message of each, the two AoRs. */

#pragma once

#include "rungs-trace-private.h"

G_BEGIN_DECLS

typedef struct
{
  RungsTransport transport; /* out: of the top Via of the last message, as below */
  RungsSlice sent_by;

  /*< private >*/
  RungsInterner *strings;
  GByteArray *known;        /* string id → whether that Call-ID was seen, and speaks Microsoft's extensions */
  GArray *microsoft_ids;    /* RungsSipHeaderId of the ms- headers */
  guint64 seed;
} RungsKeyMaker;

void     rungs_key_maker_init    (RungsKeyMaker         *self,
                                  RungsInterner         *strings);
void     rungs_key_maker_clear   (RungsKeyMaker         *self);

/** rungs_key_maker_fill: fills @key (all zero before), and call_id and cseq of @info, whose status and method are set. */
void     rungs_key_maker_fill    (RungsKeyMaker         *self,
                                  const RungsSipMessage *sip,
                                  RungsMessageInfo      *info,
                                  RungsMessageKey       *key);

/** rungs_key_maker_intern_parties: the string ids of who and peer of a flow that begins with @sip. */
void     rungs_key_maker_intern_parties (RungsInterner         *strings,
                                         const RungsSipMessage *sip,
                                         guint32               *who,
                                         guint32               *peer);

/** rungs_key_maker_has_sdp: whether the body is application/sdp, or a multipart that holds it. */
gboolean rungs_key_maker_has_sdp (const RungsSipMessage *sip);

G_END_DECLS

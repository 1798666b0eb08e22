/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a header means in this place, beyond what it means everywhere.
 *
 * In: a message of a flow and the name of one of its headers. Out: one or two sentences ("The same as in messages 1 to 4."), or
 * nothing.  One small function a header, found by its id. */

#pragma once

#include "rungs-judge.h"
#include "rungs-message-cache.h"

G_BEGIN_DECLS

/** rungs_header_here_explain: see rungs_diagnosis_explain_header(). (transfer full) (nullable) */
char     *rungs_header_here_explain (const RungsFlowFacts *facts,
                                     RungsMessageCache    *cache,
                                     guint                 position,
                                     const char           *name,
                                     guint                 occurrence);

/** rungs_header_here_matters: see rungs_diagnosis_header_matters(). */
gboolean  rungs_header_here_matters (const RungsFlowFacts *facts,
                                     RungsMessageCache    *cache,
                                     const GArray         *hits,
                                     guint                 position,
                                     const char           *name);

/** rungs_header_here_find_previous: the position of the request (or answer) before on the same hop, or RUNGS_NO_POSITION. */
guint     rungs_header_here_find_previous (const RungsFlowFacts *facts,
                                           guint                 position);

/** RungsHeaderHere: the header that is being explained. */
typedef struct
{
  const RungsFlowFacts *facts;
  const RungsMessageFact *fact;
  guint position;
  gboolean request;
  guint status;           /* 0 for a request */
  guint occurrence;       /* how many of its name stand above it */
  const RungsSipMessage *sip;
  RungsSlice value;
  RungsHitValue values[3]; /* for the sentence */
} RungsHeaderHere;

/** rungs_header_here_choose_call: the id of the sentence for a header of routes, calls or subscriptions, or %NULL. */
const char *rungs_header_here_choose_call (RungsHeaderHere *here,
                                           RungsSipHeaderId header);

/** rungs_header_here_choose_auth: the id of the sentence for an authentication header, or %NULL. */
const char *rungs_header_here_choose_auth (RungsHeaderHere *here);

G_END_DECLS

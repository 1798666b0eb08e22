/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What a rule may ask about the trace around its flow: does it go on here, does the client speak again, did this user
 * register elsewhere?
 *
 * Each answer takes one pass over the packed index, without parsing, when it is asked for first, and is kept with the trace.  The end of the trace is not
 * the end of the story: "nobody answered" needs a trace that goes on at the same hop for long enough. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsTraceFacts RungsTraceFacts;

/** rungs_trace_facts_get: those of @trace, made at the first call. (transfer none) */
const RungsTraceFacts *rungs_trace_facts_get             (RungsTrace            *trace);

/** rungs_trace_facts_goes_on: whether messages between the two ends of @message run in both directions and go on for
 * at least @wait µs after it. */
gboolean               rungs_trace_facts_goes_on         (const RungsTraceFacts *self,
                                                          guint                  message,
                                                          gint64                 wait);

/** rungs_trace_facts_sends_later: whether @endpoint sends anything more than @wait µs after @message. */
gboolean               rungs_trace_facts_sends_later     (const RungsTraceFacts *self,
                                                          guint32                endpoint,
                                                          guint                  message,
                                                          gint64                 wait);

/** rungs_trace_facts_registers_later: whether @who (string id) is registered by a flow that ends after @message. */
gboolean               rungs_trace_facts_registers_later (const RungsTraceFacts *self,
                                                          guint32                who,
                                                          guint                  message);

/** rungs_trace_facts_get_unfinished_login: the registration flow of the same user on the same connection that came just before
 * @flow and never came to a success, or RUNGS_NO_FLOW. */
guint                  rungs_trace_facts_get_unfinished_login (const RungsTraceFacts *self,
                                                               guint                  flow);

/** RungsMediaCount: how many RTP packets of the capture went to an address, and how many came from it. */
typedef struct
{
  guint64 received;
  guint64 sent;
} RungsMediaCount;

/** rungs_trace_facts_has_media: whether the capture holds RTP at all. */
gboolean               rungs_trace_facts_has_media       (const RungsTraceFacts *self);

/** rungs_trace_facts_count_media: RTP to and from @host (an address, as in SDP) and @port. */
RungsMediaCount        rungs_trace_facts_count_media     (const RungsTraceFacts *self,
                                                          RungsSlice             host,
                                                          guint16                port);

/** rungs_trace_facts_get_dead_options: where @flow is the last of a series of OPTIONS, each a flow of its own, from the same sender to the
 * same receiver, that all got no answer or a server error: how many they are; otherwise 0. */
guint                  rungs_trace_facts_get_dead_options (const RungsTraceFacts *self,
                                                           guint                  flow);

/** rungs_trace_facts_get_silence: see rungs_silences_find(). */
gint64                 rungs_trace_facts_get_silence     (const RungsTraceFacts *self,
                                                          guint                  message,
                                                          gint64                 since);

/** rungs_trace_facts_has_clock_steps: whether rungs_trace_facts_get_clock_step() gives anything but 0 for some message. */
gboolean               rungs_trace_facts_has_clock_steps (const RungsTraceFacts *self);

/** rungs_trace_facts_get_clock_step: by how many µs the clock of its file stepped back at @message, 0: it did not. */
gint64                 rungs_trace_facts_get_clock_step  (const RungsTraceFacts *self,
                                                          guint                  message);

G_END_DECLS

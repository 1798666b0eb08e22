/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which media of the trace belong to a flow: RTP and RTCP between the addresses and ports that its session descriptions name.
 *
 * A stream is the flow's when it goes to or comes from the address of a c= line and the port of an m= line (or the next one: RTCP) of
 * one of its messages, and runs while the flow does.  Built once for a trace; a trace without media costs nothing. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsMedia RungsMedia;

/** rungs_media_new: @trace must outlive it. (transfer full) */
RungsMedia *rungs_media_new  (RungsTrace       *trace);
void        rungs_media_free (RungsMedia       *self);

/** rungs_media_find: the streams of @flow. (transfer full): guint for rungs_trace_get_stream(), ascending, each once */
GArray     *rungs_media_find (const RungsMedia *self,
                              guint             flow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMedia, rungs_media_free)

/** rungs_foreign_stream_describe: "TLS 1.2 to sip.contoso.example (203.0.113.10:443), 48 kB, not readable without keys", or RTP or
 * RTCP with its ends: display text, one line. (transfer full) */
char       *rungs_foreign_stream_describe (const RungsForeignStream *self);

G_END_DECLS

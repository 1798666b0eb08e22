/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A filter: the words people know → a test of one message.
 *
 * One grammar for the window and the commands: Wireshark's (sip.Method == "REGISTER" && sip.Status-Code >= 400; ==, eq, !=,
 * ne, <, <=, >, >=, contains, matches, !, not, &&, and, ||, or, parentheses), Snooper's (from:izabela direction:in status:4xx
 * verdict:error kind:call), and plain words, searched in the whole message; terms side by side must all match.
 * sip.Method is that of the transaction, so that it can be asked together with a status; sip.NAME works for every header;
 * sip.Call-ID, sip.CSeq.method, ip.addr, ip.src, ip.dst, frame.number and their kin are known by name.  Immutable,
 * thread-safe, reference-counted.  Nesting is limited to 64. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef struct _RungsFilter RungsFilter;

/**
 * rungs_filter_parse:
 * @text: what was typed; empty text gives a filter that matches everything
 * @error_offset: (out) (optional): on error, the character (not byte) of @text where it stands, from 0
 * @error: RUNGS_ERROR_SYNTAX
 *
 * Returns: (transfer full): the filter, or %NULL
 */
RungsFilter *rungs_filter_parse         (const char       *text,
                                         gsize            *error_offset,
                                         GError          **error);
RungsFilter *rungs_filter_ref           (RungsFilter      *self);
void         rungs_filter_unref         (RungsFilter      *self);

/** rungs_filter_matches: whether @message matches. @scratch is an initialised message for reuse. */
gboolean     rungs_filter_matches       (const RungsFilter *self,
                                         RungsTrace        *trace,
                                         guint              message,
                                         RungsSipMessage   *scratch);

/** rungs_filter_matches_flow: whether any message of @flow matches. */
gboolean     rungs_filter_matches_flow  (const RungsFilter *self,
                                         RungsTrace        *trace,
                                         guint              flow,
                                         RungsSipMessage   *scratch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFilter, rungs_filter_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which values of a header tie messages together, and of what kind each of them is.
 *
 * Values of one kind mean the same thing wherever they stand: the nonce of a challenge and of the credentials, the URI of a
 * Record-Route and of a Route (RFC 3261, 12; RFC 3262, 7; RFC 3891, 6.1; RFC 3903, 11.3; [MS-SIPAE] 2.2). */

#pragma once

#include "rungs-sip-message.h"

G_BEGIN_DECLS

/** RUNGS_TRAIL_MAX_VALUES: of one header that are looked at. */
#define RUNGS_TRAIL_MAX_VALUES 32

typedef enum
{
  RUNGS_TRAIL_CALL_ID,
  RUNGS_TRAIL_TAG,
  RUNGS_TRAIL_BRANCH,
  RUNGS_TRAIL_CSEQ,
  RUNGS_TRAIL_URI,      /* Contact, Route, Refer-To, gruu, Request-URI */
  RUNGS_TRAIL_EPID,
  RUNGS_TRAIL_INSTANCE,
  RUNGS_TRAIL_REALM,
  RUNGS_TRAIL_TARGETNAME,
  RUNGS_TRAIL_NONCE,
  RUNGS_TRAIL_OPAQUE,
  RUNGS_TRAIL_RANDOM,   /* crand, srand, cnonce */
  RUNGS_TRAIL_RSEQ,
  RUNGS_TRAIL_EVENT_ID,
  RUNGS_TRAIL_ETAG,
  RUNGS_TRAIL_SESSION,  /* Session-ID, icid-value, ms-conversation-id */
} RungsTrailKind;

typedef void (*RungsTrailValueFunc) (RungsTrailKind kind, const char *name, RungsSlice value, gpointer data);

/** rungs_trail_values_walk_header: calls @func for each value of @header. */
void rungs_trail_values_walk_header  (const RungsSipHeader  *header,
                                      RungsTrailValueFunc    func,
                                      gpointer               data);

/** rungs_trail_values_walk_message: the same for all headers of @sip and its Request-URI. */
void rungs_trail_values_walk_message (const RungsSipMessage *sip,
                                      RungsTrailValueFunc    func,
                                      gpointer               data);

G_END_DECLS

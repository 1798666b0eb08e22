/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How the clients of a selection came by what they prove themselves with: the part that is not SIP.
 *
 * In: a selection. Out: steps, in the order in which they stand between its messages.
 *  - Kerberos messages of the capture that led to the ticket in an AP-REQ: the TGS exchange that handed out that very ticket
 *    (the encrypted bytes are the same), the AS exchange that handed out the ticket shown there, referrals between them, and
 *    the failed attempts before each (same client, same names, not long before).  Where no AP-REQ was sent, those that the
 *    client tried for the offered targetname, between the challenge and the next request.
 *  - Where the capture does not hold them, the exchanges that an AP-REQ proves (RFC 4120, 1.1), and the question of the server to
 *    the domain controller that the answer to an AUTHENTICATE_MESSAGE proves ([MS-APDS] 3.1).
 * Only REGISTERs are looked at, as other requests use the login of one. */

#pragma once

#include "rungs-selection.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TICKET_KERBEROS,       /* a Kerberos message of the capture */
  RUNGS_TICKET_AS_REQ,         /* these are not in the trace, but proved by it */
  RUNGS_TICKET_AS_REP,
  RUNGS_TICKET_TGS_REQ,
  RUNGS_TICKET_TGS_REP,
  RUNGS_TICKET_LOGON_QUESTION, /* of the server to its domain controller */
} RungsTicketStepKind;

typedef struct
{
  RungsTicketStepKind kind;
  guint32 kerberos; /* index into the trace, RUNGS_NO_KERBEROS */
  guint32 message;  /* of the selection: the REGISTER with the ticket, or the answer; for an attempt that came to nothing
                       the challenge */
  guint32 position; /* in the selection: the step stands before the message there; its length: behind the last */
  gint64 order;     /* µs: among those of one position; of a step that is not in the trace no time of its own */
} RungsTicketStep;

typedef struct _RungsTicketTrail RungsTicketTrail;

/** rungs_ticket_trail_new: @hidden: whether to tell what is not in the trace, too. (transfer full) */
RungsTicketTrail     *rungs_ticket_trail_new        (RungsSelection         *selection,
                                                     gboolean                hidden);
void                  rungs_ticket_trail_free       (RungsTicketTrail       *self);
guint                 rungs_ticket_trail_get_length (const RungsTicketTrail *self);
const RungsTicketStep *rungs_ticket_trail_get        (const RungsTicketTrail *self,
                                                     guint                   step);

/** rungs_ticket_trail_find: the first step that stands before the message at @position of the selection; where none does, the
 * first one behind. O(log n). */
guint                 rungs_ticket_trail_find       (const RungsTicketTrail *self,
                                                     guint                   position);

/** rungs_ticket_trail_get_domain: the realm of the first ticket that is proved but not in the trace, otherwise the domain of the
 * first AUTHENTICATE_MESSAGE; display text, or %NULL. */
const char           *rungs_ticket_trail_get_domain (const RungsTicketTrail *self);

/** rungs_ticket_trail_get_service: the service that the first ticket is for; display text, or %NULL. */
const char           *rungs_ticket_trail_get_service (const RungsTicketTrail *self);

/** rungs_ticket_step_is_request: whether it goes to the KDC. */
gboolean              rungs_ticket_step_is_request   (const RungsTicketStep   *self,
                                                     RungsTrace             *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTicketTrail, rungs_ticket_trail_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A registration: the login of one endpoint at one server, read from the REGISTERs of a flow (RFC 3261, 10; [MS-SIPRE]).
 *
 * Rounds are judged on one hop, the first one in the trace: relayed copies, retransmissions and a second agent's copies
 * are no rounds. */

#pragma once

#include "rungs-sip-auth.h"
#include "rungs-token.h"
#include "rungs-trace.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_ROUND_LOGIN,      /* part of the first login */
  RUNGS_ROUND_REFRESH,    /* a later REGISTER of the association */
  RUNGS_ROUND_REMOVAL,    /* Expires: 0 */
} RungsRoundKind;

/** RungsRound: one REGISTER and its final answer. */
typedef struct
{
  guint request;          /* message index */
  guint response;         /* message index of the final response, RUNGS_NO_MESSAGE */
  RungsRoundKind kind;
  RungsSipScheme scheme;  /* of the credentials in the request, NONE: no credentials */
  RungsTokenKind token;   /* in the request's gssapi-data */
  RungsTokenKind answer_token; /* in the response's challenge or info */
  gboolean complete;      /* the credentials were a proof: AUTHENTICATE, AP-REQ, a signature, a Digest response */
  guint status;           /* of the final response, 0: none */
} RungsRound;

typedef enum
{
  RUNGS_REGISTRATION_OPEN,     /* the trace ends before it is decided */
  RUNGS_REGISTRATION_DONE,     /* registered */
  RUNGS_REGISTRATION_REMOVED,  /* registered, and signed out again */
  RUNGS_REGISTRATION_REFUSED,  /* credentials were refused, or another final answer of 4xx to 6xx */
  RUNGS_REGISTRATION_REDIRECTED, /* the last answer is 301 or 302 */
} RungsRegistrationResult;

typedef struct _RungsRegistration RungsRegistration;

struct _RungsRegistration
{
  char *aor;              /* "izabela@contoso.example", display text */
  char *epid;             /* or NULL */
  char *instance;         /* or NULL */
  RungsSipScheme scheme;  /* of the accepted, else of the last credentials */
  gboolean remote;        /* an answer says RemoteUser */
  RungsRegistrationResult result;
  gint64 lifetime;        /* seconds granted, -1: not known */
  guint n_refreshes;
  GArray *rounds;         /* RungsRound, in order */
};

/** rungs_registration_new: Returns: (transfer full): what @flow, a flow of kind REGISTRATION, says */
RungsRegistration *rungs_registration_new  (RungsTrace        *trace,
                                            guint              flow);
void               rungs_registration_free (RungsRegistration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRegistration, rungs_registration_free)

G_END_DECLS

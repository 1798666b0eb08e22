/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One challenge, one set of credentials or one authentication info of a message, taken apart once for all rules.
 *
 * In: a parsed message. Out: its authentication headers in order, as slices into the trace ([MS-SIPAE] 2.2; RFC 3261, 20.7, 20.27,
 * 20.28, 20.44; RFC 2617, 3.2.3).  A parameter that is missing has data NULL; `name=""` has not. */

#pragma once

#include "rungs-sip-auth.h"
#include "rungs-sip-message.h"
#include "rungs-token.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_AUTH_CHALLENGE,   /* WWW-Authenticate, Proxy-Authenticate */
  RUNGS_AUTH_CREDENTIALS, /* Authorization, Proxy-Authorization */
  RUNGS_AUTH_INFO,        /* Authentication-Info, Proxy-Authentication-Info */
} RungsAuthRole;

typedef struct
{
  guint8 role;   /* RungsAuthRole */
  guint8 scheme; /* RungsSipScheme */
  guint8 token;  /* RungsTokenKind of gssapi-data */
  guint8 proxy : 1; /* a Proxy- header */
  guint8 stale : 1; /* stale=true */
  guint8 token_twice : 1; /* gssapi-data stands in it twice */
  guint16 header;         /* RungsSipHeaderId */
  RungsSlice value;       /* the whole header value */
  RungsSlice scheme_name; /* as written */
  RungsSlice realm;
  RungsSlice targetname;
  RungsSlice opaque;
  RungsSlice version;
  RungsSlice gssapi;    /* base64 */
  RungsSlice signature; /* response or rspauth */
  RungsSlice random;    /* crand or srand */
  RungsSlice number;    /* cnum or snum */
  RungsSlice username;
  RungsSlice nonce;
  RungsSlice sts_uri;
} RungsAuthFact;

/** RUNGS_MAX_AUTH_FACTS: a message with more authentication headers is judged by its first ones. */
#define RUNGS_MAX_AUTH_FACTS 16

/** RungsAuthMemory: headers that were taken apart lately: a server's challenges are the same for all its clients. Zeroed at first. */
typedef struct
{
  /*< private >*/
  RungsAuthFact facts[64];
} RungsAuthMemory;

/** rungs_auth_facts_collect: appends those of @sip to @facts, at most RUNGS_MAX_AUTH_FACTS. What @memory knows must still be
 * there. Returns: how many */
guint      rungs_auth_facts_collect       (const RungsSipMessage *sip,
                                           RungsAuthMemory       *memory,
                                           GArray                *facts);

/** rungs_auth_fact_get_host: the targetname without its service ("sip/"). */
RungsSlice rungs_auth_fact_get_host       (const RungsAuthFact   *self);

/** rungs_auth_fact_is_proof: whether these credentials prove something: a password, a ticket, a signature. Without proof
 * are the empty NEGOTIATE and the steps of a handshake that has not come to its end. */
gboolean   rungs_auth_fact_is_proof       (const RungsAuthFact   *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A keytab opens Kerberos tickets, and the tickets' keys check signatures (RFC 4120, 5.3 and 5.5; RFC 4121, 4.2; RFC 4757, 7.3).
 *
 * In: AP-REQ and AP-REP as they stand in gssapi-data. Out: the keys that sign, and whether a signature is right.  Times
 * are not looked at: a trace is old, and its tickets have expired.  Keys are secrets: keep RungsKerberosKeys in a
 * RungsSecret or wipe it.  Neither krb5.conf nor environment counts: the same keytab gives the same result everywhere. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

typedef struct _RungsKeytab RungsKeytab;

typedef struct
{
  gint32 type;       /* encryption type, 0: there is no such key */
  guint32 length;
  guint8 bytes[64];
} RungsKerberosKey;

typedef struct
{
  RungsKerberosKey session;  /* of the ticket */
  RungsKerberosKey subkey;   /* that the client chose, in its authenticator */
  RungsKerberosKey acceptor; /* that the server chose, in its AP-REP */
} RungsKerberosKeys;

/** rungs_keytab_open: @path: a file. Returns: (transfer full): the keytab, or %NULL and @error */
RungsKeytab *rungs_keytab_open   (const char *path,
                                  GError    **error);
void         rungs_keytab_close  (RungsKeytab *self);

typedef enum
{
  RUNGS_KEYTAB_OPENED,
  RUNGS_KEYTAB_NO_KEY,    /* it has none of the ticket's service and encryption type */
  RUNGS_KEYTAB_OTHER_KEY, /* the service's key, but the ticket was made with another one */
} RungsKeytabResult;

/**
 * rungs_keytab_open_request:
 * @token: an AP-REQ as it stands in gssapi-data
 * @keys: (out): the keys of the session
 * @opened: (out) (nullable) (transfer full): what ticket and authenticator say, without any key
 *
 * The key need not have the ticket's version or name, where it fits.
 *
 * Returns: whether ticket and authenticator are open
 */
RungsKeytabResult rungs_keytab_open_request (RungsKeytab       *self,
                                             RungsSlice         token,
                                             RungsKerberosKeys *keys,
                                             RungsField       **opened);

/** rungs_keytab_open_reply: adds the acceptor's key, where @token is the AP-REP to the request of @keys, and what it says to
 * @opened (nullable). */
void              rungs_keytab_open_reply   (RungsKeytab       *self,
                                             RungsSlice         token,
                                             RungsKerberosKeys *keys,
                                             RungsField        *opened);

/** rungs_keytab_can_verify: whether @signature is of a kind that can be checked: not of DES. */
gboolean          rungs_keytab_can_verify   (RungsSlice         signature);

/** rungs_keytab_verify: whether @signature is the one that client or server made over @text. */
gboolean     rungs_keytab_verify       (RungsKeytab             *self,
                                        const RungsKerberosKeys *keys,
                                        gboolean                 from_server,
                                        RungsSlice               text,
                                        RungsSlice               signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsKeytab, rungs_keytab_close)

G_END_DECLS

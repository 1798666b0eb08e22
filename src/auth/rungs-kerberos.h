/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages: bytes → AS-, TGS- and AP-messages and KRB-ERROR with their parts (RFC 4120, 5.4 to 5.9).
 *
 * In: one message as it stands in gssapi-data or on port 88, without the length that TCP puts before it. Out: RungsKerberos for
 * rules and for whoever looks for the exchange that a ticket came from, and the tree of fields for people.  A message that is
 * cut short is read as far as it goes: @truncated says so, and so do remarks in the tree.  Slices point into the message. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** RungsKerberosType: the numbers of msg-type (RFC 4120, 7.5.7). */
typedef enum
{
  RUNGS_KERBEROS_AS_REQ = 10,
  RUNGS_KERBEROS_AS_REP = 11,
  RUNGS_KERBEROS_TGS_REQ = 12,
  RUNGS_KERBEROS_TGS_REP = 13,
  RUNGS_KERBEROS_AP_REQ = 14,
  RUNGS_KERBEROS_AP_REP = 15,
  RUNGS_KERBEROS_SAFE = 20,
  RUNGS_KERBEROS_PRIV = 21,
  RUNGS_KERBEROS_CRED = 22,
  RUNGS_KERBEROS_ERROR = 30,
} RungsKerberosType;

/** The kinds of pre-authentication data that rules ask for; all of them stand in data/knowledge/kerberos-padata.xml. */
#define RUNGS_KERBEROS_PA_TGS_REQ       1
#define RUNGS_KERBEROS_PA_ENC_TIMESTAMP 2
#define RUNGS_KERBEROS_PA_ETYPE_INFO2   19

/** Bits of ap-options and of kdc-options; bit 0 of the standard is the highest one. */
#define RUNGS_KERBEROS_AP_MUTUAL_REQUIRED 0x20000000u
#define RUNGS_KERBEROS_KDC_FORWARDABLE    0x40000000u
#define RUNGS_KERBEROS_KDC_RENEWABLE      0x00800000u
#define RUNGS_KERBEROS_KDC_RENEW          0x00000002u

#define RUNGS_KERBEROS_MAX_LIST 32

/** RungsKerberosTicket: what can be read of a ticket without a key. */
typedef struct
{
  RungsSlice bytes; /* data %NULL: there is none */
  RungsSlice realm;
  RungsSlice sname; /* a name, see rungs_kerberos_dup_name() */
  gint32 etype;     /* 0: not read */
  gint32 kvno;      /* 0: it does not say */
  gsize size;       /* of its encrypted part, bytes */
} RungsKerberosTicket;

typedef struct
{
  RungsSlice bytes;
  guint type;          /* RungsKerberosType */
  gboolean truncated;  /* it ends before its end */
  RungsSlice realm;    /* requests: of the KDC that is asked; KRB-ERROR: of the service */
  RungsSlice crealm;   /* of the client: replies, KRB-ERROR */
  RungsSlice cname;    /* names, see rungs_kerberos_dup_name(); TGS-REQ has no cname */
  RungsSlice sname;    /* requests: for which service; replies and AP-REQ: as the ticket says */
  guint32 options;     /* kdc-options or ap-options */
  gint64 from;         /* times in µs since 1970, 0: none */
  gint64 till;
  gint64 rtime;
  guint32 nonce;
  gint32 etypes[RUNGS_KERBEROS_MAX_LIST]; /* that the client can use, the one that it prefers first */
  guint n_etypes;
  gint32 padata[RUNGS_KERBEROS_MAX_LIST]; /* types of pre-authentication data; KRB-ERROR: those that its e-data asks for */
  guint n_padata;
  RungsKerberosTicket ticket; /* AP-REQ, replies: the ticket; TGS-REQ: the ticket-granting ticket that it shows */
  gint32 etype;        /* of the encrypted part: the authenticator of AP-REQ and TGS-REQ; replies; 0: none */
  guint32 error_code;  /* KRB-ERROR */
  gint64 ctime;        /* KRB-ERROR: both clocks */
  gint64 stime;
  RungsSlice e_text;
  RungsSlice e_data;
} RungsKerberos;

/** rungs_kerberos_parse: Returns: whether @message begins as a Kerberos message */
gboolean    rungs_kerberos_parse    (RungsKerberos *self,
                                     RungsSlice     message);

/** rungs_kerberos_has_padata: whether @type is among the pre-authentication data. */
gboolean    rungs_kerberos_has_padata (const RungsKerberos *self,
                                       gint32               type);

/** rungs_kerberos_dup_name: a PrincipalName as people write it, "sip/pool01.contoso.example". (transfer full): display text,
 * "" where there is none */
char       *rungs_kerberos_dup_name (RungsSlice     name);

/** rungs_kerberos_get_type_name: "AS-REQ", "KRB-ERROR"; static, %NULL for none of RungsKerberosType. */
const char *rungs_kerberos_get_type_name (guint type);

/** rungs_kerberos_to_field: the tree of @message, whatever it is; ranges count from its first byte. (transfer full) */
RungsField *rungs_kerberos_to_field (RungsSlice     message);

/**
 * rungs_kerberos_opened_to_field:
 * @type: "EncTicketPart", "Authenticator" or "EncAPRepPart"
 * @plain: what was decrypted
 *
 * Keys are left out, and the fields stand nowhere: no byte of the token shows them.
 *
 * Returns: (transfer full) (nullable): the tree, or %NULL where @plain is no such structure
 */
RungsField *rungs_kerberos_opened_to_field (const char *type,
                                            RungsSlice  plain);

/** rungs_kerberos_find: the Kerberos message in the frames of GSS-API and SPNEGO around it; data %NULL where there is none. */
RungsSlice  rungs_kerberos_find     (RungsSlice     token);

G_END_DECLS

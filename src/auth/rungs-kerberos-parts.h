/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Inside of Kerberos: of which parts each structure consists, as tables (RFC 4120, 5; RFC 6113; [MS-KILE] 2.2).
 *
 * Every structure is a SEQUENCE of parts with numbered tags; a table names them in the words of the standards and says in which form
 * each becomes a field.  rungs-kerberos-fields.c walks a message by them. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_KERBEROS_FORM_INTEGER,
  RUNGS_KERBEROS_FORM_MESSAGE_TYPE,
  RUNGS_KERBEROS_FORM_NAME_TYPE,
  RUNGS_KERBEROS_FORM_ENCRYPTION_TYPE,
  RUNGS_KERBEROS_FORM_ERROR_CODE,
  RUNGS_KERBEROS_FORM_PADATA_TYPE,
  RUNGS_KERBEROS_FORM_BOOLEAN,
  RUNGS_KERBEROS_FORM_TEXT,
  RUNGS_KERBEROS_FORM_TIME,
  RUNGS_KERBEROS_FORM_SIZE,    /* bytes that nobody can read */
  RUNGS_KERBEROS_FORM_HEX,
  RUNGS_KERBEROS_FORM_FLAGS,
  RUNGS_KERBEROS_FORM_NAME,
  RUNGS_KERBEROS_FORM_GROUP,   /* one structure */
  RUNGS_KERBEROS_FORM_LIST,    /* SEQUENCE OF structures */
  RUNGS_KERBEROS_FORM_NUMBERS, /* SEQUENCE OF encryption types */
  RUNGS_KERBEROS_FORM_PADATA,  /* SEQUENCE OF PA-DATA */
  RUNGS_KERBEROS_FORM_ERROR_DATA,
  RUNGS_KERBEROS_FORM_AUTHORIZATION, /* AuthorizationData */
  RUNGS_KERBEROS_FORM_CHECKSUM,      /* of an authenticator: in GSS-API it holds flags */
} RungsKerberosForm;

typedef struct
{
  guint bit;
  const char *name;
} RungsKerberosFlag;

typedef struct _RungsKerberosPart RungsKerberosPart;

struct _RungsKerberosPart
{
  guint number;
  const char *name;
  RungsKerberosForm form;
  const RungsKerberosPart *parts; /* GROUP and LIST, ended by a part without name */
  const RungsKerberosFlag *flags; /* FLAGS, ended by a flag without name */
  const char *item;               /* LIST: the name of one of them */
};

/** rungs_kerberos_get_parts: of the message with application tag @type (a RungsKerberosType); static, %NULL for no message. */
const RungsKerberosPart *rungs_kerberos_get_parts        (guint type);

/** rungs_kerberos_get_opened_parts: of what is encrypted in tickets and messages: "EncTicketPart", "Authenticator",
 * "EncAPRepPart". @tag (out): its application tag */
const RungsKerberosPart *rungs_kerberos_get_opened_parts (const char *type,
                                                          guchar     *tag);

/** rungs_kerberos_get_padata_parts: of the value of pre-authentication data of @type; static, %NULL where it is no structure.
 * @is_list (out): whether it is a SEQUENCE OF them */
const RungsKerberosPart *rungs_kerberos_get_padata_parts (gint64    type,
                                                          gboolean *is_list);

/** rungs_kerberos_get_error_data_parts: KERB-ERROR-DATA of [MS-KILE] 2.2.1; static. */
const RungsKerberosPart *rungs_kerberos_get_error_data_parts (void);

/** rungs_kerberos_read_integer: the content of an INTEGER of up to 8 bytes, otherwise 0. */
gint64                   rungs_kerberos_read_integer     (RungsSlice content);

/** rungs_kerberos_read_time: the content of a KerberosTime in µs since 1970, 0 where it is none. */
gint64                   rungs_kerberos_read_time        (RungsSlice content);

G_END_DECLS

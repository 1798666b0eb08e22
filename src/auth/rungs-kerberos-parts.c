/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The tables of Kerberos.  See rungs-kerberos-parts.h. */

#include "config.h"

#include "rungs-kerberos-parts.h"
#include "rungs-kerberos.h"

#define INTEGER(number, name)                                                                                \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_INTEGER                                                                \
  }
#define TEXT(number, name)                                                                                   \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_TEXT                                                                   \
  }
#define TIME(number, name)                                                                                   \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_TIME                                                                   \
  }
#define NAME(number, name)                                                                                   \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_NAME                                                                   \
  }
#define SIZE(number, name)                                                                                   \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_SIZE                                                                   \
  }
#define HEX(number, name)                                                                                    \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_HEX                                                                    \
  }
#define FLAGS(number, name, flags)                                                                           \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_FLAGS, NULL, flags                                                     \
  }
#define GROUP(number, name, parts)                                                                           \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_GROUP, parts                                                           \
  }
#define LIST(number, name, parts, i)                                                                         \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_LIST, parts, NULL, i                                                   \
  }
#define ENCRYPTION_TYPE(number, name)                                                                        \
  {                                                                                                          \
    number, name, RUNGS_KERBEROS_FORM_ENCRYPTION_TYPE                                                        \
  }
#define MESSAGE_TYPE(number)                                                                                 \
  {                                                                                                          \
    number, "msg-type", RUNGS_KERBEROS_FORM_MESSAGE_TYPE                                                     \
  }
#define PADATA(number)                                                                                       \
  {                                                                                                          \
    number, "padata", RUNGS_KERBEROS_FORM_PADATA                                                             \
  }
#define END                                                                                                  \
  {                                                                                                          \
    0                                                                                                        \
  }

/* Flags of ap-options (5.5.1), and of kdc-options and tickets (5.4.1, 5.3). */
static const RungsKerberosFlag ap_options[] = {
  { 1, "use-session-key" },
  { 2, "mutual-required" },
  END,
};

static const RungsKerberosFlag kdc_options[] = {
  { 1, "forwardable" },
  { 2, "forwarded" },
  { 3, "proxiable" },
  { 4, "proxy" },
  { 5, "allow-postdate" },
  { 6, "postdated" },
  { 8, "renewable" },
  { 14, "cname-in-addl-tkt" },
  { 15, "canonicalize" },
  { 16, "request-anonymous" },
  { 26, "disable-transited-check" },
  { 27, "renewable-ok" },
  { 28, "enc-tkt-in-skey" },
  { 30, "renew" },
  { 31, "validate" },
  END,
};

static const RungsKerberosFlag pac_options[] = {
  { 0, "claims" },
  { 1, "branch-aware" },
  { 2, "forward-to-full-dc" },
  { 3, "resource-based-constrained-delegation" },
  END,
};

static const RungsKerberosPart encrypted[] = {
  ENCRYPTION_TYPE (0, "etype"),
  INTEGER (1, "kvno"),
  SIZE (2, "cipher"),
  END,
};

static const RungsKerberosPart ticket[] = {
  INTEGER (0, "tkt-vno"), TEXT (1, "realm"), NAME (2, "sname"), GROUP (3, "enc-part", encrypted), END,
};

static const RungsKerberosPart address[] = {
  INTEGER (0, "addr-type"),
  HEX (1, "address"),
  END,
};

static const RungsKerberosPart checksum[] = {
  INTEGER (0, "cksumtype"),
  HEX (1, "checksum"),
  END,
};

static const RungsKerberosPart kdc_request_body[] = {
  FLAGS (0, "kdc-options", kdc_options),
  NAME (1, "cname"),
  TEXT (2, "realm"),
  NAME (3, "sname"),
  TIME (4, "from"),
  TIME (5, "till"),
  TIME (6, "rtime"),
  INTEGER (7, "nonce"),
  { 8, "etypes", RUNGS_KERBEROS_FORM_NUMBERS },
  LIST (9, "addresses", address, "HostAddress"),
  GROUP (10, "enc-authorization-data", encrypted),
  LIST (11, "additional-tickets", ticket, "ticket"),
  END,
};

static const RungsKerberosPart kdc_request[] = {
  INTEGER (1, "pvno"), MESSAGE_TYPE (2), PADATA (3), GROUP (4, "req-body", kdc_request_body), END,
};

static const RungsKerberosPart kdc_reply[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  PADATA (2),
  TEXT (3, "crealm"),
  NAME (4, "cname"),
  GROUP (5, "ticket", ticket),
  GROUP (6, "enc-part", encrypted),
  END,
};

static const RungsKerberosPart ap_request[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  FLAGS (2, "ap-options", ap_options),
  GROUP (3, "ticket", ticket),
  GROUP (4, "authenticator", encrypted),
  END,
};

static const RungsKerberosPart ap_reply[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  GROUP (2, "enc-part", encrypted),
  END,
};

static const RungsKerberosPart safe_body[] = {
  SIZE (0, "user-data"),
  TIME (1, "timestamp"),
  INTEGER (2, "usec"),
  INTEGER (3, "seq-number"),
  GROUP (4, "s-address", address),
  GROUP (5, "r-address", address),
  END,
};

static const RungsKerberosPart safe[] = {
  INTEGER (0, "pvno"), MESSAGE_TYPE (1), GROUP (2, "safe-body", safe_body), GROUP (3, "cksum", checksum), END,
};

static const RungsKerberosPart private[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  GROUP (3, "enc-part", encrypted),
  END,
};

static const RungsKerberosPart credentials[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  LIST (2, "tickets", ticket, "ticket"),
  GROUP (3, "enc-part", encrypted),
  END,
};

static const RungsKerberosPart error[] = {
  INTEGER (0, "pvno"),
  MESSAGE_TYPE (1),
  TIME (2, "ctime"),
  INTEGER (3, "cusec"),
  TIME (4, "stime"),
  INTEGER (5, "susec"),
  { 6, "error-code", RUNGS_KERBEROS_FORM_ERROR_CODE },
  TEXT (7, "crealm"),
  NAME (8, "cname"),
  TEXT (9, "realm"),
  NAME (10, "sname"),
  TEXT (11, "e-text"),
  { 12, "e-data", RUNGS_KERBEROS_FORM_ERROR_DATA },
  END,
};

static const RungsKerberosPart encryption_info[] = {
  ENCRYPTION_TYPE (0, "etype"),
  TEXT (1, "salt"),
  HEX (2, "s2kparams"),
  END,
};

static const RungsKerberosPart pac_request[] = {
  { 0, "include-pac", RUNGS_KERBEROS_FORM_BOOLEAN },
  END,
};

static const RungsKerberosPart pac_option_parts[] = {
  FLAGS (0, "pac-options", pac_options),
  END,
};

static const RungsKerberosPart for_user[] = {
  NAME (0, "userName"), TEXT (1, "userRealm"), GROUP (2, "cksum", checksum), TEXT (3, "auth-package"), END,
};

static const RungsKerberosPart error_data[] = {
  INTEGER (1, "data-type"),
  HEX (2, "data-value"),
  END,
};

static const RungsKerberosFlag ticket_flags[] = {
  { 1, "forwardable" },     { 2, "forwarded" },    { 3, "proxiable" },
  { 4, "proxy" },           { 5, "may-postdate" }, { 6, "postdated" },
  { 7, "invalid" },         { 8, "renewable" },    { 9, "initial" },
  { 10, "pre-authent" },    { 11, "hw-authent" },  { 12, "transited-policy-checked" },
  { 13, "ok-as-delegate" }, { 15, "enc-pa-rep" },  END,
};

/* The key itself is not shown. */
static const RungsKerberosPart key[] = {
  ENCRYPTION_TYPE (0, "keytype"),
  SIZE (1, "keyvalue"),
  END,
};

static const RungsKerberosPart transited[] = {
  INTEGER (0, "tr-type"),
  TEXT (1, "contents"),
  END,
};

static const RungsKerberosPart ticket_part[] = {
  FLAGS (0, "flags", ticket_flags),
  GROUP (1, "key", key),
  TEXT (2, "crealm"),
  NAME (3, "cname"),
  GROUP (4, "transited", transited),
  TIME (5, "authtime"),
  TIME (6, "starttime"),
  TIME (7, "endtime"),
  TIME (8, "renew-till"),
  LIST (9, "addresses", address, "HostAddress"),
  { 10, "authorization-data", RUNGS_KERBEROS_FORM_AUTHORIZATION },
  END,
};

static const RungsKerberosPart authenticator[] = {
  INTEGER (0, "authenticator-vno"),
  TEXT (1, "crealm"),
  NAME (2, "cname"),
  { 3, "cksum", RUNGS_KERBEROS_FORM_CHECKSUM },
  INTEGER (4, "cusec"),
  TIME (5, "ctime"),
  GROUP (6, "subkey", key),
  INTEGER (7, "seq-number"),
  { 8, "authorization-data", RUNGS_KERBEROS_FORM_AUTHORIZATION },
  END,
};

static const RungsKerberosPart reply_part[] = {
  TIME (0, "ctime"), INTEGER (1, "cusec"), GROUP (2, "subkey", key), INTEGER (3, "seq-number"), END,
};

static const struct
{
  const char *name;
  guchar tag;
  const RungsKerberosPart *parts;
} opened[] = {
  { "EncTicketPart", 0x63, ticket_part },
  { "Authenticator", 0x62, authenticator },
  { "EncAPRepPart", 0x7b, reply_part },
};

static const struct
{
  guint type;
  const char *name;
  const RungsKerberosPart *parts;
} messages[] = {
  { RUNGS_KERBEROS_AS_REQ, "AS-REQ", kdc_request },   { RUNGS_KERBEROS_AS_REP, "AS-REP", kdc_reply },
  { RUNGS_KERBEROS_TGS_REQ, "TGS-REQ", kdc_request }, { RUNGS_KERBEROS_TGS_REP, "TGS-REP", kdc_reply },
  { RUNGS_KERBEROS_AP_REQ, "AP-REQ", ap_request },    { RUNGS_KERBEROS_AP_REP, "AP-REP", ap_reply },
  { RUNGS_KERBEROS_SAFE, "KRB-SAFE", safe },          { RUNGS_KERBEROS_PRIV, "KRB-PRIV", private },
  { RUNGS_KERBEROS_CRED, "KRB-CRED", credentials },   { RUNGS_KERBEROS_ERROR, "KRB-ERROR", error },
};

static const struct
{
  gint64 type;
  gboolean is_list;
  const RungsKerberosPart *parts;
} padata[] = {
  { RUNGS_KERBEROS_PA_ENC_TIMESTAMP, FALSE, encrypted },
  { 11, TRUE, encryption_info },
  { RUNGS_KERBEROS_PA_ETYPE_INFO2, TRUE, encryption_info },
  { 128, FALSE, pac_request },
  { 129, FALSE, for_user },
  { 167, FALSE, pac_option_parts },
};

const char *
rungs_kerberos_get_type_name (guint type)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (messages[i].type == type)
      return messages[i].name;
  return NULL;
}

const RungsKerberosPart *
rungs_kerberos_get_parts (guint type)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (messages[i].type == type)
      return messages[i].parts;
  return NULL;
}

const RungsKerberosPart *
rungs_kerberos_get_padata_parts (gint64 type, gboolean *is_list)
{
  g_return_val_if_fail (is_list != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (padata); i++)
    if (padata[i].type == type)
      {
        *is_list = padata[i].is_list;
        return padata[i].parts;
      }
  return NULL;
}

const RungsKerberosPart *
rungs_kerberos_get_error_data_parts (void)
{
  return error_data;
}

const RungsKerberosPart *
rungs_kerberos_get_opened_parts (const char *type, guchar *tag)
{
  g_return_val_if_fail (type != NULL && tag != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    if (g_str_equal (opened[i].name, type))
      {
        *tag = opened[i].tag;
        return opened[i].parts;
      }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The names of token kinds.  See rungs-token.h. */

#include "config.h"

#include "rungs-token.h"

typedef struct
{
  const char *name;
  const char *badge;
} KindName;

/* Terms of the standards, never translated. */
static const KindName kind_names[] = {
  [RUNGS_TOKEN_NONE] = { "", "" },
  [RUNGS_TOKEN_EMPTY] = { "empty", "empty token" },
  [RUNGS_TOKEN_NTLM_NEGOTIATE] = { "NEGOTIATE_MESSAGE", "NTLM NEGOTIATE" },
  [RUNGS_TOKEN_NTLM_CHALLENGE] = { "CHALLENGE_MESSAGE", "NTLM CHALLENGE" },
  [RUNGS_TOKEN_NTLM_AUTHENTICATE] = { "AUTHENTICATE_MESSAGE", "NTLM AUTHENTICATE" },
  [RUNGS_TOKEN_KRB_AP_REQ] = { "KRB_AP_REQ", "Kerberos AP-REQ" },
  [RUNGS_TOKEN_KRB_AP_REP] = { "KRB_AP_REP", "Kerberos AP-REP" },
  [RUNGS_TOKEN_KRB_ERROR] = { "KRB_ERROR", "Kerberos KRB-ERROR" },
  [RUNGS_TOKEN_TLS_CLIENT_HELLO] = { "ClientHello", "TLS ClientHello" },
  [RUNGS_TOKEN_TLS_SERVER_HELLO] = { "ServerHello", "TLS ServerHello" },
  [RUNGS_TOKEN_TLS_RECORDS] = { "TLS records", "TLS records" },
  [RUNGS_TOKEN_TLS_ALERT] = { "TLS alert", "TLS alert" },
  [RUNGS_TOKEN_NOT_BASE64] = { "not base64", "not base64" },
  [RUNGS_TOKEN_UNKNOWN] = { "unknown token", "unknown token" },
};

const char *
rungs_token_kind_get_name (RungsTokenKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), "");
  return kind_names[kind].name;
}

const char *
rungs_token_kind_get_badge (RungsTokenKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), "");
  return kind_names[kind].badge;
}

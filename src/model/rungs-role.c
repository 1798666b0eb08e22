/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Names of roles and of the reasons for them.  See rungs-lanes.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-lanes.h"

const char *
rungs_role_get_id (RungsRole role)
{
  static const char *const ids[] = {
    "host", "client", "edge", "pool", "proxy", "registrar", "server", "gateway", "kdc",
  };

  g_return_val_if_fail (role < G_N_ELEMENTS (ids), "host");
  return ids[role];
}

const char *
rungs_role_get_name (RungsRole role)
{
  static const char *const names[] = {
    N_ ("Host"),      N_ ("Client"), N_ ("Access Edge"), N_ ("Home pool"), N_ ("Proxy"),
    N_ ("Registrar"), N_ ("Server"), N_ ("Gateway"),     N_ ("KDC"),
  };

  g_return_val_if_fail (role < G_N_ELEMENTS (names), "");
  return _ (names[role]);
}

const char *
rungs_lane_get_role_name (const RungsLane *self)
{
  g_return_val_if_fail (self != NULL, "");
  return self->reason == RUNGS_ROLE_REASON_NTLM_PROOF ? _ ("Domain controller")
                                                      : rungs_role_get_name (self->role);
}

const char *
rungs_role_reason_get_id (RungsRoleReason reason)
{
  static const char *const ids[] = {
    "none",       "sends-first-request", "user-agent",       "remote-user", "relays", "port",
    "targetname", "server-header",       "answers-register", "wrote-log",   "ticket", "ntlm-proof",
  };

  g_return_val_if_fail (reason < G_N_ELEMENTS (ids), "none");
  return ids[reason];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message → its tree of fields.  See rungs-sip-fields.h. */

#include "config.h"

#include "rungs-sip-fields.h"
#include "rungs-sip-uri.h"
#include "rungs-text.h"

#define MAX_LABEL 60

/* "REGISTER contoso.example", "INVITE bob@contoso.example" */
static char *
request_to_short_line (const RungsSipMessage *message)
{
  g_autofree char *method = rungs_text_display_max (message->method_name, 24);
  g_autofree char *target = NULL;
  RungsSipUri uri;

  rungs_sip_uri_parse (&uri, message->request_uri);
  if (message->method == RUNGS_SIP_METHOD_REGISTER && uri.host.length > 0)
    target = rungs_text_display (uri.host);
  else
    target = rungs_sip_uri_to_aor (&uri);
  return g_strconcat (method, " ", target, NULL);
}

char *
rungs_sip_message_to_short_line (const RungsSipMessage *message)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  switch (message->kind)
    {
    case RUNGS_SIP_KIND_REQUEST:
      line = request_to_short_line (message);
      break;
    case RUNGS_SIP_KIND_RESPONSE:
      {
        g_autofree char *reason = rungs_text_display_max (message->reason, MAX_LABEL);

        line = g_strdup_printf ("%u%s%s", message->status, reason[0] != '\0' ? " " : "", reason);
        break;
      }
    case RUNGS_SIP_KIND_MALFORMED:
      if (message->start_line.length > 0)
        line = rungs_text_display_max (rungs_slice_trim (message->start_line), MAX_LABEL);
      else if (message->n_headers > 0)
        line = rungs_text_display_max (message->headers[0].name, MAX_LABEL);
      else
        line = g_strdup ("");
      break;
    default:
      g_assert_not_reached ();
    }
  return rungs_text_display_max (rungs_slice_from_string (line), MAX_LABEL);
}

RungsField *
rungs_sip_fields_new (const RungsSipMessage *message)
{
  g_return_val_if_fail (message != NULL, NULL);
  return rungs_field_new ("SIP", "", 0, message->bytes.length);
}

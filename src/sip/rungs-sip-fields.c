/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message → its tree of fields.  See rungs-sip-fields.h. */

#include "config.h"

#include "rungs-sip-field-parts.h"
#include "rungs-sip-fields.h"
#include "rungs-sip-uri.h"
#include "rungs-text.h"

#define MAX_HEADERS 2000
#define MAX_PARTS   4000
#define MAX_NAME    200

/* The longest label of a rung, in characters. */
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

static void
add_start_line (RungsSipFieldBuilder *builder, RungsField *root)
{
  const RungsSipMessage *message = builder->message;
  gboolean is_request = message->kind == RUNGS_SIP_KIND_REQUEST;
  g_autofree char *text = NULL;
  g_autofree char *topic = NULL;
  RungsField *line;

  if (message->start_line.length == 0)
    return;
  text = rungs_sip_value_to_display (message->start_line);
  line = rungs_field_new (is_request                                 ? "Request-Line"
                          : message->kind == RUNGS_SIP_KIND_RESPONSE ? "Status-Line"
                                                                     : "Start-Line",
                          text,
                          rungs_slice_offset_in (message->start_line, message->bytes),
                          message->start_line.length);
  rungs_field_add (root, line);
  if (is_request)
    {
      RungsField *method = rungs_sip_field_builder_add (builder, line, "Method", message->method_name, NULL);

      topic = g_strconcat ("method:", method->value, NULL);
      rungs_field_set_topic (line, topic);
      rungs_field_set_topic (method, topic);
      rungs_sip_field_builder_add_uri (builder,
                                       rungs_sip_field_builder_add (builder,
                                                                    line,
                                                                    "Request-URI",
                                                                    message->request_uri,
                                                                    NULL),
                                       message->request_uri);
      rungs_sip_field_builder_add (builder, line, "SIP-Version", message->version, NULL);
    }
  else if (message->kind == RUNGS_SIP_KIND_RESPONSE)
    {
      topic = g_strdup_printf ("status:%u", message->status);
      rungs_field_set_topic (line, topic);
    }
}

static void
add_header (RungsSipFieldBuilder *builder, RungsField *root, const RungsSipHeader *header)
{
  g_autofree char *written = rungs_text_display_max (header->name, MAX_NAME);
  g_autofree char *value = rungs_sip_value_to_display (header->value);
  const char *name =
    header->id != RUNGS_SIP_HEADER_UNKNOWN ? rungs_sip_header_get_name (header->id) : written;
  g_autofree char *topic = g_strconcat ("header:", name, NULL);
  RungsField *field = rungs_field_new (name,
                                       value,
                                       rungs_slice_offset_in (header->name, builder->message->bytes),
                                       rungs_slice_end (header->value) - header->name.data);

  rungs_field_set_topic (field, topic);
  rungs_field_add (root, field);
  rungs_sip_field_builder_add_parts (builder, field, header);
}

/* Gives each remark to the part of the top level that it stands in; the first one stays. */
static void
distribute_remarks (const RungsSipMessage *message, RungsField *root)
{
  if (rungs_field_get_n_children (root) == 0)
    return;
  for (guint i = 0; i < message->n_remarks; i++)
    {
      const RungsRemark *remark = &message->remarks[i];
      guint low = 0, high = rungs_field_get_n_children (root);

      /* What is missing stands nowhere. */
      if (remark->code == RUNGS_REMARK_HEADER_MISSING)
        continue;
      while (high - low > 1)
        {
          guint middle = low + (high - low) / 2;

          if (remark->offset < rungs_field_get_child (root, middle)->offset)
            high = middle;
          else
            low = middle;
        }
      if (rungs_field_get_child (root, low)->remark == RUNGS_REMARK_NONE)
        rungs_field_get_child (root, low)->remark = remark->code;
    }
}

RungsField *
rungs_sip_fields_new (const RungsSipMessage *message)
{
  RungsSipFieldBuilder builder = { message, MAX_PARTS };
  RungsField *root;

  g_return_val_if_fail (message != NULL, NULL);

  root = rungs_field_new ("SIP", "", 0, message->bytes.length);
  add_start_line (&builder, root);
  for (guint i = 0; i < message->n_headers && i < MAX_HEADERS; i++)
    add_header (&builder, root, &message->headers[i]);
  rungs_sip_field_builder_add_body (&builder, root);
  distribute_remarks (message, root);
  return root;
}

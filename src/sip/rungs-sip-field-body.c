/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A body → its fields: SDP by line, with the names of RFC 8866, anything else as text.  See rungs-sip-field-parts.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-field-parts.h"
#include "rungs-text.h"

#define MAX_BODY_TEXT 65536

/* Terms of RFC 8866, 5, never translated. */
static const char *
sdp_name (char letter)
{
  switch (letter)
    {
    case 'v':
      return "version";
    case 'o':
      return "origin";
    case 's':
      return "session name";
    case 'i':
      return "session information";
    case 'u':
      return "URI";
    case 'e':
      return "email address";
    case 'p':
      return "phone number";
    case 'c':
      return "connection";
    case 'b':
      return "bandwidth";
    case 't':
      return "time";
    case 'r':
      return "repeat times";
    case 'z':
      return "time zone";
    case 'k':
      return "encryption key";
    case 'a':
      return "attribute";
    case 'm':
      return "media";
    default:
      return NULL;
    }
}

static void
add_sdp (RungsSipFieldBuilder *self, RungsField *body)
{
  RungsSlice rest = self->message->body, line;
  RungsField *media = NULL;

  while (self->budget > 0 && rungs_scan_line (&rest, &line))
    {
      RungsSlice value = rungs_slice_skip (line, 2);
      const char *name = line.length >= 2 && line.data[1] == '=' ? sdp_name (line.data[0]) : NULL;
      RungsField *field;

      if (line.length == 0)
        continue;
      if (name == NULL)
        {
          rungs_sip_field_builder_add (self, body, "line", line, NULL);
          continue;
        }
      field = rungs_sip_field_builder_add (self,
                                           line.data[0] == 'm' || media == NULL ? body : media,
                                           name,
                                           value,
                                           NULL);
      if (line.data[0] == 'm')
        media = field;
    }
}

static gboolean
is_sdp (const RungsSipMessage *message)
{
  RungsSlice type = rungs_sip_message_get (message, RUNGS_SIP_HEADER_CONTENT_TYPE);

  if (type.length > 0)
    return rungs_slice_case_starts_with (type, RUNGS_SLICE_LITERAL ("application/sdp"));
  return rungs_slice_starts_with (message->body, RUNGS_SLICE_LITERAL ("v=0"));
}

void
rungs_sip_field_builder_add_body (RungsSipFieldBuilder *self, RungsField *root)
{
  const RungsSipMessage *message = self->message;
  g_autofree char *text = NULL;
  RungsField *body;

  if (message->body.length == 0)
    return;
  if (is_sdp (message))
    {
      body = rungs_field_new ("Message body",
                              "",
                              rungs_slice_offset_in (message->body, message->bytes),
                              message->body.length);
      add_sdp (self, rungs_field_add (root, body));
      return;
    }
  text = rungs_text_display_lines (rungs_slice_sub (message->body, 0, MAX_BODY_TEXT), 0);
  body = rungs_field_new ("Message body",
                          text,
                          rungs_slice_offset_in (message->body, message->bytes),
                          message->body.length);
  rungs_field_add (root, body);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A body → its fields: SDP by line, with the names of RFC 8866, anything else as text.  See rungs-sip-field-parts.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-field-parts.h"
#include "rungs-sip-sdp.h"
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
set_topic (RungsField *field, const char *prefix, RungsSlice name)
{
  g_autofree char *shown = rungs_text_display_max (name, 40);
  g_autofree char *topic = g_strconcat ("sdp:", prefix, shown, NULL);

  if (field != NULL)
    rungs_field_set_topic (field, topic);
}

static void
add_known_part (RungsSipFieldBuilder *self, RungsField *field, const char *name, RungsSlice value)
{
  RungsField *part =
    field != NULL && value.length > 0 ? rungs_sip_field_builder_add (self, field, name, value, NULL) : NULL;

  set_topic (part, "", value);
}

/* "audio 49170 RTP/AVP 0 8": what can be explained by itself. */
static void
add_media_parts (RungsSipFieldBuilder *self, RungsField *field, RungsSlice value)
{
  RungsSlice kind = RUNGS_SLICE_EMPTY, port = RUNGS_SLICE_EMPTY, protocol = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&value, ' ', &kind);
  rungs_scan_item (&value, ' ', &port);
  rungs_scan_item (&value, ' ', &protocol);
  add_known_part (self, field, "media", kind);
  add_known_part (self, field, "proto", protocol);
}

/* "rtpmap:8 PCMA/8000": the attribute's name, and the codec that it maps to. */
static void
add_attribute_parts (RungsSipFieldBuilder *self, RungsField *field, RungsSlice value)
{
  RungsSlice name = RUNGS_SLICE_EMPTY, format = RUNGS_SLICE_EMPTY, codec = RUNGS_SLICE_EMPTY;

  rungs_scan_item (&value, ':', &name);
  set_topic (field, "a=", name);
  if (!rungs_slice_equal_string (name, "rtpmap"))
    return;
  rungs_scan_item (&value, ' ', &format);
  rungs_scan_item (&value, '/', &codec);
  add_known_part (self, field, "encoding name", codec);
}

/* @text is the session description: the body, or a part of it. */
static void
add_sdp (RungsSipFieldBuilder *self, RungsField *body, RungsSlice text)
{
  RungsSlice rest = text, line;
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
      set_topic (field, "", rungs_slice_sub (line, 0, 1));
      if (line.data[0] == 'm')
        {
          media = field;
          add_media_parts (self, field, value);
        }
      else if (line.data[0] == 'a')
        add_attribute_parts (self, field, value);
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

static gboolean
is_multipart (const RungsSipMessage *message)
{
  return rungs_slice_case_starts_with (rungs_sip_message_get (message, RUNGS_SIP_HEADER_CONTENT_TYPE),
                                       RUNGS_SLICE_LITERAL ("multipart/"));
}

void
rungs_sip_field_builder_add_body (RungsSipFieldBuilder *self, RungsField *root)
{
  const RungsSipMessage *message = self->message;
  g_autofree char *text = NULL;
  RungsSlice text_part;
  RungsField *body;

  if (message->body.length == 0)
    return;
  if (is_sdp (message))
    {
      body = rungs_field_new ("Message body",
                              "",
                              rungs_slice_offset_in (message->body, message->bytes),
                              message->body.length);
      add_sdp (self, rungs_field_add (root, body), message->body);
      return;
    }
  text = rungs_text_display_lines (rungs_slice_sub (message->body, 0, MAX_BODY_TEXT), 0);
  body = rungs_field_new ("Message body",
                          text,
                          rungs_slice_offset_in (message->body, message->bytes),
                          message->body.length);
  rungs_field_add (root, body);
  text_part = is_multipart (message) ? rungs_sdp_find (message->body) : RUNGS_SLICE_EMPTY;
  if (text_part.length > 0)
    add_sdp (self,
             rungs_sip_field_builder_add (self, body, "session description", text_part, NULL),
             text_part);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One header → its parts.  See rungs-sip-field-parts.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-address.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-field-parts.h"
#include "rungs-sip-via.h"
#include "rungs-text.h"

/* The longest value that is shown as a whole; the raw view holds the rest. */
#define MAX_VALUE 65536

/* What the value of a header is made of. */
typedef enum
{
  SHAPE_PLAIN,
  SHAPE_ADDRESS,
  SHAPE_ADDRESSES,
  SHAPE_AUTH,
  SHAPE_VIAS,
  SHAPE_CSEQ,
  SHAPE_VALUE,       /* value;parameters */
  SHAPE_DIAGNOSTICS, /* error id;parameters */
  SHAPE_METHODS,
  SHAPE_OPTIONS,
} Shape;

static const guint8 shapes[RUNGS_N_SIP_HEADERS] = {
  [RUNGS_SIP_HEADER_FROM] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_TO] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_REFER_TO] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_REFERRED_BY] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_REPLY_TO] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_CONTACT] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_ROUTE] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_RECORD_ROUTE] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_PATH] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_SERVICE_ROUTE] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_P_ASSERTED_IDENTITY] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_P_PREFERRED_IDENTITY] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_HISTORY_INFO] = SHAPE_ADDRESSES,
  [RUNGS_SIP_HEADER_P_PREFERRED_REGISTRAR] = SHAPE_ADDRESS,
  [RUNGS_SIP_HEADER_WWW_AUTHENTICATE] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_PROXY_AUTHENTICATE] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_AUTHORIZATION] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_PROXY_AUTHORIZATION] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_AUTHENTICATION_INFO] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_PROXY_AUTHENTICATION_INFO] = SHAPE_AUTH,
  [RUNGS_SIP_HEADER_VIA] = SHAPE_VIAS,
  [RUNGS_SIP_HEADER_CSEQ] = SHAPE_CSEQ,
  [RUNGS_SIP_HEADER_CONTENT_TYPE] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_CONTENT_DISPOSITION] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_EVENT] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_SUBSCRIPTION_STATE] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_SESSION_EXPIRES] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_REPLACES] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_REASON] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_RETRY_AFTER] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_PRESENCE_STATE] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_MS_KEEP_ALIVE] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_MS_APPLICATION_VIA] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_MS_EDGE_PROXY_MESSAGE_TRUST] = SHAPE_VALUE,
  [RUNGS_SIP_HEADER_MS_DIAGNOSTICS] = SHAPE_DIAGNOSTICS,
  [RUNGS_SIP_HEADER_MS_DIAGNOSTICS_PUBLIC] = SHAPE_DIAGNOSTICS,
  [RUNGS_SIP_HEADER_MS_CLIENT_DIAGNOSTICS] = SHAPE_DIAGNOSTICS,
  [RUNGS_SIP_HEADER_X_MS_DIAGNOSTICS] = SHAPE_DIAGNOSTICS,
  [RUNGS_SIP_HEADER_ALLOW] = SHAPE_METHODS,
  [RUNGS_SIP_HEADER_SUPPORTED] = SHAPE_OPTIONS,
  [RUNGS_SIP_HEADER_REQUIRE] = SHAPE_OPTIONS,
  [RUNGS_SIP_HEADER_PROXY_REQUIRE] = SHAPE_OPTIONS,
  [RUNGS_SIP_HEADER_UNSUPPORTED] = SHAPE_OPTIONS,
};

char *
rungs_sip_value_to_display (RungsSlice value)
{
  g_autoptr (GString) line = NULL;

  value = rungs_slice_sub (value, 0, MAX_VALUE);
  if (value.length == 0 ||
      (memchr (value.data, '\n', value.length) == NULL && memchr (value.data, '\r', value.length) == NULL))
    return rungs_text_display (value);
  line = g_string_sized_new (value.length);
  for (gsize i = 0; i < value.length; i++)
    {
      if (value.data[i] != '\r' && value.data[i] != '\n')
        {
          g_string_append_c (line, value.data[i]);
          continue;
        }
      while (line->len > 0 && rungs_byte_is_space (line->str[line->len - 1]))
        g_string_truncate (line, line->len - 1);
      while (i + 1 < value.length && rungs_byte_is_space (value.data[i + 1]))
        i++;
      g_string_append_c (line, ' ');
    }
  return rungs_text_display (rungs_slice (line->str, line->len));
}

RungsField *
rungs_sip_field_builder_add (
  RungsSipFieldBuilder *self, RungsField *parent, const char *name, RungsSlice value, const char *topic)
{
  g_autofree char *display = NULL;
  RungsField *field;

  if (self->budget == 0)
    return NULL;
  self->budget--;
  display = rungs_sip_value_to_display (value);
  field = rungs_field_new (name, display, rungs_slice_offset_in (value, self->message->bytes), value.length);
  if (topic != NULL)
    {
      g_autofree char *full = g_strconcat (topic, ":", name, NULL);

      rungs_field_set_topic (field, full);
    }
  return rungs_field_add (parent, field);
}

RungsField *
rungs_sip_field_builder_add_named (
  RungsSipFieldBuilder *self, RungsField *parent, RungsSlice name, RungsSlice value, const char *topic)
{
  g_autofree char *display = rungs_text_display_max (name, 120);

  /* A part without a value shows where its name stands. */
  if (value.data == NULL && self->budget > 0)
    {
      RungsField *field = rungs_sip_field_builder_add (self, parent, display, name, topic);

      g_free (field->value);
      field->value = g_strdup ("");
      return field;
    }
  return rungs_sip_field_builder_add (self, parent, display, value, topic);
}

/* As rungs_sip_field_builder_add(), where there is a value, and with a topic that the value names. */
static RungsField *
add_value (
  RungsSipFieldBuilder *self, RungsField *parent, const char *name, RungsSlice value, const char *topic)
{
  RungsField *field;

  if (value.length == 0)
    return NULL;
  field = rungs_sip_field_builder_add (self, parent, name, value, NULL);
  if (field != NULL && topic != NULL)
    {
      g_autofree char *full = g_strconcat (topic, ":", field->value, NULL);

      rungs_field_set_topic (field, full);
    }
  return field;
}

static void
add_parameters (
  RungsSipFieldBuilder *self, RungsField *parent, RungsSlice parameters, char separator, const char *topic)
{
  RungsSlice item, name, value;

  while (self->budget > 0 && rungs_scan_item (&parameters, separator, &item))
    if (item.length > 0)
      {
        rungs_scan_parameter (item, &name, &value);
        rungs_sip_field_builder_add_named (self, parent, name, value, topic);
      }
}

/* ":5060" as a part: the port stands behind the host, with a bracket between them for IPv6. */
static void
add_port (RungsSipFieldBuilder *self, RungsField *parent, RungsSlice host, guint16 port, RungsSlice outer)
{
  RungsSlice behind;
  gsize digits = 0;
  gssize colon;

  if (port == 0 || host.length == 0)
    return;
  behind = rungs_slice (rungs_slice_end (host), rungs_slice_end (outer) - rungs_slice_end (host));
  colon = rungs_slice_find_char (behind, 0, ':');
  if (colon < 0)
    return;
  behind = rungs_slice_trim (rungs_slice_skip (behind, colon + 1));
  while (digits < behind.length && g_ascii_isdigit (behind.data[digits]))
    digits++;
  add_value (self, parent, "port", rungs_slice_sub (behind, 0, digits), NULL);
}

void
rungs_sip_field_builder_add_uri (RungsSipFieldBuilder *self, RungsField *parent, RungsSlice text)
{
  RungsSipUri uri;

  if (parent == NULL)
    return;
  rungs_sip_uri_parse (&uri, text);
  add_value (self, parent, "scheme", uri.scheme, NULL);
  add_value (self, parent, "user", uri.user, NULL);
  add_value (self, parent, "password", uri.password, NULL);
  add_value (self, parent, "host", uri.host, NULL);
  add_port (self, parent, uri.host, uri.port, uri.all);
  add_parameters (self, parent, uri.parameters, ';', "parameter");
  add_parameters (self, parent, uri.headers, '&', "header");
}

static void
add_address (RungsSipFieldBuilder *self, RungsField *parent, RungsSlice text)
{
  RungsSipAddress address;

  rungs_sip_address_parse (&address, text);
  add_value (self, parent, "display-name", address.display, NULL);
  if (address.uri.all.length > 0)
    rungs_sip_field_builder_add_uri (self,
                                     add_value (self, parent, "URI", address.uri.all, NULL),
                                     address.uri.all);
  add_parameters (self, parent, address.parameters, ';', "parameter");
}

static void
add_via (RungsSipFieldBuilder *self, RungsField *parent, RungsSlice text)
{
  RungsSipVia via;

  rungs_sip_via_parse (&via, text);
  add_value (self, parent, "transport", via.transport_name, NULL);
  add_value (self, parent, "host", via.host, NULL);
  add_port (self, parent, via.host, via.port, text);
  add_parameters (self, parent, via.parameters, ';', "parameter");
}

typedef void (*AddItem) (RungsSipFieldBuilder *self, RungsField *parent, RungsSlice text);

/* One item of a list is shown as the header itself; several have a field each. */
static void
add_items (RungsSipFieldBuilder *self, RungsField *field, RungsSlice value, AddItem add_item)
{
  RungsSlice rest = value, item;
  gboolean several;

  if (!rungs_scan_item (&rest, ',', &item))
    return;
  several = rest.length > 0;
  do
    {
      RungsField *parent = several ? add_value (self, field, field->name, item, NULL) : field;

      if (parent != NULL)
        add_item (self, parent, item);
    }
  while (self->budget > 0 && rungs_scan_item (&rest, ',', &item));
}

static void
add_auth (RungsSipFieldBuilder *self, RungsField *field, RungsSlice value)
{
  RungsSipAuth auth;
  RungsSlice credentials = RUNGS_SLICE_EMPTY;

  if (rungs_sip_auth_parse (&auth, value))
    {
      add_value (self, field, "scheme", auth.scheme_name, "auth");
      credentials = rungs_sip_auth_get_token68 (&auth);
    }
  if (credentials.length > 0)
    rungs_sip_field_builder_add_named (self, field, RUNGS_SLICE_LITERAL ("credentials"), credentials, "auth");
  else
    add_parameters (self, field, auth.parameters, ',', "auth");
}

static void
add_cseq (RungsSipFieldBuilder *self, RungsField *field, RungsSlice value)
{
  RungsSlice method;
  gsize digits = 0;

  while (digits < value.length && g_ascii_isdigit (value.data[digits]))
    digits++;
  add_value (self, field, "number", rungs_slice_sub (value, 0, digits), NULL);
  method = rungs_slice_trim (rungs_slice_skip (value, digits));
  add_value (self, field, "method", method, "method");
}

/* "value;name=value": @topic is that of the value. */
static void
add_value_and_parameters (
  RungsSipFieldBuilder *self, RungsField *field, RungsSlice value, const char *name, const char *topic)
{
  RungsSlice rest = value, item;

  if (!rungs_scan_item (&rest, ';', &item))
    return;
  add_value (self, field, name, item, topic);
  while (self->budget > 0 && rungs_scan_item (&rest, ';', &item))
    if (item.length > 0)
      {
        RungsSlice parameter, content;

        rungs_scan_parameter (item, &parameter, &content);
        if (rungs_slice_case_equal_string (parameter, "HRESULT"))
          add_value (self, field, "HRESULT", rungs_slice_sub (content, 0, 10), "hresult");
        else
          rungs_sip_field_builder_add_named (self, field, parameter, content, "parameter");
      }
}

static void
add_words (
  RungsSipFieldBuilder *self, RungsField *field, RungsSlice value, const char *name, const char *topic)
{
  RungsSlice item;

  while (self->budget > 0 && rungs_scan_item (&value, ',', &item))
    add_value (self, field, name, item, topic);
}

void
rungs_sip_field_builder_add_parts (RungsSipFieldBuilder *self,
                                   RungsField *field,
                                   const RungsSipHeader *header)
{
  switch ((Shape) shapes[header->id])
    {
    case SHAPE_ADDRESS:
      add_address (self, field, header->value);
      break;
    case SHAPE_ADDRESSES:
      add_items (self, field, header->value, add_address);
      break;
    case SHAPE_VIAS:
      add_items (self, field, header->value, add_via);
      break;
    case SHAPE_AUTH:
      add_auth (self, field, header->value);
      break;
    case SHAPE_CSEQ:
      add_cseq (self, field, header->value);
      break;
    case SHAPE_VALUE:
      if (memchr (header->value.data, ';', header->value.length) != NULL ||
          header->id == RUNGS_SIP_HEADER_EVENT)
        add_value_and_parameters (self, field, header->value, "value", "parameter");
      break;
    case SHAPE_DIAGNOSTICS:
      add_value_and_parameters (self, field, header->value, "error id", "ms-diagnostics");
      break;
    case SHAPE_METHODS:
      add_words (self, field, header->value, "method", "method");
      break;
    case SHAPE_OPTIONS:
      add_words (self, field, header->value, "option-tag", "parameter");
      break;
    case SHAPE_PLAIN:
    default:
      break;
    }
}

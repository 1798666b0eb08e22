/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Frames of GSS-API and SPNEGO.  See rungs-token-decoders.h. */

#include "config.h"

#include "rungs-der.h"
#include "rungs-kerberos.h"
#include "rungs-signature.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"

#define MAX_MECHANISMS 32

#define KERBEROS    "1.2.840.113554.1.2.2"
#define MS_KERBEROS "1.2.840.48018.1.2.2"

typedef struct
{
  const char *oid;
  const char *name;
} Mechanism;

static const Mechanism mechanisms[] = {
  { KERBEROS, "Kerberos V5" },
  { MS_KERBEROS, "Kerberos V5 (Microsoft)" },
  { KERBEROS ".3", "Kerberos V5 user-to-user" },
  { "1.3.6.1.5.5.2", "SPNEGO" },
  { "1.3.6.1.4.1.311.2.2.10", "NTLMSSP" },
  { "1.3.6.1.4.1.311.2.2.30", "NEGOEX" },
  { "1.3.6.1.5.2.5", "IAKERB" },
};

static const char *
get_mechanism_name (const char *oid)
{
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_str_equal (mechanisms[i].oid, oid))
      return mechanisms[i].name;
  return NULL;
}

/* Adds the object identifier in @content with the name of its mechanism. */
static void
add_mechanism (RungsField *parent, RungsSlice token, const char *name, RungsSlice content)
{
  g_autofree char *oid = rungs_der_format_oid (content);
  const char *mechanism = get_mechanism_name (oid);
  g_autofree char *value = mechanism != NULL ? g_strdup_printf ("%s (%s)", oid, mechanism) : g_strdup (oid);

  rungs_token_tree_add (parent, token, name, content, value);
}

static void
add_token_id (RungsField *parent, RungsSlice token, RungsSlice bytes)
{
  static const char *const names[] = { NULL, "AP-REQ", "AP-REP", "KRB-ERROR" };
  guint id = (guchar) bytes.data[0] << 8 | (guchar) bytes.data[1];
  const char *name = (id & 0xff) == 0 && id >> 8 < G_N_ELEMENTS (names) ? names[id >> 8] : NULL;
  g_autofree char *value =
    name != NULL ? g_strdup_printf ("%04x (%s)", id, name) : g_strdup_printf ("%04x", id);

  rungs_token_tree_add (parent, token, "TOK_ID", bytes, value);
}

/* The MIC and Wrap tokens of RFC 1964, 1.2, in the frame behind the mechanism, and of RFC 4121, 4.2.6, which have no frame. */
static gboolean
is_message_token (RungsSlice bytes)
{
  static const RungsSlice ids[] = { { "\1\1", 2 }, { "\2\1", 2 }, { "\4\4", 2 }, { "\5\4", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (bytes.length >= 16 && rungs_slice_starts_with (bytes, ids[i]))
      return TRUE;
  return FALSE;
}

/* RFC 4121 has them without a frame; the filler tells them from other bytes. */
static gboolean
is_bare_message_token (RungsSlice bytes)
{
  return is_message_token (bytes) && (bytes.data[0] == 4 || bytes.data[0] == 5) &&
         (guchar) bytes.data[3] == 0xff;
}

static RungsField *
decode_frame (RungsSlice token, const RungsDerElement *frame, guint depth)
{
  RungsField *root =
    rungs_field_new ("GSS-API", NULL, rungs_slice_offset_in (frame->bytes, token), frame->bytes.length);
  RungsSlice rest = frame->content;
  RungsDerElement oid;
  g_autofree char *mechanism = NULL;

  rungs_field_set_topic (root, "token-field:GSS-API");
  if (frame->truncated)
    root->remark = RUNGS_REMARK_TRUNCATED;
  if (!rungs_der_next (&rest, &oid) || oid.tag != 0x06)
    {
      rungs_der_add_elements (root, token, frame->content);
      return root;
    }
  add_mechanism (root, token, "thisMech", oid.content);
  mechanism = rungs_der_format_oid (oid.content);
  if ((g_str_equal (mechanism, KERBEROS) || g_str_equal (mechanism, MS_KERBEROS)) && is_message_token (rest))
    {
      rungs_signature_add_message_token (root, token, rest);
      return root;
    }
  if ((g_str_equal (mechanism, KERBEROS) || g_str_equal (mechanism, MS_KERBEROS)) && rest.length >= 2)
    {
      add_token_id (root, token, rungs_slice_sub (rest, 0, 2));
      rest = rungs_slice_skip (rest, 2);
    }
  if (rest.length > 0)
    rungs_field_add (root, rungs_token_decode_part (token, rest, depth + 1));
  return root;
}

static void
add_mechanisms (RungsField *parent, RungsSlice token, const RungsDerElement *element)
{
  RungsField *list = rungs_token_tree_add (parent, token, "mechTypes", element->bytes, NULL);
  RungsSlice rest = element->content;
  RungsDerElement oid;

  if (!rungs_der_open (&rest, 0x30))
    return;
  for (guint i = 0; i < MAX_MECHANISMS && rungs_der_next (&rest, &oid); i++)
    if (oid.tag == 0x06)
      add_mechanism (list, token, "mechType", oid.content);
}

/* Adds the token in the OCTET STRING of @element, decoded. */
static void
add_token (
  RungsField *parent, RungsSlice token, const char *name, const RungsDerElement *element, guint depth)
{
  RungsField *field = rungs_token_tree_add (parent, token, name, element->bytes, NULL);
  RungsSlice content = element->content;

  if (rungs_der_open (&content, 0x04))
    rungs_field_add (field, rungs_token_decode_part (token, content, depth + 1));
  if (element->truncated)
    field->remark = RUNGS_REMARK_TRUNCATED;
}

static void
add_state (RungsField *parent, RungsSlice token, const RungsDerElement *element)
{
  static const char *const states[] = { "accept-completed", "accept-incomplete", "reject", "request-mic" };
  RungsSlice content = element->content;
  guint state = G_MAXUINT;

  if (rungs_der_open (&content, 0x0a) && content.length == 1)
    state = (guchar) content.data[0];
  rungs_token_tree_add (parent,
                        token,
                        "negState",
                        element->bytes,
                        state < G_N_ELEMENTS (states) ? states[state] : NULL);
}

/* The signature over the list of mechanisms, with its parts. */
static void
add_list_mic (RungsField *parent, RungsSlice token, const RungsDerElement *element)
{
  RungsSlice content = element->content;
  RungsField *field;

  if (!rungs_der_open (&content, 0x04))
    content = element->content;
  field = rungs_token_tree_add_hex (parent, token, "mechListMIC", content);
  if (field != NULL && content.length >= 16)
    rungs_signature_add_parts (field, token, content);
}

static void
add_negotiation_part (
  RungsField *root, RungsSlice token, const RungsDerElement *element, gboolean is_init, guint depth)
{
  RungsSlice content = element->content;

  switch (element->tag)
    {
    case 0xa0:
      if (is_init)
        add_mechanisms (root, token, element);
      else
        add_state (root, token, element);
      break;
    case 0xa1:
      if (!is_init && rungs_der_open (&content, 0x06))
        add_mechanism (root, token, "supportedMech", content);
      else
        rungs_token_tree_add_hex (root, token, is_init ? "reqFlags" : "supportedMech", element->content);
      break;
    case 0xa2:
      add_token (root, token, is_init ? "mechToken" : "responseToken", element, depth);
      break;
    case 0xa3:
    case 0xa4:
      /* Microsoft's servers put hints where the standard has the MIC ([MS-SPNG] 2.2.1). */
      if (content.length > 0 && content.data[0] == 0x30)
        rungs_token_tree_add_text (root, token, "negHints", element->content);
      else
        add_list_mic (root, token, element);
      break;
    default:
      rungs_der_add_elements (root, token, element->bytes);
      break;
    }
}

static RungsField *
decode_negotiation (RungsSlice token, const RungsDerElement *frame, guint depth)
{
  gboolean is_init = frame->tag == 0xa0;
  RungsField *root = rungs_field_new ("SPNEGO",
                                      is_init ? "NegTokenInit" : "NegTokenResp",
                                      rungs_slice_offset_in (frame->bytes, token),
                                      frame->bytes.length);
  RungsSlice rest = frame->content;
  RungsDerElement element;

  rungs_field_set_topic (root, "token-field:SPNEGO");
  if (frame->truncated)
    root->remark = RUNGS_REMARK_TRUNCATED;
  if (!rungs_der_open (&rest, 0x30))
    return root;
  for (guint i = 0; i < RUNGS_TOKEN_MAX_DEPTH && rungs_der_next (&rest, &element); i++)
    add_negotiation_part (root, token, &element, is_init, depth);
  return root;
}

RungsField *
rungs_gss_decode (RungsSlice token, RungsSlice part, guint depth)
{
  RungsSlice rest = part;
  RungsDerElement frame;

  if (is_bare_message_token (part))
    {
      RungsField *root = rungs_field_new ("Kerberos", NULL, rungs_slice_offset_in (part, token), part.length);

      rungs_field_set_topic (root, part.data[0] == 4 ? "token:MIC" : "token:Wrap");
      rungs_signature_add_message_token (root, token, part);
      return root;
    }
  if (depth >= RUNGS_TOKEN_MAX_DEPTH || !rungs_der_next (&rest, &frame))
    return NULL;
  switch (frame.tag)
    {
    case 0x60:
      return decode_frame (token, &frame, depth);
    case 0xa0:
    case 0xa1:
      return decode_negotiation (token, &frame, depth);
    default:
      return NULL;
    }
}

/* Goes on to what the OCTET STRING [2] of a negotiation holds. */
static gboolean
open_negotiation (RungsSlice *bytes)
{
  RungsSlice rest = *bytes;
  RungsDerElement element;

  if (!rungs_der_open (&rest, 0x30))
    return FALSE;
  for (guint i = 0; i < RUNGS_TOKEN_MAX_DEPTH && rungs_der_next (&rest, &element); i++)
    if (element.tag == 0xa2)
      {
        *bytes = element.content;
        return rungs_der_open (bytes, 0x04);
      }
  return FALSE;
}

RungsSlice
rungs_kerberos_find (RungsSlice token)
{
  for (guint depth = 0; depth < RUNGS_TOKEN_MAX_DEPTH; depth++)
    {
      RungsSlice rest = token;
      RungsDerElement frame, oid;

      if (!rungs_der_next (&rest, &frame))
        return RUNGS_SLICE_EMPTY;
      switch (frame.tag)
        {
        case 0x60:
          token = frame.content;
          if (!rungs_der_next (&token, &oid) || oid.tag != 0x06)
            return RUNGS_SLICE_EMPTY;
          /* A token id, or the next frame. */
          if (token.length > 2 && token.data[1] == 0 && token.data[0] >= 1 && token.data[0] <= 3)
            token = rungs_slice_skip (token, 2);
          break;
        case 0xa0:
        case 0xa1:
          token = frame.content;
          if (!open_negotiation (&token))
            return RUNGS_SLICE_EMPTY;
          break;
        default:
          return (frame.tag & 0xe0) == 0x60 && !frame.truncated ? frame.bytes : RUNGS_SLICE_EMPTY;
        }
    }
  return RUNGS_SLICE_EMPTY;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The tokens and signatures in the tree of a message.  See rungs-token-fields.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-signature.h"
#include "rungs-text.h"
#include "rungs-token-decode.h"
#include "rungs-token-fields.h"
#include "rungs-token.h"

/* How bytes are written in the message: in groups of so many bytes and characters. */
typedef struct
{
  RungsSlice text;
  RungsSlice message;
  guint bytes;
  guint characters;
} Writing;

static const Writing base64_writing = { .bytes = 3, .characters = 4 };
static const Writing hex_writing = { .bytes = 1, .characters = 2 };

/* Moves ranges from the bytes of a token to the characters of the message that hold them. */
static void
place (RungsField *field, const Writing *writing)
{
  gsize first = field->offset / writing->bytes * writing->characters;
  gsize last = (field->offset + field->length + writing->bytes - 1) / writing->bytes * writing->characters;

  field->offset = rungs_slice_offset_in (writing->text, writing->message) + MIN (first, writing->text.length);
  field->length = MIN (last, writing->text.length) - MIN (first, writing->text.length);
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    place (rungs_field_get_child (field, i), writing);
}

/* Makes @tree (transfer full) a child of the parameter @field. */
static void
add_tree (RungsField *field, RungsField *tree, Writing writing, RungsSlice text, RungsSlice message)
{
  writing.text = text;
  writing.message = message;
  place (tree, &writing);
  rungs_field_add (field, tree);
}

static void
add_token (RungsField *field, RungsSlice text, RungsSlice message)
{
  g_autoptr (GBytes) bytes = rungs_token_decode_base64 (text);

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    add_tree (field,
              rungs_token_to_field (rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))),
              base64_writing,
              text,
              message);
}

static void
add_signature (RungsField *field, RungsSlice text, RungsSlice message)
{
  RungsSignature signature = { .value = text };
  g_autoptr (GBytes) bytes = rungs_signature_dup_bytes (&signature);

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    add_tree (field,
              rungs_signature_to_field (
                rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))),
              hex_writing,
              text,
              message);
}

/* User and password of Basic (RFC 7617, 2): the password stays unread, so that no picture of the window gives it away. */
static void
add_basic (RungsField *field, RungsSlice text, RungsSlice message)
{
  g_autoptr (GBytes) bytes = rungs_token_decode_base64 (text);
  RungsSlice pair = bytes != NULL ? rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                                  : RUNGS_SLICE_EMPTY;
  gssize colon = rungs_slice_find_char (pair, 0, ':');
  g_autofree char *user = NULL;
  g_autofree char *hidden = NULL;
  RungsField *parts;

  if (colon < 0)
    return;
  user = rungs_text_display (rungs_slice_sub (pair, 0, (gsize) colon));
  hidden = g_strdup_printf (ngettext ("not shown, %u byte",
                                      "not shown, %u bytes",
                                      (guint) (pair.length - colon - 1)),
                            (guint) (pair.length - colon - 1));
  parts = rungs_field_new ("user", user, 0, (gsize) colon);
  rungs_field_set_topic (parts, "auth:username");
  add_tree (field, parts, base64_writing, text, message);
  parts = rungs_field_new ("password", hidden, (gsize) colon + 1, pair.length - colon - 1);
  rungs_field_set_topic (parts, "auth:password");
  add_tree (field, parts, base64_writing, text, message);
}

static gboolean
has_topic (const RungsField *field, const char *topic)
{
  return field->topic != NULL && g_ascii_strcasecmp (field->topic, topic) == 0;
}

static void
add_to_header (RungsField *header, RungsSlice message)
{
  const RungsField *scheme = rungs_field_find (header, "scheme");
  gboolean is_basic = scheme != NULL && g_ascii_strcasecmp (scheme->value, "Basic") == 0;
  gboolean is_digest = scheme == NULL || g_ascii_strcasecmp (scheme->value, "Digest") == 0;

  for (guint i = 0; i < rungs_field_get_n_children (header); i++)
    {
      RungsField *field = rungs_field_get_child (header, i);
      RungsSlice text = rungs_slice_sub (message, field->offset, field->length);

      if (text.length >= 2 && text.data[0] == '"')
        text = rungs_slice_sub (text, 1, text.length - 2);
      if (has_topic (field, "auth:gssapi-data"))
        add_token (field, text, message);
      else if (is_basic && has_topic (field, "auth:credentials"))
        add_basic (field, text, message);
      else if (!is_digest && (has_topic (field, "auth:response") || has_topic (field, "auth:rspauth")))
        add_signature (field, text, message);
    }
}

void
rungs_token_fields_add (RungsField *root, RungsSlice message)
{
  g_return_if_fail (root != NULL);

  for (guint i = 0; i < rungs_field_get_n_children (root); i++)
    add_to_header (rungs_field_get_child (root, i), message);
}

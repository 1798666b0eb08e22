/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one way into a token.  See rungs-token-decode.h. */

#include "config.h"

#include "rungs-ntlm.h"
#include "rungs-token-decode.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"
#include "rungs-token.h"

/* Moves the fields of a token that stands inside of another. */
static void
move (RungsField *field, gsize distance)
{
  field->offset += distance;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    move (rungs_field_get_child (field, i), distance);
}

RungsField *
rungs_token_decode_part (RungsSlice token, RungsSlice part, guint depth)
{
  RungsTokenKind kind = part.length > 0 ? RUNGS_TOKEN_UNKNOWN : RUNGS_TOKEN_EMPTY;
  gsize offset = rungs_slice_offset_in (part, token);
  g_autofree char *topic = g_strconcat ("token:", rungs_token_kind_get_name (kind), NULL);
  RungsNtlm ntlm;
  RungsField *field;

  if (rungs_ntlm_parse (&ntlm, part))
    {
      field = rungs_ntlm_to_field (&ntlm);
      move (field, offset);
      return field;
    }
  field = rungs_gss_decode (token, part, depth);
  if (field == NULL)
    field = rungs_kerberos_decode (token, part);
  if (field == NULL)
    field = rungs_tls_decode (token, part);
  if (field != NULL)
    return field;
  field = rungs_field_new (rungs_token_kind_get_name (kind), NULL, offset, part.length);
  rungs_field_set_topic (field, topic);
  if (part.length > 0)
    rungs_token_tree_add_hex (field, token, "bytes", part);
  return field;
}

RungsField *
rungs_token_to_field (RungsSlice token)
{
  return rungs_token_decode_part (token, token, 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An NTLM message → the tree for people.  See rungs-ntlm.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-ntlm.h"
#include "rungs-token-tree.h"

#include "rungs-ntlm-names.inc"

#define MAX_PAIRS 64

static void
add_text (RungsField *parent, const RungsNtlm *message, const char *name, RungsSlice part)
{
  g_autofree char *value = rungs_ntlm_dup_text (part, message->flags);

  rungs_token_tree_add (parent, message->bytes, name, part, value);
}

static void
add_flags (RungsField *parent, const RungsNtlm *message, gsize offset)
{
  g_autofree char *value = g_strdup_printf ("0x%08x", message->flags);
  RungsField *flags = rungs_token_tree_add (parent,
                                            message->bytes,
                                            "NegotiateFlags",
                                            rungs_slice_sub (message->bytes, offset, 4),
                                            value);

  for (guint i = 0; flags != NULL && i < G_N_ELEMENTS (flag_names); i++)
    {
      g_autofree char *mask = NULL;
      g_autofree char *topic = NULL;
      RungsField *flag;

      if (!(message->flags & flag_names[i].number))
        continue;
      mask = g_strdup_printf ("0x%08x", (guint) flag_names[i].number);
      topic = g_strconcat ("ntlm-flag:", flag_names[i].name, NULL);
      flag = rungs_field_add (flags, rungs_field_new (flag_names[i].name, mask, offset, 4));
      rungs_field_set_topic (flag, topic);
    }
}

/* What the bits of MsvAvFlags say ([MS-NLMP] 2.2.2.1). */
static const struct
{
  guint32 bit;
  const char *name;
} pair_flags[] = {
  { 0x1, "constrained" },
  { 0x2, "MIC" },
  { 0x4, "untrusted SPN" },
};

static char *
format_pair_flags (RungsSlice value)
{
  guint32 flags = 0;
  GString *text;

  for (gsize i = MIN (value.length, 4); i > 0; i--)
    flags = flags << 8 | (guchar) value.data[i - 1];
  text = g_string_new (NULL);
  g_string_printf (text, "0x%08x", flags);
  for (guint i = 0; i < G_N_ELEMENTS (pair_flags); i++)
    if (flags & pair_flags[i].bit)
      g_string_append_printf (text,
                              "%s%s",
                              i > 0 && strchr (text->str, '(') ? ", " : " (",
                              pair_flags[i].name);
  if (strchr (text->str, '(') != NULL)
    g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* (transfer full): the value of an AV pair: names are UTF-16 in any message. */
static char *
format_pair (guint id, RungsSlice value)
{
  if (id == 7)
    return rungs_token_tree_format_time (rungs_ntlm_filetime_to_unix (value));
  if (id == 6)
    return format_pair_flags (value);
  if (id == 8 || id == 10)
    return rungs_token_tree_format_hex (value);
  return rungs_ntlm_dup_text (value, RUNGS_NTLM_FLAG_UNICODE);
}

/* Single_Host_Data ([MS-NLMP] 2.2.2.2). */
static void
add_single_host (RungsField *pair, const RungsNtlm *message, RungsSlice value)
{
  static const struct
  {
    const char *name;
    gsize offset;
    gsize length;
  } parts[] = { { "Size", 0, 4 }, { "Z4", 4, 4 }, { "CustomData", 8, 8 }, { "MachineID", 16, 32 } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      RungsSlice part = rungs_slice_sub (value, parts[i].offset, parts[i].length);

      if (part.length > 0)
        rungs_token_tree_add_hex (pair, message->bytes, parts[i].name, part);
    }
}

static void
add_pairs (RungsField *parent, const RungsNtlm *message, const char *name, RungsSlice pairs)
{
  RungsField *list = rungs_token_tree_add (parent, message->bytes, name, pairs, NULL);

  for (guint n = 0; list != NULL && n < MAX_PAIRS && pairs.length >= 4; n++)
    {
      guint id = (guchar) pairs.data[0] | (guchar) pairs.data[1] << 8;
      guint length = (guchar) pairs.data[2] | (guchar) pairs.data[3] << 8;
      RungsSlice value = rungs_slice_sub (pairs, 4, length);
      g_autofree char *text = format_pair (id, value);
      g_autofree char *number = g_strdup_printf ("%u", id);
      g_autofree char *topic = g_strconcat ("ntlm-avpair:", number, NULL);
      const char *pair_name = rungs_token_name_find (pair_names, G_N_ELEMENTS (pair_names), id);
      RungsField *pair;

      pair = rungs_field_add (list,
                              rungs_field_new (pair_name != NULL ? pair_name : number,
                                               text,
                                               rungs_slice_offset_in (pairs, message->bytes),
                                               4 + value.length));
      rungs_field_set_topic (pair, topic);
      if (id == 8)
        add_single_host (pair, message, value);
      if (value.length < length)
        pair->remark = RUNGS_REMARK_TRUNCATED;
      if (id == 0)
        break;
      pairs = rungs_slice_skip (pairs, 4 + value.length);
    }
}

static void
add_version (RungsField *parent, const RungsNtlm *message)
{
  const guchar *bytes = (const guchar *) message->version.data;
  g_autofree char *value = NULL;

  if (message->version.length < 8)
    return;
  value =
    g_strdup_printf ("%u.%u.%u (NTLM revision %u)", bytes[0], bytes[1], bytes[2] | bytes[3] << 8, bytes[7]);
  rungs_token_tree_add (parent, message->bytes, "Version", message->version, value);
}

static gboolean
is_zero (RungsSlice bytes)
{
  for (gsize i = 0; i < bytes.length; i++)
    if (bytes.data[i] != 0)
      return FALSE;
  return TRUE;
}

/* (transfer full): what kind of answer the older of both fields holds. */
static char *
name_lm_response (const RungsNtlm *message)
{
  RungsSlice bytes = message->lm_response;

  if (bytes.length == 1)
    return g_strdup (_ ("anonymous"));
  if (is_zero (bytes))
    return g_strdup (_ ("zeros: no LM response"));
  if (message->response_kind == RUNGS_NTLM_RESPONSE_V2)
    return g_strdup ("LMv2");
  if (message->flags & RUNGS_NTLM_FLAG_ESS && is_zero (rungs_slice_skip (bytes, 8)))
    return g_strdup (_ ("the client's challenge of NTLMv1 with extended session security"));
  if (rungs_slice_equal (bytes, message->nt_response))
    return g_strdup (_ ("the NTLMv1 response again"));
  return g_strdup ("LM");
}

static void
add_lm_response (RungsField *parent, const RungsNtlm *message)
{
  g_autofree char *kind = name_lm_response (message);
  RungsField *field =
    rungs_token_tree_add (parent, message->bytes, "LmChallengeResponse", message->lm_response, kind);

  if (field == NULL)
    return;
  rungs_token_tree_add_hex (field, message->bytes, "Response", rungs_slice_sub (message->lm_response, 0, 16));
  if (message->response_kind == RUNGS_NTLM_RESPONSE_V2 && message->lm_response.length == 24)
    rungs_token_tree_add_hex (field,
                              message->bytes,
                              "ChallengeFromClient",
                              rungs_slice_skip (message->lm_response, 16));
}

static void
add_response (RungsField *parent, const RungsNtlm *message)
{
  static const char *const kinds[] = { "", "NTLMv1", "NTLMv1, ESS", "NTLMv2" };
  RungsField *response;
  g_autofree char *time = NULL;

  add_lm_response (parent, message);
  response = rungs_token_tree_add (parent,
                                   message->bytes,
                                   "NtChallengeResponse",
                                   message->nt_response,
                                   kinds[message->response_kind]);
  if (response != NULL && (message->response_kind == RUNGS_NTLM_RESPONSE_V1 ||
                           message->response_kind == RUNGS_NTLM_RESPONSE_V1_ESS))
    rungs_token_tree_add_hex (response, message->bytes, "Response", message->nt_response);
  if (message->response_kind != RUNGS_NTLM_RESPONSE_V2)
    return;
  time = rungs_token_tree_format_time (message->time);
  rungs_token_tree_add_hex (response, message->bytes, "NTProofStr", message->proof);
  rungs_token_tree_add_hex (response, message->bytes, "RespType", rungs_slice_sub (message->blob, 0, 1));
  rungs_token_tree_add_hex (response, message->bytes, "HiRespType", rungs_slice_sub (message->blob, 1, 1));
  rungs_token_tree_add (response, message->bytes, "TimeStamp", rungs_slice_sub (message->blob, 8, 8), time);
  rungs_token_tree_add_hex (response,
                            message->bytes,
                            "ChallengeFromClient",
                            rungs_slice_sub (message->blob, 16, 8));
  add_pairs (response, message, "AvPairs", message->blob_info);
}

RungsField *
rungs_ntlm_to_field (const RungsNtlm *self)
{
  static const char *const names[] = { "", "NEGOTIATE_MESSAGE", "CHALLENGE_MESSAGE", "AUTHENTICATE_MESSAGE" };
  static const gsize flag_offsets[] = { 12, 12, 20, 60 };
  guint type = self->type < G_N_ELEMENTS (names) ? self->type : 0;
  g_autofree char *topic = g_strconcat ("token:", names[type], NULL);
  RungsField *root = rungs_field_new ("NTLM", names[type], 0, self->bytes.length);

  rungs_field_set_topic (root, topic);
  root->remark = self->truncated ? RUNGS_REMARK_TRUNCATED : RUNGS_REMARK_NONE;
  if (type == 0)
    return root;
  add_flags (root, self, flag_offsets[type]);
  add_text (root, self, "TargetName", self->target_name);
  rungs_token_tree_add_hex (root, self->bytes, "ServerChallenge", self->server_challenge);
  add_pairs (root, self, "TargetInfo", self->target_info);
  add_text (root, self, "DomainName", self->domain);
  add_text (root, self, "UserName", self->user);
  add_text (root, self, "Workstation", self->workstation);
  if (self->type == RUNGS_NTLM_AUTHENTICATE)
    add_response (root, self);
  rungs_token_tree_add_hex (root, self->bytes, "EncryptedRandomSessionKey", self->session_key);
  add_version (root, self);
  rungs_token_tree_add_hex (root, self->bytes, "MIC", self->mic);
  return root;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* NTLM messages → their parts.  See rungs-ntlm.h; the tree for people is made in rungs-ntlm-fields.c. */

#include "config.h"

#include "rungs-ntlm.h"
#include "rungs-text.h"

#define SIGNATURE RUNGS_SLICE_LITERAL ("NTLMSSP\0")
/* From 1601 to 1970, in µs. */
#define EPOCH_DISTANCE G_GINT64_CONSTANT (11644473600000000)
#define MAX_PAIRS      64

static guint16
get_uint16 (RungsSlice bytes, gsize offset)
{
  guint16 value = 0;

  if (offset + 2 <= bytes.length)
    memcpy (&value, bytes.data + offset, 2);
  return GUINT16_FROM_LE (value);
}

static guint32
get_uint32 (RungsSlice bytes, gsize offset)
{
  guint32 value = 0;

  if (offset + 4 <= bytes.length)
    memcpy (&value, bytes.data + offset, 4);
  return GUINT32_FROM_LE (value);
}

gint64
rungs_ntlm_filetime_to_unix (RungsSlice bytes)
{
  guint64 value;

  if (bytes.length < 8)
    return 0;
  memcpy (&value, bytes.data, 8);
  value = GUINT64_FROM_LE (value) / 10;
  if (value < EPOCH_DISTANCE || value > G_MAXINT64)
    return 0;
  return (gint64) value - EPOCH_DISTANCE;
}

/* The part whose descriptor stands at @offset. */
static RungsSlice
get_part (RungsNtlm *self, gsize offset)
{
  guint16 length = get_uint16 (self->bytes, offset);
  guint32 start = get_uint32 (self->bytes, offset + 4);

  if (offset + 8 > self->bytes.length)
    {
      self->truncated = TRUE;
      return RUNGS_SLICE_EMPTY;
    }
  if (length == 0)
    return RUNGS_SLICE_EMPTY;
  if (start > self->bytes.length || length > self->bytes.length - start)
    self->truncated = TRUE;
  return rungs_slice_sub (self->bytes, start, length);
}

static RungsSlice
get_fixed (RungsNtlm *self, gsize offset, gsize length)
{
  RungsSlice part = rungs_slice_sub (self->bytes, offset, length);

  if (part.length < length)
    {
      self->truncated = TRUE;
      return RUNGS_SLICE_EMPTY;
    }
  return part;
}

RungsSlice
rungs_ntlm_find_pair (RungsSlice pairs, guint id)
{
  for (guint n = 0; n < MAX_PAIRS && pairs.length >= 4; n++)
    {
      guint16 found = get_uint16 (pairs, 0);
      RungsSlice value = rungs_slice_sub (pairs, 4, get_uint16 (pairs, 2));

      if (found == id)
        return value;
      if (found == 0)
        break;
      pairs = rungs_slice_skip (pairs, 4 + value.length);
    }
  return RUNGS_SLICE_EMPTY;
}

static void
parse_response (RungsNtlm *self)
{
  RungsSlice response = self->nt_response;

  if (response.length == 0)
    return;
  if (response.length == 24)
    {
      self->response_kind =
        self->flags & RUNGS_NTLM_FLAG_ESS ? RUNGS_NTLM_RESPONSE_V1_ESS : RUNGS_NTLM_RESPONSE_V1;
      return;
    }
  if (response.length < 16 + 28 || response.data[16] != 1 || response.data[17] != 1)
    return;
  self->response_kind = RUNGS_NTLM_RESPONSE_V2;
  self->proof = rungs_slice_sub (response, 0, 16);
  self->blob = rungs_slice_skip (response, 16);
  self->time = rungs_ntlm_filetime_to_unix (rungs_slice_sub (self->blob, 8, 8));
  self->blob_info = rungs_slice_skip (self->blob, 28);
}

static void
parse_authenticate (RungsNtlm *self)
{
  RungsSlice pair_flags;
  gsize first_part = self->bytes.length;

  self->lm_response = get_part (self, 12);
  self->nt_response = get_part (self, 20);
  self->domain = get_part (self, 28);
  self->user = get_part (self, 36);
  self->workstation = get_part (self, 44);
  self->session_key = get_part (self, 52);
  self->flags = get_uint32 (self->bytes, 60);
  self->truncated |= self->bytes.length < 64;
  for (gsize descriptor = 12; descriptor <= 52; descriptor += 8)
    if (get_uint16 (self->bytes, descriptor) > 0)
      first_part = MIN (first_part, get_uint32 (self->bytes, descriptor + 4));
  if (self->flags & RUNGS_NTLM_FLAG_VERSION && first_part >= 72)
    self->version = get_fixed (self, 64, 8);
  parse_response (self);
  pair_flags = rungs_ntlm_find_pair (self->blob_info, 6);
  if (pair_flags.length == 4 && get_uint32 (pair_flags, 0) & 2 && first_part >= 88)
    self->mic = get_fixed (self, 72, 16);
}

static void
parse_challenge (RungsNtlm *self)
{
  self->target_name = get_part (self, 12);
  self->flags = get_uint32 (self->bytes, 20);
  self->server_challenge = get_fixed (self, 24, 8);
  if (self->flags & RUNGS_NTLM_FLAG_TARGET_INFO)
    self->target_info = get_part (self, 40);
  if (self->flags & RUNGS_NTLM_FLAG_VERSION)
    self->version = get_fixed (self, 48, 8);
}

gboolean
rungs_ntlm_parse (RungsNtlm *self, RungsSlice token)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *self = (RungsNtlm){ .bytes = token };
  if (!rungs_slice_starts_with (token, SIGNATURE))
    return FALSE;
  self->type = get_uint32 (token, 8);
  self->truncated = token.length < 16;
  switch (self->type)
    {
    case RUNGS_NTLM_NEGOTIATE:
      self->flags = get_uint32 (token, 12);
      if (token.length >= 32)
        {
          self->domain = get_part (self, 16);
          self->workstation = get_part (self, 24);
        }
      if (self->flags & RUNGS_NTLM_FLAG_VERSION && token.length >= 40)
        self->version = get_fixed (self, 32, 8);
      break;
    case RUNGS_NTLM_CHALLENGE:
      parse_challenge (self);
      break;
    case RUNGS_NTLM_AUTHENTICATE:
      parse_authenticate (self);
      break;
    default:
      break;
    }
  return TRUE;
}

char *
rungs_ntlm_dup_text (RungsSlice bytes, guint32 flags)
{
  gboolean unicode = (flags & RUNGS_NTLM_FLAG_UNICODE) != 0;
  g_autofree char *text = NULL;
  gsize length = 0;

  text = g_convert_with_fallback (bytes.data != NULL ? bytes.data : "",
                                  unicode ? bytes.length & ~(gsize) 1 : bytes.length,
                                  "UTF-8",
                                  unicode ? "UTF-16LE" : RUNGS_NTLM_OEM_CHARSET,
                                  "\357\277\275",
                                  NULL,
                                  &length,
                                  NULL);
  return rungs_text_display (text != NULL ? rungs_slice (text, length) : bytes);
}

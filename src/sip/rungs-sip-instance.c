/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which endpoint of a user this is.  See rungs-sip-instance.h. */

#include "config.h"

#include <string.h>

#include "rungs-sip-instance.h"

#define LENGTH RUNGS_SIP_INSTANCE_LENGTH

/* fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe, as Windows keeps a GUID in memory. */
static const guint8 epid_space[LENGTH] = { 0x03, 0xfb, 0xac, 0xfc, 0x73, 0x8a, 0xef, 0x46,
                                           0x91, 0xb1, 0xe5, 0xeb, 0xee, 0xab, 0xa4, 0xfe };

void
rungs_sip_instance_from_epid (RungsSipInstance *self, RungsSlice epid)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_return_if_fail (self != NULL);

  g_checksum_update (checksum, epid_space, sizeof epid_space);
  g_checksum_update (checksum, (const guchar *) epid.data, (gssize) epid.length);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (self->bytes, digest, LENGTH);
  self->bytes[7] = (self->bytes[7] & 0x0f) | 0x50;
  self->bytes[8] = (self->bytes[8] & 0x3f) | 0x80;
}

/* The value of a hexadecimal digit, -1: it is none. */
static inline int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gboolean
rungs_sip_instance_parse (RungsSipInstance *self, RungsSlice text)
{
  static const guint8 order[LENGTH] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
  gssize colon = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("uuid:"));
  guint n_digits = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (colon < 0)
    return FALSE;
  memset (self->bytes, 0, LENGTH);
  text = rungs_slice_skip (text, colon + strlen ("uuid:"));
  for (gsize i = 0; i < text.length && n_digits < 2 * LENGTH; i++)
    {
      int digit = digit_value (text.data[i]);

      if (text.data[i] == '-')
        continue;
      if (digit < 0)
        return FALSE;
      self->bytes[order[n_digits / 2]] |= (guint8) (digit << (n_digits % 2 == 0 ? 4 : 0));
      n_digits++;
    }
  return n_digits == 2 * LENGTH;
}

gboolean
rungs_sip_instance_parse_gruu (RungsSipInstance *self, RungsSlice text)
{
  gssize start = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("user:epid:"));
  g_autofree char *base64 = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (start < 0)
    return FALSE;
  text = rungs_slice_skip (text, start + strlen ("user:epid:"));
  while (length < text.length &&
         (g_ascii_isalnum (text.data[length]) || strchr ("-_", text.data[length]) != NULL))
    length++;
  if (length != 24)
    return FALSE;
  base64 = g_strndup (text.data, length);
  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  bytes = g_base64_decode (base64, &length);
  if (length != LENGTH + 2 || bytes[LENGTH] != 0 || bytes[LENGTH + 1] != 0)
    return FALSE;
  memcpy (self->bytes, bytes, LENGTH);
  return TRUE;
}

gboolean
rungs_sip_instance_equal (const RungsSipInstance *a, const RungsSipInstance *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return memcmp (a->bytes, b->bytes, LENGTH) == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Rules about which endpoint of a user this is: epid, instance and GRUU must name one and the same ([MS-SIPRE] 3.2). */

#include "config.h"

#include <string.h>

#include "rungs-rules.h"
#include "rungs-sip-address.h"

#define UUID_LENGTH 16

/* fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe, as Windows keeps a GUID in memory. */
static const guint8 epid_space[UUID_LENGTH] = { 0x03, 0xfb, 0xac, 0xfc, 0x73, 0x8a, 0xef, 0x46,
                                                0x91, 0xb1, 0xe5, 0xeb, 0xee, 0xab, 0xa4, 0xfe };

/* The instance that belongs to @epid: a UUID made of its SHA-1 (RFC 4122, 4.3), in memory order. */
static void
compute_instance (RungsSlice epid, guint8 uuid[UUID_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, epid_space, sizeof epid_space);
  g_checksum_update (checksum, (const guchar *) epid.data, (gssize) epid.length);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (uuid, digest, UUID_LENGTH);
  uuid[7] = (uuid[7] & 0x0f) | 0x50;
  uuid[8] = (uuid[8] & 0x3f) | 0x80;
}

/* "<urn:uuid:1C763AAD-3247-58BE-A6E3-0CE948CD18F9>" → memory order: the first three groups are little endian. */
static gboolean
read_instance (RungsSlice text, guint8 uuid[UUID_LENGTH])
{
  static const guint8 order[UUID_LENGTH] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
  gssize colon = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("uuid:"));
  guint n_digits = 0;

  if (colon < 0)
    return FALSE;
  memset (uuid, 0, UUID_LENGTH);
  text = rungs_slice_skip (text, colon + strlen ("uuid:"));
  for (gsize i = 0; i < text.length && n_digits < 2 * UUID_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (text.data[i]);

      if (text.data[i] == '-')
        continue;
      if (digit < 0)
        return FALSE;
      uuid[order[n_digits / 2]] |= (guint8) (digit << (n_digits % 2 == 0 ? 4 : 0));
      n_digits++;
    }
  return n_digits == 2 * UUID_LENGTH;
}

/* "user:epid:rTp2HEcyvlim4wzpSM0Y-QAA" → memory order: base64 with - and _ of the GUID and two bytes of zero. */
static gboolean
read_gruu (RungsSlice text, guint8 uuid[UUID_LENGTH])
{
  gssize start = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("user:epid:"));
  g_autofree char *base64 = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

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
  if (length != UUID_LENGTH + 2 || bytes[UUID_LENGTH] != 0 || bytes[UUID_LENGTH + 1] != 0)
    return FALSE;
  memcpy (uuid, bytes, UUID_LENGTH);
  return TRUE;
}

static RungsSlice
get_contact_parameter (RungsSlice contact, const char *name)
{
  RungsSipAddress address;

  if (contact.length == 0)
    return RUNGS_SLICE_EMPTY;
  rungs_sip_address_parse (&address, contact);
  return rungs_sip_address_get_parameter (&address, name);
}

/* Whether both can be read, and name different instances. */
static gboolean
is_other_instance (RungsSlice epid, RungsSlice instance)
{
  guint8 computed[UUID_LENGTH];
  guint8 written[UUID_LENGTH];

  if (epid.length == 0 || !read_instance (instance, written))
    return FALSE;
  compute_instance (epid, computed);
  return memcmp (computed, written, UUID_LENGTH) != 0;
}

static void
hit_instance (RungsJudge *judge, const RungsRoundFact *round)
{
  const RungsMessageFact *request = rungs_rules_message (judge, round->request);
  RungsHit *hit = rungs_judge_hit_once (judge, round->request);

  if (hit == NULL)
    return;
  hit->proof = request->instance;
  rungs_hit_set_text (hit, "epid", request->epid);
  if (rungs_rules_is_success (round->status))
    {
      hit->severity = RUNGS_SEVERITY_INFO;
      hit->variant = RUNGS_HIT_MADE_GOOD;
    }
}

/* Most rounds of a flow have the epid and the instance of the one before. */
static void
epid_instance (RungsJudge *judge, guint index)
{
  RungsSlice epid = RUNGS_SLICE_EMPTY;
  RungsSlice instance = RUNGS_SLICE_EMPTY;
  gboolean is_other = FALSE;

  for (guint i = 0; i < judge->facts->rounds->len; i++)
    {
      const RungsRoundFact *round = rungs_rules_round (judge, i);
      const RungsMessageFact *request = rungs_rules_message (judge, round->request);

      if (!rungs_slice_equal (request->epid, epid) || !rungs_slice_equal (request->instance, instance))
        {
          epid = request->epid;
          instance = request->instance;
          is_other = is_other_instance (epid, instance);
        }
      if (is_other)
        hit_instance (judge, round);
    }
}

/* Only the Contact with the client's own instance is looked at: others are other endpoints of the user. */
static void
gruu_instance (RungsJudge *judge, guint index)
{
  const RungsRoundFact *round = rungs_rules_round (judge, index);
  const RungsMessageFact *request = rungs_rules_message (judge, round->request);
  const RungsMessageFact *answer = rungs_rules_answer (judge, round);
  RungsSlice gruu;
  guint8 listed[UUID_LENGTH];
  guint8 named[UUID_LENGTH];
  RungsHit *hit;

  if (answer == NULL || !rungs_rules_is_success (round->status) || answer->instance.length == 0 ||
      !rungs_slice_case_equal (request->instance, answer->instance))
    return;
  gruu = get_contact_parameter (answer->contact, "gruu");
  if (!read_instance (answer->instance, listed) || !read_gruu (gruu, named) ||
      memcmp (named, listed, UUID_LENGTH) == 0)
    return;
  hit = rungs_judge_hit_once (judge, round->answer);
  if (hit == NULL)
    return;
  hit->proof = gruu;
  rungs_hit_add_evidence (hit, round->request);
}

const RungsRuleCondition rungs_conditions_endpoint[] = {
  { "EPID-INSTANCE", RUNGS_SCOPE_FLOW, epid_instance },
  { "GRUU-INSTANCE", RUNGS_SCOPE_ROUND, gruu_instance, .needs = RUNGS_ASPECT_ACCEPTED },
  { NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Which endpoint of a user this is, in the three forms that Microsoft's clients and servers give it ([MS-SIPRE] 3.2; [MS-SIPREGE]
 * 4.1): `epid`, `+sip.instance`, which is made of it, and the GRUU that the registrar makes of that.
 *
 * In: parameters as they stand in From and Contact. Out: a UUID as Windows keeps it in memory, so that the forms can be compared. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

#define RUNGS_SIP_INSTANCE_LENGTH 16

typedef struct
{
  guint8 bytes[RUNGS_SIP_INSTANCE_LENGTH]; /* the first three groups are little endian */
} RungsSipInstance;

/** rungs_sip_instance_from_epid: the instance that belongs to @epid: a UUID made of its SHA-1 (RFC 4122, 4.3). */
void     rungs_sip_instance_from_epid (RungsSipInstance       *self,
                                       RungsSlice              epid);

/** rungs_sip_instance_parse: "<urn:uuid:1C763AAD-3247-58BE-A6E3-0CE948CD18F9>". Returns: whether it is one */
gboolean rungs_sip_instance_parse     (RungsSipInstance       *self,
                                       RungsSlice              text);

/** rungs_sip_instance_parse_gruu: the one in "sip:ann@contoso.example;opaque=user:epid:rTp2HEcyvlim4wzpSM0Y-QAA;gruu": base64 with
 * - and _ of the UUID and two bytes of zero. Returns: whether there is one */
gboolean rungs_sip_instance_parse_gruu (RungsSipInstance      *self,
                                        RungsSlice             text);

gboolean rungs_sip_instance_equal     (const RungsSipInstance *a,
                                       const RungsSipInstance *b);

G_END_DECLS

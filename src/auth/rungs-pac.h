/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The PAC in a Kerberos ticket: who the user is to Windows, and in which groups ([MS-PAC] 2.3 to 2.14).
 *
 * In: the content of AD-WIN2K-PAC. Out: fields for each of its buffers; the logon information (KERB_VALIDATION_INFO) is NDR, of
 * which only what it needs is read, within limits.  A PAC that is cut short is read as far as it goes. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** rungs_pac_add_fields: @token: from which byte ranges count; @pac is inside of it */
void rungs_pac_add_fields (RungsField *parent,
                           RungsSlice  token,
                           RungsSlice  pac);

G_END_DECLS

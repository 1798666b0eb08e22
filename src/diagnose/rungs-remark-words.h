/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A remark → the sentence that says what is wrong, and about which header field. */

#pragma once

#include "rungs-remark.h"

G_BEGIN_DECLS

/** rungs_remark_describe: "Max-Forwards: A field that every SIP message must have is missing.", translated. (transfer full) */
char *rungs_remark_describe (const RungsRemark *remark);

G_END_DECLS

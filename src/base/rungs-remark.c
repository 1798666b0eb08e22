/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is wrong with a message.  See rungs-remark.h. */

#include "config.h"

#include "rungs-remark.h"

const char *
rungs_remark_code_get_id (RungsRemarkCode code)
{
  static const char *const ids[] = {
#define X(name, id) id,
    RUNGS_REMARK_CODES (X)
#undef X
  };

  g_return_val_if_fail (code < G_N_ELEMENTS (ids), "none");
  return ids[code];
}

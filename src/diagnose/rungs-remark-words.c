/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A remark → the sentence that says what is wrong.  See rungs-remark-words.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-remark-words.h"
#include "rungs-sip-names.h"

char *
rungs_remark_describe (const RungsRemark *remark)
{
  const char *id;
  const RungsFact *fact;
  const char *text;

  g_return_val_if_fail (remark != NULL, NULL);

  id = rungs_remark_code_get_id ((RungsRemarkCode) remark->code);
  fact = rungs_knowledge_lookup (RUNGS_TOPIC_REMARK, id);
  text = fact != NULL ? fact->explanation : id;
  if (remark->detail == RUNGS_SIP_HEADER_UNKNOWN || remark->detail >= RUNGS_N_SIP_HEADERS)
    return g_strdup (text);
  /* Translators: a header field's name, and what is wrong with it. */
  return g_strdup_printf (_ ("%s: %s"), rungs_sip_header_get_name (remark->detail), text);
}

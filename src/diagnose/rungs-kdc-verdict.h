/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What to think of one Kerberos message of a capture: which rule speaks about it, if any (RFC 4120, 7.5.9).
 *
 * In: a message to or from a KDC. Out: a rule of data/rules, and the values for its sentences.  An error that the same
 * client's next attempt makes good is a note; what is asked and handed out as it should be has no rule. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

/** rungs_kdc_verdict: the rule that speaks about @kerberos, or %NULL. @made_good (out): a later attempt succeeded */
const RungsRule *rungs_kdc_verdict   (RungsTrace *trace,
                                      guint       kerberos,
                                      gboolean   *made_good);

/**
 * rungs_kdc_dup_value:
 * @name: "client", "service", "realm", "error", "code", "type" or "difference"
 *
 * Returns: (transfer full) (nullable): what fills the placeholder {@name} of a sentence about @kerberos; display text, %NULL for
 * other names. What an error does not name is taken from the request that it answers.
 */
char            *rungs_kdc_dup_value (RungsTrace *trace,
                                      guint       kerberos,
                                      const char *name);

/** rungs_kdc_fill: the translated template @text with the values of @kerberos. (transfer full) */
char            *rungs_kdc_fill      (RungsTrace *trace,
                                      guint       kerberos,
                                      const char *text);

G_END_DECLS

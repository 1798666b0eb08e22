/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a file of rules: rules that are whole, or one line of error. */

#include "config.h"

#include <stdint.h>

#include "rungs-user-rules.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules =
    rungs_user_rules_parse (rungs_slice ((const char *) data, size), "rules.conf", &error);

  g_assert ((rules == NULL) == (error != NULL));
  if (error != NULL)
    g_assert (g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const RungsUserRule *rule = g_ptr_array_index (rules, i);

      g_assert (rule->when != NULL && rule->rule->id != NULL && rule->rule->explanation != NULL);
      g_assert (rule->missing == NULL || rule->once);
    }
  return 0;
}

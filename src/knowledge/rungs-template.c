/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Named placeholders in translated templates: rungs_template_fill().  See rungs-knowledge.h. */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"

static const char *
find_value (const char *const *names, const char *name, gsize length)
{
  for (guint i = 0; names[i] != NULL; i += 2)
    if (strlen (names[i]) == length && strncmp (names[i], name, length) == 0)
      return names[i + 1] != NULL ? names[i + 1] : "";
  return NULL;
}

char *
rungs_template_fill (const char *template_text, const char *const *names)
{
  GString *text;
  const char *p = template_text;

  g_return_val_if_fail (template_text != NULL && names != NULL, NULL);

  text = g_string_new (NULL);
  while (*p != '\0')
    {
      const char *open = strchr (p, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      const char *value;

      if (close == NULL)
        break;
      value = find_value (names, open + 1, close - open - 1);
      g_string_append_len (text, p, open - p);
      if (value != NULL)
        g_string_append (text, value);
      else
        g_string_append_len (text, open, close + 1 - open);
      p = close + 1;
    }
  g_string_append (text, p);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Texts of data files → the reader's language.  See rungs-knowledge.h.
 *
 * xgettext takes the texts out of the XML with data/its/rungs-data.its, whose rule trims each text and makes one blank
 * of any run of white space; the same is done here, so that both sides make the same message id. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"

static char *
normalize_space (const char *text)
{
  GString *normal = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (rungs_byte_is_space (*p))
        {
          gap = normal->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (normal, ' ');
      gap = FALSE;
      g_string_append_c (normal, *p);
    }
  return g_string_free (normal, FALSE);
}

char *
rungs_knowledge_translate (const char *text)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  normal = normalize_space (text);
  return rungs_knowledge_translate_preformatted (normal);
}

char *
rungs_knowledge_translate_preformatted (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  /* The empty message id is the catalogue's own header. */
  return g_strdup (*text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : "");
}

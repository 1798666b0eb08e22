/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* References to standards → labels and addresses of their pages.  See rungs-knowledge.h.
 *
 * The RFC Editor's pages have an anchor for each section; Microsoft's open specifications have none that a section number
 * leads to, so that the link opens the document. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"

#define MAX_SECTION 99 /* "[MS-OCER] 1000" names an error id, no section */

static const char *const windows_protocols[] = { "MS-NLMP",  "MS-KILE", "MS-PAC",
                                                 "MS-ERREF", "MS-SPNG", "MS-APDS" };

static gsize
span_section (const char *text)
{
  gsize length = 0;

  /* Digits and dots, or the letter of an appendix before them. */
  if (g_ascii_isupper (text[0]) && (text[1] == '.' || text[1] == '\0'))
    length = 1;
  while (g_ascii_isdigit (text[length]) ||
         (length > 0 && text[length] == '.' && g_ascii_isdigit (text[length + 1])))
    length++;
  if (g_ascii_isdigit (text[0]) && strtoul (text, NULL, 10) > MAX_SECTION)
    return 0;
  return length;
}

static char *
rfc_to_uri (const char *number, const char *section)
{
  gsize digits = strspn (number, "0123456789");
  gsize length = section != NULL ? span_section (section) : 0;

  if (digits == 0 || digits > 5)
    return NULL;
  if (length == 0)
    return g_strdup_printf ("https://www.rfc-editor.org/rfc/rfc%.*s.html", (int) digits, number);
  return g_strdup_printf ("https://www.rfc-editor.org/rfc/rfc%.*s.html#%s-%.*s",
                          (int) digits,
                          number,
                          g_ascii_isdigit (*section) ? "section" : "appendix",
                          (int) length,
                          section);
}

static char *
microsoft_to_uri (const char *reference)
{
  const char *close = strchr (reference, ']');
  const char *folder = "office_protocols";
  g_autofree char *name = NULL;
  g_autofree char *lower = NULL;

  if (close == NULL || close - reference < 5 || close - reference > 24)
    return NULL;
  name = g_strndup (reference + 1, close - reference - 1);
  if (strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen (name))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (windows_protocols); i++)
    if (g_str_equal (name, windows_protocols[i]))
      folder = "windows_protocols";
  lower = g_ascii_strdown (name, -1);
  return g_strdup_printf ("https://learn.microsoft.com/en-us/openspecs/%s/%s/", folder, lower);
}

char *
rungs_reference_to_uri (const char *reference, const char *section)
{
  if (reference == NULL)
    return NULL;
  if (g_str_has_prefix (reference, "RFC "))
    return rfc_to_uri (reference + 4, section);
  if (g_str_has_prefix (reference, "[MS-"))
    return microsoft_to_uri (reference);
  if (g_str_has_prefix (reference, "3GPP TS "))
    {
      const char *series = reference + strlen ("3GPP TS ");

      if (strspn (series, "0123456789") == 2 && series[2] == '.' && strspn (series + 3, "0123456789") == 3)
        return g_strdup_printf ("https://www.3gpp.org/DynaReport/%.2s%.3s.htm", series, series + 3);
    }
  return NULL;
}

static void
reference_free (RungsReference *self)
{
  g_free (self->label);
  g_free (self->uri);
  g_free (self);
}

static void
add_reference (GPtrArray *list, const char *document, const char *section)
{
  RungsReference *reference = g_new0 (RungsReference, 1);

  reference->uri = rungs_reference_to_uri (document, section);
  /* Translators: a document and the number of a section in it, as “RFC 3261, section 20.8”. */
  reference->label =
    section != NULL ? g_strdup_printf (_ ("%s, section %s"), document, section) : g_strdup (document);
  g_ptr_array_add (list, reference);
}

/* What stands between the sections of one document. */
static const char *
skip_joints (const char *text)
{
  static const char *const joints[] = { " ", ",", "and ", "sections ", "section " };
  guint i = 0;

  while (i < G_N_ELEMENTS (joints))
    {
      if (g_str_has_prefix (text, joints[i]))
        {
          text += strlen (joints[i]);
          i = 0;
        }
      else
        i++;
    }
  return text;
}

static gsize
span_document (const char *text)
{
  const char *close;

  if (g_str_has_prefix (text, "RFC ") && g_ascii_isdigit (text[4]))
    return 4 + strspn (text + 4, "0123456789");
  if (!g_str_has_prefix (text, "[MS-"))
    return 0;
  close = strchr (text, ']');
  return close != NULL ? (gsize) (close + 1 - text) : 0;
}

GPtrArray *
rungs_reference_list (const char *reference)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  const char *p = reference != NULL ? reference : "";

  while (*p != '\0')
    {
      gsize length = span_document (p);
      g_autofree char *document = g_strndup (p, length);
      gboolean any = FALSE;

      if (length == 0)
        {
          p++;
          continue;
        }
      p += length;
      for (;;)
        {
          const char *next = skip_joints (p);
          gsize digits = span_section (next);
          g_autofree char *section = g_strndup (next, digits);

          if (digits == 0)
            break;
          add_reference (list, document, section);
          any = TRUE;
          p = next + digits;
        }
      if (!any)
        add_reference (list, document, NULL);
    }
  return list;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* How wide a text is, without a font.  See rungs-text-width.h. */

#include "config.h"

#include <string.h>

#include "rungs-text-width.h"

#define FIRST_ASCII 0x20
#define N_ASCII     95

/* Advances in thousandths of an em, U+0020 to U+007E: the larger of Cantarell's and nine tenths of DejaVu Sans's. */
/* clang-format off */
static const guint16 regular_advances[N_ASCII] = {
  296, 373, 428, 779, 591, 987, 725, 256, 363, 363, 469, 779, 296, 424, 296, 338,
  614, 591, 591, 591, 597, 591, 591, 591, 591, 591, 313, 313, 779, 779, 779, 494,
  1000, 636, 638, 649, 716, 588, 563, 721, 721, 274, 398, 610, 518, 859, 750, 760,
  590, 765, 646, 591, 568, 681, 636, 980, 637, 580, 637, 363, 338, 363, 779, 500,
  500, 570, 591, 512, 591, 572, 340, 591, 590, 259, 259, 538, 278, 906, 590, 569,
  591, 591, 377, 485, 365, 590, 551, 783, 551, 551, 488, 591, 313, 591, 779,
};
static const guint16 bold_advances[N_ASCII] = {
  317, 415, 474, 763, 633, 1013, 794, 278, 416, 416, 482, 763, 346, 411, 346, 366,
  633, 633, 633, 633, 633, 633, 633, 633, 633, 633, 364, 364, 763, 763, 763, 528,
  994, 704, 693, 668, 755, 622, 622, 747, 762, 339, 427, 705, 580, 905, 769, 774,
  667, 779, 701, 655, 621, 739, 704, 1004, 702, 659, 660, 416, 366, 416, 763, 500,
  500, 614, 652, 540, 652, 617, 396, 652, 648, 312, 312, 605, 312, 948, 648, 625,
  652, 652, 449, 541, 435, 648, 593, 841, 587, 593, 530, 648, 332, 648, 763,
};
/* clang-format on */

static double
get_advance (gunichar c, gboolean bold)
{
  if (c >= FIRST_ASCII && c < FIRST_ASCII + N_ASCII)
    return (bold ? bold_advances : regular_advances)[c - FIRST_ASCII] / 1000.0;
  if (g_unichar_iszerowidth (c))
    return 0;
  if (c == 0x2026 || g_unichar_iswide (c))
    return 1.0;
  if (c == 0xb7 || (c >= 0x2018 && c <= 0x201a))
    return 0.31;
  if (g_unichar_isupper (c) || !g_unichar_isalpha (c))
    return bold ? 0.8 : 0.75;
  return bold ? 0.66 : 0.6;
}

double
rungs_text_estimate_width (const char *text, double size, gboolean bold)
{
  double width = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_advance (g_utf8_get_char (p), bold);
  return width * size;
}

/* How many bytes of @text fit into @width; all of them where it fits as a whole. */
static gsize
fit (const char *text, double size, gboolean bold, double width)
{
  double used = 0;
  const char *p;

  for (p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      used += get_advance (g_utf8_get_char (p), bold) * size;
      if (used > width)
        break;
    }
  return p - text;
}

char *
rungs_text_ellipsize (const char *text, double size, gboolean bold, double width)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = fit (text, size, bold, width);
  if (text[length] == '\0')
    return g_strdup (text);
  length = fit (text, size, bold, MAX (width - size, 0));
  while (length > 0 && text[length - 1] == ' ')
    length--;
  return g_strdup_printf ("%.*s…", (int) length, text);
}

/* The bytes of the first line of @text: up to a space where there is one, and at least one character. */
static gsize
break_line (const char *text, double size, gboolean bold, double width)
{
  gsize length = fit (text, size, bold, width);
  gsize word;

  if (text[length] == '\0' || text[length] == ' ')
    return length;
  for (word = length; word > 0 && text[word - 1] != ' '; word--)
    continue;
  if (word > 0)
    return word;
  return length > 0 ? length : (gsize) (g_utf8_next_char (text) - text);
}

char **
rungs_text_wrap (const char *text, double size, gboolean bold, double width, guint max_lines)
{
  GStrvBuilder *lines = g_strv_builder_new ();
  char **result;

  g_return_val_if_fail (text != NULL && max_lines > 0, NULL);

  for (guint n = 1; *text != '\0'; n++)
    {
      gsize length = n < max_lines ? break_line (text, size, bold, width) : strlen (text);
      g_autofree char *rest = g_strndup (text, length);
      g_autofree char *line = rungs_text_ellipsize (g_strchomp (rest), size, bold, width);

      g_strv_builder_add (lines, line);
      text += length;
      while (*text == ' ')
        text++;
    }
  result = g_strv_builder_end (lines);
  g_strv_builder_unref (lines);
  return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Colours as text.  See rungs-palette.h. */

#include "config.h"

#include <math.h>

#include "rungs-palette.h"

char *
rungs_color_to_hex (RungsColor color)
{
  return g_strdup_printf ("#%02x%02x%02x",
                          (guint) lround (CLAMP (color.red, 0, 1) * 255),
                          (guint) lround (CLAMP (color.green, 0, 1) * 255),
                          (guint) lround (CLAMP (color.blue, 0, 1) * 255));
}

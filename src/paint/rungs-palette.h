/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Semantic styles → colours: the only file that knows a colour. Light, dark, high contrast. */

#pragma once

#include <glib.h>

#include "rungs-shape.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SCHEME_LIGHT,
  RUNGS_SCHEME_DARK,
  RUNGS_SCHEME_HIGH_CONTRAST,
  RUNGS_SCHEME_HIGH_CONTRAST_DARK,
} RungsScheme;

typedef struct
{
  double red, green, blue, alpha; /* 0 to 1 */
} RungsColor;

/** rungs_palette_get_background: of the ladder. */
RungsColor rungs_palette_get_background (RungsScheme       scheme);

/** rungs_palette_get_ink: the colour of lines and text of @shape (style and severity). */
RungsColor rungs_palette_get_ink        (RungsScheme       scheme,
                                         const RungsShape *shape);

/** rungs_palette_get_fill: the fill of PILL, PLATE and ICON shapes. */
RungsColor rungs_palette_get_fill       (RungsScheme       scheme,
                                         const RungsShape *shape);

/** rungs_color_to_hex: "#1a5fb4". (transfer full) */
char      *rungs_color_to_hex           (RungsColor        color);

G_END_DECLS

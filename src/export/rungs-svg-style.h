/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The style sheet and signs of an SVG: shapes → class names, and the CSS rules of the classes that were used. */

#pragma once

#include "rungs-palette.h"

G_BEGIN_DECLS

typedef struct _RungsSvgStyles RungsSvgStyles;

RungsSvgStyles *rungs_svg_styles_new          (RungsScheme       scheme);
void            rungs_svg_styles_free         (RungsSvgStyles   *self);

/** rungs_svg_styles_append_class: the class name of @shape, which is noted as used. */
void            rungs_svg_styles_append_class (RungsSvgStyles   *self,
                                               const RungsShape *shape,
                                               GString          *xml);

/** rungs_svg_styles_append_sign: the id of the sign of an ICON shape, which is noted as used. */
void            rungs_svg_styles_append_sign  (RungsSvgStyles   *self,
                                               const RungsShape *shape,
                                               GString          *xml);

/** rungs_svg_styles_write: the style and defs elements for all that was used, in a fixed order. */
void            rungs_svg_styles_write        (RungsSvgStyles   *self,
                                               GString          *xml);

/** rungs_svg_append_number: with at most two decimals and a point, whatever the locale. */
void            rungs_svg_append_number       (GString          *xml,
                                               double            value);

/** rungs_svg_append_escaped: @text for an element or attribute; what XML 1.0 cannot hold becomes U+FFFD. */
void            rungs_svg_append_escaped      (GString          *xml,
                                               const char       *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSvgStyles, rungs_svg_styles_free)

G_END_DECLS

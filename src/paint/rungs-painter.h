/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Shapes → ink on a cairo context: the screen's rows, PNG, PDF and print all use this one painter. */

#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "rungs-palette.h"

G_BEGIN_DECLS

typedef struct _RungsPainter RungsPainter;

/** rungs_painter_new: @context (nullable): the widget's Pango context, so that screen fonts match; NULL: an own one with the
 * family "Cantarell, sans-serif". (transfer full) */
RungsPainter *rungs_painter_new        (PangoContext  *context,
                                        RungsScheme    scheme);
void          rungs_painter_free       (RungsPainter  *self);
void          rungs_painter_set_scheme (RungsPainter  *self,
                                        RungsScheme    scheme);

/** rungs_painter_paint: draws @shapes (RungsShape) in order, with the row's origin at the context's origin. */
void          rungs_painter_paint      (RungsPainter  *self,
                                        cairo_t       *cr,
                                        const GArray  *shapes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPainter, rungs_painter_free)

G_END_DECLS

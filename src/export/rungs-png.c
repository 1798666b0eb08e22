/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A ladder → PNG.  See rungs-png.h. */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-page.h"
#include "rungs-painter.h"
#include "rungs-png.h"

#define LARGEST_SIDE 32767.0 /* of a cairo image surface, in pixels */
#define LARGEST_AREA 400e6   /* pixels, of four bytes each while the picture is drawn */

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_size (double width, double height, GError **error)
{
  if (width <= LARGEST_SIDE && height <= LARGEST_SIDE && width * height <= LARGEST_AREA)
    return TRUE;
  if (width <= LARGEST_SIDE && height <= LARGEST_SIDE)
    {
      g_set_error (error,
                   RUNGS_ERROR,
                   RUNGS_ERROR_LIMIT,
                   _ ("The picture would be %.0f × %.0f pixels, and Rungs draws at most %.0f million: choose "
                      "a "
                      "smaller scale (--scale), fewer messages, or SVG"),
                   width,
                   height,
                   LARGEST_AREA / 1e6);
      return FALSE;
    }
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_LIMIT,
               _ ("The picture would be %.0f × %.0f pixels, and a PNG has at most %.0f in each direction: "
                  "choose a smaller scale (--scale), fewer messages, or SVG"),
               width,
               height,
               LARGEST_SIDE);
  return FALSE;
}

static gboolean
check_surface (cairo_surface_t *surface, GError **error)
{
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error,
               RUNGS_ERROR,
               RUNGS_ERROR_LIMIT,
               _ ("The picture cannot be drawn (%s): choose a smaller scale (--scale), fewer messages, or "
                  "SVG"),
               cairo_status_to_string (status));
  return FALSE;
}

static void
paint_block (RungsPainter *painter, cairo_t *cr, double y, GArray *shapes)
{
  cairo_save (cr);
  cairo_translate (cr, 0, y);
  rungs_painter_paint (painter, cr, shapes);
  cairo_restore (cr);
  g_array_set_size (shapes, 0);
}

static gboolean
paint_page (const RungsPage *page, cairo_t *cr, RungsExportProgress *progress, GError **error)
{
  g_autoptr (RungsPainter) painter = rungs_painter_new (NULL, RUNGS_SCHEME_LIGHT);
  g_autoptr (GArray) shapes = rungs_shapes_new ();
  RungsColor background = rungs_palette_get_background (RUNGS_SCHEME_LIGHT);
  guint n_rows = rungs_ladder_get_n_rows (page->ladder);

  cairo_set_source_rgb (cr, background.red, background.green, background.blue);
  cairo_paint (cr);
  rungs_page_get_title_shapes (page, shapes);
  paint_block (painter, cr, 0, shapes);
  rungs_ladder_get_head_shapes (page->ladder, shapes);
  paint_block (painter, cr, page->head_y, shapes);
  for (guint row = 0; row < n_rows; row++)
    {
      if (!rungs_export_progress_step (progress, row, n_rows, error))
        return FALSE;
      rungs_ladder_get_row_shapes (page->ladder, row, shapes);
      paint_block (painter, cr, rungs_page_get_row_y (page, row), shapes);
    }
  return TRUE;
}

GBytes *
rungs_png_write (
  RungsLadder *ladder, double scale, const char *title, RungsExportProgress *progress, GError **error)
{
  RungsPage page;
  cairo_surface_t *surface;
  cairo_t *cr;
  double width, height;
  gboolean done;
  GByteArray *bytes = NULL;

  g_return_val_if_fail (RUNGS_IS_LADDER (ladder) && scale > 0, NULL);

  rungs_page_init (&page, ladder, title);
  width = ceil (page.width * scale);
  height = ceil (page.height * scale);
  if (!check_size (width, height, error))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  done = check_surface (surface, error) && paint_page (&page, cr, progress, error);
  cairo_destroy (cr);
  if (done)
    {
      bytes = g_byte_array_new ();
      cairo_surface_write_to_png_stream (surface, append_cb, bytes);
      done = check_surface (surface, error);
    }
  cairo_surface_destroy (surface);
  if (!done)
    {
      g_clear_pointer (&bytes, g_byte_array_unref);
      return NULL;
    }
  return g_byte_array_free_to_bytes (bytes);
}

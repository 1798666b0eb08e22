/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The PNG has the size that was asked for, is the same each time, and is refused rather than cut. */

#include "config.h"

#include <cairo.h>

#include <glib/gstdio.h>

#include "rungs-error.h"
#include "rungs-export.h"
#include "rungs-test-ladder.h"

static guint32
get_big_endian (const guint8 *data)
{
  return (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

static void
a_scale_multiplies_its_pixels (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = rungs_export_ladder (ladder, RUNGS_EXPORT_PNG, 2, NULL, NULL, &error);
  const guint8 *data;
  gsize length;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  g_assert_cmpuint (length, >, 24);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (get_big_endian (data + 16), ==, (guint) (2 * rungs_ladder_get_width (ladder)));
}

static void
equal_ladders_give_equal_bytes (void)
{
  g_autoptr (RungsLadder) first = rungs_test_example (NULL);
  g_autoptr (RungsLadder) second = rungs_test_example (NULL);
  g_autoptr (GBytes) a = rungs_export_ladder (first, RUNGS_EXPORT_PNG, 1, NULL, NULL, NULL);
  g_autoptr (GBytes) b = rungs_export_ladder (second, RUNGS_EXPORT_PNG, 1, NULL, NULL, NULL);

  g_assert_true (g_bytes_equal (a, b));
}

static void
a_picture_that_is_too_tall_is_an_error_with_ways_out (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rungs_export_ladder (ladder, RUNGS_EXPORT_PNG, 100, NULL, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "32767"));
  g_assert_nonnull (strstr (error->message, "--scale"));
  g_assert_nonnull (strstr (error->message, "SVG"));
}

static void
something_is_drawn_in_each_row (void)
{
  g_autoptr (RungsLadder) ladder = rungs_test_example (NULL);
  g_autoptr (GBytes) bytes = rungs_export_ladder (ladder, RUNGS_EXPORT_PNG, 1, NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rungs-test-png-XXXXXX", NULL);
  int file = g_mkstemp (path);
  cairo_surface_t *surface;
  guint height;

  g_assert_cmpint (file, >=, 0);
  g_assert_true (g_close (file, NULL));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  height = rungs_ladder_get_row_height (ladder);
  for (guint row = 0; row < rungs_ladder_get_n_rows (ladder); row++)
    {
      const guint8 *pixels = cairo_image_surface_get_data (surface);
      gsize stride = cairo_image_surface_get_stride (surface);
      guint top = rungs_ladder_get_head_height (ladder) + row * height;
      guint n_dark = 0;

      for (guint y = top; y < top + height; y++)
        for (guint x = 0; x < rungs_ladder_get_width (ladder); x++)
          n_dark += pixels[y * stride + 4 * x + 1] < 0x80;
      g_assert_cmpuint (n_dark, >, 200);
    }
  cairo_surface_destroy (surface);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/png/a-scale-multiplies-its-pixels", a_scale_multiplies_its_pixels);
  g_test_add_func ("/png/equal-ladders-give-equal-bytes", equal_ladders_give_equal_bytes);
  g_test_add_func ("/png/a-picture-that-is-too-tall-is-an-error-with-ways-out",
                   a_picture_that_is_too_tall_is_an_error_with_ways_out);
  g_test_add_func ("/png/something-is-drawn-in-each-row", something_is_drawn_in_each_row);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Everything can be read, in every scheme: contrast as WCAG 2.1 computes it (1.4.3, 1.4.6, 1.4.11). */

#include "config.h"

#include <math.h>

#include "rungs-palette.h"
#include "rungs-sign.h"
#include "rungs-test.h"

static double
get_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (RungsColor color)
{
  return 0.2126 * get_linear (color.red) + 0.7152 * get_linear (color.green) +
         0.0722 * get_linear (color.blue);
}

static double
get_contrast (RungsColor a, RungsColor b)
{
  double la = get_luminance (a);
  double lb = get_luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/* What a selected row is tinted with: the accent, as GTK mixes it into the background. */
static RungsColor
get_selection (RungsScheme scheme)
{
  RungsColor background = rungs_palette_get_background (scheme);
  const double part = 0.12;

  return (RungsColor){ background.red * (1 - part) + 0.208 * part,
                       background.green * (1 - part) + 0.518 * part,
                       background.blue * (1 - part) + 0.894 * part,
                       1 };
}

static void
assert_contrast (RungsScheme scheme, const RungsShape *shape, RungsColor ground, double least)
{
  double contrast = get_contrast (rungs_palette_get_ink (scheme, shape), ground);

  if (contrast >= least)
    return;
  g_test_message ("scheme %d, kind %d, style %s, severity %d, quiet %d: %.2f",
                  scheme,
                  shape->kind,
                  rungs_style_get_id (shape->style),
                  shape->severity,
                  shape->quiet,
                  contrast);
  g_test_fail ();
}

static double
get_least_for_text (RungsScheme scheme)
{
  return scheme == RUNGS_SCHEME_HIGH_CONTRAST || scheme == RUNGS_SCHEME_HIGH_CONTRAST_DARK ? 7 : 4.5;
}

static void
text_is_readable_on_paper_and_on_a_selected_row (void)
{
  for (guint scheme = 0; scheme <= RUNGS_SCHEME_HIGH_CONTRAST_DARK; scheme++)
    for (guint style = 0; style < RUNGS_N_STYLES; style++)
      for (guint severity = 0; severity <= RUNGS_SEVERITY_ERROR; severity++)
        for (guint quiet = 0; quiet < 2; quiet++)
          {
            RungsShape shape = {
              .kind = RUNGS_SHAPE_TEXT, .style = style, .severity = severity, .quiet = quiet
            };

            if (rungs_style_get_font_size (style) <= 0)
              continue;
            assert_contrast (scheme,
                             &shape,
                             rungs_palette_get_background (scheme),
                             get_least_for_text (scheme));
            assert_contrast (scheme, &shape, get_selection (scheme), get_least_for_text (scheme));
          }
}

static void
badges_are_readable_on_their_pills (void)
{
  for (guint scheme = 0; scheme <= RUNGS_SCHEME_HIGH_CONTRAST_DARK; scheme++)
    for (guint severity = 0; severity <= RUNGS_SEVERITY_ERROR; severity++)
      {
        RungsShape shape = { .kind = RUNGS_SHAPE_PILL, .style = RUNGS_STYLE_BADGE, .severity = severity };

        assert_contrast (scheme,
                         &shape,
                         rungs_palette_get_fill (scheme, &shape),
                         get_least_for_text (scheme));
      }
}

static void
the_result_is_readable_on_its_plate (void)
{
  static const RungsStyle texts[] = { RUNGS_STYLE_SUMMARY_TITLE, RUNGS_STYLE_SUMMARY };

  for (guint scheme = 0; scheme <= RUNGS_SCHEME_HIGH_CONTRAST_DARK; scheme++)
    for (guint severity = 0; severity <= RUNGS_SEVERITY_ERROR; severity++)
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          RungsShape plate = { .kind = RUNGS_SHAPE_PLATE,
                               .style = RUNGS_STYLE_SUMMARY,
                               .severity = severity };
          RungsShape text = { .kind = RUNGS_SHAPE_TEXT, .style = texts[i] };

          assert_contrast (scheme,
                           &text,
                           rungs_palette_get_fill (scheme, &plate),
                           get_least_for_text (scheme));
        }
}

static void
arrows_and_signs_stand_out (void)
{
  for (guint scheme = 0; scheme <= RUNGS_SCHEME_HIGH_CONTRAST_DARK; scheme++)
    {
      for (guint style = RUNGS_STYLE_REQUEST; style <= RUNGS_STYLE_INFERRED; style++)
        for (guint severity = 0; severity <= RUNGS_SEVERITY_ERROR; severity++)
          {
            RungsShape arrow = { .kind = RUNGS_SHAPE_ARROW, .style = style, .severity = severity };

            assert_contrast (scheme, &arrow, rungs_palette_get_background (scheme), 3);
          }
      for (guint severity = RUNGS_SEVERITY_GOOD; severity <= RUNGS_SEVERITY_ERROR; severity++)
        {
          RungsShape sign = { .kind = RUNGS_SHAPE_ICON, .style = RUNGS_STYLE_VERDICT, .severity = severity };

          assert_contrast (scheme, &sign, rungs_palette_get_fill (scheme, &sign), 3);
        }
    }
}

static void
lifelines_stay_quiet (void)
{
  const RungsShape lifeline = { .kind = RUNGS_SHAPE_LINE, .style = RUNGS_STYLE_LIFELINE };
  const RungsShape arrow = { .kind = RUNGS_SHAPE_ARROW, .style = RUNGS_STYLE_REQUEST };

  for (guint scheme = 0; scheme <= RUNGS_SCHEME_HIGH_CONTRAST_DARK; scheme++)
    {
      RungsColor background = rungs_palette_get_background (scheme);

      g_assert_cmpfloat (get_contrast (rungs_palette_get_ink (scheme, &lifeline), background),
                         <,
                         get_contrast (rungs_palette_get_ink (scheme, &arrow), background));
    }
}

static void
verdicts_differ_in_form (void)
{
  for (guint a = RUNGS_SEVERITY_GOOD; a <= RUNGS_SEVERITY_ERROR; a++)
    for (guint b = a + 1; b <= RUNGS_SEVERITY_ERROR; b++)
      g_assert_true (rungs_sign_for_severity (a)->elements != rungs_sign_for_severity (b)->elements);
  g_assert_null (rungs_sign_for_severity (RUNGS_SEVERITY_NONE));
}

static void
signs_stay_in_their_square (void)
{
  static const char *const roles[] = { "host",      "client", "edge",    "pool", "proxy",
                                       "registrar", "server", "gateway", "kdc" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const RungsSign *sign = rungs_sign_for_role (roles[i]);

      for (guint k = 0; k < sign->n_elements; k++)
        for (guint v = 0; v < 6; v++)
          {
            g_assert_cmpfloat (sign->elements[k].values[v], >=, 0);
            g_assert_cmpfloat (sign->elements[k].values[v], <=, 1);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/text-is-readable-on-paper-and-on-a-selected-row",
                   text_is_readable_on_paper_and_on_a_selected_row);
  g_test_add_func ("/palette/badges-are-readable-on-their-pills", badges_are_readable_on_their_pills);
  g_test_add_func ("/palette/the-result-is-readable-on-its-plate", the_result_is_readable_on_its_plate);
  g_test_add_func ("/palette/arrows-and-signs-stand-out", arrows_and_signs_stand_out);
  g_test_add_func ("/palette/lifelines-stay-quiet", lifelines_stay_quiet);
  g_test_add_func ("/sign/verdicts-differ-in-form", verdicts_differ_in_form);
  g_test_add_func ("/sign/signs-stay-in-their-square", signs_stay_in_their_square);
  return g_test_run ();
}

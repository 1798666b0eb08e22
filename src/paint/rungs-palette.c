/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Semantic styles → colours.  See rungs-palette.h.
 *
 * GNOME's palette: blue for what is expected, green for success, red for a problem, amber for the sign of a warning, greys
 * for all else.  Text has a contrast of at least 4.5 : 1 with what it stands on (7 : 1 in high contrast), also on the tint of a
 * selected row; a test computes it. */

#include "config.h"

#include "rungs-palette.h"

typedef struct
{
  guint32 background;
  guint32 text;      /* labels, names */
  guint32 secondary; /* captions, times, addresses */
  guint32 faint;     /* what is not in this trace */
  guint32 line;      /* arrows that nobody judged */
  guint32 lifeline;
  guint32 hairline;
  guint32 plate;
  guint32 accents[6];   /* by severity, as text and as line */
  guint32 tints[6];     /* by severity, under text */
  guint32 problem_sign; /* the cross on its red disc */
} Palette;

/* Order of accents and tints: none, good, expected, note, warning, problem. */
static const Palette palettes[] = {
  [RUNGS_SCHEME_LIGHT] = {
    .background = 0xffffff, .text = 0x241f31, .secondary = 0x57555d, .faint = 0x66646b, .line = 0x5e5c64,
    .lifeline = 0xc0bfbc, .hairline = 0xdeddda, .plate = 0xf4f3f2,
    .accents = { 0x504e56, 0x176b43, 0x1a5fb4, 0x504e56, 0x8a5300, 0xb3161f },
    .tints = { 0xedecea, 0xdff3e8, 0xe1ecfa, 0xedecea, 0xfdf0d5, 0xfbe3e4 },
    .problem_sign = 0xffffff,
  },
  [RUNGS_SCHEME_DARK] = {
    .background = 0x1e1e1e, .text = 0xffffff, .secondary = 0xc0bfbc, .faint = 0xa9a7a4, .line = 0xb2b0ad,
    .lifeline = 0x5e5c64, .hairline = 0x3a3a3e, .plate = 0x2c2c30,
    .accents = { 0xd0cecb, 0x8ff0a4, 0x99c1f1, 0xd0cecb, 0xf8d36a, 0xff9d96 },
    .tints = { 0x3a393e, 0x1f3d2c, 0x22374f, 0x3a393e, 0x453913, 0x4c2325 },
    .problem_sign = 0x1e1e1e,
  },
  [RUNGS_SCHEME_HIGH_CONTRAST] = {
    .background = 0xffffff, .text = 0x000000, .secondary = 0x1c1a22, .faint = 0x3d3846, .line = 0x000000,
    .lifeline = 0x77767b, .hairline = 0x5e5c64, .plate = 0xf0f0f0,
    .accents = { 0x000000, 0x0b4a2c, 0x0b3d7a, 0x000000, 0x5c3600, 0x8a0d16 },
    .tints = { 0xe8e8e8, 0xe3f6eb, 0xe6effb, 0xe8e8e8, 0xfdf3de, 0xfde9ea },
    .problem_sign = 0xffffff,
  },
  [RUNGS_SCHEME_HIGH_CONTRAST_DARK] = {
    .background = 0x000000, .text = 0xffffff, .secondary = 0xf0efee, .faint = 0xd0cecb, .line = 0xffffff,
    .lifeline = 0x9a9996, .hairline = 0xc0bfbc, .plate = 0x1c1c1f,
    .accents = { 0xffffff, 0xb4f5c3, 0xbcd8f8, 0xffffff, 0xfbe39b, 0xffc4c0 },
    .tints = { 0x2a2a2e, 0x10301f, 0x122b47, 0x2a2a2e, 0x3a2e08, 0x471417 },
    .problem_sign = 0x000000,
  },
};

static RungsColor
from_hex (guint32 hex)
{
  return (RungsColor){ (hex >> 16 & 0xff) / 255.0, (hex >> 8 & 0xff) / 255.0, (hex & 0xff) / 255.0, 1.0 };
}

static guint32
get_line_ink (const Palette *palette, const RungsShape *shape)
{
  switch (shape->style)
    {
    case RUNGS_STYLE_LIFELINE:
    case RUNGS_STYLE_LIFELINE_GHOST:
      return palette->lifeline;
    case RUNGS_STYLE_RULE:
      return palette->hairline;
    case RUNGS_STYLE_INFERRED:
    case RUNGS_STYLE_RETRANSMISSION:
    case RUNGS_STYLE_RETRANSMITTED_RESPONSE:
      return palette->faint;
    default:
      return shape->severity == RUNGS_SEVERITY_NONE ? palette->line : palette->accents[shape->severity];
    }
}

static guint32
get_text_ink (const Palette *palette, const RungsShape *shape)
{
  if (shape->quiet)
    return palette->faint;
  switch (shape->style)
    {
    case RUNGS_STYLE_LABEL:
      return shape->severity == RUNGS_SEVERITY_NONE ? palette->text : palette->accents[shape->severity];
    case RUNGS_STYLE_LANE_ROLE:
    case RUNGS_STYLE_LANE_NAME:
    case RUNGS_STYLE_SUMMARY_TITLE:
    case RUNGS_STYLE_TITLE:
      return palette->text;
    case RUNGS_STYLE_NUMBER:
    case RUNGS_STYLE_ABSENT:
      return palette->faint;
    default:
      return palette->secondary;
    }
}

RungsColor
rungs_palette_get_background (RungsScheme scheme)
{
  g_return_val_if_fail (scheme < G_N_ELEMENTS (palettes), (RungsColor){ 0 });
  return from_hex (palettes[scheme].background);
}

RungsColor
rungs_palette_get_ink (RungsScheme scheme, const RungsShape *shape)
{
  const Palette *palette;

  g_return_val_if_fail (scheme < G_N_ELEMENTS (palettes) && shape != NULL, (RungsColor){ 0 });

  palette = &palettes[scheme];
  switch (shape->kind)
    {
    case RUNGS_SHAPE_LINE:
    case RUNGS_SHAPE_ARROW:
      return from_hex (get_line_ink (palette, shape));
    case RUNGS_SHAPE_TEXT:
      return from_hex (get_text_ink (palette, shape));
    case RUNGS_SHAPE_ICON:
      if (shape->severity == RUNGS_SEVERITY_NONE)
        return from_hex (shape->quiet ? palette->faint : palette->secondary);
      if (shape->severity == RUNGS_SEVERITY_ERROR)
        return from_hex (palette->problem_sign);
      return from_hex (palette->accents[shape->severity]);
    case RUNGS_SHAPE_PILL:
    case RUNGS_SHAPE_PLATE:
    default:
      return from_hex (palette->accents[shape->severity]);
    }
}

RungsColor
rungs_palette_get_fill (RungsScheme scheme, const RungsShape *shape)
{
  const Palette *palette;

  g_return_val_if_fail (scheme < G_N_ELEMENTS (palettes) && shape != NULL, (RungsColor){ 0 });

  palette = &palettes[scheme];
  if (shape->kind == RUNGS_SHAPE_PLATE)
    return from_hex (shape->severity == RUNGS_SEVERITY_ERROR ? palette->tints[RUNGS_SEVERITY_ERROR]
                                                             : palette->plate);
  if (shape->kind == RUNGS_SHAPE_ICON && shape->severity == RUNGS_SEVERITY_ERROR)
    return from_hex (palette->accents[RUNGS_SEVERITY_ERROR]);
  return from_hex (palette->tints[shape->severity]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One drawn thing of one row: kind, positions, text, and what it *means*, never a colour.
 *
 * The picture is a value: tests compare shapes, the painter draws them, the SVG writer writes them.  Units are pixels
 * at scale 1; x from the left edge of the ladder, y from the top of the row.  Text is placed by its baseline.  Lifelines
 * stop above text that stands on them and go on below it, so that no box has to be painted over them and any background
 * (selected, dark, paper) will do. */

#pragma once

#include <glib.h>

#include "rungs-severity.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_SHAPE_LINE,   /* x1,y1 to x2,y2 */
  RUNGS_SHAPE_ARROW,  /* a line with a head at x2,y2 */
  RUNGS_SHAPE_TEXT,   /* at x1,y1 (baseline), aligned by @align, at most @width wide (ellipsised), 0: no limit */
  RUNGS_SHAPE_PILL,   /* a badge: rounded box x1,y1,x2,y2 with text centred */
  RUNGS_SHAPE_PLATE,  /* a filled rounded box x1,y1,x2,y2 without text: the summary stands on it */
  RUNGS_SHAPE_ICON,   /* the verdict sign or role icon in the box x1,y1,x2,y2; @severity or @role says which */
} RungsShapeKind;

typedef enum
{
  RUNGS_STYLE_LIFELINE,
  RUNGS_STYLE_LIFELINE_GHOST,  /* dotted: not in this trace */
  RUNGS_STYLE_REQUEST,         /* solid */
  RUNGS_STYLE_PROVISIONAL,     /* dashed, as all responses */
  RUNGS_STYLE_SUCCESS,
  RUNGS_STYLE_EXPECTED,        /* a challenge that belongs */
  RUNGS_STYLE_REDIRECT,
  RUNGS_STYLE_FAILURE,
  RUNGS_STYLE_RESPONSE,        /* a final response that nobody judged */
  RUNGS_STYLE_RETRANSMISSION,  /* a request again; also the badge ↻n */
  RUNGS_STYLE_RETRANSMITTED_RESPONSE,
  RUNGS_STYLE_INFERRED,        /* dotted: must have happened, not in this trace */
  RUNGS_STYLE_TIME,
  RUNGS_STYLE_NUMBER,
  RUNGS_STYLE_LABEL,           /* the start line in short */
  RUNGS_STYLE_CAPTION,
  RUNGS_STYLE_BADGE,
  RUNGS_STYLE_VERDICT,         /* text or icon of a verdict */
  RUNGS_STYLE_LANE_ROLE,
  RUNGS_STYLE_LANE_NAME,
  RUNGS_STYLE_LANE_ADDRESS,
  RUNGS_STYLE_GAP,             /* "13 s later" */
  RUNGS_STYLE_SUMMARY_TITLE,
  RUNGS_STYLE_SUMMARY,
  RUNGS_STYLE_ABSENT,          /* words for what is not in this trace */
  RUNGS_STYLE_CLOCK,           /* what the time column means */
  RUNGS_STYLE_RULE,            /* the hairline under the lane heads */
  RUNGS_STYLE_TITLE,           /* the heading of an exported picture */
  RUNGS_N_STYLES
} RungsStyle;

typedef enum
{
  RUNGS_ALIGN_START,
  RUNGS_ALIGN_CENTER,
  RUNGS_ALIGN_END,
} RungsAlign;

/** RungsShape: owned by the array that it stands in. */
typedef struct
{
  RungsShapeKind kind;
  RungsStyle style;
  RungsSeverity severity;  /* colours and signs follow it; NONE: neutral */
  RungsAlign align;
  const char *role;        /* the id of a role for its icon, static; otherwise NULL */
  gboolean quiet;          /* stands back: not in this trace, or seen before */
  double x1, y1, x2, y2;
  double width;
  char *text;              /* display text, or NULL */
} RungsShape;

/** rungs_shapes_new: an empty array of RungsShape that frees the texts. (transfer full) */
GArray *rungs_shapes_new (void);

/** rungs_shapes_add / rungs_shapes_add_text: append one shape; @text is copied. */
RungsShape *rungs_shapes_add      (GArray         *shapes,
                                   RungsShapeKind  kind,
                                   RungsStyle      style,
                                   double          x1,
                                   double          y1,
                                   double          x2,
                                   double          y2);
RungsShape *rungs_shapes_add_text (GArray         *shapes,
                                   RungsStyle      style,
                                   RungsAlign      align,
                                   double          x,
                                   double          y,
                                   double          width,
                                   const char     *text);

/** rungs_shapes_add_fitting_text: the same, cut here with "…" to what fits into @width by rungs-text-width.h. */
RungsShape *rungs_shapes_add_fitting_text (GArray     *shapes,
                                           RungsStyle  style,
                                           RungsAlign  align,
                                           double      x,
                                           double      y,
                                           double      width,
                                           const char *text);

/** rungs_shapes_to_string: one line a shape, for tests and for people who look for a fault. (transfer full) */
char       *rungs_shapes_to_string (const GArray  *shapes);

/** rungs_style_get_id: "request", "lane-role" …; static: class names in SVG. */
const char *rungs_style_get_id    (RungsStyle      style);

/** rungs_style_is_dashed / _is_dotted: how the line of a style is drawn; the second signal beside colour. */
gboolean    rungs_style_is_dashed (RungsStyle      style);
gboolean    rungs_style_is_dotted (RungsStyle      style);

/** rungs_style_get_font_size: px, for TEXT and PILL shapes of that style; the same on screen, in PNG and in SVG. */
double      rungs_style_get_font_size (RungsStyle  style);
gboolean    rungs_style_is_bold   (RungsStyle      style);
gboolean    rungs_style_is_italic (RungsStyle      style);

/** rungs_style_is_monospace: columns of digits that must stand under each other. */
gboolean    rungs_style_is_monospace (RungsStyle   style);

/** rungs_style_estimate_width: how wide @text is about in the letters of @style, px. */
double      rungs_style_estimate_width (RungsStyle  style,
                                        const char *text);

/** RUNGS_PLATE_RADIUS: px, of the corners of a PLATE; those of a PILL are round. */
#define RUNGS_PLATE_RADIUS 10.0

/** rungs_style_get_line_width / _get_head_length / _get_head_half: px, of LINE and ARROW shapes; half is half of the width of
 * an arrow's head. */
double      rungs_style_get_line_width  (RungsStyle style);
double      rungs_style_get_head_length (RungsStyle style);
double      rungs_style_get_head_half   (RungsStyle style);

/** rungs_style_get_dashes: px of stroke and gap of a dashed or dotted line. Returns: %FALSE for a solid one */
gboolean    rungs_style_get_dashes      (RungsStyle style,
                                         double     dashes[2]);

G_END_DECLS

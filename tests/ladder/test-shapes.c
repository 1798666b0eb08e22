/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The picture is a value: rows made by hand give the shapes in shapes/NAME.shapes (--generate writes them), and whatever the
 * lanes and the width, nothing that can be read stands on something else. */

#include "config.h"

#include <math.h>

#include "rungs-row-shapes.h"
#include "rungs-test-ladder.h"
#include "rungs-text-width.h"

#define MAX_LANES 30

static gboolean generate;

typedef struct
{
  RungsLane lanes[MAX_LANES];
  const RungsLane *pointers[MAX_LANES];
} Lanes;

static void
lanes_init (Lanes *self)
{
  static const RungsRole roles[] = { RUNGS_ROLE_CLIENT, RUNGS_ROLE_EDGE, RUNGS_ROLE_POOL };

  for (guint i = 0; i < MAX_LANES; i++)
    {
      self->lanes[i] = (RungsLane){ .role = i < 3 ? roles[i] : RUNGS_ROLE_PROXY,
                                    .name = (char *) "sip.contoso.example",
                                    .address = (char *) "203.0.113.10:5061" };
      self->pointers[i] = &self->lanes[i];
    }
  self->lanes[2].ghost = TRUE;
  self->lanes[2].reason = RUNGS_ROLE_REASON_TARGETNAME;
}

static RungsRow
make_row (guint source, guint destination, RungsStyle style, const char *label, const char *badge)
{
  RungsRow row = RUNGS_ROW_INIT;

  row.source = source;
  row.destination = destination;
  row.style = style;
  row.response = style != RUNGS_STYLE_REQUEST;
  row.number = g_strdup ("7");
  row.time = g_strdup ("12:32:24.101");
  row.label = g_strdup (label);
  row.badge = g_strdup (badge);
  row.caption = g_strdup ("");
  return row;
}

static GArray *
get_shapes (const RungsRow *row, guint n_lanes, gboolean captions, double width)
{
  GArray *shapes = rungs_shapes_new ();
  RungsLayout layout;
  Lanes lanes;

  lanes_init (&lanes);
  rungs_layout_init (&layout, n_lanes, 2, 12, captions, width);
  rungs_row_append_shapes (row, &layout, lanes.pointers, shapes);
  return shapes;
}

static void
expect (const char *name, const RungsRow *row, guint n_lanes, gboolean captions)
{
  g_autoptr (GArray) shapes = get_shapes (row, n_lanes, captions, 0);
  g_autofree char *text = rungs_shapes_to_string (shapes);
  g_autofree char *file = g_strdup_printf ("%s.shapes", name);
  g_autofree char *path = rungs_test_fixture ("ladder", "shapes", file, NULL);

  rungs_test_expect (path, text, generate);
}

static void
a_request_is_solid_with_label_and_badge_above (void)
{
  g_auto (RungsRow) row = make_row (0, 1, RUNGS_STYLE_REQUEST, "REGISTER contoso.example", "no credentials");

  row.severity = RUNGS_SEVERITY_EXPECTED;
  expect ("request", &row, 2, FALSE);
}

static void
an_expected_challenge_is_dashed_and_says_so (void)
{
  g_auto (RungsRow) row = make_row (1, 0, RUNGS_STYLE_EXPECTED, "401 Unauthorized", "NTLM offered");

  row.severity = row.accent = RUNGS_SEVERITY_EXPECTED;
  g_free (row.caption);
  row.caption =
    g_strdup ("Expected. The edge asks for NTLM and says RemoteUser: this client comes from outside.");
  row.hidden_source = 2;
  row.hidden_destination = 1;
  expect ("expected", &row, 3, TRUE);
}

static void
a_hidden_hop_is_dotted_and_not_in_this_trace (void)
{
  g_auto (RungsRow) row = make_row (0, 1, RUNGS_STYLE_REQUEST, "REGISTER", NULL);

  row.hidden_source = 1;
  row.hidden_destination = 2;
  expect ("hidden-hop", &row, 3, FALSE);
}

static void
a_failure_has_the_cross (void)
{
  g_auto (RungsRow) row = make_row (1, 0, RUNGS_STYLE_FAILURE, "403 Forbidden", NULL);

  row.severity = row.accent = RUNGS_SEVERITY_ERROR;
  expect ("failure", &row, 2, FALSE);
}

static void
a_retransmission_stands_back (void)
{
  g_auto (RungsRow) row = make_row (0, 1, RUNGS_STYLE_RETRANSMISSION, "REGISTER", NULL);

  row.repeats = g_strdup ("↻");
  expect ("retransmission", &row, 2, FALSE);
}

static void
a_message_to_itself_is_a_loop (void)
{
  g_auto (RungsRow) row = make_row (1, 1, RUNGS_STYLE_REQUEST, "OPTIONS", "SDP");

  expect ("loop", &row, 2, FALSE);
}

static void
a_wait_cuts_all_lifelines (void)
{
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  row.kind = RUNGS_RUNG_GAP;
  row.label = g_strdup ("13 s later");
  row.caption = g_strdup ("");
  expect ("wait", &row, 2, FALSE);
}

static void
a_fold_is_a_bar_over_its_lanes (void)
{
  g_auto (RungsRow) row = make_row (0, 1, RUNGS_STYLE_RESPONSE, "authentication, 2 round trips", NULL);

  row.kind = RUNGS_RUNG_FOLD;
  expect ("fold", &row, 2, FALSE);
}

static void
the_result_ends_the_lifelines (void)
{
  g_auto (RungsRow) row = RUNGS_ROW_INIT;

  row.kind = RUNGS_RUNG_SUMMARY;
  row.severity = RUNGS_SEVERITY_GOOD;
  row.label = g_strdup ("Registered with NTLM");
  row.caption = g_strdup ("Six messages, one Call-ID; both 401s are part of it.");
  expect ("result", &row, 3, TRUE);
}

static void
heads_have_icon_role_name_and_address (void)
{
  g_autoptr (GArray) shapes = rungs_shapes_new ();
  g_autofree char *path = rungs_test_fixture ("ladder", "shapes", "heads.shapes", NULL);
  g_autofree char *text = NULL;
  RungsLayout layout;
  Lanes lanes;

  lanes_init (&lanes);
  rungs_layout_init (&layout, 3, 2, 12, TRUE, 0);
  rungs_head_append_shapes (&layout,
                            lanes.pointers,
                            "the client’s clock; the log states no time zone",
                            shapes);
  text = rungs_shapes_to_string (shapes);
  rungs_test_expect (path, text, generate);
}

static void
get_text_box (const RungsShape *shape, double box[4])
{
  double size = rungs_style_get_font_size (shape->style);
  double width = rungs_text_estimate_width (shape->text, size, rungs_style_is_bold (shape->style));

  box[0] = shape->x1 - (shape->align == RUNGS_ALIGN_END      ? width
                        : shape->align == RUNGS_ALIGN_CENTER ? width / 2
                                                             : 0);
  box[1] = shape->y1 - size * 0.75;
  box[2] = box[0] + width;
  box[3] = shape->y1 + size * 0.2;
}

static gboolean
overlap (const double a[4], const double b[4])
{
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/* The box of what can be read, or of a line; FALSE for boxes that stand behind text. */
static gboolean
get_box (const RungsShape *shape, double box[4])
{
  if (shape->kind == RUNGS_SHAPE_PLATE)
    return FALSE;
  if (shape->kind == RUNGS_SHAPE_TEXT)
    {
      get_text_box (shape, box);
      return TRUE;
    }
  box[0] = MIN (shape->x1, shape->x2);
  box[1] = MIN (shape->y1, shape->y2);
  box[2] = MAX (shape->x1, shape->x2);
  box[3] = MAX (shape->y1, shape->y2);
  return TRUE;
}

static gboolean
is_line (const RungsShape *shape)
{
  return shape->kind == RUNGS_SHAPE_LINE || shape->kind == RUNGS_SHAPE_ARROW;
}

static void
assert_nothing_overlaps (const GArray *shapes, double width, double height)
{
  for (guint i = 0; i < shapes->len; i++)
    {
      const RungsShape *a = &g_array_index (shapes, RungsShape, i);
      double box[4];

      if (!get_box (a, box))
        continue;
      g_assert_cmpfloat (box[0], >=, -0.5);
      g_assert_cmpfloat (box[1], >=, -0.5);
      g_assert_cmpfloat (box[2], <=, width + 0.5);
      g_assert_cmpfloat (box[3], <=, height + 0.5);
      for (guint k = i + 1; k < shapes->len; k++)
        {
          const RungsShape *b = &g_array_index (shapes, RungsShape, k);
          double other[4];

          if ((is_line (a) && is_line (b)) || !get_box (b, other))
            continue;
          if (overlap (box, other))
            {
              g_autofree char *text = rungs_shapes_to_string (shapes);

              g_test_message ("%u and %u of:\n%s", i, k, text);
              g_test_fail ();
            }
        }
    }
}

static void
nothing_that_can_be_read_stands_on_something_else (void)
{
  static const char *const labels[] = {
    "REGISTER",
    "401 Unauthorized",
    "480 Temporarily Unavailable",
    "INVITE a.very.long.name.without.end@a.very.long.domain.contoso.example"
  };
  static const char *const badges[] = { NULL, "SDP", "Kerberos and NTLM offered, and a very long badge" };
  static const char *const caption =
    "The client asks to be registered and sends no credentials: it does not know "
    "yet which scheme the server wants.";
  static const guint counts[] = { 1, 2, 3, 9, 30 };
  static const double widths[] = { 1, 745, 2000 };

  for (guint n = 0; n < G_N_ELEMENTS (counts); n++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      for (guint l = 0; l < G_N_ELEMENTS (labels); l++)
        for (guint b = 0; b < G_N_ELEMENTS (badges); b++)
          for (guint source = 0; source < counts[n]; source += 1 + counts[n] / 3)
            for (guint destination = 0; destination < counts[n]; destination += 1 + counts[n] / 3)
              {
                g_auto (RungsRow) row =
                  make_row (source, destination, RUNGS_STYLE_RESPONSE, labels[l], badges[b]);
                g_autoptr (GArray) shapes = NULL;
                RungsLayout layout;

                row.severity = RUNGS_SEVERITY_INFO;
                row.repeats = b > 0 ? g_strdup ("↻2") : NULL;
                g_free (row.caption);
                row.caption = g_strdup (caption);
                rungs_layout_init (&layout, counts[n], 2, 12, TRUE, widths[w]);
                shapes = get_shapes (&row, counts[n], TRUE, widths[w]);
                assert_nothing_overlaps (shapes, layout.width, layout.row_height);
              }
}

static void
lanes_keep_a_least_distance (void)
{
  RungsLayout layout;

  rungs_layout_init (&layout, 30, 2, 12, TRUE, 100);
  g_assert_cmpfloat (layout.width, ==, layout.minimum_width);
  for (guint i = 1; i < 30; i++)
    g_assert_cmpfloat (rungs_layout_get_lane_x (&layout, i) - rungs_layout_get_lane_x (&layout, i - 1),
                       >=,
                       100);
  g_assert_cmpfloat (rungs_layout_get_lane_x (&layout, 29), <, layout.width);
}

static void
lanes_fill_the_width_that_is_there (void)
{
  RungsLayout narrow, wide;

  rungs_layout_init (&narrow, 3, 2, 12, TRUE, 745);
  rungs_layout_init (&wide, 3, 2, 12, TRUE, 945);
  g_assert_cmpfloat (rungs_layout_get_lane_x (&narrow, 0), ==, rungs_layout_get_lane_x (&wide, 0));
  g_assert_cmpfloat_with_epsilon (rungs_layout_get_lane_x (&wide, 2) - rungs_layout_get_lane_x (&narrow, 2),
                                  200,
                                  2);
}

int
main (int argc, char **argv)
{
  generate = rungs_test_take_generate (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shapes/a-request-is-solid-with-label-and-badge-above",
                   a_request_is_solid_with_label_and_badge_above);
  g_test_add_func ("/shapes/an-expected-challenge-is-dashed-and-says-so",
                   an_expected_challenge_is_dashed_and_says_so);
  g_test_add_func ("/shapes/a-hidden-hop-is-dotted-and-not-in-this-trace",
                   a_hidden_hop_is_dotted_and_not_in_this_trace);
  g_test_add_func ("/shapes/a-failure-has-the-cross", a_failure_has_the_cross);
  g_test_add_func ("/shapes/a-retransmission-stands-back", a_retransmission_stands_back);
  g_test_add_func ("/shapes/a-message-to-itself-is-a-loop", a_message_to_itself_is_a_loop);
  g_test_add_func ("/shapes/a-wait-cuts-all-lifelines", a_wait_cuts_all_lifelines);
  g_test_add_func ("/shapes/a-fold-is-a-bar-over-its-lanes", a_fold_is_a_bar_over_its_lanes);
  g_test_add_func ("/shapes/the-result-ends-the-lifelines", the_result_ends_the_lifelines);
  g_test_add_func ("/shapes/heads-have-icon-role-name-and-address", heads_have_icon_role_name_and_address);
  g_test_add_func ("/shapes/nothing-that-can-be-read-stands-on-something-else",
                   nothing_that_can_be_read_stands_on_something_else);
  g_test_add_func ("/shapes/lanes-keep-a-least-distance", lanes_keep_a_least_distance);
  g_test_add_func ("/shapes/lanes-fill-the-width-that-is-there", lanes_fill_the_width_that_is_there);
  return g_test_run ();
}

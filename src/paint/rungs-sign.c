/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The small signs as paths.  See rungs-sign.h. */

#include "config.h"

#include "rungs-sign.h"

/* clang-format off */

/* A circle as four curves. */
#define BOW 0.5523
#define CIRCLE(x, y, r) \
  { RUNGS_SIGN_MOVE, { (x) + (r), (y) } }, \
  { RUNGS_SIGN_CURVE, { (x) + (r), (y) + BOW * (r), (x) + BOW * (r), (y) + (r), (x), (y) + (r) } }, \
  { RUNGS_SIGN_CURVE, { (x) - BOW * (r), (y) + (r), (x) - (r), (y) + BOW * (r), (x) - (r), (y) } }, \
  { RUNGS_SIGN_CURVE, { (x) - (r), (y) - BOW * (r), (x) - BOW * (r), (y) - (r), (x), (y) - (r) } }, \
  { RUNGS_SIGN_CURVE, { (x) + BOW * (r), (y) - (r), (x) + (r), (y) - BOW * (r), (x) + (r), (y) } }, \
  { RUNGS_SIGN_CLOSE, { 0 } }

static const RungsSignElement check_path[] = {
  { RUNGS_SIGN_MOVE, { 0.28, 0.52 } },
  { RUNGS_SIGN_LINE, { 0.44, 0.68 } },
  { RUNGS_SIGN_LINE, { 0.725, 0.35 } },
};
static const RungsSignElement key_path[] = {
  CIRCLE (0.345, 0.5, 0.15),
  { RUNGS_SIGN_MOVE, { 0.495, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.8, 0.5 } },
  { RUNGS_SIGN_MOVE, { 0.735, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.735, 0.65 } },
};
static const RungsSignElement cross_path[] = {
  { RUNGS_SIGN_MOVE, { 0.34, 0.34 } },
  { RUNGS_SIGN_LINE, { 0.66, 0.66 } },
  { RUNGS_SIGN_MOVE, { 0.66, 0.34 } },
  { RUNGS_SIGN_LINE, { 0.34, 0.66 } },
};
static const RungsSignElement triangle_path[] = {
  { RUNGS_SIGN_MOVE, { 0.5, 0.07 } },
  { RUNGS_SIGN_LINE, { 0.95, 0.9 } },
  { RUNGS_SIGN_LINE, { 0.05, 0.9 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.5, 0.37 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.6 } },
  { RUNGS_SIGN_MOVE, { 0.5, 0.745 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.75 } },
};
static const RungsSignElement note_path[] = {
  { RUNGS_SIGN_MOVE, { 0.5, 0.285 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.29 } },
  { RUNGS_SIGN_MOVE, { 0.5, 0.47 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.72 } },
};
static const RungsSignElement client_path[] = {
  { RUNGS_SIGN_MOVE, { 0.08, 0.14 } },
  { RUNGS_SIGN_LINE, { 0.92, 0.14 } },
  { RUNGS_SIGN_LINE, { 0.92, 0.66 } },
  { RUNGS_SIGN_LINE, { 0.08, 0.66 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.5, 0.66 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.88 } },
  { RUNGS_SIGN_MOVE, { 0.3, 0.88 } },
  { RUNGS_SIGN_LINE, { 0.7, 0.88 } },
};
static const RungsSignElement edge_path[] = {
  { RUNGS_SIGN_MOVE, { 0.5, 0.06 } },
  { RUNGS_SIGN_LINE, { 0.88, 0.2 } },
  { RUNGS_SIGN_LINE, { 0.88, 0.46 } },
  { RUNGS_SIGN_CURVE, { 0.88, 0.72, 0.7, 0.87, 0.5, 0.95 } },
  { RUNGS_SIGN_CURVE, { 0.3, 0.87, 0.12, 0.72, 0.12, 0.46 } },
  { RUNGS_SIGN_LINE, { 0.12, 0.2 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
};
static const RungsSignElement pool_path[] = {
  { RUNGS_SIGN_MOVE, { 0.1, 0.1 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.1 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.44 } },
  { RUNGS_SIGN_LINE, { 0.1, 0.44 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.1, 0.56 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.56 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.9 } },
  { RUNGS_SIGN_LINE, { 0.1, 0.9 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.265, 0.27 } },
  { RUNGS_SIGN_LINE, { 0.275, 0.27 } },
  { RUNGS_SIGN_MOVE, { 0.265, 0.73 } },
  { RUNGS_SIGN_LINE, { 0.275, 0.73 } },
};
static const RungsSignElement server_path[] = {
  { RUNGS_SIGN_MOVE, { 0.22, 0.08 } },
  { RUNGS_SIGN_LINE, { 0.78, 0.08 } },
  { RUNGS_SIGN_LINE, { 0.78, 0.92 } },
  { RUNGS_SIGN_LINE, { 0.22, 0.92 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.38, 0.26 } },
  { RUNGS_SIGN_LINE, { 0.62, 0.26 } },
  { RUNGS_SIGN_MOVE, { 0.38, 0.42 } },
  { RUNGS_SIGN_LINE, { 0.62, 0.42 } },
  { RUNGS_SIGN_MOVE, { 0.495, 0.74 } },
  { RUNGS_SIGN_LINE, { 0.505, 0.74 } },
};
static const RungsSignElement registrar_path[] = {
  { RUNGS_SIGN_MOVE, { 0.18, 0.08 } },
  { RUNGS_SIGN_LINE, { 0.82, 0.08 } },
  { RUNGS_SIGN_LINE, { 0.82, 0.92 } },
  { RUNGS_SIGN_LINE, { 0.18, 0.92 } },
  { RUNGS_SIGN_CLOSE, { 0 } },
  { RUNGS_SIGN_MOVE, { 0.36, 0.32 } },
  { RUNGS_SIGN_LINE, { 0.64, 0.32 } },
  { RUNGS_SIGN_MOVE, { 0.36, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.64, 0.5 } },
  { RUNGS_SIGN_MOVE, { 0.36, 0.68 } },
  { RUNGS_SIGN_LINE, { 0.54, 0.68 } },
};
static const RungsSignElement proxy_path[] = {
  { RUNGS_SIGN_MOVE, { 0.08, 0.32 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.32 } },
  { RUNGS_SIGN_MOVE, { 0.72, 0.14 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.32 } },
  { RUNGS_SIGN_LINE, { 0.72, 0.5 } },
  { RUNGS_SIGN_MOVE, { 0.92, 0.7 } },
  { RUNGS_SIGN_LINE, { 0.1, 0.7 } },
  { RUNGS_SIGN_MOVE, { 0.28, 0.52 } },
  { RUNGS_SIGN_LINE, { 0.1, 0.7 } },
  { RUNGS_SIGN_LINE, { 0.28, 0.88 } },
};
static const RungsSignElement gateway_path[] = {
  { RUNGS_SIGN_MOVE, { 0.5, 0.06 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.3 } },
  { RUNGS_SIGN_MOVE, { 0.5, 0.7 } },
  { RUNGS_SIGN_LINE, { 0.5, 0.94 } },
  { RUNGS_SIGN_MOVE, { 0.08, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.5 } },
  { RUNGS_SIGN_MOVE, { 0.7, 0.3 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.7, 0.7 } },
};
static const RungsSignElement kdc_path[] = {
  CIRCLE (0.28, 0.5, 0.18),
  { RUNGS_SIGN_MOVE, { 0.46, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.94, 0.5 } },
  { RUNGS_SIGN_MOVE, { 0.74, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.74, 0.68 } },
  { RUNGS_SIGN_MOVE, { 0.9, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.9, 0.66 } },
};
static const RungsSignElement host_path[] = {
  CIRCLE (0.5, 0.5, 0.38),
  { RUNGS_SIGN_MOVE, { 0.495, 0.5 } },
  { RUNGS_SIGN_LINE, { 0.505, 0.5 } },
};

#define VERDICT(path) { path, G_N_ELEMENTS (path), .on_disc = TRUE, .line_width = 0.11 }
#define ROLE(path)    { path, G_N_ELEMENTS (path), .line_width = 0.085 }

static const RungsSign verdicts[] = {
  [RUNGS_SEVERITY_GOOD]     = VERDICT (check_path),
  [RUNGS_SEVERITY_EXPECTED] = { key_path, G_N_ELEMENTS (key_path), .on_disc = TRUE, .line_width = 0.095 },
  [RUNGS_SEVERITY_INFO]     = VERDICT (note_path),
  [RUNGS_SEVERITY_WARNING]  = { triangle_path, G_N_ELEMENTS (triangle_path), .filled = TRUE, .line_width = 0.09 },
  [RUNGS_SEVERITY_ERROR]    = VERDICT (cross_path),
};

static const struct
{
  const char *role;
  RungsSign sign;
} roles[] = {
  { "client", ROLE (client_path) },
  { "edge", ROLE (edge_path) },
  { "pool", ROLE (pool_path) },
  { "proxy", ROLE (proxy_path) },
  { "registrar", ROLE (registrar_path) },
  { "server", ROLE (server_path) },
  { "gateway", ROLE (gateway_path) },
  { "kdc", ROLE (kdc_path) },
};

/* clang-format on */

static const RungsSign host_sign = ROLE (host_path);

const RungsSign *
rungs_sign_for_severity (RungsSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (verdicts), NULL);

  return severity == RUNGS_SEVERITY_NONE ? NULL : &verdicts[severity];
}

const RungsSign *
rungs_sign_for_role (const char *role)
{
  g_return_val_if_fail (role != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].role, role))
      return &roles[i].sign;
  return &host_sign;
}

const RungsSign *
rungs_sign_for_shape (const RungsShape *shape)
{
  g_return_val_if_fail (shape != NULL, NULL);

  if (shape->kind != RUNGS_SHAPE_ICON)
    return NULL;
  return shape->role != NULL ? rungs_sign_for_role (shape->role) : rungs_sign_for_severity (shape->severity);
}

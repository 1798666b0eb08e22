/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One row of the ladder.  See rungs-rung.h. */

#include "config.h"

#include "rungs-rung.h"

struct _RungsRung
{
  GObject parent_instance;
  RungsRungKind kind;
  guint row;
  guint message;
};

G_DEFINE_FINAL_TYPE (RungsRung, rungs_rung, G_TYPE_OBJECT)

static void
rungs_rung_class_init (RungsRungClass *klass)
{
}

static void
rungs_rung_init (RungsRung *self)
{
}

gboolean
rungs_rung_kind_is_step (RungsRungKind kind)
{
  return kind == RUNGS_RUNG_KERBEROS || kind == RUNGS_RUNG_HIDDEN;
}

RungsRung *
rungs_rung_new (RungsRungKind kind, guint row, guint message)
{
  RungsRung *self = g_object_new (RUNGS_TYPE_RUNG, NULL);

  self->kind = kind;
  self->row = row;
  self->message = message;
  return self;
}

RungsRungKind
rungs_rung_get_kind (RungsRung *self)
{
  g_return_val_if_fail (RUNGS_IS_RUNG (self), RUNGS_RUNG_MESSAGE);
  return self->kind;
}

guint
rungs_rung_get_row (RungsRung *self)
{
  g_return_val_if_fail (RUNGS_IS_RUNG (self), 0);
  return self->row;
}

guint
rungs_rung_get_message (RungsRung *self)
{
  g_return_val_if_fail (RUNGS_IS_RUNG (self), RUNGS_NO_MESSAGE);
  return self->message;
}

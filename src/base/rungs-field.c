/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The decoded tree.  See rungs-field.h. */

#include "config.h"

#include "rungs-field.h"
#include "rungs-text.h"

RungsField *
rungs_field_new (const char *name, const char *value, gsize offset, gsize length)
{
  RungsField *self = g_new0 (RungsField, 1);

  self->name = g_strdup (name);
  self->value = g_strdup (value != NULL ? value : "");
  self->offset = offset;
  self->length = length;
  return self;
}

RungsField *
rungs_field_new_slice (const char *name, RungsSlice value, RungsSlice message)
{
  RungsField *self = g_new0 (RungsField, 1);

  self->name = g_strdup (name);
  self->value = rungs_text_display (value);
  self->offset = rungs_slice_offset_in (value, message);
  self->length = value.length;
  return self;
}

void
rungs_field_free (RungsField *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->value);
  g_free (self->topic);
  g_free (self);
}

RungsField *
rungs_field_add (RungsField *self, RungsField *child)
{
  g_return_val_if_fail (self != NULL && child != NULL, NULL);

  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_free);
  g_ptr_array_add (self->children, child);
  return child;
}

void
rungs_field_set_topic (RungsField *self, const char *topic)
{
  g_return_if_fail (self != NULL);
  g_free (self->topic);
  self->topic = g_strdup (topic);
}

guint
rungs_field_get_n_children (const RungsField *self)
{
  return self->children != NULL ? self->children->len : 0;
}

RungsField *
rungs_field_get_child (const RungsField *self, guint index)
{
  g_return_val_if_fail (index < rungs_field_get_n_children (self), NULL);
  return g_ptr_array_index (self->children, index);
}

RungsField *
rungs_field_find (const RungsField *self, const char *name)
{
  for (guint i = 0; i < rungs_field_get_n_children (self); i++)
    {
      RungsField *child = rungs_field_get_child (self, i);

      if (g_ascii_strcasecmp (child->name, name) == 0)
        return child;
    }
  return NULL;
}

RungsField *
rungs_field_copy (const RungsField *self)
{
  RungsField *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rungs_field_new (self->name, self->value, self->offset, self->length);
  rungs_field_set_topic (copy, self->topic);
  copy->remark = self->remark;
  for (guint i = 0; i < rungs_field_get_n_children (self); i++)
    rungs_field_add (copy, rungs_field_copy (rungs_field_get_child (self, i)));
  return copy;
}

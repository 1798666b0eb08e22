/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One path → its inputs.  See rungs-inputs.h. */

#include "config.h"

#include "rungs-error.h"
#include "rungs-inputs.h"
#include "rungs-text.h"

/* How many archives may lie in each other: a gzip in a tar in a zip. */
#define MAX_DEPTH 3

typedef struct
{
  const char *path;
  RungsArchiveLimits limits;
  RungsArchiveProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
  GPtrArray *sources;
  GError *error; /* cancelled */
} Opening;

RungsInputSource *
rungs_input_source_new (RungsInput *input)
{
  RungsInputSource *self = g_new0 (RungsInputSource, 1);

  self->input = input;
  return self;
}

RungsInputSource *
rungs_input_source_new_failure (const char *name, const char *path, GError *error)
{
  RungsInputSource *self = g_new0 (RungsInputSource, 1);

  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->error = error;
  return self;
}

void
rungs_input_source_free (RungsInputSource *self)
{
  g_clear_pointer (&self->input, rungs_input_unref);
  g_free (self->name);
  g_free (self->path);
  g_clear_error (&self->error);
  g_free (self);
}

static void
add_input (Opening *self, RungsInput *input)
{
  g_ptr_array_add (self->sources, rungs_input_source_new (input));
}

static void
add_failure (Opening *self, const char *name, GError *error)
{
  g_ptr_array_add (self->sources, rungs_input_source_new_failure (name, self->path, error));
}

static char *
make_name (const char *archive, const char *member)
{
  g_autofree char *shown = NULL;

  if (member == NULL)
    return g_strdup (archive);
  shown = rungs_text_display (rungs_slice_from_string (member));
  return g_strconcat (archive, "/", shown, NULL);
}

static void unpack (Opening *self, RungsSlice bytes, const char *name, guint depth);

static void
take_member (Opening *self, RungsArchiveMember *member, const char *archive, guint depth)
{
  g_autofree char *name = make_name (archive, member->name);
  gsize length;
  const char *data;

  if (member->bytes == NULL)
    {
      add_failure (self, name, g_steal_pointer (&member->error));
      return;
    }
  data = g_bytes_get_data (member->bytes, &length);
  if (depth < MAX_DEPTH && rungs_archive_detect (rungs_slice (data, length)))
    unpack (self, rungs_slice (data, length), name, depth + 1);
  else
    add_input (self, rungs_input_new_for_member (member->bytes, self->path, name));
}

static void
unpack (Opening *self, RungsSlice bytes, const char *name, guint depth)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) members = rungs_archive_unpack (bytes,
                                                        name,
                                                        &self->limits,
                                                        depth == 1 ? self->progress : NULL,
                                                        self->data,
                                                        self->cancellable,
                                                        &error);

  for (guint i = 0; i < members->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      RungsArchiveMember *member = g_ptr_array_index (members, i);

      take_member (self, member, name, depth);
      /* What it held is in its inputs by now. */
      g_clear_pointer (&member->bytes, g_bytes_unref);
    }
  if (error == NULL)
    return;
  if (error->domain == G_IO_ERROR && self->error == NULL)
    self->error = error;
  else
    add_failure (self, name, error);
}

GPtrArray *
rungs_inputs_unpack (RungsInput *input,
                     const RungsArchiveLimits *limits,
                     RungsArchiveProgressFunc progress,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  Opening self = { .progress = progress, .data = data, .cancellable = cancellable };

  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self.path = rungs_input_get_path (input);
  self.limits =
    limits != NULL ? *limits : rungs_archive_limits_for_size (rungs_input_get_bytes (input).length);
  self.sources = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_input_source_free);
  if (!rungs_archive_detect (rungs_input_get_bytes (input)))
    add_input (&self, rungs_input_ref (input));
  else
    unpack (&self, rungs_input_get_bytes (input), rungs_input_get_name (input), 1);
  if (self.error == NULL)
    return self.sources;
  g_propagate_error (error, self.error);
  g_ptr_array_unref (self.sources);
  return NULL;
}

GPtrArray *
rungs_inputs_open (const char *path,
                   const RungsArchiveLimits *limits,
                   RungsArchiveProgressFunc progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (RungsInput) input = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  input = rungs_input_open (path, cancellable, error);
  return input != NULL ? rungs_inputs_unpack (input, limits, progress, data, cancellable, error) : NULL;
}

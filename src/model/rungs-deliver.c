/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* News of a worker → the context of the one who asked for it.  See rungs-deliver.h. */

#include "config.h"

#include "rungs-deliver.h"

typedef struct
{
  GCancellable *cancellable;
  GObject *object;
  RungsDeliverFunc function;
  gpointer news;
  GDestroyNotify destroy;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  if (self->destroy != NULL)
    self->destroy (self->news);
  g_object_unref (self->object);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
delivery_run (gpointer data)
{
  Delivery *self = data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    self->function (self->object, self->news);
  return G_SOURCE_REMOVE;
}

void
rungs_deliver (GMainContext *context,
               GCancellable *cancellable,
               gpointer object,
               RungsDeliverFunc function,
               gpointer news,
               GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery *self = g_new0 (Delivery, 1);

  g_set_object (&self->cancellable, cancellable);
  self->object = g_object_ref (object);
  self->function = function;
  self->news = news;
  self->destroy = destroy;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, delivery_run, self, delivery_free);
  g_source_attach (source, context);
}

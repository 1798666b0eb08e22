/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What is large → freed by a thread of its own.  See rungs-free-aside.h. */

#include "config.h"

#include "rungs-free-aside.h"

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Burden;

static gpointer
run (gpointer data)
{
  g_autofree Burden *burden = data;

  burden->destroy (burden->data);
  return NULL;
}

void
rungs_free_aside (gpointer data, GDestroyNotify destroy)
{
  Burden *burden;

  g_return_if_fail (destroy != NULL);

  burden = g_new (Burden, 1);
  *burden = (Burden){ data, destroy };
  g_thread_unref (g_thread_new ("rungs-free", run, burden));
}

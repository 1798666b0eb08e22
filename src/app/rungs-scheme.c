/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The system's appearance → the painter's scheme.  See rungs-scheme.h. */

#include "config.h"

#include <adwaita.h>

#include "rungs-scheme.h"

RungsScheme
rungs_scheme_get_current (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? RUNGS_SCHEME_HIGH_CONTRAST_DARK : RUNGS_SCHEME_HIGH_CONTRAST;
  return dark ? RUNGS_SCHEME_DARK : RUNGS_SCHEME_LIGHT;
}

void
rungs_scheme_watch (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_signal_connect_object (manager,
                           "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw),
                           widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager,
                           "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw),
                           widget,
                           G_CONNECT_SWAPPED);
}

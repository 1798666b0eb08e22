/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Export and copy, as the user meets them: the file chooser, the atomic write, the toast.
 *
 * The format follows the name that the user gives, and the chosen filter where the name has no ending. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder.h"

G_BEGIN_DECLS

/** rungs_export_dialog_run: asks for a file and writes @ladder into it. */
void rungs_export_dialog_run      (GtkWindow       *parent,
                                   AdwToastOverlay *toasts,
                                   RungsLadder     *ladder,
                                   const char      *title);

/** rungs_export_to_file: writes @ladder into @file; a toast on @toasts tells how it went. */
void rungs_export_to_file         (AdwToastOverlay *toasts,
                                   RungsLadder     *ladder,
                                   const char      *title,
                                   GFile           *file);

/** rungs_export_copy_image / _text: @ladder to the clipboard. */
void rungs_export_copy_image      (AdwToastOverlay *toasts,
                                   RungsLadder     *ladder,
                                   const char      *title);
void rungs_export_copy_text       (AdwToastOverlay *toasts,
                                   RungsLadder     *ladder,
                                   const char      *title);

G_END_DECLS

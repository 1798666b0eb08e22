/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The state of a message's signature, and the place to give a password or a keytab, and to have them forgotten.
 *
 * In: a message, and the tab's RungsSignatureChecker, which gets what is typed or chosen. Out: a line that says whether the
 * signature of the message is right, wrong or not checked, and why.  As long as secrets are kept the line stands there for every
 * message, with the button that forgets them. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-signature-checker.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SIGNATURE_BAR (rungs_signature_bar_get_type ())
G_DECLARE_FINAL_TYPE (RungsSignatureBar, rungs_signature_bar, RUNGS, SIGNATURE_BAR, GtkWidget)

/** rungs_signature_bar_set_checker: once. */
void rungs_signature_bar_set_checker (RungsSignatureBar     *self,
                                      RungsSignatureChecker *checker);

/** rungs_signature_bar_show: @trace: %NULL where there is no message */
void rungs_signature_bar_show        (RungsSignatureBar     *self,
                                      RungsTrace            *trace,
                                      guint                  message);

G_END_DECLS

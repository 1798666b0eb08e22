/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The inspector's page of tokens: the tree, and of the selected field its value, its meaning and its bytes.
 *
 * In: a message. Out: its tokens, its signature and the headers around them as a tree (RungsTokenItem), lazily; below it the field
 * that is selected; at the end the state of the signature and the place to give a password or a keytab (RungsSignatureBar). */

#pragma once

#include <gtk/gtk.h>

#include "rungs-signature-checker.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_TOKEN_VIEW (rungs_token_view_get_type ())
G_DECLARE_FINAL_TYPE (RungsTokenView, rungs_token_view, RUNGS, TOKEN_VIEW, GtkWidget)

/** rungs_token_view_set_checker: who checks the signatures; once. */
void rungs_token_view_set_checker   (RungsTokenView        *self,
                                     RungsSignatureChecker *checker);

/** rungs_token_view_show_message: @trace: %NULL shows that nothing is selected */
void rungs_token_view_show_message  (RungsTokenView *self,
                                     RungsTrace     *trace,
                                     guint           message);

/** rungs_token_view_show_kerberos: a Kerberos message that stands alone in the capture; its bytes are copied. */
void rungs_token_view_show_kerberos (RungsTokenView *self,
                                     RungsSlice      message);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The one error domain of Rungs.
 *
 * A file can fail, a message cannot.  A message of this domain is one line that names the file, the place and the
 * reason, and can be shown to people as it is. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsError:
 * @RUNGS_ERROR_NO_MESSAGES: the input was read and holds no SIP message
 * @RUNGS_ERROR_FOREIGN: the same, and it is of a kind that never holds any (a program, a picture)
 * @RUNGS_ERROR_FORMAT: the input is broken or of a kind that Rungs cannot read
 * @RUNGS_ERROR_UNREADABLE: the file cannot be opened or read
 * @RUNGS_ERROR_LIMIT: a stated limit was reached (picture size, input size)
 * @RUNGS_ERROR_SYNTAX: words of the user (filter, option) cannot be understood
 * @RUNGS_ERROR_NOT_FOUND: what was asked for (message number, Call-ID, name) is not there
 */
typedef enum
{
  RUNGS_ERROR_NO_MESSAGES,
  RUNGS_ERROR_FOREIGN,
  RUNGS_ERROR_FORMAT,
  RUNGS_ERROR_UNREADABLE,
  RUNGS_ERROR_LIMIT,
  RUNGS_ERROR_SYNTAX,
  RUNGS_ERROR_NOT_FOUND,
} RungsError;

#define RUNGS_ERROR (rungs_error_quark ())

GQuark rungs_error_quark (void);

/** rungs_error_is_no_messages: whether @error (nullable) says that an input was read and holds no SIP message. */
gboolean rungs_error_is_no_messages (const GError *error);

G_END_DECLS

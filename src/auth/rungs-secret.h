/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Passwords and keytabs, for as long as somebody holds them.
 *
 * Secret bytes live in pages of their own that are locked (not swapped), left out of core dumps, and wiped before they are
 * given back; keys on the stack are wiped by who made them (rungs_secret_wipe()).  Nothing here is written
 * anywhere.
 *
 * A password file holds one password, or lines `user[@domain]:password`; `DOMAIN\user:password` works too.  A single line
 * with a colon may be either: it is first read as a user's, and the whole of it counts as a guess, which is worth something
 * only where it is right.  UTF-8, UTF-16 with its mark, or else Latin-1; line ends of any system. */

#pragma once

#include "rungs-keytab.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** RungsSecret: bytes in locked memory. */
typedef struct
{
  char *data;
  gsize length;
  /*< private >*/
  gsize size;
} RungsSecret;

/** rungs_secret_new: @length zero bytes. (transfer full); free it with rungs_secret_free() */
RungsSecret *rungs_secret_new  (gsize        length);
void         rungs_secret_free (RungsSecret *self);

/** rungs_secret_wipe: overwrites @length bytes in a way that no compiler leaves out. */
void         rungs_secret_wipe (gpointer     bytes,
                                gsize        length);

typedef struct _RungsSecrets RungsSecrets;

RungsSecrets *rungs_secrets_new   (void);

/** rungs_secrets_ref / rungs_secrets_unref: from any thread; the last one wipes. While a thread reads, nobody may add to them. */
RungsSecrets *rungs_secrets_ref   (RungsSecrets *self);
void          rungs_secrets_unref (RungsSecrets *self);

/** rungs_secrets_take_passwords: @file (transfer full): the content of a password file */
void          rungs_secrets_take_passwords (RungsSecrets *self,
                                            RungsSecret  *file);

/** rungs_secrets_take_keytab: @keytab (transfer full) */
void          rungs_secrets_take_keytab    (RungsSecrets *self,
                                            RungsKeytab  *keytab);

/** rungs_secrets_get_keytab: Returns: (transfer none) (nullable): the keytab, or %NULL where none was given */
RungsKeytab  *rungs_secrets_get_keytab     (const RungsSecrets *self);

/** RungsPassword: one that may be a user's. */
typedef struct
{
  RungsSlice text;   /* UTF-8; it may be empty */
  gboolean is_guess; /* that it is wrong says nothing */
} RungsPassword;

/**
 * rungs_secrets_find_password:
 * @user: an account, UTF-8; it may hold its domain: "user@domain"
 * @domain: its domain, in the short or the long form, UTF-8, or ""
 * @index: counts the passwords that may be this user's, from 0
 * @password: (out): the password
 *
 * Returns: %FALSE where there are no more
 */
gboolean      rungs_secrets_find_password  (const RungsSecrets *self,
                                            const char         *user,
                                            const char         *domain,
                                            guint               index,
                                            RungsPassword      *password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSecret, rungs_secret_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSecrets, rungs_secrets_unref)

G_END_DECLS

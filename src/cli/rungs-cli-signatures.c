/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* --password-file and --keytab.  See rungs-cli-signatures.h. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "rungs-cli-signatures.h"
#include "rungs-diagnoser.h"

#define MAX_PASSWORD_FILE (1024 * 1024)

void
rungs_cli_signatures_clear (RungsCliSignatures *self)
{
  g_clear_pointer (&self->password_file, g_free);
  g_clear_pointer (&self->keytab, g_free);
  g_clear_pointer (&self->checked, rungs_signatures_free);
}

/* (transfer full) (nullable): the file, read into secret memory at once: no buffer of the library holds a part of it. */
static RungsSecret *
read_secret (const char *path)
{
  g_autoptr (RungsSecret) secret = rungs_secret_new (MAX_PASSWORD_FILE);
  gsize length = 0;
  gssize n = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  while (fd >= 0 && length < MAX_PASSWORD_FILE &&
         (n = read (fd, secret->data + length, MAX_PASSWORD_FILE - length)) > 0)
    length += n;
  if (n < 0)
    {
      g_printerr (_ ("rungs-cli: %s: the password file could not be read: %s\n"), path, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  close (fd);
  secret->length = length;
  return g_steal_pointer (&secret);
}

/* Opens what the options name. */
static gboolean
load_secrets (const RungsCliSignatures *self, RungsSecrets *secrets)
{
  g_autoptr (GError) error = NULL;

  if (self->password_file != NULL)
    {
      RungsSecret *file = read_secret (self->password_file);

      if (file == NULL)
        return FALSE;
      rungs_secrets_take_passwords (secrets, file);
    }
  if (self->keytab != NULL)
    {
      RungsKeytab *keytab = rungs_keytab_open (self->keytab, &error);

      if (keytab == NULL)
        {
          g_printerr (_ ("rungs-cli: the keytab could not be read: %s\n"), error->message);
          return FALSE;
        }
      rungs_secrets_take_keytab (secrets, keytab);
    }
  return TRUE;
}

static gboolean
are_given (const RungsCliSignatures *self)
{
  return self->password_file != NULL || self->keytab != NULL;
}

static gboolean
check (RungsCliSignatures *self, RungsTrace *trace)
{
  g_autoptr (RungsSecrets) secrets = NULL;

  secrets = rungs_secrets_new ();
  if (!load_secrets (self, secrets))
    return FALSE;
  self->checked = rungs_signatures_new (trace, secrets, NULL);
  rungs_signatures_apply (self->checked);
  return TRUE;
}

gboolean
rungs_cli_signatures_load (RungsCliSignatures *self,
                           RungsCliOptions *options,
                           RungsPrepareFunc prepare,
                           int *status)
{
  if (!are_given (self))
    return rungs_cli_options_load (options, prepare, status);
  if (!rungs_cli_options_load (options, NULL, status))
    return FALSE;
  if (!check (self, options->trace))
    {
      *status = RUNGS_EXIT_UNREADABLE;
      return FALSE;
    }
  if (prepare == NULL && options->filter_text == NULL)
    return TRUE;
  rungs_diagnose_trace (options->trace, NULL); /* what every command prepares with, where it does */
  return rungs_cli_options_select (options, FALSE, status);
}

gboolean
rungs_cli_signatures_may_follow (const RungsCliSignatures *self)
{
  if (!are_given (self))
    return TRUE;
  rungs_cli_usage_error (_ ("signatures are checked in a whole trace, not with --follow"));
  return FALSE;
}

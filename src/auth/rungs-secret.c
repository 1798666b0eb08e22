/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Passwords and keytabs.  See rungs-secret.h. */

#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "rungs-scan.h"
#include "rungs-secret.h"

#define MAX_PASSWORDS 10000

/* One line of a password file; all slices point into the file. */
typedef struct
{
  RungsSlice user;   /* data NULL: anybody's */
  RungsSlice domain; /* data NULL: in any domain */
  RungsSlice password;
} Line;

struct _RungsSecrets
{
  GPtrArray *files; /* RungsSecret */
  GArray *lines;    /* Line */
  RungsKeytab *keytab;
};

RungsSecret *
rungs_secret_new (gsize length)
{
  RungsSecret *self = g_new0 (RungsSecret, 1);
  gsize page = sysconf (_SC_PAGESIZE);

  self->size = (length / page + 1) * page;
  self->length = length;
  self->data = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->data == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes", self->size);
  /* Where the limit of locked memory is reached the check is still worth more than its refusal. */
  if (mlock (self->data, self->size) != 0)
    g_debug ("secret memory is not locked");
  madvise (self->data, self->size, MADV_DONTDUMP);
  return self;
}

void
rungs_secret_free (RungsSecret *self)
{
  if (self == NULL)
    return;
  rungs_secret_wipe (self->data, self->size);
  munmap (self->data, self->size);
  g_free (self);
}

void
rungs_secret_wipe (gpointer bytes, gsize length)
{
  explicit_bzero (bytes, length);
}

RungsSecrets *
rungs_secrets_new (void)
{
  RungsSecrets *self = g_new0 (RungsSecrets, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_secret_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  return self;
}

void
rungs_secrets_free (RungsSecrets *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->lines);
  g_ptr_array_unref (self->files);
  rungs_keytab_close (self->keytab);
  g_free (self);
}

static Line
parse_line (RungsSlice text)
{
  Line line = { .password = text };
  gssize colon = rungs_slice_find_char (text, 0, ':');
  gssize at;

  if (colon <= 0)
    return line;
  line.user = rungs_slice_trim (rungs_slice_sub (text, 0, colon));
  line.password = rungs_slice_skip (text, colon + 1);
  at = rungs_slice_find_char (line.user, 0, '@');
  if (at > 0)
    {
      line.domain = rungs_slice_skip (line.user, at + 1);
      line.user = rungs_slice_sub (line.user, 0, at);
    }
  return line;
}

void
rungs_secrets_take_passwords (RungsSecrets *self, RungsSecret *file)
{
  RungsSlice rest, text;

  g_return_if_fail (self != NULL && file != NULL);

  rest = rungs_slice (file->data, file->length);
  g_ptr_array_add (self->files, file);
  while (self->lines->len < MAX_PASSWORDS && rungs_scan_line (&rest, &text))
    {
      Line line = parse_line (text);

      if (text.length > 0)
        g_array_append_val (self->lines, line);
    }
}

void
rungs_secrets_take_keytab (RungsSecrets *self, RungsKeytab *keytab)
{
  g_return_if_fail (self != NULL);
  g_clear_pointer (&self->keytab, rungs_keytab_close);
  self->keytab = keytab;
}

RungsKeytab *
rungs_secrets_get_keytab (const RungsSecrets *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->keytab;
}

/* The part before the first dot: "CONTOSO" and "contoso.example" are the short and the long form of one domain. */
static RungsSlice
get_first_label (RungsSlice domain)
{
  gssize dot = rungs_slice_find_char (domain, 0, '.');

  return dot > 0 ? rungs_slice_sub (domain, 0, dot) : domain;
}

static gboolean
matches (const Line *line, RungsSlice user, RungsSlice domain)
{
  if (line->user.data == NULL)
    return TRUE;
  if (!rungs_slice_case_equal (line->user, user))
    return FALSE;
  return line->domain.data == NULL || domain.length == 0 ||
         rungs_slice_case_equal (get_first_label (line->domain), get_first_label (domain));
}

RungsSlice
rungs_secrets_find_password (const RungsSecrets *self, const char *user, const char *domain, guint index)
{
  g_return_val_if_fail (self != NULL && user != NULL && domain != NULL, RUNGS_SLICE_EMPTY);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (matches (line, rungs_slice_from_string (user), rungs_slice_from_string (domain)) && index-- == 0)
        return line->password;
    }
  return RUNGS_SLICE_EMPTY;
}

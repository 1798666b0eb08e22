/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Passwords and keytabs.  See rungs-secret.h. */

#include "config.h"

#include <sys/mman.h>
#include <sys/prctl.h>
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
  gboolean is_guess;
} Line;

struct _RungsSecrets
{
  gatomicrefcount ref_count;
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

/* While somebody holds secrets, no other process of this user may look into this one, and no core is written. */
static void
hold (int change)
{
  static GMutex lock;
  static int n_held, was_dumpable;

  g_mutex_lock (&lock);
  if (n_held == 0)
    was_dumpable = prctl (PR_GET_DUMPABLE);
  n_held += change;
  if (n_held == 0 || n_held == change)
    prctl (PR_SET_DUMPABLE, n_held > 0 ? 0 : was_dumpable);
  g_mutex_unlock (&lock);
}

RungsSecrets *
rungs_secrets_new (void)
{
  RungsSecrets *self = g_new0 (RungsSecrets, 1);

  hold (1);
  g_atomic_ref_count_init (&self->ref_count);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_secret_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  return self;
}

RungsSecrets *
rungs_secrets_ref (RungsSecrets *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_secrets_unref (RungsSecrets *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->lines);
  g_ptr_array_unref (self->files);
  rungs_keytab_close (self->keytab);
  g_free (self);
  hold (-1);
}

static Line
parse_line (RungsSlice text)
{
  Line line = { .password = text };
  gssize colon = rungs_slice_find_char (text, 0, ':');
  gssize at, backslash;

  if (colon <= 0)
    return line;
  line.user = rungs_slice_trim (rungs_slice_sub (text, 0, colon));
  line.password = rungs_slice_skip (text, colon + 1);
  at = rungs_slice_find_char (line.user, 0, '@');
  backslash = rungs_slice_find_char (line.user, 0, '\\');
  if (at > 0)
    {
      line.domain = rungs_slice_skip (line.user, at + 1);
      line.user = rungs_slice_sub (line.user, 0, at);
    }
  else if (backslash > 0)
    {
      line.domain = rungs_slice_sub (line.user, 0, backslash);
      line.user = rungs_slice_skip (line.user, backslash + 1);
    }
  return line;
}

/* (transfer full): @file, which is in UTF-16, little endian where @little, or in Latin-1 where @unit is 1, in UTF-8; all in
 * secret memory. */
static RungsSecret *
to_utf8 (RungsSlice text, gsize unit, gboolean little)
{
  RungsSecret *result = rungs_secret_new (3 * text.length + 1);
  gsize length = 0;
  gunichar high = 0;

  for (gsize i = 0; i + unit <= text.length; i += unit)
    {
      gunichar c = (guchar) text.data[i];

      if (unit == 2)
        c = little ? c | (guchar) text.data[i + 1] << 8 : c << 8 | (guchar) text.data[i + 1];
      if (c >= 0xd800 && c < 0xdc00)
        {
          high = c;
          continue;
        }
      if (c >= 0xdc00 && c < 0xe000)
        c = high != 0 ? 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
      high = 0;
      length += g_unichar_to_utf8 (c, result->data + length);
    }
  result->length = length;
  return result;
}

/* (transfer full): @file in UTF-8 without a mark. @text (out): what counts of it */
static RungsSecret *
normalise (RungsSecret *file, RungsSlice *text)
{
  RungsSecret *converted = NULL;

  *text = rungs_slice (file->data, file->length);
  if (rungs_slice_starts_with (*text, RUNGS_SLICE_LITERAL ("\xef\xbb\xbf")))
    *text = rungs_slice_skip (*text, 3);
  else if (rungs_slice_starts_with (*text, RUNGS_SLICE_LITERAL ("\xff\xfe")))
    converted = to_utf8 (rungs_slice_skip (*text, 2), 2, TRUE);
  else if (rungs_slice_starts_with (*text, RUNGS_SLICE_LITERAL ("\xfe\xff")))
    converted = to_utf8 (rungs_slice_skip (*text, 2), 2, FALSE);
  else if (text->length > 0 && !g_utf8_validate_len (text->data, text->length, NULL))
    converted = to_utf8 (*text, 1, TRUE);
  if (converted == NULL)
    return file;
  rungs_secret_free (file);
  *text = rungs_slice (converted->data, converted->length);
  return converted;
}

void
rungs_secrets_take_passwords (RungsSecrets *self, RungsSecret *file)
{
  RungsSlice rest, text;
  guint n_lines = 0;

  g_return_if_fail (self != NULL && file != NULL);

  file = normalise (file, &rest);
  g_ptr_array_add (self->files, file);
  while (self->lines->len < MAX_PASSWORDS && rungs_scan_line (&rest, &text))
    {
      Line line = parse_line (text);

      if (text.length == 0)
        continue;
      g_array_append_val (self->lines, line);
      n_lines++;
      if (line.user.data != NULL && n_lines == 1 && rungs_slice_trim (rest).length == 0)
        {
          line = (Line){ .password = text, .is_guess = TRUE };
          g_array_append_val (self->lines, line);
        }
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

/* Windows knows no case in the names of accounts, in any alphabet. */
static gboolean
equal_names (RungsSlice a, RungsSlice b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (rungs_slice_case_equal (a, b))
    return TRUE;
  folded_a = g_utf8_casefold (a.data != NULL ? a.data : "", a.length);
  folded_b = g_utf8_casefold (b.data != NULL ? b.data : "", b.length);
  return g_str_equal (folded_a, folded_b);
}

static gboolean
matches (const Line *line, RungsSlice user, RungsSlice domain)
{
  if (line->user.data == NULL)
    return TRUE;
  if (!equal_names (line->user, user))
    return FALSE;
  return line->domain.data == NULL || domain.length == 0 ||
         rungs_slice_case_equal (get_first_label (line->domain), get_first_label (domain));
}

gboolean
rungs_secrets_find_password (
  const RungsSecrets *self, const char *user, const char *domain, guint index, RungsPassword *password)
{
  RungsSlice name = rungs_slice_from_string (user);
  RungsSlice place = rungs_slice_from_string (domain);
  gssize at;

  g_return_val_if_fail (self != NULL && user != NULL && domain != NULL && password != NULL, FALSE);

  at = rungs_slice_find_char (name, 0, '@');
  if (at > 0)
    {
      place = rungs_slice_skip (name, at + 1);
      name = rungs_slice_sub (name, 0, at);
    }
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (!matches (line, name, place) || index-- > 0)
        continue;
      *password = (RungsPassword){ line->password, line->is_guess };
      return TRUE;
    }
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Archives are read as one trace, whatever packed them; hostile and damaged ones say so and keep what was read. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>

#include "rungs-error.h"
#include "rungs-inputs.h"
#include "rungs-test.h"

typedef struct
{
  const char *name;
  const char *content;
  gsize length; /* 0: all of @content */
} File;

static const File logs[] = { { "logs/client.log", "first", 0 }, { "logs/server.log", "second", 0 } };

/* (transfer full): @files packed by libarchive; @filter and @format are its names for them. */
static RungsInput *
pack (const char *format,
      const char *filter,
      const File *files,
      guint n_files,
      const char *password,
      const char *name)
{
  const gsize room = 64 * 1024 * 1024;
  char *data = g_malloc (room);
  size_t used = 0;
  struct archive *archive = archive_write_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (archive_write_set_format_by_name (archive, format), ==, ARCHIVE_OK);
  if (filter != NULL)
    g_assert_cmpint (archive_write_add_filter_by_name (archive, filter), ==, ARCHIVE_OK);
  if (password != NULL)
    {
      archive_write_set_options (archive, "zip:encryption=traditional");
      archive_write_set_passphrase (archive, password);
    }
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open_memory (archive, data, room, &used), ==, ARCHIVE_OK);
  for (guint i = 0; i < n_files; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = files[i].length > 0 ? files[i].length : strlen (files[i].content);

      archive_entry_set_pathname (entry, files[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (gint64) length);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, files[i].content, length), ==, (gssize) length);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  bytes = g_bytes_new (data, used);
  g_free (data);
  return rungs_input_new_for_bytes (bytes, name);
}

static RungsInput *
cut (RungsInput *input, gsize length)
{
  RungsSlice bytes = rungs_input_get_bytes (input);
  g_autoptr (GBytes) kept = g_bytes_new (bytes.data, MIN (length, bytes.length));

  return rungs_input_new_for_bytes (kept, rungs_input_get_name (input));
}

/* The sources in one line: "name=content" or "name!reason". */
static char *
list (RungsInput *input, const RungsArchiveLimits *limits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = rungs_inputs_unpack (input, limits, NULL, NULL, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < sources->len; i++)
    {
      const RungsInputSource *source = g_ptr_array_index (sources, i);

      if (i > 0)
        g_string_append_c (text, ' ');
      if (source->input == NULL)
        g_string_append_printf (text, "%s!%s", source->name, source->error->message);
      else
        {
          RungsSlice bytes = rungs_input_get_bytes (source->input);

          g_string_append_printf (text, "%s=", rungs_input_get_name (source->input));
          g_string_append_len (text, bytes.data, (gssize) MIN (bytes.length, 20));
        }
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (RungsInput *input, const RungsArchiveLimits *limits, const char *expected)
{
  g_autofree char *listed = list (input, limits);

  g_assert_cmpstr (listed, ==, expected);
}

static void
archives_of_all_kinds_are_unpacked (void)
{
  static const char *const kinds[][2] = {
    { "zip", NULL },     { "7zip", NULL },   { "ustar", NULL },   { "gnutar", "gzip" },
    { "pax", "bzip2" },  { "ustar", "xz" },  { "v7tar", "zstd" }, { "v7tar", NULL },
    { "ustar", "lzma" }, { "ustar", "lz4" }, { "ustar", "lzip" }, { "ustar", "compress" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (RungsInput) input = pack (kinds[i][0], kinds[i][1], logs, 2, NULL, "support");

      g_test_message ("%s %s", kinds[i][0], kinds[i][1] != NULL ? kinds[i][1] : "");
      g_assert_true (rungs_archive_detect (rungs_input_get_bytes (input)));
      assert_list (input, NULL, "support/logs/client.log=first support/logs/server.log=second");
    }
}

static void
a_compressed_file_keeps_its_name (void)
{
  static const char *const filters[] = { "gzip", "bzip2", "xz", "zstd", "lzma", "lz4", "lzip", "compress" };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (RungsInput) input = pack ("raw", filters[i], logs, 1, NULL, "client.log.packed");

      g_test_message ("%s", filters[i]);
      assert_list (input, NULL, "client.log.packed=first");
    }
}

/* A cabinet with one stored file, as makecab writes it (MS-CAB, 2). */
static void
cabinets_are_unpacked (void)
{
  static const guint8 cabinet[] = {
    'M', 'S', 'C', 'F', 0, 0, 0, 0, 82,  0,   0,    0,    0,   0, 0,  0, 44,  0,   0,   0,   0,   0, 0,
    0,   3,   1,   1,   0, 1, 0, 0, 0,   0,   0,    0,    0, /* header */
    69,  0,   0,   0,   1, 0, 0, 0,                          /* folder: one block, not compressed */
    5,   0,   0,   0,   0, 0, 0, 0, 0,   0,   0x21, 0x3b, 0,   0, 32, 0, 'a', '.', 'l', 'o', 'g', 0, /* file */
    0,   0,   0,   0,   5, 0, 5, 0, 'f', 'i', 'r',  's',  't', /* data */
  };
  guint8 bytes[sizeof cabinet + 3] = { 0 };
  g_autoptr (GBytes) all = NULL;
  g_autoptr (RungsInput) input = NULL;

  memcpy (bytes, cabinet, sizeof cabinet);
  bytes[8] = (guint8) sizeof cabinet;
  bytes[36] = 44 + 22; /* where the data begins */
  all = g_bytes_new (bytes, sizeof cabinet);
  input = rungs_input_new_for_bytes (all, "support.cab");
  assert_list (input, NULL, "support.cab/a.log=first");
}

/* One stored file, in the format of RAR 4 and in that of RAR 5. */
static void
rar_archives_are_unpacked (void)
{
  static const guint8 old[] = { 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00, 0xcf, 0x90, 0x73, 0x00, 0x00,
                                0x0d, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x42, 0x92, 0x74, 0x00,
                                0x80, 0x25, 0x00, 0x05, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x03,
                                0x57, 0xee, 0x71, 0x92, 0x00, 0x00, 0x21, 0x3b, 0x14, 0x30, 0x05, 0x00,
                                0xa4, 0x81, 0x00, 0x00, 0x61, 0x2e, 0x6c, 0x6f, 0x67, 0x66, 0x69, 0x72,
                                0x73, 0x74, 0xc4, 0x3d, 0x7b, 0x00, 0x40, 0x07, 0x00 };
  static const guint8 new[] = { 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00, 0xc5, 0x1a, 0x33,
                                0x32, 0x03, 0x01, 0x00, 0x00, 0xb7, 0xfe, 0x8b, 0x3a, 0x14, 0x02,
                                0x02, 0x05, 0x04, 0x05, 0xa4, 0x83, 0x02, 0x57, 0xee, 0x71, 0x92,
                                0x00, 0x01, 0x05, 0x61, 0x2e, 0x6c, 0x6f, 0x67, 0x66, 0x69, 0x72,
                                0x73, 0x74, 0x19, 0xb2, 0x3a, 0x35, 0x03, 0x05, 0x00, 0x00 };
  g_autoptr (GBytes) of_old = g_bytes_new_static (old, sizeof old);
  g_autoptr (GBytes) of_new = g_bytes_new_static (new, sizeof new);
  g_autoptr (RungsInput) old_input = rungs_input_new_for_bytes (of_old, "old.rar");
  g_autoptr (RungsInput) new_input = rungs_input_new_for_bytes (of_new, "new.rar");

  assert_list (old_input, NULL, "old.rar/a.log=first");
  assert_list (new_input, NULL, "new.rar/a.log=first");
}

/* (transfer full): the bytes of @first and @second behind each other. */
static RungsInput *
join (RungsInput *first, RungsInput *second, const char *name)
{
  g_autoptr (GByteArray) both = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 2; i++)
    {
      RungsSlice part = rungs_input_get_bytes (i == 0 ? first : second);

      g_byte_array_append (both, (const guint8 *) part.data, (guint) part.length);
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&both));
  return rungs_input_new_for_bytes (bytes, name);
}

/* As log rotation by appending leaves it; also where the last of them is still written. */
static void
gzip_files_behind_each_other_are_one (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  const File files[] = { { "a", "first", 0 }, { "b", text, 0 } };
  g_autoptr (RungsInput) first = pack ("raw", "gzip", files, 1, NULL, "a.gz");
  g_autoptr (RungsInput) second = pack ("raw", "gzip", files + 1, 1, NULL, "b.gz");
  g_autoptr (RungsInput) both = join (first, second, "c.gz");
  g_autoptr (RungsInput) part = cut (both, rungs_input_get_bytes (both).length - 20);
  g_autofree char *of_part = list (part, NULL);

  assert_list (both, NULL, "c.gz=firstxxxxxxxxxxxxxxx");
  g_assert_true (g_str_has_prefix (of_part, "c.gz=firstxxxxxxxxxxxxxxx c.gz!“c.gz” is damaged: only what"));
}

/* A tar ends with blocks of zero bytes; a log whose program went on writing behind its old place begins with them. */
static void
a_log_that_begins_with_zero_bytes_is_no_empty_archive (void)
{
  char log[2048] = { 0 };
  const File file = { "a", log, sizeof log };
  g_autoptr (RungsInput) packed = pack ("raw", "gzip", &file, 1, NULL, "a.gz");
  g_autoptr (GPtrArray) sources = rungs_inputs_unpack (packed, NULL, NULL, NULL, NULL, NULL);
  const RungsInputSource *source = g_ptr_array_index (sources, 0);

  g_assert_nonnull (source->input);
  g_assert_cmpuint (rungs_input_get_bytes (source->input).length, ==, sizeof log);
}

static void
archives_in_archives_are_unpacked (void)
{
  g_autoptr (RungsInput) inner = pack ("raw", "gzip", logs, 1, NULL, "x");
  RungsSlice bytes = rungs_input_get_bytes (inner);
  const File files[] = { { "a.log.gz", bytes.data, bytes.length }, { "b.log", "plain", 0 } };
  g_autoptr (RungsInput) middle = pack ("ustar", "xz", files, 2, NULL, "x");
  RungsSlice packed = rungs_input_get_bytes (middle);
  const File outer_files[] = { { "in.txz", packed.data, packed.length } };
  g_autoptr (RungsInput) outer = pack ("zip", NULL, outer_files, 1, NULL, "out.zip");

  assert_list (outer, NULL, "out.zip/in.txz/a.log.gz=first out.zip/in.txz/b.log=plain");
}

static void
what_is_no_archive_stays_as_it_is (void)
{
  static const char *const texts[] = { "", "P", "INVITE sip:b SIP/2.0\r\n\r\n", "BZ", "\x1f\x8b" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (RungsInput) input = rungs_input_new_for_bytes (bytes, "a");
      g_autoptr (GPtrArray) sources = rungs_inputs_unpack (input, NULL, NULL, NULL, NULL, NULL);

      g_assert_cmpuint (sources->len, ==, 1);
      g_assert_true (((RungsInputSource *) g_ptr_array_index (sources, 0))->input == input);
    }
}

static void
a_damaged_archive_shows_what_stands_before (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  const File files[] = { { "a.log", "first", 0 }, { "b.log", text, 0 } };
  g_autoptr (RungsInput) zip = pack ("zip", NULL, files, 2, NULL, "a.zip");
  g_autoptr (RungsInput) tar = pack ("ustar", NULL, files, 2, NULL, "a.tar");
  g_autoptr (RungsInput) gzip = pack ("raw", "gzip", files + 1, 1, NULL, "b.gz");
  g_autoptr (RungsInput) cut_zip = cut (zip, 60);
  g_autoptr (RungsInput) cut_tar = cut (tar, 1500);
  g_autoptr (RungsInput) cut_gzip = cut (gzip, rungs_input_get_bytes (gzip).length - 20);
  g_autofree char *of_zip = list (cut_zip, NULL);
  g_autofree char *of_tar = list (cut_tar, NULL);
  g_autofree char *of_gzip = list (cut_gzip, NULL);

  g_assert_nonnull (strstr (of_zip, "“a.zip” is damaged: "));
  g_assert_true (g_str_has_prefix (of_tar, "a.tar/a.log=first"));
  g_assert_nonnull (strstr (of_tar, "“a.tar” is damaged: only what stands before the damage is shown"));
  g_assert_true (g_str_has_prefix (of_gzip, "b.gz=xxxxxxxx"));
  g_assert_nonnull (strstr (of_gzip, "“b.gz” is damaged: only what stands before the damage is shown"));
}

/* Every cut gives a part of the files, and nothing else happens. */
static void
any_cut_is_survived (void)
{
  static const char *const kinds[][2] = {
    { "zip", NULL }, { "7zip", NULL }, { "ustar", "gzip" }, { "ustar", "xz" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (RungsInput) input = pack (kinds[i][0], kinds[i][1], logs, 2, NULL, "support");

      for (gsize length = 0; length < rungs_input_get_bytes (input).length; length++)
        {
          g_autoptr (RungsInput) part = cut (input, length);
          g_autofree char *listed = list (part, NULL);

          g_assert_cmpuint (strlen (listed), >, 0);
        }
    }
}

static void
encrypted_files_are_named (void)
{
  g_autoptr (RungsInput) input = pack ("zip", NULL, logs, 1, "secret", "a.zip");

  assert_list (input,
               NULL,
               "a.zip/logs/client.log!“a.zip/logs/client.log” is encrypted; unpack it with its password and "
               "open what comes out");
}

static void
bounds_are_named_and_keep_what_was_unpacked (void)
{
  RungsArchiveLimits few = RUNGS_ARCHIVE_LIMITS_DEFAULT;
  RungsArchiveLimits small = RUNGS_ARCHIVE_LIMITS_DEFAULT;
  RungsArchiveLimits exact = RUNGS_ARCHIVE_LIMITS_DEFAULT;
  RungsArchiveLimits dense = RUNGS_ARCHIVE_LIMITS_DEFAULT;
  g_autoptr (RungsInput) input = pack ("zip", NULL, logs, 2, NULL, "a.zip");
  g_autofree char *same = g_strnfill (1000000, 'x');
  const File file = { "a", same, 1000000 };
  g_autoptr (RungsInput) bomb = pack ("raw", "xz", &file, 1, NULL, "a.xz");
  g_autofree char *of_bomb = NULL;

  few.max_members = 1;
  assert_list (input,
               &few,
               "a.zip/logs/client.log=first a.zip!“a.zip” holds more than 10000 files, the most that Rungs "
               "takes: "
               "only those before are shown");
  small.max_bytes = 7;
  assert_list (input,
               &small,
               "a.zip/logs/client.log=first a.zip/logs/server.log=se a.zip!“a.zip” unpacks to more than "
               "1.0 GiB, the most that Rungs takes from an archive of its size: only what stands before is "
               "shown");
  exact.max_bytes = strlen ("firstsecond");
  assert_list (input, &exact, "a.zip/logs/client.log=first a.zip/logs/server.log=second");
  dense.ratio_from = 100000;
  of_bomb = list (bomb, &dense);
  g_assert_nonnull (strstr (of_bomb, "“a.xz” unpacks to more than 1000 times its size"));
}

/* Else a small file could take all memory; a large one may be what it says. */
static void
a_larger_archive_may_unpack_to_more (void)
{
  const guint64 mib = 1 << 20;
  const guint64 gib = 1 << 30;

  g_assert_cmpuint (rungs_archive_limits_for_size (100).max_bytes, ==, gib);
  g_assert_cmpuint (rungs_archive_limits_for_size (32 * mib).max_bytes, ==, gib);
  g_assert_cmpuint (rungs_archive_limits_for_size (64 * mib).max_bytes, ==, 2 * gib);
  g_assert_cmpuint (rungs_archive_limits_for_size (100 * gib).max_bytes, ==, 4 * gib);
}

static void
unpacking_can_be_cancelled (void)
{
  g_autoptr (RungsInput) input = pack ("zip", NULL, logs, 2, NULL, "a.zip");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (rungs_inputs_unpack (input, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
names_in_archives_are_safe_to_show (void)
{
  const File files[] = { { "../../\033[31m\nevil", "first", 0 } };
  g_autoptr (RungsInput) input = pack ("ustar", NULL, files, 1, NULL, "a.tar");

  assert_list (input, NULL, "a.tar/../../␛[31m␊evil=first");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/archive/" name, function)
  ADD ("archives-of-all-kinds-are-unpacked", archives_of_all_kinds_are_unpacked);
  ADD ("a-compressed-file-keeps-its-name", a_compressed_file_keeps_its_name);
  ADD ("cabinets-are-unpacked", cabinets_are_unpacked);
  ADD ("rar-archives-are-unpacked", rar_archives_are_unpacked);
  ADD ("gzip-files-behind-each-other-are-one", gzip_files_behind_each_other_are_one);
  ADD ("a-log-that-begins-with-zero-bytes-is-no-empty-archive",
       a_log_that_begins_with_zero_bytes_is_no_empty_archive);
  ADD ("a-larger-archive-may-unpack-to-more", a_larger_archive_may_unpack_to_more);
  ADD ("archives-in-archives-are-unpacked", archives_in_archives_are_unpacked);
  ADD ("what-is-no-archive-stays-as-it-is", what_is_no_archive_stays_as_it_is);
  ADD ("a-damaged-archive-shows-what-stands-before", a_damaged_archive_shows_what_stands_before);
  ADD ("any-cut-is-survived", any_cut_is_survived);
  ADD ("encrypted-files-are-named", encrypted_files_are_named);
  ADD ("bounds-are-named-and-keep-what-was-unpacked", bounds_are_named_and_keep_what_was_unpacked);
  ADD ("unpacking-can-be-cancelled", unpacking_can_be_cancelled);
  ADD ("names-in-archives-are-safe-to-show", names_in_archives_are_safe_to_show);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Text logs become the records that tests/traces/NAME.records says, and no byte is lost or counted twice.
 *
 * `test-text-readers --generate` writes the expectations anew, for a person to read. */

#include "config.h"

#include <string.h>

#include "rungs-error.h"
#include "rungs-reader.h"
#include "rungs-test-sink.h"
#include "rungs-test.h"

static gboolean generate;

static const char *const fixtures[] = {
  "acme",
  "asterisk-chan-sip",
  "asterisk-pjsip",
  "baresip",
  "belle-sip",
  "blank",
  "bom-utf16be",
  "bom-utf16le",
  "bom-utf8",
  "cisco",
  "cisco-manager",
  "cls-lync",
  "empty",
  "expressway",
  "homer",
  "mixed",
  "ngrep",
  "ngrep-hex",
  "ngrep-single",
  "ngrep-wrapped",
  "ocs-damaged",
  "ocs2007r2",
  "pjsip",
  "sipgrep-coloured",
  "sip-cr-only",
  "sip-doubled",
  "sip-headers-only",
  "sip-indented",
  "sip-inside-sip",
  "sip-invalid-utf8",
  "sip-lf",
  "sip-malformed",
  "sip-mixed-ends",
  "sip-nul",
  "sip-pasted",
  "sip-wrong-length",
  "sipdump",
  "sipe-hashes",
  "sipe-new",
  "sipe-old",
  "sipp",
  "sipp-short",
  "sngrep",
  "sofia",
  "syslog",
  "syslog-folded",
  "audiocodes",
  "twinkle",
  "uccapi",
  "uccapi-damaged",
  "uccapi-rewritten",
  "uccapi-spanning",
  "without-sip",
  "prefix-compose",
  "prefix-kubernetes",
  "prefix-yealink",
  "prefix-polycom",
  "prefix-numbered",
  "prefix-logcat",
  "prefix-of-the-first-line",
  "words-before",
  "cisco-manager-sdl",
  "cisco-manager-ccm",
  "avaya-contact-center",
  "ucma",
  "homer-11",
  "audiocodes-one-line",
  "audiocodes-viewer",
  "lines-of-json",
  "lines-escaped",
  "midnight",
  "stream-without-line-ends",
  "tcpdump",
  "words-of-others",
  "html-page",
  "html-line-breaks",
  "mail-quoted-printable",
  "mail-quoted",
  "mail-wrapped",
  "typography",
  "bom-none-utf16le",
  "bom-none-utf16be",
  "json-docker",
  "json-journal",
  "lines-coloured",
  "lines-with-codes",
  "zero-bytes",
  "tcpdump-text",
  "tcpdump-twice",
  "tcpdump-hex",
  "tcpdump-tcp",
  "hex-dump",
  "wireshark-words",
  "jain",
  "headless",
  "words-of-more-others",
  "caret-codes",
  "escaped-strings",
  "json-in-an-array",
  "json-laid-out",
  "json-of-loggers",
  "tshark-follow",
};

static void
fixture_has_its_records (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strconcat (name, ".log", NULL);
  g_autofree char *expected_file = g_strconcat (name, ".records", NULL);
  g_autofree char *path = rungs_test_fixture ("traces", file, NULL);
  g_autofree char *expected_path = rungs_test_fixture ("traces", expected_file, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (RungsTestSink) sink = { 0 };
  g_autoptr (GString) found = g_string_new (NULL);
  const RungsReader *reader;
  gsize length;

  bytes = rungs_test_load (path, &length);
  rungs_test_sink_init (&sink, length, TRUE);
  reader = rungs_readers_find (rungs_slice (bytes, length), file, &error);
  if (reader == NULL)
    {
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NO_MESSAGES);
      g_string_append_printf (found, "error %s\n", error->message);
    }
  else
    {
      g_assert_true (reader->read (rungs_slice (bytes, length), sink.arena, &sink.sink, &error));
      g_assert_no_error (error);
      g_assert_cmpint (rungs_test_sink_find_fault (&sink), ==, -1);
      g_string_append_printf (found, "reader %s\n%s", reader->id, sink.text->str);
    }
  if (generate)
    g_assert_true (g_file_set_contents (expected_path, found->str, found->len, NULL));
  expected = rungs_test_load (expected_path, NULL);
  g_assert_cmpstr (found->str, ==, expected);
}

/* Every text reader reads anything and accounts for each byte; the sizes are exact, for the sanitizers. */
static void
assert_covered (const char *bytes, gsize length, const char *what)
{
  g_autofree char *copy = g_memdup2 (bytes, length);
  const RungsReader *const *readers = rungs_readers_list ();

  for (gsize i = 0; readers[i] != NULL; i++)
    {
      g_auto (RungsTestSink) sink = { 0 };
      g_autoptr (GError) error = NULL;

      rungs_test_sink_init (&sink, length, FALSE);
      if (!readers[i]->read (rungs_slice (copy, length), sink.arena, &sink.sink, &error))
        continue;
      if (rungs_test_sink_find_fault (&sink) >= 0)
        g_error ("%s, cut to %" G_GSIZE_FORMAT ": reader %s, byte %" G_GSSIZE_FORMAT " was counted %d times",
                 what,
                 length,
                 readers[i]->id,
                 rungs_test_sink_find_fault (&sink),
                 sink.cover[rungs_test_sink_find_fault (&sink)]);
    }
}

static void
a_cut_log_is_accounted_for (gconstpointer data)
{
  g_autofree char *file = g_strconcat (data, ".log", NULL);
  g_autofree char *path = rungs_test_fixture ("traces", file, NULL);
  gsize length;
  g_autofree char *bytes = rungs_test_load (path, &length);
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);

  assert_covered (bytes, length, file);
  for (guint i = 0; i < 20 && length > 0; i++)
    assert_covered (bytes, (gsize) g_rand_int_range (random, 0, (gint32) length), file);
}

typedef struct
{
  guint64 offset;
  guint32 flags;
  RungsSlice bytes; /* copied into the arena */
} Kept;

typedef struct
{
  RungsSink sink;
  RungsArena *arena;
  GArray *records; /* Kept, by offset */
} Keeper;

static void
keep_record (RungsSink *sink, const RungsRecord *record)
{
  Keeper *self = (Keeper *) sink;
  Kept kept = { record->offset, record->flags, rungs_arena_copy (self->arena, record->bytes) };

  g_array_append_val (self->records, kept);
}

static void
ignore_read (RungsSink *sink, guint64 offset, guint64 length)
{
}

static void
ignore_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
}

static gboolean
go_on (RungsSink *sink, guint64 offset)
{
  return TRUE;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const Kept *x = a;
  const Kept *y = b;

  return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The messages of a text. */
static GArray *
keep_records (RungsSlice bytes, RungsArena *arena)
{
  Keeper keeper = { .sink = { keep_record, ignore_read, ignore_unread, go_on }, .arena = arena };
  const RungsReader *const *readers = rungs_readers_list ();
  gsize i = 0;

  keeper.records = g_array_new (FALSE, FALSE, sizeof (Kept));
  while (!g_str_equal (readers[i]->id, "sip-text"))
    i++;
  g_assert_true (readers[i]->read (bytes, arena, &keeper.sink, NULL));
  g_array_sort (keeper.records, compare_offsets);
  return keeper.records;
}

/* Cut at @length, the text has the same messages up to there; only the last one may have lost something. */
static void
assert_same_up_to (RungsSlice bytes, gsize length, const GArray *whole, const char *what)
{
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (GArray) cut = keep_records (rungs_slice_sub (bytes, 0, length), arena);
  guint n_before = 0;

  while (n_before < whole->len && g_array_index (whole, Kept, n_before).offset < length)
    n_before++;
  for (guint i = 0; i + 1 < n_before; i++)
    {
      const Kept *expected = &g_array_index (whole, Kept, i);
      const Kept *found = &g_array_index (cut, Kept, i);

      if (i >= cut->len || found->offset != expected->offset)
        g_error ("%s, cut to %" G_GSIZE_FORMAT ": message %u is not there", what, length, i + 1);
      /* Messages of several connections may stand in pieces between each other. */
      if (!rungs_slice_equal (found->bytes, expected->bytes) && (found->flags & RUNGS_RECORD_TRUNCATED) == 0)
        g_error ("%s, cut to %" G_GSIZE_FORMAT ": message %u is not the same", what, length, i + 1);
    }
  if (cut->len > n_before)
    g_error ("%s, cut to %" G_GSIZE_FORMAT ": %u messages instead of %u", what, length, cut->len, n_before);
}

static void
a_cut_log_has_the_same_messages (gconstpointer data)
{
  static const char *const damaged[] = {
    "sip-wrong-length", "uccapi-damaged", "uccapi-rewritten", "uccapi-spanning"
  };
  g_autofree char *file = g_strconcat (data, ".log", NULL);
  g_autofree char *path = rungs_test_fixture ("traces", file, NULL);
  gsize length;
  g_autofree char *bytes = rungs_test_load (path, &length);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (GArray) whole = keep_records (rungs_slice (bytes, length), arena);

  /* Of these only what follows tells where a message ends. */
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    if (g_str_equal (data, damaged[i]))
      return;
  for (gsize cut = 0; cut <= length; cut++)
    assert_same_up_to (rungs_slice (bytes, length), cut, whole, file);
}

static void
append_read (GString *log, const char *text, gsize length)
{
  const char *stamp = "07/24/2009|12:00:01.000 1A4C:1B80 INFO  :: ";

  g_string_append_printf (log,
                          "%sData Received - 203.0.113.10:443 (To Local Address: 192.0.2.10:4321) %zu "
                          "bytes:\r\n%s",
                          stamp,
                          length,
                          stamp);
  g_string_append_len (log, text, (gssize) length);
  g_string_append_printf (log,
                          "\r\n%sEnd of Data Received - 203.0.113.10:443 (To Local Address: 192.0.2.10:4321) "
                          "%zu bytes\r\n",
                          stamp,
                          length);
}

/* A client logs what each read of its socket gave, and that ends anywhere: inside of a line, of a CRLF, of a start line. */
static void
a_client_log_in_any_reads_has_the_same_messages (void)
{
  static const char stream[] =
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS 192.0.2.10\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
    "Content-Type: text/plain\r\nContent-Length: 12\r\n\r\none\r\n\r\ntwo\r\n"
    "INFO sip:a@b.example SIP/2.0\r\nVia: SIP/2.0/TLS 203.0.113.10\r\nCall-ID: 1\r\n"
    "CSeq: 2 INFO\r\nContent-Length: 0\r\n\r\n"
    "BYE sip:a@b.example SIP/2.0\r\nCall-ID: 1\r\nCSeq: 3 BYE\r\n\r\n";
  const gsize length = strlen (stream);

  for (gsize first = 1; first < length; first++)
    for (gsize step = 1; step < 120 && first + step < length; step += 17)
      {
        g_autoptr (GString) log = g_string_new (NULL);
        g_autoptr (RungsArena) arena = rungs_arena_new ();
        g_autoptr (GArray) records = NULL;
        g_autoptr (GString) found = g_string_new (NULL);

        append_read (log, stream, first);
        append_read (log, stream + first, step);
        append_read (log, stream + first + step, length - first - step);
        records = keep_records (rungs_slice (log->str, log->len), arena);
        for (guint i = 0; i < records->len; i++)
          {
            RungsSlice bytes = g_array_index (records, Kept, i).bytes;

            g_string_append_len (found, bytes.data, (gssize) bytes.length);
          }
        if (records->len != 3 || !g_str_equal (found->str, stream))
          g_error ("reads of %zu and %zu bytes: %u messages: %s", first, step, records->len, found->str);
      }
}

static void
cover_folder (const char *folder, guint *count)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        cover_folder (path, count);
      else if (g_file_get_contents (path, &bytes, &length, NULL))
        {
          assert_covered (bytes, length, path);
          (*count)++;
        }
    }
}

static void
every_sample_is_accounted_for (gconstpointer data)
{
  g_autofree char *folder = rungs_test_sample (data);
  guint count = 0;

  if (folder == NULL)
    return;
  cover_folder (folder, &count);
  g_assert_cmpuint (count, >, 0);
}

/* How many messages are in the logs of the manifest, counted by their start lines. */
static void
a_sample_has_its_messages (void)
{
  static const struct
  {
    const char *name;
    const char *reader;
    guint n_messages;
  } cases[] = {
    { "acme/wireshark-sipmsg.log", "acme", 5 },
    { "asterisk/asterisk-pjsip-troubleshooting-guide-0.log", "asterisk", 1 },
    { "asterisk/asterisk-pjsip-troubleshooting-guide-1.log", "asterisk", 6 },
    { "asterisk/configuring-chan_sip-for-presence-subscriptions-0.log", "asterisk", 6 },
    { "belle-sip/linphone-android1761-logcat.log", "belle-sip", 1 },
    { "belle-sip/linphone-desktop15-old-blank-line-doubling.log", "belle-sip", 1 },
    { "cisco/ios-debug-ccsip-messages.log", "cisco", 2 },
    { "clients/8-call-udp/sipp_uac_messages.log", "sipp", 10 },
    { "clients/8-call-udp/sipp_uas_messages.log", "sipp", 6 },
    { "cisco/expressway-tvcs-sipmsg.log", "expressway", 1 },
    { "freeswitch/kazoo-sipify-prefixed-siptrace.log", "sofia", 1 },
    { "kamailio/kamailio-sipdump-2026-11-22--11-08-58.data", "sipdump", 9 },
    { "ngrep/ngrep-byline-notime-suricata-tcp-method-sip-tcp.pcap.txt", "ngrep", 2 },
    { "ngrep/ngrep-byline-notime-zeek-wireshark-sip.pcap.txt", "ngrep", 81 },
    { "ngrep/ngrep-byline-t-suricata-tcp-method-sip-tcp.pcap.txt", "ngrep", 2 },
    { "ocs-server/ocs2007r2-edge-options-tf_protocol.log", "ocs", 1 },
    { "other/sipsorcery370-trace.log", "twinkle", 2 },
    { "other/twinkle162-officesip-ntlm-challenge.log", "twinkle", 2 },
    { "pjsip/pjproject3308-register-retransmit.log", "pjsip", 1 },
    { "raw-sip-ms/ms-sipae-4.1-ntlm-first-401.txt", "sip-text", 2 },
    { "raw-sip-ms/sipe-issue56-488-ntlm.sip", "sip-text", 1 },
    { "raw-sip-ms/sipe-ntlm-v2-ocs2007-200OK-novell.sip", "sip-text", 1 },
    { "sipp/uac_messages.log", "sipp", 18 },
    { "sipp/uac_short.log", "sipp-short", 18 },
    { "sipp/uac_tcp_messages.log", "sipp", 12 },
    { "sipp/uas_messages.log", "sipp", 18 },
    { "uccapilog/sfb2019-500-tlsdsk-message-only.txt", "sip-text", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_build_filename ("samples", cases[i].name, NULL);
      g_autofree char *path = rungs_test_sample (name);
      g_autofree char *bytes = NULL;
      g_auto (RungsTestSink) sink = { 0 };
      const RungsReader *reader;
      gsize length;

      if (path == NULL)
        return;
      g_test_message ("%s", cases[i].name);
      bytes = rungs_test_load (path, &length);
      reader = rungs_readers_find (rungs_slice (bytes, length), name, NULL);
      g_assert_nonnull (reader);
      g_assert_cmpstr (reader->id, ==, cases[i].reader);
      rungs_test_sink_init (&sink, length, FALSE);
      g_assert_true (reader->read (rungs_slice (bytes, length), sink.arena, &sink.sink, NULL));
      g_assert_cmpuint (sink.n_records, ==, cases[i].n_messages);
    }
}

static GString *
repeat (const char *name, gsize at_least)
{
  g_autofree char *path = rungs_test_fixture ("traces", name, NULL);
  gsize length;
  g_autofree char *bytes = rungs_test_load (path, &length);
  GString *all = g_string_new (NULL);

  while (all->len < at_least)
    g_string_append_len (all, bytes, (gssize) length);
  return all;
}

static void
progress_comes_every_256_kib (void)
{
  static const char *const names[] = {
    "ocs2007r2.log", "uccapi.log", "sipe-new.log", "sip-lf.log", "without-sip.log"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) all = repeat (names[i], 3 * 1024 * 1024);
      g_auto (RungsTestSink) sink = { 0 };
      const RungsReader *reader = rungs_readers_find (rungs_slice (all->str, all->len), names[i], NULL);

      g_assert_nonnull (reader);
      rungs_test_sink_init (&sink, all->len, FALSE);
      reader->read (rungs_slice (all->str, all->len), sink.arena, &sink.sink, NULL);
      g_assert_cmpuint (sink.widest_step, <=, 256 * 1024);
      g_assert_cmpuint (sink.last_report, ==, all->len);
      g_assert_cmpint (rungs_test_sink_find_fault (&sink), ==, -1);
    }
}

static void
a_stop_is_obeyed_at_once (void)
{
  static const char *const names[] = { "ocs2007r2.log", "uccapi.log", "sipe-new.log", "sip-lf.log" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) all = repeat (names[i], 2 * 1024 * 1024);
      g_auto (RungsTestSink) sink = { 0 };
      const RungsReader *reader = rungs_readers_find (rungs_slice (all->str, all->len), names[i], NULL);
      guint n_records;

      rungs_test_sink_init (&sink, all->len, FALSE);
      sink.stop_after = 2;
      g_assert_true (reader->read (rungs_slice (all->str, all->len), sink.arena, &sink.sink, NULL));
      g_assert_cmpuint (sink.n_reports, ==, 2);
      n_records = sink.n_records;
      g_assert_cmpuint (n_records, >, 0);
      rungs_test_sink_clear (&sink);
      rungs_test_sink_init (&sink, all->len, FALSE);
      reader->read (rungs_slice (all->str, all->len), sink.arena, &sink.sink, NULL);
      g_assert_cmpuint (sink.n_records, >, 4 * n_records);
    }
}

static void
sip_behind_a_long_prologue_is_found (void)
{
  g_autoptr (GString) all = repeat ("without-sip.log", 300 * 1024);
  g_auto (RungsTestSink) sink = { 0 };
  g_autofree char *path = rungs_test_fixture ("traces", "sip-pasted.log", NULL);
  g_autofree char *bytes = rungs_test_load (path, NULL);
  const RungsReader *reader;

  g_string_append (all, bytes);
  reader = rungs_readers_find (rungs_slice (all->str, all->len), "long.log", NULL);
  g_assert_nonnull (reader);
  rungs_test_sink_init (&sink, all->len, FALSE);
  reader->read (rungs_slice (all->str, all->len), sink.arena, &sink.sink, NULL);
  g_assert_cmpuint (sink.n_records, ==, 5);
}

static void
a_file_of_another_kind_is_named (void)
{
  static const struct
  {
    RungsSlice bytes;
    const char *expected;
    RungsError error;
  } cases[] = {
    { { "\x7f"
        "ELF\2\1\1\0\0\0\0\0\0\0\0\0\4\0\x3e\0",
        20 },
      "it looks like an ELF core dump",
      RUNGS_ERROR_FOREIGN },
    { { "\x89PNG\r\n\x1a\n....", 12 }, "it looks like a PNG picture", RUNGS_ERROR_FOREIGN },
    { { "%PDF-1.7\n", 9 }, "it looks like a PDF document", RUNGS_ERROR_FOREIGN },
    { { "PK\x03\x04....", 8 }, "it looks like a ZIP archive", RUNGS_ERROR_NO_MESSAGES },
    { { "\x1f\x8b\x08\0....", 8 }, "it looks like a gzip file", RUNGS_ERROR_NO_MESSAGES },
    { { "<?xml version=\"1.0\"?><a/>", 25 }, "it looks like XML", RUNGS_ERROR_NO_MESSAGES },
    { { "Dear Bob,\nhow are you?\n", 23 }, "it looks like text without SIP", RUNGS_ERROR_NO_MESSAGES },
    { { "\0\1\2\3\4\5\6\7\0\1\2\3", 12 }, "it looks like binary data", RUNGS_ERROR_NO_MESSAGES },
    { { "", 0 }, "is empty", RUNGS_ERROR_NO_MESSAGES },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_readers_find (cases[i].bytes, "core.1234", &error));
      g_assert_error (error, RUNGS_ERROR, (int) cases[i].error);
      g_assert_nonnull (strstr (error->message, "“core.1234”"));
      g_assert_nonnull (strstr (error->message, cases[i].expected));
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
sip_inside_a_core_dump_is_not_carved_out (void)
{
  static const char core[] = "\x7f"
                             "ELF\2\1\1\0\0\0\0\0\0\0\0\0\4\0\n"
                             "OPTIONS sip:a@b.example SIP/2.0\nVia: SIP/2.0/UDP c\nCall-ID: 1\n\n";

  g_assert_null (rungs_readers_find (rungs_slice (core, sizeof core - 1), "core", NULL));
}

/* However long: a probe that goes back into what it has seen would not come to an end here. */
static void
sip_behind_much_white_space_is_found (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_auto (RungsTestSink) sink = { 0 };
  const RungsReader *reader;

  g_string_set_size (all, 400000);
  memset (all->str, ' ', all->len);
  g_string_append (all, "\nOPTIONS sip:a@b.example SIP/2.0\nVia: SIP/2.0/UDP c\nCall-ID: 1\n\n");
  reader = rungs_readers_find (rungs_slice (all->str, all->len), "blank.txt", NULL);
  g_assert_nonnull (reader);
  rungs_test_sink_init (&sink, all->len, FALSE);
  reader->read (rungs_slice (all->str, all->len), sink.arena, &sink.sink, NULL);
  g_assert_cmpuint (sink.n_records, ==, 1);
}

static void
every_reader_has_an_id_and_every_reason_a_name (void)
{
  const RungsReader *const *readers = rungs_readers_list ();
  guint n_readers = 0;

  for (; readers[n_readers] != NULL; n_readers++)
    for (guint j = 0; j < n_readers; j++)
      g_assert_cmpstr (readers[j]->id, !=, readers[n_readers]->id);
  g_assert_cmpuint (n_readers, >=, 6);
  g_assert_cmpstr (rungs_unread_reason_get_id (RUNGS_UNREAD_NOT_SIP), ==, "not-sip");
  g_assert_cmpstr (rungs_unread_reason_get_id (RUNGS_UNREAD_LIMIT), ==, "limit");
}

int
main (int argc, char **argv)
{
  static const char *const samples[] = { "samples", "torture" };

  for (int i = 1; i < argc; i++)
    generate |= g_str_equal (argv[i], "--generate");
  if (generate)
    argc = 1;
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *golden = g_strconcat ("/text-readers/has-its-records/", fixtures[i], NULL);
      g_autofree char *cut = g_strconcat ("/text-readers/is-accounted-for-when-cut/", fixtures[i], NULL);
      g_autofree char *same =
        g_strconcat ("/text-readers/has-the-same-messages-when-cut/", fixtures[i], NULL);

      g_test_add_data_func (golden, fixtures[i], fixture_has_its_records);
      g_test_add_data_func (cut, fixtures[i], a_cut_log_is_accounted_for);
      g_test_add_data_func (same, fixtures[i], a_cut_log_has_the_same_messages);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/text-readers/every-byte-is-accounted-for/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], every_sample_is_accounted_for);
    }
  g_test_add_func ("/text-readers/a-sample-has-its-messages", a_sample_has_its_messages);
  g_test_add_func ("/text-readers/a-client-log-in-any-reads-has-the-same-messages",
                   a_client_log_in_any_reads_has_the_same_messages);
  g_test_add_func ("/text-readers/progress-comes-every-256-kib", progress_comes_every_256_kib);
  g_test_add_func ("/text-readers/a-stop-is-obeyed-at-once", a_stop_is_obeyed_at_once);
  g_test_add_func ("/text-readers/sip-behind-a-long-prologue-is-found", sip_behind_a_long_prologue_is_found);
  g_test_add_func ("/readers/a-file-of-another-kind-is-named", a_file_of_another_kind_is_named);
  g_test_add_func ("/readers/sip-inside-a-core-dump-is-not-carved-out",
                   sip_inside_a_core_dump_is_not_carved_out);
  g_test_add_func ("/readers/sip-behind-much-white-space-is-found", sip_behind_much_white_space_is_found);
  g_test_add_func ("/readers/every-reader-has-an-id-and-every-reason-a-name",
                   every_reader_has_an_id_and_every_reason_a_name);
  return g_test_run ();
}

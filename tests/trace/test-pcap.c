/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Packet captures → records, and every byte accounted for.
 *
 * The fixtures NAME.pcap and NAME.pcapng in tests/traces are made by the package captures beside this; what must be read from each
 * stands beside it in NAME.records.  "captures --build FOLDER NAME" writes both; read the records before you commit them. */

#include "config.h"

#include <json-glib/json-glib.h>

#include "rungs-error.h"
#include "rungs-reader.h"
#include "rungs-test.h"

typedef struct
{
  guint64 offset;
  guint64 length;
  guint outcome; /* RungsUnreadReason, or RUNGS_N_UNREAD_REASONS: read */
} Range;

typedef struct
{
  RungsSink sink;
  RungsSlice input;
  GArray *ranges;
  GPtrArray *records;  /* one line of text each */
  GPtrArray *messages; /* the bytes */
  GPtrArray *streams;  /* streams and names, one line of text each */
  guint n_kerberos;
  guint64 sums[RUNGS_N_UNREAD_REASONS + 1];
  guint64 stop_at;
  gboolean stopped;
} Listener;

static const struct
{
  guint32 flag;
  const char *name;
} flag_names[] = {
  { RUNGS_RECORD_JOINED, "joined" },   { RUNGS_RECORD_TRUNCATED, "truncated" },
  { RUNGS_RECORD_GAP, "gap" },         { RUNGS_RECORD_STREAM, "stream" },
  { RUNGS_RECORD_DECODED, "decoded" }, { RUNGS_RECORD_ZONE_UNKNOWN, "no-zone" },
};

static gboolean generate;

static char *
describe (const RungsRecord *record)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *source = rungs_address_to_string (&record->source);
  g_autofree char *destination = rungs_address_to_string (&record->destination);
  g_autofree char *sum =
    g_compute_checksum_for_data (G_CHECKSUM_SHA1, (const guchar *) record->bytes.data, record->bytes.length);
  gssize end = rungs_slice_find_char (record->bytes, 0, '\r');

  if (record->time == RUNGS_TIME_NONE)
    g_string_append (line, "no time");
  else
    g_string_append_printf (line, "%" G_GINT64_FORMAT, record->time);
  g_string_append_printf (line,
                          " %s %s > %s connection %u at %" G_GUINT64_FORMAT " %" G_GSIZE_FORMAT " bytes %.8s",
                          rungs_transport_get_name (record->transport),
                          source,
                          destination,
                          record->connection,
                          record->offset,
                          record->bytes.length,
                          sum);
  for (gsize i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if (record->flags & flag_names[i].flag)
      g_string_append_printf (line, " %s", flag_names[i].name);
  if (record->agent.length > 0)
    g_string_append_printf (line, " agent %.*s", RUNGS_SLICE_ARGS (record->agent));
  if (record->comment.length > 0)
    g_string_append_printf (line, " comment %.*s", RUNGS_SLICE_ARGS (record->comment));
  if (record->kind == RUNGS_RECORD_KERBEROS)
    g_string_append_printf (line, ": Kerberos %u", record->bytes.data[0] & 0x1f);
  else
    g_string_append_printf (line, ": %.*s", (int) MAX (0, MIN (end, 240)), record->bytes.data);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
take_record (RungsSink *sink, const RungsRecord *record)
{
  Listener *self = (Listener *) sink;

  g_assert_false (self->stopped);
  g_assert_cmpuint (record->bytes.length, >, 0);
  g_assert_cmpuint (record->offset, <, self->input.length);
  if ((record->flags & RUNGS_RECORD_DECODED) == 0)
    g_assert_cmpint (self->input.data[record->offset], ==, record->bytes.data[0]);
  if ((record->flags & RUNGS_RECORD_JOINED) == 0)
    g_assert_true (record->bytes.data == self->input.data + record->offset);
  self->n_kerberos += record->kind == RUNGS_RECORD_KERBEROS;
  g_ptr_array_add (self->records, describe (record));
  g_ptr_array_add (self->messages, rungs_slice_dup (record->bytes));
}

static void
add_range (RungsSink *sink, guint64 offset, guint64 length, guint outcome)
{
  Listener *self = (Listener *) sink;
  Range range = { offset, length, outcome };

  g_assert_false (self->stopped);
  g_assert_cmpuint (length, >, 0);
  g_array_append_val (self->ranges, range);
  self->sums[outcome] += length;
}

static void
take_read (RungsSink *sink, guint64 offset, guint64 length)
{
  add_range (sink, offset, length, RUNGS_N_UNREAD_REASONS);
}

static void
take_unread (RungsSink *sink, guint64 offset, guint64 length, RungsUnreadReason reason)
{
  g_assert_cmpuint (reason, <, RUNGS_N_UNREAD_REASONS);
  add_range (sink, offset, length, reason);
}

static gboolean
take_progress (RungsSink *sink, guint64 offset)
{
  Listener *self = (Listener *) sink;

  self->stopped = offset >= self->stop_at;
  return !self->stopped;
}

static void
take_stream (RungsSink *sink, const RungsForeignStream *stream)
{
  static const char *const kinds[] = { "RTP", "RTCP", "TLS", "keep-alive" };
  Listener *self = (Listener *) sink;
  g_autofree char *source = rungs_address_to_string (&stream->source);
  g_autofree char *destination = rungs_address_to_string (&stream->destination);

  g_ptr_array_add (self->streams,
                   g_strdup_printf ("stream %s %s > %s from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                                    " packets %" G_GUINT64_FORMAT " bytes %" G_GUINT64_FORMAT
                                    " name %.*s ssrc %08x version %04x payload %u connection %u"
                                    " pause %" G_GINT64_FORMAT " from %" G_GINT64_FORMAT,
                                    kinds[stream->kind],
                                    source,
                                    destination,
                                    stream->first,
                                    stream->last,
                                    stream->packets,
                                    stream->bytes,
                                    RUNGS_SLICE_ARGS (stream->name),
                                    stream->ssrc,
                                    stream->version,
                                    stream->payload_type,
                                    stream->connection,
                                    stream->pause,
                                    stream->pause_start));
}

static void
take_name (RungsSink *sink, const RungsAddress *address, RungsSlice name)
{
  Listener *self = (Listener *) sink;
  g_autofree char *host = rungs_address_host_to_string (address);

  g_ptr_array_add (self->streams, g_strdup_printf ("name %s %.*s", host, RUNGS_SLICE_ARGS (name)));
}

static void
listener_free (Listener *self)
{
  g_array_unref (self->ranges);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->streams);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

static Listener *
listener_new (RungsSlice input)
{
  Listener *self = g_new0 (Listener, 1);

  self->sink = (RungsSink){ take_record, take_read, take_unread, take_progress, take_name, take_stream };
  self->input = input;
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  self->records = g_ptr_array_new_with_free_func (g_free);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->streams = g_ptr_array_new_with_free_func (g_free);
  self->stop_at = G_MAXUINT64;
  return self;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *left = a;
  const Range *right = b;

  return left->offset < right->offset ? -1 : left->offset > right->offset;
}

static void
assert_covered (const Listener *self)
{
  guint64 end = 0;

  g_array_sort (self->ranges, compare_ranges);
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const Range *range = &g_array_index (self->ranges, Range, i);

      g_assert_cmpuint (range->offset, ==, end);
      end = range->offset + range->length;
    }
  g_assert_cmpuint (end, ==, self->input.length);
}

static gboolean
is_capture (const RungsReader *reader)
{
  static const char *const ids[] = { "pcap", "pcapng", "snoop", "netmon", "hep", NULL };

  return reader != NULL && g_strv_contains (ids, reader->id);
}

/* Reads @bytes, which must be a capture, and asserts that each of them is accounted for once. */
static Listener *
read_capture (RungsSlice bytes, GError **error)
{
  g_autoptr (Listener) self = listener_new (bytes);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  const RungsReader *reader = rungs_readers_find (bytes, "test", NULL);
  GError *failure = NULL;

  g_assert_nonnull (reader);
  g_assert_true (is_capture (reader));
  g_assert_true (reader->read (bytes, arena, &self->sink, &failure) == (failure == NULL));
  assert_covered (self);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return g_steal_pointer (&self);
}

static char *
dump (RungsSlice bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Listener) listener = read_capture (bytes, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < listener->records->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (listener->records, i));
  for (guint i = 0; i < listener->streams->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (listener->streams, i));
  for (guint i = 0; i < RUNGS_N_UNREAD_REASONS; i++)
    if (listener->sums[i] > 0)
      g_string_append_printf (text,
                              "unread %s %" G_GUINT64_FORMAT "\n",
                              rungs_unread_reason_get_id (i),
                              listener->sums[i]);
  g_string_append_printf (text, "read %" G_GUINT64_FORMAT "\n", listener->sums[RUNGS_N_UNREAD_REASONS]);
  if (error != NULL)
    g_string_append_printf (text, "error: %s\n", error->message);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
a_fixture_reads_as_its_records_say (gconstpointer data)
{
  g_autofree char *path = rungs_test_fixture ("traces", data, NULL);
  g_autofree char *stem = g_strndup (path, strrchr (path, '.') - path);
  g_autofree char *expected_path = g_strconcat (stem, ".records", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *found = NULL;
  gsize length;

  bytes = rungs_test_load (path, &length);
  found = dump (rungs_slice (bytes, length));
  if (generate)
    g_assert_true (g_file_set_contents (expected_path, found, -1, NULL));
  expected = rungs_test_load (expected_path, NULL);
  g_assert_cmpstr (found, ==, expected);
}

/* What the account says of the byte at @offset. */
static guint
get_outcome (const Listener *listener, guint64 offset)
{
  for (guint i = 0; i < listener->ranges->len; i++)
    {
      const Range *range = &g_array_index (listener->ranges, Range, i);

      if (offset >= range->offset && offset - range->offset < range->length)
        return range->outcome;
    }
  g_assert_not_reached ();
}

/* A cut is no damage, and makes nothing another protocol: the last byte is in a message, is what it was in the whole file, waits for
 * what does not come, or is called cut short. */
static void
assert_named_as_cut (const Listener *listener, const Listener *whole, gsize cut)
{
  guint outcome = get_outcome (listener, cut - 1);

  /* damage may reach over the beginning of what follows it */
  if (outcome == RUNGS_UNREAD_BROKEN && get_outcome (whole, cut - 6) == RUNGS_UNREAD_BROKEN)
    return;
  /* one packet of RTP could be anything */
  if (outcome == RUNGS_UNREAD_OTHER_PROTOCOL && get_outcome (whole, cut - 1) == RUNGS_UNREAD_RTP)
    return;
  if (outcome != RUNGS_N_UNREAD_REASONS && outcome != get_outcome (whole, cut - 1) &&
      outcome != RUNGS_UNREAD_CUT_SHORT && outcome != RUNGS_UNREAD_TCP_GAP &&
      outcome != RUNGS_UNREAD_FRAGMENT_INCOMPLETE && outcome != RUNGS_UNREAD_PROXY_HEADER)
    g_error ("cut at %" G_GSIZE_FORMAT ": %s", cut, rungs_unread_reason_get_id (outcome));
}

/* Cuts a capture at each byte: what was whole before the cut is still read, and nothing is lost from the account. */
static void
a_file_cut_anywhere_keeps_what_is_whole (gconstpointer data)
{
  g_autofree char *path = rungs_test_fixture ("traces", data, NULL);
  g_autoptr (Listener) whole = NULL;
  g_autofree char *bytes = NULL;
  guint n_before = 0;
  gsize length;

  bytes = rungs_test_load (path, &length);
  whole = read_capture (rungs_slice (bytes, length), NULL);
  for (gsize cut = 24; cut <= length; cut++)
    {
      g_autofree char *part = g_memdup2 (bytes, cut);
      g_autoptr (Listener) listener = read_capture (rungs_slice (part, cut), NULL);

      g_assert_cmpuint (listener->records->len, >=, n_before);
      n_before = listener->records->len;
      assert_named_as_cut (listener, whole, cut);
    }
  g_assert_cmpuint (n_before, >, 0);
}

/* Flips each bit behind the magic number. */
static void
a_flipped_bit_leaves_the_account_whole (gconstpointer data)
{
  g_autofree char *path = rungs_test_fixture ("traces", data, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = rungs_test_load (path, &length);
  for (gsize bit = 12 * 8; bit < length * 8; bit++)
    {
      g_autoptr (Listener) listener = NULL;

      bytes[bit / 8] ^= 1 << bit % 8;
      listener = read_capture (rungs_slice (bytes, length), NULL);
      bytes[bit / 8] ^= 1 << bit % 8;
    }
}

/* The frames of a pcap in another order: the SYN stays first and the FIN last. */
static char *
shuffle_frames (const char *bytes, gsize length, GRand *random)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Range));
  char *shuffled = g_memdup2 (bytes, length);
  gsize end = 24;

  for (gsize offset = 24; offset < length;)
    {
      guint32 captured;
      Range frame;

      memcpy (&captured, bytes + offset + 8, sizeof captured);
      frame = (Range){ offset, 16 + GUINT32_FROM_LE (captured), 0 };
      g_array_append_val (frames, frame);
      offset += frame.length;
    }
  for (guint i = 3; i + 2 < frames->len; i++)
    {
      guint other = g_rand_int_range (random, i, frames->len - 2);
      Range frame = g_array_index (frames, Range, i);

      g_array_index (frames, Range, i) = g_array_index (frames, Range, other);
      g_array_index (frames, Range, other) = frame;
    }
  for (guint i = 0; i < frames->len; i++)
    {
      const Range *frame = &g_array_index (frames, Range, i);

      memcpy (shuffled + end, bytes + frame->offset, frame->length);
      end += frame->length;
    }
  return shuffled;
}

static void
the_order_of_segments_does_not_matter (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5060);
  g_autofree char *path = rungs_test_fixture ("traces", data, NULL);
  g_autoptr (Listener) straight = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = rungs_test_load (path, &length);
  straight = read_capture (rungs_slice (bytes, length), NULL);
  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *shuffled = shuffle_frames (bytes, length, random);
      g_autoptr (Listener) listener = read_capture (rungs_slice (shuffled, length), NULL);

      g_assert_cmpuint (listener->messages->len, ==, straight->messages->len);
      for (guint i = 0; i < straight->messages->len; i++)
        g_assert_cmpstr (g_ptr_array_index (listener->messages, i),
                         ==,
                         g_ptr_array_index (straight->messages, i));
    }
}

static void
a_sink_that_has_enough_hears_no_more (void)
{
  g_autofree char *path = rungs_test_fixture ("traces", "tcp-one-byte-a-segment.pcap", NULL);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (Listener) listener = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  RungsSlice input;
  gsize length;

  bytes = rungs_test_load (path, &length);
  input = rungs_slice (bytes, length);
  listener = listener_new (input);
  listener->stop_at = 0;
  g_assert_true (rungs_readers_find (input, "test", NULL)->read (input, arena, &listener->sink, &error));
  g_assert_no_error (error);
  g_assert_true (listener->stopped);
  g_assert_cmpuint (listener->records->len, ==, 0);
}

static void
an_unknown_link_type_is_named (void)
{
  g_autofree char *path = rungs_test_fixture ("traces", "link-unknown.pcap", NULL);
  g_autoptr (Listener) listener = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = rungs_test_load (path, &length);
  listener = read_capture (rungs_slice (bytes, length), &error);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "147"));
}

/* How many messages each sample holds.  Those of tshark 4.0.17 (messages, not frames) are the same but for
 * the bit errors in ndpi-fuzz, where it takes 52 and we show every damaged message too, and for HEP, which it does not know. */
static const struct
{
  const char *path;
  guint n_messages;
  guint n_kerberos;
} samples[] = {
  { "samples/pcap/ndpi-fuzz-2006-06-26-2594.pcap", 67 },
  { "samples/pcap/ndpi-gre.pcapng", 1 },
  { "samples/pcap/ndpi-sip.pcap", 81 },
  { "samples/pcap/ndpi-webex.pcap", 22 },
  { "samples/pcap/sngrep-aaa.pcap", 81 },
  { "samples/pcap/sngrep-ipip.pcap", 4 },
  { "samples/pcap/suricata-body-frames-public-cloudshark-sip-s0.pcap", 10 },
  { "samples/pcap/suricata-body-large-sip-body-large.pcap", 2 },
  { "samples/pcap/suricata-compact-form-sip_compact_form.pcap", 1 },
  { "samples/pcap/suricata-options-method-input.pcap", 2 },
  { "samples/pcap/suricata-pattern-matching-sip.pcap", 2 },
  { "samples/pcap/suricata-tcp-method-sip-tcp.pcap", 2 },
  { "samples/pcap/zeek-invalid-content-length.pcap", 2 },
  { "samples/pcap/zeek-long-paths.pcap", 2 },
  { "samples/pcap-auth/arkime-krb5-tcp.pcap", 0, 1 },
  { "samples/pcap-auth/arkime-krb5-udp.pcap", 0, 1 },
  { "samples/pcap-auth/arkime-ntlm_synthetic.pcap", 0 },
  { "samples/pcap-auth/ndpi-kerberos-error.pcap", 0, 2 },
  { "samples/pcap-auth/ndpi-kerberos.pcap", 0, 19 },
  { "samples/pcap-auth/suricata-krb5-frag.pcap", 0, 6 },
  { "samples/pcap-auth/suricata-krb5-msg-type.pcap", 0, 10 },
  { "samples/pcap-auth/zeek-aduser1.pcap", 0, 4 },
  { "samples/pcap-auth/zeek-auth.pcap", 0, 2 },
  { "samples/pcap-auth/zeek-dce_rpc_ntlm.pcapng", 0 },
  { "samples/pcap-auth/zeek-raw_ntlm_in_smb.pcap", 0 },
  { "samples/pcap-auth/zeek-sasl-ntlm.pcap", 0 },
  { "samples/pcap-auth/zeek-smb_gssapi.pcap", 0 },
  { "samples/pcap-encap/arkime-dot1ad.pcap", 0 },
  { "samples/pcap-encap/arkime-gtp-u.pcap", 0 },
  { "samples/pcap-encap/arkime-mpls-basic.pcap", 0 },
  { "samples/pcap-encap/arkime-pppoe.pcap", 0 },
  { "samples/pcap-encap/arkime-vxlan.pcap", 0 },
  { "samples/clients/2n-internal-kerberos-netns/capture.pcap", 27, 6 },
  { "samples/clients/2n-internal-kerberos-netns/outside.pcap", 0 },
  { "samples/clients/3-internal-ntlm/capture.pcap", 29 },
  { "samples/clients/4-wrong-password-ntlm/capture.pcap", 6 },
  { "samples/clients/8-call-udp/capture.pcap", 23 },
  { "samples/clients/8-call-udp/hep3.pcap", 30 },
  { "samples/clients/8-call-udp/mixed-sip-and-hep3.pcap", 53 },
  { "samples/clients/9-two-clocks-tcp/a-side.pcap", 17 },
  { "samples/clients/9-two-clocks-tcp/b-side.pcap", 13 },
  { "samples/clients/9-two-clocks-tcp/truth-all-hops.pcap", 23 },
  { "samples/hep/kam-hep3-and-sip.pcapng", 19 },
  { "samples/hep/hep3-concatenated-datagrams.bin", 10 },
};

static void
a_sample_holds_as_many_messages_as_are_known (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autofree char *path = rungs_test_sample (samples[index].path);
  g_autoptr (Listener) listener = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  if (path == NULL)
    return;
  bytes = rungs_test_load (path, &length);
  listener = read_capture (rungs_slice (bytes, length), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listener->n_kerberos, ==, samples[index].n_kerberos);
  g_assert_cmpuint (listener->records->len - listener->n_kerberos, ==, samples[index].n_messages);
}

/* Reads every capture below @path; what is none is left out. */
static void
read_all_below (const char *path, guint *n_read)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      g_autoptr (Listener) listener = NULL;
      const RungsReader *reader;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          read_all_below (child, n_read);
          continue;
        }
      if (!g_file_get_contents (child, &bytes, &length, NULL))
        continue;
      reader = rungs_readers_find (rungs_slice (bytes, length), "test", NULL);
      if (!is_capture (reader))
        continue;
      listener = read_capture (rungs_slice (bytes, length), NULL);
      (*n_read)++;
    }
}

static void
every_byte_of_a_hostile_capture_is_accounted_for (gconstpointer data)
{
  g_autofree char *path = rungs_test_sample (data);
  guint n_read = 0;

  if (path == NULL)
    return;
  read_all_below (path, &n_read);
  g_test_message ("%u captures in %s", n_read, path);
}

static void
a_sample_agrees_with_its_truth (gconstpointer data)
{
  g_autofree char *folder = rungs_test_sample (data);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (Listener) listener = NULL;
  g_autofree char *capture = NULL;
  g_autofree char *truth = NULL;
  g_autofree char *bytes = NULL;
  JsonArray *messages;
  gsize length;

  if (folder == NULL)
    return;
  capture = g_build_filename (folder, "capture.pcap", NULL);
  truth = g_build_filename (folder, "truth.json", NULL);
  g_assert_true (json_parser_load_from_file (parser, truth, NULL));
  messages = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "messages");
  bytes = rungs_test_load (capture, &length);
  listener = read_capture (rungs_slice (bytes, length), NULL);
  g_assert_cmpuint (json_array_get_length (messages), ==, listener->records->len - listener->n_kerberos);
  for (guint i = 0, record = 0; i < json_array_get_length (messages); i++, record++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);
      const char *line = g_ptr_array_index (listener->records, record);
      gint64 time = json_object_get_double_member (message, "time") * G_USEC_PER_SEC + 0.5;
      g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT " TCP %s > %s ",
                                                time,
                                                json_object_get_string_member (message, "src"),
                                                json_object_get_string_member (message, "dst"));
      g_autofree char *end = g_strconcat (": ", json_object_get_string_member (message, "start_line"), NULL);

      if (strstr (line, ": Kerberos ") != NULL)
        {
          i--;
          continue;
        }
      g_assert_true (g_str_has_prefix (line, start));
      g_assert_true (g_str_has_suffix (line, end));
    }
}

static void
add_fixtures (void)
{
  static const char *const endings[] = { ".pcap", ".pcapng", ".snoop", ".netmon", ".hep", NULL };
  g_autofree char *folder = rungs_test_fixture ("traces", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_strv_contains (endings, strrchr (name, '.') != NULL ? strrchr (name, '.') : ""))
        continue;
      path = g_strconcat ("/pcap/fixture/", name, NULL);
      g_test_add_data_func_full (path, g_strdup (name), a_fixture_reads_as_its_records_say, g_free);
    }
}

static void
add_damage (void)
{
  const char *names[] = { "link-ethernet.pcap",
                          "fragments-ipv4.pcap",
                          "fragments-ipv6.pcap",
                          "tcp-borders-anywhere.pcap",
                          "tcp-gap-in-a-body.pcap",
                          "tcp-keepalives.pcap",
                          "exported-tls.pcapng",
                          "hep-3-tcp.pcap",
                          "link-radiotap.pcap",
                          "sctp-fragments.pcap",
                          "sctp-messages.pcap",
                          "tunnel-erspan.pcap",
                          "tunnel-gtp-u.pcap",
                          "tunnel-in-fragments.pcap",
                          "websocket.pcap",
                          "websocket-fragmented.pcap",
                          "websocket-packed.pcap",
                          "hep-3-udp.pcap",
                          "hep-packets.hep",
                          "kerberos-tcp.pcap",
                          "pcap-modified.pcap",
                          "pcapng-enhanced.pcapng",
                          "pcapng-asides.pcapng",
                          "media.pcap",
                          "pcapng-two-sections.pcapng",
                          "snoop.snoop",
                          "netmon-1.netmon",
                          "link-wlan-aggregated.pcap",
                          "fragments-of-sctp.pcap",
                          "pcap-of-old.pcap" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *cut = g_strdup_printf ("/pcap/a-file-cut-anywhere-keeps-what-is-whole/%s", names[i]);
      g_autofree char *flip = g_strdup_printf ("/pcap/a-flipped-bit-leaves-the-account-whole/%s", names[i]);

      g_test_add_data_func (cut, names[i], a_file_cut_anywhere_keeps_what_is_whole);
      g_test_add_data_func (flip, names[i], a_flipped_bit_leaves_the_account_whole);
    }
}

int
main (int argc, char **argv)
{
  static const char *const hostile[] = {
    "samples", "torture/libpcap-tests", "torture/pcapng-test-generator", "torture/published-bugs"
  };
  const char *clients[] = { "2n-internal-kerberos-netns", "3-internal-ntlm", "4-wrong-password-ntlm" };

  generate = argc == 2 && g_str_equal (argv[1], "--generate");
  if (generate)
    argc = 1;
  g_test_init (&argc, &argv, NULL);
  add_fixtures ();
  if (generate)
    return g_test_run ();
  add_damage ();
  g_test_add_data_func ("/pcap/the-order-of-segments-does-not-matter",
                        "tcp-borders-anywhere.pcap",
                        the_order_of_segments_does_not_matter);
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/pcap/every-byte-of-a-hostile-capture-is-accounted-for/%s", hostile[i]);

      g_test_add_data_func (path, hostile[i], every_byte_of_a_hostile_capture_is_accounted_for);
    }
  g_test_add_func ("/pcap/a-sink-that-has-enough-hears-no-more", a_sink_that_has_enough_hears_no_more);
  g_test_add_func ("/pcap/an-unknown-link-type-is-named", an_unknown_link_type_is_named);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pcap/%s", samples[i].path);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), a_sample_holds_as_many_messages_as_are_known);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pcap/a-sample-agrees-with-its-truth/%s", clients[i]);
      char *folder = g_strconcat ("samples/clients/", clients[i], NULL);

      g_test_add_data_func_full (path, folder, a_sample_agrees_with_its_truth, g_free);
    }
  return g_test_run ();
}

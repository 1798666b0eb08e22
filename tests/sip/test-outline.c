/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The outline of a message gives back what the parser found, for every message of tests/messages that has one. */

#include "config.h"

#include "rungs-sip-outline.h"
#include "rungs-test.h"

#define INVITE                                                                                               \
  "INVITE sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\nFrom: "                 \
  "<sip:a@example.com>;tag=1\r\n"                                                                            \
  "Via: SIP/2.0/UDP b.example\r\nTo: <sip:b@example.com>\r\nCall-ID: 1@a\r\nX-Own: x\r\nCSeq: 7 INVITE\r\n"

static void
assert_same (RungsSlice a, RungsSlice b)
{
  g_assert_cmpuint (a.length, ==, b.length);
  if (a.length > 0)
    g_assert_true (a.data == b.data);
}

static void
assert_same_headers (const RungsSipMessage *parsed, const RungsSipMessage *recalled)
{
  for (guint id = RUNGS_SIP_HEADER_UNKNOWN + 1; id < RUNGS_N_SIP_HEADERS; id++)
    {
      const RungsSipHeader *a = rungs_sip_message_first (parsed, (RungsSipHeaderId) id);
      const RungsSipHeader *b = rungs_sip_message_first (recalled, (RungsSipHeaderId) id);

      for (; a != NULL; a = rungs_sip_message_next (parsed, a), b = rungs_sip_message_next (recalled, b))
        {
          g_assert_nonnull (b);
          assert_same (a->value, b->value);
        }
      g_assert_null (b);
    }
}

/* Whether @bytes have an outline; then it is compared. */
static gboolean
check (RungsSlice bytes, RungsSipMessage *recalled)
{
  g_auto (RungsSipMessage) parsed = { 0 };
  RungsSipOutline outline;

  rungs_sip_message_parse (&parsed, bytes, RUNGS_SIP_PARSE_DATAGRAM);
  if (!rungs_sip_outline_write (&outline, &parsed))
    return FALSE;
  rungs_sip_outline_read (&outline, bytes, RUNGS_SIP_PARSE_DATAGRAM, recalled);
  g_assert_cmpint (parsed.kind, ==, recalled->kind);
  g_assert_cmpint (parsed.method, ==, recalled->method);
  g_assert_cmpuint (parsed.status, ==, recalled->status);
  assert_same (parsed.bytes, recalled->bytes);
  assert_same (parsed.method_name, recalled->method_name);
  assert_same (parsed.request_uri, recalled->request_uri);
  assert_same (parsed.reason, recalled->reason);
  assert_same (parsed.body, recalled->body);
  assert_same_headers (&parsed, recalled);
  return TRUE;
}

/* One after the other in the same memory: nothing of a message stays for the next. */
static void
an_outline_gives_back_what_was_parsed (void)
{
  g_autofree char *folder = rungs_test_fixture ("messages", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_auto (RungsSipMessage) recalled = { 0 };
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".sip"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      n += check (rungs_slice (text, length), &recalled);
    }
  g_assert_cmpuint (n, >, 0);
}

static void
headers_that_repeat_keep_their_order (void)
{
  g_auto (RungsSipMessage) recalled = { 0 };
  const RungsSipHeader *via;

  g_assert_true (check (rungs_slice_from_string (INVITE "Content-Length: 4\r\n\r\nbody"), &recalled));
  via = rungs_sip_message_first (&recalled, RUNGS_SIP_HEADER_VIA);
  g_assert_slice (via->value, "SIP/2.0/UDP a.example;branch=z9hG4bK1");
  g_assert_slice (rungs_sip_message_next (&recalled, via)->value, "SIP/2.0/UDP b.example");
  g_assert_slice (recalled.body, "body");
}

static void
what_is_odd_or_long_has_none (void)
{
  g_autofree char *spaces = g_strnfill (300, 'x');
  g_autofree char *far = g_strconcat (INVITE "X-Long: ", spaces, "\r\nMax-Forwards: 70\r\n\r\n", NULL);
  g_autofree char *body = g_strnfill (70000, 'x');
  g_autofree char *large = g_strconcat (INVITE "\r\n", body, NULL);
  g_auto (RungsSipMessage) recalled = { 0 };

  g_assert_true (check (RUNGS_SLICE_LITERAL (INVITE "\r\n"), &recalled));
  g_assert_false (check (RUNGS_SLICE_LITERAL (INVITE "Subject: a\r\n b\r\n\r\n"), &recalled));
  g_assert_false (check (RUNGS_SLICE_LITERAL (INVITE "no colon\r\n\r\n"), &recalled));
  g_assert_false (check (RUNGS_SLICE_LITERAL ("hello\r\n\r\n"), &recalled));
  g_assert_false (check (rungs_slice_from_string (far), &recalled));
  g_assert_false (check (rungs_slice_from_string (large), &recalled));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outline/an-outline-gives-back-what-was-parsed", an_outline_gives_back_what_was_parsed);
  g_test_add_func ("/outline/headers-that-repeat-keep-their-order", headers_that_repeat_keep_their_order);
  g_test_add_func ("/outline/what-is-odd-or-long-has-none", what_is_odd_or_long_has_none);
  return g_test_run ();
}

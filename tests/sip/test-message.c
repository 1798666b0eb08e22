/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One message: line ends, folding, missing and doubled lines, and how long the body is. */

#include "config.h"

#include "rungs-sip-message.h"
#include "rungs-test.h"

#define HEAD                                                                                                 \
  "Via: SIP/2.0/TCP a.example;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: "                    \
  "<sip:b@example.com>\r\n"                                                                                  \
  "Call-ID: 1@a\r\nCSeq: 7 INVITE\r\n"
#define INVITE "INVITE sip:b@example.com SIP/2.0\r\n" HEAD

static gboolean
has_remark (const RungsSipMessage *message, RungsRemarkCode code)
{
  for (guint i = 0; i < message->n_remarks; i++)
    if (message->remarks[i].code == code)
      return TRUE;
  return FALSE;
}

static void
parse (RungsSipMessage *message, const char *text, RungsSipParseFlags flags)
{
  rungs_sip_message_parse (message, rungs_slice_from_string (text), flags);
}

/* @from in @text replaced by @to. */
static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

static void
assert_is_the_invite (const RungsSipMessage *message)
{
  guint32 number;
  RungsSlice method;

  g_assert_cmpint (message->kind, ==, RUNGS_SIP_KIND_REQUEST);
  g_assert_cmpint (message->method, ==, RUNGS_SIP_METHOD_INVITE);
  g_assert_slice (message->request_uri, "sip:b@example.com");
  g_assert_slice (message->version, "SIP/2.0");
  g_assert_cmpuint (message->n_headers, ==, 6);
  g_assert_slice (rungs_sip_message_get (message, RUNGS_SIP_HEADER_CALL_ID), "1@a");
  g_assert_true (rungs_sip_message_get_cseq (message, &number, &method));
  g_assert_cmpuint (number, ==, 7);
  g_assert_slice (method, "INVITE");
  g_assert_slice (message->body, "body");
}

static void
any_line_end_gives_the_same_message (void)
{
  static const char *const ends[] = { "\r\n", "\n", "\r", "\r\r\n" };
  g_auto (RungsSipMessage) message = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = replace (INVITE "Content-Length: 4\r\n\r\nbody", "\r\n", ends[i]);

      parse (&message, text, RUNGS_SIP_PARSE_DATAGRAM);
      assert_is_the_invite (&message);
      g_assert_cmpuint (message.n_remarks, ==, 0);
    }
}

static void
blank_lines_before_the_start_line_do_no_harm (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message, "\r\n\r\n" INVITE "l: 4\r\n\r\nbody", RUNGS_SIP_PARSE_DATAGRAM);
  assert_is_the_invite (&message);
}

static void
a_folded_value_spans_its_lines (void)
{
  g_auto (RungsSipMessage) message = { 0 };
  const RungsSipHeader *header;

  parse (&message,
         "BYE sip:b SIP/2.0\r\nSubject:\r\n one\r\n\ttwo\r\nCSeq : 1\r\n  BYE\r\n\r\n",
         RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpuint (message.n_headers, ==, 2);
  header = rungs_sip_message_first (&message, RUNGS_SIP_HEADER_SUBJECT);
  g_assert_slice (header->value, "one\r\n\ttwo");
  g_assert_cmpuint (header->flags, ==, RUNGS_SIP_HEADER_FOLDED);
  g_assert_true (rungs_sip_message_get_cseq (&message, NULL, NULL));
}

static void
a_compact_name_is_its_long_name (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message, "BYE sip:b SIP/2.0\r\ni: x\r\nV: y\r\nk: z\r\n\r\n", RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_slice (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_CALL_ID), "x");
  g_assert_slice (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_VIA), "y");
  g_assert_slice (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_SUPPORTED), "z");
  g_assert_true (rungs_sip_message_find (&message, "call-id")->flags & RUNGS_SIP_HEADER_COMPACT);
}

static void
headers_of_one_name_follow_each_other (void)
{
  g_auto (RungsSipMessage) message = { 0 };
  const RungsSipHeader *header;

  parse (&message,
         "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\nX-Other: 1\r\nwww-authenticate: "
         "Kerberos\r\n\r\n",
         RUNGS_SIP_PARSE_DATAGRAM);
  header = rungs_sip_message_first (&message, RUNGS_SIP_HEADER_WWW_AUTHENTICATE);
  g_assert_slice (header->value, "NTLM");
  header = rungs_sip_message_next (&message, header);
  g_assert_slice (header->value, "Kerberos");
  g_assert_null (rungs_sip_message_next (&message, header));
  g_assert_slice (rungs_sip_message_find (&message, "x-OTHER")->value, "1");
  g_assert_null (rungs_sip_message_find (&message, "X-Missing"));
}

static void
a_message_forgets_the_one_before (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message, INVITE "Expires: 60\r\n\r\n", RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  parse (&message, "SIP/2.0 200 OK\r\nCSeq: 1 BYE\r\n\r\n", RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpint (message.kind, ==, RUNGS_SIP_KIND_RESPONSE);
  g_assert_cmpuint (message.status, ==, 200);
  g_assert_slice (message.reason, "OK");
  g_assert_cmpint (message.method, ==, RUNGS_SIP_METHOD_BYE);
  g_assert_cmpuint (message.request_uri.length, ==, 0);
  g_assert_cmpuint (message.n_headers, ==, 1);
  g_assert_cmpuint (message.n_remarks, ==, 0);
  g_assert_false (rungs_sip_message_has (&message, RUNGS_SIP_HEADER_VIA));
  g_assert_cmpint (rungs_sip_message_get_expires (&message), ==, -1);
}

static void
headers_without_a_start_line_are_a_malformed_message (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message, HEAD "Content-Length: 0\r\n\r\n", RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpint (message.kind, ==, RUNGS_SIP_KIND_MALFORMED);
  g_assert_cmpuint (message.start_line.length, ==, 0);
  g_assert_cmpuint (message.n_headers, ==, 6);
  g_assert_cmpint (message.remarks[0].code, ==, RUNGS_REMARK_START_LINE_MISSING);
}

static void
a_blank_line_after_each_header_is_noise (void)
{
  g_auto (RungsSipMessage) message = { 0 };
  g_autofree char *text = replace (INVITE "Content-Length: 4\r\n\r\nbody", "\r\n", "\n\n");

  parse (&message, text, RUNGS_SIP_PARSE_LOG);
  assert_is_the_invite (&message);
  g_assert_cmpuint (message.n_remarks, ==, 1);
  g_assert_cmpint (message.remarks[0].code, ==, RUNGS_REMARK_BLANK_LINES_DOUBLED);
}

static void
a_body_that_looks_like_headers_stays_a_body (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message,
         INVITE "Content-Type: message/sipfrag\r\n\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n",
         RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpuint (message.n_headers, ==, 6);
  g_assert_slice (message.body, "Call-ID: x\r\nCSeq: 1 BYE\r\n");
}

static void
a_body_label_ends_the_head (void)
{
  static const char *const empty[] = { "-", "–", "", "\x96" };
  g_auto (RungsSipMessage) message = { 0 };
  RungsSipParseFlags flags = RUNGS_SIP_PARSE_LOG | RUNGS_SIP_PARSE_BODY_LABEL;

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autofree char *text = g_strconcat (INVITE "Message-Body: ", empty[i], "\r\n", NULL);

      parse (&message, text, flags);
      g_assert_cmpuint (message.n_headers, ==, 5);
      g_assert_cmpuint (message.body.length, ==, 0);
      g_assert_cmpuint (message.n_remarks, ==, 0);
    }
  parse (&message, INVITE "Content-Length: 400\r\nMessage-Body: v=0\r\ns=-\r\n", flags);
  g_assert_slice (message.body, "v=0\r\ns=-\r\n");
  g_assert_cmpuint (message.n_remarks, ==, 0);
}

static void
an_indented_head_is_read (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message,
         "SIP/2.0 200 OK\n Via: SIP/2.0/TCP a\n Call-ID: 1\n CSeq: 1 REGISTER\n Contact: <sip:a>\n  "
         ";expires=60\n\n",
         RUNGS_SIP_PARSE_LOG);
  g_assert_cmpuint (message.n_headers, ==, 4);
  g_assert_slice (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_CALL_ID), "1");
  g_assert_cmpint (rungs_sip_message_get_expires (&message), ==, 60);
}

static void
a_typeset_hyphen_is_a_hyphen (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message,
         "SIP/2.0 401 Unauthorized\nWWW\u2011Authenticate: NTLM realm=\u201cx\u201d\n\n",
         RUNGS_SIP_PARSE_LOG);
  g_assert_slice (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_WWW_AUTHENTICATE),
                  "NTLM realm=\u201cx\u201d");
}

typedef struct
{
  const char *lengths; /* the Content-Length headers */
  RungsSipParseFlags flags;
  const char *body; /* expected of "12345\r\n" */
  RungsRemarkCode remark;
} LengthCase;

static const LengthCase length_cases[] = {
  { "l: 5\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345", RUNGS_REMARK_NONE },
  { "l: 3\r\n", RUNGS_SIP_PARSE_DATAGRAM, "123", RUNGS_REMARK_CONTENT_LENGTH_SMALLER },
  { "l: 8\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345\r\n", RUNGS_REMARK_CONTENT_LENGTH_LARGER },
  { "l: 8\r\n", RUNGS_SIP_PARSE_LOG, "12345\r\n", RUNGS_REMARK_NONE },
  { "l: 8\r\n", RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_TRUNCATED, "12345\r\n", RUNGS_REMARK_TRUNCATED },
  { "", RUNGS_SIP_PARSE_DATAGRAM, "12345\r\n", RUNGS_REMARK_NONE },
  { "", RUNGS_SIP_PARSE_LOG, "12345\r\n", RUNGS_REMARK_NONE },
  { "", RUNGS_SIP_PARSE_STREAM, "12345\r\n", RUNGS_REMARK_CONTENT_LENGTH_MISSING },
  { "l: -1\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345\r\n", RUNGS_REMARK_CONTENT_LENGTH_NEGATIVE },
  { "l: 4294967296\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345\r\n", RUNGS_REMARK_CONTENT_LENGTH_LARGER },
  { "l: 99999999999999999999999999\r\n",
    RUNGS_SIP_PARSE_STREAM,
    "12345\r\n",
    RUNGS_REMARK_CONTENT_LENGTH_LARGER },
  { "l: 5\r\nl: 3\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345", RUNGS_REMARK_CONTENT_LENGTH_DIFFER },
  { "l: x\r\n", RUNGS_SIP_PARSE_DATAGRAM, "12345\r\n", RUNGS_REMARK_NUMBER_MALFORMED },
  { "l: 0\r\n", RUNGS_SIP_PARSE_LOG, "", RUNGS_REMARK_NONE },
};

static void
content_length_is_believed_as_far_as_it_goes (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (length_cases); i++)
    {
      const LengthCase *self = &length_cases[i];
      g_autofree char *text = g_strconcat (INVITE, self->lengths, "\r\n12345\r\n", NULL);

      g_test_message ("case %u: %s", i, self->lengths);
      parse (&message, text, self->flags);
      g_assert_slice (message.body, self->body);
      g_assert_cmpuint (message.n_remarks, ==, self->remark == RUNGS_REMARK_NONE ? 0 : 1);
      g_assert_true (self->remark == RUNGS_REMARK_NONE || message.remarks[0].code == self->remark);
    }
}

static void
a_head_without_its_end_is_remarked_on (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message, INVITE, RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_true (has_remark (&message, RUNGS_REMARK_HEAD_NOT_ENDED));
  parse (&message, INVITE, RUNGS_SIP_PARSE_LOG);
  g_assert_cmpuint (message.n_remarks, ==, 0);
}

static void
a_nul_byte_ends_nothing (void)
{
  static const char text[] = "BYE sip:b SIP/2.0\r\nSubject: a\0b\r\nCall-ID: x\r\n\r\n";
  g_auto (RungsSipMessage) message = { 0 };

  rungs_sip_message_parse (&message,
                           rungs_slice (text, sizeof text - 1),
                           RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  g_assert_cmpuint (message.n_headers, ==, 2);
  g_assert_cmpuint (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_SUBJECT).length, ==, 3);
  g_assert_true (has_remark (&message, RUNGS_REMARK_NUL_BYTE));
}

static void
a_line_of_ten_megabytes_is_one_header (void)
{
  g_autoptr (GString) text = g_string_new (INVITE "Subject: ");
  g_auto (RungsSipMessage) message = { 0 };
  gsize length = 10 * 1024 * 1024;

  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, "\",;<"[i % 4]);
  g_string_append (text, "\r\n\r\n");
  parse (&message, text->str, RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  g_assert_cmpuint (rungs_sip_message_get (&message, RUNGS_SIP_HEADER_SUBJECT).length, ==, length);
}

static void
many_headers_are_read_up_to_the_limit (void)
{
  g_autoptr (GString) text = g_string_new (INVITE);
  g_auto (RungsSipMessage) message = { 0 };

  for (guint i = 0; i < RUNGS_SIP_MAX_HEADERS; i++)
    g_string_append (text, "To: x\r\n");
  g_string_append (text, "\r\nbody");
  parse (&message, text->str, RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  g_assert_cmpuint (message.n_headers, ==, RUNGS_SIP_MAX_HEADERS);
  g_assert_true (has_remark (&message, RUNGS_REMARK_HEADER_TOO_MANY));
  g_assert_slice (message.body, "body");
}

static void
lone_carriage_returns_cost_linear_time (void)
{
  g_autoptr (GString) text = g_string_new ("BYE sip:b SIP/2.0\r");
  g_auto (RungsSipMessage) message = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "X: y\r");
  g_string_append (text, "\r\r\r\r\r\rbody");
  parse (&message, text->str, RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpuint (message.n_headers, ==, 100000);
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '\r');
  parse (&message, text->str, RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  g_assert_cmpuint (message.n_headers, ==, 100000);
}

static void
nothing_at_all_is_a_malformed_message (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  rungs_sip_message_parse (&message, RUNGS_SLICE_EMPTY, RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  g_assert_cmpint (message.kind, ==, RUNGS_SIP_KIND_MALFORMED);
  g_assert_cmpuint (message.n_headers, ==, 0);
  g_assert_true (has_remark (&message, RUNGS_REMARK_START_LINE_MISSING));
}

static void
expires_comes_from_the_header_or_the_contact (void)
{
  g_auto (RungsSipMessage) message = { 0 };

  parse (&message,
         "SIP/2.0 200 OK\r\nContact: <sip:a;expires=1>;expires=\"90\", <sip:b>\r\n\r\n",
         RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpint (rungs_sip_message_get_expires (&message), ==, 90);
  parse (&message,
         "SIP/2.0 200 OK\r\nContact: <sip:a>;expires=90\r\nExpires: 0\r\n\r\n",
         RUNGS_SIP_PARSE_DATAGRAM);
  g_assert_cmpint (rungs_sip_message_get_expires (&message), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/message", any_line_end_gives_the_same_message);
  rungs_test_add ("/message", blank_lines_before_the_start_line_do_no_harm);
  rungs_test_add ("/message", a_folded_value_spans_its_lines);
  rungs_test_add ("/message", a_compact_name_is_its_long_name);
  rungs_test_add ("/message", headers_of_one_name_follow_each_other);
  rungs_test_add ("/message", a_message_forgets_the_one_before);
  rungs_test_add ("/message", headers_without_a_start_line_are_a_malformed_message);
  rungs_test_add ("/message", a_blank_line_after_each_header_is_noise);
  rungs_test_add ("/message", a_body_that_looks_like_headers_stays_a_body);
  rungs_test_add ("/message", a_body_label_ends_the_head);
  rungs_test_add ("/message", an_indented_head_is_read);
  rungs_test_add ("/message", a_typeset_hyphen_is_a_hyphen);
  rungs_test_add ("/message", content_length_is_believed_as_far_as_it_goes);
  rungs_test_add ("/message", a_head_without_its_end_is_remarked_on);
  rungs_test_add ("/message", a_nul_byte_ends_nothing);
  rungs_test_add ("/message", a_line_of_ten_megabytes_is_one_header);
  rungs_test_add ("/message", many_headers_are_read_up_to_the_limit);
  rungs_test_add ("/message", lone_carriage_returns_cost_linear_time);
  rungs_test_add ("/message", nothing_at_all_is_a_malformed_message);
  rungs_test_add ("/message", expires_comes_from_the_header_or_the_contact);
  return g_test_run ();
}

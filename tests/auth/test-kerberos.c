/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages between client and KDC: what rules read of them, and the tree for people. */

#include "config.h"

#include "rungs-kerberos.h"
#include "rungs-test.h"

/* (transfer full): a message of make-kerberos-messages.py. */
static GBytes *
load (const char *name)
{
  g_autofree char *path = rungs_test_fixture ("fuzz", "corpus", "token-decode", name, NULL);
  gsize length;
  char *bytes = rungs_test_load (path, &length);

  return g_bytes_new_take (bytes, length);
}

static RungsSlice
slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_name (RungsSlice name, const char *expected)
{
  g_autofree char *text = rungs_kerberos_dup_name (name);

  g_assert_cmpstr (text, ==, expected);
}

static const char *
get_value (const RungsField *field, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      field = rungs_field_find (field, names[i]);
      if (field == NULL)
        g_error ("there is no field “%s” in “%s”", names[i], path);
    }
  return field->value;
}

static void
an_as_req_asks_for_a_ticket_granting_ticket (void)
{
  g_autoptr (GBytes) bytes = load ("kerberos-as-req");
  g_autoptr (RungsField) root = rungs_kerberos_to_field (slice (bytes));
  RungsKerberos message;

  g_assert_true (rungs_kerberos_parse (&message, slice (bytes)));
  g_assert_cmpuint (message.type, ==, RUNGS_KERBEROS_AS_REQ);
  assert_name (message.cname, "izabela");
  assert_name (message.sname, "krbtgt/CONTOSO.EXAMPLE");
  g_assert_slice (message.realm, "CONTOSO.EXAMPLE");
  g_assert_cmphex (message.options, ==, 0x40810010);
  g_assert_true (message.options & RUNGS_KERBEROS_KDC_FORWARDABLE);
  g_assert_cmpint (message.till, ==, G_GINT64_CONSTANT (2136422885) * G_USEC_PER_SEC);
  g_assert_cmpuint (message.nonce, ==, 1705310401);
  g_assert_cmpuint (message.n_etypes, ==, 4);
  g_assert_cmpint (message.etypes[0], ==, 18);
  g_assert_cmpint (message.etypes[3], ==, -135);
  g_assert_true (rungs_kerberos_has_padata (&message, RUNGS_KERBEROS_PA_ENC_TIMESTAMP));
  g_assert_false (rungs_kerberos_has_padata (&message, RUNGS_KERBEROS_PA_TGS_REQ));
  g_assert_cmpstr (root->topic, ==, "token:KRB_AS_REQ");
  g_assert_cmpstr (get_value (root, "padata/PA-DATA"), ==, "2 (PA-ENC-TIMESTAMP)");
  g_assert_cmpstr (get_value (root, "padata/PA-DATA/etype"), ==, "18 (aes256-cts-hmac-sha1-96)");
  g_assert_cmpstr (get_value (root, "req-body/kdc-options/renewable-ok"), ==, "");
  g_assert_cmpstr (get_value (root, "req-body/till"), ==, "2037-09-13 02:48:05 UTC");
}

static void
a_tgs_req_shows_the_ticket_granting_ticket (void)
{
  g_autoptr (GBytes) bytes = load ("kerberos-tgs-req");
  g_autoptr (RungsField) root = rungs_kerberos_to_field (slice (bytes));
  RungsKerberos message;

  g_assert_true (rungs_kerberos_parse (&message, slice (bytes)));
  g_assert_cmpuint (message.type, ==, RUNGS_KERBEROS_TGS_REQ);
  assert_name (message.sname, "sip/pool01.contoso.example");
  assert_name (message.ticket.sname, "krbtgt/CONTOSO.EXAMPLE");
  g_assert_cmpint (message.ticket.etype, ==, 18);
  g_assert_cmpint (message.ticket.kvno, ==, 2);
  g_assert_cmpuint (message.ticket.size, ==, 200);
  g_assert_cmpint (message.etype, ==, 18);
  g_assert_cmpstr (get_value (root, "padata/PA-DATA/Kerberos/ticket/sname"), ==, "krbtgt/CONTOSO.EXAMPLE");
  g_assert_cmpstr (get_value (root, "req-body/enc-authorization-data/cipher"), ==, "64 bytes");
}

static void
the_replies_give_the_ticket_and_name_the_user (void)
{
  g_autoptr (GBytes) ticket_granting = load ("kerberos-as-rep");
  g_autoptr (GBytes) service = load ("kerberos-tgs-rep");
  RungsKerberos message;

  g_assert_true (rungs_kerberos_parse (&message, slice (ticket_granting)));
  g_assert_cmpuint (message.type, ==, RUNGS_KERBEROS_AS_REP);
  assert_name (message.cname, "izabela");
  assert_name (message.sname, "krbtgt/CONTOSO.EXAMPLE");
  g_assert_cmpint (message.padata[0], ==, RUNGS_KERBEROS_PA_ETYPE_INFO2);
  g_assert_true (rungs_kerberos_parse (&message, slice (service)));
  g_assert_cmpuint (message.type, ==, RUNGS_KERBEROS_TGS_REP);
  assert_name (message.sname, "sip/pool01.contoso.example");
  g_assert_cmpint (message.ticket.etype, ==, 23);
  g_assert_cmpint (message.ticket.kvno, ==, 7);
  g_assert_cmpint (message.etype, ==, 18);
}

static void
an_error_says_which_proof_the_kdc_wants (void)
{
  g_autoptr (GBytes) bytes = load ("kerberos-preauth-required");
  g_autoptr (RungsField) root = rungs_kerberos_to_field (slice (bytes));
  RungsKerberos message;

  g_assert_true (rungs_kerberos_parse (&message, slice (bytes)));
  g_assert_cmpuint (message.error_code, ==, 25);
  g_assert_cmpuint (message.n_padata, ==, 4);
  g_assert_true (rungs_kerberos_has_padata (&message, RUNGS_KERBEROS_PA_ENC_TIMESTAMP));
  g_assert_cmpint (message.stime, ==, G_GINT64_CONSTANT (1705310401) * G_USEC_PER_SEC);
  g_assert_cmpstr (get_value (root, "e-data/PA-DATA/ETYPE-INFO-ENTRY/salt"), ==, "CONTOSO.EXAMPLEizabela");
}

static void
an_error_of_windows_carries_its_status (void)
{
  g_autoptr (GBytes) bytes = load ("kerberos-error-status");
  g_autoptr (RungsField) root = rungs_kerberos_to_field (slice (bytes));

  g_assert_cmpstr (get_value (root, "e-data/data-type"), ==, "3");
  g_assert_true (g_str_has_prefix (get_value (root, "e-data/data-value"), "72 00 00 c0"));
}

static void
assert_inside (const RungsField *field, gsize length)
{
  g_assert_cmpuint (field->offset, <=, length);
  g_assert_cmpuint (field->length, <=, length - field->offset);
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    assert_inside (rungs_field_get_child (field, i), length);
}

static void
every_beginning_of_a_message_is_read_as_far_as_it_goes (void)
{
  static const char *const names[] = { "kerberos-as-req",          "kerberos-as-rep", "kerberos-tgs-req",
                                       "kerberos-tgs-rep",         "kerberos-error",  "kerberos-ap-req",
                                       "kerberos-preauth-required" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = load (names[i]);

      for (gsize length = 0; length < slice (bytes).length; length++)
        {
          /* A copy, so that a look behind the end is found out. */
          g_autofree char *copy = g_memdup2 (slice (bytes).data, length);
          g_autoptr (RungsField) root = rungs_kerberos_to_field (rungs_slice (copy, length));
          RungsKerberos message;

          g_assert_true (!rungs_kerberos_parse (&message, rungs_slice (copy, length)) || message.truncated);
          assert_inside (root, length);
        }
    }
}

static void
what_is_no_message_is_none (void)
{
  RungsKerberos message;

  g_assert_false (rungs_kerberos_parse (&message, RUNGS_SLICE_EMPTY));
  g_assert_false (rungs_kerberos_parse (&message, RUNGS_SLICE_LITERAL ("NTLMSSP\0\1\0\0\0")));
  g_assert_false (rungs_kerberos_parse (&message, RUNGS_SLICE_LITERAL ("\x6a\x02\x02\x00")));
  g_assert_false (rungs_kerberos_parse (&message, RUNGS_SLICE_LITERAL ("\x7f\x02\x30\x00")));
  assert_name (RUNGS_SLICE_LITERAL ("\x30\x02\x02\x00"), "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/kerberos", an_as_req_asks_for_a_ticket_granting_ticket);
  rungs_test_add ("/auth/kerberos", a_tgs_req_shows_the_ticket_granting_ticket);
  rungs_test_add ("/auth/kerberos", the_replies_give_the_ticket_and_name_the_user);
  rungs_test_add ("/auth/kerberos", an_error_says_which_proof_the_kdc_wants);
  rungs_test_add ("/auth/kerberos", an_error_of_windows_carries_its_status);
  rungs_test_add ("/auth/kerberos", every_beginning_of_a_message_is_read_as_far_as_it_goes);
  rungs_test_add ("/auth/kerberos", what_is_no_message_is_none);
  return g_test_run ();
}

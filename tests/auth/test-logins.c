/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Whole logins of make-signed-logins.py, which has its own ciphers: every flavour of NTLM, and Kerberos with RC4 and a PAC, in each
 * version of the signature. */

#include "config.h"

#include "rungs-test.h"
#include "rungs-verifier.h"

#define SEPARATOR "====================\r\n"

typedef struct
{
  RungsSecrets *secrets;
  RungsVerifier *verifier;
  GStrv messages;
  GArray *checks; /* RungsSignatureCheck, of each message */
} Trace;

static RungsSlice
get_message (const Trace *trace, guint index)
{
  return rungs_slice_from_string (trace->messages[index]);
}

static RungsField *
describe (Trace *trace, guint index)
{
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  rungs_sip_message_parse (&sip, get_message (trace, index), RUNGS_SIP_PARSE_DATAGRAM);
  return rungs_verifier_describe (trace->verifier,
                                  g_array_index (trace->checks, RungsSignatureCheck, index),
                                  &sip);
}

static void
clear_trace (Trace *trace)
{
  rungs_verifier_free (trace->verifier);
  rungs_secrets_unref (trace->secrets);
  g_strfreev (trace->messages);
  g_array_unref (trace->checks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trace, clear_trace)

static GStrv
load_messages (const char *name)
{
  g_autofree char *path = rungs_test_fixture ("auth", "logins", name, NULL);
  gsize length;
  g_autofree char *text = rungs_test_load (path, &length);

  return g_strsplit (text, SEPARATOR, -1);
}

static void
take_passwords (RungsSecrets *secrets, const char *text, gsize length)
{
  RungsSecret *file = rungs_secret_new (length);

  memcpy (file->data, text, length);
  rungs_secrets_take_passwords (secrets, file);
}

static RungsSecrets *
load_secrets (void)
{
  RungsSecrets *secrets = rungs_secrets_new ();
  g_autofree char *passwords = rungs_test_fixture ("auth", "logins", "rungs.passwords", NULL);
  g_autofree char *keytab = rungs_test_fixture ("auth", "logins", "rungs.keytab", NULL);
  gsize length;
  g_autofree char *text = rungs_test_load (passwords, &length);

  take_passwords (secrets, text, length);
  rungs_secrets_take_keytab (secrets, rungs_keytab_open (keytab, NULL));
  return secrets;
}

/* Learns and checks @messages (transfer full) with @secrets (transfer full). */
static Trace
check_messages (GStrv messages, RungsSecrets *secrets)
{
  Trace trace = { secrets, rungs_verifier_new (secrets), messages, NULL };
  guint n = g_strv_length (messages);
  g_auto (RungsSipMessage) sip;

  trace.checks = g_array_new (FALSE, TRUE, sizeof (RungsSignatureCheck));
  rungs_sip_message_init (&sip);
  for (guint i = 0; i < 2 * n; i++)
    {
      rungs_sip_message_parse (&sip, get_message (&trace, i % n), RUNGS_SIP_PARSE_DATAGRAM);
      if (i < n)
        rungs_verifier_learn (trace.verifier, i, &sip);
      else
        {
          RungsSignatureCheck check = rungs_verifier_check (trace.verifier, i % n, &sip);

          g_array_append_val (trace.checks, check);
        }
    }
  return trace;
}

static guint
count (const Trace *trace, RungsSignatureReason reason)
{
  guint n = 0;

  for (guint i = 0; i < trace->checks->len; i++)
    n += g_array_index (trace->checks, RungsSignatureCheck, i).reason == reason;
  return n;
}

static const struct
{
  const char *name;
  guint version;
  guint n_signed;
} files[] = {
  { "ntlm-2.sip", 2, 77 },         { "ntlm-3.sip", 3, 77 },         { "ntlm-4.sip", 4, 88 },
  { "kerberos-rc4-2.sip", 2, 14 }, { "kerberos-rc4-3.sip", 3, 14 }, { "kerberos-rc4-4.sip", 4, 16 },
  { "ntlm-oem-4.sip", 4, 8 },
};

static void
every_signature_is_right (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (Trace) trace = check_messages (load_messages (files[i].name), load_secrets ());

      g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, files[i].n_signed);
      g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_NONE),
                        ==,
                        trace.checks->len - files[i].n_signed);
    }
}

static void
the_order_of_the_messages_does_not_count (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      GStrv messages = load_messages (files[i].name);
      guint n = g_strv_length (messages);

      for (guint left = 0; left < n / 2; left++)
        {
          char *message = messages[left];

          messages[left] = messages[n - 1 - left];
          messages[n - 1 - left] = message;
        }
      {
        g_auto (Trace) trace = check_messages (messages, load_secrets ());

        g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, files[i].n_signed);
      }
    }
}

static void
copies_of_other_hops_are_right_too (void)
{
  GStrv once = load_messages ("ntlm-4.sip");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; once[i] != NULL; i++)
    for (guint copy = 0; copy < 3; copy++)
      g_strv_builder_add (builder, once[i]);
  g_strfreev (once);
  {
    g_auto (Trace) trace = check_messages (g_strv_builder_end (builder), load_secrets ());

    g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, 3 * 88);
  }
}

/* Takes the handles out of all messages but the logins. */
static void
without_a_handle_user_and_epid_tell_the_login (void)
{
  GStrv messages = load_messages ("ntlm-4.sip");

  for (guint i = 0; messages[i] != NULL; i++)
    {
      g_autoptr (GString) text = g_string_new (messages[i]);
      char *opaque = strstr (text->str, ", opaque=\"");

      if (opaque == NULL || strstr (text->str, "gssapi-data") != NULL)
        continue;
      g_string_erase (text, opaque - text->str, strlen (", opaque=\"A0000000\""));
      g_free (messages[i]);
      messages[i] = g_strdup (text->str);
    }
  {
    g_auto (Trace) trace = check_messages (messages, load_secrets ());

    g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, 88);
  }
}

/* Every login has the same handle, as of servers that begin to count again. */
static void
a_handle_that_is_used_again_means_the_nearest_login (void)
{
  GStrv messages = load_messages ("ntlm-3.sip");

  for (guint i = 0; messages[i] != NULL; i++)
    {
      char *opaque = strstr (messages[i], "opaque=\"A00000");

      if (opaque != NULL)
        memcpy (opaque + strlen ("opaque=\"A00000"), "FF", 2);
    }
  {
    g_auto (Trace) trace = check_messages (messages, load_secrets ());

    g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, 77);
  }
}

static void
a_changed_value_makes_the_signature_wrong (void)
{
  static const struct
  {
    const char *what;
    guint from_version;
  } changes[] = {
    { "Call-ID: ", 2 },
    { "CSeq: ", 2 },
    { "From: <sip:", 2 },
    { ";tag=", 2 },
    { "crand=\"", 2 },
    { "srand=\"", 2 },
    { "snum=\"", 2 },
    { "realm=\"", 2 },
    { "Expires: ", 2 },
    { "To: <sip:", 3 },
    { "P-Asserted-Identity: <sip:", 3 },
    { "<tel:+", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint change = 0; change < G_N_ELEMENTS (changes); change++)
      {
        GStrv messages = load_messages (files[i].name);
        guint n_changed = 0;

        for (guint n = 0; messages[n] != NULL; n++)
          {
            char *place = strstr (messages[n], changes[change].what);
            gboolean is_signed =
              strstr (messages[n], "response=") != NULL || strstr (messages[n], "rspauth=") != NULL;

            /* Logins stay as they are: they are found by what is changed. */
            if (place == NULL || !is_signed || strstr (messages[n], "gssapi-data=") != NULL)
              continue;
            place += strlen (changes[change].what);
            *place = *place == '1' ? '2' : '1';
            n_changed++;
          }
        {
          g_auto (Trace) trace = check_messages (messages, load_secrets ());
          guint n_right =
            files[i].n_signed - (files[i].version >= changes[change].from_version ? n_changed : 0);

          g_assert_cmpuint (n_changed, >, 0);
          g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_RIGHT), ==, n_right);
        }
      }
}

static void
another_password_is_told_apart (void)
{
  static const char other[] = "zoë:Pass:wörd 8";
  RungsSecrets *secrets = rungs_secrets_new ();

  take_passwords (secrets, other, strlen (other));
  /* Two readings of one line with colons: as a user's, and as a whole. */
  take_passwords (secrets, "x:y", 3);
  {
    g_auto (Trace) trace = check_messages (load_messages ("ntlm-4.sip"), secrets);

    g_assert_cmpuint (count (&trace, RUNGS_SIGNATURE_REASON_OTHER_PASSWORD), ==, 88);
  }
}

static void
assert_passwords (const char *text, gsize length, RungsSignatureReason reason)
{
  RungsSecrets *secrets = rungs_secrets_new ();

  take_passwords (secrets, text, length);
  {
    g_auto (Trace) trace = check_messages (load_messages ("ntlm-2.sip"), secrets);

    if (count (&trace, reason) != 77)
      g_error ("“%s” does not give “%s”", text, rungs_signature_reason_get_id (reason));
  }
}

#define assert_file(text, reason) assert_passwords (text, sizeof text - 1, RUNGS_SIGNATURE_REASON_##reason)

static void
password_files_of_any_system_are_read (void)
{
  assert_file ("Pass:wörd 7", RIGHT);
  assert_file ("Pass:wörd 7\r\n", RIGHT);
  assert_file ("\xef\xbb\xbfPass:wörd 7\n", RIGHT);
  assert_file ("Pass:w\xf6rd 7\n", RIGHT);
  assert_file ("\xff\xfeZ\0o\0\xeb\0:\0P\0a\0s\0s\0:\0w\0\xf6\0r\0d\0 \0007\0\r\0\n\0", RIGHT);
  assert_file ("\xfe\xff\0P\0a\0s\0s\0:\0w\0\xf6\0r\0d\0 \0007", RIGHT);
  assert_file ("ZOË:Pass:wörd 7\nmarino:x", RIGHT);
  assert_file ("CONTOSO\\zoë:Pass:wörd 7\nmarino:x", RIGHT);
  assert_file ("zoë@contoso.example:wrong\nzoë@contoso:Pass:wörd 7\n", RIGHT);
  assert_file ("FABRIKAM\\zoë:Pass:wörd 7\nmarino:x", NO_PASSWORD);
  assert_file ("marino:Pass:wörd 7", NO_PASSWORD);
  assert_file ("Pass", OTHER_PASSWORD);
  assert_file ("zoë:", OTHER_PASSWORD);
  assert_file ("\r\n\r\n", NO_PASSWORD);
}

static const RungsField *
find (const RungsField *field, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      field = rungs_field_find (field, names[i]);
      if (field == NULL)
        g_error ("there is no field “%s” in “%s”", names[i], path);
    }
  return field;
}

static void
a_keytab_shows_the_ticket_and_the_groups (void)
{
  static const char *const groups[] = { "S-1-5-21-1004336348-1177238915-682003330-513",
                                        "S-1-5-21-1004336348-1177238915-682003330-1110",
                                        "S-1-5-21-1004336348-1177238915-682003330-1200" };
  g_auto (Trace) trace = check_messages (load_messages ("kerberos-rc4-4.sip"), load_secrets ());
  g_autoptr (RungsField) root = describe (&trace, 3);
  const RungsField *ticket = find (root, "Kerberos/EncTicketPart");
  const RungsField *logon = find (ticket, "authorization-data/ad-data/ad-data/PAC_INFO_BUFFER");
  guint n_groups = 0;

  g_assert_cmpstr (root->value, ==, "right");
  g_assert_cmpstr (find (ticket, "cname")->value, ==, "marino");
  g_assert_cmpstr (find (ticket, "endtime")->value, ==, "2024-01-15 19:20:03 UTC");
  g_assert_nonnull (find (ticket, "flags/pre-authent"));
  g_assert_cmpstr (find (ticket, "key/keytype")->value, ==, "23 (rc4-hmac (arcfour-hmac-md5))");
  g_assert_cmpstr (find (ticket, "key/keyvalue")->value, ==, "16 bytes");
  g_assert_cmpstr (logon->value, ==, "1 (LOGON_INFO)");
  g_assert_cmpint (logon->remark, ==, RUNGS_REMARK_NONE);
  g_assert_cmpstr (find (logon, "EffectiveName")->value, ==, "marino");
  g_assert_cmpstr (find (logon, "FullName")->value, ==, "Marino Rossi");
  g_assert_cmpstr (find (logon, "LogonDomainName")->value, ==, "CONTOSO");
  g_assert_cmpstr (find (logon, "UserId")->value, ==, "1106");
  for (guint i = 0; i < rungs_field_get_n_children (logon); i++)
    if (g_str_equal (rungs_field_get_child (logon, i)->name, "group"))
      g_assert_cmpstr (rungs_field_get_child (logon, i)->value, ==, groups[n_groups++]);
  g_assert_cmpuint (n_groups, ==, G_N_ELEMENTS (groups));
  g_assert_cmpstr (find (logon, "extra-group")->value, ==, "S-1-5-32-545");
  g_assert_cmpstr (find (root, "Kerberos/Authenticator/cksum/cksumtype")->value, ==, "0x8003 (GSS-API)");
  g_assert_nonnull (find (root, "Kerberos/Authenticator/cksum/context-flags/GSS_C_INTEG_FLAG"));
  g_assert_cmpstr (find (root, "Kerberos/Authenticator/seq-number")->value, ==, "4711");
}

static void
what_was_signed_stands_in_its_place (void)
{
  g_auto (Trace) trace = check_messages (load_messages ("ntlm-4.sip"), load_secrets ());
  g_autoptr (RungsField) root = describe (&trace, 8);
  const RungsField *signed_text = find (root, "signed");
  const RungsField *uri = find (signed_text, "asserted tel URI");

  g_assert_cmpuint (rungs_field_get_n_children (signed_text), ==, 15);
  g_assert_cmpstr (uri->value, ==, "tel:+4930123");
  g_assert_true (g_str_has_prefix (trace.messages[8] + uri->offset, "tel:+4930123"));
  g_assert_cmpuint (uri->length, ==, strlen ("tel:+4930123"));
  g_assert_cmpstr (find (signed_text, "Expires")->value, ==, "");
  g_assert_cmpuint (find (signed_text, "Expires")->length, ==, 0);
  g_assert_cmpstr (find (root, "NTLM/account")->value, ==, "CONTOSO\\Zoë");
}

static void
a_mic_is_checked (void)
{
  g_auto (Trace) trace = check_messages (load_messages ("ntlm-4.sip"), load_secrets ());
  g_autoptr (RungsField) root = describe (&trace, 12 + 5);

  g_assert_cmpstr (find (root, "NTLM/MIC")->value, ==, "right");
}

static gboolean
holds (const RungsField *field, const char *text)
{
  if (strstr (field->value, text) != NULL)
    return TRUE;
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    if (holds (rungs_field_get_child (field, i), text))
      return TRUE;
  return FALSE;
}

static void
what_is_shown_stays_when_the_keys_are_wiped (void)
{
  g_auto (Trace) trace = check_messages (load_messages ("kerberos-rc4-4.sip"), load_secrets ());

  rungs_verifier_forget (trace.verifier);
  {
    g_autoptr (RungsField) root = describe (&trace, 3);

    g_assert_true (holds (root, "Marino Rossi"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/logins", every_signature_is_right);
  rungs_test_add ("/auth/logins", the_order_of_the_messages_does_not_count);
  rungs_test_add ("/auth/logins", copies_of_other_hops_are_right_too);
  rungs_test_add ("/auth/logins", without_a_handle_user_and_epid_tell_the_login);
  rungs_test_add ("/auth/logins", a_handle_that_is_used_again_means_the_nearest_login);
  rungs_test_add ("/auth/logins", a_changed_value_makes_the_signature_wrong);
  rungs_test_add ("/auth/logins", another_password_is_told_apart);
  rungs_test_add ("/auth/logins", password_files_of_any_system_are_read);
  rungs_test_add ("/auth/logins", a_keytab_shows_the_ticket_and_the_groups);
  rungs_test_add ("/auth/logins", what_was_signed_stands_in_its_place);
  rungs_test_add ("/auth/logins", a_mic_is_checked);
  rungs_test_add ("/auth/logins", what_is_shown_stays_when_the_keys_are_wiped);
  return g_test_run ();
}

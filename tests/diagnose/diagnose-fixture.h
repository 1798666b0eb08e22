/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Traces for the tests of the rules, from scripts of one line a message.
 *
 *     0.1 s>c 401 1 $ntlm | Date: Fri, 24 Jul 2009 10:32:24 GMT | -To
 *
 * seconds, source > destination, method or status, CSeq (with /METHOD where it is not the method or REGISTER), and items: a header
 * replaces the default of that name or is added, -Name takes the default away, $name is one of the headers below, @name a session
 * description below, which becomes the body, and @@text a body of that text.  What a line
 * does not say is that of a sound message of a Microsoft client.  "%kerberos ap-req …" and "%ntlm authenticate …" are credentials,
 * and "%ntlm challenge …" is a challenge, with a token of token-fixture.h; a line
 *
 *     0.15 C>K KRB tgs-req service=sip/pool01.contoso.example
 *
 * is a Kerberos message, and "CHECK 5 other-text" says what the check of the signature of message 5 gave (from 1). */

#pragma once

#include "model/model-fixture.h"
#include "rungs-diagnosis.h"
#include "token-fixture.h"

typedef struct
{
  const char *name;
  const char *header;
} ScriptHeader;

#define SCRIPT_REALM "realm=\"SIP Communications Service\""
#define SCRIPT_NTLM "targetname=\"pool01.contoso.example\", version=4"
#define SCRIPT_KERBEROS "targetname=\"sip/pool01.contoso.example\", version=4"
#define SCRIPT_SIGNED "crand=\"1a2b3c4d\", cnum=\"1\", response=\"01000000aabbccddeeff001164000000\""

static const ScriptHeader script_headers[] = {
  { "$ntlm", "WWW-Authenticate: NTLM " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$kerberos", "WWW-Authenticate: Kerberos " SCRIPT_REALM ", " SCRIPT_KERBEROS },
  { "$tls-dsk", "WWW-Authenticate: TLS-DSK " SCRIPT_REALM ", " SCRIPT_NTLM ", sts-uri=\"https://pool01.contoso.example\"" },
  { "$tls-dsk-alone", "WWW-Authenticate: TLS-DSK " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$digest", "WWW-Authenticate: Digest realm=\"contoso\", nonce=\"n1\"" },
  { "$digest-stale", "WWW-Authenticate: Digest realm=\"contoso\", nonce=\"n2\", stale=true" },
  { "$challenge", "WWW-Authenticate: NTLM opaque=\"AB12\", gssapi-data=\"TlRMTVNTUAACAAAAAAAAAAAAAAAAAAAAAAAAAA==\", " SCRIPT_REALM
                  ", " SCRIPT_NTLM },
  { "$server-hello", "WWW-Authenticate: TLS-DSK opaque=\"AB12\", gssapi-data=\"FgMBAAUCAAABAA==\", " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$server-done", "WWW-Authenticate: TLS-DSK opaque=\"AB12\", gssapi-data=\"FAMBAAEB\", " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$alert", "WWW-Authenticate: TLS-DSK opaque=\"AB12\", gssapi-data=\"FQMBAAICKA==\", " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$krb-error", "WWW-Authenticate: Kerberos gssapi-data=\"YBsGCSqGSIb3EgECAgMAfgowCKADAgEFoQMCAR4=\", " SCRIPT_REALM
                  ", " SCRIPT_KERBEROS },
  { "$empty", "Authorization: NTLM " SCRIPT_REALM ", " SCRIPT_NTLM ", gssapi-data=\"\"" },
  { "$negotiate", "Authorization: NTLM " SCRIPT_REALM ", " SCRIPT_NTLM ", gssapi-data=\"TlRMTVNTUAABAAAAAQIDBA==\"" },
  { "$proof", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM
              ", gssapi-data=\"TlRMTVNTUAADAAAAAAAAAAAAAAAAAAAAAAAAAA==\", " SCRIPT_SIGNED },
  { "$proof-unsigned", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM
                       ", gssapi-data=\"TlRMTVNTUAADAAAAAAAAAAAAAAAAAAAAAAAAAA==\"" },
  { "$proof-two", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM
                  ", gssapi-data=\"TlRMTVNTUAADAAAAAQEBAQEBAQEBAQEBAQEBAQ==\", " SCRIPT_SIGNED },
  { "$proof-three", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM
                    ", gssapi-data=\"TlRMTVNTUAADAAAAAgICAgICAgICAgICAgICAg==\", " SCRIPT_SIGNED },
  { "$ticket", "Authorization: Kerberos " SCRIPT_REALM ", " SCRIPT_KERBEROS
               ", gssapi-data=\"YBsGCSqGSIb3EgECAgEAbgowCKADAgEFoQMCAQ4=\", " SCRIPT_SIGNED },
  { "$client-hello", "Authorization: TLS-DSK " SCRIPT_REALM ", " SCRIPT_NTLM ", gssapi-data=\"FgMBAAUBAAABAA==\"" },
  { "$client-done", "Authorization: TLS-DSK opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM ", gssapi-data=\"FgMBAAULAAABAA==\"" },
  { "$tls-signed", "Authorization: TLS-DSK opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM ", " SCRIPT_SIGNED },
  { "$signed", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM ", " SCRIPT_SIGNED },
  { "$unsigned", "Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM },
  { "$answer", "Authorization: Digest username=\"ann\", realm=\"contoso\", nonce=\"n1\", uri=\"sip:contoso.example\", "
               "response=\"00112233445566778899aabbccddeeff\"" },
  { "$info", "Authentication-Info: NTLM rspauth=\"0100000000000000000000ff64000000\", srand=\"0A0B0C0D\", snum=\"1\", opaque=\"AB12\", "
             "targetname=\"pool01.contoso.example\", " SCRIPT_REALM },
  { "$stored", "Contact: <sip:10.0.0.1:50000;transport=tls>;expires=3600" },
  { "$remote", "ms-user-logon-data: RemoteUser" },
  { "$plain", "From: <sip:ann@contoso.example>;tag=f1" },
  { "$date", "Date: Fri, 24 Jul 2009 10:32:24 GMT" },
  { "$relayed", "+Via: SIP/2.0/TLS 10.0.0.9:5070;branch=z9hG4bKrelayed" },
};

/* "c=" and the lines of media; what comes before is the same in all. */
static const ScriptHeader script_bodies[] = {
  { "@pcmu", "c=IN IP4 10.0.0.1\nm=audio 4000 RTP/AVP 0 101\na=rtpmap:101 telephone-event/8000\n" },
  { "@pcma", "c=IN IP4 10.0.0.2\nm=audio 5000 RTP/AVP 8\n" },
  { "@answer", "c=IN IP4 10.0.0.2\nm=audio 5000 RTP/AVP 0\n" },
  { "@both", "c=IN IP4 10.0.0.1\nm=audio 4000 RTP/AVP 0 8\n" },
  { "@both-turned", "c=IN IP4 10.0.0.2\nm=audio 5000 RTP/AVP 8 0\n" },
  { "@refused", "c=IN IP4 10.0.0.2\nm=audio 0 RTP/AVP 0\n" },
  { "@two", "c=IN IP4 10.0.0.1\nm=audio 4000 RTP/AVP 0\nm=video 4002 RTP/AVP 34\n" },
  { "@held", "c=IN IP4 10.0.0.1\na=sendonly\nm=audio 4000 RTP/AVP 0\n" },
  { "@zero", "c=IN IP4 0.0.0.0\nm=audio 4000 RTP/AVP 0\n" },
  { "@loopback", "c=IN IP4 127.0.0.1\nm=audio 4000 RTP/AVP 0\n" },
  { "@private", "c=IN IP4 192.168.1.7\nm=audio 4000 RTP/AVP 0\n" },
  { "@public", "c=IN IP4 198.51.100.7\nm=audio 4000 RTP/AVP 0\n" },
  { "@secured", "c=IN IP4 10.0.0.1\nm=audio 4000 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\n" },
  { "@secured-answer", "c=IN IP4 10.0.0.2\nm=audio 5000 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\n" },
  { "@secured-no-key", "c=IN IP4 10.0.0.1\nm=audio 4000 RTP/SAVP 0\n" },
};

static const char *
script_address (char letter)
{
  switch (letter)
    {
    case 'c':
      return "10.0.0.1:50000"; /* client */
    case 's':
      return "10.0.0.2:5061"; /* server, home pool */
    case 'u':
      return "10.0.0.2:5060"; /* the same without TLS */
    case 'e':
      return "10.0.0.9:443"; /* edge, outer side */
    case 'i':
      return "10.0.0.9:5070"; /* edge, inner side */
    case 'd':
      return "10.0.0.30:5061"; /* another server */
    case 'p':
      return "198.51.100.7:5060"; /* somebody in the Internet */
    case 'q':
      return "203.0.113.9:5060"; /* a server there */
    case 'C':
      return "10.0.0.1:50088"; /* the client, towards its KDC */
    case 'K':
      return "10.0.0.88:88"; /* the KDC */
    default:
      g_error ("no endpoint is called %c", letter);
    }
}

/* Puts "Name: value" into @headers, in place of one that has the name already (not for those that may stand twice). */
static void
script_set_header (GPtrArray *headers,
                   const char *header)
{
  gsize name = strcspn (header, ":") + 1;

  if (*header == '+')
    {
      g_ptr_array_insert (headers, 0, g_strdup (header + 1));
      return;
    }
  for (guint i = 0; i < headers->len; i++)
    if (g_ascii_strncasecmp (g_ptr_array_index (headers, i), header, name) == 0 && !g_str_has_prefix (header, "WWW-"))
      {
        g_free (g_ptr_array_index (headers, i));
        g_ptr_array_index (headers, i) = g_strdup (header);
        return;
      }
  g_ptr_array_add (headers, g_strdup (header));
}

static void
script_drop_header (GPtrArray *headers,
                    const char *name)
{
  for (guint i = 0; i < headers->len; i++)
    if (g_ascii_strncasecmp (g_ptr_array_index (headers, i), name, strlen (name)) == 0)
      g_ptr_array_remove_index (headers, i--);
}

static char *
script_ntlm (const char *words)
{
  g_autofree char *base64 = token_ntlm_base64 (words, FIXTURE_EPOCH);

  if (g_str_has_prefix (words, "challenge"))
    return g_strdup_printf ("WWW-Authenticate: NTLM opaque=\"AB12\", gssapi-data=\"%s\", " SCRIPT_REALM ", " SCRIPT_NTLM, base64);
  return g_strdup_printf ("Authorization: NTLM opaque=\"AB12\", " SCRIPT_REALM ", " SCRIPT_NTLM
                          ", gssapi-data=\"%s\", " SCRIPT_SIGNED,
                          base64);
}

static char *
script_kerberos (const char *words)
{
  g_autofree char *base64 = token_kerberos_base64 (words);

  return g_strdup_printf ("Authorization: Kerberos " SCRIPT_REALM ", " SCRIPT_KERBEROS ", gssapi-data=\"%s\", " SCRIPT_SIGNED,
                          base64);
}

static void
script_apply_item (GPtrArray *headers,
                   const char *item)
{
  if (*item == '-')
    {
      script_drop_header (headers, item + 1);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (script_headers); i++)
    if (g_str_equal (script_headers[i].name, item))
      {
        script_set_header (headers, script_headers[i].header);
        return;
      }
  if (*item == '%')
    {
      g_autofree char *token = g_str_has_prefix (item, "%ntlm ") ? script_ntlm (item + strlen ("%ntlm "))
                                                                  : script_kerberos (item + strlen ("%kerberos "));

      script_set_header (headers, token);
      return;
    }
  g_assert_true (*item != '$');
  script_set_header (headers, item);
}

static GPtrArray *
script_default_headers (const char *start,
                        const char *number,
                        const char *method)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func (g_free);
  gboolean request = !g_ascii_isdigit (*start);

  g_ptr_array_add (headers, g_strdup_printf ("Via: SIP/2.0/TLS 10.0.0.1:50000;branch=z9hG4bK%s%s", number, method));
  if (request)
    g_ptr_array_add (headers, g_strdup ("Max-Forwards: 70"));
  g_ptr_array_add (headers, g_strdup ("From: <sip:ann@contoso.example>;tag=f1;epid=e1"));
  g_ptr_array_add (headers, g_strdup_printf ("To: <sip:ann@contoso.example>%s", request ? "" : ";tag=t1"));
  g_ptr_array_add (headers, g_strdup ("Call-ID: call-1"));
  g_ptr_array_add (headers, g_strdup_printf ("CSeq: %s %s", number, method));
  if (request && g_str_equal (method, "REGISTER"))
    g_ptr_array_add (headers, g_strdup ("Contact: <sip:10.0.0.1:50000;transport=tls>"));
  g_ptr_array_add (headers, g_strdup ("Content-Length: 0"));
  return headers;
}

/* Makes @text the body; its line ends count double where the message goes into a capture. (transfer full) */
static char *
script_set_body (GPtrArray *headers,
                 char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *length = g_strdup_printf ("Content-Length: %zu", strlen (text) + g_strv_length (lines) - 1);

  script_set_header (headers, length);
  return text;
}

/* Makes the description @name the body. (transfer full) */
static char *
script_set_description (GPtrArray *headers,
                        const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (script_bodies); i++)
    if (g_str_equal (script_bodies[i].name, name))
      {
        script_set_header (headers, "Content-Type: application/sdp");
        return script_set_body (headers,
                                g_strconcat ("v=0\no=- 1 1 IN IP4 10.0.0.1\ns=-\nt=0 0\n", script_bodies[i].header, NULL));
      }
  g_error ("no description is called %s", name);
}

/* "REGISTER 1" and items → the text of a message. */
static char *
script_message (const char *start,
                const char *cseq,
                const char *items)
{
  g_auto (GStrv) parts = g_strsplit (cseq, "/", 2);
  g_auto (GStrv) list = g_strsplit (items, " | ", -1);
  gboolean request = !g_ascii_isdigit (*start);
  const char *method = parts[1] != NULL ? parts[1] : request ? start : "REGISTER";
  g_autoptr (GPtrArray) headers = script_default_headers (start, parts[0], method);
  GString *text = g_string_new (NULL);
  g_autofree char *body = NULL;

  if (request)
    g_string_append_printf (text, "%s sip:contoso.example SIP/2.0\n", start);
  else
    g_string_append_printf (text, "SIP/2.0 %s Phrase\n", start);
  for (guint i = 0; list[i] != NULL; i++)
    if (*g_strstrip (list[i]) == '!')
      g_string_printf (text, "%s\n", list[i] + 1);
    else if (g_str_has_prefix (list[i], "@@"))
      body = script_set_body (headers, g_strdup (list[i] + 2));
    else if (*list[i] == '@')
      body = script_set_description (headers, list[i]);
    else if (*list[i] != '\0')
      script_apply_item (headers, list[i]);
  for (guint i = 0; i < headers->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (headers, i));
  g_string_append_printf (text, "\n%s", body != NULL ? body : "");
  return g_string_free (text, FALSE);
}

/* A client's log, which is how a test says that messages came over TLS. */
static GBytes *
script_to_log (const FixtureMessage *messages,
               guint n)
{
  GString *log = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      gboolean out = g_str_equal (messages[i].source, script_address ('c'));
      const char *peer = out ? messages[i].destination : messages[i].source;
      const char *what = out ? "Sending Packet" : "Data Received";
      const char *side = out ? "From" : "To";
      guint ms = (guint) (messages[i].time * 1000 + 0.5);
      g_autofree char *stamp = g_strdup_printf ("07/24/2009|10:%02u:%02u.%03u 0C84:0F10 INFO  :: ", ms / 60000, ms / 1000 % 60, ms % 1000);

      g_string_append_printf (log, "%s%s - %s (%s Local Address: %s) %zu bytes:\n%s%s\n%sEnd of %s - %s (%s Local Address: %s) %zu bytes\n",
                              stamp, what, peer, side, script_address ('c'), strlen (messages[i].message),
                              stamp, messages[i].message,
                              stamp, what, peer, side, script_address ('c'), strlen (messages[i].message));
    }
  return g_string_free_to_bytes (log);
}

/* One message in one TCP segment. */
static inline GBytes *
fixture_tcp_capture (const FixtureMessage *message)
{
  g_autoptr (GBytes) udp = fixture_capture (message, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (udp, &size);
  GByteArray *file = g_byte_array_new ();
  const guint8 tcp[] = { 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0 };
  const gsize before = 24 + 16 + 20 + 4; /* up to the ports */
  const guint32 lengths[] = { (guint32) (size - 40 + sizeof tcp - 4), (guint32) (size - 40 + sizeof tcp - 4) };
  const guint16 total = GUINT16_TO_BE ((guint16) lengths[0]);

  g_byte_array_append (file, data, (guint) before);
  g_byte_array_append (file, tcp, sizeof tcp);
  g_byte_array_append (file, data + before + 4, (guint) (size - before - 4));
  memcpy (file->data + 24 + 8, lengths, sizeof lengths);
  memcpy (file->data + 40 + 2, &total, sizeof total);
  file->data[40 + 9] = 6;
  return g_byte_array_free_to_bytes (file);
}

/* Takes the lines that say what a check of signatures gave. */
static void
script_set_checks (RungsTrace *trace,
                   GStrv lines)
{
  g_autofree RungsSignatureCheck *checks = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
      RungsSignatureCheck *check;

      if (g_strv_length (words) != 3 || !g_str_equal (words[0], "CHECK"))
        continue;
      if (checks == NULL)
        checks = g_new0 (RungsSignatureCheck, rungs_trace_get_n_messages (trace));
      check = &checks[atoi (words[1]) - 1];
      while (!g_str_equal (rungs_signature_reason_get_id ((RungsSignatureReason) check->reason), words[2]))
        check->reason++;
      check->state = check->reason == RUNGS_SIGNATURE_REASON_RIGHT ? RUNGS_SIGNATURE_RIGHT
                     : check->reason == RUNGS_SIGNATURE_REASON_OTHER_TEXT || check->reason == RUNGS_SIGNATURE_REASON_OTHER_PASSWORD
                       ? RUNGS_SIGNATURE_WRONG
                       : RUNGS_SIGNATURE_UNCHECKED;
    }
  if (checks != NULL)
    rungs_trace_set_signature_checks (trace, checks);
}

/* The file of a script: a client's log, or a capture of datagrams. (transfer full) */
static inline GBytes *
script_file (char **lines,
             gboolean log)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (FixtureMessage));

  for (guint i = log; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 5);
      FixtureMessage message = { 0 };

      if (g_strv_length (words) < 4)
        continue;
      message.time = g_ascii_strtod (words[0], NULL);
      message.source = script_address (words[1][0]);
      message.destination = script_address (words[1][2]);
      if (g_str_equal (words[2], "KRB"))
        {
          GByteArray *bytes = token_kerberos (strstr (lines[i], words[3]), FIXTURE_EPOCH);

          message.length = bytes->len;
          message.message = (const char *) g_byte_array_free (bytes, FALSE);
        }
      else
        message.message = script_message (words[2], words[3], words[4] != NULL ? words[4] : "");
      g_ptr_array_add (texts, (gpointer) message.message);
      g_array_append_val (messages, message);
    }
  return log ? script_to_log ((const FixtureMessage *) (gpointer) messages->data, messages->len)
             : fixture_capture ((const FixtureMessage *) (gpointer) messages->data, messages->len);
}

/* The trace of a script; one that begins with "log" is a client's log, any other a capture of datagrams. */
static inline RungsTrace *
script_trace (const char *script)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);
  gboolean log = g_str_equal (lines[0], "log");
  RungsTrace *trace;

  fixture_add (builder, script_file (lines, log), log ? "script.log" : "script.pcap");
  trace = rungs_trace_builder_finish (builder);
  script_set_checks (trace, lines);
  return trace;
}

/* The finding of the rule @id anywhere in @trace, or NULL; @diagnosis keeps it alive. */
static inline const RungsFinding *
find_finding (RungsTrace *trace,
              const char *id,
              RungsDiagnosis **diagnosis)
{
  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      GPtrArray *findings;

      *diagnosis = rungs_diagnosis_new (trace, flow);
      findings = rungs_diagnosis_get_findings (*diagnosis);
      for (guint i = 0; i < findings->len; i++)
        if (g_str_equal (((const RungsFinding *) g_ptr_array_index (findings, i))->rule->id, id))
          return g_ptr_array_index (findings, i);
      g_clear_pointer (diagnosis, rungs_diagnosis_unref);
    }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Kerberos messages and NTLM tokens for scripts, from a few words: "tgs-rep service=sip/pool01 ticket=T1:18".
 *
 * What is encrypted is the name of the ticket, again and again: so one ticket is the same wherever it stands, and two differ. */

#pragma once

#include <string.h>

#include <glib.h>

#define TOKEN_REALM "CONTOSO.EXAMPLE"

static GByteArray *
der_new (void)
{
  return g_byte_array_new ();
}

/* Appends an element of @tag with @content (transfer full) to @to. */
static void
der_append (GByteArray *to,
            guint8 tag,
            GByteArray *content)
{
  const guint8 head[] = { tag, 0x82, (guint8) (content->len >> 8), (guint8) content->len };
  const guint8 short_head[] = { tag, (guint8) content->len };

  if (content->len < 128)
    g_byte_array_append (to, short_head, sizeof short_head);
  else
    g_byte_array_append (to, head, sizeof head);
  g_byte_array_append (to, content->data, content->len);
  g_byte_array_unref (content);
}

static GByteArray *
der_wrap (guint8 tag,
          GByteArray *content)
{
  GByteArray *element = der_new ();

  der_append (element, tag, content);
  return element;
}

static GByteArray *
der_text (guint8 tag,
          const char *text)
{
  GByteArray *bytes = der_new ();

  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
  return der_wrap (tag, bytes);
}

static GByteArray *
der_integer (gint64 value)
{
  GByteArray *bytes = der_new ();

  for (int shift = 32; shift >= 0; shift -= 8)
    if (shift == 0 || bytes->len > 0 || value >> (shift - 1) != 0)
      g_byte_array_append (bytes, &(guint8){ (guint8) (value >> shift) }, 1);
  return der_wrap (0x02, bytes);
}

/* Appends part [@number] of a SEQUENCE. */
static void
der_part (GByteArray *sequence,
          guint number,
          GByteArray *value)
{
  der_append (sequence, (guint8) (0xa0 | number), value);
}

static GByteArray *
der_name (const char *text)
{
  g_auto (GStrv) strings = g_strsplit (text, "/", -1);
  GByteArray *list = der_new ();
  GByteArray *name = der_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    {
      GByteArray *string = der_text (0x1b, strings[i]);

      g_byte_array_append (list, string->data, string->len);
      g_byte_array_unref (string);
    }
  der_part (name, 0, der_integer (g_strv_length (strings) > 1 ? 2 : 1));
  der_part (name, 1, der_wrap (0x30, list));
  return der_wrap (0x30, name);
}

static GByteArray *
der_encrypted (int type,
               const char *what)
{
  GByteArray *parts = der_new ();
  GString *cipher = g_string_new (NULL);

  while (cipher->len < 60)
    g_string_append (cipher, what);
  der_part (parts, 0, der_integer (type));
  der_part (parts, 2, der_text (0x04, cipher->str));
  g_string_free (cipher, TRUE);
  return der_wrap (0x30, parts);
}

/* The value of "@key=" among @words; @otherwise where it is missing. */
static const char *
token_get (const char *const *words,
           const char *key,
           const char *otherwise)
{
  gsize length = strlen (key);

  for (guint i = 0; words[i] != NULL; i++)
    if (strncmp (words[i], key, length) == 0 && words[i][length] == '=')
      return words[i] + length + 1;
  return otherwise;
}

/* A ticket from "T1:18": its name and encryption type. */
static GByteArray *
der_ticket (const char *text,
            const char *service)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  GByteArray *ticket = der_new ();

  der_part (ticket, 0, der_integer (5));
  der_part (ticket, 1, der_text (0x1b, TOKEN_REALM));
  der_part (ticket, 2, der_name (service));
  der_part (ticket, 3, der_encrypted (parts[1] != NULL ? atoi (parts[1]) : 18, parts[0]));
  return der_wrap (0x61, der_wrap (0x30, ticket));
}

static GByteArray *
der_ap_request (const char *const *words,
                const char *ticket,
                const char *service)
{
  GByteArray *request = der_new ();
  gboolean mutual = g_strv_contains (words, "mutual");
  const guint8 options[] = { 0, mutual ? 0x20 : 0, 0, 0, 0 };
  GByteArray *bits = der_new ();

  g_byte_array_append (bits, options, sizeof options);
  der_part (request, 0, der_integer (5));
  der_part (request, 1, der_integer (14));
  der_part (request, 2, der_wrap (0x03, bits));
  der_part (request, 3, der_ticket (ticket, service));
  der_part (request, 4, der_encrypted (atoi (token_get (words, "etype", "18")), "authenticator"));
  return der_wrap (0x6e, der_wrap (0x30, request));
}

static GByteArray *
der_padata (int type,
            GByteArray *value)
{
  GByteArray *data = der_new ();

  der_part (data, 1, der_integer (type));
  der_part (data, 2, der_wrap (0x04, value));
  return der_wrap (0x30, der_wrap (0x30, data));
}

static GByteArray *
der_request (const char *const *words,
             gboolean ticket_granting)
{
  GByteArray *request = der_new ();
  GByteArray *body = der_new ();
  const char *client = token_get (words, "client", "ann");
  const char *service = token_get (words, "service", "krbtgt/" TOKEN_REALM);

  der_part (body, 0, der_text (0x03, "ABCDE"));
  if (!ticket_granting)
    der_part (body, 1, der_name (client));
  der_part (body, 2, der_text (0x1b, TOKEN_REALM));
  der_part (body, 3, der_name (service));
  der_part (body, 5, der_text (0x18, "20370913024805Z"));
  der_part (body, 7, der_integer (atoi (token_get (words, "nonce", "7"))));
  der_part (body, 8, der_wrap (0x30, der_integer (18)));
  der_part (request, 1, der_integer (5));
  der_part (request, 2, der_integer (ticket_granting ? 12 : 10));
  if (ticket_granting)
    der_part (request, 3, der_padata (1, der_ap_request (words, token_get (words, "shown", "TGT:18"),
                                                     token_get (words, "of", "krbtgt/" TOKEN_REALM))));
  else if (g_strv_contains (words, "proof"))
    der_part (request, 3, der_padata (2, der_encrypted (18, "time")));
  der_part (request, 4, der_wrap (0x30, body));
  return der_wrap (ticket_granting ? 0x6c : 0x6a, der_wrap (0x30, request));
}

static GByteArray *
der_reply (const char *const *words,
           gboolean ticket_granting)
{
  GByteArray *reply = der_new ();
  const char *service = token_get (words, "service", "krbtgt/" TOKEN_REALM);

  der_part (reply, 0, der_integer (5));
  der_part (reply, 1, der_integer (ticket_granting ? 13 : 11));
  der_part (reply, 3, der_text (0x1b, TOKEN_REALM));
  der_part (reply, 4, der_name (token_get (words, "client", "ann")));
  der_part (reply, 5, der_ticket (token_get (words, "ticket", "TGT:18"), service));
  der_part (reply, 6, der_encrypted (atoi (token_get (words, "etype", "18")), "sealed"));
  return der_wrap (ticket_granting ? 0x6d : 0x6b, der_wrap (0x30, reply));
}

/* stime: seconds from the beginning of the script. */
static GByteArray *
der_error (const char *const *words,
           gint64 epoch)
{
  GByteArray *error = der_new ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (epoch + atoi (token_get (words, "stime", "0")));
  g_autofree char *stime = g_date_time_format (time, "%Y%m%d%H%M%SZ");

  der_part (error, 0, der_integer (5));
  der_part (error, 1, der_integer (30));
  der_part (error, 4, der_text (0x18, stime));
  der_part (error, 5, der_integer (0));
  der_part (error, 6, der_integer (atoi (token_get (words, "code", "25"))));
  der_part (error, 9, der_text (0x1b, TOKEN_REALM));
  der_part (error, 10, der_name (token_get (words, "service", "krbtgt/" TOKEN_REALM)));
  return der_wrap (0x7e, der_wrap (0x30, error));
}

/* A Kerberos message from "as-req", "as-rep", "tgs-req", "tgs-rep", "error" or "ap-req" and what follows. (transfer full) */
static inline GByteArray *
token_kerberos (const char *text,
                gint64 epoch)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  const char *const *words = (const char *const *) parts;

  if (g_str_equal (words[0], "as-req") || g_str_equal (words[0], "tgs-req"))
    return der_request (words, g_str_equal (words[0], "tgs-req"));
  if (g_str_equal (words[0], "as-rep") || g_str_equal (words[0], "tgs-rep"))
    return der_reply (words, g_str_equal (words[0], "tgs-rep"));
  if (g_str_equal (words[0], "error"))
    return der_error (words, epoch);
  g_assert_cmpstr (words[0], ==, "ap-req");
  return der_ap_request (words, token_get (words, "ticket", "T1:18"),
                         token_get (words, "service", "sip/pool01.contoso.example"));
}

/* The same in the frame that GSS-API puts around an AP-REQ (RFC 1964, 1.1), in base64. (transfer full) */
static inline char *
token_kerberos_base64 (const char *text)
{
  static const guint8 head[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02, 0x01, 0x00 };
  GByteArray *content = der_new ();
  GByteArray *message = token_kerberos (text, 0);
  GByteArray *frame;
  char *base64;

  g_byte_array_append (content, head, sizeof head);
  g_byte_array_append (content, message->data, message->len);
  frame = der_wrap (0x60, content);
  base64 = g_base64_encode (frame->data, frame->len);
  g_byte_array_unref (message);
  g_byte_array_unref (frame);
  return base64;
}

static void
ntlm_append_32 (GByteArray *to,
                guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (to, (const guint8 *) &little, sizeof little);
}

/* Appends @length bytes at @data to @payload and their place, counted from @start, to @head. */
static void
ntlm_append_part (GByteArray *head,
                  GByteArray *payload,
                  guint start,
                  gconstpointer data,
                  gsize length)
{
  ntlm_append_32 (head, (guint32) (length | length << 16));
  ntlm_append_32 (head, start + payload->len);
  g_byte_array_append (payload, data, (guint) length);
}

static void
ntlm_append_text (GByteArray *head,
                  GByteArray *payload,
                  guint start,
                  const char *text)
{
  glong length;
  g_autofree gunichar2 *utf16 = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);

  ntlm_append_part (head, payload, start, utf16, (gsize) length * 2);
}

/* The time "v2=SECONDS" from @epoch in the response, and the AV pairs behind it: flags that tell of a MIC, and no more. */
static GByteArray *
ntlm_response (const char *const *words,
               gint64 epoch)
{
  GByteArray *response = der_new ();
  guint64 time = ((guint64) (epoch + atoi (token_get (words, "v2", "0"))) + 11644473600) * 10000000;
  static const guint8 proof[16] = { 1 };
  static const guint8 client[8] = { 2 };
  gboolean mic = g_strv_contains (words, "mic");

  g_byte_array_append (response, proof, sizeof proof);
  ntlm_append_32 (response, 0x0101);
  ntlm_append_32 (response, 0);
  ntlm_append_32 (response, (guint32) time);
  ntlm_append_32 (response, (guint32) (time >> 32));
  g_byte_array_append (response, client, sizeof client);
  ntlm_append_32 (response, 0);
  if (mic)
    {
      ntlm_append_32 (response, 6 | 4 << 16);
      ntlm_append_32 (response, 2);
    }
  ntlm_append_32 (response, 0);
  ntlm_append_32 (response, 0);
  return response;
}

/* An NTLM message in base64 from "challenge" or "authenticate" and what follows: flags=0x…, user=, domain=, workstation=, v1, v2=SECONDS,
 * lm, mic; in a challenge time. (transfer full) */
static inline char *
token_ntlm_base64 (const char *text,
                   gint64 epoch)
{
  static const guint8 zeros[24] = { 0 };
  static const guint8 lm[24] = { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 };
  static const guint8 time_pair[16] = { 7, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1 }; /* MsvAvTimestamp and the end */
  static const guint8 ones[24] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  const char *const *words = (const char *const *) parts;
  guint32 flags = (guint32) strtoul (token_get (words, "flags", "0x62988255"), NULL, 16);
  gboolean challenge = g_str_equal (words[0], "challenge");
  g_autoptr (GByteArray) head = der_new ();
  g_autoptr (GByteArray) payload = der_new ();

  g_byte_array_append (head, (const guint8 *) "NTLMSSP", 8);
  ntlm_append_32 (head, challenge ? 2 : 3);
  if (challenge)
    {
      ntlm_append_text (head, payload, 56, "CONTOSO");
      ntlm_append_32 (head, flags);
      g_byte_array_append (head, ones, 8);
      g_byte_array_append (head, zeros, 8);
      if (g_strv_contains (words, "time"))
        ntlm_append_part (head, payload, 56, time_pair, sizeof time_pair);
      else
        ntlm_append_part (head, payload, 56, zeros, 4);
      g_byte_array_append (head, zeros, 8);
    }
  else
    {
      g_autoptr (GByteArray) response =
        g_strv_contains (words, "v1") ? g_byte_array_append (der_new (), ones, 24) : ntlm_response (words, epoch);

      ntlm_append_part (head, payload, 88, g_strv_contains (words, "lm") ? lm : zeros, 24);
      ntlm_append_part (head, payload, 88, response->data, response->len);
      ntlm_append_text (head, payload, 88, token_get (words, "domain", "CONTOSO"));
      ntlm_append_text (head, payload, 88, token_get (words, "user", "ann"));
      ntlm_append_text (head, payload, 88, token_get (words, "workstation", "PC7"));
      ntlm_append_part (head, payload, 88, ones, 16);
      ntlm_append_32 (head, flags);
      g_byte_array_append (head, zeros, 8);
      g_byte_array_append (head, ones, 16);
    }
  g_byte_array_append (head, payload->data, payload->len);
  return g_base64_encode (head->data, head->len);
}

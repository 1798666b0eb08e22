/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The first look at a token.  See rungs-token.h.
 *
 * Only the first bytes are decoded: enough for the frames around a token, never the token itself.  Frames are opened
 * in a loop with a small number of steps, so that nesting costs nothing. */

#include "config.h"

#include "rungs-token.h"

/* How much of a token tells what it is: the head of a message, or the frames around one. */
#define FIRST_LOOK  24
#define SECOND_LOOK 160
#define MAX_FRAMES  12

/* What each byte is in base64: a digit's value, or one of these. */
enum
{
  BASE64_SPACE = 64,
  BASE64_PADDING,
  BASE64_OTHER,
};

static const guint8 *
get_base64_values (void)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static guint8 values[256];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      memset (values, BASE64_OTHER, sizeof values);
      for (guint i = 0; i < 64; i++)
        values[(guchar) digits[i]] = i;
      values[' '] = values['\t'] = values['\r'] = values['\n'] = BASE64_SPACE;
      values['='] = BASE64_PADDING;
      g_once_init_leave (&once, 1);
    }
  return values;
}

/* Decodes @text, whose padding may be missing, in one pass. @bytes has room for three quarters of its length, and 3 more.
 * Returns: how many bytes, or -1 where it is no base64 as rungs_sip_auth_is_base64() has it */
static gssize
decode (RungsSlice text, guchar *bytes)
{
  const guint8 *values = get_base64_values ();
  gsize n_digits = 0, n_padding = 0, n = 0;
  guint32 bits = 0;

  for (gsize i = 0; i < text.length; i++)
    {
      guint8 value = values[(guchar) text.data[i]];

      if (G_UNLIKELY (value >= BASE64_SPACE))
        {
          if (value == BASE64_OTHER)
            return -1;
          n_padding += value == BASE64_PADDING;
          continue;
        }
      if (G_UNLIKELY (n_padding > 0))
        return -1;
      bits = bits << 6 | value;
      if (++n_digits % 4 == 0)
        {
          bytes[n++] = bits >> 16;
          bytes[n++] = bits >> 8;
          bytes[n++] = bits;
        }
    }
  if (n_digits % 4 == 1 || n_padding > 2 || (n_padding > 0 && (n_digits + n_padding) % 4 != 0))
    return -1;
  if (n_digits % 4 >= 2)
    bytes[n++] = bits >> (n_digits % 4 == 2 ? 4 : 10);
  if (n_digits % 4 == 3)
    bytes[n++] = bits >> 2;
  return n;
}

GBytes *
rungs_token_decode_base64 (RungsSlice base64)
{
  g_autofree guchar *bytes = g_malloc (base64.length / 4 * 3 + 3);
  gssize length = decode (base64, bytes);

  return length >= 0 ? g_bytes_new_take (g_steal_pointer (&bytes), length) : NULL;
}

/* Reads tag and length of a DER element at the start of @rest and makes @rest its content. */
static gboolean
open_element (RungsSlice *rest, guchar *tag)
{
  gsize length;
  gsize header = 2;

  if (rest->length < 2)
    return FALSE;
  *tag = rest->data[0];
  length = (guchar) rest->data[1];
  if (length > 0x80)
    {
      header += length & 0x7f;
      length = 0;
      if (header > 6 || header > rest->length)
        return FALSE;
      for (gsize i = 2; i < header; i++)
        length = length << 8 | (guchar) rest->data[i];
    }
  else if (length == 0x80)
    return FALSE;
  *rest = rungs_slice_sub (*rest, header, length);
  return TRUE;
}

/* As open_element(), and tells what stands behind the element. */
static gboolean
take_element (RungsSlice *rest, guchar *tag, RungsSlice *content)
{
  *content = *rest;
  if (!open_element (content, tag))
    return FALSE;
  *rest = rungs_slice_skip (*rest, rungs_slice_end (*content) - rest->data);
  return TRUE;
}

static RungsTokenKind
identify_ntlm (RungsSlice bytes)
{
  if (bytes.length < 12 || bytes.data[9] != 0 || bytes.data[10] != 0 || bytes.data[11] != 0)
    return RUNGS_TOKEN_UNKNOWN;
  switch (bytes.data[8])
    {
    case 1:
      return RUNGS_TOKEN_NTLM_NEGOTIATE;
    case 2:
      return RUNGS_TOKEN_NTLM_CHALLENGE;
    case 3:
      return RUNGS_TOKEN_NTLM_AUTHENTICATE;
    default:
      return RUNGS_TOKEN_UNKNOWN;
    }
}

static RungsTokenKind
identify_tls (RungsSlice bytes)
{
  if (bytes.data[0] == 0x15)
    return RUNGS_TOKEN_TLS_ALERT;
  if (bytes.data[0] == 0x16 && bytes.length > 5 && bytes.data[5] == 1)
    return RUNGS_TOKEN_TLS_CLIENT_HELLO;
  if (bytes.data[0] == 0x16 && bytes.length > 5 && bytes.data[5] == 2)
    return RUNGS_TOKEN_TLS_SERVER_HELLO;
  return RUNGS_TOKEN_TLS_RECORDS;
}

/* The content of a GSS-API frame that names Kerberos: a two-byte id, then the message. */
static RungsTokenKind
identify_kerberos_frame (RungsSlice content)
{
  if (content.length < 2 || content.data[1] != 0)
    return RUNGS_TOKEN_UNKNOWN;
  switch (content.data[0])
    {
    case 1:
      return RUNGS_TOKEN_KRB_AP_REQ;
    case 2:
      return RUNGS_TOKEN_KRB_AP_REP;
    case 3:
      return RUNGS_TOKEN_KRB_ERROR;
    default:
      return RUNGS_TOKEN_UNKNOWN;
    }
}

/* A Kerberos message without a frame: an application tag around a sequence. */
static RungsTokenKind
identify_kerberos_message (RungsSlice bytes)
{
  RungsSlice content = bytes;
  guchar tag;

  if (!open_element (&content, &tag) || content.length == 0 || content.data[0] != 0x30)
    return RUNGS_TOKEN_UNKNOWN;
  switch (tag)
    {
    case 0x6e:
      return RUNGS_TOKEN_KRB_AP_REQ;
    case 0x6f:
      return RUNGS_TOKEN_KRB_AP_REP;
    case 0x7e:
      return RUNGS_TOKEN_KRB_ERROR;
    default:
      return RUNGS_TOKEN_UNKNOWN;
    }
}

/* What @bytes is, where it is not another frame. */
static RungsTokenKind
identify_plain (RungsSlice bytes)
{
  static const char ntlm[] = "NTLMSSP";

  if (rungs_slice_starts_with (bytes, rungs_slice (ntlm, sizeof ntlm)))
    return identify_ntlm (bytes);
  if (bytes.length >= 3 && bytes.data[0] >= 0x14 && bytes.data[0] <= 0x17 && bytes.data[1] == 3 &&
      (guchar) bytes.data[2] <= 4)
    return identify_tls (bytes);
  return identify_kerberos_message (bytes);
}

static gboolean
is_kerberos_oid (RungsSlice oid)
{
  /* 1.2.840.113554.1.2.2, and 1.2.840.48018.1.2.2 as Windows writes it. */
  return rungs_slice_equal (oid, RUNGS_SLICE_LITERAL ("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02")) ||
         rungs_slice_equal (oid, RUNGS_SLICE_LITERAL ("\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"));
}

/* Goes on to the token that a NegTokenInit or NegTokenResp (RFC 4178, 4.2) carries as its field [2]. */
static gboolean
open_spnego (RungsSlice *bytes)
{
  RungsSlice rest = *bytes, content;
  guchar tag;

  if (!open_element (&rest, &tag) || tag != 0x30)
    return FALSE;
  while (take_element (&rest, &tag, &content))
    if (tag == 0xa2)
      {
        *bytes = content;
        return open_element (bytes, &tag) && tag == 0x04;
      }
  return FALSE;
}

static RungsTokenKind
identify_bytes (RungsSlice bytes)
{
  for (guint step = 0; step < MAX_FRAMES && bytes.length > 0; step++)
    {
      guchar tag = bytes.data[0];
      RungsSlice oid;

      switch (tag)
        {
        case 0x60:
          if (!open_element (&bytes, &tag) || !take_element (&bytes, &tag, &oid) || tag != 0x06)
            return RUNGS_TOKEN_UNKNOWN;
          if (is_kerberos_oid (oid))
            return identify_kerberos_frame (bytes);
          if (!rungs_slice_equal (oid, RUNGS_SLICE_LITERAL ("\x2b\x06\x01\x05\x05\x02")))
            return RUNGS_TOKEN_UNKNOWN;
          break;
        case 0xa0:
        case 0xa1:
          if (!open_element (&bytes, &tag) || !open_spnego (&bytes))
            return RUNGS_TOKEN_UNKNOWN;
          break;
        default:
          return identify_plain (bytes);
        }
    }
  return RUNGS_TOKEN_UNKNOWN;
}

/* The groups of four characters that make the first @n_bytes bytes, or all of @base64 where it is shorter. */
static RungsSlice
beginning (RungsSlice base64, gsize n_bytes)
{
  gsize digits = 0, i = 0;

  while (i < base64.length && digits < n_bytes / 3 * 4)
    if (!rungs_byte_is_space (base64.data[i++]))
      digits++;
  return rungs_slice_sub (base64, 0, i);
}

RungsTokenKind
rungs_token_identify (RungsSlice base64)
{
  guchar bytes[SECOND_LOOK + 3];
  RungsSlice text;
  gssize length;

  if (base64.data == NULL)
    return RUNGS_TOKEN_NONE;
  base64 = rungs_slice_trim (base64);
  if (base64.length == 0)
    return RUNGS_TOKEN_EMPTY;
  text = beginning (base64, FIRST_LOOK);
  length = decode (text, bytes);
  if (text.length < base64.length && length > 0 && (bytes[0] == 0x60 || bytes[0] == 0xa0 || bytes[0] == 0xa1))
    {
      text = beginning (base64, SECOND_LOOK);
      length = decode (text, bytes);
    }
  return length > 0 ? identify_bytes (rungs_slice ((const char *) bytes, length)) : RUNGS_TOKEN_NOT_BASE64;
}

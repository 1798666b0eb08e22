/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* TLS records, as TLS-DSK carries them in gssapi-data.  See rungs-token-decoders.h.
 *
 * Handshake messages are read inside of their record; one that goes on in further records of the same kind is shown as far as
 * its first record has it, with the rest as a fragment.  After a ChangeCipherSpec all is encrypted, and only its size is
 * shown. */

#include "config.h"

#include "rungs-certificate.h"
#include "rungs-token-decoders.h"
#include "rungs-token-tree.h"
#include "rungs-token.h"

#include "rungs-tls-names.inc"

#define MAX_RECORDS   64
#define MAX_ENTRIES   256
#define SERVER_NAME   0
#define GROUPS        10
#define ALGORITHMS    13
#define VERSIONS      43
#define CHANGE_CIPHER 20
#define ALERT         21
#define HANDSHAKE     22
#define DATA          23
#define CERTIFICATE   11 /* of handshake messages */

static const RungsTokenName content_names[] = {
  { CHANGE_CIPHER, "ChangeCipherSpec" },
  { ALERT, "Alert" },
  { HANDSHAKE, "Handshake" },
  { DATA, "ApplicationData" },
};

static const RungsTokenName handshake_names[] = {
  { 0, "HelloRequest" },        { 1, "ClientHello" },      { 2, "ServerHello" },
  { 4, "NewSessionTicket" },    { 11, "Certificate" },     { 12, "ServerKeyExchange" },
  { 13, "CertificateRequest" }, { 14, "ServerHelloDone" }, { 15, "CertificateVerify" },
  { 16, "ClientKeyExchange" },  { 20, "Finished" },
};

static const RungsTokenName extension_names[] = {
  { 0, "server_name" },
  { 5, "status_request" },
  { 10, "supported_groups" },
  { 11, "ec_point_formats" },
  { 13, "signature_algorithms" },
  { 16, "application_layer_protocol_negotiation" },
  { 22, "encrypt_then_mac" },
  { 23, "extended_master_secret" },
  { 35, "session_ticket" },
  { 43, "supported_versions" },
  { 65281, "renegotiation_info" },
};

static const RungsTokenName group_names[] = {
  { 19, "secp192r1" }, { 21, "secp224r1" }, { 23, "secp256r1" },  { 24, "secp384r1" },  { 25, "secp521r1" },
  { 29, "x25519" },    { 30, "x448" },      { 256, "ffdhe2048" }, { 257, "ffdhe3072" },
};

static const RungsTokenName algorithm_names[] = {
  { 0x0101, "rsa_md5" },
  { 0x0201, "rsa_pkcs1_sha1" },
  { 0x0202, "dsa_sha1" },
  { 0x0203, "ecdsa_sha1" },
  { 0x0301, "rsa_sha224" },
  { 0x0303, "ecdsa_sha224" },
  { 0x0401, "rsa_pkcs1_sha256" },
  { 0x0402, "dsa_sha256" },
  { 0x0403, "ecdsa_secp256r1_sha256" },
  { 0x0501, "rsa_pkcs1_sha384" },
  { 0x0503, "ecdsa_secp384r1_sha384" },
  { 0x0601, "rsa_pkcs1_sha512" },
  { 0x0603, "ecdsa_secp521r1_sha512" },
  { 0x0804, "rsa_pss_rsae_sha256" },
  { 0x0805, "rsa_pss_rsae_sha384" },
  { 0x0806, "rsa_pss_rsae_sha512" },
  { 0x0807, "ed25519" },
};

static const RungsTokenName certificate_types[] = {
  { 1, "rsa_sign" }, { 2, "dss_sign" }, { 3, "rsa_fixed_dh" }, { 4, "dss_fixed_dh" }, { 64, "ecdsa_sign" },
};

/* A handshake message that goes on in the next record. */
typedef struct
{
  RungsField *message; /* NULL where there is none */
  guint type;
  gsize missing;
  GByteArray *bytes; /* its content so far */
} Pending;

/* Takes @length bytes off @rest; what is missing is marked at @owner. */
static RungsSlice
take (RungsSlice *rest, gsize length, RungsField *owner)
{
  RungsSlice part = rungs_slice_sub (*rest, 0, length);

  if (part.length < length)
    owner->remark = RUNGS_REMARK_TRUNCATED;
  *rest = rungs_slice_skip (*rest, part.length);
  return part;
}

/* Takes a big-endian number of @size bytes off @rest; 0 where there is none. */
static guint
take_number (RungsSlice *rest, gsize size, RungsField *owner)
{
  RungsSlice bytes = take (rest, size, owner);

  return bytes.length == size ? rungs_slice_get_number (bytes, 0, size) : 0;
}

static void
add_version (RungsField *parent, RungsSlice token, RungsSlice *rest)
{
  static const char *const names[] = { "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3" };
  RungsSlice bytes = rungs_slice_sub (*rest, 0, 2);
  guint version = take_number (rest, 2, parent);
  g_autofree char *value = NULL;

  if (bytes.length < 2)
    return;
  if (version >= 0x300 && version < 0x300 + G_N_ELEMENTS (names))
    value = g_strdup_printf ("%u.%u (%s)", version >> 8, version & 0xff, names[version - 0x300]);
  else
    value = g_strdup_printf ("%u.%u", version >> 8, version & 0xff);
  rungs_token_tree_add (parent, token, "protocol-version", bytes, value);
}

static void
add_suite (RungsField *parent, RungsSlice token, RungsSlice *rest)
{
  RungsSlice bytes = rungs_slice_sub (*rest, 0, 2);
  guint suite = take_number (rest, 2, parent);
  const char *name = rungs_token_name_find (suite_names, G_N_ELEMENTS (suite_names), suite);
  g_autofree char *value =
    name != NULL ? g_strdup_printf ("0x%04x (%s)", suite, name) : g_strdup_printf ("0x%04x", suite);
  g_autofree char *topic = g_strdup_printf ("tls-cipher-suite:0x%04x", suite);
  RungsField *field;

  if (bytes.length < 2)
    return;
  field = rungs_token_tree_add (parent, token, "cipher_suite", bytes, value);
  if (name != NULL)
    rungs_field_set_topic (field, topic);
}

/* The host names in the content of the extension server_name (RFC 6066, 3). */
static void
add_server_names (RungsField *parent, RungsSlice token, RungsSlice content)
{
  take_number (&content, 2, parent);
  for (guint i = 0; i < MAX_ENTRIES && content.length >= 3; i++)
    {
      guint length;

      take_number (&content, 1, parent);
      length = take_number (&content, 2, parent);
      rungs_token_tree_add_text (parent, token, "server_name", take (&content, length, parent));
    }
}

/* Each number of @size bytes in @content, by its name. */
static void
add_numbers (RungsField *parent,
             RungsSlice token,
             RungsSlice content,
             gsize size,
             const char *name,
             const RungsTokenName *names,
             gsize n_names)
{
  for (guint i = 0; i < MAX_ENTRIES && content.length >= size; i++)
    {
      RungsSlice bytes = rungs_slice_sub (content, 0, size);
      guint number = take_number (&content, size, parent);
      const char *word = rungs_token_name_find (names, n_names, number);
      g_autofree char *value =
        word != NULL ? g_strdup_printf ("0x%04x (%s)", number, word) : g_strdup_printf ("0x%04x", number);

      rungs_token_tree_add (parent, token, name, bytes, value);
    }
}

/* What is in the extension @type of a ClientHello; in a ServerHello the version stands alone. */
static void
add_extension_content (RungsField *field, RungsSlice token, guint type, RungsSlice content)
{
  switch (type)
    {
    case SERVER_NAME:
      add_server_names (field, token, content);
      break;
    case GROUPS:
      add_numbers (field,
                   token,
                   rungs_slice_skip (content, 2),
                   2,
                   "named_group",
                   group_names,
                   G_N_ELEMENTS (group_names));
      break;
    case ALGORITHMS:
      add_numbers (field,
                   token,
                   rungs_slice_skip (content, 2),
                   2,
                   "signature_algorithm",
                   algorithm_names,
                   G_N_ELEMENTS (algorithm_names));
      break;
    case VERSIONS:
      if (content.length % 2 != 0)
        content = rungs_slice_skip (content, 1);
      for (guint i = 0; i < MAX_ENTRIES && content.length >= 2; i++)
        add_version (field, token, &content);
      break;
    default:
      break;
    }
}

static void
add_extensions (RungsField *parent, RungsSlice token, RungsSlice rest)
{
  RungsSlice list;

  if (rest.length == 0)
    return;
  list = take (&rest, take_number (&rest, 2, parent), parent);
  for (guint i = 0; i < MAX_ENTRIES && list.length >= 4; i++)
    {
      RungsSlice start = list;
      guint type = take_number (&list, 2, parent);
      RungsSlice content = take (&list, take_number (&list, 2, parent), parent);
      const char *name = rungs_token_name_find (extension_names, G_N_ELEMENTS (extension_names), type);
      g_autofree char *value =
        name != NULL ? g_strdup_printf ("%u (%s)", type, name) : g_strdup_printf ("%u", type);
      RungsField *field = rungs_token_tree_add (parent,
                                                token,
                                                "extension",
                                                rungs_slice_sub (start, 0, 4 + content.length),
                                                value);

      add_extension_content (field, token, type, content);
    }
}

static void
add_client_hello (RungsField *message, RungsSlice token, RungsSlice rest)
{
  RungsSlice suites;
  RungsField *list;

  add_version (message, token, &rest);
  rungs_token_tree_add_hex (message, token, "random", take (&rest, 32, message));
  rungs_token_tree_add_hex (message,
                            token,
                            "session_id",
                            take (&rest, take_number (&rest, 1, message), message));
  suites = take (&rest, take_number (&rest, 2, message), message);
  list = rungs_token_tree_add (message, token, "cipher_suites", suites, NULL);
  for (guint i = 0; list != NULL && i < MAX_ENTRIES && suites.length >= 2; i++)
    add_suite (list, token, &suites);
  rungs_token_tree_add_hex (message,
                            token,
                            "compression_methods",
                            take (&rest, take_number (&rest, 1, message), message));
  add_extensions (message, token, rest);
}

static void
add_server_hello (RungsField *message, RungsSlice token, RungsSlice rest)
{
  add_version (message, token, &rest);
  rungs_token_tree_add_hex (message, token, "random", take (&rest, 32, message));
  rungs_token_tree_add_hex (message,
                            token,
                            "session_id",
                            take (&rest, take_number (&rest, 1, message), message));
  add_suite (message, token, &rest);
  rungs_token_tree_add_hex (message, token, "compression_methods", take (&rest, 1, message));
  add_extensions (message, token, rest);
}

static void
add_certificates (RungsField *message, RungsSlice token, RungsSlice rest)
{
  RungsSlice list = take (&rest, take_number (&rest, 3, message), message);

  for (guint i = 0; i < MAX_ENTRIES && list.length >= 3; i++)
    {
      guint length = take_number (&list, 3, message);
      RungsSlice der = take (&list, length, message);
      RungsField *field = rungs_token_tree_add_size (message, token, "certificate", der);

      if (field != NULL)
        rungs_certificate_add_fields (field, token, der);
    }
}

/* RFC 5246, 7.4.4; before TLS 1.2 there are no signature algorithms in it. */
static void
add_certificate_request (RungsField *message, RungsSlice token, RungsSlice rest, gboolean has_algorithms)
{
  add_numbers (message,
               token,
               take (&rest, take_number (&rest, 1, message), message),
               1,
               "certificate_type",
               certificate_types,
               G_N_ELEMENTS (certificate_types));
  if (has_algorithms)
    add_numbers (message,
                 token,
                 take (&rest, take_number (&rest, 2, message), message),
                 2,
                 "signature_algorithm",
                 algorithm_names,
                 G_N_ELEMENTS (algorithm_names));
  rungs_token_tree_add_size (message,
                             token,
                             "certificate_authorities",
                             take (&rest, take_number (&rest, 2, message), message));
}

/* Takes what belongs to the message of the record before off @rest; with its last piece it is whole. */
static void
add_fragment (RungsField *record, RungsSlice token, RungsSlice *rest, Pending *pending)
{
  RungsSlice part = rungs_slice_sub (*rest, 0, pending->missing);
  RungsField *fragment = rungs_token_tree_add_size (record, token, "fragment", part);

  *rest = rungs_slice_skip (*rest, part.length);
  pending->missing -= part.length;
  g_byte_array_append (pending->bytes, (const guint8 *) part.data, part.length);
  if (pending->missing > 0)
    return;
  pending->message->remark = RUNGS_REMARK_NONE;
  pending->message = NULL;
  if (pending->type == CERTIFICATE)
    {
      RungsSlice list = rungs_slice ((const char *) pending->bytes->data, pending->bytes->len);

      for (list = rungs_slice_skip (list, 3); list.length > 3;)
        {
          gsize length = (guchar) list.data[0] << 16 | (guchar) list.data[1] << 8 | (guchar) list.data[2];
          RungsSlice der = rungs_slice_sub (list, 3, length);

          rungs_certificate_add_fields_at (fragment, token, part, der);
          list = rungs_slice_skip (list, 3 + der.length);
        }
    }
}

/* The messages in a record of handshake messages. */
static void
add_handshake (RungsField *record, RungsSlice token, RungsSlice rest, guint version, Pending *pending)
{
  if (pending->message != NULL)
    add_fragment (record, token, &rest, pending);
  for (guint i = 0; i < MAX_ENTRIES && rest.length > 0; i++)
    {
      RungsSlice start = rest, content;
      guint type = take_number (&rest, 1, record);
      gsize length;
      const char *name = rungs_token_name_find (handshake_names, G_N_ELEMENTS (handshake_names), type);
      g_autofree char *number = g_strdup_printf ("%u", type);
      RungsField *message = rungs_token_tree_add (record,
                                                  token,
                                                  "handshake",
                                                  rungs_slice_sub (start, 0, 1),
                                                  name != NULL ? name : number);

      length = take_number (&rest, 3, message);
      content = take (&rest, length, message);
      if (content.length < length)
        {
          *pending = (Pending){ message, type, length - content.length, pending->bytes };
          g_byte_array_set_size (pending->bytes, 0);
          g_byte_array_append (pending->bytes, (const guint8 *) content.data, content.length);
        }
      message->length = rungs_slice_end (content) - start.data;
      switch (type)
        {
        case 1:
          add_client_hello (message, token, content);
          break;
        case 2:
          add_server_hello (message, token, content);
          break;
        case 11:
          add_certificates (message, token, content);
          break;
        case 12:
        case 16:
          rungs_token_tree_add_size (message, token, "key-exchange", content);
          break;
        case 13:
          add_certificate_request (message, token, content, version >= 3);
          break;
        case 15:
          rungs_token_tree_add_size (message, token, "digitally-signed", content);
          break;
        default:
          break;
        }
    }
}

static void
add_alert (RungsField *record, RungsSlice token, RungsSlice content)
{
  guint level = (guchar) content.data[0], code = (guchar) content.data[1];
  const char *name = rungs_token_name_find (alert_names, G_N_ELEMENTS (alert_names), code);
  g_autofree char *level_text = g_strdup_printf (level == 1   ? "%u (warning)"
                                                 : level == 2 ? "%u (fatal)"
                                                              : "%u",
                                                 level);
  g_autofree char *text =
    name != NULL ? g_strdup_printf ("%u (%s)", code, name) : g_strdup_printf ("%u", code);
  g_autofree char *topic = g_strdup_printf ("tls-alert:%u", code);
  RungsField *field;

  rungs_token_tree_add (record, token, "alert-level", rungs_slice_sub (content, 0, 1), level_text);
  field = rungs_token_tree_add (record, token, "alert-description", rungs_slice_sub (content, 1, 1), text);
  if (name != NULL)
    rungs_field_set_topic (field, topic);
}

static void
add_record (RungsField *root, RungsSlice token, RungsSlice *rest, gboolean *encrypted, Pending *pending)
{
  RungsSlice start = *rest, content;
  guint type = take_number (rest, 1, root);
  RungsField *record =
    rungs_token_tree_add (root,
                          token,
                          "record",
                          rungs_slice_sub (start, 0, 1),
                          rungs_token_name_find (content_names, G_N_ELEMENTS (content_names), type));

  add_version (record, token, rest);
  content = take (rest, take_number (rest, 2, record), record);
  record->length = rungs_slice_end (content) - start.data;
  if (*encrypted || type == DATA)
    rungs_token_tree_add_size (record, token, "encrypted", content);
  else if (type == HANDSHAKE)
    add_handshake (record, token, content, (guchar) rungs_slice_skip (start, 2).data[0], pending);
  else if (type == ALERT && content.length == 2)
    add_alert (record, token, content);
  *encrypted |= type == CHANGE_CIPHER;
}

static gboolean
is_record (RungsSlice bytes)
{
  return bytes.length >= 3 && bytes.data[0] >= CHANGE_CIPHER && bytes.data[0] <= DATA && bytes.data[1] == 3 &&
         (guchar) bytes.data[2] <= 4;
}

/* The token's kind, as the first look tells it. */
static RungsTokenKind
get_kind (RungsSlice bytes)
{
  if (bytes.data[0] == ALERT)
    return RUNGS_TOKEN_TLS_ALERT;
  if (bytes.data[0] != HANDSHAKE || bytes.length < 6)
    return RUNGS_TOKEN_TLS_RECORDS;
  return bytes.data[5] == 1   ? RUNGS_TOKEN_TLS_CLIENT_HELLO
         : bytes.data[5] == 2 ? RUNGS_TOKEN_TLS_SERVER_HELLO
                              : RUNGS_TOKEN_TLS_RECORDS;
}

RungsField *
rungs_tls_decode (RungsSlice token, RungsSlice part)
{
  RungsField *root;
  RungsSlice rest = part;
  gboolean encrypted = FALSE;
  g_autoptr (GByteArray) pieces = g_byte_array_new ();
  Pending pending = { NULL, 0, 0, pieces };
  g_autofree char *topic = NULL;

  if (!is_record (part))
    return NULL;
  topic = g_strconcat ("token:", rungs_token_kind_get_name (get_kind (part)), NULL);
  root = rungs_field_new ("TLS",
                          rungs_token_kind_get_name (get_kind (part)),
                          rungs_slice_offset_in (part, token),
                          part.length);
  rungs_field_set_topic (root, topic);
  for (guint i = 0; i < MAX_RECORDS && is_record (rest); i++)
    add_record (root, token, &rest, &encrypted, &pending);
  if (rest.length > 0)
    rungs_token_tree_add_hex (root, token, "bytes", rest);
  return root;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The PAC.  See rungs-pac.h. */

#include "config.h"

#include "rungs-ntlm.h"
#include "rungs-pac.h"
#include "rungs-token-tree.h"

#define MAX_BUFFERS   64
#define MAX_GROUPS    1024
#define MAX_SUB_PARTS 15 /* of a SID */
#define NDR_HEADERS   16

/* The numbers of the buffers. */
enum
{
  LOGON_INFO = 1,
  SERVER_CHECKSUM = 6,
  PRIVSVR_CHECKSUM = 7,
  CLIENT_INFO = 10,
  UPN_DNS_INFO = 12,
  TICKET_CHECKSUM = 16,
  REQUESTOR = 18,
  FULL_CHECKSUM = 19,
};

static const RungsTokenName buffer_names[] = {
  { LOGON_INFO, "LOGON_INFO" },
  { 2, "CREDENTIALS_INFO" },
  { SERVER_CHECKSUM, "SERVER_CHECKSUM" },
  { PRIVSVR_CHECKSUM, "PRIVSVR_CHECKSUM" },
  { CLIENT_INFO, "CLIENT_INFO" },
  { 11, "DELEGATION_INFO" },
  { UPN_DNS_INFO, "UPN_DNS_INFO" },
  { 13, "CLIENT_CLAIMS_INFO" },
  { 14, "DEVICE_INFO" },
  { 15, "DEVICE_CLAIMS_INFO" },
  { TICKET_CHECKSUM, "TICKET_CHECKSUM" },
  { 17, "ATTRIBUTES_INFO" },
  { REQUESTOR, "REQUESTOR" },
  { FULL_CHECKSUM, "FULL_CHECKSUM" },
};

/* What a walk through little-endian bytes carries; once it is behind the end, all that it gives is 0 and empty. */
typedef struct
{
  RungsSlice token;
  RungsSlice start; /* alignment counts from here */
  RungsSlice rest;
  RungsField *owner; /* marked where the bytes end too soon */
} Walk;

static RungsSlice
take (Walk *self, gsize length)
{
  RungsSlice part = rungs_slice_sub (self->rest, 0, length);

  self->rest = rungs_slice_skip (self->rest, part.length);
  if (part.length == length)
    return part;
  self->owner->remark = RUNGS_REMARK_TRUNCATED;
  self->rest.length = 0;
  return RUNGS_SLICE_EMPTY;
}

static guint64
take_number (Walk *self, gsize size)
{
  RungsSlice part = take (self, size);
  guint64 number = 0;

  for (gsize i = part.length; i > 0; i--)
    number = number << 8 | (guchar) part.data[i - 1];
  return number;
}

static void
align (Walk *self)
{
  gsize offset = self->start.length - self->rest.length;

  if (offset % 4 != 0 && self->rest.length > 0)
    take (self, MIN (4 - offset % 4, self->rest.length));
}

static void
add_time (Walk *self, const char *name)
{
  RungsSlice part = take (self, 8);
  g_autofree char *text = rungs_token_tree_format_time (rungs_ntlm_filetime_to_unix (part));

  /* 0, and the largest number for “never”, are no times. */
  if (*text != '\0')
    rungs_token_tree_add (self->owner, self->token, name, part, text);
}

static RungsField *
add_number (Walk *self, const char *name, gsize size)
{
  RungsSlice whole = self->rest;
  guint64 number = take_number (self, size);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  return rungs_token_tree_add (self->owner, self->token, name, rungs_slice_sub (whole, 0, size), text);
}

/* A string that the structure points to (a conformant varying array). */
static void
add_text (Walk *self, const char *name, gboolean is_there)
{
  guint64 length;
  RungsSlice part;
  g_autofree char *text = NULL;

  if (!is_there)
    return;
  align (self);
  take_number (self, 4);
  take_number (self, 4);
  length = take_number (self, 4);
  part = take (self, length * 2);
  text = rungs_ntlm_dup_text (part, RUNGS_NTLM_FLAG_UNICODE);
  if (part.length > 0)
    rungs_token_tree_add (self->owner, self->token, name, part, text);
}

/* (transfer full): "S-1-5-21-…" */
static char *
take_sid (Walk *self)
{
  GString *text = g_string_new (NULL);
  guint revision = take_number (self, 1);
  guint n_parts = take_number (self, 1);
  guint64 number = rungs_slice_get_number (take (self, 6), 0, 6);
  g_string_append_printf (text, "S-%u-%" G_GUINT64_FORMAT, revision, number);
  for (guint i = 0; i < MIN (n_parts, MAX_SUB_PARTS); i++)
    g_string_append_printf (text, "-%u", (guint) take_number (self, 4));
  return g_string_free (text, FALSE);
}

/* A SID that the structure points to. (transfer full) (nullable) */
static char *
take_pointed_sid (Walk *self, gboolean is_there)
{
  if (!is_there)
    return NULL;
  align (self);
  take_number (self, 4);
  return take_sid (self);
}

/* RIDs of groups, each a place and attributes. @rids: (out) */
static void
take_groups (Walk *self, GArray *rids, gboolean is_there)
{
  guint64 n;

  if (!is_there)
    return;
  align (self);
  n = take_number (self, 4);
  for (guint64 i = 0; i < n && i < MAX_GROUPS && self->rest.length >= 8; i++)
    {
      guint32 rid = take_number (self, 4);

      take_number (self, 4);
      g_array_append_val (rids, rid);
    }
}

static void
add_groups (Walk *self, const char *domain, const GArray *rids, RungsSlice place)
{
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *sid = domain != NULL
                               ? g_strdup_printf ("%s-%u", domain, g_array_index (rids, guint32, i))
                               : g_strdup_printf ("%u", g_array_index (rids, guint32, i));

      rungs_token_tree_add (self->owner, self->token, "group", place, sid);
    }
}

/* The SIDs beside the domain's own groups: an array of pointers, then what they point to. */
static void
add_extra_sids (Walk *self, gboolean is_there)
{
  guint64 n;
  guint n_there = 0;

  if (!is_there)
    return;
  align (self);
  n = take_number (self, 4);
  for (guint64 i = 0; i < n && i < MAX_GROUPS && self->rest.length >= 8; i++)
    {
      n_there += take_number (self, 4) != 0;
      take_number (self, 4);
    }
  for (guint i = 0; i < n_there && self->rest.length > 0; i++)
    {
      RungsSlice place = rungs_slice_sub (self->rest, 0, 4);
      g_autofree char *sid = take_pointed_sid (self, TRUE);

      if (self->owner->remark == RUNGS_REMARK_NONE)
        rungs_token_tree_add (self->owner, self->token, "extra-group", place, sid);
    }
}

/* The head of a string in the structure: its lengths, and whether it is there. */
static gboolean
take_text_head (Walk *self)
{
  take_number (self, 4);
  return take_number (self, 4) != 0;
}

/* KERB_VALIDATION_INFO, [MS-PAC] 2.5. */
static void
add_logon_info (Walk *self)
{
  static const char *const texts[] = { "EffectiveName", "FullName",      "LogonScript",
                                       "ProfilePath",   "HomeDirectory", "HomeDirectoryDrive" };
  gboolean has_text[G_N_ELEMENTS (texts)], has_groups, has_server, has_domain, has_domain_sid, has_extra;
  gboolean has_resource_sid, has_resource_groups;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) resource_groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *domain_sid = NULL;
  g_autofree char *resource_sid = NULL;
  RungsSlice groups_place;

  take (self, NDR_HEADERS);
  take_number (self, 4);
  add_time (self, "LogonTime");
  take (self, 16);
  add_time (self, "PasswordLastSet");
  take (self, 8);
  add_time (self, "PasswordMustChange");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    has_text[i] = take_text_head (self);
  add_number (self, "LogonCount", 2);
  add_number (self, "BadPasswordCount", 2);
  add_number (self, "UserId", 4);
  add_number (self, "PrimaryGroupId", 4);
  take_number (self, 4);
  has_groups = take_number (self, 4) != 0;
  take_number (self, 4);
  take (self, 16); /* UserSessionKey: nothing to show */
  has_server = take_text_head (self);
  has_domain = take_text_head (self);
  has_domain_sid = take_number (self, 4) != 0;
  take (self, 8);
  take_number (self, 4);
  take (self, 28);
  take_number (self, 4);
  has_extra = take_number (self, 4) != 0;
  has_resource_sid = take_number (self, 4) != 0;
  take_number (self, 4);
  has_resource_groups = take_number (self, 4) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (self, texts[i], has_text[i]);
  groups_place = rungs_slice_sub (self->rest, 0, 4);
  take_groups (self, groups, has_groups);
  add_text (self, "LogonServer", has_server);
  add_text (self, "LogonDomainName", has_domain);
  domain_sid = take_pointed_sid (self, has_domain_sid);
  if (domain_sid != NULL)
    rungs_token_tree_add (self->owner, self->token, "LogonDomainId", groups_place, domain_sid);
  add_groups (self, domain_sid, groups, groups_place);
  add_extra_sids (self, has_extra);
  resource_sid = take_pointed_sid (self, has_resource_sid);
  groups_place = rungs_slice_sub (self->rest, 0, 4);
  take_groups (self, resource_groups, has_resource_groups);
  add_groups (self, resource_sid, resource_groups, groups_place);
}

static void
add_client_info (Walk *self)
{
  guint64 length;
  RungsSlice part;
  g_autofree char *text = NULL;

  add_time (self, "ClientId");
  length = take_number (self, 2);
  part = take (self, length);
  text = rungs_ntlm_dup_text (part, RUNGS_NTLM_FLAG_UNICODE);
  rungs_token_tree_add (self->owner, self->token, "ClientName", part, text);
}

static void
add_upn_info (Walk *self)
{
  static const char *const names[] = { "Upn", "DnsDomainName" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint64 length = take_number (self, 2);
      guint64 offset = take_number (self, 2);
      RungsSlice part = rungs_slice_sub (self->start, offset, length);
      g_autofree char *text = rungs_ntlm_dup_text (part, RUNGS_NTLM_FLAG_UNICODE);

      if (part.length > 0)
        rungs_token_tree_add (self->owner, self->token, names[i], part, text);
    }
}

static void
add_checksum (Walk *self)
{
  RungsSlice kind = rungs_slice_sub (self->rest, 0, 4);
  gint32 number = take_number (self, 4);
  g_autofree char *text = g_strdup_printf ("%d", number);

  rungs_token_tree_add (self->owner, self->token, "cksumtype", kind, text);
  rungs_token_tree_add_hex (self->owner, self->token, "checksum", self->rest);
}

static void
add_requestor (Walk *self)
{
  RungsSlice place = self->rest;
  g_autofree char *sid = take_sid (self);

  rungs_token_tree_add (self->owner, self->token, "UserSid", place, sid);
}

static void
add_buffer (RungsField *parent, RungsSlice token, guint type, RungsSlice bytes, gsize stated)
{
  const char *name = rungs_token_name_find (buffer_names, G_N_ELEMENTS (buffer_names), type);
  g_autofree char *value =
    name != NULL ? g_strdup_printf ("%u (%s)", type, name) : g_strdup_printf ("%u", type);
  g_autofree char *topic = g_strdup_printf ("token-field:PAC-%s", name);
  Walk walk = { token, bytes, bytes, NULL };

  walk.owner = rungs_token_tree_add (parent, token, "PAC_INFO_BUFFER", bytes, value);
  if (walk.owner == NULL)
    return;
  if (name != NULL)
    rungs_field_set_topic (walk.owner, topic);
  if (bytes.length < stated)
    walk.owner->remark = RUNGS_REMARK_TRUNCATED;
  switch (type)
    {
    case LOGON_INFO:
      add_logon_info (&walk);
      break;
    case SERVER_CHECKSUM:
    case PRIVSVR_CHECKSUM:
    case TICKET_CHECKSUM:
    case FULL_CHECKSUM:
      add_checksum (&walk);
      break;
    case CLIENT_INFO:
      add_client_info (&walk);
      break;
    case UPN_DNS_INFO:
      add_upn_info (&walk);
      break;
    case REQUESTOR:
      add_requestor (&walk);
      break;
    default:
      rungs_token_tree_add_size (walk.owner, token, "buffer", bytes);
      break;
    }
}

void
rungs_pac_add_fields (RungsField *parent, RungsSlice token, RungsSlice pac)
{
  Walk walk = { token, pac, pac, parent };
  guint64 n_buffers;

  g_return_if_fail (parent != NULL);

  n_buffers = take_number (&walk, 4);
  take_number (&walk, 4);
  for (guint64 i = 0; i < n_buffers && i < MAX_BUFFERS && walk.rest.length > 0; i++)
    {
      guint type = take_number (&walk, 4);
      guint64 size = take_number (&walk, 4);
      guint64 offset = take_number (&walk, 8);

      if (parent->remark == RUNGS_REMARK_NONE)
        add_buffer (parent, token, type, rungs_slice_sub (pac, MIN (offset, pac.length), size), size);
    }
}

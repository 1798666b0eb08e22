/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A field of a token as an item.  See rungs-token-item.h. */

#include "config.h"

#include "rungs-kerberos.h"
#include "rungs-signature.h"
#include "rungs-sip-fields.h"
#include "rungs-token-decode.h"
#include "rungs-token-item.h"
#include "rungs-token.h"

#define MAX_HEADERS 16

/* A tree and its bytes, shared by its items. */
typedef struct
{
  RungsField *root;
  GBytes *bytes;
  gboolean is_token;
} Tree;

struct _RungsTokenItem
{
  GObject parent_instance;
  Tree *tree;              /* counted */
  const RungsField *field; /* in the tree */
};

G_DEFINE_FINAL_TYPE (RungsTokenItem, rungs_token_item, G_TYPE_OBJECT)

static void
clear_tree (gpointer data)
{
  Tree *tree = data;

  rungs_field_free (tree->root);
  g_bytes_unref (tree->bytes);
}

static void
rungs_token_item_finalize (GObject *object)
{
  RungsTokenItem *self = RUNGS_TOKEN_ITEM (object);

  g_rc_box_release_full (self->tree, clear_tree);
  G_OBJECT_CLASS (rungs_token_item_parent_class)->finalize (object);
}

static void
rungs_token_item_class_init (RungsTokenItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_token_item_finalize;
}

static void
rungs_token_item_init (RungsTokenItem *self)
{
}

static void
append_item (GListStore *list, Tree *tree, const RungsField *field)
{
  g_autoptr (RungsTokenItem) item = g_object_new (RUNGS_TYPE_TOKEN_ITEM, NULL);

  item->tree = g_rc_box_acquire (tree);
  item->field = field;
  g_list_store_append (list, item);
}

/* Appends @root (transfer full), which counts in @bytes. */
static void
append_tree (GListStore *list, RungsField *root, GBytes *bytes, gboolean is_token)
{
  Tree *tree = g_rc_box_new0 (Tree);

  tree->root = root;
  tree->bytes = g_bytes_ref (bytes);
  tree->is_token = is_token;
  append_item (list, tree, root);
  g_rc_box_release_full (tree, clear_tree);
}

static RungsSlice
get_slice (GBytes *bytes)
{
  return rungs_slice (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The token of a header. */
static void
append_token (GListStore *list, RungsSlice header)
{
  RungsSipAuth auth;
  RungsSlice base64;
  g_autoptr (GBytes) bytes = NULL;

  if (!rungs_sip_auth_parse (&auth, header))
    return;
  base64 = rungs_sip_auth_get (&auth, "gssapi-data");
  if (base64.data == NULL)
    return;
  bytes = rungs_token_decode_base64 (base64);
  if (bytes != NULL)
    append_tree (list, rungs_token_to_field (get_slice (bytes)), bytes, TRUE);
}

static gboolean
is_auth_header (const char *topic)
{
  static const char *const topics[] = { "header:WWW-Authenticate",    "header:Proxy-Authenticate",
                                        "header:Authorization",       "header:Proxy-Authorization",
                                        "header:Authentication-Info", "header:Proxy-Authentication-Info" };

  for (guint i = 0; topic != NULL && i < G_N_ELEMENTS (topics); i++)
    if (g_ascii_strcasecmp (topic, topics[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
append_signature (GListStore *list, const RungsSipMessage *sip)
{
  RungsSignature signature;
  g_autoptr (GBytes) bytes = NULL;

  if (!rungs_signature_find (&signature, sip))
    return;
  bytes = rungs_signature_dup_bytes (&signature);
  if (bytes != NULL)
    append_tree (list, rungs_signature_to_field (get_slice (bytes)), bytes, TRUE);
}

GListModel *
rungs_token_item_list (RungsTrace *trace, guint message, RungsSignatures *signatures)
{
  g_autoptr (GListStore) list = g_list_store_new (RUNGS_TYPE_TOKEN_ITEM);
  g_autoptr (RungsField) fields = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RungsField *check = signatures != NULL ? rungs_signatures_describe (signatures, message) : NULL;
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  rungs_trace_parse (trace, message, 0, &sip);
  fields = rungs_sip_fields_new (&sip);
  bytes = g_bytes_new (sip.bytes.data, sip.bytes.length);
  for (guint i = 0; i < sip.n_headers; i++)
    {
      g_autofree char *name = rungs_slice_dup (sip.headers[i].name);
      g_autofree char *topic = g_strconcat ("header:", name, NULL);

      if (is_auth_header (topic) && g_list_model_get_n_items (G_LIST_MODEL (list)) < MAX_HEADERS)
        append_token (list, sip.headers[i].value);
    }
  append_signature (list, &sip);
  if (check != NULL)
    append_tree (list, check, bytes, FALSE);
  for (guint i = 0, n = 0; i < rungs_field_get_n_children (fields) && n < MAX_HEADERS; i++)
    if (is_auth_header (rungs_field_get_child (fields, i)->topic))
      {
        append_tree (list, rungs_field_copy (rungs_field_get_child (fields, i)), bytes, FALSE);
        n++;
      }
  return G_LIST_MODEL (g_steal_pointer (&list));
}

GListModel *
rungs_token_item_list_kerberos (RungsSlice message)
{
  GListStore *list = g_list_store_new (RUNGS_TYPE_TOKEN_ITEM);
  g_autoptr (GBytes) bytes = g_bytes_new (message.data, message.length);

  append_tree (list, rungs_kerberos_to_field (get_slice (bytes)), bytes, TRUE);
  return G_LIST_MODEL (list);
}

GListModel *
rungs_token_item_get_children (RungsTokenItem *self)
{
  GListStore *list;

  g_return_val_if_fail (RUNGS_IS_TOKEN_ITEM (self), NULL);

  if (rungs_field_get_n_children (self->field) == 0)
    return NULL;
  list = g_list_store_new (RUNGS_TYPE_TOKEN_ITEM);
  for (guint i = 0; i < rungs_field_get_n_children (self->field); i++)
    append_item (list, self->tree, rungs_field_get_child (self->field, i));
  return G_LIST_MODEL (list);
}

const RungsField *
rungs_token_item_get_field (RungsTokenItem *self)
{
  g_return_val_if_fail (RUNGS_IS_TOKEN_ITEM (self), NULL);
  return self->field;
}

RungsSlice
rungs_token_item_get_bytes (RungsTokenItem *self)
{
  g_return_val_if_fail (RUNGS_IS_TOKEN_ITEM (self), RUNGS_SLICE_EMPTY);
  return get_slice (self->tree->bytes);
}

gboolean
rungs_token_item_is_token (RungsTokenItem *self)
{
  g_return_val_if_fail (RUNGS_IS_TOKEN_ITEM (self), FALSE);
  return self->tree->is_token;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A trace: what was indexed, and the bytes behind it.  See rungs-trace.h. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-free-aside.h"
#include "rungs-sip-outline.h"
#include "rungs-text.h"
#include "rungs-trace-private.h"

/* A trace of so many messages is freed within a frame. */
#define FREED_AT_ONCE 100000

G_DEFINE_FINAL_TYPE (RungsTrace, rungs_trace, G_TYPE_OBJECT)

static void
file_free (gpointer data)
{
  RungsTraceFile *file = data;

  g_free (file->name);
  g_free (file->path);
  rungs_ledger_clear (&file->ledger);
  g_clear_error (&file->error);
  g_free (file);
}

/* @data: what a trace held. */
static void
free_holdings (gpointer data)
{
  RungsTrace *self = data;

  g_array_unref (self->messages);
  g_array_unref (self->flows);
  g_array_unref (self->endpoints);
  g_hash_table_unref (self->tickets);
  g_array_unref (self->kerberos);
  g_array_unref (self->streams);
  g_hash_table_unref (self->asides);
  g_free (self->checks);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->outlines, g_byte_array_unref);
  g_free (self->outline_of);
  g_free (self->flow_messages);
  g_free (self->flow_of_string);
  rungs_interner_free (self->strings);
  rungs_arena_unref (self->arena);
  g_ptr_array_unref (self->inputs);
  g_free (self);
}

static void
rungs_trace_finalize (GObject *object)
{
  RungsTrace *self = RUNGS_TRACE (object);
  RungsTrace *holdings = g_memdup2 (self, sizeof *self);

  if (self->messages->len > FREED_AT_ONCE)
    rungs_free_aside (holdings, free_holdings);
  else
    free_holdings (holdings);
  G_OBJECT_CLASS (rungs_trace_parent_class)->finalize (object);
}

static void
rungs_trace_class_init (RungsTraceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_trace_finalize;
}

static void
free_input (gpointer data)
{
  if (data != NULL)
    rungs_input_unref (data);
}

static void
rungs_trace_init (RungsTrace *self)
{
  self->messages = g_array_new (FALSE, FALSE, sizeof (RungsMessageInfo));
  self->flows = g_array_new (FALSE, FALSE, sizeof (RungsFlowInfo));
  self->endpoints = g_array_new (FALSE, FALSE, sizeof (RungsEndpoint));
  self->kerberos = g_array_new (FALSE, FALSE, sizeof (RungsKerberosInfo));
  self->tickets = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->streams = g_array_new (FALSE, FALSE, sizeof (RungsForeignStream));
  self->asides = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->strings = rungs_interner_new ();
  self->arena = rungs_arena_new ();
  self->inputs = g_ptr_array_new_with_free_func (free_input);
  self->first_time = RUNGS_TIME_NONE;
  self->last_time = RUNGS_TIME_NONE;
}

guint
rungs_trace_get_n_messages (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->messages->len;
}

const RungsMessageInfo *
rungs_trace_get_message (RungsTrace *self, guint message)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && message < self->messages->len, NULL);
  return rungs_trace_message (self, message);
}

RungsSlice
rungs_trace_get_bytes (RungsTrace *self, guint message)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self, message);

  return info != NULL ? rungs_slice (info->data, info->length) : RUNGS_SLICE_EMPTY;
}

void
rungs_trace_parse (RungsTrace *self, guint message, RungsSipParseFlags extra, RungsSipMessage *sip)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self, message);

  g_return_if_fail (info != NULL && sip != NULL);
  rungs_sip_message_parse (sip,
                           rungs_slice (info->data, info->length),
                           rungs_record_flags_to_parse_flags (info->flags) | extra);
}

void
rungs_trace_recall (RungsTrace *self, guint message, RungsSipMessage *sip)
{
  const RungsMessageInfo *info = rungs_trace_get_message (self, message);
  gconstpointer outline;

  g_return_if_fail (info != NULL && sip != NULL);

  if (self->outline_of == NULL || self->outline_of[message] == 0)
    {
      rungs_trace_parse (self, message, 0, sip);
      return;
    }
  outline = self->outlines->data + self->outline_of[message] - 1;
  rungs_sip_outline_read (outline,
                          rungs_slice (info->data, info->length),
                          rungs_record_flags_to_parse_flags (info->flags),
                          sip);
}

void
rungs_trace_forget_outlines (RungsTrace *self)
{
  g_return_if_fail (RUNGS_IS_TRACE (self));

  g_clear_pointer (&self->outlines, g_byte_array_unref);
  g_clear_pointer (&self->outline_of, g_free);
}

guint
rungs_trace_get_n_flows (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->flows->len;
}

const RungsFlowInfo *
rungs_trace_get_flow (RungsTrace *self, guint flow)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && flow < self->flows->len, NULL);
  return &g_array_index (self->flows, RungsFlowInfo, flow);
}

const guint32 *
rungs_trace_get_flow_messages (RungsTrace *self, guint flow, guint *n_messages)
{
  const RungsFlowInfo *info = rungs_trace_get_flow (self, flow);

  g_return_val_if_fail (info != NULL && n_messages != NULL, NULL);
  *n_messages = info->n_messages;
  return self->flow_messages + info->first;
}

guint
rungs_trace_find_flow (RungsTrace *self, RungsSlice call_id)
{
  guint32 id;

  g_return_val_if_fail (RUNGS_IS_TRACE (self), RUNGS_NO_FLOW);
  id = rungs_interner_lookup (self->strings, call_id);
  return id != 0 && id < self->n_flow_of_string ? self->flow_of_string[id] : RUNGS_NO_FLOW;
}

RungsSlice
rungs_trace_get_string (RungsTrace *self, guint32 id)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), RUNGS_SLICE_EMPTY);
  return rungs_interner_get (self->strings, id);
}

guint
rungs_trace_get_n_endpoints (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->endpoints->len;
}

const RungsEndpoint *
rungs_trace_get_endpoint (RungsTrace *self, guint endpoint)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && endpoint < self->endpoints->len, NULL);
  return &g_array_index (self->endpoints, RungsEndpoint, endpoint);
}

guint
rungs_trace_get_n_files (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->files->len;
}

const RungsTraceFile *
rungs_trace_get_file (RungsTrace *self, guint file)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && file < self->files->len, NULL);
  return g_ptr_array_index (self->files, file);
}

static const RungsMessageAside *
get_aside (RungsTrace *self, guint message)
{
  static const RungsMessageAside none;
  const RungsMessageInfo *info = rungs_trace_get_message (self, message);
  const RungsMessageAside *aside = info != NULL ? g_hash_table_lookup (self->asides, info->data) : NULL;

  return aside != NULL ? aside : &none;
}

RungsSlice
rungs_trace_get_agent (RungsTrace *self, guint message)
{
  return get_aside (self, message)->agent;
}

RungsSlice
rungs_trace_get_comment (RungsTrace *self, guint message)
{
  return get_aside (self, message)->comment;
}

guint
rungs_trace_get_n_kerberos (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->kerberos->len;
}

const RungsKerberosInfo *
rungs_trace_get_kerberos (RungsTrace *self, guint kerberos)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && kerberos < self->kerberos->len, NULL);
  return &g_array_index (self->kerberos, RungsKerberosInfo, kerberos);
}

RungsSlice
rungs_trace_get_kerberos_bytes (RungsTrace *self, guint kerberos)
{
  const RungsKerberosInfo *info = rungs_trace_get_kerberos (self, kerberos);

  return info != NULL ? rungs_slice (info->data, info->length) : RUNGS_SLICE_EMPTY;
}

guint
rungs_trace_find_ticket (RungsTrace *self, guint64 ticket)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), RUNGS_NO_KERBEROS);
  /* Nothing is kept as 0: so 0 - 1 is RUNGS_NO_KERBEROS. */
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->tickets, &ticket)) - 1;
}

guint
rungs_trace_get_n_streams (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), 0);
  return self->streams->len;
}

const RungsForeignStream *
rungs_trace_get_stream (RungsTrace *self, guint stream)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && stream < self->streams->len, NULL);
  return &g_array_index (self->streams, RungsForeignStream, stream);
}

RungsSlice
rungs_trace_get_file_bytes (RungsTrace *self, guint file)
{
  RungsInput *input;

  g_return_val_if_fail (RUNGS_IS_TRACE (self) && file < self->inputs->len, RUNGS_SLICE_EMPTY);

  input = g_ptr_array_index (self->inputs, file);
  return input != NULL ? rungs_input_get_bytes (input) : RUNGS_SLICE_EMPTY;
}

gboolean
rungs_trace_file_failed (const RungsTraceFile *file)
{
  g_return_val_if_fail (file != NULL, FALSE);
  return file->error != NULL && !(file->is_member && rungs_error_is_no_messages (file->error));
}

const RungsTotals *
rungs_trace_get_totals (RungsTrace *self)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self), NULL);
  return &self->totals;
}

void
rungs_trace_get_time_span (RungsTrace *self, gint64 *first, gint64 *last)
{
  g_return_if_fail (RUNGS_IS_TRACE (self) && first != NULL && last != NULL);
  *first = self->first_time;
  *last = self->last_time;
}

/* How many paths the files came from: those of an archive came from one. */
static guint
count_paths (RungsTrace *self)
{
  guint n_paths = 1;

  for (guint i = 1; i < self->files->len; i++)
    if (!g_str_equal (rungs_trace_get_file (self, i)->path, rungs_trace_get_file (self, i - 1)->path))
      n_paths++;
  return n_paths;
}

char *
rungs_trace_dup_title (RungsTrace *self)
{
  const RungsTraceFile *first;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  guint more;

  g_return_val_if_fail (RUNGS_IS_TRACE (self), NULL);

  if (self->files->len == 0)
    return g_strdup ("");
  first = rungs_trace_get_file (self, 0);
  /* "support.zip/logs/client.log" */
  name = g_strndup (first->name, first->is_member ? strcspn (first->name, "/") : strlen (first->name));
  shown = rungs_text_display (rungs_slice_from_string (name));
  more = count_paths (self) - 1;
  if (more == 0)
    return g_steal_pointer (&shown);
  /* Translators: the title of a window that shows several files: “login.log and 2 more” */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), shown, more);
}

void
rungs_trace_set_message_mark (RungsTrace *self, guint message, RungsMark mark)
{
  g_return_if_fail (RUNGS_IS_TRACE (self) && message < self->messages->len);
  rungs_trace_message (self, message)->mark = mark;
}

void
rungs_trace_set_signature_checks (RungsTrace *self, const RungsSignatureCheck *checks)
{
  gsize size;

  g_return_if_fail (RUNGS_IS_TRACE (self));

  size = self->messages->len * sizeof *checks;
  /* Changed in place: a worker may be reading the ones before. */
  if (self->checks == NULL && checks != NULL)
    self->checks = g_memdup2 (checks, size);
  else if (checks != NULL)
    memcpy (self->checks, checks, size);
  else if (self->checks != NULL)
    memset (self->checks, 0, size);
}

const RungsSignatureCheck *
rungs_trace_get_signature_check (RungsTrace *self, guint message)
{
  g_return_val_if_fail (RUNGS_IS_TRACE (self) && message < self->messages->len, NULL);
  return self->checks != NULL ? &self->checks[message] : NULL;
}

void
rungs_trace_set_flow_mark (RungsTrace *self, guint flow, RungsMark mark)
{
  g_return_if_fail (RUNGS_IS_TRACE (self) && flow < self->flows->len);
  g_array_index (self->flows, RungsFlowInfo, flow).mark = mark;
}

const char *
rungs_flow_kind_get_id (RungsFlowKind kind)
{
  static const char *const ids[] = { "registration", "call", "subscription", "im", "other" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (ids), "other");
  return ids[kind];
}

const char *
rungs_flow_kind_get_name (RungsFlowKind kind)
{
  static const char *const names[] = {
    N_ ("Registration"), N_ ("Call"), N_ ("Subscription"), N_ ("Instant messages"), N_ ("Other"),
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), "");
  return _ (names[kind]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages in time order → flows, transactions, dialogs, copies.  See rungs-correlation.h. */

#include "config.h"

#include "rungs-correlation.h"
#include "rungs-key-table.h"
#include "rungs-message-key.h"
#include "rungs-parallel.h"

/* Two captures of one packet are closer together than any retransmission (RFC 3261, 17.1.1.1: T1 is 500 ms). */
#define DUPLICATE_MAX (20 * G_USEC_PER_SEC / 1000)

/* How far back an answer whose Vias do not fit looks for its request. */
#define MAX_LOOK_BACK 64

/* Flows that a core takes at a time. */
#define FLOWS_AT_ONCE 256

typedef struct
{
  RungsTrace *trace;
  const RungsMessageKey *keys;
} Correlation;

static RungsFlowKind
get_kind (const RungsMessageInfo *info)
{
  switch ((RungsSipMethod) info->method)
    {
    case RUNGS_SIP_METHOD_REGISTER:
      return RUNGS_FLOW_REGISTRATION;
    case RUNGS_SIP_METHOD_INVITE:
    case RUNGS_SIP_METHOD_ACK:
    case RUNGS_SIP_METHOD_BYE:
    case RUNGS_SIP_METHOD_CANCEL:
    case RUNGS_SIP_METHOD_PRACK:
    case RUNGS_SIP_METHOD_UPDATE:
      return RUNGS_FLOW_CALL;
    case RUNGS_SIP_METHOD_SUBSCRIBE:
    case RUNGS_SIP_METHOD_NOTIFY:
    case RUNGS_SIP_METHOD_BENOTIFY:
      return RUNGS_FLOW_SUBSCRIPTION;
    case RUNGS_SIP_METHOD_MESSAGE:
      return RUNGS_FLOW_INSTANT_MESSAGES;
    default:
      return RUNGS_FLOW_OTHER;
    }
}

static void
begin_flow (RungsTrace *trace, const RungsMessageInfo *info, const RungsMessageKey *key, RungsSipMessage *sip)
{
  RungsFlowInfo flow = { 0 };

  flow.start = flow.end = info->time;
  flow.call_id = info->call_id;
  flow.who = key->who;
  flow.peer = key->peer;
  flow.kind = get_kind (info);
  if (flow.kind == RUNGS_FLOW_CALL && key->offers_messages)
    flow.kind = RUNGS_FLOW_INSTANT_MESSAGES;
  if (flow.who == 0 && flow.peer == 0)
    {
      /* Sorting has put another message first than was read first. */
      rungs_sip_message_parse (sip,
                               rungs_slice (info->data, info->length),
                               rungs_record_flags_to_parse_flags (info->flags));
      rungs_key_maker_intern_parties (trace->strings,
                                      sip->method,
                                      rungs_sip_message_get (sip, RUNGS_SIP_HEADER_FROM),
                                      rungs_sip_message_get (sip, RUNGS_SIP_HEADER_TO),
                                      &flow.who,
                                      &flow.peer);
    }
  g_array_append_val (trace->flows, flow);
  if (info->call_id != 0)
    {
      trace->totals.dialogs++;
      trace->totals.registrations += info->method == RUNGS_SIP_METHOD_REGISTER;
      trace->totals.calls += info->method == RUNGS_SIP_METHOD_INVITE;
    }
}

static void
add_to_flow (RungsFlowInfo *flow,
             const RungsMessageInfo *info,
             const RungsMessageKey *key,
             guint8 first_method)
{
  flow->n_messages++;
  if (info->time != RUNGS_TIME_NONE)
    {
      if (flow->start == RUNGS_TIME_NONE)
        flow->start = info->time;
      flow->end = info->time;
    }
  if (key->microsoft)
    flow->flags |= RUNGS_FLOW_MICROSOFT;
  if (info->status >= 200 && info->method == first_method)
    flow->status = info->status;
}

static void
make_flows (RungsTrace *trace, const RungsMessageKey *keys)
{
  guint n = trace->messages->len;
  guint n_strings = rungs_interner_get_size (trace->strings) + 1;
  g_autoptr (GByteArray) methods = g_byte_array_new ();
  RungsSipMessage sip;

  rungs_sip_message_init (&sip);
  trace->n_flow_of_string = n_strings;
  trace->flow_of_string = g_new (guint32, n_strings);
  memset (trace->flow_of_string, 0xff, n_strings * sizeof (guint32));
  for (guint i = 0; i < n; i++)
    {
      RungsMessageInfo *info = rungs_trace_message (trace, i);

      info->flow = info->call_id != 0 ? trace->flow_of_string[info->call_id] : RUNGS_NO_FLOW;
      if (info->flow == RUNGS_NO_FLOW)
        {
          guint8 method = info->method;

          info->flow = trace->flows->len;
          if (info->call_id != 0)
            trace->flow_of_string[info->call_id] = info->flow;
          g_byte_array_append (methods, &method, 1);
          begin_flow (trace, info, &keys[i], &sip);
        }
      add_to_flow (&g_array_index (trace->flows, RungsFlowInfo, info->flow),
                   info,
                   &keys[i],
                   methods->data[info->flow]);
    }
  rungs_sip_message_clear (&sip);
}

static void
list_flow_messages (RungsTrace *trace)
{
  guint n = trace->messages->len;
  guint32 first = 0;
  g_autofree guint32 *next = g_new (guint32, trace->flows->len + 1);

  trace->flow_messages = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < trace->flows->len; i++)
    {
      RungsFlowInfo *flow = &g_array_index (trace->flows, RungsFlowInfo, i);

      flow->first = next[i] = first;
      first += flow->n_messages;
    }
  for (guint i = 0; i < n; i++)
    trace->flow_messages[next[rungs_trace_message (trace, i)->flow]++] = i;
}

/* The last request before @message that it can answer when the Vias are not looked at, or RUNGS_NO_MESSAGE. */
static guint32
look_back (RungsTrace *trace, const guint32 *messages, guint position)
{
  const RungsMessageInfo *response = rungs_trace_message (trace, messages[position]);
  guint32 any = RUNGS_NO_MESSAGE;

  for (guint i = position; i > 0 && position - i < MAX_LOOK_BACK; i--)
    {
      const RungsMessageInfo *info = rungs_trace_message (trace, messages[i - 1]);

      if (info->status != 0 || info->cseq != response->cseq || info->method != response->method)
        continue;
      if (info->source == response->destination && info->destination == response->source)
        return info->request;
      if (any == RUNGS_NO_MESSAGE)
        any = info->request;
    }
  return any;
}

/* The first request of each transaction, and which one each answer belongs to. @messages: all of one Call-ID */
static void
make_transactions (const Correlation *self, const guint32 *messages, guint n, RungsKeyTable *table)
{
  rungs_key_table_reset (table, n);
  for (guint i = 0; i < n; i++)
    {
      RungsMessageInfo *info = rungs_trace_message (self->trace, messages[i]);
      guint32 *value;

      if (info->status != 0 || (info->flags & RUNGS_MESSAGE_MALFORMED))
        continue;
      value = rungs_key_table_add (table, self->keys[messages[i]].transaction);
      if (*value == 0)
        *value = messages[i] + 1;
      info->request = *value - 1;
    }
  for (guint i = 0; i < n; i++)
    {
      RungsMessageInfo *info = rungs_trace_message (self->trace, messages[i]);

      if (info->status == 0)
        continue;
      info->request = rungs_key_table_get (table, self->keys[messages[i]].transaction) - 1;
      if (info->request == RUNGS_NO_MESSAGE)
        info->request = look_back (self->trace, messages, i);
    }
}

/* A dialog is numbered after its first message. */
static void
make_dialogs (const Correlation *self, const guint32 *messages, guint n, RungsKeyTable *table)
{
  rungs_key_table_reset (table, n);
  for (guint i = 0; i < n; i++)
    {
      guint64 key = self->keys[messages[i]].dialog;
      guint32 *value;

      if (key == 0)
        continue;
      value = rungs_key_table_add (table, key);
      if (*value == 0)
        *value = messages[i] + 1;
      rungs_trace_message (self->trace, messages[i])->dialog = *value;
    }
}

/* What the same message on the same hop has in common with itself, but for its bytes. */
static guint64
get_hop_key (RungsTrace *trace, const RungsMessageKey *keys, guint32 message)
{
  const RungsMessageInfo *info = rungs_trace_message (trace, message);
  guint64 ends = (guint64) info->destination << 32 | info->source;

  return ((keys[message].group ^ ends) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ info->length) *
           G_GUINT64_CONSTANT (0xff51afd7ed558ccd) ^
         keys[message].n_vias;
}

static gboolean
same_bytes (const RungsMessageInfo *a, const RungsMessageInfo *b)
{
  return a->length == b->length && memcmp (a->data, b->data, a->length) == 0;
}

/* What @message is, when @before has the same ends; 0: nothing to say. */
static guint32
judge_same_hop (const RungsMessageInfo *before, const RungsMessageInfo *message)
{
  if (!same_bytes (before, message))
    return 0;
  if (before->file != message->file)
    return RUNGS_MESSAGE_DUPLICATE;
  if (before->connection != message->connection)
    return 0;
  if (before->transport == RUNGS_TRANSPORT_UDP && before->time != RUNGS_TIME_NONE &&
      message->time != RUNGS_TIME_NONE && message->time - before->time < DUPLICATE_MAX)
    return RUNGS_MESSAGE_DUPLICATE;
  return RUNGS_MESSAGE_RETRANSMISSION;
}

/* @original: the copy of @message that was seen before and is nearest to the sender, updated where @message is nearer. */
static void
judge_copy (
  RungsTrace *trace, const RungsMessageKey *keys, RungsKeyTable *copies, guint32 *original, guint32 message)
{
  guint32 first = *original - 1;
  RungsMessageInfo *info = rungs_trace_message (trace, message);
  gint vias = keys[message].n_vias;
  gint first_vias = keys[first].n_vias;
  guint32 *same_hop;
  guint32 *same_vias;

  /* The original takes its place among the copies only once a second one is there. */
  same_hop = rungs_key_table_add (copies, get_hop_key (trace, keys, first));
  if (*same_hop == 0)
    *same_hop = first + 1;
  same_vias = rungs_key_table_add (copies, keys[first].group + (guint) first_vias);
  if (*same_vias == 0)
    *same_vias = first + 1;

  same_hop = rungs_key_table_add (copies, get_hop_key (trace, keys, message));
  if (*same_hop != 0)
    info->flags |= judge_same_hop (rungs_trace_message (trace, *same_hop - 1), info);
  else
    *same_hop = message + 1;
  same_vias = rungs_key_table_add (copies, keys[message].group + (guint) vias);
  if (*same_vias == 0)
    *same_vias = message + 1;
  else if (rungs_trace_message (trace, *same_vias - 1)->file != info->file)
    info->flags |= RUNGS_MESSAGE_DUPLICATE;

  if (vias == first_vias)
    return;
  if (info->status != 0 ? vias > first_vias : vias < first_vias)
    {
      /* The clocks of two captures differ: what came first is the copy. */
      rungs_trace_message (trace, first)->flags |= RUNGS_MESSAGE_RELAYED;
      *original = message + 1;
    }
  else
    {
      info->flags |= RUNGS_MESSAGE_RELAYED;
    }
}

static void
find_copies (
  const Correlation *self, const guint32 *messages, guint n, RungsKeyTable *groups, RungsKeyTable *copies)
{
  rungs_key_table_reset (groups, n);
  rungs_key_table_reset (copies, 0);
  for (guint i = 0; i < n; i++)
    {
      guint64 group = self->keys[messages[i]].group;
      guint32 *original;

      if (group == 0)
        continue;
      original = rungs_key_table_add (groups, group);
      if (*original == 0)
        *original = messages[i] + 1;
      else
        judge_copy (self->trace, self->keys, copies, original, messages[i]);
    }
}

/* All keys hold the Call-ID: what is asked of one flow lies in no other, so flows are worked on by all cores. */
static void
correlate_flows (guint first, guint end, gpointer data)
{
  const Correlation *self = data;
  g_auto (RungsKeyTable) table = { 0 };
  g_auto (RungsKeyTable) copies = { 0 };

  for (guint f = first; f < end; f++)
    {
      const RungsFlowInfo *flow = &g_array_index (self->trace->flows, RungsFlowInfo, f);
      const guint32 *messages = self->trace->flow_messages + flow->first;

      if (flow->call_id == 0)
        continue;
      make_transactions (self, messages, flow->n_messages, &table);
      make_dialogs (self, messages, flow->n_messages, &table);
      find_copies (self, messages, flow->n_messages, &table, &copies);
    }
}

/* Messages without a Call-ID are flows of their own, and may answer each other all the same. */
static void
correlate_rest (const Correlation *self)
{
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (RungsKeyTable) table = { 0 };

  for (guint f = 0; f < self->trace->flows->len; f++)
    {
      const RungsFlowInfo *flow = &g_array_index (self->trace->flows, RungsFlowInfo, f);

      if (flow->call_id == 0)
        g_array_append_vals (messages, self->trace->flow_messages + flow->first, flow->n_messages);
    }
  make_transactions (self, (const guint32 *) (gpointer) messages->data, messages->len, &table);
}

void
rungs_correlate (RungsTrace *trace, const RungsMessageKey *keys)
{
  Correlation correlation = { trace, keys };

  g_return_if_fail (RUNGS_IS_TRACE (trace));

  make_flows (trace, keys);
  list_flow_messages (trace);
  rungs_parallel_run (trace->flows->len, FLOWS_AT_ONCE, correlate_flows, &correlation);
  correlate_rest (&correlation);
}

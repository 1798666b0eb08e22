/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Where values were born and where they are used again.  See rungs-trail.h. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-knowledge.h"
#include "rungs-text.h"
#include "rungs-trail-values.h"
#include "rungs-trail.h"
#include "rungs-words.h"

#define MAX_STORED     4096 /* positions of one value that are kept; more are counted */
#define MAX_LOGINS     4    /* registrations of the same user that are asked */
#define MAX_LOGIN_SIZE 400  /* messages of such a registration */

/* One value of the flow. */
typedef struct
{
  GArray *positions; /* guint32, ascending */
  guint32 count;
} Uses;

/* A login of the same user before this flow. */
typedef struct
{
  RungsFlowFacts *facts;
  RungsTrails *trails;
} Login;

struct _RungsTrails
{
  const RungsFlowFacts *facts;
  guint64 seed;
  GHashTable *uses;  /* hash of kind and value → Uses */
  GPtrArray *logins; /* Login, or NULL until asked for */
  gboolean is_login; /* this index was made for another flow, and asks no further */
};

static void
uses_free (Uses *self)
{
  g_array_unref (self->positions);
  g_free (self);
}

static void
login_free (Login *self)
{
  rungs_trails_free (self->trails);
  rungs_flow_facts_free (self->facts);
  g_free (self);
}

static gpointer
key_of (const RungsTrails *self, RungsTrailKind kind, RungsSlice value)
{
  return GSIZE_TO_POINTER (rungs_slice_hash (value, self->seed + (guint64) kind));
}

typedef struct
{
  RungsTrails *trails;
  guint32 position;
} Indexer;

static void
index_value (RungsTrailKind kind, const char *name, RungsSlice value, gpointer data)
{
  const Indexer *indexer = data;
  RungsTrails *self = indexer->trails;
  gpointer key = key_of (self, kind, value);
  Uses *uses = g_hash_table_lookup (self->uses, key);

  if (uses == NULL)
    {
      uses = g_new0 (Uses, 1);
      uses->positions = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->uses, key, uses);
    }
  if (uses->positions->len > 0 &&
      g_array_index (uses->positions, guint32, uses->positions->len - 1) == indexer->position)
    return;
  uses->count++;
  if (uses->positions->len < MAX_STORED)
    g_array_append_val (uses->positions, indexer->position);
}

RungsTrails *
rungs_trails_new (const RungsFlowFacts *facts)
{
  g_auto (RungsSipMessage) sip = { 0 };
  RungsTrails *self;

  g_return_val_if_fail (facts != NULL, NULL);

  self = g_new0 (RungsTrails, 1);
  self->facts = facts;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->uses = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) uses_free);
  for (guint i = 0; i < facts->n_messages; i++)
    {
      Indexer indexer = { self, i };

      rungs_trace_parse (facts->trace, facts->messages[i].message, 0, &sip);
      rungs_trail_values_walk_message (&sip, index_value, &indexer);
    }
  return self;
}

void
rungs_trails_free (RungsTrails *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->uses);
  g_clear_pointer (&self->logins, g_ptr_array_unref);
  g_free (self);
}

/* The registrations of the same user that began before this flow: what a login gave away is used in all that follows it. */
static void
find_logins (RungsTrails *self)
{
  RungsTrace *trace = self->facts->trace;
  guint32 first = self->facts->messages[0].message;

  self->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) login_free);
  if (self->is_login || self->facts->info->who == 0)
    return;
  for (guint i = 0; i < rungs_trace_get_n_flows (trace) && self->logins->len < MAX_LOGINS; i++)
    {
      const RungsFlowInfo *info = rungs_trace_get_flow (trace, i);
      guint n_messages;
      const guint32 *messages = rungs_trace_get_flow_messages (trace, i, &n_messages);
      Login *login;

      if (i == self->facts->flow || info->kind != RUNGS_FLOW_REGISTRATION ||
          info->who != self->facts->info->who || n_messages > MAX_LOGIN_SIZE || messages[0] > first)
        continue;
      login = g_new0 (Login, 1);
      login->facts = rungs_flow_facts_new (trace, i);
      login->trails = rungs_trails_new (login->facts);
      login->trails->is_login = TRUE;
      g_ptr_array_add (self->logins, login);
    }
}

typedef struct
{
  RungsTrails *trails;
  guint32 position;
  GPtrArray *found; /* RungsTrail */
} Finder;

static void
trail_free (RungsTrail *self)
{
  g_free (self->value);
  g_free (self);
}

static void
name_use (RungsTrail *trail, guint32 message)
{
  if (message == trail->message || message == trail->born)
    return;
  if (trail->n_named < RUNGS_TRAIL_MAX_USES)
    trail->used[trail->n_named++] = message;
}

/* Where a login of the same user had this value first. */
static void
ask_logins (RungsTrails *self, RungsTrail *trail, RungsTrailKind kind, RungsSlice value)
{
  if (self->logins == NULL)
    find_logins (self);
  for (guint i = 0; i < self->logins->len; i++)
    {
      const Login *login = g_ptr_array_index (self->logins, i);
      const Uses *uses = g_hash_table_lookup (login->trails->uses, key_of (login->trails, kind, value));
      guint32 message;

      if (uses == NULL)
        continue;
      message = login->facts->messages[g_array_index (uses->positions, guint32, 0)].message;
      if (message < trail->born)
        trail->born = message;
    }
}

/* Replaces and its kin name another flow by its Call-ID. */
static void
ask_flow (const RungsTrails *self, RungsTrail *trail, RungsSlice call_id)
{
  RungsTrace *trace = self->facts->trace;
  guint32 flow = rungs_trace_find_flow (trace, call_id);
  guint n_messages;

  if (flow == RUNGS_NO_FLOW || flow == self->facts->flow)
    return;
  trail->born = MIN (trail->born, rungs_trace_get_flow_messages (trace, flow, &n_messages)[0]);
}

static void
find_value (RungsTrailKind kind, const char *name, RungsSlice value, gpointer data)
{
  Finder *finder = data;
  RungsTrails *self = finder->trails;
  const Uses *uses = g_hash_table_lookup (self->uses, key_of (self, kind, value));
  RungsTrail *trail;

  if (uses == NULL || finder->found->len >= RUNGS_TRAIL_MAX_VALUES)
    return;
  trail = g_new0 (RungsTrail, 1);
  trail->name = name;
  trail->value = rungs_text_display_max (value, 60);
  trail->message = self->facts->messages[finder->position].message;
  trail->born = self->facts->messages[g_array_index (uses->positions, guint32, 0)].message;
  for (guint i = 0; i < uses->positions->len && trail->n_named < RUNGS_TRAIL_MAX_USES; i++)
    name_use (trail, self->facts->messages[g_array_index (uses->positions, guint32, i)].message);
  trail->n_used = uses->count - 1 - (trail->born != trail->message);
  if (kind == RUNGS_TRAIL_CALL_ID)
    ask_flow (self, trail, value);
  else if (kind == RUNGS_TRAIL_OPAQUE || kind == RUNGS_TRAIL_URI || kind == RUNGS_TRAIL_INSTANCE)
    ask_logins (self, trail, kind, value);
  if (trail->n_used == 0 && trail->born == trail->message)
    trail_free (trail);
  else
    g_ptr_array_add (finder->found, trail);
}

GPtrArray *
rungs_trails_find (RungsTrails *self, guint position, const RungsSipHeader *header)
{
  Finder finder = { self, position, g_ptr_array_new_with_free_func ((GDestroyNotify) trail_free) };

  g_return_val_if_fail (self != NULL && header != NULL, finder.found);

  rungs_trail_values_walk_header (header, find_value, &finder);
  return finder.found;
}

char *
rungs_trail_list_numbers (const RungsTrail *self)
{
  GString *list = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (list, FALSE));

  for (guint i = 0; i < self->n_named; i++)
    {
      guint last = i;

      while (last + 1 < self->n_named && self->used[last + 1] == self->used[last] + 1)
        last++;
      if (list->len > 0)
        g_string_append (list, ", ");
      if (last >= i + 2)
        {
          /* Translators: numbers of messages, "2 to 4" */
          g_string_append_printf (list, _ ("%1$u to %2$u"), self->used[i] + 1, self->used[last] + 1);
          i = last;
        }
      else
        {
          g_string_append_printf (list, "%u", self->used[i] + 1);
        }
    }
  if (self->n_used > self->n_named)
    g_string_append (list, " …");
  return g_string_free (list, FALSE);
}

char *
rungs_trail_describe (const RungsTrail *self)
{
  g_autofree char *numbers = rungs_trail_list_numbers (self);
  g_autofree char *born = NULL;
  const char *names[] = { "name", NULL, "value", NULL, "born", NULL, "messages", NULL, NULL };
  const char *id;

  g_return_val_if_fail (self != NULL, NULL);

  born = g_strdup_printf ("%u", self->born + 1);
  names[1] = self->name;
  names[3] = self->value;
  names[5] = born;
  names[7] = numbers;
  if (self->born == self->message)
    id = self->n_used == 1 ? "trail-new-one" : "trail-new";
  else if (self->n_used == 0)
    id = "trail-old";
  else
    id = self->n_used == 1 ? "trail-old-one" : "trail-old-more";
  return rungs_template_fill (rungs_words_lookup (id), names);
}

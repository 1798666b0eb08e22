/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* "Did you mean": names at a small edit distance.  See rungs-knowledge.h. */

#include "config.h"

#include <string.h>

#include "rungs-knowledge.h"

#define MAX_SUGGESTIONS 5
#define MAX_NAME        64 /* longer words are no typing mistakes of ours */

typedef struct
{
  const char *name;
  guint distance;
} Candidate;

/* Levenshtein's distance without case, over one row. */
static guint
edit_distance (const char *a, const char *b)
{
  guint row[MAX_NAME + 1];
  gsize length = strlen (b);

  g_assert (length <= MAX_NAME);

  for (guint j = 0; j <= length; j++)
    row[j] = j;
  for (guint i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint j = 1; j <= length; j++)
        {
          guint changed = diagonal + (g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]) ? 1 : 0);

          diagonal = row[j];
          row[j] = MIN (changed, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[length];
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->distance != right->distance)
    return left->distance < right->distance ? -1 : 1;
  return g_ascii_strcasecmp (left->name, right->name);
}

static void
consider (GArray *candidates, const char *name, const char *wanted)
{
  gsize length = strlen (wanted);
  Candidate candidate = { name, 0 };

  if (name == NULL || strlen (name) > MAX_NAME)
    return;
  candidate.distance = edit_distance (wanted, name);
  if (candidate.distance > CLAMP (length / 3, 1, 3))
    {
      /* A name that was not typed to its end comes behind those that were mistyped. */
      if (length < 3 || g_ascii_strncasecmp (name, wanted, length) != 0)
        return;
      candidate.distance = 4;
    }
  g_array_append_val (candidates, candidate);
}

/* The best of @candidates, each name once. */
static void
take_best (GArray *candidates, GPtrArray *names)
{
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && names->len < MAX_SUGGESTIONS; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (names->len == 0 ||
          g_ascii_strcasecmp (g_ptr_array_index (names, names->len - 1), candidate->name) != 0)
        g_ptr_array_add (names, (gpointer) candidate->name);
    }
}

GPtrArray *
rungs_knowledge_suggest_among (const char *name, const char *const *names)
{
  GPtrArray *best = g_ptr_array_new ();
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_return_val_if_fail (name != NULL && names != NULL, best);

  for (guint i = 0; names[i] != NULL && strlen (name) <= MAX_NAME; i++)
    consider (candidates, names[i], name);
  take_best (candidates, best);
  return best;
}

GPtrArray *
rungs_knowledge_suggest (const char *name)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_return_val_if_fail (name != NULL, names);

  /* One digit away stands another code, not a better spelling. */
  if (strlen (name) > MAX_NAME || strspn (name, "0123456789") == strlen (name))
    return names;
  for (guint topic = 0; topic < RUNGS_TOPIC_REMARK; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        {
          consider (candidates, facts[i]->name, name);
          if (topic == RUNGS_TOPIC_KERBEROS_ERROR || topic == RUNGS_TOPIC_HRESULT ||
              topic == RUNGS_TOPIC_ENCTYPE)
            consider (candidates, facts[i]->phrase, name);
        }
    }
  take_best (candidates, names);
  return names;
}

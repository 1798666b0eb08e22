/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The summary of a flow: a few whole sentences in a row, each chosen by what the trace shows.
 *
 * In: the facts of a flow. Out: text.  A sentence is a template of the data and is never made of pieces; what the trace does
 * not show is said so.  Each kind of flow has a file of its own. */

#pragma once

#include "rungs-judge.h"

G_BEGIN_DECLS

typedef struct
{
  const RungsFlowFacts *facts;
  GString *text;
} RungsStory;

/** rungs_story_say: appends the sentence @id, filled in for the message at @position. */
void  rungs_story_say           (RungsStory           *self,
                                 const char           *id,
                                 guint                 position);

/** rungs_story_say_with: the same with more values; strings of WORDS are read before it returns. */
void  rungs_story_say_with      (RungsStory           *self,
                                 const char           *id,
                                 guint                 position,
                                 const RungsHitValue  *values,
                                 guint                 n_values);

/** rungs_story_tell_login: a sign-in that succeeded with the round @login, and what became of it. */
void  rungs_story_tell_login    (RungsStory           *self,
                                 const RungsRoundFact *login);

/** rungs_story_tell_call: a call, or a session for instant messages. */
void  rungs_story_tell_call     (RungsStory           *self);

/** rungs_story_tell_subscription / _messages / _other: what is no sign-in and no call. */
void  rungs_story_tell_subscription (RungsStory       *self);
void  rungs_story_tell_messages (RungsStory           *self);
void  rungs_story_tell_other    (RungsStory           *self);

/** rungs_story_find: the first principal request of @method from @position on, or RUNGS_NO_POSITION; @count (out)
 * (optional): how many there are. */
guint rungs_story_find          (const RungsFlowFacts *facts,
                                 RungsSipMethod        method,
                                 guint                *count);

/** rungs_story_words: a value of our own words, for the time of one call. */
RungsHitValue rungs_story_words (const char           *name,
                                 const char           *words);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Background notes: the Mallard pages of help/C, compiled in → blocks that the inspector shows.
 *
 * One source for Yelp and for the inspector.  Known elements: page, info, title, section, p, list, steps, item, table, note,
 * example, code, screen, em, link, key; any other element gives its text.  Nesting is limited. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_NOTE_TITLE,
  RUNGS_NOTE_HEADING, /* a section's title; @level from 1 */
  RUNGS_NOTE_PARAGRAPH,
  RUNGS_NOTE_ITEM,  /* a list item; @level is its depth, @number its number in steps, 0 for a bullet */
  RUNGS_NOTE_CODE,  /* preformatted */
  RUNGS_NOTE_ASIDE, /* a note or tip */
  RUNGS_NOTE_ROW,   /* a row of a table: @cells; @level is 1 in the head of the table */
} RungsNoteBlockKind;

/** RungsNoteBlock: @markup is Pango markup that was made here from escaped text: <b>, <i>, <tt>, <a href=…> only; links to other
 * notes are "help:ID". */
typedef struct
{
  RungsNoteBlockKind kind;
  guint level;
  guint number;
  char *markup; /* of a row: its cells, one behind the other */
  char **cells; /* markup too; NULL where there are none */
} RungsNoteBlock;

typedef struct
{
  char *id;          /* "why-401" */
  char *title;       /* plain text, translated */
  char *description; /* plain text, one line */
  GPtrArray *blocks; /* RungsNoteBlock */
} RungsNote;

/** rungs_note_load: the note @id, parsed once and kept; %NULL where there is none. (transfer none) */
const RungsNote *rungs_note_load (const char *id);

/** rungs_note_list_ids: all background notes in reading order, ended by %NULL. (transfer none) */
const char *const *rungs_note_list_ids (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The text of a filter → words, quoted strings, operators.
 *
 * A word ends at white space, a parenthesis, brace, quote, or comparison operator; "&&" and "||" end it too.  Everything
 * else belongs to it, so that URIs, addresses and "tag=…" need no quotes. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FILTER_TOKEN_END,
  RUNGS_FILTER_TOKEN_WORD,
  RUNGS_FILTER_TOKEN_STRING, /* @text is inside the quotes, escapes still in it */
  RUNGS_FILTER_TOKEN_OPEN_STRING, /* the closing quote is missing */
  RUNGS_FILTER_TOKEN_OPERATOR,    /* == != < <= > >= */
  RUNGS_FILTER_TOKEN_AND,
  RUNGS_FILTER_TOKEN_OR,
  RUNGS_FILTER_TOKEN_NOT,
  RUNGS_FILTER_TOKEN_LEFT,
  RUNGS_FILTER_TOKEN_RIGHT,
  RUNGS_FILTER_TOKEN_LEFT_BRACE,
  RUNGS_FILTER_TOKEN_RIGHT_BRACE,
} RungsFilterTokenKind;

typedef struct
{
  RungsFilterTokenKind kind;
  RungsSlice text;
  const char *start; /* the first byte, quotes included */
} RungsFilterToken;

/** rungs_filter_lexer_next: takes the next token off @rest. */
RungsFilterToken rungs_filter_lexer_next (RungsSlice *rest);

G_END_DECLS

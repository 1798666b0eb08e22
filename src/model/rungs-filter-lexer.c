/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The text of a filter → words.  See rungs-filter-lexer.h. */

#include "config.h"

#include "rungs-filter-lexer.h"

static const struct
{
  const char *text;
  RungsFilterTokenKind kind;
} signs[] = {
  /* the longer ones first */
  { "==", RUNGS_FILTER_TOKEN_OPERATOR },  { "!=", RUNGS_FILTER_TOKEN_OPERATOR },
  { "<=", RUNGS_FILTER_TOKEN_OPERATOR },  { ">=", RUNGS_FILTER_TOKEN_OPERATOR },
  { "&&", RUNGS_FILTER_TOKEN_AND },       { "||", RUNGS_FILTER_TOKEN_OR },
  { "<", RUNGS_FILTER_TOKEN_OPERATOR },   { ">", RUNGS_FILTER_TOKEN_OPERATOR },
  { "(", RUNGS_FILTER_TOKEN_LEFT },       { ")", RUNGS_FILTER_TOKEN_RIGHT },
  { "{", RUNGS_FILTER_TOKEN_LEFT_BRACE }, { "}", RUNGS_FILTER_TOKEN_RIGHT_BRACE },
};

static const struct
{
  const char *text;
  RungsFilterTokenKind kind;
} words[] = {
  { "and", RUNGS_FILTER_TOKEN_AND },     { "or", RUNGS_FILTER_TOKEN_OR },
  { "not", RUNGS_FILTER_TOKEN_NOT },     { "eq", RUNGS_FILTER_TOKEN_OPERATOR },
  { "ne", RUNGS_FILTER_TOKEN_OPERATOR }, { "lt", RUNGS_FILTER_TOKEN_OPERATOR },
  { "le", RUNGS_FILTER_TOKEN_OPERATOR }, { "gt", RUNGS_FILTER_TOKEN_OPERATOR },
  { "ge", RUNGS_FILTER_TOKEN_OPERATOR },
};

static gboolean
find_sign (RungsSlice rest, gsize *length, RungsFilterTokenKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      RungsSlice sign = rungs_slice_from_string (signs[i].text);

      if (!rungs_slice_starts_with (rest, sign))
        continue;
      *length = sign.length;
      *kind = signs[i].kind;
      return TRUE;
    }
  return FALSE;
}

static RungsFilterToken
take_string (RungsSlice *rest)
{
  RungsFilterToken token = { RUNGS_FILTER_TOKEN_OPEN_STRING, *rest, rest->data };
  gsize i = 1;

  while (i < rest->length && rest->data[i] != '"')
    i += rest->data[i] == '\\' && i + 1 < rest->length ? 2 : 1;
  if (i < rest->length)
    {
      token.kind = RUNGS_FILTER_TOKEN_STRING;
      token.text = rungs_slice_sub (*rest, 1, i - 1);
    }
  *rest = rungs_slice_skip (*rest, i + 1);
  return token;
}

static RungsFilterToken
take_word (RungsSlice *rest)
{
  RungsFilterToken token = { RUNGS_FILTER_TOKEN_WORD, RUNGS_SLICE_EMPTY, rest->data };
  RungsFilterTokenKind kind;
  gsize length;
  gsize i = 0;

  while (i < rest->length && !rungs_byte_is_space (rest->data[i]) && rest->data[i] != '"' &&
         !find_sign (rungs_slice_skip (*rest, i), &length, &kind))
    i++;
  token.text = rungs_slice_sub (*rest, 0, i);
  *rest = rungs_slice_skip (*rest, i);
  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    if (rungs_slice_equal_string (token.text, words[w].text))
      token.kind = words[w].kind;
  return token;
}

RungsFilterToken
rungs_filter_lexer_next (RungsSlice *rest)
{
  RungsFilterToken token = { RUNGS_FILTER_TOKEN_END, RUNGS_SLICE_EMPTY, NULL };
  gsize length;

  while (rest->length > 0 && rungs_byte_is_space (rest->data[0]))
    *rest = rungs_slice_skip (*rest, 1);
  token.start = rest->data;
  if (rest->length == 0)
    return token;
  if (rest->data[0] == '"')
    return take_string (rest);
  if (find_sign (*rest, &length, &token.kind))
    ;
  else if (rest->data[0] == '!')
    {
      token.kind = RUNGS_FILTER_TOKEN_NOT;
      length = 1;
    }
  else
    {
      return take_word (rest);
    }
  token.text = rungs_slice_sub (*rest, 0, length);
  *rest = rungs_slice_skip (*rest, length);
  return token;
}

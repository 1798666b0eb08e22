/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A filter: its parser.  See rungs-filter.h.
 *
 * By precedence: "or" binds least, then "and" and terms side by side, then "not".  Each function returns the index of the
 * node that it made, or NO_NODE with the error set. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rungs-error.h"
#include "rungs-filter-lexer.h"
#include "rungs-filter-private.h"

#define NO_NODE    G_MAXUINT
#define MAX_DEPTH  64
#define MAX_NODES  2000
#define MAX_LENGTH 65536

/* So that no pattern takes longer than a blink a message; PCRE's own default is a hundred times that. */
#define REGEX_LIMIT "(*LIMIT_MATCH=100000)"

typedef struct
{
  RungsFilter *filter;
  const char *text;
  RungsSlice rest;
  RungsFilterToken token;
  guint depth;
  gsize *error_offset;
  GError **error;
} Parser;

static guint parse_or (Parser *self);

static void
node_clear (gpointer data)
{
  RungsFilterNode *node = data;

  g_free (node->target.name);
  g_free (node->value);
  g_clear_pointer (&node->regex, g_regex_unref);
}

static RungsFilter *
filter_new (void)
{
  RungsFilter *self = g_new0 (RungsFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->nodes = g_array_new (FALSE, TRUE, sizeof (RungsFilterNode));
  g_array_set_clear_func (self->nodes, node_clear);
  return self;
}

/* An error at @where; @message (transfer full). */
static guint
fail (Parser *self, const char *where, char *message)
{
  if (self->error_offset != NULL)
    *self->error_offset = (gsize) g_utf8_pointer_to_offset (self->text, where);
  g_set_error_literal (self->error, RUNGS_ERROR, RUNGS_ERROR_SYNTAX, message);
  g_free (message);
  return NO_NODE;
}

static void
advance (Parser *self)
{
  self->token = rungs_filter_lexer_next (&self->rest);
}

/* Takes what @node owns. */
static guint
add_node (Parser *self, RungsFilterNode *node)
{
  if (self->filter->nodes->len >= MAX_NODES)
    {
      node_clear (node);
      return fail (self, self->token.start, g_strdup (_ ("The filter has too many terms")));
    }
  g_array_append_vals (self->filter->nodes, node, 1);
  return self->filter->nodes->len - 1;
}

static guint
add_pair (Parser *self, RungsFilterNodeKind kind, guint left, guint right)
{
  RungsFilterNode node = { .kind = kind, .left = left, .right = right };

  return right == NO_NODE ? NO_NODE : add_node (self, &node);
}

static void
set_value (RungsFilterNode *node, RungsSlice value, gboolean quoted)
{
  char *end;

  node->value = quoted ? g_new (char, value.length + 1) : rungs_slice_dup (value);
  if (quoted)
    {
      /* Only \" and \\ are escapes, so that a pattern keeps its own. */
      gsize n = 0;

      for (gsize i = 0; i < value.length; i++)
        {
          if (value.data[i] == '\\' && i + 1 < value.length &&
              (value.data[i + 1] == '"' || value.data[i + 1] == '\\'))
            i++;
          node->value[n++] = value.data[i];
        }
      node->value[n] = '\0';
    }
  node->length = strlen (node->value);
  node->number = g_ascii_strtod (node->value, &end);
  node->is_number = node->length > 0 && *end == '\0';
}

static void
fold_value (RungsFilterNode *node)
{
  for (gsize i = 0; i < node->length; i++)
    node->value[i] = g_ascii_tolower (node->value[i]);
}

/* "10.0.0.0/8", "2001:db8::1", "edge.example" → address and the bits that count. */
static gboolean
set_address (RungsFilterNode *node)
{
  RungsSlice value = rungs_slice (node->value, node->length);
  gssize slash = rungs_slice_find_char (value, 0, '/');
  RungsSlice host = slash < 0 ? value : rungs_slice_sub (value, 0, (gsize) slash);
  g_autofree char *bracketed = NULL;
  guint64 bits = 0;

  if (!rungs_address_parse (&node->address, host))
    return FALSE;
  if (node->address.kind == RUNGS_ADDRESS_NAME && rungs_slice_find_char (host, 0, ':') >= 0)
    {
      bracketed = g_strdup_printf ("[%.*s]", RUNGS_SLICE_ARGS (host));
      if (!rungs_address_parse (&node->address, rungs_slice_from_string (bracketed)))
        return FALSE;
      node->address.name = host;
    }
  node->prefix = node->address.kind == RUNGS_ADDRESS_IPV4 ? 32 : 128;
  if (slash < 0)
    return TRUE;
  if (node->address.kind == RUNGS_ADDRESS_NAME ||
      !rungs_slice_to_uint64 (rungs_slice_skip (value, (gsize) slash + 1), &bits) || bits > node->prefix)
    return FALSE;
  node->prefix = (guint) bits;
  return TRUE;
}

static gboolean
takes_number (const RungsFilterTarget *target)
{
  switch (target->field)
    {
    case RUNGS_FILTER_FIELD_STATUS:
    case RUNGS_FILTER_FIELD_CSEQ_NUMBER:
    case RUNGS_FILTER_FIELD_PORT:
    case RUNGS_FILTER_FIELD_SOURCE_PORT:
    case RUNGS_FILTER_FIELD_DESTINATION_PORT:
    case RUNGS_FILTER_FIELD_STREAM:
    case RUNGS_FILTER_FIELD_NUMBER:
    case RUNGS_FILTER_FIELD_LENGTH:
    case RUNGS_FILTER_FIELD_TIME_RELATIVE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether one of @words (ended by NULL) is @value; then @value becomes the first word of its line, behind which the
 * others stand: {"error", "problem", ""} and so on. */
static gboolean
is_word_of (RungsFilterNode *node, const char *const *words)
{
  const char *line = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        {
          line = NULL;
          continue;
        }
      if (line == NULL)
        line = words[i];
      if (strcmp (words[i], node->value) != 0)
        continue;
      g_free (node->value);
      node->value = g_strdup (line);
      node->length = strlen (line);
      return TRUE;
    }
  return FALSE;
}

/* The value of a field that knows only certain words; @where: for the error. */
static gboolean
check_words (Parser *self, RungsFilterNode *node, const char *where)
{
  static const char *const verdicts[] = { "error", "problem",  "", "warning", "", "info", "note",
                                          "",      "expected", "", "good",    "", "none", NULL };
  static const char *const kinds[] = { "registration", "register", "",      "call", "", "subscription", "",
                                       "im",           "",         "other", NULL };
  static const char *const directions[] = { "in", "incoming", "", "out", "outgoing", "", "none", NULL };
  const char *const *words = node->target.field == RUNGS_FILTER_FIELD_VERDICT     ? verdicts
                             : node->target.field == RUNGS_FILTER_FIELD_KIND      ? kinds
                             : node->target.field == RUNGS_FILTER_FIELD_DIRECTION ? directions
                                                                                  : NULL;
  const char *message = node->target.field == RUNGS_FILTER_FIELD_VERDICT
                          ? _ ("A verdict is error, warning, info, expected, good or none, not “%s”")
                        : node->target.field == RUNGS_FILTER_FIELD_KIND
                          ? _ ("A kind is registration, call, subscription, im or other, not “%s”")
                          : _ ("A direction is in, out or none, not “%s”");

  if (words == NULL)
    return TRUE;
  fold_value (node);
  if (is_word_of (node, words))
    return TRUE;
  fail (self, where, g_strdup_printf (message, node->value));
  return FALSE;
}

static gboolean
is_status_pattern (const RungsFilterNode *node)
{
  if (node->length == 0 || node->length > 3)
    return FALSE;
  for (gsize i = 0; i < node->length; i++)
    if (!g_ascii_isdigit (node->value[i]) && node->value[i] != 'x')
      return FALSE;
  return node->length == 3;
}

/* Completes @node, whose target, operator and value are set, and adds it; @where: its value in the text. */
static guint
finish_test (Parser *self, RungsFilterNode *node, const char *where)
{
  gboolean is_address = node->target.field == RUNGS_FILTER_FIELD_ADDRESS ||
                        node->target.field == RUNGS_FILTER_FIELD_SOURCE ||
                        node->target.field == RUNGS_FILTER_FIELD_DESTINATION;
  gboolean ok = TRUE;
  GError *local_error = NULL;

  if (node->operator== RUNGS_FILTER_MATCHES)
    {
      g_autofree char *pattern = g_strconcat (REGEX_LIMIT, node->value, NULL);

      node->regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, &local_error);
      if (node->regex == NULL)
        {
          fail (self,
                where,
                g_strdup_printf (_ ("The regular expression cannot be read: %s"), local_error->message));
          g_error_free (local_error);
          ok = FALSE;
        }
    }
  else if (node->operator== RUNGS_FILTER_HAS)
    {
      fold_value (node);
    }
  else if (node->operator!= RUNGS_FILTER_CONTAINS && is_address && !set_address (node))
    {
      fail (self, where, g_strdup_printf (_ ("“%s” is no address"), node->value));
      ok = FALSE;
    }
  else if (node->operator>= RUNGS_FILTER_EQUAL && node->operator<= RUNGS_FILTER_GREATER_EQUAL &&
           takes_number (&node->target) &&
           !node->is_number)
    {
      fail (self, where, g_strdup_printf (_ ("“%s” is no number"), node->value));
      ok = FALSE;
    }
  if (ok && check_words (self, node, where))
    return add_node (self, node);
  node_clear (node);
  return NO_NODE;
}

static RungsFilterOperator
read_operator (RungsSlice text)
{
  static const struct
  {
    const char *text;
    RungsFilterOperator operator;
  } operators[] = {
    { "==", RUNGS_FILTER_EQUAL },         { "eq", RUNGS_FILTER_EQUAL },
    { "!=", RUNGS_FILTER_NOT_EQUAL },     { "ne", RUNGS_FILTER_NOT_EQUAL },
    { "<=", RUNGS_FILTER_LESS_EQUAL },    { "le", RUNGS_FILTER_LESS_EQUAL },
    { ">=", RUNGS_FILTER_GREATER_EQUAL }, { "ge", RUNGS_FILTER_GREATER_EQUAL },
    { "<", RUNGS_FILTER_LESS },           { "lt", RUNGS_FILTER_LESS },
    { ">", RUNGS_FILTER_GREATER },        { "gt", RUNGS_FILTER_GREATER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (rungs_slice_equal_string (text, operators[i].text))
      return operators[i].operator;
  g_assert_not_reached ();
}

/* Takes a word or string off the text as the value of @node, and completes the node, which it takes over. */
static guint
parse_value (Parser *self, RungsFilterNode *node, RungsSlice operator)
{
  RungsFilterToken value = self->token;
  gboolean word = value.kind == RUNGS_FILTER_TOKEN_WORD ||
                  ((value.kind == RUNGS_FILTER_TOKEN_AND || value.kind == RUNGS_FILTER_TOKEN_OR ||
                    value.kind == RUNGS_FILTER_TOKEN_NOT) &&
                   g_ascii_isalpha (*value.start));

  if (value.kind != RUNGS_FILTER_TOKEN_STRING && !word)
    {
      node_clear (node);
      if (value.kind == RUNGS_FILTER_TOKEN_OPEN_STRING)
        return fail (self, value.start, g_strdup (_ ("This quotation mark is not closed")));
      return fail (self,
                   value.start,
                   g_strdup_printf (_ ("A value is missing behind “%.*s”"), RUNGS_SLICE_ARGS (operator)));
    }
  set_value (node, value.text, value.kind == RUNGS_FILTER_TOKEN_STRING);
  advance (self);
  return finish_test (self, node, value.start);
}

/* "{a, b c}": any of them. @target is copied for each. */
static guint
parse_set (Parser *self, const RungsFilterTarget *target)
{
  guint set = NO_NODE;

  if (self->token.kind != RUNGS_FILTER_TOKEN_LEFT_BRACE)
    return fail (self, self->token.start, g_strdup (_ ("“in” wants a list in braces: {a, b}")));
  for (advance (self); self->token.kind != RUNGS_FILTER_TOKEN_RIGHT_BRACE;)
    {
      RungsFilterNode node = {
        .kind = RUNGS_FILTER_NODE_TEST, .target = *target, .operator= RUNGS_FILTER_EQUAL };
      guint member;

      while (self->token.kind == RUNGS_FILTER_TOKEN_WORD && self->token.text.length > 0 &&
             self->token.text.data[self->token.text.length - 1] == ',')
        self->token.text.length--;
      if (self->token.kind == RUNGS_FILTER_TOKEN_WORD && self->token.text.length == 0)
        {
          advance (self);
          continue;
        }
      if (self->token.kind == RUNGS_FILTER_TOKEN_END)
        return fail (self, self->token.start, g_strdup (_ ("The list is not closed with “}”")));
      node.target.name = g_strdup (target->name);
      member = parse_value (self, &node, RUNGS_SLICE_LITERAL ("{"));
      if (member == NO_NODE)
        return NO_NODE;
      set = set == NO_NODE ? member : add_pair (self, RUNGS_FILTER_NODE_OR, set, member);
    }
  if (set == NO_NODE)
    return fail (self, self->token.start, g_strdup (_ ("The list is empty")));
  advance (self);
  return set;
}

/* A field by Wireshark's name, perhaps with a comparison. @target is taken over. */
static guint
parse_comparison (Parser *self, RungsFilterTarget *target)
{
  RungsFilterNode node = {
    .kind = RUNGS_FILTER_NODE_TEST, .target = *target, .operator= RUNGS_FILTER_EXISTS };
  RungsFilterToken token = self->token;

  if (token.kind == RUNGS_FILTER_TOKEN_OPERATOR)
    node.operator= read_operator (token.text);
  else if (token.kind != RUNGS_FILTER_TOKEN_WORD)
    return add_node (self, &node);
  else if (rungs_slice_equal_string (token.text, "contains"))
    node.operator= RUNGS_FILTER_CONTAINS;
  else if (rungs_slice_equal_string (token.text, "matches") || rungs_slice_equal_string (token.text, "~"))
    node.operator= RUNGS_FILTER_MATCHES;
  else if (rungs_slice_equal_string (token.text, "in"))
    {
      guint set;

      advance (self);
      set = parse_set (self, target);
      node_clear (&node);
      return set;
    }
  else
    return add_node (self, &node);
  advance (self);
  return parse_value (self, &node, token.text);
}

/* "key:value"; the value may be empty here and follow in quotes or behind an operator. @target is taken over. */
static guint
parse_key (Parser *self, RungsFilterTarget *target, RungsFilterToken word, gsize colon)
{
  RungsFilterNode node = { .kind = RUNGS_FILTER_NODE_TEST, .target = *target, .operator= RUNGS_FILTER_HAS };
  RungsSlice value = rungs_slice_skip (word.text, colon + 1);
  gboolean adjacent = self->token.start == rungs_slice_end (word.text);

  if (target->field == RUNGS_FILTER_FIELD_METHOD || target->field == RUNGS_FILTER_FIELD_DIRECTION ||
      target->field == RUNGS_FILTER_FIELD_VERDICT || target->field == RUNGS_FILTER_FIELD_KIND ||
      target->field == RUNGS_FILTER_FIELD_TRANSPORT || takes_number (target))
    node.operator= RUNGS_FILTER_EQUAL;
  if (value.length == 0 && adjacent && self->token.kind == RUNGS_FILTER_TOKEN_OPERATOR &&
      takes_number (target))
    {
      RungsSlice operator= self->token.text;

      node.operator= read_operator (operator);
      advance (self);
      return parse_value (self, &node, operator);
    }
  if (value.length == 0 && adjacent &&
      (self->token.kind == RUNGS_FILTER_TOKEN_STRING || self->token.kind == RUNGS_FILTER_TOKEN_OPEN_STRING))
    return parse_value (self, &node, word.text);
  if (value.length == 0)
    {
      node_clear (&node);
      return fail (self,
                   rungs_slice_end (word.text),
                   g_strdup_printf (_ ("A value is missing behind “%.*s”"), RUNGS_SLICE_ARGS (word.text)));
    }
  set_value (&node, value, FALSE);
  if (target->field == RUNGS_FILTER_FIELD_STATUS)
    {
      fold_value (&node);
      if (is_status_pattern (&node))
        node.operator= RUNGS_FILTER_PATTERN;
    }
  return finish_test (self, &node, value.data);
}

/* A word that is no field and no key is searched in the whole message. */
static guint
parse_term (Parser *self)
{
  RungsFilterToken word = self->token;
  RungsFilterNode plain = { .kind = RUNGS_FILTER_NODE_TEST, .operator= RUNGS_FILTER_HAS };
  RungsFilterTarget target;
  gssize colon;

  advance (self);
  if (word.kind == RUNGS_FILTER_TOKEN_WORD)
    {
      if (rungs_filter_target_from_name (&target, word.text))
        return parse_comparison (self, &target);
      colon = rungs_slice_find_char (word.text, 0, ':');
      if (colon > 0 && rungs_filter_target_from_key (&target, rungs_slice_sub (word.text, 0, (gsize) colon)))
        return parse_key (self, &target, word, (gsize) colon);
      if (self->token.kind == RUNGS_FILTER_TOKEN_OPERATOR)
        return fail (self,
                     word.start,
                     g_strdup_printf (_ ("There is no field “%.*s”"), RUNGS_SLICE_ARGS (word.text)));
    }
  plain.target.field = RUNGS_FILTER_FIELD_BYTES;
  set_value (&plain, word.text, word.kind == RUNGS_FILTER_TOKEN_STRING);
  return finish_test (self, &plain, word.start);
}

static guint
parse_unary (Parser *self)
{
  RungsFilterToken token = self->token;
  guint node = NO_NODE;

  if (++self->depth > MAX_DEPTH)
    return fail (self, token.start, g_strdup (_ ("The filter is nested too deep")));
  switch (token.kind)
    {
    case RUNGS_FILTER_TOKEN_NOT:
      advance (self);
      node = parse_unary (self);
      node = add_pair (self, RUNGS_FILTER_NODE_NOT, node, node);
      break;
    case RUNGS_FILTER_TOKEN_LEFT:
      advance (self);
      node = parse_or (self);
      if (node == NO_NODE)
        break;
      if (self->token.kind != RUNGS_FILTER_TOKEN_RIGHT)
        return fail (self, token.start, g_strdup (_ ("This parenthesis is not closed")));
      advance (self);
      break;
    case RUNGS_FILTER_TOKEN_WORD:
    case RUNGS_FILTER_TOKEN_STRING:
      node = parse_term (self);
      break;
    case RUNGS_FILTER_TOKEN_OPEN_STRING:
      return fail (self, token.start, g_strdup (_ ("This quotation mark is not closed")));
    case RUNGS_FILTER_TOKEN_END:
      return fail (self, token.start, g_strdup (_ ("The filter ends where a term is missing")));
    default:
      return fail (self,
                   token.start,
                   g_strdup_printf (_ ("A term is missing before “%.*s”"), RUNGS_SLICE_ARGS (token.text)));
    }
  self->depth--;
  return node;
}

static guint
parse_and (Parser *self)
{
  guint node = parse_unary (self);

  while (node != NO_NODE)
    {
      if (self->token.kind == RUNGS_FILTER_TOKEN_AND)
        advance (self);
      else if (self->token.kind != RUNGS_FILTER_TOKEN_WORD && self->token.kind != RUNGS_FILTER_TOKEN_STRING &&
               self->token.kind != RUNGS_FILTER_TOKEN_OPEN_STRING &&
               self->token.kind != RUNGS_FILTER_TOKEN_NOT && self->token.kind != RUNGS_FILTER_TOKEN_LEFT)
        break;
      node = add_pair (self, RUNGS_FILTER_NODE_AND, node, parse_unary (self));
    }
  return node;
}

static guint
parse_or (Parser *self)
{
  guint node = parse_and (self);

  while (node != NO_NODE && self->token.kind == RUNGS_FILTER_TOKEN_OR)
    {
      advance (self);
      node = add_pair (self, RUNGS_FILTER_NODE_OR, node, parse_and (self));
    }
  return node;
}

RungsFilter *
rungs_filter_parse (const char *text, gsize *error_offset, GError **error)
{
  g_autoptr (RungsFilter) filter = filter_new ();
  Parser parser = { .filter = filter, .text = text, .error_offset = error_offset, .error = error };
  const char *end;
  RungsFilterNode all = { .kind = RUNGS_FILTER_NODE_ALL };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parser.rest = rungs_slice_from_string (text);
  if (!g_utf8_validate (text, -1, &end))
    {
      fail (&parser, end, g_strdup (_ ("The filter is not valid UTF-8")));
      return NULL;
    }
  if (parser.rest.length > MAX_LENGTH)
    {
      fail (&parser, text, g_strdup (_ ("The filter is too long")));
      return NULL;
    }
  advance (&parser);
  filter->root = parser.token.kind == RUNGS_FILTER_TOKEN_END ? add_node (&parser, &all) : parse_or (&parser);
  if (filter->root == NO_NODE)
    return NULL;
  if (parser.token.kind != RUNGS_FILTER_TOKEN_END)
    {
      fail (&parser,
            parser.token.start,
            g_strdup_printf (_ ("“%.*s” does not belong here"), RUNGS_SLICE_ARGS (parser.token.text)));
      return NULL;
    }
  return g_steal_pointer (&filter);
}

RungsFilter *
rungs_filter_ref (RungsFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rungs_filter_unref (RungsFilter *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->nodes);
  g_free (self);
}

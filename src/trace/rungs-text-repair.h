/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What mails and web pages did to a text: found and undone for the whole of it.
 *
 *   From: &lt;sip:alice@example.org&gt;;tag=1<br>        a page that was saved: entities, tags
 *   From: <sip:alice@example.org>;tag=3D1;x=             a mail as it was sent: quoted-printable (RFC 2045, 6.7)
 *   From: “Alice” <sip:alice@example.org>                a word processor: quote marks, hyphens and blanks of its own
 *
 *   ␛[32mFrom: <sip:alice@example.org>;tag=1␛[0m         a terminal: colours
 *   From: <sip:alice@example.org>;tag=1#015              rsyslog, editors ("^M"): codes of what cannot be printed, at the ends of lines
 *   {"log":"From: <sip:alice@example.org>;tag=1\r\n"}    a log of JSON (rungs-text-json-lines.h)
 *
 * A header line must show it: the body of a good message may hold any of these. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TEXT_DAMAGE_NONE,
  RUNGS_TEXT_DAMAGE_HTML,
  RUNGS_TEXT_DAMAGE_QUOTED_PRINTABLE,
  RUNGS_TEXT_DAMAGE_TYPOGRAPHY,
  RUNGS_TEXT_DAMAGE_COLOURS,
  RUNGS_TEXT_DAMAGE_CODES,
  RUNGS_TEXT_DAMAGE_JSON_LINES,
  RUNGS_TEXT_N_DAMAGES
} RungsTextDamage;

/** RungsTextCheckpoint: the byte @text of the repaired text stood at @input; up to the next one both count alike. */
typedef struct
{
  gsize text;
  guint64 input;
} RungsTextCheckpoint;

/** rungs_text_repair_find: what was done to @text, judged by its beginning. */
RungsTextDamage rungs_text_repair_find (RungsSlice       text);

/** rungs_text_damage_is_final: whether what was done is done to a whole text, a mail or page: no log grows so. */
static inline gboolean
rungs_text_damage_is_final (RungsTextDamage self)
{
  return self == RUNGS_TEXT_DAMAGE_HTML || self == RUNGS_TEXT_DAMAGE_QUOTED_PRINTABLE ||
         self == RUNGS_TEXT_DAMAGE_TYPOGRAPHY;
}

/** rungs_text_repair: undoes @damage: @text begins a line of what was wrapped, or goes on with one. Writes at most
 * @text.length bytes to @out, and RungsTextCheckpoint to @checkpoints. Returns: how many bytes */
gsize           rungs_text_repair      (RungsTextDamage  damage,
                                        RungsSlice       text,
                                        gboolean         begins_line,
                                        char            *out,
                                        GArray          *checkpoints);

G_END_DECLS

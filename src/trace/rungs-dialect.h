/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The small interface of a text format: whose line is this, and what does the record say that it begins?
 *
 * One reader walks the lines of every text once and asks, line by line, the dialects whose first bytes fit.  So a file
 * that mixes formats is read whole, and a new format is one file with one RungsDialect and one line in
 * rungs-dialect.c.  A dialect claims its log lines as well as its records: then they count as such, and end the text
 * of a record before. */

#pragma once

#include "rungs-text-frame.h"

G_BEGIN_DECLS

/**
 * RungsDialect:
 * @reader: id, name and probe; its read is rungs_dialect_read() for every dialect
 * @first_bytes: the bytes that a claimed line can begin with
 * @state_size: how much memory the dialect needs for one input, 0 for none
 * @claims: whether the line at @offset is the dialect's. Cheap, because it is asked for most lines, and bounded: it may
 *   look at a few lines more
 * @parse: the line at @offset is claimed: accounts for it and for what belongs to it, hands over its records. Returns:
 *   the offset of the first line behind, at least that of the next line
 * @frame_bytes: (nullable): the bytes that a frame can begin with
 * @read_frame: (nullable): for a log that only sets a line in front of each message (rungs-text-frame.h): whether @text
 *   is such a line, and what it says; @text is a line without what a logger set before it. The dialect needs neither
 *   @first_bytes nor @claims nor @parse then: rungs-dialect-log.c does it all
 * @finish: (nullable): the text has ended: hands over what was held back, frees what @state points to
 */
struct _RungsDialect
{
  RungsReader reader;
  const char *first_bytes;
  gsize state_size;
  gboolean (*claims) (RungsTextWalk *walk, gsize offset, RungsSlice line);
  gsize (*parse) (RungsTextWalk *walk, gsize offset, RungsSlice line);
  void (*finish) (RungsTextWalk *walk, gpointer state);
  const char *frame_bytes;
  gboolean (*read_frame) (RungsTextWalk *walk, RungsSlice text, RungsTextFrame *frame);
};

extern const RungsDialect rungs_dialect_ocs;
extern const RungsDialect rungs_dialect_uccapi;
extern const RungsDialect rungs_dialect_sipe;
extern const RungsDialect rungs_dialect_acme;
extern const RungsDialect rungs_dialect_asterisk;
extern const RungsDialect rungs_dialect_baresip;
extern const RungsDialect rungs_dialect_belle_sip;
extern const RungsDialect rungs_dialect_cisco;
extern const RungsDialect rungs_dialect_ngrep;
extern const RungsDialect rungs_dialect_ngrep_folded;
extern const RungsDialect rungs_dialect_hex_dump;
extern const RungsDialect rungs_dialect_tcpdump;
extern const RungsDialect rungs_dialect_dissection;
extern const RungsDialect rungs_dialect_follow;
extern const RungsDialect rungs_dialect_jain;
extern const RungsDialect rungs_dialect_json;
extern const RungsDialect rungs_dialect_pjsip;
extern const RungsDialect rungs_dialect_sipdump;
extern const RungsDialect rungs_dialect_sipp;
extern const RungsDialect rungs_dialect_sipp_short;
extern const RungsDialect rungs_dialect_sofia;
extern const RungsDialect rungs_dialect_syslog;
extern const RungsDialect rungs_dialect_twinkle;
extern const RungsDialect rungs_dialect_expressway;
extern const RungsDialect rungs_dialect_log;
extern const RungsDialect rungs_dialect_plain;

/** rungs_dialect_log_claims_inside: whether a frame or message begins in @line, whatever byte the line begins with. */
gboolean rungs_dialect_log_claims_inside (RungsTextWalk    *walk,
                                          gsize             offset,
                                          RungsSlice        line);

/** rungs_dialects_list: all dialects, ended by %NULL; the first that claims a line gets it. */
const RungsDialect *const *rungs_dialects_list (void);

/** rungs_dialects_count: how many they are. */
gsize    rungs_dialects_count    (void);

/** rungs_dialect_probe_marks: for @probe: how sure the marks of a format in @head make, from 0 to 90. Each of the
 * @marks, ended by %NULL, counts as often as it occurs. */
int      rungs_dialect_probe_marks (RungsSlice         head,
                                    const char *const *marks);

/** rungs_dialect_read: the read of every dialect's reader. */
gboolean rungs_dialect_read      (RungsSlice           bytes,
                                  RungsArena          *arena,
                                  RungsSink           *sink,
                                  GError             **error);

G_END_DECLS

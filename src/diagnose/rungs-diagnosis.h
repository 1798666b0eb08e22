/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What Rungs has to say about one flow: findings, and for each message verdict, caption, label and badges.
 *
 * In: a flow of a trace. Out: verdicts, made with the diagnosis, and words, made when somebody asks.  Reference-counted;
 * used by one thread at a time.
 * The decisive question for a 401: had the request complete credentials?  The expected wins over info, and an error over all:
 * the verdict of a message is its leading finding. */

#pragma once

#include "rungs-finding.h"
#include "rungs-token.h"
#include "rungs-trace.h"
#include "rungs-trail.h"

G_BEGIN_DECLS

/** RungsStatement: what is said about one message. */
typedef struct
{
  guint message;               /* index into the trace */
  RungsSeverity severity;      /* of the leading finding, NONE: not judged */
  const RungsFinding *finding; /* the leading one, or NULL */
  char *caption;               /* one sentence, display text, translated; never NULL */
  char *label;                 /* the rung's label: "REGISTER contoso.example", "401 Unauthorized"; display text */
  char *badge;                 /* "NTLM CHALLENGE", "no credentials", "SDP", "RemoteUser"; display text, or NULL */
  RungsTokenKind token;        /* in its gssapi-data */
  guint repeats;               /* retransmissions of this message that follow, for the badge ↻n */
} RungsStatement;

typedef struct _RungsDiagnosis RungsDiagnosis;

/** rungs_diagnosis_new: judges @flow. (transfer full) */
RungsDiagnosis       *rungs_diagnosis_new            (RungsTrace     *trace,
                                                      guint           flow);
RungsDiagnosis       *rungs_diagnosis_ref            (RungsDiagnosis *self);
void                  rungs_diagnosis_unref          (RungsDiagnosis *self);

/** rungs_diagnosis_get_statement: what is said about @message, which must be of the flow. O(log n). */
const RungsStatement *rungs_diagnosis_get_statement  (RungsDiagnosis *self,
                                                      guint           message);

/** rungs_diagnosis_get_findings: all findings, by message and then severity; RungsFinding. (transfer none) */
GPtrArray            *rungs_diagnosis_get_findings   (RungsDiagnosis *self);

/** rungs_diagnosis_get_severity: GOOD for a flow that succeeded without warnings, otherwise that of the worst finding
 * (WARNING, ERROR), INFO for open ends, NONE where nothing was judged. */
RungsSeverity         rungs_diagnosis_get_severity   (RungsDiagnosis *self);

/** rungs_diagnosis_get_title: "Registered with NTLM", "Sign-in refused", "Call, 12 s": for the flow list. */
const char           *rungs_diagnosis_get_title      (RungsDiagnosis *self);

/** rungs_diagnosis_get_summary: one or two sentences on the whole flow; "" where there is nothing to say. */
const char           *rungs_diagnosis_get_summary    (RungsDiagnosis *self);

/** rungs_diagnosis_get_summary_finding: the SUM- finding behind the summary, or %NULL. */
const RungsFinding   *rungs_diagnosis_get_summary_finding (RungsDiagnosis *self);

/**
 * rungs_diagnosis_explain_header:
 * @message: of the flow
 * @name: a header name
 * @occurrence: 0 for the first header of that name in the message
 *
 * Returns: (transfer full) (nullable): what the header means *here* ("The same as in messages 1 to 4."), or %NULL where
 *   there is nothing beyond its general explanation
 */
char                 *rungs_diagnosis_explain_header (RungsDiagnosis *self,
                                                      guint           message,
                                                      const char     *name,
                                                      guint           occurrence);

/** rungs_diagnosis_header_matters: whether the header is new, changed or named by a finding in @message: shown first. */
gboolean              rungs_diagnosis_header_matters (RungsDiagnosis *self,
                                                      guint           message,
                                                      const char     *name);

/** rungs_diagnosis_list_notes: the background notes that fit the flow, ended by %NULL. (transfer container) */
const char          **rungs_diagnosis_list_notes     (RungsDiagnosis *self);

typedef enum
{
  RUNGS_HEADER_FIRST,   /* no message before it on this hop in this direction */
  RUNGS_HEADER_NEW,     /* the message before it has no such header */
  RUNGS_HEADER_SAME,
  RUNGS_HEADER_CHANGED,
} RungsHeaderChange;

/** rungs_diagnosis_compare_header: what the @occurrence-th header @name of @message is to that of the message of the same kind
 * before it on the same hop; @since (out): that message, RUNGS_NO_MESSAGE for FIRST. */
RungsHeaderChange     rungs_diagnosis_compare_header (RungsDiagnosis *self,
                                                      guint           message,
                                                      const char     *name,
                                                      guint           occurrence,
                                                      guint          *since);

/** rungs_diagnosis_prepare: makes all that has to look at the whole flow: words of findings, title, summary, the index of values. For
 * a worker that hands @self over afterwards. */
void                  rungs_diagnosis_prepare        (RungsDiagnosis *self);

/** rungs_diagnosis_get_trails: where the values of a header were born and are used again; RungsTrail. (transfer full) */
GPtrArray            *rungs_diagnosis_get_trails     (RungsDiagnosis *self,
                                                      guint           message,
                                                      const char     *name,
                                                      guint           occurrence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsDiagnosis, rungs_diagnosis_unref)

G_END_DECLS

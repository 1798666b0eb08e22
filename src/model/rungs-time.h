/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Times of a trace → text, always labelled: as captured, in local time, or UTC. */

#pragma once

#include "rungs-trace.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_CLOCK_LOCAL, /* this computer's zone; where the file's zone is unknown: its own clock, as it is */
  RUNGS_CLOCK_UTC,   /* UTC; where the zone is unknown: its own clock, as it is */
} RungsClock;

typedef enum
{
  RUNGS_TIME_ABSOLUTE,       /* 09:14:02.118 */
  RUNGS_TIME_SINCE_START,    /* +0.000 */
  RUNGS_TIME_SINCE_PREVIOUS, /* +0.011 */
} RungsTimeStyle;

/** rungs_time_format: the time of @message as "HH:MM:SS.mmm" (or "+S.mmm" against @reference, µs, for the other
 * styles); "" where it has none. (transfer full) */
char *rungs_time_format        (RungsTrace     *trace,
                                guint           message,
                                RungsClock      clock,
                                RungsTimeStyle  style,
                                gint64          reference);

/** rungs_time_format_full: "2026-03-17 09:14:02.118 UTC", with the label of the clock. (transfer full) */
char *rungs_time_format_full   (RungsTrace     *trace,
                                guint           message,
                                RungsClock      clock);

/** rungs_time_format_kerberos / rungs_time_format_kerberos_full: the same for a Kerberos message. (transfer full) */
char *rungs_time_format_kerberos (RungsTrace   *trace,
                                  guint         kerberos,
                                  RungsClock    clock,
                                  RungsTimeStyle style,
                                  gint64        reference);
char *rungs_time_format_kerberos_full (RungsTrace *trace,
                                       guint       kerberos,
                                       RungsClock  clock);

/** rungs_time_describe_clock: what the times mean: "local time (CET)", "UTC", "the client's clock; the log states no time
 * zone". Translated. (transfer full) */
char *rungs_time_describe_clock (RungsTrace    *trace,
                                 RungsClock     clock);

/** rungs_time_format_duration: "0.4 s", "12 ms", "3 min 20 s". µs in. (transfer full) */
char *rungs_time_format_duration (gint64        duration);

G_END_DECLS

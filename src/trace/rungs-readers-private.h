/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The readers that rungs-readers.c lists: one declaration a binary format.
 *
 * Text formats are not named here: they are the dialects of rungs-dialect.h, which share one reader. */

#pragma once

#include "rungs-reader.h"

G_BEGIN_DECLS

extern const RungsReader rungs_reader_hep;
extern const RungsReader rungs_reader_pcap;
extern const RungsReader rungs_reader_pcapng;
extern const RungsReader rungs_reader_snoop;
extern const RungsReader rungs_reader_netmon;

G_END_DECLS

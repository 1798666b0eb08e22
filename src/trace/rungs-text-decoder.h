/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Texts saved as UTF-16 (PowerShell, Notepad), mails and web pages → UTF-8, and offsets in it → offsets in the file.
 *
 * A byte order mark at the front decides, or zeros in every second byte; lone surrogates become U+FFFD.  Mails and pages are
 * repaired (rungs-text-repair.h).  Every other text stays as it is, and its offsets map to themselves.  Back-mapping
 * needs one number for each 4 KiB of the UTF-8, or for each repair.  An input that grows is decoded as it does; the
 * UTF-8 stays where it is. */

#pragma once

#include "rungs-arena.h"
#include "rungs-text-repair.h"

G_BEGIN_DECLS

/** RUNGS_TEXT_DECODER_SAMPLE: by how many bytes the encoding is known. */
#define RUNGS_TEXT_DECODER_SAMPLE 32

typedef struct
{
  RungsSlice text;    /* what to read: a part of the input, or in the arena */
  gsize start;        /* bytes of the byte order mark */
  gsize end;          /* where the text ends in the input: a byte early where half a UTF-16 unit is left */
  gsize input_length;
  gboolean decoded;   /* the text lies in the arena */
  gboolean big_endian;
  gboolean repaired;  /* not from UTF-16, but as rungs-text-repair.h says */
  RungsTextDamage damage;
  char *out;          /* where it does, and how much room is there */
  gsize room;
  GArray *checkpoints; /* RungsTextCheckpoint: one for each 4 KiB of the text, or one behind each repair */
} RungsTextDecoder;

void    rungs_text_decoder_init  (RungsTextDecoder       *self,
                                  RungsSlice              input,
                                  RungsArena             *arena);

/** rungs_text_decoder_init_growing: the same for an input that grows: half a character or, where it is
 * repaired, half a line at its end is left for later. Only what is there at first tells whether it must be. */
void    rungs_text_decoder_init_growing (RungsTextDecoder *self,
                                         RungsSlice        input,
                                         RungsArena       *arena);

/** rungs_text_decoder_grow: @input is longer than before; or it is not, and with @is_last no more will come. */
void    rungs_text_decoder_grow  (RungsTextDecoder       *self,
                                  RungsSlice              input,
                                  gboolean                is_last);
void    rungs_text_decoder_clear (RungsTextDecoder       *self);

/** rungs_text_decoder_map: where the byte @offset of the text, or its end, stood in the input. */
guint64 rungs_text_decoder_map   (const RungsTextDecoder *self,
                                  gsize                   offset);

/** rungs_text_decoder_map_start: the same for a byte with which something begins: behind what was taken away before it. */
guint64 rungs_text_decoder_map_start (const RungsTextDecoder *self,
                                      gsize                   offset);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsTextDecoder, rungs_text_decoder_clear)

G_END_DECLS

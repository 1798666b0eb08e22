/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A byte stream in single bytes, in pieces of the size that the first byte says, and whole: where no byte is lost of the single ones, the
 * same messages come out, if as much can be told of what is spoken: that is judged by the first piece. */

#include "config.h"

#include <stdint.h>

#include "account.h"
#include "rungs-reassembly-stream.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Returns: what was spoken, a #RungsReassemblyProtocol */
static guint
read_in_pieces (Account *account, RungsArena *arena, gsize step)
{
  RungsPcapLedger ledger;
  RungsPcapPayload payload;
  RungsForeignStream *tls = NULL;
  RungsReassemblyStream stream = { 0 };
  RungsReassemblyContext context = { .capture = account->input,
                                     .arena = arena,
                                     .ledger = &ledger,
                                     .payload = &payload,
                                     .scratch = g_byte_array_new (),
                                     .tls = &tls };
  guint protocol;

  rungs_pcap_ledger_init (&ledger, &account->sink);
  rungs_pcap_payload_init (&payload, arena, &account->sink);
  context.record.transport = RUNGS_TRANSPORT_TCP;
  rungs_reassembly_stream_start (&stream, 1);
  for (gsize at = 0; at < account->input.length; at += step)
    {
      RungsSlice piece = rungs_slice_sub (account->input, at, step);

      rungs_reassembly_stream_push (&stream,
                                    &context,
                                    (RungsReassemblyPiece){
                                      piece, { at, piece.length }, (gint64) at, (guint32) at + 1, 0, FALSE });
    }
  rungs_reassembly_stream_flush (&stream, &context);
  protocol = stream.protocol;
  rungs_reassembly_stream_clear (&stream);
  rungs_pcap_ledger_flush (&ledger);
  rungs_pcap_payload_clear (&payload);
  rungs_reassembly_context_clear (&context);
  g_free (tls);
  account_check (account);
  return protocol;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice_skip (rungs_slice ((const char *) data, size), 1);
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  gsize steps[] = { 1, MAX (size > 0 ? data[0] : 0, 1), MAX (bytes.length, 1) };
  g_auto (Account) single;
  guint spoken;

  account_init (&single, bytes);
  single.in_place = TRUE;
  spoken = read_in_pieces (&single, arena, steps[0]);
  for (guint i = 1; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (Account) account;

      account_init (&account, bytes);
      account.in_place = TRUE;
      if (read_in_pieces (&account, arena, steps[i]) == spoken && single.n_lost == 0)
        g_assert (g_string_equal (account.messages, single.messages));
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Any bytes as a session description: what is read lies inside of them, and a medium has at most what it says. */

#include "config.h"

#include <stdint.h>

#include "rungs-sip-sdp.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_inside (RungsSlice part, RungsSlice whole)
{
  g_assert (part.length == 0 ||
            (part.data >= whole.data && rungs_slice_end (part) <= rungs_slice_end (whole)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RungsSlice bytes = rungs_slice ((const char *) data, size);
  RungsSlice text = rungs_sdp_find (bytes);
  RungsSdp sdp;

  check_inside (text, bytes);
  rungs_sdp_parse (&sdp, bytes);
  g_assert (sdp.n_media <= RUNGS_SDP_MAX_MEDIA);
  for (guint i = 0; i < sdp.n_media; i++)
    {
      check_inside (sdp.media[i].line, bytes);
      check_inside (sdp.media[i].formats, bytes);
      check_inside (sdp.media[i].address, bytes);
      check_inside (sdp.media[i].attributes, bytes);
      rungs_sdp_media_get_codec (&sdp.media[i], sdp.media[i].formats);
      g_assert (!rungs_sdp_media_is_secured (&sdp.media[i]) || rungs_sdp_media_is_rtp (&sdp.media[i]));
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A session description: who wants to hear what, where, and in which codec (RFC 8866; RFC 3264 for what it means).
 *
 * In: a body, application/sdp alone or as a part of a multipart one. Out: the media, in order, with what the session's head gives
 * all of them already filled in.  Borrowed slices; one pass over the lines; never fails: what cannot be read stays empty. */

#pragma once

#include "rungs-slice.h"

G_BEGIN_DECLS

/** RUNGS_SDP_MAX_MEDIA: what stands behind them is not read. */
#define RUNGS_SDP_MAX_MEDIA 16

typedef enum
{
  RUNGS_SDP_SENDRECV,
  RUNGS_SDP_SENDONLY,
  RUNGS_SDP_RECVONLY,
  RUNGS_SDP_INACTIVE,
} RungsSdpDirection;

/** RungsSdpMedia: one m= line and what belongs to it. */
typedef struct
{
  RungsSlice line;       /* behind "m=" */
  RungsSlice kind;       /* "audio" */
  RungsSlice protocol;   /* "RTP/AVP" */
  RungsSlice formats;    /* "0 8 101" */
  RungsSlice attributes; /* the lines that follow, up to the next m= */
  RungsSlice address;    /* of c=, its own or the session's: "192.0.2.1"; empty: none */
  guint16 port;          /* 0: refused or switched off */
  guint8 direction;      /* RungsSdpDirection */
  gboolean keyed;        /* a=crypto or a=fingerprint is there */
} RungsSdpMedia;

typedef struct
{
  RungsSdpMedia media[RUNGS_SDP_MAX_MEDIA];
  guint n_media;
  gboolean ice; /* candidates, so that the addresses of c= are only one way of several (RFC 8839) */
} RungsSdp;

/** rungs_sdp_find: the session description in @body: all of it, or the part of a multipart body; empty where there is none. */
RungsSlice rungs_sdp_find            (RungsSlice           body);

/** rungs_sdp_parse: Returns: whether there is any m= line */
gboolean   rungs_sdp_parse           (RungsSdp            *self,
                                      RungsSlice           text);

/** rungs_sdp_media_get_codec: the name behind @format ("8" → "PCMA/8000"): what a=rtpmap says, or RFC 3551; empty where neither
 * does. */
RungsSlice rungs_sdp_media_get_codec (const RungsSdpMedia *self,
                                      RungsSlice           format);

/** rungs_sdp_media_is_rtp: whether the medium runs over RTP, secured or not. */
gboolean   rungs_sdp_media_is_rtp    (const RungsSdpMedia *self);

/** rungs_sdp_media_is_secured: whether it asks for SRTP (RTP/SAVP, RTP/SAVPF and their kin). */
gboolean   rungs_sdp_media_is_secured (const RungsSdpMedia *self);

G_END_DECLS

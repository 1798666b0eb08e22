/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* A session description → its media.  See rungs-sip-sdp.h. */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-sdp.h"

/* How many formats and attributes of one medium are looked through for a codec's name. */
#define MAX_ATTRIBUTES 256

/* Lines of "a=…" that say which way media runs. */
static const struct
{
  const char *name;
  RungsSdpDirection direction;
} directions[] = {
  { "sendrecv", RUNGS_SDP_SENDRECV },
  { "sendonly", RUNGS_SDP_SENDONLY },
  { "recvonly", RUNGS_SDP_RECVONLY },
  { "inactive", RUNGS_SDP_INACTIVE },
};

/* The payload types that have a codec without a=rtpmap (RFC 3551, 6). */
static const struct
{
  const char *format;
  const char *codec;
} static_codecs[] = {
  { "0", "PCMU/8000" },    { "3", "GSM/8000" },    { "4", "G723/8000" },   { "5", "DVI4/8000" },
  { "6", "DVI4/16000" },   { "7", "LPC/8000" },    { "8", "PCMA/8000" },   { "9", "G722/8000" },
  { "10", "L16/44100/2" }, { "11", "L16/44100" },  { "12", "QCELP/8000" }, { "13", "CN/8000" },
  { "15", "G728/8000" },   { "18", "G729/8000" },  { "26", "JPEG/90000" }, { "31", "H261/90000" },
  { "32", "MPV/90000" },   { "33", "MP2T/90000" }, { "34", "H263/90000" },
};

/* What the head of the session gives every medium. */
typedef struct
{
  RungsSlice address;
  guint8 direction;
  gboolean keyed;
} SessionHead;

RungsSlice
rungs_sdp_find (RungsSlice body)
{
  RungsSlice text = rungs_slice_trim (body);
  gssize begin;
  gssize end;

  if (rungs_slice_starts_with (text, RUNGS_SLICE_LITERAL ("v=")))
    return text;
  begin = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("\nv=0"));
  if (begin < 0)
    return RUNGS_SLICE_EMPTY;
  text = rungs_slice_skip (text, (gsize) begin + 1);
  end = rungs_slice_find (text, 0, RUNGS_SLICE_LITERAL ("\n--"));
  return end >= 0 ? rungs_slice_sub (text, 0, (gsize) end + 1) : text;
}

/* The next word of @rest. */
static RungsSlice
next_word (RungsSlice *rest)
{
  gsize length = 0;
  RungsSlice word;

  while (rest->length > 0 && rest->data[0] == ' ')
    *rest = rungs_slice_skip (*rest, 1);
  while (length < rest->length && rest->data[length] != ' ')
    length++;
  word = rungs_slice_sub (*rest, 0, length);
  *rest = rungs_slice_skip (*rest, length);
  return word;
}

/* "IN IP4 192.0.2.1/127" → "192.0.2.1" */
static RungsSlice
connection_address (RungsSlice value)
{
  RungsSlice address;
  gssize slash;

  next_word (&value);
  next_word (&value);
  address = rungs_slice_trim (next_word (&value));
  slash = rungs_slice_find_char (address, 0, '/');
  return slash >= 0 ? rungs_slice_sub (address, 0, (gsize) slash) : address;
}

static void
begin_media (RungsSdp *self, const SessionHead *head, RungsSlice value)
{
  RungsSdpMedia *media = &self->media[self->n_media++];
  RungsSlice rest = value;
  RungsSlice port;
  gssize slash;
  guint64 number;

  *media = (RungsSdpMedia){
    .line = value, .address = head->address, .direction = head->direction, .keyed = head->keyed
  };
  media->kind = next_word (&rest);
  port = next_word (&rest);
  slash = rungs_slice_find_char (port, 0, '/');
  if (slash >= 0)
    port = rungs_slice_sub (port, 0, (gsize) slash);
  if (rungs_slice_to_uint64 (port, &number) && number <= G_MAXUINT16)
    media->port = (guint16) number;
  media->protocol = next_word (&rest);
  media->formats = rungs_slice_trim (rest);
}

static void
read_attribute (RungsSdp *self, SessionHead *head, RungsSlice value)
{
  RungsSdpMedia *media = self->n_media > 0 ? &self->media[self->n_media - 1] : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    if (rungs_slice_case_equal_string (value, directions[i].name))
      *(media != NULL ? &media->direction : &head->direction) = (guint8) directions[i].direction;
  if (rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("crypto:")) ||
      rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("fingerprint:")))
    *(media != NULL ? &media->keyed : &head->keyed) = TRUE;
  if (rungs_slice_case_starts_with (value, RUNGS_SLICE_LITERAL ("candidate:")))
    self->ice = TRUE;
}

gboolean
rungs_sdp_parse (RungsSdp *self, RungsSlice text)
{
  SessionHead head = { RUNGS_SLICE_EMPTY, RUNGS_SDP_SENDRECV, FALSE };
  RungsSlice rest = text;
  RungsSlice line;

  self->n_media = 0;
  self->ice = FALSE;
  while (rungs_scan_line (&rest, &line))
    {
      RungsSlice value = rungs_slice_trim (rungs_slice_skip (line, 2));
      RungsSdpMedia *media = self->n_media > 0 ? &self->media[self->n_media - 1] : NULL;

      if (line.length < 2 || line.data[1] != '=')
        continue;
      if (line.data[0] == 'm')
        {
          if (self->n_media == RUNGS_SDP_MAX_MEDIA)
            break;
          begin_media (self, &head, value);
          self->media[self->n_media - 1].attributes = rungs_slice (rest.data, 0);
          continue;
        }
      if (line.data[0] == 'c')
        *(media != NULL ? &media->address : &head.address) = connection_address (value);
      else if (line.data[0] == 'a')
        read_attribute (self, &head, value);
      if (media != NULL && media->attributes.data != NULL)
        media->attributes.length = rungs_slice_end (line) - media->attributes.data;
    }
  return self->n_media > 0;
}

/* "a=rtpmap:96 opus/48000/2" of @format, or empty. */
static RungsSlice
find_rtpmap (const RungsSdpMedia *self, RungsSlice format)
{
  RungsSlice rest = self->attributes;
  RungsSlice line;

  for (guint i = 0; i < MAX_ATTRIBUTES && rungs_scan_line (&rest, &line); i++)
    {
      RungsSlice value;

      if (!rungs_slice_case_starts_with (line, RUNGS_SLICE_LITERAL ("a=rtpmap:")))
        continue;
      value = rungs_slice_skip (line, strlen ("a=rtpmap:"));
      if (rungs_slice_equal (next_word (&value), format))
        return rungs_slice_trim (value);
    }
  return RUNGS_SLICE_EMPTY;
}

RungsSlice
rungs_sdp_media_get_codec (const RungsSdpMedia *self, RungsSlice format)
{
  RungsSlice codec;

  g_return_val_if_fail (self != NULL, RUNGS_SLICE_EMPTY);

  codec = find_rtpmap (self, format);
  if (codec.length > 0)
    return codec;
  for (guint i = 0; i < G_N_ELEMENTS (static_codecs); i++)
    if (rungs_slice_equal_string (format, static_codecs[i].format))
      return rungs_slice_from_string (static_codecs[i].codec);
  return RUNGS_SLICE_EMPTY;
}

gboolean
rungs_sdp_media_is_rtp (const RungsSdpMedia *self)
{
  return rungs_slice_find (self->protocol, 0, RUNGS_SLICE_LITERAL ("RTP/")) >= 0;
}

gboolean
rungs_sdp_media_is_secured (const RungsSdpMedia *self)
{
  return rungs_slice_find (self->protocol, 0, RUNGS_SLICE_LITERAL ("RTP/SAVP")) >= 0;
}

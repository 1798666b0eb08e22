/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* One Via.  See rungs-sip-via.h.
 *
 * White space, line ends too, may stand around each of its marks: "SIP  / 2.0 / TCP  a.example ;branch=x"
 * (RFC 4475, 3.1.1.1). */

#include "config.h"

#include "rungs-scan.h"
#include "rungs-sip-uri.h"
#include "rungs-sip-via.h"

static gsize
skip_space (RungsSlice text, gsize i)
{
  while (i < text.length && rungs_byte_is_space (text.data[i]))
    i++;
  return i;
}

/* A run of bytes up to white space, '/', ';' or ','. */
static gsize
skip_word (RungsSlice text, gsize i)
{
  while (i < text.length && !rungs_byte_is_space (text.data[i]) && text.data[i] != '/' &&
         text.data[i] != ';' && text.data[i] != ',')
    i++;
  return i;
}

static gsize
find_or_end (RungsSlice text, char c)
{
  gssize at = rungs_slice_find_char (text, 0, c);

  return at >= 0 ? (gsize) at : text.length;
}

/* Reads "SIP/2.0/TLS". Returns: the offset of what follows; *@valid tells whether all was there */
static gsize
parse_protocol (RungsSlice text, RungsSlice *transport, gboolean *valid)
{
  RungsSlice usual = RUNGS_SLICE_LITERAL ("SIP/2.0/");
  gsize begin = 0, i = 0;

  *valid = TRUE;
  /* Nearly always. */
  if (text.length > 11 && memcmp (text.data, usual.data, 8) == 0 && text.data[11] == ' ' &&
      g_ascii_isalpha (text.data[8]) && g_ascii_isalpha (text.data[9]) && g_ascii_isalpha (text.data[10]))
    {
      *transport = rungs_slice_sub (text, usual.length, 3);
      return 11;
    }
  for (guint part = 0; part < 3; part++)
    {
      i = skip_space (text, i);
      if (part > 0 && (i == text.length || text.data[i] != '/'))
        *valid = FALSE;
      else if (part > 0)
        i = skip_space (text, i + 1);
      begin = i;
      i = skip_word (text, i);
      *valid = *valid && i > begin;
    }
  *transport = rungs_slice_sub (text, begin, i - begin);
  return i;
}

/* Reads the "host:port" at @i of @text. Returns: the offset of what follows */
static gsize
parse_sent_by (RungsSlice text, gsize i, RungsSlice *sent_by)
{
  RungsSlice rest;

  i = skip_space (text, i);
  rest = rungs_slice_skip (text, i);
  rest.length = find_or_end (rest, ';');
  rest.length = find_or_end (rest, ',');
  *sent_by = rungs_slice_trim (rest);
  return i + rest.length;
}

gboolean
rungs_sip_via_parse (RungsSipVia *self, RungsSlice text)
{
  RungsSlice first, sent_by, item, name, value;
  gsize i;
  guint64 number;
  gboolean rport = FALSE;

  memset (self, 0, sizeof *self);
  if (!rungs_scan_item (&text, ',', &first))
    return FALSE;
  i = parse_protocol (first, &self->transport_name, &self->valid);
  i = parse_sent_by (first, i, &sent_by);
  self->transport = rungs_transport_lookup (self->transport_name);
  if (sent_by.length == 0 || !rungs_sip_host_port_parse (sent_by, &self->host, &self->port))
    self->valid = FALSE;
  if (i < first.length && first.data[i] == ';')
    self->parameters = rungs_slice_skip (first, i + 1);
  text = self->parameters;
  while (rungs_scan_item (&text, ';', &item))
    {
      rungs_scan_parameter (item, &name, &value);
      /* Where one is repeated, the first counts. */
      if (self->branch.data == NULL && rungs_slice_case_equal_string (name, "branch"))
        self->branch = value;
      else if (self->received.data == NULL && rungs_slice_case_equal_string (name, "received"))
        self->received = value;
      else if ((rungs_slice_case_equal_string (name, "rport") ||
                (!rport && rungs_slice_case_equal_string (name, "ms-received-port"))) &&
               rungs_slice_to_uint64 (value, &number) && number <= G_MAXUINT16)
        {
          rport = TRUE;
          self->received_port = number;
        }
    }
  return self->valid;
}

void
rungs_sip_via_peek (RungsSlice text, RungsTransport *transport, RungsSlice *branch, RungsSlice *sent_by)
{
  RungsSlice transport_name, host_port, first = text;
  gboolean valid;
  gsize i;

  if (branch != NULL)
    *branch = RUNGS_SLICE_EMPTY;
  i = parse_protocol (text, &transport_name, &valid);
  if (transport != NULL)
    *transport = rungs_transport_lookup (transport_name);
  if (branch == NULL && sent_by == NULL)
    return;
  i = parse_sent_by (text, i, &host_port);
  if (sent_by != NULL)
    *sent_by = host_port;
  if (branch == NULL || i == text.length || text.data[i] != ';')
    return;
  if (memchr (text.data, ',', text.length) != NULL)
    rungs_scan_item (&text, ',', &first);
  rungs_scan_find_parameter (rungs_slice_skip (first, i + 1), ';', "branch", branch);
}

/* Parameters begin behind the first semicolon, whatever stands before it. */
void
rungs_sip_via_peek_parameters (RungsSlice text, RungsSlice *branch, RungsSlice *received)
{
  RungsSlice first = text, item, name, value;
  gssize semicolon;

  *branch = *received = RUNGS_SLICE_EMPTY;
  if (rungs_slice_find_char (text, 0, ',') >= 0)
    rungs_scan_item (&text, ',', &first);
  semicolon = rungs_slice_find_char (first, 0, ';');
  if (semicolon < 0)
    return;
  text = rungs_slice_skip (first, (gsize) semicolon + 1);
  while (rungs_scan_item (&text, ';', &item))
    {
      char initial = item.length > 0 ? item.data[0] | 0x20 : '\0';

      if (initial != 'b' && initial != 'r')
        continue;
      rungs_scan_parameter (item, &name, &value);
      if (branch->data == NULL && rungs_slice_case_equal_string (name, "branch"))
        *branch = value;
      else if (received->data == NULL && rungs_slice_case_equal_string (name, "received"))
        *received = value;
    }
}

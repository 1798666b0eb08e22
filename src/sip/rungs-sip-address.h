/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* An address: `"Display" <uri>;tag=…` or `uri;tag=…` (RFC 3261, 20.10): From, To, Contact, Route, P-Asserted-Identity.
 *
 * One address; comma-joined values are split first with rungs_scan_item (value, ','). */

#pragma once

#include "rungs-sip-uri.h"

G_BEGIN_DECLS

typedef struct
{
  RungsSlice display;    /* without quotes, escapes still in it */
  RungsSipUri uri;
  RungsSlice parameters; /* those of the header, behind the first ';' */
  RungsSlice tag;
  gboolean star;         /* "Contact: *" */
  gboolean valid;
} RungsSipAddress;

/** rungs_sip_address_is_star: whether @text, without white space around it, is the "*" of "Contact: *". */
static inline gboolean
rungs_sip_address_is_star (RungsSlice text)
{
  return text.length > 0 && text.data[0] == '*' && (text.length == 1 || text.data[1] == ';');
}

/** rungs_sip_address_parse: Returns: @self->valid; all that could be read is filled in either way */
gboolean rungs_sip_address_parse         (RungsSipAddress *self,
                                          RungsSlice       text);

/** rungs_sip_address_get_parameter: e.g. "epid", "expires", "+sip.instance"; empty where it is missing. */
RungsSlice rungs_sip_address_get_parameter (const RungsSipAddress *self,
                                            const char            *name);

/** rungs_sip_address_peek_parameter: as rungs_sip_address_get_parameter() on @text, without parsing the URI. */
RungsSlice rungs_sip_address_peek_parameter (RungsSlice  text,
                                             const char *name);

/** rungs_sip_address_peek_tag: the ;tag of a From or To value without parsing the rest: for the index pass. */
RungsSlice rungs_sip_address_peek_tag    (RungsSlice text);

G_END_DECLS

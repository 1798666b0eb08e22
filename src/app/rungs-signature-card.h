/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What the check of a signature gave, as a card: right, wrong or why it cannot be told; where it is wrong, the fields that it would
 * have to be made over, one by one, because one of them was changed on the way. */

#pragma once

#include "rungs-card.h"
#include "rungs-sip-message.h"
#include "rungs-verifier.h"

G_BEGIN_DECLS

/** rungs_signature_card_fill: fills @card, which is empty. @check: of @message */
void        rungs_signature_card_fill      (RungsCard             *card,
                                            RungsSignatureCheck    check,
                                            const RungsSipMessage *message);

/** rungs_signature_card_get_title: "Signature right": @state in words, translated; static. */
const char *rungs_signature_card_get_title (RungsSignatureState    state);

G_END_DECLS

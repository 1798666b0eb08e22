/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The signatures of a trace.  See rungs-signatures.h. */

#include "config.h"

#include "rungs-signatures.h"

/* After how many messages a cancellation is looked for. */
#define STEP 256

struct _RungsSignatures
{
  RungsTrace *trace;
  RungsVerifier *verifier; /* without keys */
  RungsSignatureCheck *checks;
};

void
rungs_signatures_free (RungsSignatures *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->trace);
  rungs_verifier_free (self->verifier);
  g_free (self->checks);
  g_free (self);
}

RungsSignatures *
rungs_signatures_new (RungsTrace *trace, const RungsSecrets *secrets, GCancellable *cancellable)
{
  g_autoptr (RungsSignatures) self = NULL;
  guint n_messages;
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  g_return_val_if_fail (RUNGS_IS_TRACE (trace) && secrets != NULL, NULL);

  n_messages = rungs_trace_get_n_messages (trace);
  self = g_new0 (RungsSignatures, 1);
  self->trace = g_object_ref (trace);
  self->verifier = rungs_verifier_new (secrets);
  self->checks = g_new0 (RungsSignatureCheck, MAX (1, n_messages));
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n_messages; i++)
      {
        if (i % STEP == 0 && g_cancellable_is_cancelled (cancellable))
          return NULL;
        rungs_trace_parse (trace, i, 0, &sip);
        if (round == 0)
          rungs_verifier_learn (self->verifier, i, &sip);
        else
          self->checks[i] = rungs_verifier_check (self->verifier, i, &sip);
      }
  rungs_verifier_forget (self->verifier);
  return g_steal_pointer (&self);
}

void
rungs_signatures_apply (RungsSignatures *self)
{
  g_return_if_fail (self != NULL);
  rungs_trace_set_signature_checks (self->trace, self->checks);
}

RungsTrace *
rungs_signatures_get_trace (RungsSignatures *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->trace;
}

RungsSignatureCheck
rungs_signatures_get (RungsSignatures *self, guint message)
{
  g_return_val_if_fail (self != NULL && message < rungs_trace_get_n_messages (self->trace),
                        ((RungsSignatureCheck){ 0 }));
  return self->checks[message];
}

RungsField *
rungs_signatures_describe (RungsSignatures *self, guint message)
{
  g_auto (RungsSipMessage) sip;

  rungs_sip_message_init (&sip);
  g_return_val_if_fail (self != NULL && message < rungs_trace_get_n_messages (self->trace), NULL);

  rungs_trace_parse (self->trace, message, 0, &sip);
  return rungs_verifier_describe (self->verifier, self->checks[message], &sip);
}

guint
rungs_signatures_count (RungsSignatures *self, RungsSignatureState state)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < rungs_trace_get_n_messages (self->trace); i++)
    n += self->checks[i].state == state;
  return n;
}

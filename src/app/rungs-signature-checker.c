/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The secrets of one tab.  See rungs-signature-checker.h. */

#include "config.h"

#include "rungs-plain-signal.h"
#include "rungs-signature-checker.h"

struct _RungsSignatureChecker
{
  GObject parent_instance;
  RungsTrace *trace;           /* or NULL */
  RungsSecrets *secrets;       /* NULL where nothing was given */
  RungsSignatures *signatures; /* the last that were made, or NULL */
  GCancellable *cancellable;   /* of the worker that reads, or NULL */
  gboolean stale;              /* the worker that reads does not know all secrets, or not the newest trace */
  GPtrArray *passwords;        /* RungsSecret: given while a worker reads the others */
  RungsKeytab *keytab;         /* the same, or NULL */
};

G_DEFINE_FINAL_TYPE (RungsSignatureChecker, rungs_signature_checker, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CHECKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the worker needs. */
typedef struct
{
  RungsTrace *trace;
  RungsSecrets *secrets;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->trace);
  g_clear_pointer (&job->secrets, rungs_secrets_unref);
  g_free (job);
}

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  RungsSignatures *signatures = rungs_signatures_new (job->trace, job->secrets, cancellable);

  /* Whoever forgets the secrets need not wait for the main loop. */
  g_clear_pointer (&job->secrets, rungs_secrets_unref);
  g_task_return_pointer (task, signatures, (GDestroyNotify) rungs_signatures_free);
}

/* The first messages of a followed trace stay what they are; others may have come in between, as they come from several files. */
static void
carry_over (RungsTrace *old, RungsTrace *trace)
{
  guint n_messages = rungs_trace_get_n_messages (trace);
  guint n_known = MIN (rungs_trace_get_n_messages (old), n_messages);
  g_autofree RungsSignatureCheck *checks = g_new0 (RungsSignatureCheck, MAX (1, n_messages));

  for (guint i = 0; i < n_known; i++)
    {
      const RungsMessageInfo *a = rungs_trace_get_message (old, i);
      const RungsMessageInfo *b = rungs_trace_get_message (trace, i);
      const RungsSignatureCheck *check = rungs_trace_get_signature_check (old, i);

      if (a->offset != b->offset || a->file != b->file || check == NULL)
        break;
      checks[i] = *check;
    }
  rungs_trace_set_signature_checks (trace, checks);
}

static void checked_cb (GObject *source, GAsyncResult *result, gpointer data);

/* Starts a worker, or leaves it to the one that still reads to start the next. */
static void
start (RungsSignatureChecker *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  self->stale = self->cancellable != NULL;
  if (self->stale || self->trace == NULL || self->secrets == NULL)
    return;
  for (guint i = 0; i < self->passwords->len; i++)
    rungs_secrets_take_passwords (self->secrets, g_ptr_array_index (self->passwords, i));
  g_ptr_array_set_size (self->passwords, 0);
  if (self->keytab != NULL)
    rungs_secrets_take_keytab (self->secrets, g_steal_pointer (&self->keytab));
  self->cancellable = g_cancellable_new ();
  job = g_new0 (Job, 1);
  job->trace = g_object_ref (self->trace);
  job->secrets = rungs_secrets_ref (self->secrets);
  task = g_task_new (self, self->cancellable, checked_cb, NULL);
  /* What was cancelled is dropped below; the worker is waited for in any case, as it uses the secrets. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, check_thread);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RungsSignatureChecker *self = RUNGS_SIGNATURE_CHECKER (source);
  g_autoptr (RungsSignatures) signatures = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  if (signatures != NULL && !cancelled)
    {
      RungsTrace *trace = rungs_signatures_get_trace (signatures);

      rungs_signatures_apply (signatures);
      if (trace != self->trace)
        carry_over (trace, self->trace);
      g_clear_pointer (&self->signatures, rungs_signatures_free);
      self->signatures = g_steal_pointer (&signatures);
      g_signal_emit (self, signals[CHECKED], 0);
    }
  /* Who hears of it may have forgotten the secrets or started anew. */
  if (self->stale && self->cancellable == NULL)
    start (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin (RungsSignatureChecker *self)
{
  if (self->secrets == NULL)
    self->secrets = rungs_secrets_new ();
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->signatures, rungs_signatures_free);
  start (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Wipes. */
static void
drop_secrets (RungsSignatureChecker *self)
{
  g_cancellable_cancel (self->cancellable);
  self->stale = FALSE;
  for (guint i = 0; i < self->passwords->len; i++)
    rungs_secret_free (g_ptr_array_index (self->passwords, i));
  g_ptr_array_set_size (self->passwords, 0);
  g_clear_pointer (&self->keytab, rungs_keytab_close);
  g_clear_pointer (&self->secrets, rungs_secrets_unref);
  g_clear_pointer (&self->signatures, rungs_signatures_free);
}

static void
rungs_signature_checker_finalize (GObject *object)
{
  RungsSignatureChecker *self = RUNGS_SIGNATURE_CHECKER (object);

  drop_secrets (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->trace);
  g_ptr_array_unref (self->passwords);
  G_OBJECT_CLASS (rungs_signature_checker_parent_class)->finalize (object);
}

static void
rungs_signature_checker_class_init (RungsSignatureCheckerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_signature_checker_finalize;
  signals[CHANGED] = rungs_plain_signal_new ("changed", G_TYPE_FROM_CLASS (klass));
  signals[CHECKED] = rungs_plain_signal_new ("checked", G_TYPE_FROM_CLASS (klass));
}

static void
rungs_signature_checker_init (RungsSignatureChecker *self)
{
  self->passwords = g_ptr_array_new ();
}

RungsSignatureChecker *
rungs_signature_checker_new (void)
{
  return g_object_new (RUNGS_TYPE_SIGNATURE_CHECKER, NULL);
}

void
rungs_signature_checker_set_trace (RungsSignatureChecker *self, RungsTrace *trace)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self) && RUNGS_IS_TRACE (trace));
  if (trace == self->trace)
    return;
  if (self->trace != NULL && self->secrets != NULL)
    carry_over (self->trace, trace);
  g_set_object (&self->trace, trace);
  start (self);
}

void
rungs_signature_checker_take_password (RungsSignatureChecker *self, RungsSecret *password)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self) && password != NULL);
  g_ptr_array_add (self->passwords, password);
  begin (self);
}

void
rungs_signature_checker_take_keytab (RungsSignatureChecker *self, RungsKeytab *keytab)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self) && keytab != NULL);
  g_clear_pointer (&self->keytab, rungs_keytab_close);
  self->keytab = keytab;
  begin (self);
}

void
rungs_signature_checker_forget (RungsSignatureChecker *self)
{
  g_return_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self));
  if (self->secrets == NULL)
    return;
  drop_secrets (self);
  if (self->trace != NULL)
    rungs_trace_set_signature_checks (self->trace, NULL);
  g_signal_emit (self, signals[CHECKED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rungs_signature_checker_has_secrets (RungsSignatureChecker *self)
{
  g_return_val_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self), FALSE);
  return self->secrets != NULL;
}

gboolean
rungs_signature_checker_is_busy (RungsSignatureChecker *self)
{
  g_return_val_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self), FALSE);
  return self->secrets != NULL && self->signatures == NULL;
}

RungsSignatures *
rungs_signature_checker_get_signatures (RungsSignatureChecker *self, RungsTrace *trace)
{
  g_return_val_if_fail (RUNGS_IS_SIGNATURE_CHECKER (self), NULL);
  return self->signatures != NULL && rungs_signatures_get_trace (self->signatures) == trace ? self->signatures
                                                                                            : NULL;
}

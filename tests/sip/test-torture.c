/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The torture messages of RFC 4475 and RFC 5118: what is wrong with each, and nothing that is not.
 *
 * The messages are not part of this project; the test skips where RUNGS_SAMPLES does not lead to them. */

#include "config.h"

#include "rungs-sip-fields.h"
#include "rungs-sip-frame.h"
#include "rungs-test.h"

typedef struct
{
  const char *file;
  const char *remarks; /* the ids that must be there, sorted, each once */
} Case;

static const Case rfc4475[] = {
  /* 3.1.1, valid messages. An unknown method is no fault. */
  { "wsinv", "" },
  { "intmeth", "method-unknown" },
  { "esc01", "" },
  { "escnull", "" },
  { "esc02", "method-unknown" },
  { "lwsdisp", "" },
  { "longreq", "" },
  { "dblreq", "content-length-smaller" },
  { "semiuri", "" },
  { "transports", "" },
  { "mpart01", "" },
  { "unreason", "" },
  { "noreason", "" },
  /* 3.1.2, invalid messages. */
  { "badinv01", "address-malformed via-malformed" },
  { "clerr", "content-length-larger" },
  { "ncl", "content-length-negative" },
  { "scalar02", "number-too-large" },
  { "scalarlg", "number-malformed number-too-large" },
  { "quotbal", "quote-open" },
  { "ltgtruri", "request-uri-brackets" },
  { "lwsruri", "start-line-spaces" },
  { "lwsstart", "start-line-spaces" },
  { "trws", "trailing-space" },
  { "escruri", "request-uri-headers" },
  { "baddate", "date-malformed" },
  { "regbadct", "address-needs-brackets" },
  { "badaspec", "address-malformed" },
  { "baddn", "address-malformed" },
  { "badvers", "version-unknown" },
  { "mismatch01", "cseq-method-differs" },
  { "mismatch02", "cseq-method-differs method-unknown" },
  { "bigcode", "status-out-of-range" },
  /* 3.2, transaction layer. */
  { "badbranch", "via-malformed" },
  /* 3.3, application layer: most are well formed. */
  { "insuf", "header-missing" },
  { "unkscm", "request-uri-scheme-unknown" },
  { "novelsc", "request-uri-scheme-unknown" },
  { "unksm2", "" },
  { "bext01", "" },
  { "invut", "" },
  { "regaut01", "" },
  { "multi01", "header-repeated" },
  { "mcl01", "content-length-differ content-length-smaller" },
  { "bcast", "" },
  { "zeromf", "" },
  { "cparam01", "" },
  { "cparam02", "" },
  { "regescrt", "" },
  { "sdp01", "" },
  /* 3.4, RFC 2543. */
  { "inv2543", "" },
};

static const Case rfc5118[] = {
  { "ipv6-good", "" },
  { "ipv6-bad", "ipv6-needs-brackets" },
  { "port-ambiguous", "" },
  { "port-unambiguous", "" },
  { "via-received-param-with-delim", "" },
  { "via-received-param-no-delim", "" },
  { "mult-ip-in-header", "" },
  { "ipv6-bug-abnf-3-colons", "ipv6-malformed" },
  { "ipv6-correct-abnf-2-colons", "" },
};

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the ids of all remarks, sorted, each once. */
static char *
list_remarks (const RungsSipMessage *message)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < message->n_remarks; i++)
    g_ptr_array_add (ids, (gpointer) rungs_remark_code_get_id (message->remarks[i].code));
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || g_strcmp0 (ids->pdata[i], ids->pdata[i - 1]) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", (const char *) ids->pdata[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
check_case (const Case *self, const char *folder, const char *suffix)
{
  g_autofree char *relative = g_strconcat ("torture/", folder, "/", self->file, suffix, NULL);
  g_autofree char *path = rungs_test_sample (relative);
  g_autofree char *bytes = NULL;
  g_autofree char *remarks = NULL;
  g_auto (RungsSipMessage) message = { 0 };
  g_autoptr (RungsField) fields = NULL;
  gsize length;

  if (path == NULL)
    return;
  g_test_message ("%s", self->file);
  bytes = rungs_test_load (path, &length);
  g_assert_true (rungs_sip_looks_like_message (rungs_slice (bytes, length)));
  rungs_sip_message_parse (&message,
                           rungs_slice (bytes, length),
                           RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  remarks = list_remarks (&message);
  g_assert_cmpstr (remarks, ==, self->remarks);
  fields = rungs_sip_fields_new (&message);
  g_assert_cmpuint (rungs_field_get_n_children (fields), >=, message.n_headers);
}

static void
each_message_of_rfc_4475_gets_its_remark (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rfc4475); i++)
    check_case (&rfc4475[i], "rfc4475", ".dat");
}

static void
each_message_of_rfc_5118_gets_its_remark (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rfc5118); i++)
    check_case (&rfc5118[i], "rfc5118", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/torture", each_message_of_rfc_4475_gets_its_remark);
  rungs_test_add ("/torture", each_message_of_rfc_5118_gets_its_remark);
  return g_test_run ();
}

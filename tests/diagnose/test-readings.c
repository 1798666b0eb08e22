/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Traces as an engineer reads them: what is wrong in each, and at which message, and that nothing else is said to be wrong.
 * Each bad trace stands beside the good ones that look like it: captured in one direction, from the middle, on several hops. */

#include "config.h"

#include "diagnose-fixture.h"

/* A call from c to s; the callee's own requests come the other way, with tags and Via exchanged. */
#define TO "To: <sip:bob@contoso.example>;tag=t1"
#define CALLEE                                                                                               \
  "From: <sip:bob@contoso.example>;tag=t1 | To: <sip:ann@contoso.example>;tag=f1 | Via: SIP/2.0/UDP "        \
  "10.0.0.2:5061;branch=z9hG4bKs"
#define ROUTED          "Record-Route: <sip:10.0.0.2;lr>"
#define INVITE          "0.0 c>s INVITE 1 $plain | @pcmu\n"
#define RING            "0.5 s>c 180 1/INVITE $plain\n"
#define TAKEN           "2.0 s>c 200 1/INVITE $plain | @answer | " ROUTED "\n"
#define DIRECT          "2.0 s>c 200 1/INVITE $plain | @answer\n"
#define ACK             "2.1 c>s ACK 1 $plain | " TO "\n"
#define CALL            INVITE RING TAKEN ACK
#define BYE             "9.0 c>s BYE 2 $plain | " TO "\n9.1 s>c 200 2/BYE $plain\n"
#define LATER           "60.0 c>s OPTIONS 9 Call-ID: other\n60.1 s>c 200 9/OPTIONS Call-ID: other\n"
#define REFUSED(status) "0.5 s>c " status " 1/INVITE $plain\n0.6 c>s ACK 1 $plain\n"
#define AGAIN(time)     time " s>c 200 1/INVITE $plain | @answer | " ROUTED "\n"
#define ASK             "0.0 c>s REGISTER 1 $plain\n0.1 s>c 401 1 $plain | $digest\n"
#define ANSWER          "0.2 c>s REGISTER 2 $plain | $answer\n"
#define SUBSCRIBE                                                                                            \
  "0.0 c>s SUBSCRIBE 1 $plain | Event: presence | Expires: 600\n0.1 s>c 200 1/SUBSCRIBE $plain | Expires: "  \
  "600\n"
#define NOTIFY "0.2 s>c NOTIFY 1 " CALLEE "n1 | Event: presence | Subscription-State: active\n"
#define TIMED  "2.0 s>c 200 1/INVITE $plain | @answer | " ROUTED " | Session-Expires: 90;refresher=uac\n"

typedef struct
{
  const char *name;
  const char *script;
  const char
    *wrong; /* "RULE@message …" of the warnings and problems, in the order of the messages; "": all is well */
} Reading;

static const Reading readings[] = {
#include "readings.h"
};

/* What is wrong in @trace, in the form of the table. (transfer full) */
static char *
list_wrong (RungsTrace *trace)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  GString *list = g_string_new (NULL);

  for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
    {
      g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
      GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

      for (guint i = 0; i < findings->len; i++)
        {
          const RungsFinding *finding = g_ptr_array_index (findings, i);

          if (finding->severity == RUNGS_SEVERITY_WARNING || finding->severity == RUNGS_SEVERITY_ERROR)
            g_string_append_printf (list,
                                    "%s%s@%u",
                                    list->len > 0 ? " " : "",
                                    finding->rule->id,
                                    finding->message + 1);
        }
    }
  return g_string_free (list, FALSE);
}

static void
check_reading (gconstpointer data)
{
  const Reading *reading = data;
  g_autoptr (RungsTrace) trace = script_trace (reading->script);
  g_autofree char *wrong = list_wrong (trace);

  g_assert_cmpstr (wrong, ==, reading->wrong);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autofree char *path = g_strconcat ("/readings/", readings[i].name, NULL);

      g_test_add_data_func (path, &readings[i], check_reading);
    }
  return g_test_run ();
}

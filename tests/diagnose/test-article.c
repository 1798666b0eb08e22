/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* What an author tells about the two logins of the examples, figure by figure, is found in what Rungs says about them.
 *
 * R: Izabela, remote, NTLM. I: Marino, internal, Kerberos. K: which of the two. B: how Kerberos works.  Each statement has one or more
 * places, and each place a piece of the sentence that stands there. */

#include "config.h"

#include "diagnose-fixture.h"
#include "rungs-knowledge.h"
#include "rungs-lanes.h"
#include "rungs-note.h"

typedef enum
{
  PLACE_CAPTION, /* under a rung */
  PLACE_FINDING, /* explanation or check of the rule @name at a message */
  PLACE_HEADER,  /* the header @name of a message, explained in its place */
  PLACE_SUMMARY, /* of the flow */
  PLACE_LANE,    /* lane number @message: "name address: reason" */
  PLACE_NOTE,    /* the background note @name */
} Place;

typedef struct
{
  const char *statement;
  char example; /* 'r' or 'i' */
  Place place;
  guint message; /* from 1 */
  const char *name;
  const char *said;
} Telling;

static const Telling tellings[] = {
  { "R1", 'r', PLACE_CAPTION, 1, NULL, "asks to be registered and sends no credentials" },
  { "R1", 'r', PLACE_FINDING, 1, "REG-NO-CRED", "without any credentials, as RFC 3261 suggests" },
  { "R2",
    'r',
    PLACE_FINDING,
    1,
    "PORT-EDGE",
    "port 443: at the Access Edge of OCS 2007 R2 and later that is the entrance for remote users" },
  { "R2", 'r', PLACE_LANE, 1, NULL, "192.168.1.20" },
  { "R2", 'r', PLACE_LANE, 2, NULL, ":443" },
  { "R3", 'r', PLACE_HEADER, 1, "Call-ID", "the same in every message of this login" },
  { "R3", 'r', PLACE_HEADER, 6, "Call-ID", "The same as in messages 1 to 5" },
  { "R3", 'r', PLACE_SUMMARY, 0, NULL, "six messages with one Call-ID" },
  { "R4",
    'r',
    PLACE_HEADER,
    1,
    "From",
    "Who does the registration. In a REGISTER it is typically the same as To" },
  { "R4", 'r', PLACE_HEADER, 1, "From", "third-party registration" },
  { "R4", 'r', PLACE_HEADER, 1, "To", "Whose registration it is" },
  { "R5",
    'r',
    PLACE_NOTE,
    0,
    "sip-registration",
    "must stand in every request: To, From, CSeq, Call-ID, Max-Forwards and Via" },
  { "R6", 'r', PLACE_CAPTION, 2, NULL, "Expected. The edge asks for NTLM" },
  { "R6", 'r', PLACE_FINDING, 2, "RED-401-FIRST", "Not an error" },
  { "R6", 'r', PLACE_NOTE, 0, "why-401", "Other tools paint them red" },
  { "R7", 'r', PLACE_CAPTION, 2, NULL, "says RemoteUser: this client comes from outside" },
  { "R7",
    'r',
    PLACE_HEADER,
    2,
    "ms-user-logon-data",
    "web addresses that can be reached from the Internet (group expansion, address book, meeting content)" },
  { "R7", 'r', PLACE_FINDING, 2, "REMOTE-USER", "no direct path for media to the inside" },
  { "R8",
    'r',
    PLACE_HEADER,
    2,
    "ms-user-logon-data",
    "in the 200 to its SUBSCRIBE for in-band provisioning (Event: vnd-microsoft-provisioning-v2)" },
  { "R9", 'r', PLACE_CAPTION, 3, NULL, "The client chooses NTLM" },
  { "R9", 'r', PLACE_HEADER, 3, "Authorization", "The client confirms NTLM" },
  { "R10",
    'r',
    PLACE_HEADER,
    3,
    "Authorization",
    "the user's name, domain and password and the parameters Datagram, Identify and Integrity" },
  { "R10", 'r', PLACE_FINDING, 3, "NTLM-EMPTY-NEG", "leaves the NEGOTIATE_MESSAGE empty" },
  { "R11", 'r', PLACE_CAPTION, 3, NULL, "in datagram NTLM the server speaks first" },
  { "R11", 'r', PLACE_NOTE, 0, "ntlm", "The client begins with a NEGOTIATE_MESSAGE full of flags" },
  { "R11",
    'r',
    PLACE_NOTE,
    0,
    "ntlm",
    "The server begins: its CHALLENGE_MESSAGE says what it can do, and the client chooses in its "
    "AUTHENTICATE_MESSAGE" },
  { "R12",
    'r',
    PLACE_HEADER,
    4,
    "WWW-Authenticate",
    "handed the empty NEGOTIATE to its NTLM subsystem, which made this CHALLENGE_MESSAGE" },
  { "R12", 'r', PLACE_FINDING, 4, "RED-401-CHALLENGE", "a 401 carries it in gssapi-data" },
  { "R13",
    'r',
    PLACE_HEADER,
    5,
    "Proxy-Authorization",
    "decoded the challenge (base64), passed it to NTLM, and sends the AUTHENTICATE_MESSAGE" },
  { "R13", 'r', PLACE_CAPTION, 5, NULL, "proves that it knows the password, without sending it" },
  { "R14",
    'r',
    PLACE_HEADER,
    6,
    "Authentication-Info",
    "found the client by From and opaque, and NTLM accepted the AUTHENTICATE_MESSAGE" },
  { "R14",
    'r',
    PLACE_HEADER,
    6,
    "Authentication-Info",
    "the user is authenticated and may use this SIP URI" },
  { "R15", 'r', PLACE_FINDING, 6, "REG-OK", "The registrar stored the client's address" },
  { "R15", 'r', PLACE_FINDING, 6, "SIG-SERVER", "The server signs its answer, too (rspauth, srand, snum)" },

  { "I1",
    'i',
    PLACE_FINDING,
    1,
    "PORT-POOL",
    "port 5061, where a home pool listens for its internal clients" },
  { "I1", 'i', PLACE_LANE, 2, NULL, ":5061" },
  { "I1", 'i', PLACE_CAPTION, 1, NULL, "sends no credentials" },
  { "I2", 'i', PLACE_CAPTION, 2, NULL, "it supports Kerberos and NTLM" },
  { "I2", 'i', PLACE_NOTE, 0, "why-401", "once for each scheme that it accepts" },
  { "I3", 'i', PLACE_HEADER, 2, "WWW-Authenticate", "its service principal name (prefix “sip/”)" },
  { "I3", 'i', PLACE_HEADER, 2, "WWW-Authenticate", "the server must have registered it there" },
  { "I3",
    'i',
    PLACE_HEADER,
    2,
    "WWW-Authenticate/1",
    "pool01.contoso.example: the one for Kerberos without “sip/”" },
  { "I4", 'i', PLACE_CAPTION, 3, NULL, "The client chooses Kerberos" },
  { "I4",
    'i',
    PLACE_NOTE,
    0,
    "kerberos-3",
    "It does not say where the request goes: that follows from DNS, or from a redirect" },
  { "I5",
    'i',
    PLACE_HEADER,
    3,
    "Authorization",
    "from the Ticket Granting Service (KRB_TGS_REP), which is not visible in a SIP trace; a capture of port "
    "88 shows it" },
  { "I5", 'i', PLACE_NOTE, 0, "kerberos-2", "It begins with YII" },
  { "I6", 'i', PLACE_HEADER, 3, "Authorization", "response, where it is there, is the client's signature" },
  { "I6", 'i', PLACE_HEADER, 4, "Authentication-Info", "rspauth is the server's signature" },
  { "I7", 'i', PLACE_HEADER, 4, "Authentication-Info", "The server verified the ticket" },
  { "I7", 'i', PLACE_SUMMARY, 0, NULL, "four messages" },

  { "K1",
    'i',
    PLACE_NOTE,
    0,
    "kerberos-or-ntlm",
    "they prove who the client is, and they give both sides a key to sign every later message with" },
  { "K1", 'i', PLACE_FINDING, 2, "OFFER-INTERNAL-BOTH", "Kerberos, which is the stronger of the two" },
  { "K2", 'r', PLACE_FINDING, 2, "OFFER-REMOTE-NTLM", "cannot reach the domain controller" },
  { "K2", 'r', PLACE_NOTE, 0, "kerberos-or-ntlm", "A remote user without a VPN cannot get a ticket" },
  { "K2", 'r', PLACE_NOTE, 0, "kerberos-or-ntlm", "That is the main reason why NTLM is offered" },

  { "B1", 'i', PLACE_NOTE, 0, "kerberos-2", "three exchanges of two messages each" },
  { "B2",
    'i',
    PLACE_NOTE,
    0,
    "kerberos-2",
    "names of user and domain in clear, and a pre-authenticator: the present time, encrypted" },
  { "B2", 'i', PLACE_NOTE, 0, "kerberos-1", "From then on it needs the password no more" },
  { "B3", 'i', PLACE_NOTE, 0, "kerberos-2", "a session key for the talk between client and KDC" },
  { "B3",
    'i',
    PLACE_NOTE,
    0,
    "kerberos-1",
    "is for the KDC itself, sealed with the key of the account krbtgt" },
  { "B4", 'i', PLACE_NOTE, 0, "kerberos-2", "its TGT, an authenticator, and the name of the service" },
  { "B4", 'i', PLACE_NOTE, 0, "kerberos-2", "A weak password undoes all of Kerberos" },
  { "B5", 'i', PLACE_NOTE, 0, "kerberos-2", "seals a service ticket with that account's key" },
  { "B5", 'i', PLACE_NOTE, 0, "kerberos-1", "copies it from the TGT into each service ticket" },
  { "B6",
    'i',
    PLACE_NOTE,
    0,
    "kerberos-2",
    "opens the ticket with its own key, takes the session key out, and checks the authenticator" },
  { "B6", 'i', PLACE_NOTE, 0, "kerberos-2", "makes an access token from the user's identifier and groups" },
  { "B7", 'i', PLACE_NOTE, 0, "kerberos-2", "only where the client asked for mutual authentication" },
  { "B8", 'i', PLACE_NOTE, 0, "kerberos-2", "gssapi-data of the second REGISTER carries" },
};

/* How many statements each part has. */
static const struct
{
  char part;
  guint n;
} parts[] = { { 'R', 15 }, { 'I', 7 }, { 'K', 2 }, { 'B', 8 } };

static char *
read_note (const char *id)
{
  const RungsNote *note = rungs_note_load (id);
  g_autoptr (GRegex) tags = g_regex_new ("<[^>]*>", 0, 0, NULL);
  g_autoptr (GRegex) blanks = g_regex_new ("\\s+", 0, 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *plain = NULL;

  g_assert_nonnull (note);
  for (guint i = 0; i < note->blocks->len; i++)
    g_string_append_printf (text,
                            "%s\n",
                            ((const RungsNoteBlock *) g_ptr_array_index (note->blocks, i))->markup);
  g_string_replace (text, "&apos;", "'", 0);
  plain = g_regex_replace_literal (tags, text->str, -1, 0, "", 0, NULL);
  return g_regex_replace_literal (blanks, plain, -1, 0, " ", 0, NULL);
}

static char *
read_finding (RungsDiagnosis *diagnosis, guint message, const char *rule)
{
  GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);

      if (finding->message == message && g_str_equal (finding->rule->id, rule))
        return g_strjoin (" ", finding->explanation, finding->check, NULL);
    }
  return g_strdup ("");
}

static char *
read_lane (RungsTrace *trace, guint n)
{
  g_autoptr (RungsSelection) selection = rungs_selection_new_all (trace);
  g_autoptr (RungsLanes) lanes = rungs_lanes_new (selection, TRUE);
  const RungsLane *lane = rungs_lanes_get_lane (lanes, n);
  const RungsFact *reason =
    rungs_knowledge_lookup (RUNGS_TOPIC_ROLE_REASON, rungs_role_reason_get_id (lane->reason));

  return g_strdup_printf ("%s %s: %s", lane->name, lane->address, reason->explanation);
}

/* What Rungs says at the place of @telling. */
static char *
read_place (const Telling *telling)
{
  g_autoptr (RungsTrace) trace =
    fixture_example (telling->example == 'r' ? "remote-ntlm.uccapilog" : "internal-kerberos.uccapilog");
  g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);
  g_auto (GStrv) name = g_strsplit (telling->name != NULL ? telling->name : "", "/", 2);

  switch (telling->place)
    {
    case PLACE_CAPTION:
      return g_strdup (rungs_diagnosis_get_statement (diagnosis, telling->message - 1)->caption);
    case PLACE_FINDING:
      return read_finding (diagnosis, telling->message - 1, telling->name);
    case PLACE_HEADER:
      return rungs_diagnosis_explain_header (diagnosis,
                                             telling->message - 1,
                                             name[0],
                                             name[1] != NULL ? (guint) atoi (name[1]) : 0);
    case PLACE_SUMMARY:
      return g_strdup (rungs_diagnosis_get_summary (diagnosis));
    case PLACE_LANE:
      return read_lane (trace, telling->message - 1);
    case PLACE_NOTE:
      return read_note (telling->name);
    default:
      g_assert_not_reached ();
    }
}

static void
is_told (gconstpointer data)
{
  const char *statement = data;

  for (guint i = 0; i < G_N_ELEMENTS (tellings); i++)
    {
      g_autofree char *text = NULL;

      if (!g_str_equal (tellings[i].statement, statement))
        continue;
      text = read_place (&tellings[i]);
      g_assert_nonnull (text);
      if (strstr (text, tellings[i].said) == NULL)
        g_error ("%s: “%s” is not said in “%s”", statement, tellings[i].said, text);
    }
}

static void
no_statement_is_left_out (void)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint number = 1; number <= parts[i].n; number++)
      {
        g_autofree char *statement = g_strdup_printf ("%c%u", parts[i].part, number);
        gboolean found = FALSE;

        for (guint j = 0; j < G_N_ELEMENTS (tellings); j++)
          found |= g_str_equal (tellings[j].statement, statement);
        g_assert_true (found);
        n++;
      }
  g_assert_cmpuint (n, ==, 32);
}

static void
both_logins_are_good (void)
{
  static const char *const examples[] = { "remote-ntlm.uccapilog", "internal-kerberos.uccapilog" };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr (RungsTrace) trace = fixture_example (examples[i]);
      g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, 0);

      g_assert_cmpint (rungs_diagnosis_get_severity (diagnosis), ==, RUNGS_SEVERITY_GOOD);
      for (guint j = 0; j < rungs_trace_get_n_messages (trace); j++)
        {
          const RungsStatement *statement = rungs_diagnosis_get_statement (diagnosis, j);

          g_assert_cmpint (statement->severity, ==, RUNGS_SEVERITY_EXPECTED);
          g_assert_cmpint (g_utf8_strlen (statement->caption, -1), <=, 110);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/article/no-statement-is-left-out", no_statement_is_left_out);
  g_test_add_func ("/article/both-logins-are-good", both_logins_are_good);
  for (guint i = 0; i < G_N_ELEMENTS (tellings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/article/%s-is-told", tellings[i].statement);

      if (i == 0 || !g_str_equal (tellings[i].statement, tellings[i - 1].statement))
        g_test_add_data_func (path, tellings[i].statement, is_told);
    }
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* URIs, addresses, Via, credentials: the parts of header values. */

#include "config.h"

#include "rungs-sip-address.h"
#include "rungs-sip-auth.h"
#include "rungs-sip-via.h"
#include "rungs-test.h"

static void
a_uri_falls_into_its_parts (void)
{
  RungsSipUri uri;

  g_assert_true (
    rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sips:a%20b:pw@h.example:5061;lr;x=y?To=z")));
  g_assert_slice (uri.scheme, "sips");
  g_assert_slice (uri.user, "a%20b");
  g_assert_slice (uri.password, "pw");
  g_assert_slice (uri.host, "h.example");
  g_assert_cmpuint (uri.port, ==, 5061);
  g_assert_slice (uri.parameters, "lr;x=y");
  g_assert_slice (uri.headers, "To=z");
}

static void
a_user_may_hold_separators (void)
{
  RungsSipUri uri;

  g_assert_true (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sip:a;b=c?d/e@h;p")));
  g_assert_slice (uri.user, "a;b=c?d/e");
  g_assert_slice (uri.host, "h");
  g_assert_slice (uri.parameters, "p");
}

static void
an_ipv6_host_loses_its_brackets (void)
{
  RungsSipUri uri;

  g_assert_true (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sip:u@[2001:db8::1]:5070;t")));
  g_assert_slice (uri.host, "2001:db8::1");
  g_assert_cmpuint (uri.port, ==, 5070);
  g_assert_false (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sip:u@[2001:db8::1")));
}

static void
other_schemes_are_kept_whole (void)
{
  RungsSipUri uri;

  g_assert_true (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("<tel:+1-201;phone-context=x>")));
  g_assert_slice (uri.user, "+1-201");
  g_assert_slice (uri.parameters, "phone-context=x");
  g_assert_true (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("urn:service:sos")));
  g_assert_slice (uri.all, "urn:service:sos");
  g_assert_false (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("alice@example.com")));
  g_assert_false (rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sip:a@h:99999")));
  g_assert_false (rungs_sip_uri_parse (&uri, RUNGS_SLICE_EMPTY));
}

static gboolean
equal (const char *a, const char *b)
{
  RungsSipUri x, y;

  rungs_sip_uri_parse (&x, rungs_slice_from_string (a));
  rungs_sip_uri_parse (&y, rungs_slice_from_string (b));
  g_assert_cmpint (rungs_sip_uri_equal (&x, &y), ==, rungs_sip_uri_equal (&y, &x));
  return rungs_sip_uri_equal (&x, &y);
}

/* The examples of RFC 3261, 19.1.4, as far as parameters and host go. */
static void
uris_are_compared_by_their_meaning (void)
{
  g_assert_true (equal ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"));
  g_assert_true (equal ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"));
  g_assert_false (equal ("SIP:ALICE@AtLanTa.CoM", "sip:alice@AtLanTa.CoM"));
  g_assert_false (equal ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"));
  g_assert_false (equal ("sip:bob@biloxi.com", "sips:bob@biloxi.com"));
  g_assert_false (equal ("sip:a@b", "sip:a@b;user=phone"));
  g_assert_false (equal ("sip:a@b;maddr=c", "sip:a@b;maddr=d"));
  g_assert_true (equal ("tel:+12", "tel:+12"));
  g_assert_false (equal ("tel:+12", "tel:+13"));
}

static void
an_aor_is_user_and_host (void)
{
  RungsSipUri uri;
  g_autofree char *aor = NULL;

  rungs_sip_uri_parse (&uri, RUNGS_SLICE_LITERAL ("sip:al\x1b[2Jice@h:5060;x"));
  aor = rungs_sip_uri_to_aor (&uri);
  g_assert_cmpstr (aor, ==, "al␛[2Jice@h");
}

static void
an_address_has_name_uri_and_parameters (void)
{
  RungsSipAddress address;

  g_assert_true (
    rungs_sip_address_parse (&address,
                             RUNGS_SLICE_LITERAL ("\"A <b>, \\\"c\\\"\" <sip:a@h;x=1?y>;Tag=9;epid=01")));
  g_assert_slice (address.display, "A <b>, \\\"c\\\"");
  g_assert_slice (address.uri.parameters, "x=1");
  g_assert_slice (address.tag, "9");
  g_assert_slice (rungs_sip_address_get_parameter (&address, "EPID"), "01");
  g_assert_true (rungs_sip_address_parse (&address, RUNGS_SLICE_LITERAL ("sip:a@h;tag=2")));
  g_assert_slice (address.uri.all, "sip:a@h");
  g_assert_slice (address.tag, "2");
  g_assert_true (rungs_sip_address_parse (&address, RUNGS_SLICE_LITERAL ("caller<sip:a@h>;tag=3")));
  g_assert_slice (address.display, "caller");
  g_assert_true (rungs_sip_address_parse (&address, RUNGS_SLICE_LITERAL ("*")));
  g_assert_true (address.star);
  g_assert_false (rungs_sip_address_parse (&address, RUNGS_SLICE_LITERAL ("\"open <sip:a@h>")));
  g_assert_false (rungs_sip_address_parse (&address, RUNGS_SLICE_LITERAL ("<sip:a@h")));
  g_assert_slice (address.uri.host, "h");
}

static void
a_peeked_tag_is_the_parsed_tag (void)
{
  static const char *const texts[] = { "<sip:a;tag=no@h;tag=no>;x=1; Tag = yes ;y",
                                       "\";tag=no\" <sip:a@h>;tag=yes",
                                       "sip:a@h;tag=yes",
                                       "<sip:a@h>;epid=00;tag=yes" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RungsSipAddress address;

      g_assert_slice (rungs_sip_address_peek_tag (rungs_slice_from_string (texts[i])), "yes");
      rungs_sip_address_parse (&address, rungs_slice_from_string (texts[i]));
      g_assert_slice (address.tag, "yes");
    }
  g_assert_cmpuint (rungs_sip_address_peek_tag (RUNGS_SLICE_LITERAL ("<sip:a@h;tag=no>")).length, ==, 0);
  g_assert_cmpuint (rungs_sip_address_peek_tag (RUNGS_SLICE_EMPTY).length, ==, 0);
}

static void
white_space_stands_anywhere_in_a_via (void)
{
  RungsSipVia via;
  RungsTransport transport;
  RungsSlice branch, sent_by;
  RungsSlice text =
    RUNGS_SLICE_LITERAL ("SIP  / 2.0\r\n /TCP   a.example : 5061 ;\r\n  branch  =  z9 ;received=1.2.3.4 , "
                         "SIP/2.0/UDP b;branch=no");

  g_assert_true (rungs_sip_via_parse (&via, text));
  g_assert_cmpint (via.transport, ==, RUNGS_TRANSPORT_TCP);
  g_assert_slice (via.host, "a.example");
  g_assert_cmpuint (via.port, ==, 5061);
  g_assert_slice (via.branch, "z9");
  g_assert_slice (via.received, "1.2.3.4");
  rungs_sip_via_peek (text, &transport, &branch, &sent_by);
  g_assert_cmpint (transport, ==, RUNGS_TRANSPORT_TCP);
  g_assert_slice (branch, "z9");
  g_assert_slice (sent_by, "a.example : 5061");
}

static void
a_via_without_a_branch_does_not_take_the_next_one (void)
{
  RungsSlice branch;

  rungs_sip_via_peek (RUNGS_SLICE_LITERAL ("SIP/2.0/TLS a;ms-received-port=1, SIP/2.0/TLS b;branch=x"),
                      NULL,
                      &branch,
                      NULL);
  g_assert_cmpuint (branch.length, ==, 0);
}

static void
the_port_seen_by_the_server_is_read (void)
{
  RungsSipVia via;

  g_assert_true (rungs_sip_via_parse (&via,
                                      RUNGS_SLICE_LITERAL ("SIP/2.0/TLS "
                                                           "[2001:db8::1]:50130;received=192.0.2.7;ms-"
                                                           "received-port=4711;ms-received-cid=300")));
  g_assert_slice (via.host, "2001:db8::1");
  g_assert_cmpuint (via.received_port, ==, 4711);
  g_assert_false (rungs_sip_via_parse (&via, RUNGS_SLICE_LITERAL ("SIP/2.0 a.example")));
}

static void
credentials_are_read_in_any_order (void)
{
  RungsSipAuth auth;
  RungsSlice rest, name, value;
  guint n = 0;

  g_assert_true (
    rungs_sip_auth_parse (&auth,
                          RUNGS_SLICE_LITERAL ("NTLM qop=\"auth\",opaque=\"A,B\" , "
                                               "version=4,gssapi-data=\"\",realm=\u201cSIP \u201d, x")));
  g_assert_cmpint (auth.scheme, ==, RUNGS_SIP_SCHEME_NTLM);
  g_assert_slice (rungs_sip_auth_get (&auth, "Opaque"), "A,B");
  g_assert_slice (rungs_sip_auth_get (&auth, "version"), "4");
  g_assert_slice (rungs_sip_auth_get (&auth, "realm"), "SIP ");
  g_assert_nonnull (rungs_sip_auth_get (&auth, "gssapi-data").data);
  g_assert_cmpuint (rungs_sip_auth_get (&auth, "gssapi-data").length, ==, 0);
  g_assert_null (rungs_sip_auth_get (&auth, "response").data);
  g_assert_true (rungs_sip_auth_has (&auth, "x"));
  for (rest = auth.parameters; rungs_sip_auth_next (&rest, &name, &value);)
    n++;
  g_assert_cmpuint (n, ==, 6);
}

static void
schemes_are_known_without_case (void)
{
  RungsSipAuth auth;

  g_assert_true (rungs_sip_auth_parse (&auth, RUNGS_SLICE_LITERAL ("kerberos realm=\"x\"")));
  g_assert_cmpint (auth.scheme, ==, RUNGS_SIP_SCHEME_KERBEROS);
  g_assert_true (rungs_sip_auth_parse (&auth, RUNGS_SLICE_LITERAL ("TLS-DSK\r\n realm=\"x\"")));
  g_assert_cmpint (auth.scheme, ==, RUNGS_SIP_SCHEME_TLS_DSK);
  g_assert_slice (rungs_sip_auth_get (&auth, "realm"), "x");
  g_assert_true (rungs_sip_auth_parse (&auth, RUNGS_SLICE_LITERAL ("NoOneKnows a=b")));
  g_assert_cmpint (auth.scheme, ==, RUNGS_SIP_SCHEME_OTHER);
  g_assert_false (rungs_sip_auth_parse (&auth, RUNGS_SLICE_LITERAL ("nextnonce=\"1\", qop=auth")));
  g_assert_slice (rungs_sip_auth_get (&auth, "nextnonce"), "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/parts", a_uri_falls_into_its_parts);
  rungs_test_add ("/parts", a_user_may_hold_separators);
  rungs_test_add ("/parts", an_ipv6_host_loses_its_brackets);
  rungs_test_add ("/parts", other_schemes_are_kept_whole);
  rungs_test_add ("/parts", uris_are_compared_by_their_meaning);
  rungs_test_add ("/parts", an_aor_is_user_and_host);
  rungs_test_add ("/parts", an_address_has_name_uri_and_parameters);
  rungs_test_add ("/parts", a_peeked_tag_is_the_parsed_tag);
  rungs_test_add ("/parts", white_space_stands_anywhere_in_a_via);
  rungs_test_add ("/parts", a_via_without_a_branch_does_not_take_the_next_one);
  rungs_test_add ("/parts", the_port_seen_by_the_server_is_read);
  rungs_test_add ("/parts", credentials_are_read_in_any_order);
  rungs_test_add ("/parts", schemes_are_known_without_case);
  return g_test_run ();
}

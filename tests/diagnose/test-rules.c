/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Each rule speaks in one case and is silent in another that differs in what the rule is about. */

#include "config.h"

#include "diagnose-fixture.h"
#include "rungs-judge.h"

/* Parts of a login, one after the other: 1 and 2, 3 and 4, 5 and 6. */
#define ASK            "0.0 c>s REGISTER 1\n"
#define OFFER          "0.1 s>c 401 1 $ntlm | $date\n"
#define OFFER_BOTH     "0.1 s>c 401 1 $kerberos | $ntlm | $date\n"
#define OFFER_REMOTE   "0.1 s>c 401 1 $ntlm | $remote | $date\n"
#define EMPTY          "0.2 c>s REGISTER 2 $empty\n"
#define CHALLENGE      "0.3 s>c 401 2 $challenge | $date\n"
#define PROOF          "0.4 c>s REGISTER 3 $proof\n"
#define DONE           "0.5 s>c 200 3 $info | $stored\n"
#define LOGIN          ASK OFFER EMPTY CHALLENGE PROOF DONE
#define TICKET         "0.2 c>s REGISTER 2 $ticket\n"
#define TICKET_DONE    "0.3 s>c 200 2 $info | $stored\n"
#define TICKET_REFUSED "0.3 s>c 401 2 $kerberos | $ntlm | $date\n"
#define DIGEST_ASK     "0.0 c>s REGISTER 1 $plain\n"
#define DIGEST_OFFER   "0.1 s>c 401 1 $plain | $digest\n"
#define DIGEST_ANSWER  "0.2 c>s REGISTER 2 $plain | $answer\n"
#define NTLM_BEGUN     ASK OFFER EMPTY "0.3 s>c 401 2 %ntlm challenge | $date\n"
#define NTLM_PROOF     NTLM_BEGUN "0.4 c>s REGISTER 3 %ntlm authenticate "
#define TICKET_OF      ASK OFFER_BOTH "0.2 c>s REGISTER 2 %kerberos ap-req "
#define INSTANCE       "+sip.instance=\"<urn:uuid:86446691-9bbb-5236-a219-a37d6d2acfec>\""
#define OTHER_INSTANCE "+sip.instance=\"<urn:uuid:00000000-0000-5000-8000-000000000001>\""
#define GRUU           ";gruu=\"sip:ann@contoso.example;opaque=user:epid:"
#define COUNTED        " Authorization: NTLM opaque=\"AB12\", response=\"01\", crand=\"1\", cnum="
#define POOL           "service=sip/pool01.contoso.example"
#define KDC_LOGON      "0.11 C>K KRB as-req proof\n0.12 K>C KRB as-rep ticket=TGT:18\n"
#define KDC_TICKET     "0.13 C>K KRB tgs-req " POOL " shown=TGT:18\n0.14 K>C KRB tgs-rep " POOL " ticket=T1:18\n"
#define KDC_LOGIN      ASK OFFER_BOTH KDC_LOGON KDC_TICKET AP_REQ TICKET_DONE
#define KDC_ASKED      ASK OFFER_BOTH "0.11 C>K KRB as-req proof\n0.12 K>C KRB error stime=0 code="
#define KDC_TRIED      ASK OFFER_BOTH KDC_LOGON "0.13 C>K KRB tgs-req " POOL "\n0.14 K>C KRB error " POOL " code="
#define AP_REQ         "0.2 c>s REGISTER 2 %kerberos ap-req ticket=T1:18\n"
#define LATER          "60.0 c>s OPTIONS 9 Call-ID: other\n60.1 s>c 200 9/OPTIONS Call-ID: other\n"

/* One rule, and the traces in which it speaks and is silent. */
/* Certificate messages of a TLS handshake. Made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes
 * -subj /CN=NAME -addext subjectAltName=DNS:NAME -outform DER, from 2009-01-01 on: of pool01 for 100 and for 10000 days, of pool02. */
/* clang-format off */
#define CERT_OLD \
  "FgMBAccLAAHDAAHAAAG9MIIBuTCCAWCgAwIBAgIUUAF+F6SX5ENa+OdNyy/GwKPwXw8wCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwW" \
  "cG9vbDAxLmNvbnRvc28uZXhhbXBsZTAeFw0wOTAxMDEwMDAwMDBaFw0wOTA0MTEwMDAwMDBaMCExHzAdBgNVBAMMFnBvb2wwMS5j" \
  "b250b3NvLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASSMVMGOZtWEZ9/V4Bw1//7fT7yz9a2mInIUGtX0oZFA0vc" \
  "V4RFJ/h7zabl7/S5My1uDVTpnjA0daQpgIZhM3yAo3YwdDAdBgNVHQ4EFgQUAMHS8w4iLKda4No0jzJovP6YM4MwHwYDVR0jBBgw" \
  "FoAUAMHS8w4iLKda4No0jzJovP6YM4MwDwYDVR0TAQH/BAUwAwEB/zAhBgNVHREEGjAYghZwb29sMDEuY29udG9zby5leGFtcGxl" \
  "MAoGCCqGSM49BAMCA0cAMEQCIGwvKh4qK3BYCxdGLuloIMP/4njc4fPAU8SEUOE8qhRoAiBIWZXCPjUrsx54TR92RdfezF6Ysn10" \
  "Rsj6c/VOHN9Qyg=="
#define CERT_GOOD \
  "FgMBAcgLAAHEAAHBAAG+MIIBujCCAWCgAwIBAgIUQ/YdgTJLuxwN2H2ORHW7oo0mN7QwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwW" \
  "cG9vbDAxLmNvbnRvc28uZXhhbXBsZTAeFw0wOTAxMDEwMDAwMDBaFw0zNjA1MTkwMDAwMDBaMCExHzAdBgNVBAMMFnBvb2wwMS5j" \
  "b250b3NvLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATCIOH+t3888wkUxlWRQ4Aq8SUhq5I40DouOQZyT42kac+w" \
  "BIt2TB3tDI+/EakGq0cBpdov71ZWqcsu41aVEwW6o3YwdDAdBgNVHQ4EFgQUB55mQj4aP9eA2GbenpC/hus12Z8wHwYDVR0jBBgw" \
  "FoAUB55mQj4aP9eA2GbenpC/hus12Z8wDwYDVR0TAQH/BAUwAwEB/zAhBgNVHREEGjAYghZwb29sMDEuY29udG9zby5leGFtcGxl" \
  "MAoGCCqGSM49BAMCA0gAMEUCIQDFqggoMqGkWxKhlfcGeNZL+qHoLyhkZlKs7SrPoMjlPgIgcTt7bf748TJR3aAc+USB332NNqN6" \
  "+42+4RPvJ0Phbms="
#define CERT_OTHER \
  "FgMBAccLAAHDAAHAAAG9MIIBuTCCAWCgAwIBAgIUXbroAxw+Arqk/6h/BF2XrcdjIdgwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwW" \
  "cG9vbDAyLmNvbnRvc28uZXhhbXBsZTAeFw0wOTAxMDEwMDAwMDBaFw0zNjA1MTkwMDAwMDBaMCExHzAdBgNVBAMMFnBvb2wwMi5j" \
  "b250b3NvLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT9JuEMT9LSjuSs82apr5YN8MAm2Vg2HbNjttPI6GIj9oxX" \
  "yBMex5619NQqKIuhiKUCsfz1hWkG3HiCeBX07Mrjo3YwdDAdBgNVHQ4EFgQUQLaee1LW8SgwmfAxEkBKdxrjYXcwHwYDVR0jBBgw" \
  "FoAUQLaee1LW8SgwmfAxEkBKdxrjYXcwDwYDVR0TAQH/BAUwAwEB/zAhBgNVHREEGjAYghZwb29sMDIuY29udG9zby5leGFtcGxl" \
  "MAoGCCqGSM49BAMCA0cAMEQCIFb/XxXAZLvYCt9G9UzS2YhMfIyn2P4/bAGCLco0eQqYAiAKKfVA8Q7NCwGTphvf+AyQZxTZsAvi" \
  "Dr0tSMvb1zIJxA=="
/* clang-format on */
#define TLS_ANSWER(data)                                                                                     \
  ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 WWW-Authenticate: TLS-DSK "   \
      "opaque=\"AB12\", realm=\"r\", targetname=\"pool01.contoso.example\", gssapi-data=\"" data "\"\n"

typedef struct
{
  const char *rule;
  guint message; /* where it stands, from 1 */
  RungsSeverity severity;
  const char *speaks;
  const char *silent;
} RuleCase;

#define EXPECTED RUNGS_SEVERITY_EXPECTED
#define INFO     RUNGS_SEVERITY_INFO
#define WARNING  RUNGS_SEVERITY_WARNING
#define ERROR    RUNGS_SEVERITY_ERROR

static const RuleCase cases[] = {
  /* Challenges */
  { "REG-NO-CRED", 1, EXPECTED, ASK OFFER, "0.0 c>s REGISTER 1 $proof\n" },
  { "RED-401-FIRST", 2, EXPECTED, ASK OFFER, EMPTY CHALLENGE },
  { "RED-401-CHALLENGE", 4, EXPECTED, ASK OFFER EMPTY CHALLENGE, ASK OFFER EMPTY "0.3 s>c 401 2 $ntlm\n" },
  { "RED-401-TLSDSK",
    4,
    EXPECTED,
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $server-hello\n",
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $alert\n" },
  { "OFFER-REMOTE-NTLM", 2, EXPECTED, ASK OFFER_REMOTE, ASK "0.1 s>c 401 1 $kerberos | $ntlm | $remote\n" },
  { "OFFER-INTERNAL-BOTH", 2, EXPECTED, ASK OFFER_BOTH, ASK OFFER },
  { "OFFER-INTERNAL-NTLM-ONLY", 2, INFO, ASK OFFER, "0.0 c>e REGISTER 1\n0.1 e>c 401 1 $ntlm\n" },
  { "REMOTE-USER", 2, INFO, ASK OFFER_REMOTE, ASK OFFER },
  { "KRB-PREFIX",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 WWW-Authenticate: Kerberos realm=\"r\", targetname=\"pool01.contoso.example\"\n",
    ASK OFFER_BOTH },
  { "TARGET-PAIR",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 $ntlm | WWW-Authenticate: Kerberos realm=\"r\", "
        "targetname=\"sip/pool02.contoso.example\"\n",
    ASK "0.1 s>c 401 1 $ntlm | WWW-Authenticate: Kerberos realm=\"r\", "
        "targetname=\"sip/POOL01.contoso.example\"\n" },
  { "TARGET-CHANGED",
    4,
    WARNING,
    ASK OFFER EMPTY
    "0.3 s>c 401 2 WWW-Authenticate: NTLM realm=\"r\", targetname=\"pool02.contoso.example\"\n",
    LOGIN },
  { "DATE-MISSING", 2, INFO, ASK "0.1 s>c 401 1 $ntlm\n", ASK OFFER },
  { "DIGEST", 2, EXPECTED, DIGEST_ASK DIGEST_OFFER, DIGEST_ANSWER DIGEST_OFFER },
  { "TLSDSK-NO-STS",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 $tls-dsk-alone\n" LATER,
    ASK "0.1 s>c 401 1 $tls-dsk\n" LATER },

  /* Credentials */
  { "REMOTE-KRB-CHOSEN",
    3,
    WARNING,
    ASK "0.1 s>c 401 1 $kerberos | $ntlm | $remote\n" TICKET,
    ASK OFFER_BOTH TICKET },
  { "KRB-NO-KDC", 3, INFO, ASK OFFER_BOTH EMPTY, ASK OFFER EMPTY },
  { "KRB-THEN-NTLM",
    5,
    WARNING,
    ASK OFFER_BOTH TICKET TICKET_REFUSED "0.4 c>s REGISTER 3 $empty\n",
    ASK OFFER_BOTH EMPTY },
  { "SCHEME-NOT-OFFERED", 3, ERROR, ASK OFFER TICKET, ASK OFFER_BOTH TICKET },
  { "NTLM-EMPTY-NEG", 3, EXPECTED, ASK OFFER EMPTY, ASK OFFER "0.2 c>s REGISTER 2 $negotiate\n" },
  { "NTLM-TYPE1-PRESENT", 3, INFO, ASK OFFER "0.2 c>s REGISTER 2 $negotiate\n", ASK OFFER EMPTY },
  { "OPAQUE-CHANGED",
    5,
    ERROR,
    ASK OFFER EMPTY CHALLENGE "0.4 c>s REGISTER 3 Authorization: NTLM opaque=\"CD34\", "
                              "gssapi-data=\"TlRMTVNTUAADAAAAAAAAAAAAAAAAAAAAAAAAAA==\"\n",
    ASK OFFER EMPTY CHALLENGE PROOF },
  { "OPAQUE-MISSING",
    5,
    ERROR,
    ASK OFFER EMPTY CHALLENGE
    "0.4 c>s REGISTER 3 Authorization: NTLM gssapi-data=\"TlRMTVNTUAADAAAAAAAAAAAAAAAAAAAAAAAAAA==\"\n",
    ASK OFFER EMPTY CHALLENGE PROOF },
  { "REALM-TARGET-ECHO",
    3,
    ERROR,
    ASK OFFER
    "0.2 c>s REGISTER 2 Authorization: NTLM targetname=\"pool09.contoso.example\", gssapi-data=\"\"\n",
    ASK OFFER EMPTY },
  { "VERSION-ECHO",
    3,
    WARNING,
    ASK OFFER "0.2 c>s REGISTER 2 Authorization: NTLM version=3, gssapi-data=\"\"\n",
    ASK OFFER "0.2 c>s REGISTER 2 Authorization: NTLM gssapi-data=\"\"\n" },
  { "GSSAPI-TWICE",
    7,
    ERROR,
    ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $challenge\n0.6 c>s REGISTER 4 $proof\n",
    ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $challenge\n0.6 c>s REGISTER 4 $proof-two\n" },
  { "PROXYAUTH-FOR-WWW",
    3,
    EXPECTED,
    ASK OFFER "0.2 c>s REGISTER 2 Proxy-Authorization: NTLM gssapi-data=\"\"\n",
    ASK OFFER EMPTY },
  { "BOTH-AUTH-HEADERS",
    3,
    WARNING,
    ASK OFFER "0.2 c>s REGISTER 2 Authorization: NTLM realm=\"r\" | Proxy-Authorization: NTLM realm=\"r\"\n",
    ASK OFFER
    "0.2 c>s REGISTER 2 Authorization: NTLM realm=\"r\" | Proxy-Authorization: NTLM realm=\"s\"\n" },

  /* Signatures */
  { "SIG-CLIENT",
    5,
    EXPECTED,
    ASK OFFER EMPTY CHALLENGE PROOF,
    ASK OFFER EMPTY CHALLENGE "0.4 c>s REGISTER 3 $proof-unsigned\n" },
  { "SIG-CLIENT-MISSING",
    5,
    ERROR,
    ASK OFFER EMPTY CHALLENGE "0.4 c>s REGISTER 3 $proof-unsigned\n",
    ASK OFFER EMPTY CHALLENGE PROOF },
  { "SIG-SERVER", 6, EXPECTED, LOGIN, ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 200 3 $stored\n" },
  { "SIG-SERVER-MISSING", 6, WARNING, ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 200 3 $stored\n", LOGIN },

  /* Refusals */
  { "NTLM-401-AFTER-AUTH", 6, ERROR, ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $ntlm\n", LOGIN },
  { "KRB-401", 4, ERROR, ASK OFFER_BOTH TICKET TICKET_REFUSED, ASK OFFER_BOTH TICKET TICKET_DONE },
  { "KRB-ERROR",
    4,
    ERROR,
    ASK OFFER_BOTH TICKET "0.3 s>c 401 2 $krb-error\n",
    ASK OFFER_BOTH TICKET TICKET_REFUSED },
  { "TLS-ALERT",
    4,
    ERROR,
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $alert\n",
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $server-hello\n" },
  { "AUTH-LOOP",
    6,
    ERROR,
    "0.0 c>s REGISTER 1 $proof\n0.1 s>c 401 1 $challenge\n0.2 c>s REGISTER 2 $proof-two\n0.3 s>c 401 2 "
    "$challenge\n"
    "0.4 c>s REGISTER 3 $proof-three\n0.5 s>c 401 3 $challenge\n",
    "0.0 c>s REGISTER 1 $proof\n0.1 s>c 401 1 $challenge\n0.2 c>s REGISTER 2 $proof-two\n0.3 s>c 401 2 "
    "$challenge\n" },
  { "DIAG-1000",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1000;reason=\"Final handshake failed\"\n",
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1003;reason=\"User does not exist\"\n" },
  { "NTLM-MISMATCH",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1000;HRESULT=\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"\n",
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1000;HRESULT=\"0x8009030C\"\n" },
  { "DIAG-1013",
    2,
    ERROR,
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1013;reason=\"Significant time skew\"\n",
    ASK "0.1 s>c 401 1 $ntlm | ms-diagnostics: 1000\n" },
  { "GAVE-UP", 2, ERROR, ASK OFFER LATER, LOGIN LATER },
  { "DIGEST-REFUSED",
    4,
    ERROR,
    DIGEST_ASK DIGEST_OFFER DIGEST_ANSWER "0.3 s>c 401 2 $plain | $digest\n",
    DIGEST_ASK DIGEST_OFFER DIGEST_ANSWER "0.3 s>c 401 2 $plain | $digest-stale\n" },
  { "DIGEST-NONCE",
    4,
    WARNING,
    DIGEST_ASK DIGEST_OFFER DIGEST_ANSWER "0.3 s>c 401 2 !SIP/2.0 401 nonce has changed | $plain | $digest\n",
    DIGEST_ASK DIGEST_OFFER DIGEST_ANSWER "0.3 s>c 401 2 $plain | $digest\n" },

  /* Final answers */
  { "REDIRECT",
    2,
    EXPECTED,
    ASK "0.1 s>c 301 1 Contact: <sip:pool02.contoso.example:5061;transport=tls>\n",
    ASK "0.1 s>c 301 1\n" },
  { "REDIRECT-LOOP",
    4,
    ERROR,
    ASK
    "0.1 s>c 301 1 Contact: <sip:p.example>\n0.2 c>s REGISTER 2\n0.3 s>c 301 2 Contact: <sip:p.example>\n",
    ASK
    "0.1 s>c 301 1 Contact: <sip:p.example>\n0.2 c>d REGISTER 2\n0.3 d>c 301 2 Contact: <sip:q.example>\n" },
  { "E423", 2, WARNING, ASK "0.1 s>c 423 1 Min-Expires: 600\n", ASK "0.1 s>c 421 1\n" },
  { "E403-4003",
    2,
    ERROR,
    ASK "0.1 s>c 403 1 ms-diagnostics-public: 4003;reason=\"x\"\n",
    ASK "0.1 s>c 403 1\n" },
  { "E403-4004",
    2,
    ERROR,
    ASK "0.1 s>c 403 1 ms-diagnostics-public: 4004;reason=\"x\"\n",
    ASK "0.1 s>c 403 1\n" },
  { "E403-VERSION",
    2,
    ERROR,
    ASK "0.1 s>c 403 1 ms-diagnostics: 17002;reason=\"x\"\n",
    ASK "0.1 s>c 403 1 ms-diagnostics: 17004\n" },
  { "E403", 2, ERROR, ASK "0.1 s>c 403 1\n", ASK "0.1 s>c 403 1 ms-diagnostics: 4004\n" },
  { "E404", 2, ERROR, ASK "0.1 s>c 404 1\n", "0.0 c>s INVITE 1\n0.1 s>c 404 1/INVITE\n" },
  { "E400-EPID",
    2,
    ERROR,
    ASK "0.1 s>c 400 1 ms-diagnostics: 4011;reason=\"Epid not present\"\n",
    ASK "0.1 s>c 400 1\n" },
  { "E408", 2, ERROR, ASK "0.1 s>c 408 1\n", "0.0 c>s INVITE 1\n0.1 s>c 408 1/INVITE\n" },
  { "E480", 2, ERROR, ASK "0.1 s>c 480 1\n", "0.0 c>s INVITE 1\n0.1 s>c 480 1/INVITE\n" },
  { "E482-483", 2, ERROR, ASK "0.1 s>c 483 1\n", ASK "0.1 s>c 484 1\n" },
  { "E500", 2, ERROR, ASK "0.1 s>c 500 1\n", ASK "0.1 s>c 503 1\n" },
  { "E503", 2, ERROR, ASK "0.1 s>c 503 1\n", ASK "0.1 s>c 500 1\n" },
  { "E504-EDGE", 2, ERROR, ASK "0.1 s>c 504 1\n", DIGEST_ASK "0.1 s>c 504 1 $plain\n" },
  { "E6XX", 2, WARNING, ASK "0.1 s>c 604 1\n", ASK "0.1 s>c 404 1\n" },
  { "E-OTHER", 2, ERROR, ASK "0.1 s>c 420 1\n", ASK "0.1 s>c 404 1\n" },
  { "UPDATE-OFFERED",
    2,
    INFO,
    ASK "0.1 s>c 200 1 $stored | ms-diagnostics: 17004\n",
    ASK "0.1 s>c 200 1 $stored\n" },

  /* Registrations */
  { "REG-OK", 6, EXPECTED, LOGIN, ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 403 3\n" },
  { "REG-OK-NO-CONTACT",
    2,
    WARNING,
    ASK "0.1 s>c 200 1 Expires: 60\n",
    "0.0 c>s REGISTER 1 -Contact\n0.1 s>c 200 1\n" },
  { "EXPIRES-SHORTER",
    2,
    INFO,
    "0.0 c>s REGISTER 1 Expires: 7200\n0.1 s>c 200 1 $stored\n",
    "0.0 c>s REGISTER 1 Expires: 3600\n0.1 s>c 200 1 $stored\n" },
  { "DEREGISTER",
    8,
    EXPECTED,
    LOGIN "9.0 c>s REGISTER 4 $signed | Expires: 0\n9.1 s>c 200 4 $info\n",
    LOGIN },
  { "REFRESH", 8, EXPECTED, LOGIN "9.0 c>s REGISTER 4 $signed\n9.1 s>c 200 4 $info | $stored\n", LOGIN },
  { "REFRESH-401",
    8,
    WARNING,
    LOGIN "9.0 c>s REGISTER 4 $signed\n9.1 s>c 401 4 $ntlm\n",
    LOGIN "9.0 c>s REGISTER 4\n9.1 s>c 401 4 $ntlm\n" },
  { "REFRESH-LATE",
    7,
    WARNING,
    LOGIN "3700.0 c>s REGISTER 4 $signed\n3700.1 s>c 200 4 $info | $stored\n",
    LOGIN "3500.0 c>s REGISTER 4 $signed\n3500.1 s>c 200 4 $info | $stored\n" },
  { "REFRESH-ADDED",
    8,
    WARNING,
    LOGIN
    "9.0 c>s REGISTER 4 $signed\n9.1 s>c 200 4 $info | $stored | presence-state: register-action=\"added\"\n",
    LOGIN "9.0 c>s REGISTER 4 $signed\n9.1 s>c 200 4 $info | $stored | presence-state: "
          "register-action=\"refreshed\"\n" },
  { "SA-REAUTH",
    9,
    EXPECTED,
    LOGIN "3590.0 c>s REGISTER 4 $signed\n3590.1 s>c 200 4 $info | $stored\n7100.0 c>s REGISTER 5\n",
    LOGIN "9.0 c>s REGISTER 4\n" },
  { "SUB-PROVISIONING",
    1,
    EXPECTED,
    "0.0 c>s SUBSCRIBE 1 Event: vnd-microsoft-provisioning-v2\n",
    "0.0 c>s SUBSCRIBE 1 Event: presence\n" },
  { "SUB-PROVISIONING-FAIL",
    2,
    WARNING,
    "0.0 c>s SUBSCRIBE 1 Event: vnd-microsoft-provisioning-v2\n0.1 s>c 504 1/SUBSCRIBE\n",
    "0.0 c>s SUBSCRIBE 1 Event: vnd-microsoft-provisioning-v2\n0.1 s>c 200 1/SUBSCRIBE\n" },
  { "DEREG-NOTIFY",
    1,
    WARNING,
    "0.0 s>c NOTIFY 1 Event: registration-notify\n",
    "0.0 s>c NOTIFY 1 Event: presence\n" },

  /* Sequence */
  { "CALLID-SAME", 3, EXPECTED, ASK OFFER EMPTY, ASK OFFER },
  { "CALLID-CHANGED",
    3,
    WARNING,
    "log\n" ASK OFFER "5.0 c>s REGISTER 1 Call-ID: call-2\n5.1 s>c 401 1 $ntlm | Call-ID: call-2\n",
    "log\n" LOGIN "5.0 c>s REGISTER 1 Call-ID: call-2\n5.1 s>c 401 1 $ntlm | Call-ID: call-2\n" },
  { "CSEQ-ONE-UP", 3, EXPECTED, ASK OFFER EMPTY, ASK OFFER "0.2 c>s REGISTER 5 $empty\n" },
  { "CSEQ-NOT-UP",
    3,
    ERROR,
    "0.0 c>s REGISTER 5\n0.1 s>c 401 5 $ntlm\n0.2 c>s REGISTER 4 $empty\n",
    ASK OFFER EMPTY },
  { "CSEQ-GAP", 3, INFO, ASK OFFER "0.2 c>s REGISTER 5 $empty\n", ASK OFFER EMPTY },
  { "FROM-TO-EQUAL", 1, EXPECTED, ASK, "0.0 c>s REGISTER 1 To: <sip:bob@contoso.example>\n" },
  { "FROM-TO-DIFFER", 1, INFO, "0.0 c>s REGISTER 1 To: <sip:bob@contoso.example>\n", ASK },
  { "RURI-USER", 1, WARNING, "0.0 c>s REGISTER 1 !REGISTER sip:ann@contoso.example SIP/2.0\n", ASK },
  { "EPID-MISSING",
    1,
    WARNING,
    "0.0 c>s REGISTER 1 $plain | ms-keep-alive: UAC\n",
    "0.0 c>s REGISTER 1 ms-keep-alive: UAC\n" },
  { "PORT-EDGE", 1, INFO, "0.0 c>e REGISTER 1\n", ASK },
  { "PORT-POOL", 1, INFO, ASK, "0.0 c>e REGISTER 1\n" },
  { "PORT-PLAIN", 1, WARNING, "0.0 c>u REGISTER 1\n", ASK },

  /* Structure */
  { "CSEQ-METHOD", 1, ERROR, "0.0 c>s OPTIONS 1 CSeq: 1 INVITE\n", "0.0 c>s OPTIONS 1\n" },
  { "HDR-MANDATORY", 1, ERROR, "0.0 c>s OPTIONS 1 -To\n", "0.0 c>s OPTIONS 1\n" },
  { "HDR-MAXFWD",
    1,
    INFO,
    "0.0 c>s OPTIONS 1 $plain | -Max-Forwards\n",
    "0.0 c>s OPTIONS 1 -Max-Forwards\n" },
  { "VIA-NO-BRANCH",
    1,
    INFO,
    "0.0 c>s OPTIONS 1 $plain | Via: SIP/2.0/UDP 10.0.0.1:50000\n",
    "0.0 c>s OPTIONS 1 Via: SIP/2.0/UDP 10.0.0.1:50000\n" },
  { "FROM-NO-TAG", 1, ERROR, "0.0 c>s OPTIONS 1 From: <sip:ann@contoso.example>\n", "0.0 c>s OPTIONS 1\n" },
  { "RESP-MISMATCH",
    2,
    ERROR,
    ASK "0.1 s>c 200 1 $stored | From: <sip:ann@contoso.example>;tag=zz\n",
    ASK "0.1 s>c 200 1 $stored\n" },
  { "NAT-SEEN",
    2,
    INFO,
    ASK
    "0.1 s>c 200 1 $stored | Via: SIP/2.0/TLS 10.0.0.1:50000;branch=z9hG4bK1REGISTER;received=192.0.2.7\n",
    ASK
    "0.1 s>c 200 1 $stored | Via: SIP/2.0/TLS 10.0.0.1:50000;branch=z9hG4bK1REGISTER;received=10.0.0.1\n" },
  { "RR-IN-REGISTER", 1, INFO, "0.0 c>s REGISTER 1 Record-Route: <sip:p.example;lr>\n", ASK },

  /* Timing */
  { "NO-ANSWER", 1, ERROR, "0.0 c>s OPTIONS 1\n" LATER, "0.0 c>s OPTIONS 1\n0.1 s>c 200 1/OPTIONS\n" LATER },
  { "RETRANSMIT-UDP",
    2,
    INFO,
    "0.0 c>s OPTIONS 1\n0.5 c>s OPTIONS 1\n",
    "0.0 c>s OPTIONS 1\n0.5 c>s OPTIONS 2\n" },
  { "RETRANSMIT-TCP",
    2,
    WARNING,
    "log\n0.0 c>s OPTIONS 1\n0.5 c>s OPTIONS 1\n",
    "log\n0.0 c>s OPTIONS 1\n0.5 c>s OPTIONS 2\n" },

  /* What stands in the tokens */
  { "NTLM-DATAGRAM-FLAG", 5, ERROR, NTLM_PROOF "flags=0x62988215\n", NTLM_PROOF "mic\n" },
  { "NTLM-NO-128", 5, WARNING, NTLM_PROOF "flags=0x42988255\n", NTLM_PROOF "mic\n" },
  { "NTLM-V1", 5, WARNING, NTLM_PROOF "v1\n", NTLM_PROOF "v2=0\n" },
  { "NTLM-LM", 5, WARNING, NTLM_PROOF "v1 lm flags=0x62908255\n", NTLM_PROOF "v1 flags=0x62908255\n" },
  { "NTLM-NO-ESS", 5, INFO, NTLM_PROOF "flags=0x62908255\n", NTLM_PROOF "mic\n" },
  { "NTLM-NO-SIGN", 5, ERROR, NTLM_PROOF "flags=0x62988245\n", NTLM_PROOF "mic\n" },
  { "NTLM-NO-MIC",
    5,
    INFO,
    ASK OFFER EMPTY "0.3 s>c 401 2 %ntlm challenge time\n0.4 c>s REGISTER 3 %ntlm authenticate v2=0\n",
    ASK OFFER EMPTY "0.3 s>c 401 2 %ntlm challenge time\n0.4 c>s REGISTER 3 %ntlm authenticate mic\n" },
  { "NTLM-ANON", 5, ERROR, NTLM_PROOF "flags=0x62988a55 user= domain=\n", NTLM_PROOF "mic\n" },
  { "NTLM-LOCAL-ACCOUNT",
    5,
    WARNING,
    NTLM_PROOF "domain=pc7\n",
    NTLM_PROOF "domain= user=ann@contoso.example\n" },
  { "NTLM-TIME", 5, WARNING, NTLM_PROOF "v2=-600\n", NTLM_PROOF "v2=1900\n" },
  { "KRB-SNAME",
    3,
    ERROR,
    TICKET_OF "service=sip/pool02.contoso.example\n",
    TICKET_OF "service=SIP/POOL01.contoso.example\n" },
  { "KRB-WEAK-ETYPE", 3, WARNING, TICKET_OF "ticket=T1:3\n", TICKET_OF "ticket=T1:17\n" },
  { "KRB-RC4", 3, INFO, TICKET_OF "ticket=T1:23\n", TICKET_OF "ticket=T1:18\n" },
  { "KRB-NO-MUTUAL", 3, INFO, TICKET_OF "ticket=T1:18\n", TICKET_OF "mutual\n" },
  { "KRB-TIME",
    2,
    WARNING,
    ASK OFFER_BOTH,
    ASK "0.1 s>c 401 1 $kerberos | $ntlm | Date: Fri, 24 Jul 2009 10:04:00 GMT\n" },
  { "EPID-INSTANCE",
    1,
    WARNING,
    "0.0 c>s REGISTER 1 Contact: <sip:10.0.0.1:50000>;" OTHER_INSTANCE "\n",
    "0.0 c>s REGISTER 1 Contact: <sip:10.0.0.1:50000>;" INSTANCE "\n" },
  { "GRUU-INSTANCE",
    2,
    INFO,
    "0.0 c>s REGISTER 1 Contact: <sip:10.0.0.1:50000>;" INSTANCE "\n"
    "0.1 s>c 200 1 Contact: <sip:10.0.0.1:50000>;expires=3600;" INSTANCE GRUU
    "AAECAwQFBgcICQoLDA0ODwAA;gruu\"\n",
    "0.0 c>s REGISTER 1 Contact: <sip:10.0.0.1:50000>;" INSTANCE "\n"
    "0.1 s>c 200 1 Contact: <sip:10.0.0.1:50000>;expires=3600;" INSTANCE GRUU
    "kWZEhrubNlKiGaN9bSrP7AAA;gruu\"\n" },
  { "CNUM-ORDER",
    2,
    WARNING,
    "0.0 c>s REGISTER 1" COUNTED "\"5\"\n0.1 c>s REGISTER 2" COUNTED "\"4\"\n",
    "0.0 c>s REGISTER 1" COUNTED "\"5\"\n0.1 c>s REGISTER 2" COUNTED "\"8\"\n" },
  { "SIG-SHAPE", 5, INFO, LOGIN, ASK OFFER EMPTY CHALLENGE "0.4 c>s REGISTER 3 $proof-unsigned\n" },
  { "SIG-VERIFIED", 5, EXPECTED, LOGIN "CHECK 5 right\n", LOGIN },
  { "SIG-WRONG", 5, ERROR, LOGIN "CHECK 5 other-text\n", LOGIN "CHECK 5 right\n" },
  { "PWD-WRONG",
    5,
    ERROR,
    LOGIN "CHECK 5 other-password\nCHECK 6 other-password\n",
    LOGIN "CHECK 5 other-text\n" },
  { "KRB-KEYTAB-KVNO",
    3,
    WARNING,
    ASK OFFER_BOTH TICKET TICKET_DONE "CHECK 3 other-key\n",
    ASK OFFER_BOTH TICKET TICKET_DONE "CHECK 3 right\n" },
  { "REDIRECT-DEAD",
    2,
    ERROR,
    "0.0 c>s REGISTER 1\n0.1 s>c 301 1 Contact: <sip:10.0.0.30:5061>\n0.2 c>d REGISTER 2\n" LATER,
    "0.0 c>s REGISTER 1\n0.1 s>c 301 1 Contact: <sip:10.0.0.30:5061>\n0.2 c>d REGISTER 2\n"
    "0.3 d>c 200 2 $stored\n" LATER },

  { "CERT-EXPIRED", 4, ERROR, TLS_ANSWER (CERT_OLD), TLS_ANSWER (CERT_GOOD) },
  { "CERT-NAME", 4, ERROR, TLS_ANSWER (CERT_OTHER), TLS_ANSWER (CERT_GOOD) },

  /* What the KDC answered */
  { "KDC-PREAUTH-FAILED", 2, ERROR, KDC_ASKED "24\n" EMPTY, KDC_LOGIN },
  { "KDC-SERVICE-UNKNOWN", 2, ERROR, KDC_TRIED "7\n" EMPTY, KDC_TRIED "29\n" EMPTY },
  { "KDC-CLIENT-UNKNOWN", 2, ERROR, KDC_ASKED "6\n" EMPTY, KDC_ASKED "24\n" EMPTY },
  { "KDC-CLIENT-REVOKED", 2, ERROR, KDC_ASKED "18\n" EMPTY, KDC_ASKED "24\n" EMPTY },
  { "KDC-PASSWORD-EXPIRED", 2, ERROR, KDC_ASKED "23\n" EMPTY, KDC_ASKED "24\n" EMPTY },
  { "KDC-SKEW", 2, ERROR, KDC_ASKED "37 stime=900\n" EMPTY, KDC_ASKED "24 stime=900\n" EMPTY },
  { "KDC-ETYPE", 2, ERROR, KDC_TRIED "14\n" EMPTY, KDC_TRIED "7\n" EMPTY },
  { "KDC-TICKET-EXPIRED", 2, WARNING, KDC_TRIED "32\n" EMPTY, KDC_TRIED "7\n" EMPTY },
  { "KDC-WEAK-TICKET",
    3,
    WARNING,
    ASK OFFER_BOTH KDC_LOGON "0.13 C>K KRB tgs-req " POOL "\n0.14 K>C KRB tgs-rep " POOL " ticket=T1:3\n"
                             "0.2 c>s REGISTER 2 %kerberos ap-req ticket=T1:3\n" TICKET_DONE,
    KDC_LOGIN },
  { "KDC-CLOCK",
    3,
    WARNING,
    ASK OFFER_BOTH
    "0.101 C>K KRB as-req\n0.102 K>C KRB error code=25 stime=900\n" KDC_LOGON KDC_TICKET AP_REQ,
    ASK OFFER_BOTH
    "0.101 C>K KRB as-req\n0.102 K>C KRB error code=25 stime=200\n" KDC_LOGON KDC_TICKET AP_REQ },
  { "KDC-SILENT",
    2,
    WARNING,
    ASK OFFER_BOTH "0.11 C>K KRB as-req proof\n" EMPTY LATER,
    ASK OFFER_BOTH "0.11 C>K KRB as-req proof\n" EMPTY },
  { "KDC-ERROR", 2, WARNING, KDC_TRIED "29\n" EMPTY, KDC_TRIED "7\n" EMPTY },
  { "KDC-PREAUTH-REQUIRED",
    3,
    EXPECTED,
    ASK OFFER_BOTH "0.101 C>K KRB as-req\n0.102 K>C KRB error code=25\n" KDC_LOGON KDC_TICKET AP_REQ,
    KDC_LOGIN },
  { "KDC-USE-TCP",
    3,
    EXPECTED,
    ASK OFFER_BOTH "0.101 C>K KRB as-req proof\n0.102 K>C KRB error code=52\n" KDC_LOGON KDC_TICKET AP_REQ,
    KDC_LOGIN },
  { "KDC-REFERRAL",
    3,
    INFO,
    ASK OFFER_BOTH KDC_LOGON "0.121 C>K KRB tgs-req " POOL " shown=TGT:18\n"
                             "0.122 K>C KRB tgs-rep service=krbtgt/OTHER.EXAMPLE ticket=OTHER:18\n"
                             "0.13 C>K KRB tgs-req " POOL
                             " shown=OTHER:18 of=krbtgt/OTHER.EXAMPLE\n0.14 K>C KRB tgs-rep " POOL
                             " ticket=T1:18\n" AP_REQ,
    KDC_LOGIN },
  { "KDC-RC4-TICKET",
    3,
    INFO,
    ASK OFFER_BOTH KDC_LOGON "0.13 C>K KRB tgs-req " POOL "\n0.14 K>C KRB tgs-rep " POOL " ticket=T1:23\n"
                             "0.2 c>s REGISTER 2 %kerberos ap-req ticket=T1:23\n" TICKET_DONE,
    KDC_LOGIN },

  /* Whole logins */
  { "SUM-NTLM-REMOTE", 6, EXPECTED, LOGIN, ASK OFFER EMPTY CHALLENGE PROOF "0.5 s>c 401 3 $ntlm\n" },
  { "SUM-KRB-INTERNAL",
    4,
    EXPECTED,
    ASK OFFER_BOTH TICKET TICKET_DONE,
    ASK OFFER_BOTH TICKET TICKET_REFUSED },
  { "SUM-TLSDSK",
    8,
    EXPECTED,
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $server-hello\n"
        "0.4 c>s REGISTER 3 $client-done\n0.5 s>c 401 3 $server-done\n0.6 c>s REGISTER 4 $tls-signed\n0.7 "
        "s>c 200 4 $stored\n",
    ASK "0.1 s>c 401 1 $tls-dsk\n0.2 c>s REGISTER 2 $client-hello\n0.3 s>c 401 2 $server-hello\n" },
};

#include "call-cases.h"

static void
speaks (gconstpointer data)
{
  const RuleCase *test = data;
  g_autoptr (RungsTrace) trace = script_trace (test->speaks);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (trace, test->rule, &diagnosis);

  g_assert_nonnull (finding);
  g_assert_cmpuint (finding->message + 1, ==, test->message);
  g_assert_cmpstr (rungs_severity_get_id (finding->severity), ==, rungs_severity_get_id (test->severity));
  g_assert_cmpuint (finding->offset + finding->length,
                    <=,
                    rungs_trace_get_bytes (trace, finding->message).length);
  g_assert_null (strchr (finding->explanation, '{'));
}

static void
is_silent (gconstpointer data)
{
  const RuleCase *test = data;
  g_autoptr (RungsTrace) trace = script_trace (test->silent);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_null (find_finding (trace, test->rule, &diagnosis));
}

/* A token of 13,000 bytes does not fit into a line of the table, nor into a datagram's script. */
static void
a_big_ticket_is_named_with_its_size (void)
{
  g_autofree char *filler = g_strnfill (17336, 'A');
  g_autofree char *script =
    g_strconcat ("log\n" ASK OFFER_BOTH
                 "0.2 c>s REGISTER 2 Authorization: Kerberos gssapi-data=\"YBsGCSqGSIb3EgECAgEA",
                 filler,
                 "\"\n",
                 NULL);
  g_autoptr (RungsTrace) big = script_trace (script);
  g_autoptr (RungsTrace) small = script_trace (ASK OFFER_BOTH TICKET);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (big, "KRB-BIG-TOKEN", &diagnosis);

  g_assert_nonnull (finding);
  g_assert_nonnull (strstr (finding->explanation, "13017"));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (small, "KRB-BIG-TOKEN", &diagnosis));
}

/* Nobody splits a datagram of 1400 bytes into lines of the table. */
static void
a_request_too_large_for_udp_is_named_with_its_size (void)
{
  g_autofree char *filler = g_strnfill (1400, 'A');
  g_autofree char *script = g_strconcat ("0.0 c>s INVITE 1 Subject: ", filler, "\n", NULL);
  g_autoptr (RungsTrace) big = script_trace (script);
  g_autoptr (RungsTrace) small = script_trace (INVITE);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_nonnull (find_finding (big, "UDP-TOO-LARGE", &diagnosis));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (small, "UDP-TOO-LARGE", &diagnosis));
}

/* The second file's clock is @late s behind. */
static RungsTrace *
trace_of_two_files (double late)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autofree char *text = script_message ("OPTIONS", "1", "");
  FixtureMessage message = { 0, script_address ('c'), script_address ('s'), text };

  fixture_add (builder, fixture_capture (&message, 1), "a.pcap");
  message.time = late;
  fixture_add (builder, fixture_capture (&message, 1), "b.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
clocks_of_two_files_that_differ_are_named (void)
{
  g_autoptr (RungsTrace) apart = trace_of_two_files (1.275);
  g_autoptr (RungsTrace) together = trace_of_two_files (0.001);
  g_autoptr (RungsDiagnosis) diagnosis = NULL;
  const RungsFinding *finding = find_finding (apart, "CLOCKS-DIFFER", &diagnosis);

  g_assert_nonnull (finding);
  g_assert_cmpuint (finding->n_evidence, ==, 1);
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (together, "CLOCKS-DIFFER", &diagnosis));
}

/* UDP in a capture, and TCP in a client's log of the same client. */
static RungsTrace *
trace_of_two_transports (const char *second)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_autofree char *text = script_message ("OPTIONS", "1", "");
  g_autofree char *other = script_message ("OPTIONS", second, "");
  FixtureMessage message = { 0, script_address ('c'), script_address ('s'), text };

  fixture_add (builder, fixture_capture (&message, 1), "udp.pcap");
  message.time = 33;
  message.message = other;
  fixture_add (builder, fixture_tcp_capture (&message), "tcp.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
the_change_from_udp_to_tcp_is_told (void)
{
  g_autoptr (RungsTrace) same = trace_of_two_transports ("1");
  g_autoptr (RungsTrace) new = trace_of_two_transports ("2");
  g_autoptr (RungsDiagnosis) diagnosis = NULL;

  g_assert_nonnull (find_finding (same, "TRANSPORT-CHANGED", &diagnosis));
  g_clear_pointer (&diagnosis, rungs_diagnosis_unref);
  g_assert_null (find_finding (new, "TRANSPORT-CHANGED", &diagnosis));
}

/* Ten packets of RTP, 20 ms apart, in the middle of CALL BYE. */
static void
append_media (GByteArray *file, const char *source, const char *destination)
{
  for (guint i = 0; i < 10; i++)
    {
      const guint32 packet[] = { FIXTURE_EPOCH + 4, i * 20000, 28 + 12 + 160, 28 + 12 + 160 };
      guint8 rtp[12 + 160] = { 0x80, 0, 0, (guint8) i, 0, 0, (guint8) (i * 160 >> 8), (guint8) (i * 160),
                               1,    2, 3, 4 };

      g_byte_array_append (file, (const guint8 *) packet, sizeof packet);
      fixture_append_16 (file, 0x4500);
      fixture_append_16 (file, packet[2]);
      fixture_append_16 (file, i);
      fixture_append_16 (file, 0x4000);
      fixture_append_16 (file, 64 << 8 | 17);
      fixture_append_16 (file, 0);
      fixture_append_address (file, source);
      fixture_append_address (file, destination);
      fixture_append_16 (file, (guint) atoi (strchr (source, ':') + 1));
      fixture_append_16 (file, (guint) atoi (strchr (destination, ':') + 1));
      fixture_append_16 (file, 8 + sizeof rtp);
      fixture_append_16 (file, 0);
      g_byte_array_append (file, rtp, sizeof rtp);
    }
}

/* The trace of CALL BYE with media from and to what @ends says, pair after pair, ended by NULL. */
static RungsTrace *
trace_with_media (const char *const *ends)
{
  g_autoptr (RungsTraceBuilder) builder = rungs_trace_builder_new ();
  g_auto (GStrv) lines = g_strsplit (CALL BYE, "\n", -1);
  g_autoptr (GBytes) capture = script_file (lines, FALSE);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, g_bytes_get_data (capture, NULL), (guint) g_bytes_get_size (capture));
  for (guint i = 0; ends[i] != NULL; i += 2)
    append_media (file, ends[i], ends[i + 1]);
  fixture_add (builder, g_byte_array_free_to_bytes (file), "media.pcap");
  return rungs_trace_builder_finish (builder);
}

static void
media_of_a_call_are_counted_in_both_directions (void)
{
  static const struct
  {
    const char *rule; /* NULL: none of them */
    const char *ends[5];
  } tests[] = {
    { NULL, { NULL } },
    { "MEDIA-NONE", { "10.9.9.9:4000", "10.9.9.8:4000" } },
    { "MEDIA-ONE-WAY", { "10.0.0.2:5000", "10.0.0.1:4000" } },
    { "MEDIA-ONE-WAY", { "10.0.0.77:9000", "10.0.0.2:5000" } },
    { "MEDIA-BOTH-WAYS", { "10.0.0.2:5000", "10.0.0.1:4000", "10.0.0.1:4000", "10.0.0.2:5000" } },
  };
  static const char *const rules[] = { "MEDIA-NONE", "MEDIA-ONE-WAY", "MEDIA-BOTH-WAYS" };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (RungsTrace) trace = trace_with_media (tests[i].ends);

      for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
        {
          g_autoptr (RungsDiagnosis) diagnosis = NULL;
          const RungsFinding *finding = find_finding (trace, rules[j], &diagnosis);

          if ((finding != NULL) != (g_strcmp0 (rules[j], tests[i].rule) == 0))
            g_error ("%s in test %u: %s", rules[j], i, finding != NULL ? finding->explanation : "silent");
        }
    }
}

/* OPTIONS that each have a Call-ID of their own, to a server that answers @status, 0: not at all; then one that is answered. */
static RungsTrace *
trace_of_pings (const char *statuses)
{
  g_auto (GStrv) list = g_strsplit (statuses, " ", -1);
  g_autoptr (GString) script = g_string_new (NULL);
  guint n = 0;

  for (; list[n] != NULL; n++)
    {
      g_string_append_printf (script, "%u.0 c>s OPTIONS 1 $plain | Call-ID: ping-%u\n", n * 20, n);
      if (!g_str_equal (list[n], "0"))
        g_string_append_printf (script,
                                "%u.1 s>c %s 1/OPTIONS $plain | Call-ID: ping-%u\n",
                                n * 20,
                                list[n],
                                n);
    }
  g_string_append_printf (script,
                          "%u.0 c>s INFO 9 Call-ID: other\n%u.1 s>c 200 9/INFO Call-ID: other\n",
                          n * 20 + 40,
                          n * 20 + 40);
  return script_trace (script->str);
}

static void
keepalives_that_fail_are_told_once_at_the_last_of_them (void)
{
  static const struct
  {
    const char *statuses;
    guint n_findings;
    guint last; /* the flow with the last of them, from 1 */
  } tests[] = {
    { "200 0 0 0", 1, 4 },   { "0 503 408 0 0 200", 1, 5 },   { "0 0 200 0 0", 0, 0 },
    { "404 404 404", 0, 0 }, { "200 0 0 0 200 0 0 0", 2, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autoptr (RungsTrace) trace = trace_of_pings (tests[i].statuses);
      guint n = 0;
      guint last = 0;

      for (guint flow = 0; flow < rungs_trace_get_n_flows (trace); flow++)
        {
          g_autoptr (RungsDiagnosis) diagnosis = rungs_diagnosis_new (trace, flow);
          GPtrArray *findings = rungs_diagnosis_get_findings (diagnosis);

          for (guint j = 0; j < findings->len; j++)
            {
              const RungsFinding *finding = g_ptr_array_index (findings, j);

              if (!g_str_equal (finding->rule->id, "KEEPALIVE-DEAD"))
                continue;
              n++;
              last = flow + 1;
            }
        }
      g_assert_cmpuint (n, ==, tests[i].n_findings);
      g_assert_cmpuint (last, ==, tests[i].last);
    }
}

/* Rules whose cases do not fit into a line of the tables. */
static const char *const other_tests[] = {
  "KRB-BIG-TOKEN", "UDP-TOO-LARGE", "CLOCKS-DIFFER",   "TRANSPORT-CHANGED",
  "MEDIA-ONE-WAY", "MEDIA-NONE",    "MEDIA-BOTH-WAYS", "KEEPALIVE-SILENT", /* in test-silences.c */
};

static void
each_rule_has_its_function_and_its_case (void)
{
  g_autoptr (GHashTable) functions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) tested = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; rungs_rule_conditions[i] != NULL; i++)
    for (const RungsRuleCondition *condition = rungs_rule_conditions[i]; condition->id != NULL; condition++)
      {
        g_assert_nonnull (rungs_rule_lookup (condition->id));
        g_assert_true (g_hash_table_add (functions, (gpointer) condition->id));
      }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (g_hash_table_add (tested, (gpointer) cases[i].rule));
  for (guint i = 0; i < G_N_ELEMENTS (call_cases); i++)
    g_assert_true (g_hash_table_add (tested, (gpointer) call_cases[i].rule));
  for (guint i = 0; i < G_N_ELEMENTS (other_tests); i++)
    g_hash_table_add (tested, (gpointer) other_tests[i]);
  for (guint i = 1; i <= rungs_rule_get_count (); i++)
    {
      if (!g_hash_table_contains (functions, rungs_rule_get (i)->id))
        g_error ("%s has no function", rungs_rule_get (i)->id);
      if (!g_hash_table_contains (tested, rungs_rule_get (i)->id))
        g_error ("%s has no case", rungs_rule_get (i)->id);
    }
}

static void
add_cases (const RuleCase *tests, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *spoken = g_strdup_printf ("/rules/%s/speaks", tests[i].rule);
      g_autofree char *silent = g_strdup_printf ("/rules/%s/is-silent", tests[i].rule);

      g_test_add_data_func (spoken, &tests[i], speaks);
      g_test_add_data_func (silent, &tests[i], is_silent);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/each-rule-has-its-function-and-its-case", each_rule_has_its_function_and_its_case);
  g_test_add_func ("/rules/a-big-ticket-is-named-with-its-size", a_big_ticket_is_named_with_its_size);
  g_test_add_func ("/rules/a-request-too-large-for-udp-is-named-with-its-size",
                   a_request_too_large_for_udp_is_named_with_its_size);
  g_test_add_func ("/rules/clocks-of-two-files-that-differ-are-named",
                   clocks_of_two_files_that_differ_are_named);
  g_test_add_func ("/rules/the-change-from-udp-to-tcp-is-told", the_change_from_udp_to_tcp_is_told);
  g_test_add_func ("/rules/media-of-a-call-are-counted-in-both-directions",
                   media_of_a_call_are_counted_in_both_directions);
  g_test_add_func ("/rules/keepalives-that-fail-are-told-once-at-the-last-of-them",
                   keepalives_that_fail_are_told_once_at_the_last_of_them);
  add_cases (cases, G_N_ELEMENTS (cases));
  add_cases (call_cases, G_N_ELEMENTS (call_cases));
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The cases of the rules about registrations, and the parts that logins are put together from: part of test-rules.c. */

#pragma once

#include "rule-case.h"

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

static const RuleCase login_cases[] = {
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
};

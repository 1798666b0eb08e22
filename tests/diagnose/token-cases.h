/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The cases of the rules about tokens, certificates, tickets and whole logins: part of test-rules.c. */

#pragma once

#include "login-cases.h"

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

static const RuleCase token_cases[] = {
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

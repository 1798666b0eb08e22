/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The table of test-readings.c. */

/* The ACK */
{ "a-call-that-is-well", CALL BYE LATER, "" },
{ "no-ack-and-the-answer-repeated", INVITE RING TAKEN AGAIN ("2.5") AGAIN ("3.5") AGAIN ("5.5"), "ACK-MISSING@3 OK-REPEATED@4" },
{ "no-ack-and-the-trace-goes-on", INVITE RING TAKEN LATER, "ACK-MISSING@3" },
{ "no-ack-but-the-trace-ends", INVITE RING TAKEN, "" },
{ "no-ack-but-it-may-take-another-way", INVITE RING DIRECT LATER, "" },
{ "no-ack-and-the-callee-gives-up",
  INVITE RING DIRECT "34.0 s>c BYE 7 " CALLEE "b\n34.1 c>s 200 7/BYE " CALLEE "b\n",
  "ACK-MISSING@3" },
{ "a-call-of-half-a-minute", CALL "34.0 s>c BYE 7 " CALLEE "b\n34.1 c>s 200 7/BYE " CALLEE "b\n", "" },
{ "a-long-call-whose-ack-took-another-way",
  INVITE RING DIRECT "300.0 s>c BYE 7 " CALLEE "b\n300.1 c>s 200 7/BYE " CALLEE "b\n",
  "" },
{ "only-the-callers-side-was-captured", "0.0 c>s INVITE 1 $plain | @pcmu\n" ACK "60.0 c>s BYE 2 $plain | " TO "\n", "" },
{ "only-the-callees-side-was-captured", RING TAKEN "9.1 s>c 200 2/BYE $plain\n60.0 s>c OPTIONS 5 " CALLEE "o\n", "" },
{ "the-capture-begins-with-the-ack", ACK BYE LATER, "" },
{ "the-capture-begins-with-the-bye", BYE LATER, "" },
{ "a-refusal-without-ack", INVITE "0.5 s>c 486 1/INVITE $plain\n" LATER, "REFUSAL-ACK-MISSING@2" },

/* How a call comes out */
{ "nobody-answers-at-all", INVITE LATER, "NO-ANSWER@1" },
{ "nobody-answers-yet", INVITE, "" },
{ "busy", INVITE REFUSED ("486") LATER, "" },
{ "not-acceptable", INVITE REFUSED ("488") LATER, "F488@2" },
{ "not-acceptable-then-another-offer",
  INVITE REFUSED ("488") "1.0 c>s INVITE 2 $plain | @both\n2.0 s>c 200 2/INVITE $plain | @answer\n2.1 c>s ACK 2 $plain | " TO "\n",
  "" },
{ "moved-and-not-followed", INVITE "0.5 s>c 302 1/INVITE $plain | Contact: <sip:x@y.example>\n0.6 c>s ACK 1 $plain\n" LATER, "" },
{ "rings-in-two-places",
  INVITE RING "0.6 s>c 180 1/INVITE $plain | To: <sip:bob@contoso.example>;tag=t2\n" TAKEN ACK BYE,
  "" },
{ "cancelled", INVITE RING "1.0 c>s CANCEL 1 $plain\n1.1 s>c 200 1/CANCEL $plain\n1.2 s>c 487 1/INVITE $plain\n1.3 c>s ACK 1 $plain\n" LATER, "" },
{ "bye-of-both-at-once",
  CALL "9.0 c>s BYE 2 $plain | " TO "\n9.0 s>c BYE 7 " CALLEE "b\n9.1 c>s 481 7/BYE " CALLEE "b\n9.1 s>c 481 2/BYE $plain\n",
  "" },
{ "both-change-the-session-at-once",
  CALL "5.0 c>s INVITE 2 $plain | " TO " | @held\n5.1 s>c 491 2/INVITE $plain\n5.2 c>s ACK 2 $plain | " TO "\n"
       "7.5 c>s INVITE 3 $plain | " TO " | @held\n7.6 s>c 200 3/INVITE $plain | @answer\n7.7 c>s ACK 3 $plain | " TO "\n" BYE,
  "" },
{ "a-loop-that-a-server-stops", INVITE REFUSED ("483") LATER, "F482-483@2" },

/* The session timer */
{ "the-session-timer-runs-out", INVITE RING TIMED ACK "92.0 s>c BYE 7 " CALLEE "b\n92.1 c>s 200 7/BYE " CALLEE "b\n", "SESSION-LAPSED@5" },
{ "the-session-is-refreshed",
  INVITE RING TIMED ACK "47.0 c>s UPDATE 2 $plain | " TO " | Session-Expires: 90;refresher=uac\n"
                        "47.1 s>c 200 2/UPDATE $plain | Session-Expires: 90;refresher=uac\n"
                        "100.0 c>s BYE 3 $plain | " TO "\n100.1 s>c 200 3/BYE $plain\n",
  "" },
{ "hung-up-before-the-session-timer", INVITE RING TIMED ACK BYE, "" },

/* Sent again */
{ "sent-again-with-jitter",
  INVITE "0.52 c>s INVITE 1 $plain | @pcmu\n1.55 c>s INVITE 1 $plain | @pcmu\n1.8 s>c 180 1/INVITE $plain\n" TAKEN ACK BYE,
  "" },
{ "reliable-progress-without-prack",
  INVITE "0.5 s>c 183 1/INVITE $plain | RSeq: 7 | Require: 100rel\n" LATER,
  "PRACK-MISSING@2" },
{ "reliable-progress-with-prack",
  INVITE "0.5 s>c 183 1/INVITE $plain | RSeq: 7 | Require: 100rel\n0.6 c>s PRACK 2 $plain | " TO " | RAck: 7 1 INVITE\n"
         "0.7 s>c 200 2/PRACK $plain\n" TAKEN ACK LATER,
  "" },

/* Credentials */
{ "a-password-that-is-refused", ASK ANSWER "0.3 s>c 401 2 $plain | $digest\n", "DIGEST-REFUSED@4" },
{ "a-password-that-is-forbidden", ASK ANSWER "0.3 s>c 403 2 $plain\n", "DIGEST-REFUSED@4" },
{ "forbidden-before-any-password", "0.0 c>s REGISTER 1 $plain\n0.1 s>c 403 1 $plain\n", "E403@2" },
{ "a-nonce-that-is-too-old", ASK ANSWER "0.3 s>c 401 2 !SIP/2.0 401 nonce has changed | $plain | $digest\n", "DIGEST-NONCE@4" },
{ "a-nonce-that-is-stale-and-answered-anew",
  ASK ANSWER "0.3 s>c 401 2 $plain | $digest-stale\n0.4 c>s REGISTER 3 $plain | Authorization: Digest username=\"ann\", "
             "realm=\"contoso\", nonce=\"n2\", uri=\"sip:contoso.example\", response=\"00112233445566778899aabbccddeeff\"\n"
             "0.5 s>c 200 3 $plain | $stored\n",
  "" },
{ "the-success-of-another-user-makes-nothing-good",
  ASK ANSWER "0.3 s>c 403 2 $plain\n1.0 c>s REGISTER 3 From: <sip:eve@contoso.example>;tag=f1 | To: <sip:eve@contoso.example>\n"
             "1.1 s>c 200 3 From: <sip:eve@contoso.example>;tag=f1 | To: <sip:eve@contoso.example>;tag=t | $stored\n",
  "DIGEST-REFUSED@4" },
{ "two-proxies-ask-one-after-the-other",
  INVITE "0.1 s>c 407 1/INVITE $plain | Proxy-Authenticate: Digest realm=\"a\", nonce=\"n1\"\n0.2 c>s ACK 1 $plain\n"
         "0.3 c>s INVITE 2 $plain | @pcmu | Proxy-Authorization: Digest username=\"ann\", realm=\"a\", nonce=\"n1\", uri=\"sip:b\", response=\"00\"\n"
         "0.4 s>c 407 2/INVITE $plain | Proxy-Authenticate: Digest realm=\"b\", nonce=\"n2\"\n0.5 c>s ACK 2 $plain\n"
         "0.6 c>s INVITE 3 $plain | @pcmu | Proxy-Authorization: Digest username=\"ann\", realm=\"b\", nonce=\"n2\", uri=\"sip:b\", response=\"00\"\n"
         "2.0 s>c 200 3/INVITE $plain | @answer\n2.1 c>s ACK 3 $plain | " TO "\n",
  "" },
{ "the-trace-ends-with-the-ack-to-a-challenge",
  INVITE "0.1 s>c 407 1/INVITE $plain | $digest\n0.2 c>s ACK 1 $plain\n",
  "" },
{ "a-challenge-that-nobody-takes-up",
  INVITE "0.1 s>c 407 1/INVITE $plain | $digest\n0.2 c>s ACK 1 $plain\n" LATER,
  "CHALLENGE-IGNORED@2" },
{ "refused-three-times",
  ASK ANSWER "0.3 s>c 401 2 $plain | $digest\n0.4 c>s REGISTER 3 $plain | $answer\n0.5 s>c 401 3 $plain | $digest\n"
             "0.6 c>s REGISTER 4 $plain | $answer\n0.7 s>c 401 4 $plain | $digest\n",
  "DIGEST-REFUSED@4 DIGEST-REFUSED@6 AUTH-LOOP@8 DIGEST-REFUSED@8" },

/* Registrations */
{ "too-short-and-then-longer",
  "0.0 c>s REGISTER 1 $plain | Expires: 10\n0.1 s>c 423 1 $plain | Min-Expires: 60\n"
  "0.2 c>s REGISTER 2 $plain | Expires: 60\n0.3 s>c 200 2 $plain | $stored\n",
  "" },
{ "too-short-and-given-up", "0.0 c>s REGISTER 1 $plain | Expires: 10\n0.1 s>c 423 1 $plain | Min-Expires: 60\n" LATER, "E423@2" },
{ "nothing-stored", "0.0 c>s REGISTER 1 $plain\n0.1 s>c 200 1 $plain\n", "REG-OK-NO-CONTACT@2" },
{ "a-lifetime-without-an-address", "0.0 c>s REGISTER 1 $plain\n0.1 s>c 200 1 $plain | Expires: 60\n", "REG-OK-NO-CONTACT@2" },
{ "without-a-call-id-nothing-is-known-of-answers",
  "0.0 c>s OPTIONS 1 $plain | -Call-ID\n0.1 s>c 200 1/OPTIONS $plain | -Call-ID\n60.0 c>s OPTIONS 2 $plain\n60.1 s>c 200 2/OPTIONS $plain\n",
  "HDR-MANDATORY@1" },

/* Subscriptions */
{ "a-subscription-that-is-well", SUBSCRIBE NOTIFY "0.3 c>s 200 1/NOTIFY " CALLEE "n1\n" LATER, "" },
{ "a-subscription-that-is-rejected",
  SUBSCRIBE NOTIFY "0.3 c>s 200 1/NOTIFY " CALLEE "n1\n"
                   "5.0 s>c NOTIFY 2 " CALLEE "n2 | Event: presence | Subscription-State: terminated;reason=rejected\n"
                   "5.1 c>s 200 2/NOTIFY " CALLEE "n2\n",
  "SUB-REJECTED@5" },
{ "a-subscription-that-times-out",
  SUBSCRIBE NOTIFY "0.3 c>s 200 1/NOTIFY " CALLEE "n1\n"
                   "5.0 s>c NOTIFY 2 " CALLEE "n2 | Event: presence | Subscription-State: terminated;reason=timeout\n"
                   "5.1 c>s 200 2/NOTIFY " CALLEE "n2\n",
  "" },
{ "a-notification-that-nobody-knows", SUBSCRIBE NOTIFY "0.3 c>s 481 1/NOTIFY " CALLEE "n1\n", "NOTIFY-481@4" },
{ "no-notification", SUBSCRIBE LATER, "NOTIFY-MISSING@2" },

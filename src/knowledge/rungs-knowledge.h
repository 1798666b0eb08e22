/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Facts looked up: headers, methods, status codes, auth parameters, ms-diagnostics, Kerberos errors, roles, remarks.
 *
 * In: the XML files under data/knowledge, compiled into the library as a GResource. Out: #RungsFact.  Each topic's file is
 * read once, when it is first asked for; texts are translated then (gettext; the texts reach the translators by
 * data/rungs-data.its).  Thread-safe. */

#pragma once

#include <gio/gio.h>

#include "rungs-slice.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_TOPIC_HEADER,         /* "Call-ID", "ms-user-logon-data" */
  RUNGS_TOPIC_METHOD,         /* "REGISTER" */
  RUNGS_TOPIC_STATUS,         /* "401" */
  RUNGS_TOPIC_AUTH_PARAMETER, /* "gssapi-data", "realm" */
  RUNGS_TOPIC_PARAMETER,      /* parameters of headers and URIs: "epid", "tag", "branch", "ms-received-port" */
  RUNGS_TOPIC_MS_DIAGNOSTICS, /* "1000" */
  RUNGS_TOPIC_HRESULT,        /* "0xC3E93EC3" */
  RUNGS_TOPIC_KERBEROS_ERROR, /* "37" or "KRB_AP_ERR_SKEW" */
  RUNGS_TOPIC_NTLM_FLAG,      /* "NTLMSSP_NEGOTIATE_UNICODE" */
  RUNGS_TOPIC_NTLM_AVPAIR,    /* "2" or "MsvAvNbDomainName" */
  RUNGS_TOPIC_ENCTYPE,        /* "18" or "aes256-cts-hmac-sha1-96" */
  RUNGS_TOPIC_KERBEROS_PADATA, /* "2" or "PA-ENC-TIMESTAMP" */
  RUNGS_TOPIC_REMARK,         /* ids of rungs-remark.h */
  RUNGS_TOPIC_UNREAD,         /* ids of RungsUnreadReason */
  RUNGS_TOPIC_ROLE_REASON,    /* ids of RungsRoleReason; {value} is to be filled in */
  RUNGS_TOPIC_TOKEN,          /* names of RungsTokenKind: "CHALLENGE_MESSAGE" */
  RUNGS_TOPIC_TOKEN_FIELD,    /* names of the parts of tokens: "ServerChallenge", "sname" */
  RUNGS_TOPIC_TLS_ALERT,      /* "48" or "unknown_ca" */
  RUNGS_TOPIC_TLS_SUITE,      /* "0x002f" or "TLS_RSA_WITH_AES_128_CBC_SHA" */
  RUNGS_TOPIC_SIGNATURE,      /* ids of RungsSignatureReason */
  RUNGS_TOPIC_Q850,           /* "16" */
  RUNGS_TOPIC_WARNING,        /* "305" */
  RUNGS_TOPIC_SDP,            /* lines, attributes, codecs and protocols: "c", "a=rtpmap", "PCMA", "RTP/AVP" */
  RUNGS_TOPIC_TERM,           /* the glossary: "dialog", "home pool" */
  RUNGS_N_TOPICS
} RungsTopic;

/** RungsFact: what is known about one name. All strings are owned by the knowledge; translated where they are prose;
 * %NULL where there is nothing to say. */
typedef struct
{
  const char *name;        /* as its standard spells it */
  const char *compact;     /* header: the compact form */
  const char *phrase;      /* status: the reason phrase; error codes: the symbolic name */
  const char *explanation; /* what it means, under 60 words */
  const char *registration; /* method, status: what it means in a registration */
  const char *check;       /* what to check, for error codes */
  const char *reference;   /* "RFC 3261" or "[MS-SIPAE]" */
  const char *section;     /* "20.8" */
  const char *forms;       /* term: the words that mean it in running text, "proxy, proxies"; translated */
  const char *note;        /* term: the background note that tells more */
  const char *class;       /* status: "Provisional"…; otherwise a group */
} RungsFact;

/** rungs_knowledge_lookup: the fact about @name (case ignored; compact forms of headers work), or %NULL. */
const RungsFact *rungs_knowledge_lookup       (RungsTopic  topic,
                                               const char *name);

/** rungs_knowledge_lookup_topic: @topic as in RungsField.topic, "header:From". */
const RungsFact *rungs_knowledge_lookup_topic (const char *topic);

/** rungs_knowledge_list: all facts of @topic in the order of the file; @n_facts (out). (transfer none) */
const RungsFact *const *rungs_knowledge_list  (RungsTopic  topic,
                                               guint      *n_facts);

/** rungs_topic_get_id: "header", "method", "status", "auth", "parameter", "ms-diagnostics" …; static. */
const char      *rungs_topic_get_id           (RungsTopic  topic);

/** rungs_topic_get_name: "Header field", "Status code" …, translated. */
const char      *rungs_topic_get_name         (RungsTopic  topic);

/**
 * rungs_knowledge_suggest:
 * @name: a name that rungs_knowledge_lookup() did not find in any topic
 *
 * Returns: (transfer container): up to five names that are close to it, for "did you mean"
 */
GPtrArray       *rungs_knowledge_suggest      (const char *name);

/** rungs_knowledge_suggest_among: the same among @names, which end with %NULL. (transfer container) */
GPtrArray       *rungs_knowledge_suggest_among (const char        *name,
                                                const char *const *names);

/** rungs_reference_to_uri: "RFC 3261" + "20.8" → "https://www.rfc-editor.org/rfc/rfc3261.html#section-20.8"; "[MS-SIPAE]" + … →
 * Microsoft's open specifications; %NULL where there is no page. (transfer full) */
char            *rungs_reference_to_uri       (const char *reference,
                                               const char *section);

/** rungs_reference_list: finds each "RFC n section" and "[MS-X] section" in @reference, as rule references are written
 * ("RFC 3261 21.4.2; [MS-SIPAE] 3.3.5.1"); an array of #RungsReference. (transfer full) */
typedef struct
{
  char *label; /* "RFC 3261, section 21.4.2" */
  char *uri;   /* or NULL */
} RungsReference;

GPtrArray       *rungs_reference_list         (const char *reference);

/** rungs_knowledge_get_resource: the compiled data/ tree: "/io/github/rungs/Rungs/…". (transfer none) */
GResource       *rungs_knowledge_get_resource (void);

/** rungs_knowledge_load_bytes: one file of it, as "rules/rules.xml". (transfer full) */
GBytes          *rungs_knowledge_load_bytes   (const char *path);

/** rungs_knowledge_translate: normalises the white space of a text from a data file as xgettext's ITS rule does, and
 * translates it. (transfer full) */
char            *rungs_knowledge_translate    (const char *text);

/** rungs_knowledge_translate_preformatted: as rungs_knowledge_translate(), for texts whose white space counts. (transfer full) */
char            *rungs_knowledge_translate_preformatted (const char *text);

/**
 * rungs_template_fill:
 * @template_text: a translated text with named placeholders: "… names {server} …"
 * @names: (array zero-terminated=1): alternating names and values, ended by %NULL
 *
 * Values are put in as they are, never scanned for placeholders again; an unknown placeholder stays.
 *
 * Returns: (transfer full): the text
 */
char            *rungs_template_fill          (const char        *template_text,
                                               const char *const *names);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* NTLM messages: bytes → NEGOTIATE, CHALLENGE or AUTHENTICATE with their parts ([MS-NLMP] 2.2.1).
 *
 * In: one token, decoded from base64. Out: RungsNtlm for rules and verification, and the tree of fields for people.
 * Little endian throughout; a part is (length, allocated, offset from the start of the message).  A message that
 * is cut short, or whose parts point outside, is read as far as it goes: @truncated says so, and so does a remark in
 * the tree.  Slices point into the token; byte ranges of fields count from its start. */

#pragma once

#include "rungs-field.h"
#include "rungs-slice.h"

G_BEGIN_DECLS

/** RUNGS_NTLM_OEM_CHARSET: the OEM character set of names without NTLMSSP_NEGOTIATE_UNICODE; the message does not name its code
 * page, so it is taken to be that of Windows in the west. */
#define RUNGS_NTLM_OEM_CHARSET "WINDOWS-1252"

typedef enum
{
  RUNGS_NTLM_NEGOTIATE = 1,
  RUNGS_NTLM_CHALLENGE = 2,
  RUNGS_NTLM_AUTHENTICATE = 3,
} RungsNtlmType;

/** RungsNtlmResponseKind: what the client proved its password with. */
typedef enum
{
  RUNGS_NTLM_RESPONSE_NONE,
  RUNGS_NTLM_RESPONSE_V1,     /* 24 bytes, DES */
  RUNGS_NTLM_RESPONSE_V1_ESS, /* 24 bytes, with extended session security */
  RUNGS_NTLM_RESPONSE_V2,     /* NTProofStr and a blob with time and names */
} RungsNtlmResponseKind;

/** The flags that rules ask for; all of them stand in data/knowledge/ntlm-flags.xml. */
#define RUNGS_NTLM_FLAG_UNICODE      0x00000001u
#define RUNGS_NTLM_FLAG_SIGN         0x00000010u
#define RUNGS_NTLM_FLAG_DATAGRAM     0x00000040u
#define RUNGS_NTLM_FLAG_ANONYMOUS    0x00000800u
#define RUNGS_NTLM_FLAG_ESS          0x00080000u
#define RUNGS_NTLM_FLAG_TARGET_INFO  0x00800000u
#define RUNGS_NTLM_FLAG_VERSION      0x02000000u
#define RUNGS_NTLM_FLAG_128          0x20000000u
#define RUNGS_NTLM_FLAG_KEY_EXCHANGE 0x40000000u

typedef struct
{
  RungsSlice bytes;            /* the whole token */
  guint32 type;                /* RungsNtlmType */
  guint32 flags;
  gboolean truncated;          /* a part points outside of the token */
  RungsSlice target_name;      /* CHALLENGE */
  RungsSlice server_challenge; /* CHALLENGE, 8 bytes */
  RungsSlice target_info;      /* CHALLENGE: AV pairs */
  RungsSlice domain;           /* NEGOTIATE (code page), AUTHENTICATE */
  RungsSlice user;             /* AUTHENTICATE */
  RungsSlice workstation;
  RungsSlice lm_response;
  RungsSlice nt_response;
  RungsSlice session_key;      /* EncryptedRandomSessionKey */
  RungsSlice version;          /* 8 bytes, where the flag says so */
  RungsSlice mic;              /* 16 bytes, where the AV pairs say so */
  RungsNtlmResponseKind response_kind;
  RungsSlice proof;            /* v2: NTProofStr */
  RungsSlice blob;             /* v2: what the proof was made over, behind the server challenge */
  RungsSlice blob_info;        /* v2: its AV pairs */
  gint64 time;                 /* v2: the client's time, µs since the epoch; 0: none */
} RungsNtlm;

/** rungs_ntlm_parse: Returns: whether @token begins as an NTLM message */
gboolean    rungs_ntlm_parse         (RungsNtlm       *self,
                                      RungsSlice       token);

/** rungs_ntlm_find_pair: the value of AV pair @id in @pairs; data is %NULL where it is missing. */
RungsSlice  rungs_ntlm_find_pair     (RungsSlice       pairs,
                                      guint            id);

/** rungs_ntlm_dup_text: a name of the message as UTF-8 display text, from UTF-16 or the code page as @flags say.
 * (transfer full) */
char       *rungs_ntlm_dup_text      (RungsSlice       bytes,
                                      guint32          flags);

/** rungs_ntlm_to_field: the tree. (transfer full) */
RungsField *rungs_ntlm_to_field      (const RungsNtlm *self);

/** rungs_ntlm_filetime_to_unix: 100 ns since 1601 (8 bytes, little endian) → µs since 1970. */
gint64      rungs_ntlm_filetime_to_unix (RungsSlice    bytes);

G_END_DECLS

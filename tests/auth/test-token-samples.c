/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* The NTLM messages that other programs wrote into other protocols: all of them decode, and there are as many as token-counts.tsv
 * says.  They are found by their first bytes, whatever carries them. */

#include "config.h"

#include "rungs-ntlm.h"
#include "rungs-test.h"
#include "rungs-token-decode.h"
#include "rungs-token-text.h"

/* More than one frame holds. */
#define MAX_TOKEN 4096

enum
{
  FIELD_FILE,
  FIELD_TOKENS,
  FIELD_OTHERS,
  FIELD_REASON,
  N_FIELDS
};

static void
check_token (RungsSlice token)
{
  g_autoptr (RungsField) root = rungs_token_to_field (token);
  RungsNtlm ntlm;

  g_assert_true (rungs_ntlm_parse (&ntlm, token));
  g_assert_nonnull (root->topic);
  g_assert_cmpuint (rungs_field_get_n_children (root), >, 0);
}

/* How many tokens begin with @start; each is decoded, from base64 where @is_text. */
static guint
check_tokens (RungsSlice bytes, RungsSlice start, gboolean is_text)
{
  gssize at = -1;
  guint n_tokens = 0;

  while ((at = rungs_slice_find (bytes, at + 1, start)) >= 0)
    {
      RungsSlice token = rungs_slice_sub (bytes, (gsize) at, MAX_TOKEN);
      g_autoptr (GBytes) decoded = NULL;
      gsize length = 0;

      while (is_text && length < token.length &&
             (g_ascii_isalnum (token.data[length]) || strchr ("+/=", token.data[length]) != NULL))
        length++;
      if (is_text)
        {
          decoded = rungs_token_from_text (rungs_slice_sub (token, 0, length), NULL);
          g_assert_nonnull (decoded);
          token = rungs_slice (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded));
        }
      check_token (token);
      n_tokens++;
    }
  return n_tokens;
}

static void
all_ntlm_messages_of_other_protocols_decode (void)
{
  g_autofree char *table = rungs_test_fixture ("auth", "token-counts.tsv", NULL);
  g_autofree char *text = rungs_test_load (table, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *relative = NULL;
      g_autofree char *path = NULL;
      g_autofree char *content = NULL;
      gsize length;
      RungsSlice bytes;
      guint n_tokens;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
      relative = g_build_filename ("samples", "pcap-auth", fields[FIELD_FILE], NULL);
      path = rungs_test_sample (relative);
      if (path == NULL)
        return;
      content = rungs_test_load (path, &length);
      bytes = rungs_slice (content, length);
      n_tokens = check_tokens (bytes, rungs_slice ("NTLMSSP", 8), FALSE) +
                 check_tokens (bytes, RUNGS_SLICE_LITERAL ("TlRMTVNTUAA"), TRUE);
      g_test_message ("%s", relative);
      g_assert_cmpuint (n_tokens, ==, g_ascii_strtoull (fields[FIELD_TOKENS], NULL, 10));
      /* Whoever counts another number has a reason. */
      g_assert_true (g_str_equal (fields[FIELD_TOKENS], fields[FIELD_OTHERS]) ==
                     (*fields[FIELD_REASON] == '\0'));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_add ("/auth/token-samples", all_ntlm_messages_of_other_protocols_decode);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

#include "config.h"

#include "rungs-knowledge.h"
#include "rungs-test.h"

static void
check_uri (const char *reference, const char *section, const char *expected)
{
  g_autofree char *uri = rungs_reference_to_uri (reference, section);

  g_assert_cmpstr (uri, ==, expected);
}

static void
test_a_reference_leads_to_the_page_and_the_section (void)
{
  check_uri ("RFC 3261", "20.8", "https://www.rfc-editor.org/rfc/rfc3261.html#section-20.8");
  check_uri ("RFC 3261", "10; 22", "https://www.rfc-editor.org/rfc/rfc3261.html#section-10");
  check_uri ("RFC 4120", "A", "https://www.rfc-editor.org/rfc/rfc4120.html#appendix-A");
  check_uri ("RFC 4120", NULL, "https://www.rfc-editor.org/rfc/rfc4120.html");
  check_uri ("[MS-SIPAE]", "3.1", "https://learn.microsoft.com/en-us/openspecs/office_protocols/ms-sipae/");
  check_uri ("[MS-NLMP]", NULL, "https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-nlmp/");
  check_uri ("3GPP TS 24.229", NULL, "https://www.3gpp.org/DynaReport/24229.htm");
}

static void
test_what_is_no_reference_leads_nowhere (void)
{
  check_uri (NULL, NULL, NULL);
  check_uri ("", "1", NULL);
  check_uri ("RFC x", "1", NULL);
  check_uri ("RFC 123456789", "1", NULL);
  check_uri ("[MS-../../x]", "1", NULL);
  check_uri ("[MS-SIPAE", "1", NULL);
  check_uri ("judgement", NULL, NULL);
}

static void
test_a_section_cannot_bring_in_anything_else (void)
{
  check_uri ("RFC 3261", "20.8\"><script>", "https://www.rfc-editor.org/rfc/rfc3261.html#section-20.8");
  check_uri ("RFC 3261", "see below", "https://www.rfc-editor.org/rfc/rfc3261.html");
}

static void
test_every_reference_of_a_list_is_found (void)
{
  g_autoptr (GPtrArray) list =
    rungs_reference_list ("RFC 3261 21.4.2 and 22.1; [MS-SIPAE] 3.3.5.1, 4.1; RFC 4120 (44)");
  static const char *const labels[] = { "RFC 3261, section 21.4.2",
                                        "RFC 3261, section 22.1",
                                        "[MS-SIPAE], section 3.3.5.1",
                                        "[MS-SIPAE], section 4.1",
                                        "RFC 4120" };

  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < list->len; i++)
    {
      const RungsReference *reference = g_ptr_array_index (list, i);

      g_assert_cmpstr (reference->label, ==, labels[i]);
      g_assert_nonnull (reference->uri);
    }
}

static void
test_an_error_id_is_no_section (void)
{
  g_autoptr (GPtrArray) list = rungs_reference_list ("[MS-OCER] 1000");

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((RungsReference *) g_ptr_array_index (list, 0))->label, ==, "[MS-OCER]");
}

static void
test_a_text_without_references_gives_an_empty_list (void)
{
  g_autoptr (GPtrArray) none = rungs_reference_list (NULL);
  g_autoptr (GPtrArray) words = rungs_reference_list ("RFC, [MS-, common practice, RFC ");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (words->len, ==, 0);
}

static void
test_every_fact_with_a_standard_has_a_page (void)
{
  for (guint topic = 0; topic < RUNGS_N_TOPICS; topic++)
    {
      guint n_facts;
      const RungsFact *const *facts = rungs_knowledge_list ((RungsTopic) topic, &n_facts);

      for (guint i = 0; i < n_facts; i++)
        {
          g_autofree char *uri = rungs_reference_to_uri (facts[i]->reference, facts[i]->section);

          if (facts[i]->reference != NULL && uri == NULL)
            g_error ("%s: no page for “%s”", facts[i]->name, facts[i]->reference);
        }
    }
}

static gboolean
suggests (const char *wanted, const char *name)
{
  g_autoptr (GPtrArray) names = rungs_knowledge_suggest (wanted);

  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (g_ptr_array_index (names, i), name))
      return TRUE;
  return FALSE;
}

static void
test_a_mistyped_name_brings_the_one_that_was_meant (void)
{
  g_assert_true (suggests ("Cal-ID", "Call-ID"));
  g_assert_true (suggests ("www-autenticate", "WWW-Authenticate"));
  g_assert_true (suggests ("REGSTER", "REGISTER"));
  g_assert_true (suggests ("ms-user-logon", "ms-user-logon-data"));
  g_assert_true (suggests ("KRB_AP_ERR_SKW", "KRB_AP_ERR_SKEW"));
}

static void
test_nothing_is_suggested_for_what_is_far_from_everything (void)
{
  g_autofree char *endless = g_strnfill (1 << 20, 'a');
  g_autoptr (GPtrArray) empty = rungs_knowledge_suggest ("");
  g_autoptr (GPtrArray) far = rungs_knowledge_suggest ("qqqqqqqqqqqqqqqq");
  g_autoptr (GPtrArray) number = rungs_knowledge_suggest ("409");
  g_autoptr (GPtrArray) monster = rungs_knowledge_suggest (endless);

  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (far->len, ==, 0);
  g_assert_cmpuint (number->len, ==, 0);
  g_assert_cmpuint (monster->len, ==, 0);
}

static void
test_at_most_five_names_are_suggested_and_none_twice (void)
{
  g_autoptr (GPtrArray) names = rungs_knowledge_suggest ("ms-");

  g_assert_cmpuint (names->len, ==, 5);
  for (guint i = 1; i < names->len; i++)
    g_assert_cmpint (g_ascii_strcasecmp (g_ptr_array_index (names, i - 1), g_ptr_array_index (names, i)),
                     !=,
                     0);
}

static void
test_a_value_in_a_template_is_never_scanned_again (void)
{
  static const char *const values[] = { "server", "{user}", "user", "Izabela", NULL };
  g_autofree char *text = rungs_template_fill ("{server} asks {user} for {nothing}{", values);

  g_assert_cmpstr (text, ==, "{user} asks Izabela for {nothing}{");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knowledge/reference/a-reference-leads-to-the-page-and-the-section",
                   test_a_reference_leads_to_the_page_and_the_section);
  g_test_add_func ("/knowledge/reference/what-is-no-reference-leads-nowhere",
                   test_what_is_no_reference_leads_nowhere);
  g_test_add_func ("/knowledge/reference/a-section-cannot-bring-in-anything-else",
                   test_a_section_cannot_bring_in_anything_else);
  g_test_add_func ("/knowledge/reference/every-reference-of-a-list-is-found",
                   test_every_reference_of_a_list_is_found);
  g_test_add_func ("/knowledge/reference/an-error-id-is-no-section", test_an_error_id_is_no_section);
  g_test_add_func ("/knowledge/reference/a-text-without-references-gives-an-empty-list",
                   test_a_text_without_references_gives_an_empty_list);
  g_test_add_func ("/knowledge/reference/every-fact-with-a-standard-has-a-page",
                   test_every_fact_with_a_standard_has_a_page);
  g_test_add_func ("/knowledge/suggest/a-mistyped-name-brings-the-one-that-was-meant",
                   test_a_mistyped_name_brings_the_one_that_was_meant);
  g_test_add_func ("/knowledge/suggest/nothing-is-suggested-for-what-is-far-from-everything",
                   test_nothing_is_suggested_for_what_is_far_from_everything);
  g_test_add_func ("/knowledge/suggest/at-most-five-names-are-suggested-and-none-twice",
                   test_at_most_five_names_are_suggested_and_none_twice);
  g_test_add_func ("/knowledge/template/a-value-in-a-template-is-never-scanned-again",
                   test_a_value_in_a_template_is_never_scanned_again);
  return g_test_run ();
}

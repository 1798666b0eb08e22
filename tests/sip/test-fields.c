/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Rungs authors */

/* Messages → fields and remarks, against the files of tests/messages.
 *
 * A case is three files: NAME.sip (the bytes), NAME.fields (the tree, a line a field) and NAME.remarks (a line a
 * remark; empty where nothing is wrong).  To add one: write NAME.sip, run
 *
 *     test-fields --generate
 *
 * read what it wrote, and commit the three files. */

#include "config.h"

#include "rungs-sip-fields.h"
#include "rungs-test.h"

static gboolean generate;

static void
print_field (const RungsField *field, guint depth, GString *out)
{
  g_string_append_printf (out, "%*s%s: %s", (int) depth * 2, "", field->name, field->value);
  if (field->topic != NULL)
    g_string_append_printf (out, " [%s]", field->topic);
  g_string_append_printf (out, " @%u+%u", field->offset, field->length);
  if (field->remark != RUNGS_REMARK_NONE)
    g_string_append_printf (out, " !%s", rungs_remark_code_get_id (field->remark));
  g_string_append_c (out, '\n');
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    print_field (rungs_field_get_child (field, i), depth + 1, out);
}

static void
print_remarks (const RungsSipMessage *message, GString *out)
{
  for (guint i = 0; i < message->n_remarks; i++)
    {
      const RungsRemark *remark = &message->remarks[i];

      g_string_append_printf (out,
                              "%s %s @%u+%u\n",
                              rungs_remark_code_get_id (remark->code),
                              remark->detail != 0 ? rungs_sip_header_get_name (remark->detail) : "-",
                              remark->offset,
                              remark->length);
    }
}

/* Compares @actual with the file beside @path that ends in @suffix, or writes it. */
static void
compare (const char *path, const char *suffix, const GString *actual)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".sip"));
  g_autofree char *expected_path = g_strconcat (stem, suffix, NULL);
  g_autofree char *expected = NULL;

  if (generate)
    {
      g_assert_true (g_file_set_contents (expected_path, actual->str, actual->len, NULL));
      return;
    }
  expected = rungs_test_load (expected_path, NULL);
  g_assert_cmpstr (actual->str, ==, expected);
}

/* Each part must lie in its header, where it has a place at all. */
static void
check_ranges (const RungsField *field, const RungsField *outer)
{
  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    {
      const RungsField *child = rungs_field_get_child (field, i);

      if (child->length > 0)
        {
          g_assert_cmpuint (child->offset, >=, outer->offset);
          g_assert_cmpuint (child->offset + child->length, <=, outer->offset + outer->length);
        }
      check_ranges (child, outer);
    }
}

static void
a_message_has_its_fields_and_remarks (gconstpointer data)
{
  const char *path = data;
  g_autofree char *bytes = NULL;
  g_autoptr (GString) tree = g_string_new (NULL);
  g_autoptr (GString) remarks = g_string_new (NULL);
  g_autoptr (RungsField) fields = NULL;
  g_autofree char *label = NULL;
  g_auto (RungsSipMessage) message = { 0 };
  gsize length;

  bytes = rungs_test_load (path, &length);
  rungs_sip_message_parse (&message,
                           rungs_slice (bytes, length),
                           RUNGS_SIP_PARSE_DATAGRAM | RUNGS_SIP_PARSE_CHECK);
  fields = rungs_sip_fields_new (&message);
  g_assert_cmpuint (fields->length, ==, length);
  check_ranges (fields, fields);
  for (guint i = 0; i < rungs_field_get_n_children (fields); i++)
    check_ranges (rungs_field_get_child (fields, i), rungs_field_get_child (fields, i));
  label = rungs_sip_message_to_short_line (&message);
  g_string_append_printf (tree, "%s\n", label);
  print_field (fields, 0, tree);
  print_remarks (&message, remarks);
  compare (path, ".fields", tree);
  compare (path, ".remarks", remarks);
}

static void
a_label_is_short_and_plain (void)
{
  g_auto (RungsSipMessage) message = { 0 };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;

  rungs_sip_message_parse (&message,
                           RUNGS_SLICE_LITERAL ("REGISTER sip:u@contoso.example:5061;lr SIP/2.0\r\n\r\n"),
                           RUNGS_SIP_PARSE_DATAGRAM);
  a = rungs_sip_message_to_short_line (&message);
  g_assert_cmpstr (a, ==, "REGISTER contoso.example");
  rungs_sip_message_parse (&message, RUNGS_SLICE_LITERAL ("SIP/2.0 401\r\n\r\n"), RUNGS_SIP_PARSE_DATAGRAM);
  b = rungs_sip_message_to_short_line (&message);
  g_assert_cmpstr (b, ==, "401");
  rungs_sip_message_parse (&message, RUNGS_SLICE_LITERAL ("\x1b]0;x\x07 INVITE"), RUNGS_SIP_PARSE_DATAGRAM);
  c = rungs_sip_message_to_short_line (&message);
  g_assert_cmpstr (c, ==, "␛]0;x␇ INVITE");
}

static guint
count_fields (const RungsField *field)
{
  guint n = 1;

  for (guint i = 0; i < rungs_field_get_n_children (field); i++)
    n += count_fields (rungs_field_get_child (field, i));
  return n;
}

static void
the_tree_of_a_hostile_message_is_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("BYE sip:b SIP/2.0\r\n");
  g_auto (RungsSipMessage) message = { 0 };
  g_autoptr (RungsField) fields = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "Contact: <sip:a>;b;c,<sip:d>;e;f\r\n");
  rungs_sip_message_parse (&message, rungs_slice (text->str, text->len), RUNGS_SIP_PARSE_DATAGRAM);
  fields = rungs_sip_fields_new (&message);
  g_assert_cmpuint (count_fields (fields), <=, 2 + 2000 + 4000);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
add_messages (void)
{
  g_autofree char *folder = rungs_test_fixture ("messages", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".sip"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test = g_strconcat ("/fields/message/", names->pdata[i], NULL);

      g_test_add_data_func_full (test,
                                 g_build_filename (folder, names->pdata[i], NULL),
                                 a_message_has_its_fields_and_remarks,
                                 g_free);
      g_free (names->pdata[i]);
    }
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--generate"))
      {
        generate = TRUE;
        argv[i] = argv[--argc];
        argv[argc] = NULL;
      }
  g_test_init (&argc, &argv, NULL);
  add_messages ();
  rungs_test_add ("/fields", a_label_is_short_and_plain);
  rungs_test_add ("/fields", the_tree_of_a_hostile_message_is_bounded);
  return g_test_run ();
}

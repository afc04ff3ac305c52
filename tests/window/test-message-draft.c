/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-draft"

#include "window/messages/message-draft.h"

static GVariant *
make_row (const char *text,
          const char *step)
{
  g_autofree char *row = g_strdup_printf ("{'kind': <'print-progress'>, 'name': <'Print progress'>, 'printer': <''>, 'enabled': <true>, "
                                          "'text': <%s>, 'own': <@a{ss} {}>, 'options': <{'step': %s}>}", text, step);
  g_autoptr(GError) error = NULL;
  GVariant *variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, row, NULL, NULL, &error);

  g_assert_no_error (error);

  return variant;
}

static HeraldMessageItem *
make_item (const char *text,
           const char *step)
{
  g_autoptr(GVariant) row = make_row (text, step);

  return herald_message_item_new (row, "");
}

static void
change_item (HeraldMessageItem *item,
             const char        *text,
             const char        *step)
{
  g_autoptr(GVariant) row = make_row (text, step);

  herald_message_item_set_row (item, row);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_only_what_differs_is_a_change (void)
{
  g_autoptr(HeraldMessageItem) item = make_item ("'words'", "'10'");
  HeraldMessageDraft *draft = herald_message_draft_new (item);
  guint n_changed = 0;

  g_signal_connect_swapped (draft, "changed", G_CALLBACK (count), &n_changed);
  g_assert_cmpstr (herald_message_draft_get (draft, "text"), ==, "words");
  g_assert_cmpstr (herald_message_draft_get (draft, "enabled"), ==, "true");
  g_assert_cmpstr (herald_message_draft_get (draft, "step"), ==, "10");
  g_assert_cmpstr (herald_message_draft_get (draft, "text-x"), ==, "");
  herald_message_draft_set (draft, "text", "words");
  g_assert_cmpuint (n_changed, ==, 0);
  herald_message_draft_set (draft, "text", "other");
  herald_message_draft_set (draft, "text-x", "post");
  g_assert_cmpuint (g_hash_table_size (herald_message_draft_get_changes (draft)), ==, 2);
  herald_message_draft_set (draft, "text", "words");
  herald_message_draft_set (draft, "text-x", "");
  g_assert_false (herald_message_draft_is_changed (draft));
  g_assert_cmpuint (n_changed, ==, 4);
  g_assert_finalize_object (draft);
}

static void
test_what_is_typed_survives_a_change_from_outside (void)
{
  g_autoptr(HeraldMessageItem) item = make_item ("'words'", "'10'");
  HeraldMessageDraft *draft = herald_message_draft_new (item);
  guint n_refreshed = 0;

  g_signal_connect_swapped (draft, "refreshed", G_CALLBACK (count), &n_refreshed);
  herald_message_draft_set (draft, "text", "typed");
  change_item (item, "'shell'", "'25'");
  g_assert_cmpuint (n_refreshed, ==, 1);
  g_assert_cmpstr (herald_message_draft_get (draft, "text"), ==, "typed");
  g_assert_cmpstr (herald_message_draft_get (draft, "step"), ==, "25");
  change_item (item, "'typed'", "'25'");
  g_assert_false (herald_message_draft_is_changed (draft));
  g_assert_finalize_object (draft);
}

static void
test_what_was_given_up_is_taken_up_again (void)
{
  g_autoptr(HeraldMessageItem) item = make_item ("'words'", "'10'");
  HeraldMessageDraft *first = herald_message_draft_new (item);
  HeraldMessageDraft *second = herald_message_draft_new (item);

  herald_message_draft_set (first, "text", "typed");
  herald_message_draft_merge (second, herald_message_draft_get_changes (first));
  g_assert_cmpstr (herald_message_draft_get (second, "text"), ==, "typed");
  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
}

static void
test_printer_without_words_of_its_own_has_none (void)
{
  g_autoptr(GVariant) row = g_variant_ref_sink (g_variant_new_parsed (
    "{'kind': <'print-done'>, 'printer': <''>, 'own': <{'text': 'words'}>, 'text': <'words'>, 'enabled': <false>}"));
  g_autoptr(HeraldMessageItem) of_all = herald_message_item_new (row, "");
  g_autoptr(HeraldMessageItem) of_one = herald_message_item_new (row, "mk4");

  g_assert_true (herald_message_item_has_own (of_all));
  g_assert_false (herald_message_item_has_own (of_one));
  g_assert_false (herald_message_item_get_enabled (of_one));
  g_assert_cmpstr (herald_message_item_get_name (of_one), ==, "");
  g_assert_null (herald_message_item_lookup (of_one, "text", "as"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-draft/only-what-differs-is-a-change", test_only_what_differs_is_a_change);
  g_test_add_func ("/message-draft/what-is-typed-survives-a-change-from-outside", test_what_is_typed_survives_a_change_from_outside);
  g_test_add_func ("/message-draft/what-was-given-up-is-taken-up-again", test_what_was_given_up_is_taken_up_again);
  g_test_add_func ("/message-draft/printer-without-words-of-its-own-has-none", test_printer_without_words_of_its_own_has_none);

  return g_test_run ();
}

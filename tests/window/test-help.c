/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-help"

#include "window/help/help-document.h"

#include <gtk/gtk.h>
#include <string.h>

#include "window/help/help-inline.h"
#include "window/help/help-topics.h"

static void
test_marks_become_markup_that_is_whole (void)
{
  static const char *const rows[][2] = {
    { "a **b** *c* `d<e`", "a <b>b</b> <i>c</i> <tt>d&lt;e</tt>" },
    { "[x](y.md#z) & <https://a.b>", "<a href=\"y.md#z\">x</a> &amp; <a href=\"https://a.b\">https://a.b</a>" },
    { "**open `never [closed](", "**open `never [closed](" },
    { "2 * 3 * 4, \\*so\\*", "2 * 3 * 4, *so*" },
    { "<b>no</b> ![p](q.png)", "&lt;b&gt;no&lt;/b&gt; p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *markup = herald_help_inline_to_markup (rows[i][0]);

      g_assert_cmpstr (markup, ==, rows[i][1]);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL) || strstr (markup, "<a ") != NULL);
    }
}

static const char *
keep (const char *words,
      gpointer    user_data)
{
  return words;
}

static void
test_link_to_a_page_has_its_title (void)
{
  static const char *const rows[][2] = {
    { "[sms.md](sms.md)", "<a href=\"sms.md\">SMS and MMS</a>" },
    { "[sms.md](sms.md#at)", "<a href=\"sms.md#at\">SMS and MMS</a>" },
    { "[in this page](sms.md)", "<a href=\"sms.md\">in this page</a>" },
    { "[sms.md](x.md)", "<a href=\"x.md\">sms.md</a>" },
    { "[gone.md](gone.md)", "<a href=\"gone.md\">gone.md</a>" },
  };
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "docs", NULL);

  g_setenv ("OCTOHERALD_DOCS", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *markup = herald_help_inline_to_markup (rows[i][0]);

      g_assert_cmpstr (markup, ==, rows[i][1]);
    }
}

/* In capitals, as in another language */
static const char *
shout (const char *words,
       gpointer    user_data)
{
  GPtrArray *shouted = user_data;

  g_ptr_array_add (shouted, g_utf8_strup (words, -1));

  return g_ptr_array_index (shouted, shouted->len - 1);
}

static void
test_everything_but_code_and_targets_is_translated (void)
{
  g_autoptr(GPtrArray) shouted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) blocks =
    herald_help_document_parse ("# One two\n\nOne\n*two*\n\n- three\n\n      code\n\n| four | |\n| --- | --- |\n\n![five](q.png)\n",
                                shout, shouted);
  static const char *const texts[] = { "ONE TWO", "ONE <i>TWO</i>", "THREE", "code", NULL, "FIVE" };

  g_assert_cmpuint (blocks->len, ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < blocks->len; i++)
    g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[i])->text, ==, texts[i]);
  /* Links are the same in every language. */
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[0])->target, ==, "one-two");
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[5])->target, ==, "q.png");
  g_assert_cmpstr (((char **) ((HeraldHelpBlock *) blocks->pdata[4])->rows->pdata[0])[0], ==, "FOUR");
  g_assert_cmpuint (shouted->len, ==, 5);

  g_assert_true (herald_help_document_contains (blocks, "thRee"));
  g_assert_true (herald_help_document_contains (blocks, "four"));
  g_assert_false (herald_help_document_contains (blocks, "six"));
}

static void
test_code_keeps_its_direction (void)
{
  g_autofree char *usual = herald_help_inline_to_markup ("a `{b}`");
  g_autofree char *isolated = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  isolated = herald_help_inline_to_markup ("a `{b}`");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);

  g_assert_cmpstr (usual, ==, "a <tt>{b}</tt>");
  g_assert_cmpstr (isolated, ==, "a \u2066<tt>{b}</tt>\u2069");
}

static void
test_page_is_read_as_its_parts (void)
{
  static const HeraldHelpKind kinds[] = { HERALD_HELP_HEADING, HERALD_HELP_PARAGRAPH, HERALD_HELP_ITEM, HERALD_HELP_CODE,
                                          HERALD_HELP_TABLE, HERALD_HELP_PICTURE };
  g_autoptr(GPtrArray) blocks =
    herald_help_document_parse ("# A b!\n\nOne\ntwo\n\n1. item\n   more\n\n       code\n\n| a | b |\n| --- | --- |\n| c | d |\n\n![p](q.png)\n",
                                keep, NULL);

  g_assert_cmpuint (blocks->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < blocks->len; i++)
    g_assert_cmpint (((HeraldHelpBlock *) blocks->pdata[i])->kind, ==, kinds[i]);
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[0])->target, ==, "a-b");
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[1])->text, ==, "One two");
  g_assert_cmpuint (((HeraldHelpBlock *) blocks->pdata[4])->rows->len, ==, 2);
}

static void
test_comments_are_not_shown (void)
{
  g_autoptr(GPtrArray) blocks =
    herald_help_document_parse ("One\n<!-- table: x -->\n\n| a |\n\n<!-- long\none -->\nTwo\n\n<!-- no end\nThree\n", keep, NULL);

  g_assert_cmpuint (blocks->len, ==, 3);
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[0])->text, ==, "One");
  g_assert_cmpstr (((HeraldHelpBlock *) blocks->pdata[2])->text, ==, "Two");
}

static void
test_bar_behind_a_backslash_parts_no_cells (void)
{
  g_autoptr(GPtrArray) blocks = herald_help_document_parse ("| `{error\\|none}` | a \\| b |\n", keep, NULL);
  HeraldHelpBlock *table = blocks->pdata[0];
  char **cells = table->rows->pdata[0];

  g_assert_cmpuint (g_strv_length (cells), ==, 2);
  g_assert_cmpstr (cells[0], ==, "<tt>{error|none}</tt>");
  g_assert_cmpstr (cells[1], ==, "a | b");
}

static void
test_links_lead_to_pages_only (void)
{
  g_autofree char *name = NULL;
  g_autofree char *anchor = NULL;

  g_assert_false (herald_help_topics_resolve ("../secret.md", "x", &name, &anchor));
  g_assert_false (herald_help_topics_resolve ("file:///etc/a.md", "x", &name, &anchor));
  g_assert_true (herald_help_topics_resolve ("#there", "x", &name, &anchor));
  g_assert_cmpstr (name, ==, "x");
  g_assert_cmpstr (anchor, ==, "there");
}

/* Who searches finds it also on a page that only others lead to. */
static void
test_every_page_for_users_is_searched (void)
{
  const char *const *all = herald_help_topics_get_all ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "README.md", NULL);
  g_autofree char *index = NULL;
  g_auto(GStrv) pieces = NULL;

  g_assert_true (g_file_get_contents (path, &index, NULL, NULL));
  *strstr (index, "## For developers") = '\0';
  pieces = g_strsplit (index, "](", -1);
  g_assert_cmpuint (g_strv_length (pieces), >, 20);
  for (char **piece = pieces + 1; *piece != NULL; piece++)
    {
      g_auto(GStrv) words = g_strsplit (*piece, ".md", 2);

      g_test_message ("%s", words[0]);
      g_assert_true (g_strv_contains (all, words[0]));
    }
  for (const char *const *name = all; *name != NULL; name++)
    {
      g_autofree char *file = g_strdup_printf ("(%s.md)", *name);

      g_test_message ("%s", *name);
      g_assert_nonnull (strstr (index, file));
    }
  g_assert_true (herald_help_topics_is_offered ("start"));
  g_assert_false (herald_help_topics_is_offered ("x-answers"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/help/marks", test_marks_become_markup_that_is_whole);
  g_test_add_func ("/help/titles", test_link_to_a_page_has_its_title);
  g_test_add_func ("/help/direction", test_code_keeps_its_direction);
  g_test_add_func ("/help/parts", test_page_is_read_as_its_parts);
  g_test_add_func ("/help/translation", test_everything_but_code_and_targets_is_translated);
  g_test_add_func ("/help/comments", test_comments_are_not_shown);
  g_test_add_func ("/help/bars", test_bar_behind_a_backslash_parts_no_cells);
  g_test_add_func ("/help/links", test_links_lead_to_pages_only);
  g_test_add_func ("/help/index", test_every_page_for_users_is_searched);

  return g_test_run ();
}

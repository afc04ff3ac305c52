/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-words"

#include "core/words/words.h"

#include <string.h>

#include "core/words/wording.h"

#define KIND HERALD_KIND_PRINT_DONE
/* More than any form takes but X Premium */
#define LONG_CHARS 5000

/* "name=value|name=value" */
static HeraldValues *
make_values (const char *printer,
             const char *known)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_auto(GStrv) pairs = g_strsplit (known, "|", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto(GStrv) parts = g_strsplit (*pair, "=", 2);

      if (parts[0] != NULL)
        herald_values_set (values, parts[0], parts[1]);
    }

  return herald_wording_complete_values (KIND, values, printer, 0);
}

static HeraldWords *
word (const char *form,
      const char *title,
      const char *text,
      const char *printer,
      const char *known)
{
  g_autoptr(HeraldValues) values = make_values (printer, known);

  return herald_words_new (herald_text_form_find (form), title, text, values);
}

static void
assert_text (const char *form,
             const char *text,
             const char *printer,
             const char *known,
             const char *expected)
{
  g_autoptr(HeraldWords) words = word (form, "", text, printer, known);

  g_assert_cmpstr (words->text, ==, expected);
}

/* F50: `<name> : <text>`, and nothing odd when the printer has no name */
static void
test_printer_comes_first_where_there_is_no_title (void)
{
  assert_text ("x", "{file} is done.", "MK3", "file=cube", "MK3 : cube is done.");
  assert_text ("x", "{file} is done.", "", "file=cube", "cube is done.");
  assert_text ("sms", "{file} is done.", "MK3", "file=cube", "MK3: cube is done.");
  assert_text ("email", "{file} is done.", "MK3", "file=cube", "cube is done.");
  assert_text ("desktop", "{file} is done.", "MK3", "file=cube", "cube is done.");

  /* Who names the printer where it suits him has named it. */
  assert_text ("x", "{file} by {printer}.", "MK3", "file=cube", "cube by MK3.");
  assert_text ("x", "{error} ", "MK3", "", "");
}

static void
test_missing_values_leave_no_gap (void)
{
  g_autoptr(HeraldWords) words = word ("email", "{printer}: {reason} {file}", "{file}  failed. {error}", "MK3",
                                       "file=cube\nX-Evil: 1");

  g_assert_cmpstr (words->title, ==, "MK3: cube X-Evil: 1");
  g_assert_cmpstr (words->text, ==, "cube\nX-Evil: 1 failed.");
}

static void
test_gaps_close_in_every_line (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } rows[] = {
    { "{file} is done. {away} ", "cube is done." },
    { "{file} is done. {error}{away}\nBye.", "cube is done.\nBye." },
    { "{file} is done.\n{error} Bye.", "cube is done.\nBye." },
    { "{error} {file} {away} is done.", "cube is done." },
    { "{error} {away}", "" },
    { "{error}\n{file}", "cube" },
    { "{file} {error}\n{error}", "cube" },
    { "{file}\n\n{file}", "cube\n\ncube" },
    { "{file} {file}{error} {error}{file}", "cube cube cube" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_text ("email", rows[i].text, "MK3", "file=cube", rows[i].expected);
}

/* A title is one line whatever is put into it, and nothing that reads differently from what it is gets through. */
static void
test_words_are_clean (void)
{
  g_autoptr(HeraldWords) words = word ("email", "a\nb {file}", "{file}\n{path}\xe2\x80\xae", "MK3",
                                       "file=c\nd|path=\xe2\x80\xae" "e\x07");

  g_assert_cmpstr (words->title, ==, "a b c d");
  g_assert_cmpstr (words->text, ==, "c\nd\ne");

  /* The printer’s name, which its server may have given it, is no exception. */
  assert_text ("x", "{file} is done.", "M\nK\xe2\x80\xae" "3", "file=cube", "M K3 : cube is done.");
}

static void
test_strangers_are_not_called_in_public (void)
{
  g_autoptr(HeraldWords) public = word ("x", "", "@me: {file} by {user}", "MK3", "file=@v1.2.zip|user=#anna");
  g_autoptr(HeraldWords) private = word ("email", "", "{file} by {user}", "MK3", "file=@v1.2.zip|user=#anna");

  g_assert_null (strstr (public->text, "@v1.2.zip"));
  g_assert_null (strstr (public->text, "2.zip"));
  g_assert_nonnull (strstr (public->text, "@me: "));
  g_assert_nonnull (strstr (public->text, "\xe2\x80\x8b"));
  g_assert_cmpstr (private->text, ==, "@v1.2.zip by #anna");
}

/* F49: the user's own words mean what they say, also those that another program handed over. */
static void
test_own_words_mean_what_they_say (void)
{
  g_autoptr(HeraldValues) known = herald_values_new ();
  g_autoptr(HeraldValues) values = NULL;
  g_autoptr(HeraldWords) words = NULL;

  herald_values_set (known, "text", "@friend look at example.org #3d");
  values = herald_wording_complete_values (HERALD_KIND_CUSTOM, known, "", 0);
  words = herald_words_new (herald_text_form_find ("x"), "", "{text}", values);

  g_assert_cmpstr (words->text, ==, "@friend look at example.org #3d");
}

/* X refuses what it has just seen, and who tries something tries again at once. */
static void
test_two_tests_in_a_minute_are_two_texts (void)
{
  g_autoptr(HeraldValues) nothing = herald_values_new ();
  g_autoptr(HeraldValues) first = herald_wording_complete_values (HERALD_KIND_TEST, nothing, "", 0);
  g_autoptr(HeraldValues) second = herald_wording_complete_values (HERALD_KIND_TEST, nothing, "", 1000);

  g_assert_cmpstr (herald_values_get (first, "clock"), !=, herald_values_get (second, "clock"));
}

static void
test_sms_has_no_emoji (void)
{
  assert_text ("sms", ":tada: {file} :tada: is done :tada:", "MK3", "file=🎉cube", "MK3: cube is done");
  assert_text ("sms", "{file}:tada:{name}", "", "file=a|name=b", "a b");
  assert_text ("email", "Done :tada:", "MK3", "", "Done 🎉");
  assert_text ("x", "Done 🎉", "", "", "Done 🎉");

  /* Nor in the printer’s name, which comes first. */
  assert_text ("sms", "{file} is done", "🎉 MK3 🎉", "file=cube", "MK3: cube is done");
  assert_text ("sms", "{file} is done", "🎉", "file=cube", "cube is done");
  assert_text ("x", "{file} is done", "🎉 MK3", "file=cube", "🎉 MK3 : cube is done");
}

/* G29: whatever comes, it fits; and it is said what gave way. */
static void
test_every_form_gets_what_fits (void)
{
  guint n_forms;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);
  g_autofree char *long_name = g_strnfill (LONG_CHARS, 'n');
  g_autofree char *known = g_strconcat ("file=", long_name, NULL);

  for (guint i = 0; i < n_forms; i++)
    {
      g_autoptr(HeraldWords) words = word (forms[i].id, "{file}", "{file} is done.", "MK3", known);
      g_autoptr(HeraldWords) rigid = word (forms[i].id, long_name, long_name, "MK3", known);
      g_autoptr(HeraldWords) small = word (forms[i].id, "{file}", "{file} is done.", "MK3", "file=cube");

      g_assert_cmpuint (words->length.count, <=, forms[i].text_max);
      g_assert_cmpuint (herald_text_length_count (words->title, forms[i].unit), <=, forms[i].title_max);
      g_assert_true (g_str_has_suffix (words->text, " is done."));
      if (forms[i].text_max > LONG_CHARS + strlen (" is done."))
        {
          g_assert_cmpuint (words->surplus, ==, 0);
          g_assert_cmpuint (rigid->surplus, ==, 0);
          continue;
        }
      g_assert_cmpuint (words->surplus, >, LONG_CHARS - forms[i].text_max);
      g_assert_cmpstr (words->shortened->name, ==, "file");

      g_assert_cmpuint (rigid->length.count, <=, forms[i].text_max);
      g_assert_cmpuint (herald_text_length_count (rigid->title, forms[i].unit), <=, forms[i].title_max);
      g_assert_cmpuint (rigid->surplus, >, 0);
      g_assert_null (rigid->shortened);

      g_assert_cmpuint (small->surplus, ==, 0);
      g_assert_null (small->shortened);
    }
}

/* Of words, gaps, values and everything that somebody may call a file */
static char *
make_random (GRand             *random,
             const char *const *parts,
             guint              n_parts,
             guint              n_most)
{
  GString *text = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (random, 0, (int) n_most);

  for (guint i = 0; i < n; i++)
    g_string_append (text, parts[g_rand_int_range (random, 0, (int) n_parts)]);

  return g_string_free (text, FALSE);
}

static void
test_random_words_are_always_right (void)
{
  static const char *const templates[] = { "{file}", "{user|nobody}", "{progress}", "{error}", "{nonsense}", " ", "\n", "{{",
                                           "}", ":tada:", "Done", ".", "Ж", "example.org", "@me", "{printer}", "\t" };
  static const char *const names[] = { "a", " ", "é", "👨‍👩‍👧", "Ж", "@x", "#y", "v1.2.zip", "\n", "{file}", "€", "長", "|", ":tada:" };
  g_autoptr(GRand) random = g_rand_new_with_seed (20261121);
  guint n_forms;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  for (guint i = 0; i < 4000; i++)
    {
      const HeraldTextForm *form = &forms[i % n_forms];
      g_autofree char *text = make_random (random, templates, G_N_ELEMENTS (templates), 40);
      g_autofree char *file = make_random (random, names, G_N_ELEMENTS (names), 200);
      g_autofree char *user = make_random (random, names, G_N_ELEMENTS (names), 20);
      g_autofree char *known = g_strdup_printf ("progress=42|user=u%s", user);
      g_autoptr(HeraldValues) values = make_values ("MK3", known);
      g_autoptr(HeraldWords) words = NULL;

      herald_values_set (values, "file", file);
      words = herald_words_new (form, text, text, values);
      g_assert_true (g_utf8_validate (words->text, -1, NULL) && g_utf8_validate (words->title, -1, NULL));
      g_assert_cmpuint (words->length.count, <=, form->text_max);
      g_assert_cmpuint (herald_text_length_count (words->title, form->unit), <=, form->title_max);
      g_assert_null (strchr (words->title, '\n'));
      g_assert_null (strstr (words->text, "nonsense"));
      g_assert_false (g_ascii_isspace (*words->text));
      g_assert_true (*words->text == '\0' || !g_ascii_isspace (words->text[strlen (words->text) - 1]));
      if (words->surplus == 0)
        g_assert_null (strstr (words->text, "  "));
    }
}

/* F98 */
static void
test_nothing_to_say_is_seen (void)
{
  g_autoptr(HeraldWords) nothing = word ("x", "A title", "{error}", "MK3", "");
  g_autoptr(HeraldWords) title = word ("email", "A title", "{error}", "MK3", "");
  g_autoptr(HeraldWords) neither = word ("email", "{error}", " \n", "MK3", "");

  g_assert_true (herald_words_are_empty (nothing));
  g_assert_false (herald_words_are_empty (title));
  g_assert_cmpstr (title->text, ==, "");
  g_assert_true (herald_words_are_empty (neither));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/f50-printer", test_printer_comes_first_where_there_is_no_title);
  g_test_add_func ("/words/missing", test_missing_values_leave_no_gap);
  g_test_add_func ("/words/gaps", test_gaps_close_in_every_line);
  g_test_add_func ("/words/clean", test_words_are_clean);
  g_test_add_func ("/words/public", test_strangers_are_not_called_in_public);
  g_test_add_func ("/words/f49-own", test_own_words_mean_what_they_say);
  g_test_add_func ("/words/tests", test_two_tests_in_a_minute_are_two_texts);
  g_test_add_func ("/words/sms", test_sms_has_no_emoji);
  g_test_add_func ("/words/fit", test_every_form_gets_what_fits);
  g_test_add_func ("/words/random", test_random_words_are_always_right);
  g_test_add_func ("/words/f98-nothing", test_nothing_to_say_is_seen);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-lint"

#include "core/routing/message-lint.h"

#include <locale.h>
#include <string.h>

#include "core/words/wording.h"
#include "message-fixture.h"

#define KIND HERALD_KIND_PRINT_DONE

static char *
lint (const char      *form_id,
      HeraldEventKind  kind,
      const char      *title,
      const char      *text,
      const char      *file,
      HeraldLintTense  tense)
{
  const HeraldTextForm *form = herald_text_form_find (form_id);
  g_autoptr(HeraldValues) samples = herald_wording_sample_values (kind);
  g_autoptr(HeraldValues) values = NULL;
  g_autoptr(HeraldWords) words = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) problems = NULL;

  if (file != NULL)
    herald_values_set (samples, "file", file);
  values = herald_wording_complete_values (kind, samples, "Prusa MK4", 0);
  words = herald_words_new (form, title, text, values);
  herald_message_lint_words (builder, form, words, tense);
  problems = g_strv_builder_end (builder);

  return g_strjoinv ("|", problems);
}

static void
assert_problem (const char *form,
                const char *text,
                const char *expected)
{
  g_autofree char *problems = lint (form, KIND, "Done", text, NULL, HERALD_LINT_IMAGINED);

  g_assert_cmpstr (problems, ==, expected);
}

/* No false alarms: what the program comes with is right everywhere, with samples and with names of usual length. */
static void
test_default_words_are_right (void)
{
  guint n_forms;
  const HeraldTextForm *forms = herald_text_form_get_all (&n_forms);

  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      const HeraldEventKindInfo *info = herald_event_kind_get_info ((HeraldEventKind) i);

      for (guint k = 0; k < n_forms; k++)
        {
          g_autofree char *problems = lint (forms[k].id, (HeraldEventKind) i, info->title, info->text, NULL,
                                            HERALD_LINT_IMAGINED);

          if (*problems != '\0')
            g_test_fail_printf ("%s as %s: %s", info->id, forms[k].id, problems);
        }
    }
}

/* Peers’ note (c) 4: the price of a link is seen before the first post, not on the bill. */
static void
test_costly_link_is_told (void)
{
  assert_problem ("x", "{file} is done: example.org/cube",
                  "X (Twitter): Each message costs $0.20 instead of $0.015, because “example.org/cube” is a link there.");
  assert_problem ("x", "part.py is done",
                  "X (Twitter): Each message costs $0.20 instead of $0.015, because “part.py” is a link there.");
  assert_problem ("email", "{file} is done: example.org/cube", "");

  /* The names of files are no links: they are made harmless. */
  assert_problem ("x", "{name} is done", "");
}

/* What was done for the price is said; not where another link costs it anyway, nor where links cost nothing. */
static void
test_a_guarded_name_is_told (void)
{
  static const char sentence[] = "X (Twitter) would have made a link of “cube.st” ($0.20 instead of $0.015); it is "
                                 "written so that it does not.";
  g_autofree char *guarded = lint ("x", KIND, "Done", "{file} is done", "cube.st", HERALD_LINT_REAL);
  g_autofree char *harmless = lint ("x", KIND, "Done", "{file} is done", "cube.gcode", HERALD_LINT_REAL);
  g_autofree char *linked = lint ("x", KIND, "Done", "{file} is done: example.org", "cube.st", HERALD_LINT_REAL);
  g_autofree char *mailed = lint ("email", KIND, "Done", "{file} is done", "cube.st", HERALD_LINT_REAL);

  g_assert_cmpstr (guarded, ==, sentence);
  g_assert_cmpstr (harmless, ==, "");
  g_assert_null (strstr (linked, "would have"));
  g_assert_cmpstr (mailed, ==, "");
}

static void
test_surplus_is_told_with_its_remedy (void)
{
  g_autofree char *words = g_strnfill (290, 'a');
  g_autofree char *with_file = g_strdup_printf ("%.*s {file} is done.", 100, words);
  g_autofree char *long_name = g_strnfill (200, 'n');
  g_autofree char *imagined = lint ("x", KIND, "Done", with_file, long_name, HERALD_LINT_IMAGINED);
  g_autofree char *real = lint ("x", KIND, "Done", with_file, long_name, HERALD_LINT_REAL);

  /* "Prusa MK4 : " and 290 */
  assert_problem ("x", words, "X (Twitter): With sample values this is 22 characters too long. Its end is cut off.");
  g_assert_cmpstr (imagined, ==,
                   "X (Twitter): With sample values this is 42 characters too long. {file} is shortened.");
  g_assert_cmpstr (real, ==, "X (Twitter): This is 42 characters too long. {file} is shortened.");
}

/* One character outside its alphabet makes an SMS take more than twice the room. */
static void
test_costly_character_is_told (void)
{
  assert_problem ("sms", "{file} ist fertig, und zwar früher als gedacht, also bitte bald abholen.", "");
  assert_problem ("sms", "{file} is done, earlier than thought, so please come for it Ж soon.",
                  "SMS: This takes 2 messages instead of one, because of “Ж”.");
}

static void
test_silence_is_told (void)
{
  assert_problem ("x", "", "X (Twitter): Nothing would be sent, because there is no text.");
  assert_problem ("x", "{error|}", "");
  assert_problem ("email", "", "");
}

/* The words of every form are looked at, also of those that no channel has. */
static void
test_mistakes_are_found_in_all_words (MessageFixture *fixture,
                                      gconstpointer   user_data)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) problems = NULL;

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "title={aaaa}|text-x={bbbb}|title-email={cccc}"));
  settings = herald_message_settings_load (fixture->config, KIND, NULL);
  herald_message_lint_templates (builder, KIND, settings);
  problems = g_strv_builder_end (builder);

  g_assert_cmpuint (g_strv_length (problems), ==, 3);
  g_assert_true (g_str_has_prefix (problems[0], "{aaaa} "));
  g_assert_true (g_str_has_prefix (problems[1], "{bbbb} "));
  g_assert_true (g_str_has_prefix (problems[2], "{cccc} "));
}

static void
test_price_is_that_of_the_words (void)
{
  static const struct
  {
    const char *form;
    const char *text;
    double price;
  } rows[] = {
    { "x", "{file} is done", 0.015 },
    { "x", "{file} is done: https://example.org", 0.2 },
    { "email", "{file} is done: https://example.org", 0 },
    { "sms", "{file} is done", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const HeraldTextForm *form = herald_text_form_find (rows[i].form);
      g_autoptr(HeraldValues) values = herald_wording_sample_values (KIND);
      g_autoptr(HeraldWords) words = herald_words_new (form, "", rows[i].text, values);

      g_assert_cmpfloat (herald_message_lint_get_price (form, words), ==, rows[i].price);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-lint/defaults", test_default_words_are_right);
  g_test_add_func ("/message-lint/link", test_costly_link_is_told);
  g_test_add_func ("/message-lint/guard", test_a_guarded_name_is_told);
  g_test_add_func ("/message-lint/surplus", test_surplus_is_told_with_its_remedy);
  g_test_add_func ("/message-lint/character", test_costly_character_is_told);
  g_test_add_func ("/message-lint/silence", test_silence_is_told);
  g_test_add ("/message-lint/mistakes", MessageFixture, NULL, message_fixture_set_up,
              test_mistakes_are_found_in_all_words, message_fixture_tear_down);
  g_test_add_func ("/message-lint/price", test_price_is_that_of_the_words);

  return g_test_run ();
}

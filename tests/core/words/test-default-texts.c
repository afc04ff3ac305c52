/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-default-texts"

#include <string.h>

#include "core/words/emoji.h"
#include "core/words/template.h"
#include "core/words/text-links.h"
#include "core/words/wording.h"
#include "core/words/words.h"

/* Names with their ending are links to X (`part.py`), and a post with a link costs thirteen times as much. */
static const char *const costly[] = { "name", "path", "movie", "movie_basename", "local", "remote", "url" };

static const HeraldEventKindInfo *
get_info (guint i)
{
  return herald_event_kind_get_info ((HeraldEventKind) i);
}

static void
test_kinds_are_found_by_their_id (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      HeraldEventKind found;

      g_assert_true (herald_event_kind_from_id (get_info (i)->id, &found));
      g_assert_cmpint (found, ==, i);
    }
}

static void
test_default_texts_have_no_mistakes (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      g_auto(GStrv) title_problems = herald_template_check (get_info (i)->title, (HeraldEventKind) i);
      g_auto(GStrv) text_problems = herald_template_check (get_info (i)->text, (HeraldEventKind) i);

      g_assert_cmpstr (title_problems[0], ==, NULL);
      g_assert_cmpstr (text_problems[0], ==, NULL);
    }
}

static void
test_default_texts_make_no_link (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (costly); j++)
      {
        g_assert_false (herald_template_uses (get_info (i)->title, costly[j]));
        g_assert_false (herald_template_uses (get_info (i)->text, costly[j]));
      }
}

static void
test_samples_make_no_link_of_them (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      g_autoptr(HeraldValues) samples = herald_wording_sample_values ((HeraldEventKind) i);
      g_autoptr(HeraldWords) plain = herald_words_new (NULL, "", get_info (i)->text, samples);
      g_autoptr(HeraldWords) post = herald_words_new (herald_text_form_find ("x"), "", get_info (i)->text, samples);
      g_autoptr(GArray) links = herald_text_links_find (plain->text);

      g_assert_cmpuint (links->len, ==, 0);
      g_assert_cmpuint (post->surplus, ==, 0);
    }
}

/* What is found out afterwards has few values. */
static void
test_default_texts_are_sentences_without_values (void)
{
  static const char *const traces[] = { "  ", " .", " ,", "..", "{", "}", "|" };

  for (guint i = 0; i < HERALD_KIND_CUSTOM; i++)
    {
      g_autoptr(HeraldValues) nothing = herald_values_new ();
      g_autoptr(HeraldValues) values = herald_wording_complete_values ((HeraldEventKind) i, nothing, "MK4", 0);
      g_autoptr(HeraldWords) words = herald_words_new (NULL, "", get_info (i)->text, values);
      const char *text = words->text;

      g_assert_true (g_str_has_suffix (text, "."));
      for (gsize j = 0; j < G_N_ELEMENTS (traces); j++)
        if (strstr (text, traces[j]) != NULL)
          g_test_fail_printf ("%s: “%s”", get_info (i)->id, text);
    }
}

/* As those of OctoTweet do; an SMS does without. */
static void
test_default_texts_begin_with_an_emoji (void)
{
  for (guint i = 0; i < HERALD_KIND_CUSTOM; i++)
    {
      g_autofree char *plain = herald_emoji_strip (get_info (i)->text);
      g_autofree char *title = herald_emoji_strip (get_info (i)->title);

      g_assert_true (strlen (plain) < strlen (get_info (i)->text) && g_str_has_suffix (get_info (i)->text, plain));
      g_assert_true (g_ascii_isalpha (*plain) || *plain == '{');
      g_assert_cmpstr (title, ==, get_info (i)->title);
    }
}

static void
assert_described (const char *const *names,
                  HeraldValues      *samples)
{
  for (; *names != NULL; names++)
    {
      const HeraldVariable *variable = herald_variable_find (*names);

      g_assert_nonnull (variable);
      g_assert_cmpstr (variable->description, !=, "");
      g_assert_nonnull (herald_values_get (samples, *names));
    }
}

/* F47: whoever writes a text is told what can be said in it */
static void
test_every_variable_is_described (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      g_autoptr(HeraldValues) samples = herald_wording_sample_values ((HeraldEventKind) i);

      assert_described (herald_event_kind_get_commons (), samples);
      assert_described (get_info (i)->variables, samples);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/default-texts/kinds", test_kinds_are_found_by_their_id);
  g_test_add_func ("/default-texts/f35-no-mistakes", test_default_texts_have_no_mistakes);
  g_test_add_func ("/default-texts/no-link", test_default_texts_make_no_link);
  g_test_add_func ("/default-texts/samples", test_samples_make_no_link_of_them);
  g_test_add_func ("/default-texts/no-values", test_default_texts_are_sentences_without_values);
  g_test_add_func ("/default-texts/emoji", test_default_texts_begin_with_an_emoji);
  g_test_add_func ("/default-texts/f47-described", test_every_variable_is_described);

  return g_test_run ();
}

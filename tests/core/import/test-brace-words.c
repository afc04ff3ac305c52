/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-brace-words"

#include "core/import/brace-words.h"

#include <string.h>

static void
assert_words (HeraldEventKind  kind,
              const char      *foreign,
              const char      *wanted,
              guint            n_remarks)
{
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = herald_brace_words_translate (foreign, kind, remarks);

  g_assert_cmpstr (words, ==, wanted);
  g_assert_cmpuint (remarks->len, ==, n_remarks);
}

static void
test_what_both_languages_have_stays (void)
{
  assert_words (HERALD_KIND_PRINT_DONE, "👍 **{name}** took {time_formatted} :tada: {{x}}",
                "👍 **{name}** took {time_formatted} :tada: {{x}}", 0);
  assert_words (HERALD_KIND_PRINT_PROGRESS, "{progress}%\n{remaining_formatted}", "{progress}%\n{remaining_formatted}", 0);
  assert_words (HERALD_KIND_TIMELAPSE_FAILED, "{returncode} {out} {movie_prefix}", "{returncode} {out} {movie_prefix}", 0);
}

static void
test_what_we_write_our_own_way_is_told (void)
{
  assert_words (HERALD_KIND_PRINT_DONE, "{time:.0f} s", "{time} s", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{name!r:>10}", "{name}", 1);
  assert_words (HERALD_KIND_PRINT_PAUSED, "at {position[x]} {position[y]} {position[z]}", "at {position}", 1);
}

static void
test_what_we_do_not_know_is_left_out_and_told (void)
{
  assert_words (HERALD_KIND_PRINT_DONE, "It took {bogus} long", "It took long", 1);
  assert_words (HERALD_KIND_PRINT_STARTED, "{time_formatted}", "", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "a {} b {0} c", "a b c", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{a b}", "", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{name|none}", "", 1);
}

static void
test_broken_braces_lose_nothing (void)
{
  assert_words (HERALD_KIND_PRINT_DONE, "a { b", "a {{ b", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "a } b", "a }} b", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{name", "{{name", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{name\n}", "{{name\n}}", 1);
  assert_words (HERALD_KIND_PRINT_DONE, "{{{name}}}", "{{{name}}}", 0);
}

static void
test_hostile_words_come_out_clean (void)
{
  g_autofree char *long_text = g_strnfill (100000, '{');
  g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = herald_brace_words_translate (long_text, HERALD_KIND_PRINT_DONE, remarks);

  g_assert_cmpuint (strlen (words), <, 10000);
  assert_words (HERALD_KIND_PRINT_DONE, "a\x01\x1b[31m\xe2\x80\xae z\xff", "a[31m z\xef\xbf\xbd", 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/brace-words/same", test_what_both_languages_have_stays);
  g_test_add_func ("/brace-words/own-way", test_what_we_write_our_own_way_is_told);
  g_test_add_func ("/brace-words/unknown", test_what_we_do_not_know_is_left_out_and_told);
  g_test_add_func ("/brace-words/broken", test_broken_braces_lose_nothing);
  g_test_add_func ("/brace-words/hostile", test_hostile_words_come_out_clean);

  return g_test_run ();
}

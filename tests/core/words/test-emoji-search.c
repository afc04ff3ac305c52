/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-emoji-search"

#include "core/words/emoji-search.h"

static gboolean
has (GArray     *matches,
     const char *emoji)
{
  for (guint i = 0; i < matches->len; i++)
    {
      if (g_str_equal (g_array_index (matches, HeraldEmojiMatch, i).emoji, emoji))
        return TRUE;
    }

  return FALSE;
}

static void
test_beginnings_come_first (void)
{
  g_autoptr(GArray) matches = herald_emoji_search ("tad", 8);
  const HeraldEmojiMatch *first = &g_array_index (matches, HeraldEmojiMatch, 0);

  g_assert_cmpstr (first->name, ==, "tada");
  g_assert_cmpstr (first->emoji, ==, "🎉");
}

static void
test_middles_are_found_too (void)
{
  g_autoptr(GArray) matches = herald_emoji_search ("check_mark", 8);

  g_assert_true (has (matches, "✅"));
}

static void
test_each_emoji_comes_once (void)
{
  g_autoptr(GArray) matches = herald_emoji_search ("a", 500);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (matches->len, ==, 500);
  for (guint i = 0; i < matches->len; i++)
    g_assert_true (g_hash_table_add (seen, (char *) g_array_index (matches, HeraldEmojiMatch, i).emoji));
}

static void
test_no_more_than_wanted (void)
{
  g_autoptr(GArray) matches = herald_emoji_search ("s", 3);

  g_assert_cmpuint (matches->len, ==, 3);
}

static void
test_nothing_is_found_for_nothing (void)
{
  g_autoptr(GArray) empty = herald_emoji_search ("", 8);
  g_autoptr(GArray) nonsense = herald_emoji_search ("qqqqqq", 8);

  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (nonsense->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/emoji-search/beginnings-come-first", test_beginnings_come_first);
  g_test_add_func ("/emoji-search/middles-are-found-too", test_middles_are_found_too);
  g_test_add_func ("/emoji-search/each-emoji-comes-once", test_each_emoji_comes_once);
  g_test_add_func ("/emoji-search/no-more-than-wanted", test_no_more_than_wanted);
  g_test_add_func ("/emoji-search/nothing-is-found-for-nothing", test_nothing_is_found_for_nothing);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-text-length"

#include "core/words/text-length.h"

#include <string.h>

#include "core/words/text-gsm.h"

/* What others say of ten thousand texts is in tests/real/test-words.py. */

static void
assert_counts (const char     *text,
               HeraldTextUnit  unit,
               gsize           expected)
{
  g_test_message ("%s", text);
  g_assert_cmpuint (herald_text_length_count (text, unit), ==, expected);
}

static void
assert_sms (const char *text,
            gsize       count,
            guint       segments,
            gboolean    is_gsm)
{
  HeraldTextLength length;

  herald_text_length_measure (text, HERALD_UNIT_SMS, &length);
  g_assert_cmpuint (length.count, ==, count);
  g_assert_cmpuint (length.segments, ==, segments);
  g_assert_cmpint (length.is_gsm, ==, is_gsm);
}

static void
assert_fits (const char     *text,
             HeraldTextUnit  unit,
             gsize           max,
             const char     *expected)
{
  g_autofree char *beginning = g_strndup (text, herald_text_length_fit (text, unit, max));

  g_assert_cmpstr (beginning, ==, expected);
}

static void
test_characters_are_what_people_count (void)
{
  assert_counts ("", HERALD_UNIT_CHARACTERS, 0);
  assert_counts ("benchy", HERALD_UNIT_CHARACTERS, 6);
  assert_counts ("e\u0301", HERALD_UNIT_CHARACTERS, 1);
  assert_counts ("👨‍👩‍👧‍👦", HERALD_UNIT_CHARACTERS, 1);
  assert_counts ("🇩🇪🇫🇷", HERALD_UNIT_CHARACTERS, 2);
  assert_counts ("👍🏽1️⃣", HERALD_UNIT_CHARACTERS, 2);
  assert_counts ("a\r\nb", HERALD_UNIT_CHARACTERS, 3);
  assert_counts ("日本語", HERALD_UNIT_BYTES, 9);
}

static void
test_x_weighs_by_script (void)
{
  assert_counts ("", HERALD_UNIT_WEIGHTED, 0);
  assert_counts ("Größe", HERALD_UNIT_WEIGHTED, 5);
  assert_counts ("e\u0301", HERALD_UNIT_WEIGHTED, 1);
  assert_counts ("日本語", HERALD_UNIT_WEIGHTED, 6);
  assert_counts ("“x”–‘y’", HERALD_UNIT_WEIGHTED, 7);
  assert_counts ("…€™", HERALD_UNIT_WEIGHTED, 6);
  assert_counts ("\u200b", HERALD_UNIT_WEIGHTED, 1);
}

static void
test_x_weighs_an_emoji_as_one (void)
{
  assert_counts ("🎉", HERALD_UNIT_WEIGHTED, 2);
  assert_counts ("👨‍👩‍👧‍👦", HERALD_UNIT_WEIGHTED, 2);
  assert_counts ("👩🏿‍🚒👍🏽🏴󠁧󠁢󠁥󠁮󠁧󠁿", HERALD_UNIT_WEIGHTED, 6);
  assert_counts ("1️⃣©️", HERALD_UNIT_WEIGHTED, 4);
  assert_counts ("🇩🇪🇽🇽", HERALD_UNIT_WEIGHTED, 6);
  /* Younger than what X’s library knows: counted in its pieces, so that a post is never longer than we think */
  assert_counts ("🧑‍🚒", HERALD_UNIT_WEIGHTED, 5);
}

static void
test_x_weighs_links_as_one (void)
{
  assert_counts ("cube.st done", HERALD_UNIT_WEIGHTED, 28);
  assert_counts ("v1.2.zip", HERALD_UNIT_WEIGHTED, 23);
  assert_counts ("https://example.com/a/very/long/path?with=query#and-more", HERALD_UNIT_WEIGHTED, 23);
  assert_counts ("http://octopi.local/", HERALD_UNIT_WEIGHTED, 20);
  assert_counts ("benchy.gcode", HERALD_UNIT_WEIGHTED, 12);
  assert_counts ("日本語cube.st日本語", HERALD_UNIT_WEIGHTED, 35);
}

static void
test_sms_is_counted_in_septets (void)
{
  g_autofree char *one = g_strnfill (160, 'a');
  g_autofree char *two = g_strnfill (161, 'a');
  g_autofree char *three = g_strnfill (307, 'a');
  g_autofree char *full = g_strnfill (158, 'a');
  g_autofree char *with_euro = g_strconcat (full, "€", NULL);
  g_autofree char *with_euros = g_strconcat (full, "€€", NULL);

  assert_sms ("", 0, 0, TRUE);
  assert_sms ("Fertig: Größe £ Ω", 17, 1, TRUE);
  assert_sms (one, 160, 1, TRUE);
  assert_sms (two, 161, 2, TRUE);
  assert_sms (three, 307, 3, TRUE);
  assert_sms (with_euro, 160, 1, TRUE);
  assert_sms (with_euros, 162, 2, TRUE);
}

/* 152 letters and a euro, whose two septets do not fit into the first message any more */
static void
test_sms_keeps_two_septets_together (void)
{
  g_autofree char *first = g_strnfill (152, 'a');
  g_autofree char *second = g_strnfill (152, 'b');
  g_autofree char *text = g_strconcat (first, "€", second, NULL);

  assert_sms (text, 306, 3, TRUE);
}

static void
test_sms_falls_back_to_code_units (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 70; i++)
    g_string_append (text, "č");
  assert_sms (text->str, 70, 1, FALSE);
  g_string_append (text, "a");
  assert_sms (text->str, 71, 2, FALSE);
  assert_sms ("🎉", 2, 1, FALSE);
  assert_sms ("👨‍👩‍👧‍👦", 11, 1, FALSE);
}

/* An emoji is not cut in two: 66 letters and a pair do not fit into 67. */
static void
test_sms_keeps_pairs_together (void)
{
  g_autofree char *letters = g_strnfill (66, 'a');
  g_autofree char *text = g_strconcat (letters, "🎉", letters, NULL);

  assert_sms (text, 134, 3, FALSE);
}

static void
assert_transliterates (const char *text,
                       const char *expected)
{
  g_autofree char *result = herald_gsm_transliterate (text);

  g_assert_cmpstr (result, ==, expected);
}

static void
test_typography_becomes_plain_for_sms (void)
{
  assert_transliterates ("“MK4” – it’s done…", "\"MK4\" - it's done...");
  assert_transliterates ("215\u00a0°C", NULL);
  assert_transliterates ("40\u00a0% · 2×", "40 % . 2x");
  assert_transliterates ("Größe Ñandú", "Größe Ñandu");
  assert_transliterates ("Č c\u030c Łódź", "C c Lodz");
  assert_transliterates ("Зелёный", NULL);
  assert_transliterates ("🎉 done", NULL);
  assert_transliterates ("", "");
}

static void
test_cut_falls_between_characters (void)
{
  assert_fits ("benchy", HERALD_UNIT_CHARACTERS, 3, "ben");
  assert_fits ("benchy", HERALD_UNIT_CHARACTERS, 6, "benchy");
  assert_fits ("benchy", HERALD_UNIT_CHARACTERS, 0, "");
  assert_fits ("ae\u0301x", HERALD_UNIT_CHARACTERS, 2, "ae\u0301");
  assert_fits ("a👨‍👩‍👧‍👦b", HERALD_UNIT_CHARACTERS, 2, "a👨‍👩‍👧‍👦");
  assert_fits ("a👨‍👩‍👧‍👦b", HERALD_UNIT_WEIGHTED, 2, "a");
  assert_fits ("a👨‍👩‍👧‍👦b", HERALD_UNIT_WEIGHTED, 3, "a👨‍👩‍👧‍👦");
  assert_fits ("a👨‍👩‍👧‍👦b", HERALD_UNIT_SMS, 5, "a");
  assert_fits ("[[[[ω\u0301", HERALD_UNIT_SMS, 5, "[[");
  assert_fits ("日本語", HERALD_UNIT_BYTES, 8, "日本");
}

static void
test_cut_falls_between_links (void)
{
  assert_fits ("see https://example.com/path now", HERALD_UNIT_WEIGHTED, 20, "see ");
  assert_fits ("see https://example.com/path now", HERALD_UNIT_WEIGHTED, 27, "see https://example.com/path");
  /* Without its last letter it would be a link, and count more. */
  assert_fits ("a cube.stl", HERALD_UNIT_WEIGHTED, 9, "a cube.s");
}

static void
test_bytes_that_are_no_text_do_no_harm (void)
{
  HeraldTextLength length;

  for (guint unit = HERALD_UNIT_CHARACTERS; unit <= HERALD_UNIT_BYTES; unit++)
    {
      herald_text_length_measure ("a\xff\xf0\x9f.st", unit, &length);
      g_assert_cmpuint (length.count, >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-length/characters", test_characters_are_what_people_count);
  g_test_add_func ("/text-length/x/scripts", test_x_weighs_by_script);
  g_test_add_func ("/text-length/x/emoji", test_x_weighs_an_emoji_as_one);
  g_test_add_func ("/text-length/x/links", test_x_weighs_links_as_one);
  g_test_add_func ("/text-length/sms/septets", test_sms_is_counted_in_septets);
  g_test_add_func ("/text-length/sms/two-septets", test_sms_keeps_two_septets_together);
  g_test_add_func ("/text-length/sms/code-units", test_sms_falls_back_to_code_units);
  g_test_add_func ("/text-length/sms/pairs", test_sms_keeps_pairs_together);
  g_test_add_func ("/text-length/sms/plain", test_typography_becomes_plain_for_sms);
  g_test_add_func ("/text-length/fit/characters", test_cut_falls_between_characters);
  g_test_add_func ("/text-length/fit/links", test_cut_falls_between_links);
  g_test_add_func ("/text-length/no-text", test_bytes_that_are_no_text_do_no_harm);

  return g_test_run ();
}

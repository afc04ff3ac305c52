/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-emoji"

#include "core/words/emoji.h"

#include <string.h>

#include "core/words/template.h"

typedef struct
{
  const char *text;
  const char *expected;
} Row;

static void
assert_rows (char      *(*change) (const char *),
             const Row   *rows,
             guint        n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *result = change (rows[i].text);

      g_assert_cmpstr (result, ==, rows[i].expected);
    }
}

/* F48 */
static void
test_shortcodes_become_emoji (void)
{
  static const Row rows[] = {
    { ":tada:", "🎉" },
    { ":+1: :-1: :100:", "👍 👎 💯" },
    { ":tada::rocket:", "🎉🚀" },
    { "Done:tada:", "Done🎉" },
    { "(:white_check_mark:)", "(✅)" },
    { ":printer: :pause_button: :warning:", "🖨️ ⏸️ ⚠️" },
    { ":tools: :robot_face: :octagonal_sign: :party_popper: :timer:", "🛠️ 🤖 🛑 🎉 ⏲️" },
    { ":no_such:tada:", ":no_such🎉" },
  };

  assert_rows (herald_emoji_expand, rows, G_N_ELEMENTS (rows));
}

static void
test_what_is_no_shortcode_stays (void)
{
  static const Row rows[] = {
    { "", "" },
    { "🎉 done", "🎉 done" },
    { ":no_such_emoji:", ":no_such_emoji:" },
    { ":Tada: :ta da: :tada : tada:", ":Tada: :ta da: :tada : tada:" },
    { "12:30:45 and 12:100:5 and 1:100:", "12:30:45 and 12:100:5 and 1:100:" },
    { "a:b:c relay:on:off C:x:", "a:b:c relay:on:off C:x:" },
    { "http://host:8080:100:/tada:tada: :tada:", "http://host:8080:100:/tada:tada: 🎉" },
    { "Note:: ::: : :", "Note:: ::: : :" },
    { "\\:tada: \\:tada\\: :tada\\: \\", ":tada: :tada: :tada: \\" },
    { "C:\\tada", "C:\\tada" },
    { "é:x:é", "é❌é" },
  };

  assert_rows (herald_emoji_expand, rows, G_N_ELEMENTS (rows));
}

static void
test_skin_tone_colours_a_hand (void)
{
  static const Row rows[] = {
    { ":wave::skin-tone-2:", "👋🏻" },
    { ":+1::skin-tone-6:!", "👍🏿!" },
    { ":v::skin-tone-3:", "✌🏼" },
    { ":tada::skin-tone-2:", "🎉:skin-tone-2:" },
    { ":wave::skin-tone-1: :wave::skin-tone-7:", "👋:skin-tone-1: 👋:skin-tone-7:" },
    { ":wave::skin-tone-2", "👋:skin-tone-2" },
  };

  assert_rows (herald_emoji_expand, rows, G_N_ELEMENTS (rows));
}

/* What a file is called is no wish for an emoji; what another program says is. */
static void
test_names_keep_their_colons (void)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *text = NULL;

  herald_values_set (values, "name", ":tada:.gcode");
  herald_values_set (values, "text", "Hello :wave:");
  text = herald_template_expand (":fire: {name} {text} :{name}: {nome|:x:}", values);

  g_assert_cmpstr (text, ==, "🔥 :tada:.gcode Hello 👋 ::tada:.gcode: ❌");
}

static void
test_sms_goes_without_emoji (void)
{
  static const Row rows[] = {
    { "", "" },
    { "✅ Print done", "Print done" },
    { "Print 🎉 done", "Print done" },
    { "Print done 👍🏿.", "Print done." },
    { "Print done 🎉🎉 🚀", "Print done" },
    { "Print 👨‍👩‍👧‍👦\n🖨️ ready", "Print\nready" },
    { "Hi👍there 👍 , 🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿 x", "Hi there, x" },
    { "Layer 3️⃣ of #️⃣4", "Layer 3 of #4" },
    { "⏸️ paused ⏯ ❤️‍🔥", "paused" },
    { "👍\u200da 👍\u200d", "a" },
    { "© 2026 ™ ©️ → 5 °C – “ä” ½", "© 2026 ™ → 5 °C – “ä” ½" },
    { "🎉", "" },
    { "a  b ", "a  b " },
  };

  assert_rows (herald_emoji_strip, rows, G_N_ELEMENTS (rows));
}

static void
test_names_are_found_by_their_length (void)
{
  g_assert_cmpstr (herald_emoji_find ("tada: more", 4), ==, "🎉");
  g_assert_null (herald_emoji_find ("tada", 3));
  g_assert_null (herald_emoji_find ("tadas", 5));
  g_assert_null (herald_emoji_find ("", 0));
  g_assert_nonnull (herald_emoji_find ("+1", 2));
  g_assert_nonnull (herald_emoji_find ("zzz", 3));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/emoji/f48-shortcodes", test_shortcodes_become_emoji);
  g_test_add_func ("/emoji/others-stay", test_what_is_no_shortcode_stays);
  g_test_add_func ("/emoji/skin-tone", test_skin_tone_colours_a_hand);
  g_test_add_func ("/emoji/values", test_names_keep_their_colons);
  g_test_add_func ("/emoji/strip", test_sms_goes_without_emoji);
  g_test_add_func ("/emoji/find", test_names_are_found_by_their_length);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-template"

#include "core/words/template.h"

#include <string.h>


static void
assert_expands (const char *text,
                const char *expected)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *result = NULL;

  herald_values_set (values, "name", "cube.gcode");
  herald_values_set (values, "error", "{name} {{ }} %s");
  herald_values_set (values, "reason", "");
  herald_values_set (values, "secret", "a value that no template can speak of");
  result = herald_template_expand (text, values);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_names_become_values (void)
{
  assert_expands ("", "");
  assert_expands ("plain", "plain");
  assert_expands ("{name}", "cube.gcode");
  assert_expands ("<{name}{name}>", "<cube.gcodecube.gcode>");
  assert_expands ("{reason}", "");
}

static void
test_unknown_names_leave_nothing (void)
{
  assert_expands ("{nome} is done", " is done");
  assert_expands ("{secret}", "");
  assert_expands ("{nome|It} is done", "It is done");
  assert_expands ("{na me}", "{na me}");
  assert_expands ("{}", "{}");
}

static void
test_braces_can_be_written (void)
{
  assert_expands ("{{name}}", "{name}");
  assert_expands ("{{{name}}}", "{cube.gcode}");
  assert_expands ("{", "{");
  assert_expands ("}", "}");
  assert_expands ("{name", "{name");
  assert_expands ("a } b { c", "a } b { c");
}

static void
test_fallback_stands_in_for_a_missing_value (void)
{
  assert_expands ("{reason|nobody knows why}", "nobody knows why");
  assert_expands ("{time_formatted|some time}.", "some time.");
  assert_expands ("{name|nothing}", "cube.gcode");
  assert_expands ("{reason|}", "");
  assert_expands ("{reason|a | b}", "a | b");
  assert_expands ("{reason|{{a}}}", "{a}");
  assert_expands ("{reason|a\n}", "{reason|a\n}");
  assert_expands ("{reason|{name}}", "{reason|cube.gcode}");
  assert_expands ("{reason|a {name}", "{reason|a cube.gcode");
  assert_expands ("{|a}", "{|a}");
}

static void
test_pieces_remember_their_variable (void)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GPtrArray) pieces = NULL;
  const char *const expected[] = { "It ", "{a}", "cube", "?", "x" };
  const char *const variables[] = { NULL, NULL, "file", NULL, NULL };

  herald_values_set (values, "file", "cube");
  pieces = herald_template_split ("It {name|{{a}}}{file|b}{nome}?{error|x}", values);

  g_assert_cmpuint (pieces->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < pieces->len; i++)
    {
      const HeraldTemplatePiece *piece = g_ptr_array_index (pieces, i);

      g_assert_cmpstr (piece->text, ==, expected[i]);
      g_assert_true (piece->variable == (variables[i] != NULL ? herald_variable_find (variables[i]) : NULL));
    }
}

/* F46: whatever is wrong with a template, its message is sent, with what is right in it */
static void
test_malformed_template_loses_no_message (void)
{
  static const char *const malformed[] = {
    "{} X", "{ X", "X }", "}{ X", "{{} X", "{}} X", "X {{", "{0} X", "{name!r} X", "{name:.0f} X", "{name[0]} X", "{name.x} X",
    "{na me} X", "{name X", "{|} X", "{|x} X", "{nome|{name} X", "{name|a\n} X", "%s%n X", "${name X", "{nome} X", "{\xc3\xa4} X",
  };

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autofree char *text = g_strconcat (malformed[i], " {file}", NULL);
      g_autoptr(HeraldValues) values = herald_values_new ();
      g_autofree char *result = NULL;

      herald_values_set (values, "file", "cube");
      result = herald_template_expand (text, values);
      g_test_message ("%s", result);
      g_assert_nonnull (strchr (result, 'X'));
      g_assert_true (g_str_has_suffix (result, " cube"));
    }
}

/* F49, F51: what the user writes is what he means */
static void
test_mentions_and_hashtags_pass (void)
{
  assert_expands ("@anna, @bob_3d: {name} is done #3dprinting #octoprint $ACME",
                  "@anna, @bob_3d: cube.gcode is done #3dprinting #octoprint $ACME");
  assert_expands ("@{name} #{name}", "@cube.gcode #cube.gcode");
}

static void
test_values_are_not_expanded_again (void)
{
  assert_expands ("{error}", "{name} {{ }} %s");
}

static void
test_result_is_cut_between_characters (void)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GString) long_text = g_string_new (NULL);
  g_autofree char *result = NULL;

  for (guint i = 0; i < HERALD_TEMPLATE_MAX_BYTES; i++)
    g_string_append (long_text, "ä");
  herald_values_set (values, "error", long_text->str);
  result = herald_template_expand ("x{error}{error}", values);

  g_assert_cmpuint (strlen (result), <=, HERALD_TEMPLATE_MAX_BYTES);
  g_assert_cmpuint (strlen (result), >, HERALD_TEMPLATE_MAX_BYTES - 8);
  g_assert_true (g_utf8_validate (result, -1, NULL));
}

static void
test_use_of_a_variable_is_found (void)
{
  g_assert_true (herald_template_uses ("a {away} b", "away"));
  g_assert_true (herald_template_uses ("{{{away}}}", "away"));
  g_assert_true (herald_template_uses ("{away|Nothing} was missed", "away"));
  g_assert_false (herald_template_uses ("{{away}} {awa} {file|away} away", "away"));
  g_assert_false (herald_template_uses ("", "away"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template/values", test_names_become_values);
  g_test_add_func ("/template/unknown", test_unknown_names_leave_nothing);
  g_test_add_func ("/template/braces", test_braces_can_be_written);
  g_test_add_func ("/template/fallback", test_fallback_stands_in_for_a_missing_value);
  g_test_add_func ("/template/pieces", test_pieces_remember_their_variable);
  g_test_add_func ("/template/f46-malformed", test_malformed_template_loses_no_message);
  g_test_add_func ("/template/f49-f51-mentions", test_mentions_and_hashtags_pass);
  g_test_add_func ("/template/single-pass", test_values_are_not_expanded_again);
  g_test_add_func ("/template/limit", test_result_is_cut_between_characters);
  g_test_add_func ("/template/uses", test_use_of_a_variable_is_found);

  return g_test_run ();
}

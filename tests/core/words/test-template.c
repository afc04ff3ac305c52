/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-template"

#include "core/words/template.h"

#include <string.h>

#include "core/words/wording.h"

static void
assert_expands (const char *text,
                const char *expected)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *result = NULL;

  herald_values_set (values, "name", "cube.gcode");
  herald_values_set (values, "evil", "{name} {{ }} %s");
  herald_values_set (values, "empty", "");
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
  assert_expands ("{empty}", "");
}

static void
test_unknown_names_stay_visible (void)
{
  assert_expands ("{nome} is done", "{nome} is done");
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
test_values_are_not_expanded_again (void)
{
  assert_expands ("{evil}", "{name} {{ }} %s");
}

static void
test_result_is_cut_between_characters (void)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GString) long_text = g_string_new (NULL);
  g_autofree char *result = NULL;

  for (guint i = 0; i < HERALD_TEMPLATE_MAX_BYTES; i++)
    g_string_append (long_text, "ä");
  herald_values_set (values, "long", long_text->str);
  result = herald_template_expand ("x{long}{long}", values);

  g_assert_cmpuint (strlen (result), <=, HERALD_TEMPLATE_MAX_BYTES);
  g_assert_cmpuint (strlen (result), >, HERALD_TEMPLATE_MAX_BYTES - 8);
  g_assert_true (g_utf8_validate (result, -1, NULL));
}

static void
test_mistakes_are_named (void)
{
  g_auto(GStrv) none = herald_template_check ("{printer} {progress} {{x}}", HERALD_KIND_PRINT_PROGRESS);
  g_auto(GStrv) two = herald_template_check ("{nome} {movie}", HERALD_KIND_PRINT_STARTED);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_nonnull (strstr (two[0], "{nome}"));
  g_assert_nonnull (strstr (two[1], "{movie}"));
}

static void
test_default_texts_have_no_mistakes (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      HeraldEventKind kind = (HeraldEventKind) i;
      const HeraldEventKindInfo *info = herald_event_kind_get_info (kind);
      g_auto(GStrv) title_problems = herald_template_check (info->title, kind);
      g_auto(GStrv) text_problems = herald_template_check (info->text, kind);
      HeraldEventKind found;

      g_assert_cmpuint (g_strv_length (title_problems), ==, 0);
      g_assert_cmpuint (g_strv_length (text_problems), ==, 0);
      g_assert_true (herald_event_kind_from_id (info->id, &found));
      g_assert_cmpint (found, ==, kind);
    }
}

static void
test_every_variable_has_a_sample (void)
{
  for (guint i = 0; i < HERALD_N_EVENT_KINDS; i++)
    {
      HeraldEventKind kind = (HeraldEventKind) i;
      g_autoptr(HeraldValues) samples = herald_wording_sample_values (kind);

      for (const char *const *name = herald_event_kind_get_info (kind)->variables; *name != NULL; name++)
        g_assert_nonnull (herald_values_get (samples, *name));
    }
}

static void
test_missing_values_leave_no_gap (void)
{
  g_autoptr(HeraldValues) nothing = herald_values_new ();
  g_autoptr(HeraldValues) values = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  herald_values_set (nothing, "file", "cube\nX-Evil: 1");
  values = herald_wording_complete_values (HERALD_KIND_PRINT_FAILED, nothing, "MK3", 0);
  title = herald_wording_make_title ("{printer}: {reason} {file}", values);
  text = herald_wording_make_text ("{file}  failed. {error}", values);

  g_assert_cmpstr (title, ==, "MK3: cube X-Evil: 1");
  g_assert_cmpstr (text, ==, "cube\nX-Evil: 1 failed.");
}

static void
test_gaps_close_in_every_line (void)
{
  static const struct
  {
    const char *template_text;
    const char *expected;
  } rows[] = {
    { "{file} is done. {away} ", "cube is done." },
    { "{file} is done. {error}{away}\nBye.", "cube is done.\nBye." },
    { "{file} is done.\n{error} Bye.", "cube is done.\nBye." },
    { "{error} {file} {away} is done.", "cube is done." },
    { "{error} {away}", "" },
    { "{file}\n\n{file}", "cube\n\ncube" },
  };
  g_autoptr(HeraldValues) known = herald_values_new ();
  g_autoptr(HeraldValues) values = NULL;

  herald_values_set (known, "file", "cube");
  values = herald_wording_complete_values (HERALD_KIND_PRINT_DONE, known, "MK3", 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = herald_wording_make_text (rows[i].template_text, values);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_use_of_a_variable_is_found (void)
{
  g_assert_true (herald_template_uses ("a {away} b", "away"));
  g_assert_true (herald_template_uses ("{{{away}}}", "away"));
  g_assert_false (herald_template_uses ("{{away}} {awa} away", "away"));
  g_assert_false (herald_template_uses ("", "away"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template/values", test_names_become_values);
  g_test_add_func ("/template/unknown", test_unknown_names_stay_visible);
  g_test_add_func ("/template/braces", test_braces_can_be_written);
  g_test_add_func ("/template/single-pass", test_values_are_not_expanded_again);
  g_test_add_func ("/template/limit", test_result_is_cut_between_characters);
  g_test_add_func ("/template/mistakes", test_mistakes_are_named);
  g_test_add_func ("/template/defaults", test_default_texts_have_no_mistakes);
  g_test_add_func ("/template/samples", test_every_variable_has_a_sample);
  g_test_add_func ("/template/gaps", test_missing_values_leave_no_gap);
  g_test_add_func ("/template/gaps-in-lines", test_gaps_close_in_every_line);
  g_test_add_func ("/template/uses", test_use_of_a_variable_is_found);

  return g_test_run ();
}

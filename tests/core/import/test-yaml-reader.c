/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-yaml-reader"

#include "core/import/yaml-reader.h"

#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = herald_yaml_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return node;
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (herald_yaml_parse (text, length, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

/* As PyYAML reads them */
static void
test_scalars_have_the_types_that_octoprint_means (void)
{
  static const struct
  {
    const char *yaml;
    const char *json;
  } rows[] = {
    { "12", "12" }, { "-3", "-3" }, { "'12'", "\"12\"" }, { "\"12\"", "\"12\"" }, { "0123", "\"0123\"" },
    { "1.5", "1.5" }, { "1e3", "\"1e3\"" }, { ".", "\".\"" }, { "1.2.3", "\"1.2.3\"" }, { ".nan", "\".nan\"" },
    { "true", "true" }, { "Yes", "true" }, { "on", "true" }, { "False", "false" }, { "'no'", "\"no\"" },
    { "null", "null" }, { "~", "null" }, { "", "null" }, { "hello world", "\"hello world\"" },
    { "\"a\\u00fcb\"", "\"aüb\"" }, { "!!python/object:os.system x", "\"x\"" }, { "!!int '7'", "\"7\"" },
    { "[1, two, [3]]", "[1,\"two\",[3]]" }, { "|\n  one\n  two\n", "\"one\\ntwo\\n\"" },
    { "{1: 2, true: 3}", "{\"1\":2,\"true\":3}" }, { "{[x]: 1, b: 2}", "{\"b\":2}" },
    { "{a: 1, a: 2}", "{\"a\":2}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat ("v: ", rows[i].yaml, "\n", NULL);
      g_autofree char *wanted = g_strconcat ("{\"v\":", rows[i].json, "}", NULL);
      g_autoptr(JsonNode) node = parse (text);
      g_autofree char *got = json_to_string (node, FALSE);

      g_assert_cmpstr (got, ==, wanted);
    }
}

static void
test_anchors_are_shared (void)
{
  g_autoptr(JsonNode) node = parse ("a: &x {k: [1, 2]}\nb: *x\nc: &y text\nd: [*y, *y]\n");
  g_autofree char *got = json_to_string (node, FALSE);

  g_assert_cmpstr (got, ==, "{\"a\":{\"k\":[1,2]},\"b\":{\"k\":[1,2]},\"c\":\"text\",\"d\":[\"text\",\"text\"]}");
}

static void
test_anchors_that_contain_themselves_are_refused (void)
{
  static const char *const texts[] = { "&a [*a]", "a: &a {b: *a}", "*nowhere", "a: *later\nb: &later 1" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
}

/* A billion laughs: each level is nine of the one before. Where it gets too deep it ends; memory is of what is written. */
static void
test_bombs_do_not_grow (void)
{
  g_autoptr(GString) text = g_string_new ("l0: &l0 [ha]\n");
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 1; i < 60; i++)
    g_string_append_printf (text, "l%u: &l%u [*l%u,*l%u,*l%u,*l%u,*l%u,*l%u,*l%u,*l%u,*l%u]\n", i, i, i - 1, i - 1, i - 1,
                            i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  node = parse (text->str);
  g_assert_nonnull (node);

  for (guint i = 60; i < 80; i++)
    g_string_append_printf (text, "l%u: &l%u [*l%u]\n", i, i, i - 1);
  assert_refused (text->str, text->len);
}

static void
test_limits_hold (void)
{
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GString) many = g_string_new (NULL);
  g_autofree char *large = g_strnfill (HERALD_YAML_MAX_BYTES + 1, 'x');
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < HERALD_YAML_MAX_DEPTH; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < HERALD_YAML_MAX_DEPTH; i++)
    g_string_append_c (deep, ']');
  node = parse (deep->str);
  g_assert_nonnull (node);
  g_string_prepend_c (deep, '[');
  g_string_append_c (deep, ']');
  assert_refused (deep->str, deep->len);

  for (guint i = 0; i <= HERALD_YAML_MAX_VALUES; i++)
    g_string_append (many, "- 1\n");
  assert_refused (many->str, many->len);
  assert_refused (large, HERALD_YAML_MAX_BYTES + 1);

  /* As deep as it is long */
  memset (large, '[', HERALD_YAML_MAX_BYTES);
  assert_refused (large, HERALD_YAML_MAX_BYTES);
  memset (large, '{', HERALD_YAML_MAX_BYTES);
  assert_refused (large, HERALD_YAML_MAX_BYTES);
}

static void
test_what_is_no_yaml_is_refused (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } rows[] = {
    { "a: [b", 5 }, { "a: \"b", 5 }, { "a:\n\t- b", 7 }, { "a: b\n  c: d\n e: f", 17 }, { "\xff\xfe\x61", 3 },
    { "a\0b", 3 }, { "\x01", 1 }, { "--- a\n--- b\n", 12 }, { "", 0 }, { "# nothing", 9 }, { "%YAML 9.9\n--- a", 15 },
    { "a: \"\\0\"", 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (rows[i].text, rows[i].length);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/yaml-reader/scalars", test_scalars_have_the_types_that_octoprint_means);
  g_test_add_func ("/yaml-reader/anchors", test_anchors_are_shared);
  g_test_add_func ("/yaml-reader/cycles", test_anchors_that_contain_themselves_are_refused);
  g_test_add_func ("/yaml-reader/bombs", test_bombs_do_not_grow);
  g_test_add_func ("/yaml-reader/limits", test_limits_hold);
  g_test_add_func ("/yaml-reader/no-yaml", test_what_is_no_yaml_is_refused);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-json-reader"

#include "core/base/json-reader.h"

#include <string.h>

#include "core/base/error.h"

static void
assert_refused (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = herald_json_parse (text, strlen (text), &error);

  g_assert_null (node);
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = herald_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return json_node_dup_object (node);
}

static void
test_deep_nesting_is_refused (void)
{
  g_autofree char *deep = g_strnfill (90000, '[');
  g_autofree char *allowed_open = g_strnfill (HERALD_JSON_MAX_DEPTH, '[');
  g_autofree char *allowed_close = g_strnfill (HERALD_JSON_MAX_DEPTH, ']');
  g_autofree char *allowed = g_strconcat (allowed_open, allowed_close, NULL);
  g_autofree char *one_more = g_strconcat ("[", allowed, "]", NULL);
  g_autoptr(JsonNode) node = herald_json_parse (allowed, strlen (allowed), NULL);

  g_assert_nonnull (node);
  assert_refused (deep);
  assert_refused (one_more);
}

/* Some 250 bytes of memory each */
static void
test_too_many_values_are_refused (void)
{
  g_autoptr(GString) many = g_string_new ("[0");

  for (guint i = 0; i < HERALD_JSON_MAX_VALUES; i++)
    g_string_append (many, ",0");
  g_string_append_c (many, ']');
  assert_refused (many->str);
}

static void
test_second_document_is_refused (void)
{
  assert_refused ("{}{}");
  assert_refused ("[1] [2]");
  assert_refused ("{} x");
}

static void
test_broken_documents_are_refused (void)
{
  assert_refused ("");
  assert_refused ("{\"a\":");
  assert_refused ("]");
  assert_refused ("{\"a\":\"\\");
  assert_refused ("\xff\xfe");
}

static void
test_brackets_in_strings_do_not_count (void)
{
  g_autoptr(JsonObject) object = parse_object ("{\"a\":\"}}]] \\\" {\"}");
  const char *value = NULL;

  g_assert_true (herald_json_get_string (object, "a", &value));
  g_assert_cmpstr (value, ==, "}}]] \" {");
}

static void
test_numbers_must_be_finite_and_fit (void)
{
  g_autoptr(JsonObject) object = parse_object ("{\"inf\":1e999,\"big\":1e300,\"n\":42,\"f\":1.5,\"s\":\"7\"}");
  double number = -1;
  gint64 whole = -1;

  g_assert_false (herald_json_get_double (object, "inf", &number));
  g_assert_cmpfloat (number, ==, -1);
  g_assert_true (herald_json_get_double (object, "big", &number));
  g_assert_false (herald_json_get_int (object, "big", &whole));
  g_assert_false (herald_json_get_int (object, "s", &whole));
  g_assert_false (herald_json_get_int (object, "none", &whole));
  g_assert_cmpint (whole, ==, -1);
  g_assert_true (herald_json_get_int (object, "f", &whole));
  g_assert_cmpint (whole, ==, 1);
  g_assert_true (herald_json_get_int (object, "n", &whole));
  g_assert_cmpint (whole, ==, 42);
}

static void
test_getters_take_nothing_for_nothing (void)
{
  const char *value = NULL;

  g_assert_false (herald_json_get_string (NULL, "a", &value));
  g_assert_null (herald_json_get_object (NULL, "a"));
  g_assert_null (herald_json_get_array (NULL, "a"));
  g_assert_false (herald_json_get_boolean (NULL, "a"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-reader/deep-nesting", test_deep_nesting_is_refused);
  g_test_add_func ("/json-reader/many-values", test_too_many_values_are_refused);
  g_test_add_func ("/json-reader/second-document", test_second_document_is_refused);
  g_test_add_func ("/json-reader/broken", test_broken_documents_are_refused);
  g_test_add_func ("/json-reader/brackets-in-strings", test_brackets_in_strings_do_not_count);
  g_test_add_func ("/json-reader/numbers", test_numbers_must_be_finite_and_fit);
  g_test_add_func ("/json-reader/nothing", test_getters_take_nothing_for_nothing);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-ini-reader"

#include "core/import/ini-reader.h"

#include <string.h>

#include "core/base/error.h"

static void
assert_value (const char *text,
              const char *name,
              const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = herald_ini_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (herald_values_get (values, name), ==, wanted);
}

/* Written by Qt 5.15 (tests/real/record-settings.py) */
static void
test_file_of_qt (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", "OctoTray.conf", NULL);
  g_autofree char *text = NULL;
  g_autoptr(HeraldValues) values = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_true (herald_ini_looks_right (text, length));
  values = herald_ini_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (herald_values_get (values, "printers/size"), ==, "4");
  g_assert_cmpstr (herald_values_get (values, "printers/1/host"), ==, "octopi.local");
  g_assert_cmpstr (herald_values_get (values, "printers/2/host"), ==, "drucker-ü.lan:5000, \"links\"");
  g_assert_cmpstr (herald_values_get (values, "printers/2/tool_preheat"), ==, "");
  g_assert_cmpstr (herald_values_get (values, "printers/3/host"), ==, "192.168.7.20");
  g_assert_cmpstr (herald_values_get (values, "General/jog_speed"), ==, "600");
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *raw;
    const char *meant;
  } rows[] = {
    { "plain", "plain" }, { "  spaces \t", "spaces" }, { "\"  kept \"", "  kept " }, { "a\\x41g", "aAg" },
    { "\\x20ac", "€" }, { "\\101", "A" }, { "a\\nb\\tc", "a\nb\tc" }, { "\\\\\\\"", "\\\"" }, { "\\q", "q" },
    { "one, two", "one" }, { "\"one, two\"", "one, two" }, { "@ByteArray(a b)", "a b" }, { "@@home", "@home" },
    { "@Invalid()", "" }, { "", "" }, { "\\x0", "" }, { "\\xd800", "" }, { "\\", "" },
    { "\"open", "open" }, { "a=b", "a=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat ("[s]\nk=", rows[i].raw, "\n", NULL);

      assert_value (text, "s/k", rows[i].meant);
    }
  assert_value ("[s]\nk=a=b\n", "s/k", "a=b");
  assert_value ("[s]\r\nk=v\r\n", "s/k", "v");
  assert_value ("[s]\n1\\a%20b%U00e4=v\n", "s/1/a bä", "v");
  assert_value ("; c\n# c\n\n[s]\nk = v\n", "s/k", "v");
  assert_value ("[s]\nk=gr\xfcn\n", "s/k", "grün");
}

static void
test_what_looks_like_one (void)
{
  static const char *const right[] = { "[s]\nk=v", "\n\n[General]\n", "; c\n[s]", "[s]\r\nk=v" };
  static const char *const wrong[] = { "", "[", "[1, 2]", "[\"a\"]", "[{}]", "a: b", "{}", "[s\nk=v" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (herald_ini_looks_right (right[i], strlen (right[i])));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (herald_ini_looks_right (wrong[i], strlen (wrong[i])));
}

static void
test_what_is_none_is_refused (void)
{
  static const char *const texts[] = { "[s]\nno value", "k=v", "[s\nk=v" };
  g_autofree char *large = g_strnfill (HERALD_INI_MAX_BYTES + 1, '\n');
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (herald_ini_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      g_clear_error (&error);
    }
  g_assert_null (herald_ini_parse ("[s]\nk=\0v", 8, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_null (herald_ini_parse (large, HERALD_INI_MAX_BYTES + 1, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ini-reader/qt", test_file_of_qt);
  g_test_add_func ("/ini-reader/escapes", test_escapes);
  g_test_add_func ("/ini-reader/looks", test_what_looks_like_one);
  g_test_add_func ("/ini-reader/refused", test_what_is_none_is_refused);

  return g_test_run ();
}

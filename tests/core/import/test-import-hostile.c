/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-import-hostile"

#include "core/import/import-source.h"

#include <string.h>

#include "core/base/error.h"

/* Reads it, and holds what is promised of every file: a plan with clean lines, or a sentence. */
static HeraldImportPlan *
try (const char *text,
     gsize       length)
{
  g_autoptr(GError) error = NULL;
  HeraldImportPlan *plan = herald_import_read (NULL, text, length, &error);

  if (plan == NULL)
    {
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
      return NULL;
    }

  g_assert_no_error (error);
  herald_import_plan_finish_lines (plan);
  for (guint i = 0; i < plan->lines->len; i++)
    {
      HeraldImportLine *line = g_ptr_array_index (plan->lines, i);

      g_assert_true (g_utf8_validate (line->sentence, -1, NULL) && *line->sentence != '\0');
      for (const char *p = line->sentence; *p != '\0'; p++)
        g_assert_false (g_ascii_iscntrl (*p));
    }
  g_assert_cmpuint (plan->printers->len, <=, HERALD_IMPORT_MAX_PRINTERS);

  return plan;
}

static void
try_text (const char *text)
{
  HeraldImportPlan *plan = try (text, strlen (text));

  g_clear_pointer (&plan, herald_import_plan_free);
}

/* Any value where another kind of value belongs */
static void
test_wrong_types_for_every_key (void)
{
  static const char *const keys[] = {
    "octotweet/consumer_key", "octotweet/access_token", "octotweet/username", "octotweet/activated", "octotweet/events",
    "octotweet/script_before", "octotweet/hashtags", "octotweet/events/printing_done", "octotweet/events/printing_done/message",
    "octotweet/events/printing_done/enabled", "octotweet/events/printing_done/with_snapshot",
    "octotweet/events/printing_progress/step", "octotext/smtp_name", "octotext/smtp_port", "octotext/use_ssl",
    "octotext/username", "octotext/servername", "octotext/validate_username", "octotext/server_pass", "octotext/phone_numb",
    "octotext/carrier_address", "octotext/cc_field", "octotext/from_address", "octotext/en_webcam", "octotext/en_printfail",
    "octotext/progress_interval", "octotext/en_progress", "octotext/mmu_timeout", "octorant/url", "octorant/events",
    "octorant/events/printing_done/media", "octorant/progress", "octorant/progress/percentage_step",
    "octorant/progress/height_step", "octorant/progress/time_step", "octorant", "octotext", "octotweet",
  };
  static const char *const values[] = {
    "null", "true", "-1", "99999999999999999999", "1.5", "1.0e+999", "''", "' '", "text", "\"\\e[31m\\u202e\\x07\"", "[]", "[[1]]",
    "{}", "{a: {b: c}}", "'a@b@c, <x>'", "http://[::1", "\"line\\nline\"", "'{{{}{0}{name'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_auto(GStrv) parts = g_strsplit (keys[i], "/", -1);
          g_autoptr(GString) text = g_string_new ("{plugins: {");

          g_string_append (text, parts[0]);
          if (parts[1] != NULL && g_str_equal (parts[0], "octotext"))
            g_string_append (text, ": {username: a, servername: b.org, phone_numb: c, carrier_address: d.org, ");
          else if (parts[1] != NULL)
            g_string_append (text, ": {");
          else
            g_string_append (text, ": ");
          for (char **part = parts + 1; parts[1] != NULL && *part != NULL; part++)
            g_string_append_printf (text, "%s%s: ", part > parts + 1 ? "{" : "", *part);
          g_string_append (text, values[j]);
          for (char **part = parts + 1; parts[1] != NULL && *part != NULL; part++)
            g_string_append_c (text, '}');
          g_string_append (text, "}}");
          try_text (text->str);
        }
    }
}

/* Copied half, from any place to any place */
static void
test_half_a_file (void)
{
  static const char *const names[] = { "config.yaml", "octoprint-admin.json", "OctoTray.conf" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", names[i], NULL);
      g_autofree char *text = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      for (gsize end = 0; end < length; end += 3)
        {
          HeraldImportPlan *plan = try (text, end);

          g_clear_pointer (&plan, herald_import_plan_free);
          plan = try (text + end, length - end);
          g_clear_pointer (&plan, herald_import_plan_free);
        }
    }
}

static void
test_a_hundred_thousand_printers (void)
{
  g_autoptr(GString) ini = g_string_new ("[printers]\nsize=100000\n");
  g_autoptr(GString) json = g_string_new ("[");
  HeraldImportPlan *plan;

  for (guint i = 1; i <= 9000; i++)
    g_string_append_printf (ini, "%u\\host=h%u\n%u\\key=0123456789ABCDEF0123456789ABCDEF\n", i, i, i);
  plan = try (ini->str, ini->len);
  g_assert_cmpuint (plan->printers->len, ==, HERALD_IMPORT_MAX_PRINTERS);
  herald_import_plan_free (plan);

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (json, "%s{\"apiKey\":\"k%u\"}", i > 0 ? "," : "", i);
  g_string_append_c (json, ']');
  plan = try (json->str, json->len);
  g_assert_cmpuint (plan->printers->len, ==, HERALD_IMPORT_MAX_PRINTERS);
  herald_import_plan_free (plan);
}

static void
test_everything_else (void)
{
  static const char *const texts[] = {
    "[printers]\nsize=99999999999999999999\n", "[printers]\nsize=-1\n", "[printers]\nsize=3\n", "[printers]\nsize=x\n",
    "[printers]\nsize=1\n1\\host=\\x1b[31m\n", "plugins: []", "plugins: {}", "- - - -", "{", "[]", "[{}]", "null", "3",
    "{\"printerName\": {}, \"octoprintURL\": [], \"apiKey\": 3}", "plugins: {OCTOTWEET: {}, octotweet: 3}",
    "\xef\xbb\xbf", "\xef\xbb\xbfplugins: {octotext: {}}", "[octoherald]\nversion=1\n",
  };
  g_autofree char *noise = g_malloc (4096);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    try_text (texts[i]);
  for (guint seed = 0; seed < 500; seed++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      gsize length = (gsize) g_rand_int_range (random, 1, 4096);
      HeraldImportPlan *plan;

      for (gsize i = 0; i < length; i++)
        noise[i] = (char) g_rand_int_range (random, 0, 256);
      plan = try (noise, length);
      g_assert_null (plan);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-hostile/types", test_wrong_types_for_every_key);
  g_test_add_func ("/import-hostile/half", test_half_a_file);
  g_test_add_func ("/import-hostile/many", test_a_hundred_thousand_printers);
  g_test_add_func ("/import-hostile/else", test_everything_else);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-script-words"

#include "core/routing/script-words.h"

#define START_MS G_GINT64_CONSTANT (1795228393000)

static const char *const channels[] = { "mail", "x", NULL };

static HeraldEvent *
make_event (const char *printer,
            const char *job)
{
  g_autoptr(HeraldValues) values = herald_values_new ();

  herald_values_set (values, "file", "cube; $(id) \"x\"\\");

  return herald_event_new (HERALD_KIND_PRINT_DONE, HERALD_SOURCE_LIVE, printer, job, "mk3|one", START_MS, values);
}

static void
test_input_is_one_line_of_json (void)
{
  g_autoptr(HeraldEvent) event = make_event ("mk3", "cube@1");
  const HeraldScriptWords words = { "after", event, "Big `id` one", "Done!", "cube is\ndone", channels, "/tmp/p.jpg" };
  g_autofree char *input = herald_script_words_make_input (&words);

  g_assert_cmpstr (input, ==,
                   "{\"phase\":\"after\",\"event\":\"mk3|one\",\"kind\":\"print-done\",\"printer\":\"mk3\","
                   "\"printer_name\":\"Big `id` one\",\"title\":\"Done!\",\"text\":\"cube is\\ndone\","
                   "\"job\":\"cube@1\",\"values\":{\"file\":\"cube; $(id) \\\"x\\\"\\\\\"},"
                   "\"channels\":[\"mail\",\"x\"],\"picture\":\"/tmp/p.jpg\"}\n");
}

static void
test_what_is_not_known_is_null (void)
{
  g_autoptr(HeraldEvent) event = make_event (NULL, NULL);
  const HeraldScriptWords words = { "before", event, "", "Done!", "", channels + 2, NULL };
  g_autofree char *input = herald_script_words_make_input (&words);

  g_assert_cmpstr (input, ==,
                   "{\"phase\":\"before\",\"event\":\"mk3|one\",\"kind\":\"print-done\",\"printer\":null,"
                   "\"printer_name\":\"\",\"title\":\"Done!\",\"text\":\"\",\"job\":null,"
                   "\"values\":{\"file\":\"cube; $(id) \\\"x\\\"\\\\\"},\"channels\":[],\"picture\":null}\n");
}

/* All of it: whatever else we were started with is nobody’s business. */
static void
test_environment_is_small (void)
{
  g_autoptr(HeraldEvent) event = make_event ("mk3", "cube@1");
  const HeraldScriptWords words = { "after", event, "Big `id` one", "Done!", "cube is\ndone", channels, NULL };
  g_auto(GStrv) environment = NULL;
  g_autofree char *all = NULL;
  g_autofree char *expected = g_strdup_printf (
    "LANG=de_DE.UTF-8|DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus|PATH=/usr/local/bin:/usr/bin:/bin|HOME=%s|"
    "OCTOHERALD_PHASE=after|OCTOHERALD_EVENT=mk3|one|OCTOHERALD_KIND=print-done|OCTOHERALD_PRINTER=mk3|"
    "OCTOHERALD_PRINTER_NAME=Big `id` one|OCTOHERALD_TITLE=Done!|OCTOHERALD_TEXT=cube is\ndone", g_get_home_dir ());

  g_setenv ("OCTOHERALD_SECRET", "hunter2", TRUE);
  g_setenv ("CREDENTIALS_DIRECTORY", "/run/credentials/x", TRUE);
  g_setenv ("PATH", "/somewhere/bin", TRUE);
  g_setenv ("LD_PRELOAD", "/evil.so", TRUE);
  g_setenv ("LANG", "de_DE.UTF-8", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus", TRUE);
  g_unsetenv ("XDG_RUNTIME_DIR");
  environment = herald_script_words_make_environment (&words);
  all = g_strjoinv ("|", environment);
  g_assert_cmpstr (all, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-words/input", test_input_is_one_line_of_json);
  g_test_add_func ("/script-words/unknown", test_what_is_not_known_is_null);
  g_test_add_func ("/script-words/environment", test_environment_is_small);

  return g_test_run ();
}

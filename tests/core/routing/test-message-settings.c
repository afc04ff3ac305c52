/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-settings"

#include "core/routing/message-settings.h"

#include "core/routing/message-change.h"
#include "message-fixture.h"

static HeraldWatchOptions
load (MessageFixture *fixture,
      const char     *printer)
{
  HeraldWatchOptions options;

  herald_message_settings_load_watch_options (fixture->config, printer, &options);

  return options;
}

static void
test_defaults (MessageFixture *fixture,
               gconstpointer  user_data)
{
  const HeraldWatchOptions options = load (fixture, "mk3");

  g_assert_cmpuint (options.progress.step_percent, ==, 10);
  g_assert_cmpuint (options.progress.minutes, ==, 0);
  g_assert_cmpuint (options.progress.spacing_s, ==, 0);
  g_assert_true (options.attention_told);
  g_assert_cmpuint (options.attention_lock_s, ==, 60);
  g_assert_cmpuint (options.attention_remind_minutes, ==, 0);

  /* Not told unless somebody wants it, so not watched either. */
  g_assert_cmpuint (options.transfer_step_percent, ==, 0);
  g_assert_cmpfloat (options.cooled_bed, ==, 0);
}

static void
test_every_option_arrives (MessageFixture *fixture,
                           gconstpointer  user_data)
{
  HeraldWatchOptions options;

  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL,
                                          "step=5|minutes=31|estimate-step=6|height=0.3|layers=70|"
                                          "at-least-minutes=81|spacing=901|min-print=11"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_TRANSFER_PROGRESS, NULL, "enabled=true|step=20"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_ATTENTION_NEEDED, NULL, "repeat-lock=120|remind=15"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_COOLED_DOWN, NULL, "enabled=true|bed=35|tool=45"));

  message_fixture_reopen (fixture);
  options = load (fixture, "mk3");
  g_assert_cmpuint (options.progress.step_percent, ==, 5);
  g_assert_cmpuint (options.progress.minutes, ==, 31);
  g_assert_cmpuint (options.progress.estimate_step_percent, ==, 6);
  g_assert_cmpfloat (options.progress.height_mm, ==, 0.3);
  g_assert_cmpuint (options.progress.layers, ==, 70);
  g_assert_cmpuint (options.progress.at_least_minutes, ==, 81);
  g_assert_cmpuint (options.progress.spacing_s, ==, 901);
  g_assert_cmpuint (options.progress.min_print_minutes, ==, 11);
  g_assert_cmpuint (options.transfer_step_percent, ==, 20);
  g_assert_cmpuint (options.attention_lock_s, ==, 120);
  g_assert_cmpuint (options.attention_remind_minutes, ==, 15);
  g_assert_cmpfloat (options.cooled_bed, ==, 35);
  g_assert_cmpfloat (options.cooled_tool, ==, 45);
}

static void
test_what_is_not_told_is_off (MessageFixture *fixture,
                              gconstpointer  user_data)
{
  const HeraldWatchOptions nothing = { 0 };
  HeraldWatchOptions options;

  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL,
                                          "enabled=false|minutes=30|height=1|spacing=5"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_TRANSFER_PROGRESS, NULL, "enabled=false|step=20"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_ATTENTION_NEEDED, NULL, "enabled=false|remind=15"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_COOLED_DOWN, NULL, "enabled=false|bed=35"));

  options = load (fixture, "mk3");
  g_assert_cmpmem (&options, sizeof options, &nothing, sizeof nothing);
}

static void
test_printer_has_its_own (MessageFixture *fixture,
                          gconstpointer  user_data)
{
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "step=20|minutes=60"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, "mk3", "step=0"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_COOLED_DOWN, "mk3", "enabled=true|tool=50"));

  g_assert_cmpuint (load (fixture, "mk3").progress.step_percent, ==, 0);
  g_assert_cmpuint (load (fixture, "mk3").progress.minutes, ==, 60);
  g_assert_cmpfloat (load (fixture, "mk3").cooled_tool, ==, 50);
  g_assert_cmpfloat (load (fixture, "mk3").cooled_bed, ==, 40);
  g_assert_cmpuint (load (fixture, "other").progress.step_percent, ==, 20);
  g_assert_cmpfloat (load (fixture, "other").cooled_tool, ==, 0);
}

static void
test_refused_change_changes_nothing (MessageFixture *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;

  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "minutes=30|height=0.05"));
  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "minutes=30|bed=40"));
  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_DONE, NULL, "step=10"));
  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "step="));

  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_PROGRESS, NULL);
  g_assert_false (settings->changed);
  g_assert_cmpuint (g_hash_table_size (settings->options), ==, 10);
  g_assert_cmpstr (herald_values_get (settings->options, "minutes"), ==, "0");
}

static void
test_bad_file_counts_as_not_set (MessageFixture *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(HeraldValues) section = herald_values_new ();
  g_autoptr(HeraldMessageSettings) settings = NULL;

  herald_values_set (section, "step", "lots");
  herald_values_set (section, "minutes", "-5");
  herald_values_set (section, "height", "0,2");
  herald_values_set (section, "layers", "99999999999999999999");
  herald_values_set (section, "spacing", "60");
  g_assert_true (herald_config_set_section (fixture->config, "message", "print-progress", section,
                                            NULL));

  g_assert_cmpuint (load (fixture, NULL).progress.step_percent, ==, 10);
  g_assert_cmpuint (load (fixture, NULL).progress.minutes, ==, 0);
  g_assert_cmpfloat (load (fixture, NULL).progress.height_mm, ==, 0);
  g_assert_cmpuint (load (fixture, NULL).progress.layers, ==, 0);
  g_assert_cmpuint (load (fixture, NULL).progress.spacing_s, ==, 60);

  /* What is shown is what counts. */
  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_PROGRESS, NULL);
  g_assert_cmpstr (herald_values_get (settings->options, "step"), ==, "10");
}

static gboolean
restore (MessageFixture *fixture,
         const char     *name,
         const char     *value)
{
  g_autoptr(HeraldValues) own = herald_values_new ();

  if (name != NULL)
    herald_values_set (own, name, value);

  return herald_message_settings_restore (fixture->config, HERALD_KIND_PRINT_PROGRESS, NULL, own, NULL);
}

static void
test_restored_is_all_that_is_set (MessageFixture *fixture,
                                  gconstpointer   user_data)
{
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "step=20|minutes=60"));

  /* What is refused takes nothing away. */
  g_assert_false (restore (fixture, "step", "lots"));
  g_assert_cmpuint (load (fixture, NULL).progress.minutes, ==, 60);

  g_assert_true (restore (fixture, "step", "25"));
  g_assert_cmpuint (load (fixture, NULL).progress.step_percent, ==, 25);
  g_assert_cmpuint (load (fixture, NULL).progress.minutes, ==, 0);

  g_assert_true (restore (fixture, NULL, NULL));
  g_assert_cmpuint (load (fixture, NULL).progress.step_percent, ==, 10);
}

/* The account may be gone when it is taken back. */
static void
test_words_for_an_account_that_is_gone_are_restored (MessageFixture *fixture,
                                                     gconstpointer   user_data)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;

  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "channels=gone"));
  g_assert_true (restore (fixture, "channels", "gone"));
  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_PROGRESS, NULL);
  g_assert_true (settings->changed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add ("/message-settings/" path, MessageFixture, NULL, message_fixture_set_up, test, message_fixture_tear_down)
  ADD ("defaults", test_defaults);
  ADD ("every-option", test_every_option_arrives);
  ADD ("not-told", test_what_is_not_told_is_off);
  ADD ("own", test_printer_has_its_own);
  ADD ("refused", test_refused_change_changes_nothing);
  ADD ("restored", test_restored_is_all_that_is_set);
  ADD ("restored-account-gone", test_words_for_an_account_that_is_gone_are_restored);
  ADD ("bad-file", test_bad_file_counts_as_not_set);

  return g_test_run ();
}

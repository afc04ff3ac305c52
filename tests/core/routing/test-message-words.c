/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-message-words"

#include <string.h>

#include "core/words/mail-words.h"
#include "message-fixture.h"

#define KIND HERALD_KIND_PRINT_DONE

static void
assert_words (MessageFixture *fixture,
              const char     *printer,
              const char     *form,
              const char     *title,
              const char     *text)
{
  g_autoptr(HeraldMessageSettings) settings = herald_message_settings_load (fixture->config, KIND, printer);

  g_assert_cmpstr (herald_message_settings_get_title (settings, form), ==, title);
  g_assert_cmpstr (herald_message_settings_get_text (settings, form), ==, text);
}

/* F35, G2: words that are set are used, the subject too, and outlive a restart */
static void
test_own_words_replace_the_default (MessageFixture *fixture,
                                    gconstpointer   user_data)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (KIND);
  g_autofree char *mail = herald_mail_words_dup_text (KIND);

  assert_words (fixture, NULL, NULL, info->title, info->text);
  assert_words (fixture, "mk3", "x", info->title, info->text);

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "title={file} :tada:|text= {file}, {eta}; 50 % = half\n"));
  message_fixture_reopen (fixture);
  assert_words (fixture, "mk3", "email", "{file} :tada:", " {file}, {eta}; 50 % = half\n");

  g_assert_true (herald_message_settings_reset (fixture->config, KIND, NULL, NULL));
  assert_words (fixture, "mk3", "email", info->title, mail);
}

/* The words that were made for the fewest cases count, and what is made for a form before what is made for a printer. */
static void
test_most_particular_words_count (MessageFixture *fixture,
                                  gconstpointer   user_data)
{
  g_assert_true (message_fixture_change (fixture, KIND, NULL, "title=T|text=general"));
  assert_words (fixture, "mk3", "x", "T", "general");

  g_assert_true (message_fixture_change (fixture, KIND, "mk3", "text=printer"));
  assert_words (fixture, "mk3", "x", "T", "printer");
  assert_words (fixture, "other", "x", "T", "general");

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "text-x=form|title-email=E"));
  assert_words (fixture, "mk3", "x", "T", "form");
  assert_words (fixture, "mk3", "email", "E", "printer");
  assert_words (fixture, "other", "x", "T", "form");
  assert_words (fixture, NULL, "email", "E", "general");

  g_assert_true (message_fixture_change (fixture, KIND, "mk3", "text-x=both"));
  message_fixture_reopen (fixture);
  assert_words (fixture, "mk3", "x", "T", "both");
  assert_words (fixture, "mk3", "sms", "T", "printer");
  assert_words (fixture, "other", "x", "T", "form");
}

/* F98: an empty text is one, and says nothing; empty words for a form are none. */
static void
test_empty_words (MessageFixture *fixture,
                  gconstpointer   user_data)
{
  g_autoptr(HeraldMessageSettings) settings = NULL;
  g_autoptr(HeraldValues) by_hand = herald_values_new ();

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "title=T|text=|text-x=form"));
  assert_words (fixture, NULL, "email", "T", "");
  assert_words (fixture, NULL, "x", "T", "form");

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "text-x="));
  assert_words (fixture, NULL, "x", "T", "");

  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PAUSED, "mk3", "text-sms=short"));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PAUSED, "mk3", "text-sms="));
  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_PAUSED, "mk3");
  g_assert_false (settings->changed);

  /* Also in a file edited by hand */
  herald_values_set (by_hand, "text", "general");
  herald_values_set (by_hand, "text-x", "");
  g_assert_true (herald_config_set_section (fixture->config, HERALD_MESSAGE_CATEGORY, "print-done", by_hand, NULL));
  assert_words (fixture, NULL, "x", herald_event_kind_get_info (KIND)->title, "general");
}

static void
test_only_forms_that_exist_have_words (MessageFixture *fixture,
                                       gconstpointer   user_data)
{
  static const char *const bad[] = { "text-fax=a", "text-=a", "title-x=a", "title-sms=a", "title-y=a", "text-X=a",
                                     "text-x-long=a" };
  static const char *const good[] = { "text-x=a",        "text-sms=a",    "text-email=a",
                                      "text-desktop=a", "title-email=a", "title-desktop=a" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (message_fixture_change (fixture, KIND, NULL, bad[i]));
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (message_fixture_change (fixture, KIND, NULL, good[i]));
}

/* In a file edited by hand */
static void
test_endless_words_count_as_not_set (MessageFixture *fixture,
                                     gconstpointer   user_data)
{
  g_autofree char *endless = g_strnfill (9000, 'x');
  g_autoptr(HeraldValues) section = herald_values_new ();

  herald_values_set (section, "title", "T");
  herald_values_set (section, "text", endless);
  herald_values_set (section, "text-x", endless);
  g_assert_true (herald_config_set_section (fixture->config, HERALD_MESSAGE_CATEGORY, "print-done", section, NULL));

  assert_words (fixture, NULL, "x", "T", herald_event_kind_get_info (KIND)->text);
}

/* F107, G21: who is told, whether at all, in which words and with which picture stands in one place for each kind */
static void
test_one_block_for_each_kind (MessageFixture *fixture,
                              gconstpointer   user_data)
{
  g_autoptr(HeraldValues) channel = herald_values_new ();
  g_autofree char *text = NULL;
  g_autoptr(HeraldMessageSettings) settings = NULL;
  const char *block;

  herald_values_set (channel, "type", "desktop");
  g_assert_true (herald_config_set_section (fixture->config, "channel", "desk", channel, NULL));
  g_assert_true (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL,
                                         "enabled=true|text={progress} %|picture=snapshot|step=25|channels=desk"));
  g_assert_false (message_fixture_change (fixture, HERALD_KIND_PRINT_PROGRESS, NULL, "channels=desk,nobody"));

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  block = strstr (text, "[message print-progress]\nchannels=desk\nenabled=true\npicture=snapshot\nstep=25\n"
                        "text={progress} %\n");
  g_assert_nonnull (block);

  message_fixture_reopen (fixture);
  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_PROGRESS, "mk3");
  g_assert_true (herald_message_settings_allow (settings, "desk"));
  g_assert_false (herald_message_settings_allow (settings, "mail"));
  g_clear_pointer (&settings, herald_message_settings_free);
  settings = herald_message_settings_load (fixture->config, HERALD_KIND_PRINT_DONE, "mk3");
  g_assert_true (herald_message_settings_allow (settings, "mail"));
}

static void
test_what_is_tried_is_not_set (MessageFixture *fixture,
                               gconstpointer   user_data)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();
  g_autoptr(HeraldMessageSettings) of_all = NULL;
  g_autoptr(HeraldMessageSettings) of_one = NULL;
  const HeraldEventKindInfo *info = herald_event_kind_get_info (KIND);

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "text-x=post"));
  herald_values_set (changes, "text", "tried");
  herald_values_set (changes, "text-x", "");
  herald_values_set (changes, "enabled", "false");
  of_all = herald_message_settings_try (fixture->config, KIND, NULL, changes);
  g_assert_cmpstr (herald_message_settings_get_text (of_all, "x"), ==, "tried");
  g_assert_false (of_all->enabled);

  /* A printer has no words for X to take away: those of all stay. */
  of_one = herald_message_settings_try (fixture->config, KIND, "mk3", changes);
  g_assert_cmpstr (herald_message_settings_get_text (of_one, "x"), ==, "post");
  g_assert_cmpstr (herald_message_settings_get_text (of_one, NULL), ==, "tried");
  assert_words (fixture, "mk3", NULL, info->title, info->text);
}

static void
test_switched_off_and_on_is_as_it_was (MessageFixture *fixture,
                                       gconstpointer   user_data)
{
  g_autoptr(HeraldMessageSettings) of_all = NULL;
  g_autoptr(HeraldMessageSettings) of_one = NULL;

  g_assert_true (message_fixture_change (fixture, KIND, NULL, "enabled=false"));
  g_assert_true (message_fixture_change (fixture, KIND, "mk3", "enabled=true"));
  g_assert_true (message_fixture_change (fixture, KIND, NULL, "enabled=true"));
  of_all = herald_message_settings_load (fixture->config, KIND, NULL);
  of_one = herald_message_settings_load (fixture->config, KIND, "mk3");
  g_assert_false (of_all->changed);
  g_assert_true (of_one->changed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add ("/message-words/" path, MessageFixture, NULL, message_fixture_set_up, test, message_fixture_tear_down)
  ADD ("f35-g2-own", test_own_words_replace_the_default);
  ADD ("precedence", test_most_particular_words_count);
  ADD ("f98-empty", test_empty_words);
  ADD ("forms", test_only_forms_that_exist_have_words);
  ADD ("endless", test_endless_words_count_as_not_set);
  ADD ("f107-g21-block", test_one_block_for_each_kind);
  ADD ("tried", test_what_is_tried_is_not_set);
  ADD ("switched", test_switched_off_and_on_is_as_it_was);

  return g_test_run ();
}

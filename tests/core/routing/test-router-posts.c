/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-router-posts"

#include <string.h>

#include "core/channels/x/x-settings.h"
#include "core/outbox/draft.h"
#include "core/routing/router.h"
#include "core/words/post-words.h"
#include "message-fixture.h"

#define KIND HERALD_KIND_PRINT_DONE

/* An account at X */
typedef struct
{
  MessageFixture message;
  GListStore *channels;
  HeraldChannel *channel;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();

  message_fixture_set_up (&fixture->message, NULL);
  fixture->channels = g_list_store_new (HERALD_TYPE_CHANNEL);
  fixture->channel = herald_channel_new (&herald_x_channel_type, "x", settings, secrets);
  g_list_store_append (fixture->channels, fixture->channel);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->channels);
  g_assert_finalize_object (fixture->channel);
  message_fixture_tear_down (&fixture->message, NULL);
}

static void
set (Fixture    *fixture,
     const char *name,
     const char *value)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, name, value);
  herald_channel_set_settings (fixture->channel, settings);
}

/* (transfer full): the post that tells that @file is done */
static HeraldDraft *
route (Fixture    *fixture,
       const char *file)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;
  g_autoptr(GPtrArray) drafts = NULL;

  herald_values_set (values, "file", file);
  event = herald_event_new (KIND, HERALD_SOURCE_LIVE, "mk3", "job", "key", 1000, values);
  drafts = herald_router_route (fixture->message.config, G_LIST_MODEL (fixture->channels), event, "MK3", NULL);
  g_assert_cmpuint (drafts->len, ==, 1);

  return g_ptr_array_steal_index (drafts, 0);
}

/* (transfer full): what is posted of a print that begins at @occurred_ms */
static char *
dup_start (Fixture *fixture,
           gint64   occurred_ms)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(HeraldEvent) event = NULL;
  g_autoptr(GPtrArray) drafts = NULL;

  herald_values_set (values, "file", "cube");
  event = herald_event_new (HERALD_KIND_PRINT_STARTED, HERALD_SOURCE_LIVE, "mk3", "job", "key", occurred_ms, values);
  herald_event_set_occurred (event, occurred_ms);
  drafts = herald_router_route (fixture->message.config, G_LIST_MODEL (fixture->channels), event, "MK3", NULL);
  g_assert_cmpuint (drafts->len, ==, 1);

  return g_strdup (((HeraldDraft *) g_ptr_array_index (drafts, 0))->message->text);
}

/* X refuses the same text twice. */
static void
test_second_print_of_a_file_is_another_post (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  g_autofree char *first = dup_start (fixture, 1000);
  g_autofree char *second = dup_start (fixture, 1000 + 60 * 60 * 1000);
  g_autofree char *own = NULL;

  g_assert_true (g_str_has_prefix (first, "MK3 : 🖨️ Started printing cube. ("));
  g_assert_cmpstr (first, !=, second);

  g_assert_true (message_fixture_change (&fixture->message, HERALD_KIND_PRINT_STARTED, NULL, "text={file}: go!"));
  own = dup_start (fixture, 1000);
  g_assert_cmpstr (own, ==, "MK3 : cube: go!");
}

/* 50 % of a file are copied whenever it is copied. */
static void
test_second_copy_of_a_file_is_another_post (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  g_autofree char *progress = herald_post_words_dup_text (HERALD_KIND_TRANSFER_PROGRESS);
  g_autofree char *print = herald_post_words_dup_text (HERALD_KIND_PRINT_PROGRESS);

  g_assert_true (g_str_has_suffix (progress, " ({clock})"));
  g_assert_false (g_str_has_suffix (print, " ({clock})"));
}

static void
test_a_post_knows_its_price (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(HeraldDraft) plain = route (fixture, "cube");
  g_autoptr(HeraldDraft) linked = NULL;

  g_assert_cmpint (plain->price, ==, 15000);
  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL, "text-x={file}: https://example.org"));
  linked = route (fixture, "cube.st");
  g_assert_cmpint (linked->price, ==, 200000);
  g_assert_null (linked->note);
}

/* It costs what it would have cost without, and the history says what was done. */
static void
test_a_name_that_looks_like_a_link_is_told (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  g_autoptr(HeraldDraft) draft = route (fixture, "cube.st");

  g_assert_cmpint (draft->price, ==, 15000);
  g_assert_cmpstr (draft->note, ==,
                   "X (Twitter) would have made a link of “cube.st” ($0.20 instead of $0.015); it is written so that it "
                   "does not.");
}

static void
test_a_description_costs_more (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(HeraldDraft) plain = route (fixture, "cube");
  g_autoptr(HeraldDraft) described = NULL;

  g_assert_cmpint (plain->picture_price, ==, 0);
  set (fixture, "describe-pictures", "true");
  described = route (fixture, "cube");
  g_assert_cmpint (described->picture_price, ==, 5000);
}

/* Long posts are posts: they have the words that were written for posts, and more room. */
static void
test_long_posts_have_the_words_of_posts (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autofree char *words = g_strnfill (1000, 'a');
  g_autofree char *change = g_strconcat ("text-x={file} ", words, NULL);
  g_autoptr(HeraldDraft) shortened = NULL;
  g_autoptr(HeraldDraft) whole = NULL;

  g_assert_true (message_fixture_change (&fixture->message, KIND, NULL, change));
  shortened = route (fixture, "cube");
  g_assert_cmpuint (herald_text_length_count (shortened->message->text, HERALD_UNIT_WEIGHTED), ==, 280);
  set (fixture, "premium", "true");
  whole = route (fixture, "cube");
  g_assert_true (g_str_has_prefix (whole->message->text, "MK3 : cube aaa"));
  g_assert_true (g_str_has_suffix (whole->message->text, words));
  g_assert_cmpint (whole->price, ==, 15000);
}

static void
test_the_allowance_is_what_was_set (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  HeraldAllowance allowance;

  herald_channel_get_allowance (fixture->channel, &allowance);
  g_assert_cmpuint (allowance.per_quarter_hour, ==, 100);
  g_assert_cmpuint (allowance.per_day, ==, 15);
  g_assert_cmpint (allowance.day_microdollars, ==, 0);
  set (fixture, "budget-day", "0.50");
  herald_channel_get_allowance (fixture->channel, &allowance);
  g_assert_cmpint (allowance.day_microdollars, ==, 500000);
}

static void
test_an_allowance_that_is_none_is_refused (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  static const struct
  {
    const char *name;
    const char *value;
    const char *words;
  } rows[] = {
    { "posts-per-day", "0", "“posts-per-day” cannot be “0”. It must be a number from 1 to 100000" },
    { "budget-day", "much", "“budget-day” cannot be “much”. It must be an amount in US dollars, like 0.50, or empty for no "
                            "limit" },
    { "budget-month", "-5", "an amount in US dollars" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(HeraldValues) settings = herald_values_new ();
      g_autoptr(GError) error = NULL;

      herald_values_set (settings, rows[i].name, rows[i].value);
      g_assert_false (herald_channel_type_check (&herald_x_channel_type, settings, &error));
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

#define ADD(path, test) g_test_add ("/router-posts/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("twice", test_second_print_of_a_file_is_another_post);
  ADD ("copied-twice", test_second_copy_of_a_file_is_another_post);
  ADD ("price", test_a_post_knows_its_price);
  ADD ("guard", test_a_name_that_looks_like_a_link_is_told);
  ADD ("description", test_a_description_costs_more);
  ADD ("premium", test_long_posts_have_the_words_of_posts);
  ADD ("allowance", test_the_allowance_is_what_was_set);
  ADD ("refused", test_an_allowance_that_is_none_is_refused);

  return g_test_run ();
}

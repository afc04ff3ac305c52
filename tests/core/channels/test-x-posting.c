/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-posting"

#include <string.h>

#include "core/channels/x/x-settings.h"
#include "x-fixture.h"

typedef XStandIn Fixture;

static void
assert_posted (Fixture    *fixture,
               guint       i,
               const char *text)
{
  g_autofree char *posted = herald_demo_x_dup_post_text (fixture->x, i);

  g_assert_cmpstr (posted, ==, text);
}

static void
test_words_are_posted_as_they_are (Fixture       *fixture,
                                   gconstpointer  data)
{
  static const char *const texts[] = {
    "Bench : 25 %",
    "two\nlines, \"quotes\", \\ and \t",
    "Größe 2×, 日本, 👩‍👩‍👧‍👦 & <b>",
    "cube\u200b.st",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (x_fixture_post (fixture->account, texts[i], NULL));
      assert_posted (fixture, i, texts[i]);
      g_assert_cmpstr (herald_attempt_get_remote_id (fixture->account->attempt), ==,
                       herald_demo_x_get_post_id (fixture->x, i));
      g_assert_cmpuint (fixture->account->n_commits, ==, 1);
      g_assert_null (herald_attempt_get_remark (fixture->account->attempt));
    }
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, G_N_ELEMENTS (texts));
}

/* The answer was lost; X refuses the second as a duplicate, so the first is there. */
static void
test_post_whose_answer_was_lost_is_found (Fixture       *fixture,
                                          gconstpointer  data)
{
  static const char *const kinds[] = { "cut", "unavailable", "empty", "number-id", "huge", "invalid-utf8" };
  const XAttempt again = { .may_have_arrived = TRUE, .n_tries = 2 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const HeraldDemoXFault fault = { .kind = kinds[i], .path = "/2/tweets", .n_times = 1, .deed = HERALD_DEMO_X_DONE };
      g_autofree char *text = g_strdup_printf ("Bench : %u %%", i);

      g_test_message ("%s", kinds[i]);
      g_assert_true (herald_demo_x_play (fixture->x, &fault));
      g_assert_false (x_fixture_post (fixture->account, text, NULL));
      g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
      g_assert_true (x_fixture_post (fixture->account, text, &again));
      g_assert_nonnull (herald_attempt_get_remark (fixture->account->attempt));
      g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, i + 1);
    }
}

static void
test_post_that_was_lost_is_posted_once_more (Fixture       *fixture,
                                             gconstpointer  data)
{
  const HeraldDemoXFault fault = { .kind = "unavailable", .path = "/2/tweets", .n_times = 1,
                                   .deed = HERALD_DEMO_X_NOT_DONE };
  const XAttempt again = { .may_have_arrived = TRUE, .n_tries = 2 };

  g_assert_true (herald_demo_x_play (fixture->x, &fault));
  g_assert_false (x_fixture_post (fixture->account, "done", NULL));
  g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
  g_assert_true (x_fixture_post (fixture->account, "done", &again));
  g_assert_null (herald_attempt_get_remark (fixture->account->attempt));
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 1);
}

static void
test_same_words_at_a_first_attempt_are_refused (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_assert_true (x_fixture_post (fixture->account, "done", NULL));
  g_assert_false (x_fixture_post (fixture->account, "done", NULL));
  g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 1);
}

static void
test_wrong_secret_is_refused (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char *const fields[] = { HERALD_X_API_KEY_FIELD, HERALD_X_API_SECRET_FIELD, HERALD_X_ACCESS_TOKEN_FIELD,
                                        HERALD_X_ACCESS_SECRET_FIELD };
  static const char *const right[] = { HERALD_DEMO_X_API_KEY, HERALD_DEMO_X_API_SECRET, HERALD_DEMO_X_ACCESS_TOKEN,
                                       HERALD_DEMO_X_ACCESS_SECRET };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      x_fixture_set_secret (fixture->account, fields[i], "wrong \"secret\" &= %\r\nX-Header: injected");
      g_assert_false (x_fixture_post (fixture->account, "done", NULL));
      g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      g_assert_null (strstr (fixture->account->error->message, "wrong"));
      x_fixture_set_secret (fixture->account, fields[i], right[i]);
    }
  g_assert_true (x_fixture_post (fixture->account, "done", NULL));
}

static void
test_check_names_the_account (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *sentence = x_fixture_verify (fixture->account);

  g_assert_nonnull (sentence);
  g_test_message ("%s", sentence);
  g_assert_true (g_str_has_prefix (sentence, "Logged in as @" HERALD_DEMO_X_USERNAME " ("));
  g_assert_null (strstr (sentence, "Read and write"));
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 0);
}

static void
test_check_warns_of_an_app_that_may_only_read (Fixture       *fixture,
                                               gconstpointer  data)
{
  const HeraldDemoXFault trait = { .kind = "read-only" };
  g_autofree char *sentence = NULL;

  g_assert_true (herald_demo_x_play (fixture->x, &trait));
  sentence = x_fixture_verify (fixture->account);
  g_assert_nonnull (sentence);
  g_assert_nonnull (strstr (sentence, "Read and write"));

  g_assert_false (x_fixture_post (fixture->account, "done", NULL));
  g_assert_true (g_error_matches (fixture->account->error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) ||
                 g_error_matches (fixture->account->error, HERALD_ERROR, HERALD_ERROR_SETTINGS));
}

static void
test_check_believes_no_nonsense (Fixture       *fixture,
                                 gconstpointer  data)
{
  static const char *const kinds[] = { "html", "empty", "wrong-types", "invalid-utf8", "huge", "cut", "no-id" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const HeraldDemoXFault fault = { .kind = kinds[i], .n_times = 1, .at_byte = 40 };
      g_autofree char *sentence = NULL;

      g_test_message ("%s", kinds[i]);
      g_assert_true (herald_demo_x_play (fixture->x, &fault));
      sentence = x_fixture_verify (fixture->account);
      g_assert_null (sentence);
      g_assert_nonnull (fixture->account->error);
    }
}

/* Texts do not wait for it. */
static void
test_unreadable_answer_about_a_picture_concerns_it_alone (Fixture       *fixture,
                                                          gconstpointer  data)
{
  static const char *const kinds[] = { "empty", "not-json", "number-id", "no-id", "invalid-utf8", "huge" };
  static const XAttempt attempts[] = {
    { .media_type = "image/jpeg", .n_bytes = 1000 },
    { .media_type = "video/mp4", .n_bytes = 1000 },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      const HeraldDemoXFault fault = { .kind = kinds[i / 2], .path = "/2/media/upload", .n_times = 1 };

      g_test_message ("%s, %s", kinds[i / 2], attempts[i % 2].media_type);
      g_assert_true (herald_demo_x_play (fixture->x, &fault));
      g_assert_false (x_fixture_post (fixture->account, "done", &attempts[i % 2]));
      g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_PROTOCOL);
      g_assert_cmpint (herald_error_get_scope (fixture->account->error), ==, HERALD_ERROR_SCOPE_MESSAGE);
      g_assert_nonnull (strstr (fixture->account->error->message, "picture or film cannot be read"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, x_stand_in_set_up, function, x_stand_in_tear_down)
  ADD ("/x-posting/words", test_words_are_posted_as_they_are);
  ADD ("/x-posting/answer-lost", test_post_whose_answer_was_lost_is_found);
  ADD ("/x-posting/post-lost", test_post_that_was_lost_is_posted_once_more);
  ADD ("/x-posting/same-words", test_same_words_at_a_first_attempt_are_refused);
  ADD ("/x-posting/wrong-secret", test_wrong_secret_is_refused);
  ADD ("/x-posting/account", test_check_names_the_account);
  ADD ("/x-posting/read-only", test_check_warns_of_an_app_that_may_only_read);
  ADD ("/x-posting/unreadable", test_unreadable_answer_about_a_picture_concerns_it_alone);
  ADD ("/x-posting/nonsense", test_check_believes_no_nonsense);
#undef ADD

  return g_test_run ();
}

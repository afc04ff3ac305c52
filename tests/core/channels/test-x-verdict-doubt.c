/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-verdict-doubt"

#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "x-answer.h"

#define DUPLICATE "{\"detail\":\"You are not allowed to create a Tweet with duplicate content.\",\"status\":403}"
#define OLD_DUPLICATE "{\"errors\":[{\"code\":187,\"message\":\"Status is a duplicate.\"}]}"

/* Whoever is in doubt learns it by the refusal, and only by a whole one. */
static void
test_duplicate_after_doubt_has_arrived (void)
{
  static const char *const whole[] = { DUPLICATE, OLD_DUPLICATE };

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autoptr(GError) first = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 403, NULL, whole[i]);
      g_autoptr(GError) second = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 403, NULL, whole[i]);

      g_assert_error (first, HERALD_ERROR, HERALD_ERROR_REJECTED);
      g_assert_no_error (second);
    }
}

static void
test_duplicate_cut_off_anywhere_never_says_arrived (void)
{
  for (gsize length = 0; length < strlen (DUPLICATE); length++)
    {
      g_autofree char *body = g_strndup (DUPLICATE, length);
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 403, NULL, body);

      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_BUSY);
    }
}

/* A picture that was uploaded before, or another status, is no post that has arrived. */
static void
test_duplicate_elsewhere_never_says_arrived (void)
{
  static const struct
  {
    HeraldXAction action;
    guint status;
  } rows[] = {
    { HERALD_X_UPLOAD, 403 }, { HERALD_X_DESCRIBE, 403 }, { HERALD_X_READ_ACCOUNT, 403 },
    { HERALD_X_POST, 200 }, { HERALD_X_POST, 201 }, { HERALD_X_POST, 404 }, { HERALD_X_POST, 429 },
    { HERALD_X_POST, 503 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = x_answer_judge (rows[i].action, X_SECOND_TRY, rows[i].status, NULL, DUPLICATE);

      g_test_message ("%u", rows[i].status);
      g_assert_nonnull (error);
    }
}

/* The first try was not refused, so it may be there; nobody must read "refused" of it. */
static void
test_other_refusal_after_doubt_stays_in_doubt (void)
{
  static const struct
  {
    guint status;
    const char *body;
  } rows[] = {
    { 400, "" }, { 403, "{\"detail\":\"You are not permitted to perform this action.\"}" },
    { 403, "{\"errors\":[{\"code\":226,\"message\":\"Automated.\"}]}" }, { 413, "" }, { 431, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, rows[i].status, NULL, rows[i].body);

      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
      g_assert_nonnull (strstr (error->message, "first try"));
    }
}

/* What needs a person needs one also after a try in doubt. */
static void
test_hold_after_doubt_is_a_hold (void)
{
  g_autoptr(GError) keys = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 401, NULL, "");
  g_autoptr(GError) credit = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 402, NULL, "");

  g_assert_error (keys, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
  g_assert_error (credit, HERALD_ERROR, HERALD_ERROR_NO_CREDIT);
}

static void
test_answers_that_are_no_json_are_judged_by_status (void)
{
  static const char *const bodies[] = {
    "", "{", "[]", "7", "\"\"", "null", "{\"errors\":7}", "{\"errors\":[7,null,[]]}", "{\"errors\":{\"code\":187}}",
    "{\"detail\":7,\"type\":[],\"reason\":{},\"code\":\"x\",\"status\":\"403\"}", "\xff\xfe", "{\"detail\":\"\xc3\"}",
    "{\"errors\":[{\"code\":-187},{\"code\":1e300},{\"code\":187.5e9},{\"code\":\"99999999999999999999\"}]}",
    "{\"type\":\"duplicate content\",\"title\":{\"detail\":\"duplicate content\"}}", "{} {}",
    "{\"type\":\"https://api.x.com/2/problems/\"}", "{\"type\":\"/\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) refused = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 400, NULL, bodies[i]);
      g_autoptr(GError) forbidden = x_answer_judge (HERALD_X_POST, X_SECOND_TRY, 403, NULL, bodies[i]);
      g_autoptr(GError) broken = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 503, NULL, bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_error (refused, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
      g_assert_nonnull (forbidden);
      g_assert_error (broken, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS);
    }
}

static void
test_words_of_x_are_kept_clean_and_short (void)
{
  g_autofree char *long_words = g_strnfill (200 * 1000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"One\\ntwo \\u202ethree\\u0007\",\"errors\":[{\"message\":\"%s\"},"
                                           "{\"message\":\"One two three\"}]}", long_words);
  g_autoptr(GError) error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 400, NULL, body);
  const char *reply = herald_error_get_reply (error);

  g_assert_true (g_str_has_prefix (reply, "One"));
  g_assert_cmpuint (g_utf8_strlen (reply, -1), <=, 501);
  g_assert_null (strpbrk (reply, "\n\a"));
  g_assert_null (strstr (reply, "\u202e"));
}

/* X has never been seen to send one back, but what stands between may. */
static void
test_secret_that_comes_back_is_not_told (void)
{
  static const char *const secrets[] = { "Canary \"quoted\" and spaced", "Canary\nin two lines", "Canary\u200bunseen" };
  static const char *const bodies[] = {
    "{\"detail\":\"Bad Canary \\\"quoted\\\" and spaced!\"}", "{\"errors\":[{\"message\":\"Bad Canary\\nin two lines!\"}]}",
    "{\"title\":\"Bad Canary\\u200bunseen!\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr(GError) error = NULL;

      herald_log_add_passing_secret (secrets[i]);
      error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 401, NULL, bodies[i]);
      g_assert_cmpstr (herald_error_get_reply (error), ==, "Bad ***!");
    }
}

/* Half a secret would not be known again. */
static void
test_secret_at_the_cut_is_not_told (void)
{
  g_autofree char *filling = g_strnfill (295, '.');
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"%sCanaryThatIsCut\"}", filling);
  g_autoptr(GError) error = NULL;

  herald_log_add_passing_secret ("CanaryThatIsCut");
  error = x_answer_judge (HERALD_X_POST, X_FIRST_TRY, 401, NULL, body);
  g_assert_null (strstr (herald_error_get_reply (error), "Can"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-verdict-doubt/arrived", test_duplicate_after_doubt_has_arrived);
  g_test_add_func ("/x-verdict-doubt/cut", test_duplicate_cut_off_anywhere_never_says_arrived);
  g_test_add_func ("/x-verdict-doubt/elsewhere", test_duplicate_elsewhere_never_says_arrived);
  g_test_add_func ("/x-verdict-doubt/refusal", test_other_refusal_after_doubt_stays_in_doubt);
  g_test_add_func ("/x-verdict-doubt/hold", test_hold_after_doubt_is_a_hold);
  g_test_add_func ("/x-verdict-doubt/no-json", test_answers_that_are_no_json_are_judged_by_status);
  g_test_add_func ("/x-verdict-doubt/words", test_words_of_x_are_kept_clean_and_short);
  g_test_add_func ("/x-verdict-doubt/secret", test_secret_that_comes_back_is_not_told);
  g_test_add_func ("/x-verdict-doubt/secret-cut", test_secret_at_the_cut_is_not_told);

  return g_test_run ();
}

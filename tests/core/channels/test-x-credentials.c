/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-credentials"

#include <string.h>

#include "core/base/error.h"
#include "core/channels/x/x-credentials.h"
#include "core/channels/x/x-settings.h"

#define API_KEY "Ab3dEf6hIj9kLmNoPqRsTuVwX"
#define API_SECRET "Zy8xWv5uTs2rQpOnMlKjIhGfEdCbA0123456789abcdEfGhIjK"
#define ACCESS_TOKEN "2244994945-Ab3dEf6hIj9kLmNoPqRsTuVwXyZ0123456789abc"
#define ACCESS_SECRET "qWeRtZuIoPaSdFgHjKlYxCvBnM0123456789QwErTzUiO"
#define CLIENT_ID "V1ZpX0c3Q0hXc3VxRmlnSnRPRFY6MTpjaQ"
#define CLIENT_SECRET "TmNU-VE5Nk9tOHBhQ_ZyWv5uTs2rQpOnMlKjIhGfEdCbA01234"
#define LOGIN_TOKEN "S3ZhcnZFRVZQMFN6aVdkVXZ3MGs6MTY0MDYyODI6MTowOmF0OjE"
#define BEARER "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0wnz4XsNiRVBChTYbJcE3F"

static const struct
{
  const char *field;
  const char *code;
} right[] = {
  { HERALD_X_API_KEY_FIELD, API_KEY },
  { HERALD_X_API_SECRET_FIELD, API_SECRET },
  { HERALD_X_ACCESS_TOKEN_FIELD, ACCESS_TOKEN },
  { HERALD_X_ACCESS_SECRET_FIELD, ACCESS_SECRET },
  { HERALD_X_CLIENT_SECRET_FIELD, CLIENT_SECRET },
};

static void
assert_taken (const char *field,
              const char *pasted,
              const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = herald_x_credentials_dup (field, pasted, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, code);
}

/* The sentence says what it is and how the right one looks, and nothing of what was pasted. */
static void
assert_refused (const char *field,
                const char *pasted,
                const char *gist)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = herald_x_credentials_dup (field, pasted, &error);

  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_null (secret);
  if (strstr (error->message, gist) == NULL)
    g_error ("“%s” is not in: %s", gist, error->message);
  for (const char *p = pasted; strlen (p) >= 8; p++)
    {
      g_autofree char *part = g_strndup (p, 8);

      if (strstr (error->message, part) != NULL)
        g_error ("“%s” of what was pasted is in: %s", part, error->message);
    }
}

static void
test_each_code_is_taken_as_it_is (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    assert_taken (right[i].field, right[i].code, right[i].code);
}

static void
test_what_is_pasted_along_is_taken_off (void)
{
  static const char *const shapes[] = {
    "  %s \n", "\r\n%s\r\n", "\"%s\"", "'%s',", "“%s”", "<%s>;", "\xEF\xBB\xBF%s", "\xC2\xA0%s\xE2\x80\x8B", "= %s", "`%s`\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
      {
        g_auto(GStrv) parts = g_strsplit (shapes[j], "%s", 2);
        g_autofree char *pasted = g_strconcat (parts[0], right[i].code, parts[1], NULL);

        assert_taken (right[i].field, pasted, right[i].code);
      }
}

static void
test_labels_are_taken_off (void)
{
  assert_taken (HERALD_X_API_KEY_FIELD, "API Key: " API_KEY, API_KEY);
  assert_taken (HERALD_X_API_KEY_FIELD, "API Key\n" API_KEY, API_KEY);
  assert_taken (HERALD_X_API_KEY_FIELD, "Consumer Key (API Key):\n  " API_KEY "\n", API_KEY);
  assert_taken (HERALD_X_API_KEY_FIELD, "export TWITTER_API_KEY='" API_KEY "'", API_KEY);
  assert_taken (HERALD_X_API_SECRET_FIELD, "API Key Secret " API_SECRET, API_SECRET);
  assert_taken (HERALD_X_API_SECRET_FIELD, "\"api_secret\": \"" API_SECRET "\",", API_SECRET);
  assert_taken (HERALD_X_ACCESS_TOKEN_FIELD, "Access Token\t" ACCESS_TOKEN, ACCESS_TOKEN);
  assert_taken (HERALD_X_ACCESS_TOKEN_FIELD, "mine = " ACCESS_TOKEN, ACCESS_TOKEN);
  assert_taken (HERALD_X_ACCESS_SECRET_FIELD, "Secret: " ACCESS_SECRET, ACCESS_SECRET);
  assert_taken (HERALD_X_CLIENT_SECRET_FIELD, "Client Secret:" CLIENT_SECRET, CLIENT_SECRET);
}

static void
test_code_on_two_lines_is_one (void)
{
  assert_taken (HERALD_X_API_KEY_FIELD, "Ab3dEf6hIj9kL\n  mNoPqRsTuVwX", "Ab3dEf6hIj9kLmNoPqRsTuVwX");
  assert_taken (HERALD_X_ACCESS_TOKEN_FIELD, "2244994945-Ab3dEf6hIj9k\r\nLmNoPqRsTuVwXyZ0123456789abc", ACCESS_TOKEN);
}

static void
test_other_codes_are_named (void)
{
  assert_refused (HERALD_X_API_KEY_FIELD, API_SECRET, "looks like one of the two secrets");
  assert_refused (HERALD_X_API_KEY_FIELD, ACCESS_TOKEN, "looks like the access token. The API key has about 25");
  assert_refused (HERALD_X_API_KEY_FIELD, CLIENT_ID, "looks like the Client ID");
  assert_refused (HERALD_X_API_KEY_FIELD, "17654321", "number of an app");
  assert_refused (HERALD_X_API_SECRET_FIELD, API_KEY, "looks like the API key");
  assert_refused (HERALD_X_API_SECRET_FIELD, CLIENT_SECRET, "looks like the Client Secret");
  assert_refused (HERALD_X_API_SECRET_FIELD, ACCESS_TOKEN, "looks like the access token");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, BEARER, "looks like the Bearer token");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, API_KEY,
                  "The access token begins with the number of your account and a hyphen");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, LOGIN_TOKEN, "token of OAuth 2.0");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, ACCESS_SECRET, "one of the two secrets");
  assert_refused (HERALD_X_ACCESS_SECRET_FIELD, ACCESS_TOKEN, "looks like the access token");
  assert_refused (HERALD_X_ACCESS_SECRET_FIELD, CLIENT_ID, "Client ID");
  assert_refused (HERALD_X_CLIENT_SECRET_FIELD, CLIENT_ID, "Client ID");
}

static void
test_what_is_no_code_is_named (void)
{
  assert_refused (HERALD_X_API_KEY_FIELD, "", "nothing in it");
  assert_refused (HERALD_X_API_KEY_FIELD, " \n\"\" ", "nothing in it");
  assert_refused (HERALD_X_API_KEY_FIELD, "Ab3dEf6hIj", "too short");
  assert_refused (HERALD_X_API_KEY_FIELD, API_KEY API_KEY, "pasted twice");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, ACCESS_TOKEN ACCESS_TOKEN, "pasted twice");
  assert_refused (HERALD_X_ACCESS_TOKEN_FIELD, "2244994945-Ab3dEf", "too short");
  assert_refused (HERALD_X_API_KEY_FIELD, API_KEY " " API_SECRET, "a space in it");
  assert_refused (HERALD_X_API_KEY_FIELD, "https://console.x.com/apps/1", "address of a web page");
  assert_refused (HERALD_X_API_KEY_FIELD, "@bench_printer", "name of an account");
  assert_refused (HERALD_X_ACCESS_SECRET_FIELD, "äbcdefghijklmnopqrstuvwxyz0123456789abcdefg", "characters in it");
  assert_refused (HERALD_X_API_SECRET_FIELD, API_SECRET "x" API_SECRET "y" API_SECRET, "too long");
}

static void
test_label_of_another_code_is_believed (void)
{
  assert_refused (HERALD_X_ACCESS_SECRET_FIELD, "API Key Secret: " API_SECRET, "it is the “API key secret”");
  assert_refused (HERALD_X_API_SECRET_FIELD, "Access Token Secret\n" ACCESS_SECRET, "it is the “Access token secret”");
  assert_refused (HERALD_X_API_KEY_FIELD, "Client ID: " API_KEY, "it is something else");
}

static void
test_codes_that_cannot_belong_together (void)
{
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    herald_values_set (secrets, right[i].field, right[i].code);
  g_assert_true (herald_x_credentials_check (secrets, &error));
  g_assert_no_error (error);

  herald_values_set (secrets, HERALD_X_ACCESS_SECRET_FIELD, API_SECRET);
  g_assert_false (herald_x_credentials_check (secrets, &error));
  g_assert_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS);
  g_assert_cmpstr (error->message, ==,
                   "“API key secret” and “Access token secret” are the same. Copy each of them anew: X gives you different "
                   "ones.");
  g_clear_error (&error);

  herald_values_set (secrets, HERALD_X_API_SECRET_FIELD, ACCESS_SECRET);
  g_assert_false (herald_x_credentials_check (secrets, &error));
  g_assert_nonnull (strstr (error->message, "seem to be swapped"));
}

/* Whatever is pasted, there is a code without anything around it, or a sentence. */
static void
test_anything_is_answered (void)
{
  static const char *const pieces[] = { "k", "aZ", "0", "-", "_", "=", ":", "\"", " ", "\n", "\t", "%", "/", "@", "ä" };
  GRand *chance = g_rand_new_with_seed (20261121);
  guint n_taken = 0;

  for (guint round = 0; round < 20000; round++)
    {
      const char *field = right[round % G_N_ELEMENTS (right)].field;
      g_autoptr(GString) pasted = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *secret = NULL;

      for (gint n = g_rand_int_range (chance, 0, 100); n > 0; n--)
        {
          gint most = g_rand_int_range (chance, 0, 10) < 9 ? 3 : G_N_ELEMENTS (pieces);

          g_string_append (pasted, pieces[g_rand_int_range (chance, 0, most)]);
        }
      secret = herald_x_credentials_dup (field, pasted->str, &error);
      g_assert_true ((secret == NULL) == (error != NULL));
      g_assert_true (secret == NULL || strpbrk (secret, " \t\r\n\"'=:%@/") == NULL);
      n_taken += secret != NULL;
    }
  g_assert_cmpuint (n_taken, >, 100);
  g_rand_free (chance);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/x-credentials/as-it-is", test_each_code_is_taken_as_it_is);
  g_test_add_func ("/x-credentials/pasted-along", test_what_is_pasted_along_is_taken_off);
  g_test_add_func ("/x-credentials/labels", test_labels_are_taken_off);
  g_test_add_func ("/x-credentials/two-lines", test_code_on_two_lines_is_one);
  g_test_add_func ("/x-credentials/other-codes", test_other_codes_are_named);
  g_test_add_func ("/x-credentials/no-code", test_what_is_no_code_is_named);
  g_test_add_func ("/x-credentials/other-label", test_label_of_another_code_is_believed);
  g_test_add_func ("/x-credentials/together", test_codes_that_cannot_belong_together);
  g_test_add_func ("/x-credentials/anything", test_anything_is_answered);

  return g_test_run ();
}

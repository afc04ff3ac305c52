/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-demo-x"

#include "x-asker.h"

#include <string.h>

static const guint8 gif[] = "GIF89a\x02\x00\x03\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
                            "\x00\x00\x00\x00\x02\x00\x03\x00\x00\x02\x03\x84\x8f\x05\x00;";

static void
on_posted (HeraldDemoX *x,
           guint        i,
           gpointer     user_data)
{
  *(guint *) user_data += i + 1;
}

static void
test_post_is_kept_and_told (void)
{
  XAsker *asker = x_asker_new ();
  g_autofree char *text = NULL;
  guint told = 0;

  g_signal_connect (asker->x, "posted", G_CALLBACK (on_posted), &told);
  g_assert_cmpuint (x_asker_post_text (asker, "Bench: 25 %"), ==, 201);
  g_assert_cmpstr (x_asker_get_string (asker, "text"), ==, "Bench: 25 %");
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 1);
  g_assert_cmpstr (x_asker_get_string (asker, "id"), ==, herald_demo_x_get_post_id (asker->x, 0));
  g_assert_cmpuint (strlen (herald_demo_x_get_post_id (asker->x, 0)), ==, 19);
  text = herald_demo_x_dup_post_text (asker->x, 0);
  g_assert_cmpstr (text, ==, "Bench: 25 %");
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpuint (herald_demo_x_get_n_requests (asker->x, "/2/tweets"), ==, 1);
  x_asker_free (asker);
}

static void
test_wrong_signatures_are_refused (void)
{
  static const struct
  {
    HeraldOauth1Keys keys;
    const char *why;
  } wrong[] = {
    { { "other", HERALD_DEMO_X_API_SECRET, HERALD_DEMO_X_ACCESS_TOKEN, HERALD_DEMO_X_ACCESS_SECRET },
      "the API key is not known" },
    { { HERALD_DEMO_X_API_KEY, "other", HERALD_DEMO_X_ACCESS_TOKEN, HERALD_DEMO_X_ACCESS_SECRET },
      "the signature is wrong" },
    { { HERALD_DEMO_X_API_KEY, HERALD_DEMO_X_API_SECRET, "1-other", HERALD_DEMO_X_ACCESS_SECRET },
      "the access token is not known" },
    { { HERALD_DEMO_X_API_KEY, HERALD_DEMO_X_API_SECRET, HERALD_DEMO_X_ACCESS_TOKEN, "other" },
      "the signature is wrong" },
  };
  XAsker *asker = x_asker_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      asker->keys = wrong[i].keys;
      g_assert_cmpuint (x_asker_post_text (asker, "No"), ==, 401);
      g_assert_cmpstr (x_asker_get_string (asker, "title"), ==, "Unauthorized");
      g_assert_cmpstr (herald_demo_x_get_refusal (asker->x), ==, wrong[i].why);
    }
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 0);
  x_asker_free (asker);
}

static void
test_moment_and_nonce_are_looked_at (void)
{
  XAsker *asker = x_asker_new ();

  asker->stamp_off_s = -310;
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  asker->stamp_off_s = 310;
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  asker->stamp_off_s = 290;
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_nonnull (x_asker_get_header (asker, "Date"));

  asker->nonce = g_strdup ("once");
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 401);
  g_assert_cmpstr (herald_demo_x_get_refusal (asker->x), ==, "oauth_nonce was used before");
  x_asker_free (asker);
}

static void
test_shape_is_judged (void)
{
  static const char *const wrong[] = {
    "{\"text\":\"a\",\"status\":\"b\"}",
    "{\"text\":\"\"}",
    "{\"text\":\" \\n\"}",
    "{}",
    "[]",
    "{\"text\":7}",
    "{\"text\":\"a\",\"media\":{\"media_ids\":[1990000000000000001]}}",
    "{\"text\":\"a\",\"media\":{\"media_ids\":[]}}",
    "{\"text\":\"a\",\"media\":{\"media_ids\":[\"1990000000000000001\"]}}",
    "{\"text\":\"a\",\"media\":{\"ids\":[\"1\"]}}",
    "{\"text\":\"a\",\"media\":[]}",
    "{\"text\":",
  };
  XAsker *asker = x_asker_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpuint (x_asker_post_json (asker, "/2/tweets", wrong[i]), ==, 400);
      g_assert_cmpstr (x_asker_get_string (asker, "type"), ==, "https://api.x.com/2/problems/invalid-request");
    }
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 0);
  g_assert_cmpuint (x_asker_get (asker, "/2/tweets"), ==, 404);
  x_asker_free (asker);
}

static void
test_same_text_is_refused (void)
{
  XAsker *asker = x_asker_new ();

  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 201);
  g_assert_cmpuint (x_asker_post_text (asker, "Done"), ==, 403);
  g_assert_cmpstr (x_asker_get_string (asker, "detail"), ==,
                   "You are not allowed to create a Tweet with duplicate content.");
  g_assert_cmpuint (x_asker_post_text (asker, "Done."), ==, 201);
  g_assert_cmpuint (herald_demo_x_get_n_posts (asker->x), ==, 2);
  x_asker_free (asker);
}

static void
test_limits_are_told_and_kept (void)
{
  XAsker *asker = x_asker_new ();

  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpstr (x_asker_get_header (asker, "x-rate-limit-limit"), ==, "75");
  g_assert_cmpstr (x_asker_get_header (asker, "x-rate-limit-remaining"), ==, "74");
  g_assert_cmpstr (x_asker_get_header (asker, "x-access-level"), ==, "read-write");
  for (guint i = 1; i < 75; i++)
    g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 200);
  g_assert_cmpuint (x_asker_get (asker, "/2/users/me"), ==, 429);
  g_assert_cmpstr (x_asker_get_header (asker, "x-rate-limit-remaining"), ==, "0");
  g_assert_cmpint (g_ascii_strtoll (x_asker_get_header (asker, "x-rate-limit-reset"), NULL, 10), >,
                   g_get_real_time () / G_USEC_PER_SEC);
  x_asker_free (asker);
}

static void
test_picture_goes_with_its_words (void)
{
  XAsker *asker = x_asker_new ();
  g_autoptr(GBytes) picture = g_bytes_new_static (gif, sizeof gif - 1);
  g_autoptr(GBytes) kept = NULL;
  g_autofree char *json = NULL;
  g_autofree char *describe = NULL;
  g_autofree char *type = NULL;
  g_autofree char *alt_text = NULL;

  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", picture, "media_category", "tweet_image"), ==, 200);
  json = g_strdup_printf ("{\"text\":\"With\",\"media\":{\"media_ids\":[\"%s\"]}}", x_asker_get_string (asker, "id"));
  describe = g_strdup_printf ("{\"id\":\"%s\",\"metadata\":{\"alt_text\":{\"text\":\"A part\"}}}",
                              x_asker_get_string (asker, "id"));
  g_assert_cmpuint (x_asker_post_json (asker, "/2/media/metadata", describe), ==, 200);
  g_assert_cmpuint (x_asker_post_json (asker, "/2/tweets", json), ==, 201);

  g_assert_cmpuint (herald_demo_x_get_n_media (asker->x, 0), ==, 1);
  kept = herald_demo_x_ref_media (asker->x, 0, 0);
  g_assert_true (g_bytes_equal (kept, picture));
  type = herald_demo_x_dup_media_type (asker->x, 0, 0);
  g_assert_cmpstr (type, ==, "image/gif");
  alt_text = herald_demo_x_dup_alt_text (asker->x, 0, 0);
  g_assert_cmpstr (alt_text, ==, "A part");
  x_asker_free (asker);
}

static void
test_upload_is_judged (void)
{
  XAsker *asker = x_asker_new ();
  g_autoptr(GBytes) picture = g_bytes_new_static (gif, sizeof gif - 1);
  g_autofree guint8 *big_data = g_malloc0 (5 * 1024 * 1024 + 1);
  g_autoptr(GBytes) noise = g_bytes_new_static ("hello", 5);
  g_autoptr(GBytes) big = NULL;

  memcpy (big_data, gif, sizeof gif);
  big = g_bytes_new_static (big_data, 5 * 1024 * 1024 + 1);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", picture, NULL, NULL), ==, 400);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", picture, "media_type", "image/gif"), ==, 400);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", picture, "media_category", "photo"), ==, 400);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", noise, "media_category", "tweet_image"), ==, 400);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", big, "media_category", "tweet_image"), ==, 400);
  g_assert_cmpuint (x_asker_post_media (asker, "/2/media/upload", big, "media_category", "tweet_gif"), ==, 200);
  g_assert_cmpuint (x_asker_post_json (asker, "/2/media/upload",
                                       "{\"media\":\"R0lGODlhAQABAA==\",\"media_category\":\"tweet_image\"}"), ==, 200);
  x_asker_free (asker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-x/post-is-kept-and-told", test_post_is_kept_and_told);
  g_test_add_func ("/demo-x/wrong-signatures-are-refused", test_wrong_signatures_are_refused);
  g_test_add_func ("/demo-x/moment-and-nonce-are-looked-at", test_moment_and_nonce_are_looked_at);
  g_test_add_func ("/demo-x/shape-is-judged", test_shape_is_judged);
  g_test_add_func ("/demo-x/same-text-is-refused", test_same_text_is_refused);
  g_test_add_func ("/demo-x/limits-are-told-and-kept", test_limits_are_told_and_kept);
  g_test_add_func ("/demo-x/picture-goes-with-its-words", test_picture_goes_with_its_words);
  g_test_add_func ("/demo-x/upload-is-judged", test_upload_is_judged);

  return g_test_run ();
}

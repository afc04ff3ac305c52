/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-picture"

#include <string.h>

#include "x-fixture.h"

#define MEGABYTE (1000 * 1000)
#define PIECE_BYTES (1024 * 1024)

typedef XStandIn Fixture;

static void
play (Fixture    *fixture,
      const char *kind,
      const char *path,
      guint       n_times)
{
  const HeraldDemoXFault fault = { .kind = kind, .path = path, .n_times = n_times };

  g_assert_true (herald_demo_x_play (fixture->x, &fault));
}

static const char *
get_remark (Fixture *fixture)
{
  const char *remark = herald_attempt_get_remark (fixture->account->attempt);

  return remark != NULL ? remark : "";
}

static void
assert_posted_whole (Fixture *fixture,
                     guint    i)
{
  HeraldAttachment *attachment = herald_attempt_get_attachment (fixture->account->attempt);
  g_autoptr(GBytes) posted = NULL;
  g_autofree char *type = NULL;

  g_assert_cmpuint (herald_demo_x_get_n_media (fixture->x, i), ==, 1);
  posted = herald_demo_x_ref_media (fixture->x, i, 0);
  type = herald_demo_x_dup_media_type (fixture->x, i, 0);
  g_assert_nonnull (posted);
  g_assert_true (g_bytes_equal (posted, attachment->bytes));
  g_assert_cmpstr (type, ==, attachment->media_type);
  g_assert_cmpstr (get_remark (fixture), ==, "");
}

static void
assert_posted_alone (Fixture *fixture)
{
  guint n_posts = herald_demo_x_get_n_posts (fixture->x);

  g_assert_no_error (fixture->account->error);
  g_assert_cmpuint (n_posts, >, 0);
  g_assert_cmpuint (herald_demo_x_get_n_media (fixture->x, n_posts - 1), ==, 0);
  g_assert_true (g_str_has_prefix (get_remark (fixture), "No picture: "));
  g_test_message ("%s", get_remark (fixture));
}

static void
test_pictures_and_films_arrive_byte_for_byte (Fixture       *fixture,
                                              gconstpointer  data)
{
  static const XAttempt attempts[] = {
    { .media_type = "image/jpeg", .n_bytes = 50 * 1000 },
    { .media_type = "image/png", .n_bytes = 5 * MEGABYTE },
    { .media_type = "image/gif", .n_bytes = 6 * MEGABYTE },
    { .media_type = "video/mp4", .n_bytes = 100 },
    { .media_type = "video/mp4", .n_bytes = PIECE_BYTES },
    { .media_type = "video/mp4", .n_bytes = 3 * PIECE_BYTES + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *text = g_strdup_printf ("Bench : %u %%", i);

      g_test_message ("%s, %" G_GSIZE_FORMAT " bytes", attempts[i].media_type, attempts[i].n_bytes);
      g_assert_true (x_fixture_post (fixture->account, text, &attempts[i]));
      assert_posted_whole (fixture, i);
      g_assert_cmpuint (fixture->account->n_commits, ==, 1);
    }
  g_assert_cmpuint (herald_demo_x_get_n_requests (fixture->x, "/2/media/metadata"), ==, 0);
}

static void
test_description_is_made_only_if_it_is_wanted (Fixture       *fixture,
                                               gconstpointer  data)
{
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000 };
  g_autofree char *none = NULL;
  g_autofree char *words = NULL;

  g_assert_true (x_fixture_post (fixture->account, "one", &picture));
  none = herald_demo_x_dup_alt_text (fixture->x, 0, 0);
  g_assert_null (none);

  x_fixture_set (fixture->account, "describe-pictures", "true");
  g_assert_true (x_fixture_post (fixture->account, "two", &picture));
  words = herald_demo_x_dup_alt_text (fixture->x, 1, 0);
  g_assert_cmpstr (words, ==, "Picture of the 3D printer “Bench”. 25 % done. File: cube.gcode.");
}

static void
test_refused_description_stops_no_post (Fixture       *fixture,
                                        gconstpointer  data)
{
  static const char *const kinds[] = { "bad-request", "error", "too-many", "no-credits", "cut", "html", "not-found" };
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000 };

  x_fixture_set (fixture->account, "describe-pictures", "true");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_test_message ("%s", kinds[i]);
      play (fixture, kinds[i], "/2/media/metadata", 1);
      g_assert_true (x_fixture_post (fixture->account, kinds[i], &picture));
      g_assert_cmpuint (herald_demo_x_get_n_media (fixture->x, i), ==, 1);
    }
}

static void
test_refused_picture_stays_behind (Fixture       *fixture,
                                   gconstpointer  data)
{
  static const char *const kinds[] = { "bad-request", "too-large" };
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000 };
  const XAttempt large = { .media_type = "image/jpeg", .n_bytes = 5 * MEGABYTE + 1 };
  const XAttempt strange = { .media_type = "image/x-xcf", .n_bytes = 1000 };
  const XAttempt film = { .media_type = "video/mp4", .n_bytes = 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_test_message ("%s", kinds[i]);
      play (fixture, kinds[i], "/2/media/upload", 1);
      x_fixture_post (fixture->account, kinds[i], &picture);
      assert_posted_alone (fixture);
    }

  x_fixture_post (fixture->account, "large", &large);
  assert_posted_alone (fixture);
  x_fixture_post (fixture->account, "strange", &strange);
  assert_posted_alone (fixture);
  play (fixture, "processing-fails", NULL, 0);
  x_fixture_post (fixture->account, "film", &film);
  assert_posted_alone (fixture);
}

/* Whoever wants no words without their picture gets neither, and the outbox does not decide otherwise. */
static void
test_refused_picture_stops_the_words_if_it_shall (Fixture       *fixture,
                                                  gconstpointer  data)
{
  const XAttempt large = { .media_type = "image/jpeg", .n_bytes = 5 * MEGABYTE + 1 };

  x_fixture_set (fixture->account, "without-picture", "false");
  g_assert_false (x_fixture_post (fixture->account, "large", &large));
  g_assert_error (fixture->account->error, HERALD_ERROR, HERALD_ERROR_REJECTED);
  g_assert_true (herald_attempt_keeps_picture (fixture->account->attempt));
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 0);
}

/* As a whole again, twice; then the words go alone. */
static void
test_picture_is_not_waited_for_for_ever (Fixture       *fixture,
                                         gconstpointer  data)
{
  static const char *const kinds[] = { "unavailable", "error", "cut", "html", "not-found" };
  XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = g_strdup_printf ("Bench : %u %%", i);

      g_test_message ("%s", kinds[i]);
      play (fixture, kinds[i], "/2/media/upload", 0);
      for (picture.n_tries = 1; picture.n_tries < 3; picture.n_tries++)
        {
          g_assert_false (x_fixture_post (fixture->account, text, &picture));
          g_assert_false (g_error_matches (fixture->account->error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS));
          g_assert_false (g_error_matches (fixture->account->error, HERALD_ERROR, HERALD_ERROR_REJECTED));
          g_assert_cmpuint (fixture->account->n_commits, ==, 0);
        }
      x_fixture_post (fixture->account, text, &picture);
      assert_posted_alone (fixture);
      herald_demo_x_stop_faults (fixture->x);
    }
}

/* A quarter of an hour for a picture alone is too long. */
static void
test_long_pause_for_pictures_is_not_kept (Fixture       *fixture,
                                          gconstpointer  data)
{
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000 };

  play (fixture, "too-many", "/2/media/upload", 1);
  x_fixture_post (fixture->account, "done", &picture);
  assert_posted_alone (fixture);
}

/* What a person has to put right concerns the words, too. */
static void
test_refused_login_at_the_picture_stops_all (Fixture       *fixture,
                                             gconstpointer  data)
{
  static const struct
  {
    const char *kind;
    HeraldError error;
  } cases[] = { { "unauthorized", HERALD_ERROR_UNAUTHORIZED }, { "no-credits", HERALD_ERROR_NO_CREDIT } };
  const XAttempt picture = { .media_type = "image/jpeg", .n_bytes = 1000, .n_tries = 3 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      play (fixture, cases[i].kind, "/2/media/upload", 1);
      g_assert_false (x_fixture_post (fixture->account, "done", &picture));
      g_assert_error (fixture->account->error, HERALD_ERROR, (int) cases[i].error);
      g_assert_cmpstr (herald_attempt_get_step (fixture->account->attempt), ==, "picture");
    }
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 0);
}

/* At every request of a film */
static void
test_cancelling_a_film_ends_it_soon (Fixture       *fixture,
                                     gconstpointer  data)
{
  const XAttempt film = { .media_type = "video/mp4", .n_bytes = 2 * PIECE_BYTES };

  for (guint n = 0; n < 6; n++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      guint n_before = herald_demo_x_get_n_requests (fixture->x, "/2/");

      x_fixture_start (fixture->account, "film", &film, cancellable);
      while (herald_demo_x_get_n_requests (fixture->x, "/2/") < n_before + n)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      x_fixture_wait (fixture->account);
      g_assert_error (fixture->account->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (fixture->account->n_commits, ==, 0);
    }
  g_assert_cmpuint (herald_demo_x_get_n_posts (fixture->x), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, x_stand_in_set_up, function, x_stand_in_tear_down)
  ADD ("/x-picture/whole", test_pictures_and_films_arrive_byte_for_byte);
  ADD ("/x-picture/description", test_description_is_made_only_if_it_is_wanted);
  ADD ("/x-picture/description-refused", test_refused_description_stops_no_post);
  ADD ("/x-picture/refused", test_refused_picture_stays_behind);
  ADD ("/x-picture/refused-and-wanted", test_refused_picture_stops_the_words_if_it_shall);
  ADD ("/x-picture/not-for-ever", test_picture_is_not_waited_for_for_ever);
  ADD ("/x-picture/long-pause", test_long_pause_for_pictures_is_not_kept);
  ADD ("/x-picture/login", test_refused_login_at_the_picture_stops_all);
  ADD ("/x-picture/cancelled", test_cancelling_a_film_ends_it_soon);
#undef ADD

  return g_test_run ();
}

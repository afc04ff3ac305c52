/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-doubt"

#include <string.h>

#include "core/base/error.h"
#include "x-scene.h"

#define AGES 1000

static void
assert_outcome (const XOutcome      *outcome,
                HeraldDeliveryState  state,
                guint                n_posts,
                guint                n_attempts)
{
  g_assert_cmpstr (herald_delivery_state_to_id (outcome->state), ==, herald_delivery_state_to_id (state));
  g_assert_cmpuint (outcome->n_posts, ==, n_posts);
  g_assert_cmpuint (outcome->n_attempts, ==, n_attempts);
}

static void
test_answer_in_doubt_is_settled_by_one_more_post (void)
{
  static const struct
  {
    const char *kind;
    HeraldDemoXDeed deed;
  } rows[] = {
    { "unavailable", HERALD_DEMO_X_DONE }, { "unavailable", HERALD_DEMO_X_NOT_DONE },
    { "error", HERALD_DEMO_X_DONE }, { "error", HERALD_DEMO_X_NOT_DONE },
    { "bad-gateway", HERALD_DEMO_X_DONE }, { "bad-gateway", HERALD_DEMO_X_NOT_DONE },
    { "gateway-timeout", HERALD_DEMO_X_DONE }, { "gateway-timeout", HERALD_DEMO_X_NOT_DONE },
    { "over-capacity", HERALD_DEMO_X_DONE }, { "edge-busy", HERALD_DEMO_X_DONE },
    { "huge-error", HERALD_DEMO_X_DONE }, { "redirect", HERALD_DEMO_X_DONE },
    { "html", HERALD_DEMO_X_DONE }, { "html", HERALD_DEMO_X_NOT_DONE },
    { "empty", HERALD_DEMO_X_DONE }, { "not-json", HERALD_DEMO_X_DONE }, { "wrong-types", HERALD_DEMO_X_DONE },
    { "number-id", HERALD_DEMO_X_DONE }, { "no-id", HERALD_DEMO_X_DONE }, { "bad-id", HERALD_DEMO_X_DONE },
    { "invalid-utf8", HERALD_DEMO_X_DONE }, { "huge", HERALD_DEMO_X_DONE }, { "deep", HERALD_DEMO_X_DONE },
    { "cut", HERALD_DEMO_X_DONE }, { "cut", HERALD_DEMO_X_NOT_DONE },
  };
  g_autoptr(XScene) scene = x_scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(XOutcome) outcome = { 0 };

      g_test_message ("%s, %s", rows[i].kind, rows[i].deed == HERALD_DEMO_X_DONE ? "posted" : "not posted");
      x_scene_play (scene, rows[i].kind, 1, rows[i].deed);
      x_scene_see_through (scene, x_scene_say (scene), &outcome);
      assert_outcome (&outcome, HERALD_DELIVERY_DELIVERED, 1, 2);
      g_assert_cmpuint (outcome.n_ambiguous, ==, 1);
      g_assert_cmpint (outcome.remote_id == NULL, ==, rows[i].deed == HERALD_DEMO_X_DONE);
    }
}

/* Who is in doubt twice says so, and leaves it at that. */
static void
test_doubt_that_stays_is_known_as_such (void)
{
  static const HeraldDemoXDeed deeds[][2] = {
    { HERALD_DEMO_X_DONE, HERALD_DEMO_X_NOT_DONE },
    { HERALD_DEMO_X_NOT_DONE, HERALD_DEMO_X_DONE },
    { HERALD_DEMO_X_NOT_DONE, HERALD_DEMO_X_NOT_DONE },
  };
  g_autoptr(XScene) scene = x_scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_auto(XOutcome) outcome = { 0 };

      x_scene_play (scene, "unavailable", 1, deeds[i][0]);
      x_scene_play (scene, "unavailable", 1, deeds[i][1]);
      x_scene_see_through (scene, x_scene_say (scene), &outcome);
      assert_outcome (&outcome, HERALD_DELIVERY_PROBABLE, i < 2 ? 1 : 0, 2);
      g_assert_nonnull (strstr (outcome.reason, "may or may not"));
    }
}

/* If X took the same text twice, there would be two of it, but never three. */
static void
test_nothing_is_posted_three_times (void)
{
  static const char *const kinds[] = { "unavailable", "cut", "empty", "gateway-timeout", "number-id" };
  g_autoptr(XScene) scene = x_scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto(XOutcome) outcome = { 0 };

      x_scene_renew_x (scene);
      x_scene_play (scene, "no-duplicate-rule", 0, HERALD_DEMO_X_AS_USUAL);
      x_scene_play (scene, kinds[i], 0, HERALD_DEMO_X_DONE);
      x_scene_see_through (scene, x_scene_say (scene), &outcome);
      assert_outcome (&outcome, HERALD_DELIVERY_PROBABLE, 2, 2);
      x_scene_advance_s (scene, AGES);
      assert_outcome (&outcome, HERALD_DELIVERY_PROBABLE, 2, 2);
      g_assert_cmpuint (herald_demo_x_get_n_posts (scene->x), ==, 2);
    }
}

static void
test_same_text_as_before_is_refused_with_advice (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };

  x_scene_see_through (scene, x_scene_say_text (scene, "Print done"), &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DELIVERED, 1, 1);
  x_scene_see_through (scene, x_scene_say_text (scene, "Print done"), &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_REJECTED, 1, 1);
  g_assert_nonnull (strstr (outcome.reason, "{clock}"));
}

/* Whoever ends the program does not know either. */
static void
test_program_that_ends_while_posting_settles_it_later (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };
  gint64 id;

  x_scene_play (scene, "silence", 1, HERALD_DEMO_X_DONE);
  id = x_scene_say (scene);
  x_scene_settle (scene);
  x_scene_look (scene, id, &outcome);
  g_assert_cmpstr (herald_delivery_state_to_id (outcome.state), ==, "committing");

  herald_outbox_stop (scene->outbox);
  x_scene_look (scene, id, &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DEFERRED, 1, 1);
  herald_outbox_start (scene->outbox);
  x_scene_see_through (scene, id, &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DELIVERED, 1, 2);
}

/* Between doubt and its end X may ask to wait; what was asked for then is no second doubt. */
static void
test_wait_after_doubt_keeps_the_doubt (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };

  x_scene_play (scene, "unavailable", 1, HERALD_DEMO_X_DONE);
  x_scene_play (scene, "too-many", 2, HERALD_DEMO_X_NOT_DONE);
  x_scene_play (scene, "edge", 1, HERALD_DEMO_X_NOT_DONE);
  x_scene_see_through (scene, x_scene_say (scene), &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DELIVERED, 1, 5);
  g_assert_cmpuint (outcome.n_ambiguous, ==, 1);
}

/* What is not known when the news are old is not called expired. */
static void
test_doubt_that_grows_old_is_known_as_such (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };

  x_scene_play (scene, "unavailable", 1, HERALD_DEMO_X_DONE);
  x_scene_play (scene, "day-limit", 0, HERALD_DEMO_X_NOT_DONE);
  x_scene_see_through (scene, x_scene_say (scene), &outcome);
  g_assert_cmpstr (herald_delivery_state_to_id (outcome.state), ==, "probable");
  g_assert_cmpuint (outcome.n_posts, ==, 1);
}

static void
test_what_may_not_be_posted_in_time_expires (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };

  x_scene_play (scene, "day-limit", 0, HERALD_DEMO_X_NOT_DONE);
  x_scene_see_through (scene, x_scene_say (scene), &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_EXPIRED, 0, 1);
  g_assert_nonnull (strstr (outcome.reason, "asks to wait"));
}

static void
test_window_that_ends_is_waited_for (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };
  gint64 first = x_scene_say (scene);

  x_scene_play (scene, "too-many", 1, HERALD_DEMO_X_NOT_DONE);
  x_scene_settle (scene);
  x_scene_advance_s (scene, 14 * 60);
  x_scene_look (scene, first, &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DEFERRED, 0, 1);
  x_scene_advance_s (scene, 70);
  x_scene_look (scene, first, &outcome);
  assert_outcome (&outcome, HERALD_DELIVERY_DELIVERED, 1, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-doubt/settled", test_answer_in_doubt_is_settled_by_one_more_post);
  g_test_add_func ("/x-doubt/stays", test_doubt_that_stays_is_known_as_such);
  g_test_add_func ("/x-doubt/never-three", test_nothing_is_posted_three_times);
  g_test_add_func ("/x-doubt/same-text", test_same_text_as_before_is_refused_with_advice);
  g_test_add_func ("/x-doubt/program", test_program_that_ends_while_posting_settles_it_later);
  g_test_add_func ("/x-doubt/wait", test_wait_after_doubt_keeps_the_doubt);
  g_test_add_func ("/x-doubt/old", test_doubt_that_grows_old_is_known_as_such);
  g_test_add_func ("/x-doubt/expires", test_what_may_not_be_posted_in_time_expires);
  g_test_add_func ("/x-doubt/window", test_window_that_ends_is_waited_for);

  return g_test_run ();
}

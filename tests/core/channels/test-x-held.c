/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-held"

#include <string.h>

#include "core/base/error.h"
#include "x-scene.h"

#define N_WAITING 50
#define TWENTY_MINUTES_S (20 * 60)

static void
say_many (XScene *scene)
{
  for (guint i = 0; i < N_WAITING; i++)
    x_scene_say (scene);
  x_scene_settle (scene);
}

static void
assert_held (XScene     *scene,
             const char *gist)
{
  HeraldLedger ledger;
  const char *problem = herald_channel_get_problem (scene->channel);

  g_test_message ("%s", problem);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, gist));
  herald_outbox_get_ledger (scene->outbox, &ledger);
  g_assert_cmpuint (ledger.held, ==, N_WAITING);
}

/* Fifty messages of fifty printers could all be tried at once. */
static void
test_what_needs_a_person_is_asked_once (void)
{
  static const struct
  {
    const char *kind;
    const char *gist;
  } rows[] = {
    { "unauthorized", "keys" },
    { "unauthorized-old", "keys" },
    { "revoked", "keys" },
    { "no-credits", "console.x.com" },
    { "no-permission", "Read and write" },
    { "not-enrolled", "project" },
    { "app-only", "access token" },
    { "suspended", "suspended" },
    { "locked", "locked" },
    { "usage-capped", "in a month" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(XScene) scene = x_scene_new ();

      x_scene_play (scene, rows[i].kind, 0, HERALD_DEMO_X_NOT_DONE);
      say_many (scene);
      x_scene_advance_s (scene, TWENTY_MINUTES_S);
      assert_held (scene, rows[i].gist);
      g_assert_cmpuint (herald_demo_x_get_n_requests (scene->x, "/2/"), ==, 1);

      herald_outbox_resume (scene->outbox, "feed");
      x_scene_settle (scene);
      g_assert_cmpuint (herald_demo_x_get_n_requests (scene->x, "/2/"), ==, 2);
      assert_held (scene, rows[i].gist);

      herald_demo_x_stop_faults (scene->x);
      herald_outbox_resume (scene->outbox, "feed");
      x_scene_settle (scene);
      g_assert_null (herald_channel_get_problem (scene->channel));
      g_assert_cmpuint (herald_demo_x_get_n_posts (scene->x), ==, N_WAITING);
    }
}

/* X's clock is twelve minutes behind ours, or ours is ahead: it is the same. */
static void
test_wrong_clock_is_named (void)
{
  const HeraldDemoXFault fault = { .kind = "clock", .seconds = -12 * 60 - 30 };
  g_autoptr(XScene) scene = x_scene_new ();

  g_assert_true (herald_demo_x_play (scene->x, &fault));
  say_many (scene);
  assert_held (scene, "12 minutes ahead");
  g_assert_cmpuint (herald_demo_x_get_n_requests (scene->x, "/2/"), ==, 1);
}

/* A doubt from before is not forgotten over a hold. */
static void
test_hold_after_doubt_ends_with_one_post (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  g_auto(XOutcome) outcome = { 0 };
  gint64 id = x_scene_say (scene);

  x_scene_play (scene, "unavailable", 1, HERALD_DEMO_X_DONE);
  x_scene_play (scene, "no-credits", 1, HERALD_DEMO_X_NOT_DONE);
  x_scene_see_through (scene, id, &outcome);
  g_assert_nonnull (herald_channel_get_problem (scene->channel));

  herald_outbox_resume (scene->outbox, "feed");
  x_scene_see_through (scene, id, &outcome);
  g_assert_cmpstr (herald_delivery_state_to_id (outcome.state), ==, "delivered");
  g_assert_cmpuint (outcome.n_posts, ==, 1);
}

/* Nothing of it has left, so it is no doubt. */
static void
test_x_that_is_away_is_tried_by_one_message (void)
{
  g_autoptr(XScene) scene = x_scene_new ();
  HeraldLedger ledger;

  scene->cable->backend_port = 1;
  g_socket_listener_close (scene->cable->listener);
  say_many (scene);
  g_assert_nonnull (strstr (herald_channel_get_wait_reason (scene->channel), "no server answers"));
  herald_outbox_get_ledger (scene->outbox, &ledger);
  g_assert_cmpuint (ledger.waiting, ==, N_WAITING);
  for (gint64 id = 1; id <= N_WAITING; id++)
    {
      g_auto(XOutcome) outcome = { 0 };

      x_scene_look (scene, id, &outcome);
      g_assert_cmpuint (outcome.n_ambiguous, ==, 0);
      g_assert_cmpuint (outcome.n_attempts, ==, id == 1 ? 1 : 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/x-held/once", test_what_needs_a_person_is_asked_once);
  g_test_add_func ("/x-held/clock", test_wrong_clock_is_named);
  g_test_add_func ("/x-held/doubt", test_hold_after_doubt_ends_with_one_post);
  g_test_add_func ("/x-held/away", test_x_that_is_away_is_tried_by_one_message);

  return g_test_run ();
}

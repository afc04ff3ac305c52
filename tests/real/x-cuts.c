/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-x-cuts"

#include "core/channels/x-scene.h"

#include <stdlib.h>

#include "core/base/error.h"

/* x-cuts N: posts go to X over a line that is cut while they are on their way, at every byte of the question and of the
 * answer in turn, until N attempts have ended in doubt; now and then the second attempt is cut, too, or X has trouble of
 * its own. What has been posted is counted at X. The SEED of the dice is printed. */

/* Whoever remembers much asks long; so all begin anew now and then. */
#define MESSAGES_PER_SCENE 200

/* Every position has its turn, and a few hundred are spread over all. */
#define STRIDE 367

/* So that no more than X allows are posted in a quarter of an hour */
#define PAUSE_S 12

/* One in so many second attempts is cut, too; and one in so many first ones meets trouble at X in place of a cut. */
#define SECOND_CUT_IN 4
#define TROUBLE_IN 5

static guint n_wanted;

typedef struct
{
  guint n_messages;
  guint n_cut;
  guint n_in_doubt;
  guint n_delivered;
  guint n_probable;
  guint n_probable_lost;
  guint n_posted_twice;
  guint n_falsely_delivered;
  guint n_lost_unmarked;
  guint n_other;
} Tally;

typedef struct
{
  GRand *dice;
  XScene *scene;
  gsize n_question;
  gsize n_answer;
  gsize position;
  GHashTable *places; /* where it was cut */
  Tally tally;
} Run;

static void
measure (Run *run)
{
  g_auto(XOutcome) outcome = { 0 };

  x_scene_see_through (run->scene, x_scene_say (run->scene), &outcome);
  g_assert_cmpint (outcome.state, ==, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (outcome.n_posts, ==, 1);
  run->n_question = run->scene->cable->n_asked;
  run->n_answer = run->scene->cable->n_answered;
  g_assert_cmpuint (run->n_question, >, 400);
  g_assert_cmpuint (run->n_answer, >, 200);
}

static void
plan_cut (Run   *run,
          gsize  position)
{
  gboolean is_question = position <= run->n_question;
  gsize at_byte = is_question ? position : (position - run->n_question - 1) % (run->n_answer + 1);

  cable_plan (run->scene->cable, is_question ? CABLE_CUT_QUESTION : CABLE_CUT_ANSWER, at_byte,
              g_rand_boolean (run->dice) ? CABLE_RESETS : CABLE_CLOSES);
  run->tally.n_cut++;
  g_hash_table_add (run->places, GSIZE_TO_POINTER (position));
}

static void
play_trouble (Run *run)
{
  static const char *const kinds[] = { "unavailable", "bad-gateway", "error", "empty", "not-json", "edge-busy" };

  x_scene_play (run->scene, kinds[g_rand_int_range (run->dice, 0, G_N_ELEMENTS (kinds))], 1,
                g_rand_boolean (run->dice) ? HERALD_DEMO_X_DONE : HERALD_DEMO_X_NOT_DONE);
}

static void
cut_second_attempt (Run    *run,
                    gint64  id)
{
  g_auto(XOutcome) outcome = { 0 };

  x_scene_try_once (run->scene, id, &outcome);
  plan_cut (run, (gsize) g_rand_int_range (run->dice, 0, (gint32) (run->n_question + run->n_answer + 1)));
}

static void
count (Run            *run,
       const XOutcome *outcome)
{
  Tally *tally = &run->tally;
  gboolean is_delivered = outcome->state == HERALD_DELIVERY_DELIVERED;
  gboolean is_probable = outcome->state == HERALD_DELIVERY_PROBABLE;

  tally->n_messages++;
  tally->n_in_doubt += outcome->n_ambiguous;
  tally->n_delivered += is_delivered;
  tally->n_probable += is_probable;
  tally->n_probable_lost += is_probable && outcome->n_posts == 0;
  tally->n_falsely_delivered += is_delivered && outcome->n_posts == 0;
  tally->n_lost_unmarked += outcome->n_posts == 0 && !(is_probable && outcome->n_ambiguous > 0);
  tally->n_other += !is_delivered && !is_probable;
}

/* Whatever else has come meanwhile */
static void
count_twice (Run *run)
{
  g_autoptr(GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  x_scene_settle (run->scene);
  for (guint i = 0; i < herald_demo_x_get_n_posts (run->scene->x); i++)
    run->tally.n_posted_twice += !g_hash_table_add (texts, herald_demo_x_dup_post_text (run->scene->x, i));
}

static void
send_one (Run *run)
{
  g_auto(XOutcome) outcome = { 0 };
  gint64 id;

  if (g_rand_int_range (run->dice, 0, TROUBLE_IN) == 0)
    play_trouble (run);
  else
    plan_cut (run, run->position % (run->n_question + run->n_answer + 2));
  run->position += STRIDE;

  id = x_scene_say (run->scene);
  if (g_rand_int_range (run->dice, 0, SECOND_CUT_IN) == 0)
    cut_second_attempt (run, id);
  x_scene_see_through (run->scene, id, &outcome);
  count (run, &outcome);
  fake_clock_advance (run->scene->clock, PAUSE_S * 1000);

  /* What was planned for an attempt that was not made is none of the next message. */
  cable_plan (run->scene->cable, CABLE_WHOLE, 0, CABLE_CLOSES);
  herald_demo_x_stop_faults (run->scene->x);
  x_scene_play (run->scene, "no-limits", 0, HERALD_DEMO_X_AS_USUAL);
}

static void
play_scene (Run *run)
{
  run->scene = x_scene_new ();
  measure (run);
  for (guint i = 0; i < MESSAGES_PER_SCENE && run->tally.n_in_doubt < n_wanted; i++)
    send_one (run);
  count_twice (run);
  g_clear_pointer (&run->scene, x_scene_free);
}

static void
test_nothing_is_posted_twice_or_called_posted_that_is_not (void)
{
  guint32 seed = g_getenv ("SEED") != NULL ? (guint32) atoi (g_getenv ("SEED")) : g_random_int ();
  Run run = { .dice = g_rand_new_with_seed (seed), .places = g_hash_table_new (NULL, NULL) };
  const Tally *tally = &run.tally;

  while (tally->n_in_doubt < n_wanted)
    play_scene (&run);
  g_rand_free (run.dice);

  g_test_message ("SEED=%u, question of %" G_GSIZE_FORMAT " bytes, answer of %" G_GSIZE_FORMAT, seed, run.n_question,
                  run.n_answer);
  g_test_message ("%u messages, %u cuts in %u places, %u attempts in doubt: %u delivered, %u probable (%u of them not there)",
                  tally->n_messages, tally->n_cut, g_hash_table_size (run.places), tally->n_in_doubt, tally->n_delivered,
                  tally->n_probable, tally->n_probable_lost);
  g_test_message ("%u posted twice, %u called delivered that are not there, %u lost unmarked, %u ended otherwise",
                  tally->n_posted_twice, tally->n_falsely_delivered, tally->n_lost_unmarked, tally->n_other);
  g_assert_cmpuint (tally->n_posted_twice, ==, 0);
  g_assert_cmpuint (tally->n_falsely_delivered, ==, 0);
  g_assert_cmpuint (tally->n_lost_unmarked, ==, 0);
  g_assert_cmpuint (tally->n_other, ==, 0);
  g_assert_cmpuint (tally->n_delivered + tally->n_probable, ==, tally->n_messages);
  g_assert_cmpuint (tally->n_probable, >, 0);
  g_hash_table_unref (run.places);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  n_wanted = argc > 1 ? (guint) atoi (argv[1]) : 100;

  g_test_add_func ("/x-cuts/in-doubt", test_nothing_is_posted_twice_or_called_posted_that_is_not);

  return g_test_run ();
}

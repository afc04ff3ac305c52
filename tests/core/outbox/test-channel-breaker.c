/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-channel-breaker"

#include "core/outbox/channel-breaker.h"

#define NOW_MS 1000000

static HeraldChannelBreaker
make_breaker (void)
{
  HeraldChannelBreaker breaker = { 0 };

  herald_channel_breaker_reset (&breaker);
  return breaker;
}

static void
fail (HeraldChannelBreaker *breaker,
      guint                 retry_after_s)
{
  herald_channel_breaker_note_failure (breaker, breaker->epoch, retry_after_s, 0.999999, NOW_MS);
}

/* Whether a password is right is found out once, not four times at once. */
static void
test_unknown_channel_is_tried_by_one (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  g_assert_true (herald_channel_breaker_admits (&breaker, 0, NOW_MS));
  g_assert_false (herald_channel_breaker_admits (&breaker, 1, NOW_MS));
}

static void
test_each_success_makes_it_wider (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  herald_channel_breaker_note_answer (&breaker, breaker.epoch);
  g_assert_true (herald_channel_breaker_admits (&breaker, 1, NOW_MS));
  g_assert_false (herald_channel_breaker_admits (&breaker, 2, NOW_MS));
  for (guint i = 0; i < 10; i++)
    herald_channel_breaker_note_answer (&breaker, breaker.epoch);
  g_assert_true (herald_channel_breaker_admits (&breaker, 3, NOW_MS));
  g_assert_false (herald_channel_breaker_admits (&breaker, 4, NOW_MS));
}

static void
test_first_probe_comes_within_ten_seconds (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  fail (&breaker, 0);
  g_assert_true (herald_channel_breaker_is_open (&breaker));
  g_assert_false (herald_channel_breaker_admits (&breaker, 0, NOW_MS + 4999));
  g_assert_true (herald_channel_breaker_admits (&breaker, 0, NOW_MS + 10000));
  g_assert_false (herald_channel_breaker_admits (&breaker, 1, NOW_MS + 10000));
}

/* F96 */
static void
test_waits_grow_to_a_quarter_of_an_hour (void)
{
  HeraldChannelBreaker breaker = make_breaker ();
  gint64 wait_ms = 0;

  for (guint i = 0; i < 50; i++)
    {
      gint64 before_ms = wait_ms;

      fail (&breaker, 0);
      wait_ms = breaker.until_boot_ms - NOW_MS;
      g_assert_cmpint (wait_ms, >=, before_ms);
      g_assert_cmpint (wait_ms, <=, 15 * 60 * 1000);
    }
  g_assert_cmpint (wait_ms, >, 14 * 60 * 1000);
}

static void
test_four_that_fail_together_are_one_failure (void)
{
  HeraldChannelBreaker breaker = make_breaker ();
  guint epoch = breaker.epoch;

  for (guint i = 0; i < 4; i++)
    herald_channel_breaker_note_failure (&breaker, epoch, 0, 0.5, NOW_MS);
  g_assert_cmpuint (breaker.n_failures, ==, 1);
}

static void
test_one_answer_closes_it (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  for (guint i = 0; i < 5; i++)
    fail (&breaker, 0);
  herald_channel_breaker_note_answer (&breaker, breaker.epoch);
  g_assert_false (herald_channel_breaker_is_open (&breaker));
  g_assert_true (herald_channel_breaker_admits (&breaker, 1, NOW_MS));
}

/* Of four connections the server takes three and asks the fourth to wait: those three prove nothing. */
static void
test_answer_from_before_the_failure_does_not_close_it (void)
{
  HeraldChannelBreaker breaker = make_breaker ();
  guint epoch = breaker.epoch;

  fail (&breaker, 0);
  herald_channel_breaker_note_answer (&breaker, epoch);
  g_assert_true (herald_channel_breaker_is_open (&breaker));
}

static void
test_what_the_server_asks_for_is_kept (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  fail (&breaker, 3600);
  g_assert_false (herald_channel_breaker_admits (&breaker, 0, NOW_MS + 3599 * 1000));
  g_assert_true (herald_channel_breaker_admits (&breaker, 0, NOW_MS + 3605 * 1000));

  /* The network coming back changes nothing about it, a person who insists does. */
  herald_channel_breaker_hurry (&breaker, FALSE);
  g_assert_false (herald_channel_breaker_admits (&breaker, 0, NOW_MS));
  herald_channel_breaker_hurry (&breaker, TRUE);
  g_assert_true (herald_channel_breaker_admits (&breaker, 0, NOW_MS));
}

static void
test_longer_wait_of_a_late_answer_counts (void)
{
  HeraldChannelBreaker breaker = make_breaker ();
  guint epoch = breaker.epoch;

  fail (&breaker, 0);
  herald_channel_breaker_note_failure (&breaker, epoch, 600, 0, NOW_MS);
  g_assert_cmpuint (breaker.n_failures, ==, 1);
  g_assert_false (herald_channel_breaker_admits (&breaker, 0, NOW_MS + 599 * 1000));
}

static void
test_network_that_is_back_is_tried_at_once (void)
{
  HeraldChannelBreaker breaker = make_breaker ();

  for (guint i = 0; i < 20; i++)
    fail (&breaker, 0);
  herald_channel_breaker_hurry (&breaker, FALSE);
  g_assert_true (herald_channel_breaker_admits (&breaker, 0, NOW_MS));
  g_assert_false (herald_channel_breaker_admits (&breaker, 1, NOW_MS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channel-breaker/unknown", test_unknown_channel_is_tried_by_one);
  g_test_add_func ("/channel-breaker/wider", test_each_success_makes_it_wider);
  g_test_add_func ("/channel-breaker/first-probe", test_first_probe_comes_within_ten_seconds);
  g_test_add_func ("/channel-breaker/f96-waits", test_waits_grow_to_a_quarter_of_an_hour);
  g_test_add_func ("/channel-breaker/together", test_four_that_fail_together_are_one_failure);
  g_test_add_func ("/channel-breaker/closes", test_one_answer_closes_it);
  g_test_add_func ("/channel-breaker/old-answer", test_answer_from_before_the_failure_does_not_close_it);
  g_test_add_func ("/channel-breaker/asked", test_what_the_server_asks_for_is_kept);
  g_test_add_func ("/channel-breaker/late", test_longer_wait_of_a_late_answer_counts);
  g_test_add_func ("/channel-breaker/network", test_network_that_is_back_is_tried_at_once);

  return g_test_run ();
}

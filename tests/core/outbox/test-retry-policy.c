/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-retry-policy"

#include "core/outbox/retry-policy.h"

#include "core/base/error.h"

#define HOUR_MS (60 * 60 * 1000)

static HeraldDecision
decide (HeraldError code,
        guint       retry_after_s,
        gboolean    is_committed,
        guint       n_attempts,
        guint       n_ambiguous,
        double      luck)
{
  g_autoptr(GError) error = g_error_new_literal (HERALD_ERROR, (int) code, "x");
  HeraldFailure failure = { .error = error, .is_committed = is_committed,
                            .n_attempts = n_attempts, .n_ambiguous = n_ambiguous, .n_resends_max = 1,
                            .remaining_ms = 48 * HOUR_MS, .luck = luck };

  herald_error_set_retry_after (error, retry_after_s);
  return herald_retry_policy_decide (&failure);
}

static void
test_delay_grows_within_its_bounds (void)
{
  static const struct
  {
    guint n_attempts;
    guint retry_after_s;
    gint64 least_ms;
    gint64 most_ms;
  } rows[] = {
    { 1, 0, 5000, 10000 },
    { 2, 0, 5000, 60000 },
    { 5, 0, 5000, 480000 },
    { 100, 0, 5000, 900000 },
    { 1, 120, 120000, 124000 },
    { 9, 1, 1000, 5000 },
    { 1, 1000000, 87300000, 87300000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 least_ms = decide (HERALD_ERROR_UNREACHABLE, rows[i].retry_after_s, FALSE,
                                rows[i].n_attempts, 0, 0.0).delay_ms;
      gint64 most_ms = decide (HERALD_ERROR_UNREACHABLE, rows[i].retry_after_s, FALSE,
                               rows[i].n_attempts, 0, 0.999999).delay_ms;

      g_assert_cmpint (least_ms, ==, rows[i].least_ms);
      g_assert_cmpint (most_ms, <=, rows[i].most_ms);
      g_assert_cmpint (most_ms, >=, rows[i].most_ms - 2);
    }
}

static void
test_lost_answer_is_ambiguous_only_after_the_point_of_no_return (void)
{
  g_assert_false (decide (HERALD_ERROR_UNREACHABLE, 0, FALSE, 1, 0, 0.5).is_ambiguous);
  g_assert_true (decide (HERALD_ERROR_UNREACHABLE, 0, TRUE, 1, 0, 0.5).is_ambiguous);
  g_assert_false (decide (HERALD_ERROR_BUSY, 0, TRUE, 1, 0, 0.5).is_ambiguous);
  g_assert_cmpint (decide (HERALD_ERROR_PROTOCOL, 0, TRUE, 2, 1, 0.5).state, ==,
                   HERALD_DELIVERY_PROBABLE);
  g_assert_cmpint (decide (HERALD_ERROR_REJECTED, 0, TRUE, 2, 1, 0.5).state, ==,
                   HERALD_DELIVERY_REJECTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retry-policy/delay", test_delay_grows_within_its_bounds);
  g_test_add_func ("/retry-policy/ambiguous",
                   test_lost_answer_is_ambiguous_only_after_the_point_of_no_return);

  return g_test_run ();
}

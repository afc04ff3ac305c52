/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-trial"

#include "outbox-fixture.h"

#include <string.h>

#include "core/base/error.h"

static void
fail_with (Fixture     *fixture,
           HeraldError  code)
{
  fixture->channel->code = (int) code;
  fixture->channel->commits = FALSE;
}

static void
mend_channel (Fixture *fixture)
{
  fixture->channel->code = -1;
  fixture->channel->commits = TRUE;
}

/* One has failed, another waits behind it. */
static void
stop_channel (Fixture     *fixture,
              HeraldError  code)
{
  fail_with (fixture, code);
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_CUSTOM, "first");
  fixture_say (fixture, HERALD_KIND_CUSTOM, "second");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
test_f106_test_passes_what_waits (Fixture       *fixture,
                                  gconstpointer  data)
{
  gint64 id;

  stop_channel (fixture, HERALD_ERROR_UNREACHABLE);
  mend_channel (fixture);
  id = fixture_say (fixture, HERALD_KIND_TEST, "test");
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_DELIVERED);
  g_assert_null (herald_channel_get_wait_reason (HERALD_CHANNEL (fixture->channel)));
}

static void
test_f106_test_is_tried_on_a_held_channel (Fixture       *fixture,
                                           gconstpointer  data)
{
  gint64 id;

  stop_channel (fixture, HERALD_ERROR_UNAUTHORIZED);
  g_assert_nonnull (herald_channel_get_problem (HERALD_CHANNEL (fixture->channel)));
  mend_channel (fixture);
  id = fixture_say (fixture, HERALD_KIND_TEST, "test");
  fixture_spin ();
  fixture_assert_state (fixture, id, HERALD_DELIVERY_DELIVERED);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

/* A password that is wrong is wrong for everybody. */
static void
test_failed_test_is_no_test_any_more (Fixture       *fixture,
                                      gconstpointer  data)
{
  stop_channel (fixture, HERALD_ERROR_UNAUTHORIZED);
  fixture_say (fixture, HERALD_KIND_TEST, "test");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);

  fake_clock_advance (fixture->clock, 60 * 1000);
  fixture_look_again (fixture);
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 2);
}

static void
test_channel_that_is_switched_off_is_not_tried (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, "enabled", "false");
  herald_channel_set_settings (HERALD_CHANNEL (fixture->channel), settings);
  herald_outbox_start (fixture->outbox);
  fixture_say (fixture, HERALD_KIND_TEST, "test");
  fixture_spin ();
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
}

static void
test_last_attempt_is_known (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(HeraldAttemptRecord) record = NULL;

  stop_channel (fixture, HERALD_ERROR_UNREACHABLE);
  record = herald_outbox_query_attempt (fixture->outbox, 1);
  g_assert_cmpstr (record->step, ==, "start");
  g_assert_cmpint (record->code, ==, 0);
  g_assert_null (herald_outbox_query_attempt (fixture->outbox, 2));
  g_assert_null (herald_outbox_query_attempt (fixture->outbox, 99));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_ADD ("/outbox/trial/f106-passes-what-waits", NULL, test_f106_test_passes_what_waits);
  FIXTURE_ADD ("/outbox/trial/f106-held-channel", NULL, test_f106_test_is_tried_on_a_held_channel);
  FIXTURE_ADD ("/outbox/trial/once", NULL, test_failed_test_is_no_test_any_more);
  FIXTURE_ADD ("/outbox/trial/switched-off", NULL, test_channel_that_is_switched_off_is_not_tried);
  FIXTURE_ADD ("/outbox/trial/last-attempt", NULL, test_last_attempt_is_known);

  return g_test_run ();
}

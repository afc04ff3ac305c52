/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-desk-walk"

#include "outbox-fixture.h"

/* A walk that fails is walked again with `--seed`. */
#define N_WALKS 4
#define N_STEPS 120

#define AWAY_MS (5 * 60 * 1000)
#define HOLD_MS 8000

static void
step (Fixture *fixture,
      gint64  *events,
      guint   *n_said)
{
  g_autofree char *name = g_strdup_printf ("m%u", *n_said);
  gint64 some = *n_said > 0 ? events[g_test_rand_int_range (0, (gint32) *n_said)] : 0;

  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      herald_outbox_release_desk (fixture->outbox, some, HOLD_MS, NULL);
      break;
    case 1:
      herald_outbox_end_desk (fixture->outbox, some, NULL);
      break;
    case 2:
      if (some != 0)
        fixture_illustrate (fixture, some, "one", "a picture");
      break;
    case 3:
      herald_outbox_release (fixture->outbox, some, NULL);
      break;
    case 4:
      herald_outbox_discard (fixture->outbox, g_test_rand_int_range (1, N_STEPS), NULL);
      break;
    case 5:
      fake_clock_advance (fixture->clock, g_test_rand_int_range (0, 2 * HOLD_MS));
      fixture_look_again (fixture);
      break;
    default:
      fixture->desk_ms = g_test_rand_bit () ? AWAY_MS : 0;
      events[(*n_said)++] = fixture_say_held (fixture, HERALD_KIND_PRINT_DONE, name,
                                              g_test_rand_bit () ? HOLD_MS : 0, g_test_rand_bit ());
    }
}

/* In any order of what can happen to it, each ends, and the sum adds up. */
static void
test_whatever_happens_all_end (Fixture       *fixture,
                               gconstpointer  data)
{
  gint64 events[N_STEPS] = { 0 };
  guint n_said = 0;
  HeraldLedger ledger;

  herald_outbox_start (fixture->outbox);
  for (guint i = 0; i < N_STEPS; i++)
    {
      step (fixture, events, &n_said);
      if (g_test_rand_bit ())
        fixture_spin ();
    }

  for (guint i = 0; i < n_said; i++)
    herald_outbox_release_desk (fixture->outbox, events[i], HOLD_MS, NULL);
  fake_clock_advance (fixture->clock, 2 * HOLD_MS);
  fixture_look_again (fixture);
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.total, ==, n_said);
  g_assert_cmpuint (ledger.waiting + ledger.held, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_WALKS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/outbox/desk-walk/%u", i);

      FIXTURE_ADD (path, NULL, test_whatever_happens_all_end);
    }

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-outbox-walk"

#include "outbox-fixture.h"

#include "core/base/error.h"

/* Whatever has happened to a channel, in whatever order: it sends again when nothing stands in the way any more, and
 * nothing is lost meanwhile. A walk that fails is walked again with `--seed`. */

#define N_WALKS 4
#define N_STEPS 80
#define N_PRINTERS 5
#define N_MARKS 4

/* The longest wait of its own is 15 minutes, the longest a server names here is 20. */
#define ASKED_MAX_S (20 * 60)
#define PATIENCE_MS (8 * 60 * 1000)

static GRand *chance;

static gint64
say_next (Fixture *fixture)
{
  static guint n_said = 0;
  g_autofree char *printer = g_strdup_printf ("mk%d", g_rand_int_range (chance, 0, N_PRINTERS));
  g_autofree char *key = g_strdup_printf ("message %u", ++n_said);

  return fixture_say_by (fixture, printer, key);
}

static void
say_test (Fixture *fixture)
{
  static guint n_tests = 0;
  g_autofree char *key = g_strdup_printf ("test %u", ++n_tests);

  fixture_say (fixture, HERALD_KIND_TEST, key);
}

/* The other side changes its mind. */
static void
change_answer (Fixture *fixture)
{
  static const int codes[] = {
    -1, -1, HERALD_ERROR_UNREACHABLE, HERALD_ERROR_UNREACHABLE, HERALD_ERROR_BUSY, HERALD_ERROR_BUSY,
    HERALD_ERROR_UNAUTHORIZED, HERALD_ERROR_REJECTED, HERALD_ERROR_PROTOCOL, HERALD_ERROR_AMBIGUOUS,
  };
  FakeChannel *channel = fixture->channel;

  channel->code = codes[g_rand_int_range (chance, 0, G_N_ELEMENTS (codes))];
  channel->commits = channel->code < 0 || g_rand_boolean (chance);
  channel->scope = (HeraldErrorScope) g_rand_int_range (chance, 0, HERALD_ERROR_SCOPE_CHANNEL + 1);
  channel->retry_after_s = g_rand_boolean (chance) ? (guint) g_rand_int_range (chance, 0, ASKED_MAX_S) : 0;
}

static void
switch_channel (Fixture    *fixture,
                const char *enabled)
{
  g_autoptr(HeraldValues) settings = herald_values_new ();

  herald_values_set (settings, "enabled", enabled);
  herald_channel_set_settings (HERALD_CHANNEL (fixture->channel), settings);
}

static void
start_anew (Fixture *fixture)
{
  fixture_close (fixture);
  fixture_open (fixture);
  herald_outbox_start (fixture->outbox);
}

static void
pass_time (Fixture *fixture)
{
  fake_clock_advance (fixture->clock, g_rand_int_range (chance, 0, PATIENCE_MS));
  fixture_look_again (fixture);
}

static void
walk_step (Fixture *fixture)
{
  gint64 some = g_rand_int_range (chance, 1, N_STEPS);

  switch (g_rand_int_range (chance, 0, 17))
    {
    case 0:
      say_test (fixture);
      break;
    case 1:
    case 2:
    case 3:
      change_answer (fixture);
      break;
    case 4:
    case 5:
      pass_time (fixture);
      break;
    case 6:
      herald_outbox_resume (fixture->outbox, g_rand_boolean (chance) ? "one" : NULL);
      break;
    case 7:
      herald_outbox_retry (fixture->outbox, some, NULL);
      break;
    case 8:
      herald_outbox_discard (fixture->outbox, some, NULL);
      break;
    case 9:
      switch_channel (fixture, g_rand_boolean (chance) ? "true" : "false");
      break;
    case 10:
      herald_outbox_restore (fixture->outbox, some, NULL);
      break;
    case 11:
      start_anew (fixture);
      break;
    default:
      say_next (fixture);
    }
}

/* It ends with a failure; then all is well, and only what needs a person is done by one. */
static void
mend_channel (Fixture *fixture)
{
  do
    change_answer (fixture);
  while (fixture->channel->code < 0 || fixture->channel->code == HERALD_ERROR_UNAUTHORIZED);
  say_next (fixture);
  fixture_spin ();

  fixture->channel->code = -1;
  fixture->channel->commits = TRUE;
  if (!herald_channel_get_enabled (HERALD_CHANNEL (fixture->channel)))
    switch_channel (fixture, "true");
  if (herald_channel_get_problem (HERALD_CHANNEL (fixture->channel)) != NULL)
    herald_outbox_resume (fixture->outbox, "one");
}

static void
test_channel_that_is_mended_sends (Fixture       *fixture,
                                   gconstpointer  data)
{
  gint64 marks[N_MARKS];
  HeraldLedger ledger;

  chance = g_rand_new_with_seed ((guint32) g_test_rand_int () + GPOINTER_TO_UINT (data));
  herald_outbox_start (fixture->outbox);
  for (guint i = 0; i < N_STEPS; i++)
    {
      walk_step (fixture);
      if (g_rand_boolean (chance))
        fixture_spin ();
    }

  mend_channel (fixture);
  for (guint i = 0; i < N_MARKS; i++)
    {
      g_autoptr(GPtrArray) rows = NULL;

      say_next (fixture);
      rows = fixture_query (fixture, 0);
      marks[i] = ((HeraldDelivery *) rows->pdata[0])->id;
    }
  fixture_spin ();
  for (guint i = 0; i * PATIENCE_MS <= ASKED_MAX_S * 1000; i++)
    {
      fake_clock_advance (fixture->clock, PATIENCE_MS);
      fixture_look_again (fixture);
    }

  for (guint i = 0; i < N_MARKS; i++)
    fixture_assert_state (fixture, marks[i], HERALD_DELIVERY_DELIVERED);
  herald_outbox_get_ledger (fixture->outbox, &ledger);
  g_assert_cmpuint (ledger.waiting + ledger.held, ==, 0);
  g_assert_null (herald_channel_get_wait_reason (HERALD_CHANNEL (fixture->channel)));
  g_clear_pointer (&chance, g_rand_free);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_WALKS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/outbox/walk/%u", i);

      FIXTURE_ADD (path, GUINT_TO_POINTER (i), test_channel_that_is_mended_sends);
    }

  return g_test_run ();
}

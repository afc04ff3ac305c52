/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-engine-sleep"

#include "core/engine.h"

#include "core/outbox/fake-channel.h"
#include "core/printers/printer-class.h"
#include "core/routing/message-change.h"
#include "fixtures/fake-printer.h"
#include "fixtures/simulated-time.h"

typedef struct
{
  char *folder;
  HeraldEngine *engine;
  FakeChannel *channel;
  FakePrinter *printer;
} Fixture;

static gboolean
on_passed (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
let_pass (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, on_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
say (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (herald_engine_send (fixture->engine, HERALD_KIND_CUSTOM, "Title", "Text", "all", NULL, &error), >, 0);
  g_assert_no_error (error);
  let_pass (1000);
}

static void
tell_of_network (void)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("engine-sleep-XXXXXX", NULL);
  fixture->engine = herald_engine_new (fixture->folder, fixture->folder, no_types, &error);
  g_assert_no_error (error);
  fixture->channel = fake_channel_new_mail ("fake");
  g_list_store_append (G_LIST_STORE (herald_engine_get_channels (fixture->engine)), fixture->channel);
  fixture->printer = fake_printer_new ("mk3");
  g_list_store_append (G_LIST_STORE (herald_engine_get_printers (fixture->engine)), fixture->printer);
  herald_printer_set_connection (HERALD_PRINTER (fixture->printer), HERALD_CONNECTION_CONNECTED, NULL);
  herald_engine_start (fixture->engine);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  const char *const command[] = { "rm", "-r", fixture->folder, NULL };

  herald_engine_stop (fixture->engine);
  g_assert_finalize_object (fixture->engine);
  g_assert_finalize_object (fixture->printer);
  g_clear_object (&fixture->channel);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
}

static void
test_woken_once (Fixture       *fixture,
                 gconstpointer  user_data)
{
  herald_engine_wake (fixture->engine);
  g_assert_cmpuint (fixture->printer->n_wakes, ==, 0);

  for (guint i = 1; i <= 3; i++)
    {
      herald_engine_prepare_for_sleep (fixture->engine);
      herald_engine_prepare_for_sleep (fixture->engine);
      herald_engine_wake (fixture->engine);
      herald_engine_wake (fixture->engine);
      g_assert_cmpuint (fixture->printer->n_wakes, ==, i);
    }
  let_pass (60 * 1000);
  g_assert_cmpuint (fixture->printer->n_wakes, ==, 3);
}

static void
test_nothing_is_begun_until_it_is_awake (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  herald_engine_prepare_for_sleep (fixture->engine);
  say (fixture);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  g_assert_false (herald_engine_is_sending (fixture->engine));
  herald_engine_wake (fixture->engine);
  let_pass (1000);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

static void
count (guint *n_times)
{
  (*n_times)++;
}

static void
on_asked (HeraldDesk *desk)
{
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  const HeraldPresence presence = { HERALD_PRESENCE_PRESENT, 0, herald_clock_get_boot_ms (clock), TRUE };

  herald_desk_set_presence (desk, &presence);
}

static void
sit_at_the_desk (Fixture *fixture)
{
  HeraldDesk *desk = herald_engine_get_desk (fixture->engine);
  g_autoptr(FakeChannel) desktop = fake_channel_new ("desktop");
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GError) error = NULL;

  g_list_store_append (G_LIST_STORE (herald_engine_get_channels (fixture->engine)), desktop);
  herald_values_set (values, HERALD_DESK_OPTION, "5");
  g_assert_true (herald_message_settings_change (herald_engine_get_config (fixture->engine), HERALD_KIND_CUSTOM, NULL, values,
                                                 &error));
  g_signal_connect (desk, "asked", G_CALLBACK (on_asked), NULL);
}

/* Nobody sees it on a screen that is off, and in the morning it is no news. */
static void
test_what_waits_for_somebody_goes_before_the_sleep (Fixture       *fixture,
                                                    gconstpointer  user_data)
{
  sit_at_the_desk (fixture);
  say (fixture);
  g_assert_true (herald_desk_is_waiting (herald_engine_get_desk (fixture->engine)));
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  fixture->channel->code = -2;
  herald_engine_prepare_for_sleep (fixture->engine);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_true (herald_engine_is_sending (fixture->engine));
}

static void
test_what_waited_through_the_sleep_goes_after_it (Fixture       *fixture,
                                                  gconstpointer  user_data)
{
  sit_at_the_desk (fixture);
  herald_engine_prepare_for_sleep (fixture->engine);
  say (fixture);
  g_assert_true (herald_desk_is_waiting (herald_engine_get_desk (fixture->engine)));
  herald_engine_wake (fixture->engine);
  g_assert_false (herald_desk_is_waiting (herald_engine_get_desk (fixture->engine)));
  let_pass (1000);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
}

/* logind may die, or the sleep be called off, and nobody says that the computer is awake. */
static void
test_sleep_that_does_not_come (Fixture       *fixture,
                               gconstpointer  user_data)
{
  guint n_times = 0;

  g_signal_connect_swapped (fixture->engine, "stays-awake", G_CALLBACK (count), &n_times);
  herald_engine_prepare_for_sleep (fixture->engine);
  say (fixture);
  let_pass (50 * 1000);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 0);
  g_assert_cmpuint (n_times, ==, 0);
  let_pass (15 * 1000);
  g_assert_cmpuint (n_times, ==, 1);
  g_assert_cmpuint (fixture->channel->n_attempts, ==, 1);
  g_assert_cmpuint (fixture->printer->n_wakes, ==, 0);
}

static void
test_what_is_under_way_is_known (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  fixture->channel->code = -2;
  fixture->channel->commits = GPOINTER_TO_INT (user_data);
  say (fixture);
  g_assert_true (herald_engine_is_sending (fixture->engine));
  herald_engine_prepare_for_sleep (fixture->engine);
  g_assert_true (herald_engine_is_sending (fixture->engine));
}

static void
test_stopped_in_between (Fixture       *fixture,
                         gconstpointer  user_data)
{
  herald_engine_prepare_for_sleep (fixture->engine);
  herald_engine_stop (fixture->engine);
  herald_engine_wake (fixture->engine);
  let_pass (70 * 1000);
  g_assert_cmpuint (fixture->printer->n_wakes, ==, 0);
}

static void
test_only_who_is_out_of_reach_is_hurried (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  static const struct
  {
    HeraldConnection connection;
    guint n_hurries;
  } rows[] = {
    { HERALD_CONNECTION_CONNECTED, 0 },    { HERALD_CONNECTION_STARTING, 0 },  { HERALD_CONNECTION_UNAUTHORIZED, 0 },
    { HERALD_CONNECTION_UNTRUSTED, 0 },    { HERALD_CONNECTION_DISABLED, 0 },  { HERALD_CONNECTION_UNREACHABLE, 1 },
    { HERALD_CONNECTION_CONNECTING, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      herald_printer_set_connection (HERALD_PRINTER (fixture->printer), rows[i].connection, NULL);
      fixture->printer->n_hurries = 0;
      tell_of_network ();
      let_pass (2000);
      g_assert_cmpuint (fixture->printer->n_hurries, ==, rows[i].n_hurries);
    }
}

static void
test_burst_is_one (Fixture       *fixture,
                   gconstpointer  user_data)
{
  herald_printer_set_connection (HERALD_PRINTER (fixture->printer), HERALD_CONNECTION_UNREACHABLE, NULL);
  for (guint i = 0; i < 30; i++)
    {
      tell_of_network ();
      let_pass (100);
    }
  g_assert_cmpuint (fixture->printer->n_hurries, ==, 0);
  let_pass (1000);
  g_assert_cmpuint (fixture->printer->n_hurries, ==, 1);

  /* A contact that is loose for a minute */
  fixture->printer->n_hurries = 0;
  for (guint i = 0; i < 120; i++)
    {
      tell_of_network ();
      let_pass (500);
    }
  g_assert_cmpuint (fixture->printer->n_hurries, >=, 10);
  g_assert_cmpuint (fixture->printer->n_hurries, <=, 13);
}

int
main (int    argc,
      char **argv)
{
  simulated_time_begin ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, function) g_test_add ("/engine-sleep/" name, Fixture, data, set_up, function, tear_down)
  ADD ("woken once", NULL, test_woken_once);
  ADD ("nothing is begun until it is awake", NULL, test_nothing_is_begun_until_it_is_awake);
  ADD ("what waits for somebody goes before the sleep", NULL, test_what_waits_for_somebody_goes_before_the_sleep);
  ADD ("what waited through the sleep goes after it", NULL, test_what_waited_through_the_sleep_goes_after_it);
  ADD ("sleep that does not come", NULL, test_sleep_that_does_not_come);
  ADD ("what is under way is known", NULL, test_what_is_under_way_is_known);
  ADD ("what is past the point of no return is known", GINT_TO_POINTER (TRUE), test_what_is_under_way_is_known);
  ADD ("stopped in between", NULL, test_stopped_in_between);
  ADD ("only who is out of reach is hurried", NULL, test_only_who_is_out_of_reach_is_hurried);
  ADD ("burst is one", NULL, test_burst_is_one);

  return g_test_run ();
}

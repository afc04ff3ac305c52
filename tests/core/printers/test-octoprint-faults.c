/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-faults"

#include "fixtures/watched-printer.h"

/* Whatever a server does on its socket: we leave, say why in one sentence, and come back. */
static void
test_survives_a_bad_socket (WatchedPrinter *fixture,
                            gconstpointer   user_data)
{
  const HeraldDemoFault fault = (HeraldDemoFault) GPOINTER_TO_INT (user_data);

  watched_printer_start (fixture);
  watched_printer_play (fixture, fault);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
  g_assert_nonnull (herald_printer_get_problem (fixture->printer));
  watched_printer_play (fixture, HERALD_DEMO_FAULT_NONE);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_CONNECTED);
  g_assert_null (herald_printer_get_problem (fixture->printer));
  g_assert_cmpstr (fixture->told->str, ==, "");
}

/* Things a server may send without harm: we stay. */
/* What is wrong with the server or the key, before any socket is opened. */
static void
test_says_why_there_is_no_connection (WatchedPrinter *fixture,
                                      gconstpointer   user_data)
{
  static const struct
  {
    HeraldDemoFault fault;
    const char *key;
    HeraldConnection connection;
  } rows[] = {
    { HERALD_DEMO_FAULT_NONE, "WRONGKEY", HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_NONE, NULL, HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_REVOKED, WATCHED_PRINTER_KEY, HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_NO_STATUS, WATCHED_PRINTER_KEY, HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_NOT_OCTOPRINT, WATCHED_PRINTER_KEY, HERALD_CONNECTION_UNREACHABLE },
    { HERALD_DEMO_FAULT_UNAVAILABLE, WATCHED_PRINTER_KEY, HERALD_CONNECTION_STARTING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      watched_printer_play (fixture, rows[i].fault);
      watched_printer_write_key (fixture, rows[i].key);
      herald_printer_start (fixture->printer);
      watched_printer_await_connection (fixture, rows[i].connection);
      g_assert_nonnull (herald_printer_get_problem (fixture->printer));
      herald_printer_stop (fixture->printer);
    }
}

static void
test_key_does_not_follow_a_redirect (WatchedPrinter *fixture,
                                     gconstpointer   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDemoPrinter) elsewhere = herald_demo_printer_new ("Elsewhere", WATCHED_PRINTER_KEY, 0, 1, &error);
  g_autofree char *location = NULL;

  g_assert_no_error (error);
  location = g_strdup_printf ("http://127.0.0.1:%u", herald_demo_printer_get_port (elsewhere));
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_REDIRECT, 0, location);
  herald_printer_start (fixture->printer);
  watched_printer_await_connection (fixture, HERALD_CONNECTION_UNAUTHORIZED);

  g_assert_nonnull (strstr (herald_printer_get_problem (fixture->printer), location));
  g_assert_cmpuint (herald_demo_printer_get_n_keyed (fixture->server), >, 0);
  g_assert_cmpuint (herald_demo_printer_get_n_keyed (elsewhere), ==, 0);
}

/* The heartbeat comes every 25 s; two missed ones and some patience are 60 s. */
static void
test_silence_is_noticed (WatchedPrinter *fixture,
                         gconstpointer   user_data)
{
  gint64 begin_us;
  double waited_s;

  watched_printer_start (fixture);
  /* Half a frame, and then nothing more: the bytes that came are no sign of life. */
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_SILENCE, 0, NULL);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_HALF_FRAME, 0, NULL);
  begin_us = g_get_monotonic_time ();
  do
    {
      watched_printer_let_pass (500);
      waited_s = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
    }
  while (waited_s < 90 && herald_printer_get_connection (fixture->printer) == HERALD_CONNECTION_CONNECTED);

  g_assert_cmpfloat (waited_s, >, 30);
  g_assert_cmpfloat (waited_s, <, 65);
}

#define ADD(path, func, data) \
  g_test_add (path, WatchedPrinter, data, watched_printer_set_up, func, watched_printer_tear_down)

int
main (int    argc,
      char **argv)
{
  static const HeraldDemoFault bad[] = { HERALD_DEMO_FAULT_DROP, HERALD_DEMO_FAULT_CLOSE_FRAME,
                                         HERALD_DEMO_FAULT_HUGE, HERALD_DEMO_FAULT_FRAGMENTS,
                                         HERALD_DEMO_FAULT_REFUSE, HERALD_DEMO_FAULT_STARTING };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/octoprint-faults/bad-socket/%u", bad[i]);

      ADD (path, test_survives_a_bad_socket, GINT_TO_POINTER (bad[i]));
    }
  ADD ("/octoprint-faults/why", test_says_why_there_is_no_connection, NULL);
  ADD ("/octoprint-faults/redirect", test_key_does_not_follow_a_redirect, NULL);
  ADD ("/octoprint-faults/silence", test_silence_is_noticed, NULL);

  return g_test_run ();
}

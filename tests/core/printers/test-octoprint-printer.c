/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-octoprint-printer"

#include "core/printers/octoprint/octoprint-printer.h"

#include <glib/gstdio.h>

#include "core/printers/octoprint/octoprint-settings.h"
#include "demo/demo-printer.h"

#define KEY "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
#define WAIT_MS (20 * 1000)

/* A watcher and a simulated server in one process, with the key where systemd would put it. */
typedef struct
{
  char *credentials;
  HeraldDemoPrinter *server;
  HeraldSecretStore *secrets;
  HeraldPrinter *printer;
  GString *told;
} Fixture;

static void
on_event_detected (HeraldPrinter *printer,
                   HeraldEvent   *event,
                   gpointer       user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->told, "%s%s", fixture->told->len > 0 ? " " : "",
                          herald_event_kind_get_info (event->kind)->id);
}

static void
write_key (Fixture    *fixture,
           const char *key)
{
  g_autofree char *path = g_build_filename (fixture->credentials, "mk3.key", NULL);
  g_autoptr(GError) error = NULL;

  if (key == NULL)
    g_unlink (path);
  else
    g_file_set_contents (path, key, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
  g_autoptr(HeraldClock) clock = herald_clock_new ();
  g_autoptr(HeraldValues) settings = herald_values_new ();
  g_autofree char *url = NULL;

  fixture->credentials = g_dir_make_tmp ("octoherald-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("CREDENTIALS_DIRECTORY", fixture->credentials, TRUE);
  write_key (fixture, KEY);

  fixture->server = herald_demo_printer_new ("MK3", KEY, 0, 10, &error);
  g_assert_no_error (error);
  url = herald_demo_printer_dup_url (fixture->server);
  herald_values_set (settings, "name", "MK3");
  herald_values_set (settings, "url", url);
  herald_octoprint_settings_check (settings, &error);
  g_assert_no_error (error);

  fixture->told = g_string_new (NULL);
  fixture->secrets = herald_secret_store_new ();
  fixture->printer = herald_octoprint_printer_new ("mk3", settings, http, fixture->secrets, clock);
  herald_printer_set_progress_step (fixture->printer, 50);
  g_signal_connect (fixture->printer, "event-detected", G_CALLBACK (on_event_detected), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  herald_printer_stop (fixture->printer);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->printer);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->secrets);
  write_key (fixture, NULL);
  g_rmdir (fixture->credentials);
  g_free (fixture->credentials);
  g_string_free (fixture->told, TRUE);
}

static gboolean
on_wait_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
await_connection (Fixture          *fixture,
                  HeraldConnection  connection)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_wait_timeout, &late);

  while (!late && herald_printer_get_connection (fixture->printer) != connection)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (herald_connection_to_string (herald_printer_get_connection (fixture->printer)), ==,
                   herald_connection_to_string (connection));
  g_assert_false (late);
  g_source_remove (timeout);
}

static void
await_told (Fixture    *fixture,
            const char *expected)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_wait_timeout, &late);

  while (!late && !g_str_has_suffix (fixture->told->str, expected))
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_source_remove (timeout);
}

static void
let_pass (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_wait_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
start (Fixture *fixture)
{
  herald_printer_start (fixture->printer);
  await_connection (fixture, HERALD_CONNECTION_CONNECTED);
}

static void
play (Fixture         *fixture,
      HeraldDemoFault  fault)
{
  herald_demo_printer_play_fault (fixture->server, fault, 1, NULL);
}

static void
test_print_is_told (Fixture       *fixture,
                    gconstpointer  user_data)
{
  start (fixture);
  g_assert_cmpstr (herald_printer_get_version (fixture->printer), ==, "1.11.8");
  herald_demo_printer_print (fixture->server, "benchy.gcode", 60, HERALD_DEMO_OUTCOME_DONE);

  await_told (fixture, "print-started print-progress print-done");
}

static void
test_cancel_is_told_once (Fixture       *fixture,
                          gconstpointer  user_data)
{
  start (fixture);
  herald_printer_set_progress_step (fixture->printer, 0);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_CANCELLED);

  await_told (fixture, "print-started print-cancelled");
}

static void
test_failure_is_told_once (Fixture       *fixture,
                           gconstpointer  user_data)
{
  start (fixture);
  herald_printer_set_progress_step (fixture->printer, 0);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_FAILED);

  await_told (fixture, "print-started print-failed");
  let_pass (2000);
  g_assert_cmpstr (fixture->told->str, ==, "print-started print-failed");
}

/* Whatever a server does on its socket: we leave, say why in one sentence, and come back. */
static void
test_survives_a_bad_socket (Fixture       *fixture,
                            gconstpointer  user_data)
{
  const HeraldDemoFault fault = (HeraldDemoFault) GPOINTER_TO_INT (user_data);

  start (fixture);
  play (fixture, fault);
  await_connection (fixture, HERALD_CONNECTION_UNREACHABLE);
  g_assert_nonnull (herald_printer_get_problem (fixture->printer));
  play (fixture, HERALD_DEMO_FAULT_NONE);
  await_connection (fixture, HERALD_CONNECTION_CONNECTED);
  g_assert_null (herald_printer_get_problem (fixture->printer));
  g_assert_cmpstr (fixture->told->str, ==, "");
}

/* Things a server may send without harm: we stay. */
static void
test_stays_with_an_odd_server (Fixture       *fixture,
                               gconstpointer  user_data)
{
  const HeraldDemoFault fault = (HeraldDemoFault) GPOINTER_TO_INT (user_data);

  play (fixture, fault);
  start (fixture);
  herald_printer_set_progress_step (fixture->printer, 0);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  await_told (fixture, "print-started print-done");
  g_assert_cmpint (herald_printer_get_connection (fixture->printer), ==, HERALD_CONNECTION_CONNECTED);
}

static void
test_garbage_frame_is_passed_over (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  start (fixture);
  herald_printer_set_progress_step (fixture->printer, 0);
  play (fixture, HERALD_DEMO_FAULT_GARBAGE);
  play (fixture, HERALD_DEMO_FAULT_DEEP);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  await_told (fixture, "print-started print-done");
  g_assert_cmpint (herald_printer_get_connection (fixture->printer), ==, HERALD_CONNECTION_CONNECTED);
}

static void
test_stale_session_is_renewed (Fixture       *fixture,
                               gconstpointer  user_data)
{
  start (fixture);
  herald_printer_set_progress_step (fixture->printer, 0);
  play (fixture, HERALD_DEMO_FAULT_LOGOUT);
  let_pass (1000);
  herald_demo_printer_print (fixture->server, "benchy.gcode", 30, HERALD_DEMO_OUTCOME_DONE);

  await_told (fixture, "print-started print-done");
}

/* What is wrong with the server or the key, before any socket is opened. */
static void
test_says_why_there_is_no_connection (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  static const struct
  {
    HeraldDemoFault fault;
    const char *key;
    HeraldConnection connection;
  } rows[] = {
    { HERALD_DEMO_FAULT_NONE, "WRONGKEY", HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_NONE, NULL, HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_REVOKED, KEY, HERALD_CONNECTION_UNAUTHORIZED },
    { HERALD_DEMO_FAULT_NOT_OCTOPRINT, KEY, HERALD_CONNECTION_UNREACHABLE },
    { HERALD_DEMO_FAULT_UNAVAILABLE, KEY, HERALD_CONNECTION_STARTING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      play (fixture, rows[i].fault);
      write_key (fixture, rows[i].key);
      herald_printer_start (fixture->printer);
      await_connection (fixture, rows[i].connection);
      g_assert_nonnull (herald_printer_get_problem (fixture->printer));
      herald_printer_stop (fixture->printer);
    }
}

static void
test_key_does_not_follow_a_redirect (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDemoPrinter) elsewhere = herald_demo_printer_new ("Elsewhere", KEY, 0, 1, &error);
  g_autofree char *location = NULL;

  g_assert_no_error (error);
  location = g_strdup_printf ("http://127.0.0.1:%u", herald_demo_printer_get_port (elsewhere));
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_REDIRECT, 0, location);
  herald_printer_start (fixture->printer);
  await_connection (fixture, HERALD_CONNECTION_UNAUTHORIZED);

  g_assert_nonnull (strstr (herald_printer_get_problem (fixture->printer), location));
  g_assert_cmpuint (herald_demo_printer_get_n_keyed (fixture->server), >, 0);
  g_assert_cmpuint (herald_demo_printer_get_n_keyed (elsewhere), ==, 0);
}

/* The heartbeat comes every 25 s; two missed ones and some patience are 60 s. */
static void
test_silence_is_noticed (Fixture       *fixture,
                         gconstpointer  user_data)
{
  gint64 begin_us;
  double waited_s;

  start (fixture);
  herald_demo_printer_play_fault (fixture->server, HERALD_DEMO_FAULT_SILENCE, 0, NULL);
  begin_us = g_get_monotonic_time ();
  do
    {
      let_pass (500);
      waited_s = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
    }
  while (waited_s < 90 && herald_printer_get_connection (fixture->printer) == HERALD_CONNECTION_CONNECTED);

  g_assert_cmpfloat (waited_s, >, 30);
  g_assert_cmpfloat (waited_s, <, 65);
}

#define ADD(path, func, data) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  static const HeraldDemoFault bad[] = { HERALD_DEMO_FAULT_DROP, HERALD_DEMO_FAULT_CLOSE_FRAME,
                                         HERALD_DEMO_FAULT_HUGE, HERALD_DEMO_FAULT_FRAGMENTS,
                                         HERALD_DEMO_FAULT_REFUSE, HERALD_DEMO_FAULT_STARTING };
  static const HeraldDemoFault odd[] = { HERALD_DEMO_FAULT_LONG_HISTORY, HERALD_DEMO_FAULT_NULL_JOB,
                                         HERALD_DEMO_FAULT_SEVERAL, HERALD_DEMO_FAULT_VERSION_2 };

  g_test_init (&argc, &argv, NULL);

  ADD ("/octoprint-printer/print", test_print_is_told, NULL);
  ADD ("/octoprint-printer/cancel", test_cancel_is_told_once, NULL);
  ADD ("/octoprint-printer/failure", test_failure_is_told_once, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/octoprint-printer/bad-socket/%u", bad[i]);

      ADD (path, test_survives_a_bad_socket, GINT_TO_POINTER (bad[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *path = g_strdup_printf ("/octoprint-printer/odd-server/%u", odd[i]);

      ADD (path, test_stays_with_an_odd_server, GINT_TO_POINTER (odd[i]));
    }
  ADD ("/octoprint-printer/garbage", test_garbage_frame_is_passed_over, NULL);
  ADD ("/octoprint-printer/stale-session", test_stale_session_is_renewed, NULL);
  ADD ("/octoprint-printer/why", test_says_why_there_is_no_connection, NULL);
  ADD ("/octoprint-printer/redirect", test_key_does_not_follow_a_redirect, NULL);
  ADD ("/octoprint-printer/silence", test_silence_is_noticed, NULL);

  return g_test_run ();
}

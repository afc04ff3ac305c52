/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-captured-rest"

#include "core/base/error.h"
#include "core/printers/octoprint/octoprint-appearance.h"
#include "core/printers/octoprint/octoprint-poll.h"
#include "core/printers/octoprint/octoprint-printer.h"
#include "core/printers/octoprint/octoprint-state.h"
#include "core/printers/octoprint/sign-in.h"
#include "fixtures/recorded-server.h"

#define KILLED "Thermal Runaway, system stopped! Heater_ID: bed - Printer halted. kill() called!"

static const char *const versions[] = { "1.8.7", "1.10.3", "1.11.8", "2.0.0rc7" };

/* Keys */

static void
check_key (RecordedPeer *fixture,
           const char *whose,
           const char *user)
{
  static const char *const names[] = { "currentuser", "login-passive" };
  g_autoptr(HeraldSignIn) answer = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i], whose, NULL);

      recorded_server_show (fixture->server, name);
    }
  recorded_server_show (fixture->server, "version");
  g_clear_object (&fixture->result);
  herald_sign_in_async (fixture->peer, NULL, recorded_peer_on_ready, fixture);
  answer = herald_sign_in_finish (recorded_peer_await (fixture), &error);

  if (user == NULL)
    {
      g_assert_error (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (answer->user, ==, user);
  g_assert_cmpstr (answer->version, ==, fixture->version);
  g_assert_nonnull (answer->session);
}

static void
test_good_and_bad_keys (RecordedPeer  *fixture,
                        gconstpointer  user_data)
{
  check_key (fixture, "", "admin");
  check_key (fixture, "-viewer", "viewer");
  check_key (fixture, "-wrong", NULL);
  check_key (fixture, "-none", NULL);
}

/* What is asked for where nothing is pushed */

static const struct
{
  const char *versions;
  const char *job;
  const char *printer;
  HeraldStateId id;
  const char *path;
  const char *error;
  gboolean underway;
  double progress;
} polls[] = {
  { "1. 2.", "job-idle", "printer-idle", HERALD_STATE_OPERATIONAL, NULL, NULL, FALSE, -1 },
  { "1. 2.", "job-printing", "printer-printing", HERALD_STATE_PRINTING, "good.gcode", NULL, TRUE, 0 },
  { "1. 2.", "job-paused", "printer-paused", HERALD_STATE_PAUSED, "good.gcode", NULL, TRUE, 0 },
  { "1. 2.", "job-done", "printer-idle", HERALD_STATE_OPERATIONAL, "good.gcode", NULL, FALSE, 100 },
  { "1. 2.", "job-cancelled", "printer-idle", HERALD_STATE_OPERATIONAL, "cancelled.gcode", NULL, FALSE, -1 },
  { "1. 2.", "job-closed", "printer-409", HERALD_STATE_OFFLINE, NULL, NULL, FALSE, -1 },
  { "1.", "job-error", "printer-409", HERALD_STATE_ERROR, NULL, KILLED, FALSE, -1 },
  /* Only the event says what it was, and that it was an error at all */
  { "2.", "job-error", "printer-409", HERALD_STATE_OFFLINE, NULL, NULL, FALSE, -1 },
};

static void
check_poll (RecordedPeer *fixture,
            guint    n)
{
  g_autoptr(JsonObject) content = NULL;
  g_autoptr(HeraldPrinterState) state = NULL;
  g_autoptr(GError) error = NULL;

  recorded_server_show (fixture->server, polls[n].job);
  recorded_server_show (fixture->server, polls[n].printer);
  g_clear_object (&fixture->result);
  herald_octoprint_poll_async (fixture->peer, NULL, recorded_peer_on_ready, fixture);
  content = herald_octoprint_poll_finish (recorded_peer_await (fixture), &error);
  g_assert_no_error (error);
  state = herald_octoprint_state_read (content, NULL, 1000);

  g_test_message ("%s and %s", polls[n].job, polls[n].printer);
  g_assert_cmpint (state->id, ==, polls[n].id);
  g_assert_cmpstr (state->path, ==, polls[n].path);
  g_assert_cmpstr (state->error, ==, polls[n].error);
  if (!polls[n].underway)
    {
      g_assert_cmpfloat (state->progress, ==, polls[n].progress);
      return;
    }
  g_assert_cmpfloat (state->progress, >, 0);
  g_assert_cmpfloat (state->progress, <, 100);
  g_assert_cmpint (state->elapsed_s, >=, 0);
  g_assert_cmpstr (state->origin, ==, "local");
  g_assert_cmpuint (state->temperatures->len, ==, 2);
}

static void
test_polled_states (RecordedPeer  *fixture,
                    gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++)
    if (recorded_peer_is (fixture, polls[i].versions))
      check_poll (fixture, i);
}

/* Name and colour */

static void
on_server_changed (HeraldPrinter *printer,
                   GParamSpec    *property,
                   gpointer       user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
test_name_and_colour (RecordedPeer  *fixture,
                      gconstpointer  user_data)
{
  static const char *const names[] = { "settings", "settings-viewer" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(HeraldHttpClient) http = herald_http_client_new ();
      g_autoptr(HeraldClock) clock = herald_clock_new ();
      g_autoptr(HeraldSecretStore) secrets = herald_secret_store_new ();
      g_autoptr(HeraldValues) settings = herald_values_new ();
      g_autoptr(HeraldPrinter) printer =
        herald_octoprint_printer_new ("mk3", settings, http, secrets, NULL, 0, clock);
      gboolean changed = FALSE;

      g_signal_connect (printer, "notify::server", G_CALLBACK (on_server_changed), &changed);
      recorded_server_show (fixture->server, names[i]);
      herald_values_set (settings, "url", herald_octoprint_server_get_base_url (fixture->peer));
      herald_octoprint_appearance_fetch (fixture->peer, printer, NULL);
      while (!changed)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpstr (herald_printer_get_server_name (printer), ==, "Test Printer");
      g_assert_cmpstr (herald_printer_get_color (printer), ==, "default");
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (RecordedPeer *, gconstpointer);
  } tests[] = {
    { "keys", test_good_and_bad_keys },
    { "poll", test_polled_states },
    { "appearance", test_name_and_colour },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path = g_strdup_printf ("/captured-rest/%s/%s", versions[i], tests[j].name);

        g_test_add (path, RecordedPeer, versions[i], recorded_peer_set_up, tests[j].func, recorded_peer_tear_down);
      }

  return g_test_run ();
}

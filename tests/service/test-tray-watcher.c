/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-watcher"

#include "fixtures/tray-host.h"
#include "service/tray/tray-watcher.h"

#define ITEM "/StatusNotifierItem"
/* The limit of an answer, the longest first pause, and a computer that is busy */
#define SILENCE_S 30

typedef struct
{
  HeraldTrayWatcher *watcher;
  HeraldTrayState state;
  TrayHost *host;
  guint n_registrations;
} Expected;

static gboolean
has_state (gpointer data)
{
  Expected *expected = data;

  return herald_tray_watcher_get_state (expected->watcher) == expected->state;
}

static void
await_state (HeraldTrayWatcher *watcher,
             HeraldTrayState    state)
{
  Expected expected = { watcher, state, NULL, 0 };

  tray_host_await (has_state, &expected, 20);
}

static gboolean
has_registrations (gpointer data)
{
  Expected *expected = data;

  return expected->host->n_registrations >= expected->n_registrations;
}

static void
await_registrations (TrayHost *host,
                     guint     n_registrations,
                     guint     limit_s)
{
  Expected expected = { NULL, 0, host, n_registrations };

  tray_host_await (has_registrations, &expected, limit_s);
}

/* It must not go on to a state it has left. */
static void
assert_stays (TrayHost          *host,
              HeraldTrayWatcher *watcher,
              HeraldTrayState    state)
{
  tray_host_settle (host);
  g_assert_cmpint (herald_tray_watcher_get_state (watcher), ==, state);
}

static void
count (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_nobody_collects_icons (TrayHost      *host,
                            gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = herald_tray_watcher_new (host->service, ITEM);

  assert_stays (host, watcher, HERALD_TRAY_ABSENT);
}

static void
test_item_is_registered_by_its_path (TrayHost      *host,
                                     gconstpointer  data)
{
  g_autofree char *expected = g_strconcat (g_dbus_connection_get_unique_name (host->service), ITEM, NULL);
  g_autoptr(HeraldTrayWatcher) watcher = NULL;
  guint n_notified = 0;
  int state = 0;

  tray_host_begin_watcher (host, TRAY_HOST_TAKES, TRUE);
  watcher = herald_tray_watcher_new (host->service, ITEM);
  g_signal_connect_swapped (watcher, "notify::state", G_CALLBACK (count), &n_notified);
  await_state (watcher, HERALD_TRAY_SHOWN);
  assert_stays (host, watcher, HERALD_TRAY_SHOWN);

  g_assert_cmpuint (host->n_registrations, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (host->registered, 0), ==, expected);
  g_assert_cmpuint (n_notified, >=, 1);
  g_object_get (watcher, "state", &state, NULL);
  g_assert_cmpint (state, ==, HERALD_TRAY_SHOWN);
}

/* Trap: a program hid in a tray that nobody drew. */
static void
test_collector_without_panel_is_hidden (TrayHost      *host,
                                        gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = herald_tray_watcher_new (host->service, ITEM);

  tray_host_begin_watcher (host, TRAY_HOST_TAKES, FALSE);
  await_registrations (host, 1, 20);
  await_state (watcher, HERALD_TRAY_HIDDEN);
  assert_stays (host, watcher, HERALD_TRAY_HIDDEN);
  tray_host_set_panel (host, TRUE);
  await_state (watcher, HERALD_TRAY_SHOWN);
  tray_host_set_panel (host, FALSE);
  await_state (watcher, HERALD_TRAY_HIDDEN);
  g_assert_cmpuint (host->n_registrations, ==, 1);
}

/* Trap: a panel that is restarted forgets all icons. */
static void
test_panel_restarts (TrayHost      *host,
                     gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = herald_tray_watcher_new (host->service, ITEM);

  for (guint i = 1; i <= 5; i++)
    {
      tray_host_begin_watcher (host, TRAY_HOST_TAKES, TRUE);
      await_state (watcher, HERALD_TRAY_SHOWN);
      g_assert_cmpuint (host->n_registrations, ==, i);
      tray_host_end_watcher (host);
      await_state (watcher, HERALD_TRAY_ABSENT);
    }
}

static void
test_refused_icon_is_offered_again (TrayHost      *host,
                                    gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = NULL;

  tray_host_begin_watcher (host, TRAY_HOST_REFUSES, TRUE);
  watcher = herald_tray_watcher_new (host->service, ITEM);
  await_registrations (host, 2, 20);
  g_assert_cmpint (herald_tray_watcher_get_state (watcher), ==, HERALD_TRAY_HIDDEN);
  host->manner = TRAY_HOST_TAKES;
  await_state (watcher, HERALD_TRAY_SHOWN);
}

static void
test_panel_that_cannot_be_asked_is_asked_again (TrayHost      *host,
                                                gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = NULL;

  host->hides_panel = TRUE;
  tray_host_begin_watcher (host, TRAY_HOST_TAKES, TRUE);
  watcher = herald_tray_watcher_new (host->service, ITEM);
  await_registrations (host, 1, 20);
  await_state (watcher, HERALD_TRAY_HIDDEN);
  assert_stays (host, watcher, HERALD_TRAY_HIDDEN);
  host->hides_panel = FALSE;
  await_state (watcher, HERALD_TRAY_SHOWN);
  g_assert_cmpuint (host->n_registrations, ==, 1);
}

static void
test_collector_that_never_answers_is_left_after_ten_seconds (TrayHost      *host,
                                                             gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = NULL;
  gint64 start_us = g_get_monotonic_time ();
  double seconds;

  tray_host_begin_watcher (host, TRAY_HOST_SILENT, TRUE);
  watcher = herald_tray_watcher_new (host->service, ITEM);
  await_registrations (host, 2, SILENCE_S);
  seconds = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  g_assert_cmpfloat (seconds, >, 9.9);
  g_assert_cmpint (herald_tray_watcher_get_state (watcher), ==, HERALD_TRAY_HIDDEN);
}

static void
test_nothing_is_left_behind (TrayHost      *host,
                             gconstpointer  data)
{
  HeraldTrayWatcher *watcher = herald_tray_watcher_new (host->service, ITEM);
  gpointer weak = watcher;

  g_object_add_weak_pointer (G_OBJECT (watcher), &weak);
  tray_host_begin_watcher (host, TRAY_HOST_SILENT, TRUE);
  await_registrations (host, 1, 20);
  g_object_run_dispose (G_OBJECT (watcher));
  g_object_unref (watcher);
  tray_host_set_panel (host, FALSE);
  tray_host_settle (host);
  g_assert_null (weak);
}

static void
test_bus_that_dies_leaves_no_tray (TrayHost      *host,
                                   gconstpointer  data)
{
  g_autoptr(HeraldTrayWatcher) watcher = herald_tray_watcher_new (host->service, ITEM);

  tray_host_begin_watcher (host, TRAY_HOST_TAKES, TRUE);
  await_state (watcher, HERALD_TRAY_SHOWN);
  g_dbus_connection_close_sync (host->service, NULL, NULL);
  await_state (watcher, HERALD_TRAY_ABSENT);
  g_clear_object (&host->service);
}

#define ADD(name, function) \
  g_test_add ("/tray-watcher/" name, TrayHost, NULL, tray_host_set_up, function, tray_host_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("absent", test_nobody_collects_icons);
  ADD ("by-path", test_item_is_registered_by_its_path);
  ADD ("hidden", test_collector_without_panel_is_hidden);
  ADD ("restart", test_panel_restarts);
  ADD ("refused", test_refused_icon_is_offered_again);
  ADD ("panel-unknown", test_panel_that_cannot_be_asked_is_asked_again);
  ADD ("never-answers", test_collector_that_never_answers_is_left_after_ten_seconds);
  ADD ("left-behind", test_nothing_is_left_behind);
  ADD ("bus-dies", test_bus_that_dies_leaves_no_tray);

  return tray_host_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-menu-load"

/* Very many printers, and panels that ask without an end. */

#include "tray-menu-session.h"

#define N_PRINTERS 300
#define N_FLOOD 10000
/* The bus allows 128 answers that are waited for. */
#define N_AT_ONCE 100

static void
test_endless_depth_is_cut (TrayMenuSession *session,
                           gconstpointer    data)
{
  g_autoptr(GMenu) inner = g_menu_new ();
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  g_menu_append (inner, "The end", "tray.quit");
  for (int i = 0; i < 100; i++)
    {
      g_autoptr(GMenu) outer = g_menu_new ();

      g_menu_append_submenu (outer, "Deeper", G_MENU_MODEL (inner));
      g_set_object (&inner, outer);
    }
  g_menu_append_submenu (session->model, "Deep", G_MENU_MODEL (inner));
  tray_host_settle (&session->host);
  /* A message that is nested too deep would end the connection. */
  answer = tray_menu_session_call (session, "GetLayout", "(0, -1, @as [])", &error);
  g_assert_no_error (error);
  g_assert_false (g_dbus_connection_is_closed (session->host.service));
}

static void
test_endless_menu_is_cut (TrayMenuSession *session,
                          gconstpointer    data)
{
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GVariant) all = NULL;
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < 25000; i++)
    g_menu_append (session->model, "Quit", "tray.quit");
  answer = tray_menu_session_call (session, "GetGroupProperties", "(@ai [], ['label'])", &error);
  g_assert_no_error (error);
  all = g_variant_get_child_value (answer, 0);
  g_assert_cmpuint (g_variant_n_children (all), ==, 20001);
}

static void
add_printers (TrayMenuSession *session,
              guint            n_printers)
{
  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr(GMenu) printer = g_menu_new ();
      g_autoptr(GMenu) sure = g_menu_new ();
      g_autoptr(GMenu) verbs = g_menu_new ();
      g_autofree char *name = g_strdup_printf ("Prusa_MK4 %u", i);
      g_autofree char *action = g_strdup_printf ("tray.pause::p%u", i);

      g_menu_append (printer, "Printing, 42 %, done at 18:05", NULL);
      g_menu_append (printer, "benchy_0.2mm_PLA_MK4_1h12m.gcode", NULL);
      g_menu_append (verbs, "Pause", action);
      g_menu_append (sure, "“benchy_0.2mm_PLA_MK4_1h12m.gcode” will be lost", NULL);
      g_menu_append (sure, "Yes, cancel it", action);
      g_menu_append_submenu (verbs, "Cancel this print", G_MENU_MODEL (sure));
      g_menu_append (verbs, "Open in the browser", action);
      g_menu_append (verbs, "Show the picture", action);
      g_menu_append_section (printer, NULL, G_MENU_MODEL (verbs));
      g_menu_append_submenu (session->model, name, G_MENU_MODEL (printer));
    }
}

static double
get_ms (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static void
test_three_hundred_printers_are_shown (TrayMenuSession *session,
                                       gconstpointer    data)
{
  g_autoptr(GVariant) answer = NULL;
  gint64 start_us = 0;

  add_printers (session, N_PRINTERS);
  start_us = g_get_monotonic_time ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_test_message ("read and compared in %.1f ms", get_ms (start_us));

  start_us = g_get_monotonic_time ();
  answer = tray_menu_session_call (session, "GetLayout", "(0, -1, @as [])", NULL);
  g_test_message ("GetLayout: %.1f ms there and back, %.1f kB", get_ms (start_us), (double) g_variant_get_size (answer) / 1000);
  g_assert_cmpuint (g_variant_get_size (answer), <, 1000000);

  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  g_menu_remove (session->model, 150);
  start_us = g_get_monotonic_time ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_test_message ("one of them gone: %.1f ms", get_ms (start_us));
  tray_menu_session_assert_told (session, "LayoutUpdated(3, 0)");
}

typedef struct
{
  TrayMenuSession *session;
  guint n_asked;
  guint n_answered;
  guint n_shown;
  gint64 ticked_us;
  gint64 longest_us;
} Flood;

static void ask (Flood *flood);

static void
on_flood_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Flood *flood = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_assert_no_error (error);
  flood->n_answered++;
  ask (flood);
}

static void
ask (Flood *flood)
{
  TrayHost *host = &flood->session->host;

  if (flood->n_asked++ < N_FLOOD)
    g_dbus_connection_call (host->panel, g_dbus_connection_get_unique_name (host->service), HERALD_TRAY_MENU_PATH,
                            "com.canonical.dbusmenu", "AboutToShow", g_variant_new ("(i)", 0), NULL, G_DBUS_CALL_FLAGS_NONE,
                            -1, NULL, on_flood_ready, flood);
}

static gboolean
is_over (gpointer data)
{
  return ((Flood *) data)->n_answered == N_FLOOD;
}

/* What else the service has to do waits for as long as this does. */
static gboolean
on_tick (gpointer user_data)
{
  Flood *flood = user_data;
  gint64 now_us = g_get_monotonic_time ();

  flood->longest_us = MAX (flood->longest_us, now_us - flood->ticked_us);
  flood->ticked_us = now_us;

  return G_SOURCE_CONTINUE;
}

static void
on_shown (Flood *flood)
{
  flood->n_shown++;
}

static void
test_flood_of_questions_does_not_hold_the_loop (TrayMenuSession *session,
                                                gconstpointer    data)
{
  Flood flood = { .session = session, .ticked_us = g_get_monotonic_time () };
  gint64 start_us = flood.ticked_us;
  guint tick_id = g_timeout_add (1, on_tick, &flood);
  double took_ms;

  add_printers (session, N_PRINTERS);
  tray_menu_session_assert_told (session, "LayoutUpdated(2, 0)");
  g_signal_connect_swapped (session->menu, "shown", G_CALLBACK (on_shown), &flood);
  start_us = flood.ticked_us = g_get_monotonic_time ();
  flood.longest_us = 0;
  for (guint i = 0; i < N_AT_ONCE; i++)
    ask (&flood);
  tray_host_await (is_over, &flood, 60);
  took_ms = get_ms (start_us);
  g_source_remove (tick_id);
  g_test_message ("%d questions in %.0f ms, the loop held for %.1f ms at most, shown %u times", N_FLOOD, took_ms,
                  (double) flood.longest_us / 1000, flood.n_shown);

  g_assert_cmpuint (flood.n_shown, >=, 1);
  g_assert_cmpfloat ((double) flood.n_shown, <=, took_ms / 250 + 1);
  tray_menu_session_assert_told (session, "");
}

/* Nobody waits for answers, so the bus holds nobody back. */
static void
test_flood_that_wants_no_answers_passes (TrayMenuSession *session,
                                         gconstpointer    data)
{
  g_autoptr(GError) error = NULL;
  guint n_shown = 0;
  gint64 start_us = g_get_monotonic_time ();

  add_printers (session, 1);
  g_signal_connect_swapped (session->menu, "shown", G_CALLBACK (g_atomic_int_inc), &n_shown);
  for (guint i = 0; i < N_FLOOD; i++)
    g_dbus_connection_call (session->host.panel, g_dbus_connection_get_unique_name (session->host.service),
                            HERALD_TRAY_MENU_PATH, "com.canonical.dbusmenu", "AboutToShow", g_variant_new ("(i)", 0), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_dbus_connection_flush_sync (session->host.panel, NULL, &error);
  g_assert_no_error (error);
  tray_host_settle (&session->host);
  g_test_message ("%d questions nobody waits for in %.0f ms", N_FLOOD, get_ms (start_us));
  tray_menu_session_assert_answer (session, "AboutToShow", "(0,)", "(true,)");
  g_assert_cmpuint (n_shown, >=, 1);
}

/* GNOME folds up a submenu when it reads the menu anew; whoever reads one level knows nothing of the next. */
static void
test_only_who_has_not_read_a_change_reads_it_anew (TrayMenuSession *session,
                                                   gconstpointer    data)
{
  g_autoptr(GMenu) submenu = g_menu_new ();

  g_menu_append_submenu (session->model, "More", G_MENU_MODEL (submenu));
  tray_host_settle (&session->host);
  g_menu_append (submenu, "New", NULL);
  tray_host_settle (&session->host);
  g_variant_unref (tray_menu_session_call (session, "GetLayout", "(0, 1, @as [])", NULL));
  tray_menu_session_assert_answer (session, "AboutToShow", "(0,)", "(false,)");
  tray_menu_session_assert_answer (session, "AboutToShow", "(1,)", "(true,)");
  g_variant_unref (tray_menu_session_call (session, "GetLayout", "(1, 1, @as [])", NULL));
  tray_menu_session_assert_answer (session, "AboutToShow", "(1,)", "(false,)");
  g_menu_append (submenu, "Newer", NULL);
  tray_host_settle (&session->host);
  tray_menu_session_assert_answer (session, "AboutToShow", "(1,)", "(true,)");
  g_variant_unref (tray_menu_session_call (session, "GetLayout", "(0, -1, @as [])", NULL));
  tray_menu_session_assert_answer (session, "AboutToShow", "(1,)", "(false,)");
}

#define ADD(name, function) \
  g_test_add ("/tray-menu-load/" name, TrayMenuSession, NULL, tray_menu_session_set_up, function, tray_menu_session_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("read", test_only_who_has_not_read_a_change_reads_it_anew);
  ADD ("deep", test_endless_depth_is_cut);
  ADD ("endless", test_endless_menu_is_cut);
  ADD ("300-printers", test_three_hundred_printers_are_shown);
  ADD ("flood", test_flood_of_questions_does_not_hold_the_loop);
  ADD ("flood-unanswered", test_flood_that_wants_no_answers_passes);

  return tray_host_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-display"

#include "tray-session.h"

#define ON HERALD_CONNECTION_CONNECTED

static guint
count_signals (TraySession *self,
               const char *name)
{
  g_autofree char *told = tray_host_steal_signals (&self->host);
  g_auto(GStrv) parts = g_strsplit (told, name, -1);

  return g_strv_length (parts) - 1;
}

static void
test_nothing_is_told_while_nothing_visible_changes (TraySession   *self,
                                                    gconstpointer  data)
{
  g_autofree char *told = NULL;

  tray_session_show (self);
  tray_session_settle (self);
  for (guint i = 0; i < 40; i++)
    {
      tray_session_set_progress (self, 42 + i / 50.0);
      tray_session_wait_ms (50);
    }
  tray_session_wait_ms (1200);
  told = tray_host_steal_signals (&self->host);

  g_assert_cmpstr (told, ==, "");
  tray_session_assert_tooltip (self, "Prusa: printing, 42 %");
}

/* The first change at once, the rest together, and the last one in the end */
static void
test_panels_are_told_once_a_second_at_most (TraySession   *self,
                                            gconstpointer  data)
{
  tray_session_show (self);
  tray_session_settle (self);

  tray_session_set_progress (self, 43);
  tray_session_wait_ms (200);
  tray_session_assert_tooltip (self, "Prusa: printing, 43 %");
  for (guint i = 0; i < 50; i++)
    {
      tray_session_set_progress (self, 44 + i);
      tray_session_wait_ms (40);
    }
  tray_session_wait_ms (1200);
  tray_session_assert_tooltip (self, "Prusa: printing, 93 %");

  /* Two seconds of it, the first and the last */
  g_assert_cmpuint (count_signals (self, "NewToolTip"), <=, 4);
}

static void
test_state_follows_the_watcher (TraySession   *self,
                                gconstpointer  data)
{
  g_assert_cmpint (herald_tray_display_get_state (self->display), ==, HERALD_TRAY_ABSENT);
  tray_session_show (self);
  tray_host_end_watcher (&self->host);
  tray_session_await_state (self, HERALD_TRAY_ABSENT);

  /* What has changed while nobody looked is there when somebody does. */
  tray_session_set_progress (self, 77);
  tray_session_wait_ms (1200);
  tray_session_show (self);
  tray_session_wait_ms (1200);
  tray_session_assert_tooltip (self, "Prusa: printing, 77 %");
}

static void
test_printers_come_and_go (TraySession   *self,
                           gconstpointer  data)
{
  static const ShownPrinter other = { "Ender", ON, HERALD_STATE_ERROR };
  GListStore *printers = G_LIST_STORE (herald_engine_get_printers (self->engine));
  g_autoptr(FakePrinter) second = shown_printer_new (&other, 2);
  g_autoptr(GVariant) status = NULL;

  tray_session_show (self);
  g_list_store_append (printers, second);
  tray_session_wait_ms (1200);
  tray_session_assert_tooltip (self, "2 printers: 1 with an error, 1 printing");
  status = tray_host_get (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, "Status");
  g_assert_cmpstr (g_variant_get_string (status, NULL), ==, "NeedsAttention");

  g_list_store_remove_all (printers);
  tray_session_wait_ms (1200);
  tray_session_assert_tooltip (self, "No printer is set up yet");
  g_list_store_append (printers, self->printer);
  tray_session_wait_ms (1200);
  tray_session_assert_tooltip (self, "Prusa: printing, 42 %");
}

/* Nobody tells when a time is over; it has to be looked for. */
static void
test_end_of_muting_is_seen (TraySession   *self,
                            gconstpointer  data)
{
  g_autoptr(GVariant) before = NULL;
  g_autoptr(GVariant) muted = NULL;
  g_autoptr(GVariant) after = NULL;

  tray_session_show (self);
  tray_session_settle (self);
  before = tray_host_get (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, "IconPixmap");
  herald_engine_mute (self->engine, g_get_real_time () / 1000 + 2500);
  tray_session_wait_ms (300);
  muted = tray_host_get (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, "IconPixmap");
  g_assert_false (g_variant_equal (before, muted));
  tray_session_wait_ms (4000);
  after = tray_host_get (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, "IconPixmap");
  g_assert_true (g_variant_equal (before, after));
}

static guint n_notices_failed;

static GLogWriterOutput
on_log (GLogLevelFlags   level,
        const GLogField *fields,
        gsize            n_fields,
        gpointer         user_data)
{
  for (gsize i = 0; level == G_LOG_LEVEL_MESSAGE && i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN") && g_str_equal (fields[i].value, "herald-plain-notice"))
      n_notices_failed++;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

static gboolean
all_notices_have_failed (gpointer data)
{
  return n_notices_failed == GPOINTER_TO_UINT (data);
}

/* Each has something to tell its person, who has neither a window nor notifications. */
static void
test_clicks_reach_the_engine (TraySession   *self,
                              gconstpointer  data)
{
  static const char *const calls[] = { "Activate", "SecondaryActivate", "SecondaryActivate" };

  tray_session_show (self);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GVariant) answer = tray_host_call (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, calls[i],
                                                   g_variant_new ("(ii)", 1, 1), &error);
      gint64 left_ms = herald_engine_get_muted_until (self->engine) - g_get_real_time () / 1000;

      g_assert_no_error (error);
      g_assert_nonnull (answer);
      if (i == 1)
        g_assert_cmpint (ABS (left_ms - SHOWN_HOUR_MS), <, 60 * 1000);
      else
        g_assert_cmpint (herald_engine_get_muted_until (self->engine), ==, 0);
    }

  /* Until then their threads use the bus, which ends with the test. */
  tray_host_await (all_notices_have_failed, GUINT_TO_POINTER (G_N_ELEMENTS (calls)), 20);
}

#define ADD(name, function) \
  g_test_add ("/tray-display/" name, TraySession, NULL, tray_session_set_up, function, tray_session_tear_down)

int
main (int    argc,
      char **argv)
{
  tray_session_begin ();
  g_log_set_writer_func (on_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);

  ADD ("silence", test_nothing_is_told_while_nothing_visible_changes);
  ADD ("pace", test_panels_are_told_once_a_second_at_most);
  ADD ("state", test_state_follows_the_watcher);
  ADD ("mute-ends", test_end_of_muting_is_seen);
  ADD ("printers", test_printers_come_and_go);
  ADD ("clicks", test_clicks_reach_the_engine);

  return tray_session_run ();
}

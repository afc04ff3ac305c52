/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-session"

#include "tray-session.h"

#include "fixtures/private-folders.h"

#define LIMIT_S 20

static const ShownPrinter printing = { "Prusa", HERALD_CONNECTION_CONNECTED, HERALD_STATE_PRINTING, 42, 0, "benchy.gcode" };

/* What is waited for */
typedef struct
{
  HeraldTrayDisplay *display;
  HeraldTrayState state;
} Waiting;

void
tray_session_begin (void)
{
  private_folders_begin ();
  g_setenv ("TZ", "UTC", TRUE);
}

int
tray_session_run (void)
{
  int status = tray_host_run ();

  private_folders_end ();

  return status;
}

void
tray_session_set_up (TraySession   *self,
                     gconstpointer  data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  g_autoptr(GError) error = NULL;

  tray_host_set_up (&self->host, NULL);
  self->directory = g_dir_make_tmp ("herald-tray-session-XXXXXX", &error);
  g_assert_no_error (error);
  self->engine = herald_engine_new (self->directory, self->directory, no_types, &error);
  g_assert_no_error (error);
  self->printer = shown_printer_new (&printing, 1);
  g_list_store_append (G_LIST_STORE (herald_engine_get_printers (self->engine)), self->printer);
  self->launcher = herald_launcher_new (self->host.service);
  self->display = herald_tray_display_new (self->engine, self->host.service, self->launcher);
}

void
tray_session_tear_down (TraySession   *self,
                        gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->directory);

  if (self->host.watcher != NULL)
    tray_host_end_watcher (&self->host);
  tray_host_settle (&self->host);
  g_list_store_remove_all (G_LIST_STORE (herald_engine_get_printers (self->engine)));
  g_assert_finalize_object (self->display);
  tray_host_settle (&self->host);
  g_assert_finalize_object (self->launcher);
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->engine);
  tray_host_tear_down (&self->host, NULL);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->directory);
}

static gboolean
has_state (gpointer data)
{
  Waiting *waiting = data;

  return herald_tray_display_get_state (waiting->display) == waiting->state;
}

void
tray_session_await_state (TraySession     *self,
                          HeraldTrayState  state)
{
  Waiting waiting = { self->display, state };

  tray_host_await (has_state, &waiting, LIMIT_S);
}

void
tray_session_show (TraySession *self)
{
  tray_host_begin_watcher (&self->host, TRAY_HOST_TAKES, TRUE);
  tray_session_await_state (self, HERALD_TRAY_SHOWN);
}

static gboolean
on_pause_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer data)
{
  return *(gboolean *) data;
}

void
tray_session_wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_pause_timeout, &over);
  tray_host_await (is_over, &over, LIMIT_S);
}

void
tray_session_settle (TraySession *self)
{
  tray_session_wait_ms (2200);
  g_free (tray_host_steal_signals (&self->host));
}

void
tray_session_set_progress (TraySession *self,
                           double       progress)
{
  ShownPrinter shown = printing;

  shown.progress = progress;
  shown_printer_show (self->printer, &shown);
}

void
tray_session_assert_tooltip (TraySession *self,
                             const char  *expected)
{
  g_autoptr(GVariant) value = tray_host_get (&self->host, TRAY_SESSION_PATH, TRAY_SESSION_ITEM, "ToolTip");
  const char *tooltip = NULL;

  g_variant_get (value, "(&s@a(iiay)&s&s)", NULL, NULL, &tooltip, NULL);
  g_assert_cmpstr (tooltip, ==, expected);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-presenter"

#include "service/tray/tray-presenter.h"

#include <string.h>

#include "fixtures/private-folders.h"
#include "fixtures/shown-printers.h"
#include "fixtures/tray-host.h"

#define ON HERALD_CONNECTION_CONNECTED
#define ITEM "org.kde.StatusNotifierItem"
#define LIMIT_S 20

/* An engine with one fake printer, its icon and a panel */
typedef struct
{
  TrayHost host;
  char *directory;
  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayPresenter *presenter;
  FakePrinter *printer;
} Session;

static const ShownPrinter printing = { "Prusa", ON, HERALD_STATE_PRINTING, 42, 0, "benchy.gcode" };

static void
set_up (Session       *self,
        gconstpointer  data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  g_autoptr(GError) error = NULL;

  tray_host_set_up (&self->host, NULL);
  self->directory = g_dir_make_tmp ("herald-tray-presenter-XXXXXX", &error);
  g_assert_no_error (error);
  self->engine = herald_engine_new (self->directory, self->directory, no_types, &error);
  g_assert_no_error (error);
  self->printer = shown_printer_new (&printing, 1);
  g_list_store_append (G_LIST_STORE (herald_engine_get_printers (self->engine)), self->printer);
  self->launcher = herald_launcher_new (self->host.service);
  self->presenter = herald_tray_presenter_new (self->engine, self->host.service, self->launcher);
}

static void
tear_down (Session       *self,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->directory);

  if (self->host.watcher != NULL)
    tray_host_end_watcher (&self->host);
  tray_host_settle (&self->host);
  g_list_store_remove_all (G_LIST_STORE (herald_engine_get_printers (self->engine)));
  g_assert_finalize_object (self->presenter);
  tray_host_settle (&self->host);
  g_assert_finalize_object (self->launcher);
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->engine);
  tray_host_tear_down (&self->host, NULL);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->directory);
}

static gboolean
is_shown (gpointer data)
{
  return herald_tray_presenter_get_state (((Session *) data)->presenter) == HERALD_TRAY_SHOWN;
}

static gboolean
is_absent (gpointer data)
{
  return herald_tray_presenter_get_state (((Session *) data)->presenter) == HERALD_TRAY_ABSENT;
}

static void
show (Session *self)
{
  tray_host_begin_watcher (&self->host, TRAY_HOST_TAKES, TRUE);
  tray_host_await (is_shown, self, LIMIT_S);
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

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_pause_timeout, &over);
  tray_host_await (is_over, &over, LIMIT_S);
}

static char *
dup_tooltip (Session *self)
{
  g_autoptr(GVariant) value = tray_host_get (&self->host, "/StatusNotifierItem", ITEM, "ToolTip");
  char *title = NULL;

  g_variant_get (value, "(sa(iiay)ss)", NULL, NULL, &title, NULL);

  return title;
}

static void
assert_tooltip (Session    *self,
                const char *expected)
{
  g_autofree char *tooltip = dup_tooltip (self);

  g_assert_cmpstr (tooltip, ==, expected);
}

static void
set_progress (Session *self,
              double   progress)
{
  ShownPrinter shown = printing;

  shown.progress = progress;
  shown_printer_show (self->printer, &shown);
}

static guint
count_signals (Session    *self,
               const char *name)
{
  g_autofree char *told = tray_host_steal_signals (&self->host);
  g_auto(GStrv) parts = g_strsplit (told, name, -1);

  return g_strv_length (parts) - 1;
}

static void
test_nothing_is_told_while_nothing_visible_changes (Session       *self,
                                                    gconstpointer  data)
{
  g_autofree char *told = NULL;

  show (self);
  wait_ms (1200);
  g_free (tray_host_steal_signals (&self->host));
  for (guint i = 0; i < 40; i++)
    {
      set_progress (self, 42 + i / 50.0);
      wait_ms (50);
    }
  wait_ms (1200);
  told = tray_host_steal_signals (&self->host);

  g_assert_cmpstr (told, ==, "");
  assert_tooltip (self, "Prusa: printing, 42 %");
}

/* The first change at once, the rest together, and the last one in the end */
static void
test_panels_are_told_once_a_second_at_most (Session       *self,
                                            gconstpointer  data)
{
  show (self);
  wait_ms (1200);
  g_free (tray_host_steal_signals (&self->host));

  set_progress (self, 43);
  wait_ms (200);
  assert_tooltip (self, "Prusa: printing, 43 %");
  for (guint i = 0; i < 50; i++)
    {
      set_progress (self, 44 + i);
      wait_ms (40);
    }
  wait_ms (1200);
  assert_tooltip (self, "Prusa: printing, 93 %");

  /* Two seconds of it, the first and the last */
  g_assert_cmpuint (count_signals (self, "NewToolTip"), <=, 4);
}

static void
test_state_follows_watcher_and_preference (Session       *self,
                                           gconstpointer  data)
{
  g_assert_cmpint (herald_tray_presenter_get_state (self->presenter), ==, HERALD_TRAY_ABSENT);
  show (self);
  tray_host_end_watcher (&self->host);
  tray_host_await (is_absent, self, LIMIT_S);

  /* What has changed while nobody looked is there when somebody does. */
  set_progress (self, 77);
  wait_ms (1200);
  show (self);
  wait_ms (200);
  assert_tooltip (self, "Prusa: printing, 77 %");
}

static void
test_printers_come_and_go (Session       *self,
                           gconstpointer  data)
{
  static const ShownPrinter other = { "Ender", ON, HERALD_STATE_ERROR };
  GListStore *printers = G_LIST_STORE (herald_engine_get_printers (self->engine));
  g_autoptr(FakePrinter) second = shown_printer_new (&other, 2);
  g_autoptr(GVariant) status = NULL;

  show (self);
  g_list_store_append (printers, second);
  wait_ms (1200);
  assert_tooltip (self, "2 printers: 1 with an error, 1 printing");
  status = tray_host_get (&self->host, "/StatusNotifierItem", ITEM, "Status");
  g_assert_cmpstr (g_variant_get_string (status, NULL), ==, "NeedsAttention");

  g_list_store_remove_all (printers);
  wait_ms (1200);
  assert_tooltip (self, "No printer is set up yet");
  g_list_store_append (printers, self->printer);
  wait_ms (1200);
  assert_tooltip (self, "Prusa: printing, 42 %");
}

static void
on_quit (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_clicks_reach_the_engine (Session       *self,
                              gconstpointer  data)
{
  static const char *const calls[] = { "Activate", "SecondaryActivate", "SecondaryActivate" };
  guint n_quits = 0;

  show (self);
  g_signal_connect_swapped (self->presenter, "quit", G_CALLBACK (on_quit), &n_quits);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GVariant) answer = tray_host_call (&self->host, "/StatusNotifierItem", ITEM, calls[i],
                                                   g_variant_new ("(ii)", 1, 1), &error);
      gint64 left_ms = herald_engine_get_muted_until (self->engine) - g_get_real_time () / 1000;

      g_assert_no_error (error);
      g_assert_nonnull (answer);
      if (i == 1)
        g_assert_cmpint (ABS (left_ms - SHOWN_HOUR_MS), <, 60 * 1000);
      else
        g_assert_cmpint (herald_engine_get_muted_until (self->engine), ==, 0);
    }
  g_assert_cmpuint (n_quits, ==, 0);
}

#define ADD(name, function) g_test_add ("/tray-presenter/" name, Session, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  private_folders_begin ();
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("silence", test_nothing_is_told_while_nothing_visible_changes);
  ADD ("pace", test_panels_are_told_once_a_second_at_most);
  ADD ("state", test_state_follows_watcher_and_preference);
  ADD ("printers", test_printers_come_and_go);
  ADD ("clicks", test_clicks_reach_the_engine);

  status = tray_host_run ();
  private_folders_end ();

  return status;
}

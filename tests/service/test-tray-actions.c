/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-actions"

#include "service/tray/tray-actions.h"

#include <string.h>

#include "core/base/error.h"
#include "core/outbox/fake-channel.h"
#include "fixtures/private-folders.h"
#include "fixtures/shown-printers.h"
#include "fixtures/tray-host.h"

#define ON HERALD_CONNECTION_CONNECTED

/* An engine with one fake printer, `p1`, and the actions of its icon; what is told of them, in one line */
typedef struct
{
  TrayHost host;
  char *directory;
  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayItem *item;
  HeraldTrayActions *actions;
  FakePrinter *printer;
  GString *told;
} Session;

static void
on_enabled_changed (GActionGroup *group,
                    const char   *name,
                    gboolean      enabled,
                    gpointer      user_data)
{
  g_string_append_printf (((Session *) user_data)->told, "%s%s ", enabled ? "+" : "-", name);
}

static void
set_up (Session       *self,
        gconstpointer  data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  static const ShownPrinter shown = { "Prusa", ON, HERALD_STATE_OPERATIONAL };
  g_autoptr(GError) error = NULL;

  tray_host_set_up (&self->host, NULL);
  self->directory = g_dir_make_tmp ("herald-tray-actions-XXXXXX", &error);
  g_assert_no_error (error);
  self->engine = herald_engine_new (self->directory, self->directory, no_types, &error);
  g_assert_no_error (error);
  self->printer = shown_printer_new (&shown, 1);
  g_list_store_append (G_LIST_STORE (herald_engine_get_printers (self->engine)), self->printer);
  self->launcher = herald_launcher_new (self->host.service);
  self->item = herald_tray_item_new (self->host.service, "/MenuBar");
  self->actions = herald_tray_actions_new (self->engine, self->launcher, self->item);
  self->told = g_string_new (NULL);
  herald_tray_actions_refresh (self->actions);
  g_signal_connect (self->actions, "action-enabled-changed", G_CALLBACK (on_enabled_changed), self);
}

static void
tear_down (Session       *self,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->directory);

  g_list_store_remove_all (G_LIST_STORE (herald_engine_get_printers (self->engine)));
  tray_host_settle (&self->host);
  g_assert_finalize_object (self->actions);
  g_assert_finalize_object (self->item);
  g_assert_finalize_object (self->launcher);
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->engine);
  tray_host_tear_down (&self->host, NULL);
  g_string_free (self->told, TRUE);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->directory);
}

static void
set_doing (Session       *self,
           HeraldStateId  state,
           const char    *file)
{
  const ShownPrinter shown = { "Prusa", ON, state, 10, 0, file };

  shown_printer_show (self->printer, &shown);
  herald_tray_actions_refresh (self->actions);
}

static void
assert_told (Session    *self,
             const char *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

static void
activate (Session    *self,
          const char *name,
          const char *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), name,
                                  target != NULL ? g_variant_new_string (target) : NULL);
}

/* Each state allows what a printer in it can do, and only what has changed is told. */
static void
test_actions_follow_the_printer (Session       *self,
                                 gconstpointer  data)
{
  assert_told (self, "");
  set_doing (self, HERALD_STATE_PRINTING, "a.gcode");
  assert_told (self, "+pause.p1 +cancel.p1 +mute-print.p1 ");
  set_doing (self, HERALD_STATE_PRINTING, "a.gcode");
  assert_told (self, "");
  set_doing (self, HERALD_STATE_PAUSED, "a.gcode");
  assert_told (self, "-pause.p1 +resume.p1 ");
  set_doing (self, HERALD_STATE_OFFLINE, NULL);
  assert_told (self, "-resume.p1 -cancel.p1 +connect.p1 -mute-print.p1 ");
  herald_printer_set_connection (HERALD_PRINTER (self->printer), HERALD_CONNECTION_UNREACHABLE, "No answer");
  herald_tray_actions_refresh (self->actions);
  assert_told (self, "-connect.p1 -picture.p1 ");
}

static void
test_printer_does_what_is_clicked (Session       *self,
                                   gconstpointer  data)
{
  static const struct
  {
    HeraldStateId state;
    const char *name;
    const char *target;
    HeraldPrinterAction action;
  } rows[] = {
    { HERALD_STATE_PRINTING, "pause.p1", NULL, HERALD_ACTION_PAUSE },
    { HERALD_STATE_PAUSED, "resume.p1", NULL, HERALD_ACTION_RESUME },
    { HERALD_STATE_PRINTING, "cancel.p1", "a.gcode", HERALD_ACTION_CANCEL },
    { HERALD_STATE_OFFLINE, "connect.p1", NULL, HERALD_ACTION_CONNECT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_doing (self, rows[i].state, "a.gcode");
      activate (self, rows[i].name, rows[i].target);
      g_assert_nonnull (self->printer->task);
      g_assert_cmpint (self->printer->action, ==, rows[i].action);
      fake_printer_end (self->printer, i % 2 == 0 ? FAKE_PRINTER_SUCCESS : HERALD_ERROR_UNREACHABLE, "It does not answer");
      tray_host_settle (&self->host);
    }
}

static void
test_what_makes_no_sense_reaches_no_printer (Session       *self,
                                             gconstpointer  data)
{
  static const struct
  {
    HeraldStateId state;
    const char *name;
    const char *target;
  } rows[] = {
    { HERALD_STATE_OPERATIONAL, "pause.p1", NULL },
    { HERALD_STATE_PRINTING, "resume.p1", NULL },
    { HERALD_STATE_OPERATIONAL, "cancel.p1", "a.gcode" },
    /* Another print has begun since somebody was asked */
    { HERALD_STATE_PRINTING, "cancel.p1", "b.gcode" },
    { HERALD_STATE_PRINTING, "cancel.p1", NULL },
    { HERALD_STATE_PRINTING, "pause.p2", NULL },
    { HERALD_STATE_PRINTING, "pause.", NULL },
    { HERALD_STATE_PRINTING, "pause", NULL },
    { HERALD_STATE_PRINTING, "pausep1", NULL },
    { HERALD_STATE_PRINTING, "quit.p1", NULL },
    { HERALD_STATE_PRINTING, "test.nobody", NULL },
    { HERALD_STATE_PRINTING, "retry.nobody", NULL },
    { HERALD_STATE_PRINTING, "page.nobody", NULL },
    { HERALD_STATE_PRINTING, "picture.nobody", NULL },
    { HERALD_STATE_PRINTING, "mute-print.nobody", NULL },
    { HERALD_STATE_PRINTING, "", NULL },
    { HERALD_STATE_PRINTING, ".", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_doing (self, rows[i].state, "a.gcode");
      activate (self, rows[i].name, rows[i].target);
      g_assert_null (self->printer->task);
      tray_host_settle (&self->host);
    }
}

static void
set_channel_enabled (FakeChannel *channel,
                     gboolean     is_enabled)
{
  g_autoptr(HeraldValues) settings = herald_values_copy (herald_channel_get_settings (HERALD_CHANNEL (channel)));

  herald_values_set (settings, "enabled", is_enabled ? "true" : "false");
  herald_channel_set_settings (HERALD_CHANNEL (channel), settings);
}

/* One of them is called like the printer. */
static void
test_actions_follow_the_channels (Session       *self,
                                  gconstpointer  data)
{
  GListStore *channels = G_LIST_STORE (herald_engine_get_channels (self->engine));
  g_autoptr(FakeChannel) channel = fake_channel_new ("post");
  g_autoptr(FakeChannel) namesake = fake_channel_new ("p1");

  g_list_store_append (channels, channel);
  g_list_store_append (channels, namesake);
  herald_tray_actions_refresh (self->actions);
  assert_told (self, "+test.post +retry.post +test.p1 +retry.p1 ");
  set_channel_enabled (channel, FALSE);
  herald_tray_actions_refresh (self->actions);
  assert_told (self, "-test.post -retry.post ");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), "test.post"));
  set_channel_enabled (channel, TRUE);
  set_channel_enabled (namesake, FALSE);
  herald_tray_actions_refresh (self->actions);
  assert_told (self, "+test.post +retry.post -test.p1 -retry.p1 ");
  set_doing (self, HERALD_STATE_OFFLINE, NULL);
  assert_told (self, "+connect.p1 ");
  g_list_store_remove_all (channels);
  g_assert_false (g_action_group_has_action (G_ACTION_GROUP (self->actions), "test.post") &&
                  g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions), "test.post"));
}

static void
on_quit (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_muting_and_quitting_need_no_printer (Session       *self,
                                          gconstpointer  data)
{
  gint64 now_ms = g_get_real_time () / 1000;
  guint n_quits = 0;

  g_signal_connect_swapped (self->actions, "quit", G_CALLBACK (on_quit), &n_quits);
  activate (self, "mute-hour", NULL);
  g_assert_cmpint (ABS (herald_engine_get_muted_until (self->engine) - now_ms - SHOWN_HOUR_MS), <, SHOWN_MINUTE_MS);
  activate (self, "mute-morning", NULL);
  g_assert_cmpint (herald_engine_get_muted_until (self->engine) % SHOWN_HOUR_MS, ==, 0);
  activate (self, "mute-forever", NULL);
  g_assert_cmpint (herald_engine_get_muted_until (self->engine), >, now_ms + 1000 * 365 * 24 * SHOWN_HOUR_MS);
  activate (self, "unmute", NULL);
  g_assert_cmpint (herald_engine_get_muted_until (self->engine), ==, 0);
  activate (self, "quit", NULL);
  g_assert_cmpuint (n_quits, ==, 1);
}

/* In the second before the menu asks */
static void
test_quitting_is_refused_once_a_print_has_begun (Session       *self,
                                                 gconstpointer  data)
{
  guint n_quits = 0;

  g_signal_connect_swapped (self->actions, "quit", G_CALLBACK (on_quit), &n_quits);
  set_doing (self, HERALD_STATE_PRINTING, "a.gcode");
  activate (self, "quit", NULL);
  tray_host_settle (&self->host);
  g_assert_cmpuint (n_quits, ==, 0);
  activate (self, "quit-anyway", NULL);
  g_assert_cmpuint (n_quits, ==, 1);
}

#define ADD(name, function) g_test_add ("/tray-actions/" name, Session, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  private_folders_begin ();
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("enabled", test_actions_follow_the_printer);
  ADD ("channels", test_actions_follow_the_channels);
  ADD ("control", test_printer_does_what_is_clicked);
  ADD ("refused", test_what_makes_no_sense_reaches_no_printer);
  ADD ("quit", test_quitting_is_refused_once_a_print_has_begun);
  ADD ("mute", test_muting_and_quitting_need_no_printer);

  status = tray_host_run ();
  private_folders_end ();

  return status;
}

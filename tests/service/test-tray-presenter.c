/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-tray-presenter"

#include "service/tray/tray-presenter.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "core/store/preferences.h"
#include "fixtures/private-folders.h"
#include "fixtures/tray-host.h"

#define LIMIT_S 30

/* An engine without printers, its icon as the user wishes, and a panel */
typedef struct
{
  TrayHost host;
  char *directory;
  HeraldEngine *engine;
  HeraldLauncher *launcher;
  HeraldTrayPresenter *presenter;
  GHashTable *sockets; /* of others than the icon */
  HeraldTrayState awaited;
} Session;

/* Numbers of the sockets that are open in this process */
static GHashTable *
list_sockets (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  GHashTable *sockets = g_hash_table_new (NULL, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      struct stat info;

      if (fstat (atoi (name), &info) == 0 && S_ISSOCK (info.st_mode))
        g_hash_table_add (sockets, GINT_TO_POINTER (atoi (name)));
    }

  return sockets;
}

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
  self->launcher = herald_launcher_new (self->host.service);
  tray_host_begin_watcher (&self->host, TRAY_HOST_TAKES, TRUE);
  tray_host_settle (&self->host);
  self->sockets = list_sockets ();
  self->presenter = herald_tray_presenter_new (self->engine, self->host.service, self->launcher);
}

static void
tear_down (Session       *self,
           gconstpointer  data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->directory);

  g_assert_finalize_object (self->presenter);
  tray_host_settle (&self->host);
  g_assert_finalize_object (self->launcher);
  g_assert_finalize_object (self->engine);
  tray_host_tear_down (&self->host, NULL);
  g_hash_table_unref (self->sockets);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->directory);
}

static gboolean
has_state (gpointer data)
{
  Session *self = data;

  return herald_tray_presenter_get_state (self->presenter) == self->awaited;
}

static void
await_state (Session         *self,
             HeraldTrayState  state)
{
  self->awaited = state;
  tray_host_await (has_state, self, LIMIT_S);
}

/* As a bus does it that is tired of one of us */
static void
break_icon_connection (Session *self)
{
  g_autoptr(GHashTable) sockets = list_sockets ();
  GHashTableIter iter;
  gpointer number;
  guint n_broken = 0;

  g_hash_table_iter_init (&iter, sockets);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      if (!g_hash_table_contains (self->sockets, number) && shutdown (GPOINTER_TO_INT (number), SHUT_RDWR) == 0)
        n_broken++;
    }
  g_assert_cmpuint (n_broken, ==, 1);
}

static void
test_icon_comes_back_on_another_connection (Session       *self,
                                            gconstpointer  data)
{
  await_state (self, HERALD_TRAY_SHOWN);
  g_assert_cmpuint (self->host.n_registrations, ==, 1);
  break_icon_connection (self);
  await_state (self, HERALD_TRAY_ABSENT);
  await_state (self, HERALD_TRAY_SHOWN);
  g_assert_cmpuint (self->host.n_registrations, ==, 2);
  g_assert_cmpstr (self->host.registered->pdata[0], !=, self->host.registered->pdata[1]);
  g_assert_false (g_dbus_connection_is_closed (self->host.service));
}

static void
set_wanted (Session    *self,
            const char *is_wanted)
{
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autoptr(GError) error = NULL;

  herald_values_set (values, "tray", is_wanted);
  herald_config_change_section (herald_engine_get_config (self->engine), "octoherald", NULL, values, &error);
  g_assert_no_error (error);
}

/* Also in the pause before the next connection is asked for */
static void
test_icon_follows_the_preference (Session       *self,
                                  gconstpointer  data)
{
  await_state (self, HERALD_TRAY_SHOWN);
  set_wanted (self, "false");
  await_state (self, HERALD_TRAY_OFF);
  set_wanted (self, "true");
  await_state (self, HERALD_TRAY_SHOWN);
  break_icon_connection (self);
  await_state (self, HERALD_TRAY_ABSENT);
  set_wanted (self, "false");
  await_state (self, HERALD_TRAY_OFF);
  set_wanted (self, "true");
  await_state (self, HERALD_TRAY_SHOWN);
  g_assert_cmpuint (self->host.n_registrations, ==, 3);
}

static void
test_icon_ends_in_the_pause (Session       *self,
                             gconstpointer  data)
{
  await_state (self, HERALD_TRAY_SHOWN);
  break_icon_connection (self);
  await_state (self, HERALD_TRAY_ABSENT);
}

#define ADD(name, function) g_test_add ("/tray-presenter/" name, Session, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  private_folders_begin ();
  g_test_init (&argc, &argv, NULL);

  ADD ("again", test_icon_comes_back_on_another_connection);
  ADD ("preference", test_icon_follows_the_preference);
  ADD ("ends-in-pause", test_icon_ends_in_the_pause);

  status = tray_host_run ();
  private_folders_end ();

  return status;
}

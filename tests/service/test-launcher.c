/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-launcher"

#include "service/actions/launcher.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixtures/private-folders.h"
#include "fixtures/tray-host.h"

#define WINDOW "io.github.octoherald.OctoHerald"
#define WINDOW_PATH "/io/github/octoherald/OctoHerald"
#define LIMIT_S 20

/* A launcher, and on command the program with the window on the bus */
typedef struct
{
  TrayHost host;
  HeraldLauncher *launcher;
  GString *asked;
  guint name_id;
  guint object_id;
} Session;

static void
set_up (Session       *self,
        gconstpointer  data)
{
  tray_host_set_up (&self->host, NULL);
  self->launcher = herald_launcher_new (self->host.service);
  self->asked = g_string_new (NULL);
  tray_host_settle (&self->host);
}

static void
tear_down (Session       *self,
           gconstpointer  data)
{
  if (self->name_id != 0)
    g_bus_unown_name (self->name_id);
  if (self->object_id != 0)
    g_dbus_connection_unregister_object (self->host.panel, self->object_id);
  tray_host_settle (&self->host);
  g_assert_finalize_object (self->launcher);
  g_string_free (self->asked, TRUE);
  tray_host_tear_down (&self->host, NULL);
}

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *arguments,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  Session *self = user_data;
  g_autofree char *text = g_variant_print (arguments, FALSE);

  g_string_append_printf (self->asked, "%s%s\n", method, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
begin_window (Session *self)
{
  static const char introspection[] =
      "<node><interface name='org.freedesktop.Application'>"
      "<method name='Activate'><arg type='a{sv}' direction='in'/></method>"
      "<method name='ActivateAction'><arg type='s' direction='in'/><arg type='av' direction='in'/>"
      "<arg type='a{sv}' direction='in'/></method></interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  self->object_id = g_dbus_connection_register_object (self->host.panel, WINDOW_PATH, node->interfaces[0], &vtable, self,
                                                       NULL, NULL);
  self->name_id = g_bus_own_name_on_connection (self->host.panel, WINDOW, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL,
                                                NULL);
  tray_host_settle (&self->host);
}

static gboolean
is_asked (gpointer data)
{
  return ((Session *) data)->asked->len > 0;
}

static void
assert_asked (Session    *self,
              const char *expected)
{
  tray_host_await (is_asked, self, LIMIT_S);
  g_assert_cmpstr (self->asked->str, ==, expected);
  g_string_truncate (self->asked, 0);
}

static void
test_running_window_is_asked_over_the_bus (Session       *self,
                                           gconstpointer  data)
{
  begin_window (self);
  herald_launcher_open_window (self->launcher, NULL, NULL, "");
  assert_asked (self, "Activate({},)\n");
  herald_launcher_open_window (self->launcher, "history", NULL, "t1");
  assert_asked (self, "ActivateAction('show-page', [<'history'>], "
                      "{'activation-token': <'t1'>, 'desktop-startup-id': <'t1'>})\n");
  herald_launcher_open_window (self->launcher, "printers", "mk3", NULL);
  assert_asked (self, "ActivateAction('show-printer', [<'mk3'>], {})\n");
}

/* What is to be shown is told when it is there. */
static void
test_window_is_started_if_the_bus_cannot (Session       *self,
                                          gconstpointer  data)
{
  g_autofree char *told = NULL;
  g_autoptr(HeraldLauncher) other = NULL;

  g_assert_false (herald_launcher_has_window (self->launcher));
  private_folders_add_window ();
  other = herald_launcher_new (self->host.service);
  g_assert_true (herald_launcher_has_window (other));

  herald_launcher_open_window (other, "printers", "mk3", "t2");
  told = private_folders_await_told ();
  g_assert_cmpstr (told, ==, "octoherald  token=t2,t2\n");
  begin_window (self);
  assert_asked (self, "ActivateAction('show-printer', [<'mk3'>], "
                      "{'activation-token': <'t2'>, 'desktop-startup-id': <'t2'>})\n");
}

static void
test_pages_are_opened_with_the_token (Session       *self,
                                      gconstpointer  data)
{
  g_autofree char *told = NULL;

  herald_launcher_open_page (self->launcher, "http://octopi.local/?a=b&c=d;e", "t3");
  told = private_folders_await_told ();
  g_assert_cmpstr (told, ==, "viewer http://octopi.local/?a=b&c=d;e token=t3,t3\n");
}

static void
test_nothing_but_web_pages_is_opened (Session       *self,
                                      gconstpointer  data)
{
  static const char *const wrong[] = {
    "", "octopi.local", "file:///etc/passwd", "javascript:alert(1)", "ftp://octopi.local/", "http://", "http:///path",
    "mailto:a@b", "data:text/html,x", " http://octopi.local", "/usr/bin/env",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      herald_launcher_open_page (self->launcher, wrong[i], NULL);
      tray_host_settle (&self->host);
    }
  g_assert_false (private_folders_has_told ());
}

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "octoherald", NULL);
}

static guint
count_pictures (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_pictures_are_private_and_few (Session       *self,
                                   gconstpointer  data)
{
  g_autoptr(GBytes) picture = g_bytes_new_static ("\xff\xd8\xff\xe0 picture", 12);
  g_autofree char *folder = get_folder ();
  GStatBuf info;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *told = NULL;
      g_autofree char *path = NULL;
      g_autofree char *content = NULL;
      g_auto(GStrv) words = NULL;
      gsize length = 0;

      herald_launcher_open_picture (self->launcher, picture, "image/jpeg", NULL);
      told = private_folders_await_told ();
      words = g_strsplit (told, " ", -1);
      path = g_strdup (words[1]);
      g_assert_true (g_str_has_prefix (path, folder) && g_str_has_suffix (path, ".jpg"));
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_cmpmem (content, length, "\xff\xd8\xff\xe0 picture", 12);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
    }
  g_assert_cmpuint (count_pictures (), ==, 20);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0700);
}

static void
test_folder_of_others_is_not_used (Session       *self,
                                   gconstpointer  data)
{
  g_autoptr(GBytes) picture = g_bytes_new_static ("x", 1);
  g_autofree char *folder = get_folder ();
  g_autofree char *moved = g_strconcat (folder, "-moved", NULL);
  guint n_before = count_pictures ();

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  herald_launcher_open_picture (self->launcher, picture, "image/png", NULL);
  g_assert_cmpuint (count_pictures (), ==, n_before);

  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (g_rename (folder, moved), ==, 0);
  g_assert_cmpint (symlink (moved, folder), ==, 0);
  herald_launcher_open_picture (self->launcher, picture, "image/png", NULL);
  g_assert_cmpuint (count_pictures (), ==, n_before);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (moved, folder), ==, 0);

  herald_launcher_open_picture (self->launcher, picture, "text/html", NULL);
  tray_host_settle (&self->host);
  g_assert_cmpuint (count_pictures (), ==, n_before);
  g_assert_false (private_folders_has_told ());
}

#define ADD(name, function) g_test_add ("/launcher/" name, Session, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  private_folders_begin ();
  private_folders_add_viewer ();
  g_test_init (&argc, &argv, NULL);

  ADD ("window/running", test_running_window_is_asked_over_the_bus);
  ADD ("window/started", test_window_is_started_if_the_bus_cannot);
  ADD ("page", test_pages_are_opened_with_the_token);
  ADD ("page/wrong", test_nothing_but_web_pages_is_opened);
  ADD ("picture", test_pictures_are_private_and_few);
  ADD ("picture/folder", test_folder_of_others_is_not_used);

  status = tray_host_run ();
  private_folders_end ();

  return status;
}

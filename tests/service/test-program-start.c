/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-program-start"

#include "service/actions/program-start.h"

#include <sys/stat.h>
#include <unistd.h>

#include "fixtures/tray-host.h"

#define SYSTEMD "org.freedesktop.systemd1"
#define SYSTEMD_PATH "/org/freedesktop/systemd1"
#define LIMIT_S 20

/* Stands in for systemd: what a start is told, and how it ends */
typedef struct
{
  TrayHost host;
  const char *how; /* NULL: it refuses */
  GVariant *asked;
  guint object_id;
  guint name_id;
  gboolean is_done;
  GError *error;
} Session;

static void
set_up (Session       *self,
        gconstpointer  data)
{
  tray_host_set_up (&self->host, NULL);
}

static void
tear_down (Session       *self,
           gconstpointer  data)
{
  if (self->name_id != 0)
    g_bus_unown_name (self->name_id);
  if (self->object_id != 0)
    g_dbus_connection_unregister_object (self->host.panel, self->object_id);
  g_clear_pointer (&self->asked, g_variant_unref);
  g_clear_error (&self->error);
  tray_host_settle (&self->host);
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
  const char *unit = NULL;

  g_clear_pointer (&self->asked, g_variant_unref);
  self->asked = g_variant_ref (arguments);
  if (self->how == NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.PropertyReadOnly", "no");
      return;
    }

  g_variant_get_child (arguments, 0, "&s", &unit);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", SYSTEMD_PATH "/job/1"));
  g_dbus_connection_emit_signal (connection, NULL, SYSTEMD_PATH, SYSTEMD ".Manager", "JobRemoved",
                                 g_variant_new ("(uoss)", 2, SYSTEMD_PATH "/job/2", "other.service", "failed"), NULL);
  g_dbus_connection_emit_signal (connection, NULL, SYSTEMD_PATH, SYSTEMD ".Manager", "JobRemoved",
                                 g_variant_new ("(uoss)", 1, SYSTEMD_PATH "/job/1", unit, self->how), NULL);
}

static void
begin_systemd (Session    *self,
               const char *how)
{
  static const char introspection[] =
    "<node><interface name='" SYSTEMD ".Manager'><method name='StartTransientUnit'><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='a(sv)' direction='in'/><arg type='a(sa(sv))' direction='in'/>"
    "<arg type='o' direction='out'/></method></interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  self->how = how;
  self->object_id = g_dbus_connection_register_object (self->host.panel, SYSTEMD_PATH, node->interfaces[0], &vtable, self,
                                                       NULL, NULL);
  self->name_id = g_bus_own_name_on_connection (self->host.panel, SYSTEMD, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL,
                                                NULL);
  tray_host_settle (&self->host);
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Session *self = user_data;

  g_assert_true (herald_program_start_finish (result, &self->error) == (self->error == NULL));
  self->is_done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Session *) data)->is_done;
}

static void
start (Session           *self,
       HeraldProgramKind  kind,
       const char *const *words)
{
  self->is_done = FALSE;
  g_clear_error (&self->error);
  herald_program_start_async (self->host.service, kind, words, "t1", on_started, self);
  tray_host_await (is_done, self, LIMIT_S);
}

static void
assert_property (Session    *self,
                 const char *name,
                 const char *expected)
{
  g_autoptr(GVariant) properties = g_variant_get_child_value (self->asked, 2);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "(&sv)", &key, &value))
    if (g_str_equal (key, name))
      {
        g_autofree char *text = g_variant_print (value, FALSE);

        g_assert_cmpstr (text, ==, expected);
        g_variant_unref (value);
        return;
      }
  g_assert_not_reached ();
}

static void
test_systemd_starts_it_outside_of_the_service (Session       *self,
                                               gconstpointer  data)
{
  static const char *const words[] = { "/usr/bin/gio", "open", "http://octopi.local/?a=$HOME&b=${PATH};%h", NULL };

  begin_systemd (self, "done");
  start (self, HERALD_PROGRAM_ENDS, words);
  g_assert_no_error (self->error);
  assert_property (self, "ExecStart", "[('/usr/bin/gio', ['/usr/bin/gio', 'open', "
                                      "'http://octopi.local/?a=$$HOME&b=$${PATH};%h'], false)]");
  assert_property (self, "Type", "'oneshot'");
  assert_property (self, "KillMode", "'process'");
  assert_property (self, "Environment", "['XDG_ACTIVATION_TOKEN=t1', 'DESKTOP_STARTUP_ID=t1']");

  start (self, HERALD_PROGRAM_STAYS, words);
  assert_property (self, "Type", "'exec'");
}

static void
test_failed_start_is_told (Session       *self,
                           gconstpointer  data)
{
  static const char *const words[] = { "/bin/true", NULL };

  begin_systemd (self, "failed");
  start (self, HERALD_PROGRAM_ENDS, words);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

/* What it makes is not for us alone. */
static void
assert_it_starts_here (Session *self)
{
  g_autofree char *folder = g_dir_make_tmp ("program-start-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "$made", NULL);
  const char *const words[] = { "/usr/bin/touch", path, NULL };
  const char *const failing[] = { "/bin/false", NULL };
  const char *const missing[] = { "/nowhere/at/all", NULL };
  struct stat info;
  mode_t before = umask (077);

  herald_program_start_set_umask (022);
  start (self, HERALD_PROGRAM_ENDS, words);
  umask (before);
  g_assert_no_error (self->error);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0644);
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_cmpint (rmdir (folder), ==, 0);

  start (self, HERALD_PROGRAM_ENDS, failing);
  g_assert_error (self->error, G_SPAWN_EXIT_ERROR, 1);
  start (self, HERALD_PROGRAM_STAYS, missing);
  g_assert_error (self->error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
}

static void
test_without_systemd_the_umask_is_that_of_others (Session       *self,
                                                  gconstpointer  data)
{
  assert_it_starts_here (self);
}

static void
test_systemd_that_refuses_is_done_without (Session       *self,
                                           gconstpointer  data)
{
  begin_systemd (self, NULL);
  assert_it_starts_here (self);
}

#define ADD(name, function) g_test_add ("/program-start/" name, Session, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("systemd", test_systemd_starts_it_outside_of_the_service);
  ADD ("systemd/failed", test_failed_start_is_told);
  ADD ("systemd/none", test_without_systemd_the_umask_is_that_of_others);
  ADD ("systemd/refuses", test_systemd_that_refuses_is_done_without);

  return tray_host_run ();
}

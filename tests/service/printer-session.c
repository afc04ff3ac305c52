/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-test-printer-session"
#define _GNU_SOURCE

#include "printer-session.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <stdlib.h>

#include "service/bus/names.h"

#define WAIT_MS (20 * 1000)
#define API_PREFIX "io.github.octoherald.OctoHerald"

static gboolean
on_wait_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
printer_session_await (gboolean (*condition) (gpointer data),
                       gpointer   data)
{
  gboolean late = FALSE;
  guint timeout_id = g_timeout_add (WAIT_MS, on_wait_timeout, &late);

  while (!late && !condition (data))
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (late);
  g_source_remove (timeout_id);
}

static gboolean
is_done (gpointer data)
{
  return ((PrinterSessionAnswer *) data)->done;
}

static gboolean
has_name (gpointer data)
{
  return ((PrinterSession *) data)->has_name;
}

static gboolean
has_task (gpointer data)
{
  return ((PrinterSession *) data)->printer->task != NULL;
}

void
printer_session_await_answer (PrinterSessionAnswer *answer)
{
  printer_session_await (is_done, answer);
}

/* Until the printer has been asked something. */
void
printer_session_await_task (PrinterSession *self)
{
  printer_session_await (has_task, self);
}

static void
on_name_acquired (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  ((PrinterSession *) user_data)->has_name = TRUE;
}

static void
export (PrinterSession *self)
{
  g_autofree char *path = herald_names_make_path ("printers", "mk3");
  g_autoptr(HeraldDBusObjectSkeleton) skeleton = herald_dbus_object_skeleton_new (path);
  g_autoptr(GError) error = NULL;

  self->object = HERALD_DBUS_PRINTER1 (herald_printer_object_new (self->engine, HERALD_PRINTER (self->printer), NULL));
  herald_dbus_object_skeleton_set_printer1 (skeleton, self->object);
  self->manager = g_dbus_object_manager_server_new (HERALD_OBJECT_PATH);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (skeleton));
  self->service = herald_service_object_new (self->engine);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->service), self->connection,
                                    HERALD_OBJECT_PATH, &error);
  g_assert_no_error (error);
  g_dbus_object_manager_server_set_connection (self->manager, self->connection);
}

void
printer_session_set_up (PrinterSession *self,
                        gconstpointer   data)
{
  static const HeraldChannelType *const no_types[] = { NULL };
  g_autoptr(GError) error = NULL;

  self->directory = g_dir_make_tmp ("herald-printer-session-XXXXXX", &error);
  g_assert_no_error (error);
  self->engine = herald_engine_new (self->directory, self->directory, no_types, &error);
  g_assert_no_error (error);
  self->printer = fake_printer_new ("mk3");
  self->connection = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
  export (self);
  self->name_id = g_bus_own_name_on_connection (self->connection, HERALD_BUS_NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                                on_name_acquired, NULL, self, NULL);
  printer_session_await (has_name, self);
}

/* As if somebody had removed the printer. */
void
printer_session_remove (PrinterSession *self)
{
  g_autofree char *path = herald_names_make_path ("printers", "mk3");

  g_dbus_object_manager_server_unexport (self->manager, path);
  g_clear_object (&self->object);
}

void
printer_session_tear_down (PrinterSession *self,
                           gconstpointer   data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", self->directory);

  if (self->object != NULL)
    printer_session_remove (self);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_bus_unown_name (self->name_id);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->service));
  g_clear_object (&self->manager);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->printer);
  g_clear_object (&self->service);
  g_assert_finalize_object (self->engine);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->directory);
}

static void
on_call_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  PrinterSessionAnswer *answer = user_data;

  answer->value = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &answer->error);
  answer->done = TRUE;
}

void
printer_session_call (PrinterSession       *self,
                      PrinterSessionAnswer *answer,
                      const char           *method,
                      GVariant             *arguments)
{
  g_autofree char *path = herald_names_make_path ("printers", "mk3");

  g_dbus_connection_call (self->connection, HERALD_BUS_NAME, path,
                          API_PREFIX ".Printer1", method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_call_ready, answer);
}

static void
on_ctl_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  PrinterSessionAnswer *answer = user_data;
  GSubprocess *ctl = G_SUBPROCESS (source);
  g_autoptr(GError) error = NULL;

  g_subprocess_communicate_utf8_finish (ctl, result, &answer->output, &answer->problem, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (ctl));
  answer->status = g_subprocess_get_exit_status (ctl);
  answer->done = TRUE;
}

static GSubprocess *
start (GSubprocessLauncher  *launcher,
       PrinterSessionAnswer *answer,
       const char           *words)
{
  g_autofree char *line = g_strdup_printf ("%s %s", g_getenv ("OCTOHERALDCTL"), words);
  g_auto(GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr(GError) error = NULL;
  GSubprocess *ctl = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (ctl, NULL, NULL, on_ctl_ready, answer);

  return ctl;
}

GSubprocess *
printer_session_start_ctl (PrinterSession       *self,
                           PrinterSessionAnswer *answer,
                           const char           *words)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  return start (launcher, answer, words);
}

GSubprocess *
printer_session_start_ctl_at_terminal (PrinterSession       *self,
                                       PrinterSessionAnswer *answer,
                                       const char           *words,
                                       int                  *terminal)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  int fd = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  int other;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (grantpt (fd), ==, 0);
  g_assert_cmpint (unlockpt (fd), ==, 0);
  other = open (ptsname (fd), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (other, >=, 0);
  g_subprocess_launcher_take_stdin_fd (launcher, other);
  g_subprocess_launcher_take_stdout_fd (launcher, fcntl (other, F_DUPFD_CLOEXEC, 0));
  g_assert_true (g_unix_set_fd_nonblocking (fd, TRUE, NULL));
  *terminal = fd;

  return start (launcher, answer, words);
}

/* @name: of the error on the bus, without what all have in common */
void
printer_session_assert_error (PrinterSessionAnswer *answer,
                              const char           *name)
{
  g_autofree char *expected = g_strdup_printf (API_PREFIX ".Error.%s", name);
  g_autofree char *found = NULL;

  printer_session_await_answer (answer);
  g_assert_nonnull (answer->error);
  found = g_dbus_error_get_remote_error (answer->error);
  g_assert_cmpstr (found, ==, expected);
}

/* @output: %NULL if a terminal has got it */
void
printer_session_assert_end (PrinterSessionAnswer *answer,
                            int                   status,
                            const char           *output,
                            const char           *problem)
{
  printer_session_await_answer (answer);
  g_assert_cmpstr (answer->output, ==, output);
  g_assert_cmpstr (answer->problem, ==, problem);
  g_assert_cmpint (answer->status, ==, status);
}

void
printer_session_clear_answer (PrinterSessionAnswer *answer)
{
  g_clear_pointer (&answer->value, g_variant_unref);
  g_clear_error (&answer->error);
  g_clear_pointer (&answer->output, g_free);
  g_clear_pointer (&answer->problem, g_free);
}

/* Runs the tests with a bus of their own. */
int
printer_session_run (void)
{
  g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  int status;

  herald_names_register_errors ();
  g_test_dbus_up (bus);
  status = g_test_run ();
  g_test_dbus_stop (bus);

  return status;
}

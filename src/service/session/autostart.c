/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-autostart"

#include "service/session/autostart.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/sandbox.h"
#include "core/store/settings-text.h"
#include "service/session/autostart-entry.h"
#include "service/session/background-request.h"

/* After an update the kernel calls the program that runs so. */
#define DELETED_SUFFIX " (deleted)"

/**
 * HeraldAutostart:
 *
 * Whether the desktop starts the service at login. Outside of a sandbox that is a file, which others may change, too; in a
 * sandbox the desktop is asked, and what the user chose last is kept among the settings to be said again at each question.
 */
struct _HeraldAutostart
{
  GObject parent_instance;

  HeraldConfig *config;
  GCancellable *cancellable;
  GFileMonitor *monitor;
  char *program;
  char *problem;
  gboolean is_sandboxed;
  gboolean is_enabled;
};

G_DEFINE_FINAL_TYPE (HeraldAutostart, herald_autostart, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} HeraldAutostartSignal;

static guint signals[SIGNAL_CHANGED + 1];

static const HeraldPreference preference = {
  HERALD_AUTOSTART_NAME, N_("Start at login"), N_("Your printers are watched as soon as you log in."), "false",
};

static void
set_state (HeraldAutostart *self,
           gboolean         enabled,
           const char      *problem)
{
  if (self->is_enabled == enabled && g_strcmp0 (self->problem, problem) == 0)
    return;

  self->is_enabled = enabled;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Outside of a sandbox */

static void watch_file (HeraldAutostart *self);

static void
read_file (HeraldAutostart *self)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *problem = NULL;

  if (!herald_autostart_entry_is_ours_to_write ())
    problem = g_strdup_printf (_("Programs that start at login are listed in “%s”, and nothing can be written there."),
                               folder);
  if (self->monitor == NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    watch_file (self);
  set_state (self, herald_autostart_entry_is_enabled (), problem);
}

static void
on_file_changed (HeraldAutostart *self)
{
  read_file (self);
}

/* The desktop’s own settings change the file, too. For a folder that is not there, GIO would look every four seconds. */
static void
watch_file (HeraldAutostart *self)
{
  g_autofree char *path = herald_autostart_entry_dup_path ();
  g_autoptr(GFile) file = g_file_new_for_path (path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
}

static char *
find_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL && g_str_has_suffix (program, DELETED_SUFFIX) && !g_file_test (program, G_FILE_TEST_EXISTS))
    program[strlen (program) - strlen (DELETED_SUFFIX)] = '\0';

  return program != NULL ? g_steal_pointer (&program) : g_strdup (HERALD_LIBEXEC_DIR "/octoherald-service");
}

/* In a sandbox */

static gboolean
is_chosen (HeraldAutostart *self)
{
  g_autoptr(HeraldValues) values = herald_config_dup_section (self->config, HERALD_SETTINGS_GENERAL, NULL);

  return herald_values_get_boolean (values, HERALD_AUTOSTART_NAME, FALSE);
}

static gboolean
keep_choice (HeraldAutostart  *self,
             gboolean          enabled,
             GError          **error)
{
  g_autoptr(HeraldValues) changes = herald_values_new ();

  herald_values_set (changes, HERALD_AUTOSTART_NAME, enabled ? "true" : "");

  return is_chosen (self) == enabled ||
         herald_config_change_section (self->config, HERALD_SETTINGS_GENERAL, NULL, changes, error);
}

static void
on_begin_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldAutostart) self = HERALD_AUTOSTART (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_background_request_finish (result, &error))
    set_state (self, is_chosen (self), NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, FALSE, error->message);
}

static void
on_request_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldAutostart *self = g_task_get_source_object (task);
  gboolean enabled = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr(GError) error = NULL;

  if (herald_background_request_finish (result, &error) && keep_choice (self, enabled, &error))
    {
      set_state (self, enabled, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_REJECTED))
    set_state (self, FALSE, error->message);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* GObject */

static void
herald_autostart_dispose (GObject *object)
{
  HeraldAutostart *self = HERALD_AUTOSTART (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_object (&self->config);

  G_OBJECT_CLASS (herald_autostart_parent_class)->dispose (object);
}

static void
herald_autostart_finalize (GObject *object)
{
  HeraldAutostart *self = HERALD_AUTOSTART (object);

  g_clear_object (&self->cancellable);
  g_free (self->program);
  g_free (self->problem);

  G_OBJECT_CLASS (herald_autostart_parent_class)->finalize (object);
}

static void
herald_autostart_class_init (HeraldAutostartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_autostart_dispose;
  object_class->finalize = herald_autostart_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
herald_autostart_init (HeraldAutostart *self)
{
  self->cancellable = g_cancellable_new ();
  self->program = find_program ();
  self->is_sandboxed = herald_sandbox_is_inside ();
}

HeraldAutostart *
herald_autostart_new (HeraldConfig *config)
{
  HeraldAutostart *self = g_object_new (HERALD_TYPE_AUTOSTART, NULL);

  self->config = g_object_ref (config);
  if (self->is_sandboxed)
    {
      set_state (self, is_chosen (self), NULL);
      return self;
    }

  herald_autostart_entry_mend (self->program);
  read_file (self);

  return self;
}

const HeraldPreference *
herald_autostart_get_preference (void)
{
  return &preference;
}

gboolean
herald_autostart_get_enabled (HeraldAutostart *self)
{
  return self->is_enabled;
}

const char *
herald_autostart_get_problem (HeraldAutostart *self)
{
  return self->problem;
}

/**
 * herald_autostart_look_again:
 *
 * For whoever asks how it stands: while nobody has anything to be started at login, nothing tells of the first one.
 */
void
herald_autostart_look_again (HeraldAutostart *self)
{
  if (!self->is_sandboxed)
    read_file (self);
}

void
herald_autostart_begin (HeraldAutostart *self,
                        GDBusConnection *connection)
{
  if (self->is_sandboxed)
    herald_background_request_async (connection, self->program, is_chosen (self), self->cancellable, on_begin_ready,
                                     g_object_ref (self));
}

/**
 * herald_autostart_set_async:
 * @connection: to the session bus
 *
 * Fails with HERALD_ERROR_SETTINGS where the file cannot be written; in a sandbox with HERALD_ERROR_REJECTED or
 * HERALD_ERROR_UNREACHABLE.
 */
void
herald_autostart_set_async (HeraldAutostart     *self,
                            GDBusConnection     *connection,
                            gboolean             enabled,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;

  g_task_set_task_data (task, GINT_TO_POINTER (enabled), NULL);
  if (self->is_sandboxed)
    {
      herald_background_request_async (connection, self->program, enabled, cancellable, on_request_ready,
                                       g_object_ref (task));
      return;
    }

  if (herald_autostart_entry_set (self->program, enabled, &error))
    {
      read_file (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
herald_autostart_set_finish (HeraldAutostart  *self,
                             GAsyncResult     *result,
                             GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

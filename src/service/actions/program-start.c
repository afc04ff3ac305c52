/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-program-start"

#include "service/actions/program-start.h"

#include <sys/stat.h>

#include "core/base/task.h"

#define SYSTEMD_NAME "org.freedesktop.systemd1"
#define SYSTEMD_PATH "/org/freedesktop/systemd1"
#define SYSTEMD_MANAGER "org.freedesktop.systemd1.Manager"
#define CALL_LIMIT_MS (10 * 1000)

/* Nobody waits longer for what he has clicked. */
#define START_LIMIT_S 30

static mode_t mask_of_others = 022;

typedef struct
{
  GDBusConnection *connection;
  HeraldProgramKind kind;
  char **words;
  char *token;
  char *unit;
  guint removed_id;
  guint limit_id;
} Start;

static void
start_end (gpointer data)
{
  Start *start = data;

  g_clear_handle_id (&start->limit_id, g_source_remove);
  if (start->removed_id != 0)
    g_dbus_connection_signal_unsubscribe (start->connection, start->removed_id);
  start->removed_id = 0;
}

static void
start_free (Start *start)
{
  start_end (start);
  g_object_unref (start->connection);
  g_strfreev (start->words);
  g_free (start->token);
  g_free (start->unit);
  g_free (start);
}

/* @error: (transfer full) (nullable) */
static void
settle (GTask  *task,
        GError *error)
{
  herald_task_settle (task, error, start_end);
}

/* Without systemd */

static void
on_program_ended (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  settle (task, error);
}

/* In the child, where hardly anything is allowed */
static void
leave_our_mask (gpointer user_data)
{
  umask (mask_of_others);
}

static void
start_here (GTask *task)
{
  Start *start = g_task_get_task_data (task);
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr(GSubprocess) program = NULL;
  GError *error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, leave_our_mask, NULL, NULL);
  if (start->token != NULL)
    {
      g_subprocess_launcher_setenv (launcher, "XDG_ACTIVATION_TOKEN", start->token, TRUE);
      g_subprocess_launcher_setenv (launcher, "DESKTOP_STARTUP_ID", start->token, TRUE);
    }
  program = g_subprocess_launcher_spawnv (launcher, (const char *const *) start->words, &error);
  if (program != NULL && start->kind == HERALD_PROGRAM_ENDS)
    g_subprocess_wait_check_async (program, NULL, on_program_ended, g_object_ref (task));
  else
    settle (task, error);
}

/* By systemd */

static void
add_command (GVariantBuilder *properties,
             Start           *start)
{
  GVariantBuilder words;

  g_variant_builder_init (&words, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; start->words[i] != NULL; i++)
    {
      g_autoptr(GString) word = g_string_new (start->words[i]);

      /* Otherwise $NAME would be replaced (systemd.service(5), “Command lines”). */
      g_string_replace (word, "$", "$$", 0);
      g_variant_builder_add (&words, "s", word->str);
    }
  g_variant_builder_add (properties, "(sv)", "ExecStart",
                         g_variant_new_parsed ("[(%s, %@as, false)]", start->words[0], g_variant_builder_end (&words)));
}

/* What it leaves behind is the program somebody wanted to see, which goes on. */
static GVariant *
make_properties (Start *start)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a(sv)"));
  g_variant_builder_add (&properties, "(sv)", "Description", g_variant_new_string ("Opened by OctoHerald"));
  g_variant_builder_add (&properties, "(sv)", "Slice", g_variant_new_string ("app.slice"));
  g_variant_builder_add (&properties, "(sv)", "Type",
                         g_variant_new_string (start->kind == HERALD_PROGRAM_ENDS ? "oneshot" : "exec"));
  g_variant_builder_add (&properties, "(sv)", "KillMode", g_variant_new_string ("process"));
  g_variant_builder_add (&properties, "(sv)", "CollectMode", g_variant_new_string ("inactive-or-failed"));
  g_variant_builder_add (&properties, "(sv)", "TimeoutStartUSec",
                         g_variant_new_uint64 (START_LIMIT_S * (guint64) G_USEC_PER_SEC));
  if (start->token != NULL)
    {
      g_autofree char *token = g_strconcat ("XDG_ACTIVATION_TOKEN=", start->token, NULL);
      g_autofree char *id = g_strconcat ("DESKTOP_STARTUP_ID=", start->token, NULL);
      const char *const environment[] = { token, id, NULL };

      g_variant_builder_add (&properties, "(sv)", "Environment", g_variant_new_strv (environment, -1));
    }
  add_command (&properties, start);

  return g_variant_builder_end (&properties);
}

static void
on_job_removed (GDBusConnection *connection,
                const char      *sender,
                const char      *path,
                const char      *interface,
                const char      *signal,
                GVariant        *parameters,
                gpointer         user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);
  const char *unit = NULL;
  const char *how = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uoss)")))
    return;

  g_variant_get (parameters, "(uo&s&s)", NULL, NULL, &unit, &how);
  if (!g_str_equal (unit, start->unit))
    return;

  settle (task, g_str_equal (how, "done") ? NULL
                                          : g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "systemd: the start is %s", how));
}

static void
on_unit_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_task_get_completed (task))
    return;

  /* It may still do it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    {
      settle (task, g_steal_pointer (&error));
      return;
    }

  g_debug ("Not started by systemd: %s", error->message);
  start_end (g_task_get_task_data (task));
  start_here (task);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);

  start->limit_id = 0;
  settle (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "It takes too long to start"));

  return G_SOURCE_REMOVE;
}

void
herald_program_start_set_umask (mode_t umask)
{
  mask_of_others = umask;
}

void
herald_program_start_async (GDBusConnection     *connection,
                            HeraldProgramKind    kind,
                            const char *const   *words,
                            const char          *token,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Start *start = g_new0 (Start, 1);

  start->connection = g_object_ref (connection);
  start->kind = kind;
  start->words = g_strdupv ((char **) words);
  start->token = token != NULL && *token != '\0' ? g_strdup (token) : NULL;
  start->unit = g_strdup_printf ("app-octoherald-%08x%08x.service", g_random_int (), g_random_int ());
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);

  start->limit_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, START_LIMIT_S, on_limit_timeout, g_object_ref (task),
                                                g_object_unref);
  start->removed_id =
    g_dbus_connection_signal_subscribe (connection, SYSTEMD_NAME, SYSTEMD_MANAGER, "JobRemoved", SYSTEMD_PATH, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, on_job_removed, g_object_ref (task), g_object_unref);
  g_dbus_connection_call (connection, SYSTEMD_NAME, SYSTEMD_PATH, SYSTEMD_MANAGER, "StartTransientUnit",
                          g_variant_new ("(ss@a(sv)@a(sa(sv)))", start->unit, "fail", make_properties (start),
                                         g_variant_new_array (G_VARIANT_TYPE ("(sa(sv))"), NULL, 0)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_LIMIT_MS, NULL, on_unit_ready,
                          g_object_ref (task));
}

gboolean
herald_program_start_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-file-choice"

#include "window/base/file-choice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "window/base/file-entry.h"

/* XDG Desktop Portal, “File Chooser” and “Request” */
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define FILE_CHOOSER "org.freedesktop.portal.FileChooser"
#define REQUEST "org.freedesktop.portal.Request"
#define RESPONSE_DONE 0

/* Until the chooser is there; a person may take all the time. */
#define CALL_LIMIT_MS 10000

/* A choice that is under way */
typedef struct
{
  GtkWindow *parent;
  HeraldFileChoice choice;
  char *title;
  char *name;
  GDBusConnection *bus;
  guint response_id;
} Question;

static void
question_stop (Question *question)
{
  guint id = question->response_id;

  question->response_id = 0;
  if (id != 0)
    g_dbus_connection_signal_unsubscribe (question->bus, id);
}

static void
question_free (Question *question)
{
  g_clear_object (&question->parent);
  g_clear_object (&question->bus);
  g_free (question->title);
  g_free (question->name);
  g_free (question);
}

static void
return_nothing (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file was chosen");
}

/* By its name, where the desktop has no chooser */

static void
on_entry_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  GFile *file = herald_file_entry_ask_finish (result, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ask_for_name (GTask *taken_task)
{
  Question *question = g_task_get_task_data (taken_task);

  herald_file_entry_ask_async (question->parent, question->choice, question->title, question->name,
                               g_task_get_cancellable (taken_task), on_entry_ready, taken_task);
}

/* The chooser of the desktop */

static void
on_response (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));
  g_autoptr(GVariant) results = NULL;
  g_autofree const char **addresses = NULL;
  guint32 response = 1;

  question_stop (g_task_get_task_data (task));
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == RESPONSE_DONE)
    g_variant_lookup (results, "uris", "^a&s", &addresses);

  if (addresses != NULL && addresses[0] != NULL && g_str_has_prefix (addresses[0], "file:"))
    g_task_return_pointer (task, g_file_new_for_uri (addresses[0]), g_object_unref);
  else
    return_nothing (task);
}

static void
on_chooser_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_task_get_completed (task))
    return;

  g_debug ("The desktop has no chooser of files: %s", error->message);
  question_stop (g_task_get_task_data (task));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    ask_for_name (g_steal_pointer (&task));
}

static GVariant *
make_options (const Question *question,
              const char     *token)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "modal", g_variant_new_boolean (TRUE));
  if (question->name != NULL)
    g_variant_builder_add (&options, "{sv}", "current_name", g_variant_new_string (question->name));

  return g_variant_builder_end (&options);
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Question *question = g_task_get_task_data (task);
  g_autofree char *sender = NULL;
  g_autofree char *token = g_strdup_printf ("octoherald%u", g_random_int ());
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  question->bus = g_bus_get_finish (result, &error);
  if (question->bus == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* The portal makes the path from our name, which it answers to before it has answered the call. */
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (question->bus) + 1), ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  question->response_id =
    g_dbus_connection_signal_subscribe (question->bus, PORTAL_NAME, REQUEST, "Response", path, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, on_response,
                                        g_object_ref (task), g_object_unref);
  g_dbus_connection_call (question->bus, PORTAL_NAME, PORTAL_PATH, FILE_CHOOSER,
                          question->choice == HERALD_FILE_CHOICE_SAVE ? "SaveFile" : "OpenFile",
                          g_variant_new ("(ss@a{sv})", "", question->title, make_options (question, token)),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, CALL_LIMIT_MS,
                          g_task_get_cancellable (task), on_chooser_ready, g_object_ref (task));
}

void
herald_file_choice_async (GtkWindow           *parent,
                          HeraldFileChoice     choice,
                          const char          *title,
                          const char          *name,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->choice = choice;
  question->title = g_strdup (title);
  question->name = g_strdup (name);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_ready, task);
}

GFile *
herald_file_choice_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

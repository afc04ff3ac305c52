/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-octoprint-server-load"

#include "core/printers/octoprint/octoprint-server-private.h"

#include "core/printers/octoprint/octoprint-url.h"

/* First the key, then the password if there is a user. What is missing is told when needed. */

typedef struct
{
  HeraldSecretStore *secrets;
  HeraldOctoprintServer *server;
  char *owner;
  char *origin;
  char *user;
} LoadCall;

static void
load_call_free (LoadCall *call)
{
  g_clear_object (&call->secrets);
  g_clear_object (&call->server);
  g_free (call->owner);
  g_free (call->origin);
  g_free (call->user);
  g_free (call);
}

static void
return_server (GTask *task)
{
  LoadCall *call = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&call->server), g_object_unref);
}

static void
on_password_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  LoadCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  password = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (password != NULL)
    herald_octoprint_server_set_login (call->server, call->user, password);
  else
    herald_octoprint_server_miss_password (call->server, call->user, error);
  return_server (task);
}

static void
on_key_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  LoadCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;

  key = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (key != NULL)
    herald_octoprint_server_set_key (call->server, key);
  else
    herald_octoprint_server_miss_key (call->server, error);
  if (call->user == NULL)
    return_server (task);
  else
    herald_secret_store_lookup_async (call->secrets, call->owner, "password", call->origin,
                                      cancellable, on_password_ready, g_steal_pointer (&task));
}

static const char *
get_filled (HeraldValues *settings,
            const char   *name)
{
  const char *value = herald_values_get (settings, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * herald_octoprint_server_load_async:
 * @secrets: where key and password are
 * @owner: id of the printer
 * @settings: `url`, `user` and `certificate`, checked
 */
void
herald_octoprint_server_load_async (HeraldHttpClient    *http,
                                    HeraldSecretStore   *secrets,
                                    const char          *owner,
                                    HeraldValues        *settings,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char *base_url = herald_values_get (settings, "url");
  LoadCall *call = g_new0 (LoadCall, 1);

  call->secrets = g_object_ref (secrets);
  call->server = herald_octoprint_server_new (http, base_url);
  call->owner = g_strdup (owner);
  call->origin = herald_octoprint_url_dup_origin (base_url);
  call->user = g_strdup (get_filled (settings, "user"));
  g_task_set_task_data (task, call, (GDestroyNotify) load_call_free);
  herald_octoprint_server_set_pin (call->server, get_filled (settings, "certificate"));

  herald_secret_store_lookup_async (secrets, owner, "key", call->origin, cancellable, on_key_ready,
                                    g_steal_pointer (&task));
}

/**
 * herald_octoprint_server_load_finish:
 *
 * Returns: (transfer full): the server; %NULL only if cancelled
 */
HeraldOctoprintServer *
herald_octoprint_server_load_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

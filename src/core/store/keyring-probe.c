/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keyring-probe"

#include "core/store/keyring-probe.h"

#include <libsecret/secret.h>

#include "core/base/sandbox.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

static void
return_state (GTask                  *task,
              HeraldSecretStoreState  state)
{
  g_task_return_int (task, state);
}

static void
call_bus (GDBusConnection     *bus,
          const char          *method,
          GVariant            *arguments,
          const char          *reply_type,
          GAsyncReadyCallback  callback,
          GTask               *task)
{
  g_dbus_connection_call (bus, BUS_NAME, BUS_PATH, BUS_NAME, method, arguments,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_list_activatable_ready (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                             &error);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_variant_get (reply, "(^a&s)", &names);
  return_state (task, g_strv_contains (names, SERVICE_NAME) ? HERALD_SECRETS_READY
                                                            : HERALD_SECRETS_ABSENT);
}

static void
on_has_owner_ready (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                             &error);
  gboolean has_owner = FALSE;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_variant_get (reply, "(b)", &has_owner);
  if (has_owner)
    return_state (task, HERALD_SECRETS_READY);
  else
    call_bus (G_DBUS_CONNECTION (source), "ListActivatableNames", NULL, "(as)",
              on_list_activatable_ready, task);
}

static void
on_bus_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (bus == NULL)
    return_state (task, HERALD_SECRETS_ABSENT);
  else
    call_bus (bus, "NameHasOwner", g_variant_new ("(s)", SERVICE_NAME), "(b)",
              on_has_owner_ready, task);
}

/**
 * herald_keyring_probe_presence_async:
 *
 * Finds out whether there is a keyring, or one that starts when it is asked.
 * To be done before libsecret is touched: without a service it complains aloud.
 */
void
herald_keyring_probe_presence_async (GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_keyring_probe_presence_async);

  /* There libsecret keeps secrets in a file of its own and needs no service on the bus. */
  if (herald_sandbox_is_inside ())
    return_state (task, HERALD_SECRETS_READY);
  else
    /* Without the cancellable: the connection is everybody's, and who cancels its making leaves a broken one to
     * those who ask next. Nobody waits for it, as a request ends by itself. */
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus_ready, g_object_ref (task));
}

static void
on_collection_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    return_state (task, collection != NULL && secret_collection_get_locked (collection)
                          ? HERALD_SECRETS_LOCKED
                          : HERALD_SECRETS_READY);
}

/**
 * herald_keyring_probe_lock_async:
 *
 * Finds out whether the default keyring is locked. A locked one says about
 * every secret that there is none, so this must be asked in addition. No
 * keyring at all counts as ready: the first secret makes one.
 */
void
herald_keyring_probe_lock_async (GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_keyring_probe_lock_async);

  if (herald_sandbox_is_inside ())
    return_state (task, HERALD_SECRETS_READY);
  else
    secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                 cancellable, on_collection_ready, g_object_ref (task));
}

/**
 * herald_keyring_probe_finish:
 * @state: (out): ready, locked or absent
 *
 * Returns: %FALSE with the error of the bus
 */
gboolean
herald_keyring_probe_finish (GAsyncResult            *result,
                             HeraldSecretStoreState  *state,
                             GError                 **error)
{
  g_autoptr(GError) problem = NULL;
  gssize value = g_task_propagate_int (G_TASK (result), &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  *state = (HeraldSecretStoreState) value;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keyring-unlock"

#include "core/store/keyring-unlock.h"

#include <libsecret/secret.h>

static void
on_unlock_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  int n_unlocked = secret_service_unlock_finish (NULL, result, NULL, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, n_unlocked > 0);
}

static void
on_collection_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  GList keyrings = { collection, NULL, NULL };

  if (error != NULL)
    g_task_return_error (task, error);
  else if (collection == NULL)
    g_task_return_boolean (task, TRUE);
  else
    secret_service_unlock (NULL, &keyrings, g_task_get_cancellable (task), on_unlock_ready, g_object_ref (task));
}

/**
 * herald_keyring_unlock_async:
 *
 * Has the keyring ask its owner for the password, in a window of its own, and waits for it without a limit. To be done only where
 * there is a keyring.
 */
void
herald_keyring_unlock_async (GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_keyring_unlock_async);
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, on_collection_ready,
                               g_object_ref (task));
}

/**
 * herald_keyring_unlock_finish:
 *
 * Returns: whether it is open now; %FALSE without an error if its owner did not want to
 */
gboolean
herald_keyring_unlock_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-owner-secrets"

#include "service/owner-secrets.h"

#include "core/base/log.h"
#include "service/arguments.h"
#include "service/names.h"

/* Longer than any key, password or token there is. */
#define SECRET_MAX_BYTES 4096

/* The secrets of one printer or channel on their way into the keyring, one after the other. */
typedef struct
{
  char *owner;
  HeraldValues *secrets;
  GPtrArray *fields;
  guint next;
} OwnerSecrets;

static void
owner_secrets_free (OwnerSecrets *self)
{
  g_free (self->owner);
  g_hash_table_unref (self->secrets);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static void store_next (GTask *task);

static void
on_set_secret_ready (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GError *error = NULL;

  if (!herald_engine_set_secret_finish (HERALD_ENGINE (source), result, &error))
    g_task_return_error (task, error);
  else
    store_next (g_steal_pointer (&task));
}

static void
store_next (GTask *task)
{
  OwnerSecrets *self = g_task_get_task_data (task);
  const char *field;

  if (self->next == self->fields->len)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  field = g_ptr_array_index (self->fields, self->next++);
  herald_engine_set_secret_async (g_task_get_source_object (task), self->owner, field,
                                  herald_values_get (self->secrets, field),
                                  g_task_get_cancellable (task), on_set_secret_ready, task);
}

/**
 * herald_owner_secrets_set_async:
 * @owner: id of a printer or a channel
 * @secrets: by field; each is kept out of the log from now on
 *
 * Puts all of @secrets into the keyring. Stops at the first that fails.
 */
void
herald_owner_secrets_set_async (HeraldEngine        *engine,
                                const char          *owner,
                                HeraldValues        *secrets,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  OwnerSecrets *self = g_new0 (OwnerSecrets, 1);
  GHashTableIter iter;
  gpointer field;
  gpointer secret;

  g_task_set_source_tag (task, herald_owner_secrets_set_async);
  g_task_set_task_data (task, self, (GDestroyNotify) owner_secrets_free);
  self->owner = g_strdup (owner);
  self->secrets = g_hash_table_ref (secrets);
  self->fields = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, &field, &secret))
    {
      herald_log_add_secret (secret);
      g_ptr_array_add (self->fields, field);
    }

  store_next (task);
}

gboolean
herald_owner_secrets_set_finish (HeraldEngine  *engine,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;

  if (herald_owner_secrets_set_finish (HERALD_ENGINE (object), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    herald_names_return_error (invocation, error);
}

/**
 * herald_owner_secrets_answer:
 * @taken_invocation: the call of SetSecret; answered and consumed
 *
 * What SetSecret of a printer and of a channel have in common: all of it.
 */
void
herald_owner_secrets_answer (HeraldEngine          *engine,
                             const char            *owner,
                             const char            *field,
                             const char            *secret,
                             GCancellable          *cancellable,
                             GDBusMethodInvocation *taken_invocation)
{
  g_autoptr(HeraldValues) secrets = herald_values_new ();
  g_autoptr(GError) error = NULL;

  if (!herald_arguments_check_text (secret, SECRET_MAX_BYTES, &error))
    {
      herald_names_return_error (taken_invocation, error);
      return;
    }

  herald_values_set (secrets, field, secret);
  herald_owner_secrets_set_async (engine, owner, secrets, cancellable, on_answer_ready, taken_invocation);
}

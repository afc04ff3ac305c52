/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keyring-request"

#include "core/store/keyring-request.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/store/keyring-probe.h"

/* A keyring answers within milliseconds; libsecret would wait for ever (reliability note 2.10). */
#define ANSWER_TIMEOUT_S 10

/* Storing into a locked keyring asks the user for its password: as long as a person needs. */
#define PERSON_TIMEOUT_S 120

static const SecretSchema schema = {
  "io.github.octoherald.Secret",
  SECRET_SCHEMA_NONE,
  {
    { "owner", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "field", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* One call, from the question whether there is a keyring to its answer */
typedef struct
{
  HeraldKeyringCall call;
  HeraldSecretStoreState state;
  GHashTable *attributes;
  char *label;
  char *secret;
  GCancellable *cancellable; /* ours: for the caller's wish and for the time limit */
  GCancellable *outer;
  gulong outer_handler;
  guint timeout;
  gboolean timed_out;
} Request;

static void
request_free (Request *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_clear_object (&self->outer);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->secret, secret_password_free);
  g_free (self);
}

/* The task ends; a limit that has passed weighs more than what the library makes of it. */
static void
fail (GTask                  *task,
      HeraldSecretStoreState  state)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->timeout, g_source_remove);
  request->state = state;
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                           herald_secret_store_describe (state));
}

static void
fail_with_error (GTask  *task,
                 GError *error)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->timeout, g_source_remove);

  if (request->timed_out)
    fail (task, HERALD_SECRETS_SILENT);
  else if (g_cancellable_is_cancelled (request->outer))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    fail (task, HERALD_SECRETS_LOCKED);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
           g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    fail (task, HERALD_SECRETS_SILENT);
  else
    {
      g_debug ("The keyring failed: %s", error->message);
      fail (task, HERALD_SECRETS_ABSENT);
    }
}

static gboolean
on_answer_timeout (gpointer user_data)
{
  Request *request = g_task_get_task_data (G_TASK (user_data));

  request->timeout = 0;
  request->timed_out = TRUE;
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
set_limit (GTask *task,
           guint  seconds)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->timeout, g_source_remove);
  request->timeout = g_timeout_add_seconds (seconds, on_answer_timeout, task);
}

static void
succeed (GTask *task,
         char  *secret)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->timeout, g_source_remove);
  g_task_return_pointer (task, secret, (GDestroyNotify) secret_password_free);
}

static void
fail_missing (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->timeout, g_source_remove);
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("No password or key is stored for this. Please enter it."));
}

static void
on_lookup_lock_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;
  HeraldSecretStoreState state;

  if (!herald_keyring_probe_finish (result, &state, &error))
    fail_with_error (task, error);
  else if (state != HERALD_SECRETS_READY)
    fail (task, state);
  else
    fail_missing (task);
}

static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  char *locked_memory = secret_password_lookup_nonpageable_finish (result, &error);
  char *secret = NULL;

  if (error != NULL)
    {
      fail_with_error (task, error);
      return;
    }
  if (locked_memory == NULL)
    {
      herald_keyring_probe_lock_async (request->cancellable, on_lookup_lock_ready,
                                       g_object_ref (task));
      return;
    }

  secret = g_strdup (locked_memory);
  secret_password_free (locked_memory);
  herald_log_add_secret (secret);
  succeed (task, secret);
}

static void
on_store_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    succeed (task, NULL);
  else if (error != NULL)
    fail_with_error (task, error);
  else
    fail (task, HERALD_SECRETS_LOCKED);
}

static void
on_clear_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  /* It returns FALSE, too, if there was nothing to clear. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail_with_error (task, error);
  else
    succeed (task, NULL);
}

static void
on_change_lock_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  HeraldSecretStoreState state;

  if (!herald_keyring_probe_finish (result, &state, &error))
    {
      fail_with_error (task, error);
      return;
    }

  if (request->call == HERALD_KEYRING_STORE)
    {
      if (state == HERALD_SECRETS_LOCKED)
        set_limit (task, PERSON_TIMEOUT_S);
      secret_password_storev (&schema, request->attributes, SECRET_COLLECTION_DEFAULT,
                              request->label, request->secret, request->cancellable,
                              on_store_ready, g_object_ref (task));
    }
  else if (state == HERALD_SECRETS_LOCKED)
    fail (task, state); /* It would say that there was nothing to clear. */
  else
    secret_password_clearv (&schema, request->attributes, request->cancellable, on_clear_ready,
                            g_object_ref (task));
}

static void
on_presence_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  HeraldSecretStoreState state;

  if (!herald_keyring_probe_finish (result, &state, &error))
    fail_with_error (task, error);
  else if (state != HERALD_SECRETS_READY)
    fail (task, state);
  else if (request->call == HERALD_KEYRING_LOOKUP)
    secret_password_lookupv (&schema, request->attributes, request->cancellable, on_lookup_ready,
                             g_object_ref (task));
  else
    herald_keyring_probe_lock_async (request->cancellable, on_change_lock_ready,
                                     g_object_ref (task));
}

/**
 * herald_keyring_request_new:
 * @source: the object of the task
 * @call: what to do
 * @owner: id of a printer or a channel
 * @cancellable: (nullable): ends the request early
 *
 * Returns: (transfer full): a task, to be described further and then started
 */
GTask *
herald_keyring_request_new (gpointer             source,
                            HeraldKeyringCall    call,
                            const char          *owner,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  /* Cancelling must reach the library, whose answer then ends the task. */
  GTask *task = g_task_new (source, NULL, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->call = call;
  request->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (request->attributes, (char *) "owner", g_strdup (owner));
  request->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);

  if (cancellable != NULL)
    {
      request->outer = g_object_ref (cancellable);
      request->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                                      g_object_ref (request->cancellable),
                                                      g_object_unref);
    }

  return task;
}

/**
 * herald_keyring_request_set_item:
 * @field: which of the owner's secrets
 * @origin: the server it is for
 * @label: (nullable): what people see in the list of their passwords; to store it
 * @secret: (nullable): the secret itself; to store it
 */
void
herald_keyring_request_set_item (GTask      *task,
                                 const char *field,
                                 const char *origin,
                                 const char *label,
                                 const char *secret)
{
  Request *request = g_task_get_task_data (task);

  g_hash_table_insert (request->attributes, (char *) "field", g_strdup (field));
  g_hash_table_insert (request->attributes, (char *) "origin", g_strdup (origin));
  request->label = g_strdup (label);
  request->secret = g_strdup (secret);
}

/**
 * herald_keyring_request_start:
 *
 * The task ends, within the time limit, with a secret, with %NULL (stored,
 * cleared) or with HERALD_ERROR_SETTINGS.
 */
void
herald_keyring_request_start (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  set_limit (task, ANSWER_TIMEOUT_S);
  herald_keyring_probe_presence_async (request->cancellable, on_presence_ready,
                                       g_object_ref (task));
}

/**
 * herald_keyring_request_get_state:
 * @task: one that has ended
 *
 * Returns: how the keyring was found to be
 */
HeraldSecretStoreState
herald_keyring_request_get_state (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  return request->state;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-keyring-request"

#include "core/store/keyring-request.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/store/keyring-probe.h"
#include "core/store/keyring-unlock.h"

/* A keyring answers within milliseconds; libsecret would wait for ever. */
#define ANSWER_TIMEOUT_S 10

/* Storing into a locked keyring, and unlocking it, asks the user for its password: as long as a person needs. */
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

/* One call, from the question whether there is a keyring to its answer. The library's callbacks
 * hold the request, not the task: the task ends in time whether the library answers or not. */
typedef struct
{
  GTask *task; /* NULL once it has ended */
  HeraldKeyringCall call;
  HeraldSecretStoreState state;
  gboolean has_asked;
  GHashTable *attributes;
  char *label;
  char *secret;
  GCancellable *cancellable; /* ours: tells the library to give up */
  GSource *outer;            /* the caller's cancellable */
  guint timeout;
} Request;

static void
request_clear (Request *self)
{
  g_clear_pointer (&self->outer, g_source_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->secret, secret_password_free);
}

static void
request_unref (Request *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) request_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_unref)

/* Ends the request, once. */
static GTask *
conclude (Request *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->outer != NULL)
    g_source_destroy (self->outer);
  g_clear_pointer (&self->outer, g_source_unref);
  g_clear_pointer (&self->secret, secret_password_free);

  return g_steal_pointer (&self->task);
}

static void
fail (Request                *self,
      HeraldSecretStoreState  state)
{
  g_autoptr(GTask) task = conclude (self);

  self->state = state;
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                           herald_secret_store_describe (state));
}

static void
fail_with_error (Request *self,
                 GError  *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    fail (self, HERALD_SECRETS_LOCKED);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
           g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    fail (self, HERALD_SECRETS_SILENT);
  else
    {
      g_debug ("The keyring failed: %s", error->message);
      fail (self, HERALD_SECRETS_ABSENT);
    }
}

static void
succeed (Request *self,
         char    *secret)
{
  g_autoptr(GTask) task = conclude (self);

  g_task_return_pointer (task, secret, (GDestroyNotify) secret_password_free);
}

static void
fail_missing (Request *self)
{
  g_autoptr(GTask) task = conclude (self);

  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("No password or key is stored for this. Please enter it."));
}

/* Not waiting for what the library makes of its cancellation: it may be stuck (note 2.10). */
static gboolean
on_answer_timeout (gpointer user_data)
{
  g_autoptr(Request) request = g_rc_box_acquire (user_data);

  request->timeout = 0;
  fail (request, HERALD_SECRETS_SILENT);
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
on_outer_cancelled (GCancellable *outer,
                    gpointer      user_data)
{
  g_autoptr(Request) request = g_rc_box_acquire (user_data);
  g_autoptr(GTask) task = conclude (request);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static void
set_limit (Request *self,
           guint    seconds)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_seconds (seconds, on_answer_timeout, self);
}

static void
on_lookup_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  char *locked_memory = secret_password_lookup_nonpageable_finish (result, &error);
  char *secret = NULL;

  if (request->task == NULL)
    {
      secret_password_free (locked_memory);
      return;
    }
  if (error != NULL)
    {
      fail_with_error (request, error);
      return;
    }
  if (locked_memory == NULL)
    {
      fail_missing (request);
      return;
    }

  secret = g_strdup (locked_memory);
  secret_password_free (locked_memory);
  herald_keyring_request_tell_log (secret);
  succeed (request, secret);
}

static void
on_store_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  gboolean ok = secret_password_store_finish (result, &error);

  if (request->task == NULL)
    return;
  if (ok)
    succeed (request, NULL);
  else if (error != NULL)
    fail_with_error (request, error);
  else
    fail (request, HERALD_SECRETS_LOCKED);
}

static void
on_clear_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  /* It returns FALSE, too, if there was nothing to clear. */
  secret_password_clear_finish (result, &error);
  if (request->task == NULL)
    return;
  if (error != NULL)
    fail_with_error (request, error);
  else
    succeed (request, NULL);
}

static void
on_unlock_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  gboolean is_open = herald_keyring_unlock_finish (result, &error);

  if (request->task == NULL)
    return;
  if (is_open)
    succeed (request, NULL);
  else if (error != NULL)
    fail_with_error (request, error);
  else
    fail (request, HERALD_SECRETS_LOCKED);
}

/* A locked keyring is found out before the library is asked for anything: that would open a window
 * that asks for the password, or say that there is no such secret. */
static void
on_lock_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldSecretStoreState state;
  gboolean ok = herald_keyring_probe_finish (result, &state, &error);

  if (request->task == NULL)
    return;
  if (!ok)
    {
      fail_with_error (request, error);
      return;
    }
  if (state == HERALD_SECRETS_LOCKED &&
      (request->call == HERALD_KEYRING_STORE || request->call == HERALD_KEYRING_UNLOCK))
    set_limit (request, PERSON_TIMEOUT_S);
  else if (state != HERALD_SECRETS_READY)
    {
      fail (request, state);
      return;
    }

  switch (request->call)
    {
    case HERALD_KEYRING_LOOKUP:
      secret_password_lookupv (&schema, request->attributes, request->cancellable,
                               on_lookup_ready, g_rc_box_acquire (request));
      break;
    case HERALD_KEYRING_STORE:
      secret_password_storev (&schema, request->attributes, SECRET_COLLECTION_DEFAULT,
                              request->label, request->secret, request->cancellable,
                              on_store_ready, g_rc_box_acquire (request));
      break;
    case HERALD_KEYRING_CLEAR:
      secret_password_clearv (&schema, request->attributes, request->cancellable, on_clear_ready,
                              g_rc_box_acquire (request));
      break;
    case HERALD_KEYRING_UNLOCK:
      herald_keyring_unlock_async (request->cancellable, on_unlock_ready, g_rc_box_acquire (request));
      break;
    case HERALD_KEYRING_CHECK:
      succeed (request, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_presence_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Request) request = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;
  HeraldSecretStoreState state;
  gboolean ok = herald_keyring_probe_finish (result, &state, &error);

  if (request->task == NULL)
    return;
  if (!ok)
    fail_with_error (request, error);
  else if (state != HERALD_SECRETS_READY)
    fail (request, state);
  else
    herald_keyring_probe_lock_async (request->cancellable, on_lock_ready,
                                     g_rc_box_acquire (request));
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
  GTask *task = g_task_new (source, NULL, callback, user_data);
  Request *request = g_rc_box_new0 (Request);

  request->call = call;
  request->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (request->attributes, (char *) "owner", g_strdup (owner));
  request->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    request->outer = g_cancellable_source_new (cancellable);
  g_task_set_task_data (task, request, (GDestroyNotify) request_unref);

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

  request->task = g_object_ref (task);
  request->has_asked = TRUE;
  set_limit (request, ANSWER_TIMEOUT_S);
  if (request->outer != NULL)
    {
      g_source_set_callback (request->outer, G_SOURCE_FUNC (on_outer_cancelled), request, NULL);
      g_source_attach (request->outer, g_task_get_context (task));
    }
  herald_keyring_probe_presence_async (request->cancellable, on_presence_ready,
                                       g_rc_box_acquire (request));
}

/**
 * herald_keyring_request_get_state:
 * @task: one that has ended
 * @state: (out): how the keyring was found to be
 *
 * Returns: whether the keyring was asked at all
 */
gboolean
herald_keyring_request_get_state (GTask                  *task,
                                  HeraldSecretStoreState *state)
{
  Request *request = g_task_get_task_data (task);

  if (request->has_asked)
    *state = request->state;

  return request->has_asked;
}

/**
 * herald_keyring_request_tell_log:
 *
 * What has several lines is made of secrets that are soon replaced by others: the log does not remember it for ever.
 */
void
herald_keyring_request_tell_log (const char *secret)
{
  if (secret != NULL && strchr (secret, '\n') != NULL)
    herald_log_add_passing_secret (secret);
  else
    herald_log_add_secret (secret);
}

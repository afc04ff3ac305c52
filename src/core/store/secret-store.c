/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-secret-store"

#include "core/store/secret-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/base/log.h"
#include "core/store/credentials.h"
#include "core/store/keyring-request.h"

/* How soon it is noticed that somebody has unlocked the keyring or started one. Nothing on the bus
 * tells it for every keyring there is, and asking costs two calls. */
#define RECHECK_INTERVAL_S 60

/**
 * HeraldSecretStore:
 *
 * Passwords and keys, in the user's keyring. A secret is bound to its owner, its
 * field and the server it is for, so that no other server is ever given it.
 * What systemd handed over as credentials comes first and is read only. While
 * the keyring is not open it looks again and again whether it has become so.
 */
struct _HeraldSecretStore
{
  GObject parent_instance;

  HeraldSecretStoreState state;
  guint recheck_interval_s;
  guint recheck;
  GCancellable *checking; /* NULL while no check is under way */
};

G_DEFINE_FINAL_TYPE (HeraldSecretStore, herald_secret_store, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_RECHECK_INTERVAL_S,
} HeraldSecretStoreProperty;

static GParamSpec *properties[PROP_RECHECK_INTERVAL_S + 1];

static gboolean on_recheck_timeout (gpointer user_data);

static void
set_state (HeraldSecretStore      *self,
           HeraldSecretStoreState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  if (state == HERALD_SECRETS_READY)
    g_clear_handle_id (&self->recheck, g_source_remove);
  else if (self->recheck == 0)
    self->recheck = g_timeout_add_seconds (self->recheck_interval_s, on_recheck_timeout, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_check_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  HeraldSecretStoreState state;
  g_autoptr(GError) error = NULL;
  HeraldSecretStore *self;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* The store is gone. */

  self = HERALD_SECRET_STORE (user_data);
  g_clear_object (&self->checking);
  if (herald_keyring_request_get_state (G_TASK (result), &state))
    set_state (self, state);
}

static gboolean
on_recheck_timeout (gpointer user_data)
{
  HeraldSecretStore *self = user_data;
  g_autoptr(GTask) task = NULL;

  if (self->checking != NULL)
    return G_SOURCE_CONTINUE;

  /* Without a source object: a check shall not keep the store alive. */
  self->checking = g_cancellable_new ();
  task = herald_keyring_request_new (NULL, HERALD_KEYRING_CHECK, "", self->checking,
                                     on_check_ready, self);
  g_task_set_source_tag (task, on_recheck_timeout);
  herald_keyring_request_start (task);

  return G_SOURCE_CONTINUE;
}

static char *
finish (HeraldSecretStore  *self,
        GTask              *task,
        GError            **error)
{
  g_autoptr(GError) problem = NULL;
  HeraldSecretStoreState state;
  char *secret = g_task_propagate_pointer (task, &problem);

  /* Cancelled, it has found out nothing. */
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      herald_keyring_request_get_state (task, &state))
    set_state (self, state);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return secret;
}

/* GObject */

static void
herald_secret_store_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  HeraldSecretStore *self = HERALD_SECRET_STORE (object);

  switch ((HeraldSecretStoreProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_RECHECK_INTERVAL_S:
      g_value_set_uint (value, self->recheck_interval_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_secret_store_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  HeraldSecretStore *self = HERALD_SECRET_STORE (object);

  if (prop_id == PROP_RECHECK_INTERVAL_S)
    self->recheck_interval_s = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
herald_secret_store_dispose (GObject *object)
{
  HeraldSecretStore *self = HERALD_SECRET_STORE (object);

  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_handle_id (&self->recheck, g_source_remove);

  G_OBJECT_CLASS (herald_secret_store_parent_class)->dispose (object);
}

static void
herald_secret_store_class_init (HeraldSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_secret_store_get_property;
  object_class->set_property = herald_secret_store_set_property;
  object_class->dispose = herald_secret_store_dispose;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL,
                                              HERALD_SECRETS_READY, HERALD_SECRETS_SILENT,
                                              HERALD_SECRETS_READY,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECHECK_INTERVAL_S] = g_param_spec_uint (
      "recheck-interval-s", NULL, NULL, 1, 3600, RECHECK_INTERVAL_S,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
herald_secret_store_init (HeraldSecretStore *self)
{
}

HeraldSecretStore *
herald_secret_store_new (void)
{
  return g_object_new (HERALD_TYPE_SECRET_STORE, NULL);
}

/**
 * herald_secret_store_get_state:
 *
 * Returns: what the last call found; ready before the first one
 */
HeraldSecretStoreState
herald_secret_store_get_state (HeraldSecretStore *self)
{
  return self->state;
}

/**
 * herald_secret_store_describe:
 *
 * Returns: one sentence for a person
 */
const char *
herald_secret_store_describe (HeraldSecretStoreState state)
{
  static const char *const sentences[] = {
    N_("The keyring is open."),
    N_("The keyring is locked. Please unlock it; until then nothing that needs a password is "
       "sent."),
    N_("There is no keyring on this computer that can keep passwords. Please install one, for "
       "example GNOME Keyring, or put each into a file, as docs/headless.md says."),
    N_("The keyring does not answer. Please log out and in again if that goes on."),
  };

  return _(sentences[state]);
}

/**
 * herald_secret_store_lookup_async:
 * @owner: id of the printer or channel it belongs to
 * @field: which of the owner's secrets
 * @origin: the server it is for
 *
 * Ends within 10 seconds, and never asks the user for anything.
 */
void
herald_secret_store_lookup_async (HeraldSecretStore   *self,
                                  const char          *owner,
                                  const char          *field,
                                  const char          *origin,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = herald_keyring_request_new (self, HERALD_KEYRING_LOOKUP, owner, cancellable,
                                                      callback, user_data);
  char *credential = herald_credentials_lookup (owner, field);

  g_task_set_source_tag (task, herald_secret_store_lookup_async);
  herald_keyring_request_set_item (task, field, origin, NULL, NULL);

  if (credential != NULL)
    {
      herald_log_add_secret (credential);
      g_task_return_pointer (task, credential, (GDestroyNotify) secret_password_free);
      return;
    }

  herald_keyring_request_start (task);
}

/**
 * herald_secret_store_lookup_finish:
 *
 * Returns: (transfer full): the secret, to be freed with g_free(), better with
 *   secret_password_free(), which wipes it; %NULL with HERALD_ERROR_SETTINGS if none is
 *   stored or the keyring is locked, absent or silent
 */
char *
herald_secret_store_lookup_finish (HeraldSecretStore  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  return finish (self, G_TASK (result), error);
}

/**
 * herald_secret_store_store_async:
 * @owner: id of the printer or channel it belongs to
 * @field: which of the owner's secrets
 * @origin: the server it is for
 * @secret: replaces what was stored for the same three
 *
 * Ends within 10 seconds; if the keyring is locked its owner is asked to
 * unlock it and has two minutes.
 */
void
herald_secret_store_store_async (HeraldSecretStore   *self,
                                 const char          *owner,
                                 const char          *field,
                                 const char          *origin,
                                 const char          *secret,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = herald_keyring_request_new (self, HERALD_KEYRING_STORE, owner, cancellable,
                                                      callback, user_data);
  /* TRANSLATORS: an entry in the list of passwords: first whose, then what it is */
  g_autofree char *label = g_strdup_printf (_("OctoHerald: %s, %s"), owner, field);

  g_task_set_source_tag (task, herald_secret_store_store_async);
  herald_keyring_request_set_item (task, field, origin, label, secret);
  herald_keyring_request_tell_log (secret);

  herald_keyring_request_start (task);
}

/**
 * herald_secret_store_store_finish:
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if it could not be stored
 */
gboolean
herald_secret_store_store_finish (HeraldSecretStore  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_autoptr(GError) problem = NULL;

  finish (self, G_TASK (result), &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * herald_secret_store_clear_async:
 * @owner: id of a printer or channel; all its secrets are forgotten
 */
void
herald_secret_store_clear_async (HeraldSecretStore   *self,
                                 const char          *owner,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = herald_keyring_request_new (self, HERALD_KEYRING_CLEAR, owner, cancellable,
                                                      callback, user_data);

  g_task_set_source_tag (task, herald_secret_store_clear_async);
  herald_keyring_request_start (task);
}

void
herald_secret_store_forget_async (HeraldSecretStore   *self,
                                  const char          *owner,
                                  const char          *field,
                                  const char          *origin,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = herald_keyring_request_new (self, HERALD_KEYRING_CLEAR, owner, NULL, callback, user_data);

  g_task_set_source_tag (task, herald_secret_store_forget_async);
  herald_keyring_request_set_item (task, field, origin, NULL, NULL);
  herald_keyring_request_start (task);
}

/**
 * herald_secret_store_clear_finish:
 *
 * Returns: %FALSE with HERALD_ERROR_SETTINGS if the keyring is locked, absent or silent;
 *   %TRUE, too, if there was nothing to forget
 */
gboolean
herald_secret_store_clear_finish (HeraldSecretStore  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return herald_secret_store_store_finish (self, result, error);
}

/**
 * herald_secret_store_unlock_async:
 *
 * Has the keyring ask its owner for the password, who has two minutes. One that is open stays so, and nobody is asked.
 */
void
herald_secret_store_unlock_async (HeraldSecretStore   *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = herald_keyring_request_new (self, HERALD_KEYRING_UNLOCK, "", cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_secret_store_unlock_async);
  herald_keyring_request_start (task);
}

/**
 * herald_secret_store_unlock_finish:
 *
 * Returns: whether the keyring is open; %FALSE with HERALD_ERROR_SETTINGS if it is still locked, absent or silent
 */
gboolean
herald_secret_store_unlock_finish (HeraldSecretStore  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  return herald_secret_store_store_finish (self, result, error);
}

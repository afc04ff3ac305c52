/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-secret-store"

#include "core/store/secret-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/base/log.h"
#include "core/store/credentials.h"
#include "core/store/keyring-request.h"

/**
 * HeraldSecretStore:
 *
 * Passwords and keys, in the user's keyring. A secret is bound to its owner, its
 * field and the server it is for, so that no other server is ever given it.
 * What systemd handed over as credentials comes first and is read only.
 */
struct _HeraldSecretStore
{
  GObject parent_instance;

  HeraldSecretStoreState state;
};

G_DEFINE_FINAL_TYPE (HeraldSecretStore, herald_secret_store, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
} HeraldSecretStoreProperty;

static GParamSpec *properties[PROP_STATE + 1];

static void
set_state (HeraldSecretStore      *self,
           HeraldSecretStoreState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static char *
finish (HeraldSecretStore  *self,
        GTask              *task,
        GError            **error)
{
  g_autoptr(GError) problem = NULL;
  char *secret = g_task_propagate_pointer (task, &problem);

  /* Cancelled, it has found out nothing. */
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, herald_keyring_request_get_state (task));

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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
herald_secret_store_class_init (HeraldSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = herald_secret_store_get_property;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL,
                                              HERALD_SECRETS_READY, HERALD_SECRETS_SILENT,
                                              HERALD_SECRETS_READY,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
       "example GNOME Keyring, or hand the passwords over as systemd credentials."),
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
  herald_log_add_secret (secret);

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

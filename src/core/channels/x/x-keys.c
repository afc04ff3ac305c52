/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-keys"

#include "core/channels/x/x-keys.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/channels/x/x-settings.h"
#include "core/channels/x/x-token-keeper.h"

/* In the order in which X's console shows them */
static const struct
{
  const char *field;
  gsize offset;
} credentials[] = {
  { HERALD_X_API_KEY_FIELD, G_STRUCT_OFFSET (HeraldXKeys, oauth1.consumer_key) },
  { HERALD_X_API_SECRET_FIELD, G_STRUCT_OFFSET (HeraldXKeys, oauth1.consumer_secret) },
  { HERALD_X_ACCESS_TOKEN_FIELD, G_STRUCT_OFFSET (HeraldXKeys, oauth1.token) },
  { HERALD_X_ACCESS_SECRET_FIELD, G_STRUCT_OFFSET (HeraldXKeys, oauth1.token_secret) },
};

/* Looking them up, one after the other */
typedef struct
{
  HeraldXKeys *keys;
  char *origin;
  guint i;
  GStrvBuilder *missing; /* what people call them */
} FindCall;

static void
find_call_free (FindCall *call)
{
  g_clear_pointer (&call->keys, herald_x_keys_free);
  g_clear_pointer (&call->missing, g_strv_builder_unref);
  g_free (call->origin);
  g_free (call);
}

static char **
get_place (HeraldXKeys *keys,
           guint        i)
{
  return G_STRUCT_MEMBER_P (keys, credentials[i].offset);
}

static void
return_keys (GTask *task)
{
  FindCall *call = g_task_get_task_data (task);
  g_auto(GStrv) missing = g_strv_builder_end (call->missing);
  g_autofree char *list = g_strjoinv (herald_text_get_comma (), missing);

  if (*missing == NULL)
    g_task_return_pointer (task, g_steal_pointer (&call->keys), (GDestroyNotify) herald_x_keys_free);
  else
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                             /* Translators: names of fields, like "API key, Access token" */
                             _("X cannot be used yet, because something is not filled in: %s. X's developer console "
                               "shows it."), list);
}

static void look_up_next (GTask *task);

static void
on_lookup_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  FindCall *call = g_task_get_task_data (task);
  HeraldSecretStore *store = HERALD_SECRET_STORE (object);
  const HeraldChannelType *type = herald_channel_get_channel_type (g_task_get_source_object (task));
  g_autoptr(GError) error = NULL;
  char *secret = herald_secret_store_lookup_finish (store, result, &error);

  /* That the keyring cannot be asked is something else than that it has nothing. */
  if (secret == NULL && (!g_error_matches (error, HERALD_ERROR, HERALD_ERROR_SETTINGS) ||
                         herald_secret_store_get_state (store) != HERALD_SECRETS_READY))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (secret == NULL || *secret == '\0')
    {
      g_strv_builder_add (call->missing, _(herald_channel_type_get_field (type, credentials[call->i].field)->label));
      g_clear_pointer (&secret, secret_password_free);
    }
  else
    herald_log_add_secret (secret);

  *get_place (call->keys, call->i) = secret;
  call->i++;
  look_up_next (g_steal_pointer (&task));
}

/* Takes the task. */
static void
look_up_next (GTask *task)
{
  HeraldChannel *channel = g_task_get_source_object (task);
  FindCall *call = g_task_get_task_data (task);

  if (call->i == G_N_ELEMENTS (credentials))
    {
      return_keys (task);
      g_object_unref (task);
      return;
    }

  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel), herald_channel_get_id (channel),
                                    credentials[call->i].field, call->origin, g_task_get_cancellable (task),
                                    on_lookup_ready, task);
}

static void
on_bearer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  FindCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  call->keys->bearer = herald_x_token_keeper_find_finish (HERALD_CHANNEL (object), result, &error);
  if (call->keys->bearer != NULL)
    g_task_return_pointer (task, g_steal_pointer (&call->keys), (GDestroyNotify) herald_x_keys_free);
  else
    g_task_return_error (task, error);
}

void
herald_x_keys_free (HeraldXKeys *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (credentials); i++)
    secret_password_free (*get_place (self, i));
  secret_password_free (self->bearer);
  g_free (self);
}

/**
 * herald_x_keys_find_async:
 * @channel: an account at X
 *
 * Looks up what requests are authorized with.
 */
void
herald_x_keys_find_async (HeraldChannel       *channel,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  FindCall *call = g_new0 (FindCall, 1);

  call->keys = g_new0 (HeraldXKeys, 1);
  call->missing = g_strv_builder_new ();
  call->origin = herald_channel_dup_secret_origin (channel);
  g_task_set_task_data (task, call, (GDestroyNotify) find_call_free);
  if (herald_x_settings_uses_oauth2 (channel))
    {
      herald_x_token_keeper_find_async (channel, cancellable, on_bearer_ready, g_steal_pointer (&task));
      return;
    }

  look_up_next (g_steal_pointer (&task));
}

/**
 * herald_x_keys_find_finish:
 *
 * Returns: (transfer full): what requests are authorized with; %NULL with HERALD_ERROR_SETTINGS, which names what is
 *   missing or why the keyring cannot be asked; for a login in the browser also with why X gave no token
 */
HeraldXKeys *
herald_x_keys_find_finish (HeraldChannel  *channel,
                           GAsyncResult   *result,
                           GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-credential-object"

#include "service/bus/credential-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"
#include "service/bus/owner-secrets.h"
#include "service/bus/service-object.h"

static const HeraldChannelType *
find_type (HeraldEngine  *engine,
           const char    *id,
           GError       **error)
{
  const HeraldChannelType *const *types = herald_engine_get_channel_types (engine);

  for (guint i = 0; types[i] != NULL; i++)
    {
      if (g_str_equal (types[i]->id, id))
        return types[i];
    }

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("There is no type of channel of that name; “octoheraldctl channel types” shows all"));
  return NULL;
}

static gboolean
on_handle_check_secret (HeraldDBusService1    *object,
                        GDBusMethodInvocation *invocation,
                        const char            *type_id,
                        const char            *field,
                        const char            *value)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;
  const HeraldChannelType *type = find_type (engine, type_id, &error);
  g_autofree char *secret = NULL;

  herald_log_add_passing_secret (value);
  if (type != NULL && herald_arguments_check_text (value, HERALD_SECRET_MAX_BYTES, &error))
    secret = herald_channel_type_dup_secret (type, field, value, &error);

  if (secret != NULL)
    herald_dbus_service1_complete_check_secret (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_unlock_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;

  if (herald_secret_store_unlock_finish (HERALD_SECRET_STORE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    herald_names_return_error (invocation, error);
}

static gboolean
on_handle_unlock_keyring (HeraldDBusService1    *object,
                          GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  HeraldSecretStore *store = herald_engine_get_secret_store (herald_service_object_get_engine (self));

  herald_secret_store_unlock_async (store, herald_service_object_get_cancellable (self), on_unlock_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_credential_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_credential_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_check_secret = on_handle_check_secret;
  iface->handle_unlock_keyring = on_handle_unlock_keyring;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-online-accounts-object"

#include "service/bus/online-accounts-object.h"

#include "core/store/online-accounts.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

static void
add_row (GVariantBuilder           *rows,
         const HeraldOnlineAccount *account)
{
  const char *problem = herald_online_account_describe_problem (account);
  GVariantDict row;

  g_variant_dict_init (&row, NULL);
  g_variant_dict_insert (&row, "id", "s", account->id);
  g_variant_dict_insert (&row, "name", "s", account->name);
  g_variant_dict_insert (&row, "address", "s", account->address != NULL ? account->address : "");
  g_variant_dict_insert (&row, "provider", "s", account->provider_name);
  g_variant_dict_insert (&row, "server", "s", account->host != NULL ? account->host : "");
  g_variant_dict_insert (&row, "problem", "s", problem != NULL ? problem : "");
  g_variant_builder_add_value (rows, g_variant_dict_end (&row));
}

static void
on_list_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) accounts = herald_online_accounts_list_finish (result, &error);
  GVariantBuilder rows;

  if (accounts == NULL)
    {
      herald_names_return_error (invocation, error);
      return;
    }

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < accounts->len; i++)
    add_row (&rows, g_ptr_array_index (accounts, i));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &rows));
}

static gboolean
on_handle_list_online_accounts (HeraldDBusService1    *object,
                                GDBusMethodInvocation *invocation)
{
  herald_online_accounts_list_async (herald_service_object_get_cancellable (HERALD_SERVICE_OBJECT (object)),
                                     on_list_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_online_accounts_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_online_accounts_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_online_accounts = on_handle_list_online_accounts;
}

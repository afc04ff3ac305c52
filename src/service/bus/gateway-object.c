/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-gateway-object"

#include "service/bus/gateway-object.h"

#include "core/channels/email/sms-gateway.h"

static GVariant *
make_row (const HeraldSmsGateway *gateway)
{
  GVariantDict row;

  g_variant_dict_init (&row, NULL);
  g_variant_dict_insert (&row, "id", "s", gateway->id);
  g_variant_dict_insert (&row, "name", "s", gateway->name);
  g_variant_dict_insert (&row, "country", "s", gateway->country);
  g_variant_dict_insert (&row, "sms_domain", "s", gateway->sms_domain);
  g_variant_dict_insert (&row, "mms_domain", "s", gateway->mms_domain != NULL ? gateway->mms_domain : "");
  g_variant_dict_insert (&row, "status", "s", herald_sms_status_to_id (gateway->status));
  g_variant_dict_insert (&row, "ended", "s", gateway->ended != NULL ? gateway->ended : "");
  g_variant_dict_insert (&row, "as_of", "s", gateway->as_of);
  g_variant_dict_insert (&row, "source", "s", gateway->source);
  g_variant_dict_insert (&row, "max_chars", "u", gateway->max_chars);

  return g_variant_dict_end (&row);
}

static gboolean
on_handle_list_sms_gateways (HeraldDBusService1    *object,
                             GDBusMethodInvocation *invocation)
{
  guint n_gateways;
  const HeraldSmsGateway *gateways = herald_sms_gateway_get_all (&n_gateways);
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < n_gateways; i++)
    g_variant_builder_add_value (&rows, make_row (&gateways[i]));
  herald_dbus_service1_complete_list_sms_gateways (object, invocation, g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_gateway_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_gateway_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_sms_gateways = on_handle_list_sms_gateways;
}

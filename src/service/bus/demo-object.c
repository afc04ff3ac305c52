/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-demo-object"

#include "service/bus/demo-object.h"

#include "service/bus/names.h"
#include "service/bus/service-object.h"

static void
on_add_ready (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = herald_demo_keeper_add_finish (result, &error);

  if (id != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", id));
  else
    herald_names_return_error (invocation, error);
}

static gboolean
on_handle_add_demo_printer (HeraldDBusService1    *object,
                            GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);

  herald_demo_keeper_add_async (herald_service_object_get_demo_keeper (self), herald_service_object_get_cancellable (self),
                                on_add_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_demo_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_demo_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_add_demo_printer = on_handle_add_demo_printer;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-discovery-object"

#include "service/bus/discovery-object.h"

#include "core/engine-discovery.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

static gboolean
is_same_address (const char *first,
                 const char *second)
{
  g_autoptr(GUri) a = g_uri_parse (first, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autoptr(GUri) b = g_uri_parse (second, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  return a != NULL && b != NULL && g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_uri_get_port (a) == g_uri_get_port (b) &&
         g_strcmp0 (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_strcmp0 (g_uri_get_path (a), g_uri_get_path (b)) == 0;
}

/* The id of the printer that is watched at any of the addresses; empty if there is none. */
static const char *
find_known (GListModel               *printers,
            const HeraldFoundPrinter *found)
{
  for (guint i = 0; i < g_list_model_get_n_items (printers); i++)
    {
      /* The list keeps it alive. */
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (printers, i);

      for (char **address = found->addresses; *address != NULL; address++)
        {
          if (is_same_address (*address, herald_printer_get_url (printer)))
            return herald_printer_get_id (printer);
        }
    }

  return "";
}

static GVariant *
make_row (HeraldEngine             *engine,
          const HeraldFoundPrinter *found)
{
  const char *known = find_known (herald_engine_get_printers (engine), found);
  const char *sources[3] = { NULL };
  guint n_sources = 0;
  GVariantDict row;

  if ((found->found_by & HERALD_FOUND_BY_MDNS) != 0)
    sources[n_sources++] = "mdns";
  if ((found->found_by & HERALD_FOUND_BY_SSDP) != 0)
    sources[n_sources++] = "ssdp";

  g_variant_dict_init (&row, NULL);
  g_variant_dict_insert (&row, "name", "s", found->name);
  g_variant_dict_insert (&row, "url", "s", found->url);
  g_variant_dict_insert (&row, "version", "s", found->version);
  g_variant_dict_insert (&row, "uuid", "s", found->uuid);
  g_variant_dict_insert (&row, "user", "s", found->user != NULL ? found->user : "");
  g_variant_dict_insert (&row, "sources", "^as", sources);
  g_variant_dict_insert (&row, "known", "s", known);

  return g_variant_dict_end (&row);
}

static void
on_discover_ready (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  HeraldEngine *engine = HERALD_ENGINE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = herald_engine_discover_finish (engine, result, &error);
  GVariantBuilder rows;

  if (found == NULL)
    {
      herald_names_return_error (invocation, error);
      return;
    }

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < found->len; i++)
    g_variant_builder_add_value (&rows, make_row (engine, g_ptr_array_index (found, i)));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &rows));
}

static gboolean
on_handle_discover (HeraldDBusService1    *object,
                    GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);

  herald_engine_discover_async (herald_service_object_get_engine (self),
                                herald_service_object_get_cancellable (self), on_discover_ready,
                                invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_discovery_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_discovery_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_discover = on_handle_discover;
}

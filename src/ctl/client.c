/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-client"

#include "ctl/client.h"

#include <glib/gi18n-lib.h>

#include "ctl/failure.h"

#define OBJECT_PATH "/io/github/octoherald/OctoHerald"

static gboolean
fail_unreachable (GError **error)
{
  return herald_failure_take_dbus_error (
      error, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no owner"));
}

/* Service1 sits at the object manager's own path, where the manager does not look. */
static gboolean
find_service (HeraldClient     *self,
              GDBusConnection  *bus,
              GError          **error)
{
  g_autofree char *owner = NULL;
  GError *cause = NULL;

  self->service = herald_dbus_service1_proxy_new_sync (bus, G_DBUS_PROXY_FLAGS_NONE, HERALD_CLIENT_BUS_NAME,
                                                       OBJECT_PATH, NULL, &cause);
  if (self->service == NULL)
    {
      g_clear_error (&cause);
      return fail_unreachable (error);
    }

  owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->service));

  return owner != NULL ? TRUE : fail_unreachable (error);
}

/**
 * herald_client_new:
 *
 * Returns: (transfer full): the service, or %NULL with HERALD_FAILURE_UNREACHABLE
 */
HeraldClient *
herald_client_new (GError **error)
{
  g_autoptr(HeraldClient) self = g_new0 (HeraldClient, 1);
  g_autoptr(GDBusConnection) bus = NULL;
  GError *cause = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &cause);
  if (bus == NULL)
    {
      herald_failure_take_dbus_error (error, cause);
      return NULL;
    }
  g_dbus_connection_set_exit_on_close (bus, FALSE);

  if (!find_service (self, bus, error))
    return NULL;

  self->manager = herald_dbus_object_manager_client_new_sync (
      bus, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE, HERALD_CLIENT_BUS_NAME, OBJECT_PATH, NULL, &cause);
  if (self->manager == NULL)
    {
      herald_failure_take_dbus_error (error, cause);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
herald_client_free (HeraldClient *self)
{
  g_clear_object (&self->manager);
  g_clear_object (&self->service);
  g_free (self);
}

static int
compare_printers (gconstpointer a,
                  gconstpointer b)
{
  HeraldDBusPrinter1 *first = *(HeraldDBusPrinter1 *const *) a;
  HeraldDBusPrinter1 *second = *(HeraldDBusPrinter1 *const *) b;
  int order = g_utf8_collate (herald_dbus_printer1_get_name (first),
                              herald_dbus_printer1_get_name (second));

  return order != 0 ? order
                    : g_strcmp0 (herald_dbus_printer1_get_id (first),
                                 herald_dbus_printer1_get_id (second));
}

static int
compare_channels (gconstpointer a,
                  gconstpointer b)
{
  HeraldDBusChannel1 *first = *(HeraldDBusChannel1 *const *) a;
  HeraldDBusChannel1 *second = *(HeraldDBusChannel1 *const *) b;
  int order = g_utf8_collate (herald_dbus_channel1_get_name (first),
                              herald_dbus_channel1_get_name (second));

  return order != 0 ? order
                    : g_strcmp0 (herald_dbus_channel1_get_id (first),
                                 herald_dbus_channel1_get_id (second));
}

/**
 * herald_client_dup_printers:
 *
 * Returns: (transfer full) (element-type HeraldDBusPrinter1): by name
 */
GPtrArray *
herald_client_dup_printers (HeraldClient *self)
{
  GPtrArray *printers = g_ptr_array_new_with_free_func (g_object_unref);
  GList *objects = g_dbus_object_manager_get_objects (self->manager);

  for (GList *entry = objects; entry != NULL; entry = entry->next)
    {
      HeraldDBusPrinter1 *printer = herald_dbus_object_get_printer1 (entry->data);

      /* An object that is just going has lost its properties */
      if (printer != NULL && herald_dbus_printer1_get_id (printer) != NULL &&
          herald_dbus_printer1_get_name (printer) != NULL)
        g_ptr_array_add (printers, printer);
      else
        g_clear_object (&printer);
    }
  g_list_free_full (objects, g_object_unref);
  g_ptr_array_sort (printers, compare_printers);

  return printers;
}

/**
 * herald_client_dup_channels:
 *
 * Returns: (transfer full) (element-type HeraldDBusChannel1): by name
 */
GPtrArray *
herald_client_dup_channels (HeraldClient *self)
{
  GPtrArray *channels = g_ptr_array_new_with_free_func (g_object_unref);
  GList *objects = g_dbus_object_manager_get_objects (self->manager);

  for (GList *entry = objects; entry != NULL; entry = entry->next)
    {
      HeraldDBusChannel1 *channel = herald_dbus_object_get_channel1 (entry->data);

      if (channel != NULL && herald_dbus_channel1_get_id (channel) != NULL &&
          herald_dbus_channel1_get_name (channel) != NULL)
        g_ptr_array_add (channels, channel);
      else
        g_clear_object (&channel);
    }
  g_list_free_full (objects, g_object_unref);
  g_ptr_array_sort (channels, compare_channels);

  return channels;
}

/**
 * herald_client_find_printer:
 * @id: as typed
 *
 * Returns: (transfer full): the printer, or %NULL with HERALD_FAILURE_REFUSED
 */
HeraldDBusPrinter1 *
herald_client_find_printer (HeraldClient  *self,
                            const char    *id,
                            GError       **error)
{
  g_autoptr(GPtrArray) printers = herald_client_dup_printers (self);

  for (guint i = 0; i < printers->len; i++)
    {
      HeraldDBusPrinter1 *printer = g_ptr_array_index (printers, i);

      if (g_str_equal (herald_dbus_printer1_get_id (printer), id))
        return g_object_ref (printer);
    }

  g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED,
               _("There is no printer “%s”; “octoheraldctl printer list” shows all"), id);
  return NULL;
}

/**
 * herald_client_find_channel:
 * @id: as typed
 *
 * Returns: (transfer full): the channel, or %NULL with HERALD_FAILURE_REFUSED
 */
HeraldDBusChannel1 *
herald_client_find_channel (HeraldClient  *self,
                            const char    *id,
                            GError       **error)
{
  g_autoptr(GPtrArray) channels = herald_client_dup_channels (self);

  for (guint i = 0; i < channels->len; i++)
    {
      HeraldDBusChannel1 *channel = g_ptr_array_index (channels, i);

      if (g_str_equal (herald_dbus_channel1_get_id (channel), id))
        return g_object_ref (channel);
    }

  g_set_error (error, HERALD_FAILURE, HERALD_FAILURE_REFUSED,
               _("There is no channel “%s”; “octoheraldctl channel list” shows all"), id);
  return NULL;
}

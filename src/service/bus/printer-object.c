/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-object"

#include "service/bus/printer-object.h"

#include "core/engine-address.h"
#include "service/bus/arguments.h"
#include "service/bus/names.h"
#include "service/bus/owner-secrets.h"
#include "service/bus/printer-access.h"
#include "service/bus/printer-control.h"
#include "service/bus/printer-mute.h"
#include "service/bus/printer-picture.h"
#include "service/bus/printer-properties.h"

/* Temperatures come twice a second; nobody reads faster than this. */
#define UPDATE_INTERVAL_MS 500

/**
 * HeraldPrinterObject:
 *
 * One printer on the bus. Its properties follow those of the #HeraldPrinter,
 * at most twice a second, and only what really changed is announced. Figures
 * that change all the time are, while nobody looks, only told with what happens.
 */
struct _HeraldPrinterObject
{
  HeraldDBusPrinter1Skeleton parent_instance;

  HeraldEngine *engine;
  HeraldPrinter *printer;
  HeraldPrinterAccess *access;
  HeraldBusAudience *audience; /* NULL: as if somebody always looked */
  GCancellable *cancellable;
  guint update_id;
  gboolean changed_again;
};

static void herald_printer_object_printer1_init (HeraldDBusPrinter1Iface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldPrinterObject,
                               herald_printer_object,
                               HERALD_DBUS_TYPE_PRINTER1_SKELETON,
                               G_IMPLEMENT_INTERFACE (HERALD_DBUS_TYPE_PRINTER1,
                                                      herald_printer_object_printer1_init))

/* A call that is answered later. It does not keep the object: a printer can be removed meanwhile. */
typedef struct
{
  GWeakRef object;
  GDBusMethodInvocation *invocation;
  HeraldValues *changes;
} Call;

static Call *
call_new (HeraldPrinterObject   *object,
          GDBusMethodInvocation *invocation)
{
  Call *self = g_new0 (Call, 1);

  g_weak_ref_init (&self->object, object);
  self->invocation = invocation;

  return self;
}

static void
call_free (Call *self)
{
  g_weak_ref_clear (&self->object);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
update (HeraldPrinterObject *self)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  gboolean watched = self->audience == NULL || herald_bus_audience_is_there (self->audience);

  if (herald_printer_properties_update (object, self->printer) || watched)
    herald_printer_properties_update_figures (object, self->printer);
}

static void
on_audience_arrived (HeraldPrinterObject *self)
{
  herald_printer_properties_update_figures (HERALD_DBUS_PRINTER1 (self), self->printer);
}

static gboolean
on_update_timeout (gpointer user_data)
{
  HeraldPrinterObject *self = user_data;

  if (!self->changed_again)
    {
      self->update_id = 0;
      return G_SOURCE_REMOVE;
    }

  self->changed_again = FALSE;
  update (self);

  return G_SOURCE_CONTINUE;
}

static void
on_printer_changed (HeraldPrinterObject *self)
{
  if (self->update_id != 0)
    {
      self->changed_again = TRUE;
      return;
    }

  update (self);
  self->update_id = g_timeout_add (UPDATE_INTERVAL_MS, on_update_timeout, self);
}

/* HeraldDBusPrinter1 */

/* @taken_invocation: the call of Set; answered and consumed */
static void
change (HeraldPrinterObject   *self,
        HeraldValues          *changes,
        GDBusMethodInvocation *taken_invocation)
{
  g_autoptr(GError) error = NULL;

  if (!herald_engine_change_printer (self->engine, herald_printer_get_id (self->printer), changes,
                                     &error))
    {
      herald_names_return_error (taken_invocation, error);
      return;
    }

  /* What a person allows at the old address is of no use at the new one */
  if (herald_values_get (changes, "url") != NULL)
    herald_printer_access_withdraw (self->access);
  update (self);
  herald_dbus_printer1_complete_set (HERALD_DBUS_PRINTER1 (self), taken_invocation);
}

static void
on_find_address_ready (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(Call) call = g_steal_pointer (&user_data);
  g_autoptr(HeraldPrinterObject) self = g_weak_ref_get (&call->object);
  g_autoptr(GError) error = NULL;
  g_autofree char *url = herald_engine_find_address_finish (HERALD_ENGINE (source), result, &error);

  /* Without the object it was cancelled, and there is an error */
  if (url == NULL)
    {
      herald_names_return_error (call->invocation, error);
      return;
    }

  herald_values_set (call->changes, "url", url);
  change (self, call->changes, call->invocation);
}

static gboolean
herald_printer_object_handle_set (HeraldDBusPrinter1    *object,
                                  GDBusMethodInvocation *invocation,
                                  GVariant              *changes)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = herald_arguments_read_values (changes, &error);
  const char *url = values != NULL ? herald_values_get (values, "url") : NULL;
  Call *call;

  if (values == NULL)
    herald_names_return_error (invocation, error);
  else if (url == NULL || g_str_equal (url, herald_printer_get_url (self->printer)))
    change (self, values, invocation);
  else
    {
      call = call_new (self, invocation);
      call->changes = g_hash_table_ref (values);
      herald_engine_find_address_async (self->engine, url, self->cancellable, on_find_address_ready,
                                        call);
    }

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_set_secret (HeraldDBusPrinter1    *object,
                                         GDBusMethodInvocation *invocation,
                                         const char            *field,
                                         const char            *value)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_owner_secrets_answer (self->engine, herald_printer_get_id (self->printer), field, value,
                               self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_check_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Call) call = g_steal_pointer (&user_data);
  g_autoptr(HeraldPrinterObject) self = g_weak_ref_get (&call->object);
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = herald_printer_check_finish (HERALD_PRINTER (source), result, &error);

  /* The certificate belongs to the answer and is there before it */
  if (self != NULL)
    {
      update (self);
      g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self));
    }

  if (answer != NULL)
    g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(s)", answer));
  else
    herald_names_return_error (call->invocation, error);
}

static gboolean
herald_printer_object_handle_check (HeraldDBusPrinter1    *object,
                                    GDBusMethodInvocation *invocation)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_printer_check_async (self->printer, self->cancellable, on_check_ready,
                              call_new (self, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_request_access (HeraldDBusPrinter1    *object,
                                             GDBusMethodInvocation *invocation)
{
  herald_printer_access_request (HERALD_PRINTER_OBJECT (object)->access, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_cancel_access (HeraldDBusPrinter1    *object,
                                            GDBusMethodInvocation *invocation)
{
  herald_printer_access_withdraw (HERALD_PRINTER_OBJECT (object)->access);
  herald_dbus_printer1_complete_cancel_access (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_control (HeraldDBusPrinter1    *object,
                                      GDBusMethodInvocation *invocation,
                                      const char            *action)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_printer_control_answer (self->printer, action, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_get_temperature_history (HeraldDBusPrinter1    *object,
                                                      GDBusMethodInvocation *invocation)
{
  herald_printer_control_answer_history (HERALD_PRINTER_OBJECT (object)->printer, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_get_snapshot (HeraldDBusPrinter1    *object,
                                           GDBusMethodInvocation *invocation,
                                           const char            *camera)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_printer_picture_answer (self->printer, camera, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_printer_object_handle_get_thumbnail (HeraldDBusPrinter1    *object,
                                            GDBusMethodInvocation *invocation)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_printer_picture_answer_thumbnail (self->printer, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
herald_printer_object_printer1_init (HeraldDBusPrinter1Iface *iface)
{
  iface->handle_set = herald_printer_object_handle_set;
  iface->handle_set_secret = herald_printer_object_handle_set_secret;
  iface->handle_check = herald_printer_object_handle_check;
  iface->handle_request_access = herald_printer_object_handle_request_access;
  iface->handle_cancel_access = herald_printer_object_handle_cancel_access;
  iface->handle_control = herald_printer_object_handle_control;
  iface->handle_get_temperature_history = herald_printer_object_handle_get_temperature_history;
  iface->handle_get_snapshot = herald_printer_object_handle_get_snapshot;
  iface->handle_get_thumbnail = herald_printer_object_handle_get_thumbnail;
}

/* GObject */

static void
herald_printer_object_dispose (GObject *object)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->access, herald_printer_access_free);
  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->printer != NULL)
    g_signal_handlers_disconnect_by_data (self->printer, self);
  g_clear_object (&self->audience);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->printer);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_printer_object_parent_class)->dispose (object);
}

static void
herald_printer_object_class_init (HeraldPrinterObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_printer_object_dispose;
}

static void
herald_printer_object_init (HeraldPrinterObject *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * herald_printer_object_new:
 * @audience: (nullable): who looks; %NULL to tell everything at once
 */
HeraldPrinterObject *
herald_printer_object_new (HeraldEngine      *engine,
                           HeraldPrinter     *printer,
                           HeraldBusAudience *audience)
{
  HeraldPrinterObject *self = g_object_new (HERALD_TYPE_PRINTER_OBJECT, NULL);

  self->engine = g_object_ref (engine);
  self->printer = g_object_ref (printer);
  self->access = herald_printer_access_new (HERALD_DBUS_PRINTER1 (self), printer);
  if (audience != NULL)
    {
      self->audience = g_object_ref (audience);
      g_signal_connect_object (audience, "arrived", G_CALLBACK (on_audience_arrived), self, G_CONNECT_SWAPPED);
    }
  herald_printer_mute_serve (HERALD_DBUS_PRINTER1 (self), engine, herald_printer_get_id (printer));
  g_signal_connect_object (printer, "notify", G_CALLBACK (on_printer_changed), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}

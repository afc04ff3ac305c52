/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-object"

#include "service/printer-object.h"

#include "core/base/text.h"
#include "core/engine-address.h"
#include "service/arguments.h"
#include "service/names.h"
#include "service/owner-secrets.h"
#include "service/printer-access.h"
#include "service/printer-control.h"
#include "service/printer-mute.h"
#include "service/printer-picture.h"

/* Temperatures come twice a second; nobody reads faster than this. */
#define UPDATE_INTERVAL_MS 500

/**
 * HeraldPrinterObject:
 *
 * One printer on the bus. Its properties follow those of the #HeraldPrinter,
 * at most twice a second, and only what really changed is announced.
 */
struct _HeraldPrinterObject
{
  HeraldDBusPrinter1Skeleton parent_instance;

  HeraldEngine *engine;
  HeraldPrinter *printer;
  HeraldPrinterAccess *access;
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

static GVariant *
make_temperatures (HeraldPrinterState *state)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(dd)}"));
  for (guint i = 0; i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      g_variant_builder_add (&builder, "{s(dd)}", temperature->heater, temperature->actual,
                             temperature->target);
    }

  return g_variant_builder_end (&builder);
}

static char *
make_finish_time (HeraldPrinter *printer)
{
  gint64 finish_ms = herald_printer_get_finish_ms (printer);

  return finish_ms > 0 ? herald_text_format_time (finish_ms) : g_strdup ("");
}

static GVariant *
make_certificate (HeraldCertificate *certificate)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  if (certificate != NULL)
    {
      g_variant_builder_add (&builder, "{ss}", "subject", certificate->subject);
      g_variant_builder_add (&builder, "{ss}", "issuer", certificate->issuer);
      g_variant_builder_add (&builder, "{ss}", "fingerprint", certificate->fingerprint);
    }

  return g_variant_builder_end (&builder);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
update_job (HeraldPrinterObject *self,
            HeraldPrinterState  *state)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  g_autofree char *finishes_at = make_finish_time (self->printer);

  herald_dbus_printer1_set_file (object, or_empty (state->name));
  herald_dbus_printer1_set_origin (object, or_empty (state->origin));
  herald_dbus_printer1_set_user (object, or_empty (state->user));
  herald_dbus_printer1_set_progress (object, state->progress);
  herald_dbus_printer1_set_elapsed (object, state->elapsed_s);
  herald_dbus_printer1_set_remaining (object, state->remaining_s);
  herald_dbus_printer1_set_remaining_origin (object, or_empty (state->remaining_origin));
  herald_dbus_printer1_set_finishes_at (object, finishes_at);
  herald_dbus_printer1_set_height (object, state->height_mm);
  herald_dbus_printer1_set_layer (object, state->layer);
  herald_dbus_printer1_set_layers (object, state->layers);
}

static void
update_state (HeraldPrinterObject *self)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  HeraldPrinterState *state = herald_printer_get_state (self->printer);
  const char *problem = herald_printer_get_problem (self->printer);
  g_autofree const char **actions =
    herald_printer_action_list (herald_printer_get_actions (self->printer));

  herald_dbus_printer1_set_error (object, or_empty (problem != NULL ? problem : state->error));
  herald_dbus_printer1_set_state (object, herald_state_id_to_string (state->id));
  herald_dbus_printer1_set_state_text (object, or_empty (state->text));
  herald_dbus_printer1_set_temperatures (object, make_temperatures (state));
  herald_dbus_printer1_set_actions (object, actions);
  update_job (self, state);
}

static void
update_server (HeraldPrinterObject *self)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  HeraldPrinter *printer = self->printer;
  g_auto(GStrv) cameras = herald_printer_dup_cameras (printer);

  herald_dbus_printer1_set_cameras (object, (const char *const *) cameras);
  herald_dbus_printer1_set_connection (
      object, herald_connection_to_string (herald_printer_get_connection (printer)));
  herald_dbus_printer1_set_version (object, herald_printer_get_version (printer));
  herald_dbus_printer1_set_server_name (object, herald_printer_get_server_name (printer));
  herald_dbus_printer1_set_color (object, herald_printer_get_color (printer));
  herald_dbus_printer1_set_gap (object, herald_printer_get_gap (printer));
  herald_dbus_printer1_set_attention (object, herald_printer_get_attention (printer));
  herald_dbus_printer1_set_fallback (object, herald_printer_get_fallback (printer));
  herald_dbus_printer1_set_certificate (object,
                                        make_certificate (herald_printer_get_certificate (printer)));
}

static void
update (HeraldPrinterObject *self)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  HeraldPrinter *printer = self->printer;

  herald_dbus_printer1_set_id (object, herald_printer_get_id (printer));
  herald_dbus_printer1_set_name (object, herald_printer_get_name (printer));
  herald_dbus_printer1_set_url (object, herald_printer_get_url (printer));
  herald_dbus_printer1_set_enabled (object, herald_printer_get_enabled (printer));
  herald_dbus_printer1_set_settings (
      object, herald_values_to_variant (herald_printer_get_settings (printer)));
  update_server (self);
  update_state (self);
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

HeraldPrinterObject *
herald_printer_object_new (HeraldEngine  *engine,
                           HeraldPrinter *printer)
{
  HeraldPrinterObject *self = g_object_new (HERALD_TYPE_PRINTER_OBJECT, NULL);

  self->engine = g_object_ref (engine);
  self->printer = g_object_ref (printer);
  self->access = herald_printer_access_new (HERALD_DBUS_PRINTER1 (self), printer);
  herald_printer_mute_serve (HERALD_DBUS_PRINTER1 (self), engine, herald_printer_get_id (printer));
  g_signal_connect_object (printer, "notify", G_CALLBACK (on_printer_changed), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}

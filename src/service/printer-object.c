/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-printer-object"

#include "service/printer-object.h"

#include "core/base/text.h"
#include "service/arguments.h"
#include "service/names.h"
#include "service/owner-secrets.h"

/* Temperatures come twice a second; nobody reads faster than this. */
#define UPDATE_INTERVAL_MS 500

/* An estimate wavers by seconds; it is told to the minute so that it does not change all the time. */
#define ESTIMATE_STEP_S 60

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

static GVariant *
make_temperatures (HeraldPrinterState *state)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(dd)}"));
  for (guint i = 0; state != NULL && i < state->temperatures->len; i++)
    {
      const HeraldTemperature *temperature = g_ptr_array_index (state->temperatures, i);

      g_variant_builder_add (&builder, "{s(dd)}", temperature->heater, temperature->actual,
                             temperature->target);
    }

  return g_variant_builder_end (&builder);
}

static char *
make_finish_time (HeraldPrinterState *state)
{
  gint64 finish_s;

  if (state == NULL || state->remaining_s < 0 || !herald_state_id_has_job (state->id))
    return g_strdup ("");

  finish_s = state->received_ms / 1000 + state->remaining_s;
  finish_s = (finish_s + ESTIMATE_STEP_S / 2) / ESTIMATE_STEP_S * ESTIMATE_STEP_S;

  return herald_text_format_time (finish_s * 1000);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
update_state (HeraldPrinterObject *self,
              HeraldPrinterState  *state)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  const char *problem = herald_printer_get_problem (self->printer);
  g_autofree char *finishes_at = make_finish_time (state);

  if (problem == NULL && state != NULL)
    problem = state->error;

  herald_dbus_printer1_set_error (object, or_empty (problem));
  herald_dbus_printer1_set_state (object, state != NULL ? herald_state_id_to_string (state->id)
                                                        : "unknown");
  herald_dbus_printer1_set_state_text (object, state != NULL ? or_empty (state->text) : "");
  herald_dbus_printer1_set_file (object, state != NULL ? or_empty (state->name) : "");
  herald_dbus_printer1_set_progress (object, state != NULL ? state->progress : -1);
  herald_dbus_printer1_set_elapsed (object, state != NULL ? state->elapsed_s : -1);
  herald_dbus_printer1_set_remaining (object, state != NULL ? state->remaining_s : -1);
  herald_dbus_printer1_set_remaining_origin (
      object, state != NULL ? or_empty (state->remaining_origin) : "");
  herald_dbus_printer1_set_finishes_at (object, finishes_at);
  herald_dbus_printer1_set_temperatures (object, make_temperatures (state));
}

static void
update (HeraldPrinterObject *self)
{
  HeraldDBusPrinter1 *object = HERALD_DBUS_PRINTER1 (self);
  HeraldPrinter *printer = self->printer;

  herald_dbus_printer1_set_id (object, herald_printer_get_id (printer));
  herald_dbus_printer1_set_name (object, or_empty (herald_printer_get_name (printer)));
  herald_dbus_printer1_set_url (object, or_empty (herald_printer_get_url (printer)));
  herald_dbus_printer1_set_enabled (object, herald_printer_get_enabled (printer));
  herald_dbus_printer1_set_settings (
      object, herald_values_to_variant (herald_printer_get_settings (printer)));
  herald_dbus_printer1_set_connection (
      object, herald_connection_to_string (herald_printer_get_connection (printer)));
  herald_dbus_printer1_set_version (object, or_empty (herald_printer_get_version (printer)));
  update_state (self, herald_printer_get_state (printer));
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

static gboolean
herald_printer_object_handle_set (HeraldDBusPrinter1    *object,
                                  GDBusMethodInvocation *invocation,
                                  GVariant              *changes)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = herald_arguments_read_values (changes, &error);

  if (values == NULL ||
      !herald_engine_change_printer (self->engine, herald_printer_get_id (self->printer), values,
                                     &error))
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  update (self);
  herald_dbus_printer1_complete_set (object, invocation);

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
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = herald_printer_check_finish (HERALD_PRINTER (source), result, &error);

  if (answer != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", answer));
  else
    herald_names_return_error (invocation, error);
}

static gboolean
herald_printer_object_handle_check (HeraldDBusPrinter1    *object,
                                    GDBusMethodInvocation *invocation)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  herald_printer_check_async (self->printer, self->cancellable, on_check_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
herald_printer_object_printer1_init (HeraldDBusPrinter1Iface *iface)
{
  iface->handle_set = herald_printer_object_handle_set;
  iface->handle_set_secret = herald_printer_object_handle_set_secret;
  iface->handle_check = herald_printer_object_handle_check;
}

/* GObject */

static void
herald_printer_object_dispose (GObject *object)
{
  HeraldPrinterObject *self = HERALD_PRINTER_OBJECT (object);

  g_cancellable_cancel (self->cancellable);
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
  g_signal_connect_object (printer, "notify", G_CALLBACK (on_printer_changed), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}

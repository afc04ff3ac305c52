/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-service-object"

#include "service/bus/service-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/engine-quiet.h"
#include "core/outbox/mute-memory.h"
#include "core/routing/message-change.h"
#include "core/store/settings-text.h"
#include "service/bus/addition.h"
#include "service/bus/arguments.h"
#include "service/bus/demo-object.h"
#include "service/bus/discovery-object.h"
#include "service/bus/credential-object.h"
#include "service/bus/foreign-object.h"
#include "service/bus/gateway-object.h"
#include "service/bus/history-object.h"
#include "service/bus/mail-setup-object.h"
#include "service/bus/message-object.h"
#include "service/bus/names.h"
#include "service/bus/online-accounts-object.h"
#include "service/bus/preference-object.h"
#include "service/bus/render-object.h"
#include "service/bus/send-object.h"

/* A configuration of a hundred printers has some 50 KiB. */
#define CONFIG_MAX_BYTES (1024 * 1024)

/**
 * HeraldServiceObject:
 *
 * The service itself on the bus: what it is, adding and removing printers and
 * channels, muting, the configuration. Messages, history and the search for
 * printers have files of their own.
 */
struct _HeraldServiceObject
{
  HeraldDBusService1Skeleton parent_instance;

  HeraldEngine *engine;
  HeraldAutostart *autostart;
  HeraldDemoKeeper *demo_keeper;
  GCancellable *cancellable;
  guint unmute_id;
};

static void herald_service_object_service1_init (HeraldDBusService1Iface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldServiceObject,
                               herald_service_object,
                               HERALD_DBUS_TYPE_SERVICE1_SKELETON,
                               G_IMPLEMENT_INTERFACE (HERALD_DBUS_TYPE_SERVICE1,
                                                      herald_service_object_service1_init))

typedef enum
{
  SIGNAL_QUIT,
} HeraldServiceObjectSignal;

static guint signals[SIGNAL_QUIT + 1];

static const char *
get_keyring_state (HeraldEngine *engine)
{
  switch (herald_secret_store_get_state (herald_engine_get_secret_store (engine)))
    {
    case HERALD_SECRETS_READY:
      return "ready";
    case HERALD_SECRETS_LOCKED:
      return "locked";
    case HERALD_SECRETS_ABSENT:
      return "absent";
    case HERALD_SECRETS_SILENT:
    default:
      return "silent";
    }
}

static void
update (HeraldServiceObject *self)
{
  HeraldDBusService1 *object = HERALD_DBUS_SERVICE1 (self);
  gint64 muted_until = herald_engine_get_muted_until (self->engine);
  gint64 quiet_until = herald_engine_get_quiet_until (self->engine);
  g_autofree char *until = NULL;
  g_autofree char *quiet = quiet_until != 0 ? herald_text_format_time (quiet_until) : NULL;
  HeraldLedger ledger = { 0 };

  if (muted_until > g_get_real_time () / 1000)
    until = herald_text_format_time (muted_until);
  herald_outbox_get_ledger (herald_engine_get_outbox (self->engine), &ledger);

  herald_dbus_service1_set_version (object, HERALD_VERSION);
  herald_dbus_service1_set_config_path (
      object, herald_config_get_path (herald_engine_get_config (self->engine)));
  herald_dbus_service1_set_keyring (object, get_keyring_state (self->engine));
  herald_dbus_service1_set_waiting (object, ledger.waiting);
  herald_dbus_service1_set_held (object, ledger.held);
  herald_dbus_service1_set_muted_until (object, until != NULL ? until : "");
  herald_dbus_service1_set_quiet_until (object, quiet != NULL ? quiet : "");
}

static void
on_delivery_changed (HeraldServiceObject *self,
                     gint64               id)
{
  update (self);
  herald_dbus_service1_emit_delivery_changed (HERALD_DBUS_SERVICE1 (self), id);
}

static void
on_secret_store_changed (HeraldServiceObject *self)
{
  update (self);
}

static gboolean
on_unmute_timeout (gpointer user_data)
{
  HeraldServiceObject *self = user_data;

  self->unmute_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
on_config_changed (HeraldServiceObject *self,
                   const char          *category)
{
  if (g_str_equal (category, HERALD_SETTINGS_GENERAL))
    herald_preference_object_update (self);
  if (g_str_equal (category, HERALD_MESSAGE_CATEGORY))
    herald_dbus_service1_emit_messages_changed (HERALD_DBUS_SERVICE1 (self));
}

/* HeraldDBusService1 */

static gboolean
on_handle_add_printer (HeraldDBusService1    *object,
                       GDBusMethodInvocation *invocation,
                       GVariant              *settings,
                       GVariant              *secrets)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);

  herald_addition_add_printer (self->engine, settings, secrets, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_add_channel (HeraldDBusService1    *object,
                       GDBusMethodInvocation *invocation,
                       const char            *type,
                       GVariant              *settings,
                       GVariant              *secrets)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);

  herald_addition_add_channel (self->engine, type, settings, secrets, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_remove_printer (HeraldDBusService1    *object,
                          GDBusMethodInvocation *invocation,
                          const char            *id)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;

  if (herald_engine_remove_printer (self->engine, id, &error))
    herald_dbus_service1_complete_remove_printer (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_remove_channel (HeraldDBusService1    *object,
                          GDBusMethodInvocation *invocation,
                          const char            *id)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;

  if (herald_engine_remove_channel (self->engine, id, &error))
    herald_dbus_service1_complete_remove_channel (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static GVariant *
make_texts (const char *const *texts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_variant_builder_add (&builder, "s", _(texts[i]));

  return g_variant_builder_end (&builder);
}

static GVariant *
make_field (const HeraldChannelField *field)
{
  static const char *const kinds[] = {
    [HERALD_FIELD_TEXT] = "text",
    [HERALD_FIELD_HOST] = "host",
    [HERALD_FIELD_PORT] = "port",
    [HERALD_FIELD_CHOICE] = "choice",
    [HERALD_FIELD_BOOLEAN] = "boolean",
    [HERALD_FIELD_ADDRESS] = "address",
    [HERALD_FIELD_ADDRESSES] = "addresses",
    [HERALD_FIELD_COUNT] = "count",
    [HERALD_FIELD_MONEY] = "money",
  };
  const char *const none[] = { NULL };
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", field->name);
  g_variant_dict_insert (&dict, "kind", "s", kinds[field->kind]);
  g_variant_dict_insert (&dict, "label", "s", _(field->label));
  g_variant_dict_insert (&dict, "hint", "s", field->hint != NULL ? _(field->hint) : "");
  g_variant_dict_insert (&dict, "fallback", "s", field->fallback != NULL ? field->fallback : "");
  g_variant_dict_insert (&dict, "required", "b", (field->flags & HERALD_FIELD_REQUIRED) != 0);
  g_variant_dict_insert (&dict, "secret", "b", (field->flags & HERALD_FIELD_SECRET) != 0);
  g_variant_dict_insert (&dict, "choices", "^as", field->choices != NULL ? field->choices : none);
  g_variant_dict_insert_value (&dict, "choice_labels", make_texts (field->choice_labels));

  return g_variant_dict_end (&dict);
}

static gboolean
on_handle_list_channel_types (HeraldDBusService1    *object,
                              GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  const HeraldChannelType *const *types = herald_engine_get_channel_types (self->engine);
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; types[i] != NULL; i++)
    {
      GVariantBuilder fields;

      g_variant_builder_init (&fields, G_VARIANT_TYPE ("aa{sv}"));
      for (guint j = 0; j < types[i]->n_fields; j++)
        g_variant_builder_add_value (&fields, make_field (&types[i]->fields[j]));

      g_variant_builder_open (&rows, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&rows, "{sv}", "id", g_variant_new_string (types[i]->id));
      g_variant_builder_add (&rows, "{sv}", "name", g_variant_new_string (_(types[i]->name)));
      g_variant_builder_add (&rows, "{sv}", "fields", g_variant_builder_end (&fields));
      g_variant_builder_add (&rows, "{sv}", "public", g_variant_new_boolean (types[i]->reach == HERALD_REACH_PUBLIC));
      g_variant_builder_add (&rows, "{sv}", "guide", make_texts (types[i]->guide));
      g_variant_builder_add (&rows, "{sv}", "check_price",
                             g_variant_new_string (types[i]->check_price != NULL ? _(types[i]->check_price) : ""));
      g_variant_builder_close (&rows);
    }
  herald_dbus_service1_complete_list_channel_types (object, invocation,
                                                    g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Whoever has muted: we, the panel or a start after it */
static void
on_muted_until_changed (HeraldServiceObject *self)
{
  gint64 until_ms = herald_engine_get_muted_until (self->engine);
  gint64 wait_s = until_ms / 1000 - g_get_real_time () / G_USEC_PER_SEC + 1;

  g_clear_handle_id (&self->unmute_id, g_source_remove);
  if (until_ms != 0 && until_ms != HERALD_MUTED_FOREVER_MS && wait_s < G_MAXINT)
    self->unmute_id = g_timeout_add_seconds ((guint) MAX (wait_s, 1), on_unmute_timeout, self);
  update (self);
}

/* Nothing but 0 seconds is without end. */
static gboolean
on_handle_mute (HeraldDBusService1    *object,
                GDBusMethodInvocation *invocation,
                guint64                seconds)
{
  gint64 now_ms = g_get_real_time () / 1000;
  gint64 until_ms = HERALD_MUTED_FOREVER_MS;

  if (seconds != 0 && seconds < (guint64) (HERALD_MUTED_FOREVER_MS - now_ms) / 1000)
    until_ms = now_ms + (gint64) seconds * 1000;
  herald_engine_mute (HERALD_SERVICE_OBJECT (object)->engine, until_ms);
  herald_dbus_service1_complete_mute (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_unmute (HeraldDBusService1    *object,
                  GDBusMethodInvocation *invocation)
{
  herald_engine_mute (HERALD_SERVICE_OBJECT (object)->engine, 0);
  herald_dbus_service1_complete_unmute (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_export_config (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autofree char *text = herald_config_export (herald_engine_get_config (self->engine));

  herald_dbus_service1_complete_export_config (object, invocation, text);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_import_config (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation,
                         const char            *text)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;

  if (herald_arguments_check_text (text, CONFIG_MAX_BYTES, &error) &&
      herald_engine_import (self->engine, text, &error))
    herald_dbus_service1_complete_import_config (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_flush_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(HeraldServiceObject) self = HERALD_SERVICE_OBJECT (g_steal_pointer (&user_data));

  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_signal_emit (self, signals[SIGNAL_QUIT], 0);
}

/* Whoever asked hears that it is done before nobody is there to say so. */
static gboolean
on_handle_quit (HeraldDBusService1    *object,
                GDBusMethodInvocation *invocation)
{
  GDBusConnection *connection = g_dbus_method_invocation_get_connection (invocation);

  g_object_ref (connection);
  g_message ("Somebody wants OctoHerald to end");
  herald_dbus_service1_complete_quit (object, invocation);
  g_dbus_connection_flush (connection, NULL, on_flush_ready, g_object_ref (object));
  g_object_unref (connection);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
herald_service_object_service1_init (HeraldDBusService1Iface *iface)
{
  iface->handle_add_printer = on_handle_add_printer;
  iface->handle_add_channel = on_handle_add_channel;
  iface->handle_remove_printer = on_handle_remove_printer;
  iface->handle_remove_channel = on_handle_remove_channel;
  iface->handle_list_channel_types = on_handle_list_channel_types;
  iface->handle_mute = on_handle_mute;
  iface->handle_unmute = on_handle_unmute;
  iface->handle_export_config = on_handle_export_config;
  iface->handle_import_config = on_handle_import_config;
  iface->handle_quit = on_handle_quit;
  herald_demo_object_implement (iface);
  herald_discovery_object_implement (iface);
  herald_mail_setup_object_implement (iface);
  herald_credential_object_implement (iface);
  herald_foreign_object_implement (iface);
  herald_gateway_object_implement (iface);
  herald_message_object_implement (iface);
  herald_online_accounts_object_implement (iface);
  herald_preference_object_implement (iface);
  herald_history_object_implement (iface);
  herald_render_object_implement (iface);
  herald_send_object_implement (iface);
}

/* GObject */

static void
herald_service_object_dispose (GObject *object)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->unmute_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->autostart);
  g_clear_object (&self->demo_keeper);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_service_object_parent_class)->dispose (object);
}

static void
herald_service_object_class_init (HeraldServiceObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_service_object_dispose;

  signals[SIGNAL_QUIT] = g_signal_new ("quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
herald_service_object_init (HeraldServiceObject *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldServiceObject *
herald_service_object_new (HeraldEngine *engine)
{
  HeraldServiceObject *self = g_object_new (HERALD_TYPE_SERVICE_OBJECT, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (herald_engine_get_outbox (engine), "delivery-changed",
                           G_CALLBACK (on_delivery_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_engine_get_secret_store (engine), "notify",
                           G_CALLBACK (on_secret_store_changed), self, G_CONNECT_SWAPPED);
  self->autostart = herald_autostart_new (herald_engine_get_config (engine));
  g_signal_connect_object (self->autostart, "changed", G_CALLBACK (herald_preference_object_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (herald_engine_get_config (engine), "changed", G_CALLBACK (on_config_changed), self,
                           G_CONNECT_SWAPPED);
  herald_preference_object_update (self);
  self->demo_keeper = herald_demo_keeper_new (engine);
  g_signal_connect_object (engine, "notify::muted-until", G_CALLBACK (on_muted_until_changed), self, G_CONNECT_SWAPPED);
  on_muted_until_changed (self);
  g_signal_connect_object (engine, "notify::quiet-until", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return self;
}

HeraldEngine *
herald_service_object_get_engine (HeraldServiceObject *self)
{
  return self->engine;
}

HeraldAutostart *
herald_service_object_get_autostart (HeraldServiceObject *self)
{
  return self->autostart;
}

HeraldDemoKeeper *
herald_service_object_get_demo_keeper (HeraldServiceObject *self)
{
  return self->demo_keeper;
}

GCancellable *
herald_service_object_get_cancellable (HeraldServiceObject *self)
{
  return self->cancellable;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-object"

#include "service/bus/channel-object.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "service/bus/arguments.h"
#include "service/bus/channel-doubts.h"
#include "service/bus/channel-login.h"
#include "service/bus/channel-secrets.h"
#include "service/bus/channel-spending.h"
#include "service/bus/channel-test.h"
#include "service/bus/names.h"
#include "service/bus/owner-secrets.h"

/**
 * HeraldChannelObject:
 *
 * One channel on the bus. Its properties follow those of the #HeraldChannel.
 */
struct _HeraldChannelObject
{
  HeraldDBusChannel1Skeleton parent_instance;

  HeraldEngine *engine;
  HeraldChannel *channel;
  GCancellable *cancellable;
  HeraldChannelLogin *login;
  gboolean is_testing;
};

static void herald_channel_object_channel1_init (HeraldDBusChannel1Iface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HeraldChannelObject,
                               herald_channel_object,
                               HERALD_DBUS_TYPE_CHANNEL1_SKELETON,
                               G_IMPLEMENT_INTERFACE (HERALD_DBUS_TYPE_CHANNEL1,
                                                      herald_channel_object_channel1_init))

static const char *
get_health (HeraldChannel *channel)
{
  if (!herald_channel_get_enabled (channel))
    return "disabled";

  if (herald_channel_get_problem (channel) != NULL)
    return "held";

  return herald_channel_get_wait_reason (channel) != NULL ? "waiting" : "ok";
}

static void
update (HeraldChannelObject *self)
{
  HeraldDBusChannel1 *object = HERALD_DBUS_CHANNEL1 (self);
  HeraldChannel *channel = self->channel;
  const char *problem = herald_channel_get_problem (channel);
  const char *reason = problem != NULL ? problem : herald_channel_get_wait_reason (channel);
  gint64 next_ms = problem == NULL ? herald_channel_get_wait_until_ms (channel) : 0;
  g_autofree char *next_try = next_ms != 0 ? herald_text_format_time (next_ms) : NULL;

  herald_dbus_channel1_set_id (object, herald_channel_get_id (channel));
  herald_dbus_channel1_set_type_ (object, herald_channel_get_channel_type (channel)->id);
  herald_dbus_channel1_set_name (object, herald_channel_get_name (channel));
  herald_dbus_channel1_set_enabled (object, herald_channel_get_enabled (channel));
  herald_dbus_channel1_set_settings (
      object, herald_values_to_variant (herald_channel_get_settings (channel)));
  herald_dbus_channel1_set_health (object, get_health (channel));
  herald_dbus_channel1_set_error (object, reason != NULL ? reason : "");
  herald_dbus_channel1_set_next_try (object, next_try != NULL ? next_try : "");
}

static void
on_channel_changed (HeraldChannelObject *self)
{
  update (self);
}

/* HeraldDBusChannel1 */

static gboolean
herald_channel_object_handle_set (HeraldDBusChannel1    *object,
                                  GDBusMethodInvocation *invocation,
                                  GVariant              *changes)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldValues) values = herald_arguments_read_values (changes, &error);

  if (values == NULL ||
      !herald_engine_change_channel (self->engine, herald_channel_get_id (self->channel), values,
                                     &error))
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  update (self);
  herald_dbus_channel1_complete_set (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_set_secret (HeraldDBusChannel1    *object,
                                         GDBusMethodInvocation *invocation,
                                         const char            *field,
                                         const char            *value)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_owner_secrets_answer (self->engine, herald_channel_get_id (self->channel), field, value,
                               self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_set_secrets (HeraldDBusChannel1    *object,
                                          GDBusMethodInvocation *invocation,
                                          GVariant              *secrets)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_owner_secrets_answer_all (self->engine, herald_channel_get_id (self->channel), secrets, self->cancellable,
                                   invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_list_secrets (HeraldDBusChannel1    *object,
                                           GDBusMethodInvocation *invocation)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_channel_secrets_answer (self->engine, self->channel, self->cancellable, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* One test being answered */
typedef struct
{
  HeraldChannelObject *object;
  GDBusMethodInvocation *invocation;
} TestCall;

static void
on_test_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree TestCall *call = user_data;
  g_autoptr(HeraldChannelObject) self = call->object;
  g_autoptr(GError) error = NULL;
  GVariant *report = herald_channel_test_finish (HERALD_ENGINE (source), result, &error);

  self->is_testing = FALSE;
  if (report != NULL)
    herald_dbus_channel1_complete_test (HERALD_DBUS_CHANNEL1 (self), call->invocation, report);
  else
    herald_names_return_error (call->invocation, error);
}

/* @printer stays %NULL if none is asked for. */
static gboolean
read_test_options (HeraldChannelObject  *self,
                   GVariant             *options,
                   HeraldPrinter       **printer,
                   GError              **error)
{
  const char *id = "";

  if (self->is_testing)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_BUSY,
                           _("A test of this channel is under way. Wait for what becomes of it."));
      return FALSE;
    }

  g_variant_lookup (options, "printer", "&s", &id);
  if (*id == '\0')
    return TRUE;

  *printer = herald_engine_find_printer (self->engine, id);
  if (*printer != NULL)
    return TRUE;

  g_set_error (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no printer “%s”"), id);
  return FALSE;
}

static gboolean
herald_channel_object_handle_test (HeraldDBusChannel1    *object,
                                   GDBusMethodInvocation *invocation,
                                   GVariant              *options)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);
  g_autoptr(GError) error = NULL;
  HeraldPrinter *printer = NULL;
  TestCall *call;

  if (!read_test_options (self, options, &printer, &error))
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  self->is_testing = TRUE;
  call = g_new0 (TestCall, 1);
  call->object = g_object_ref (self);
  call->invocation = invocation;
  herald_channel_test_async (self->engine, self->channel, printer, self->cancellable, on_test_ready, call);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_verify_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = herald_channel_verify_finish (HERALD_CHANNEL (source), result, &error);

  if (answer != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", answer));
  else
    herald_names_return_error (invocation, error);
}

static gboolean
herald_channel_object_handle_check (HeraldDBusChannel1    *object,
                                    GDBusMethodInvocation *invocation)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_channel_verify_async (self->channel, self->cancellable, on_verify_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_doubts_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) doubts = herald_channel_doubts_find_finish (HERALD_CHANNEL (source), result, &error);
  GVariantBuilder sentences;

  if (doubts == NULL)
    {
      herald_names_return_error (invocation, error);
      return;
    }

  g_variant_builder_init (&sentences, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < doubts->len; i++)
    g_variant_builder_add (&sentences, "s", ((HeraldChannelDoubt *) g_ptr_array_index (doubts, i))->sentence);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", &sentences));
}

static gboolean
herald_channel_object_handle_list_doubts (HeraldDBusChannel1    *object,
                                          GDBusMethodInvocation *invocation)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_channel_doubts_find_async (self->channel, self->cancellable, on_doubts_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_log_in (HeraldDBusChannel1    *object,
                                     GDBusMethodInvocation *invocation)
{
  herald_channel_login_begin (HERALD_CHANNEL_OBJECT (object)->login, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_take_login_address (HeraldDBusChannel1    *object,
                                                 GDBusMethodInvocation *invocation,
                                                 const char            *address)
{
  herald_channel_login_take_address (HERALD_CHANNEL_OBJECT (object)->login, address, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_cancel_login (HeraldDBusChannel1    *object,
                                           GDBusMethodInvocation *invocation)
{
  herald_channel_login_withdraw (HERALD_CHANNEL_OBJECT (object)->login);
  herald_dbus_channel1_complete_cancel_login (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_resume (HeraldDBusChannel1    *object,
                                     GDBusMethodInvocation *invocation)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_outbox_resume (herald_engine_get_outbox (self->engine),
                        herald_channel_get_id (self->channel));
  herald_dbus_channel1_complete_resume (object, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
herald_channel_object_handle_get_spending (HeraldDBusChannel1    *object,
                                           GDBusMethodInvocation *invocation)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  herald_dbus_channel1_complete_get_spending (object, invocation,
                                              herald_channel_spending_report (self->engine, self->channel));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
herald_channel_object_channel1_init (HeraldDBusChannel1Iface *iface)
{
  iface->handle_check = herald_channel_object_handle_check;
  iface->handle_set = herald_channel_object_handle_set;
  iface->handle_set_secret = herald_channel_object_handle_set_secret;
  iface->handle_set_secrets = herald_channel_object_handle_set_secrets;
  iface->handle_list_secrets = herald_channel_object_handle_list_secrets;
  iface->handle_test = herald_channel_object_handle_test;
  iface->handle_get_spending = herald_channel_object_handle_get_spending;
  iface->handle_list_doubts = herald_channel_object_handle_list_doubts;
  iface->handle_log_in = herald_channel_object_handle_log_in;
  iface->handle_take_login_address = herald_channel_object_handle_take_login_address;
  iface->handle_cancel_login = herald_channel_object_handle_cancel_login;
  iface->handle_resume = herald_channel_object_handle_resume;
}

/* GObject */

static void
herald_channel_object_dispose (GObject *object)
{
  HeraldChannelObject *self = HERALD_CHANNEL_OBJECT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->login, herald_channel_login_free);
  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (herald_channel_object_parent_class)->dispose (object);
}

static void
herald_channel_object_class_init (HeraldChannelObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_channel_object_dispose;
}

static void
herald_channel_object_init (HeraldChannelObject *self)
{
  self->cancellable = g_cancellable_new ();
}

HeraldChannelObject *
herald_channel_object_new (HeraldEngine  *engine,
                           HeraldChannel *channel)
{
  HeraldChannelObject *self = g_object_new (HERALD_TYPE_CHANNEL_OBJECT, NULL);

  self->engine = g_object_ref (engine);
  self->channel = g_object_ref (channel);
  self->login = herald_channel_login_new (HERALD_DBUS_CHANNEL1 (self), engine, channel);
  g_signal_connect_object (channel, "notify", G_CALLBACK (on_channel_changed), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}

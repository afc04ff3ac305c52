/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-detail"

#include "service/bus/history-detail.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* What we have written ourselves is never larger; films are not answered. */
#define PICTURE_MAX_BYTES (8 * 1024 * 1024)

/* (transfer full) (nullable) */
static HeraldDelivery *
find_delivery (HeraldEngine  *engine,
               gint64         id,
               GError       **error)
{
  const HeraldHistoryFilter filter = { .delivery = id };
  g_autoptr(GPtrArray) rows = NULL;

  if (id > 0)
    {
      rows = herald_outbox_query_history (herald_engine_get_outbox (engine), &filter, error);
      if (rows == NULL)
        return NULL;
      if (rows->len > 0)
        return g_ptr_array_steal_index (rows, 0);
    }

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("There is no message with this number."));
  return NULL;
}

/* What the channel calls how far it came; empty if it has no word for it */
static const char *
get_label (HeraldChannel *channel,
           const char    *step)
{
  const HeraldChannelStep *steps = channel != NULL ? herald_channel_get_steps (channel) : NULL;

  for (guint i = 0; steps != NULL && steps[i].name != NULL; i++)
    {
      if (g_strcmp0 (steps[i].name, step) == 0)
        return _(steps[i].label);
    }

  return "";
}

static GVariant *
make_attempt (HeraldChannel             *channel,
              const HeraldAttemptRecord *record)
{
  GVariantBuilder row;
  g_autofree char *started = herald_text_format_time (record->started_ms);
  g_autofree char *ended = record->ended_ms > 0 ? herald_text_format_time (record->ended_ms) : g_strdup ("");

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&row, "{sv}", "number", g_variant_new_uint32 (record->number));
  g_variant_builder_add (&row, "{sv}", "started", g_variant_new_string (started));
  g_variant_builder_add (&row, "{sv}", "ended", g_variant_new_string (ended));
  g_variant_builder_add (&row, "{sv}", "step", g_variant_new_string (record->step));
  g_variant_builder_add (&row, "{sv}", "label", g_variant_new_string (get_label (channel, record->step)));
  g_variant_builder_add (&row, "{sv}", "code", g_variant_new_int32 (record->code));
  g_variant_builder_add (&row, "{sv}", "words", g_variant_new_string (record->words != NULL ? record->words : ""));

  return g_variant_builder_end (&row);
}

GVariant *
herald_history_detail_list_attempts (HeraldEngine          *engine,
                                     const HeraldDelivery  *delivery,
                                     GError               **error)
{
  HeraldChannel *channel = herald_engine_find_channel (engine, delivery->channel);
  g_autoptr(GPtrArray) records = herald_outbox_list_attempts (herald_engine_get_outbox (engine), delivery->id, error);
  GVariantBuilder attempts;

  if (records == NULL)
    return NULL;

  g_variant_builder_init (&attempts, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < records->len; i++)
    g_variant_builder_add_value (&attempts, make_attempt (channel, records->pdata[i]));

  return g_variant_builder_end (&attempts);
}

static gboolean
on_handle_list_attempts (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation,
                         gint64                 id)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDelivery) delivery = find_delivery (engine, id, &error);
  GVariant *attempts = delivery != NULL ? herald_history_detail_list_attempts (engine, delivery, &error) : NULL;

  if (attempts != NULL)
    herald_dbus_service1_complete_list_attempts (object, invocation, attempts);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_load_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GDBusMethodInvocation *invocation = G_DBUS_METHOD_INVOCATION (user_data);
  const char *media_type = g_object_get_data (G_OBJECT (invocation), "media-type");
  g_autoptr(GError) cause = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &cause);

  if (bytes != NULL && g_bytes_get_size (bytes) <= PICTURE_MAX_BYTES)
    {
      g_dbus_method_invocation_return_value (
          invocation,
          g_variant_new ("(@ays)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE), media_type));
      return;
    }

  g_debug ("No picture: %s", cause != NULL ? cause->message : "too large");
  g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The picture of this message is not there any more."));
  herald_names_return_error (invocation, error);
}

/* Names on the shelf are of our own making, and the path is from there. */
static gboolean
on_handle_get_delivery_picture (HeraldDBusService1    *object,
                                GDBusMethodInvocation *invocation,
                                gint64                 id)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldDelivery) delivery = find_delivery (herald_service_object_get_engine (self), id, &error);
  g_autoptr(GFile) file = NULL;

  if (delivery != NULL && (delivery->picture == NULL || !g_str_has_prefix (delivery->picture->media_type, "image/") ||
                           delivery->picture->n_bytes > PICTURE_MAX_BYTES))
    g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("This message has no picture that can be shown."));
  if (error != NULL)
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  file = g_file_new_for_path (delivery->picture->path);
  g_object_set_data_full (G_OBJECT (invocation), "media-type", g_strdup (delivery->picture->media_type), g_free);
  g_file_load_bytes_async (file, herald_service_object_get_cancellable (self), on_load_ready, invocation);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
herald_history_detail_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_attempts = on_handle_list_attempts;
  iface->handle_get_delivery_picture = on_handle_get_delivery_picture;
}

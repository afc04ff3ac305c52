/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-object"

#include "service/bus/history-object.h"

#include "core/base/text.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* A D-Bus message may have 128 MiB; so many rows of the longest text stay below 32. */
#define HISTORY_MAX_ROWS 2000

static void
add_text (GVariantBuilder *row,
          const char      *name,
          const char      *text)
{
  if (text != NULL && *text != '\0')
    g_variant_builder_add (row, "{sv}", name, g_variant_new_string (text));
}

static void
add_time (GVariantBuilder *row,
          const char      *name,
          gint64           wall_ms)
{
  g_autofree char *text = wall_ms > 0 ? herald_text_format_time (wall_ms) : NULL;

  add_text (row, name, text);
}

/* The keys of "octoheraldctl history --json"; what is not known is left out. */
static GVariant *
make_row (const HeraldDelivery *delivery)
{
  const HeraldMessage *message = delivery->message;
  GVariantBuilder row;

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&row, "{sv}", "id", g_variant_new_int64 (delivery->id));
  g_variant_builder_add (&row, "{sv}", "event", g_variant_new_int64 (delivery->event));
  add_text (&row, "kind", herald_event_kind_get_info (message->kind)->id);
  add_text (&row, "printer", message->printer);
  add_text (&row, "channel", delivery->channel);
  add_text (&row, "channel_type", delivery->channel_type);
  add_text (&row, "destination", delivery->destination);
  add_text (&row, "title", message->title);
  add_text (&row, "text", message->text);
  add_text (&row, "picture", delivery->picture_kind != NULL ? delivery->picture_kind : "none");
  add_text (&row, "picture_file", delivery->picture != NULL ? delivery->picture->path : NULL);
  add_text (&row, "note", delivery->note);
  add_text (&row, "state", herald_delivery_state_to_id (delivery->state));
  add_text (&row, "reason", delivery->reason);
  g_variant_builder_add (&row, "{sv}", "attempts", g_variant_new_uint32 (delivery->attempts));
  add_text (&row, "source", herald_event_source_to_id (delivery->source));
  add_time (&row, "occurred", message->occurred_ms);
  add_time (&row, "created", delivery->created_ms);
  add_time (&row, "finished", delivery->finished_ms);
  add_text (&row, "remote_id", delivery->remote_id);
  g_variant_builder_add (&row, "{sv}", "cost", g_variant_new_double ((double) delivery->cost / 1e6));

  return g_variant_builder_end (&row);
}

static gboolean
on_handle_list_history (HeraldDBusService1    *object,
                        GDBusMethodInvocation *invocation,
                        GVariant              *arguments)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  HeraldHistoryFilter filter = { 0 };
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(GError) error = NULL;
  GVariantBuilder rows;

  g_variant_lookup (arguments, "limit", "u", &filter.limit);
  g_variant_lookup (arguments, "state", "&s", &filter.state);
  g_variant_lookup (arguments, "printer", "&s", &filter.printer);
  g_variant_lookup (arguments, "delivery", "x", &filter.delivery);
  filter.limit = MIN (filter.limit, HISTORY_MAX_ROWS);

  history = herald_outbox_query_history (herald_engine_get_outbox (engine), &filter, &error);
  if (history == NULL)
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < history->len; i++)
    g_variant_builder_add_value (&rows, make_row (g_ptr_array_index (history, i)));
  herald_dbus_service1_complete_list_history (object, invocation, g_variant_builder_end (&rows));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_retry_delivery (HeraldDBusService1    *object,
                          GDBusMethodInvocation *invocation,
                          gint64                 id)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;

  if (herald_outbox_retry (herald_engine_get_outbox (engine), id, &error))
    herald_dbus_service1_complete_retry_delivery (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_discard_delivery (HeraldDBusService1    *object,
                            GDBusMethodInvocation *invocation,
                            gint64                 id)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;

  if (herald_outbox_discard (herald_engine_get_outbox (engine), id, &error))
    herald_dbus_service1_complete_discard_delivery (object, invocation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/**
 * herald_history_object_implement:
 * @iface: of #HeraldServiceObject
 */
void
herald_history_object_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_list_history = on_handle_list_history;
  iface->handle_retry_delivery = on_handle_retry_delivery;
  iface->handle_discard_delivery = on_handle_discard_delivery;
}

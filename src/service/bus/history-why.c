/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-why"

#include "service/bus/history-why.h"

#include <glib/gi18n-lib.h>

#include "core/base/text.h"
#include "core/outbox/past-event.h"
#include "core/routing/why.h"
#include "service/bus/history-detail.h"
#include "service/bus/history-rows.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* One for each recipient of each account, and one for each time a person wanted it again; what is beyond is the oldest. */
#define MESSAGES_MAX 2000

static void
insert_text (GVariantDict *dict,
             const char   *name,
             const char   *text)
{
  if (text != NULL && *text != '\0')
    g_variant_dict_insert (dict, name, "s", text);
}

static void
insert_moment (GVariantDict *dict,
               const char   *name,
               gint64        wall_ms)
{
  g_autofree char *text = wall_ms > 0 ? herald_text_format_time (wall_ms) : NULL;

  insert_text (dict, name, text);
}

static const char *
get_printer_name (HeraldEngine *engine,
                  HeraldEvent  *event)
{
  HeraldPrinter *printer = event->printer != NULL ? herald_engine_find_printer (engine, event->printer) : NULL;

  return printer != NULL ? herald_printer_get_name (printer) : "";
}

static GVariant *
make_event (HeraldEngine *engine,
            HeraldEvent  *event,
            gint64        id)
{
  const HeraldEventKindInfo *info = herald_event_kind_get_info (event->kind);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "event", "x", id);
  insert_text (&dict, "kind", info->id);
  insert_text (&dict, "kind_name", _(info->name));
  insert_text (&dict, "printer", event->printer);
  insert_text (&dict, "printer_name", get_printer_name (engine, event));
  insert_moment (&dict, "occurred", event->occurred_ms);
  insert_moment (&dict, "observed", event->observed_ms);
  insert_text (&dict, "source", herald_event_source_to_id (event->source));
  insert_text (&dict, "cause", herald_why_get_cause (event));

  return g_variant_dict_end (&dict);
}

/* What goes the same way a second time, a person has sent again or put off. 0 if it is the first. @rows: newest first */
static gint64
find_repeated (GPtrArray *rows,
               guint      position)
{
  const HeraldDelivery *delivery = g_ptr_array_index (rows, position);

  for (guint i = position + 1; i < rows->len; i++)
    {
      const HeraldDelivery *earlier = g_ptr_array_index (rows, i);

      if (g_str_equal (earlier->channel, delivery->channel) && g_str_equal (earlier->destination, delivery->destination))
        return earlier->id;
    }

  return 0;
}

static GVariant *
make_message (HeraldEngine  *engine,
              GPtrArray     *rows,
              guint          position,
              GError       **error)
{
  const HeraldDelivery *delivery = g_ptr_array_index (rows, position);
  HeraldChannel *channel = herald_engine_find_channel (engine, delivery->channel);
  g_autoptr(GVariant) row = g_variant_ref_sink (herald_history_rows_make_one (engine, delivery));
  GVariant *tries = herald_history_detail_list_attempts (engine, delivery, error);
  gint64 repeated = find_repeated (rows, position);
  GVariantDict dict;

  if (tries == NULL)
    return NULL;

  g_variant_dict_init (&dict, row);
  insert_text (&dict, "channel_name", channel != NULL ? herald_channel_get_name (channel) : NULL);
  g_variant_dict_insert_value (&dict, "tries", tries);
  if (repeated != 0)
    g_variant_dict_insert (&dict, "repeats", "x", repeated);

  return g_variant_dict_end (&dict);
}

/* @rows: newest first */
static GVariant *
make_messages (HeraldEngine  *engine,
               GPtrArray     *rows,
               GError       **error)
{
  g_auto(GVariantBuilder) messages = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = rows->len; i > 0; i--)
    {
      GVariant *message = make_message (engine, rows, i - 1, error);

      if (message == NULL)
        return NULL;
      g_variant_builder_add_value (&messages, message);
    }

  return g_variant_builder_end (&messages);
}

static gboolean
is_told (GPtrArray     *rows,
         HeraldChannel *channel)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (g_str_equal (((HeraldDelivery *) g_ptr_array_index (rows, i))->channel, herald_channel_get_id (channel)))
        return TRUE;
    }

  return FALSE;
}

static GVariant *
make_others (HeraldEngine *engine,
             HeraldEvent  *event,
             GPtrArray    *rows)
{
  GListModel *channels = herald_engine_get_channels (engine);
  GVariantBuilder others;

  g_variant_builder_init (&others, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (channels, i);
      const HeraldWhyNot *why_not;
      GVariantDict dict;

      if (is_told (rows, channel))
        continue;

      why_not = herald_why_not (herald_engine_get_config (engine), channel, event, get_printer_name (engine, event));
      g_variant_dict_init (&dict, NULL);
      insert_text (&dict, "channel", herald_channel_get_id (channel));
      insert_text (&dict, "channel_name", herald_channel_get_name (channel));
      insert_text (&dict, "channel_type", herald_channel_get_channel_type (channel)->id);
      insert_text (&dict, "rule", why_not->rule);
      insert_text (&dict, "reason", _(why_not->sentence));
      g_variant_builder_add_value (&others, g_variant_dict_end (&dict));
    }

  return g_variant_builder_end (&others);
}

/* (transfer floating): %NULL with @error set */
static GVariant *
explain (HeraldEngine  *engine,
         gint64         id,
         GError       **error)
{
  HeraldOutbox *outbox = herald_engine_get_outbox (engine);
  const HeraldHistoryFilter filter = { .event = id, .limit = MESSAGES_MAX };
  g_autoptr(HeraldEvent) event = herald_past_event_load (herald_outbox_get_database (outbox), id, error);
  g_autoptr(GPtrArray) rows = event != NULL ? herald_outbox_query_history (outbox, &filter, error) : NULL;
  g_autoptr(GVariant) of_event = NULL;
  GVariant *messages = rows != NULL ? make_messages (engine, rows, error) : NULL;
  GVariantDict dict;

  if (messages == NULL)
    return NULL;

  of_event = g_variant_ref_sink (make_event (engine, event, id));
  g_variant_dict_init (&dict, of_event);
  g_variant_dict_insert_value (&dict, "messages", messages);
  g_variant_dict_insert_value (&dict, "others", make_others (engine, event, rows));

  return g_variant_dict_end (&dict);
}

static gboolean
on_handle_explain_event (HeraldDBusService1    *object,
                         GDBusMethodInvocation *invocation,
                         gint64                 id)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;
  GVariant *explanation = explain (engine, id, &error);

  if (explanation != NULL)
    herald_dbus_service1_complete_explain_event (object, invocation, explanation);
  else
    herald_names_return_error (invocation, error);

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
herald_history_why_implement (HeraldDBusService1Iface *iface)
{
  iface->handle_explain_event = on_handle_explain_event;
}

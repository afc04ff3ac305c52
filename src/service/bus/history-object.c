/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-object"

#include "service/bus/history-object.h"

#include "core/base/text.h"
#include "core/outbox/history-days.h"
#include "core/outbox/history-search.h"
#include "service/bus/history-detail.h"
#include "service/bus/history-filter.h"
#include "service/bus/history-rows.h"
#include "service/bus/history-why.h"
#include "service/bus/names.h"
#include "service/bus/service-object.h"

/* A D-Bus message may have 128 MiB; so many rows of the longest text stay below 32. */
#define ROWS_MAX 2000
#define ROWS_DEFAULT 100

#define DAYS_DEFAULT 14

/* What a call that takes a while needs in the end */
typedef struct
{
  HeraldServiceObject *object;
  GDBusMethodInvocation *invocation;
} Call;

static Call *
call_new (gpointer               object,
          GDBusMethodInvocation *taken_invocation)
{
  Call *call = g_new0 (Call, 1);

  *call = (Call) { g_object_ref (object), taken_invocation };

  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->object);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_list_search_ready (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autoptr(GError) error = NULL;
  GArray *ids = herald_history_search_finish (HERALD_OUTBOX (source), result, &error);

  if (ids == NULL)
    herald_names_return_error (call->invocation, error);
  else
    herald_history_rows_answer (herald_service_object_get_engine (call->object), ids,
                                herald_service_object_get_cancellable (call->object), call->invocation);
}

/* One message is asked for whenever it changes; that it exists is all that counts then. */
static gboolean
on_handle_list_history (HeraldDBusService1    *object,
                        GDBusMethodInvocation *invocation,
                        GVariant              *filter)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  HeraldEngine *engine = herald_service_object_get_engine (self);
  GCancellable *cancellable = herald_service_object_get_cancellable (self);
  g_autoptr(HeraldHistoryQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  if (g_variant_lookup (filter, "delivery", "x", &id) && id != 0)
    {
      GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_val (ids, id);
      herald_history_rows_answer (engine, ids, cancellable, invocation);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  query = herald_history_filter_read (engine, filter, &error);
  if (query == NULL)
    {
      herald_names_return_error (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  query->limit = query->limit > 0 ? MIN (query->limit, ROWS_MAX) : ROWS_DEFAULT;
  herald_history_search_async (herald_engine_get_outbox (engine), g_steal_pointer (&query), cancellable, on_list_search_ready,
                               call_new (self, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_find_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = herald_history_search_finish (HERALD_OUTBOX (source), result, &error);

  if (ids == NULL)
    herald_names_return_error (call->invocation, error);
  else
    herald_dbus_service1_complete_find_history (HERALD_DBUS_SERVICE1 (call->object), call->invocation,
                                                g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len,
                                                                           sizeof (gint64)));
}

static gboolean
on_handle_find_history (HeraldDBusService1    *object,
                        GDBusMethodInvocation *invocation,
                        GVariant              *filter)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  HeraldEngine *engine = herald_service_object_get_engine (self);
  g_autoptr(GError) error = NULL;
  HeraldHistoryQuery *query = herald_history_filter_read (engine, filter, &error);

  if (query == NULL)
    herald_names_return_error (invocation, error);
  else
    herald_history_search_async (herald_engine_get_outbox (engine), query, herald_service_object_get_cancellable (self),
                                 on_find_ready, call_new (self, invocation));

  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_days_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) days = herald_history_days_finish (HERALD_OUTBOX (source), result, &error);
  GVariantBuilder answer;

  if (days == NULL)
    {
      herald_names_return_error (call->invocation, error);
      return;
    }

  g_variant_builder_init (&answer, G_VARIANT_TYPE ("a(suuuu)"));
  for (guint i = 0; i < days->len; i++)
    {
      const HeraldHistoryDay *day = &g_array_index (days, HeraldHistoryDay, i);
      g_autofree char *start = herald_text_format_time (day->start_ms);

      g_variant_builder_add (&answer, "(suuuu)", start, day->n_finished, day->n_failed, day->n_delivered, day->n_lost);
    }
  herald_dbus_service1_complete_list_days (HERALD_DBUS_SERVICE1 (call->object), call->invocation,
                                           g_variant_builder_end (&answer));
}

static gboolean
on_handle_list_days (HeraldDBusService1    *object,
                     GDBusMethodInvocation *invocation,
                     GVariant              *filter)
{
  HeraldServiceObject *self = HERALD_SERVICE_OBJECT (object);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  const char *printer = NULL;
  guint n_days = DAYS_DEFAULT;

  g_variant_lookup (filter, "days", "u", &n_days);
  g_variant_lookup (filter, "printer", "&s", &printer);
  herald_history_days_async (herald_engine_get_outbox (herald_service_object_get_engine (self)),
                             CLAMP (n_days, 1, HERALD_HISTORY_DAYS_MAX), g_get_real_time () / 1000, zone, printer,
                             herald_service_object_get_cancellable (self), on_days_ready, call_new (self, invocation));

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

static gboolean
on_handle_restore_delivery (HeraldDBusService1    *object,
                            GDBusMethodInvocation *invocation,
                            gint64                 id)
{
  HeraldEngine *engine = herald_service_object_get_engine (HERALD_SERVICE_OBJECT (object));
  g_autoptr(GError) error = NULL;

  if (herald_outbox_restore (herald_engine_get_outbox (engine), id, &error))
    herald_dbus_service1_complete_restore_delivery (object, invocation);
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
  iface->handle_find_history = on_handle_find_history;
  iface->handle_list_days = on_handle_list_days;
  iface->handle_retry_delivery = on_handle_retry_delivery;
  iface->handle_discard_delivery = on_handle_discard_delivery;
  iface->handle_restore_delivery = on_handle_restore_delivery;
  herald_history_detail_implement (iface);
  herald_history_why_implement (iface);
}

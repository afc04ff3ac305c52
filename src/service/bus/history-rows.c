/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-history-rows"

#include "service/bus/history-rows.h"

#include "core/base/text.h"
#include "service/bus/names.h"

/* A row takes some 30 µs; the loop is not held longer than for this. */
#define SLICE_US 2000

typedef struct
{
  HeraldEngine *engine;
  GArray *ids;
  guint n_done;
  GCancellable *cancellable;
  GDBusMethodInvocation *invocation;
  GVariantBuilder rows;
} Answer;

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

/* Where one sees what was sent */
static void
add_link (GVariantBuilder      *row,
          HeraldEngine         *engine,
          const HeraldDelivery *delivery)
{
  HeraldChannel *channel = herald_engine_find_channel (engine, delivery->channel);
  const char *link = channel != NULL ? herald_channel_get_channel_type (channel)->link : NULL;
  g_autofree char *page = NULL;

  if (link == NULL || delivery->remote_id == NULL)
    return;

  page = g_strconcat (link, delivery->remote_id, NULL);
  add_text (row, "link", page);
}

/**
 * herald_history_rows_make_one:
 *
 * The keys of "octoheraldctl history --json"; what is not known is left out.
 */
GVariant *
herald_history_rows_make_one (HeraldEngine         *engine,
                              const HeraldDelivery *delivery)
{
  const HeraldMessage *message = delivery->message;
  GVariantBuilder row;

  g_variant_builder_init (&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&row, "{sv}", "id", g_variant_new_int64 (delivery->id));
  g_variant_builder_add (&row, "{sv}", "event", g_variant_new_int64 (delivery->event));
  add_text (&row, "kind", herald_event_kind_get_info (message->kind)->id);
  add_text (&row, "printer", message->printer);
  add_text (&row, "printer_name", message->printer_name);
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
  g_variant_builder_add (&row, "{sv}", "doubts", g_variant_new_uint32 (delivery->ambiguous));
  add_text (&row, "source", herald_event_source_to_id (delivery->source));
  add_time (&row, "occurred", message->occurred_ms);
  add_time (&row, "created", delivery->created_ms);
  add_time (&row, "finished", delivery->finished_ms);
  add_text (&row, "remote_id", delivery->remote_id);
  add_link (&row, engine, delivery);
  g_variant_builder_add (&row, "{sv}", "cost", g_variant_new_double ((double) delivery->cost / 1e6));

  return g_variant_builder_end (&row);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_object_unref (answer->engine);
  g_array_unref (answer->ids);
  g_clear_object (&answer->cancellable);
  g_object_unref (answer->invocation);
  g_variant_builder_clear (&answer->rows);
  g_free (answer);
}

/* One that was deleted meanwhile is left out. */
static gboolean
add_next (Answer  *answer,
          GError **error)
{
  HeraldHistoryFilter filter = { .delivery = g_array_index (answer->ids, gint64, answer->n_done) };
  g_autoptr(GPtrArray) found = NULL;

  if (g_cancellable_set_error_if_cancelled (answer->cancellable, error))
    return FALSE;
  found = herald_outbox_query_history (herald_engine_get_outbox (answer->engine), &filter, error);
  if (found == NULL)
    return FALSE;

  if (found->len > 0)
    g_variant_builder_add_value (&answer->rows, herald_history_rows_make_one (answer->engine, found->pdata[0]));
  answer->n_done++;

  return TRUE;
}

static gboolean
on_answer_idle (gpointer user_data)
{
  Answer *answer = user_data;
  gint64 deadline_us = g_get_monotonic_time () + SLICE_US;
  g_autoptr(GError) error = NULL;

  while (answer->n_done < answer->ids->len && g_get_monotonic_time () < deadline_us && add_next (answer, &error))
    ;

  if (error != NULL)
    herald_names_return_error (g_object_ref (answer->invocation), error);
  else if (answer->n_done < answer->ids->len)
    return G_SOURCE_CONTINUE;
  else
    g_dbus_method_invocation_return_value (g_object_ref (answer->invocation),
                                           g_variant_new ("(@aa{sv})", g_variant_builder_end (&answer->rows)));

  return G_SOURCE_REMOVE;
}

void
herald_history_rows_answer (HeraldEngine          *engine,
                            GArray                *taken_ids,
                            GCancellable          *cancellable,
                            GDBusMethodInvocation *taken_invocation)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->engine = g_object_ref (engine);
  answer->ids = taken_ids;
  answer->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  answer->invocation = taken_invocation;
  g_variant_builder_init (&answer->rows, G_VARIANT_TYPE ("aa{sv}"));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_answer_idle, answer, answer_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-test"

#include "service/channel-test.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine-preview.h"

/* Longer than one attempt of the slowest channel: a mail server may think for minutes, but a person
 * who waits would rather look at the history. */
#define TEST_LIMIT_S 90

/* More destinations than one channel has. */
#define DELIVERIES_MAX 100

/*
 * A test message on its way through the outbox. It is over when every
 * delivery of it has ended or waits for another attempt, when the channel is
 * held, or when nobody would go on waiting.
 */
typedef struct
{
  HeraldChannel *channel;
  gint64 event;
  gulong delivery_id;
  gulong problem_id;
  guint limit_id;
  guint cancelled_id;
  char *state; /* NULL while there is no delivery */
  char *reason;
} ChannelTest;

static void
channel_test_free (ChannelTest *self)
{
  g_object_unref (self->channel);
  g_free (self->state);
  g_free (self->reason);
  g_free (self);
}

static void
finish (GTask *task)
{
  ChannelTest *self = g_task_get_task_data (task);
  HeraldOutbox *outbox = herald_engine_get_outbox (g_task_get_source_object (task));

  g_clear_signal_handler (&self->delivery_id, outbox);
  g_clear_signal_handler (&self->problem_id, self->channel);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_handle_id (&self->cancelled_id, g_source_remove);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static gboolean
is_settled (HeraldDeliveryState state)
{
  return state == HERALD_DELIVERY_DEFERRED || herald_delivery_state_is_final (state);
}

/* Notes the worst of what became of the deliveries: one that failed says more than those that did
 * not. */
static gboolean
look_at_deliveries (ChannelTest  *self,
                    HeraldOutbox *outbox)
{
  const HeraldHistoryFilter filter = { .limit = DELIVERIES_MAX };
  g_autoptr(GPtrArray) history = herald_outbox_query_history (outbox, &filter, NULL);
  const HeraldDelivery *worst = NULL;
  gboolean all_settled = TRUE;

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const HeraldDelivery *delivery = g_ptr_array_index (history, i);

      if (delivery->event != self->event)
        continue;
      if (!is_settled (delivery->state))
        all_settled = FALSE;
      if (worst == NULL || worst->state == HERALD_DELIVERY_DELIVERED)
        worst = delivery;
    }

  if (worst != NULL)
    {
      g_free (self->state);
      self->state = g_strdup (herald_delivery_state_to_id (worst->state));
      g_free (self->reason);
      self->reason = g_strdup (worst->reason);
    }

  return worst != NULL && all_settled;
}

static void
look (GTask *task)
{
  ChannelTest *self = g_task_get_task_data (task);
  HeraldOutbox *outbox = herald_engine_get_outbox (g_task_get_source_object (task));
  const char *problem = herald_channel_get_problem (self->channel);
  gboolean settled = look_at_deliveries (self, outbox);

  if (problem != NULL)
    {
      g_free (self->reason);
      self->reason = g_strdup (problem);
    }
  if (settled || problem != NULL)
    finish (task);
}

static void
on_delivery_changed (HeraldOutbox *outbox,
                     gint64        id,
                     gpointer      user_data)
{
  look (G_TASK (user_data));
}

static void
on_problem_changed (HeraldChannel *channel,
                    GParamSpec    *pspec,
                    gpointer       user_data)
{
  look (G_TASK (user_data));
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  ChannelTest *self = g_task_get_task_data (task);

  self->limit_id = 0;
  look_at_deliveries (self, herald_engine_get_outbox (g_task_get_source_object (task)));
  g_free (self->reason);
  self->reason = g_strdup (_("There is no answer yet; the history will show what becomes of it"));
  finish (task);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  ChannelTest *self = g_task_get_task_data (task);

  self->cancelled_id = 0;
  finish (task);

  return G_SOURCE_REMOVE;
}

/* Everything here holds the one reference that finish() gives back. */
static void
wait_for_outcome (GTask *task)
{
  ChannelTest *self = g_task_get_task_data (task);
  HeraldOutbox *outbox = herald_engine_get_outbox (g_task_get_source_object (task));
  g_autoptr(GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_callback (cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
  self->cancelled_id = g_source_attach (cancelled, NULL);
  self->limit_id = g_timeout_add_seconds (TEST_LIMIT_S, on_limit_timeout, task);
  self->delivery_id = g_signal_connect (outbox, "delivery-changed",
                                        G_CALLBACK (on_delivery_changed), task);
  self->problem_id = g_signal_connect (self->channel, "notify::problem",
                                       G_CALLBACK (on_problem_changed), task);
  look (task);
}

static gint64
send_test (HeraldEngine  *engine,
           HeraldChannel *channel,
           GError       **error)
{
  const HeraldRenderRequest request = { .choice = HERALD_VALUES_SAMPLE };
  g_autoptr(HeraldRendering) words = herald_engine_render (engine, HERALD_KIND_TEST, &request, error);

  if (words == NULL)
    return 0;

  return herald_engine_send (engine, HERALD_KIND_TEST, words->title, words->text,
                             herald_channel_get_id (channel), NULL, error);
}

/**
 * herald_channel_test_async:
 *
 * Sends a test message to @channel through the outbox and waits, at most 90
 * seconds, for what becomes of it.
 */
void
herald_channel_test_async (HeraldEngine        *engine,
                           HeraldChannel       *channel,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (engine, cancellable, callback, user_data);
  ChannelTest *self = g_new0 (ChannelTest, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, herald_channel_test_async);
  g_task_set_task_data (task, self, (GDestroyNotify) channel_test_free);
  self->channel = g_object_ref (channel);

  if (!herald_channel_get_enabled (channel))
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                               _("This channel is switched off; enable it first"));
      return;
    }

  self->event = send_test (engine, channel, &error);
  if (self->event == 0)
    {
      if (error == NULL)
        g_set_error_literal (&error, HERALD_ERROR, HERALD_ERROR_REJECTED,
                             _("The test message was not accepted"));
      g_task_return_error (task, error);
      return;
    }

  look_at_deliveries (self, herald_engine_get_outbox (engine));
  if (self->state == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, "%s",
                               _("Nothing was sent: the test message is switched off, or it says nothing here"));
      return;
    }

  herald_outbox_insist (herald_engine_get_outbox (engine), herald_channel_get_id (channel));
  wait_for_outcome (g_steal_pointer (&task));
}

/**
 * herald_channel_test_finish:
 * @state: (out): id of a #HeraldDeliveryState, of the worst delivery; to be freed
 * @reason: (out) (nullable): why, for a person; to be freed
 */
gboolean
herald_channel_test_finish (HeraldEngine  *engine,
                            GAsyncResult  *result,
                            char         **state,
                            char         **reason,
                            GError       **error)
{
  ChannelTest *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *state = g_steal_pointer (&self->state);
  *reason = g_steal_pointer (&self->reason);

  return TRUE;
}

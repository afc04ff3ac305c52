/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-channel-test"

#include "service/bus/channel-test.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "service/bus/channel-doubts.h"
#include "service/bus/channel-report.h"

/* Longer than one attempt of the slowest channel: a mail server may think for minutes, but a person
 * who waits would rather look at the history. */
#define TEST_LIMIT_S 90

/* More destinations than one channel has. */
#define DELIVERIES_MAX 100

/* Of what waits, newest first, so many are looked through for older tests. */
#define OLDER_MAX 1000

/*
 * A test message on its way through the outbox. It is over when every
 * delivery of it has been tried and has ended or waits for another attempt,
 * when those that are left will not be tried, or when nobody would go on waiting.
 */
typedef struct
{
  HeraldChannel *channel;
  gint64 event;
  gulong delivery_id;
  gulong problem_id;
  guint limit_id;
  guint cancelled_id;
  GCancellable *asking;
  gboolean is_asking;
  gboolean is_settled;
  gboolean is_late;
  gboolean is_finished;
  GPtrArray *doubts;     /* HeraldChannelDoubt */
  GPtrArray *deliveries; /* HeraldDelivery; newest first */
} ChannelTest;

static void
channel_test_free (ChannelTest *self)
{
  g_object_unref (self->channel);
  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  g_clear_pointer (&self->doubts, g_ptr_array_unref);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
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

  self->is_finished = TRUE;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
load_deliveries (ChannelTest  *self,
                 HeraldOutbox *outbox)
{
  const HeraldHistoryFilter filter = { .limit = DELIVERIES_MAX, .event = self->event };
  GPtrArray *deliveries = herald_outbox_query_history (outbox, &filter, NULL);

  if (deliveries == NULL)
    return;

  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  self->deliveries = deliveries;
}

/* What has not been tried after another has failed waits with the channel, for a person or for better times. */
static gboolean
is_settled (ChannelTest *self)
{
  guint n_failed = 0;
  guint n_untried = 0;

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      const HeraldDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      switch ((guint) delivery->state)
        {
        case HERALD_DELIVERY_SENDING:
        case HERALD_DELIVERY_COMMITTING:
          return FALSE;
        case HERALD_DELIVERY_PENDING:
          n_untried++;
          break;
        case HERALD_DELIVERY_DEFERRED:
          n_failed++;
          break;
        default:
          break;
        }
    }

  return n_untried == 0 || (n_failed > 0 && (herald_channel_get_problem (self->channel) != NULL ||
                                             herald_channel_get_wait_reason (self->channel) != NULL));
}

/* Somebody has put right what was wrong: what waits may go, too. */
static void
resume_if_it_works (ChannelTest  *self,
                    HeraldOutbox *outbox)
{
  if (herald_channel_get_problem (self->channel) == NULL)
    return;

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      const HeraldDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (delivery->state != HERALD_DELIVERY_DELIVERED)
        continue;

      herald_outbox_resume (outbox, herald_channel_get_id (self->channel));
      return;
    }
}

static void
look (GTask *task)
{
  ChannelTest *self = g_task_get_task_data (task);
  HeraldOutbox *outbox = herald_engine_get_outbox (g_task_get_source_object (task));

  if (self->is_settled)
    return;

  load_deliveries (self, outbox);
  if (!is_settled (self))
    return;

  self->is_settled = TRUE;
  resume_if_it_works (self, outbox);
  if (!self->is_asking)
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

static void
on_doubts_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = G_TASK (user_data);
  ChannelTest *self = g_task_get_task_data (task);

  self->doubts = herald_channel_doubts_find_finish (HERALD_CHANNEL (object), result, NULL);
  self->is_asking = FALSE;
  if (self->is_settled && !self->is_finished)
    finish (task);
  g_object_unref (task);
}

static gboolean
on_limit_timeout (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  ChannelTest *self = g_task_get_task_data (task);

  self->limit_id = 0;
  self->is_late = TRUE;
  load_deliveries (self, herald_engine_get_outbox (g_task_get_source_object (task)));
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

  self->is_asking = TRUE;
  herald_channel_doubts_find_async (self->channel, self->asking, on_doubts_ready, g_object_ref (task));
  look (task);
}

/* A new test stands for those before it: nobody wants ten test messages once the password is right. */
static void
discard_older (ChannelTest  *self,
               HeraldOutbox *outbox)
{
  static const char *const states[] = { "pending", "deferred" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const HeraldHistoryFilter filter = { .limit = OLDER_MAX, .state = states[i] };
      g_autoptr(GPtrArray) waiting = herald_outbox_query_history (outbox, &filter, NULL);

      for (guint j = 0; waiting != NULL && j < waiting->len; j++)
        {
          const HeraldDelivery *delivery = g_ptr_array_index (waiting, j);

          if (delivery->message->kind == HERALD_KIND_TEST &&
              g_str_equal (delivery->channel, herald_channel_get_id (self->channel)))
            herald_outbox_discard (outbox, delivery->id, NULL);
        }
    }
}

/* Returns: whether there is something to wait for; else @error is set */
static gboolean
send_test (ChannelTest    *self,
           HeraldEngine   *engine,
           HeraldPrinter  *printer,
           GError        **error)
{
  GError *cause = NULL;

  if (!herald_channel_get_enabled (self->channel))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                           _("This channel is switched off. Switch it on first."));
      return FALSE;
    }

  discard_older (self, herald_engine_get_outbox (engine));
  self->event = herald_engine_send_test (engine, herald_channel_get_id (self->channel), printer, &cause);
  if (self->event == 0)
    {
      if (cause == NULL)
        g_set_error_literal (&cause, HERALD_ERROR, HERALD_ERROR_REJECTED, _("The test message was not accepted"));
      g_propagate_error (error, cause);
      return FALSE;
    }

  load_deliveries (self, herald_engine_get_outbox (engine));
  if (self->deliveries != NULL && self->deliveries->len > 0)
    return TRUE;

  g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                       _("Nothing was sent: the test message is switched off, or it says nothing here"));
  return FALSE;
}

/**
 * herald_channel_test_async:
 * @printer: (nullable): whose camera takes the picture; %NULL for the first that has one
 *
 * Sends a test message to @channel through the outbox, at once and also while the channel is held, and waits, at most 90
 * seconds, for what becomes of it.
 */
void
herald_channel_test_async (HeraldEngine        *engine,
                           HeraldChannel       *channel,
                           HeraldPrinter       *printer,
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
  self->asking = g_cancellable_new ();

  if (send_test (self, engine, printer, &error))
    wait_for_outcome (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/**
 * herald_channel_test_finish:
 *
 * Returns: (transfer floating): a report as Test of the D-Bus interface Channel1 answers it; %NULL with @error set
 */
GVariant *
herald_channel_test_finish (HeraldEngine  *engine,
                            GAsyncResult  *result,
                            GError       **error)
{
  ChannelTest *self = g_task_get_task_data (G_TASK (result));
  HeraldChannelReport report = {
    .channel = self->channel,
    .outbox = herald_engine_get_outbox (engine),
    .deliveries = self->deliveries,
    .doubts = self->doubts,
    .is_late = self->is_late,
  };

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return herald_channel_report_make (&report);
}

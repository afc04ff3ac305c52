/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-illustrator"

#include "core/routing/illustrator.h"

#include <glib/gi18n-lib.h>

#include "core/routing/message-script.h"
#include "core/routing/picture-hunt.h"

/* How long a script that follows a message waits for it to be sent: a mail server may think for minutes. */
#define SENT_TIMEOUT_S 60

/* More destinations than one event has */
#define DELIVERIES_MAX 1000

/**
 * HeraldIllustrator:
 *
 * Does what belongs to a message besides its words: the script before it, its
 * picture, the script after it. The outbox has the message all the while, and
 * sends it when its time has come, whatever becomes of the picture.
 */
struct _HeraldIllustrator
{
  GObject parent_instance;

  HeraldConfig *config;
  GListModel *printers;
  GListModel *channels;
  HeraldOutbox *outbox;
  HeraldMessageScripts *scripts;
  GCancellable *cancellable;
  GPtrArray *sent;  /* HeraldIllustrationJob (borrowed) of messages that are being sent */
};

G_DEFINE_FINAL_TYPE (HeraldIllustrator, herald_illustrator, G_TYPE_OBJECT)

/* What is to be done for one event, from the moment it is accepted until its last script has run */
struct _HeraldIllustrationJob
{
  HeraldIllustrator *illustrator;
  HeraldPicturePlan *plan;
  GCancellable *cancellable;  /* of the hunt */
  GCancellable *stopped;      /* all of it */
  gint64 event_id;
  char *printer_name;
  char *title;
  char *text;
  char **channels;
  char *picture_path;
  gboolean runs_before;
  gboolean runs_after;
  guint hold_ms;
  guint timeout;
  gboolean is_late;
};

void
herald_illustration_job_free (HeraldIllustrationJob *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->illustrator);
  g_clear_pointer (&self->plan, herald_picture_plan_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stopped);
  g_free (self->printer_name);
  g_free (self->title);
  g_free (self->text);
  g_strfreev (self->channels);
  g_free (self->picture_path);
  g_free (self);
}

/* The script after the message */

static void
on_after_ready (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  HeraldIllustrationJob *job = user_data;

  /* What went wrong is in the log. */
  herald_message_scripts_run_finish (HERALD_MESSAGE_SCRIPTS (source), result, NULL);
  herald_illustration_job_free (job);
}

static void
run_script (HeraldIllustrationJob *job,
            HeraldScriptPhase      phase,
            GAsyncReadyCallback    on_ready)
{
  herald_message_scripts_run_async (job->illustrator->scripts, phase, job->plan->event, job->printer_name, job->title,
                                    job->text, (const char *const *) job->channels, job->picture_path,
                                    job->stopped, on_ready, job);
}

/* Takes the job. */
static void
finish (HeraldIllustrationJob *job)
{
  g_clear_handle_id (&job->timeout, g_source_remove);
  g_ptr_array_remove_fast (job->illustrator->sent, job);
  run_script (job, HERALD_SCRIPT_AFTER, on_after_ready);
}

static HeraldChannel *
find_channel (HeraldIllustrator *self,
              const char        *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->channels); i++)
    {
      g_autoptr(HeraldChannel) channel = g_list_model_get_item (self->channels, i);

      if (g_str_equal (herald_channel_get_id (channel), id))
        return g_steal_pointer (&channel);
    }

  return NULL;
}

/* A channel that waits for a person may wait for days. */
static gboolean
is_past_first_attempt (HeraldIllustrator    *self,
                       const HeraldDelivery *delivery)
{
  g_autoptr(HeraldChannel) channel = NULL;

  if (delivery->state == HERALD_DELIVERY_SENDING || delivery->state == HERALD_DELIVERY_COMMITTING)
    return FALSE;
  if (delivery->state != HERALD_DELIVERY_PENDING)
    return TRUE;

  channel = find_channel (self, delivery->channel);
  return channel == NULL || herald_channel_get_problem (channel) != NULL;
}

static gboolean
look_at_deliveries (HeraldIllustrationJob *job)
{
  const HeraldHistoryFilter filter = { .event = job->event_id, .limit = DELIVERIES_MAX };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (job->illustrator->outbox, &filter, NULL);
  gboolean is_over = TRUE;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      HeraldDelivery *delivery = g_ptr_array_index (rows, i);

      is_over = is_over && is_past_first_attempt (job->illustrator, delivery);
      if (job->picture_path == NULL && delivery->picture != NULL)
        job->picture_path = g_strdup (delivery->picture->path);
    }

  return is_over;
}

static void
on_delivery_changed (HeraldOutbox *outbox,
                     gint64        id,
                     gpointer      user_data)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (user_data);

  for (guint i = self->sent->len; i > 0; i--)
    {
      HeraldIllustrationJob *job = g_ptr_array_index (self->sent, i - 1);

      if (look_at_deliveries (job))
        finish (job);
    }
}

static gboolean
on_sent_timeout (gpointer user_data)
{
  HeraldIllustrationJob *job = user_data;

  job->timeout = 0;
  finish (job);

  return G_SOURCE_REMOVE;
}

/* Takes the job. */
static void
wait_until_sent (HeraldIllustrationJob *job)
{
  if (!job->runs_after)
    {
      herald_illustration_job_free (job);
      return;
    }

  job->timeout = g_timeout_add_seconds (SENT_TIMEOUT_S, on_sent_timeout, job);
  g_ptr_array_add (job->illustrator->sent, job);
  if (look_at_deliveries (job))
    finish (job);
}

/* The picture */

/* Takes the job. */
static void
let_go (HeraldIllustrationJob *job,
        GHashTable            *illustrations,
        const char            *kind,
        const char            *note)
{
  g_autoptr(GError) error = NULL;

  if (note != NULL)
    g_message ("%s: %s", job->plan->event->dedupe, note);
  if (!herald_outbox_illustrate (job->illustrator->outbox, job->event_id, illustrations, kind, note, &error))
    g_warning ("“%s” goes out without its picture: %s", job->plan->event->dedupe, error->message);

  wait_until_sent (job);
}

static void
on_hunt_ready (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  HeraldIllustrationJob *job = user_data;
  g_autoptr(HeraldPictureBag) bag = herald_picture_hunt_finish (result, NULL);

  g_clear_handle_id (&job->timeout, g_source_remove);
  if (bag != NULL)
    let_go (job, bag->illustrations, bag->kind, bag->note);
  else if (job->is_late)
    let_go (job, NULL, "", _("No picture: it was not there in time."));
  else
    herald_illustration_job_free (job); /* We are stopped; the outbox knows what to do at the next start. */
}

static gboolean
on_hold_timeout (gpointer user_data)
{
  HeraldIllustrationJob *job = user_data;

  job->timeout = 0;
  job->is_late = TRUE;
  g_cancellable_cancel (job->cancellable);

  return G_SOURCE_REMOVE;
}

/* Takes the job. */
static void
hunt (HeraldIllustrationJob *job)
{
  if (!herald_picture_plan_wants (job->plan))
    {
      wait_until_sent (job);
      return;
    }

  job->timeout = g_timeout_add (herald_picture_plan_get_hold_ms (job->plan), on_hold_timeout, job);
  herald_picture_hunt_async (job->plan, job->cancellable, on_hunt_ready, job);
}

/* The script before the message */

static void
on_before_ready (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HeraldIllustrationJob *job = user_data;
  g_autoptr(GError) error = NULL;

  herald_message_scripts_run_finish (HERALD_MESSAGE_SCRIPTS (source), result, NULL);
  if (g_cancellable_is_cancelled (job->stopped))
    {
      herald_illustration_job_free (job);
      return;
    }

  if (!herald_outbox_release (job->illustrator->outbox, job->event_id, &error))
    g_warning ("“%s” goes out later: %s", job->plan->event->dedupe, error->message);
  hunt (job);
}

/* Preparing */

static HeraldPrinter *
find_printer (HeraldIllustrator *self,
              HeraldEvent       *event)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->printers); i++)
    {
      g_autoptr(HeraldPrinter) printer = g_list_model_get_item (self->printers, i);
      g_auto(GStrv) cameras = NULL;

      if (event->printer != NULL && g_str_equal (herald_printer_get_id (printer), event->printer))
        return g_steal_pointer (&printer);
      if (event->kind != HERALD_KIND_TEST || herald_printer_get_connection (printer) != HERALD_CONNECTION_CONNECTED)
        continue;

      cameras = herald_printer_dup_cameras (printer);
      if (cameras[0] != NULL)
        return g_steal_pointer (&printer);
    }

  return NULL;
}

static char **
dup_channel_ids (GPtrArray *drafts)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);
      gboolean is_known = FALSE;

      for (guint j = 0; j < i && !is_known; j++)
        is_known = g_str_equal (((HeraldDraft *) g_ptr_array_index (drafts, j))->channel, draft->channel);
      if (!is_known)
        g_strv_builder_add (builder, draft->channel);
    }

  return g_strv_builder_end (builder);
}

static void
hold (HeraldIllustrationJob *job,
      GPtrArray             *drafts)
{
  guint script_ms = job->runs_before ? herald_message_scripts_get_limit_ms (job->illustrator->scripts) : 0;
  guint picture_ms = herald_picture_plan_wants (job->plan) ? herald_picture_plan_get_hold_ms (job->plan) : 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);

      draft->awaits_picture = picture_ms > 0 && herald_picture_plan_has_target (job->plan, draft->channel);
      draft->hold_ms = script_ms + (draft->awaits_picture ? picture_ms : 0);
    }
}

/* GObject */

static void
herald_illustrator_dispose (GObject *object)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (object);

  herald_illustrator_stop (self);
  g_clear_object (&self->config);
  g_clear_object (&self->printers);
  g_clear_object (&self->channels);
  g_clear_object (&self->outbox);
  g_clear_object (&self->scripts);

  G_OBJECT_CLASS (herald_illustrator_parent_class)->dispose (object);
}

static void
herald_illustrator_finalize (GObject *object)
{
  HeraldIllustrator *self = HERALD_ILLUSTRATOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sent, g_ptr_array_unref);

  G_OBJECT_CLASS (herald_illustrator_parent_class)->finalize (object);
}

static void
herald_illustrator_class_init (HeraldIllustratorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = herald_illustrator_dispose;
  object_class->finalize = herald_illustrator_finalize;
}

static void
herald_illustrator_init (HeraldIllustrator *self)
{
  self->cancellable = g_cancellable_new ();
  self->sent = g_ptr_array_new ();
}

/**
 * herald_illustrator_new:
 * @printers: a list of #HeraldPrinter
 * @channels: a list of #HeraldChannel
 */
HeraldIllustrator *
herald_illustrator_new (HeraldConfig *config,
                        GListModel   *printers,
                        GListModel   *channels,
                        HeraldOutbox *outbox)
{
  HeraldIllustrator *self = g_object_new (HERALD_TYPE_ILLUSTRATOR, NULL);

  self->config = g_object_ref (config);
  self->printers = g_object_ref (printers);
  self->channels = g_object_ref (channels);
  self->outbox = g_object_ref (outbox);
  self->scripts = herald_message_scripts_new (config);
  g_signal_connect_object (outbox, "delivery-changed", G_CALLBACK (on_delivery_changed), self, G_CONNECT_DEFAULT);

  return self;
}

/**
 * herald_illustrator_stop:
 *
 * Nothing is fetched and no script is waited for any more. What is held goes out at the next start.
 */
void
herald_illustrator_stop (HeraldIllustrator *self)
{
  g_autoptr(GPtrArray) sent = g_steal_pointer (&self->sent);

  self->sent = g_ptr_array_new ();
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < sent->len; i++)
    herald_illustration_job_free (g_ptr_array_index (sent, i));
}

/**
 * herald_illustrator_prepare:
 * @printer_name: what people call the printer; empty if it concerns none
 * @given: (nullable): a picture that was handed over with the message
 * @drafts: (element-type HeraldDraft): who gets the message; it is said here how long it is held
 *
 * To be called before the event is accepted.
 *
 * Returns: (transfer full) (nullable): what is to be begun when it is; %NULL if there is nothing
 *   to do but send it
 */
HeraldIllustrationJob *
herald_illustrator_prepare (HeraldIllustrator *self,
                            HeraldEvent       *event,
                            const char        *printer_name,
                            HeraldPicture     *given,
                            GPtrArray         *drafts)
{
  g_autoptr(HeraldIllustrationJob) job = NULL;
  g_autoptr(HeraldMessageSettings) settings = NULL;
  g_autoptr(HeraldPrinter) printer = NULL;
  HeraldDraft *first;

  if (drafts->len == 0)
    return NULL;

  settings = herald_message_settings_load (self->config, event->kind, event->printer);
  printer = find_printer (self, event);
  first = g_ptr_array_index (drafts, 0);
  job = g_new0 (HeraldIllustrationJob, 1);
  job->illustrator = g_object_ref (self);
  job->cancellable = g_cancellable_new ();
  job->plan = herald_picture_plan_new (event, settings, printer, given, self->channels, drafts);
  job->runs_before = herald_message_scripts_wants (self->scripts, HERALD_SCRIPT_BEFORE);
  job->runs_after = job->runs_before || herald_message_scripts_wants (self->scripts, HERALD_SCRIPT_AFTER);
  job->plan->looks_again = job->runs_before;
  if (!job->runs_after && !herald_picture_plan_wants (job->plan))
    return NULL;

  job->printer_name = g_strdup (printer_name);
  job->title = g_strdup (first->message->title);
  job->text = g_strdup (first->message->text);
  job->channels = dup_channel_ids (drafts);
  hold (job, drafts);

  return g_steal_pointer (&job);
}

/**
 * herald_illustrator_begin:
 * @take_job: (transfer full): as it was prepared
 * @event_id: under which the event was accepted
 */
void
herald_illustrator_begin (HeraldIllustrator     *self,
                          HeraldIllustrationJob *take_job,
                          gint64                 event_id)
{
  take_job->event_id = event_id;
  take_job->stopped = g_object_ref (self->cancellable);
  g_signal_connect_object (self->cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel), take_job->cancellable,
                           G_CONNECT_SWAPPED);
  if (take_job->runs_before)
    run_script (take_job, HERALD_SCRIPT_BEFORE, on_before_ready);
  else
    hunt (take_job);
}

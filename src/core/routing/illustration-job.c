/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-illustration-job"

#include "core/routing/illustration-job.h"

#include <glib/gi18n-lib.h>

#include "core/outbox/delivery.h"
#include "core/outbox/outbox-held.h"
#include "core/routing/picture-hunt.h"

/* How long a script that follows a message waits for it to be sent: a mail server may think for minutes. */
#define SENT_TIMEOUT_S 60

/* Of it, how long for what goes only if nobody is at this computer: by then that is known, or not for minutes and hours. */
#define DESK_TIMEOUT_S 12

/* More destinations than one event has */
#define DELIVERIES_MAX 1000

/* What is to be done for one event, from the moment it is accepted until its last script has run */
struct _HeraldIllustrationJob
{
  HeraldOutbox *outbox;
  GListModel *channels;
  HeraldMessageScripts *scripts;
  GPtrArray *sent;            /* of those that wait for being sent */
  HeraldPicturePlan *plan;
  GCancellable *cancellable;  /* of the hunt */
  GCancellable *stopped;      /* all of it */
  gint64 event_id;
  char *printer_name;
  char *title;
  char *text;
  char **channel_ids;
  char *picture_path;
  gboolean runs_before;
  gboolean runs_after;
  guint timeout;
  gboolean is_late;
  gboolean leaves_desk; /* whether what waits for somebody at this computer is not waited for */
};

void
herald_illustration_job_free (HeraldIllustrationJob *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->outbox);
  g_clear_object (&self->channels);
  g_clear_object (&self->scripts);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_pointer (&self->plan, herald_picture_plan_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stopped);
  g_free (self->printer_name);
  g_free (self->title);
  g_free (self->text);
  g_strfreev (self->channel_ids);
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
  herald_message_scripts_run_async (job->scripts, phase, job->plan->event, job->printer_name, job->title,
                                    job->text, (const char *const *) job->channel_ids, job->picture_path,
                                    job->stopped, on_ready, job);
}

/* Takes the job. */
static void
finish (HeraldIllustrationJob *job)
{
  g_clear_handle_id (&job->timeout, g_source_remove);
  g_ptr_array_remove_fast (job->sent, job);
  run_script (job, HERALD_SCRIPT_AFTER, on_after_ready);
}

/* A channel that waits for a person may wait for days. */
static gboolean
is_past_first_attempt (HeraldIllustrationJob *job,
                       const HeraldDelivery  *delivery)
{
  g_autoptr(HeraldChannel) channel = NULL;

  if (delivery->state == HERALD_DELIVERY_SENDING || delivery->state == HERALD_DELIVERY_COMMITTING)
    return FALSE;
  if (delivery->state != HERALD_DELIVERY_PENDING || (delivery->waits_for_desk && job->leaves_desk))
    return TRUE;

  channel = herald_channel_find (job->channels, delivery->channel);
  return channel == NULL || herald_channel_get_problem (channel) != NULL;
}

static gboolean
look_at_deliveries (HeraldIllustrationJob *job)
{
  const HeraldHistoryFilter filter = { .event = job->event_id, .limit = DELIVERIES_MAX };
  g_autoptr(GPtrArray) rows = herald_outbox_query_history (job->outbox, &filter, NULL);
  gboolean is_over = TRUE;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      HeraldDelivery *delivery = g_ptr_array_index (rows, i);

      is_over = is_over && is_past_first_attempt (job, delivery);
      if (job->picture_path == NULL && delivery->picture != NULL)
        job->picture_path = g_strdup (delivery->picture->path);
    }

  return is_over;
}

static gboolean
on_sent_timeout (gpointer user_data)
{
  HeraldIllustrationJob *job = user_data;

  job->timeout = 0;
  finish (job);

  return G_SOURCE_REMOVE;
}

static gboolean
on_desk_timeout (gpointer user_data)
{
  HeraldIllustrationJob *job = user_data;

  job->leaves_desk = TRUE;
  job->timeout = g_timeout_add_seconds (SENT_TIMEOUT_S - DESK_TIMEOUT_S, on_sent_timeout, job);
  if (look_at_deliveries (job))
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

  job->timeout = g_timeout_add_seconds (DESK_TIMEOUT_S, on_desk_timeout, job);
  g_ptr_array_add (job->sent, job);
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
  if (!herald_outbox_illustrate (job->outbox, job->event_id, illustrations, kind, note, &error))
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

  if (!herald_outbox_release (job->outbox, job->event_id, &error))
    g_warning ("“%s” goes out later: %s", job->plan->event->dedupe, error->message);
  hunt (job);
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

/**
 * herald_illustration_job_new:
 * @take_plan: (transfer full): about the picture
 * @drafts: (element-type HeraldDraft): who gets the message; at least one
 *
 * Returns: (transfer full): the job, to be begun when the event is accepted
 */
HeraldIllustrationJob *
herald_illustration_job_new (HeraldPicturePlan    *take_plan,
                             HeraldOutbox         *outbox,
                             GListModel           *channels,
                             HeraldMessageScripts *scripts,
                             const char           *printer_name,
                             GPtrArray            *drafts)
{
  HeraldIllustrationJob *self = g_new0 (HeraldIllustrationJob, 1);
  HeraldDraft *first = g_ptr_array_index (drafts, 0);

  self->plan = take_plan;
  self->outbox = g_object_ref (outbox);
  self->channels = g_object_ref (channels);
  self->scripts = g_object_ref (scripts);
  self->cancellable = g_cancellable_new ();
  self->printer_name = g_strdup (printer_name);
  self->title = g_strdup (first->message->title);
  self->text = g_strdup (first->message->text);
  self->channel_ids = dup_channel_ids (drafts);
  self->runs_before = herald_message_scripts_wants (scripts, HERALD_SCRIPT_BEFORE);
  self->runs_after = self->runs_before || herald_message_scripts_wants (scripts, HERALD_SCRIPT_AFTER);
  self->plan->looks_again = self->runs_before;

  return self;
}

/**
 * herald_illustration_job_has_work:
 *
 * Returns: whether there is anything to do but send the message
 */
gboolean
herald_illustration_job_has_work (HeraldIllustrationJob *self)
{
  return self->runs_after || herald_picture_plan_wants (self->plan);
}

/**
 * herald_illustration_job_hold:
 * @drafts: (element-type HeraldDraft): it is said here how long each is held
 */
void
herald_illustration_job_hold (HeraldIllustrationJob *self,
                              GPtrArray             *drafts)
{
  guint script_ms = self->runs_before ? herald_message_scripts_get_limit_ms (self->scripts) : 0;
  guint picture_ms = herald_picture_plan_wants (self->plan) ? herald_picture_plan_get_hold_ms (self->plan) : 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      HeraldDraft *draft = g_ptr_array_index (drafts, i);

      draft->awaits_picture = picture_ms > 0 && herald_picture_plan_has_target (self->plan, draft->channel);
      draft->hold_ms = script_ms + (draft->awaits_picture ? picture_ms : 0);
    }
}

/**
 * herald_illustration_job_begin:
 * @self: (transfer full): frees itself when it is done
 * @event_id: under which the event was accepted
 * @stopped: ends the job, unless it is in @sent; then whoever cancels frees it
 * @sent: the job is in it while it only waits until the message is sent
 */
void
herald_illustration_job_begin (HeraldIllustrationJob *self,
                               gint64                 event_id,
                               GCancellable          *stopped,
                               GPtrArray             *sent)
{
  self->event_id = event_id;
  self->stopped = g_object_ref (stopped);
  self->sent = g_ptr_array_ref (sent);
  g_signal_connect_object (stopped, "cancelled", G_CALLBACK (g_cancellable_cancel), self->cancellable,
                           G_CONNECT_SWAPPED);
  if (self->runs_before)
    run_script (self, HERALD_SCRIPT_BEFORE, on_before_ready);
  else
    hunt (self);
}

/**
 * herald_illustration_job_look:
 *
 * To be called for those that wait until they are sent, when a delivery has changed.
 */
void
herald_illustration_job_look (HeraldIllustrationJob *self)
{
  if (look_at_deliveries (self))
    finish (self);
}

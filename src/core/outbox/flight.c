/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-flight"

#include "core/outbox/flight.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/outbox/install-key.h"
#include "core/outbox/journal-pictures.h"
#include "core/outbox/journal-repeat.h"
#include "core/outbox/retry-policy.h"

/* A mail server may take 600 s to answer the final dot (RFC 5321 4.5.3.2.6); what takes longer
 * than that and a login is not coming. */
#define ATTEMPT_TIMEOUT_S 900

/* A second copy is worth it once: after a network break the first may well be lost, and a mailbox
 * shows the two as one, as they have the same Message-ID. */
#define N_AMBIGUOUS_RESENDS 1

static gboolean
on_watchdog_timeout (gpointer user_data)
{
  HeraldFlight *self = user_data;

  self->watchdog = 0;
  self->is_late = TRUE;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
commit (HeraldAttempt  *attempt,
        gpointer        user_data,
        GError        **error)
{
  HeraldFlight *self = user_data;

  if (self->journal == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
      return FALSE;
    }
  if (!herald_journal_mark_committing (self->journal, self->delivery->id, error))
    return FALSE;

  self->committed (self, self->user_data);
  return TRUE;
}

static const char *
describe (HeraldFlight *self,
          const GError *error)
{
  if (error->domain == HERALD_ERROR)
    return error->message;
  if (self->is_late)
    return _("The other side did not answer in time.");

  return _("Sending was interrupted.");
}

/* Our sentence first, then what the other side itself said: it may help, and nobody else has it. */
static char *
describe_with_words (HeraldFlight *self,
                     const GError *error)
{
  const char *sentence = describe (self, error);
  const char *words = herald_error_get_reply (error);
  int code = herald_error_get_reply_code (error);
  g_autofree char *safe = words != NULL ? herald_log_redact (words) : NULL;

  if (safe == NULL || *safe == '\0')
    return g_strdup (sentence);

  /* Translators: a sentence of ours, a code and words of a server */
  return g_strdup_printf (_("%s It said: “%d %s”"), sentence, code, safe);
}

static void
note_success (HeraldFlight *self)
{
  const char *pointless = herald_attempt_get_pointless (self->attempt);

  self->outcome.state = pointless != NULL ? HERALD_DELIVERY_SUPERSEDED : HERALD_DELIVERY_DELIVERED;
  self->outcome.reason = g_strdup (pointless != NULL ? pointless : herald_attempt_get_remark (self->attempt));
  self->outcome.remote_id = g_strdup (herald_attempt_get_remote_id (self->attempt));
  self->outcome.code = herald_attempt_get_reply_code (self->attempt);
  self->outcome.words = g_strdup (herald_attempt_get_reply (self->attempt));
}

/* Its words go out all the same; and without it at every later attempt, so that they are one message. */
static gboolean
drop_picture (HeraldFlight  *self,
              const char    *note,
              GError       **error)
{
  g_message ("Message %" G_GINT64_FORMAT ": %s", self->delivery->id, note);
  return herald_journal_drop_picture (self->journal, self->delivery->id, note, error);
}

/* It may be the picture that is too large; the words are worth another attempt, unless it is the recipient who is
 * refused, or the channel decides that itself. What is refused for certain has not arrived, but what an earlier attempt
 * has done must be certain, too. */
static gboolean
may_go_without (HeraldFlight         *self,
                const HeraldDecision *decision)
{
  gboolean is_recipient = g_strcmp0 (herald_attempt_get_step (self->attempt), "recipient") == 0;

  return decision->state == HERALD_DELIVERY_REJECTED && herald_attempt_get_attachment (self->attempt) != NULL &&
         !herald_attempt_keeps_picture (self->attempt) && self->delivery->ambiguous == 0 && !is_recipient;
}

/* If the disk does not take even that, all is tried once more: a refusal of the picture is none of the words. */
static HeraldDecision
go_without (HeraldFlight *self)
{
  gboolean is_dropped = drop_picture (self, _("No picture: the message was refused with it."), NULL);

  return (HeraldDecision) { .state = HERALD_DELIVERY_DEFERRED, .delay_ms = is_dropped ? 0 : HERALD_DISK_RETRY_MS };
}

/**
 * herald_flight_tells_phones:
 *
 * Returns: whether two copies of a message by @channel are two SMS. Nothing collapses those, so only what is urgent
 *   is sent again where nobody knows whether it has arrived (reliability note 2.4)
 */
gboolean
herald_flight_tells_phones (HeraldChannel *channel)
{
  return g_strcmp0 (herald_channel_get_form (channel), "sms") == 0;
}

static guint
get_n_resends_max (HeraldFlight *self)
{
  if (herald_flight_tells_phones (self->channel) && self->delivery->message->urgency != HERALD_URGENCY_CRITICAL)
    return 0;

  return N_AMBIGUOUS_RESENDS;
}

static void
note_failure (HeraldFlight *self,
              const GError *error,
              gint64        boot_ms)
{
  HeraldFailure failure = {
    .error = error,
    .is_committed = herald_attempt_is_committed (self->attempt),
    .n_attempts = self->delivery->attempts,
    .n_ambiguous = self->delivery->ambiguous,
    .n_resends_max = get_n_resends_max (self),
    .remaining_ms = self->delivery->expires_boot_ms - boot_ms,
    .luck = g_random_double (),
  };
  HeraldDecision decision = herald_retry_policy_decide (&failure);

  if (may_go_without (self, &decision))
    decision = go_without (self);

  self->outcome.state = decision.state;
  self->outcome.delay_ms = decision.delay_ms;
  self->outcome.is_ambiguous = decision.is_ambiguous;
  self->outcome.reason = describe_with_words (self, error);
  self->outcome.code = herald_error_get_reply_code (error);
  self->outcome.words = g_strdup (herald_error_get_reply (error));
  self->stops_channel = decision.stops_channel;
  self->retry_after_s = herald_error_get_retry_after (error);
  if (decision.holds_channel)
    {
      self->problem = g_strdup (self->outcome.reason);
      self->sentence = g_strdup (describe (self, error));
    }
}

static void
land (HeraldFlight *self,
      const GError *error)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  self->is_over = TRUE;
  if (self->journal == NULL)
    {
      herald_flight_free (self);
      return;
    }

  self->outcome.step = herald_attempt_get_step (self->attempt);
  if (error == NULL)
    note_success (self);
  else
    note_failure (self, error, herald_clock_get_boot_ms (self->journal->clock));

  self->landed (self, self->user_data);
}

static void
on_deliver_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  herald_channel_deliver_finish (HERALD_CHANNEL (source), result, &error);
  land (user_data, error);
}

static void
deliver (HeraldFlight *self)
{
  herald_channel_deliver_async (self->channel, self->attempt, self->cancellable, on_deliver_ready,
                                self);
}

static void
on_picture_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HeraldFlight *self = user_data;
  HeraldAttachment content = *self->delivery->picture;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    bytes = g_bytes_new_take (contents, length);

  if (self->journal == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_error (&error);
      g_cancellable_set_error_if_cancelled (self->cancellable, &error);
      land (self, error);
      return;
    }

  /* What a power cut has left may be shorter than it was. */
  if (bytes != NULL && length == content.n_bytes)
    {
      content.bytes = bytes;
      herald_attempt_take_attachment (self->attempt, herald_attachment_new (&content));
      deliver (self);
      return;
    }

  g_clear_error (&error);
  if (drop_picture (self, _("No picture: its file could not be read."), &error))
    deliver (self);
  else
    land (self, error);
}

/**
 * herald_flight_new:
 * @journal: must outlive the flight, or the flight be detached
 * @take_delivery: (transfer full): as it was claimed
 *
 * Returns: (transfer full): the attempt, not begun
 */
HeraldFlight *
herald_flight_new (HeraldJournal  *journal,
                   HeraldChannel  *channel,
                   const char     *lane,
                   HeraldDelivery *take_delivery)
{
  HeraldFlight *self = g_new0 (HeraldFlight, 1);

  self->journal = journal;
  self->channel = g_object_ref (channel);
  self->lane = g_strdup (lane);
  self->delivery = take_delivery;
  self->cancellable = g_cancellable_new ();
  self->attempt = herald_attempt_new (take_delivery->message, take_delivery->destination,
                                      take_delivery->key, commit, self);
  herald_attempt_set_begun_ms (self->attempt, take_delivery->begun_ms);
  herald_attempt_set_may_have_arrived (self->attempt, take_delivery->ambiguous > 0);
  herald_attempt_set_n_tries (self->attempt, MAX (take_delivery->attempts, 1));
  herald_attempt_set_is_repeat (self->attempt, herald_journal_lane_is_repeat (lane));
  if (take_delivery->message->job != NULL)
    herald_attempt_take_thread (self->attempt,
                                herald_install_key_derive_thread (journal->install_key, take_delivery->message->printer,
                                                                  take_delivery->message->job, take_delivery->channel));

  return self;
}

/**
 * herald_flight_start:
 * @committed: called when the point of no return is recorded
 * @landed: called with the outcome; the flight is then the caller's to free
 */
void
herald_flight_start (HeraldFlight     *self,
                     HeraldFlightFunc  committed,
                     HeraldFlightFunc  landed,
                     gpointer          user_data)
{
  g_autoptr(GFile) file = NULL;

  self->committed = committed;
  self->landed = landed;
  self->user_data = user_data;
  self->watchdog = g_timeout_add_seconds (ATTEMPT_TIMEOUT_S, on_watchdog_timeout, self);

  if (self->delivery->picture == NULL)
    {
      deliver (self);
      return;
    }

  file = g_file_new_for_path (self->delivery->picture->path);
  g_file_load_contents_async (file, self->cancellable, on_picture_ready, self);
}

/**
 * herald_flight_log_outcome:
 *
 * The only place that tells the log what became of a delivery.
 */
void
herald_flight_log_outcome (HeraldFlight *self)
{
  const char *state = herald_delivery_state_to_id (self->outcome.state);
  const char *reason = self->outcome.reason != NULL ? self->outcome.reason : "";

  if (self->problem != NULL)
    g_message ("%s is held: %s", self->delivery->channel, self->problem);
  else if (self->outcome.state == HERALD_DELIVERY_DEFERRED)
    g_debug ("Message %" G_GINT64_FORMAT " by %s: again in %" G_GINT64_FORMAT " ms: %s",
             self->delivery->id, self->delivery->channel, self->outcome.delay_ms, reason);
  else
    g_message ("Message %" G_GINT64_FORMAT " by %s: %s %s", self->delivery->id,
               self->delivery->channel, state, reason);
}

/**
 * herald_flight_detach:
 * @self: (transfer full): calls nobody any more and frees itself when the channel has let go
 */
void
herald_flight_detach (HeraldFlight *self)
{
  self->journal = NULL;
  g_clear_handle_id (&self->watchdog, g_source_remove);

  if (self->is_over)
    herald_flight_free (self);
  else
    g_cancellable_cancel (self->cancellable);
}

void
herald_flight_free (HeraldFlight *self)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  g_clear_pointer (&self->delivery, herald_delivery_free);
  g_clear_object (&self->channel);
  g_clear_object (&self->attempt);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lane, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->sentence, g_free);
  herald_outcome_clear (&self->outcome);
  g_free (self);
}

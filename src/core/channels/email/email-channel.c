/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-channel"

#include "core/channels/email/email-channel.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/email/email-message.h"
#include "core/channels/email/email-recipients.h"
#include "core/channels/email/email-route.h"
#include "core/channels/email/email-steps.h"
#include "core/net/smtp-client.h"

/**
 * HeraldEmailChannel:
 *
 * An e-mail account. Each address gets a delivery of its own, so that one that
 * is refused does not stop the others; they all see the same message.
 */
struct _HeraldEmailChannel
{
  HeraldChannel parent_instance;

  HeraldSmtpClient *smtp;
};

G_DEFINE_FINAL_TYPE (HeraldEmailChannel, herald_email_channel, HERALD_TYPE_CHANNEL)

/* One delivery in flight. */
typedef struct
{
  HeraldAttempt *attempt;
  HeraldSmtpSubmission *submission;
} DeliverCall;

static void
deliver_call_free (DeliverCall *call)
{
  g_clear_object (&call->attempt);
  g_clear_pointer (&call->submission, herald_smtp_submission_free);
  g_free (call);
}

static void
on_step (HeraldSmtpStep step,
         gpointer       user_data)
{
  DeliverCall *call = user_data;

  /* The attempt enters its last step by itself, when it is committed. */
  if (step != HERALD_SMTP_STEP_COMMITTING)
    herald_attempt_enter_step (call->attempt, herald_smtp_step_get_name (step));
}

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  DeliverCall *call = user_data;

  return herald_attempt_commit (call->attempt, error);
}

static char *
dup_sender (HeraldChannel    *channel,
            HeraldEmailRoute *route)
{
  const char *from = herald_channel_get_setting (channel, "from");
  g_auto(GStrv) senders = herald_email_message_dup_addresses (from != NULL ? from : route->address);

  return g_strdup (senders[0]);
}

static GBytes *
write_message (HeraldChannel  *channel,
               HeraldAttempt  *attempt,
               const char     *sender,
               GError        **error)
{
  gboolean sms = herald_email_recipients_are_phones (channel);
  g_autofree char *to = herald_email_recipients_dup_list (channel, "to");
  g_autofree char *cc = herald_email_recipients_dup_list (channel, "cc");
  HeraldEmailHeader header = {
    .from = sender,
    .from_name = herald_channel_get_setting (channel, "from-name"),
    /* A gateway shows what it does not need, and has no business with the other numbers. */
    .to = sms ? herald_attempt_get_destination (attempt) : to,
    .cc = sms ? NULL : cc,
    .sms = sms,
    .mms = herald_email_recipients_get_pictures (channel),
    .key = herald_attempt_get_key (attempt),
  };

  if (sender == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The sender address is missing"));
      return NULL;
    }

  return herald_email_message_write (herald_attempt_get_message (attempt), herald_attempt_get_attachment (attempt),
                                     &header, error);
}

static HeraldSmtpSubmission *
make_submission (HeraldChannel     *channel,
                 DeliverCall       *call,
                 HeraldEmailRoute  *route,
                 GError           **error)
{
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();

  submission->account = herald_smtp_account_ref (route->smtp);
  submission->sender = dup_sender (channel, route);
  submission->recipient = g_strdup (herald_attempt_get_destination (call->attempt));
  submission->message = write_message (channel, call->attempt, submission->sender, error);
  if (submission->message == NULL)
    return NULL;

  submission->enter_step = on_step;
  submission->commit = on_commit;
  submission->user_data = call;

  return g_steal_pointer (&submission);
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  DeliverCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  g_autofree char *words = NULL;

  reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (herald_email_recipients_are_phones (g_task_get_source_object (task)))
    herald_attempt_set_remark (call->attempt, _("Handed to the mail-to-SMS gateway. Whether the phone got it cannot be "
                                                "seen from here."));
  words = herald_smtp_reply_dup_text (reply);
  herald_attempt_set_receipt (call->attempt, reply->code, words, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_route_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldEmailChannel *self = HERALD_EMAIL_CHANNEL (object);
  DeliverCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldEmailRoute) route = herald_email_route_find_finish (HERALD_CHANNEL (self), result, &error);

  if (route != NULL)
    call->submission = make_submission (HERALD_CHANNEL (self), call, route, &error);

  if (call->submission == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    herald_smtp_client_submit_async (self->smtp, call->submission, cancellable, on_submit_ready,
                                     g_steal_pointer (&task));
}

/* HeraldChannel */

static void
herald_email_channel_deliver_async (HeraldChannel       *channel,
                                    HeraldAttempt       *attempt,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (channel, cancellable, callback, user_data);
  DeliverCall *call = g_new0 (DeliverCall, 1);

  call->attempt = g_object_ref (attempt);
  g_task_set_task_data (task, call, (GDestroyNotify) deliver_call_free);
  herald_email_route_find_async (channel, cancellable, on_route_ready, g_steal_pointer (&task));
}

static gboolean
herald_email_channel_deliver_finish (HeraldChannel  *channel,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const char *
herald_email_channel_get_form (HeraldChannel *channel)
{
  return herald_email_recipients_are_phones (channel) ? "sms" : herald_email_channel_type.form;
}

/* GObject */

static void
herald_email_channel_dispose (GObject *object)
{
  HeraldEmailChannel *self = HERALD_EMAIL_CHANNEL (object);

  g_clear_object (&self->smtp);

  G_OBJECT_CLASS (herald_email_channel_parent_class)->dispose (object);
}

static void
herald_email_channel_class_init (HeraldEmailChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = herald_email_channel_dispose;
  channel_class->deliver_async = herald_email_channel_deliver_async;
  channel_class->deliver_finish = herald_email_channel_deliver_finish;
  channel_class->get_form = herald_email_channel_get_form;
  channel_class->dup_destinations = herald_email_recipients_dup_destinations;
  channel_class->dup_secret_origin = herald_email_route_dup_origin;
  channel_class->get_picture_form = herald_email_recipients_get_picture_form;
  channel_class->get_steps = herald_email_steps_get;
}

static void
herald_email_channel_init (HeraldEmailChannel *self)
{
  self->smtp = herald_smtp_client_new ();
}

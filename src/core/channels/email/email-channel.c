/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-channel"

#include "core/channels/email/email-channel.h"

#include <glib/gi18n-lib.h>

#include "core/channels/amount.h"
#include "core/channels/email/email-carrier.h"
#include "core/channels/email/email-letter.h"
#include "core/channels/email/email-message.h"
#include "core/channels/email/email-recipients.h"
#include "core/channels/email/email-settings.h"
#include "core/channels/email/email-steps.h"

#define SMS_PER_DAY 10

/**
 * HeraldEmailChannel:
 *
 * An e-mail account. Each address gets a delivery of its own, so that one that
 * is refused does not stop the others; they all see the same message.
 */
struct _HeraldEmailChannel
{
  HeraldChannel parent_instance;

  HeraldEmailCarrier *carrier;
  const HeraldChannelStep *steps; /* (nullable): on the way that was found last */
};

G_DEFINE_FINAL_TYPE (HeraldEmailChannel, herald_email_channel, HERALD_TYPE_CHANNEL)

/* One delivery in flight. */
typedef struct
{
  HeraldAttempt *attempt;
  HeraldEmailRoute *route;
  char *sender;
} DeliverCall;

static void
deliver_call_free (DeliverCall *call)
{
  g_clear_object (&call->attempt);
  g_clear_pointer (&call->route, herald_email_route_free);
  g_free (call->sender);
  g_free (call);
}

static char *
dup_sender (HeraldChannel    *channel,
            HeraldEmailRoute *route)
{
  const char *from = herald_channel_get_setting (channel, "from");
  g_auto(GStrv) senders = herald_email_message_dup_addresses (from != NULL ? from : route->address);

  return g_strdup (senders[0]);
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  DeliverCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (!herald_email_carrier_send_finish (HERALD_EMAIL_CARRIER (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (herald_email_recipients_are_phones (g_task_get_source_object (task)))
    herald_attempt_set_remark (call->attempt, _("Handed to the mail-to-SMS gateway. Whether the phone got it cannot be "
                                                "seen from here."));
  g_task_return_boolean (task, TRUE);
}

static void
on_letter_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldEmailChannel *self = HERALD_EMAIL_CHANNEL (object);
  DeliverCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) letter = herald_email_letter_write_finish (HERALD_CHANNEL (self), result, &error);

  if (letter == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    herald_email_carrier_send_async (self->carrier, HERALD_CHANNEL (self), call->attempt,
                                     g_steal_pointer (&call->route), call->sender, letter, cancellable,
                                     on_send_ready, g_steal_pointer (&task));
}

static void
on_route_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldChannel *channel = HERALD_CHANNEL (object);
  DeliverCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const char *only_recipient = NULL;
  g_autoptr(GError) error = NULL;

  call->route = herald_email_route_find_finish (channel, result, &error);
  HERALD_EMAIL_CHANNEL (channel)->steps = herald_email_steps_choose (channel, call->route);
  if (call->route == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Graph sends to whoever stands in the header, and there is one delivery for each of them. */
  if (call->route->graph_token != NULL)
    only_recipient = herald_attempt_get_destination (call->attempt);
  call->sender = dup_sender (channel, call->route);
  herald_email_letter_write_async (channel, call->attempt, call->sender, only_recipient, cancellable, on_letter_ready,
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

/* Ten SMS a day are as many as anybody wants to be woken by. */
static void
herald_email_channel_get_allowance (HeraldChannel   *channel,
                                    HeraldAllowance *allowance)
{
  g_auto(GStrv) destinations = herald_email_recipients_dup_destinations (channel);
  const char *per_day = herald_channel_get_setting (channel, HERALD_EMAIL_MESSAGES_PER_DAY);

  herald_amount_parse_count (per_day, &allowance->per_day);
  if (allowance->per_day == 0 && herald_email_recipients_are_phones (channel))
    allowance->per_day = SMS_PER_DAY;
  allowance->per_day *= g_strv_length (destinations);
}

static const HeraldChannelStep *
herald_email_channel_get_steps (HeraldChannel *channel)
{
  HeraldEmailChannel *self = HERALD_EMAIL_CHANNEL (channel);

  return self->steps != NULL ? self->steps : herald_email_steps_choose (channel, NULL);
}

/* GObject */

static void
herald_email_channel_dispose (GObject *object)
{
  HeraldEmailChannel *self = HERALD_EMAIL_CHANNEL (object);

  g_clear_object (&self->carrier);

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
  channel_class->get_steps = herald_email_channel_get_steps;
  channel_class->get_allowance = herald_email_channel_get_allowance;
}

static void
herald_email_channel_init (HeraldEmailChannel *self)
{
  self->carrier = herald_email_carrier_new ();
}

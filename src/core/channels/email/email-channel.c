/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-channel"

#include "core/channels/email/email-channel.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/channels/email/email-message.h"
#include "core/net/smtp-client.h"

#define PASSWORD_FIELD "password"

/**
 * HeraldEmailChannel:
 *
 * An e-mail account. Each address gets a delivery of its own, so that one that
 * is refused does not stop the others; they all see the same message.
 */
struct _HeraldEmailChannel
{
  HeraldChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldEmailChannel, herald_email_channel, HERALD_TYPE_CHANNEL)

static const char *const security_choices[] = { "tls", "starttls", "plain", NULL };
static const char *const auth_choices[] = { "auto", "none", "plain", "login", NULL };

static const HeraldChannelField fields[] = {
  { "host", HERALD_FIELD_HOST, HERALD_FIELD_REQUIRED, N_("Outgoing mail server"),
    N_("Your provider names it in its help, often smtp. and a name."), NULL, NULL },
  { "port", HERALD_FIELD_PORT, HERALD_FIELD_PLAIN, N_("Port"),
    N_("Empty for the usual one: 465 for tls, 587 for starttls."), NULL, NULL },
  { "security", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Encryption"),
    N_("plain sends everything readable; only for a server on this computer."), "tls", security_choices },
  { "auth", HERALD_FIELD_CHOICE, HERALD_FIELD_PLAIN, N_("Login"), NULL, "auto", auth_choices },
  { "user", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("User name"),
    N_("Mostly your e-mail address. Empty if the server wants no login."), NULL, NULL },
  { PASSWORD_FIELD, HERALD_FIELD_TEXT, HERALD_FIELD_SECRET, N_("Password"),
    N_("Many providers want an app password, which you create on their web page."), NULL, NULL },
  { "from", HERALD_FIELD_ADDRESS, HERALD_FIELD_REQUIRED, N_("Sender address"), NULL, NULL, NULL },
  { "from-name", HERALD_FIELD_TEXT, HERALD_FIELD_PLAIN, N_("Sender name"),
    N_("Empty for the name of the printer."), NULL, NULL },
  { "to", HERALD_FIELD_ADDRESSES, HERALD_FIELD_REQUIRED, N_("Recipients"),
    N_("Addresses, separated by commas."), NULL, NULL },
  { "cc", HERALD_FIELD_ADDRESSES, HERALD_FIELD_PLAIN, N_("Copies to"), NULL, NULL, NULL },
  { "bcc", HERALD_FIELD_ADDRESSES, HERALD_FIELD_PLAIN, N_("Hidden copies to"), NULL, NULL, NULL },
  { "sms", HERALD_FIELD_BOOLEAN, HERALD_FIELD_PLAIN, N_("Recipients are phones behind a mail-to-SMS gateway"),
    N_("They get the text alone, cut to what fits into one SMS."), "false", NULL },
};

/* What mailboxes take without a second thought: 25 MB with the 37 % that base64 adds is the usual end. */
static const HeraldPictureForm picture_form = {
  .max_bytes = 2 * 1024 * 1024,
  .max_side = 1920,
  .film_max_bytes = 15 * 1024 * 1024,
};

const HeraldChannelType herald_email_channel_type = {
  .id = "email",
  .name = N_("E-mail"),
  .reach = HERALD_REACH_MAIL,
  .form = "email",
  .picture = &picture_form,
  .get_gtype = herald_email_channel_get_type,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
};

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

static HeraldSmtpSecurity
get_security (HeraldChannel *channel)
{
  const char *value = herald_channel_get_setting (channel, "security");

  if (g_strcmp0 (value, "plain") == 0)
    return HERALD_SMTP_PLAIN;
  if (g_strcmp0 (value, "starttls") == 0)
    return HERALD_SMTP_STARTTLS;

  return HERALD_SMTP_TLS;
}

static guint16
get_port (HeraldChannel *channel)
{
  static const guint16 usual[] = {
    [HERALD_SMTP_TLS] = 465,
    [HERALD_SMTP_STARTTLS] = 587,
    [HERALD_SMTP_PLAIN] = 25,
  };

  return (guint16) herald_values_get_int (herald_channel_get_settings (channel), "port",
                                          usual[get_security (channel)]);
}

static gboolean
wants_login (HeraldChannel *channel)
{
  const char *user = herald_channel_get_setting (channel, "user");

  return user != NULL && g_strcmp0 (herald_channel_get_setting (channel, "auth"), "none") != 0;
}

static gboolean
goes_to_phones (HeraldChannel *channel)
{
  return g_strcmp0 (herald_channel_get_setting (channel, "sms"), "true") == 0;
}

static HeraldSmtpSubmission *
make_submission (HeraldChannel  *channel,
                 HeraldAttempt  *attempt,
                 GError        **error)
{
  g_autoptr(HeraldSmtpSubmission) submission = herald_smtp_submission_new ();
  g_auto(GStrv) from = herald_email_message_dup_addresses (herald_channel_get_setting (channel, "from"));
  HeraldEmailHeader header = {
    .from = from[0],
    .from_name = herald_channel_get_setting (channel, "from-name"),
    .to = herald_channel_get_setting (channel, "to"),
    .cc = herald_channel_get_setting (channel, "cc"),
    .sms = goes_to_phones (channel),
    .key = herald_attempt_get_key (attempt),
  };

  if (from[0] == NULL)
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("The sender address is missing"));
      return NULL;
    }

  submission->message = herald_email_message_write (herald_attempt_get_message (attempt),
                                                    herald_attempt_get_attachment (attempt), &header, error);
  if (submission->message == NULL)
    return NULL;

  submission->host = g_strdup (herald_channel_get_setting (channel, "host"));
  submission->port = get_port (channel);
  submission->security = get_security (channel);
  herald_smtp_auth_from_text (herald_channel_get_setting (channel, "auth"), &submission->auth);
  submission->sender = g_strdup (from[0]);
  submission->recipient = g_strdup (herald_attempt_get_destination (attempt));

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
  g_autoptr(HeraldSmtpReply) reply = herald_smtp_client_submit_finish (result, &error);
  g_autofree char *words = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  words = herald_smtp_reply_dup_text (reply);
  herald_attempt_set_receipt (call->attempt, reply->code, words, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
submit (GTask *task)
{
  DeliverCall *call = g_task_get_task_data (task);

  call->submission->enter_step = on_step;
  call->submission->commit = on_commit;
  call->submission->user_data = call;
  herald_smtp_client_submit_async (call->submission, g_task_get_cancellable (task), on_submit_ready, task);
}

static void
on_password_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldChannel *channel = g_task_get_source_object (task);
  DeliverCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  call->submission->password = herald_secret_store_lookup_finish (HERALD_SECRET_STORE (object), result, &error);
  if (call->submission->password == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call->submission->user = g_strdup (herald_channel_get_setting (channel, "user"));
  submit (g_steal_pointer (&task));
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
  g_autofree char *origin = NULL;
  g_autoptr(GError) error = NULL;
  DeliverCall *call = g_new0 (DeliverCall, 1);

  call->attempt = g_object_ref (attempt);
  g_task_set_task_data (task, call, (GDestroyNotify) deliver_call_free);
  call->submission = make_submission (channel, attempt, &error);
  if (call->submission == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!wants_login (channel))
    {
      submit (g_steal_pointer (&task));
      return;
    }

  origin = herald_channel_dup_secret_origin (channel);
  herald_secret_store_lookup_async (herald_channel_get_secret_store (channel),
                                    herald_channel_get_id (channel), PASSWORD_FIELD, origin, cancellable,
                                    on_password_ready, g_steal_pointer (&task));
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
  return goes_to_phones (channel) ? "sms" : herald_email_channel_type.form;
}

static char **
herald_email_channel_dup_destinations (HeraldChannel *channel)
{
  const char *to = herald_channel_get_setting (channel, "to");
  const char *cc = herald_channel_get_setting (channel, "cc");
  const char *bcc = herald_channel_get_setting (channel, "bcc");
  g_autofree char *all = g_strdup_printf ("%s, %s, %s", to != NULL ? to : "", cc != NULL ? cc : "",
                                          bcc != NULL ? bcc : "");

  return herald_email_message_dup_addresses (all);
}

static char *
herald_email_channel_dup_secret_origin (HeraldChannel *channel)
{
  const char *host = herald_channel_get_setting (channel, "host");

  return g_strdup_printf ("smtp://%s:%u", host != NULL ? host : "", get_port (channel));
}

/* Phones behind a gateway get the text alone. */
static const HeraldPictureForm *
herald_email_channel_get_picture_form (HeraldChannel *channel)
{
  return goes_to_phones (channel) ? NULL : &picture_form;
}

/* GObject */

static void
herald_email_channel_class_init (HeraldEmailChannelClass *klass)
{
  HeraldChannelClass *channel_class = HERALD_CHANNEL_CLASS (klass);

  channel_class->deliver_async = herald_email_channel_deliver_async;
  channel_class->deliver_finish = herald_email_channel_deliver_finish;
  channel_class->get_form = herald_email_channel_get_form;
  channel_class->dup_destinations = herald_email_channel_dup_destinations;
  channel_class->dup_secret_origin = herald_email_channel_dup_secret_origin;
  channel_class->get_picture_form = herald_email_channel_get_picture_form;
}

static void
herald_email_channel_init (HeraldEmailChannel *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-client"

#include "core/net/smtp-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-endpoint.h"
#include "core/net/smtp-login.h"
#include "core/net/smtp-talk.h"

/* A name, an address and a handshake; a server that needs longer is as good as away. */
#define CONNECT_LIMIT_MS (15 * 1000)

/* RFC 5321 4.5.3.2 speaks of 5 minutes, for servers that relay; those that people submit to answer
 * in seconds, and whoever waits for a test message wants to know. */
#define COMMAND_LIMIT_MS (60 * 1000)

/* RFC 5321 4.5.3.2.6: content filters take their time, and giving up earlier makes duplicates. */
#define FINAL_LIMIT_MS (600 * 1000)

/**
 * HeraldSmtpClient:
 *
 * Submits messages by a mail account.
 */
struct _HeraldSmtpClient
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (HeraldSmtpClient, herald_smtp_client, G_TYPE_OBJECT)

static void
return_failure (GTask        *task,
                const GError *failure)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);

  g_task_return_error (task, herald_smtp_verdict_on_failure (talk->step, failure));
}

static void take_reply (GTask           *task,
                        HeraldSmtpReply *taken_reply);

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  gboolean early = FALSE;

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);

  /* What it said before the final dot was sent cannot be an answer to it. */
  if (early && talk->phase == HERALD_SMTP_PHASE_END)
    talk->step = HERALD_SMTP_STEP_DATA;

  if (reply == NULL)
    return_failure (task, error);
  else if (early)
    g_task_return_error (task, herald_smtp_verdict_on_reply (talk->step, reply));
  else
    take_reply (g_steal_pointer (&task), g_steal_pointer (&reply));
}

/* Takes the task. */
static void
say (GTask           *task,
     HeraldSmtpPhase  phase,
     const char      *format,
     ...) G_GNUC_PRINTF (3, 4);

static void
say (GTask           *task,
     HeraldSmtpPhase  phase,
     const char      *format,
     ...)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autofree char *line = NULL;
  g_autoptr(GBytes) command = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);

  talk->phase = phase;
  command = g_bytes_new (line, strlen (line));
  herald_smtp_connection_exchange_async (talk->connection, command,
                                         phase == HERALD_SMTP_PHASE_END ? FINAL_LIMIT_MS : COMMAND_LIMIT_MS,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. */
static void
listen_for (GTask           *task,
            HeraldSmtpPhase  phase)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);

  if (phase == HERALD_SMTP_PHASE_GREETING)
    herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_GREETING);
  talk->phase = phase;
  herald_smtp_connection_exchange_async (talk->connection, NULL, COMMAND_LIMIT_MS,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. */
static void
say_hello (GTask *task)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autofree char *own_name = herald_smtp_endpoint_dup_own_name (talk->socket);

  say (task, HERALD_SMTP_PHASE_EHLO, "EHLO %s\r\n", own_name);
}

/* Encryption */

static void
on_tls_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!herald_smtp_connection_start_tls_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    {
      return_failure (task, error);
      return;
    }

  if (talk->submission->account->security == HERALD_SMTP_STARTTLS)
    say_hello (g_steal_pointer (&task));
  else
    listen_for (g_steal_pointer (&task), HERALD_SMTP_PHASE_GREETING);
}

/* Takes the task. */
static void
encrypt (GTask *task)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(GSocketConnectable) identity = g_network_address_new (talk->submission->account->host,
                                                                  talk->submission->account->port);

  herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_TLS);
  herald_smtp_connection_start_tls_async (talk->connection, identity, talk->submission->account->authorities,
                                          CONNECT_LIMIT_MS, g_task_get_cancellable (task),
                                          on_tls_ready, task);
}

/* Login */

/* Takes the task. */
static void
say_sender (GTask *task)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  HeraldSmtpCapabilities *capabilities = &talk->capabilities;
  g_autofree char *size = NULL;

  herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_SENDER);
  if (capabilities->size)
    size = g_strdup_printf (" SIZE=%" G_GSIZE_FORMAT, talk->data.size_bytes);

  say (task, HERALD_SMTP_PHASE_MAIL, "MAIL FROM:<%s>%s%s%s\r\n", talk->sender, size != NULL ? size : "",
       capabilities->eight_bit_mime && talk->data.body_8bit ? " BODY=8BITMIME" : "",
       herald_smtp_talk_is_international (talk) ? " SMTPUTF8" : "");
}

static void
on_login_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_smtp_login_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    say_sender (g_steal_pointer (&task));
  else
    return_failure (task, error);
}

/* Takes the task. The server has said what it can do, and nothing more will change that. */
static void
begin_session (GTask *task)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_LOGIN);
  if (!herald_smtp_capabilities_check (&talk->capabilities, talk->data.size_bytes,
                                       herald_smtp_talk_is_international (talk), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  herald_smtp_login_async (talk->connection, talk->submission->account, &talk->capabilities,
                           g_task_get_cancellable (task), on_login_ready, task);
}

/* Takes the task. */
static void
take_capabilities (GTask                 *task,
                   const HeraldSmtpReply *reply)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);

  herald_smtp_capabilities_read (&talk->capabilities, reply);
  if (talk->submission->account->security != HERALD_SMTP_STARTTLS ||
      herald_smtp_connection_is_encrypted (talk->connection))
    {
      begin_session (task);
    }
  else if (talk->capabilities.starttls)
    {
      herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_TLS);
      say (task, HERALD_SMTP_PHASE_STARTTLS, "STARTTLS\r\n");
    }
  else
    {
      herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_TLS);
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                               _("The mail server offers no encryption. Nothing was sent."));
      g_object_unref (task);
    }
}

/* The message */

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  HeraldSmtpSubmission *submission = talk->submission;
  g_autoptr(GError) error = NULL;

  if (!herald_smtp_connection_write_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    {
      return_failure (task, error);
      return;
    }

  /* Whoever interrupts us does not want the message: then nothing is ambiguous yet. */
  if (herald_smtp_connection_has_spoken (talk->connection))
    {
      listen_for (g_steal_pointer (&task), HERALD_SMTP_PHASE_INTERRUPTED);
      return;
    }

  if (submission->commit != NULL && !submission->commit (submission->user_data, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_COMMITTING);
  say (g_steal_pointer (&task), HERALD_SMTP_PHASE_END, HERALD_SMTP_DATA_END);
}

/* Takes the task. */
static void
write_message (GTask *task)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);

  herald_smtp_connection_write_async (talk->connection, talk->data.wire, COMMAND_LIMIT_MS,
                                      g_task_get_cancellable (task), on_written, task);
}

/* The conversation */

/* First digit of the code that lets us go on (RFC 5321 4.2.1); nothing does after an interruption. */
static int
get_expected_class (HeraldSmtpPhase phase)
{
  static const int classes[] = {
    [HERALD_SMTP_PHASE_GREETING] = 2, [HERALD_SMTP_PHASE_EHLO] = 2, [HERALD_SMTP_PHASE_HELO] = 2, [HERALD_SMTP_PHASE_STARTTLS] = 2,
    [HERALD_SMTP_PHASE_MAIL] = 2, [HERALD_SMTP_PHASE_RCPT] = 2, [HERALD_SMTP_PHASE_DATA] = 3, [HERALD_SMTP_PHASE_INTERRUPTED] = 0, [HERALD_SMTP_PHASE_END] = 2,
  };

  return classes[phase];
}

/* Takes the task. */
static void
go_on (GTask                 *task,
       const HeraldSmtpReply *reply)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);

  switch (talk->phase)
    {
    case HERALD_SMTP_PHASE_GREETING:
      say_hello (task);
      break;
    case HERALD_SMTP_PHASE_EHLO:
      take_capabilities (task, reply);
      break;
    case HERALD_SMTP_PHASE_HELO:
      begin_session (task);
      break;
    case HERALD_SMTP_PHASE_STARTTLS:
      encrypt (task);
      break;
    case HERALD_SMTP_PHASE_MAIL:
      herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_RECIPIENT);
      say (task, HERALD_SMTP_PHASE_RCPT, "RCPT TO:<%s>\r\n", talk->recipient);
      break;
    case HERALD_SMTP_PHASE_RCPT:
      herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_DATA);
      say (task, HERALD_SMTP_PHASE_DATA, "DATA\r\n");
      break;
    case HERALD_SMTP_PHASE_DATA:
      write_message (task);
      break;
    case HERALD_SMTP_PHASE_INTERRUPTED:
    case HERALD_SMTP_PHASE_END:
    default:
      g_return_if_reached ();
    }
}

/* Takes the task and the reply. */
static void
take_reply (GTask           *task,
            HeraldSmtpReply *taken_reply)
{
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(HeraldSmtpReply) reply = taken_reply;
  gboolean refused = reply->code / 100 != get_expected_class (talk->phase);

  if (talk->phase == HERALD_SMTP_PHASE_EHLO && reply->code / 100 == 5 &&
           talk->submission->account->security == HERALD_SMTP_PLAIN)
    {
      /* A server from before 1995; only where nothing but plain mail is asked for. */
      g_autofree char *own_name = herald_smtp_endpoint_dup_own_name (talk->socket);

      say (task, HERALD_SMTP_PHASE_HELO, "HELO %s\r\n", own_name);
    }
  else if (refused)
    {
      g_task_return_error (task, herald_smtp_verdict_on_reply (talk->step, reply));
      g_object_unref (task);
    }
  else if (talk->phase == HERALD_SMTP_PHASE_END)
    {
      /* Whether the server hears a good-bye does not matter to anybody. */
      g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) herald_smtp_reply_free);
      g_object_unref (task);
    }
  else
    {
      go_on (task, reply);
    }
}

static void
on_dialled (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpTalk *talk = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  talk->socket = herald_smtp_endpoint_dial_finish (result, &error);
  if (talk->socket == NULL)
    {
      return_failure (task, error);
      return;
    }

  talk->connection = herald_smtp_connection_new (talk->socket);
  if (talk->submission->account->security == HERALD_SMTP_TLS)
    encrypt (g_steal_pointer (&task));
  else
    listen_for (g_steal_pointer (&task), HERALD_SMTP_PHASE_GREETING);
}

/* GObject */

static void
herald_smtp_client_class_init (HeraldSmtpClientClass *klass)
{
}

static void
herald_smtp_client_init (HeraldSmtpClient *self)
{
}

HeraldSmtpClient *
herald_smtp_client_new (void)
{
  return g_object_new (HERALD_TYPE_SMTP_CLIENT, NULL);
}

/**
 * herald_smtp_client_submit_async:
 * @submission: must live until the callback
 *
 * Submits the message (RFC 6409, RFC 8314): connects, encrypts, logs in, sends. Never falls back to
 * an unencrypted connection or to sending without the login that is set up.
 */
void
herald_smtp_client_submit_async (HeraldSmtpClient     *self,
                                 HeraldSmtpSubmission *submission,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  HeraldSmtpTalk *talk = herald_smtp_talk_new (submission, &error);

  if (talk == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, talk, (GDestroyNotify) herald_smtp_talk_free);
  herald_smtp_talk_enter (talk, HERALD_SMTP_STEP_CONNECT);
  herald_smtp_endpoint_dial_async (submission->account->host, submission->account->port,
                                   submission->account->security == HERALD_SMTP_PLAIN, CONNECT_LIMIT_MS,
                                   cancellable, on_dialled, g_steal_pointer (&task));
}

/**
 * herald_smtp_client_submit_finish:
 *
 * Returns: (transfer full): the server's answer when it took the message over; %NULL with a
 *   HERALD_ERROR that says what to do. HERALD_ERROR_AMBIGUOUS only after the commit
 */
HeraldSmtpReply *
herald_smtp_client_submit_finish (HeraldSmtpClient  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

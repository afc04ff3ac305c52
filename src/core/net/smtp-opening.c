/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-opening"

#include "core/net/smtp-opening.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/net/smtp-endpoint.h"
#include "core/net/smtp-login.h"

/* A name, an address and a handshake; a server that needs longer is as good as away. */
#define CONNECT_LIMIT_MS (15 * 1000)

/* At this port servers encrypt from the start (RFC 8314 7.3): one waits for us there, as we wait for its greeting. */
#define TLS_PORT 465
#define TLS_PORT_GREETING_LIMIT_MS CONNECT_LIMIT_MS

/* What the next reply is an answer to */
typedef enum
{
  PHASE_GREETING,
  PHASE_EHLO,
  PHASE_HELO,
  PHASE_STARTTLS,
} Phase;

/* A session being opened. The submission is the caller's: whom to tell how far we are. */
typedef struct
{
  HeraldSmtpSubmission *submission;
  HeraldSmtpAccount *account;
  GSocketConnectable *server;
  char *pin;
  GSocketConnection *socket;
  HeraldSmtpConnection *connection;
  HeraldSmtpCapabilities capabilities;
  HeraldSmtpStep step;
  Phase phase;
} Opening;

static void
opening_free (Opening *self)
{
  if (self->connection != NULL)
    herald_smtp_connection_close (self->connection);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
  g_clear_object (&self->server);
  g_free (self->pin);
  herald_smtp_capabilities_clear (&self->capabilities);
  herald_smtp_account_unref (self->account);
  g_free (self);
}

static void
enter_step (GTask          *task,
            HeraldSmtpStep  step)
{
  Opening *self = g_task_get_task_data (task);

  self->step = step;
  herald_smtp_submission_enter_step (self->submission, step);
}

static void
return_failure (GTask        *task,
                const GError *failure)
{
  Opening *self = g_task_get_task_data (task);

  g_task_return_error (task, herald_smtp_verdict_on_failure (self->step, failure));
}

static void take_reply (GTask                 *task,
                        const HeraldSmtpReply *reply);

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Opening *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  gboolean early = FALSE;

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);

  if (reply == NULL)
    return_failure (task, error);
  else if (early)
    g_task_return_error (task, herald_smtp_verdict_on_reply (self->step, reply));
  else
    take_reply (g_steal_pointer (&task), reply);
}

/* Takes the task. @line: (nullable): %NULL to only listen */
static void
say (GTask      *task,
     Phase       phase,
     const char *line)
{
  Opening *self = g_task_get_task_data (task);
  g_autoptr(GBytes) command = line != NULL ? g_bytes_new (line, strlen (line)) : NULL;
  gboolean may_be_mute = phase == PHASE_GREETING && self->account->port == TLS_PORT &&
                         self->account->security == HERALD_SMTP_STARTTLS;

  self->phase = phase;
  herald_smtp_connection_exchange_async (self->connection, command,
                                         may_be_mute ? TLS_PORT_GREETING_LIMIT_MS : HERALD_SMTP_COMMAND_LIMIT_MS,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. */
static void
listen_for_greeting (GTask *task)
{
  enter_step (task, HERALD_SMTP_STEP_GREETING);
  say (task, PHASE_GREETING, NULL);
}

/* Takes the task. */
static void
say_hello (GTask *task,
           Phase  phase)
{
  Opening *self = g_task_get_task_data (task);
  g_autoptr(GSocketAddress) address = g_socket_connection_get_local_address (self->socket, NULL);
  GInetAddress *inet = G_IS_INET_SOCKET_ADDRESS (address)
                         ? g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))
                         : NULL;
  g_autofree char *own_name = herald_smtp_endpoint_dup_own_name (g_get_host_name (), inet);
  g_autofree char *line = g_strdup_printf ("%s %s\r\n", phase == PHASE_HELO ? "HELO" : "EHLO", own_name);

  say (task, phase, line);
}

/* Encryption */

static void
on_tls_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Opening *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!herald_smtp_connection_start_tls_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    return_failure (task, error);
  else if (self->account->security == HERALD_SMTP_STARTTLS)
    say_hello (g_steal_pointer (&task), PHASE_EHLO);
  else
    listen_for_greeting (g_steal_pointer (&task));
}

/* Takes the task. */
static void
encrypt (GTask *task)
{
  Opening *self = g_task_get_task_data (task);

  enter_step (task, HERALD_SMTP_STEP_TLS);
  herald_smtp_connection_start_tls_async (self->connection, self->server, self->account->authorities, self->pin,
                                          CONNECT_LIMIT_MS, g_task_get_cancellable (task), on_tls_ready, task);
}

/* Login */

static void
on_login_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_smtp_login_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, error);
}

/* Takes the task. The server has said what it can do, and nothing more will change that. */
static void
log_in (GTask *task)
{
  Opening *self = g_task_get_task_data (task);

  enter_step (task, HERALD_SMTP_STEP_LOGIN);
  herald_smtp_login_async (self->connection, self->account, &self->capabilities, g_task_get_cancellable (task),
                           on_login_ready, task);
}

/* Takes the task. */
static void
take_capabilities (GTask                 *task,
                   const HeraldSmtpReply *reply)
{
  Opening *self = g_task_get_task_data (task);

  herald_smtp_capabilities_read (&self->capabilities, reply);
  if (self->account->security != HERALD_SMTP_STARTTLS || herald_smtp_connection_is_encrypted (self->connection))
    {
      log_in (task);
      return;
    }

  enter_step (task, HERALD_SMTP_STEP_TLS);
  if (self->capabilities.starttls)
    {
      say (task, PHASE_STARTTLS, "STARTTLS\r\n");
    }
  else
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNTRUSTED, "%s",
                               _("The mail server offers no encryption. Nothing was sent."));
      g_object_unref (task);
    }
}

/* Takes the task. */
static void
take_reply (GTask                 *task,
            const HeraldSmtpReply *reply)
{
  Opening *self = g_task_get_task_data (task);

  /* A server from before 1995; only where nothing but plain mail is asked for. */
  if (self->phase == PHASE_EHLO && reply->code / 100 == 5 && self->account->security == HERALD_SMTP_PLAIN)
    {
      say_hello (task, PHASE_HELO);
      return;
    }
  if (reply->code / 100 != 2)
    {
      g_task_return_error (task, herald_smtp_verdict_on_reply (self->step, reply));
      g_object_unref (task);
      return;
    }

  switch (self->phase)
    {
    case PHASE_GREETING:
      say_hello (task, PHASE_EHLO);
      break;
    case PHASE_EHLO:
      take_capabilities (task, reply);
      break;
    case PHASE_STARTTLS:
      encrypt (task);
      break;
    case PHASE_HELO:
    default:
      log_in (task);
      break;
    }
}

static void
on_dialled (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Opening *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->socket = herald_smtp_endpoint_dial_finish (result, &error);
  if (self->socket == NULL)
    {
      return_failure (task, error);
      return;
    }

  self->connection = herald_smtp_connection_new (self->socket);
  if (self->account->security == HERALD_SMTP_TLS)
    encrypt (g_steal_pointer (&task));
  else
    listen_for_greeting (g_steal_pointer (&task));
}

static gboolean
read_account (Opening  *self,
              GError  **error)
{
  self->server = herald_smtp_endpoint_new_server (self->account->host, self->account->port, error);
  if (self->server == NULL)
    return FALSE;

  if (self->account->certificate != NULL)
    self->pin = herald_certificate_check_fingerprint (self->account->certificate, error);

  return self->account->certificate == NULL || self->pin != NULL;
}

/**
 * herald_smtp_opening_run_async:
 * @submission: told how far we are; must live until the callback
 *
 * Connects, greets, encrypts and logs in (RFC 6409, RFC 8314): as the account wants it, never
 * without the encryption, never without the login.
 */
void
herald_smtp_opening_run_async (HeraldSmtpAccount    *account,
                               HeraldSmtpSubmission *submission,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);
  GError *error = NULL;

  self->submission = submission;
  self->account = herald_smtp_account_ref (account);
  g_task_set_task_data (task, self, (GDestroyNotify) opening_free);
  enter_step (task, HERALD_SMTP_STEP_CONNECT);
  if (!read_account (self, &error))
    g_task_return_error (task, error);
  else
    herald_smtp_endpoint_dial_async (self->server, account->security == HERALD_SMTP_PLAIN, CONNECT_LIMIT_MS,
                                     cancellable, on_dialled, g_steal_pointer (&task));
}

/**
 * herald_smtp_opening_run_finish:
 * @step: (out): how far it has come
 * @capabilities: (out): what the server can do; to be cleared
 *
 * Returns: (transfer full): a connection that messages may go over; %NULL with a HERALD_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
HeraldSmtpConnection *
herald_smtp_opening_run_finish (GAsyncResult            *result,
                                HeraldSmtpStep          *step,
                                HeraldSmtpCapabilities  *capabilities,
                                GError                 **error)
{
  Opening *self = g_task_get_task_data (G_TASK (result));

  *step = self->step;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  *capabilities = self->capabilities;
  self->capabilities = (HeraldSmtpCapabilities) { 0 };

  return g_steal_pointer (&self->connection);
}

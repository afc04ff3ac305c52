/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-session"

#include "core/net/smtp-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/net/smtp-endpoint.h"
#include "core/net/smtp-login.h"

/* A name, an address and a handshake; a server that needs longer is as good as away. */
#define CONNECT_LIMIT_MS (15 * 1000)

/* RFC 5321 4.5.3.2 speaks of 5 minutes, for servers that relay; those that people submit to answer
 * in seconds, and whoever waits for a test message wants to know. */
#define COMMAND_LIMIT_MS (60 * 1000)

/* Nobody waits for the answer to a good-bye; it only keeps us from hanging up in mid-sentence. */
#define QUIT_LIMIT_MS (2 * 1000)

/**
 * HeraldSmtpSession:
 *
 * A line to a mail server that has been greeted, encrypted and logged in to, as the account wants
 * it: never without the encryption, never without the login. Messages go over it one after the
 * other.
 */
struct _HeraldSmtpSession
{
  GObject parent_instance;

  HeraldSmtpAccount *account;
  GSocketConnectable *server;
  char *pin;
  GSocketConnection *socket;
  HeraldSmtpConnection *connection;
  HeraldSmtpCapabilities capabilities;
  HeraldSmtpStep step;
  HeraldSmtpSessionState state;
  gint64 rests_since_ms;
};

G_DEFINE_FINAL_TYPE (HeraldSmtpSession, herald_smtp_session, G_TYPE_OBJECT)

/* What the next reply is an answer to */
typedef enum
{
  PHASE_GREETING,
  PHASE_EHLO,
  PHASE_HELO,
  PHASE_STARTTLS,
} Phase;

/* Being opened. The submission is the caller's: whom to tell how far we are. */
typedef struct
{
  HeraldSmtpSubmission *submission;
  Phase phase;
} Opening;

static void
enter_step (GTask          *task,
            HeraldSmtpStep  step)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  self->step = step;
  herald_smtp_submission_enter_step (opening->submission, step);
}

/* Takes the error. */
static void
return_verdict (GTask  *task,
                GError *verdict)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);

  herald_smtp_session_set_state (self, HERALD_SMTP_SESSION_BROKEN);
  g_task_return_error (task, verdict);
}

static void
return_failure (GTask        *task,
                const GError *failure)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);

  return_verdict (task, herald_smtp_verdict_on_failure (self->step, failure));
}

static void take_reply (GTask                 *task,
                        const HeraldSmtpReply *reply);

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  gboolean early = FALSE;

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);

  if (reply == NULL)
    return_failure (task, error);
  else if (early)
    return_verdict (task, herald_smtp_verdict_on_reply (self->step, reply));
  else
    take_reply (g_steal_pointer (&task), reply);
}

/* Takes the task. @line: (nullable): %NULL to only listen */
static void
say (GTask      *task,
     Phase       phase,
     const char *line)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autoptr(GBytes) command = line != NULL ? g_bytes_new (line, strlen (line)) : NULL;

  opening->phase = phase;
  herald_smtp_connection_exchange_async (self->connection, command, COMMAND_LIMIT_MS,
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
  HeraldSmtpSession *self = g_task_get_source_object (task);
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
  HeraldSmtpSession *self = g_task_get_source_object (task);
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
  HeraldSmtpSession *self = g_task_get_source_object (task);

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
  HeraldSmtpSession *self = g_task_get_source_object (task);

  enter_step (task, HERALD_SMTP_STEP_LOGIN);
  herald_smtp_login_async (self->connection, self->account, &self->capabilities, g_task_get_cancellable (task),
                           on_login_ready, task);
}

/* Takes the task. */
static void
take_capabilities (GTask                 *task,
                   const HeraldSmtpReply *reply)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);

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
      return_verdict (task, g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                                                 _("The mail server offers no encryption. Nothing was sent.")));
      g_object_unref (task);
    }
}

/* Takes the task. */
static void
take_reply (GTask                 *task,
            const HeraldSmtpReply *reply)
{
  HeraldSmtpSession *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  /* A server from before 1995; only where nothing but plain mail is asked for. */
  if (opening->phase == PHASE_EHLO && reply->code / 100 == 5 && self->account->security == HERALD_SMTP_PLAIN)
    {
      say_hello (task, PHASE_HELO);
      return;
    }
  if (reply->code / 100 != 2)
    {
      return_verdict (task, herald_smtp_verdict_on_reply (self->step, reply));
      g_object_unref (task);
      return;
    }

  switch (opening->phase)
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
  HeraldSmtpSession *self = g_task_get_source_object (task);
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

/* GObject */

static void
herald_smtp_session_finalize (GObject *object)
{
  HeraldSmtpSession *self = HERALD_SMTP_SESSION (object);

  if (self->connection != NULL)
    herald_smtp_connection_close (self->connection);
  g_clear_object (&self->connection);
  g_clear_object (&self->socket);
  herald_smtp_capabilities_clear (&self->capabilities);
  g_clear_object (&self->server);
  g_free (self->pin);
  g_clear_pointer (&self->account, herald_smtp_account_unref);

  G_OBJECT_CLASS (herald_smtp_session_parent_class)->finalize (object);
}

static void
herald_smtp_session_class_init (HeraldSmtpSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_smtp_session_finalize;
}

static void
herald_smtp_session_init (HeraldSmtpSession *self)
{
}

/**
 * herald_smtp_session_new:
 *
 * Returns: (transfer full): a session that is still to be opened
 */
HeraldSmtpSession *
herald_smtp_session_new (HeraldSmtpAccount *account)
{
  HeraldSmtpSession *self = g_object_new (HERALD_TYPE_SMTP_SESSION, NULL);

  self->account = herald_smtp_account_ref (account);

  return self;
}

static gboolean
read_account (HeraldSmtpSession  *self,
              GError            **error)
{
  self->server = herald_smtp_endpoint_new_server (self->account->host, self->account->port, error);
  if (self->server == NULL)
    return FALSE;

  if (self->account->certificate != NULL)
    self->pin = herald_certificate_check_fingerprint (self->account->certificate, error);

  return self->account->certificate == NULL || self->pin != NULL;
}

/**
 * herald_smtp_session_open_async:
 * @submission: told how far we are; must live until the callback
 *
 * Connects, greets, encrypts and logs in (RFC 6409, RFC 8314).
 */
void
herald_smtp_session_open_async (HeraldSmtpSession    *self,
                                HeraldSmtpSubmission *submission,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  GError *error = NULL;

  opening->submission = submission;
  g_task_set_task_data (task, opening, g_free);
  enter_step (task, HERALD_SMTP_STEP_CONNECT);
  if (!read_account (self, &error))
    return_verdict (task, error);
  else
    herald_smtp_endpoint_dial_async (self->server, self->account->security == HERALD_SMTP_PLAIN, CONNECT_LIMIT_MS,
                                     cancellable, on_dialled, g_steal_pointer (&task));
}

/**
 * herald_smtp_session_open_finish:
 *
 * Returns: whether messages may go over it; if not, @error is a HERALD_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
herald_smtp_session_open_finish (HeraldSmtpSession  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

HeraldSmtpAccount *
herald_smtp_session_get_account (HeraldSmtpSession *self)
{
  return self->account;
}

HeraldSmtpConnection *
herald_smtp_session_get_connection (HeraldSmtpSession *self)
{
  return self->connection;
}

const HeraldSmtpCapabilities *
herald_smtp_session_get_capabilities (HeraldSmtpSession *self)
{
  return &self->capabilities;
}

/**
 * herald_smtp_session_get_step:
 *
 * Returns: how far opening it has come
 */
HeraldSmtpStep
herald_smtp_session_get_step (HeraldSmtpSession *self)
{
  return self->step;
}

HeraldSmtpSessionState
herald_smtp_session_get_state (HeraldSmtpSession *self)
{
  return self->state;
}

/**
 * herald_smtp_session_set_state:
 *
 * A session that is broken hangs up at once.
 */
void
herald_smtp_session_set_state (HeraldSmtpSession      *self,
                               HeraldSmtpSessionState  state)
{
  self->state = state;
  if (state == HERALD_SMTP_SESSION_BROKEN && self->connection != NULL)
    herald_smtp_connection_close (self->connection);
}

/* Goes on while the computer sleeps; the server's patience does, too. */
static gint64
get_now_ms (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * 1000 + now.tv_nsec / (1000 * 1000);
}

/**
 * herald_smtp_session_rest:
 *
 * Notes that nothing goes over it from now on.
 */
void
herald_smtp_session_rest (HeraldSmtpSession *self)
{
  self->rests_since_ms = get_now_ms ();
}

/**
 * herald_smtp_session_get_rested_ms:
 *
 * Returns: how long nothing has gone over it, sleep of the computer included
 */
guint
herald_smtp_session_get_rested_ms (HeraldSmtpSession *self)
{
  return (guint) CLAMP (get_now_ms () - self->rests_since_ms, 0, G_MAXINT);
}

static void
on_quit_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HeraldSmtpSession) self = HERALD_SMTP_SESSION (g_steal_pointer (&user_data));
  g_autoptr(HeraldSmtpReply) reply = NULL;

  /* Whatever it says: it was only good manners. */
  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, NULL, NULL);
  herald_smtp_session_set_state (self, HERALD_SMTP_SESSION_BROKEN);
}

/**
 * herald_smtp_session_quit:
 *
 * Says good-bye and hangs up, soon and whether the server hears it or not. Nobody needs to wait.
 */
void
herald_smtp_session_quit (HeraldSmtpSession *self)
{
  g_autoptr(GBytes) command = NULL;

  if (self->state == HERALD_SMTP_SESSION_BROKEN)
    return;

  command = g_bytes_new_static ("QUIT\r\n", strlen ("QUIT\r\n"));
  herald_smtp_connection_exchange_async (self->connection, command, QUIT_LIMIT_MS, NULL, on_quit_ready,
                                         g_object_ref (self));
}

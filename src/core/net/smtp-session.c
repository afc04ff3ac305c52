/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-session"

#include "core/net/smtp-session.h"

#include <string.h>
#include <time.h>

#include "core/net/smtp-opening.h"

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
  HeraldSmtpConnection *connection;
  HeraldSmtpCapabilities capabilities;
  HeraldSmtpStep step;
  HeraldSmtpSessionState state;
  gint64 rests_since_ms;
};

G_DEFINE_FINAL_TYPE (HeraldSmtpSession, herald_smtp_session, G_TYPE_OBJECT)

/* GObject */

static void
herald_smtp_session_finalize (GObject *object)
{
  HeraldSmtpSession *self = HERALD_SMTP_SESSION (object);

  if (self->connection != NULL)
    herald_smtp_connection_close (self->connection);
  g_clear_object (&self->connection);
  herald_smtp_capabilities_clear (&self->capabilities);
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
  self->state = HERALD_SMTP_SESSION_BROKEN;

  return self;
}

static void
on_opened (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->connection = herald_smtp_opening_run_finish (result, &self->step, &self->capabilities, &error);
  if (self->connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->state = HERALD_SMTP_SESSION_READY;
  g_task_return_boolean (task, TRUE);
}

/**
 * herald_smtp_session_open_async:
 * @submission: told how far we are; must live until the callback
 */
void
herald_smtp_session_open_async (HeraldSmtpSession    *self,
                                HeraldSmtpSubmission *submission,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  herald_smtp_opening_run_async (self->account, submission, cancellable, on_opened, task);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-client"

#include "core/net/smtp-client.h"

#include "core/base/error.h"
#include "core/net/smtp-session.h"
#include "core/net/smtp-transaction.h"

/* The messages of a burst follow each other within milliseconds, those of one event to several
 * people within the seconds a picture takes. Servers wait minutes, but at their limit only 10 s (Postfix). */
#define REST_LIMIT_MS (8 * 1000)

/* Providers let one account in three (Outlook) to ten times (Gmail) at once; more is not faster either. */
#define MAX_SESSIONS 4

/**
 * HeraldSmtpClient:
 * @proved: whether the server lets this account in
 * @max_sessions: how many it lets it have at once
 * @idle: (element-type HeraldSmtpSession): the longest at rest first
 * @n_sessions: those at rest, at work and being opened
 * @waiting: (element-type GTask): submissions for which there is no session yet
 *
 * Submits messages by a mail account, and keeps its sessions for those that follow soon. Until
 * the server has let the account in, it knocks once at a time: a wrong password is tried once.
 */
struct _HeraldSmtpClient
{
  GObject parent_instance;

  HeraldSmtpAccount *account;
  gboolean proved;
  guint max_sessions;
  GQueue idle;
  guint n_sessions;
  guint n_opening;
  GQueue waiting;
  guint rest_id;
};

G_DEFINE_FINAL_TYPE (HeraldSmtpClient, herald_smtp_client, G_TYPE_OBJECT)

/* One submission. */
typedef struct
{
  HeraldSmtpSubmission *submission;
  HeraldSmtpTransaction *transaction;
  HeraldSmtpSession *session;
  gboolean kept;          /* the session has been used before */
  GSource *cancel_source; /* while it waits */
} Call;

static void
call_free (Call *call)
{
  g_clear_pointer (&call->transaction, herald_smtp_transaction_free);
  g_clear_object (&call->session);
  g_free (call);
}

/* How many sessions the server lets us have is true for as long as there are some. */
static void
count_out (HeraldSmtpClient *self)
{
  self->n_sessions--;
  if (self->n_sessions == 0)
    self->max_sessions = MAX_SESSIONS;
}

/* Sessions at rest */

static void
drop_idle (HeraldSmtpClient *self)
{
  HeraldSmtpSession *session = g_queue_pop_head (&self->idle);

  count_out (self);
  herald_smtp_session_quit (session);
  g_object_unref (session);
}

static gboolean
on_rest_timeout (gpointer user_data)
{
  HeraldSmtpClient *self = HERALD_SMTP_CLIENT (user_data);
  guint rested_ms = 0;

  self->rest_id = 0;
  while (!g_queue_is_empty (&self->idle))
    {
      rested_ms = herald_smtp_session_get_rested_ms (g_queue_peek_head (&self->idle));
      if (rested_ms < REST_LIMIT_MS)
        {
          self->rest_id = g_timeout_add (REST_LIMIT_MS - rested_ms, on_rest_timeout, self);
          break;
        }
      drop_idle (self);
    }

  return G_SOURCE_REMOVE;
}

/* Takes the session. */
static void
keep (HeraldSmtpClient  *self,
      HeraldSmtpSession *session)
{
  herald_smtp_session_rest (session);
  g_queue_push_tail (&self->idle, session);
  if (self->rest_id == 0)
    self->rest_id = g_timeout_add (REST_LIMIT_MS, on_rest_timeout, self);
}

/* Returns: (nullable) (transfer full): the one used last of those that still stand */
static HeraldSmtpSession *
take_idle (HeraldSmtpClient *self)
{
  while (!g_queue_is_empty (&self->idle))
    {
      g_autoptr(HeraldSmtpSession) session = g_queue_pop_tail (&self->idle);

      if (herald_smtp_session_get_rested_ms (session) < REST_LIMIT_MS &&
          !herald_smtp_connection_has_spoken (herald_smtp_session_get_connection (session)))
        return g_steal_pointer (&session);

      count_out (self);
    }

  return NULL;
}

static void
use_account (HeraldSmtpClient  *self,
             HeraldSmtpAccount *account)
{
  if (self->account != NULL && herald_smtp_account_equal (self->account, account))
    return;

  g_clear_pointer (&self->account, herald_smtp_account_unref);
  self->account = herald_smtp_account_ref (account);
  self->proved = FALSE;
  self->max_sessions = MAX_SESSIONS;
  while (!g_queue_is_empty (&self->idle))
    drop_idle (self);
}

/* Submissions that wait */

static void begin (GTask *task);

/* Returns: (transfer full): @task, which waits no longer */
static GTask *
take_waiting (HeraldSmtpClient *self,
              GTask            *task)
{
  Call *call = g_task_get_task_data (task);

  g_queue_remove (&self->waiting, task);
  g_source_destroy (call->cancel_source);
  g_clear_pointer (&call->cancel_source, g_source_unref);

  return task;
}

static gboolean
on_waiting_cancelled (GCancellable *cancellable,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = NULL;

  task = take_waiting (g_task_get_source_object (user_data), user_data);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* Takes the task. */
static void
wait_for_session (HeraldSmtpClient *self,
                  GTask            *task)
{
  Call *call = g_task_get_task_data (task);

  g_queue_push_tail (&self->waiting, task);
  call->cancel_source = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (call->cancel_source, G_SOURCE_FUNC (on_waiting_cancelled), task, NULL);
  g_source_attach (call->cancel_source, g_main_context_get_thread_default ());
}

static gboolean
may_open (HeraldSmtpClient *self)
{
  return self->n_sessions < self->max_sessions && (self->proved || self->n_opening == 0);
}

static void
serve_waiting (HeraldSmtpClient *self)
{
  while (!g_queue_is_empty (&self->waiting) && (!g_queue_is_empty (&self->idle) || may_open (self)))
    begin (take_waiting (self, g_queue_peek_head (&self->waiting)));
}

/* What keeps one out keeps out everybody who has waited for it. */
static void
fail_waiting (HeraldSmtpClient  *self,
              HeraldSmtpSession *session,
              const GError      *error)
{
  g_autoptr(GPtrArray) failed = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      Call *call = g_task_get_task_data (link->data);

      if (herald_smtp_account_equal (call->submission->account, herald_smtp_session_get_account (session)))
        g_ptr_array_add (failed, link->data);
    }

  for (guint i = 0; i < failed->len; i++)
    take_waiting (self, g_ptr_array_index (failed, i));

  for (guint i = 0; i < failed->len; i++)
    {
      Call *call = g_task_get_task_data (g_ptr_array_index (failed, i));

      herald_smtp_submission_enter_step (call->submission, herald_smtp_session_get_step (session));
      g_task_return_error (g_ptr_array_index (failed, i), g_error_copy (error));
    }
}

/* Sessions at work */

static void open_session (GTask *task);

static void
on_run_ready (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr(HeraldSmtpSession) session = g_steal_pointer (&call->session);
  g_autoptr(GError) error = NULL;
  HeraldSmtpReply *reply;
  gboolean let_down = FALSE;

  reply = herald_smtp_transaction_run_finish (call->transaction, result, &let_down, &error);
  if (herald_smtp_session_get_state (session) != HERALD_SMTP_SESSION_BROKEN &&
      herald_smtp_account_equal (self->account, herald_smtp_session_get_account (session)))
    {
      keep (self, g_steal_pointer (&session));
    }
  else
    {
      herald_smtp_session_quit (session);
      count_out (self);
    }

  if (let_down && call->kept)
    {
      open_session (g_steal_pointer (&task));
      return;
    }

  serve_waiting (self);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) herald_smtp_reply_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes the task. */
static void
run (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  herald_smtp_transaction_run_async (call->transaction, call->session, g_task_get_cancellable (task), on_run_ready,
                                     task);
}

/* Takes the task. */
static void
take_refused_session (GTask             *task,
                      HeraldSmtpSession *session,
                      const GError      *error)
{
  HeraldSmtpClient *self = g_task_get_source_object (task);

  if (self->n_sessions == 0 || g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED))
    self->proved = FALSE;

  /* The server talks to us, but not so often at once. */
  if (self->proved && (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE) ||
                       g_error_matches (error, HERALD_ERROR, HERALD_ERROR_BUSY)))
    {
      self->max_sessions = self->n_sessions;
      wait_for_session (self, task);
      return;
    }

  if (!self->proved && error->domain == HERALD_ERROR)
    fail_waiting (self, session, error);
  g_task_return_error (task, g_error_copy (error));
  g_object_unref (task);
}

static void
on_open_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpClient *self = g_task_get_source_object (task);
  g_autoptr(HeraldSmtpClient) kept_alive = g_object_ref (self);
  Call *call = g_task_get_task_data (task);
  HeraldSmtpSession *session = HERALD_SMTP_SESSION (object);
  g_autoptr(GError) error = NULL;

  self->n_opening--;
  if (herald_smtp_session_open_finish (session, result, &error))
    {
      self->proved |= herald_smtp_account_equal (self->account, herald_smtp_session_get_account (session));
      call->session = g_object_ref (session);
      run (g_steal_pointer (&task));
    }
  else
    {
      count_out (self);
      take_refused_session (g_steal_pointer (&task), session, error);
    }

  serve_waiting (self);
}

/* Takes the task. */
static void
open_session (GTask *task)
{
  HeraldSmtpClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr(HeraldSmtpSession) session = herald_smtp_session_new (call->submission->account);

  self->n_sessions++;
  self->n_opening++;
  call->kept = FALSE;
  herald_smtp_session_open_async (session, call->submission, g_task_get_cancellable (task), on_open_ready, task);
}

/* Takes the task. */
static void
begin (GTask *task)
{
  HeraldSmtpClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  use_account (self, call->submission->account);
  call->session = take_idle (self);
  call->kept = call->session != NULL;
  if (call->kept)
    run (task);
  else if (may_open (self))
    open_session (task);
  else
    wait_for_session (self, task);
}

/* GObject */

static void
herald_smtp_client_dispose (GObject *object)
{
  HeraldSmtpClient *self = HERALD_SMTP_CLIENT (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  while (!g_queue_is_empty (&self->idle))
    drop_idle (self);
  g_clear_pointer (&self->account, herald_smtp_account_unref);

  G_OBJECT_CLASS (herald_smtp_client_parent_class)->dispose (object);
}

static void
herald_smtp_client_class_init (HeraldSmtpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_smtp_client_dispose;
}

static void
herald_smtp_client_init (HeraldSmtpClient *self)
{
  self->max_sessions = MAX_SESSIONS;
  g_queue_init (&self->idle);
  g_queue_init (&self->waiting);
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
 * Submits the message (RFC 6409, RFC 8314), over a session that is there or a new one. Never falls
 * back to an unencrypted connection or to sending without the login that is set up.
 */
void
herald_smtp_client_submit_async (HeraldSmtpClient     *self,
                                 HeraldSmtpSubmission *submission,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);
  GError *error = NULL;

  call->submission = submission;
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->transaction = herald_smtp_transaction_new (submission, &error);
  if (call->transaction == NULL)
    g_task_return_error (task, error);
  else
    begin (g_steal_pointer (&task));
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

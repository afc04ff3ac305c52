/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-transaction"

#include "core/net/smtp-transaction.h"

#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-data.h"
#include "core/net/smtp-envelope.h"

/* RFC 5321 4.5.3.2.6: content filters take their time, and giving up earlier makes duplicates. */
#define FINAL_LIMIT_MS (600 * 1000)

/* What the next reply is an answer to, in the order in which it is said */
typedef enum
{
  PHASE_RESET,
  PHASE_SENDER,
  PHASE_RECIPIENT,
  PHASE_DATA,
  PHASE_INTERRUPTED,
  PHASE_END,
} Phase;

/* First digit of the code that lets us go on (RFC 5321 4.2.1); nothing does after an interruption. */
static const int expected_classes[] = {
  [PHASE_RESET] = 2, [PHASE_SENDER] = 2,      [PHASE_RECIPIENT] = 2,
  [PHASE_DATA] = 3,  [PHASE_INTERRUPTED] = 0, [PHASE_END] = 2,
};

/**
 * HeraldSmtpTransaction:
 * @last_said: the last command that is on its way
 * @refusal: (nullable): what will come of it, while some replies are still to be heard
 * @committed: whether nobody can take it back
 * @let_down: whether another session may well take the message
 *
 * One message going over a session to one recipient, from the sender to the final dot. It may be
 * run again on another session, unless it was committed.
 */
struct _HeraldSmtpTransaction
{
  HeraldSmtpSubmission *submission;
  HeraldSmtpSession *session;
  HeraldSmtpEnvelope envelope;
  HeraldSmtpData data;
  gboolean measured;
  HeraldSmtpStep step;
  Phase phase;
  Phase last_said;
  GError *refusal;
  gboolean committed;
  gboolean let_down;
};

static void
enter_step (HeraldSmtpTransaction *self,
            HeraldSmtpStep         step)
{
  self->step = step;
  herald_smtp_submission_enter_step (self->submission, step);
}

/* Takes the error. @state: what the session is good for now */
static void
return_verdict (GTask                  *task,
                GError                 *verdict,
                HeraldSmtpSessionState  state)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);

  /* After a commit these leave it open whether the message has arrived; but the final dot has not left. */
  if (self->committed && self->step == HERALD_SMTP_STEP_DATA &&
      (g_error_matches (verdict, HERALD_ERROR, HERALD_ERROR_UNREACHABLE) ||
       g_error_matches (verdict, HERALD_ERROR, HERALD_ERROR_PROTOCOL)))
    verdict->code = HERALD_ERROR_BUSY;

  /* Neither sender nor recipient is wrong; what is missing is told where it is missing. */
  if (g_error_matches (verdict, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED) &&
      !herald_smtp_account_logs_in (self->submission->account))
    enter_step (self, HERALD_SMTP_STEP_LOGIN);

  herald_smtp_session_set_state (self->session, state);
  g_task_return_error (task, verdict);
}

static void
return_failure (GTask        *task,
                const GError *failure)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  GError *verdict;

  if (self->refusal != NULL)
    {
      return_verdict (task, g_steal_pointer (&self->refusal), HERALD_SMTP_SESSION_BROKEN);
      return;
    }

  verdict = herald_smtp_verdict_on_failure (self->step, failure);
  self->let_down = !self->committed && g_error_matches (verdict, HERALD_ERROR, HERALD_ERROR_UNREACHABLE);
  return_verdict (task, verdict, HERALD_SMTP_SESSION_BROKEN);
}

/* Whether the session is what the server has had enough of, rather than the message. */
static gboolean
is_about_session (HeraldSmtpTransaction *self,
                  const HeraldSmtpReply *reply)
{
  if (self->committed)
    return FALSE;
  if (self->phase == PHASE_RESET || reply->code == 421)
    return TRUE;

  /* Too many recipients, of whom there is one in a message: it counts those before (Postfix, Exim). */
  if (reply->code == 452 && g_strcmp0 (reply->enhanced, "4.5.3") == 0)
    return TRUE;

  /* Limits for one connection, a login that has run out */
  return self->phase == PHASE_SENDER && (reply->code / 100 == 4 || reply->code == 503 || reply->code == 530);
}

/* What the session is good for after the last reply to a message that was refused. */
static HeraldSmtpSessionState
get_state_after (HeraldSmtpTransaction *self,
                 const HeraldSmtpReply *reply)
{
  if (self->let_down || reply->code == 421)
    return HERALD_SMTP_SESSION_BROKEN;

  return self->step < HERALD_SMTP_STEP_DATA ? HERALD_SMTP_SESSION_UNFINISHED : HERALD_SMTP_SESSION_BROKEN;
}

static void listen_for (GTask *task,
                        Phase  phase);

/* Takes the task. */
static void
take_refusal (GTask                 *task,
              const HeraldSmtpReply *reply)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);

  if (self->refusal == NULL)
    {
      self->let_down = is_about_session (self, reply);
      self->refusal = herald_smtp_verdict_on_reply (self->step, reply);
    }

  /* What was said in one go is answered to the end, or the answers would be taken for others. */
  if (self->phase < self->last_said && reply->code != 421)
    {
      listen_for (task, self->phase + 1);
      return;
    }

  return_verdict (task, g_steal_pointer (&self->refusal), get_state_after (self, reply));
  g_object_unref (task);
}

static void take_reply (GTask           *task,
                        HeraldSmtpReply *taken_reply);

static void
on_exchange_ready (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  gboolean early = FALSE;

  reply = herald_smtp_connection_exchange_finish (HERALD_SMTP_CONNECTION (object), result, &early, &error);

  /* What it said before the final dot was sent cannot be an answer to it. */
  if (early && self->phase == PHASE_END)
    self->step = HERALD_SMTP_STEP_DATA;

  if (reply == NULL)
    {
      return_failure (task, error);
    }
  else if (early)
    {
      self->let_down = is_about_session (self, reply);
      return_verdict (task, herald_smtp_verdict_on_reply (self->step, reply), HERALD_SMTP_SESSION_BROKEN);
    }
  else
    {
      take_reply (g_steal_pointer (&task), g_steal_pointer (&reply));
    }
}

/* Takes the task. */
static void
exchange (GTask  *task,
          GBytes *command,
          guint   limit_ms)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);

  herald_smtp_connection_exchange_async (herald_smtp_session_get_connection (self->session), command, limit_ms,
                                         g_task_get_cancellable (task), on_exchange_ready, task);
}

/* Takes the task. */
static void
listen_for (GTask *task,
            Phase  phase)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);

  self->phase = phase;
  exchange (task, NULL, HERALD_SMTP_COMMAND_LIMIT_MS);
}

/* The envelope */

static void
append_command (HeraldSmtpTransaction *self,
                Phase                  phase,
                GString               *command)
{
  if (phase == PHASE_RESET)
    g_string_append (command, "RSET\r\n");
  else if (phase == PHASE_SENDER)
    herald_smtp_envelope_append_sender (&self->envelope, &self->data,
                                        herald_smtp_session_get_capabilities (self->session), command);
  else if (phase == PHASE_RECIPIENT)
    herald_smtp_envelope_append_recipient (&self->envelope, command);
  else
    g_string_append (command, "DATA\r\n");
}

static void
enter_phase (HeraldSmtpTransaction *self,
             Phase                  phase)
{
  if (phase == PHASE_RECIPIENT)
    enter_step (self, HERALD_SMTP_STEP_RECIPIENT);
  else if (phase == PHASE_DATA)
    enter_step (self, HERALD_SMTP_STEP_DATA);
}

/* Takes the task. Says the command of @phase, and with it all up to DATA where the server lets us
 * (RFC 2920), which saves a way there and back for each. */
static void
say (GTask *task,
     Phase  phase)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(GBytes) command = NULL;

  self->phase = phase;
  self->last_said = herald_smtp_session_get_capabilities (self->session)->pipelining ? PHASE_DATA : phase;
  for (Phase said = phase; said <= self->last_said; said++)
    append_command (self, said, line);

  command = g_string_free_to_bytes (g_steal_pointer (&line));
  exchange (task, command, HERALD_SMTP_COMMAND_LIMIT_MS);
}

/* The message */

/* Takes the task. */
static void
commit (GTask *task)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  HeraldSmtpSubmission *submission = self->submission;
  g_autoptr(GBytes) end = g_bytes_new_static (HERALD_SMTP_DATA_END, strlen (HERALD_SMTP_DATA_END));
  g_autoptr(GError) error = NULL;

  if (submission->commit != NULL && !submission->commit (submission->user_data, &error))
    {
      return_verdict (task, g_steal_pointer (&error), HERALD_SMTP_SESSION_BROKEN);
      g_object_unref (task);
      return;
    }

  self->committed = TRUE;
  self->phase = self->last_said = PHASE_END;
  enter_step (self, HERALD_SMTP_STEP_COMMITTING);
  exchange (task, end, FINAL_LIMIT_MS);
}

static void write_message (GTask *task);

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_smtp_connection_write_finish (HERALD_SMTP_CONNECTION (object), result, &error))
    write_message (g_steal_pointer (&task));
  else
    return_failure (task, error);
}

/* Takes the task. */
static void
write_message (GTask *task)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  HeraldSmtpConnection *connection = herald_smtp_session_get_connection (self->session);
  gboolean first = self->data.position == 0;
  g_autoptr(GBytes) portion = herald_smtp_data_next (&self->data);

  /* Whoever interrupts us does not want the message: then nothing is ambiguous yet. */
  if ((!first || portion == NULL) && herald_smtp_connection_has_spoken (connection))
    listen_for (task, PHASE_INTERRUPTED);
  else if (portion == NULL)
    commit (task);
  else
    herald_smtp_connection_write_async (connection, portion, HERALD_SMTP_COMMAND_LIMIT_MS,
                                        g_task_get_cancellable (task), on_written, task);
}

/* Takes the task and the reply. */
static void
take_reply (GTask           *task,
            HeraldSmtpReply *taken_reply)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  g_autoptr(HeraldSmtpReply) reply = taken_reply;

  if (self->refusal != NULL && self->phase == PHASE_DATA && reply->code / 100 == 3)
    {
      /* It waits for a message that is for nobody: no dot may ever end it. */
      return_verdict (task, g_steal_pointer (&self->refusal), HERALD_SMTP_SESSION_BROKEN);
      g_object_unref (task);
    }
  else if (self->refusal != NULL || reply->code / 100 != expected_classes[self->phase])
    {
      take_refusal (task, reply);
    }
  else if (self->phase == PHASE_END)
    {
      herald_smtp_session_set_state (self->session, HERALD_SMTP_SESSION_READY);
      g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) herald_smtp_reply_free);
      g_object_unref (task);
    }
  else if (self->phase == PHASE_DATA)
    {
      herald_smtp_data_rewind (&self->data);
      write_message (task);
    }
  else
    {
      enter_phase (self, self->phase + 1);
      if (self->phase < self->last_said)
        listen_for (task, self->phase + 1);
      else
        say (task, self->phase + 1);
    }
}

/**
 * herald_smtp_transaction_new:
 * @submission: must outlive the transaction
 *
 * Returns: (transfer full): a transaction about to begin; %NULL with a HERALD_ERROR
 *   if an address is not fit to be put before a server
 */
HeraldSmtpTransaction *
herald_smtp_transaction_new (HeraldSmtpSubmission  *submission,
                             GError               **error)
{
  g_autoptr(HeraldSmtpTransaction) self = g_new0 (HeraldSmtpTransaction, 1);

  self->submission = submission;
  if (!herald_smtp_envelope_init (&self->envelope, submission->sender, submission->recipient, error))
    return NULL;

  herald_smtp_data_init (&self->data, submission->message);
  self->measured = herald_smtp_data_measure (&self->data);

  return g_steal_pointer (&self);
}

void
herald_smtp_transaction_free (HeraldSmtpTransaction *self)
{
  g_clear_object (&self->session);
  g_clear_error (&self->refusal);
  herald_smtp_data_clear (&self->data);
  herald_smtp_envelope_clear (&self->envelope);
  g_free (self);
}

/* Takes the task. */
static void
start (GTask *task)
{
  HeraldSmtpTransaction *self = g_task_get_task_data (task);
  HeraldSmtpSessionState state = herald_smtp_session_get_state (self->session);
  g_autoptr(GError) error = NULL;

  enter_step (self, HERALD_SMTP_STEP_SENDER);
  if (herald_smtp_capabilities_check (herald_smtp_session_get_capabilities (self->session), self->data.size_bytes,
                                      herald_smtp_envelope_is_international (&self->envelope), &error))
    {
      say (task, state == HERALD_SMTP_SESSION_UNFINISHED ? PHASE_RESET : PHASE_SENDER);
    }
  else
    {
      return_verdict (task, g_steal_pointer (&error), state);
      g_object_unref (task);
    }
}

static gboolean
on_measuring_idle (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  HeraldSmtpTransaction *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return G_SOURCE_REMOVE;
    }

  self->measured = herald_smtp_data_measure (&self->data);
  if (self->measured)
    start (task);

  return self->measured ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/**
 * herald_smtp_transaction_run_async:
 * @self: must live until the callback
 * @session: open; afterwards its state says what it is still good for
 *
 * Sends the message, up to the server's answer to the final dot.
 */
void
herald_smtp_transaction_run_async (HeraldSmtpTransaction *self,
                                   HeraldSmtpSession     *session,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_return_if_fail (!self->committed && herald_smtp_session_get_state (session) != HERALD_SMTP_SESSION_BROKEN);

  g_task_set_task_data (task, self, NULL);
  g_set_object (&self->session, session);
  self->let_down = FALSE;

  if (self->measured)
    start (g_steal_pointer (&task));
  else
    g_idle_add (on_measuring_idle, g_steal_pointer (&task));
}

/**
 * herald_smtp_transaction_run_finish:
 * @let_down: (out): whether the session, not the message, was the reason, and nothing is
 *   committed: on another session it may succeed
 *
 * Returns: (transfer full): the server's answer when it took the message over; %NULL with a
 *   HERALD_ERROR or %G_IO_ERROR_CANCELLED
 */
HeraldSmtpReply *
herald_smtp_transaction_run_finish (HeraldSmtpTransaction  *self,
                                    GAsyncResult           *result,
                                    gboolean               *let_down,
                                    GError                **error)
{
  *let_down = self->let_down;
  g_clear_object (&self->session);

  return g_task_propagate_pointer (G_TASK (result), error);
}

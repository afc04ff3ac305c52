/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-email-carrier"

#include "core/channels/email/email-carrier.h"

#include "core/base/error.h"
#include "core/channels/email/graph-mail.h"
#include "core/net/smtp-client.h"

/**
 * HeraldEmailCarrier:
 *
 * Carries letters by SMTP or by Microsoft Graph, whichever their route says,
 * on connections that it keeps. A token that is refused is fetched anew, once;
 * a password never is.
 */
struct _HeraldEmailCarrier
{
  GObject parent_instance;

  HeraldSmtpClient *smtp;
  HeraldHttpClient *graph;
};

G_DEFINE_FINAL_TYPE (HeraldEmailCarrier, herald_email_carrier, G_TYPE_OBJECT)

/* One letter on its way. */
typedef struct
{
  HeraldChannel *channel;
  HeraldAttempt *attempt;
  HeraldEmailRoute *route;
  HeraldSmtpSubmission *submission;
  GError *refusal; /* of the first token */
} SendCall;

static void
send_call_free (SendCall *call)
{
  g_clear_object (&call->channel);
  g_clear_object (&call->attempt);
  g_clear_pointer (&call->route, herald_email_route_free);
  g_clear_pointer (&call->submission, herald_smtp_submission_free);
  g_clear_error (&call->refusal);
  g_free (call);
}

static void
on_step (HeraldSmtpStep step,
         gpointer       user_data)
{
  SendCall *call = user_data;

  /* The attempt enters its last step by itself, when it is committed. */
  if (step != HERALD_SMTP_STEP_COMMITTING)
    herald_attempt_enter_step (call->attempt, herald_smtp_step_get_name (step));
}

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  SendCall *call = user_data;

  return herald_attempt_commit (call->attempt, error);
}

static void try_route (GTask *task);

/* There may be another token now, or why there is none is known. */
static void
on_renew_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldEmailRoute) route = herald_email_route_find_finish (call->channel, result, &error);

  if (route == NULL)
    {
      /* A refusal was an answer: nothing has been sent, whatever the attempt says. */
      if (g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE))
        error->code = HERALD_ERROR_BUSY;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_strcmp0 (herald_email_route_get_token (route), herald_email_route_get_token (call->route)) == 0)
    {
      g_task_return_error (task, herald_email_route_explain (call->channel, TRUE /* at login */, call->refusal));
      return;
    }

  g_clear_pointer (&call->route, herald_email_route_free);
  call->route = g_steal_pointer (&route);
  try_route (g_steal_pointer (&task));
}

/* What is refused after the login is not the token's fault, and may be committed already. Graph has no login of its
 * own. */
static gboolean
is_at_login (SendCall *call)
{
  return call->route->smtp == NULL || g_str_equal (herald_attempt_get_step (call->attempt),
                                                   herald_smtp_step_get_name (HERALD_SMTP_STEP_LOGIN));
}

/* Takes the task. */
static void
fail (GTask        *task,
      const GError *failure)
{
  SendCall *call = g_task_get_task_data (task);
  gboolean at_login = is_at_login (call);

  if (at_login && call->refusal == NULL && herald_email_route_can_renew (call->route, failure))
    {
      call->refusal = g_error_copy (failure);
      herald_email_route_renew_async (call->channel, g_task_get_cancellable (task), on_renew_ready, task);
      return;
    }

  g_task_return_error (task, herald_email_route_explain (call->channel, at_login, failure));
  g_object_unref (task);
}

static void
on_submit_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(HeraldSmtpReply) reply = NULL;
  g_autofree char *words = NULL;

  reply = herald_smtp_client_submit_finish (HERALD_SMTP_CLIENT (object), result, &error);
  if (reply == NULL)
    {
      fail (g_steal_pointer (&task), error);
      return;
    }

  words = herald_smtp_reply_dup_text (reply);
  herald_attempt_set_receipt (call->attempt, reply->code, words, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_graph_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  g_autoptr(GError) error = NULL;

  if (herald_graph_mail_send_finish (HERALD_HTTP_CLIENT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (g_steal_pointer (&task), error);
}

/* Takes the task. */
static void
try_route (GTask *task)
{
  HeraldEmailCarrier *self = g_task_get_source_object (task);
  SendCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (call->route->graph_token != NULL)
    {
      if (self->graph == NULL)
        self->graph = herald_graph_mail_new_client ();
      herald_graph_mail_send_async (self->graph, call->route->graph_token, call->submission->message, call->attempt,
                                    cancellable, on_graph_ready, task);
      return;
    }

  g_clear_pointer (&call->submission->account, herald_smtp_account_unref);
  call->submission->account = herald_smtp_account_ref (call->route->smtp);
  herald_smtp_client_submit_async (self->smtp, call->submission, cancellable, on_submit_ready, task);
}

/* GObject */

static void
herald_email_carrier_dispose (GObject *object)
{
  HeraldEmailCarrier *self = HERALD_EMAIL_CARRIER (object);

  g_clear_object (&self->smtp);
  g_clear_object (&self->graph);

  G_OBJECT_CLASS (herald_email_carrier_parent_class)->dispose (object);
}

static void
herald_email_carrier_class_init (HeraldEmailCarrierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_email_carrier_dispose;
}

static void
herald_email_carrier_init (HeraldEmailCarrier *self)
{
  self->smtp = herald_smtp_client_new ();
}

HeraldEmailCarrier *
herald_email_carrier_new (void)
{
  return g_object_new (HERALD_TYPE_EMAIL_CARRIER, NULL);
}

/**
 * herald_email_carrier_send_async:
 * @attempt: told how far it comes; its destination is the recipient
 * @take_route: (transfer full): how to send
 * @sender: address of the envelope
 * @letter: a whole message (RFC 5322); by Graph it goes to the recipients in its header
 */
void
herald_email_carrier_send_async (HeraldEmailCarrier  *self,
                                 HeraldChannel       *channel,
                                 HeraldAttempt       *attempt,
                                 HeraldEmailRoute    *take_route,
                                 const char          *sender,
                                 GBytes              *letter,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  SendCall *call = g_new0 (SendCall, 1);

  call->channel = g_object_ref (channel);
  call->attempt = g_object_ref (attempt);
  call->route = take_route;
  call->submission = herald_smtp_submission_new ();
  call->submission->sender = g_strdup (sender);
  call->submission->recipient = g_strdup (herald_attempt_get_destination (attempt));
  call->submission->message = g_bytes_ref (letter);
  call->submission->enter_step = on_step;
  call->submission->commit = on_commit;
  call->submission->user_data = call;
  g_task_set_task_data (task, call, (GDestroyNotify) send_call_free);

  try_route (g_steal_pointer (&task));
}

/**
 * herald_email_carrier_send_finish:
 *
 * Returns: whether the letter was taken; if not, a HERALD_ERROR
 */
gboolean
herald_email_carrier_send_finish (HeraldEmailCarrier  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

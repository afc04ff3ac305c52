/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-graph-mail"

#include "core/channels/email/graph-mail.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/channels/email/graph-verdict.h"
#include "core/net/committing-body.h"

/* Graph takes requests of at most 4 MB. Base64 makes four bytes of three. */
#define REQUEST_MAX_BYTES (4 * 1024 * 1024)
#define MESSAGE_MAX_BYTES (REQUEST_MAX_BYTES / 4 * 3)

/* An error is some hundred letters. */
#define ANSWER_MAX_BYTES (64 * 1024)

/* Once the message is on its way nothing is gained by giving up early: it would be sent twice. Four
 * megabytes take two minutes on a slow line. */
#define SILENCE_LIMIT_S 60
#define TOTAL_LIMIT_S 180

/* One message on its way. */
typedef struct
{
  HeraldAttempt *attempt;
  gboolean was_committed; /* before: its first request was refused, for the token alone */
  SoupMessage *request;
  HeraldCommittingBody *body;
} SendCall;

static void
send_call_free (SendCall *call)
{
  g_clear_object (&call->attempt);
  g_clear_object (&call->request);
  g_clear_object (&call->body);
  g_free (call);
}

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  SendCall *call = user_data;

  return call->was_committed || herald_attempt_commit (call->attempt, error);
}

/* There was no whole answer. */
static GError *
judge_failure (SendCall *call,
               GError   *failure)
{
  const GError *refusal = herald_committing_body_get_error (call->body);
  g_autoptr(GError) error = g_error_copy (refusal != NULL ? refusal : failure);

  if (error->domain != HERALD_ERROR || refusal != NULL)
    return g_steal_pointer (&error);

  /* The attempt is marked as begun, but nothing of it has been taken. */
  if (!herald_committing_body_has_begun (call->body))
    {
      if (call->was_committed && error->code == HERALD_ERROR_UNREACHABLE)
        error->code = HERALD_ERROR_BUSY;
      return g_steal_pointer (&error);
    }

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_AMBIGUOUS,
                              _("The connection to Microsoft was lost in the moment of sending; the message may or may "
                                "not have been sent"));
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = herald_http_client_send_finish (HERALD_HTTP_CLIENT (object), result, &error);
  guint status = soup_message_get_status (call->request);

  if (status == HERALD_GRAPH_ACCEPTED)
    {
      /* Also if the rest of the answer was lost: Graph says nothing more with it. */
      herald_attempt_set_receipt (call->attempt, (int) status, "Accepted", NULL);
      g_task_return_boolean (task, TRUE);
    }
  else if (answer == NULL && (status == 0 || !g_error_matches (error, HERALD_ERROR, HERALD_ERROR_PROTOCOL)))
    g_task_return_error (task, judge_failure (call, error));
  else
    {
      const char *retry_after = soup_message_headers_get_one (soup_message_get_response_headers (call->request),
                                                              "Retry-After");

      g_task_return_error (task, herald_graph_verdict_on_answer (status, retry_after, answer,
                                                                 g_get_real_time () / G_USEC_PER_SEC));
    }
}

/* The request: text/plain is how Graph tells MIME from JSON. */
static void
prepare (SendCall   *call,
         const char *token,
         GBytes     *encoded)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);

  call->request = soup_message_new (SOUP_METHOD_POST, HERALD_GRAPH_MAIL_URL);
  soup_message_headers_replace (soup_message_get_request_headers (call->request), "Authorization", authorization);
  call->body = herald_committing_body_new (encoded, on_commit, call);
  soup_message_set_request_body (call->request, "text/plain", G_INPUT_STREAM (call->body),
                                 (gssize) g_bytes_get_size (encoded));
}

/**
 * herald_graph_mail_new_client:
 *
 * Returns: (transfer full): a client with the patience that a message of some megabytes needs
 */
HeraldHttpClient *
herald_graph_mail_new_client (void)
{
  return herald_http_client_new_patient (SILENCE_LIMIT_S, TOTAL_LIMIT_S);
}

/**
 * herald_graph_mail_send_async:
 * @token: a secret, for one account
 * @message: a whole message (RFC 5322); Graph takes its recipients from its header
 *
 * Sends a message by Microsoft Graph and tells @attempt how far it comes. Graph keeps
 * a copy among the account's sent messages.
 */
void
herald_graph_mail_send_async (HeraldHttpClient    *client,
                              const char          *token,
                              GBytes              *message,
                              HeraldAttempt       *attempt,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (client, cancellable, callback, user_data);
  SendCall *call = g_new0 (SendCall, 1);
  gsize length = 0;
  const guchar *data = g_bytes_get_data (message, &length);
  g_autoptr(GBytes) encoded = NULL;
  char *text;

  call->attempt = g_object_ref (attempt);
  call->was_committed = herald_attempt_is_committed (attempt);
  g_task_set_task_data (task, call, (GDestroyNotify) send_call_free);
  if (length > MESSAGE_MAX_BYTES)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, "%s",
                               _("The message is too large for Microsoft."));
      return;
    }

  text = g_base64_encode (data, length);
  encoded = g_bytes_new_take (text, strlen (text));
  prepare (call, token, encoded);
  herald_attempt_enter_step (attempt, "connect");
  herald_http_client_send_async (client, call->request, ANSWER_MAX_BYTES, cancellable, on_send_ready,
                                 g_steal_pointer (&task));
}

/**
 * herald_graph_mail_send_finish:
 *
 * Returns: whether it was accepted; if not, a HERALD_ERROR
 */
gboolean
herald_graph_mail_send_finish (HeraldHttpClient  *client,
                               GAsyncResult      *result,
                               GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

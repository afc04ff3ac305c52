/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-client"

#include "core/channels/x/x-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/committing-body.h"
#include "core/net/http-client.h"

/* A post with all that X says of it is some kilobytes. */
#define ANSWER_MAX_BYTES (256 * 1024)

/* Once a post is on its way nothing is gained by giving up early: it would be sent twice. A picture of five megabytes
 * takes two minutes on a slow line. */
#define SILENCE_LIMIT_S 60
#define TOTAL_LIMIT_S 180

/**
 * HeraldXClient:
 *
 * Requests to X's interface, version 2: signed, sent once, and judged. Never
 * sends anything again: what was not answered is told apart by whether it may
 * have arrived.
 */
struct _HeraldXClient
{
  GObject parent_instance;

  HeraldHttpClient *http;
};

G_DEFINE_FINAL_TYPE (HeraldXClient, herald_x_client, G_TYPE_OBJECT)

/* What an attempt is at once the server is reached; a post says it by being committed. */
static const char *const steps[] = {
  [HERALD_X_READ_ACCOUNT] = "account",
  [HERALD_X_UPLOAD] = "picture",
  [HERALD_X_DESCRIBE] = "picture",
  [HERALD_X_POST] = "connect",
};

/* One request on its way. */
typedef struct
{
  HeraldXAction action;
  HeraldAttempt *attempt;
  gboolean was_committed; /* before: an earlier request was refused, for the token alone */
  SoupMessage *message;
  HeraldCommittingBody *body;
} SendCall;

static void
send_call_free (SendCall *call)
{
  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->attempt);
  g_clear_object (&call->message);
  g_clear_object (&call->body);
  g_free (call);
}

void
herald_x_reply_free (HeraldXReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->access_level, g_free);
  g_free (self);
}

static gboolean
on_commit (gpointer   user_data,
           GError   **error)
{
  SendCall *call = user_data;

  if (!call->was_committed)
    return herald_attempt_commit (call->attempt, error);

  herald_attempt_enter_step (call->attempt, "committing");

  return TRUE;
}

static void
on_starting (SoupMessage *message,
             gpointer     user_data)
{
  SendCall *call = user_data;

  if (call->attempt != NULL)
    herald_attempt_enter_step (call->attempt, steps[call->action]);
}

/* There was no whole answer to what can be taken back, or to a post. That about a picture holds up no text. */
static GError *
judge_silence (SendCall *call,
               GError   *failure)
{
  const GError *refusal = call->body != NULL ? herald_committing_body_get_error (call->body) : NULL;
  g_autoptr(GError) error = g_error_copy (refusal != NULL ? refusal : failure);
  guint status = soup_message_get_status (call->message);

  if (error->domain != HERALD_ERROR || refusal != NULL)
    return g_steal_pointer (&error);
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && (call->action == HERALD_X_UPLOAD || call->action == HERALD_X_DESCRIBE))
    return herald_x_verdict_on_nonsense (call->action, status);
  if (call->body == NULL)
    return g_steal_pointer (&error);

  /* The attempt is marked as begun, but nothing of it has been taken. */
  if (!herald_committing_body_has_begun (call->body))
    {
      if (call->was_committed && error->code == HERALD_ERROR_UNREACHABLE)
        {
          error->code = HERALD_ERROR_BUSY;
          herald_error_set_scope (error, HERALD_ERROR_SCOPE_CHANNEL);
        }
      return g_steal_pointer (&error);
    }

  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_AMBIGUOUS,
                              _("The connection to X was lost in the moment of posting; the post may or may not be "
                                "there."));
}

static void
return_reply (GTask  *task,
              GBytes *body,
              gboolean had_arrived)
{
  SendCall *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  HeraldXReply *reply = g_new0 (HeraldXReply, 1);

  reply->status = soup_message_get_status (call->message);
  reply->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  reply->access_level = g_strdup (soup_message_headers_get_one (headers, "x-access-level"));
  reply->had_arrived = had_arrived;
  g_task_return_pointer (task, reply, (GDestroyNotify) herald_x_reply_free);
}

static void
return_verdict (GTask  *task,
                GBytes *body)
{
  SendCall *call = g_task_get_task_data (task);
  const HeraldXAnswer answer = {
    .action = call->action,
    .status = soup_message_get_status (call->message),
    .headers = soup_message_get_response_headers (call->message),
    .body = body,
    .may_have_arrived = call->attempt != NULL && herald_attempt_may_have_arrived (call->attempt),
    .now_s = g_get_real_time () / G_USEC_PER_SEC,
  };
  g_autoptr(GError) error = herald_x_verdict_on_answer (&answer);

  if (error == NULL)
    {
      return_reply (task, body, TRUE);
      return;
    }

  /* Nothing is public before the post. */
  if (call->action != HERALD_X_POST && g_error_matches (error, HERALD_ERROR, HERALD_ERROR_AMBIGUOUS))
    error->code = HERALD_ERROR_BUSY;
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = herald_http_client_send_finish (HERALD_HTTP_CLIENT (object), result, &error);

  /* What was refused is refused also if the reasons were lost; what was taken may be something else. */
  if (body == NULL && (status == 0 || SOUP_STATUS_IS_SUCCESSFUL (status) || error->domain != HERALD_ERROR))
    g_task_return_error (task, judge_silence (call, error));
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return_reply (task, body, FALSE);
  else
    return_verdict (task, body);
}

static char *
make_url (const char *server,
          const char *path)
{
  gsize length = strlen (server);

  while (length > 0 && server[length - 1] == '/')
    length--;

  return g_strdup_printf ("%.*s%s", (int) length, server, path);
}

static void
authorize (SoupMessage       *message,
           const char        *method,
           const char        *url,
           const HeraldXKeys *keys)
{
  g_autofree char *nonce = herald_oauth1_make_nonce ();
  g_autofree char *value = keys->bearer != NULL
                             ? g_strconcat ("Bearer ", keys->bearer, NULL)
                             : herald_oauth1_make_header (method, url, &keys->oauth1, nonce,
                                                          g_get_real_time () / G_USEC_PER_SEC);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

static void
set_body (SendCall             *call,
          const HeraldXRequest *request)
{
  g_autoptr(GInputStream) stream = NULL;
  gssize length = 0;

  if (request->body == NULL)
    return;
  if (request->action == HERALD_X_POST)
    {
      call->body = herald_committing_body_new (request->body[0], on_commit, call);
      soup_message_set_request_body (call->message, request->content_type, G_INPUT_STREAM (call->body),
                                     (gssize) g_bytes_get_size (request->body[0]));
      return;
    }

  stream = g_memory_input_stream_new ();
  for (guint i = 0; request->body[i] != NULL; i++)
    {
      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), request->body[i]);
      length += (gssize) g_bytes_get_size (request->body[i]);
    }
  soup_message_set_request_body (call->message, request->content_type, stream, length);
}

/* GObject */

static void
herald_x_client_dispose (GObject *object)
{
  HeraldXClient *self = HERALD_X_CLIENT (object);

  g_clear_object (&self->http);

  G_OBJECT_CLASS (herald_x_client_parent_class)->dispose (object);
}

static void
herald_x_client_class_init (HeraldXClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_x_client_dispose;
}

static void
herald_x_client_init (HeraldXClient *self)
{
  self->http = herald_http_client_new_patient (SILENCE_LIMIT_S, TOTAL_LIMIT_S);
}

HeraldXClient *
herald_x_client_new (void)
{
  return g_object_new (HERALD_TYPE_X_CLIENT, NULL);
}

/**
 * herald_x_client_send_async:
 * @visit: has an attempt for HERALD_X_POST
 *
 * Sends a request, once. Follows no redirect: the credentials are for one server.
 */
void
herald_x_client_send_async (HeraldXClient        *self,
                            const HeraldXVisit   *visit,
                            const HeraldXRequest *request,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *url = make_url (visit->server, request->path);
  SendCall *call = g_new0 (SendCall, 1);

  g_return_if_fail (request->action != HERALD_X_POST || (visit->attempt != NULL && request->body != NULL));

  g_task_set_task_data (task, call, (GDestroyNotify) send_call_free);
  call->action = request->action;
  call->message = soup_message_new (request->method, url);
  if (call->message == NULL)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS, _("“%s” is not the address of a server."),
                               visit->server);
      return;
    }

  if (visit->attempt != NULL)
    {
      call->attempt = g_object_ref (visit->attempt);
      call->was_committed = herald_attempt_is_committed (visit->attempt);
      herald_attempt_enter_step (visit->attempt, "connect");
    }
  authorize (call->message, request->method, url, visit->keys);
  set_body (call, request);
  g_signal_connect (call->message, "starting", G_CALLBACK (on_starting), call);
  herald_http_client_send_async (self->http, call->message, ANSWER_MAX_BYTES, cancellable, on_send_ready,
                                 g_steal_pointer (&task));
}

/**
 * herald_x_client_send_finish:
 *
 * Returns: (transfer full): the answer, if X has done what it was asked; %NULL with a HERALD_ERROR: AMBIGUOUS only for a
 *   post of which nobody knows whether it is there
 */
HeraldXReply *
herald_x_client_send_finish (HeraldXClient  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-x-token-request"

#include "core/channels/x/x-token-request.h"

#include <string.h>

#include "core/channels/x/x-token-answer.h"
#include "core/net/http-client.h"
#include "core/net/sasl.h"

/* Who gives up early has lost the tokens: the old ones may be dead by then. */
#define SILENCE_LIMIT_S 60
#define TOTAL_LIMIT_S 90

/* The answer is some hundred letters. */
#define ANSWER_MAX_BYTES (64 * 1024)

#define FORM_TYPE "application/x-www-form-urlencoded"

/* One request for tokens. */
typedef struct
{
  HeraldHttpClient *http;
  SoupMessage *message;
  char *server;
  char *client_id;
  HeraldXTokens *before;
} TokenCall;

static void
token_call_free (TokenCall *call)
{
  g_clear_object (&call->http);
  g_clear_object (&call->message);
  g_free (call->server);
  g_free (call->client_id);
  g_clear_pointer (&call->before, herald_x_tokens_free);
  g_free (call);
}

static void
wipe_answer (GBytes *taken_answer)
{
  gsize length = 0;
  gpointer data = taken_answer != NULL ? g_bytes_unref_to_data (taken_answer, &length) : NULL;

  if (data != NULL)
    explicit_bzero (data, length);
  g_free (data);
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  TokenCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  HeraldXTokenAnswer answer = {
    .server = call->server,
    .client_id = call->client_id,
    .before = call->before,
    .now_s = g_get_real_time () / G_USEC_PER_SEC,
  };
  HeraldXTokens *tokens;

  answer.body = herald_http_client_send_finish (HERALD_HTTP_CLIENT (object), result, &error);
  if (answer.body == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  answer.status = soup_message_get_status (call->message);
  answer.headers = soup_message_get_response_headers (call->message);
  tokens = herald_x_token_answer_read (&answer, &error);
  wipe_answer (answer.body);
  if (tokens != NULL)
    g_task_return_pointer (task, tokens, (GDestroyNotify) herald_x_tokens_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* RFC 6749 section 2.3.1: the name and the password are escaped, both. */
static void
authorize (SoupMessage      *message,
           const HeraldXApp *app)
{
  g_autofree char *name = g_uri_escape_string (app->client_id, NULL, FALSE);
  char *password = g_uri_escape_string (app->client_secret, NULL, FALSE);
  char *pair = g_strconcat (name, ":", password, NULL);
  char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  char *header = g_strconcat ("Basic ", encoded, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", header);
  herald_sasl_wipe (header);
  herald_sasl_wipe (encoded);
  herald_sasl_wipe (pair);
  herald_sasl_wipe (password);
}

/* Takes @form. Sent once: libsoup repeats no POST by itself. */
static void
send_form (GTask            *task,
           const HeraldXApp *app,
           char             *form)
{
  TokenCall *call = g_new0 (TokenCall, 1);
  g_autofree char *url = herald_x_app_dup_token_url (app);
  g_autoptr(GBytes) body = g_bytes_new_with_free_func (form, strlen (form), (GDestroyNotify) herald_sasl_wipe, form);

  g_task_set_task_data (task, call, (GDestroyNotify) token_call_free);
  call->http = herald_http_client_new_patient (SILENCE_LIMIT_S, TOTAL_LIMIT_S);
  call->server = g_strdup (app->server);
  call->client_id = g_strdup (app->client_id);
  call->message = soup_message_new (SOUP_METHOD_POST, url);
  soup_message_set_request_body_from_bytes (call->message, FORM_TYPE, body);
  if (app->client_secret != NULL)
    authorize (call->message, app);

  herald_http_client_send_async (call->http, call->message, ANSWER_MAX_BYTES, g_task_get_cancellable (task),
                                 on_send_ready, task);
}

/* A public client names itself in the form; any other is known by its password, and may name itself in one way only
 * (RFC 6749 section 2.3). */
static const char *
get_name_key (const HeraldXApp *app)
{
  return app->client_secret == NULL ? "client_id" : NULL;
}

/**
 * herald_x_token_request_exchange_async:
 * @code: what the browser came back with
 * @verifier: whose challenge was on the page
 * @redirect_uri: as on the page
 *
 * RFC 6749 section 4.1.3, RFC 7636 section 4.5
 */
void
herald_x_token_request_exchange_async (const HeraldXApp    *app,
                                       const char          *code,
                                       const char          *verifier,
                                       const char          *redirect_uri,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  send_form (task, app, soup_form_encode ("grant_type", "authorization_code",
                                          "code", code,
                                          "redirect_uri", redirect_uri,
                                          "code_verifier", verifier,
                                          get_name_key (app), app->client_id,
                                          NULL));
}

/**
 * herald_x_token_request_refresh_async:
 * @before: dead at once where X answers
 *
 * RFC 6749 section 6
 */
void
herald_x_token_request_refresh_async (const HeraldXApp    *app,
                                      const HeraldXTokens *before,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  send_form (task, app, soup_form_encode ("grant_type", "refresh_token",
                                          "refresh_token", before->refresh,
                                          get_name_key (app), app->client_id,
                                          NULL));
  ((TokenCall *) g_task_get_task_data (task))->before = herald_x_tokens_copy (before);
}

HeraldXTokens *
herald_x_token_request_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-application-key"

#include "core/printers/octoprint/application-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/net/time-limit.h"
#include "core/printers/octoprint/octoprint-url.h"

#define PROBE_PATH "/plugin/appkeys/probe"
#define REQUEST_PATH "/plugin/appkeys/request"
#define PAGE_PATH "/plugin/appkeys/auth"

#define POLL_INTERVAL_MS 1000

/* OctoPrint forgets a request nobody has asked about for so long. */
#define POLL_GRACE_MS (5 * 1000)

/* The answers are some hundred bytes; a page of a proxy may come instead. */
#define ANSWER_MAX_BYTES (256 * 1024)

/* Keys and tokens have 32 or 43 characters. */
#define TOKEN_MAX_BYTES 255
#define TOKEN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#define APP_NAME_MAX_CHARS 100

/* RFC 6585 section 4; libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* Asking for a key: probe, request, poll until somebody has decided. */
typedef struct
{
  HeraldOctoprintServer *server;
  char *app_name;
  HeraldApplicationKeyFunc on_page;
  gpointer page_data;

  HeraldTimeLimit *limit;
  HeraldTimeLimit *poll_limit;
  SoupMessage *message;
  char *token;
  gboolean has_dialog;
  gboolean page_told;
  gint64 answered_us;
} KeyCall;

static void
key_call_free (KeyCall *call)
{
  g_clear_object (&call->server);
  g_free (call->app_name);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_pointer (&call->poll_limit, herald_time_limit_free);
  g_clear_object (&call->message);
  g_free (call->token);
  g_free (call);
}

static const char *
get_host (KeyCall *call)
{
  return g_uri_get_host (soup_message_get_uri (call->message));
}

/* A token becomes part of an address, and a key part of a header. */
static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= TOKEN_MAX_BYTES &&
         strspn (text, TOKEN_CHARACTERS) == length;
}

/* Returns (nullable) (transfer full) */
static JsonNode *
parse_object (GBytes *body)
{
  g_autoptr(JsonNode) node = NULL;

  node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* Returns (nullable) (transfer full): a secret of the answer, if it is one we can use */
static char *
dup_token (JsonNode   *answer,
           const char *name)
{
  const char *value;

  if (answer == NULL || !herald_json_get_string (json_node_get_object (answer), name, &value) ||
      !is_token (value))
    return NULL;

  herald_log_add_secret (value);
  return g_strdup (value);
}

/* Also says what the time limit means: nobody has decided. */
static void
return_error (GTask  *task,
              GError *error)
{
  KeyCall *call = g_task_get_task_data (task);

  if (herald_time_limit_is_over (call->limit))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                             _("Nobody has allowed the access in time. Please try again"));
  else
    g_task_return_error (task, g_error_copy (error));
}

static GError *
make_status_error (KeyCall *call)
{
  guint status = soup_message_get_status (call->message);
  GError *error;

  if (status == SOUP_STATUS_FORBIDDEN)
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_SETTINGS,
                         _("OctoPrint on “%s” has not been set up yet. Open it in a browser and "
                           "finish its first steps"), get_host (call));
  else if (status == STATUS_TOO_MANY_REQUESTS)
    error = g_error_new_literal (HERALD_ERROR, HERALD_ERROR_BUSY,
                                 _("OctoPrint has been asked for keys too often. "
                                   "Try again in some minutes"));
  else if (SOUP_STATUS_IS_SERVER_ERROR (status))
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_BUSY,
                         _("OctoPrint on “%s” is starting or stopped"), get_host (call));
  else
    error = herald_octoprint_server_make_stranger_error (call->message);
  herald_error_set_reply (error, (int) status, soup_message_get_reason_phrase (call->message));

  return error;
}

/* Takes the task. */
static void
send_step (GTask               *task,
           const char          *method,
           const char          *path,
           const char          *json,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback)
{
  KeyCall *call = g_task_get_task_data (task);

  g_clear_object (&call->message);
  call->message = herald_octoprint_server_make_message (call->server, HERALD_OCTOPRINT_ANONYMOUS,
                                                        method, path);
  if (json != NULL)
    herald_octoprint_server_set_json_body (call->message, json);
  herald_octoprint_server_send_async (call->server, call->message, ANSWER_MAX_BYTES, cancellable,
                                      callback, task);
}

/* The third step: once a second until somebody has decided */

static void poll_decision (GTask *task);

static gboolean
on_poll_timeout (gpointer user_data)
{
  poll_decision (g_object_ref (G_TASK (user_data)));

  return G_SOURCE_REMOVE;
}

/* Takes the task. Whoever cancels need not wait for the second to pass. */
static void
poll_later (GTask *task)
{
  KeyCall *call = g_task_get_task_data (task);
  g_autoptr(GSource) timer = g_timeout_source_new (POLL_INTERVAL_MS);
  g_autoptr(GSource) cancelled = NULL;

  cancelled = g_cancellable_source_new (herald_time_limit_get_cancellable (call->limit));
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (timer, cancelled);
  g_source_set_static_name (timer, "application-key-poll");
  g_source_set_callback (timer, on_poll_timeout, task, g_object_unref);
  g_source_attach (timer, g_main_context_get_thread_default ());
}

/* The page is built from the address we trust: a proxy can make OctoPrint tell a wrong one. Up to 1.7
 * there is no page, but whoever is logged in is asked. */
static void
tell_page (KeyCall *call)
{
  const char *base_url = herald_octoprint_server_get_base_url (call->server);
  g_autofree char *dialog_path = g_strconcat (PAGE_PATH "/", call->token, NULL);
  g_autofree char *page = herald_octoprint_url_join (base_url, call->has_dialog ? dialog_path : "/");

  if (!call->page_told && call->on_page != NULL)
    call->on_page (page, call->page_data);
  call->page_told = TRUE;
}

static void
take_decision (GTask  *task,
               GBytes *body)
{
  KeyCall *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(GError) error = NULL;
  char *key = NULL;

  if (status == SOUP_STATUS_NOT_FOUND)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                               _("The access was not allowed in OctoPrint, or nobody has decided "
                                 "in time"));
      return;
    }

  answer = parse_object (body);
  if (status == SOUP_STATUS_OK)
    key = dup_token (answer, "api_key");
  if (key != NULL)
    {
      g_task_return_pointer (task, key, g_free);
      return;
    }

  error = make_status_error (call);
  return_error (task, error);
}

static void
on_poll_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  KeyCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = herald_time_limit_get_cancellable (call->limit);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;
  gboolean is_passing;
  gint64 now_us = g_get_monotonic_time ();

  body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  if (body != NULL && soup_message_get_status (call->message) == SOUP_STATUS_ACCEPTED)
    {
      call->answered_us = now_us;
      tell_page (call);
      poll_later (g_steal_pointer (&task));
      return;
    }
  if (body != NULL && !SOUP_STATUS_IS_SERVER_ERROR (soup_message_get_status (call->message)))
    {
      take_decision (task, body);
      return;
    }

  if (error == NULL)
    error = make_status_error (call);
  if (herald_time_limit_is_over (call->poll_limit))
    {
      g_clear_error (&error);
      g_set_error (&error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("“%s” does not answer"),
                   get_host (call));
    }
  is_passing = g_error_matches (error, HERALD_ERROR, HERALD_ERROR_UNREACHABLE) ||
               g_error_matches (error, HERALD_ERROR, HERALD_ERROR_BUSY);

  /* A short break of the network need not cost the request. */
  if (is_passing && now_us - call->answered_us < POLL_GRACE_MS * G_TIME_SPAN_MILLISECOND &&
      !g_cancellable_is_cancelled (cancellable))
    poll_later (g_steal_pointer (&task));
  else
    return_error (task, error);
}

/* Takes the task. */
static void
poll_decision (GTask *task)
{
  KeyCall *call = g_task_get_task_data (task);
  GCancellable *whole = herald_time_limit_get_cancellable (call->limit);
  g_autofree char *path = g_strconcat (REQUEST_PATH "/", call->token, NULL);

  g_clear_pointer (&call->poll_limit, herald_time_limit_free);
  call->poll_limit = herald_time_limit_new (POLL_GRACE_MS, whole);
  send_step (task, SOUP_METHOD_GET, path, NULL,
             herald_time_limit_get_cancellable (call->poll_limit), on_poll_ready);
}

/* The second step */

static void
on_request_ready (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  KeyCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(JsonNode) answer = NULL;

  body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  if (body == NULL)
    {
      return_error (task, error);
      return;
    }

  if (soup_message_get_status (call->message) == SOUP_STATUS_CREATED)
    {
      answer = parse_object (body);
      call->token = dup_token (answer, "app_token");
    }
  if (call->token == NULL)
    {
      error = make_status_error (call);
      return_error (task, error);
      return;
    }

  call->has_dialog = json_object_has_member (json_node_get_object (answer), "auth_dialog");
  call->answered_us = g_get_monotonic_time ();
  poll_decision (g_steal_pointer (&task));
}

/* Takes the task. Never repeated by itself: each one counts against a limit of three a minute. */
static void
request_key (GTask *task)
{
  KeyCall *call = g_task_get_task_data (task);
  g_autoptr(HeraldValues) values = herald_values_new ();
  g_autofree char *json = NULL;

  herald_values_set (values, "app", call->app_name);
  json = herald_values_to_json (values);
  send_step (task, SOUP_METHOD_POST, REQUEST_PATH, json,
             herald_time_limit_get_cancellable (call->limit), on_request_ready);
}

/* The first step */

static void
on_probe_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  KeyCall *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;

  body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  if (body == NULL)
    {
      return_error (task, error);
    }
  else if (status == SOUP_STATUS_NO_CONTENT)
    {
      request_key (g_steal_pointer (&task));
    }
  else if (status == SOUP_STATUS_NOT_FOUND)
    {
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_SETTINGS,
                               _("This server gives no keys: in OctoPrint the plugin “Application "
                                 "Keys” is switched off. Create a key in OctoPrint’s settings and "
                                 "enter it here"));
    }
  else
    {
      error = make_status_error (call);
      return_error (task, error);
    }
}

/**
 * herald_application_key_request_async:
 * @app_name: what OctoPrint shows to the person who decides; the same name gets the same key again
 * @on_page: (nullable): told the page once the request waits there
 *
 * Ends at the latest %HERALD_APPLICATION_KEY_LIMIT_S after it began.
 */
void
herald_application_key_request_async (HeraldOctoprintServer    *server,
                                      const char               *app_name,
                                      HeraldApplicationKeyFunc  on_page,
                                      gpointer                  page_data,
                                      GCancellable             *cancellable,
                                      GAsyncReadyCallback       callback,
                                      gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  KeyCall *call = g_new0 (KeyCall, 1);
  GCancellable *limited;

  call->server = g_object_ref (server);
  call->app_name = g_strdup (app_name);
  call->on_page = on_page;
  call->page_data = page_data;
  call->limit = herald_time_limit_new (HERALD_APPLICATION_KEY_LIMIT_S * 1000, cancellable);
  g_task_set_task_data (task, call, (GDestroyNotify) key_call_free);

  limited = herald_time_limit_get_cancellable (call->limit);
  send_step (g_steal_pointer (&task), SOUP_METHOD_GET, PROBE_PATH, NULL, limited, on_probe_ready);
}

/**
 * herald_application_key_request_finish:
 *
 * Returns: (transfer full): the key, or %NULL with a HERALD_ERROR
 */
char *
herald_application_key_request_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_application_key_make_name:
 *
 * Returns: (transfer full): the same on this computer whatever the language, because a new name
 *   would leave the old key behind
 */
char *
herald_application_key_make_name (void)
{
  g_autofree char *host = herald_text_clean (g_get_host_name (), APP_NAME_MAX_CHARS);

  return g_strdup_printf ("OctoHerald on %s", host);
}

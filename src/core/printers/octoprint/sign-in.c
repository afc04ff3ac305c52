/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-sign-in"

#include "core/printers/octoprint/sign-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/json-reader.h"
#include "core/base/log.h"
#include "core/base/text.h"

/* The largest answer here is a login with all its permissions, some 20 KB. */
#define ANSWER_MAX_BYTES (256 * 1024)

#define NAME_MAX_CHARS 255

/* Keys and sessions are 32 to 64 characters; each is kept for the log to be without it. */
#define SECRET_MAX_BYTES 1024

/* The three questions, in order. */
typedef enum
{
  STEP_CHECK_KEY,
  STEP_VERSION,
  STEP_LOGIN,
  STEP_END,
} Step;

static const struct
{
  const char *method;
  const char *path;
  const char *body;
} requests[] = {
  /* In every version the one answer that tells a good key from a bad one. */
  [STEP_CHECK_KEY] = { "GET", "/api/currentuser", NULL },
  [STEP_VERSION] = { "GET", "/api/version", NULL },
  [STEP_LOGIN] = { "POST", "/api/login", "{\"passive\":true}" },
};

typedef struct
{
  Step step;
  SoupMessage *message;
  HeraldSignIn *answer;
} SignInCall;

static void
sign_in_call_free (SignInCall *call)
{
  g_clear_object (&call->message);
  g_clear_pointer (&call->answer, herald_sign_in_free);
  g_free (call);
}

void
herald_sign_in_free (HeraldSignIn *self)
{
  g_free (self->user);
  g_free (self->version);
  g_free (self->session);
  g_free (self);
}

static GError *
bad_key (void)
{
  return g_error_new_literal (HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                              _("OctoPrint does not accept the key. Create a new one in OctoPrint’s settings"));
}

static GError *
error_from_status (SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  GError *error;

  if (status == SOUP_STATUS_FORBIDDEN || status == SOUP_STATUS_BAD_REQUEST)
    error = bad_key ();
  else if (status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE ||
           status == SOUP_STATUS_GATEWAY_TIMEOUT)
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_BUSY, _("OctoPrint on “%s” is starting or stopped"), host);
  else if (SOUP_STATUS_IS_SERVER_ERROR (status))
    error = g_error_new (HERALD_ERROR, HERALD_ERROR_BUSY, _("OctoPrint on “%s” has a problem of its own"), host);
  else
    error = herald_octoprint_server_make_stranger_error (message);
  herald_error_set_reply (error, (int) status, soup_message_get_reason_phrase (message));

  return error;
}

/* Without this permission OctoPrint lets us in and then says nothing at all.
 * A server that lists no permissions gets the benefit of the doubt. */
static gboolean
may_see_status (JsonObject *object)
{
  JsonArray *permissions = herald_json_get_array (object, "permissions");
  guint n_permissions = permissions != NULL ? json_array_get_length (permissions) : 0;

  for (guint i = 0; i < n_permissions; i++)
    {
      JsonNode *node = json_array_get_element (permissions, i);

      if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), "STATUS") == 0)
        return TRUE;
    }

  return n_permissions == 0;
}

static gboolean
take_user (SignInCall  *call,
           JsonObject  *object,
           GError     **error)
{
  const char *name;

  if (!json_object_has_member (object, "name"))
    {
      g_propagate_error (error, herald_octoprint_server_make_stranger_error (call->message));
      return FALSE;
    }
  if (!herald_json_get_string (object, "name", &name))
    {
      g_propagate_error (error, bad_key ());
      return FALSE;
    }

  if (!may_see_status (object))
    {
      g_set_error_literal (error, HERALD_ERROR, HERALD_ERROR_UNAUTHORIZED,
                           _("The key is good, but OctoPrint does not let its owner see the printer. "
                             "Give that account the permission “Status”"));
      return FALSE;
    }

  call->answer->user = herald_text_clean (name, NAME_MAX_CHARS);
  return TRUE;
}

static void
take_version (SignInCall *call,
              JsonObject *object)
{
  const char *version;

  if (herald_json_get_string (object, "server", &version))
    {
      g_free (call->answer->version);
      call->answer->version = herald_text_clean (version, NAME_MAX_CHARS);
    }
}

/* The answer holds the user's own key beside the session: nothing of it may reach a log. */
static gboolean
take_session (SignInCall  *call,
              JsonObject  *object,
              GError     **error)
{
  const char *session;
  const char *own_key;

  if (herald_json_get_string (object, "apikey", &own_key) && strlen (own_key) <= SECRET_MAX_BYTES)
    herald_log_add_secret (own_key);
  if (!herald_json_get_string (object, "session", &session) || strlen (session) > SECRET_MAX_BYTES)
    {
      g_propagate_error (error, herald_octoprint_server_make_stranger_error (call->message));
      return FALSE;
    }

  herald_log_add_passing_secret (session);
  call->answer->session = g_strdup (session);
  return TRUE;
}

static gboolean
take_answer (SignInCall  *call,
             GBytes      *body,
             GError     **error)
{
  guint status = soup_message_get_status (call->message);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  /* A key that may not see the version can still be a good key. */
  if (call->step == STEP_VERSION && status == SOUP_STATUS_FORBIDDEN)
    return TRUE;

  if (status != SOUP_STATUS_OK)
    {
      g_propagate_error (error, error_from_status (call->message));
      return FALSE;
    }

  node = herald_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_propagate_error (error, herald_octoprint_server_make_stranger_error (call->message));
      return FALSE;
    }
  object = json_node_get_object (node);

  switch (call->step)
    {
    case STEP_CHECK_KEY:
      return take_user (call, object, error);
    case STEP_VERSION:
      take_version (call, object);
      return TRUE;
    case STEP_LOGIN:
      return take_session (call, object, error);
    case STEP_END:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void ask (GTask *task);

static void
on_answer_ready (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SignInCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;

  body = herald_octoprint_server_send_finish (HERALD_OCTOPRINT_SERVER (object), result, &error);
  if (body == NULL || !take_answer (call, body, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call->step++;
  if (call->step == STEP_END)
    g_task_return_pointer (task, g_steal_pointer (&call->answer), (GDestroyNotify) herald_sign_in_free);
  else
    ask (g_steal_pointer (&task));
}

/* Takes the task. */
static void
ask (GTask *task)
{
  HeraldOctoprintServer *server = g_task_get_source_object (task);
  SignInCall *call = g_task_get_task_data (task);

  g_clear_object (&call->message);
  call->message = herald_octoprint_server_make_message (server, HERALD_OCTOPRINT_WITH_KEY,
                                                        requests[call->step].method, requests[call->step].path);
  if (requests[call->step].body != NULL)
    herald_octoprint_server_set_json_body (call->message, requests[call->step].body);

  herald_octoprint_server_send_async (server, call->message, ANSWER_MAX_BYTES, g_task_get_cancellable (task),
                                      on_answer_ready, task);
}

/**
 * herald_sign_in_async:
 * @server: with its key
 *
 * Checks the key, asks for the version and logs in passively, which gives the
 * session the push socket wants. Leaves no cookie behind.
 */
void
herald_sign_in_async (HeraldOctoprintServer *server,
                      GCancellable          *cancellable,
                      GAsyncReadyCallback    callback,
                      gpointer               user_data)
{
  g_autoptr(GTask) task = g_task_new (server, cancellable, callback, user_data);
  SignInCall *call = g_new0 (SignInCall, 1);

  call->answer = g_new0 (HeraldSignIn, 1);
  call->answer->version = g_strdup ("");
  g_task_set_task_data (task, call, (GDestroyNotify) sign_in_call_free);

  ask (g_steal_pointer (&task));
}

/**
 * herald_sign_in_finish:
 *
 * Returns: (transfer full): the answer, or %NULL with a HERALD_ERROR: UNAUTHORIZED
 *   for a bad key or a proxy's login, BUSY while OctoPrint starts, UNTRUSTED for a
 *   certificate, PROTOCOL if it is something else
 */
HeraldSignIn *
herald_sign_in_finish (GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

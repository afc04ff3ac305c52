/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-http-client"

#include "core/net/http-client.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/net/time-limit.h"

/* A server on the same network that is silent for so long is not going to answer. */
#define IO_TIMEOUT_S 15

/* One request from start to end, however slowly the bytes drip. */
#define TOTAL_TIMEOUT_S 30

/* Questions come in a burst or not at all; beside its socket a printer costs no second connection.
 * Nobody may ask at intervals of just so long: libsoup 3.2 never answers a request that is made in the moment
 * in which its connection is given up, not even when it is cancelled. */
#define IDLE_TIMEOUT_S 13

#define CHUNK_BYTES (32 * 1024)

/* libsoup's ten in all, two for each host, would let ten printers that do not answer hold up all
 * others; and it counts websockets, which stay. What is sent at once is limited below. */
#define CONNECTIONS_MAX 100000

/* A thousand printers that all connect at once, e.g. when a router comes back, would take libsoup
 * minutes: with each request it walks through all the others. So some go first. */
#define IN_FLIGHT_MAX 64

/* Under which the session for requests without a pin is kept */
#define NO_PIN ""

/**
 * HeraldHttpClient:
 *
 * Requests with limits: on the time they take, on the bytes they bring, and
 * no redirects, because those would carry a key to another server (reliability
 * note F1). Keeps no cookies, and shares connections only among requests that
 * trust the same key. Says in plain words why a request failed.
 */
struct _HeraldHttpClient
{
  GObject parent_instance;

  guint silence_s;
  guint total_s;

  /* From the pin of a request to its session */
  GHashTable *sessions;

  /* Requests that wait until others are over: GTask */
  GQueue waiting;
  guint n_in_flight;
};

G_DEFINE_FINAL_TYPE (HeraldHttpClient, herald_http_client, G_TYPE_OBJECT)

/* One request in flight. */
typedef struct
{
  HeraldHttpClient *client;
  SoupMessage *message;
  gsize max_bytes;
  HeraldTimeLimit *limit;
  GInputStream *stream;
  GByteArray *body;
} SendCall;

static void start_waiting (HeraldHttpClient *self);

static void
send_call_free (SendCall *call)
{
  g_autoptr(HeraldHttpClient) client = g_steal_pointer (&call->client);

  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_object (&call->message);
  g_clear_object (&call->stream);
  g_clear_pointer (&call->body, g_byte_array_unref);
  g_free (call);
  if (client == NULL)
    return;

  client->n_in_flight--;
  start_waiting (client);
}

static void
return_failure (GTask  *task,
                GError *error)
{
  SendCall *call = g_task_get_task_data (task);

  if (herald_time_limit_is_over (call->limit))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("“%s” answers too slowly"),
                             g_uri_get_host (soup_message_get_uri (call->message)));
  else
    g_task_return_error (task, herald_http_client_translate_error (error, call->message));
}

static void read_next (GTask *task);

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = NULL;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  if (chunk == NULL)
    {
      return_failure (task, error);
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&call->body)),
                             (GDestroyNotify) g_bytes_unref);
      return;
    }

  if (call->body->len + g_bytes_get_size (chunk) > call->max_bytes)
    {
      g_cancellable_cancel (herald_time_limit_get_cancellable (call->limit));
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_PROTOCOL,
                               _("The answer of “%s” is too large"),
                               g_uri_get_host (soup_message_get_uri (call->message)));
      return;
    }

  g_byte_array_append (call->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  read_next (g_steal_pointer (&task));
}

static void
read_next (GTask *task)
{
  SendCall *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (call->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   herald_time_limit_get_cancellable (call->limit), on_read_ready, task);
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  SendCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (call->stream == NULL)
    return_failure (task, error);
  else
    read_next (g_steal_pointer (&task));
}

static void
abort_session (gpointer pin,
               gpointer session,
               gpointer user_data)
{
  soup_session_abort (SOUP_SESSION (session));
}

/* Takes the task. */
static void
start (HeraldHttpClient *self,
       GTask            *task)
{
  SendCall *call = g_task_get_task_data (task);

  self->n_in_flight++;
  call->client = g_object_ref (self);
  call->limit = herald_time_limit_new (self->total_s * 1000, g_task_get_cancellable (task));
  soup_session_send_async (herald_http_client_get_session (self, call->message), call->message, G_PRIORITY_DEFAULT,
                           herald_time_limit_get_cancellable (call->limit), on_send_ready, task);
}

static void
start_waiting (HeraldHttpClient *self)
{
  while (self->n_in_flight < IN_FLIGHT_MAX && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr(GTask) task = g_queue_pop_head (&self->waiting);

      if (!g_task_return_error_if_cancelled (task))
        start (self, g_steal_pointer (&task));
    }
}

/* GObject */

static void
herald_http_client_dispose (GObject *object)
{
  HeraldHttpClient *self = HERALD_HTTP_CLIENT (object);

  if (self->sessions != NULL)
    g_hash_table_foreach (self->sessions, abort_session, NULL);
  g_clear_pointer (&self->sessions, g_hash_table_unref);

  G_OBJECT_CLASS (herald_http_client_parent_class)->dispose (object);
}

static void
herald_http_client_class_init (HeraldHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = herald_http_client_dispose;
}

static void
herald_http_client_init (HeraldHttpClient *self)
{
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

HeraldHttpClient *
herald_http_client_new (void)
{
  return herald_http_client_new_patient (IO_TIMEOUT_S, TOTAL_TIMEOUT_S);
}

/**
 * herald_http_client_new_patient:
 * @silence_s: how long a server may be silent
 * @total_s: how long a request may take from start to end
 *
 * Returns: (transfer full): a client for requests that bring much, or that nobody may send twice
 */
HeraldHttpClient *
herald_http_client_new_patient (guint silence_s,
                                guint total_s)
{
  HeraldHttpClient *self = g_object_new (HERALD_TYPE_HTTP_CLIENT, NULL);

  self->silence_s = silence_s;
  self->total_s = total_s;

  return self;
}

/**
 * herald_http_client_get_session:
 * @message: a request that is not sent by this client (websockets)
 *
 * A connection was made for one pin or for none, and whoever reuses it is not asked again. So each
 * pin has a session of its own, which knows no authorities: its requests decide by the pin alone.
 *
 * Returns: the session to send it through
 */
SoupSession *
herald_http_client_get_session (HeraldHttpClient *self,
                                SoupMessage      *message)
{
  const char *pin = herald_certificate_get_pin (message);
  const char *name = pin != NULL ? pin : NO_PIN;
  SoupSession *session = g_hash_table_lookup (self->sessions, name);

  if (session == NULL)
    {
      session = soup_session_new_with_options ("timeout", self->silence_s,
                                               "idle-timeout", IDLE_TIMEOUT_S,
                                               "max-conns", CONNECTIONS_MAX,
                                               "max-conns-per-host", CONNECTIONS_MAX,
                                               "user-agent", "OctoHerald/" HERALD_VERSION,
                                               NULL);
      if (pin != NULL)
        soup_session_set_tls_database (session, NULL);
      g_hash_table_insert (self->sessions, g_strdup (name), session);
    }

  return session;
}

/**
 * herald_http_client_send_async:
 * @message: a request; its flags are set here
 * @max_bytes: the largest body that is taken
 *
 * Sends @message and reads the answer, whatever its status.
 */
void
herald_http_client_send_async (HeraldHttpClient    *self,
                               SoupMessage         *message,
                               gsize                max_bytes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  SendCall *call = g_new0 (SendCall, 1);

  g_task_set_task_data (task, call, (GDestroyNotify) send_call_free);
  call->message = g_object_ref (message);
  call->max_bytes = max_bytes;
  call->body = g_byte_array_new ();
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  start_waiting (self);
}

/**
 * herald_http_client_send_finish:
 *
 * Returns: (transfer full): the body; the status is in the message. %NULL with
 *   a HERALD_ERROR if there was no whole answer
 */
GBytes *
herald_http_client_send_finish (HeraldHttpClient  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GError *
make_refusal (const char *host)
{
  GError *error = g_error_new (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                               _("“%s” is there, but no server answers at this address"), host);

  herald_error_set_reply (error, 0, HERALD_HTTP_REFUSED);

  return error;
}

/* Returns (transfer full) (nullable): NULL if the line broke within the handshake, which GIO calls no TLS */
static GError *
make_tls_error (const GError *error,
                SoupMessage  *message,
                const char   *host)
{
  if (error->code == G_TLS_ERROR_NOT_TLS || error->code == G_TLS_ERROR_EOF)
    return NULL;
  if (error->code == G_TLS_ERROR_BAD_CERTIFICATE || soup_message_get_tls_peer_certificate_errors (message) != 0)
    return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED, _("The certificate of “%s” cannot be trusted"), host);

  return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                      _("“%s” offers no encrypted connection that can be used"), host);
}

/**
 * herald_http_client_translate_error:
 * @error: what libsoup or GIO reported
 * @message: the request
 *
 * Returns: (transfer full): the same in plain words, as a HERALD_ERROR; cancellation stays what it is
 */
GError *
herald_http_client_translate_error (const GError *error,
                                    SoupMessage  *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  GError *tls_error = error->domain == G_TLS_ERROR ? make_tls_error (error, message, host) : NULL;

  if (tls_error != NULL)
    return tls_error;
  if (error->domain == HERALD_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                        _("No computer called “%s” can be found on the network"), host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return make_refusal (host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_error_new (HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("“%s” does not answer"), host);
  if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
      g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    return g_error_new (HERALD_ERROR, HERALD_ERROR_PROTOCOL, _("The answer of “%s” makes no sense"), host);

  return g_error_new (HERALD_ERROR, HERALD_ERROR_UNREACHABLE,
                      _("The connection to “%s” broke off"), host);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-http-portion"

#include "core/net/http-portion.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/net/address-guard.h"
#include "core/net/time-limit.h"

#define CHUNK_BYTES (32 * 1024)

/* What is thrown away of an answer whose beginning nobody has asked for, from a server that knows no Range */
#define SKIP_MAX_BYTES (32 * 1024 * 1024)

typedef struct
{
  SoupMessage *message;
  HeraldHttpPortion portion;
  HeraldTimeLimit *limit;
  GInputStream *stream;
  GByteArray *body;
  gint64 n_to_skip;
  gint64 n_received;
} ReadCall;

static void
read_call_free (ReadCall *call)
{
  g_clear_object (&call->message);
  g_clear_pointer (&call->limit, herald_time_limit_free);
  g_clear_object (&call->stream);
  g_clear_pointer (&call->body, g_byte_array_unref);
  g_free (call);
}

static void
return_failure (GTask        *task,
                const GError *error)
{
  ReadCall *call = g_task_get_task_data (task);

  if (herald_address_guard_has_refused (call->message))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                             _("“%s” is an address that only the server itself may use"),
                             g_uri_get_host (soup_message_get_uri (call->message)));
  else if (herald_time_limit_is_over (call->limit))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("“%s” answers too slowly"),
                             g_uri_get_host (soup_message_get_uri (call->message)));
  else
    g_task_return_error (task, g_error_copy (error));
}

/* Takes the body; what is still on its way is given up. */
static void
return_body (GTask *task)
{
  ReadCall *call = g_task_get_task_data (task);
  GBytes *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&call->body));

  g_cancellable_cancel (herald_time_limit_get_cancellable (call->limit));
  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

/* libsoup 3.2 calls an answer that breaks off complete. */
static gboolean
is_cut (ReadCall *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         call->n_received < soup_message_headers_get_content_length (headers);
}

static void
return_end (GTask *task)
{
  ReadCall *call = g_task_get_task_data (task);

  if (is_cut (call))
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNREACHABLE, _("The connection to “%s” broke off"),
                             g_uri_get_host (soup_message_get_uri (call->message)));
  else
    return_body (task);
}

static void
return_too_large (GTask *task)
{
  ReadCall *call = g_task_get_task_data (task);

  g_cancellable_cancel (herald_time_limit_get_cancellable (call->limit));
  g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED, _("What “%s” sends is too large"),
                           g_uri_get_host (soup_message_get_uri (call->message)));
}

/* Returns whether nothing more is wanted. */
static gboolean
take_chunk (ReadCall *call,
            GBytes   *chunk)
{
  const guint8 *data = g_bytes_get_data (chunk, NULL);
  gsize length = g_bytes_get_size (chunk);
  gsize skipped = (gsize) MIN (call->n_to_skip, (gint64) length);
  gsize room = call->portion.max_bytes - call->body->len;

  call->n_received += (gint64) length;
  call->n_to_skip -= (gint64) skipped;
  data += skipped;
  length = MIN (length - skipped, room);
  if (length == 0)
    return room == 0;

  g_byte_array_append (call->body, data, (guint) length);

  return (call->portion.enough != NULL && call->portion.enough (call->body, call->portion.enough_data)) ||
         (!call->portion.whole && call->body->len == call->portion.max_bytes);
}

static void read_next (GTask *task);

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  ReadCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    return_failure (task, error);
  else if (g_bytes_get_size (chunk) == 0)
    return_end (task);
  else if (call->portion.whole && call->body->len + g_bytes_get_size (chunk) > call->portion.max_bytes)
    return_too_large (task);
  else if (take_chunk (call, chunk))
    return_body (task);
  else
    read_next (g_steal_pointer (&task));
}

static void
read_next (GTask *task)
{
  ReadCall *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (call->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   herald_time_limit_get_cancellable (call->limit), on_read_ready, task);
}

/* Returns whether what follows is, or contains, what was asked for. */
static gboolean
check_position (ReadCall *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  gint64 offset = call->portion.offset;
  goffset begin;
  goffset end;
  goffset length;

  if (soup_message_get_status (call->message) == SOUP_STATUS_PARTIAL_CONTENT)
    {
      if (!soup_message_headers_get_content_range (headers, &begin, &end, &length))
        return FALSE;
      /* Of the end nobody knows where it begins, unless the server says how long it all is */
      return offset >= 0 ? begin == offset : length <= 0 || begin == MAX (length + offset, 0);
    }

  length = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
             ? soup_message_headers_get_content_length (headers)
             : -1;
  if (offset < 0 && length < 0)
    return FALSE;

  call->n_to_skip = offset >= 0 ? offset : MAX (length + offset, 0);

  return call->n_to_skip <= SKIP_MAX_BYTES;
}

static void
on_send_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  ReadCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  guint status;

  call->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (call->stream == NULL)
    {
      return_failure (task, error);
      return;
    }

  status = soup_message_get_status (call->message);
  if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    return_body (task);
  else if (!check_position (call))
    {
      g_cancellable_cancel (herald_time_limit_get_cancellable (call->limit));
      g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_REJECTED,
                               _("“%s” cannot send a part of a file"),
                               g_uri_get_host (soup_message_get_uri (call->message)));
    }
  else
    read_next (g_steal_pointer (&task));
}

static void
ask_for_range (SoupMessage             *message,
               const HeraldHttpPortion *portion)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (portion->offset < 0)
    soup_message_headers_set_range (headers, portion->offset, -1);
  else
    soup_message_headers_set_range (headers, portion->offset, portion->offset + (goffset) portion->max_bytes - 1);
}

void
herald_http_portion_read_async (HeraldHttpClient        *http,
                                SoupMessage             *message,
                                const HeraldHttpPortion *portion,
                                const guint             *allowed,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (http, cancellable, callback, user_data);
  ReadCall *call = g_new0 (ReadCall, 1);

  g_return_if_fail (portion->max_bytes > 0 && portion->limit_ms > 0);

  g_task_set_task_data (task, call, (GDestroyNotify) read_call_free);
  /* What is told is what came of it: a caller's cancelling comes as the error of the transfer */
  g_task_set_check_cancellable (task, FALSE);
  call->message = g_object_ref (message);
  call->portion = *portion;
  call->body = g_byte_array_new ();
  call->limit = herald_time_limit_new (portion->limit_ms, cancellable);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (portion->ranged)
    ask_for_range (message, portion);
  if (allowed != NULL)
    herald_address_guard (message, (HeraldAddresses) *allowed, herald_time_limit_get_cancellable (call->limit));

  soup_session_send_async (herald_http_client_get_session (http, message), message, G_PRIORITY_DEFAULT,
                           herald_time_limit_get_cancellable (call->limit), on_send_ready, g_steal_pointer (&task));
}

GBytes *
herald_http_portion_read_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-connection"

#include "core/net/smtp-connection.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "core/base/error.h"
#include "core/net/smtp-endpoint.h"
#include "core/net/smtp-handshake.h"
#include "core/net/time-limit.h"

#define READ_BYTES 4096

/**
 * HeraldSmtpConnection:
 *
 * The line to a mail server: sends a command and collects the one reply to it, within a time
 * limit, in the clear or through TLS. One operation at a time. After an error it is of no use
 * any more.
 */
struct _HeraldSmtpConnection
{
  GObject parent_instance;

  GSocketConnection *socket;
  GIOStream *stream;
  gboolean loopback; /* asked at once: a broken connection no longer tells whom it led to */
  gboolean encrypted;
  gboolean has_exchanged;
  char buffer[READ_BYTES];
  gsize buffer_start;
  gsize buffer_end;
};

G_DEFINE_FINAL_TYPE (HeraldSmtpConnection, herald_smtp_connection, G_TYPE_OBJECT)

/* One operation and its time limit. */
typedef struct
{
  GBytes *bytes;
  gsize n_written;
  HeraldSmtpParser *parser;
  gboolean early;

  HeraldTimeLimit *limit;
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->limit, herald_time_limit_free);
  g_clear_pointer (&operation->bytes, g_bytes_unref);
  g_clear_pointer (&operation->parser, herald_smtp_parser_free);
  g_free (operation);
}

static GTask *
start_operation (HeraldSmtpConnection *self,
                 GBytes               *bytes,
                 guint                 limit_ms,
                 GCancellable         *cancellable,
                 GAsyncReadyCallback   callback,
                 gpointer              user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  operation->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  operation->limit = herald_time_limit_new (limit_ms, cancellable);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  return task;
}

static void
return_failure (GTask  *task,
                GError *error)
{
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  /* Once there is encryption, TLS complains only of what was cut short. */
  if (self->encrypted && error->domain == G_TLS_ERROR)
    {
      g_error_free (error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "cut short");
    }
  if (herald_time_limit_is_over (operation->limit) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer in time");
    }
  g_task_return_error (task, error);
}

/* Reading */

static void read_more (GTask *task);

/* Returns TRUE when the task was answered. */
static gboolean
parse_buffer (GTask *task)
{
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  HeraldSmtpReply *reply;
  gsize used = 0;

  reply = herald_smtp_parser_feed (operation->parser, self->buffer + self->buffer_start,
                                   self->buffer_end - self->buffer_start, &used, &error);
  self->buffer_start += used;

  if (error != NULL)
    return_failure (task, g_steal_pointer (&error));
  else if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) herald_smtp_reply_free);
  else
    return FALSE;

  return TRUE;
}

static void
on_read_ready (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (n_read < 0)
    return_failure (task, error);
  else if (n_read == 0)
    return_failure (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                               "the other side hung up"));
  else
    {
      self->buffer_start = 0;
      self->buffer_end = (gsize) n_read;
      if (!parse_buffer (task))
        read_more (g_steal_pointer (&task));
    }
}

static void
read_more (GTask *task)
{
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->buffer,
                             sizeof self->buffer, G_PRIORITY_DEFAULT, herald_time_limit_get_cancellable (operation->limit),
                             on_read_ready, task);
}

static void
read_reply (GTask *task)
{
  g_autoptr(GTask) owned_task = task;
  Operation *operation = g_task_get_task_data (task);

  operation->parser = herald_smtp_parser_new ();
  if (!parse_buffer (task))
    read_more (g_steal_pointer (&owned_task));
}

/* Writing */

static void write_more (GTask *task);

/* Returns TRUE when all is written. */
static gboolean
note_written (Operation *operation,
              gsize      n_written)
{
  operation->n_written += n_written;
  herald_time_limit_restart (operation->limit);

  return operation->n_written == g_bytes_get_size (operation->bytes);
}

/* Takes the task. */
static void
end_writing (GTask *task)
{
  if (g_task_get_source_tag (task) != herald_smtp_connection_write_async)
    {
      read_reply (task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_write_ready (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n_written = g_output_stream_write_finish (G_OUTPUT_STREAM (object), result, &error);

  if (n_written < 0)
    return_failure (task, error);
  else if (note_written (operation, (gsize) n_written))
    end_writing (g_steal_pointer (&task));
  else
    write_more (g_steal_pointer (&task));
}

/* Takes the task. What the network takes at once, as nearly always, needs no turn of the main loop. */
static void
write_more (GTask *task)
{
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  gsize size = 0;
  const char *data = g_bytes_get_data (operation->bytes, &size);
  GCancellable *cancellable = herald_time_limit_get_cancellable (operation->limit);
  gssize n_written;

  n_written = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output),
                                                          data + operation->n_written, size - operation->n_written,
                                                          cancellable, NULL);
  if (n_written > 0 && note_written (operation, (gsize) n_written))
    {
      end_writing (task);
      return;
    }

  g_output_stream_write_async (output, data + operation->n_written, size - operation->n_written,
                               G_PRIORITY_DEFAULT, cancellable, on_write_ready, task);
}

/* GObject */

static void
herald_smtp_connection_finalize (GObject *object)
{
  HeraldSmtpConnection *self = HERALD_SMTP_CONNECTION (object);

  /* Not g_io_stream_close(): that of TLS waits for the network. Dropping the last reference
   * closes the socket. */
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (herald_smtp_connection_parent_class)->finalize (object);
}

static void
herald_smtp_connection_class_init (HeraldSmtpConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = herald_smtp_connection_finalize;
}

static void
herald_smtp_connection_init (HeraldSmtpConnection *self)
{
}

/**
 * herald_smtp_connection_new:
 * @socket: connected
 */
HeraldSmtpConnection *
herald_smtp_connection_new (GSocketConnection *socket)
{
  HeraldSmtpConnection *self = g_object_new (HERALD_TYPE_SMTP_CONNECTION, NULL);

  self->socket = g_object_ref (socket);
  self->stream = g_object_ref (G_IO_STREAM (socket));
  self->loopback = herald_smtp_endpoint_is_loopback (socket);

  /* Everything is written in one piece, so Nagle's algorithm could only hold back the short
   * commands. That it cannot be switched off does not matter. */
  g_socket_set_option (g_socket_connection_get_socket (socket), IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  return self;
}

static void
on_handshake_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  HeraldSmtpConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  GIOStream *encrypted = herald_smtp_handshake_finish (result, &error);

  if (encrypted == NULL)
    {
      return_failure (task, error);
      return;
    }

  g_object_unref (self->stream);
  self->stream = encrypted;
  self->encrypted = TRUE;
  g_task_return_boolean (task, TRUE);
}

/**
 * herald_smtp_connection_start_tls_async:
 * @server: who must prove to be there
 * @authorities: (nullable): whom to trust; %NULL for the system's authorities
 * @pin: (nullable): the fingerprint of the only key to accept
 * @limit_ms: how long it may take
 *
 * Encrypts from here on. Refuses if the server has said something that nobody has read: whoever
 * sits in between could have put it there to be taken for protected words (RFC 3207 6).
 */
void
herald_smtp_connection_start_tls_async (HeraldSmtpConnection *self,
                                        GSocketConnectable   *server,
                                        GTlsDatabase         *authorities,
                                        const char           *pin,
                                        guint                 limit_ms,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data)
{
  g_autoptr(GTask) task = start_operation (self, NULL, limit_ms, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  /* At the very start that is a server which does not encrypt from the start; the handshake says so. */
  if (self->has_exchanged && herald_smtp_connection_has_spoken (self) && self->buffer_start < self->buffer_end)
    g_task_return_new_error (task, HERALD_ERROR, HERALD_ERROR_UNTRUSTED, "%s",
                             _("Somebody between this computer and the mail server tampers with the encryption. "
                               "Nothing was sent."));
  else
    herald_smtp_handshake_async (G_IO_STREAM (self->socket), server, authorities, pin,
                                 herald_time_limit_get_cancellable (operation->limit), on_handshake_ready,
                                 g_steal_pointer (&task));
}

gboolean
herald_smtp_connection_start_tls_finish (HeraldSmtpConnection  *self,
                                         GAsyncResult          *result,
                                         GError               **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * herald_smtp_connection_exchange_async:
 * @command: (nullable): what to send, with its line end; %NULL to only listen
 * @limit_ms: how long the complete reply may take, however slowly it drips
 *
 * A server that has spoken before it was asked is not sent anything; its words are the reply.
 */
void
herald_smtp_connection_exchange_async (HeraldSmtpConnection *self,
                                       GBytes               *command,
                                       guint                 limit_ms,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  GTask *task = start_operation (self, command, limit_ms, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  self->has_exchanged = TRUE;
  operation->early = command != NULL && herald_smtp_connection_has_spoken (self);
  if (command == NULL || operation->early)
    read_reply (task);
  else
    write_more (task);
}

/**
 * herald_smtp_connection_exchange_finish:
 * @early: (out) (optional): whether the reply came unasked and the command was not sent
 *
 * Returns: (transfer full): the reply, whatever it says; %NULL with HERALD_ERROR_PROTOCOL if it
 *   is none, or with an error of GIO
 */
HeraldSmtpReply *
herald_smtp_connection_exchange_finish (HeraldSmtpConnection  *self,
                                        GAsyncResult          *result,
                                        gboolean              *early,
                                        GError               **error)
{
  Operation *operation = g_task_get_task_data (G_TASK (result));

  if (early != NULL)
    *early = operation->early;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * herald_smtp_connection_write_async:
 * @limit_ms: how long nothing may move
 *
 * Sends @bytes without expecting an answer.
 */
void
herald_smtp_connection_write_async (HeraldSmtpConnection *self,
                                    GBytes               *bytes,
                                    guint                 limit_ms,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  GTask *task = start_operation (self, bytes, limit_ms, cancellable, callback, user_data);

  g_task_set_source_tag (task, herald_smtp_connection_write_async);
  write_more (task);
}

gboolean
herald_smtp_connection_write_finish (HeraldSmtpConnection  *self,
                                     GAsyncResult          *result,
                                     GError               **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * herald_smtp_connection_has_spoken:
 *
 * Returns: whether the server has said something unasked, or hung up. Does not wait.
 */
gboolean
herald_smtp_connection_has_spoken (HeraldSmtpConnection *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  g_autoptr(GError) error = NULL;
  gssize n_read;

  if (self->buffer_start < self->buffer_end)
    return TRUE;

  n_read = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input),
                                                     self->buffer, sizeof self->buffer,
                                                     NULL, &error);
  self->buffer_start = 0;
  self->buffer_end = (gsize) MAX (n_read, 0);

  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

gboolean
herald_smtp_connection_is_encrypted (HeraldSmtpConnection *self)
{
  return self->encrypted;
}

/**
 * herald_smtp_connection_is_loopback:
 *
 * Returns: whether the other end is on this very computer, so that nobody can listen in
 */
gboolean
herald_smtp_connection_is_loopback (HeraldSmtpConnection *self)
{
  return self->loopback;
}

/**
 * herald_smtp_connection_close:
 *
 * Hangs up at once, without a word.
 */
void
herald_smtp_connection_close (HeraldSmtpConnection *self)
{
  g_socket_close (g_socket_connection_get_socket (self->socket), NULL);
}

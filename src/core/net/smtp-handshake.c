/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-smtp-handshake"

#include "core/net/smtp-handshake.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/socket.h>

#include "core/base/error.h"
#include "core/net/certificate.h"
#include "core/net/smtp-verdict.h"

/* More than enough to tell words from what is encrypted */
#define GREETING_MAX_BYTES 64

/* A handshake under way. */
typedef struct
{
  GIOStream *stream;
  GSocketConnectable *server;
  GTlsDatabase *authorities;
  char *pin;
  GTlsCertificateFlags problems;
  HeraldCertificate *refused;
} Handshake;

static void
handshake_free (Handshake *handshake)
{
  g_clear_object (&handshake->stream);
  g_clear_object (&handshake->server);
  g_clear_object (&handshake->authorities);
  g_free (handshake->pin);
  g_clear_pointer (&handshake->refused, herald_certificate_unref);
  g_free (handshake);
}

/* Asked always if there is a pin, because no authority is known then, and else if those do not
 * vouch for the server. */
static gboolean
on_accept_certificate (GTlsConnection       *tls,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  problems,
                       gpointer              user_data)
{
  Handshake *handshake = g_task_get_task_data (G_TASK (user_data));
  g_autoptr(HeraldCertificate) shown = herald_certificate_read (certificate, NULL);

  if (shown != NULL && g_strcmp0 (shown->fingerprint, handshake->pin) == 0)
    return TRUE;

  handshake->problems = problems;
  g_clear_pointer (&handshake->refused, herald_certificate_unref);
  handshake->refused = g_steal_pointer (&shown);

  return FALSE;
}

static GError *
make_untrusted_error (Handshake *handshake)
{
  g_autoptr(GError) verdict = herald_smtp_verdict_on_certificate (handshake->problems);

  if (handshake->refused == NULL)
    return g_steal_pointer (&verdict);

  if (handshake->pin != NULL)
    return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                        /* Translators: two fingerprints */
                        _("The mail server shows another key than the one you trusted. Nothing was sent. You trusted "
                          "%s, it shows %s. Somebody may be pretending to be your server. If you know that it has a "
                          "new key, enter the new fingerprint as the channel’s certificate."),
                        handshake->pin, handshake->refused->fingerprint);

  return g_error_new (HERALD_ERROR, HERALD_ERROR_UNTRUSTED,
                      /* Translators: what is wrong with a certificate, whom it is made out to, its fingerprint */
                      _("%s It is made out to “%s” and its fingerprint is %s. If it is the certificate of your own "
                        "server, trust it by entering this fingerprint as the channel’s certificate."),
                      verdict->message, handshake->refused->subject, handshake->refused->fingerprint);
}

/* Whether it is the key that was asked for, come what may. */
static gboolean
is_pinned (GTlsConnection *tls,
           const char     *pin)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tls);
  g_autoptr(HeraldCertificate) shown = certificate != NULL ? herald_certificate_read (certificate, NULL) : NULL;

  return shown != NULL && g_strcmp0 (shown->fingerprint, pin) == 0;
}

static GSocket *
ref_socket (GTlsConnection *tls)
{
  g_autoptr(GIOStream) stream = NULL;

  g_object_get (tls, "base-io-stream", &stream, NULL);

  return g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
}

/* GIO calls it no TLS if the connection broke within the handshake. Whoever does not speak TLS has
 * said something else, which still lies there to be read, and waits. */
static gboolean
is_connection_lost (GTlsConnection *tls,
                    const GError   *error)
{
  g_autoptr(GSocket) socket = ref_socket (tls);
  char byte = 0;

  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    return FALSE;
  if ((g_socket_condition_check (socket, G_IO_IN) & (G_IO_HUP | G_IO_ERR)) != 0)
    return TRUE;

  errno = 0;
  return recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0 && errno != EAGAIN;
}

/* For GnuTLS a greeting is some unexpected packet; of that it has read the head, and the words are left. */
static gboolean
is_greeted (GTlsConnection *tls,
            const GError   *error)
{
  g_autoptr(GSocket) socket = ref_socket (tls);
  char words[GREETING_MAX_BYTES] = { 0 };
  gssize n_read;

  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_MISC))
    return FALSE;

  n_read = recv (g_socket_get_fd (socket), words, sizeof words, MSG_PEEK | MSG_DONTWAIT);
  for (gssize i = 0; i < n_read; i++)
    if (!g_ascii_isprint (words[i]) && words[i] != '\r' && words[i] != '\n')
      return FALSE;

  return n_read > 0;
}

static void
on_handshake_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  Handshake *handshake = g_task_get_task_data (task);
  GTlsConnection *tls = G_TLS_CONNECTION (object);
  g_autoptr(GError) error = NULL;

  g_signal_handlers_disconnect_by_func (tls, on_accept_certificate, task);

  if (!g_tls_connection_handshake_finish (tls, result, &error))
    {
      if (handshake->problems != 0)
        g_task_return_error (task, make_untrusted_error (handshake));
      else if (is_connection_lost (tls, error))
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s", error->message);
      else if (is_greeted (tls, error))
        g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, "%s", error->message);
      else
        g_task_return_error (task, g_steal_pointer (&error));
    }

  /* RFC 8314 4.1, RFC 8996: whatever the system's policy lets through */
  else if (g_tls_connection_get_protocol_version (tls) < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, "TLS too old");

  else if (handshake->pin != NULL && !is_pinned (tls, handshake->pin))
    g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "another key");

  else
    g_task_return_pointer (task, g_object_ref (tls), g_object_unref);
}

static void
on_stream_made (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (g_steal_pointer (&user_data));
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GTlsConnection) tls = NULL;
  GError *error = NULL;

  tls = g_task_propagate_pointer (G_TASK (result), &error);
  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (tls == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_accept_certificate), task);
  g_tls_connection_handshake_async (tls, G_PRIORITY_DEFAULT, cancellable, on_handshake_ready, g_steal_pointer (&task));
}

/* GLib-networking reads all of the system's authorities for the first connection, and goes through them
 * for each: 17 and 7 ms, too long to hold the main loop. */
static void
make_stream (GTask        *making,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Handshake *handshake = task_data;
  GIOStream *tls = NULL;
  GError *error = NULL;

  tls = g_tls_client_connection_new (handshake->stream, handshake->server, &error);
  if (tls != NULL && (handshake->pin != NULL || handshake->authorities != NULL))
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), handshake->pin != NULL ? NULL : handshake->authorities);

  if (tls != NULL)
    g_task_return_pointer (making, tls, g_object_unref);
  else
    g_task_return_error (making, error);
}

/**
 * herald_smtp_handshake_async:
 * @server: who must prove to be there
 * @authorities: (nullable): whom to trust; %NULL for the system's authorities
 * @pin: (nullable): the only key to accept, whatever the authorities say: its fingerprint in
 *   normal form
 *
 * Encrypts @stream, with TLS 1.2 or newer.
 */
void
herald_smtp_handshake_async (GIOStream           *stream,
                             GSocketConnectable  *server,
                             GTlsDatabase        *authorities,
                             const char          *pin,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) making = NULL;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Handshake *handshake = g_new0 (Handshake, 1);

  handshake->stream = g_object_ref (stream);
  handshake->server = g_object_ref (server);
  handshake->authorities = authorities != NULL ? g_object_ref (authorities) : NULL;
  handshake->pin = g_strdup (pin);
  g_task_set_task_data (task, handshake, (GDestroyNotify) handshake_free);

  making = g_task_new (NULL, NULL, on_stream_made, task);
  g_task_set_task_data (making, handshake, NULL);
  g_task_run_in_thread (making, make_stream);
}

/**
 * herald_smtp_handshake_finish:
 *
 * Returns: (transfer full): the encrypted stream; %NULL with HERALD_ERROR_UNTRUSTED, which tells
 *   the fingerprint that was shown, or with an error of GIO
 */
GIOStream *
herald_smtp_handshake_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

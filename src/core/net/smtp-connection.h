/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/net/smtp-reply.h"

G_BEGIN_DECLS

/* For the answer to a command. RFC 5321 4.5.3.2 speaks of 5 minutes, for servers that relay; those that
 * people submit to answer in seconds, and whoever waits for a test message wants to know. */
#define HERALD_SMTP_COMMAND_LIMIT_MS (60 * 1000)

#define HERALD_TYPE_SMTP_CONNECTION (herald_smtp_connection_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSmtpConnection, herald_smtp_connection,
                      HERALD, SMTP_CONNECTION, GObject)

HeraldSmtpConnection *herald_smtp_connection_new             (GSocketConnection     *socket);

void                  herald_smtp_connection_start_tls_async  (HeraldSmtpConnection  *self,
                                                               GSocketConnectable    *server,
                                                               GTlsDatabase          *authorities,
                                                               const char            *pin,
                                                               guint                  limit_ms,
                                                               GCancellable          *cancellable,
                                                               GAsyncReadyCallback    callback,
                                                               gpointer               user_data);
gboolean              herald_smtp_connection_start_tls_finish (HeraldSmtpConnection  *self,
                                                               GAsyncResult          *result,
                                                               GError               **error);

void                  herald_smtp_connection_exchange_async   (HeraldSmtpConnection  *self,
                                                               GBytes                *command,
                                                               guint                  limit_ms,
                                                               GCancellable          *cancellable,
                                                               GAsyncReadyCallback    callback,
                                                               gpointer               user_data);
HeraldSmtpReply      *herald_smtp_connection_exchange_finish  (HeraldSmtpConnection  *self,
                                                               GAsyncResult          *result,
                                                               gboolean              *early,
                                                               GError               **error);

void                  herald_smtp_connection_write_async      (HeraldSmtpConnection  *self,
                                                               GBytes                *bytes,
                                                               guint                  limit_ms,
                                                               GCancellable          *cancellable,
                                                               GAsyncReadyCallback    callback,
                                                               gpointer               user_data);
gboolean              herald_smtp_connection_write_finish     (HeraldSmtpConnection  *self,
                                                               GAsyncResult          *result,
                                                               GError               **error);

gboolean              herald_smtp_connection_has_spoken       (HeraldSmtpConnection  *self);
gboolean              herald_smtp_connection_is_encrypted     (HeraldSmtpConnection  *self);
gboolean              herald_smtp_connection_is_loopback      (HeraldSmtpConnection  *self);
void                  herald_smtp_connection_close            (HeraldSmtpConnection  *self);

G_END_DECLS

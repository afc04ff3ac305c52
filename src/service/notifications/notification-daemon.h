/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/notifications/notification-look.h"

G_BEGIN_DECLS

#define HERALD_TYPE_NOTIFICATION_DAEMON (herald_notification_daemon_get_type ())
G_DECLARE_FINAL_TYPE (HeraldNotificationDaemon, herald_notification_daemon, HERALD, NOTIFICATION_DAEMON, GObject)

/* Signals:
 *   clicked (const char *handle, const char *button, const char *token): token is nullable, it lets a window come to the front
 *   closed (const char *handle): it is seen no longer
 *   vanished: nothing that was shown can be replaced or closed any more
 *   appeared: there is somebody again who shows notifications */

/* (transfer full): the one all share who show something */
HeraldNotificationDaemon *
         herald_notification_daemon_ref            (void);
/* One of a test's own */
HeraldNotificationDaemon *
         herald_notification_daemon_new            (gboolean                         uses_portal);

/* Whether squares only are shown */
gboolean herald_notification_daemon_is_portal      (HeraldNotificationDaemon        *self);

/* Without it, the shared connection to the session bus is used. */
void     herald_notification_daemon_set_connection (HeraldNotificationDaemon        *self,
                                                    GDBusConnection                 *connection);

/* Who shows notifications is started if need be. Fails with HERALD_ERROR_UNREACHABLE. The traits are valid until the
 * main loop goes on. */
void     herald_notification_daemon_ask_async      (HeraldNotificationDaemon        *self,
                                                    GCancellable                    *cancellable,
                                                    GAsyncReadyCallback              callback,
                                                    gpointer                         user_data);
const HeraldNotificationTraits *
         herald_notification_daemon_ask_finish     (HeraldNotificationDaemon        *self,
                                                    GAsyncResult                    *result,
                                                    GError                         **error);

/* @replaces: (nullable): a handle. Only after asking. */
void     herald_notification_daemon_show_async     (HeraldNotificationDaemon        *self,
                                                    const HeraldNotification        *notification,
                                                    const char                      *replaces,
                                                    GCancellable                    *cancellable,
                                                    GAsyncReadyCallback              callback,
                                                    gpointer                         user_data);
/* Returns (transfer full): what the notification is called from now on; empty if it was not given a name */
char    *herald_notification_daemon_show_finish    (HeraldNotificationDaemon        *self,
                                                    GAsyncResult                    *result,
                                                    GError                         **error);

/* Nobody waits for it: what cannot be closed has been closed. */
void     herald_notification_daemon_close          (HeraldNotificationDaemon        *self,
                                                    const char                      *handle);

/* Whether it keeps quiet now, which only some say */
void     herald_notification_daemon_is_quiet_async (HeraldNotificationDaemon        *self,
                                                    GCancellable                    *cancellable,
                                                    GAsyncReadyCallback              callback,
                                                    gpointer                         user_data);
gboolean herald_notification_daemon_is_quiet_finish (HeraldNotificationDaemon       *self,
                                                    GAsyncResult                    *result);

/* Who it is: nobody else is ever called so. */
void  herald_notification_daemon_identify_async  (HeraldNotificationDaemon  *self,
                                                  GCancellable              *cancellable,
                                                  GAsyncReadyCallback        callback,
                                                  gpointer                   user_data);
char *herald_notification_daemon_identify_finish (HeraldNotificationDaemon  *self,
                                                  GAsyncResult              *result,
                                                  GError                   **error);

G_END_DECLS

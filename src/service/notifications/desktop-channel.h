/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/channel.h"
#include "core/outbox/delivery.h"
#include "service/notifications/notification-actions.h"

G_BEGIN_DECLS

#define HERALD_TYPE_DESKTOP_CHANNEL (herald_desktop_channel_get_type ())
G_DECLARE_FINAL_TYPE (HeraldDesktopChannel, herald_desktop_channel, HERALD, DESKTOP_CHANNEL, HeraldChannel)

/* @outlook: (out): all FALSE before */
typedef void (*HeraldDesktopOutlookFunc) (HeraldMessage             *message,
                                          HeraldNotificationOutlook *outlook,
                                          gpointer                   user_data);

extern const HeraldChannelType herald_desktop_channel_type;

/* Signals:
 *   clicked (const char *button, HeraldMessage *message, const char *key, const char *token): key is that of the delivery,
 *     token is nullable and lets a window come to the front
 *   appeared: there is somebody again who shows notifications */

/* @outlook: (nullable): asked for each message; without it there are no buttons */
void herald_desktop_channel_set_outlook (HeraldDesktopChannel     *self,
                                         HeraldDesktopOutlookFunc  outlook,
                                         gpointer                  user_data);

/* What is shown of this kind and printer is no longer true. */
void herald_desktop_channel_withdraw    (HeraldDesktopChannel     *self,
                                         const char               *printer,
                                         HeraldEventKind           kind);
/* @rows: (element-type HeraldDelivery): what it has shown and may still be on the screen, oldest first; all that is known */
void herald_desktop_channel_restore     (HeraldDesktopChannel     *self,
                                         GPtrArray                *rows);
/* A person has dealt with this delivery. */
void herald_desktop_channel_close       (HeraldDesktopChannel     *self,
                                         const char               *key);

G_END_DECLS

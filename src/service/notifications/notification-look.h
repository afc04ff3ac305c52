/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "service/notifications/notification.h"

G_BEGIN_DECLS

/* The button that is no button: a click on the notification itself */
#define HERALD_NOTIFICATION_DEFAULT "default"

/**
 * HeraldNotificationTraits:
 * @is_portal: whether a portal hands everything on to who shows it; it says nothing of what that one can do
 * @shows_text: else there is a title only
 * @takes_markup: whether the text is read as markup
 * @shows_buttons: whether a click is ever told
 * @shows_default: whether the click beside the buttons is a button, too
 * @shows_gauge: whether a percentage is shown beside the text; others show it instead of the text and the buttons
 * @quiet_interface: (nullable): where it says whether it keeps quiet now; static
 * @quiet_property: its name there; static
 *
 * What who shows notifications can do.
 */
typedef struct
{
  gboolean is_portal;
  gboolean shows_text;
  gboolean takes_markup;
  gboolean shows_buttons;
  gboolean shows_default;
  gboolean shows_pictures;
  gboolean shows_gauge;
  const char *quiet_interface;
  const char *quiet_property;
} HeraldNotificationTraits;

/* @server: (nullable): its name, as it says itself; @capabilities: (nullable) (array zero-terminated=1): the same */
void      herald_notification_traits_read   (HeraldNotificationTraits       *self,
                                             const char                     *server,
                                             const char *const              *capabilities);
void      herald_notification_traits_set_portal (HeraldNotificationTraits   *self);

/* Returns (transfer floating): the arguments of Notify, and of AddNotification */
GVariant *herald_notification_look_for_server (const HeraldNotification       *notification,
                                               const HeraldNotificationTraits *traits,
                                               guint32                         replaces);
GVariant *herald_notification_look_for_portal (const HeraldNotification       *notification,
                                               const char                     *id);

G_END_DECLS

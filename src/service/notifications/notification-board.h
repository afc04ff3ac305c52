/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/message.h"

G_BEGIN_DECLS

/**
 * HeraldShownNotification:
 * @slot: what it has the place of
 * @handle: what it is called where it is shown
 * @key: of the delivery that is shown
 */
typedef struct
{
  char *slot;
  char *handle;
  char *key;
  HeraldMessage *message;
} HeraldShownNotification;

/* What is on the screen, or was when we heard of it last: at most 1024; the oldest are forgotten, and last
 * those for which somebody is needed. */
typedef struct _HeraldNotificationBoard HeraldNotificationBoard;

HeraldNotificationBoard *herald_notification_board_new         (void);
void                     herald_notification_board_free        (HeraldNotificationBoard *self);
void                     herald_notification_board_clear       (HeraldNotificationBoard *self);

/* (transfer full): the place of a message that is shown now */
char                    *herald_notification_board_dup_slot    (HeraldNotificationBoard *self,
                                                                HeraldMessage           *message,
                                                                const char              *key);
/* (nullable): what has that place, and what is called so */
HeraldShownNotification *herald_notification_board_find        (HeraldNotificationBoard *self,
                                                                const char              *slot);
HeraldShownNotification *herald_notification_board_find_handle (HeraldNotificationBoard *self,
                                                                const char              *handle);
HeraldShownNotification *herald_notification_board_find_key    (HeraldNotificationBoard *self,
                                                                const char              *key);
/* Whether @message takes the very notification of @shown, unnoticed; else it is shown anew and that one closed */
gboolean                 herald_notification_board_is_same     (HeraldShownNotification *shown,
                                                                HeraldMessage           *message,
                                                                const char              *key);

void                     herald_notification_board_put         (HeraldNotificationBoard *self,
                                                                const char              *slot,
                                                                const char              *handle,
                                                                HeraldMessage           *message,
                                                                const char              *key);
void                     herald_notification_board_remove      (HeraldNotificationBoard *self,
                                                                HeraldShownNotification *shown);
/* (transfer full) (array zero-terminated=1): handles of what is no longer true after @message was shown, and of what
 * is of this kind and printer; forgotten */
char                   **herald_notification_board_take_past   (HeraldNotificationBoard *self,
                                                                HeraldMessage           *message);
char                   **herald_notification_board_take_kind   (HeraldNotificationBoard *self,
                                                                const char              *printer,
                                                                HeraldEventKind          kind);

G_END_DECLS

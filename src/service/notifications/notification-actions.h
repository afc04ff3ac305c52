/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/message.h"
#include "service/notifications/notification.h"

G_BEGIN_DECLS

/* What the buttons are called on the bus */
#define HERALD_BUTTON_OPEN "open"
#define HERALD_BUTTON_PAUSE "pause"
#define HERALD_BUTTON_RESUME "resume"
#define HERALD_BUTTON_SNOOZE "snooze"
#define HERALD_BUTTON_MUTE "mute"

#define HERALD_SNOOZE_MINUTES 30

/**
 * HeraldNotificationOutlook:
 * @answers: whether there is somebody to do what a button promises
 * @opens: whether there is something to open
 * @can_pause: and the others: what the printer can be told now
 * @can_mute: whether the message is about a print that is under way and not muted
 * @is_past: whether the printer does not show any more what the message says
 * @is_fresh: whether the printer may not show it yet
 * @is_muted: whether nothing at all is to be told now
 *
 * What can be done about a message at the moment.
 */
typedef struct
{
  gboolean answers;
  gboolean opens;
  gboolean can_pause;
  gboolean can_resume;
  gboolean can_mute;
  gboolean is_past;
  gboolean is_fresh;
  gboolean is_muted;
} HeraldNotificationOutlook;

/**
 * HeraldNotificationThread:
 * @HERALD_THREAD_NONE: each message has its own notification
 * @HERALD_THREAD_PRINT: news of a print replaces what was said of it
 * @HERALD_THREAD_SERVER: the same, of whether OctoPrint answers
 * @HERALD_THREAD_TRANSFER: the same, of copying to the printer’s storage
 */
typedef enum
{
  HERALD_THREAD_NONE,
  HERALD_THREAD_PRINT,
  HERALD_THREAD_SERVER,
  HERALD_THREAD_TRANSFER,
} HeraldNotificationThread;

HeraldNotificationThread herald_notification_get_thread (HeraldEventKind                  kind);

/* Takes from @message what its kind is to look like; the picture is for the caller to set. */
void                     herald_notification_word       (HeraldNotification              *self,
                                                         HeraldMessage                   *message,
                                                         const HeraldNotificationOutlook *outlook);

G_END_DECLS

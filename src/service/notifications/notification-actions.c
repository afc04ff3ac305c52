/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "herald-notification-actions"

#include "service/notifications/notification-actions.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  BUTTON_END,
  BUTTON_OPEN,
  BUTTON_PAUSE,
  BUTTON_RESUME,
  BUTTON_SNOOZE,
  BUTTON_MUTE,
} Button;

static const HeraldNotificationButton buttons[] = {
  [BUTTON_OPEN] = { HERALD_BUTTON_OPEN, N_("Open") },
  [BUTTON_PAUSE] = { HERALD_BUTTON_PAUSE, N_("Pause") },
  [BUTTON_RESUME] = { HERALD_BUTTON_RESUME, N_("Resume") },
  [BUTTON_SNOOZE] = { HERALD_BUTTON_SNOOZE, N_("Snooze 30 min") },
  [BUTTON_MUTE] = { HERALD_BUTTON_MUTE, N_("Mute this print") },
};

/**
 * HeraldKindLook:
 * @wanted: the most useful first; those that cannot be are left out
 *
 * How a kind of message is shown. What is critical cannot be muted, but put off. How far a print is cannot be put off:
 * in half an hour it would be wrong.
 */
typedef struct
{
  HeraldNotificationThread thread;
  const char *category;
  gboolean stays;
  Button wanted[HERALD_NOTIFICATION_BUTTONS_MAX + 1];
} HeraldKindLook;

#define RUNNING { BUTTON_PAUSE, BUTTON_MUTE, BUTTON_OPEN }
#define WAITING { BUTTON_RESUME, BUTTON_SNOOZE, BUTTON_OPEN }
#define TROUBLE { BUTTON_SNOOZE, BUTTON_OPEN }
#define PLAIN { BUTTON_OPEN }

static const HeraldKindLook looks[HERALD_N_EVENT_KINDS] = {
  [HERALD_KIND_OCTOPRINT_STARTED] = { HERALD_THREAD_SERVER, "network.connected", FALSE, PLAIN },
  [HERALD_KIND_OCTOPRINT_STOPPED] = { HERALD_THREAD_SERVER, "network.disconnected", FALSE, PLAIN },
  [HERALD_KIND_OCTOPRINT_UNREACHABLE] = { HERALD_THREAD_SERVER, "network.error", FALSE, TROUBLE },
  [HERALD_KIND_OCTOPRINT_BACK] = { HERALD_THREAD_SERVER, "network.connected", FALSE, PLAIN },
  [HERALD_KIND_PRINTER_OPERATIONAL] = { HERALD_THREAD_NONE, "device.added", FALSE, PLAIN },
  [HERALD_KIND_PRINTER_OFFLINE] = { HERALD_THREAD_NONE, "device.removed", FALSE, PLAIN },
  [HERALD_KIND_PRINTER_ERROR] = { HERALD_THREAD_NONE, "device.error", FALSE, TROUBLE },
  [HERALD_KIND_PRINTER_UNKNOWN] = { HERALD_THREAD_NONE, "device.error", FALSE, PLAIN },
  [HERALD_KIND_PRINT_STARTED] = { HERALD_THREAD_PRINT, "device", FALSE, RUNNING },
  [HERALD_KIND_PRINT_PROGRESS] = { HERALD_THREAD_PRINT, "device", FALSE, RUNNING },
  [HERALD_KIND_PRINT_PAUSED] = { HERALD_THREAD_PRINT, "device", FALSE, WAITING },
  [HERALD_KIND_PRINT_RESUMED] = { HERALD_THREAD_PRINT, "device", FALSE, RUNNING },
  [HERALD_KIND_PRINT_CANCELLED] = { HERALD_THREAD_PRINT, "device", FALSE, PLAIN },
  [HERALD_KIND_PRINT_FAILED] = { HERALD_THREAD_PRINT, "device.error", FALSE, PLAIN },
  [HERALD_KIND_PRINT_DONE] = { HERALD_THREAD_PRINT, "device", FALSE, PLAIN },
  [HERALD_KIND_PRINT_FIRST_LAYER] = { HERALD_THREAD_PRINT, "device", FALSE, RUNNING },
  [HERALD_KIND_ATTENTION_NEEDED] = { HERALD_THREAD_PRINT, "device.error", TRUE, WAITING },
  [HERALD_KIND_FILE_UPLOADED] = { HERALD_THREAD_NONE, "transfer.complete", FALSE, PLAIN },
  [HERALD_KIND_TRANSFER_STARTED] = { HERALD_THREAD_TRANSFER, "transfer", FALSE, PLAIN },
  [HERALD_KIND_TRANSFER_PROGRESS] = { HERALD_THREAD_TRANSFER, "transfer", FALSE, PLAIN },
  [HERALD_KIND_TRANSFER_DONE] = { HERALD_THREAD_TRANSFER, "transfer.complete", FALSE, PLAIN },
  [HERALD_KIND_TRANSFER_FAILED] = { HERALD_THREAD_TRANSFER, "transfer.error", FALSE, PLAIN },
  [HERALD_KIND_TIMELAPSE_DONE] = { HERALD_THREAD_NONE, "transfer.complete", FALSE, PLAIN },
  [HERALD_KIND_TIMELAPSE_FAILED] = { HERALD_THREAD_NONE, "transfer.error", FALSE, PLAIN },
  [HERALD_KIND_COOLED_DOWN] = { HERALD_THREAD_NONE, "device", FALSE, PLAIN },
  [HERALD_KIND_TEST] = { HERALD_THREAD_NONE, NULL, FALSE, { BUTTON_END } },
  [HERALD_KIND_CUSTOM] = { HERALD_THREAD_NONE, NULL, FALSE, { BUTTON_END } },
};

static gboolean
is_settled (const HeraldNotificationOutlook *outlook)
{
  return outlook->is_past && !outlook->is_fresh;
}

static gboolean
is_possible (Button                           button,
             const HeraldNotificationOutlook *outlook)
{
  switch (button)
    {
    case BUTTON_OPEN:
      return outlook->opens;
    case BUTTON_PAUSE:
      return outlook->can_pause;
    case BUTTON_RESUME:
      return outlook->can_resume && !is_settled (outlook);
    case BUTTON_SNOOZE:
      return !is_settled (outlook);
    case BUTTON_MUTE:
      return outlook->can_mute;
    case BUTTON_END:
    default:
      return FALSE;
    }
}

HeraldNotificationThread
herald_notification_get_thread (HeraldEventKind kind)
{
  return looks[kind].thread;
}

void
herald_notification_word (HeraldNotification              *self,
                          HeraldMessage                   *message,
                          const HeraldNotificationOutlook *outlook)
{
  const HeraldKindLook *look = &looks[message->kind];
  gboolean is_news = is_settled (outlook) && message->urgency == HERALD_URGENCY_CRITICAL;

  *self = (HeraldNotification) {
    .title = message->title,
    .text = message->text,
    .urgency = is_news ? HERALD_URGENCY_NORMAL : message->urgency,
    .category = look->category,
    .percent = message->percent,
    .stays = look->stays && !is_settled (outlook),
    .opens = outlook->answers && outlook->opens,
  };

  for (const Button *button = look->wanted; outlook->answers && *button != BUTTON_END; button++)
    {
      if (is_possible (*button, outlook) && self->n_buttons < HERALD_NOTIFICATION_BUTTONS_MAX)
        self->buttons[self->n_buttons++] = buttons[*button];
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/channels/attachment.h"
#include "core/events/event-kind.h"

G_BEGIN_DECLS

/* Servers that show more than that are rare, and cut without asking. */
#define HERALD_NOTIFICATION_BUTTONS_MAX 3

/**
 * HeraldNotificationButton:
 * @id: what is told when it is clicked
 * @label: untranslated
 */
typedef struct
{
  const char *id;
  const char *label;
} HeraldNotificationButton;

/**
 * HeraldNotification:
 * @title: plain text
 * @text: plain text, may have several lines
 * @category: (nullable): of the Desktop Notifications Specification, e.g. `device.error`
 * @picture: (nullable): shown beside the words, where that is possible
 * @percent: how far something has come; 0 for nothing of the kind
 * @stays: whether it is shown until somebody takes it away, and also after a button was clicked
 * @opens: whether a click beside the buttons does something
 *
 * What is to be shown, before anybody has asked who shows it. Everything is borrowed.
 */
typedef struct
{
  const char *title;
  const char *text;
  HeraldUrgency urgency;
  const char *category;
  HeraldAttachment *picture;
  guint percent;
  gboolean stays;
  gboolean opens;
  HeraldNotificationButton buttons[HERALD_NOTIFICATION_BUTTONS_MAX];
  guint n_buttons;
} HeraldNotification;

G_END_DECLS

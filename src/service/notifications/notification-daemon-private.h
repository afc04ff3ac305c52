/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/notifications/notification-daemon.h"

G_BEGIN_DECLS

/* The bus starts the daemon if it can, which took 0.15 s for the slowest one. */
#define HERALD_NOTIFICATION_LIMIT_MS 5000

/**
 * HeraldNotificationRoad:
 *
 * Where notifications are handed over; both roads speak alike.
 */
typedef struct
{
  const char *name;
  const char *path;
  const char *interface;
  const char *close;
  gboolean is_portal;
} HeraldNotificationRoad;

struct _HeraldNotificationDaemon
{
  GObject parent_instance;

  const HeraldNotificationRoad *road;
  GDBusConnection *connection;
  gulong closed_id;
  guint subscriptions[4];
  HeraldNotificationTraits traits;
  gboolean is_known;
  guint n_forgotten; /* how often another may have taken its place */

  /* The last one that came, and for which notification: it precedes the click it belongs to */
  char *token;
  guint32 token_id;
};

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/demo-printer-private.h"
#include "demo/demo-subscription.h"

G_BEGIN_DECLS

/* One client at the push socket of a printer, framed as SockJS. */
struct _HeraldDemoSocket
{
  HeraldDemoPrinter *printer;
  SoupWebsocketConnection *connection;
  gboolean authenticated;
  /* Authenticated once: from then on it is told everything, or that is kept for later */
  gboolean registered;
  gboolean has_history;
  /* A frame was left unfinished: nothing may follow it */
  gboolean mute;
  HeraldDemoSubscription subscription;
  GPtrArray *backlog;
  GPtrArray *logs;
  int throttle;
  gint64 next_current_ms;
  gint64 next_heartbeat_ms;
};

void herald_demo_socket_send_text   (HeraldDemoSocket *self,
                                     const char       *text);
void herald_demo_socket_send_reauth (HeraldDemoSocket *self,
                                     const char       *reason);

G_END_DECLS

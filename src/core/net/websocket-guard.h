/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _HeraldWebsocketGuard HeraldWebsocketGuard;
typedef void (*HeraldFloodFunc) (gpointer user_data);

HeraldWebsocketGuard *herald_websocket_guard_new              (SoupMessage          *handshake,
                                                               HeraldFloodFunc       on_flood,
                                                               gpointer              user_data);
void                  herald_websocket_guard_start            (HeraldWebsocketGuard *self);
void                  herald_websocket_guard_message_complete (HeraldWebsocketGuard *self);
void                  herald_websocket_guard_free             (HeraldWebsocketGuard *self);

G_END_DECLS

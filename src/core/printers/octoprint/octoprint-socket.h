/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

#define HERALD_TYPE_OCTOPRINT_SOCKET (herald_octoprint_socket_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOctoprintSocket, herald_octoprint_socket, HERALD, OCTOPRINT_SOCKET, GObject)

/* Signals:
 *   pushed (int HeraldPushType, JsonObject content): a message came
 *   closed (GError): it is over; no signal follows */
HeraldOctoprintSocket *herald_octoprint_socket_new          (HeraldOctoprintServer *server);
void                   herald_octoprint_socket_open         (HeraldOctoprintSocket *self);
void                   herald_octoprint_socket_authenticate (HeraldOctoprintSocket *self,
                                                             const char            *user,
                                                             const char            *session);
void                   herald_octoprint_socket_set_busy     (HeraldOctoprintSocket *self,
                                                             gboolean               busy);
/* Whether the handshake went well */
gboolean               herald_octoprint_socket_was_opened   (HeraldOctoprintSocket *self);
void                   herald_octoprint_socket_close        (HeraldOctoprintSocket *self);

G_END_DECLS

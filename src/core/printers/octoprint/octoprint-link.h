/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/frame.h"
#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

#define HERALD_TYPE_OCTOPRINT_LINK (herald_octoprint_link_get_type ())
G_DECLARE_FINAL_TYPE (HeraldOctoprintLink, herald_octoprint_link, HERALD, OCTOPRINT_LINK, GObject)

/* Signals:
 *   pushed (int HeraldPushType, JsonObject content): what OctoPrint tells, by itself or because it was asked
 *   lost (GError): it does not tell anything at the moment; it is tried again by itself */
HeraldOctoprintLink   *herald_octoprint_link_new          (HeraldHttpClient     *http,
                                                           HeraldSecretStore    *secrets,
                                                           const char           *owner);
void                   herald_octoprint_link_open         (HeraldOctoprintLink  *self,
                                                           HeraldValues         *settings);
void                   herald_octoprint_link_close        (HeraldOctoprintLink  *self);
/* Nobody knows what became of the connection, e.g. after a sleep: lost, and tried again at once */
void                   herald_octoprint_link_renew        (HeraldOctoprintLink  *self);
/* A print is under way: states are wanted more often */
void                   herald_octoprint_link_set_busy     (HeraldOctoprintLink  *self,
                                                           gboolean              busy);

/* (nullable): once it has been signed in to */
HeraldOctoprintServer *herald_octoprint_link_get_server   (HeraldOctoprintLink  *self);
const char            *herald_octoprint_link_get_version  (HeraldOctoprintLink  *self);
/* (nullable): why it has to be asked all the time, one sentence */
const char            *herald_octoprint_link_get_fallback (HeraldOctoprintLink  *self);

G_END_DECLS

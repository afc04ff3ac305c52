/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/net/address-guard.h"

G_BEGIN_DECLS

/* Whether a server is on this computer, as far as its address alone tells: loopback, `localhost`, an address or the
 * name of this computer. What a name means now is not asked: the answer may be a stranger's. */
gboolean    herald_camera_server_is_here (const char *base_url);

/* Whether @url names the computer of whoever reads it */
gboolean    herald_camera_is_loopback    (const char *url);

/* Whether two addresses name the same computer; whether also scheme and port are the same */
gboolean    herald_camera_is_same_host   (const char *url,
                                          const char *other);
gboolean    herald_camera_is_same_origin (const char *url,
                                          const char *other);

/* How far a request to @url may go, which the OctoPrint at @base_url, or the user himself (@typed), has written */
HeraldAddresses herald_camera_get_addresses      (const char *url,
                                          const char *base_url,
                                          const char *typed);

G_END_DECLS

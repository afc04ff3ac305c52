/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/printers/octoprint/octoprint-server.h"

G_BEGIN_DECLS

/* For whoever loads the secrets */
void herald_octoprint_server_miss_key      (HeraldOctoprintServer *self,
                                            const GError          *reason);
void herald_octoprint_server_miss_password (HeraldOctoprintServer *self,
                                            const char            *user,
                                            const GError          *reason);

G_END_DECLS

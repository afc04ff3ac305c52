/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_LIMITS_GROUP (herald_limits_group_get_type ())
G_DECLARE_FINAL_TYPE (HeraldLimitsGroup, herald_limits_group, HERALD, LIMITS_GROUP, AdwPreferencesGroup)

/* Shown only if an account has bounds or costs something */
void herald_limits_group_set_link (HeraldLimitsGroup *self,
                                   HeraldServiceLink *link);

G_END_DECLS

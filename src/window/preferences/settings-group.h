/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "window/service-link.h"

G_BEGIN_DECLS

#define HERALD_TYPE_SETTINGS_GROUP (herald_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (HeraldSettingsGroup, herald_settings_group, HERALD, SETTINGS_GROUP, AdwPreferencesGroup)

void herald_settings_group_set_link (HeraldSettingsGroup *self,
                                     HeraldServiceLink   *link);

G_END_DECLS

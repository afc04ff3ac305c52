/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"

G_BEGIN_DECLS

gboolean herald_octoprint_settings_check       (HeraldValues  *settings,
                                                GError       **error);
gboolean herald_octoprint_settings_check_names (HeraldValues  *changes,
                                                GError       **error);

G_END_DECLS

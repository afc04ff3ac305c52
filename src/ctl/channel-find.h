/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "ctl/command.h"

G_BEGIN_DECLS

/* Whether the settings of a new channel lack what can be found out */
gboolean herald_channel_find_is_wanted (const char    *type,
                                        HeraldValues  *settings);
/* Finds it out, shows it to whoever types and asks; then @settings are complete. FALSE with a HERALD_FAILURE */
gboolean herald_channel_find_complete  (HeraldCall    *call,
                                        HeraldValues  *settings,
                                        GError       **error);

G_END_DECLS

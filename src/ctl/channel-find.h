/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/values.h"
#include "ctl/command.h"

G_BEGIN_DECLS

/* Finds out what the settings of a new e-mail channel lack, shows it to whoever types and asks. Other types stay as they
 * are. FALSE with a HERALD_FAILURE */
gboolean herald_channel_find_complete (HeraldCall    *call,
                                       const char    *type,
                                       HeraldValues  *settings,
                                       GError       **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

gboolean herald_channel_run_check   (HeraldCall  *call,
                                     GError     **error);
void     herald_channel_check_offer (HeraldCall  *call,
                                     const char  *id);

G_END_DECLS

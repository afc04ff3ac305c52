/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

/* octoheraldctl channel accounts */
gboolean herald_channel_accounts_run (HeraldCall  *call,
                                      GError     **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

/* octoheraldctl printer discover */
gboolean herald_discover_run (HeraldCall  *call,
                              GError     **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

gboolean herald_history_why_run        (HeraldCall  *call,
                                        GError     **error);

/* In history-why-json.c */
void     herald_history_why_print_json (GVariant    *explanation);

G_END_DECLS
